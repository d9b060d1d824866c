/* For O_TMPFILE, which POSIX does not have.
 * NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#define _GNU_SOURCE

#include "base/temporary.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    NAMES_MAX = 1000,      /* tried before giving up */
    WRITE_BYTES = 1 << 20, /* then it is asked whether a signal waits */
    LINK_BYTES = 64,       /* room for /proc/self/fd/NUMBER */
};

bool cannot_write(struct error *err)
{
    return error_system(err, "cannot be written", errno);
}

static bool has_no_signal(const struct held_signals *held, struct error *err)
{
    return !signals_wait(held) ||
           error_set(err, "cannot be written: a signal ended the program");
}

size_t folder_bytes(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? (size_t)(slash - path) + 1 : 0;
}

static int folder_open(const char *path, int flags)
{
    char folder[PATH_MAX] = ".";
    size_t len = folder_bytes(path);

    if (len > 0) {
        memcpy(folder, path, len);
        folder[len] = '\0';
    }
    return open(folder, flags | O_CLOEXEC, 0666);
}

/* ---- without a name ---- */

static void link_of(int file, char link[LINK_BYTES])
{
    snprintf(link, LINK_BYTES, "/proc/self/fd/%d", file);
}

/* -1: not here. Its mode is as the umask gives, and as for any new file. */
static int nameless_open(const char *target)
{
    int file = folder_open(target, O_TMPFILE | O_WRONLY);
    char link[LINK_BYTES];
    struct stat status;

    if (file < 0)
        return -1;
    link_of(file, link); /* the only way to a name, without a special right */
    if (lstat(link, &status) == 0)
        return file;
    close(file);
    return -1;
}

static bool name_give(const struct temporary *temporary, const char *name)
{
    char link[LINK_BYTES];

    link_of(temporary->file, link);
    return linkat(AT_FDCWD, link, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
}

/* ---- with a name ---- */

/* The name is short, so that it fits wherever that of the target does. */
static bool name_choose(struct temporary *temporary, int number)
{
    size_t folder = folder_bytes(temporary->target);

    if (folder + sizeof ".invaudit-2147483647-999" > PATH_MAX) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(temporary->name, temporary->target, folder);
    snprintf(temporary->name + folder, PATH_MAX - folder, ".invaudit-%ld-%d",
             (long)getpid(), number);
    return true;
}

/* Opens a new file of that name, or gives it to the one without. */
static bool name_take(struct temporary *temporary)
{
    if (temporary->file >= 0)
        return name_give(temporary, temporary->name);
    temporary->file =
        open(temporary->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    return temporary->file >= 0;
}

static bool name_find(struct temporary *temporary)
{
    for (int i = 0; i < NAMES_MAX && name_choose(temporary, i); i++) {
        if (name_take(temporary))
            return true;
        if (errno != EEXIST)
            break;
    }
    temporary->name[0] = '\0';
    return false;
}

/* ---- both ---- */

static bool sync_file(int file)
{
    int error;

    do
        error = fsync(file) != 0 ? errno : 0;
    while (error == EINTR);
    errno = error;
    return error == 0;
}

static bool finish_file(const struct temporary *temporary, struct error *err)
{
    if (temporary->mode != 0 && fchmod(temporary->file, temporary->mode & 0777) != 0)
        return cannot_write(err);
    return sync_file(temporary->file) || cannot_write(err);
}

static bool fill_nameless(const struct temporary *temporary,
                          const struct held_signals *held, struct error *err)
{
    if (!descriptor_print(temporary->file, temporary->text, held))
        return has_no_signal(held, err) && cannot_write(err);
    return finish_file(temporary, err);
}

static bool write_text(const struct temporary *temporary, struct str text,
                       const struct held_signals *held, struct error *err)
{
    for (size_t at = 0; at < text.len; at += WRITE_BYTES) {
        size_t end = at + smaller(text.len - at, WRITE_BYTES);

        if (held != NULL && !has_no_signal(held, err))
            return false;
        if (!descriptor_write(temporary->file, str_slice(text, at, end)))
            return cannot_write(err);
    }
    return finish_file(temporary, err);
}

static bool fill_named(struct temporary *temporary, const struct held_signals *held,
                       struct error *err)
{
    struct arena scratch = ARENA_EMPTY;
    struct buf text = BUF_EMPTY(&scratch);
    bool done;

    temporary->text->print(temporary->text->object, &text);
    (void)buf_str(&text);
    if (name_find(temporary))
        done = write_text(temporary, (struct str){ text.text, text.len }, held, err);
    else
        done =
            error_system(err, "cannot be written: no temporary file beside it", errno);
    arena_release(&scratch);
    return done;
}

bool temporary_fill(struct temporary *temporary, const struct held_signals *held,
                    struct error *err)
{
    temporary->file = nameless_open(temporary->target);
    if (temporary->file >= 0 ? !fill_nameless(temporary, held, err)
                             : !fill_named(temporary, held, err))
        return false;
    return has_no_signal(held, err);
}

/* Some file systems make files without a name, and give them none. */
static bool fill_again(struct temporary *temporary, struct error *err)
{
    close(temporary->file);
    temporary->file = -1;
    return fill_named(temporary, NULL, err);
}

bool temporary_place(struct temporary *temporary, struct error *err)
{
    bool is_nameless = temporary->name[0] == '\0';

    if (is_nameless && temporary->mode == 0 && name_give(temporary, temporary->target))
        return true;
    if (is_nameless && !name_find(temporary) && !fill_again(temporary, err))
        return false;
    if (rename(temporary->name, temporary->target) != 0)
        return cannot_write(err);
    temporary->name[0] = '\0';
    return true;
}

/* A folder that may be written to but not read cannot be asked, and some file systems
 * do not know how. */
bool temporary_sync(const struct temporary *temporary, struct error *err)
{
    int folder = folder_open(temporary->target, O_RDONLY | O_DIRECTORY);
    bool done = true;

    if (folder < 0)
        return true;
    if (!sync_file(folder) && errno != EINVAL && errno != ENOTSUP)
        done = error_system(err, "is written, but may be lost with the machine", errno);
    close(folder);
    return done;
}

void temporary_end(struct temporary *temporary)
{
    if (temporary->name[0] != '\0')
        unlink(temporary->name);
    temporary->name[0] = '\0';
    if (temporary->file >= 0)
        close(temporary->file); /* fsync() told all that could go wrong */
    temporary->file = -1;
}
