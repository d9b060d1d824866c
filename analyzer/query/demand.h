/*
 * demand.h - what an expression reads of a document: which members, and which fields of
 * the elements of lists.
 *
 *     const struct demand *demand = demand_of(&arena, jmespath_root(expression));
 *
 * The result of the expression is the same for a document and for one in which
 *   - an object has only the members that `fields` names,
 *   - where such a member, or the document, is an array, those of its elements that are
 *     objects have only the fields that the `fields` of its `elements` name (NULL:
 *     none);
 * unless these are `whole`, or elements `counted`. All else is to stay as it is, arrays
 * in arrays, too.
 *
 * It is an upper bound: where an expression is too tangled, all is demanded.
 * Limits: DEMAND_NODES_MAX, then all is demanded.
 */
#ifndef QUERY_DEMAND_H
#define QUERY_DEMAND_H

#include "jmespath/jmespath.h"

enum { DEMAND_NODES_MAX = 10000 };

struct demand;

struct demand_field {
    struct str name;
    struct demand *demand;
};

struct demand {
    bool whole;
    bool counted; /* how many members, characters or elements there are */
    struct demand_field *fields;
    size_t field_count, field_capacity;
    struct demand *elements;
    bool is_made; /* inside demand.c: a list that the expression makes of `elements` */
};

const struct demand *demand_of(struct arena *arena, const struct jmespath_node *root);

#endif
