/*
 * mistakes.h - all that is wrong with the files a user wrote, each with its place.
 *
 *     struct mistakes mistakes = MISTAKES_EMPTY(&arena);
 *     rulebook_load(..., &mistakes);
 *     if (mistakes.error_count > 0) ...
 *
 * A rule file is checked whole, and every mistake is reported at once. A warning does
 * not stop a run. Order: as found; mistakes_sort() puts them by path, line and column.
 * Limits: MISTAKES_MAX are kept; the rest are counted.
 */
#ifndef CONFIG_MISTAKES_H
#define CONFIG_MISTAKES_H

#include "base/str.h"

enum { MISTAKES_MAX = 1000 };

struct mistake {
    const char *path;
    size_t line, column; /* from 1; 0: not known */
    bool warning;
    const char *message; /* one line, lower case, no full stop */
    const char
        *excerpt; /* the expression and a caret below it, on two lines; or NULL */
};

struct mistakes {
    struct arena *arena;
    struct mistake *items;
    size_t count, capacity;
    size_t error_count, warning_count;
    bool is_unread; /* of the errors, some say that a file could not be read: whether it
                       is wrong, nobody knows */
};

#define MISTAKES_EMPTY(arena_of_mistakes)                                              \
    {                                                                                  \
        .arena = (arena_of_mistakes)                                                   \
    }

/* A place in a file; path is borrowed and outlives the mistakes. */
struct place {
    const char *path;
    size_t line, column;
};

void mistakes_error(struct mistakes *mistakes, struct place place, const char *format,
                    ...) PRINTF_LIKE(3, 4);
void mistakes_warning(struct mistakes *mistakes, struct place place, const char *format,
                      ...) PRINTF_LIKE(3, 4);
/* Hangs an excerpt on the mistake that was added last: `text` on one line, and a caret
 * below its `column`-th character. */
void mistakes_show(struct mistakes *mistakes, struct str text, size_t column);
void mistakes_sort(struct mistakes *mistakes);

#endif
