/*
 * tally.h - what the records of one document come to for one measure.
 *
 * Lifetime: the arena that is given. Limits: CITATIONS_MAX hits are kept.
 */
#ifndef GATHER_TALLY_H
#define GATHER_TALLY_H

#include "gather/assessment.h"
#include "gather/measures.h"

#include <float.h>
#include <math.h>

/* Where a record that counts is. */
struct hit {
    uint64_t index, line, offset;
    struct str id; /* or its ARN; absent: the record has neither */
};

struct tally {
    uint64_t sure, maybe; /* records that count; that may count */
    uint64_t doubt;   /* of the sure: another record of the same thing says that it does
                         not   count, or may not */
    uint64_t untold;  /* of the sure: they may be of the same things as others */
    struct hit *hits; /* the first CITATIONS_MAX of the sure; of a minimum or maximum
                         the one that has it */
    size_t hit_count;
    bool rests_on_absence; /* of a record it is known only because it lacks a field */

    /* Of a maximum; of a minimum with every value negated. */
    double best_sure; /* of the sure: VALUE_NONE if there is none, VALUE_SOME if none
                         has a value that can be used */
    double best_any;  /* of the sure and the maybe: the same */
    bool open;        /* one of those has no value that can be used */
};

/* Less than any value, and less than that. */
#define VALUE_SOME (-DBL_MAX)
#define VALUE_NONE (-INFINITY)

/* Tallies of nothing, one a measure. */
struct tally *tallies_new(struct arena *arena, size_t count);

/* A record, and whether it counts. */
struct added {
    const struct record *record;
    enum truth truth;
    const struct gaps *gaps;
    struct jmespath_context *context;
};

/* Adds a record that counts, may count, or does not. */
void tally_add(struct arena *arena, struct tally *tally, const struct measure *measure,
               const struct added *added);

/* Adds records that count, or may, to a tally of a count that is_cited: of which only
 * the number matters. */
bool tally_is_cited(const struct tally *tally);
void tally_add_alike(struct tally *tally, enum truth truth, uint64_t count);

/* Of that many records no more is known than that each may count. */
void tally_forget(struct tally *tally, uint64_t count);

/* How many count for sure. */
uint64_t tally_sure(const struct tally *tally);

/* Adds another record of a thing of which `before` is known: it counts once, and where
 * the two differ, it may. */
void tally_repeat(struct arena *arena, struct tally *tally,
                  const struct measure *measure, const struct added *added,
                  enum truth before);

/* Adds records that may count, and of which no more is known. */
void tally_add_unknown(struct tally *tally, uint64_t count);

#endif
