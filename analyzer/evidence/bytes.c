#include "evidence/bytes.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NO_FILE = -1 };

struct bytes {
    int file;           /* NO_FILE: memory */
    struct str memory;  /* what of it is still to be read */
    size_t memory_step; /* at most so many bytes a bytes_read(); 0: no limit */

    char peeked[BYTES_PEEK_MAX];
    size_t peeked_from, peeked_to; /* still to be handed on */

    struct digest *digest; /* of what was read, handed on or not */
    uint64_t count;
    bool at_end, started;
    int read_errno; /* 0: none */
};

static void bytes_close(void *object)
{
    struct bytes *bytes = object;

    close(bytes->file);
}

static struct bytes *bytes_new(struct arena *arena)
{
    struct bytes *bytes = arena_new(arena, struct bytes);

    bytes->file = NO_FILE;
    bytes->digest = digest_new(arena);
    return bytes;
}

struct bytes *bytes_open(struct arena *arena, const char *path, struct error *err)
{
    bool is_standard_input = strcmp(path, "-") == 0;
    int file =
        is_standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat status;
    struct bytes *bytes;

    if (file < 0) {
        error_set(err, "cannot be opened: %s", strerror(errno));
        return NULL;
    }
    bytes = bytes_new(arena);
    bytes->file = file;
    if (!is_standard_input)
        arena_on_release(arena, bytes_close, bytes);
    if (fstat(file, &status) != 0) {
        error_set(err, "cannot be read: %s", strerror(errno));
        return NULL;
    }
    if (S_ISDIR(status.st_mode)) {
        error_set(err, "is a folder; expected a file");
        return NULL;
    }
    /* Advice: no pipe takes it, and nothing depends on it. */
    (void)posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
    return bytes;
}

struct bytes *bytes_open_memory(struct arena *arena, struct str text, size_t step)
{
    struct bytes *bytes = bytes_new(arena);

    bytes->memory = text;
    bytes->memory_step = step;
    return bytes;
}

static size_t read_memory(struct bytes *bytes, char *buffer, size_t size)
{
    size_t len = size < bytes->memory.len ? size : bytes->memory.len;

    if (len > 0)
        memcpy(buffer, bytes->memory.text, len);
    bytes->memory = str_slice(bytes->memory, len, bytes->memory.len);
    return len;
}

/* One read() that brought something, or the end. A standard input that somebody else
 * made non-blocking is waited for. */
static size_t read_file(struct bytes *bytes, char *buffer, size_t size)
{
    for (;;) {
        ssize_t len = read(bytes->file, buffer, size);

        if (len >= 0)
            return (size_t)len;
        if (errno == EAGAIN) {
            struct pollfd wait = { .fd = bytes->file, .events = POLLIN };

            poll(&wait, 1, -1);
        } else if (errno != EINTR) {
            bytes->read_errno = errno;
            return 0;
        }
    }
}

/* From the source itself, as far as the buffer or the source goes. */
static size_t fill(struct bytes *bytes, char *buffer, size_t size)
{
    size_t filled = 0;

    while (filled < size && !bytes->at_end) {
        size_t len = bytes->file == NO_FILE
                         ? read_memory(bytes, buffer + filled, size - filled)
                         : read_file(bytes, buffer + filled, size - filled);

        filled += len;
        bytes->at_end = len == 0;
    }
    digest_add(bytes->digest, buffer, filled);
    bytes->count += filled;
    return filled;
}

struct str bytes_peek(struct bytes *bytes)
{
    assert(!bytes->started);
    if (bytes->peeked_to == 0)
        bytes->peeked_to = fill(bytes, bytes->peeked, sizeof bytes->peeked);
    return (struct str){ bytes->peeked, bytes->peeked_to };
}

size_t bytes_read(struct bytes *bytes, char *buffer, size_t size)
{
    size_t len = bytes->peeked_to - bytes->peeked_from;

    bytes->started = true;
    if (bytes->memory_step > 0 && size > bytes->memory_step)
        size = bytes->memory_step;
    if (len > size)
        len = size;
    if (len > 0)
        memcpy(buffer, bytes->peeked + bytes->peeked_from, len);
    bytes->peeked_from += len;
    return len < size ? len + fill(bytes, buffer + len, size - len) : len;
}

void bytes_finish(struct bytes *bytes, struct bytes_total *total)
{
    bytes->peeked_from = bytes->peeked_to;
    bytes->started = true;
    while (!bytes->at_end)
        fill(bytes, bytes->peeked, sizeof bytes->peeked);
    total->bytes = bytes->count;
    digest_hex(bytes->digest, total->sha256);
    total->read_error = bytes->read_errno != 0 ? strerror(bytes->read_errno) : NULL;
}
