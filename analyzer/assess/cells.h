/*
 * cells.h - the scopes that get findings.
 *
 * Every account and region that a folder's or a file's path names, even of an empty
 * folder; one for each placed document of a region-level type; and one for each source
 * that is named or assumed to be of such a type and could not be used.
 *
 * Order: by account, region and source; each once.
 */
#ifndef ASSESS_CELLS_H
#define ASSESS_CELLS_H

#include "assess/holdings.h"

struct cells {
    struct scope *items;
    size_t count, capacity;
};

void cells_find(struct arena *arena, const struct source_list *sources,
                const struct holdings *holdings, struct cells *cells);

int scope_compare(const struct scope *left, const struct scope *right);

#endif
