#include "rows.h"

#include "jmespath/jmespath.h"

#include <float.h>

struct printed {
    const char *name;
    const char *json; /* NULL: `real` */
    double real;
    size_t indent;
    const char *text;
};

static void printed_test(void **state)
{
    const struct printed *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&arena);
    json_error_t why;
    json_t *value = row->json != NULL
                        ? json_loads(row->json, JSON_DECODE_ANY | JSON_ALLOW_NUL, &why)
                        : json_real(row->real);

    assert_non_null(value);
    jmespath_print(value, row->indent, &buf);
    json_decref(value);
    assert_string_equal(buf_str(&buf).text, row->text);
    arena_release(&arena);
}

static const struct printed rows[] = {
    { "an integer is whole", "-12", 0, 0, "-12" },
    { "the least integer", "-9223372036854775808", 0, 0, "-9223372036854775808" },
    { "1.0 stays 1.0", NULL, 1.0, 0, "1.0" },
    { "0.0 stays 0.0", NULL, 0.0, 0, "0.0" },
    { "-0.0 stays -0.0", NULL, -0.0, 0, "-0.0" },
    { "a time in seconds", NULL, 1568928754.747, 0, "1568928754.747" },
    { "the fewest digits", NULL, 0.1, 0, "0.1" },
    { "of the shortest, the one that is meant", NULL, 1e23, 0, "1e+23" },
    { "as many as are needed", NULL, 0.1 + 0.2, 0, "0.30000000000000004" },
    { "a hundred", NULL, 100.0, 0, "100.0" },
    { "16 digits before the point", NULL, 1234567890123456.0, 0, "1234567890123456.0" },
    { "17 have an exponent", NULL, 1e16, 0, "1e+16" },
    { "an exponent with a fraction", NULL, 1.5e16, 0, "1.5e+16" },
    { "an exponent of three digits", NULL, DBL_MAX, 0, "1.7976931348623157e+308" },
    { "four digits behind the point", NULL, 0.0001, 0, "0.0001" },
    { "five have an exponent", NULL, 0.00001, 0, "1e-05" },
    { "a small one with digits", NULL, 0.00012345, 0, "0.00012345" },
    { "the smallest number", NULL, 4.9406564584124654e-324, 0, "5e-324" },
    { "the smallest normal number", NULL, DBL_MIN, 0, "2.2250738585072014e-308" },
    { "a power of two, below which numbers are denser", NULL, 7.120236347223045e-307, 0,
      "7.120236347223045e-307" },
    { "true, false and null", "[true, false, null]", 0, 0, "[true, false, null]" },
    { "text outside ASCII as it is", "\"\\u00e9\xE2\x9C\x93\\ud83d\\ude00\"", 0, 0,
      "\"\xC3\xA9\xE2\x9C\x93\xF0\x9F\x98\x80\"" },
    { "short escapes", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", 0, 0,
      "\"\\\"\\\\/\\b\\f\\n\\r\\t\"" },
    { "other control characters", "\"\\u0000\\u0001\\u001f\\u007f\"", 0, 0,
      "\"\\u0000\\u0001\\u001f\x7f\"" },
    { "one line", "{\"b\": [1, {}], \"a\": {\"c\": []}}", 0, 0,
      "{\"b\": [1, {}], \"a\": {\"c\": []}}" },
    { "indented", "{\"b\": [1, {}], \"a\": {\"c\": []}}", 0, 4,
      "{\n    \"b\": [\n        1,\n        {}\n    ],\n    \"a\": {\n        \"c\": "
      "[]\n    }\n}" },
    { "indented by one", "[[1, 2]]", 0, 1, "[\n [\n  1,\n  2\n ]\n]" },
    { "empty, indented", "{}", 0, 2, "{}" },
    { "a key is escaped, too", "{\"a\\n\": 1}", 0, 0, "{\"a\\n\": 1}" },
};

static void nul_in_a_key_is_printed(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&arena);
    json_t *value = json_object();

    (void)state;
    json_object_setn_new(value, "a\0b", 3, json_stringn("\0", 1));
    jmespath_print(value, 0, &buf);
    json_decref(value);
    assert_string_equal(buf_str(&buf).text, "{\"a\\u0000b\": \"\\u0000\"}");
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };
    int status;

    TESTS_ADD_ROWS(&tests, rows, printed_test);
    TESTS_ADD(&tests, nul_in_a_key_is_printed);
    status = tests_run("jmespath_print", &tests);
    arena_release(&tests.arena);
    return status;
}
