/*
 * repeats.h - which records of one document have the id of one before them.
 *
 *     repeats_begin(repeats);
 *     for each record:   again = repeats_find(repeats, id, place, &truths);
 *                        repeats_put(repeats, &truths);      what is known of it now
 *
 * A listing whose pages moved while they were read, or that was put together, has a
 * record twice; it is one thing all the same.
 *
 * Ids are compared by a hash of 59 bits with a random key: of as many as are kept, two
 * that differ are taken for one in fewer than one of ten million documents. A few
 * things are known of things, so that each has a number. Lifetime: one document's ids,
 * until the next repeats_begin(). Memory: 12 to 24 bytes an id. Limits: REPEATS_MAX
 * ids: of what comes behind them, none is told from those before; TRUTHS_KINDS_MAX
 * different things that are known of an id.
 */
#ifndef GATHER_REPEATS_H
#define GATHER_REPEATS_H

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

enum { TRUTHS_KINDS_MAX = 31 };

enum repeat {
    REPEAT_FIRST, /* no record before it has the id */
    REPEAT_AGAIN, /* one has: *truths is what is known of the thing */
    REPEAT_UNTOLD /* one may have; or what is known of the thing is not kept */
};

/* `place`: a number for each account and region, since what one has under an id another
 * has, too. */
enum repeat repeats_find(struct repeats *repeats, struct str id, size_t place,
                         struct truths *truths);

/* What is known of the thing that was found last, but if it was untold. */
void repeats_put(struct repeats *repeats, const struct truths *truths);

#endif
