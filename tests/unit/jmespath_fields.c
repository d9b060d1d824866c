#include "rows.h"

#include "jmespath/jmespath.h"

#include <string.h>

static const struct jmespath_node *compile(struct arena *arena, const char *text)
{
    struct error err = { 0 };
    const struct jmespath *expression = jmespath_compile(arena, str_from(text), &err);

    assert_string_equal(err.message, "");
    return jmespath_root(expression);
}

struct reading {
    const char *name;
    const char *expression;
    const char *fields; /* with a blank between; "*" last: whole */
};

static const char *print_fields(struct arena *arena,
                                const struct jmespath_fields *fields)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < fields->count; i++)
        buf_printf(&buf, "%s%s", i > 0 ? " " : "", fields->names[i].text);
    if (fields->whole)
        buf_add(&buf, fields->count > 0 ? STR(" *") : STR("*"));
    return buf_str(&buf).text;
}

static void reading_test(void **state)
{
    const struct reading *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct jmespath_fields fields;

    jmespath_fields(&arena, compile(&arena, row->expression), &fields);
    assert_string_equal(print_fields(&arena, &fields), row->fields);
    arena_release(&arena);
}

static const struct reading readings[] = {
    { "of many, each once", "[a, b, c, d, e, f, g, h, i, j, k, a, h, i, k, l, l, j, b]",
      "a b c d e f g h i j k l" },
    { "what a comparison reads", "a == 'x'", "a" },
    { "in the order of reading, once", "b && a && b", "b a" },
    { "in that order in a long row, too", "f || e || d || c || b || a", "f e d c b a" },
    { "not what is below a field", "a.b || length(c[?d])", "a c" },
    { "not what a filter's condition reads", "a[?b == c].d", "a" },
    { "not what stands behind a pipe", "a | b", "a" },
    { "but behind @", "@.a && (@ | b)", "a b" },
    { "and behind @ of @", "@ | @ | a", "a" },
    { "a hash reads its values", "{x: a, y: b.c}.x", "a b" },
    { "a list reads its items", "[a, b][0]", "a b" },
    { "a reference reads elements", "sort_by(a, &b)[*].c", "a" },
    { "slices, indices and flattening", "a[0] || b[0:1] || c[] || d[*] || e.*",
      "a b c d e" },
    { "not", "!a", "a" },
    { "a literal and a variable read nothing", "`1` == $x", "" },
    { "quoted names", "\"a b\"", "a b" },
    { "@ reads the whole", "keys(@)", "*" },
    { "so do a star", "*", "*" },
    { "a flattening without a list", "[]", "*" },
    { "and an index without a list", "[0].a", "*" },
    { "the whole and a field", "a && length(@) > `1`", "a *" },
    { "@ || name may be either", "(@ || a).b", "a *" },
};

struct form {
    const char *name;
    const char *expression;
    bool is_boolean;
};

static void form_test(void **state)
{
    const struct form *row = *state;
    struct arena arena = ARENA_EMPTY;

    assert_int_equal(jmespath_is_boolean(compile(&arena, row->expression)),
                     row->is_boolean);
    arena_release(&arena);
}

static const struct form forms[] = {
    { "a comparison is boolean", "a == b", true },
    { "so is an ordering", "a > `0`", true },
    { "a boolean literal", "`true`", true },
    { "contains", "contains(a, 'b')", true },
    { "starts_with", "starts_with(a, 'b')", true },
    { "ends_with", "ends_with(a, 'b')", true },
    { "and of booleans", "a == b && `false`", true },
    { "or of booleans", "a == b || c != d || e < f", true },
    { "not of a boolean", "!(a == b)", true },
    { "a field is not, it may be 0", "a", false },
    { "nor is not of a field: 0 is true", "!a", false },
    { "nor and with a field", "a && b == c", false },
    { "nor or with a field", "b == c || a", false },
    { "nor a number", "`1`", false },
    { "nor the word true", "'true'", false },
    { "nor null", "`null`", false },
    { "nor another function", "length(a)", false },
    { "nor a list of one", "[a == b]", false },
    { "nor a variable", "$a", false },
    { "nor @", "@", false },
};

static const struct reading field_readings[] = {
    { "of r, each once", "r.b || c.f == r.a || r.b", "b a" },
    { "what is behind a member is not read",
      "r.a.b[?r.c].d || r.e[0] || r.f[*].g || "
      "r.h[]",
      "a e f h" },
    { "in a call, a list, a hash and a let",
      "let $x = r.a in [length(r.b), {c: r.c}, r.d | e, $x]", "a b c d" },
    { "an element's r is another", "f[?r.a].r", "" },
    { "another's r is another", "f.r.a || r.r.r", "r" },
    { "r alone is whole", "r.a == r", "a *" },
    { "so are its values", "r.*", "*" },
    { "and its elements", "r[0].a", "*" },
    { "and r behind a pipe", "r | a", "*" },
    { "and r.{x: a}, which reads more than a name", "r.{x: a}", "*" },
    { "and r of @", "@.r.a", "*" },
    { "the value itself is not r", "@ || keys(@)", "" },
    { "a variable is not r", "$r.a", "" },
};

static void field_reading_test(void **state)
{
    const struct reading *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct jmespath_fields fields;
    const struct jmespath_node *whole = jmespath_fields_of_field(
        &arena, compile(&arena, row->expression), STR("r"), &fields);

    assert_string_equal(print_fields(&arena, &fields), row->fields);
    assert_true((whole != NULL) == fields.whole);
    arena_release(&arena);
}

static const struct reading variable_readings[] = {
    { "of $r, wherever it stands",
      "a[?b == $r.c].{d: $r.e} || sort_by(f, &$r.g) || "
      "$r.h[?i == $r.j]",
      "c e g h j" },
    { "$r alone is whole", "contains($r.a, $r)", "a *" },
    { "a let's own is another", "let $r = a in $r.b", "" },
    { "but not before it", "let $r = $r.a in $r.b", "a" },
    { "r is no variable", "r.a", "" },
};

static void variable_reading_test(void **state)
{
    const struct reading *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct jmespath_fields fields;
    const struct jmespath_node *whole = jmespath_fields_of_variable(
        &arena, compile(&arena, row->expression), STR("r"), &fields);

    assert_string_equal(print_fields(&arena, &fields), row->fields);
    assert_true((whole != NULL) == fields.whole);
    if (whole != NULL)
        assert_int_equal(whole->column, strlen("contains($r.a, ") + 1);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };
    int status;

    TESTS_ADD_ROWS(&tests, readings, reading_test);
    TESTS_ADD_ROWS(&tests, field_readings, field_reading_test);
    TESTS_ADD_ROWS(&tests, variable_readings, variable_reading_test);
    TESTS_ADD_ROWS(&tests, forms, form_test);
    status = tests_run("jmespath_fields", &tests);
    arena_release(&tests.arena);
    return status;
}
