/* The first line is an expression, the rest JSON: what is found by reading as little as
 * the expression reads, and element by element, is what the whole documents give. */

#include "query/query.h"
#include "rulebook/functions.h"

#include "taken.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { STEPS_MAX = 1000 * 1000 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* What each document gives, a line each; the kind of what is wrong, and where a
 * document is broken. */
struct outcome {
    struct buf lines;
    size_t columns_before; /* of the expression that is meant */
    struct taken taken;
    bool is_limited; /* a limit was passed, or a number is kept that nothing can hold */
};

static bool is_limit(const struct error *err)
{
    return jmespath_error_kind(err) == JMESPATH_ERROR_LIMIT ||
           str_starts_with(str_from(err->message), STR("a number out of range"));
}

static void add_line(struct outcome *outcome, enum query_status status,
                     const json_t *result, const struct error *err)
{
    struct buf *lines = &outcome->lines;

    outcome->is_limited = outcome->is_limited || is_limit(err);
    if (status == QUERY_WRONG)
        buf_printf(lines, "wrong %d %zu", (int)jmespath_error_kind(err),
                   err->column - outcome->columns_before);
    else if (status == QUERY_BROKEN)
        buf_printf(lines, "broken %zu:%zu", err->line, err->column);
    else if (result == NULL)
        buf_printf(lines, "[%s]", buf_str(&outcome->taken.text).text);
    else
        jmespath_print_inside(outcome->taken.context, result, 0, 0, lines);
    buf_add_byte(lines, '\n');
}

static void run(struct query *query, struct bytes *bytes, struct outcome *outcome)
{
    json_t *result = NULL;

    query_begin(query, bytes);
    for (;;) {
        struct error err = { 0 };
        enum query_status status = query_next(query, &result, &err);

        assert((status == QUERY_WRONG || status == QUERY_BROKEN) ==
               (err.message[0] != '\0'));
        if (status == QUERY_END)
            return;
        add_line(outcome, status, result, &err);
    }
}

static struct jmespath_context *context_of(struct arena *arena, json_t *now)
{
    struct jmespath_context *context = jmespath_context_new(arena);

    jmespath_context_bind(context, STR("now"), now);
    jmespath_context_limit(context, STEPS_MAX);
    return context;
}

/* Of an expression behind this, all of a document is read. */
static const char read_all[] = "[@][0] | (";

/* NULL: it got too long or too deep. */
static const struct jmespath *over_all(struct arena *arena,
                                       const struct jmespath *expression,
                                       const struct jmespath_options *options)
{
    struct buf text = BUF_EMPTY(arena);
    struct error err = { 0 };

    buf_add(&text, str_from(read_all));
    buf_add(&text, jmespath_text(expression));
    buf_add(&text, STR(")"));
    return jmespath_compile_with(arena, buf_str(&text), options, &err);
}

static void check(struct arena *arena, const struct jmespath *expression,
                  const struct jmespath *whole_expression, struct str text, json_t *now)
{
    struct jmespath_context *context = context_of(arena, now);
    struct jmespath_context *whole_context = context_of(arena, now);
    struct outcome whole = { .lines = BUF_EMPTY(arena),
                             .columns_before = sizeof read_all - 1,
                             .taken = { whole_context, BUF_EMPTY(arena), false } };
    struct outcome given = { .lines = BUF_EMPTY(arena),
                             .taken = { context, BUF_EMPTY(arena), false } };
    struct query *query;

    query = query_new(arena, whole_expression, whole_context);
    run(query, bytes_open_memory(arena, text, 0), &whole);
    query = query_new(arena, expression, context);
    query_take(query, taken_add, &given.taken);
    run(query, bytes_open_memory(arena, text, 7), &given);
    /* Each element may take as many steps as the whole document, and a number that
     * nothing can hold matters only where it is read. */
    if (whole.is_limited || given.is_limited ||
        str_equal(buf_str(&whole.lines), buf_str(&given.lines)))
        return;
    fprintf(stderr, "whole:\n%sgiven:\n%s", buf_str(&whole.lines).text,
            buf_str(&given.lines).text);
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    const struct jmespath_names variables = { &STR("now"), 1 };
    const struct jmespath_options options = { .variables = &variables,
                                              .functions = &rulebook_functions };
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct str text = { (const char *)bytes, len };
    size_t line = str_find(text, STR("\n"));
    json_t *now = json_integer(1767225600);
    const struct jmespath *expression, *whole = NULL;

    if (line == SIZE_MAX)
        line = len;
    expression =
        jmespath_compile_with(&arena, str_slice(text, 0, line), &options, &err);
    if (expression != NULL && line < len)
        whole = over_all(&arena, expression, &options);
    if (whole != NULL)
        check(&arena, expression, whole, str_slice(text, line + 1, len), now);
    arena_release(&arena);
    json_decref(now);
    return 0;
}
