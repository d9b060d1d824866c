/*
 * holdings.h - all staged documents, found by what they list and for which scope.
 *
 * Lifetime: the arena's. Order: the documents of a listing stand in the order in which
 * they were read: by path and index, since discover() gives the sources so.
 */
#ifndef ASSESS_HOLDINGS_H
#define ASSESS_HOLDINGS_H

#include "assess/staged.h"

/* Where a rule is judged. */
struct scope {
    struct str account, region; /* absent: nothing tells it */
    const char
        *source; /* the path of its only source, if account or region is absent */
};

/* The documents of one type in one scope. */
struct listing {
    struct scope scope;
    const struct type *type;
    struct staged **items;
    size_t count, capacity;
};

struct holdings {
    struct staging *staging;
    struct listing **listings;
    size_t count, capacity;
    struct table by_key;
    bool *type_has_token; /* a type's index: some document of it in the run has one */
};

/* Also marks the documents whose completeness another one's token taints. */
struct holdings *holdings_new(struct arena *arena, struct staging *staging);

/* Never NULL; its count may be 0. A type NULL: the documents of no told type that
 * should have told something, each of which may have been of any type. */
const struct listing *holdings_find(const struct holdings *holdings,
                                    const struct type *type, const struct scope *scope);

/* The scope of a document: of its own source alone if account or region is not told. */
void scope_of(const struct staged *staged, struct scope *scope);
bool scope_is_placed(const struct scope *scope);

/* A parent's id as the collection script writes it in a file's name, so that ids of
 * records and words of names compare. */
struct str parent_key(struct arena *arena, struct str id);

#endif
