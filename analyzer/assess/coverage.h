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
#ifndef ASSESS_COVERAGE_H
#define ASSESS_COVERAGE_H

#include "assess/holdings.h"

/* The type whose complete listing tells an account's regions, and its field that says
 * whether a region is in use. */
#define COVERAGE_TYPE   "AWS::EC2::Region"
#define COVERAGE_STATUS "OptInStatus"

bool tells_regions(const struct type *type);

/* What is to be expected of one account; `delivered` is left to whoever knows the
 * cells. */
void coverage_find(struct arena *arena, const struct holdings *holdings,
                   struct str account, struct coverage *coverage);

/* Whether the account has not opted in to the scope's region, and no answer says
 * otherwise: then nothing is there, whatever call failed. */
bool coverage_is_unused(const struct coverage *coverage,
                        const struct holdings *holdings, const struct scope *scope);

#endif
