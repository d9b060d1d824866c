/*
 * The record reader against jansson, and against itself. The first byte of the input
 * picks how much a read brings; the rest is the source.
 *
 * What must agree with jansson: whether the text is right; every record, also one of a
 * broken document: its projected fields, whether a key is in it twice, its number in
 * its list; every document; every place, counted naively. records_expected.h has the
 * known differences.
 *
 * What must agree among readers, to the last word: a new one, with all of the source in
 * its buffer; and those that have read all the inputs before, at buffers of any size,
 * whatever instructions they are made of.
 * The layout is one for all inputs. So nothing may depend on what was read before.
 */
#include "json/records.h"

#include "records_expected.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const char *const list_keys[] = { "L", "M" };
static const char *const record_fields[] = { "a", "b", "", "longer-than-eight",
                                             "\xC3\xA9" };
static const char *const other_fields[] = { "a", "T", "M" };

/* Counts places one byte at a time. */
struct counter {
    struct str text;
    struct position place;
};

static const struct layout *the_layout(void)
{
    static struct arena arena;
    static struct layout *layout;

    if (layout != NULL)
        return layout;
    layout = layout_new(&arena);
    for (size_t i = 0; i < sizeof list_keys / sizeof list_keys[0]; i++) {
        struct projection *list = layout_list(layout, str_from(list_keys[i]));

        /* In another order, so that a field's number is not the same in all lists. */
        for (size_t j = 0; j < sizeof record_fields / sizeof record_fields[0]; j++)
            projection_add(list, str_from(record_fields[(i * 2 + j) % 5]));
        projection_add(list, STR("nul\0"));
    }
    for (size_t i = 0; i < sizeof other_fields / sizeof other_fields[0]; i++)
        projection_add(layout_other(layout), str_from(other_fields[i]));
    /* "M" says something only with a record that has "a". */
    layout_sign(layout, STR("L"));
    projection_add(layout_sign(layout, STR("M")), STR("a"));
    layout_record_field(layout, STR("b"));
    layout_mark(layout, STR("T"));
    return layout;
}

/* ---- comparing with jansson -------------------------------------------------------
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

/* Which values a field has that is there twice is jansson's affair. */
static void check_fields(json_t *value, const struct expected_value *whole,
                         const char *const *fields, size_t field_count)
{
    for (size_t i = 0; i < field_count; i++) {
        json_t *field = json_object_get(whole->value, fields[i]);
        json_t *ours = json_object_get(value, fields[i]);

        CHECK((field == NULL) == (ours == NULL));
        CHECK(field == NULL || whole->has_duplicate || json_equal(ours, field));
    }
    CHECK(json_object_size(value) <= field_count + 1);
}

static void check_object(const struct record *record,
                         const struct expected_value *whole, bool is_in_list)
{
    CHECK(json_is_object(whole->value));
    if (is_in_list)
        check_fields(record_value(record), whole, record_fields,
                     sizeof record_fields / sizeof record_fields[0]);
    else
        check_fields(record_value(record), whole, other_fields,
                     sizeof other_fields / sizeof other_fields[0]);
}

/* The record's text alone. What is no object, array or string needs not be told from
 * what is behind it. */
static void check_record(const struct record *record, struct str text, bool is_in_list)
{
    struct expected_value expected;
    enum verdict verdict;

    if (record->kind == RECORD_OTHER)
        return;
    verdict = expect_value(text, record->start.offset, &expected);
    CHECK(verdict != REFUSED);
    if (verdict != ACCEPTED)
        return;
    CHECK(record->duplicate_key == expected.has_duplicate);
    CHECK(record_unusable(record) == NULL);
    if (record->kind == RECORD_OBJECT)
        check_object(record, &expected, is_in_list);
    else if (record->kind == RECORD_STRING)
        CHECK(json_equal(record_value(record), expected.value));
    else
        CHECK(json_is_array(expected.value) && record_value(record) == NULL);
    json_decref(expected.value);
}

/* That it is the one that jansson has in its place. */
static void check_element(const struct record *record, json_t *whole)
{
    switch (record->kind) {
    case RECORD_OBJECT:
        CHECK(json_is_object(whole));
        break;
    case RECORD_STRING:
        CHECK(json_equal(record_value(record), whole));
        break;
    case RECORD_ARRAY:
        CHECK(json_is_array(whole));
        break;
    case RECORD_OTHER:
        CHECK(whole != NULL && !json_is_object(whole) && !json_is_string(whole) &&
              !json_is_array(whole));
        break;
    }
    if (record->kind == RECORD_OBJECT)
        for (size_t i = 0; i < sizeof other_fields / sizeof other_fields[0]; i++) {
            json_t *field = json_object_get(record_value(record), other_fields[i]);

            CHECK(field == NULL ||
                  json_equal(field, json_object_get(whole, other_fields[i])));
        }
}

/* The record's array in its document, which has no key twice. */
static json_t *array_of(json_t *envelope, size_t list)
{
    const char *key;
    json_t *value;

    if (json_is_array(envelope))
        return envelope;
    json_object_foreach(envelope, key, value)
    {
        if (is_list(key) && json_is_array(value) && list-- == 0)
            return value;
    }
    CHECK(false);
    return NULL;
}

/* ---- listings where no answer has them ---- */

static bool is_sign(const char *key, json_t *value)
{
    json_t *first = json_array_get(value, 0);

    if (strcmp(key, "L") == 0)
        return json_is_object(value) ||
               (json_is_array(value) && (first == NULL || json_is_object(first)));
    return strcmp(key, "M") == 0 && json_is_array(value) &&
           json_object_get(first, "a") != NULL;
}

static bool is_answer(json_t *element)
{
    const char *key;
    json_t *value;

    json_object_foreach(element, key, value)
    {
        if (strcmp(key, "b") == 0)
            return false;
        if (json_is_array(value) && is_sign(key, value))
            return true;
    }
    return false;
}

static void expect_below(json_t *value, size_t depth, struct nested *nested)
{
    const char *key;
    json_t *member;
    size_t i;

    if (depth > NESTED_DEPTH_MAX)
        return;
    json_array_foreach(value, i, member)
    {
        expect_below(member, depth + 1, nested);
    }
    json_object_foreach(value, key, member)
    {
        if (is_sign(key, member)) {
            if (nested->key.text != NULL && !str_equal(nested->key, str_from(key)))
                nested->is_mixed = true;
            else
                nested->key = str_from(key);
        }
        expect_below(member, depth + 1, nested);
    }
}

static void check_below(const struct envelope *envelope, json_t *whole)
{
    struct nested nested = { 0 };
    const char *key;
    json_t *member;

    if (envelope->kind == DOCUMENT_ARRAY && envelope->is_element)
        expect_below(whole, 1, &nested);
    json_object_foreach(whole, key, member)
    {
        if (is_list(key))
            break;
        expect_below(member, 1, &nested);
    }
    CHECK(nested.is_mixed == envelope->nested.is_mixed);
    CHECK((nested.key.text == NULL) == (envelope->nested.key.text == NULL));
    CHECK(nested.key.text == NULL || nested.is_mixed ||
          str_equal(nested.key, envelope->nested.key));
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

static void check_members(const struct envelope *envelope, json_t *whole)
{
    size_t count = 0;

    for (size_t i = 0; i < sizeof other_fields / sizeof other_fields[0]; i++) {
        json_t *field = json_object_get(whole, other_fields[i]);

        if (field == NULL || (is_list(other_fields[i]) && json_is_array(field)))
            continue;
        count++;
        CHECK(json_equal(json_object_get(envelope->fields, other_fields[i]), field));
    }
    CHECK(json_object_size(envelope->fields) == count);
}

static json_t *whole_of(const struct envelope *envelope,
                        const struct expected_value *expected)
{
    return envelope->is_element ? json_array_get(expected->value, envelope->element)
                                : expected->value;
}

static void check_document(const struct envelope *envelope,
                           const struct expected_value *expected,
                           bool record_has_duplicate)
{
    json_t *whole = whole_of(envelope, expected);
    bool has_lists = json_object_get(whole, list_keys[0]) != NULL &&
                     json_object_get(whole, list_keys[1]) != NULL;

    CHECK(envelope->kind == kind_of(whole));
    CHECK(envelope->duplicate_key || !has_lists);
    if (!has_lists && !envelope->is_element)
        CHECK((envelope->duplicate_key || envelope->duplicate_below ||
               record_has_duplicate) == expected->has_duplicate);
    if (expected->has_duplicate)
        return;
    check_below(envelope, whole);
    CHECK(envelope->is_element == (json_is_array(expected->value) &&
                                   is_answer(json_array_get(expected->value, 0))));
    if (envelope->kind != DOCUMENT_OBJECT)
        return;
    CHECK(!envelope->duplicate_below && envelope->unusable == NULL);
    check_members(envelope, whole);
}

struct reading {
    const struct expected *expected;
    struct counter counter;
    size_t document_index;
    bool in_answers;    /* of an array with that index */
    size_t list;        /* of the document's arrays, the record's */
    bool has_duplicate; /* a record of the document */
    enum damage damage;
};

static void take_record(struct reading *reading, const struct records_item *item)
{
    const struct expected *expected = reading->expected;
    size_t index = item->envelope->index;
    json_t *array, *whole;

    check_place(&reading->counter, &item->record->start);
    check_record(item->record, expected->text, item->envelope->kind == DOCUMENT_OBJECT);
    reading->has_duplicate = reading->has_duplicate || item->record->duplicate_key;
    if (index >= expected->count || expected->documents[index].has_duplicate)
        return;
    whole = whole_of(item->envelope, &expected->documents[index]);
    if (item->record->index == 0)
        while (json_array_size(array_of(whole, reading->list++)) == 0)
            ;
    array = array_of(whole, reading->list - 1);
    check_element(item->record, json_array_get(array, item->record->index));
}

/* Each in its order, and of an array of answers each element. */
static void check_order(struct reading *reading, const struct envelope *envelope)
{
    size_t ended = envelope->index - reading->document_index;

    CHECK(envelope->index >= reading->document_index);
    CHECK(ended == 0 || (ended == 1 && reading->in_answers));
    reading->in_answers = envelope->is_element;
    reading->document_index = envelope->index + !envelope->is_element;
}

static void take_document(struct reading *reading, const struct envelope *envelope)
{
    const struct expected *expected = reading->expected;

    if (envelope->damage != DAMAGE_NONE) {
        reading->damage = envelope->damage;
        CHECK(envelope->damage_text != NULL);
        if (envelope->damage != DAMAGE_BYTES)
            check_place(&reading->counter, &envelope->damage_at);
    } else if (envelope->index < expected->count) {
        check_document(envelope, &expected->documents[envelope->index],
                       reading->has_duplicate);
    }
    check_order(reading, envelope);
    reading->list = 0;
    reading->has_duplicate = false;
}

static void check_verdict(const struct reading *reading)
{
    const struct expected *expected = reading->expected;
    size_t count = reading->document_index + reading->in_answers;

    if (expected->verdict == ACCEPTED && reading->damage != DAMAGE_DEPTH)
        CHECK(reading->damage == DAMAGE_NONE && count == expected->count);
    if (expected->verdict == REFUSED)
        CHECK(reading->damage != DAMAGE_NONE || count == 0);
}

/* ---- comparing readers ------------------------------------------------------------
 */

static void print_place(struct buf *out, const struct position *place)
{
    buf_printf(out, "@%llu:%llu+%llu ", (unsigned long long)place->line,
               (unsigned long long)place->column, (unsigned long long)place->offset);
}

static void print_json(struct buf *out, json_t *value)
{
    char *text;

    if (value == NULL)
        return;
    text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    buf_printf(out, "%s ", text);
    free(text);
}

static void print_document(struct buf *out, const struct envelope *envelope)
{
    buf_printf(out, "document %d %llu ", (int)envelope->kind,
               (unsigned long long)envelope->index);
    print_place(out, &envelope->start);
    buf_printf(out, "%d%d%d ", envelope->duplicate_key, envelope->duplicate_below,
               envelope->list_is_array);
    buf_add(out, envelope->list);
    print_place(out, &envelope->list_start);
    buf_printf(out, "%llu %d ", (unsigned long long)envelope->record_count,
               (int)envelope->damage);
    print_place(out, &envelope->damage_at);
    buf_printf(out, "%s ", envelope->damage_text != NULL ? envelope->damage_text : "");
    buf_printf(out, "%d %llu %llu %d ", envelope->is_element,
               (unsigned long long)envelope->element,
               (unsigned long long)envelope->marks, envelope->tells_place);
    if (envelope->nested.key.text == NULL)
        return;
    buf_printf(out, "nested %s %s %d ", envelope->nested.pointer,
               envelope->nested.jq != NULL ? envelope->nested.jq : "",
               envelope->nested.is_mixed);
    print_place(out, &envelope->nested_at);
}

/* The value made of a field's text is the one that the record's value has. */
static void check_json(struct str text, json_t *value)
{
    json_t *made;

    if (text.text == NULL) {
        CHECK(value == NULL);
        return;
    }
    made = json_of_text(text);
    CHECK((made == NULL) == (value == NULL) &&
          (made == NULL || json_equal(made, value)));
    json_decref(made);
}

/* What is asked of a field alone is what its record's value has; asked first in every
 * other record, since either makes what the other takes. */
static void check_field(const struct record *record, struct str name)
{
    const struct projection *projection = record_projection(record);
    size_t number = projection_number(projection, name);
    bool first = record->index % 2 == 0;
    json_t *value, *unusable;
    struct str text, json;

    if (number == SIZE_MAX)
        return;
    if (!first)
        record_value(record);
    text = record_text(record, name);
    value = json_object_getn(record_value(record), name.text, name.len);
    unusable = record_unusable(record);
    record_fields_json(record, &number, 1, &json);
    check_json(json, value);
    CHECK((text.text != NULL) == json_is_string(value));
    CHECK(text.text == NULL ||
          (text.len == json_string_length(value) &&
           memcmp(text.text, json_string_value(value), text.len) == 0));
    if (json_object_getn(unusable, name.text, name.len) != NULL) {
        CHECK(record_has(record, name));
        return;
    }
    CHECK(record_has(record, name) == (value != NULL && !json_is_null(value)));
    CHECK((record_field_start(record, number) == '\0') == (value == NULL));
}

static void check_each_field(const struct record *record)
{
    for (size_t i = 0; i < sizeof record_fields / sizeof record_fields[0]; i++)
        check_field(record, str_from(record_fields[i]));
    for (size_t i = 0; i < sizeof other_fields / sizeof other_fields[0]; i++)
        check_field(record, str_from(other_fields[i]));
}

static void print_item(struct buf *out, enum records_status status,
                       const struct records_item *item)
{
    if (status == RECORDS_RECORD && item->record->kind == RECORD_OBJECT)
        check_each_field(item->record);
    print_document(out, item->envelope);
    if (status == RECORDS_DOCUMENT) {
        print_json(out, item->envelope->fields);
        print_json(out, item->envelope->unusable);
        return;
    }
    buf_printf(out, "record %d %d %llu ", (int)item->record->kind,
               item->record->duplicate_key, (unsigned long long)item->record->index);
    print_place(out, &item->record->start);
    print_json(out, record_value(item->record));
    print_json(out, record_unusable(item->record));
}

/* All that it gives, as text. With `reading`: jansson is asked too. */
static struct str read_all(struct records *records, struct arena *arena,
                           struct str text, size_t step, struct reading *reading)
{
    struct buf out = BUF_EMPTY(arena);
    struct records_item item;
    enum records_status status;

    records_begin(records, bytes_open_memory(arena, text, step));
    while ((status = records_next(records, &item)) != RECORDS_END) {
        print_item(&out, status, &item);
        buf_add_byte(&out, '\n');
        if (reading == NULL)
            continue;
        if (status == RECORDS_RECORD)
            take_record(reading, &item);
        else
            take_document(reading, item.envelope);
    }
    CHECK(records_next(records, &item) == RECORDS_END);
    return buf_str(&out);
}

/* A reader that stays from input to input. */
struct veteran {
    struct arena arena;
    struct records *records;
    size_t buffer_bytes, inputs_left;
};

enum { VETERANS = 8, INPUTS_MAX = 400 };

static uint64_t random_number(void)
{
    static uint64_t state = 0x9E3779B97F4A7C15u;

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

/* A large value makes a reader's buffer large for good, and what it has learned is
 * soon complete: so each is replaced after some time. */
static void veteran_retire(struct veteran *veteran)
{
    unsigned doublings = (unsigned)(random_number() % 13);
    size_t least = (size_t)RECORDS_BUFFER_BYTES_MIN << doublings;

    arena_release(&veteran->arena);
    veteran->buffer_bytes = least + random_number() % least;
    if (veteran->buffer_bytes > RECORDS_BUFFER_BYTES)
        veteran->buffer_bytes = RECORDS_BUFFER_BYTES;
    veteran->records =
        records_new(&veteran->arena, the_layout(), veteran->buffer_bytes);
    if (random_number() % 4 == 0)
        records_learn_nothing(veteran->records);
    veteran->inputs_left = 1 + random_number() % INPUTS_MAX;
}

static void check_veteran(struct veteran *veteran, struct str text, size_t step,
                          struct str expected)
{
    struct arena arena = ARENA_EMPTY;
    struct str found = read_all(veteran->records, &arena, text, step, NULL);

    if (!str_equal(found, expected)) {
        fprintf(stderr,
                "a buffer of %zu, %zu a read: readers differ\n"
                "the new one:\n%.*s\nthe old one:\n%.*s\n",
                veteran->buffer_bytes, step, STR_ARG(expected), STR_ARG(found));
        abort();
    }
    arena_release(&arena);
}

/* Behind so many blanks that the veteran's buffer ends somewhere in the text. */
static void check_end_of_buffer(struct veteran *veteran, struct str text, size_t step)
{
    static struct veteran whole;
    struct arena arena = ARENA_EMPTY;
    size_t blanks = veteran->buffer_bytes -
                    random_number() % (text.len + 1) % veteran->buffer_bytes;
    char *padded = arena_alloc(&arena, blanks + text.len + 1);

    if (whole.records == NULL)
        whole.records =
            records_new(&whole.arena, the_layout(), 2 * (size_t)RECORDS_BUFFER_BYTES);
    memset(padded, random_number() % 2 == 0 ? ' ' : '\n', blanks);
    memcpy(padded + blanks, text.text, text.len);
    text = (struct str){ padded, blanks + text.len };
    check_veteran(veteran, text, step, read_all(whole.records, &arena, text, 0, NULL));
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const size_t steps[] = { 0, 0, 1, 7, 64, 1000 };
    static struct veteran veterans[VETERANS];
    static struct expected expected;
    struct reading reading = { .expected = &expected };
    struct arena arena = ARENA_EMPTY;
    struct veteran *veteran = &veterans[random_number() % VETERANS];
    struct str trace;
    size_t step;

    /* What is UTF-16 is another target's. */
    if (len == 0 || (len > 2 && bytes[1] >= 0xFE && bytes[2] >= 0xFE))
        return 0;
    step = steps[bytes[0] % (sizeof steps / sizeof steps[0])];
    expected = (struct expected){ .text = { (const char *)bytes + 1, len - 1 } };
    expect(&expected);
    reading.counter = (struct counter){ expected.text, { .line = 1, .column = 1 } };
    if (str_starts_with(expected.text, STR("\xEF\xBB\xBF")))
        reading.counter.place.offset = 3;
    trace = read_all(records_new(&arena, the_layout(), RECORDS_BUFFER_BYTES), &arena,
                     expected.text, 0, &reading);
    check_verdict(&reading);
    if (veteran->inputs_left == 0)
        veteran_retire(veteran);
    veteran->inputs_left--;
    check_veteran(veteran, expected.text, step, trace);
    if (random_number() % 8 == 0)
        check_end_of_buffer(veteran, expected.text, step > 1 ? step : 0);
    arena_release(&arena);
    expected_release(&expected);
    return 0;
}
