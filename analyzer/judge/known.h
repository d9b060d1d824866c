/*
 * known.h - what was found out about a cell, so that it is found out once, however many
 * rules, reasons and commands ask.
 *
 * It is kept while the cell's account is judged, by the one thread that judges it: all
 * else in a cell is every thread's, and nothing writes to it.
 *
 *     cell->known = known_new(&arena);
 *     judge every rule in the cell, and in its account
 *     cell->known = NULL;
 *
 * Lifetime: the arena's.
 */
#ifndef JUDGE_KNOWN_H
#define JUDGE_KNOWN_H

#include "judge/cells.h"

struct estimate;
struct parents;
struct subjects;
struct assigner;
struct protector;

/* Of one type. */
struct known_type {
    const struct type *type;
    struct estimate **estimates; /* by a measure's slot; NULL: not asked yet */
    struct parents *parents;     /* the same */
    struct subjects *subjects;   /* the same */
    struct assigner *assigner;   /* the same, of backup plans */
    struct protector *protector; /* the same */
    bool is_disputed;            /* that its answers disagree was said */
    struct known_type *next;
};

struct known {
    struct arena *arena;
    struct known_type *types;
};

struct known *known_new(struct arena *arena);

/* What is known of the type: nothing, when it is first asked for. */
struct known_type *known_of(const struct cell *cell, const struct type *type);

#endif
