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
    { "a grapheme joiner is shown", BYTES("\xcd\x8f"), "\\u{34f}", { 0 }, 1 },
    { "Khmer's invisible vowels are shown",
      BYTES("\xe1\x9e\xb5"),
      "\\u{17b5}",
      { 0 },
      1 },
    { "Mongolian selectors are shown",
      BYTES("\xe1\xa0\x8b\xe1\xa0\x8f"),
      "\\u{180b}\\u{180f}",
      { 0 },
      2 },
    { "a variation selector is shown", BYTES("\xef\xb8\x8f"), "\\u{fe0f}", { 0 }, 1 },
    { "U+FFF0 is shown", BYTES("\xef\xbf\xb0"), "\\u{fff0}", { 0 }, 1 },
    { "U+E0FFF is shown", BYTES("\xf3\xa0\xbf\xbf"), "\\u{e0fff}", { 0 }, 1 },
    { "a replacement character stays",
      BYTES("\xef\xbf\xbd"),
      "\xef\xbf\xbd",
      { 0 },
      1 },
    { "two colons begin no text", BYTES("::error::x"), "\\x3a:error::x", { 0 }, 10 },
    { "nor a word", BYTES("a ::b :c:: d"), "a \\x3a:b :c:: d", { 0 }, 12 },
    { "nor behind another blank",
      BYTES("\xc2\xa0::b\xe3\x80\x80::c"),
      "\xc2\xa0\\x3a:b\xe3\x80\x80\\x3a:c",
      { 0 },
      8 },
    { "types and ARNs keep theirs",
      BYTES("AWS::RDS::DBSnapshot arn:aws:iam::1:a: b"),
      "AWS::RDS::DBSnapshot arn:aws:iam::1:a: b",
      { 0 },
      40 },
    { "no ##[ anywhere", BYTES("a##[b ###[c"), "a\\x23#[b #\\x23#[c", { 0 }, 11 },
    { "no ##vso[ anywhere",
      BYTES("(##vso[a] ##VSO[b]"),
      "(\\x23#vso[a] \\x23#VSO[b]",
      { 0 },
      18 },
    { "nor half in this text, half in the next", BYTES("a##"), "a\\x23#", { 0 }, 3 },
    { "nor half in the text before", BYTES("#[a"), "\\x23[a", { 0 }, 3 },
    { "nor half of another's", BYTES("#vso[a"), "\\x23vso[a", { 0 }, 6 },
    { "in large letters, too", BYTES("#VSO[a"), "\\x23VSO[a", { 0 }, 6 },
    { "other hashes stay", BYTES("#1 a#[ C# ## b"), "#1 a#[ C# ## b", { 0 }, 14 },
};

static const struct json_row {
    const char *name, *json, *shown;
} json_rows[] = {
    { "plain JSON stays", "{\"a\": [1, \"Z\xc3\xbcrich # \xf0\x9f\x99\x82\"]}",
      "{\"a\": [1, \"Z\xc3\xbcrich # \xf0\x9f\x99\x82\"]}" },
    { "a C1 control is an escape",
      "\"\xc2\x9b"
      "2J\"",
      "\"\\u009b2J\"" },
    { "DEL is an escape", "\"\x7f\"", "\"\\u007f\"" },
    { "an override is an escape",
      "\"a\xe2\x80\xae"
      "b\"",
      "\"a\\u202eb\"" },
    { "beyond 16 bits it is two", "\"\xf3\xa0\x81\x81\"", "\"\\udb40\\udc41\"" },
    { "a log's commands are broken up", "\"##[a ##vso[b ::c\"",
      "\"\\u0023#[a \\u0023#vso[b ::c\"" },
};

static void json_test(void **state)
{
    const struct json_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf shown = BUF_EMPTY(&arena);

    escape_json(&shown, str_from(row->json));
    assert_string_equal(buf_str(&shown).text, row->shown);
    arena_release(&arena);
}

static const struct string_row {
    const char *name;
    struct str text;
    const char *string; /* what stands between the quotes */
} string_rows[] = {
    { "plain text stays", BYTES("a/b (c) ~"), "a/b (c) ~" },
    { "nothing is an empty string", BYTES(""), "" },
    { "a quote and a backslash", BYTES("\"a\\b\""), "\\\"a\\\\b\\\"" },
    { "controls with a letter", BYTES("\b\f\n\r\t"), "\\b\\f\\n\\r\\t" },
    { "other controls, NUL among them", BYTES("\0a\x1b\x1f"),
      "\\u0000a\\u001B\\u001F" },
    { "what a reader cannot see", BYTES("\x7f\xe2\x80\xae"), "\\u007f\\u202e" },
    { "a log's commands, behind a quote too", BYTES("##[a\"#[b C#"),
      "\\u0023#[a\\\"\\u0023[b C#" },
};

static void string_test(void **state)
{
    const struct string_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf string = BUF_EMPTY(&arena);

    escape_string(&string, row->text);
    assert_string_equal(buf_str(&string).text, row->string);
    if (!escape_is_needed(row->text))
        assert_string_equal(row->string, row->text.text);
    else
        assert_string_not_equal(row->string, row->text.text);
    arena_release(&arena);
}

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
    TESTS_ADD_ROWS(&tests, json_rows, json_test);
    TESTS_ADD_ROWS(&tests, string_rows, string_test);
    return tests_run("report_escape", &tests);
}
