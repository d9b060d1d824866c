#include "base/file.h"

#include "base/machine.h"
#include "base/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    READ_BYTES_FIRST = 16 * 1024,
    LINKS_MAX = 40, /* as the kernel's */
};

/* ---- reading ---- */

static bool unread(struct error *err, const char *what)
{
    machine_check(errno);
    err->kind = FILE_UNREAD;
    return error_system(err, what, errno);
}

static bool read_all(struct arena *arena, int file, size_t bytes_max, struct str *text,
                     struct error *err)
{
    struct arena scratch = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&scratch);
    char block[READ_BYTES_FIRST];
    ssize_t len;

    do {
        len = read(file, block, sizeof block);
        if (len > 0)
            buf_add(&buf, (struct str){ block, (size_t)len });
    } while ((len > 0 && buf.len <= bytes_max) || (len < 0 && errno == EINTR));
    if (len < 0) {
        unread(err, "cannot be read");
    } else if (buf.len > bytes_max) {
        error_set(err, "holds more than %zu bytes, the most that is read", bytes_max);
    } else {
        *text = str_copy(arena, buf_str(&buf));
    }
    arena_release(&scratch);
    return err->message[0] == '\0';
}

bool file_read(struct arena *arena, const char *path, size_t bytes_max,
               struct str *text, struct error *err)
{
    /* O_NONBLOCK: to open a FIFO by mistake must not wait for its writer. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    struct stat status;
    bool done;

    if (file < 0) {
        unread(err, "cannot be opened");
        return error_at(err, path, 0);
    }
    if (fstat(file, &status) != 0)
        done = unread(err, "cannot be read");
    else if (S_ISDIR(status.st_mode))
        done = error_set(err, "is a folder; expected a file");
    else if (!S_ISREG(status.st_mode))
        done = error_set(err, "is not a regular file; expected one");
    else
        done = read_all(arena, file, bytes_max, text, err);
    close(file);
    return done || error_at(err, path, 0);
}

/* ---- writing ---- */

bool descriptor_write(int descriptor, struct str text)
{
    struct pollfd ready = { .fd = descriptor, .events = POLLOUT };

    while (text.len > 0) {
        ssize_t len = write(descriptor, text.text, text.len);

        if (len > 0)
            text = str_slice(text, (size_t)len, text.len);
        else if (len < 0 && errno == EAGAIN)
            poll(&ready, 1, -1); /* somebody who has it, too, made it not block */
        else if (len < 0 && errno != EINTR)
            return false;
    }
    return true;
}

struct descriptor_drain {
    struct drain drain;
    int descriptor, error;
    const struct held_signals *held;
};

static void take_piece(struct drain *drain, struct str piece)
{
    struct descriptor_drain *to = (struct descriptor_drain *)drain;

    if (to->error == 0 && to->held != NULL && signals_wait(to->held))
        to->error = EINTR;
    if (to->error == 0 && !descriptor_write(to->descriptor, piece))
        to->error = errno;
}

bool descriptor_print(int descriptor, const struct print_job *text,
                      const struct held_signals *held)
{
    struct arena scratch = ARENA_EMPTY;
    struct descriptor_drain to = { { take_piece }, descriptor, 0, held };
    struct buf out = { .arena = &scratch, .drain = &to.drain };

    text->print(text->object, &out);
    buf_drain(&out);
    arena_release(&scratch);
    errno = to.error;
    return to.error == 0;
}

int file_descriptor(const char *path)
{
    static const char *const folders[] = { "/dev/fd/", "/proc/self/fd/",
                                           "/proc/thread-self/fd/" };
    int descriptor = -1;

    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        const char *digits = path + strlen(folders[i]);

        if (strncmp(path, folders[i], strlen(folders[i])) != 0)
            continue;
        for (descriptor = 0; is_digit(*digits) && descriptor < 1000 * 1000; digits++)
            descriptor = descriptor * 10 + (*digits - '0');
        if (*digits != '\0' || digits[-1] == '/')
            return -1;
        return descriptor;
    }
    return descriptor;
}

/* Replaces a link in `path` by what it points to, till it is none: a file is then
 * replaced where it is, and the link stays. What a link points to need not exist. */
static bool links_follow(char path[PATH_MAX], struct error *err)
{
    char points_to[PATH_MAX];
    struct stat status;

    for (int links = 0;; links++) {
        ssize_t len;
        size_t folder = 0;

        if (lstat(path, &status) != 0)
            return errno == ENOENT || cannot_write(err);
        if (!S_ISLNK(status.st_mode))
            return true;
        len = readlink(path, points_to, sizeof points_to);
        if (len < 0)
            return cannot_write(err);
        if (points_to[0] != '/')
            folder = folder_bytes(path);
        if (links == LINKS_MAX || folder + (size_t)len >= PATH_MAX) {
            errno = links == LINKS_MAX ? ELOOP : ENAMETOOLONG;
            return cannot_write(err);
        }
        memcpy(path + folder, points_to, (size_t)len);
        path[folder + (size_t)len] = '\0';
    }
}

/* What a path names that leads to nothing yet. */
static bool folder_find(struct file_place *place, struct error *err)
{
    char folder[PATH_MAX] = ".";
    size_t len = folder_bytes(place->path);

    place->is_new = true;
    if (len > 0) {
        len -= len > 1; /* not of "/" */
        memcpy(folder, place->path, len);
        folder[len] = '\0';
    }
    if (stat(folder, &place->status) == 0)
        return true;
    if (errno == ENOENT)
        return error_set(err, "there is no folder '%s'", folder);
    return cannot_write(err);
}

bool file_place_find(const char *path, struct file_place *place, struct error *err)
{
    size_t len = strlen(path);

    *place = (struct file_place){ .descriptor = file_descriptor(path) };
    if (place->descriptor >= 0)
        return fstat(place->descriptor, &place->status) == 0 || cannot_write(err);
    if (len >= sizeof place->path) {
        errno = ENAMETOOLONG;
        return cannot_write(err);
    }
    memcpy(place->path, path, len + 1);
    if (stat(path, &place->status) == 0) {
        if (S_ISDIR(place->status.st_mode))
            return error_set(err, "is a folder; expected the name of a file");
        return !S_ISREG(place->status.st_mode) || links_follow(place->path, err);
    }
    if (errno != ENOENT)
        return cannot_write(err);
    return links_follow(place->path, err) && folder_find(place, err);
}

/* Of a file: a new one or one that is there. */
static bool is_replaced(const struct file_place *place)
{
    return place->descriptor < 0 && (place->is_new || S_ISREG(place->status.st_mode));
}

struct target {
    struct file_place place;
    struct temporary temporary;
};

static bool target_find(struct target *target, const struct file_text *file,
                        struct error *err)
{
    struct file_place *place = &target->place;

    target->temporary = (struct temporary)TEMPORARY_NONE;
    if (!file_place_find(file->path, place, err))
        return false;
    if (is_replaced(place) && !place->is_new &&
        faccessat(AT_FDCWD, place->path, W_OK, AT_EACCESS) != 0)
        return cannot_write(err);
    target->temporary.target = place->path;
    target->temporary.mode = place->is_new ? 0 : place->status.st_mode;
    target->temporary.text = &file->text;
    return true;
}

/* To a file that open() gave, or -1. */
static bool write_opened(int file, const struct print_job *text, struct error *err)
{
    bool done;

    if (file < 0)
        return cannot_write(err);
    done = descriptor_print(file, text, NULL) || cannot_write(err);
    if (close(file) != 0 && errno != EINTR && done)
        return cannot_write(err);
    return done;
}

static bool write_directly(const char *path, const struct print_job *text,
                           struct error *err)
{
    return write_opened(open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY), text, err);
}

bool file_append(const char *path, const struct print_job *text, struct error *err)
{
    int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY;

    return write_opened(open(path, flags, 0666), text, err) || error_at(err, path, 0);
}

static bool write_target(const struct target *target, const struct file_text *file,
                         struct error *err)
{
    if (target->place.descriptor >= 0)
        return descriptor_print(target->place.descriptor, &file->text, NULL) ||
               cannot_write(err);
    return is_replaced(&target->place) || write_directly(file->path, &file->text, err);
}

enum step { STEP_FILL, STEP_PLACE, STEP_SYNC, STEP_COUNT };

static bool replace_step(struct target *target, enum step step,
                         const struct held_signals *held, struct error *err)
{
    switch (step) {
    case STEP_FILL:
        return temporary_fill(&target->temporary, held, err);
    case STEP_PLACE:
        return temporary_place(&target->temporary, err);
    case STEP_SYNC:
        return temporary_sync(&target->temporary, err);
    case STEP_COUNT:
        break;
    }
    return true;
}

/* Each step for all before the next: what can fail is done before the first is
 * replaced. */
static bool replace_all(struct target *targets, const struct file_text *files,
                        size_t count, struct error *err)
{
    struct held_signals held;
    bool done = true;

    signals_hold(&held);
    for (enum step step = STEP_FILL; step < STEP_COUNT; step++) {
        for (size_t i = 0; i < count && done; i++) {
            if (!is_replaced(&targets[i].place))
                continue;
            done = replace_step(&targets[i], step, &held, err) ||
                   error_at(err, files[i].path, 0);
        }
    }
    for (size_t i = 0; i < count; i++)
        temporary_end(&targets[i].temporary);
    signals_release(&held);
    return done;
}

bool files_write(const struct file_text *files, size_t count, struct error *err)
{
    struct arena scratch = ARENA_EMPTY;
    struct target *targets = arena_array(&scratch, count, struct target);
    bool done = true;

    for (size_t i = 0; i < count && done; i++)
        done =
            target_find(&targets[i], &files[i], err) || error_at(err, files[i].path, 0);
    done = done && replace_all(targets, files, count, err);
    for (size_t i = 0; i < count && done; i++)
        done = write_target(&targets[i], &files[i], err) ||
               error_at(err, files[i].path, 0);
    arena_release(&scratch);
    return done;
}
