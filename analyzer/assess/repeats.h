/*
 * repeats.h - which records of one document have the id of one before them.
 *
 *     repeats_begin(repeats);
 *     for each record:   known = repeats_get(repeats, id, place, &again);
 *
 * A listing whose pages moved while they were read, or that was put together, has a
 * record twice; it is one thing all the same.
 *
 * Ids are compared by a hash of 64 bits with a random key, so that two that differ are
 * not taken for one.
 * Lifetime: one document's ids, until the next repeats_begin().
 * Memory: 48 bytes an id. Limits: REPEATS_MAX ids; of what comes behind them, none is
 * told from those before.
 */
#ifndef ASSESS_REPEATS_H
#define ASSESS_REPEATS_H

#include "base/str.h"

#include <stdint.h>

enum { REPEATS_MAX = 256 * 1024 };

struct repeats;

struct repeats *repeats_new(struct arena *arena);
void repeats_begin(struct repeats *repeats);

/* What is known of a thing, a bit a measure by its slot: it counts, or it may. */
enum { TRUTHS_MAX = 64 };
struct truths {
    uint64_t sure, maybe;
};

/* What is known of the thing by the record before; where there was none, nothing yet,
 * for the caller to fill in. NULL: that is not known. `place`: a number for each
 * account and region, since what one has under an id another has, too. Until the next
 * call. */
struct truths *repeats_get(struct repeats *repeats, struct str id, size_t place,
                           bool *again);

#endif
