/*
 * settles.h - the exact commands that would settle an unknown finding.
 *
 * Each names the AWS CLI's call, the permission that it needs, and where to save its
 * answer so that it is recognised (the layout
 * ACCOUNT/REGION/SERVICE-CALL[--PARENT].json). Limits: SETTLES_MAX a finding,
 * MISSING_SETTLES_MAX for the facts of one type that a scope misses.
 */
#ifndef EXPLAIN_SETTLES_H
#define EXPLAIN_SETTLES_H

#include "judge/judgement.h"

enum { SETTLES_MAX = 12, MISSING_SETTLES_MAX = 256 };

void settles_of_finding(struct arena *arena, const struct judgement *judgement,
                        struct finding *finding);

/* For the facts that `which` marks; *count of them, *more: there would be more than
 * `count_max`. */
const struct settle *settles_of_facts(struct arena *arena,
                                      const struct judgement *judgement,
                                      const bool *which, size_t count_max,
                                      size_t *count, bool *more);

#endif
