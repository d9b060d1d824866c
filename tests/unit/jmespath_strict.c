/*
 * A context for judging: what has no answer is undecided, unless && and || decide all
 * the same; instants are compared as such; nothing rests on an open field.
 */
#include "rows.h"

#include "jmespath/jmespath.h"

#include <string.h>

static const struct str instant_names[] = { { "t", 1 }, { "u", 1 }, { "r.t", 3 } };
static const struct jmespath_names instants = { instant_names, 3 };

static const struct row {
    const char *name, *expression, *value;
    const char *open;     /* a letter a field, or NULL */
    const char *expected; /* "true", "false" or the message */
} rows[] = {
    { "less", "a < `2`", "{\"a\": 1}", NULL, "true" },
    { "not less", "a < `2`", "{\"a\": 2}", NULL, "false" },
    { "texts have an order", "a < 'b'", "{\"a\": \"a\"}", NULL, "true" },
    { "a field that is not there", "a < `2`", "{}", NULL,
      "'<' orders two numbers or two strings, not null and a number" },
    { "null, on the right", "`2` >= a", "{\"a\": null}", NULL,
      "'>=' orders two numbers or two strings, not a number and null" },
    { "text and a number", "a <= `2`", "{\"a\": \"1\"}", NULL,
      "'<=' orders two numbers or two strings, not a string and a number" },
    { "an array", "a > `2`", "{\"a\": []}", NULL,
      "'>' orders two numbers or two strings, not an array and a number" },
    { "true", "a > `false`", "{\"a\": true}", NULL,
      "'>' orders two numbers or two strings, not a boolean and a boolean" },
    { "not", "!(a < `2`)", "{}", NULL,
      "'<' orders two numbers or two strings, not null and a number" },
    { "not, twice", "!!(a < `2`)", "{}", NULL,
      "'<' orders two numbers or two strings, not null and a number" },
    { "equality has an answer", "a == `2`", "{}", NULL, "false" },
    { "inequality, too", "a != `2`", "{}", NULL, "true" },
    { "&& stops at what is not there", "a && a < `2`", "{}", NULL, "false" },
    { "and goes on behind what is", "a && a < `2`", "{\"a\": 1}", NULL, "true" },
    { "|| stops at what is true", "b || a < `2`", "{\"b\": 1}", NULL, "true" },
    { "a right side that is false decides &&", "a < `2` && b", "{}", NULL, "false" },
    { "one that is true does not", "a < `2` && b", "{\"b\": 1}", NULL,
      "'<' orders two numbers or two strings, not null and a number" },
    { "a right side that is true decides ||", "a < `2` || b", "{\"b\": 1}", NULL,
      "true" },
    { "one that is false does not", "a < `2` || b", "{}", NULL,
      "'<' orders two numbers or two strings, not null and a number" },
    { "neither has an answer: the first says why", "a < `2` || b > 'x'", "{}", NULL,
      "'<' orders two numbers or two strings, not null and a number" },
    { "not, of what is decided", "!(a < `2` && b)", "{}", NULL, "true" },
    { "a long row of alternatives", "a < `1` || b || c || d || e == `5`", "{\"e\": 5}",
      NULL, "true" },
    { "a function that has no answer, and a side that decides",
      "starts_with(a, 'x') || b", "{\"b\": 1}", NULL, "true" },
    { "and one that does not", "starts_with(a, 'x') || b", "{}", NULL,
      "starts_with() takes a string, not null" },
    { "a value is no truth: what && gives is not known", "(a < `2` && b) == b", "{}",
      NULL, "'<' orders two numbers or two strings, not null and a number" },
    { "in a filter", "length(l[?n > `2`]) > `0`", "{\"l\": [{\"n\": 3}, {}]}", NULL,
      "'>' orders two numbers or two strings, not null and a number" },
    { "a filter that decides", "length(l[?n && n > `2`]) == `1`",
      "{\"l\": [{\"n\": 3}, {}]}", NULL, "true" },
    { "a filter that decides by its right side", "l[?n > `2` && m]",
      "{\"l\": [{\"m\": false}]}", NULL, "false" },
    { "in an argument", "contains([a < `2`], `true`)", "{}", NULL,
      "'<' orders two numbers or two strings, not null and a number" },
    { "in an expression for each", "map(&(n > `2`), l)", "{\"l\": [{}]}", NULL,
      "'>' orders two numbers or two strings, not null and a number" },
    { "in a variable", "let $x = a < `2` in $x || `true`", "{}", NULL,
      "'<' orders two numbers or two strings, not null and a number" },
    { "behind a pipe", "a < `2` | @ == `null`", "{}", NULL,
      "'<' orders two numbers or two strings, not null and a number" },

    { "an open field", "a", "{}", "a", "nothing is known of the field a" },
    { "whatever it holds", "a == `1`", "{\"a\": 1}", "a",
      "nothing is known of the field a" },
    { "another decides", "a && b", "{}", "a", "false" },
    { "another decides on the left", "b && a", "{}", "a", "false" },
    { "another decides for it", "a || b", "{\"b\": 1}", "a", "true" },
    { "none decides", "a || b", "{}", "ab", "nothing is known of the field a" },
    { "a field below is another", "b.a == `1`", "{\"b\": {\"a\": 1}}", "a", "true" },
    { "the field of the value as a whole", "@.a == `1`", "{\"a\": 1}", "a",
      "nothing is known of the field a" },
    { "in a list", "[a, b]", "{\"b\": 1}", "a", "nothing is known of the field a" },
    { "the first that is not null", "not_null(a, b)", "{\"b\": 1}", "a",
      "nothing is known of the field a" },

    { "an instant as text", "t >= '2025-01-01'",
      "{\"t\": \"2025-01-01T00:00:00.500000+00:00\"}", NULL, "true" },
    { "as a number", "t >= '2025-01-01'", "{\"t\": 1735689600.5}", NULL, "true" },
    { "as milliseconds", "t >= '2025-01-01'", "{\"t\": 1735689600500}", NULL, "true" },
    { "of another place", "t < '2025-01-01T00:00:00Z'",
      "{\"t\": \"2025-01-01T02:00:00+03:00\"}", NULL, "true" },
    { "with a blank, as Python prints it", "t == '2024-01-01'",
      "{\"t\": \"2024-01-01 00:00:00+00:00\"}", NULL, "true" },
    { "an offset of hours", "t == '2024-01-01T08:00:00Z'",
      "{\"t\": \"2024-01-01T00:00:00-08\"}", NULL, "true" },
    { "one number, two spellings", "t == `1704067200`",
      "{\"t\": \"2024-01-01T01:00:00+01:00\"}", NULL, "true" },
    { "not equal", "t != '2024-01-01T00:00:00Z'",
      "{\"t\": \"2024-01-01T01:00:00+01:00\"}", NULL, "false" },
    { "on the right", "'2025-01-01' <= t", "{\"t\": 1735689600}", NULL, "true" },
    { "two instants", "t < u", "{\"t\": 1735689600, \"u\": \"2025-01-02T00:00:00Z\"}",
      NULL, "true" },
    { "the same instant", "t == u",
      "{\"t\": 1735689600, \"u\": \"2025-01-01T00:00:00Z\"}", NULL, "true" },
    { "in a variable", "let $t = t in $t < '2025-01-01T00:00:00Z'",
      "{\"t\": \"2025-01-01T02:00:00+03:00\"}", NULL, "true" },
    { "the first of two that is there", "not_null(u, t) < '2025-01-01T00:00:00Z'",
      "{\"t\": \"2025-01-01T02:00:00+03:00\"}", NULL, "true" },
    { "one or the other", "(u || t) < '2025-01-01T00:00:00Z'",
      "{\"t\": \"2025-01-01T02:00:00+03:00\"}", NULL, "true" },
    { "an instant with a function's number", "t > to_number('1735689599')",
      "{\"t\": \"2025-01-01T00:00:00Z\"}", NULL, "true" },
    { "what is none", "t == 'x'", "{\"t\": \"2024-01-01T00:00:00Z\"}", NULL,
      "'==' compares instants here, and \"x\" is not one" },
    { "what is none in the value", "t != '2024-01-01'", "{\"t\": \"soon\"}", NULL,
      "'!=' compares instants here, and \"soon\" is not one" },
    { "a time without its offset", "t < '2024-01-01'",
      "{\"t\": \"2023-01-01T00:00:00\"}", NULL,
      "'<' compares instants here, and \"2023-01-01T00:00:00\" is not one" },
    { "a date alone is where AWS does not print one", "t < '2024-01-01'",
      "{\"t\": \"2023-01-01\"}", NULL,
      "'<' compares instants here, and \"2023-01-01\" is not one" },
    { "a number that is none", "t > '2024-01-01'", "{\"t\": 1e18}", NULL,
      "'>' compares instants here, and 1e+18 is not one" },
    { "one that is not there has no order", "t < '2024-01-01'", "{}", NULL,
      "'<' orders two numbers or two strings, not null and a string" },
    { "but equals null", "t == `null`", "{}", NULL, "true" },
    { "and nothing else", "t == '2024-01-01'", "{}", NULL, "false" },
    { "what is there is not null", "t != `null`", "{\"t\": \"soon\"}", NULL, "true" },
    { "an empty text is no instant", "not_null(u, '') != ''", "{}", NULL, "false" },
    { "and no instant is empty", "not_null(t, '') != ''",
      "{\"t\": \"2025-01-01T00:00:00Z\"}", NULL, "true" },
    { "a field below is no instant", "b.t < '2025-01-01T00:00:00Z'",
      "{\"b\": {\"t\": \"2025-01-01T02:00:00+03:00\"}}", NULL, "false" },
    { "but one below that is named is", "r.t < '2025-01-01T00:00:00Z'",
      "{\"r\": {\"t\": \"2025-01-01T02:00:00+03:00\"}}", NULL, "true" },
    { "with a field of the value", "t == r.t",
      "{\"r\": {\"t\": \"2025-01-01T02:00:00+03:00\"}, \"t\": 1735686000}", NULL,
      "true" },
    { "of a variable, too", "let $r = b in $r.t < '2025-01-01T00:00:00Z'",
      "{\"b\": {\"t\": \"2025-01-01T02:00:00+03:00\"}}", NULL, "true" },
    { "another of the same is none", "r.a < '2025-01-01T00:00:00Z'",
      "{\"r\": {\"a\": \"2025-01-01T02:00:00+03:00\"}}", NULL, "false" },
    { "nor is one deeper", "r.b.t < '2025-01-01T00:00:00Z'",
      "{\"r\": {\"b\": {\"t\": \"2025-01-01T02:00:00+03:00\"}}}", NULL, "false" },
    { "nor is another field", "a < '2025-01-01T00:00:00Z'",
      "{\"a\": \"2025-01-01T02:00:00+03:00\"}", NULL, "false" },
};

static void release_value(void *object)
{
    json_decref(object);
}

static json_t *load(struct arena *arena, const char *text)
{
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);

    assert_non_null(value);
    arena_on_release(arena, release_value, value);
    return value;
}

static void asks(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct jmespath_options options = { .instants = &instants };
    const struct jmespath *expression =
        jmespath_compile_with(&arena, str_from(row->expression), &options, &err);
    struct jmespath_context *context = jmespath_context_new(&arena);
    const char *got = err.message;

    if (expression != NULL) {
        json_t *value = load(&arena, row->value);
        size_t count = row->open != NULL ? strlen(row->open) : 0;

        jmespath_context_strict(context);
        for (size_t i = 0; i < count; i++)
            jmespath_context_open(context, (struct str){ row->open + i, 1 });
        switch (jmespath_ask(jmespath_copy(&arena, expression), value, context, &err)) {
        case JMESPATH_FALSE:
            assert_string_equal(err.message, "");
            got = "false";
            break;
        case JMESPATH_TRUE:
            assert_string_equal(err.message, "");
            got = "true";
            break;
        case JMESPATH_UNDECIDED:
            break;
        }
        jmespath_context_reset(context);
    }
    assert_string_equal(got, row->expected);
    arena_release(&arena);
}

/* The field b of the object that is the field o, and of the one that $v is. */
static const struct row open_in_rows[] = {
    { "the field of an object", "o.b", "{\"o\":{\"b\":1}}", "o",
      "nothing is known of the field b" },
    { "another field of it", "o.a == `1`", "{\"o\":{\"a\":1}}", "o", "true" },
    { "the field of that name of another", "b == `1`", "{\"b\":1,\"o\":{}}", "o",
      "true" },
    { "of one that says the same", "p.b == `1`", "{\"o\":{\"b\":1},\"p\":{\"b\":1}}",
      "o", "true" },
    { "another decides", "o.b || a", "{\"a\":1,\"o\":{}}", "o", "true" },
    { "behind a pipe", "o | b", "{\"o\":{}}", "o", "nothing is known of the field b" },
    { "in a filter over it", "[o][?b == `1`]", "{\"o\":{\"b\":1}}", "o",
      "nothing is known of the field b" },
    { "bound to a variable of the expression", "let $x = o in $x.b", "{\"o\":{}}", "o",
      "nothing is known of the field b" },
    { "the field of a variable's object", "$v.b == `1`", "{}", "v",
      "nothing is known of the field b" },
    { "the value's own", "b == `1` && $v.a == `2`", "{\"b\":1}", "v", "true" },
    { "within an element", "l[?b == $v.b]", "{\"l\":[{\"b\":1}]}", "v",
      "nothing is known of the field b" },
    { "both", "o.b == `1` || $v.b == `1`", "{\"o\":{}}", "ov",
      "nothing is known of the field b" },
    { "neither", "o.b == `1` && $v.b == `3`", "{\"o\":{\"b\":1}}", "", "true" },
};

static void asks_of_objects(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    static const struct str names[] = { { "v", 1 } };
    static const struct jmespath_names variables = { names, 1 };
    const struct jmespath_options options = { .variables = &variables };
    const struct jmespath *expression =
        jmespath_compile_with(&arena, str_from(row->expression), &options, &err);
    struct jmespath_context *context = jmespath_context_new(&arena);
    json_t *value = load(&arena, row->value);
    json_t *variable = load(&arena, "{\"a\":2,\"b\":3}");

    assert_non_null(expression);
    jmespath_context_strict(context);
    for (int run = 0; run < 2; run++) { /* what is open is so for one run */
        enum jmespath_truth truth;

        jmespath_context_bind(context, STR("v"), variable);
        if (strchr(row->open, 'o') != NULL)
            jmespath_context_open_in(context, json_object_get(value, "o"), STR("b"));
        if (strchr(row->open, 'v') != NULL)
            jmespath_context_open_in(context, variable, STR("b"));
        truth = jmespath_ask(expression, value, context, &err);
        if (truth == JMESPATH_UNDECIDED)
            assert_string_equal(err.message, row->expected);
        else
            assert_string_equal(truth == JMESPATH_TRUE ? "true" : "false",
                                row->expected);
        err = (struct error){ 0 };
        jmespath_context_reset(context);
    }
    arena_release(&arena);
}

/* A context that only shows keeps null, and remembers the first. */
static void unordered_is_null_elsewhere(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 }, first = { 0 };
    const struct jmespath *expression =
        jmespath_compile(&arena, STR("l[?n >= '1']"), &err);
    struct jmespath_context *context = jmespath_context_new(&arena);
    json_t *value = load(&arena, "{\"l\": [{\"n\": \"2\"}, {\"n\": 1}, {}]}");

    (void)state;
    assert_non_null(expression);
    assert_false(jmespath_context_unordered(context, &first));
    assert_int_equal(json_array_size(jmespath_run(expression, value, context, &err)),
                     1);
    assert_true(jmespath_context_unordered(context, &first));
    assert_string_equal(first.message, "'>=' orders two numbers or two strings, not a "
                                       "number and a string: it gives null");
    assert_int_equal(first.column, 6);
    arena_release(&arena);
}

/* ---- whatever the open fields hold ---- */

static const char *const shapes[] = {
    "a && b",
    "a || b",
    "!a && b",
    "!(a || b)",
    "a == b",
    "a == `1` || b == `1`",
    "a < b && b",
    "(a < `2` || b) && !(b && a > 'x')",
    "not_null(a, b) == `1` || b",
    "starts_with(a, 'x') || b == 'x'",
    "length(a) > `0` && b",
    "a[?@ > `1`] || b",
    "[a, b] && b",
    "b && contains(b, a)",
    "let $a = a in b || $a",
    "t < u || b",
    "(a && b) == `null` && b",
    "type(a) == 'null' || b",
    "t == b || a && !b",
};
static const char *const fillings[] = {
    NULL,         "null",    "false", "true",       "0",
    "1",          "3",       "\"\"",  "\"x\"",      "[]",
    "[1, 2]",     "[\"x\"]", "{}",    "{\"a\": 1}", "\"2025-01-01T00:00:00Z\"",
    "1735689600",
};
enum {
    SHAPES = sizeof shapes / sizeof shapes[0],
    FILLINGS = sizeof fillings / sizeof fillings[0],
};

static enum jmespath_truth ask(const struct jmespath *expression, json_t *value,
                               struct jmespath_context *context)
{
    struct error err = { 0 };
    enum jmespath_truth truth = jmespath_ask(expression, value, context, &err);

    jmespath_context_reset(context);
    return truth;
}

static void put(struct arena *arena, json_t *value, const char *field, size_t filling)
{
    json_object_del(value, field);
    if (fillings[filling] != NULL)
        json_object_set(value, field, load(arena, fillings[filling]));
}

/* One field is open, the others hold something; then it is filled in every way. */
static void check_shape(const struct jmespath *expression, const char *open,
                        const char *other, size_t *decided)
{
    struct arena arena = ARENA_EMPTY;
    struct jmespath_context *context = jmespath_context_new(&arena);
    json_t *value = load(&arena, "{\"u\": \"2025-01-01T00:00:00Z\"}");

    jmespath_context_strict(context);
    for (size_t i = 0; i < FILLINGS; i++) {
        enum jmespath_truth truth;

        put(&arena, value, other, i);
        json_object_del(value, open);
        jmespath_context_open(context, str_from(open));
        truth = ask(expression, value, context);
        *decided += truth != JMESPATH_UNDECIDED;
        for (size_t j = 0; j < FILLINGS && truth != JMESPATH_UNDECIDED; j++) {
            put(&arena, value, open, j);
            assert_int_equal(ask(expression, value, context), truth);
        }
    }
    arena_release(&arena);
}

static void no_filling_changes_what_is_decided(void **state)
{
    static const char *const fields[] = { "a", "b", "t" };
    const struct jmespath_options options = { .instants = &instants };
    struct arena arena = ARENA_EMPTY;
    size_t decided = 0;

    (void)state;
    for (size_t i = 0; i < SHAPES; i++) {
        struct error err = { 0 };
        const struct jmespath *expression =
            jmespath_compile_with(&arena, str_from(shapes[i]), &options, &err);

        assert_non_null(expression);
        for (size_t j = 0; j < 3; j++)
            for (size_t k = 0; k < 3; k++)
                if (k != j)
                    check_shape(expression, fields[j], fields[k], &decided);
    }
    assert_true(decided > SHAPES * FILLINGS);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, asks);
    TESTS_ADD_ROWS(&tests, open_in_rows, asks_of_objects);
    TESTS_ADD(&tests, unordered_is_null_elsewhere);
    TESTS_ADD(&tests, no_filling_changes_what_is_decided);
    return tests_run("jmespath_strict", &tests);
}
