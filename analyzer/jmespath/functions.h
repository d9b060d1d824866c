/*
 * functions.h - the table of JMESPath's own functions, and calls of these and of those
 * from outside (extend.h); private to jmespath/.
 *
 * To add one: a row in the table of functions.c, sorted by name, and its evaluator.
 * What an argument may be says the row: calls.c checks it, and names it in a mistake.
 */
#ifndef JMESPATH_FUNCTIONS_H
#define JMESPATH_FUNCTIONS_H

#include "jmespath/extend.h"
#include "jmespath/run.h"

struct items;
struct parser;
struct token;

struct jmespath_call {
    struct run *run;
    const struct jmespath_node *node;
    size_t count; /* of arguments, without the variable that it reads */
};

/* NULL: there is none. */
const struct jmespath_function *function_find(struct str name);
/* What to write for the name of a function that is not there, neither among those nor
 * in the extension (or NULL). */
const char *function_advice(struct arena *arena, struct str name,
                            const struct jmespath_extension *extension);

/* One of enum jmespath_takes. */
unsigned value_type(const json_t *value);

/* A CALL of the function of that name; what is wrong with it is said later. */
const struct jmespath_node *call_new(struct parser *parser, const struct token *name,
                                     struct items *items);
/* Evaluates the arguments of a CALL, checks them and calls. */
json_t *function_call(struct run *run, const struct jmespath_node *node, json_t *value);

#endif
