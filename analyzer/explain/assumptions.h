/*
 * assumptions.h - what a verdict takes for granted, because no byte can show it.
 *
 * filtered: a bare array, or an answer asked with an option, kept every record that
 * counts. not-narrowed: a listing was not narrowed by an option that leaves no trace in
 * it. account-by-arn: the records' ARNs alone tell the account. ids: the text of an
 * array without records are ids of records that are there.
 */
#ifndef EXPLAIN_ASSUMPTIONS_H
#define EXPLAIN_ASSUMPTIONS_H

#include "judge/judgement.h"

/* Nothing for an unknown finding: it takes nothing for granted. */
void assumptions_of_finding(struct arena *arena, const struct judgement *judgement,
                            struct finding *finding);

/* What it grants that says that a cell has none of the records that its rule judges. */
void assumptions_of_none(struct arena *arena, struct arena *scratch,
                         const struct cells *cells, const struct cell *cell,
                         struct finding *finding);

#endif
