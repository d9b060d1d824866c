/*
 * query.h - a published --query, taken whole: LIST[?CONDITION] as a type and a filter.
 *
 * Other shapes that only select, too: LIST, LIST[], LIST[*] (no filter). What keeps
 * fewer or other things than whole records is refused, with the rewrite to make.
 */
#ifndef RULEBOOK_QUERY_H
#define RULEBOOK_QUERY_H

#include "catalog/catalog.h"
#include "jmespath/jmespath.h"

struct published_query {
    const struct type *type;
    struct str condition; /* its text within the query; absent: none */
};

/* False: err says what is wrong and what to write instead; err->column is the place in
 * `text`, from 1. */
MUST_USE bool query_parse(struct arena *arena, const struct catalog *catalog,
                          struct str text, struct published_query *query,
                          struct error *err);

#endif
