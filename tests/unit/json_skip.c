/* The functions of json/skip.h in C against those of SSE2 instructions. */
#include "json/skip.h"

#include "rows.h"

enum { TEXTS = 20000, LEN_MAX = 1100 };

/* Texts are made of few bytes, so that what is looked for is there, at every place and
 * in every number: those that decide, and their neighbours. */
static const struct row {
    const char *name;
    const char *bytes;
    size_t count;
} rows[] = {
#define BYTES(literal) ("" literal), (sizeof(literal) - 1)
    { "strings", BYTES("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
                       "~!#[]\x7F\"\\\x1F\x01\x80\xFF\xE9") },
    { "digits", BYTES("0123456789012345678901234567890123456789/:.e-\xB0") },
    { "blanks", BYTES("                              \n\r\t\n\r\t\v\f\b\x1F!\xA0") },
    { "line ends", BYTES("\n\n\n\n\v\t\r\x8A") },
    { "characters", BYTES("a\x7F\x80\xBF\xC0\xC1\xEF\xF0\xF7\xFF\xFE\n") },
};

static unsigned random_below(size_t limit)
{
    static uint64_t state = 88172645463325252u;

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state % limit);
}

static void check(const char *text, size_t len)
{
    const char *at = text + random_below(len + 1);

    assert_ptr_equal(skip_plain(at), plain_skip_plain(at));
    assert_ptr_equal(skip_digits(at), plain_skip_digits(at));
    assert_ptr_equal(skip_many_blanks(at), plain_skip_many_blanks(at));
    assert_ptr_equal(skip_blanks(at), plain_skip_many_blanks(at));
    for (enum counted counted = LINE_ENDS; counted <= LONG_CHARACTERS; counted++)
        assert_int_equal(count(at, text + len, counted),
                         plain_count(at, text + len, counted));
}

static void both_ways_are_one(void **state)
{
    const struct row *row = *state;

    for (size_t i = 0; i < TEXTS; i++) {
        char text[LEN_MAX + SKIP_PAD] = { 0 };
        size_t len = random_below(i % 16 == 0 ? LEN_MAX : 100);

        for (size_t j = 0; j < len; j++)
            text[j] = row->bytes[random_below(row->count)];
        check(text, len);
    }
}

/* As many as no lane of the sums can hold. */
static void many_are_counted(void **state)
{
    static char text[16 * 1000 + 5];

    (void)state;
    memset(text, '\n', sizeof text);
    assert_int_equal(count(text, text + sizeof text, LINE_ENDS), sizeof text);
    memset(text, 'a', sizeof text);
    assert_int_equal(count(text, text + sizeof text, LINE_ENDS), 0);
    assert_int_equal(count(text, text + sizeof text, CHARACTERS), sizeof text);
    memset(text, '\xF0', sizeof text);
    assert_int_equal(count(text, text + sizeof text, LONG_CHARACTERS), sizeof text);
}

/* Only a bit of the last block that the mask has, and every bit before it, counts. */
static void one_bit_makes_another(void **state)
{
    enum { BLOCKS = 4, BYTES = BLOCKS * SKIP_BLOCK };
    char left[BYTES], right[BYTES], mask[SKIP_BLOCK] = { 0 };

    (void)state;
    for (size_t i = 0; i < BYTES; i++)
        left[i] = right[i] = (char)random_below(256);
    for (size_t len = 1; len <= BYTES; len++) {
        size_t last = (len - 1) / SKIP_BLOCK * SKIP_BLOCK;

        memset(mask, 0, sizeof mask);
        memset(mask, 0xFF, len - last);
        for (size_t bit = 0; bit < 8 * BYTES; bit++) {
            right[bit / 8] ^= (char)(1 << bit % 8);
            assert_int_equal(is_same(left, right, last, mask), bit / 8 >= len);
            assert_int_equal(plain_is_same(left, right, last, mask), bit / 8 >= len);
            right[bit / 8] ^= (char)(1 << bit % 8);
        }
        assert_true(is_same(left, right, last, mask));
    }
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, both_ways_are_one);
    TESTS_ADD(&tests, many_are_counted);
    TESTS_ADD(&tests, one_bit_makes_another);
    return tests_run("json_skip", &tests);
}
