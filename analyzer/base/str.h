/*
 * str.h - borrowed text (struct str) and text that is being built (struct buf).
 *
 *     struct buf buf = BUF_EMPTY(&arena);
 *     buf_printf(&buf, "%zu of %s", count, name);
 *     return buf_str(&buf);
 *
 * Text is bytes with a length, so it may hold NUL; where a function says that its text
 * ends in a NUL, the NUL is not counted in `len`.
 * Lifetime: struct str borrows; a buf's text lives in the buf's arena, always ends in a
 * NUL, and may move while the buf grows.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *text; /* NULL: absent, which differs from empty */
    size_t len;
};

/* How many items an array has. */
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#define STR(literal)                                                                   \
    (struct str)                                                                       \
    {                                                                                  \
        "" literal, sizeof(literal) - 1                                                \
    }
#define STR_NONE                                                                       \
    (struct str)                                                                       \
    {                                                                                  \
        NULL, 0                                                                        \
    }
/* For printf's %.*s */
#define STR_ARG(str) (int)(str).len, ((str).text != NULL ? (str).text : "")

struct str str_from(const char *text);                    /* NULL gives STR_NONE */
struct str str_copy(struct arena *arena, struct str str); /* ends in a NUL */
bool str_equal(struct str left, struct str right);
/* The same, where absent text equals no other. */
bool str_same(struct str left, struct str right);
bool str_equal_ignoring_case(struct str left, struct str right); /* ASCII letters */
int str_compare(struct str left, struct str right);              /* as memcmp() */
bool str_starts_with(struct str str, struct str prefix);
bool str_ends_with(struct str str, struct str suffix);
bool str_ends_with_ignoring_case(struct str str, struct str suffix);
/* Where `part` first is in `str`, or SIZE_MAX. */
size_t str_find(struct str str, struct str part);
bool str_holds(struct str str, struct str part);
/* Whether one of the words, which NULL ends, fits: by str_starts_with(), say. `words`
 * may be NULL: there is none. */
bool str_fits_one(struct str str, const char *const *words,
                  bool (*fits)(struct str str, struct str word));
struct str str_slice(struct str str, size_t from, size_t to);
/* The part of `rest` before the separator, or all of it; `rest` is then what stands
 * behind, absent at the end. */
struct str str_next(struct str *rest, char separator);
struct str str_trim(struct str str); /* without blanks, tabs and line ends around it */

struct str_list {
    struct str *items;
    size_t count;
};

bool str_list_has(const struct str_list *list, struct str text);

/* Takes a text in pieces, in their order. */
struct drain {
    void (*take)(struct drain *drain, struct str piece);
};

struct buf {
    struct arena *arena;
    char *text; /* NULL while empty */
    size_t len, capacity;
    struct drain *drain; /* takes the text when there is much of it; NULL: it is kept */
};

enum { BUF_DRAINED_BYTES = 64 * 1024 }; /* as much; more if it was added at once */

/* What prints a text into a buf, the same each time. */
struct print_job {
    void (*print)(const void *object, struct buf *out);
    const void *object;
};

#define BUF_EMPTY(arena_of_text)                                                       \
    {                                                                                  \
        .arena = (arena_of_text)                                                       \
    }

void buf_add(struct buf *buf, struct str str);
void buf_add_byte(struct buf *buf, char byte);
/* Room for so many bytes more, which the caller writes before anything else is added.
 */
char *buf_extend(struct buf *buf, size_t len);
void buf_add_number(struct buf *buf, uint64_t number); /* decimal */
void buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
void buf_vprintf(struct buf *buf, const char *format, va_list arguments)
    PRINTF_LIKE(2, 0);
void buf_clear(struct buf *buf);
struct str buf_str(struct buf *buf); /* never absent; ends in a NUL; has no drain */
void buf_drain(struct buf *buf);     /* its drain takes what is left */

static inline size_t smaller(size_t left, size_t right)
{
    return left < right ? left : right;
}

/* ASCII only, whatever the locale. */
static inline bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}
bool is_letter(char byte);
static inline bool is_word_byte(char byte)
{
    return is_letter(byte) || is_digit(byte);
}
bool is_blank_byte(char byte); /* space, tab, CR, LF: JSON's white space */
char to_lower(char byte);

#endif
