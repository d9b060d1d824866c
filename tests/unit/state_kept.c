/*
 * A state: what is printed by a table is read again as it was; nothing else is read.
 */
#include "rows.h"

#include "state/columns.h"
#include "state/head.h"
#include "state/parser.h"
#include "state/printer.h"
#include "state/tables.h"

#include <math.h>
#include <string.h>

/* ---- the tables ------------------------------------------------------------------ */

static const struct table_row {
    const char *name;
    const struct kept_struct *kept;
} tables[] = {
    { "a source", &source_kept },
    { "a source that was read", &document_source_kept },
    { "a document", &document_kept },
    { "a portion", &portion_kept },
    { "a row", &row_kept },
    { "an extreme", &extreme_kept },
    { "a place", &hit_kept },
    { "a reason", &reason_kept },
    { "a problem", &problem_kept },
    { "an error", &failure_kept },
    { "a position", &position_kept },
    { "a head", &state_head_kept },
    { "a type of a head", &state_type_kept },
};

/* No two members of a struct have one key. */
static void table_test(void **state)
{
    const struct table_row *row = *state;

    for (size_t i = 0; i < row->kept->count; i++) {
        for (size_t j = 0; j < i; j++) {
            assert_false(row->kept->rows[i].kind != KEPT_NOT &&
                         row->kept->rows[j].kind != KEPT_NOT &&
                         str_equal(row->kept->rows[i].key, row->kept->rows[j].key));
        }
    }
}

/* ---- there and back -------------------------------------------------------------- */

struct sample_part {
    struct str id;
};

struct sample {
    struct str text, few[2];
    const char *chars;
    bool flag;
    unsigned char byte;
    uint16_t half;
    uint64_t number;
    double doubles[3];
    char sha256[DIGEST_HEX_BYTES];
    struct str *texts;
    size_t text_count;
    struct sample_part part, *parts;
    size_t part_count;
    const struct sample_part *owner;
};

static const struct kept_row part_rows[] = { { KEPT("id", struct sample_part, id) } };
static const struct kept_struct part_kept = KEPT_TABLE(part_rows, struct sample_part);

static const struct kept_row sample_rows[] = {
    { KEPT("text", struct sample, text) },
    { KEPT_ARRAY("few", struct sample, few, KEPT_FEW) },
    { KEPT("chars", struct sample, chars) },
    { KEPT("flag", struct sample, flag) },
    { KEPT("byte", struct sample, byte) },
    { KEPT("half", struct sample, half) },
    { KEPT_UP_TO("number", struct sample, number, 0) },
    { KEPT_ARRAY("doubles", struct sample, doubles, KEPT_DOUBLES) },
    { KEPT_ARRAY("sha256", struct sample, sha256, KEPT_DIGEST) },
    { KEPT_WORDS("texts", struct sample, texts, text_count, 3) },
    { KEPT_STRUCT("part", struct sample, part, part_kept) },
    { KEPT_ITEMS("parts", struct sample, parts, part_count, 3, part_kept) },
    { KEPT_POINTER("owner", struct sample, owner, part_kept) },
};
static const struct kept_struct sample_kept = KEPT_TABLE(sample_rows, struct sample);

static struct str print_sample(struct arena *arena, const struct sample *sample)
{
    struct state_printer printer;

    state_printer_begin(&printer, arena, NULL);
    kept_print(&printer, &sample_kept, sample);
    return buf_str(&printer.text);
}

/* err says why not. */
static bool parse_sample(struct arena *arena, struct str text, struct sample *sample,
                         struct error *err)
{
    struct state_parser parser;
    bool done;

    parser_open_text(&parser, arena, text, err);
    done = kept_parse(&parser, &sample_kept, sample) && parser_peek(&parser) < 0;
    parser_close(&parser);
    return done;
}

#define DOUBLES "\"doubles\":[\"0x0p+0\",\"0x0p+0\",\"0x0p+0\"]"
#define SHA256  "\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\""

static const struct text_row {
    const char *name, *json;
} texts[] = {
    { "nothing is nothing", "{" DOUBLES "}" },
    { "empty text is no absent one", "{\"text\":\"\"," DOUBLES "}" },
    { "escapes", "{\"text\":\"a\\\"b\\\\c\\u0000\\u001f\x7f\"," DOUBLES "}" },
    { "characters", "{\"text\":\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"," DOUBLES "}" },
    { "bytes that are none",
      "{\"text\":\"\\udc80\\udcff\\udced\\udca0\\udc80a\"," DOUBLES "}" },
    { "an array of texts, the last absent", "{\"few\":[\"a\"]," DOUBLES "}" },
    { "an array of texts, the first absent", "{\"few\":[null,\"\"]," DOUBLES "}" },
    { "numbers",
      "{\"flag\":true,\"byte\":255,\"half\":65535,\"number\":18446744073709551615"
      "," DOUBLES "}" },
    { "numbers without end",
      "{\"doubles\":[\"-inf\",\"inf\",\"-0x1.fffffffffffffp+1023\"]}" },
    { "numbers with a fraction",
      "{\"doubles\":[\"0x1.999999999999ap-4\",\"0x0.0000000000001p-1022\",\"-0x0p+0\"]"
      "}" },
    { "a digest", "{" DOUBLES ",\"sha256\":" SHA256 "}" },
    { "lists", "{" DOUBLES ",\"texts\":[\"a\",\"\"],\"part\":{\"id\":\"x\"},\"parts\":"
               "[{},{\"id\":\"\"}],\"owner\":{}}" },
};

static void text_test(void **state)
{
    const struct text_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct sample sample = { .flag = false };
    struct error err = { 0 };
    struct str again;

    if (!parse_sample(&arena, str_from(row->json), &sample, &err))
        fail_msg("%s", err.message);
    again = print_sample(&arena, &sample);
    assert_string_equal(again.text, row->json);
    arena_release(&arena);
}

static const struct text_row wrong_texts[] = {
    { "a blank", "{ " DOUBLES "}" },
    { "a member twice", "{\"flag\":true,\"flag\":true," DOUBLES "}" },
    { "another order", "{\"byte\":1,\"flag\":true," DOUBLES "}" },
    { "no member", "{\"other\":1," DOUBLES "}" },
    { "a member that is left out where it is 0", "{\"byte\":0," DOUBLES "}" },
    { "false", "{\"flag\":false," DOUBLES "}" },
    { "a number that is too large for its member", "{\"byte\":256," DOUBLES "}" },
    { "one that is for all", "{\"number\":18446744073709551616," DOUBLES "}" },
    { "a number that begins with 0", "{\"byte\":01," DOUBLES "}" },
    { "a number below 0", "{\"byte\":-1," DOUBLES "}" },
    { "a fraction", "{\"byte\":1.0," DOUBLES "}" },
    { "a letter that needs no escape", "{\"text\":\"\\u0061\"," DOUBLES "}" },
    { "an escape in capitals", "{\"text\":\"\\u001F\"," DOUBLES "}" },
    { "another escape", "{\"text\":\"\\n\"," DOUBLES "}" },
    { "a raw control character", "{\"text\":\"\n\"," DOUBLES "}" },
    { "bytes that are no UTF-8", "{\"text\":\"\xFF\"," DOUBLES "}" },
    { "half of a pair that no byte is", "{\"text\":\"\\udc7f\"," DOUBLES "}" },
    { "a byte that is part of a character",
      "{\"text\":\"\\udcc3\\udca9\"," DOUBLES "}" },
    { "NUL where none can be", "{\"chars\":\"a\\u0000b\"," DOUBLES "}" },
    { "three of two", "{\"few\":[\"a\",\"b\",\"c\"]," DOUBLES "}" },
    { "a list with more than it may have",
      "{" DOUBLES ",\"texts\":[\"a\",\"b\",\"c\",\"d\"]}" },
    { "an empty list", "{" DOUBLES ",\"texts\":[]}" },
    { "a decimal number", "{\"doubles\":[\"1\",\"0x0p+0\",\"0x0p+0\"]}" },
    { "no number", "{\"doubles\":[\"nan\",\"0x0p+0\",\"0x0p+0\"]}" },
    { "too few numbers", "{\"doubles\":[\"0x0p+0\"]}" },
    { "a digest in capitals",
      "{" DOUBLES
      ",\"sha256\":\"AA112233445566778899aabbccddeeff00112233445566778899aabb"
      "ccddeeff\"}" },
    { "a short digest", "{" DOUBLES ",\"sha256\":\"00\"}" },
    { "its end is lost", "{" DOUBLES },
    { "the end of a text is lost", "{\"text\":\"abc" },
    { "something behind its end", "{" DOUBLES "}," },
};

static void wrong_text_test(void **state)
{
    const struct text_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct sample sample = { .flag = false };
    struct error err = { 0 };

    assert_false(parse_sample(&arena, str_from(row->json), &sample, &err));
    arena_release(&arena);
}

/* Whichever byte it is cut behind. */
static void cut_anywhere(void **state)
{
    static const char json[] =
        "{\"text\":\"a\\\"\\udc80\",\"few\":[null,\"b\"],\"flag\":true,\"byte\":12,"
        "\"doubles\":[\"inf\",\"0x0p+0\",\"0x1p+1\"],\"texts\":[\"x\"],\"owner\":{}}";
    struct arena arena = ARENA_EMPTY;
    struct sample sample = { .flag = false };
    struct error err = { 0 };

    (void)state;
    assert_true(parse_sample(&arena, str_from(json), &sample, &err));
    for (size_t len = 0; len < sizeof json - 1; len++) {
        struct error why = { 0 };

        memset(&sample, 0, sizeof sample);
        assert_false(parse_sample(&arena, (struct str){ json, len }, &sample, &why));
        assert_non_null(strstr(why.message, "is cut off"));
    }
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, tables, table_test);
    TESTS_ADD_ROWS(&tests, texts, text_test);
    TESTS_ADD_ROWS(&tests, wrong_texts, wrong_text_test);
    TESTS_ADD(&tests, cut_anywhere);
    return tests_run("state_kept", &tests);
}
