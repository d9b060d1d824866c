#include "rows.h"

#include "compare/values.h"

#include <string.h>

static const struct row {
    const char *name;
    const char *was, *is;
    size_t count;
    const char *pointer, *before, *now; /* of the first difference */
} rows[] = {
    { "the same", "{\"a\": [1, \"x\", null]}", "{\"a\": [1, \"x\", null]}", 0, NULL,
      NULL, NULL },
    { "the order of keys is none", "{\"a\": 1, \"b\": 2}", "{\"b\": 2, \"a\": 1}", 0,
      NULL, NULL, NULL },
    { "a number", "{\"a\": 1}", "{\"a\": 2}", 1, "/top/a", "1", "2" },
    { "a text and a number", "[\"1\"]", "[1]", 1, "/top/0", "\"1\"", "1" },
    { "null and false", "[null]", "[false]", 1, "/top/0", "null", "false" },
    { "a key more", "{}", "{\"a\": 1}", 1, "/top/a", "nothing", "1" },
    { "a key less", "{\"a\": {}}", "{}", 1, "/top/a", "{}", "nothing" },
    { "a list that is longer, and differs before", "[1, 2]", "[1, 3, 4]", 2, "/top",
      "2 items", "3 items" },
    { "an object and a list", "[{}]", "[[]]", 1, "/top/0", "{}", "0 items" },
    { "deep, and several", "{\"a\": {\"b\": [0, {\"c\": 1}]}, \"d\": 1}",
      "{\"a\": {\"b\": [0, {\"c\": 2}]}, \"d\": 2}", 2, "/top/a/b/1/c", "1", "2" },
    { "a key that a pointer escapes", "{\"a/b~\": 1}", "{}", 1, "/top/a~1b~0", "1",
      "nothing" },
    { "an item's order", "[1, 2]", "[2, 1]", 2, "/top/0", "1", "2" },
    { "a whole number beyond a double", "[9007199254740993]", "[9007199254740992]", 1,
      "/top/0", "9007199254740993", "9007199254740992" },
    { "text with NUL", "[\"a\\u0000b\"]", "[\"a\\u0000c\"]", 1, "/top/0",
      "\"a\\u0000b\"", "\"a\\u0000c\"" },
    { "a long text is cut between characters",
      "[\"0123456789012345678901234567890123456789012345678901234567\xC3\xA9zz\"]",
      "[0]", 1, "/top/0",
      "\"0123456789012345678901234567890123456789012345678901234567...", "0" },
    { "of long texts the part that differs is shown",
      "[\"0123456789012345678901234567890123456789\xC3\xA9 23456789012345678 one\"]",
      "[\"0123456789012345678901234567890123456789\xC3\xA9 23456789012345678 two\"]", 1,
      "/top/0", "...\xC3\xA9 23456789012345678 one\"",
      "...\xC3\xA9 23456789012345678 two\"" },
};

static json_t *parse(const char *text)
{
    json_t *value = json_loads(text, JSON_ALLOW_NUL, NULL);

    assert_non_null(value);
    return value;
}

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    json_t *was = parse(row->was), *is = parse(row->is);
    struct difference first = { 0 };

    assert_int_equal(values_differ(&arena, "/top", was, is, &first), row->count);
    if (row->count > 0) {
        assert_string_equal(first.pointer, row->pointer);
        assert_string_equal(first.was, row->before);
        assert_string_equal(first.is, row->now);
    }
    json_decref(was);
    json_decref(is);
    arena_release(&arena);
}

static void one_that_is_not_there(void **state)
{
    struct arena arena = ARENA_EMPTY;
    json_t *value = parse("[]");
    struct difference first = { 0 };

    (void)state;
    assert_int_equal(values_differ(&arena, "/a", NULL, NULL, &first), 0);
    assert_int_equal(values_differ(&arena, "/a", NULL, value, &first), 1);
    assert_string_equal(first.was, "nothing");
    assert_int_equal(values_differ(&arena, "/a", value, NULL, &first), 1);
    assert_string_equal(first.pointer, "/a");
    json_decref(value);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, one_that_is_not_there);
    return tests_run("compare_values", &tests);
}
