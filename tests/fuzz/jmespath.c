/* The first line is an expression, the rest a JSON document: compile, look at, run and
 * print, and give everything back. It may call the functions of rules, and read $now
 * and $value. */

#include "base/excerpt.h"
#include "rulebook/functions.h"

#include <assert.h>
#include <stdint.h>

enum { STEPS_MAX = 1000 * 1000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An expression compiles for exactly those variables that it reads. */
static void check_variables(struct arena *arena, struct str text,
                            const struct jmespath *expression)
{
    struct jmespath_names variables, fewer;
    struct jmespath_options options = { .variables = &variables,
                                        .functions = &rulebook_functions };
    struct error err = { 0 };

    jmespath_variables(arena, jmespath_root(expression), &variables);
    assert(jmespath_compile_with(arena, text, &options, &err) != NULL);
    if (variables.count == 0)
        return;
    fewer = (struct jmespath_names){ variables.names + 1, variables.count - 1 };
    options.variables = &fewer;
    assert(jmespath_compile_with(arena, text, &options, &err) == NULL);
    assert(jmespath_error_kind(&err) == JMESPATH_ERROR_UNDEFINED_VARIABLE);
}

static void check_mistake(struct arena *arena, struct str text, const struct error *err)
{
    struct buf buf = BUF_EMPTY(arena);

    assert(jmespath_error_kind(err) != JMESPATH_ERROR_NONE);
    excerpt_write(text, err->column, &buf);
    assert(buf.len > 0);
}

static void run(struct arena *arena, const struct jmespath *expression, json_t *value)
{
    struct jmespath_context *context = jmespath_context_new(arena);
    struct error err = { 0 };
    struct buf buf = BUF_EMPTY(arena);
    json_t *now = json_integer(1767225600);
    json_t *result;

    jmespath_context_bind(context, STR("value"), value);
    jmespath_context_bind(context, STR("now"), now);
    jmespath_context_limit(context, STEPS_MAX);
    result = jmespath_run(expression, value, context, &err);
    assert((result == NULL) == (err.message[0] != '\0'));
    assert((result == NULL) == (jmespath_error_kind(&err) != JMESPATH_ERROR_NONE));
    assert(jmespath_context_steps(context) <= STEPS_MAX);
    if (result != NULL) {
        jmespath_print(result, 0, &buf);
        assert(jmespath_is_true(result) || !jmespath_equal(result, json_true()));
        if (jmespath_is_boolean(jmespath_root(expression)))
            assert(json_is_boolean(result) || json_is_null(result));
    }
    jmespath_context_reset(context);
    json_decref(now);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct jmespath_options options = { .functions = &rulebook_functions };
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct str text = { (const char *)data, size };
    size_t line = str_find(text, STR("\n"));
    size_t rest = line == SIZE_MAX ? size : line + 1;
    const struct jmespath *expression;
    struct jmespath_fields fields;
    json_t *value;
    json_error_t why;

    text = str_slice(text, 0, line == SIZE_MAX ? size : line);
    expression = jmespath_compile_with(&arena, text, &options, &err);
    assert((expression == NULL) == (err.message[0] != '\0'));
    if (expression == NULL) {
        check_mistake(&arena, text, &err);
    } else {
        assert(jmespath_root(expression)->depth <= JMESPATH_DEPTH_MAX);
        jmespath_fields(&arena, jmespath_root(expression), &fields);
        check_variables(&arena, text, expression);
        assert(!jmespath_hint(expression, &err) || err.column > 0);
        value = json_loadb((const char *)data + rest, size - rest,
                           JSON_DECODE_ANY | JSON_ALLOW_NUL, &why);
        if (value == NULL)
            value = json_null();
        run(&arena, expression, value);
        arena_release(&arena);
        json_decref(value);
    }
    arena_release(&arena);
    return 0;
}
