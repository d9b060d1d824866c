/*
 * The record reader against jansson, which parses the same text whole. The first byte
 * of the input picks the buffer's size and how much a read brings; the rest is the
 * source.
 *
 * What must agree: whether the text is right; every record and document, its projected
 * fields and whether a key is in it twice; every place, counted naively; and the
 * damage, at any buffer size. Known differences: jansson refuses "\u0000" in keys and
 * numbers out of range, and has other limits.
 *
 * The layout is one for all inputs, so that nothing may depend on what was read before.
 */
#include "evidence/records.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

enum verdict { ACCEPTED, REFUSED, UNSURE };

enum { DOCUMENTS_MAX = 64, FLAGS = JSON_DECODE_ANY | JSON_ALLOW_NUL };

static const char *const list_keys[] = { "L", "M" };
static const char *const record_fields[] = { "a", "b", "", "longer-than-eight",
                                             "\xC3\xA9" };
static const char *const other_fields[] = { "a", "T", "M" };

struct expected_document {
    json_t *value;
    bool has_duplicate;
};

struct expected {
    struct str text;
    enum verdict verdict;
    struct expected_document documents[DOCUMENTS_MAX];
    size_t count;
};

/* Counts places one byte at a time. */
struct counter {
    struct str text;
    struct position place;
};

struct outcome {
    size_t document_count, record_count;
    enum damage damage;
    struct position damage_at;
};

#define CHECK(truth)                                                                   \
    do {                                                                               \
        if (!(truth)) {                                                                \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #truth);        \
            abort();                                                                   \
        }                                                                              \
    } while (0)

static const struct layout *the_layout(void)
{
    static struct arena arena;
    static struct layout *layout;

    if (layout != NULL)
        return layout;
    layout = layout_new(&arena);
    for (size_t i = 0; i < sizeof list_keys / sizeof list_keys[0]; i++) {
        struct projection *list = layout_list(layout, str_from(list_keys[i]));

        for (size_t j = 0; j < sizeof record_fields / sizeof record_fields[0]; j++)
            projection_add(list, str_from(record_fields[j]));
        projection_add(list, STR("nul\0"));
    }
    for (size_t i = 0; i < sizeof other_fields / sizeof other_fields[0]; i++)
        projection_add(layout_other(layout), str_from(other_fields[i]));
    return layout;
}

/* ---- what jansson says ------------------------------------------------------------
 */

static size_t blanks_end(struct str text, size_t at, bool *has_line_end)
{
    for (; at < text.len && is_blank_byte(text.text[at]); at++)
        if (text.text[at] == '\n')
            *has_line_end = true;
    return at;
}

static enum verdict parse_one(struct expected *expected, size_t *at)
{
    struct expected_document *document = &expected->documents[expected->count];
    const char *text = expected->text.text + *at;
    size_t len = expected->text.len - *at;
    json_error_t error;
    json_t *again;

    document->value = json_loadb(text, len, FLAGS | JSON_DISABLE_EOF_CHECK, &error);
    if (document->value == NULL) {
        enum json_error_code code = json_error_code(&error);

        return code == json_error_numeric_overflow ||
                       code == json_error_null_byte_in_key ||
                       code == json_error_stack_overflow
                   ? UNSURE
                   : REFUSED;
    }
    expected->count++;
    len = (size_t)error.position;
    *at += len;
    again = json_loadb(text, len, FLAGS | JSON_REJECT_DUPLICATES, &error);
    document->has_duplicate = again == NULL;
    CHECK(again != NULL || json_error_code(&error) == json_error_duplicate_key);
    json_decref(again);
    return ACCEPTED;
}

static void parse(struct expected *expected)
{
    bool has_line_end = true;
    size_t at = 0;

    /* jansson 2.14 loses a raw NUL behind a number or a word. */
    if (expected->text.len > 0 &&
        memchr(expected->text.text, '\0', expected->text.len) != NULL) {
        expected->verdict = REFUSED;
        return;
    }
    if (str_starts_with(expected->text, STR("\xEF\xBB\xBF")))
        at = 3;
    for (;;) {
        at = blanks_end(expected->text, at, &has_line_end);
        if (at == expected->text.len)
            break;
        expected->verdict = !has_line_end ? REFUSED
                            : expected->count == DOCUMENTS_MAX
                                ? UNSURE
                                : parse_one(expected, &at);
        if (expected->verdict != ACCEPTED)
            return;
        has_line_end = false;
    }
    expected->verdict = expected->count > 0 ? ACCEPTED : REFUSED;
}

/* ---- comparing --------------------------------------------------------------------
 */

static void check_place(struct counter *counter, const struct position *place)
{
    struct position *here = &counter->place;

    CHECK(place->offset >= here->offset && place->offset <= counter->text.len);
    while (here->offset < place->offset) {
        unsigned char byte = (unsigned char)counter->text.text[here->offset++];

        if (byte == '\n') {
            here->line++;
            here->column = 1;
        } else if (byte < 0x80 || byte > 0xBF) {
            here->column++;
        }
    }
    CHECK(here->line == place->line && here->column == place->column);
}

static bool is_list(const char *key)
{
    return strcmp(key, list_keys[0]) == 0 || strcmp(key, list_keys[1]) == 0;
}

static void check_fields(json_t *value, json_t *whole, const char *const *fields,
                         size_t field_count, bool is_document)
{
    size_t count = 0;

    for (size_t i = 0; i < field_count; i++) {
        json_t *field = json_object_get(whole, fields[i]);

        if (field == NULL ||
            (is_document && is_list(fields[i]) && json_is_array(field)))
            continue;
        count++;
        CHECK(json_equal(json_object_get(value, fields[i]), field));
    }
    CHECK(json_object_size(value) == count);
}

static void check_record(const struct record *record, json_t *whole, bool is_in_list)
{
    if (json_is_object(whole)) {
        CHECK(record->kind == RECORD_OBJECT);
        if (is_in_list)
            check_fields(record->value, whole, record_fields,
                         sizeof record_fields / sizeof record_fields[0], false);
        else
            check_fields(record->value, whole, other_fields,
                         sizeof other_fields / sizeof other_fields[0], false);
    } else if (json_is_string(whole)) {
        CHECK(record->kind == RECORD_STRING && json_equal(record->value, whole));
    } else {
        CHECK(record->kind == (json_is_array(whole) ? RECORD_ARRAY : RECORD_OTHER));
        CHECK(record->value == NULL);
    }
    CHECK(record->unusable == NULL && !record->duplicate_key);
}

/* The record's array in its document, which has no key twice. */
static json_t *array_of(json_t *document, size_t list)
{
    const char *key;
    json_t *value;

    if (json_is_array(document))
        return document;
    json_object_foreach(document, key, value)
    {
        if (is_list(key) && json_is_array(value) && list-- == 0)
            return value;
    }
    CHECK(false);
    return NULL;
}

static enum document_kind kind_of(json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return DOCUMENT_OBJECT;
    case JSON_ARRAY:
        return DOCUMENT_ARRAY;
    case JSON_STRING:
        return DOCUMENT_STRING;
    case JSON_INTEGER:
    case JSON_REAL:
        return DOCUMENT_NUMBER;
    case JSON_TRUE:
    case JSON_FALSE:
        return DOCUMENT_BOOLEAN;
    case JSON_NULL:
        break;
    }
    return DOCUMENT_NULL;
}

static void check_document(const struct document *document,
                           const struct expected_document *expected,
                           bool record_has_duplicate)
{
    bool has_lists = json_object_get(expected->value, list_keys[0]) != NULL &&
                     json_object_get(expected->value, list_keys[1]) != NULL;

    CHECK(document->kind == kind_of(expected->value));
    CHECK(document->duplicate_key || !has_lists);
    if (!has_lists)
        CHECK((document->duplicate_key || document->duplicate_below ||
               record_has_duplicate) == expected->has_duplicate);
    if (document->kind != DOCUMENT_OBJECT || expected->has_duplicate)
        return;
    CHECK(!document->duplicate_below && document->unusable == NULL);
    check_fields(document->fields, expected->value, other_fields,
                 sizeof other_fields / sizeof other_fields[0], true);
}

/* ---- reading ----------------------------------------------------------------------
 */

struct reading {
    const struct expected *expected;
    struct counter counter;
    struct outcome outcome;
    size_t list;           /* of the document's arrays, the record's */
    size_t document_count; /* of the document: records */
    bool has_duplicate;    /* a record of the document */
};

static void take_record(struct reading *reading, const struct record *record)
{
    const struct expected *expected = reading->expected;
    size_t index = reading->outcome.document_count;
    const struct expected_document *document;
    json_t *array;

    check_place(&reading->counter, &record->start);
    reading->outcome.record_count++;
    reading->has_duplicate = reading->has_duplicate || record->duplicate_key;
    if (index >= expected->count || expected->documents[index].has_duplicate)
        return;
    document = &expected->documents[index];
    if (record->index == 0)
        while (json_array_size(array_of(document->value, reading->list++)) == 0)
            ;
    array = array_of(document->value, reading->list - 1);
    check_record(record, json_array_get(array, record->index),
                 json_is_object(document->value));
}

static void take_document(struct reading *reading, const struct document *document)
{
    const struct expected *expected = reading->expected;
    size_t index = reading->outcome.document_count++;

    if (document->damage != DAMAGE_NONE) {
        reading->outcome.damage = document->damage;
        reading->outcome.damage_at = document->damage_at;
        CHECK(document->damage_text != NULL);
        if (document->damage != DAMAGE_BYTES)
            check_place(&reading->counter, &document->damage_at);
    } else if (index < expected->count) {
        check_document(document, &expected->documents[index], reading->has_duplicate);
    }
    CHECK(document->index == index);
    reading->list = 0;
    reading->has_duplicate = false;
}

static struct outcome read_all(const struct expected *expected, size_t buffer_bytes,
                               size_t step)
{
    struct arena arena = ARENA_EMPTY;
    struct bytes *bytes = bytes_open_memory(&arena, expected->text, step);
    struct records *records = records_open(&arena, the_layout(), bytes, buffer_bytes);
    struct reading reading = {
        .expected = expected,
        .counter = { expected->text, { .line = 1, .column = 1 } },
    };
    struct records_item item;
    enum records_status status;

    if (str_starts_with(expected->text, STR("\xEF\xBB\xBF")))
        reading.counter.place.offset = 3;
    while ((status = records_next(records, &item)) != RECORDS_END)
        if (status == RECORDS_RECORD)
            take_record(&reading, &item.record);
        else
            take_document(&reading, &item.document);
    CHECK(records_next(records, &item) == RECORDS_END);
    arena_release(&arena);
    return reading.outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const size_t sizes[] = { 64, 65, 100, 1000, RECORDS_BUFFER_BYTES };
    static const size_t steps[] = { 0, 1, 7, 64 };
    static struct expected expected;
    struct outcome outcome, again;

    if (len == 0)
        return 0;
    expected = (struct expected){ .text = { (const char *)bytes + 1, len - 1 } };
    parse(&expected);
    outcome = read_all(&expected, sizes[bytes[0] % 5], steps[bytes[0] / 5 % 4]);
    again = read_all(&expected, RECORDS_BUFFER_BYTES, 0);
    CHECK(outcome.damage == again.damage);
    CHECK(outcome.damage_at.offset == again.damage_at.offset);
    CHECK(outcome.document_count == again.document_count);
    CHECK(outcome.record_count == again.record_count);
    if (expected.verdict == ACCEPTED && outcome.damage != DAMAGE_DEPTH)
        CHECK(outcome.damage == DAMAGE_NONE &&
              outcome.document_count == expected.count);
    if (expected.verdict == REFUSED)
        CHECK(outcome.damage != DAMAGE_NONE || outcome.document_count == 0);
    for (size_t i = 0; i < expected.count; i++)
        json_decref(expected.documents[i].value);
    return 0;
}
