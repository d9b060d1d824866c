/*
 * functions.h - the table of JMESPath's functions; private to jmespath/.
 *
 * To add one: a row in the table of functions.c, sorted by name, and its evaluator.
 */
#ifndef JMESPATH_FUNCTIONS_H
#define JMESPATH_FUNCTIONS_H

#include "jmespath/run.h"

enum parameter {
    PARAMETER_NONE,
    PARAMETER_ANY,
    PARAMETER_NUMBER,
    PARAMETER_STRING,
    PARAMETER_OBJECT,
    PARAMETER_ARRAY,
    PARAMETER_ARRAY_OR_STRING,
    PARAMETER_COUNTABLE,          /* array, string or object */
    PARAMETER_NUMBERS,            /* an array of numbers alone */
    PARAMETER_STRINGS,            /* an array of strings alone */
    PARAMETER_NUMBERS_OR_STRINGS, /* an array of one of both alone */
    PARAMETER_EXPRESSION,         /* &expression */
};

enum { PARAMETERS_MAX = 2 };

struct jmespath_function {
    const char *name;
    bool boolean;  /* the result always is one */
    bool variadic; /* the first parameter, once or more */
    enum parameter parameters[PARAMETERS_MAX];
    /* The arguments are of the right type; that of an expression is NULL: see the node.
     */
    json_t *(*call)(struct run *run, const struct jmespath_node *node,
                    json_t *const *arguments);
};

/* NULL: there is none. */
const struct jmespath_function *function_find(struct str name);
/* The name of a function that is meant, or NULL when none is near. */
const char *function_suggest(struct str name);

size_t function_arity(const struct jmespath_function *function); /* the least */
enum parameter function_parameter(const struct jmespath_function *function,
                                  size_t index); /* from 0; NONE: too many */

/* Evaluates the arguments of a CALL, checks them and calls. */
json_t *function_call(struct run *run, const struct jmespath_node *node, json_t *value);

#endif
