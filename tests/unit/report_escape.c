#include "report/escape.h"

#include "rows.h"

#define BYTES(literal)                                                                 \
    {                                                                                  \
        "" literal, sizeof(literal) - 1                                                \
    }

static const struct row {
    const char *name;
    struct str text;
    const char *shown; /* to a reader */
    struct str kept;   /* as valid UTF-8; absent: as it came */
    size_t characters;
} rows[] = {
    { "plain text stays", BYTES("a b\\c"), "a b\\c", { 0 }, 5 },
    { "text beyond ASCII stays",
      BYTES("Zürich 東京 🙂"),
      "Zürich 東京 🙂",
      { 0 },
      11 },
    { "the empty text is empty", BYTES(""), "", { 0 }, 0 },
    { "a line end cannot end the line",
      BYTES("a\nb\r\t"),
      "a\\x0ab\\x0d\\x09",
      { 0 },
      5 },
    { "NUL is shown and kept", BYTES("a\0b"), "a\\x00b", { 0 }, 3 },
    { "DEL is shown", BYTES("\x7f"), "\\x7f", { 0 }, 1 },
    { "a terminal escape does nothing", BYTES("\x1b[2J"), "\\x1b[2J", { 0 }, 4 },
    { "a C1 control does nothing",
      BYTES("\xc2\x9b"
            "2J"),
      "\\u{9b}2J",
      { 0 },
      3 },
    { "U+00A0 is no control", BYTES("\xc2\xa0"), "\xc2\xa0", { 0 }, 1 },
    { "a right-to-left override is shown",
      BYTES("a\xe2\x80\xae"
            "b"),
      "a\\u{202e}b",
      { 0 },
      3 },
    { "isolates are shown",
      BYTES("\xe2\x81\xa6\xe2\x81\xa9"),
      "\\u{2066}\\u{2069}",
      { 0 },
      2 },
    { "a zero-width space is shown", BYTES("\xe2\x80\x8b"), "\\u{200b}", { 0 }, 1 },
    { "a byte order mark is shown", BYTES("\xef\xbb\xbf"), "\\u{feff}", { 0 }, 1 },
    { "a soft hyphen is shown", BYTES("\xc2\xad"), "\\u{ad}", { 0 }, 1 },
    { "a line separator is shown", BYTES("\xe2\x80\xa8"), "\\u{2028}", { 0 }, 1 },
    { "a tag character is shown", BYTES("\xf3\xa0\x81\x81"), "\\u{e0041}", { 0 }, 1 },
    { "what stands before and behind a range stays",
      BYTES("\xe2\x80\x8a\xe2\x80\x90"),
      "\xe2\x80\x8a\xe2\x80\x90",
      { 0 },
      2 },
    { "a lone continuation byte is bad", BYTES("a\x80z"), "a\\x80z", BYTES("a\\x80z"),
      3 },
    { "each byte of a cut character is bad", BYTES("\xe2\x82"), "\\xe2\\x82",
      BYTES("\\xe2\\x82"), 2 },
    { "what follows a cut character stays", BYTES("\xe2\x82z"), "\\xe2\\x82z",
      BYTES("\\xe2\\x82z"), 3 },
    { "an overlong spelling is bad", BYTES("\xc0\xaf"), "\\xc0\\xaf",
      BYTES("\\xc0\\xaf"), 2 },
    { "an overlong spelling of three is bad", BYTES("\xe0\x80\xaf"), "\\xe0\\x80\\xaf",
      BYTES("\\xe0\\x80\\xaf"), 3 },
    { "a surrogate is bad", BYTES("\xed\xa0\x80"), "\\xed\\xa0\\x80",
      BYTES("\\xed\\xa0\\x80"), 3 },
    { "U+10FFFF is a character",
      BYTES("\xf4\x8f\xbf\xbf"),
      "\xf4\x8f\xbf\xbf",
      { 0 },
      1 },
    { "beyond U+10FFFF is bad", BYTES("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80",
      BYTES("\\xf4\\x90\\x80\\x80"), 4 },
    { "FF is bad", BYTES("\xff"), "\\xff", BYTES("\\xff"), 1 },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf shown = BUF_EMPTY(&arena), kept = BUF_EMPTY(&arena);
    struct str expected = row->kept.text != NULL ? row->kept : row->text;

    escape_text(&shown, row->text);
    escape_bytes(&kept, row->text);
    assert_string_equal(buf_str(&shown).text, row->shown);
    assert_int_equal(buf_str(&kept).len, expected.len);
    assert_memory_equal(kept.text, expected.text, expected.len);
    assert_int_equal(character_count(row->text), row->characters);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    return tests_run("report_escape", &tests);
}
