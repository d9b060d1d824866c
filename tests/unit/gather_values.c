/* Texts and their numbers. */
#include "rows.h"

#include "gather/values.h"

#include <stdio.h>
#include <string.h>

enum { MANY = 3000 };

static uint32_t number_of(struct values *values, struct str text)
{
    uint32_t hash = 0, number = values_find(values, text, &hash);

    return number != VALUES_NEW ? number : values_add(values, text, hash);
}

static void a_text_has_one_number(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct values *values = values_new(&arena);
    const struct str texts[] = { STR("\"a\""), STR("\"b\""), STR(""), STR("\"a\" ") };
    uint32_t hash;

    (void)state;
    assert_int_equal(values_find(values, STR("\"a\""), &hash), VALUES_NEW);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(number_of(values, texts[i]), i + 1);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(values_find(values, texts[i], &hash), i + 1);
        assert_true(str_same(values_text(values, (uint32_t)i + 1), texts[i]));
    }
    arena_release(&arena);
}

static void what_has_no_text_is_absent(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct values *values = values_new(&arena);
    uint32_t hash;

    (void)state;
    assert_int_equal(values_find(values, STR_NONE, &hash), VALUE_ABSENT);
    assert_null(values_text(values, VALUE_ABSENT).text);
    arena_release(&arena);
}

/* Short ones stand end to end, and the longest in memory of their own. */
static void many_are_found_again(void **state)
{
    static char text[200 * 1000];
    struct arena arena = ARENA_EMPTY;
    struct values *values = values_new(&arena);

    (void)state;
    memset(text, 'x', sizeof text);
    for (unsigned turn = 0; turn < 2; turn++) {
        for (unsigned i = 0; i < MANY; i++) {
            size_t len = i % 100 == 0 ? sizeof text - i : 8 + i % 50;
            uint32_t number;

            memcpy(text, &i, sizeof i);
            number = number_of(values, (struct str){ text, len });
            assert_int_equal(number, i + 1);
            assert_int_equal(values_text(values, number).len, len);
            assert_memory_equal(values_text(values, number).text, text, len);
        }
    }
    arena_release(&arena);
}

static void factors_are_odd_and_differ(void **state)
{
    (void)state;
    for (size_t i = 0; i < 100; i++) {
        assert_int_equal(tuple_factor(i) & 1, 1);
        assert_true(tuple_factor(i) == tuple_factor(i));
        assert_true(tuple_factor(i) != tuple_factor(i + 1));
    }
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, a_text_has_one_number);
    TESTS_ADD(&tests, what_has_no_text_is_absent);
    TESTS_ADD(&tests, many_are_found_again);
    TESTS_ADD(&tests, factors_are_odd_and_differ);
    return tests_run("gather_values", &tests);
}
