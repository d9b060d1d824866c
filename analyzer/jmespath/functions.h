/*
 * functions.h - the table of JMESPath's functions; private to jmespath/.
 *
 * To add one: a row in the table of functions.c, sorted by name, and its evaluator.
 */
#ifndef JMESPATH_FUNCTIONS_H
#define JMESPATH_FUNCTIONS_H

#include "jmespath/run.h"

struct items;
struct parser;

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
/* What to write for the name of a function that is not there, neither among those nor
 * in the extension (or NULL). */
const char *function_advice(struct arena *arena, struct str name,
                            const struct jmespath_extension *extension);

size_t function_arity(const struct jmespath_function *function); /* the least */
enum parameter function_parameter(const struct jmespath_function *function,
                                  size_t index); /* from 0; NONE: too many */

/* The same for functions from outside (extend.h): NULL: there is none; it lives in the
 * parser's arena. */
const struct jmespath_function *extra_find(struct parser *parser, struct str name);
/* Whether it is such a function; if so, says when it has no such count of arguments. */
bool extra_check_count(struct parser *parser, const struct jmespath_function *function,
                       size_t column, size_t count);
/* Prepares the arguments of such a function; gives the function as this call has it.
 * Others stay as they are. */
const struct jmespath_function *extra_finish(struct parser *parser,
                                             const struct jmespath_function *function,
                                             size_t column, struct items *items);

/* Evaluates the arguments of a CALL, checks them and calls. */
json_t *function_call(struct run *run, const struct jmespath_node *node, json_t *value);

#endif
