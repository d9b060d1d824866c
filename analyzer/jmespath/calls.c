#include "jmespath/functions.h"
#include "jmespath/syntax.h"

#include <assert.h>
#include <stdarg.h>

/* ---- types ----------------------------------------------------------------------- */

enum { ELEMENTS_SHIFT = 6 };

static_assert(JMESPATH_TAKES_NUMBERS == JMESPATH_TAKES_NUMBER << ELEMENTS_SHIFT &&
                  JMESPATH_TAKES_STRINGS == JMESPATH_TAKES_STRING << ELEMENTS_SHIFT,
              "what the elements may be follows from what the array may be of");

/* The first that fit are taken. */
static const struct {
    unsigned takes;
    const char *name;
} types[] = {
    { JMESPATH_TAKES_NUMBERS | JMESPATH_TAKES_STRINGS,
      "an array of numbers or of strings" },
    { JMESPATH_TAKES_NUMBERS, "an array of numbers" },
    { JMESPATH_TAKES_STRINGS, "an array of strings" },
    { JMESPATH_TAKES_ARRAY, "an array" },
    { JMESPATH_TAKES_STRING, "a string" },
    { JMESPATH_TAKES_OBJECT, "an object" },
    { JMESPATH_TAKES_NUMBER, "a number" },
    { JMESPATH_TAKES_BOOLEAN, "a boolean" },
    { JMESPATH_TAKES_NULL, "null" },
};

unsigned value_type(const json_t *value)
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
static const char *types_text(struct arena *arena, unsigned takes)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < COUNT_OF(types); i++) {
        if ((takes & types[i].takes) != types[i].takes)
            continue;
        takes -= types[i].takes;
        if (buf.len > 0)
            buf_add(&buf, takes != 0 ? STR(", ") : STR(" or "));
        buf_add(&buf, str_from(types[i].name));
    }
    return buf_str(&buf).text;
}

const char *value_named(const json_t *value)
{
    size_t i = 0;

    while (types[i].takes != value_type(value))
        i++;
    return types[i].name;
}

/* 0: it takes no such argument. */
static unsigned takes_at(const struct jmespath_function *function, size_t index)
{
    if (function->variadic)
        index = 0;
    return index < JMESPATH_ARGUMENTS_MAX ? function->takes[index] : 0;
}

/* ---- a call, while it runs ------------------------------------------------------- */

/* All elements must be of one of the types that it takes, and of the same. */
static bool check_elements(struct run *run, const struct jmespath_node *node,
                           size_t index, const json_t *array)
{
    unsigned takes = takes_at(node->function, index), allowed = takes >> ELEMENTS_SHIFT;

    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *element = json_array_get(array, i);

        if ((value_type(element) & allowed) == 0) {
            run_wrong(run, JMESPATH_ERROR_INVALID_TYPE, node->items[index]->column,
                      "%s() takes %s: element %zu is %s", node->function->name,
                      types_text(run_scratch(run), takes), i, value_named(element));
            return false;
        }
        allowed = value_type(element);
    }
    return run_charge(run, node, json_array_size(array));
}

static bool check_argument(struct run *run, const struct jmespath_node *node,
                           size_t index, const json_t *argument)
{
    unsigned takes = takes_at(node->function, index);

    if (json_is_array(argument) && takes >> ELEMENTS_SHIFT != 0)
        return check_elements(run, node, index, argument);
    if ((value_type(argument) & takes) != 0)
        return true;
    run_wrong(run, JMESPATH_ERROR_INVALID_TYPE, node->items[index]->column,
              "%s() takes %s, not %s", node->function->name,
              types_text(run_scratch(run), takes), value_named(argument));
    return false;
}

json_t *function_call(struct run *run, const struct jmespath_node *node, json_t *value)
{
    json_t *few[JMESPATH_ARGUMENTS_MAX + 1] = { NULL }, **arguments = few;
    struct jmespath_call call = { run, node,
                                  node->item_count - (node->function->reads != NULL) };

    if (node->item_count > COUNT_OF(few))
        arguments = arena_array(run_scratch(run), node->item_count, json_t *);
    for (size_t i = 0; i < node->item_count; i++) {
        if (node->items[i]->kind == JMESPATH_REFERENCE)
            continue;
        arguments[i] = evaluate(run, node->items[i], value);
        if (arguments[i] == NULL ||
            (i < call.count && !check_argument(run, node, i, arguments[i])))
            return NULL;
    }
    /* cppcheck takes the value that is returned for the call itself. */
    /* cppcheck-suppress returnDanglingLifetime */
    return node->function->call(&call, arguments);
}

size_t jmespath_call_count(const struct jmespath_call *call)
{
    return call->count;
}

const void *jmespath_call_prepared(const struct jmespath_call *call, size_t index)
{
    return call->node->prepared[index];
}

json_t *jmespath_call_bound(const struct jmespath_call *call, struct str name)
{
    const struct binding *binding = context_binding(call->run->context, name);

    return binding != NULL ? binding->value : NULL;
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
    va_list arguments;

    va_start(arguments, format);
    error_of_kind_list(call->run->err, kind, call->node->items[index]->column, format,
                       arguments);
    va_end(arguments);
    return NULL;
}

/* ---- a call, while it is compiled ------------------------------------------------ */

/* NULL: there is none, said later. */
static const struct jmespath_function *find(struct parser *parser,
                                            const struct token *name)
{
    const struct jmespath_extension *extension = parser->options->functions;
    const struct jmespath_function *function = function_find(name->text);
    struct shown shown = show(name->text);

    for (size_t i = 0; function == NULL && extension != NULL && i < extension->count;
         i++)
        if (str_equal(str_from(extension->functions[i].name), name->text))
            function = &extension->functions[i];
    if (function == NULL)
        parser_late(parser, JMESPATH_ERROR_UNKNOWN_FUNCTION, name->column,
                    "unknown function '%s': %s", shown.text,
                    function_advice(parser->arena, name->text, extension));
    return function;
}

static void check_count(struct parser *parser, const struct jmespath_node *node)
{
    const struct jmespath_function *function = node->function;
    size_t most = 0, least, count = node->item_count;

    while (most < JMESPATH_ARGUMENTS_MAX && function->takes[most] != 0)
        most++;
    least = most - function->optional;
    if (count >= least && (count <= most || function->variadic))
        return;
    if (least < most) {
        parser_late(parser, JMESPATH_ERROR_INVALID_ARITY, node->column,
                    "%s() takes %zu to %zu arguments, not %zu", function->name, least,
                    most, count);
    } else {
        parser_late(parser, JMESPATH_ERROR_INVALID_ARITY, node->column,
                    "%s() takes %s%zu argument%s, not %zu", function->name,
                    function->variadic ? "at least " : "", most, most == 1 ? "" : "s",
                    count);
    }
}

/* Whether & stands where it is to. */
static void check_reference(struct parser *parser,
                            const struct jmespath_function *function, size_t index,
                            const struct jmespath_node *argument)
{
    bool is_reference = argument->kind == JMESPATH_REFERENCE;
    unsigned takes = takes_at(function, index);

    if (takes == 0 || is_reference == (takes == JMESPATH_TAKES_EXPRESSION))
        return;
    parser_late(parser, JMESPATH_ERROR_INVALID_TYPE, argument->column,
                is_reference
                    ? "argument %zu of %s() is a value: expected no & before it"
                    : "argument %zu of %s() is an expression: write & before it, as in "
                      "&name",
                index + 1, function->name);
}

/* Of a function from outside, a literal is looked at before any value is. */
static void prepare(struct parser *parser, const struct jmespath_node *node,
                    size_t index, const void **prepared)
{
    const struct jmespath_function *function = node->function;
    const struct jmespath_node *argument = node->items[index];
    unsigned takes = takes_at(function, index);
    struct error why = { 0 };

    if (argument->kind != JMESPATH_LITERAL || takes == 0)
        return;
    if ((value_type(argument->literal) & takes) == 0) {
        parser_late(parser, JMESPATH_ERROR_INVALID_TYPE, argument->column,
                    "%s() takes %s, not %s", function->name,
                    types_text(parser->arena, takes), value_named(argument->literal));
    } else if (function->prepare != NULL &&
               !function->prepare(parser->arena, index, argument->literal, prepared,
                                  &why)) {
        parser_late(parser, JMESPATH_ERROR_INVALID_VALUE, argument->column, "%s",
                    why.message);
    }
}

/* Its slot stays 0: no let binds it. */
static void add_variable(struct parser *parser,
                         const struct jmespath_function *function, size_t column,
                         struct items *items)
{
    struct jmespath_node *variable = node_new(parser, JMESPATH_VARIABLE, column);

    variable->name = str_from(function->reads);
    if (!variable_is_outside(parser, variable->name))
        parser_late(parser, JMESPATH_ERROR_UNDEFINED_VARIABLE, column,
                    "%s() reads '$%s', which nothing binds here", function->name,
                    function->reads);
    items_add(parser, items, node_finish(parser, variable), 0);
}

static void check_call(struct parser *parser, const struct jmespath_node *node,
                       const void **prepared)
{
    const struct jmespath_function *function = node->function;
    bool is_own = function_find(str_from(function->name)) != NULL;

    check_count(parser, node);
    for (size_t i = 0; i < node->item_count; i++)
        check_reference(parser, function, i, node->items[i]);
    for (size_t i = 0; i < node->item_count && !is_own; i++)
        prepare(parser, node, i, &prepared[i]);
}

const struct jmespath_node *call_new(struct parser *parser, const struct token *name,
                                     struct items *items)
{
    struct jmespath_node *node = node_new(parser, JMESPATH_CALL, name->column);
    const void **prepared = arena_array(parser->arena, items->count, const void *);

    node->name = str_copy(parser->arena, name->text);
    node->function = find(parser, name);
    node->prepared = prepared;
    node->items = items->nodes;
    node->item_count = items->count;
    if (node->function != NULL) {
        check_call(parser, node, prepared);
        if (node->function->reads != NULL)
            add_variable(parser, node->function, name->column, items);
    }
    return node_with_items(parser, node, items);
}
