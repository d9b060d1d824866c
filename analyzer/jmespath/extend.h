/*
 * extend.h - what a function is: JMESPath's own, and those from outside.
 *
 *     static const struct jmespath_function lower[] = {
 *         { "lower", .takes = { JMESPATH_TAKES_STRING }, .call = call_lower },
 *     };
 *     static const struct jmespath_extension functions = { lower, 1 };
 *     const struct jmespath_options options = { .functions = &functions };
 *     expression = jmespath_compile_with(&arena, text, &options, &err);
 *
 * To add one: a row in such a table, and its evaluator. Arguments are evaluated and of
 * the right types when it is called; json_t goes in and comes out.
 *
 * Lifetime: the table outlives the expressions that are compiled with it.
 */
#ifndef JMESPATH_EXTEND_H
#define JMESPATH_EXTEND_H

#include "jmespath/jmespath.h"

enum { JMESPATH_ARGUMENTS_MAX = 3 };

/* Types that an argument may be of: a sum of these. */
enum jmespath_takes {
    JMESPATH_TAKES_NULL = 1 << 0,
    JMESPATH_TAKES_BOOLEAN = 1 << 1,
    JMESPATH_TAKES_NUMBER = 1 << 2,
    JMESPATH_TAKES_STRING = 1 << 3,
    JMESPATH_TAKES_ARRAY = 1 << 4,
    JMESPATH_TAKES_OBJECT = 1 << 5,
    JMESPATH_TAKES_ANY = (1 << 6) - 1,
    JMESPATH_TAKES_NUMBERS = 1 << 8, /* an array of numbers alone */
    JMESPATH_TAKES_STRINGS = 1 << 9, /* an array of strings alone */
    JMESPATH_TAKES_EXPRESSION = 1
                                << 12, /* &expression, and nothing else: see the node */
};

/* One call while it runs. */
struct jmespath_call;

struct jmespath_function {
    const char *name;
    unsigned takes[JMESPATH_ARGUMENTS_MAX]; /* 0: there is no such argument */
    /* NULL: jmespath_call_wrong() or jmespath_call_charge() has said why. The arguments
     * are borrowed; what it makes goes to jmespath_call_keep(). */
    json_t *(*call)(struct jmespath_call *call, json_t *const *arguments);
    size_t optional; /* so many of the last arguments may be left out */
    bool boolean;    /* the result always is one */
    bool variadic;   /* its argument may be there more than once */
    /* A variable that it reads, without $, or NULL: its value comes behind the
     * arguments. It is the one that the caller binds, whatever a let around the call
     * binds. To those who look at the expression, it is one more argument. */
    const char *reads;
    /* Called once for each argument that is a literal of the right type, when the
     * expression is compiled: what it makes of it lives in the arena, is not changed by
     * calls, and is handed to them; NULL: nothing. False: the literal is wrong, and so
     * the expression. May be NULL. */
    bool (*prepare)(struct arena *arena, size_t index, const json_t *literal,
                    const void **prepared, struct error *err);
};

struct jmespath_extension {
    const struct jmespath_function *functions;
    size_t count;
};

/* How many arguments there are; the variable is none. */
size_t jmespath_call_count(const struct jmespath_call *call);
/* What prepare() made of an argument, or NULL. */
const void *jmespath_call_prepared(const struct jmespath_call *call, size_t index);
/* What the caller of the expression binds to a variable, without $; NULL: nothing. For
 * what a function can do without; those who look at the expression do not see it. */
json_t *jmespath_call_bound(const struct jmespath_call *call, struct str name);
/* Hands a new value over, and returns it. What is in it must be new, too, or have been
 * kept before. */
json_t *jmespath_call_keep(struct jmespath_call *call, json_t *made);
/* Memory until the context is reset. */
struct arena *jmespath_call_scratch(struct jmespath_call *call);
/* Counts the work of reading so many bytes of text, or of making a quarter of them.
 * False: it is too much, which was said. */
MUST_USE bool jmespath_call_charge(struct jmespath_call *call, size_t bytes);
/* Says why there is no result: INVALID_TYPE or INVALID_VALUE of an argument, or LIMIT;
 * the place is that of the argument. Always NULL. */
json_t *jmespath_call_wrong(struct jmespath_call *call, enum jmespath_error_kind kind,
                            size_t index, const char *format, ...) PRINTF_LIKE(4, 5);

#endif
