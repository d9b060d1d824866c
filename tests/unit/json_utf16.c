#include "json/utf16.h"

#include "records_print.h"

#define TEXT(literal)                                                                  \
    {                                                                                  \
        "" literal, sizeof(literal) - 1                                                \
    }

/* ---- decoding, at once and in pieces ----------------------------------------------
 */

static const struct row {
    const char *name;
    struct str big; /* stored, the big end first, behind a byte order mark */
    struct str text;
} rows[] = {
    { "nothing behind the mark", TEXT(""), TEXT("") },
    { "ASCII", TEXT("\0{\0}\0\n"), TEXT("{}\n") },
    { "characters of one byte to three, at their bounds",
      TEXT("\x00\x00\x00\x7F\x00\x80\x07\xFF\x08\x00\xD7\xFF\xE0\x00\xFF\xFF"),
      TEXT("\0\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF") },
    { "the first pair and the last", TEXT("\xD8\x00\xDC\x00\xDB\xFF\xDF\xFF"),
      TEXT("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF") },
    { "a second mark is a character", TEXT("\xFE\xFF"), TEXT("\xEF\xBB\xBF") },
    { "a first half alone", TEXT("\0a\xD8\x3D\0b"),
      TEXT("a\xFE"
           "b") },
    { "a second half alone", TEXT("\0a\xDE\0\0b"),
      TEXT("a\xFE"
           "b") },
    { "two first halves, and the second of the last", TEXT("\xD8\x3D\xD8\x3D\xDE\x00"),
      TEXT("\xFE\xF0\x9F\x98\x80") },
    { "halves in the wrong order", TEXT("\xDE\x00\xD8\x3D\0b"),
      TEXT("\xFE\xFE"
           "b") },
    { "an odd byte at the end", TEXT("\0a\0"), TEXT("a\xFF") },
    { "nothing but an odd byte", TEXT("\0"), TEXT("\xFF") },
    { "a first half at the end", TEXT("\0a\xD8\x3D"), TEXT("a\xFF") },
    { "a first half and an odd byte at the end", TEXT("\xD8\x3D\xDE"), TEXT("\xFF") },
    { "a second half and an odd byte at the end", TEXT("\xDE\x00\xDE"),
      TEXT("\xFE\xFF") },
};

/* What is stored of a row: its mark, and in the order that is asked for. */
static struct str stored_of(struct arena *arena, struct str big, enum utf16_order order)
{
    struct buf out = BUF_EMPTY(arena);

    buf_add(&out, order == UTF16_BIG ? STR("\xFE\xFF") : STR("\xFF\xFE"));
    for (size_t i = 0; i + 1 < big.len; i += 2) {
        buf_add_byte(&out, big.text[order == UTF16_BIG ? i : i + 1]);
        buf_add_byte(&out, big.text[order == UTF16_BIG ? i + 1 : i]);
    }
    if (big.len % 2 == 1)
        buf_add_byte(&out, big.text[big.len - 1]);
    return buf_str(&out);
}

static struct str read_in_pieces(struct arena *arena, struct str stored, size_t size)
{
    struct bytes *bytes = bytes_open_memory(arena, stored, 0);
    struct buf out = BUF_EMPTY(arena);
    char *buffer = arena_alloc(arena, size);
    size_t len;

    assert_true(bytes_are_utf16(bytes));
    while ((len = bytes_read(bytes, buffer, size)) > 0)
        buf_add(&out, (struct str){ buffer, len });
    return buf_str(&out);
}

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;

    for (enum utf16_order order = UTF16_LITTLE; order <= UTF16_BIG; order++) {
        struct str stored = stored_of(&arena, row->big, order);
        struct buf expected = BUF_EMPTY(&arena);

        assert_int_equal(utf16_order(stored), order);
        buf_add(&expected, STR("\xEF\xBB\xBF"));
        buf_add(&expected, row->text);
        for (size_t size = 1; size <= 20; size++) {
            struct str text = read_in_pieces(&arena, stored, size);

            assert_int_equal(text.len, expected.len);
            assert_memory_equal(text.text, expected.text, text.len);
        }
    }
    arena_release(&arena);
}

/* Of `stored`, `step` bytes more each time; the text goes where `size` bytes are. */
static void decode_in_steps(struct buf *out, struct str stored, size_t step,
                            size_t size)
{
    struct str seen = { stored.text, 0 };
    char buffer[20];

    for (;;) {
        bool is_last = seen.text + seen.len == stored.text + stored.len;
        size_t made = utf16_decode(UTF16_BIG, &seen, is_last, buffer, size);

        buf_add(out, (struct str){ buffer, made });
        if (made > 0)
            continue;
        if (is_last)
            break;
        seen.len += step;
        if (seen.text + seen.len > stored.text + stored.len)
            seen.len = (size_t)(stored.text + stored.len - seen.text);
    }
    assert_int_equal(seen.len, 0);
}

static void steps_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;

    for (size_t step = 1; step <= 5; step++) {
        for (size_t size = CHARACTER_BYTES_MAX; size <= 20; size++) {
            struct buf out = BUF_EMPTY(&arena);

            decode_in_steps(&out, row->big, step, size);
            assert_true(str_equal(buf_str(&out), row->text));
        }
    }
    arena_release(&arena);
}

static void there_is_no_room_for_half_a_character(void **state)
{
    struct str stored = TEXT("\0a\x20\xAC\0b");
    char text[4];

    (void)state;
    assert_int_equal(utf16_decode(UTF16_BIG, &stored, true, text, 3), 1);
    assert_int_equal(stored.len, 4);
    assert_int_equal(utf16_decode(UTF16_BIG, &stored, true, text, 2), 0);
    assert_int_equal(utf16_decode(UTF16_BIG, &stored, true, text, 3), 3);
    assert_int_equal(utf16_decode(UTF16_BIG, &stored, true, text, 0), 0);
    assert_int_equal(stored.len, 2);
}

/* ---- long texts -------------------------------------------------------------------
 */

enum { LONG_COUNT = 3 * BYTES_PEEK_MAX };

/* Whatever is read at once, a pair lies across its end, and the head has no room for a
 * whole character at its end. */
static void a_long_text_of_any_character(void **state)
{
    static const struct str characters[][2] = {
        { TEXT("\0a"), TEXT("a") },
        { TEXT("\0\xE9"), TEXT("\xC3\xA9") },
        { TEXT("\x20\xAC"), TEXT("\xE2\x82\xAC") },
        { TEXT("\xD8\x3D\xDE\x00"), TEXT("\xF0\x9F\x98\x80") },
    };

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct arena arena = ARENA_EMPTY;
        struct buf big = BUF_EMPTY(&arena), text = BUF_EMPTY(&arena);
        struct bytes *bytes;
        struct bytes_total total;
        struct str head;

        buf_add(&big, STR("\xFE\xFF"));
        buf_add(&text, STR("\xEF\xBB\xBF"));
        for (size_t j = 0; j < LONG_COUNT; j++) {
            buf_add(&big, characters[i][0]);
            buf_add(&text, characters[i][1]);
        }
        bytes = bytes_open_memory(&arena, buf_str(&big), 0);
        head = bytes_peek(bytes);
        assert_int_equal(head.len, BYTES_PEEK_MAX);
        assert_memory_equal(head.text, text.text, head.len);
        bytes_finish(bytes, &total);
        assert_int_equal(total.bytes, big.len);
        for (size_t size = 1; size < LONG_COUNT * 5; size = size * 7 + 1)
            assert_true(
                str_equal(read_in_pieces(&arena, buf_str(&big), size), buf_str(&text)));
        arena_release(&arena);
    }
}

static void the_digest_is_of_what_is_stored(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct str stored = TEXT("\xFF\xFE{\0}\0\r\0\n\0");
    struct digest *digest = digest_new(&arena);
    char hex[DIGEST_HEX_BYTES];

    (void)state;
    digest_add(digest, stored.text, stored.len);
    digest_hex(digest, hex);
    for (int turn = 0; turn < 3; turn++) {
        struct bytes *bytes = bytes_open_memory(&arena, stored, 0);
        struct bytes_total total;
        char some[1];

        if (turn > 0)
            assert_true(str_equal(bytes_peek(bytes), STR("\xEF\xBB\xBF{}\r\n")));
        if (turn > 1)
            assert_int_equal(bytes_read(bytes, some, 1), 1);
        bytes_finish(bytes, &total);
        assert_int_equal(total.bytes, stored.len);
        assert_string_equal(total.sha256, hex);
    }
    arena_release(&arena);
}

/* ---- what the reader says of it ---------------------------------------------------
 */

static const struct read_row {
    const char *name;
    struct str big;
    const char *expected;
} read_rows[] = {
    { "no byte but the mark: no document", TEXT(""), "" },
    { "places are of what is stored", TEXT("\0[\0\r\0\n\0 \0\"\0\xE9\0\"\0]"),
      "0=\"\\u00E9\"@2:2+10; array@1:1+2@1:1+2 records=1" },
    { "a pair is one character of four bytes",
      TEXT("\0[\0\"\xD8\x3D\xDE\0\0\"\0,\0\x31\0]"),
      "0=\"\\uD83D\\uDE00\"@1:2+4; 1=other@1:6+14; array@1:1+2@1:1+2 records=2" },
    { "half a pair in a string", TEXT("\0[\0\"\0a\xD8\x3D\0\"\0]"),
      "array@1:1+2@1:1+2 surrogate@1:4+8: expected both halves of a surrogate pair, "
      "met one" },
    { "half a pair in a key", TEXT("\0{\0\"\xDE\0\0\"\0:\0\x31\0}"),
      "object@1:1+2 surrogate@1:3+6: expected both halves of a surrogate pair, met "
      "one" },
    { "half a pair where a value is expected", TEXT("\0[\xDE\0\0]"),
      "array@1:1+2@1:1+2 surrogate@1:2+4: expected both halves of a surrogate pair, "
      "met one" },
    { "half a pair in a word", TEXT("\0t\0r\xDE\0"),
      "none@1:1+2 surrogate@1:3+6: expected both halves of a surrogate pair, met one" },
    { "half a pair behind an escape's half",
      TEXT("\0\"\0\\\0u\0d\0\x38\0\x30\0\x30"
           "\xDE\0\0\""),
      "string@1:1+2 surrogate@1:2+4: expected both halves of a surrogate pair, met "
      "one" },
    { "cut off inside a character", TEXT("\0[\0\"\0a\0"),
      "array@1:1+2@1:1+2 cut-off@1:4+8: the file ends inside a character" },
    { "cut off inside a pair", TEXT("\0[\0\"\xD8\x3D"),
      "array@1:1+2@1:1+2 cut-off@1:3+6: the file ends inside a character" },
    { "cut off inside the last line end", TEXT("\0{\0}\0\r\0\n\0"),
      "object@1:1+2; none@2:1+10 cut-off@2:1+10: the file ends inside a character" },
    { "cut off between characters", TEXT("\0[\0\""),
      "array@1:1+2@1:1+2 cut-off@1:3+6: the file ends inside a string" },
    { "a NUL", TEXT("\0[\0\0"),
      "array@1:1+2@1:1+2 control-character@1:2+4: expected a value, met byte 0x00" },
    { "a byte order mark again", TEXT("\0{\0}\0\n\xFE\xFF\0{\0}"),
      "object@1:1+2; none@2:1+8 syntax@2:1+8: expected a value, met byte 0xEF" },
};

static void read_test(void **state)
{
    static const size_t sizes[] = { 64, 65, RECORDS_BUFFER_BYTES };
    static const size_t steps[] = { 0, 1, 3, 7 };
    const struct read_row *row = *state;

    for (enum utf16_order order = UTF16_LITTLE; order <= UTF16_BIG; order++) {
        struct arena arena = ARENA_EMPTY;
        struct str stored = stored_of(&arena, row->big, order);

        for (size_t i = 0; i < 3; i++)
            for (size_t j = 0; j < 4; j++)
                assert_string_equal(
                    print_all(&arena, stored, sizes[i], steps[j], ALL).text,
                    row->expected);
        arena_release(&arena);
    }
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, rows, steps_test);
    TESTS_ADD(&tests, there_is_no_room_for_half_a_character);
    TESTS_ADD(&tests, a_long_text_of_any_character);
    TESTS_ADD(&tests, the_digest_is_of_what_is_stored);
    TESTS_ADD_ROWS(&tests, read_rows, read_test);
    return tests_run("evidence_utf16", &tests);
}
