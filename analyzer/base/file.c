#include "base/file.h"

#include "base/machine.h"
#include "base/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    READ_BYTES_FIRST = 16 * 1024,
    LINKS_MAX = 40,         /* as the kernel's */
    TEMPORARY_NAMES = 1000, /* tried before giving up */
    WRITE_BYTES = 1 << 20,  /* then it is asked whether a signal waits */
};

/* ---- reading ---- */

static bool unread(struct error *err, const char *what)
{
    machine_check(errno);
    error_set(err, "cannot be %s: %s", what, strerror(errno));
    err->kind = FILE_UNREAD;
    return false;
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
        unread(err, "read");
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
        unread(err, "opened");
        return error_at(err, path, 0);
    }
    if (fstat(file, &status) != 0)
        done = unread(err, "read");
    else if (S_ISDIR(status.st_mode))
        done = error_set(err, "is a folder; expected a file");
    else if (!S_ISREG(status.st_mode))
        done = error_set(err, "is no regular file; expected one");
    else
        done = read_all(arena, file, bytes_max, text, err);
    close(file);
    return done || error_at(err, path, 0);
}

/* ---- writing ---- */

static bool cannot_write(struct error *err)
{
    return error_set(err, "cannot be written: %s", strerror(errno));
}

static bool write_all(int file, struct str text, struct error *err)
{
    for (size_t at = 0; at < text.len;) {
        ssize_t len = write(file, text.text + at, text.len - at);

        if (len < 0 && errno != EINTR)
            return cannot_write(err);
        if (len > 0)
            at += (size_t)len;
    }
    return true;
}

int file_descriptor(const char *path)
{
    static const char *const folders[] = { "/dev/fd/", "/proc/self/fd/" };
    int descriptor = -1;

    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
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

/* Bytes of the path's folder with the slash behind it; 0 if it names none. */
static size_t folder_bytes(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? (size_t)(slash - path) + 1 : 0;
}

/* Replaces a link in `path` by what it points to, till it is none: a file is then
 * replaced where it is, and the link stays. What a link points to need not exist. */
static bool links_follow(char path[PATH_MAX], struct error *err)
{
    char points_to[PATH_MAX];
    struct stat status;

    for (int links = 0; lstat(path, &status) == 0 && S_ISLNK(status.st_mode); links++) {
        ssize_t len = readlink(path, points_to, sizeof points_to);
        size_t folder = 0;

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
    return true;
}

static bool write_directly(const char *path, struct str text, struct error *err)
{
    int file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    bool done;

    if (file < 0)
        return cannot_write(err);
    done = write_all(file, text, err);
    if (close(file) != 0 && errno != EINTR && done)
        return cannot_write(err);
    return done;
}

/* A new file in the folder of `path`; its mode is as the umask gives, which mkstemp()
 * does not heed. Its name is short, so that it fits wherever that of `path` does. */
static int temporary_open(const char *path, char temporary[PATH_MAX])
{
    size_t folder = folder_bytes(path);
    int file = -1;

    if (folder + sizeof ".invaudit-2147483647-999" > PATH_MAX) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(temporary, path, folder);
    for (int i = 0; i < TEMPORARY_NAMES && file < 0; i++) {
        snprintf(temporary + folder, PATH_MAX - folder, ".invaudit-%ld-%d",
                 (long)getpid(), i);
        file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file < 0 && errno != EEXIST)
            return -1;
    }
    return file;
}

static bool has_no_signal(const struct held_signals *held, struct error *err)
{
    return !signals_wait(held) ||
           error_set(err, "cannot be written: a signal ended the program");
}

/* `mode` of the file that is replaced; 0: there is none. */
static bool temporary_fill(int file, mode_t mode, struct str text,
                           const struct held_signals *held, struct error *err)
{
    for (size_t at = 0; at < text.len; at += WRITE_BYTES) {
        size_t end = text.len - at > WRITE_BYTES ? at + WRITE_BYTES : text.len;

        if (!has_no_signal(held, err) ||
            !write_all(file, str_slice(text, at, end), err))
            return false;
    }
    if (mode != 0 && fchmod(file, mode & 0777) != 0)
        return cannot_write(err);
    return fsync(file) == 0 || cannot_write(err);
}

static bool replace_held(const char *path, mode_t mode, struct str text,
                         const struct held_signals *held, struct error *err)
{
    char temporary[PATH_MAX];
    int file = temporary_open(path, temporary);
    bool done;

    if (file < 0)
        return error_set(err, "cannot be written: no temporary file beside it: %s",
                         strerror(errno));
    done = temporary_fill(file, mode, text, held, err);
    if (close(file) != 0 && errno != EINTR && done)
        done = cannot_write(err);
    done = done && has_no_signal(held, err);
    if (done && rename(temporary, path) != 0)
        done = cannot_write(err);
    if (!done)
        unlink(temporary);
    return done;
}

static bool replace(const char *path, mode_t mode, struct str text, struct error *err)
{
    struct held_signals held;
    bool done;

    signals_hold(&held);
    done = replace_held(path, mode, text, &held, err);
    signals_release(&held);
    return done;
}

static bool write_to(const char *path, struct str text, struct error *err)
{
    char target[PATH_MAX];
    struct stat status = { 0 };
    int descriptor = file_descriptor(path);
    size_t len = strlen(path);

    if (descriptor >= 0)
        return write_all(descriptor, text, err);
    if (len >= sizeof target) {
        errno = ENAMETOOLONG;
        return cannot_write(err);
    }
    if (stat(path, &status) != 0) {
        if (errno != ENOENT)
            return cannot_write(err);
        status.st_mode = 0;
    } else if (S_ISDIR(status.st_mode)) {
        return error_set(err, "is a folder; expected the name of a file");
    } else if (!S_ISREG(status.st_mode)) {
        return write_directly(path, text, err);
    } else if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0) {
        return cannot_write(err);
    }
    memcpy(target, path, len + 1);
    return links_follow(target, err) && replace(target, status.st_mode, text, err);
}

bool file_write(const char *path, struct str text, struct error *err)
{
    return write_to(path, text, err) || error_at(err, path, 0);
}
