/*
 * bytes.h - the text of one source, front to back; what is stored is counted and
 * digested as it passes.
 *
 *     struct bytes *bytes = bytes_open(&arena, path, &err);
 *     struct str head = bytes_peek(bytes);
 *     while ((len = bytes_read(bytes, buffer, sizeof buffer)) > 0) ...
 *     bytes_finish(bytes, &total);
 *
 * A source is opened once and read once, so a pipe works like a file. UTF-16 with a
 * byte order mark is read as UTF-8 (json/utf16.h says how what is no UTF-16 is
 * told); all else as it is stored. Lifetime: closed when the arena is released.
 */
#ifndef JSON_BYTES_H
#define JSON_BYTES_H

#include "base/digest.h"
#include "base/progress.h"
#include "base/str.h"

#include <stdint.h>

enum { BYTES_PEEK_MAX = 4096 };

struct bytes;

struct bytes_total {
    uint64_t bytes;
    char sha256[DIGEST_HEX_BYTES]; /* "": it was left out */
    /* The system's words for why reading stopped early, or NULL. */
    const char *read_error;
    /* A regular file that was written to, or grew, since it was opened: what was read
     * may never have been its content, and sha256 is "". */
    bool changed;
};

/* "-" is standard input. NULL: it cannot be opened; err says why. A FIFO is opened
 * only when it is named as an argument: discover() sees to that. */
MUST_USE struct bytes *bytes_open(struct arena *arena, const char *path,
                                  struct error *err);
/* A regular file that the search of a folder found: not followed if it, or a folder on
 * the way to it, is a link by now, and not waited for if it is a FIFO. */
MUST_USE struct bytes *bytes_open_found(struct arena *arena, const char *folder,
                                        const char *path, struct error *err);
/* A text that is at hand, as if it were stored. For tests: at most `step` bytes a
 * bytes_read(); 0: as many as asked. */
struct bytes *bytes_open_memory(struct arena *arena, struct str text, size_t step);

/* What somebody else makes: `read` fills the buffer as far as it goes, 0 is its end. Of
 * a member of an archive, say; `object` is borrowed. */
struct bytes *bytes_open_stream(struct arena *arena,
                                size_t (*read)(void *object, char *buffer, size_t size),
                                void *object);

/* Adds what is read from now on to the progress's bytes_done. NULL: nobody watches. */
void bytes_watch(struct bytes *bytes, struct progress *progress);

/* Up to BYTES_PEEK_MAX bytes from the front, which are still to be read; fewer only if
 * the source has fewer. To be called before the first bytes_read(). */
struct str bytes_peek(struct bytes *bytes);

/* The system's words for why reading stopped already, or NULL. */
const char *bytes_error(const struct bytes *bytes);

/* Whether UTF-16 is stored. */
bool bytes_are_utf16(struct bytes *bytes);

/* What is read from now on is not digested, which costs more than all else, and the
 * total's sha256 is "". */
void bytes_without_digest(struct bytes *bytes);

/* Fills the buffer as far as the source goes (it does not return early as read() may).
 * 0: the end, or a read error, which bytes_finish() tells. */
size_t bytes_read(struct bytes *bytes, char *buffer, size_t size);

/* Reads what is left and gives the total. */
void bytes_finish(struct bytes *bytes, struct bytes_total *total);

/* Whether what was read can be read again, at any place: a regular file, but not what
 * comes on standard input; or a text. */
bool bytes_can_seek(const struct bytes *bytes);
/* Bytes at a place of what is stored, of such a source; fewer only at its end, or
 * after a read error. They are not digested, and move nothing. */
size_t bytes_read_at(struct bytes *bytes, char *buffer, size_t size, uint64_t offset);
/* How many bytes were read so far. */
uint64_t bytes_stored(const struct bytes *bytes);
/* As in the total, up to now. */
bool bytes_have_changed(const struct bytes *bytes);

#endif
