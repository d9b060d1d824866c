/*
 * explain.h - why a fact is not known in a cell, and what would settle it.
 *
 *     finding          fact a    fact b          a rule's `when` reads these
 *                        |         |
 *     one cell         explain   explain   ...   or, of an account: each of its regions
 *                        |         |
 *                      reasons and commands
 *
 * What is asked is always of one fact in one cell. All answers go into an
 * explanation: reasons, and the exact commands whose answers would settle it. A
 * finding's is that of the facts that leave it unknown; what is missing of the evidence
 * (missing.h) is that of all facts that are not exact. The same is said once.
 *
 * Lifetime: what an explanation holds is its arenas'.
 * Limits: REASONS_MAX - 1 reasons, `settles_max` commands; what is more is counted.
 */
#ifndef EXPLAIN_EXPLAIN_H
#define EXPLAIN_EXPLAIN_H

#include "judge/judgement.h"

enum { REASONS_MAX = 12, SETTLES_MAX = 12 };

struct reason_list {
    struct arena *arena, *texts; /* of the items; of what their texts are copied to */
    struct reason *items;
    size_t count, capacity;
    size_t more; /* that were left out */
};

/* Each once, and at most `most`. */
void reason_list_add(struct reason_list *list, size_t most,
                     const struct reason *reason);
/* Its items alone, in an arena. */
const struct reason *reason_list_keep(const struct reason_list *list,
                                      struct arena *arena);

struct explanation {
    struct reason_list reasons;
    struct settle *settles; /* in the reasons' arenas */
    size_t settle_count, settle_capacity, settles_max;
    bool more_settles;  /* there were more than settles_max */
    bool names_regions; /* it is of several cells, so each one's region is told */
};

void explanation_reason(struct explanation *said, const struct reason *reason);
void explanation_settle(struct explanation *said, const struct settle *settle);

/* Why the judgement's fact is not exact in one of the cells that its cell is the sum
 * of; nothing, if it is. */
void explain_fact(const struct judgement *judgement, size_t fact,
                  const struct cell *cell, struct explanation *said);
/* Why it is not known which regions the account has. */
void explain_regions(const struct judgement *judgement, struct explanation *said);

/* Why a rule for each record may have others to judge than those that are seen: what
 * their finding says. */
void explain_others(struct arena *arena, struct arena *scratch,
                    const struct cells *cells, const struct cell *cell,
                    struct finding *finding);

/* Why the finding is unknown. */
void explain_finding(struct arena *arena, const struct judgement *judgement,
                     struct finding *finding);

#endif
