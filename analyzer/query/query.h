/*
 * query.h - run an expression over the JSON documents of files, reading only what it
 * reads.
 *
 *     struct query *query = query_new(&arena, expression, context);
 *     query_begin(query, bytes);
 *     while ((status = query_next(query, &result, &err)) == QUERY_RESULT)
 *         print(result);
 *
 * The result is exactly that of evaluating the expression over the whole document, of
 * which as little is kept as can be:
 *   - of the document's members, those that are read; of the elements of a list, the
 *     fields that are read;
 *   - where the expression begins with a projection of a list, LIST[?…]… or LIST[*]…,
 *     and does not read it elsewhere, that is done element by element, and only its
 *     results are kept; and where nothing follows, they may be taken one by one.
 * Both are invisible but for limits: each element may take JMESPATH_STEPS_MAX steps;
 * and a number out of range (beyond the largest double) breaks a document only where it
 * is kept.
 *
 * Whole numbers beyond 64 bits are jmespath_integer() of the context: who prints a
 * result prints it with that context.
 *
 * Duplicate keys: the last one wins. Documents: as records.h says.
 * Lifetime: a result lives until the next call; the query, in the arena.
 */
#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include "jmespath/jmespath.h"
#include "json/bytes.h"

enum query_status {
    QUERY_RESULT,
    QUERY_WRONG, /* the expression does not hold for a document; err->column is in it */
    QUERY_BROKEN, /* the text is not JSON, or passes a limit; err->line and err->column
                     are in it; its source is done with */
    QUERY_END,
};

struct query;

/* `context`: with the variables that are bound. */
struct query *query_new(struct arena *arena, const struct jmespath *expression,
                        struct jmespath_context *context);
/* Results that are lists whose elements come one by one are taken in this way, if there
 * are such: `take` is called for each element, and with NULL where a list starts (what
 * came before is void then, if its query_next() has not returned). query_next() gives
 * QUERY_RESULT and a result NULL where such a list ends well. */
typedef void query_take_function(void *object, json_t *element);
void query_take(struct query *query, query_take_function *take, void *object);

void query_begin(struct query *query, struct bytes *bytes);
MUST_USE enum query_status query_next(struct query *query, json_t **result,
                                      struct error *err);

#endif
