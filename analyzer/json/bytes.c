#include "json/bytes.h"

#include "base/folder.h"
#include "base/machine.h"
#include "json/utf16.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NO_FILE = -1 };

struct bytes {
    int file;           /* NO_FILE: memory, or a stream */
    struct str text;    /* all of the memory */
    struct str memory;  /* what of it is still to be read */
    size_t memory_step; /* at most so many bytes a bytes_read(); 0: no limit */

    size_t (*read)(void *object, char *buffer, size_t size); /* NULL: no stream */
    void *object;

    struct arena *arena;
    struct utf16 *utf16; /* NULL: what is stored is handed on as it is */
    char
        peeked[BYTES_PEEK_MAX + CHARACTER_BYTES_MAX - 1]; /* what is decoded is whole */
    size_t peeked_from, peeked_to;                        /* still to be handed on */

    struct digest *digest;     /* of what was read, handed on or not; NULL: none */
    struct progress *progress; /* NULL: nobody watches */
    uint64_t count;
    uint64_t size;      /* that the system tells of a regular file; 0: none */
    struct stat opened; /* what the system told when it was opened */
    bool at_end, looked, started;
    int read_errno; /* 0: none */
};

/* UTF-16 on its way. */
struct utf16 {
    enum utf16_order order;
    char stored[BYTES_PEEK_MAX];
    size_t from, to; /* of it, still to be decoded */
};

static void bytes_close(void *object)
{
    struct bytes *bytes = object;

    close(bytes->file);
}

static struct bytes *bytes_new(struct arena *arena)
{
    struct bytes *bytes = arena_new(arena, struct bytes);

    bytes->arena = arena;
    bytes->file = NO_FILE;
    bytes->digest = digest_new(arena);
    return bytes;
}

static struct bytes *open_file(struct arena *arena, int file, bool must_be_regular,
                               struct error *err)
{
    struct stat status;
    struct bytes *bytes;

    if (file < 0) {
        machine_check(errno);
        error_system(err, "cannot be opened", errno);
        return NULL;
    }
    bytes = bytes_new(arena);
    bytes->file = file;
    if (file != STDIN_FILENO)
        arena_on_release(arena, bytes_close, bytes);
    if (fstat(file, &status) != 0) {
        machine_check(errno);
        error_system(err, "cannot be read", errno);
        return NULL;
    }
    if (S_ISDIR(status.st_mode)) {
        error_set(err, "is a folder; expected a file");
        return NULL;
    }
    if (must_be_regular && !S_ISREG(status.st_mode)) {
        error_set(err, "is not a regular file any more");
        return NULL;
    }
    bytes->opened = status;
    bytes->size = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
    /* Advice: no pipe takes it, and nothing depends on it. Short files need none. */
    if (status.st_size > BYTES_PEEK_MAX)
        (void)posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
    return bytes;
}

struct bytes *bytes_open(struct arena *arena, const char *path, struct error *err)
{
    int file = strcmp(path, "-") == 0 ? STDIN_FILENO
                                      : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    return open_file(arena, file, false, err);
}

struct bytes *bytes_open_found(struct arena *arena, const char *folder,
                               const char *path, struct error *err)
{
    return open_file(arena, folder_open_file(folder, path), true, err);
}

struct bytes *bytes_open_memory(struct arena *arena, struct str text, size_t step)
{
    struct bytes *bytes = bytes_new(arena);

    bytes->memory = bytes->text = text;
    bytes->memory_step = step;
    return bytes;
}

struct bytes *bytes_open_stream(struct arena *arena,
                                size_t (*read)(void *object, char *buffer, size_t size),
                                void *object)
{
    struct bytes *bytes = bytes_new(arena);

    bytes->read = read;
    bytes->object = object;
    return bytes;
}

void bytes_watch(struct bytes *bytes, struct progress *progress)
{
    bytes->progress = progress;
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
            machine_check(errno);
            bytes->read_errno = errno;
            return 0;
        }
    }
}

static size_t read_some(struct bytes *bytes, char *buffer, size_t size)
{
    if (bytes->read != NULL)
        return bytes->read(bytes->object, buffer, size);
    return bytes->file == NO_FILE ? read_memory(bytes, buffer, size)
                                  : read_file(bytes, buffer, size);
}

/* Whether a read() ended a file, so that none is needed to see that nothing follows:
 * it brought less than there was room for, and all that the file had when it was
 * opened. */
static bool is_whole(const struct bytes *bytes, uint64_t count, bool had_room)
{
    return had_room && bytes->size > 0 && count == bytes->size;
}

/* From the source itself, as far as the buffer or the source goes. */
static size_t fill(struct bytes *bytes, char *buffer, size_t size)
{
    size_t filled = 0;

    while (filled < size && !bytes->at_end) {
        size_t room = size - filled;
        size_t len = read_some(bytes, buffer + filled, room);

        filled += len;
        bytes->at_end = len == 0 || is_whole(bytes, bytes->count + filled, len < room);
    }
    if (bytes->digest != NULL)
        digest_add(bytes->digest, buffer, filled);
    bytes->count += filled;
    if (bytes->progress != NULL)
        atomic_fetch_add_explicit(&bytes->progress->bytes_done, filled,
                                  memory_order_relaxed);
    return filled;
}

/* ---- UTF-16 ---- */

/* As many whole characters as the peeked buffer or the source has. */
static void decode(struct bytes *bytes)
{
    struct utf16 *utf16 = bytes->utf16;
    size_t made, room = sizeof bytes->peeked;

    bytes->peeked_from = bytes->peeked_to = 0;
    do {
        struct str stored = { utf16->stored + utf16->from, utf16->to - utf16->from };

        made = utf16_decode(utf16->order, &stored, bytes->at_end,
                            bytes->peeked + bytes->peeked_to, room);
        bytes->peeked_to += made;
        room -= made;
        utf16->from = utf16->to - stored.len;
        if (made > 0 || bytes->at_end)
            continue;
        memmove(utf16->stored, utf16->stored + utf16->from, stored.len);
        utf16->from = 0;
        utf16->to = stored.len + fill(bytes, utf16->stored + stored.len,
                                      sizeof utf16->stored - stored.len);
        made = 1;
    } while (made > 0 && room >= CHARACTER_BYTES_MAX);
}

/* The first bytes tell whether it is UTF-16. */
static void look(struct bytes *bytes)
{
    enum utf16_order order;

    if (bytes->looked)
        return;
    bytes->looked = true;
    bytes->peeked_to = fill(bytes, bytes->peeked, BYTES_PEEK_MAX);
    order = utf16_order((struct str){ bytes->peeked, bytes->peeked_to });
    if (order == UTF16_NONE)
        return;
    bytes->utf16 = arena_new(bytes->arena, struct utf16);
    bytes->utf16->order = order;
    bytes->utf16->to = bytes->peeked_to;
    memcpy(bytes->utf16->stored, bytes->peeked, bytes->peeked_to);
    decode(bytes);
}

bool bytes_are_utf16(struct bytes *bytes)
{
    look(bytes);
    return bytes->utf16 != NULL;
}

/* ---- text ---- */

void bytes_without_digest(struct bytes *bytes)
{
    bytes->digest = NULL;
}

struct str bytes_peek(struct bytes *bytes)
{
    assert(!bytes->started);
    look(bytes);
    return (struct str){ bytes->peeked, smaller(bytes->peeked_to, BYTES_PEEK_MAX) };
}

size_t bytes_read(struct bytes *bytes, char *buffer, size_t size)
{
    size_t read = 0;

    look(bytes);
    bytes->started = true;
    if (bytes->memory_step > 0)
        size = smaller(size, bytes->memory_step);
    for (;;) {
        size_t len = smaller(size - read, bytes->peeked_to - bytes->peeked_from);

        if (len > 0)
            memcpy(buffer + read, bytes->peeked + bytes->peeked_from, len);
        bytes->peeked_from += len;
        read += len;
        if (read == size)
            return read;
        if (bytes->utf16 == NULL)
            return read + fill(bytes, buffer + read, size - read);
        decode(bytes);
        if (bytes->peeked_to == 0)
            return read;
    }
}

const char *bytes_error(const struct bytes *bytes)
{
    return bytes->read_errno != 0 ? strerror(bytes->read_errno) : NULL;
}

static bool is_same_time(struct timespec left, struct timespec right)
{
    return left.tv_sec == right.tv_sec && left.tv_nsec == right.tv_nsec;
}

/* The time of its last change, too, which nobody can set back, as they can that of the
 * last writing. */
bool bytes_have_changed(const struct bytes *bytes)
{
    const struct stat *opened = &bytes->opened;
    struct stat now;

    if (bytes->file == NO_FILE || !S_ISREG(opened->st_mode))
        return false;
    if (fstat(bytes->file, &now) != 0) {
        machine_check(errno);
        return true;
    }
    return now.st_size != opened->st_size ||
           !is_same_time(now.st_mtim, opened->st_mtim) ||
           !is_same_time(now.st_ctim, opened->st_ctim);
}

void bytes_finish(struct bytes *bytes, struct bytes_total *total)
{
    bytes->looked = bytes->started = true;
    bytes->peeked_from = bytes->peeked_to;
    while (!bytes->at_end)
        fill(bytes, bytes->peeked, sizeof bytes->peeked);
    total->bytes = bytes->count;
    if (bytes->digest != NULL)
        digest_hex(bytes->digest, total->sha256);
    else
        total->sha256[0] = '\0';
    total->read_error = bytes_error(bytes);
    total->changed = bytes_have_changed(bytes);
    if (total->changed)
        total->sha256[0] = '\0';
}

/* ---- at any place ---- */

bool bytes_can_seek(const struct bytes *bytes)
{
    if (bytes->file == NO_FILE)
        return bytes->read == NULL;
    return bytes->file != STDIN_FILENO && S_ISREG(bytes->opened.st_mode);
}

size_t bytes_read_at(struct bytes *bytes, char *buffer, size_t size, uint64_t offset)
{
    size_t filled = 0;

    assert(bytes_can_seek(bytes));
    if (bytes->file == NO_FILE) {
        struct str text =
            str_slice(bytes->text, smaller(offset, bytes->text.len), bytes->text.len);

        filled = smaller(size, text.len);
        if (filled > 0)
            memcpy(buffer, text.text, filled);
        return filled;
    }
    while (filled < size) {
        ssize_t len = pread(bytes->file, buffer + filled, size - filled,
                            (off_t)(offset + filled));

        if (len < 0 && errno == EINTR)
            continue;
        if (len < 0) {
            machine_check(errno);
            bytes->read_errno = errno;
        }
        if (len <= 0)
            break;
        filled += (size_t)len;
    }
    return filled;
}

uint64_t bytes_stored(const struct bytes *bytes)
{
    return bytes->count;
}
