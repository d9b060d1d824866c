/*
 * The text of a record's field, as it stands in the evidence, and the value of such a
 * text.
 */
#include "json/records.h"

#include "records_print.h"

/* More bytes than are looked at in one step. */
#define LONG "0123456789012345678901234567890123456789012345678901234567890123456789"

/* Of a record with the fields a and b. */
struct field_row {
    const char *name;
    const char *record;
    const char *a;     /* its text; NULL: absent */
    const char *value; /* of that text, as compact JSON; NULL: none can be held */
};

static const struct field_row field_rows[] = {
    { "a string", "{\"a\": \"automated\"}", "\"automated\"", "\"automated\"" },
    { "a string of more bytes than are looked at in one step", "{\"a\":\"" LONG "\"}",
      "\"" LONG "\"", "\"" LONG "\"" },
    { "escapes stay as they are written", "{\"a\":\"x\\\"}\\u0041\\\\\",\"b\":\"c\"}",
      "\"x\\\"}\\u0041\\\\\"", "\"x\\\"}A\\\\\"" },
    { "an empty string", "{\"b\": 1, \"a\":\"\"}", "\"\"", "\"\"" },
    { "a number, with a comma behind it", "{\"a\":-12,\"b\":3}", "-12", "-12" },
    { "a number, with a blank behind it", "{\"a\": 1.5e+1 }", "1.5e+1", "15.0" },
    { "a number, with the end of the object behind it", "{\"a\":0}", "0", "0" },
    { "true", "{\"a\":true,\"b\":3}", "true", "true" },
    { "false", "{\"a\":false}", "false", "false" },
    { "null is there", "{\"a\":null}", "null", "null" },
    { "an empty object", "{\"a\":{}}", "{}", "{}" },
    { "an empty array, with blanks", "{\"a\":[ \n ], \"b\": 1}", "[ \n ]", "[]" },
    { "arrays and objects in each other, with brackets in strings",
      "{\"a\": [{\"]\": \"}]\\\"\"}, [ 1,2 ],{}] , \"b\": [3]}",
      "[{\"]\": \"}]\\\"\"}, [ 1,2 ],{}]", "[{\"]\":\"}]\\\"\"},[1,2],{}]" },
    { "of a key that is there twice, the first", "{\"a\":1,\"a\":2}", "1", "1" },
    { "in the value, the last wins", "{\"a\":{\"k\":1,\"k\":2}}", "{\"k\":1,\"k\":2}",
      "{\"k\":2}" },
    { "the largest integer", "{\"a\":9223372036854775807}", "9223372036854775807",
      "9223372036854775807" },
    { "an integer that no value holds", "{\"a\":9223372036854775808}",
      "9223372036854775808", NULL },
    { "a number out of range, deeper down", "{\"a\":{\"k\":[1,1e999]}}",
      "{\"k\":[1,1e999]}", NULL },
    { "a field that the record lacks", "{\"b\":1}", NULL, NULL },
};

static void check_value(struct arena *arena, struct str text, const char *expected)
{
    struct buf out = BUF_EMPTY(arena);
    json_t *value = json_of_text(text);

    if (expected == NULL) {
        assert_null(value);
        return;
    }
    print_json(&out, value);
    assert_string_equal(buf_str(&out).text, expected);
    json_decref(value);
}

static void check_field(struct arena *arena, const struct field_row *row,
                        const struct record *record)
{
    size_t a = projection_number(record_projection(record), STR("a"));
    struct str text;

    record_fields_json(record, &a, 1, &text);
    if (row->a == NULL) {
        assert_null(text.text);
        return;
    }
    assert_true(str_equal(text, str_from(row->a)));
    /* Only the text: nothing behind it may be needed. */
    check_value(arena, str_copy(arena, text), row->value);
    assert_true((json_object_get(record_value(record), "a") == NULL) ==
                (row->value == NULL));
}

static void field_test(void **state)
{
    const struct field_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY(&arena);
    struct records *records = records_new(&arena, layout_of_rows(&arena), 64);
    struct records_item item;

    /* the second time, the reader has met all that stands around it */
    buf_printf(&out, "{\"L\":[%s,%s]}", row->record, row->record);
    records_begin(records, bytes_open_memory(&arena, buf_str(&out), 0));
    for (int time = 0; time < 2; time++) {
        assert_int_equal(records_next(records, &item), RECORDS_RECORD);
        check_field(&arena, row, item.record);
    }
    arena_release(&arena);
}

static void a_record_that_was_made_has_no_text(void **state)
{
    struct record record = { .kind = RECORD_OBJECT, .made = json_object() };
    struct str text = STR("to be made absent");
    const size_t number = 0;

    (void)state;
    record_fields_json(&record, &number, 1, &text);
    assert_null(text.text);
    json_decref(record.made);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, field_rows, field_test);
    TESTS_ADD(&tests, a_record_that_was_made_has_no_text);
    return tests_run("json_fields", &tests);
}
