/*
 * cells.h - the scopes that get findings.
 *
 * Every account and region that a folder's or a file's path names, even of an empty
 * folder (by --path-pattern, where that tells of it or of a file below); one for each
 * placed document of a region-level type; one for each source that is named or assumed
 * to be of such a type and could not be used; and each region that is to be expected of
 * an account that the evidence names. For rules that judge accounts: each account of
 * those.
 *
 * Order: by account, region and source; each once.
 */
#ifndef JUDGE_CELLS_H
#define JUDGE_CELLS_H

#include "judge/holdings.h"

/* What is judged: regions, and accounts whose scopes are slices of them. */
struct cells {
    struct scope *items;
    size_t count, capacity;
    struct account *accounts; /* by name */
    size_t account_count, account_capacity;
};

/* Also tells the holdings of the accounts. */
void cells_find(struct arena *arena, const struct source_list *sources,
                struct holdings *holdings, struct cells *cells);

int scope_compare(const struct scope *left, const struct scope *right);

#endif
