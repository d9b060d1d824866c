/*
 * citations.h - where in the evidence an auditor can look a finding up.
 *
 * At most CITATIONS_MAX a fact, the least by path, document and offset, so that order
 * does not matter; of a fact that nothing counts for, the listings that show so.
 */
#ifndef EXPLAIN_CITATIONS_H
#define EXPLAIN_CITATIONS_H

#include "judge/judgement.h"

void citations_of_finding(struct arena *arena, const struct judgement *judgement,
                          struct finding *finding);

#endif
