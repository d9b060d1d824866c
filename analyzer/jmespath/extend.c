#include "jmespath/extend.h"

#include "jmespath/functions.h"
#include "jmespath/syntax.h"

#include <stdarg.h>
#include <stdio.h>

/* A function as one call of it sees it: what was prepared is the call's own. */
struct extra_function {
    struct jmespath_function function; /* first: a CALL's function is its address */
    const struct jmespath_extra *extra;
    const void *prepared[JMESPATH_EXTRA_ARGUMENTS_MAX];
    size_t count;
};

struct jmespath_call {
    struct run *run;
    const struct jmespath_node *node;
    const struct extra_function *function;
};

/* ---- types ----------------------------------------------------------------------- */

static const struct {
    unsigned type;
    const char *name;
} types[] = {
    { JMESPATH_TAKES_OBJECT, "an object" },  { JMESPATH_TAKES_ARRAY, "an array" },
    { JMESPATH_TAKES_STRING, "a string" },   { JMESPATH_TAKES_NUMBER, "a number" },
    { JMESPATH_TAKES_BOOLEAN, "a boolean" }, { JMESPATH_TAKES_NULL, "null" },
};

enum { NAMED_TYPE_COUNT = COUNT_OF(types) };

static unsigned type_of(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return JMESPATH_TAKES_OBJECT;
    case JSON_ARRAY:
        return JMESPATH_TAKES_ARRAY;
    case JSON_STRING:
        return JMESPATH_TAKES_STRING;
    case JSON_INTEGER:
    case JSON_REAL:
        return JMESPATH_TAKES_NUMBER;
    case JSON_TRUE:
    case JSON_FALSE:
        return JMESPATH_TAKES_BOOLEAN;
    case JSON_NULL:
        break;
    }
    return JMESPATH_TAKES_NULL;
}

/* "a string, a number or null" */
static const char *types_text(struct arena *arena, unsigned wanted)
{
    struct buf buf = BUF_EMPTY(arena);
    unsigned left = wanted;

    for (size_t i = 0; i < NAMED_TYPE_COUNT; i++) {
        if ((left & types[i].type) == 0)
            continue;
        left &= ~types[i].type;
        if (buf.len > 0)
            buf_add(&buf, left != 0 ? STR(", ") : STR(" or "));
        buf_add(&buf, str_from(types[i].name));
    }
    return buf_str(&buf).text;
}

static const char *type_text(struct arena *arena, const json_t *value)
{
    return types_text(arena, type_of(value));
}

/* ---- the call -------------------------------------------------------------------- */

static const struct extra_function *extra_of(const struct jmespath_node *node)
{
    return (const struct extra_function *)node->function;
}

static json_t *call_extra(struct run *run, const struct jmespath_node *node,
                          json_t *const *arguments)
{
    struct jmespath_call call = { run, node, extra_of(node) };
    const struct jmespath_extra *extra = call.function->extra;

    for (size_t i = 0; i < call.function->count; i++) {
        if ((type_of(arguments[i]) & extra->takes[i]) == 0) {
            return run_wrong(run, node->items[i], "%s() takes %s, not %s", extra->name,
                             types_text(run_scratch(run), extra->takes[i]),
                             type_text(run_scratch(run), arguments[i]));
        }
    }
    /* cppcheck takes the value that is returned for the call itself. */
    /* cppcheck-suppress returnDanglingLifetime */
    return extra->call(&call, arguments);
}

size_t jmespath_call_count(const struct jmespath_call *call)
{
    return call->function->count;
}

const void *jmespath_call_prepared(const struct jmespath_call *call, size_t index)
{
    return call->function->prepared[index];
}

json_t *jmespath_call_keep(struct jmespath_call *call, json_t *made)
{
    return run_keep(call->run, made);
}

struct arena *jmespath_call_scratch(struct jmespath_call *call)
{
    return run_scratch(call->run);
}

bool jmespath_call_charge(struct jmespath_call *call, size_t bytes)
{
    return run_charge_text(call->run, call->node, bytes);
}

json_t *jmespath_call_wrong(struct jmespath_call *call, enum jmespath_error_kind kind,
                            size_t index, const char *format, ...)
{
    char message[ERROR_BYTES_MAX];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    error_of_kind(call->run->err, kind, call->node->items[index]->column, "%s",
                  message);
    return NULL;
}

/* ---- the parser's side ----------------------------------------------------------- */

const struct jmespath_function *extra_find(struct parser *parser, struct str name)
{
    const struct jmespath_extension *extension = parser->options->functions;

    for (size_t i = 0; extension != NULL && i < extension->count; i++) {
        const struct jmespath_extra *extra = &extension->extras[i];
        struct extra_function *made;

        if (!str_equal(str_from(extra->name), name))
            continue;
        made = arena_new(parser->arena, struct extra_function);
        made->extra = extra;
        made->function = (struct jmespath_function){
            .name = extra->name,
            .boolean = extra->boolean,
            .variadic = true, /* extra_check_count() counts */
            .parameters = { PARAMETER_ANY },
            .call = call_extra,
        };
        return &made->function;
    }
    return NULL;
}

static size_t most_arguments(const struct jmespath_extra *extra)
{
    size_t most = 0;

    while (most < JMESPATH_EXTRA_ARGUMENTS_MAX && extra->takes[most] != 0)
        most++;
    return most;
}

bool extra_check_count(struct parser *parser, const struct jmespath_function *function,
                       size_t column, size_t count)
{
    const struct jmespath_extra *extra;
    size_t most;

    if (function->call != call_extra)
        return false;
    extra = ((const struct extra_function *)function)->extra;
    most = most_arguments(extra);
    if (count >= extra->needs && count <= most)
        return true;
    if (extra->needs < most) {
        parser_late(parser, JMESPATH_ERROR_INVALID_ARITY, column,
                    "%s() takes %zu to %zu arguments, not %zu", extra->name,
                    extra->needs, most, count);
    } else {
        parser_late(parser, JMESPATH_ERROR_INVALID_ARITY, column,
                    "%s() takes %zu argument%s, not %zu", extra->name, most,
                    most == 1 ? "" : "s", count);
    }
    return true;
}

static void prepare(struct parser *parser, struct extra_function *function,
                    size_t index, const struct jmespath_node *node)
{
    const struct jmespath_extra *extra = function->extra;
    struct error why = { 0 };

    if (node->kind != JMESPATH_LITERAL)
        return;
    if ((type_of(node->literal) & extra->takes[index]) == 0) {
        parser_late(parser, JMESPATH_ERROR_INVALID_TYPE, node->column,
                    "%s() takes %s, not %s", extra->name,
                    types_text(parser->arena, extra->takes[index]),
                    type_text(parser->arena, node->literal));
    } else if (extra->prepare != NULL &&
               !extra->prepare(parser->arena, index, node->literal,
                               &function->prepared[index], &why)) {
        parser_late(parser, JMESPATH_ERROR_INVALID_VALUE, node->column, "%s",
                    why.message);
    }
}

/* Its slot stays 0: no let binds it. */
static void add_variable(struct parser *parser, const struct jmespath_extra *extra,
                         size_t column, struct items *items)
{
    struct jmespath_node *variable = node_new(parser, JMESPATH_VARIABLE, column);

    variable->name = str_from(extra->reads);
    if (!variable_is_outside(parser, variable->name))
        parser_late(parser, JMESPATH_ERROR_UNDEFINED_VARIABLE, column,
                    "%s() reads '$%s', which nothing binds here", extra->name,
                    extra->reads);
    items_add(parser, items, node_finish(parser, variable), 0);
}

const struct jmespath_function *extra_finish(struct parser *parser,
                                             const struct jmespath_function *function,
                                             size_t column, struct items *items)
{
    struct extra_function *of_call;

    if (function->call != call_extra)
        return function;
    of_call = arena_new(parser->arena, struct extra_function);
    *of_call = *(const struct extra_function *)function;
    of_call->count = items->count;
    if (items->count > most_arguments(of_call->extra))
        return &of_call->function; /* which was said */
    for (size_t i = 0; i < items->count; i++)
        prepare(parser, of_call, i, items->nodes[i]);
    if (of_call->extra->reads != NULL)
        add_variable(parser, of_call->extra, column, items);
    return &of_call->function;
}
