#include "rows.h"

#include "base/order.h"

#include <string.h>

static const struct order_row {
    const char *name;
    const char *given, *sorted, *once; /* a letter an item */
} rows[] = {
    { "no items", "", "", "" },
    { "one item", "a", "a", "a" },
    { "in order already", "abbc", "abbc", "abc" },
    { "out of order at the end", "abca", "aabc", "abc" },
    { "backwards", "dcba", "abcd", "abcd" },
    { "all the same", "bbbb", "bbbb", "b" },
    { "the same at the start and at the end", "aabcc", "aabcc", "abc" },
};

static int compare(const void *left, const void *right)
{
    return *(const char *)left - *(const char *)right;
}

static void order_test(void **state)
{
    const struct order_row *row = *state;
    char items[8];
    size_t count = strlen(row->given);

    memcpy(items, row->given, count);
    order_sort(items, count, 1, compare);
    assert_memory_equal(items, row->sorted, count);
    count = order_unique(items, count, 1, compare);
    assert_int_equal(count, strlen(row->once));
    assert_memory_equal(items, row->once, count);
}

static void texts_are_kept_once(void **state)
{
    struct str items[] = { STR("b"), STR("ab"), STR("b"), STR("a"), STR("ab") };
    struct str_list list = { items, COUNT_OF(items) }, none = { NULL, 0 };

    (void)state;
    order_texts(&list);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[0].text, "a");
    assert_string_equal(list.items[1].text, "ab");
    assert_string_equal(list.items[2].text, "b");
    order_texts(&none);
    assert_int_equal(none.count, 0);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, order_test);
    TESTS_ADD(&tests, texts_are_kept_once);
    return tests_run("base_order", &tests);
}
