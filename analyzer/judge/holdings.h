/*
 * holdings.h - all staged documents, found by what they list and for which scope.
 *
 * Lifetime: the arena's. Order: the documents of a listing stand in the order in which
 * they were read: by path and index, since discover() gives the sources so.
 */
#ifndef JUDGE_HOLDINGS_H
#define JUDGE_HOLDINGS_H

#include "judge/taint.h"

/* Where a rule is judged. */
struct scope {
    struct str account, region; /* absent: nothing tells it */
    const char
        *source;     /* the path of its only source, if account or region is absent */
    bool is_account; /* an account that nothing tells is judged, by its only source */
};

/* The documents of one type in one scope. */
struct listing {
    struct scope scope;
    const struct type *type;
    struct staged **items;
    size_t count, capacity;
};

/* An account, and its scopes: those of its cells that are of a region in use. */
struct account {
    struct coverage coverage;
    const struct scope *scopes;
    size_t scope_count;
};

struct holdings {
    struct staging *staging;
    const struct account *accounts; /* by name; set once the cells are known */
    size_t account_count;
    struct listing **listings;
    size_t count, capacity;
    struct table by_key;
    struct taints *taints;
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

/* The scope that the records of a bucket are of: what their ARNs do not tell is the
 * document's. */
void bucket_scope(const struct staged *staged, const struct bucket *bucket,
                  struct scope *scope);
/* Whether these records count in a scope that the document is listed in: not those of
 * other accounts. Of a document that is not spread, the scope is not read. */
bool bucket_is_of(const struct staged *staged, const struct bucket *bucket,
                  const struct scope *scope);

/* The scopes whose listings of a type are what a scope has of it: itself, or, for what
 * is listed by region, all those of an account. */
struct scopes {
    const struct scope *items;
    size_t count;
    bool are_all;     /* it is known that there are no others */
    bool are_regions; /* of an account, of which the scope is the sum */
};

/* NULL: no evidence names it, or the cells are not known yet. */
const struct account *holdings_account(const struct holdings *holdings,
                                       struct str name);

void holdings_scopes(const struct holdings *holdings, const struct type *type,
                     const struct scope *scope, struct scopes *scopes);

/* A parent's id as the collection script writes it in a file's name, so that ids of
 * records and words of names compare. */
struct str parent_key(struct arena *arena, struct str id);

#endif
