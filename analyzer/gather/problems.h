/*
 * problems.h - evidence that could not be used, collected while it is read.
 *
 * Lifetime: the arena's. Order: problems_sort() puts them by path, place, code and
 * arguments, whatever the order they were found in; the same one twice is one.
 * Limits: PROBLEMS_OF_SOURCE_MAX of one source while it is read, and one more that says
 * so.
 */
#ifndef GATHER_PROBLEMS_H
#define GATHER_PROBLEMS_H

#include "base/table.h"
#include "gather/assessment.h"

enum { PROBLEMS_OF_SOURCE_MAX = 100 };

struct problems {
    struct arena *arena;
    struct problem *items;
    size_t count, capacity;
    const char *path;     /* of the last that was added */
    size_t count_of_path; /* since then */
};

#define PROBLEMS_EMPTY(arena_of_problems)                                              \
    {                                                                                  \
        .arena = (arena_of_problems)                                                   \
    }

/* `at` may be NULL: no place in the file. The path is borrowed, texts are copied. */
void problems_add(struct problems *problems, const char *path,
                  const struct position *at, const struct reason *reason);
/* Drops those whose path is a key of the table. */
void problems_take_back(struct problems *problems, const struct table *paths);
/* Adds those that another thread found, in other sources. */
void problems_join(struct problems *problems, const struct problems *others);
/* What is added next counts anew, whichever source was the last: so order does not
 * matter. */
void problems_restart(struct problems *problems);
void problems_sort(struct problems *problems);

#endif
