/*
 * reads.h - which calls the rules need: what a collection asks of every account.
 *
 *     rules ─► measures ─► types, and of each the fields that are read
 *                            ├─ what lists it, whole or in parts
 *                            ├─ what lists the parents that parts are asked of
 *                            └─ what tells more of a record, if no listing prints a
 *                               field that is read
 *
 * Beside these the regions of the account, which tell where to ask.
 */
#ifndef COLLECT_READS_H
#define COLLECT_READS_H

#include "collect/calls.h"

/* `all`: each listing of the catalog, too. */
void calls_of_rules(struct arena *arena, const struct rulebook *book, bool all,
                    struct collect_calls *calls);

#endif
