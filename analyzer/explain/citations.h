/*
 * citations.h - where in the evidence an auditor can look a finding up.
 *
 * First, and `decisive`, what decided: the resource that is judged, and the records of
 * the fact that the deciding `when` reads first, as far as rows.h knows where they are.
 *
 * At most CITATIONS_MAX of these and CITATIONS_BESIDE_MAX of each other fact, the least
 * by path, document and offset, so that order does not matter; of a fact that nothing
 * counts for, the listings that show so.
 */
#ifndef EXPLAIN_CITATIONS_H
#define EXPLAIN_CITATIONS_H

#include "judge/judgement.h"

void citations_of_finding(struct arena *arena, const struct judgement *judgement,
                          struct finding *finding);

/* Of the records that a rule for each record judges, one way or the other: those that
 * are there, or the listings that show that there are none. */
void citations_of_universe(struct arena *arena, struct arena *scratch,
                           const struct measures *measures, const struct cell *cell,
                           struct finding *finding);

/* Of the facts that a row of a commentary reads; of kinds, the records that are of
 * them, under the first kind's name. The judgement's rule is the commentary's. */
void citations_of_remark(struct arena *arena, const struct judgement *judgement,
                         const struct commentary *of, size_t row,
                         struct remark *remark);

#endif
