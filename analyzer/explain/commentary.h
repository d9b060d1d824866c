/*
 * commentary.h - what a rule says beside its verdict (rule.h): the diagnosis of a fail,
 * the cautions of a pass.
 *
 *     fail, plans == `0`: true         diagnosis no-plan
 *     fail, plans == `0`: unknown      none, whatever the rows behind it come to
 *     pass, plans == `0`: true         caution no-plan
 *
 * It is said only where all that is possible agrees, as a verdict is: a diagnosis is
 * the first row that holds, and those before it do not; a caution is each row that
 * holds. What it counts is in no reason, command or list of what is missing, and
 * changes no result. A fact is counted when a row that is looked at reads it: most
 * runs, which have snapshots alone, end at the first row.
 *
 * Limits: QUOTE_BYTES_MAX of a field that is quoted.
 */
#ifndef EXPLAIN_COMMENTARY_H
#define EXPLAIN_COMMENTARY_H

#include "judge/judgement.h"

enum { QUOTE_BYTES_MAX = 400 };

/* A rule's commentary, as one thread judges by it. */
struct commenting {
    const struct commentary *of; /* NULL: the rule has none */
    struct arena *arena;
    struct ruling ruling;
    struct ruling *kinds;     /* as of->kinds */
    struct outcome *outcomes; /* of the ruling's rule */
    bool *reads;              /* of the ruling: as far as outcomes were read */
};

/* `is_shared`: other threads have its expressions, so that it needs its own. */
void commenting_init(struct arena *arena, const struct gathered *gathered,
                     const struct commentary *commentary, bool is_shared,
                     struct commenting *commenting);

/* Before an account is judged; NULL: it was. */
void commenting_set_joins(struct commenting *commenting, struct joins *joins);

/* What the finding, whose result is there, gets. */
void comment(struct arena *arena, struct arena *scratch,
             const struct commenting *commenting, const struct cells *cells,
             const struct cell *cell, struct finding *finding);

#endif
