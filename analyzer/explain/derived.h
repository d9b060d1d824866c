/*
 * derived.h - what a finding says of a fact that counts derived records: which backup
 * plan takes a database.
 *
 *     undetermined: Resources[0] ..., which needs tags   ->  collect the tags
 *     a selection whose criteria were not read           ->  get-backup-selection
 *     plans of which there may be more                   ->  list-backup-plans
 *
 * Only what can change the answer is asked for.
 *
 * Lifetime: what is said is the explanation's.
 */
#ifndef EXPLAIN_DERIVED_H
#define EXPLAIN_DERIVED_H

#include "explain/explain.h"
#include "judge/assignments.h"

/* Why the fact is not exact; nothing, if it counts no derived records. */
void explain_derived(const struct judgement *judgement, size_t fact,
                     struct explanation *said);

/* Whether the fact counts states of the subject, and that it is ignored is told by its
 * name alone. */
bool derived_by_name(const struct judgement *judgement, size_t fact);

/* The assignments that the fact counts of the judgement's subject. False: it counts
 * none. */
MUST_USE bool derived_assignments(const struct judgement *judgement, size_t fact,
                                  struct assignments *assignments);

#endif
