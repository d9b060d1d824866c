/*
 * records_print.h - private to the record reader's tests: what a source gives, on one
 * line.
 */
#ifndef TESTS_UNIT_RECORDS_PRINT_H
#define TESTS_UNIT_RECORDS_PRINT_H

#include "records_open.h"
#include "rows.h"
#include "json/records.h"

#include <stdlib.h>

enum detail { BRIEF = 0, PLACES = 1, TEXTS = 2, ALL = PLACES | TEXTS };

static void print_json(struct buf *out, json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_ENSURE_ASCII);

    buf_printf(out, "%s", text);
    free(text);
}

static void print_place(struct buf *out, const struct position *place)
{
    buf_printf(out, "@%d:%d+%d", (int)place->line, (int)place->column,
               (int)place->offset);
}

static void print_record(struct buf *out, const struct record *record,
                         enum detail detail)
{
    buf_printf(out, "%d=", (int)record->index);
    if (record->kind == RECORD_OTHER)
        buf_printf(out, "other");
    else if (record->kind == RECORD_ARRAY)
        buf_printf(out, "array");
    else
        print_json(out, record_value(record));
    if (record_unusable(record) != NULL) {
        buf_printf(out, " unusable=");
        print_json(out, record_unusable(record));
    }
    if (record->duplicate_key)
        buf_printf(out, " twice");
    if ((detail & PLACES) != 0)
        print_place(out, &record->start);
}

static void print_object(struct buf *out, const struct envelope *envelope,
                         enum detail detail)
{
    if (json_object_size(envelope->fields) > 0) {
        buf_printf(out, " ");
        print_json(out, envelope->fields);
    }
    if (envelope->unusable != NULL) {
        buf_printf(out, " unusable=");
        print_json(out, envelope->unusable);
    }
    if (envelope->duplicate_key)
        buf_printf(out, " twice");
    if (envelope->duplicate_below)
        buf_printf(out, " twice-below");
    if (envelope->list.text != NULL)
        buf_printf(out, " list=%.*s%s", STR_ARG(envelope->list),
                   envelope->list_is_array ? "" : "(no array)");
    if ((detail & PLACES) != 0 && envelope->list.text != NULL)
        print_place(out, &envelope->list_start);
}

/* Marks only in detail: most rows have a T. */
static void print_below(struct buf *out, const struct envelope *envelope,
                        enum detail detail)
{
    if ((detail & TEXTS) != 0 && envelope->marks > 0)
        buf_printf(out, " marks=%d", (int)envelope->marks);
    if (envelope->tells_place)
        buf_printf(out, " placed");
    if (envelope->answers > 0)
        buf_printf(out, " answers=%d", (int)envelope->answers);
    if (envelope->nested.key.text == NULL)
        return;
    buf_printf(out, " nested=%s %s", envelope->nested.pointer,
               envelope->nested.jq != NULL ? envelope->nested.jq : "-");
    if (envelope->nested.is_mixed)
        buf_printf(out, " and others");
    if ((detail & PLACES) != 0)
        print_place(out, &envelope->nested_at);
}

static void print_document(struct buf *out, const struct envelope *envelope,
                           enum detail detail)
{
    static const char *const kinds[] = {
        [DOCUMENT_OBJECT] = "object",   [DOCUMENT_ARRAY] = "array",
        [DOCUMENT_STRING] = "string",   [DOCUMENT_NUMBER] = "number",
        [DOCUMENT_BOOLEAN] = "boolean", [DOCUMENT_NULL] = "null",
        [DOCUMENT_NONE] = "none",
    };

    if (envelope->is_element)
        buf_printf(out, "/%d ", (int)envelope->element);
    buf_printf(out, "%s", kinds[envelope->kind]);
    if ((detail & PLACES) != 0)
        print_place(out, &envelope->start);
    if (envelope->kind == DOCUMENT_OBJECT)
        print_object(out, envelope, detail);
    if (envelope->kind == DOCUMENT_ARRAY && (detail & PLACES) != 0)
        print_place(out, &envelope->list_start);
    print_below(out, envelope, detail);
    if (envelope->record_count > 0)
        buf_printf(out, " records=%d", (int)envelope->record_count);
    if (envelope->damage == DAMAGE_NONE)
        return;
    buf_printf(out, " %s", damage_name(envelope->damage));
    if ((detail & PLACES) != 0)
        print_place(out, &envelope->damage_at);
    if ((detail & TEXTS) != 0)
        buf_printf(out, ": %s", envelope->damage_text);
}

/* Lists L and M with the fields a, b, "", NUL, café; of all else a and T, and M if it
 * is no list. L is known anywhere, M by a record with a; an element with b is a record.
 * Marks: T, x. */
static const struct layout *layout_of_rows(struct arena *arena)
{
    static const struct str fields[] = {
        { "a", 1 }, { "b", 1 }, { "", 0 }, { "\0", 1 }, { "caf\xC3\xA9", 5 },
    };
    struct layout *layout = layout_new(arena);

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        projection_add(layout_list(layout, STR("L")), fields[i]);
        projection_add(layout_list(layout, STR("M")), fields[i]);
    }
    projection_add(layout_other(layout), STR("a"));
    projection_add(layout_other(layout), STR("T"));
    projection_add(layout_other(layout), STR("M"));
    layout_sign(layout, STR("L"));
    projection_add(layout_sign(layout, STR("M")), STR("a"));
    layout_record_field(layout, STR("b"));
    layout_mark(layout, STR("T"));
    layout_mark(layout, STR("x"));
    return layout;
}

static inline struct str print_all(struct arena *arena, struct str text,
                                   size_t buffer_bytes, size_t step, enum detail detail)
{
    struct buf out = BUF_EMPTY(arena);
    struct records *records =
        records_open(arena, layout_of_rows(arena), bytes_open_memory(arena, text, step),
                     buffer_bytes);
    struct records_item item;
    enum records_status status;
    uint64_t document_count = 0;
    bool in_answers = false;

    while ((status = records_next(records, &item)) != RECORDS_END) {
        if (out.len > 0)
            buf_printf(&out, "; ");
        if (status == RECORDS_RECORD) {
            print_record(&out, item.record, detail);
        } else {
            print_document(&out, item.envelope, detail);
            assert_true(item.envelope->index - document_count <= in_answers);
            in_answers = item.envelope->is_element;
            document_count = item.envelope->index + !in_answers;
        }
    }
    assert_int_equal(records_next(records, &item), RECORDS_END);
    return buf_str(&out);
}

#endif
