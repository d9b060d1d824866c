/*
 * Filters that need no evaluator say what the evaluator says.
 */
#include "rows.h"

#include "gather/direct.h"

static const struct form_row {
    const char *name;
    const char *expression;
    bool is_direct;
} form_rows[] = {
    { "the same", "a == 'x'", true },
    { "another", "a != 'x'", true },
    { "less", "a < 'xa'", true },
    { "at most", "a <= 'xa'", true },
    { "more", "a > 'xa'", true },
    { "at least", "a >= 'xa'", true },
    { "a text between back-ticks", "a == `\"x\"`", true },
    { "the start", "starts_with(a, 'x')", true },
    { "the start, of nothing", "starts_with(a, '')", true },
    { "the end", "ends_with(a, 'a')", true },
    { "a part", "contains(a, 'xa')", true },
    { "a part, of nothing", "contains(a, '')", true },
    { "not", "!starts_with(a, 'x')", true },
    { "and", "a == 'x' && starts_with(b, 'x')", true },
    { "or", "a == 'x' || b == 'x'", true },
    { "all of it", "!(a < 'x' || !contains(b, 'a')) && (b > a || a == 'x')", false },
    { "all of it, of texts", "!(a < 'x' || !contains(b, 'a')) && (b > 'x' || a == 'x')",
      true },
    { "a number", "a == `1`", false },
    { "a field alone", "a && b == 'x'", false },
    { "two fields", "a == b", false },
    { "the other way round", "'x' == a", false },
    { "a field below", "a.b == 'x'", false },
    { "a field of another name", "c == 'x'", false },
    { "another function", "to_string(a) == 'x'", false },
    { "a part that may be any", "contains('xyz', a)", false },
    { "a value that is no text", "contains(a, `1`)", false },
};

static const struct str fields[] = { { "a", 1 }, { "b", 1 } };
static const char *const texts[] = { "",   "x",        "xa", "xaa", "a",
                                     "ax", "\xC3\xA9", "X",  "xb" };

enum { TEXTS = sizeof texts / sizeof texts[0] };

static void check(const struct jmespath *expression, const struct direct *direct,
                  struct jmespath_context *context, struct str a, struct str b)
{
    const struct str both[] = { a, b };
    json_t *record = json_pack("{s:s%,s:s%}", "a", a.text, a.len, "b", b.text, b.len);
    struct error err = { 0 };
    const json_t *result = jmespath_run(expression, record, context, &err);

    assert_non_null(result);
    assert_int_equal(direct_holds(direct, both), jmespath_is_true(result));
    jmespath_context_reset(context);
    json_decref(record);
}

static void form_test(void **state)
{
    const struct form_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct jmespath *expression =
        jmespath_compile(&arena, str_from(row->expression), &err);
    struct jmespath_context *context = jmespath_context_new(&arena);
    const struct direct *direct;

    assert_non_null(expression);
    direct = direct_of(&arena, jmespath_root(expression), fields, 2);
    assert_int_equal(direct != NULL, row->is_direct);
    for (size_t i = 0; direct != NULL && i < TEXTS; i++)
        for (size_t j = 0; j < TEXTS; j++)
            check(expression, direct, context, str_from(texts[i]), str_from(texts[j]));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, form_rows, form_test);
    return tests_run("assess_direct", &tests);
}
