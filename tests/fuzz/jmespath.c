/* The first line is an expression, the rest a JSON document: compile, look at, run and
 * print, and give everything back. */

#include "jmespath/jmespath.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void run(struct arena *arena, const struct jmespath *expression, json_t *value)
{
    struct jmespath_context *context = jmespath_context_new(arena);
    struct error err = { 0 };
    struct buf buf = BUF_EMPTY(arena);
    json_t *result;

    jmespath_context_bind(context, STR("value"), value);
    result = jmespath_run(expression, value, context, &err);
    assert((result == NULL) == (err.message[0] != '\0'));
    if (result == NULL)
        return;
    jmespath_print(result, 0, &buf);
    assert(jmespath_is_true(result) || !jmespath_equal(result, json_true()));
    if (jmespath_is_boolean(jmespath_root(expression)))
        assert(json_is_boolean(result) || json_is_null(result));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct str text = { (const char *)data, size };
    size_t line = str_find(text, STR("\n"));
    size_t rest = line == SIZE_MAX ? size : line + 1;
    const struct jmespath *expression;
    struct jmespath_fields fields;
    json_t *value;
    json_error_t why;

    expression = jmespath_compile(
        &arena, str_slice(text, 0, line == SIZE_MAX ? size : line), &err);
    assert((expression == NULL) == (err.message[0] != '\0'));
    if (expression != NULL) {
        assert(jmespath_root(expression)->depth <= JMESPATH_DEPTH_MAX);
        jmespath_fields(&arena, jmespath_root(expression), &fields);
        value = json_loadb(text.text + rest, size - rest,
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
