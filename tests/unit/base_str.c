#include "rows.h"

#include "base/str.h"

#include <stdint.h>
#include <string.h>

static int sign(int number)
{
    return (number > 0) - (number < 0);
}

static const struct compare_row {
    const char *name;
    const char *left, *right; /* NULL: absent */
    int order;
    bool equal_ignoring_case;
} compare_rows[] = {
    { "the same text", "snap", "snap", 0, true },
    { "a prefix comes first", "snap", "snaps", -1, false },
    { "longer text comes last", "snaps", "snap", 1, false },
    { "upper case comes first", "Snap", "snap", -1, true },
    { "a byte above 127 comes last", "\xC3\xA9", "z", 1, false },
    { "only ASCII letters have a case", "\xC3\x89", "\xC3\xA9", -1, false },
    { "absent equals empty in comparisons", NULL, "", 0, true },
    { "empty is before all", "", "a", -1, false },
    { "@ and ` are no two cases of a letter", "@", "`", -1, false },
    { "[ and { are no two cases of a letter", "[", "{", -1, false },
};

static void compare_test(void **state)
{
    const struct compare_row *row = *state;
    struct str left = str_from(row->left), right = str_from(row->right);

    assert_int_equal(sign(str_compare(left, right)), row->order);
    assert_int_equal(sign(str_compare(right, left)), -row->order);
    assert_int_equal(str_equal(left, right), row->order == 0);
    assert_int_equal(str_equal_ignoring_case(left, right), row->equal_ignoring_case);
}

static const struct find_row {
    const char *name;
    const char *text, *part;
    size_t at;
    bool starts, ends;
} find_rows[] = {
    { "the first place counts", "a-b-a-b", "b", 2, false, true },
    { "at the start", "snapshot", "snap", 0, true, false },
    { "the whole text", "snap", "snap", 0, true, true },
    { "a part that is longer", "snap", "snaps", SIZE_MAX, false, false },
    { "empty is everywhere", "snap", "", 0, true, true },
    { "empty is in empty", "", "", 0, true, true },
    { "nothing is in empty", "", "a", SIZE_MAX, false, false },
    { "after a false start", "aab", "ab", 1, false, true },
    { "a false start at the end", "abaa", "aab", SIZE_MAX, false, false },
    { "behind two false starts", "aaab-aaac", "aac", 6, false, true },
};

static void find_test(void **state)
{
    const struct find_row *row = *state;
    struct str text = str_from(row->text), part = str_from(row->part);

    assert_int_equal(str_find(text, part), row->at);
    assert_int_equal(str_starts_with(text, part), row->starts);
    assert_int_equal(str_ends_with(text, part), row->ends);
}

static const struct trim_row {
    const char *name;
    const char *text, *trimmed;
} trim_rows[] = {
    { "blanks go on both sides", " \t\r\na b\n \t\r", "a b" },
    { "nothing to trim", "ab", "ab" },
    { "nothing but blanks", " \n ", "" },
    { "empty", "", "" },
    { "a vertical tab is no blank", "\va\f", "\va\f" },
    { "a no-break space is no blank", "\xC2\xA0", "\xC2\xA0" },
};

static void trim_test(void **state)
{
    const struct trim_row *row = *state;

    assert_true(str_equal(str_trim(str_from(row->text)), str_from(row->trimmed)));
}

static const struct next_row {
    const char *name;
    const char *text, *parts; /* each in brackets */
} next_rows[] = {
    { "parts between separators", "a,bc,d", "[a][bc][d]" },
    { "one part", "abc", "[abc]" },
    { "empty ones, too", ",a,,", "[][a][][]" },
    { "empty text is one part", "", "[]" },
    { "absent text has none", NULL, "" },
};

static void next_test(void **state)
{
    const struct next_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf parts = BUF_EMPTY(&arena);
    struct str rest = str_from(row->text), part;

    while ((part = str_next(&rest, ',')).text != NULL)
        buf_printf(&parts, "[%.*s]", STR_ARG(part));
    assert_string_equal(buf_str(&parts).text, row->parts);
    arena_release(&arena);
}

static void absent_differs_from_empty(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct str none = STR_NONE, empty = STR("");

    (void)state;
    assert_null(none.text);
    assert_non_null(empty.text);
    assert_null(str_from(NULL).text);
    assert_non_null(str_from("").text);
    assert_non_null(str_copy(&arena, none).text);
    assert_null(str_slice(none, 0, 0).text);
    arena_release(&arena);
}

static void text_may_hold_nul(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct str text = STR("a\0b"), other = STR("a\0c");

    (void)state;
    assert_int_equal(text.len, 3);
    assert_false(str_equal(text, other));
    assert_true(str_compare(text, other) < 0);
    assert_int_equal(str_find(text, STR("b")), 2);
    assert_memory_equal(str_copy(&arena, text).text, "a\0b", 4);
    arena_release(&arena);
}

static void a_buf_grows_and_ends_in_a_nul(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&arena);

    (void)state;
    assert_string_equal(buf_str(&buf).text, "");
    for (int i = 0; i < 1000; i++) {
        buf_add(&buf, STR("ab"));
        buf_add_byte(&buf, 'c');
        buf_printf(&buf, "%03d", i);
        assert_int_equal(strlen(buf.text), buf.len);
    }
    buf_add(&buf, STR_NONE);
    assert_int_equal(buf_str(&buf).len, 6000);
    assert_true(str_ends_with(buf_str(&buf), STR("abc999")));
    buf_clear(&buf);
    assert_string_equal(buf_str(&buf).text, "");
    buf_add_byte(&buf, '\0');
    assert_int_equal(buf_str(&buf).len, 1);
    arena_release(&arena);
}

static void clearing_an_empty_buf_is_nothing(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&arena);

    (void)state;
    buf_clear(&buf);
    assert_int_equal(buf_str(&buf).len, 0);
    arena_release(&arena);
}

static void kinds_of_bytes_are_ascii_s(void **state)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    (void)state;
    for (int i = 0; i < 256; i++) {
        char byte = (char)i;

        assert_int_equal(is_letter(byte), i != 0 && strchr(letters, i) != NULL);
        assert_int_equal(is_digit(byte), i != 0 && strchr("0123456789", i) != NULL);
        assert_int_equal(is_blank_byte(byte), i != 0 && strchr(" \t\r\n", i) != NULL);
        assert_int_equal(to_lower(byte), i >= 'A' && i <= 'Z' ? (char)(i + 32) : byte);
    }
}

static void text_of_any_length_is_printed(void **state)
{
    struct arena arena = ARENA_EMPTY;

    (void)state;
    for (int len = 0; len < 2 * PRINTED_BYTES_FEW; len++) {
        struct buf buf = BUF_EMPTY(&arena);

        buf_printf(&buf, "%0*d", len + 1, 7);
        buf_printf(&buf, "%d", 8);
        assert_int_equal(strlen(buf_str(&buf).text), len + 2);
        assert_string_equal(buf_str(&buf).text + len, "78");
    }
    arena_release(&arena);
}

/* ---- a buf that is drained ---- */

struct kept {
    struct drain drain;
    struct buf text;
    size_t pieces;
};

static void keep(struct drain *drain, struct str piece)
{
    struct kept *kept = (struct kept *)drain;

    buf_add(&kept->text, piece);
    kept->pieces++;
}

static void a_drain_takes_all_in_order(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct kept kept = { { keep }, BUF_EMPTY(&arena), 0 };
    struct buf buf = { .arena = &arena, .drain = &kept.drain };
    struct buf whole = BUF_EMPTY(&arena);
    char *large = arena_array(&arena, 3 * BUF_DRAINED_BYTES, char);

    (void)state;
    memset(large, 'x', 3 * BUF_DRAINED_BYTES);
    for (int i = 0; i < 20 * 1000; i++) {
        buf_printf(&buf, "line %d\n", i);
        buf_printf(&whole, "line %d\n", i);
        assert_true(buf.capacity <= BUF_DRAINED_BYTES);
    }
    assert_true(kept.pieces >= 2);
    buf_add(&buf, (struct str){ large, 3 * BUF_DRAINED_BYTES });
    buf_add(&whole, (struct str){ large, 3 * BUF_DRAINED_BYTES });
    buf_drain(&buf);
    assert_int_equal(buf.len, 0);
    assert_true(str_equal(buf_str(&kept.text), buf_str(&whole)));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, compare_rows, compare_test);
    TESTS_ADD_ROWS(&tests, find_rows, find_test);
    TESTS_ADD_ROWS(&tests, trim_rows, trim_test);
    TESTS_ADD_ROWS(&tests, next_rows, next_test);
    TESTS_ADD(&tests, absent_differs_from_empty);
    TESTS_ADD(&tests, text_may_hold_nul);
    TESTS_ADD(&tests, a_buf_grows_and_ends_in_a_nul);
    TESTS_ADD(&tests, clearing_an_empty_buf_is_nothing);
    TESTS_ADD(&tests, kinds_of_bytes_are_ascii_s);
    TESTS_ADD(&tests, text_of_any_length_is_printed);
    TESTS_ADD(&tests, a_drain_takes_all_in_order);
    return tests_run("base_str", &tests);
}
