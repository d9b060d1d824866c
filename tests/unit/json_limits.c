/* The limits of json/records.h, and keys in numbers. */
#include "json/records.h"

#include "records_print.h"
#include "json/projection.h"

struct limit_row {
    const char *name;
    const char *before, *repeated, *behind;
    size_t count;
    const char *expected;
};

enum { MIB = 1024 * 1024 };

static const struct limit_row limit_rows[] = {
    { "a record of RECORD_BYTES_MAX", "[\"", "x", "\", 1]", RECORD_BYTES_MAX - 2, "" },
    { "a record of one byte more", "[\"", "x", "\", 1]", RECORD_BYTES_MAX - 1,
      "bytes@1:2+1: a value has more than 4194304 bytes" },
    { "a record of one byte more, cut off", "[\"", "x", "", RECORD_BYTES_MAX,
      "bytes@1:2+1: a value has more than 4194304 bytes" },
    { "a record of RECORD_BYTES_MAX, cut off", "[\"", "x", "", RECORD_BYTES_MAX - 1,
      "cut-off@1:4194306+4194305: the file ends inside a string" },
    { "a number of RECORD_BYTES_MAX", "[", "1", "]", RECORD_BYTES_MAX, "" },
    { "a number of one byte more", "[", "1", "]", RECORD_BYTES_MAX + 1,
      "bytes@1:2+1: a value has more than 4194304 bytes" },
    { "a member of RECORD_BYTES_MAX", "{\"z\":\"", "x", "\"}", RECORD_BYTES_MAX - 2,
      "" },
    { "a member of one byte more", "{\"z\":\"", "x", "\"}", RECORD_BYTES_MAX - 1,
      "bytes@1:6+5: a value has more than 4194304 bytes" },
    { "a key of RECORD_BYTES_MAX", "{\"", "x", "\":1}", RECORD_BYTES_MAX - 2, "" },
    { "a key of one byte more", "{\"", "x", "\":1}", RECORD_BYTES_MAX - 1,
      "bytes@1:2+1: a value has more than 4194304 bytes" },
    { "members that are read, RECORD_BYTES_MAX together", "{\"a\":1,\"T\":\"", "x",
      "\"}", RECORD_BYTES_MAX - 3, "" },
    { "members that are read, one byte more", "{\"a\":1,\"T\":\"", "x", "\"}",
      RECORD_BYTES_MAX - 2,
      "bytes@1:12+11: the members of the document that are read have more than 4194304 "
      "bytes" },
    { "members of many documents are not added up", "",
      "{\"a\":"
      "\"0123456789012345678901234567890123456789012345678901234567890123456789\"}"
      "\n",
      "", RECORDS_DOCUMENTS_MAX, "" },
    { "blanks are no part of a value", "[", " ", "1]", 5 * MIB, "" },
    { "blanks between key, colon and value", "{\"z\"", "\n", ":1}", 5 * MIB, "" },
    { "blanks behind a document", "1", "\n", "2", 5 * MIB, "" },

    { "JSON_DEPTH_MAX, the document included", "[", "[", "", JSON_DEPTH_MAX - 1,
      "cut-off@1:513+512: the file ends where a value is expected" },
    { "one deeper", "[", "[", "", JSON_DEPTH_MAX,
      "depth@1:513+512: more than 512 arrays and objects lie in each other" },
    { "JSON_DEPTH_MAX of objects", "", "{\"z\":", "", JSON_DEPTH_MAX,
      "cut-off@1:2561+2560: the file ends where a value is expected" },
    { "one object deeper", "", "{\"z\":", "", JSON_DEPTH_MAX + 1,
      "depth@1:2561+2560: more than 512 arrays and objects lie in each other" },
    { "a list counts twice", "{\"L\":[", "[", "", JSON_DEPTH_MAX - 2,
      "cut-off@1:517+516: the file ends where a value is expected" },
    { "a list counts twice, one deeper", "{\"L\":[", "[", "", JSON_DEPTH_MAX - 1,
      "depth@1:517+516: more than 512 arrays and objects lie in each other" },
    { "OBJECT_KEYS_MAX times the same key", "[{", "\"a\":1,", "\"a\":1}]",
      OBJECT_KEYS_MAX - 1, "" },
    { "once more", "[{", "\"a\":1,", "\"a\":1}]", OBJECT_KEYS_MAX,
      "keys@1:393219+393218: an object has more than 65536 keys" },
    { "as often, in objects side by side", "[{\"a\":1},", "{\"a\":1,\"z\":1},", "1]",
      OBJECT_KEYS_MAX, "" },
    { "arrays side by side are not deep", "[1", ",[[]]", "]", JSON_DEPTH_MAX, "" },

    { "RECORDS_DOCUMENTS_MAX", "", "1\n", "", RECORDS_DOCUMENTS_MAX, "" },
    { "keys of many documents are not added up", "",
      "{\"0123456789012345678901234567890123456789012345678901234567890123456789\":1}"
      "\n",
      "", RECORDS_DOCUMENTS_MAX, "" },
    { "one document more", "", "1\n", "2", RECORDS_DOCUMENTS_MAX,
      "documents@65537:1+131072: more than 65536 documents" },
    { "as many answers in arrays", "[{\"L\":[]}", ",{\"L\":[]}", "]\n1",
      RECORDS_DOCUMENTS_MAX - 1, "" },
    { "one answer more", "[{\"L\":[]}", ",{\"L\":[]}", "]", RECORDS_DOCUMENTS_MAX,
      "documents@1:589826+589825: more than 65536 documents" },
    { "an answer in an array is of any length", "[{\"L\":[", "{\"a\":1},", "1]},1]",
      RECORD_BYTES_MAX / 8 + 1, "" },
    { "an answer in an array lies deeper", "[{\"L\":[{}],\"z\":", "[", "",
      JSON_DEPTH_MAX - 1,
      "depth@1:526+525: more than 512 arrays and objects lie in each other" },
};

static struct str read_damage(struct arena *arena, struct str text, size_t buffer_bytes)
{
    struct buf out = BUF_EMPTY(arena);
    struct bytes *bytes = bytes_open_memory(arena, text, 0);
    struct records *records =
        records_open(arena, layout_of_rows(arena), bytes, buffer_bytes);
    struct records_item item;
    enum records_status status;

    bytes_without_digest(bytes);
    while ((status = records_next(records, &item)) != RECORDS_END) {
        if (status != RECORDS_DOCUMENT || item.envelope->damage == DAMAGE_NONE)
            continue;
        buf_printf(&out, "%s", damage_name(item.envelope->damage));
        print_place(&out, &item.envelope->damage_at);
        buf_printf(&out, ": %s", item.envelope->damage_text);
    }
    return buf_str(&out);
}

/* A thousand at a time: byte by byte, texts of megabytes took longer than to read them.
 */
static void add_times(struct arena *arena, struct buf *text, struct str piece,
                      size_t count)
{
    enum { AT_A_TIME = 1000 };
    struct buf many = BUF_EMPTY(arena);

    for (size_t i = 0; i < AT_A_TIME; i++)
        buf_add(&many, piece);
    for (; count >= AT_A_TIME; count -= AT_A_TIME)
        buf_add(text, buf_str(&many));
    for (; count > 0; count--)
        buf_add(text, piece);
}

static void limit_test(void **state)
{
    static const size_t sizes[] = { 64, RECORDS_BUFFER_BYTES, 8 * MIB };
    const struct limit_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf text = BUF_EMPTY(&arena);

    buf_add(&text, str_from(row->before));
    add_times(&arena, &text, str_from(row->repeated), row->count);
    buf_add(&text, str_from(row->behind));
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct arena scratch = ARENA_EMPTY;

        assert_string_equal(read_damage(&scratch, buf_str(&text), sizes[i]).text,
                            row->expected);
        arena_release(&scratch);
    }
    arena_release(&arena);
}

/* ---- keys --------------------------------------------------------------------------
 */

struct keys_row {
    const char *name;
    const char *before, *behind;
    size_t count; /* of different keys */
    struct form { /* of a key, around its number */
        const char *front;
        int digits;
        const char *back;
    } form;
    size_t again; /* the key that comes a second time at the end, or SIZE_MAX */
    const char *expected;
};

#define ONE_HASH                                                                       \
    {                                                                                  \
        "same-front-", 5, "-same-back"                                                 \
    }

static const struct keys_row keys_rows[] = {
    { "64 keys", "[{", "}]", 64, { "k", 1, "" }, SIZE_MAX, "0={}; array records=1" },
    { "64 keys and the first again",
      "[{",
      "}]",
      64,
      { "k", 1, "" },
      0,
      "0={} twice; array records=1" },
    { "64 keys and the last again",
      "[{",
      "}]",
      64,
      { "k", 1, "" },
      63,
      "0={} twice; array records=1" },
    { "63 keys and the last again",
      "[{",
      "}]",
      63,
      { "k", 1, "" },
      62,
      "0={} twice; array records=1" },
    { "65 keys", "[{", "}]", 65, { "k", 1, "" }, SIZE_MAX, "0={}; array records=1" },
    { "65 keys and the last again",
      "[{",
      "}]",
      65,
      { "k", 1, "" },
      64,
      "0={} twice; array records=1" },
    { "256 keys and the first again",
      "[{",
      "}]",
      256,
      { "k", 1, "" },
      0,
      "0={} twice; array records=1" },
    { "256 keys and the last again",
      "[{",
      "}]",
      256,
      { "k", 1, "" },
      255,
      "0={} twice; array records=1" },
    { "257 keys and the first again",
      "[{",
      "}]",
      257,
      { "k", 1, "" },
      0,
      "0={} twice; array records=1" },
    { "257 keys and the last again",
      "[{",
      "}]",
      257,
      { "k", 1, "" },
      256,
      "0={} twice; array records=1" },
    { "5,000 keys, below others",
      "[{\"x\": {\"k1\": 1, \"y\": {",
      "}}}]",
      5000,
      { "k", 1, "" },
      SIZE_MAX,
      "0={}; array records=1" },
    { "5,000 keys and one in the middle again, below others",
      "[{\"x\": {\"k1\": 1, \"y\": {",
      "}, \"z\": 1}}, {}]",
      5000,
      { "k", 1, "" },
      2500,
      "0={} twice; 1={}; array records=2" },
    { "5,000 keys with escapes",
      "[{",
      "}]",
      5000,
      { "\\u006b", 1, "" },
      SIZE_MAX,
      "0={}; array records=1" },
    { "5,000 keys with escapes and one again",
      "[{",
      "}]",
      5000,
      { "\\u006b", 1, "" },
      77,
      "0={} twice; array records=1" },
    { "40 keys of one hash", "[{", "}]", 40, ONE_HASH, SIZE_MAX,
      "0={}; array records=1" },
    { "40 keys of one hash and one again", "[{", "}]", 40, ONE_HASH, 20,
      "0={} twice; array records=1" },
    { "65,536 keys of one hash", "[{", "}]", OBJECT_KEYS_MAX, ONE_HASH, SIZE_MAX,
      "0={}; array records=1" },
    { "65,535 keys of one hash and one again", "[{", "}]", OBJECT_KEYS_MAX - 1,
      ONE_HASH, 40000, "0={} twice; array records=1" },
    { "65,537 keys",
      "[{",
      "}]",
      OBJECT_KEYS_MAX + 1,
      { "", 1, "" },
      SIZE_MAX,
      "array keys: an object has more than 65536 keys" },
    { "the document's keys: 65,536 of one hash", "{", "}", OBJECT_KEYS_MAX, ONE_HASH,
      SIZE_MAX, "object" },
    { "the document's keys: 65,535 and one again",
      "{",
      "}",
      OBJECT_KEYS_MAX - 1,
      { "", 1, "" },
      40000,
      "object twice" },
    { "the document's keys: 65,537",
      "{",
      "}",
      OBJECT_KEYS_MAX + 1,
      { "", 1, "" },
      SIZE_MAX,
      "object keys: an object has more than 65536 keys" },
    { "the document's keys: more than RECORD_BYTES_MAX together",
      "{",
      "}",
      70,
      { "", 65536, "" },
      SIZE_MAX,
      "object bytes: the keys of the document have more than 4194304 "
      "bytes" },
};

static void add_key(struct buf *text, const struct form *form, size_t number)
{
    buf_printf(text, "\"%s%0*zu%s\":1", form->front, form->digits, number, form->back);
}

static void keys_test(void **state)
{
    const struct keys_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf text = BUF_EMPTY(&arena);

    buf_add(&text, str_from(row->before));
    for (size_t i = 0; i < row->count; i++) {
        buf_printf(&text, "%s", i > 0 ? "," : "");
        add_key(&text, &row->form, i);
    }
    if (row->again != SIZE_MAX) {
        buf_printf(&text, ",");
        add_key(&text, &row->form, row->again);
    }
    buf_add(&text, str_from(row->behind));
    assert_string_equal(print_all(&arena, buf_str(&text), 64, 0, TEXTS).text,
                        row->expected);
    assert_string_equal(
        print_all(&arena, buf_str(&text), RECORDS_BUFFER_BYTES, 0, TEXTS).text,
        row->expected);
    arena_release(&arena);
}

/* The rows of "one hash" are worth something only while that is so. */
static void keys_of_one_hash_have_one_hash(void **state)
{
    (void)state;
    assert_int_equal(key_hash(STR("same-front-00000-same-back")),
                     key_hash(STR("same-front-54321-same-back")));
    assert_int_not_equal(key_hash(STR("same-front-00000-same-back")),
                         key_hash(STR("same-front-00000-some-back")));
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, limit_rows, limit_test);
    TESTS_ADD_ROWS(&tests, keys_rows, keys_test);
    TESTS_ADD(&tests, keys_of_one_hash_have_one_hash);
    return tests_run("json_limits", &tests);
}
