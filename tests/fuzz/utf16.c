/*
 * UTF-16 against its UTF-8 twin: the same text, stored in either order, gives the same
 * records, documents and damage, in the same lines and columns, and its offsets are
 * those of what is stored. The first byte of the input picks the buffer's size and how
 * much a read brings; the rest is the text (a byte that is not UTF-8 there stands for
 * the character of its number). Every other text lies across the end of what is read at
 * once, behind blanks.
 *
 * Then the input's bytes themselves as UTF-16, whatever they are: decoded as a decoder
 * of one line does it, and read the same at any buffer size.
 */
#include "json/utf16.h"
#include "json/records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const size_t sizes[] = { 64, 65, 100, 1000, RECORDS_BUFFER_BYTES };
static const size_t steps[] = { 0, 1, 3, 7 };

#define CHECK(truth)                                                                   \
    do {                                                                               \
        if (!(truth)) {                                                                \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #truth);        \
            abort();                                                                   \
        }                                                                              \
    } while (0)

struct picked {
    size_t size, step;
    size_t blanks; /* before the text */
};

/* One text in three forms. */
struct twins {
    struct arena arena;
    struct buf utf8, little, big;
    size_t *stored; /* of each byte of utf8: the UTF-16 bytes before it */
};

/* ---- what a source gives, as text ------------------------------------------------ */

static const struct layout *the_layout(struct arena *arena)
{
    struct layout *layout = layout_new(arena);

    projection_add(layout_list(layout, STR("L")), STR("a"));
    projection_add(layout_list(layout, STR("L")), STR("\xC3\xA9"));
    projection_add(layout_list(layout, STR("M")), STR("b"));
    projection_add(layout_other(layout), STR("a"));
    projection_add(layout_other(layout), STR("T"));
    return layout;
}

static void print_place(struct buf *out, const struct position *place,
                        const size_t *stored)
{
    buf_printf(out, "@%zu:%zu+%zu", (size_t)place->line, (size_t)place->column,
               stored != NULL ? stored[place->offset] : (size_t)place->offset);
}

static void print_json(struct buf *out, json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_ENSURE_ASCII);

    buf_printf(out, " %s", text != NULL ? text : "-");
    free(text);
}

static void print_record(struct buf *out, const struct record *record,
                         const size_t *stored)
{
    buf_printf(out, "record %zu %d%d", (size_t)record->index, (int)record->kind,
               record->duplicate_key);
    print_place(out, &record->start, stored);
    print_json(out, record_value(record));
    print_json(out, record_unusable(record));
    buf_add_byte(out, '\n');
}

static void print_document(struct buf *out, const struct envelope *envelope,
                           const size_t *stored)
{
    buf_printf(out, "document %zu %d%d%d%d %zu", (size_t)envelope->index,
               (int)envelope->kind, envelope->duplicate_key, envelope->duplicate_below,
               envelope->list_is_array, (size_t)envelope->record_count);
    print_place(out, &envelope->start, stored);
    print_json(out, envelope->fields);
    print_json(out, envelope->unusable);
    if (envelope->list.text != NULL) {
        buf_add(out, envelope->list);
        print_place(out, &envelope->list_start, stored);
    }
    if (envelope->damage != DAMAGE_NONE) {
        buf_printf(out, "%d: %s", (int)envelope->damage, envelope->damage_text);
        print_place(out, &envelope->damage_at, stored);
    }
    buf_add_byte(out, '\n');
}

static struct str print_all(struct arena *arena, struct str stored_text,
                            size_t buffer_bytes, size_t step, const size_t *stored)
{
    struct buf out = BUF_EMPTY(arena);
    struct records *records = records_new(arena, the_layout(arena), buffer_bytes);
    struct records_item item;
    enum records_status status;

    /* Nothing may be left of a source that is not read to its end. */
    records_begin(records, bytes_open_memory(arena, STR("{\"L\": [{\"a\": 1}"), 0));
    CHECK(records_next(records, &item) == RECORDS_RECORD);
    records_begin(records, bytes_open_memory(arena, stored_text, step));

    while ((status = records_next(records, &item)) != RECORDS_END)
        if (status == RECORDS_RECORD)
            print_record(&out, item.record, stored);
        else
            print_document(&out, item.envelope, stored);
    return buf_str(&out);
}

/* ---- twins ----------------------------------------------------------------------- */

static void put_unit(struct twins *twins, unsigned unit)
{
    buf_add_byte(&twins->little, (char)(unit & 0xFF));
    buf_add_byte(&twins->little, (char)(unit >> 8));
    buf_add_byte(&twins->big, (char)(unit >> 8));
    buf_add_byte(&twins->big, (char)(unit & 0xFF));
}

static void put(struct twins *twins, unsigned code)
{
    char character[CHARACTER_BYTES_MAX];
    size_t len = (size_t)(character_put(character, code) - character);

    for (size_t i = 0; i < len; i++)
        twins->stored[twins->utf8.len + i] = twins->big.len;
    buf_add(&twins->utf8, (struct str){ character, len });
    if (code < 0x10000) {
        put_unit(twins, code);
    } else {
        put_unit(twins, 0xD800 + ((code - 0x10000) >> 10));
        put_unit(twins, 0xDC00 + ((code - 0x10000) & 0x3FF));
    }
    twins->stored[twins->utf8.len] = twins->big.len;
}

/* The character at the front; one of one byte where that is not UTF-8. */
static size_t take(const uint8_t *at, size_t len, unsigned *code)
{
    size_t bytes = *at >= 0xF0 ? 4 : *at >= 0xE0 ? 3 : *at >= 0xC0 ? 2 : 1;
    static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };

    *code = *at;
    if (bytes == 1 || bytes > len)
        return 1;
    *code &= 0xFFu >> (bytes + 1);
    for (size_t i = 1; i < bytes; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            *code = *at;
            return 1;
        }
        *code = *code << 6 | (at[i] & 0x3F);
    }
    if (*code < least[bytes] || *code > 0x10FFFF ||
        (*code >= 0xD800 && *code <= 0xDFFF)) {
        *code = *at;
        return 1;
    }
    return bytes;
}

static void twins_make(struct twins *twins, size_t blanks, const uint8_t *bytes,
                       size_t len)
{
    twins->utf8 = twins->little = twins->big = (struct buf)BUF_EMPTY(&twins->arena);
    twins->stored = arena_array(&twins->arena, blanks + 2 * len + 4, size_t);
    put(twins, 0xFEFF);
    for (size_t i = 0; i < blanks; i++)
        put(twins, ' ');
    while (len > 0) {
        unsigned code;
        size_t taken = take(bytes, len, &code);

        put(twins, code);
        bytes += taken;
        len -= taken;
    }
}

static void check_twins(const struct picked *picked, const uint8_t *bytes, size_t len)
{
    struct twins twins = { 0 };
    struct str expected;

    twins_make(&twins, picked->blanks, bytes, len);
    expected = print_all(&twins.arena, buf_str(&twins.utf8), picked->size, picked->step,
                         twins.stored);
    CHECK(str_equal(expected, print_all(&twins.arena, buf_str(&twins.little),
                                        picked->size, picked->step, NULL)));
    CHECK(
        str_equal(expected, print_all(&twins.arena, buf_str(&twins.big), 64, 0, NULL)));
    arena_release(&twins.arena);
}

/* ---- any bytes ------------------------------------------------------------------- */

static unsigned unit_at(const uint8_t *at, bool is_big)
{
    return is_big ? (unsigned)at[0] << 8 | at[1] : (unsigned)at[1] << 8 | at[0];
}

static void decode_plainly(struct buf *out, const uint8_t *bytes, size_t len,
                           bool is_big)
{
    for (size_t at = 0; at < len; at += 2) {
        char character[CHARACTER_BYTES_MAX];
        bool is_cut_off = len - at < 2;
        unsigned unit = is_cut_off ? 0 : unit_at(bytes + at, is_big);
        unsigned next = len - at < 4 ? 0 : unit_at(bytes + at + 2, is_big);

        is_cut_off = is_cut_off || (unit >> 10 == 0xD800 >> 10 && len - at < 4);
        if (is_cut_off) {
            buf_add_byte(out, (char)UTF16_CUT_OFF);
            return;
        }
        if (unit >> 10 == 0xD800 >> 10 && next >> 10 == 0xDC00 >> 10) {
            unit = 0x10000 + (unit - 0xD800) * 0x400 + (next - 0xDC00);
            at += 2;
        } else if (unit >> 11 == 0xD800 >> 11) {
            buf_add_byte(out, (char)UTF16_HALF);
            continue;
        }
        buf_add(out, (struct str){ character, (size_t)(character_put(character, unit) -
                                                       character) });
    }
}

static struct str read_whole(struct arena *arena, struct str stored, size_t step)
{
    struct bytes *bytes = bytes_open_memory(arena, stored, step);
    struct buf out = BUF_EMPTY(arena);
    char some[50];
    size_t len;

    while ((len = bytes_read(bytes, some, sizeof some)) > 0)
        buf_add(&out, (struct str){ some, len });
    return buf_str(&out);
}

static void check_any(const struct picked *picked, const uint8_t *bytes, size_t len,
                      bool is_big)
{
    struct arena arena = ARENA_EMPTY;
    struct buf stored = BUF_EMPTY(&arena), expected = BUF_EMPTY(&arena);

    buf_add(&stored, is_big ? STR("\xFE\xFF") : STR("\xFF\xFE"));
    buf_add(&expected, STR("\xEF\xBB\xBF"));
    for (size_t i = 0; i < picked->blanks; i++) {
        buf_add(&stored, is_big ? STR("\0 ") : STR(" \0"));
        buf_add_byte(&expected, ' ');
    }
    buf_add(&stored, (struct str){ (const char *)bytes, len });
    decode_plainly(&expected, bytes, len, is_big);
    CHECK(str_equal(read_whole(&arena, buf_str(&stored), picked->step),
                    buf_str(&expected)));
    CHECK(str_equal(print_all(&arena, buf_str(&stored), 64, picked->step, NULL),
                    print_all(&arena, buf_str(&stored), 1000, 0, NULL)));
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct picked picked;

    if (len == 0)
        return 0;
    picked = (struct picked){ sizes[bytes[0] % 5], steps[bytes[0] / 5 % 4], 0 };
    if (bytes[0] % 2 == 1)
        picked.blanks = BYTES_PEEK_MAX / 2 - 1 - bytes[0] % 32;
    check_twins(&picked, bytes + 1, len - 1);
    check_any(&picked, bytes + 1, len - 1, false);
    check_any(&picked, bytes + 1, len - 1, true);
    return 0;
}
