/* Whatever costs time or memory is counted in steps: each row would take very long, or
 * very much, if what it does were free. */

#include "rows.h"

#include "jmespath/run.h"
#include "jmespath_projected.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 1000, LONG = 100 * 1000, STEPS = 100 * 1000 };

static json_t *text_of(size_t len, char byte, char end)
{
    char *text = malloc(len);
    json_t *value;

    assert_non_null(text);
    memset(text, byte, len);
    text[len - 1] = end;
    value = json_stringn(text, len);
    free(text);
    return value;
}

static json_t *object_of(const json_t *key)
{
    json_t *object = json_object();

    json_object_setn_new(object, json_string_value(key), json_string_length(key),
                         json_integer(1));
    return object;
}

/* numbers and empty: MANY elements; many: so many keys; text, same, digits: LONG bytes;
 * keys, keys2: an object with such a key; names: MANY texts without an order. */
static json_t *hostile_value(struct arena *arena)
{
    json_t *value = json_object(), *numbers = json_array(), *empty = json_array(),
           *names = json_array(), *many = json_object();
    char key[16];

    arena_on_release(arena, projected_release, value);
    for (size_t i = 0; i < MANY; i++) {
        json_array_append_new(numbers, json_integer((json_int_t)i));
        json_array_append_new(empty, json_array());
        json_array_append_new(names, json_sprintf("%zu", i * 7919 % MANY));
        snprintf(key, sizeof key, "%zu", i);
        json_object_set_new(many, key, json_null());
    }
    json_object_set_new(value, "numbers", numbers);
    json_object_set_new(value, "empty", empty);
    json_object_set_new(value, "names", names);
    json_object_set_new(value, "many", many);
    json_object_set_new(value, "text", text_of(LONG, 'a', 'a'));
    json_object_set_new(value, "same", text_of(LONG, 'a', 'a'));
    json_object_set_new(value, "digits", text_of(LONG, '1', '1'));
    json_object_set_new(value, "part", text_of(LONG / 2, 'a', 'b'));
    json_object_set_new(value, "keys", object_of(json_object_get(value, "text")));
    json_object_set_new(value, "keys2", object_of(json_object_get(value, "text")));
    return value;
}

struct row {
    const char *name;
    const char *expression; /* NAME stands for a name of 20,000 letters */
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct buf text = BUF_EMPTY(&arena);
    struct jmespath_context *context = jmespath_context_new(&arena);
    const char *name = strstr(row->expression, "NAME");
    const struct jmespath *expression;

    buf_add(&text, str_slice(str_from(row->expression), 0,
                             name != NULL ? (size_t)(name - row->expression)
                                          : strlen(row->expression)));
    for (size_t i = 0; name != NULL && i < 20000; i++)
        buf_add_byte(&text, 'n');
    if (name != NULL)
        buf_add(&text, str_from(name + strlen("NAME")));
    expression = jmespath_compile(&arena, buf_str(&text), &err);
    assert_string_equal(err.message, "");
    jmespath_context_limit(context, STEPS);
    assert_null(jmespath_run(expression, hostile_value(&arena), context, &err));
    assert_string_equal(err.message,
                        "the expression takes more than 100000 steps on this value: "
                        "expected less work or a smaller value");
    assert_int_equal(jmespath_error_kind(&err), JMESPATH_ERROR_LIMIT);
    assert_true(err.column > 0);
    assert_in_range(jmespath_context_steps(context), 1, STEPS);
    arena_release(&arena);
}

static const struct row rows[] = {
    { "projections of projections", "let $n = numbers in numbers[*].[$n[*].[$n[*]]]" },
    { "filters of filters", "let $n = numbers in numbers[?$n[?@ == `-1`]]" },
    { "flattening lists of nothing", "let $x = empty in numbers[*].[$x[]]" },
    { "a long row of stars",
      "numbers[*] | [@, @][] | [@, @][] | [@, @][] | [@, @][] | [@, @][] | [@, @][] | "
      "[@, @][] | [*][*][*] | @[*]" },
    { "ordering long text", "let $x = text, $y = same in numbers[*].[$x < $y]" },
    { "comparing long text", "let $x = text, $y = same in numbers[*].[$x == $y]" },
    { "comparing objects with long keys",
      "let $x = keys, $y = keys2 in numbers[*].[$x == $y]" },
    { "finding text", "let $x = text, $y = same in numbers[*].[starts_with($x, $y)]" },
    { "finding it at the end",
      "let $x = text, $y = same in numbers[*].[ends_with($x, $y)]" },
    { "finding it anywhere", "contains(text, part)" },
    { "finding a value", "let $n = numbers in numbers[*].[contains($n, `-1`)]" },
    { "counting characters", "let $x = text in numbers[*].[length($x)]" },
    { "reversing text", "let $x = text in numbers[*].[reverse($x)]" },
    { "reversing a list", "let $n = numbers in numbers[*].[reverse($n)]" },
    { "joining text", "let $x = text in numbers[*].[join($x, ['a', 'b'])]" },
    { "reading a number", "let $x = digits in numbers[*].[to_number($x)]" },
    { "writing text", "let $x = text in numbers[*].[to_string([$x])]" },
    { "writing a list", "let $n = numbers in numbers[*].[to_string($n)]" },
    { "sorting", "let $n = names in numbers[*].[sort($n)]" },
    { "sorting by a key", "let $n = names in numbers[*].[sort_by($n, &@)]" },
    { "sorting long text", "let $x = text, $y = same in numbers[*].[sort([$x, $y])]" },
    { "the greatest", "let $n = names in numbers[*].[max($n)]" },
    { "the least by a key", "let $n = names in numbers[*].[min_by($n, &@)]" },
    { "summing", "let $n = numbers in numbers[*].[sum($n)]" },
    { "averaging", "let $n = numbers in numbers[*].[avg($n)]" },
    { "mapping", "let $n = numbers in numbers[*].[map(&@, $n)]" },
    { "merging long keys", "let $k = keys in numbers[*].[merge($k, $k)]" },
    { "listing long keys", "let $k = keys in numbers[*].[keys($k)]" },
    { "a hash with a long key", "numbers[*].{NAME: @}" },
    { "reading a long name", "let $k = keys in numbers[*].[$k.NAME]" },
    { "a slice backwards", "let $n = numbers in numbers[*].[$n[::-1]]" },
    { "finding what is not there", "let $x = text in numbers[*].[contains($x, 'b')]" },
    { "writing long keys", "let $k = keys in numbers[*].[to_string($k)]" },
    { "listing values", "let $m = many in numbers[*].[values($m)]" },
    { "values of objects", "let $m = many in numbers[*].[$m.*]" },
};

static size_t steps_of(struct arena *arena, const char *text, json_t *value)
{
    struct error err = { 0 };
    struct jmespath_context *context = jmespath_context_new(arena);
    const struct jmespath *expression = jmespath_compile(arena, str_from(text), &err);

    assert_non_null(jmespath_run(expression, value, context, &err));
    return jmespath_context_steps(context);
}

static void steps_are_counted(void **state)
{
    struct arena arena = ARENA_EMPTY;
    json_t *value = hostile_value(&arena);

    (void)state;
    assert_int_equal(steps_of(&arena, "@", value), 1);
    assert_int_equal(steps_of(&arena, "a == b", value), 4); /* and the comparison */
    assert_int_equal(steps_of(&arena, "numbers[*]", value), 2 + 4 + MANY);
    assert_int_equal(steps_of(&arena, "[a]", value), 1 + 4 + 1);
    assert_int_equal(steps_of(&arena, "{a: b}", value), 1 + 8 + 8 + 1);
    /* Made text costs four times what it takes to read it. */
    assert_int_equal(steps_of(&arena, "to_string(a)", value), 2 + 1 + 3);
    /* 1000 elements are sorted in 10 rounds of comparisons, 4 of which are a step. */
    assert_in_range(steps_of(&arena, "sort(names)", value), MANY * 10 / 4, MANY * 10);
    arena_release(&arena);
}

/* What each costs, of texts of 640 bytes and lists of 10: a step a node, one for 16
 * bytes of text that are read, one an element, and more where text, keys or lists are
 * made. */
static const struct cost {
    const char *name; /* the expression */
    size_t steps;
} costs[] = {
    { "@", 1 },
    { "t", 1 },
    { "a.b.c", 5 },
    { "`1`", 1 },
    { "t == u", 44 },
    { "t != u", 44 },
    { "t < u", 44 },
    { "t < a", 3 },
    { "k == m", 45 },
    { "l == n", 14 },
    { "!t", 2 },
    { "t && u", 3 },
    { "a || t || u", 3 },
    { "[t, u]", 7 },
    { "[t, u] == [u, t]", 98 },
    { "{x: t, y: u}", 27 },
    { "l[0]", 2 },
    { "l[1:3]", 8 },
    { "l[::-1]", 16 },
    { "l[]", 26 },
    { "g[]", 13 },
    { "l[*]", 16 },
    { "g[*][*]", 23 },
    { "o.*", 8 },
    { "l[?@ > `3`]", 53 },
    { "let $x = t in $x", 3 },
    { "length(t)", 43 },
    { "length(l)", 2 },
    { "starts_with(t, u)", 44 },
    { "ends_with(t, u)", 44 },
    { "contains(t, '')", 3 },
    { "contains(t, 'xx')", 45 },
    { "contains(t, 'xy')", 683 },
    { "contains(t, 'y')", 44 },
    { "contains(l, `10`)", 13 },
    { "contains(l, `0`)", 13 },
    { "contains([t], u)", 49 },
    { "join(t, ['a', 'b'])", 333 },
    { "reverse(t)", 163 },
    { "reverse(l)", 13 },
    { "to_string(l)", 46 },
    { "to_string([t])", 175 },
    { "to_string(k)", 170 },
    { "to_string(`[[[[[[[[1]]]]]]]]`)", 62 },
    { "keys(k)", 163 },
    { "values(o)", 4 },
    { "merge(k, k)", 659 },
    { "merge(o, o)", 35 },
    { "map(&@, l)", 12 },
    { "sort(l)", 32 },
    { "sort([t])", 49 },
    { "sort(`[]`)", 2 },
    { "sort([t, u])", 172 },
    { "sort_by(l, &@)", 32 },
    { "max(l)", 32 },
    { "max([t, u])", 172 },
    { "min_by(l, &@)", 32 },
    { "sum(l)", 12 },
    { "avg(l)", 12 },
    { "to_number(d)", 3 },
    { "to_number(l[0])", 3 },
    { "type(t)", 2 },
    { "not_null(t)", 2 },
    { "to_array(t)", 2 },
    { "abs(l[0])", 3 },
};

static void cost_test(void **state)
{
    static const char object[] =
        "{\"t\": \"%s\", \"u\": \"%s\", \"k\": {\"%s\": 1}, \"m\": {\"%s\": 1}, "
        "\"a\": {\"b\": {\"c\": 1}}, \"l\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "
        "\"n\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], \"g\": [[1, 2], [3, 4, 5]], "
        "\"o\": {\"a\": 1, \"b\": 2}, \"d\": \"1234567\"}";
    const struct cost *row = *state;
    struct arena arena = ARENA_EMPTY;
    char x[641];
    json_t *value;

    memset(x, 'x', 640);
    x[640] = '\0';
    value = json_loads(arena_printf(&arena, object, x, x, x, x), 0, NULL);
    assert_non_null(value);
    assert_int_equal(steps_of(&arena, row->name, value), row->steps);
    arena_release(&arena);
    json_decref(value);
}

static void a_run_may_take_what_it_takes(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    json_t *value = hostile_value(&arena);
    struct jmespath_context *context = jmespath_context_new(&arena);
    const struct jmespath *expression =
        jmespath_compile(&arena, STR("sort(names)[0]"), &err);
    size_t steps = steps_of(&arena, "sort(names)[0]", value);

    (void)state;
    jmespath_context_limit(context, steps);
    assert_non_null(jmespath_run(expression, value, context, &err));
    assert_non_null(jmespath_run(expression, value, context, &err)); /* each its own */
    jmespath_context_limit(context, steps - 1);
    assert_null(jmespath_run(expression, value, context, &err));
    assert_int_equal(jmespath_error_kind(&err), JMESPATH_ERROR_LIMIT);
    arena_release(&arena);
}

#define DIGITS_50  "12345678901234567890123456789012345678901234567890"
#define DIGITS_100 DIGITS_50 DIGITS_50

/* However often it is met: nothing of it is kept. */
static void a_number_that_no_real_holds_is_none(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct jmespath_context *context = jmespath_context_new(&arena);
    char digits[4096], longest[] = "-" DIGITS_100 DIGITS_100 DIGITS_100 "012345678";
    json_t *number;

    (void)state;
    memset(digits, '9', sizeof digits);
    number = jmespath_integer(context, str_from(longest));
    assert_string_equal(digits_of(&context->digits, number).text, longest);
    assert_null(digits_of(NULL, number).text);
    json_decref(number);
    for (size_t i = 0; i < 3 * MANY; i++)
        assert_null(jmespath_integer(context, (struct str){ digits, 309 }));
    for (size_t len = 310; len <= sizeof digits; len += len < 320 ? 1 : 59)
        assert_null(jmespath_integer(context, (struct str){ digits, len }));
    arena_release(&arena);
}

/* Of numbers beyond 64 bits, what nobody holds any more is dropped: there are never
 * more than 1024, or twice as many as were held when some were dropped last. */
static void numbers_that_nobody_holds_are_dropped(void **state)
{
    enum { LEAST = 1024, HELD = 1500 };
    struct arena arena = ARENA_EMPTY;
    struct jmespath_context *context = jmespath_context_new(&arena);
    json_t *held[HELD];
    char digits[32];
    size_t most = 0;

    (void)state;
    for (size_t i = 0; i < 3 * LEAST; i++) {
        json_decref(jmespath_integer(context, STR("12345678901234567890")));
        assert_in_range(context->digits.count, 1, LEAST);
    }
    for (size_t i = 0; i < HELD; i++) {
        snprintf(digits, sizeof digits, "1234567890123456%04d", (int)i);
        held[i] = jmespath_integer(context, str_from(digits));
    }
    for (size_t i = 0; i < 4 * (size_t)HELD; i++) {
        json_decref(jmespath_integer(context, STR("9223372036854775808")));
        if (context->digits.count > most)
            most = context->digits.count;
    }
    assert_in_range(most, HELD + 1, 2 * HELD);
    for (size_t i = 0; i < HELD; i++) {
        snprintf(digits, sizeof digits, "1234567890123456%04d", (int)i);
        assert_string_equal(digits_of(&context->digits, held[i]).text, digits);
    }
    arena_release(&arena);
    for (size_t i = 0; i < HELD; i++) {
        assert_int_equal(held[i]->refcount, 1);
        json_decref(held[i]);
    }
}

static json_t *nested(size_t levels, bool in_objects)
{
    json_t *value = json_true();

    for (size_t i = 0; i < levels; i++) {
        json_t *around = in_objects ? json_object() : json_array();

        if (in_objects)
            json_object_set_new(around, "a", value);
        else
            json_array_append_new(around, value);
        value = around;
    }
    return value;
}

static void equality_is_told_so_many_levels_deep(void **state)
{
    (void)state;
    for (int in_objects = 0; in_objects < 2; in_objects++) {
        for (size_t levels = JMESPATH_DEPTH_MAX - 1; levels <= JMESPATH_DEPTH_MAX + 1;
             levels++) {
            json_t *left = nested(levels, in_objects != 0);
            json_t *right = nested(levels, in_objects != 0);
            size_t steps = STEPS;

            assert_int_equal(values_equal(NULL, left, right, &steps),
                             levels <= JMESPATH_DEPTH_MAX ? WALKED_YES
                                                          : WALKED_TOO_DEEP);
            json_decref(left);
            json_decref(right);
        }
    }
}

static void a_literal_of_a_megabyte_is_too_long(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct buf text = BUF_EMPTY(&arena);

    (void)state;
    buf_add_byte(&text, '`');
    for (size_t i = 0; i < 1024 * 1024; i++)
        buf_add_byte(&text, 'a');
    buf_add_byte(&text, '`');
    assert_null(jmespath_compile(&arena, buf_str(&text), &err));
    assert_int_equal(jmespath_error_kind(&err), JMESPATH_ERROR_LIMIT);
    arena_release(&arena);
}

/* Small in memory, as each level holds the one below twice; when printed, endless, or
 * mostly space. */
static const struct size_row {
    const char *name;
    size_t levels;
    bool is_result;
    const char *digits; /* of a number that is in it, instead of true */
} size_rows[] = {
    { "a result has a size", 40, false, NULL },
    { "what it is indented by counts", 22, false, NULL },
    { "less is a result", 20, true, NULL },
    { "a number of a few digits is hardly more", 21, true, "9223372036854775808" },
    { "of one of many digits, each counts", 21, false,
      DIGITS_100 DIGITS_100 DIGITS_100 },
};

static void a_result_has_a_size(void **state)
{
    const struct size_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct buf text = BUF_EMPTY(&arena);
    struct jmespath_context *context = jmespath_context_new(&arena);
    const json_t *result;
    json_t *value = json_true();

    buf_add(&text, STR("[@, @]"));
    for (size_t i = 1; i < row->levels; i++)
        buf_add(&text, STR(" | [@, @]"));
    if (row->digits != NULL)
        value = jmespath_integer(context, str_from(row->digits));
    assert_non_null(value);
    result = jmespath_run(jmespath_compile(&arena, buf_str(&text), &err), value,
                          context, &err);
    assert_int_equal(result != NULL, row->is_result);
    if (!row->is_result) {
        assert_string_equal(err.message, "the result holds more than 40000000 values");
        assert_int_equal(jmespath_error_kind(&err), JMESPATH_ERROR_LIMIT);
    }
    jmespath_context_reset(context);
    json_decref(value);
    arena_release(&arena);
}

/* What an expression takes out of a value is as deep as that is; what it makes, at most
 * as deep as can be printed. */
static void a_result_that_is_made_has_a_depth(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct jmespath_context *context = jmespath_context_new(&arena);
    json_t *value = json_array();

    (void)state;
    for (size_t i = 1; i < JMESPATH_RESULT_DEPTH_MAX + 1; i++)
        value = json_pack("[o]", value);
    assert_ptr_equal(
        jmespath_run(jmespath_compile(&arena, STR("@"), &err), value, context, &err),
        value);
    assert_non_null(jmespath_run(jmespath_compile(&arena, STR("[@[0][0]]"), &err),
                                 value, context, &err));
    assert_string_equal(err.message, "");
    assert_null(
        jmespath_run(jmespath_compile(&arena, STR("[@]"), &err), value, context, &err));
    assert_string_equal(err.message, "the value is nested deeper than 2048 levels");
    jmespath_context_reset(context);
    json_decref(value);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };
    int status;

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, steps_are_counted);
    TESTS_ADD_ROWS(&tests, costs, cost_test);
    TESTS_ADD(&tests, a_run_may_take_what_it_takes);
    TESTS_ADD(&tests, a_number_that_no_real_holds_is_none);
    TESTS_ADD(&tests, numbers_that_nobody_holds_are_dropped);
    TESTS_ADD(&tests, equality_is_told_so_many_levels_deep);
    TESTS_ADD(&tests, a_literal_of_a_megabyte_is_too_long);
    TESTS_ADD_ROWS(&tests, size_rows, a_result_has_a_size);
    TESTS_ADD(&tests, a_result_that_is_made_has_a_depth);
    status = tests_run("jmespath_limits", &tests);
    arena_release(&tests.arena);
    return status;
}
