/*
 * error.h - why something could not be done, and where.
 *
 *     if (!thing_load(path, &thing, &err))
 *         return error_at(&err, path, line);
 *
 * A function that can fail returns bool (true: done) or a pointer (NULL: failed), has
 * `struct error *err` as its last parameter and is marked MUST_USE. It says why once,
 * where it is known, with error_set(); a caller that knows more adds where with
 * error_at(). On failure nothing but *err is touched.
 *
 * Lifetime: the caller's; text is held in place, so nothing is allocated on this path.
 * Limits: longer text is cut at ERROR_BYTES_MAX.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#define MUST_USE          __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

enum { ERROR_BYTES_MAX = 1024 };

struct error {
    char message[ERROR_BYTES_MAX]; /* "" while nothing is wrong */
    char path[ERROR_BYTES_MAX];    /* "" when the place is no file */
    size_t line;                   /* from 1; 0: not known */
    size_t column;                 /* from 1, in characters; 0: not known */
    unsigned kind; /* 0, or what the floor that said it tells beside the text, such as
                      enum jmespath_error_kind */
};

/* Says why. Asserts that nothing was said before. Always returns false. */
bool error_set(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* The same: "WHAT: WHY", where WHY is what the system says of an errno. Any thread may
 * call it, which strerror() does not allow everywhere. */
bool error_system(struct error *err, const char *what, int error);

/* Adds where, unless a place is known already. line 0: not known. Always returns false.
 */
bool error_at(struct error *err, const char *path, size_t line);

#endif
