#include "rows.h"

#include "jmespath/jmespath.h"

#include <stdlib.h>
#include <string.h>

static void release_value(void *object)
{
    json_decref(object);
}

static json_t *load(struct arena *arena, const char *text)
{
    json_error_t why;
    json_t *value = json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, &why);

    assert_non_null(value);
    arena_on_release(arena, release_value, value);
    return value;
}

static const struct jmespath *compile(struct arena *arena, struct str text)
{
    struct error err = { 0 };
    const struct jmespath *expression = jmespath_compile(arena, text, &err);

    assert_string_equal(err.message, "");
    return expression;
}

/* The result in JSON, or the error. */
static const char *run(struct arena *arena, const char *text, json_t *value)
{
    const struct jmespath *expression = compile(arena, str_from(text));
    struct error err = { 0 };
    struct buf buf = BUF_EMPTY(arena);
    struct jmespath_context *context = jmespath_context_new(arena);
    json_t *result;

    jmespath_context_bind(context, STR("x"), json_null());
    jmespath_context_bind(context, STR("limit"), load(arena, "2"));
    jmespath_context_bind(context, STR("x"), load(arena, "{\"y\": [1]}"));
    result = jmespath_run(expression, value, context, &err);
    if (result == NULL) {
        assert_true(jmespath_error_kind(&err) != JMESPATH_ERROR_NONE &&
                    jmespath_error_kind(&err) != JMESPATH_ERROR_SYNTAX);
        return arena_printf(arena, "%zu: %s", err.column, err.message);
    }
    jmespath_print(result, 0, &buf);
    return buf_str(&buf).text;
}

struct row {
    const char *name;
    const char *expression;
    const char *value;
    const char *result;
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(run(&arena, row->expression, load(&arena, row->value)),
                        row->result);
    arena_release(&arena);
}

static const struct row language[] = {
    { "a bare word is a string", "`awsbackup`", "null", "\"awsbackup\"" },
    { "the published query's word", "DBSnapshots[?(SnapshotType==`awsbackup`)].Id",
      "{\"DBSnapshots\": [{\"SnapshotType\": \"manual\", \"Id\": 1}, "
      "{\"SnapshotType\": "
      "\"awsbackup\", \"Id\": 2}]}",
      "[2]" },
    { "blanks before a word go, those behind it stay", "`  two words `", "null",
      "\"two words \"" },
    { "a word may hold what JSON escapes", "`a\\n\\u00e9`", "null",
      "\"a\\n\xC3\xA9\"" },
    { "a word may look like the start of JSON", "`{bad`", "null", "\"{bad\"" },
    { "a date is a word", "`2024-01-01`", "null", "\"2024-01-01\"" },
    { "an account id with a leading 0 is a word", "`012345678901`", "null",
      "\"012345678901\"" },
    { "many digits with a letter in them are a word", "`99999999999999999999x9`",
      "null", "\"99999999999999999999x9\"" },
    { "or with two points", "`99999999999999999999.5.9`", "null",
      "\"99999999999999999999.5.9\"" },
    { "or with a sign alone behind them", "`99999999999999999999e-`", "null",
      "\"99999999999999999999e-\"" },
    { "many digits and more are a word", "`99999999999999999999 x`", "null",
      "\"99999999999999999999 x\"" },
    { "what only begins as a number out of range is a word", "`1e+0999e+9`", "null",
      "\"1e+0999e+9\"" },
    { "so are digits behind a leading 0", "`099999999999999999999`", "null",
      "\"099999999999999999999\"" },
    { "and a point without digits", "`99999999999999999999.`", "null",
      "\"99999999999999999999.\"" },
    { "an empty literal is an empty string", "``", "null", "\"\"" },
    { "JSON stays JSON", "`[1.0, true, {\"a\": null}]`", "null",
      "[1.0, true, {\"a\": null}]" },
    { "a back-tick is escaped in a literal", "`\"a\\`b\"`", "null", "\"a`b\"" },
    { "a raw string keeps other backslashes", "'a\\'b\\n\\\\'", "null",
      "\"a'b\\\\n\\\\\\\\\"" },
    { "a quoted name has JSON's escapes", "\"\\u0061\\\"\"", "{\"a\\\"\": 1}", "1" },
    { "a variable", "$limit", "null", "2" },
    { "a variable bound anew", "$x.y[0]", "null", "1" },
    { "a variable in a filter", "[?@ > $limit]", "[1, 2, 3]", "[3]" },
    { "an unknown variable", "a == $nobody", "{}",
      "6: unknown variable '$nobody': expected one that is bound" },
    { "but not where it is not evaluated", "a && $nobody", "{}", "null" },
    { "! binds more tightly than a dot", "!a.b", "{\"a\": {\"b\": 1}}", "null" },
    { "&& before ||", "a || b && c", "{\"a\": 1, \"b\": 2}", "1" },
    { "comparisons before &&", "a == b && c", "{\"a\": 1, \"b\": 1, \"c\": 3}", "3" },
    { "a long row of alternatives gives the first true one",
      "a || b || c || d || e || f", "{\"d\": 4, \"f\": 6}", "4" },
    { "or the last one", "a || b || c || `false`", "{}", "false" },
    { "a long row of conditions gives the first false one", "a && b && c && d",
      "{\"a\": 1, \"b\": 2, \"c\": [], \"d\": 1}", "[]" },
    { "0 is true", "a && 'yes'", "{\"a\": 0}", "\"yes\"" },
    { "0.0 is true", "!a", "{\"a\": 0.0}", "false" },
    { "two texts are ordered, as the AWS CLI does", "a < 'b'", "{\"a\": \"a\"}",
      "true" },
    { "by code point", "a >= '2024-01-01'", "{\"a\": \"2023-12-31T23\"}", "false" },
    { "a text and a number are not", "a < `1`", "{\"a\": \"a\"}", "null" },
    { "nor are two lists", "a < a", "{\"a\": []}", "null" },
    { "ordering null gives null", "a < `1`", "{}", "null" },
    { "a slice with a step beyond a long", "[1::9223372036854775807]", "[1, 2]",
      "[2]" },
    { "and backwards", "[::-9223372036854775807]", "[1, 2]", "[2]" },
    { "slice bounds beyond a list", "[-9223372036854775807:9223372036854775807]",
      "[1, 2]", "[1, 2]" },
    { "an index far before a list", "[-9223372036854775807]", "[1, 2]", "null" },
    { "a repeated key: the last one, in the first place", "{a: `1`, b: `2`, a: `3`}",
      "{}", "{\"a\": 3, \"b\": 2}" },
};

static const struct row numbers[] = {
    { "1 equals 1.0", "a == b", "{\"a\": 1, \"b\": 1.0}", "true" },
    { "also within values", "a == b", "{\"a\": [{\"x\": 1}], \"b\": [{\"x\": 1.0}]}",
      "true" },
    { "0 equals -0.0", "a == b", "{\"a\": 0, \"b\": -0.0}", "true" },
    { "1 is not true", "a == b", "{\"a\": 1, \"b\": true}", "false" },
    { "1 is not its text", "a == b", "{\"a\": 1, \"b\": \"1\"}", "false" },
    { "0 is not null", "a == b", "{\"a\": 0}", "false" },
    { "2^53+1 is not 2^53 as a real", "a == b",
      "{\"a\": 9007199254740993, \"b\": 9007199254740992.0}", "false" },
    { "it is greater", "a > b", "{\"a\": 9007199254740993, \"b\": 9007199254740992.0}",
      "true" },
    { "2^53 equals 2^53 as a real", "a == b",
      "{\"a\": 9007199254740992, \"b\": 9007199254740992.0}", "true" },
    { "the greatest integer is less than 2^63", "a < b",
      "{\"a\": 9223372036854775807, \"b\": 9223372036854775808.0}", "true" },
    { "and not equal", "a == b",
      "{\"a\": 9223372036854775807, \"b\": 9223372036854775808.0}", "false" },
    { "the least integer equals -2^63", "a == b",
      "{\"a\": -9223372036854775808, \"b\": -9223372036854775808.0}", "true" },
    { "an integer and a huge real", "[a < b, a > c]",
      "{\"a\": 1, \"b\": 1e300, \"c\": -1e300}", "[true, true]" },
    { "a fraction decides", "[a < b, b > a, c > d]",
      "{\"a\": 1, \"b\": 1.5, \"c\": -1, \"d\": -1.5}", "[true, true, true]" },
    { "sorting integers and reals", "sort(@)", "[3, 1.5, 2, 1, 2.5]",
      "[1, 1.5, 2, 2.5, 3]" },
    { "abs of the least integer", "abs(@)", "-9223372036854775808",
      "1: the result of abs() is out of range" },
    { "abs keeps the kind", "[abs(a), abs(b)]", "{\"a\": -1, \"b\": -1.0}",
      "[1, 1.0]" },
    { "ceil and floor give integers", "[ceil(@), floor(@)]", "-1.5", "[-1, -2]" },
    { "unless none can hold it", "floor(@)", "1e300", "1e+300" },
    { "a sum of integers is exact", "sum(@)", "[9007199254740993, 2]",
      "9007199254740995" },
    { "a step beyond the end", "[@[::2], @[::3], @[::4], @[::9223372036854775807]]",
      "[1, 2, 3]", "[[1, 3], [1], [1], [1]]" },
    { "a step beyond the start",
      "[@[::-2], @[::-3], @[::-4], @[::-9223372036854775808]]", "[1, 2, 3]",
      "[[3, 1], [3], [3], [3]]" },
    { "bounds beyond both", "[@[-9:9], @[9:-9:-1], @[3:], @[:-3], @[-3:], @[-4:2]]",
      "[1, 2, 3]", "[[1, 2, 3], [3, 2, 1], [], [], [1, 2, 3], [1, 2]]" },
    { "bounds at both, backwards",
      "[@[2::-1], @[3::-1], @[:0:-1], @[:-4:-1], @[-1:0:-1]]", "[1, 2, 3]",
      "[[3, 2, 1], [3, 2, 1], [3, 2], [3, 2, 1], [3, 2]]" },
    { "the greatest sum", "sum(@)", "[9223372036854775806, 1]", "9223372036854775807" },
    { "the least sum", "sum(@)", "[-9223372036854775807, -1]", "-9223372036854775808" },
    { "a sum out of range below", "sum(@)", "[-9223372036854775808, -1]",
      "1: the result of sum() is out of range" },
    { "a sum out of range", "sum(@)", "[9223372036854775807, 1]",
      "1: the result of sum() is out of range" },
    { "a sum that leaves the range and comes back", "sum(@)",
      "[9223372036854775807, 1, -1]", "1: the result of sum() is out of range" },
    { "a sum of reals loses nothing", "sum(@)",
      "[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]", "1.0" },
    { "a sum of reals out of range", "sum(@)", "[1e308, 1e308]",
      "1: the result of sum() is out of range" },
    { "a sum of nothing", "sum(@)", "[]", "0" },
    { "an average is a real", "avg(@)", "[1, 3]", "2.0" },
    { "an average of nothing", "avg(@)", "[]", "null" },
    { "to_number keeps the kind", "[*].to_number(@)", "[\"1\", \"1.0\", \"-1e2\"]",
      "[1, 1.0, -100.0]" },
    { "to_number takes JSON's numbers alone", "map(&to_number(@), @)",
      "[\"+1\", \" 1\", \"1 \", \"01\", \"0x1\", \"1_0\", \".5\", \"5.\", \"inf\", "
      "\"nan\", \"\", \"-\", \"1\\u0000\", \"[1]\", \"99999999999999999999\", "
      "\"1e999\"]",
      "[null, null, null, null, null, null, null, null, null, null, null, null, null, "
      "null, null, null]" },
};

static const struct row text[] = {
    { "length counts characters", "length(@)",
      "\"\xC3\xA9\xE2\x9C\x93\xF0\x9F\x98\x80\"", "3" },
    { "reverse goes by character", "reverse(@)", "\"a\xC3\xA9\xF0\x9F\x98\x80\"",
      "\"\xF0\x9F\x98\x80\xC3\xA9"
      "a\"" },
    { "text is ordered by code point", "sort(@)",
      "[\"\xF0\x9F\x98\x80\", \"\xEF\xBF\xBD\", \"b\", \"ab\", \"a\", \"\"]",
      "[\"\", \"a\", \"ab\", \"b\", \"\xEF\xBF\xBD\", \"\xF0\x9F\x98\x80\"]" },
    { "NUL does not end a comparison", "a == b",
      "{\"a\": \"x\\u0000y\", \"b\": "
      "\"x\\u0000z\"}",
      "false" },
    { "nor a length", "length(@)", "\"x\\u0000y\"", "3" },
    { "nor a search", "contains(@, 'y')", "\"x\\u0000y\"", "true" },
    { "nor an end", "ends_with(@, `\"\\u0000y\"`)", "\"x\\u0000y\"", "true" },
    { "nor a start", "starts_with(@, `\"x\\u0000z\"`)", "\"x\\u0000y\"", "false" },
    { "nor an order", "sort(@)", "[\"a\\u0000b\", \"a\\u0000a\", \"a\"]",
      "[\"a\", \"a\\u0000a\", \"a\\u0000b\"]" },
    { "nor a join", "join(`\"\\u0000\"`, @)", "[\"a\", \"b\"]", "\"a\\u0000b\"" },
    { "nor a reversal", "reverse(@)", "\"a\\u0000b\"", "\"b\\u0000a\"" },
    { "contains finds an end", "contains(@, 'aab')", "\"aaaab\"", "true" },
    { "contains finds nothing longer", "contains(@, 'aaaabc')", "\"aaaab\"", "false" },
    { "contains finds nothing in all", "contains(@, '')", "\"\"", "true" },
    { "text contains no number", "contains(@, `1`)", "\"1\"", "false" },
    { "a list contains by equality", "contains(@, `[1]`)", "[[1.0], 2]", "true" },
    { "to_string writes JSON without blanks", "to_string(@)", "{\"a\": [1.0, true]}",
      "\"{\\\"a\\\":[1.0,true]}\"" },
    { "and escapes what is outside ASCII, as the AWS CLI does", "to_string(@)",
      "[\"\\u00e9\\u20ac\\ud83d\\ude00\\u007f\"]",
      "\"[\\\"\\\\u00e9\\\\u20ac\\\\ud83d\\\\ude00\\\\u007f\\\"]\"" },
    { "the last without a surrogate, and the first with one", "to_string(@)",
      "[\"\\uffff\\ud800\\udc00\\udbff\\udfff\"]",
      "\"[\\\"\\\\uffff\\\\ud800\\\\udc00\\\\udbff\\\\udfff\\\"]\"" },
    { "but not text itself", "to_string(@)", "\"\\u00e9\"", "\"\xC3\xA9\"" },
};

static const struct row functions[] = {
    { "keys in the order of the value", "keys(@)", "{\"b\": 1, \"a\": 2}",
      "[\"b\", \"a\"]" },
    { "values in the order of the value", "values(@)", "{\"b\": 1, \"a\": 2}",
      "[1, 2]" },
    { "merge keeps the first place and the last value", "merge(@, `{\"b\": 3}`)",
      "{\"b\": 1, \"a\": 2}", "{\"b\": 3, \"a\": 2}" },
    { "merge of many", "merge(@, @, @, `{\"c\": 1}`)", "{\"a\": 1}",
      "{\"a\": 1, \"c\": 1}" },
    { "not_null of many", "not_null(a, b, c, d)", "{\"d\": 4}", "4" },
    { "every argument is evaluated", "not_null(`1`, abs('x'))", "{}",
      "19: abs() takes a number, not a string" },
    { "a sort is stable", "sort_by(@, &a)[*].b",
      "[{\"a\": 1, \"b\": 1}, {\"a\": 0, \"b\": 2}, {\"a\": 1.0, \"b\": 3}, {\"a\": 0, "
      "\"b\": 4}]",
      "[2, 4, 1, 3]" },
    { "max_by gives the first of the greatest", "max_by(@, &a).b",
      "[{\"a\": 1, \"b\": 1}, {\"a\": 2, \"b\": 2}, {\"a\": 2, \"b\": 3}]", "2" },
    { "min_by gives the first of the least", "min_by(@, &a).b",
      "[{\"a\": 3, \"b\": 1}, {\"a\": 2, \"b\": 2}, {\"a\": 2, \"b\": 3}]", "2" },
    { "max_by of nothing", "max_by(@, &a)", "[]", "null" },
    { "map keeps null", "map(&a, @)", "[{\"a\": 1}, {}]", "[1, null]" },
    { "a wrong type has the argument's place", "a && length(b)", "{\"a\": 1, \"b\": 2}",
      "13: length() takes an array, a string or an object, not a number" },
    { "null has no article", "abs(a)", "{}", "5: abs() takes a number, not null" },
    { "a wrong element", "sum(@)", "[1, \"2\"]",
      "5: sum() takes an array of numbers: element 1 is a string" },
    { "mixed elements", "sort(@)", "[\"a\", 1]",
      "6: sort() takes an array of numbers or of strings: element 1 is a number" },
    { "mixed keys", "sort_by(@, &a)", "[{\"a\": 1}, {\"a\": \"b\"}]",
      "1: sort_by() takes an expression that gives numbers alone or strings alone: for "
      "element 1 it gives a string" },
    { "null for a key", "min_by(@, &a)", "[{\"a\": 1}, {}]",
      "1: min_by() takes an expression that gives numbers alone or strings alone: for "
      "element 1 it gives null" },
    { "an error in a projection", "[*].abs(@)", "[1, null]",
      "9: abs() takes a number, not null" },
    { "an error in a filter", "[?abs(@) > `1`]", "[[]]",
      "7: abs() takes a number, not an array" },
    { "an error in a map", "map(&abs(@), @)", "[true]",
      "10: abs() takes a number, not a boolean" },
    { "an error in a list", "[`1`, abs(@)]", "\"\"",
      "11: abs() takes a number, not a string" },
    { "an error in a hash", "{a: `1`, b: abs(@)}", "{}",
      "17: abs() takes a number, not an object" },
    { "an error of a key", "sort_by(@, &abs(@))", "[\"\"]",
      "17: abs() takes a number, not a string" },
};

/* ---- what no table can hold --------------------------------------------------------
 */

struct kind {
    const char *name;
    const char *expression;
    enum jmespath_error_kind kind;
};

static void kind_test(void **state)
{
    const struct kind *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };

    assert_null(jmespath_run(compile(&arena, str_from(row->expression)),
                             load(&arena, "[\"a\", 1, [-9223372036854775808]]"),
                             jmespath_context_new(&arena), &err));
    assert_int_equal(jmespath_error_kind(&err), row->kind);
    arena_release(&arena);
}

static const struct kind kinds[] = {
    { "a wrong type", "abs(@)", JMESPATH_ERROR_INVALID_TYPE },
    { "a wrong type within a list", "sort(@)", JMESPATH_ERROR_INVALID_TYPE },
    { "a wrong type of a key", "sort_by(@, &@)", JMESPATH_ERROR_INVALID_TYPE },
    { "a result out of range", "abs([2][0])", JMESPATH_ERROR_INVALID_VALUE },
    { "a variable that nothing binds", "$nobody", JMESPATH_ERROR_UNDEFINED_VARIABLE },
};

static void nul_in_a_key_is_a_character(void **state)
{
    struct arena arena = ARENA_EMPTY;
    json_t *value = json_object();

    (void)state;
    arena_on_release(&arena, release_value, value);
    json_object_setn_new(value, "a", 1, json_integer(1));
    json_object_setn_new(value, "a\0b", 3, json_integer(2));
    assert_string_equal(run(&arena, "\"a\\u0000b\"", value), "2");
    assert_string_equal(run(&arena, "a", value), "1");
    assert_string_equal(run(&arena, "keys(@)", value), "[\"a\", \"a\\u0000b\"]");
    assert_string_equal(run(&arena, "{\"x\\u0000\": a}", value), "{\"x\\u0000\": 1}");
    assert_string_equal(run(&arena, "merge(@, @) == @", value), "true");
    assert_string_equal(run(&arena, "to_string(@)", value),
                        "\"{\\\"a\\\":1,\\\"a\\\\u0000b\\\":2}\"");
    arena_release(&arena);
}

static json_t *nested(struct arena *arena, size_t depth)
{
    json_t *value = json_array();

    for (size_t i = 1; i < depth; i++) {
        json_t *outer = json_array();

        json_array_append_new(outer, value);
        value = outer;
    }
    arena_on_release(arena, release_value, value);
    return value;
}

static void values_are_compared_to_a_depth(void **state)
{
    struct arena arena = ARENA_EMPTY;
    json_t *value = json_object();

    (void)state;
    arena_on_release(&arena, release_value, value);
    json_object_set(value, "a", nested(&arena, JMESPATH_DEPTH_MAX));
    json_object_set(value, "b", nested(&arena, JMESPATH_DEPTH_MAX));
    assert_string_equal(run(&arena, "a == b", value), "true");
    assert_true(
        jmespath_equal(json_object_get(value, "a"), json_object_get(value, "b")));
    json_object_set(value, "a", nested(&arena, JMESPATH_DEPTH_MAX + 1));
    json_object_set(value, "b", nested(&arena, JMESPATH_DEPTH_MAX + 1));
    assert_string_equal(run(&arena, "a == b", value),
                        "3: the value is nested deeper than 128 levels");
    assert_string_equal(run(&arena, "contains([a], b)", value),
                        "1: the value is nested deeper than 128 levels");
    assert_false(
        jmespath_equal(json_object_get(value, "a"), json_object_get(value, "b")));
    arena_release(&arena);
}

struct endless {
    const char *name;
    const char *expression;
    const char *result;
};

/* Each doubles or multiplies until it would never end. */
static const struct endless endless[] = {
    { "a list that doubles", "[@,@][]",
      "the expression takes more than 10000000 steps" },
    { "text that doubles", "join('', [@,@])",
      "the expression takes more than 10000000 steps" },
    { "a value that holds itself twice", "[@,@]",
      "the result holds more than 40000000 values" },
    { "a hash that does", "{a: @, b: @}",
      "the result holds more than 40000000 values" },
};

static const char TEXT_OF_16[] = "\"0123456789abcdef\"";

static void endless_test(void **state)
{
    const struct endless *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&arena);
    const char *result;

    for (size_t i = 0; i < 100; i++)
        buf_printf(&buf, "%s%s", i > 0 ? " | " : "", row->expression);
    result = run(&arena, buf_str(&buf).text, load(&arena, TEXT_OF_16));
    assert_non_null(strstr(result, row->result));
    arena_release(&arena);
}

/* [@,@] | [@,@] ...: in memory small, written out without end. */
static const char *doubled(struct arena *arena)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < 100; i++)
        buf_printf(&buf, "%s[@,@]", i > 0 ? " | " : "");
    return buf_str(&buf).text;
}

static void printing_and_comparing_cost_steps(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const char *value = doubled(&arena);
    const char *printing = arena_printf(&arena, "%s | to_string(@)", value);
    const char *comparing = arena_printf(&arena, "(%s) == (%s)", value, value);
    const char *same = arena_printf(&arena, "%s | @ == @", value);

    (void)state;
    assert_non_null(
        strstr(run(&arena, printing, json_true()), "takes more than 10000000 steps"));
    assert_non_null(
        strstr(run(&arena, comparing, json_true()), "takes more than 10000000 steps"));
    assert_string_equal(run(&arena, same, json_true()), "true");
    arena_release(&arena);
}

static json_t *filled(struct arena *arena, size_t len, const char *end)
{
    struct buf buf = BUF_EMPTY(arena);
    json_t *value;

    for (size_t i = 0; i < len; i++)
        buf_add_byte(&buf, 'a');
    buf_add(&buf, str_from(end));
    value = json_stringn(buf.text, buf.len);
    arena_on_release(arena, release_value, value);
    return value;
}

static void a_search_costs_what_it_takes(void **state)
{
    struct arena arena = ARENA_EMPTY;
    json_t *value = json_object();

    (void)state;
    arena_on_release(&arena, release_value, value);
    json_object_set(value, "text", filled(&arena, 1000 * 1000, ""));
    json_object_set(value, "part", filled(&arena, 1000, "b"));
    assert_string_equal(run(&arena, "contains(text, 'ab')", value), "false");
    assert_non_null(strstr(run(&arena, "contains(text, part)", value),
                           "takes more than 10000000 steps"));
    arena_release(&arena);
}

/* A result of 8,192 levels, each made from the one before: must neither be printed nor
 * be given back by recursion. */
static void a_result_may_not_be_too_deep(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&arena);
    struct str pipe = STR("[@]");

    (void)state;
    for (size_t i = 0; i < 13; i++) {
        buf_clear(&buf);
        buf_printf(&buf, "(%s|%s)", pipe.text, pipe.text);
        pipe = str_copy(&arena, buf_str(&buf));
    }
    assert_string_equal(run(&arena, pipe.text, json_null()), "null");
    assert_non_null(strstr(run(&arena, pipe.text, json_true()),
                           "the value is nested deeper than 2048 levels"));
    buf_clear(&buf);
    buf_printf(&buf, "%s | type(@)", pipe.text);
    assert_string_equal(run(&arena, buf_str(&buf).text, json_true()), "\"array\"");
    buf_clear(&buf);
    buf_printf(&buf, "map(&%s, @) | type(@)", pipe.text);
    assert_string_equal(run(&arena, buf_str(&buf).text, load(&arena, "[1]")),
                        "\"array\"");
    arena_release(&arena);
}

static void a_result_lives_until_the_reset(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct jmespath *expression = compile(&arena, STR("{a: [@, `1`]}"));
    struct jmespath_context *context = jmespath_context_new(&arena);
    json_t *value = load(&arena, "\"x\""), *first, *second;

    (void)state;
    first = jmespath_run(expression, value, context, &err);
    second = jmespath_run(expression, value, context, &err);
    assert_true(first != second && jmespath_equal(first, second));
    assert_int_equal(value->refcount, 3);
    jmespath_context_reset(context);
    assert_int_equal(value->refcount, 1);
    assert_non_null(jmespath_run(expression, value, context, &err));
    arena_release(&arena);
}

/* jansson's allocations, while `counting`. */
static size_t allocation_count;
static bool counting;

static void *counted_malloc(size_t bytes)
{
    allocation_count += counting;
    return malloc(bytes);
}

struct predicate {
    const char *name; /* the expression */
};

/* After the first run. */
static void predicate_test(void **state)
{
    const struct predicate *row = *state;
    struct arena arena = ARENA_EMPTY, context_arena = ARENA_EMPTY, before;
    struct jmespath_context *context = jmespath_context_new(&context_arena);
    const struct jmespath *expression = compile(&arena, str_from(row->name));
    json_t *value =
        load(&arena, "{\"a\": \"text\", \"b\": 1, \"r\": 1.5, \"n\": \"12\", "
                     "\"l\": [3, 1, 2.5], \"o\": {\"k\": 1}}");
    struct error err = { 0 };

    jmespath_context_bind(context, STR("x"), load(&arena, "{\"y\": [1]}"));
    assert_non_null(jmespath_run(expression, value, context, &err));
    jmespath_context_reset(context);
    before = context_arena;
    allocation_count = 0;
    counting = true;
    for (size_t i = 0; i < 1000; i++) {
        assert_non_null(jmespath_run(expression, value, context, &err));
        jmespath_context_reset(context);
    }
    counting = false;
    assert_int_equal(allocation_count, 0);
    assert_memory_equal(&before, &context_arena, sizeof before);
    arena_release(&context_arena);
    arena_release(&arena);
}

static const struct predicate predicates[] = {
    { "a == 'text'" },
    { "a != b && !c" },
    { "a || 'x'" },
    { "contains(a, 'e') && a" },
    { "$x.y[0]" },
    { "a >= '2024' || b < `2`" },
    { "let $t = a in $t == 'text' && starts_with($t, 't')" },
    { "not_null(c, a) == 'text'" },
    { "o == `{\"k\": 1}` && l[-1] == `2.5`" },
};

/* What a run made and the caller keeps is not given to the next. */
static void a_kept_result_stays(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct jmespath *expression = compile(&arena, STR("length(@)"));
    struct jmespath_context *context = jmespath_context_new(&arena);
    json_t *kept =
        json_incref(jmespath_run(expression, load(&arena, "[1, 2]"), context, &err));

    (void)state;
    jmespath_context_reset(context);
    for (size_t i = 0; i < 100; i++) {
        assert_non_null(jmespath_run(expression, load(&arena, "[]"), context, &err));
        if (i % 10 == 9)
            jmespath_context_reset(context);
    }
    assert_int_equal(json_integer_value(kept), 2);
    json_decref(kept);
    arena_release(&arena);
}

static void a_part_of_an_expression_runs_alone(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct jmespath *expression = compile(&arena, STR("a.b == `1` && c"));
    json_t *result = jmespath_run_node(jmespath_root(expression)->left->left,
                                       load(&arena, "{\"a\": {\"b\": 7}}"),
                                       jmespath_context_new(&arena), &err);

    (void)state;
    assert_int_equal(json_integer_value(result), 7);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };
    int status;

    json_set_alloc_funcs(counted_malloc, free);
    TESTS_ADD_ROWS(&tests, language, row_test);
    TESTS_ADD_ROWS(&tests, numbers, row_test);
    TESTS_ADD_ROWS(&tests, text, row_test);
    TESTS_ADD_ROWS(&tests, functions, row_test);
    TESTS_ADD_ROWS(&tests, kinds, kind_test);
    TESTS_ADD(&tests, nul_in_a_key_is_a_character);
    TESTS_ADD(&tests, values_are_compared_to_a_depth);
    TESTS_ADD_ROWS(&tests, endless, endless_test);
    TESTS_ADD(&tests, printing_and_comparing_cost_steps);
    TESTS_ADD(&tests, a_search_costs_what_it_takes);
    TESTS_ADD(&tests, a_result_may_not_be_too_deep);
    TESTS_ADD(&tests, a_result_lives_until_the_reset);
    TESTS_ADD_ROWS(&tests, predicates, predicate_test);
    TESTS_ADD(&tests, a_kept_result_stays);
    TESTS_ADD(&tests, a_part_of_an_expression_runs_alone);
    status = tests_run("jmespath_run", &tests);
    arena_release(&tests.arena);
    return status;
}
