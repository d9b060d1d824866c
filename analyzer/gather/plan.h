/*
 * plan.h - what is read of each record of a type: every field once, by its number.
 *
 *     plan = plan_find(plans, type, record_projection(record), candidates);
 *     plan_reduce(plans, plan, record, &reduced);
 *     arn = reduced_text(plans, &reduced, plan->arn);
 *
 * Names are looked up once a type and projection, not once a record. A field's text is
 * JSON as it stands in the evidence, or as jansson prints it where the record is one
 * that was made (a record that stands alone, or has what its id proves).
 *
 * Lifetime: the arena's; of one thread. What a record is reduced to lives until
 * the next plan_reduce(). Memory: one record's.
 */
#ifndef GATHER_PLAN_H
#define GATHER_PLAN_H

#include "gather/measures.h"

enum { CANDIDATES_MAX = 8 }; /* calls that share an envelope key */

/* A field that only records of one of the candidate calls have, or that none of its
 * records has. */
struct plan_mark {
    size_t field;
    unsigned char mark;
    bool against;
};

struct plan {
    const struct type *type;
    const struct projection *projection; /* NULL: of records that somebody made */
    const struct call_list *candidates;  /* the calls with the list's key, or NULL */
    const struct measures_of_type *measures;
    struct str *names; /* of the fields */
    size_t *numbers;   /* of them in the projection */
    size_t count, name_capacity, number_capacity;

    /* Which of the fields; SIZE_MAX: none. Lists as the type's and the measures'. */
    size_t id, arn, region_status;
    size_t *always, *narrowed, *parents, *columns, *extremes;
    struct plan_mark *marks;
    size_t mark_count;
    struct plan *next;
};

struct plans;

struct plans *plans_new(struct arena *arena, const struct measures *measures);
const struct plan *plan_find(struct plans *plans, const struct type *type,
                             const struct projection *projection,
                             const struct call_list *candidates);

/* A record, as far as it is read. */
struct reduced {
    const struct plan *plan;
    const struct record *record;
    const struct str *values; /* JSON text, one a field of the plan; absent: the record
                                 lacks it. Of what is no object, none is there */
    struct str id;            /* or absent: as reduced_text() */
    unsigned char marks;      /* of the candidates whose own fields it has */
    unsigned char against;    /* of those whose records never have what it has */
};

void plan_reduce(struct plans *plans, const struct plan *plan,
                 const struct record *record, struct reduced *reduced);

/* The text that the field (SIZE_MAX: none) has; absent: it is not there, or no text. */
struct str reduced_text(struct plans *plans, const struct reduced *reduced,
                        size_t field);

/* Whether it is there, and not as null. */
bool reduced_has(const struct reduced *reduced, size_t field);

/* Which of the type's `always` are not there, a bit each, and whether one is there with
 * another kind of value. */
void reduced_always(const struct reduced *reduced, uint64_t *missing, bool *wrong);

#endif
