/*
 * repeats.h - which records of one document have the id of one before them.
 *
 *     repeats_begin(repeats);
 *     for each record:   repeat = repeats_add(repeats, id, place, says);
 *
 * A listing whose pages moved while they were read, or that was put together, has a
 * record twice; it is one thing all the same.
 *
 * Ids are compared by a hash of 64 bits with a random key, so that two that differ are
 * not taken for one.
 * Lifetime: one document's ids, until the next repeats_begin().
 * Memory: 32 bytes an id. Limits: REPEATS_MAX ids; of what comes behind them, none is
 * told from those before.
 */
#ifndef ASSESS_REPEATS_H
#define ASSESS_REPEATS_H

#include "base/str.h"

#include <stdint.h>

enum { REPEATS_MAX = 512 * 1024 };

struct repeats;

struct repeats *repeats_new(struct arena *arena);
void repeats_begin(struct repeats *repeats);

enum repeat {
    REPEAT_NOT,  /* no record before it has the id */
    REPEAT_SAME, /* one has, and says the same */
    REPEAT_OTHER /* one has, and says something else, or may */
};

/* `place`: a number for each account and region, since what one has under an id another
 * has, too. `says`: a hash of what the record says; 0: it is not known. */
enum repeat repeats_add(struct repeats *repeats, struct str id, size_t place,
                        uint64_t says);

#endif
