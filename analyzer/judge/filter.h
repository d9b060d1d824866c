/*
 * filter.h - which of the cells are to be judged: --account and --region.
 *
 * A filter changes no verdict: all evidence is read, and what a page of another region
 * may hold taints what it always taints. It leaves out findings, problems and coverage
 * of scopes that are told and are others. What tells no account or no region may be of
 * the ones that are asked for, and stays; so does an account's own finding under
 * --region.
 */
#ifndef JUDGE_FILTER_H
#define JUDGE_FILTER_H

#include "judge/cells.h"

bool filter_keeps(const struct settings *settings, const struct scope *scope);

/* False: there is nothing to judge of an account or a region that was asked for. */
MUST_USE bool filter_check(const struct settings *settings, const struct cells *cells,
                           struct arena *scratch, struct error *err);

/* Leaves out the problems of sources all of whose documents are of other sum. They
 * are sorted by path, as the sources are. */
void filter_problems(struct gathered *gathered);

/* Leaves out the regions that were not asked for. False: the account was not. */
bool filter_coverage(struct arena *arena, const struct settings *settings,
                     struct coverage *coverage);

#endif
