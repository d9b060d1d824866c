#include "report/page.h"

#include "rows.h"

static const struct words_row {
    const char *name;
    size_t width, indent;
    const char *text, *page;
} words_rows[] = {
    { "a text that fits is one line", 10, 0, "aaa bbb", "aaa bbb\n" },
    { "a line may be as long as the width", 7, 0, "aaa bbb", "aaa bbb\n" },
    { "and not longer", 6, 0, "aaa bbb", "aaa\nbbb\n" },
    { "each line is indented", 6, 2, "aaa bbb", "  aaa\n  bbb\n" },
    { "a word that is too long is not broken", 4, 0, "a bbbbbbbb c",
      "a\nbbbbbbbb\nc\n" },
    { "blanks within a line stay", 20, 0, "a   b", "a   b\n" },
    { "blanks at a break go", 4, 0, "aaa   bbb", "aaa\nbbb\n" },
    { "blanks at the end go", 9, 0, "aaa   ", "aaa\n" },
    { "width counts characters", 7, 0, "äöü éèê", "äöü éèê\n" },
    { "width counts what is shown", 7, 0, "a\tb cc", "a\\x09b\ncc\n" },
    { "nothing is no line", 7, 2, "", "" },
    { "only blanks are no line", 7, 2, "   ", "" },
    { "a no-break space breaks nothing", 4, 0,
      "aaa\xc2\xa0"
      "bbb",
      "aaa\xc2\xa0"
      "bbb\n" },
};

static void words_test(void **state)
{
    const struct words_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY(&arena);
    struct page page = PAGE_NEW(&out, row->width);

    page.indent = row->indent;
    page_words(&page, str_from(row->text));
    page_line(&page);
    assert_string_equal(buf_str(&out).text, row->page);
    arena_release(&arena);
}

static const struct paragraphs_row {
    const char *name;
    const char *text, *page;
} paragraphs_rows[] = {
    { "lines of a paragraph are joined", "aaa\nbbb\n", "  aaa bbb\n" },
    { "an empty line parts paragraphs", "aaa\n\nbbb", "  aaa\n\n  bbb\n" },
    { "a line that ends a sentence is not joined", "aaa.\nbbb:\nccc,\nddd",
      "  aaa.\n  bbb:\n  ccc, ddd\n" },
    { "a line of blanks parts them too", "aaa\n  \nbbb", "  aaa\n\n  bbb\n" },
    { "an indented line stays as it is",
      "run:\n    aws rds describe-db-snapshots --all\nend",
      "  run:\n      aws rds describe-db-snapshots --all\n  end\n" },
    { "an item hangs", "- one two three four five\n- six",
      "  - one two three\n    four five\n  - six\n" },
    { "a numbered item hangs", "1. one two three four five\n10. six",
      "  1. one two three\n     four five\n  10. six\n" },
    { "so does one with an asterisk", "* one two three four five\n* six",
      "  * one two three\n    four five\n  * six\n" },
    { "a number that is no mark is a word", "1.5 GB", "  1.5 GB\n" },
    { "so is a number alone", "1 one two three four", "  1 one two three\n  four\n" },
    { "or a number at the end", "one\n12", "  one 12\n" },
    { "or with a point at the end", "one\n12.", "  one 12.\n" },
    { "a letter is no mark", "I one two three four", "  I one two three\n  four\n" },
    { "nor is a word that begins as one", "-one two three four\n*f",
      "  -one two three\n  four *f\n" },
    { "a mark alone is a word", "one\n-\n*\ntwo", "  one - * two\n" },
    { "what follows an item's lines hangs, too", "- one two three\nfour five\n\nsix",
      "  - one two three\n    four five\n\n  six\n" },
    { "an indented line ends an item", "- one\n  aws\ntwo",
      "  - one\n    aws\n  two\n" },
    { "nothing is nothing", "", "" },
    { "line ends behind it go", "aaa\n\n\n", "  aaa\n" },
};

static void paragraphs_test(void **state)
{
    const struct paragraphs_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY(&arena);
    struct page page = PAGE_NEW(&out, 20);

    page.indent = 2;
    page_paragraphs(&page, str_from(row->text));
    assert_string_equal(buf_str(&out).text, row->page);
    assert_int_equal(page.indent, 2);
    arena_release(&arena);
}

static void solid_text_moves_to_a_line_of_its_own(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY(&arena);
    struct page page = PAGE_NEW(&out, 10);

    (void)state;
    page_words(&page, STR("see "));
    page_solid(&page, STR("a b c d e f"));
    page_line(&page);
    assert_string_equal(buf_str(&out).text, "see\na b c d e f\n");
    arena_release(&arena);
}

static void colour_takes_no_room(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY(&arena);
    struct page page = PAGE_NEW(&out, 8);

    (void)state;
    page_coloured(&page, STR("FA\x1b"), "<red>", "</red>");
    page_tab(&page, 7);
    page_words(&page, STR("x"));
    page_line(&page);
    assert_string_equal(buf_str(&out).text, "<red>FA\\x1b</red> x\n");
    arena_release(&arena);
}

static const struct tab_row {
    const char *name;
    const char *words;
    size_t column;
    const char *page;
} tab_rows[] = {
    { "a tab moves to its column", "aaa", 5, "aaa  b\n" },
    { "one that was passed is a space", "aaa", 2, "aaa b\n" },
    { "so is one that is reached", "aaa", 3, "aaa b\n" },
    { "or reached by the first character", "a", 1, "a b\n" },
    { "the next column is a space away", "a", 2, "a b\n" },
    { "at the start of a line there is none", "", 4, "b\n" },
};

static void tab_test(void **state)
{
    const struct tab_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY(&arena);
    struct page page = PAGE_NEW(&out, 40);

    page_words(&page, str_from(row->words));
    page_tab(&page, row->column);
    page_words(&page, STR("b"));
    page_tab(&page, 9); /* with nothing behind it is none */
    page_line(&page);
    assert_string_equal(buf_str(&out).text, row->page);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, words_rows, words_test);
    TESTS_ADD_ROWS(&tests, paragraphs_rows, paragraphs_test);
    TESTS_ADD(&tests, solid_text_moves_to_a_line_of_its_own);
    TESTS_ADD(&tests, colour_takes_no_room);
    TESTS_ADD_ROWS(&tests, tab_rows, tab_test);
    return tests_run("report_page", &tests);
}
