/*
 * coverage.h - which regions of an account were to be expected, and which were
 * delivered.
 *
 * Expected are the regions that an `ec2 describe-regions` answer of the account lists
 * as opted in or not needing it, and those of --expect-regions, for every account that
 * the evidence names. Only they close the set of an account's regions: without them
 * nobody knows whether one was left out. An answer that lists no region in use closes
 * nothing: it was filtered.
 *
 * Lifetime: the arena's. Order: by name.
 */
#ifndef JUDGE_COVERAGE_H
#define JUDGE_COVERAGE_H

#include "judge/holdings.h"

/* What is to be expected of one account; `delivered` is left to whoever knows the
 * cells. */
void coverage_find(struct arena *arena, const struct holdings *holdings,
                   struct str account, struct coverage *coverage);

/* Whether the account has not opted in to the scope's region, and no answer says
 * otherwise: then nothing is there, whatever call failed. */
bool coverage_is_unused(const struct coverage *coverage,
                        const struct holdings *holdings, const struct scope *scope);

#endif
