#include "config/mistakes.h"

#include "rows.h"

#include <string.h>

static const struct place place = { "rule.yaml", 3, 7 };

/* ---- messages ---- */

static const struct message_row {
    const char *name, *quoted, *expected;
} message_rows[] = {
    { "plain text stays", "abc", "'abc'" },
    { "UTF-8 stays", "\xc3\xa9\xe2\x82\xac", "'\xc3\xa9\xe2\x82\xac'" },
    { "a line end does not break the line", "a\nb", "'a\\nb'" },
    { "a tab is shown", "a\tb", "'a\\tb'" },
    { "a terminal's escape sequence does not reach it", "\x1b[2J", "'\\x1b[2J'" },
    { "delete is shown", "\x7f", "'\\x7f'" },
    { "a C1 control character is shown", "\xc2\x9b", "'\\u009b'" },
    { "what only begins like a C1 control character stays", "\xc2\xa0", "'\xc2\xa0'" },
};

static void message_test(void **state)
{
    const struct message_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    mistakes_error(&mistakes, place, "'%s'", row->quoted);
    assert_string_equal(mistakes.items[0].message, row->expected);
    arena_release(&arena);
}

static void errors_and_warnings_are_counted_apart(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    (void)state;
    mistakes_error(&mistakes, place, "wrong %d", 1);
    mistakes_warning(&mistakes, place, "doubtful %d", 2);
    mistakes_error(&mistakes, place, "wrong %d", 3);
    assert_int_equal(mistakes.count, 3);
    assert_int_equal(mistakes.error_count, 2);
    assert_int_equal(mistakes.warning_count, 1);
    assert_string_equal(mistakes.items[1].message, "doubtful 2");
    assert_string_equal(mistakes.items[1].path, "rule.yaml");
    assert_int_equal(mistakes.items[1].line, 3);
    assert_int_equal(mistakes.items[1].column, 7);
    assert_true(mistakes.items[1].warning);
    assert_false(mistakes.items[2].warning);
    assert_null(mistakes.items[0].excerpt);
    arena_release(&arena);
}

static void a_long_message_is_cut_between_characters(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct buf buf = BUF_EMPTY(&arena);
    size_t len;

    (void)state;
    for (size_t i = 0; i < 1000; i++)
        buf_add(&buf, STR("\xe2\x82\xac"));
    mistakes_error(&mistakes, place, "%s", buf_str(&buf).text);
    len = strlen(mistakes.items[0].message);
    assert_int_equal(len, 999); /* 332 characters of three bytes, and the dots */
    assert_string_equal(mistakes.items[0].message + len - 6, "\xe2\x82\xac...");
    arena_release(&arena);
}

static void beyond_the_limit_mistakes_are_only_counted(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    (void)state;
    for (int i = 0; i < MISTAKES_MAX + 5; i++)
        mistakes_error(&mistakes, place, "wrong %d", i);
    assert_int_equal(mistakes.count, MISTAKES_MAX);
    assert_int_equal(mistakes.error_count, MISTAKES_MAX + 5);
    assert_string_equal(mistakes.items[MISTAKES_MAX - 1].message, "wrong 999");
    mistakes_show(&mistakes, STR("of the mistake that was dropped"), 1);
    assert_null(mistakes.items[MISTAKES_MAX - 1].excerpt);
    arena_release(&arena);
}

/* ---- excerpts ---- */

#define TEN    "0123456789"
#define NINETY TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define BLANKS "          "

static const struct excerpt_row {
    const char *name, *text;
    size_t column;
    const char *expected;
} excerpt_rows[] = {
    { "the caret stands below the column", "a == b", 3, "a == b\n  ^" },
    { "the first column", "a", 1, "a\n^" },
    { "just behind the text", "ab", 3, "ab\n  ^" },
    { "far behind the text is its end", "ab", 900, "ab\n  ^" },
    { "no column, no caret", "ab", 0, "ab" },
    { "empty text", "", 1, "\n^" },
    { "columns are characters, not bytes", "\xc3\xa9\xc3\xa9 x", 4,
      "\xc3\xa9\xc3\xa9 x\n   ^" },
    { "an expression of several lines is shown on one", "a &&\n  b", 7,
      "a &&   b\n      ^" },
    { "a control character takes one column",
      "\x1b[ \xc2\x9b"
      "b",
      5, " [  b\n    ^" },
    { "160 characters are shown whole", NINETY TEN TEN TEN TEN TEN TEN TEN, 160,
      NINETY TEN TEN TEN TEN TEN TEN TEN "\n" BLANKS BLANKS BLANKS BLANKS BLANKS BLANKS
          BLANKS BLANKS BLANKS BLANKS BLANKS BLANKS BLANKS BLANKS BLANKS "         ^" },
    { "a longer text is cut behind", NINETY NINETY, 2,
      NINETY TEN TEN TEN TEN TEN TEN TEN "...\n ^" },
    { "and before, so that the caret is seen", NINETY NINETY "x", 181,
      "..." NINETY TEN
      "x\n   " BLANKS BLANKS BLANKS BLANKS BLANKS BLANKS BLANKS BLANKS BLANKS BLANKS
      "^" },
};

static void excerpt_test(void **state)
{
    const struct excerpt_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    mistakes_error(&mistakes, place, "wrong");
    mistakes_show(&mistakes, str_from(row->text), row->column);
    assert_string_equal(mistakes.items[0].excerpt, row->expected);
    arena_release(&arena);
}

static void without_a_mistake_nothing_is_shown(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    (void)state;
    mistakes_show(&mistakes, STR("a"), 1);
    assert_int_equal(mistakes.count, 0);
    arena_release(&arena);
}

/* ---- order ---- */

static void they_are_sorted_by_path_line_and_column(void **state)
{
    static const struct {
        struct place place;
        const char *message;
    } added[] = {
        { { "b", 1, 1 }, "7" }, { { "a", 2, 1 }, "5" },  { { "a", 10, 1 }, "6" },
        { { "a", 1, 9 }, "3" }, { { "a", 1, 10 }, "4" }, { { "a", 0, 0 }, "2" },
        { { "b", 1, 1 }, "8" }, { { NULL, 0, 0 }, "1" }, { { "b", 1, 1 }, "9" },
    };
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    char order[sizeof added / sizeof added[0] + 1] = "";

    (void)state;
    for (size_t i = 0; i < sizeof added / sizeof added[0]; i++)
        mistakes_error(&mistakes, added[i].place, "%s", added[i].message);
    mistakes_sort(&mistakes);
    for (size_t i = 0; i < mistakes.count; i++)
        order[i] = mistakes.items[i].message[0];
    assert_string_equal(order, "123456789");
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, message_rows, message_test);
    TESTS_ADD(&tests, errors_and_warnings_are_counted_apart);
    TESTS_ADD(&tests, a_long_message_is_cut_between_characters);
    TESTS_ADD(&tests, beyond_the_limit_mistakes_are_only_counted);
    TESTS_ADD_ROWS(&tests, excerpt_rows, excerpt_test);
    TESTS_ADD(&tests, without_a_mistake_nothing_is_shown);
    TESTS_ADD(&tests, they_are_sorted_by_path_line_and_column);
    return tests_run("config_mistakes", &tests);
}
