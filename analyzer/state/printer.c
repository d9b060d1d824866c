#include "state/printer.h"

#include "base/utf8.h"

#include <assert.h>
#include <string.h>

enum { FLUSH_BYTES = 64 * 1024 };

void state_printer_begin(struct state_printer *printer, struct arena *scratch,
                         struct buf *out)
{
    *printer = (struct state_printer){ .scratch = scratch, .out = out };
    printer->text.arena = scratch;
    printer->digest = digest_new(scratch);
    printer->values = values_new(scratch);
}

static void pass_on(struct state_printer *printer)
{
    struct str text = { printer->text.text, printer->text.len };

    if (text.len == 0)
        return;
    digest_add(printer->digest, text.text, text.len);
    buf_add(printer->out, text);
    buf_clear(&printer->text);
}

void state_printer_flush(struct state_printer *printer)
{
    if (printer->text.len >= FLUSH_BYTES)
        pass_on(printer);
}

void state_printer_end(struct state_printer *printer)
{
    char hex[DIGEST_HEX_BYTES];

    pass_on(printer);
    digest_hex(printer->digest, hex);
    buf_printf(printer->out, "[\"sha256\",\"%s\"]\n", hex);
    values_end(printer->values);
}

void state_put_word(struct state_printer *printer, const char *word)
{
    buf_add(&printer->text, str_from(word));
}

void state_put_byte(struct state_printer *printer, char byte)
{
    buf_add_byte(&printer->text, byte);
}

void state_put_next(struct state_printer *printer, size_t index)
{
    buf_add_byte(&printer->text, index == 0 ? '[' : ',');
}

/* How many bytes of the text stand for themselves. */
static size_t plain_bytes(struct str text)
{
    size_t at = 0;

    while (at < text.len) {
        unsigned char byte = (unsigned char)text.text[at];
        size_t bytes = 1;
        uint32_t code;

        if (byte < 0x20 || byte == '"' || byte == '\\')
            break;
        if (byte >= 0x80 &&
            !character_next(str_slice(text, at, text.len), &bytes, &code))
            break;
        at += bytes;
    }
    return at;
}

void state_put_text(struct state_printer *printer, struct str text)
{
    struct buf *out = &printer->text;

    buf_add_byte(out, '"');
    while (text.len > 0) {
        size_t plain = plain_bytes(text);
        unsigned char byte;

        buf_add(out, str_slice(text, 0, plain));
        if (plain == text.len)
            break;
        byte = (unsigned char)text.text[plain];
        if (byte == '"' || byte == '\\')
            buf_printf(out, "\\%c", byte);
        else
            buf_printf(out, byte < 0x80 ? "\\u%04x" : "\\udc%02x", byte);
        text = str_slice(text, plain + 1, text.len);
    }
    buf_add_byte(out, '"');
}

void state_put_number(struct state_printer *printer, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    buf_add(&printer->text, (struct str){ digits + at, sizeof digits - at });
}

void state_put_double(struct state_printer *printer, double number)
{
    buf_printf(&printer->text, "\"%a\"", number);
}

/* ---- by a table ------------------------------------------------------------------ */

static uint64_t number_at(const void *at, size_t bytes)
{
    switch (bytes) {
    case 1:
        return *(const unsigned char *)at;
    case 2:
        return *(const uint16_t *)at;
    case 4:
        return *(const uint32_t *)at;
    default:
        assert(bytes == 8);
        return *(const uint64_t *)at;
    }
}

static void print_few(struct state_printer *printer, const struct str *texts,
                      size_t count)
{
    while (texts[count - 1].text == NULL)
        count--;
    for (size_t i = 0; i < count; i++) {
        state_put_next(printer, i);
        if (texts[i].text != NULL)
            state_put_text(printer, texts[i]);
        else
            state_put_word(printer, "null");
    }
    state_put_byte(printer, ']');
}

static void print_list(struct state_printer *printer, const struct kept_row *row,
                       const void *object)
{
    const char *const *items = (const void *)((const char *)object + row->offset);
    size_t count = *(const size_t *)(const void *)((const char *)object + row->count);

    for (size_t i = 0; i < count; i++) {
        state_put_next(printer, i);
        if (row->kind == KEPT_LIST)
            kept_print(printer, row->of, *items + i * row->of->bytes);
        else
            state_put_text(printer, ((const struct str *)(const void *)*items)[i]);
    }
    state_put_byte(printer, ']');
}

static void print_doubles(struct state_printer *printer, const double *numbers,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        state_put_next(printer, i);
        state_put_double(printer, numbers[i]);
    }
    state_put_byte(printer, ']');
}

static void print_call(struct state_printer *printer, const struct call *call)
{
    const struct catalog *catalog = printer->measures->catalog;
    size_t number = 0;

    if (catalog_call(catalog, call->name) == call) {
        state_put_text(printer, call->name);
        return;
    }
    while (catalog->calls[number] != call)
        number++;
    state_put_number(printer, number);
}

static void print_value(struct state_printer *printer, const struct kept_row *row,
                        const void *object)
{
    const void *at = (const char *)object + row->offset;

    switch (row->kind) {
    case KEPT_TEXT:
        state_put_text(printer, *(const struct str *)at);
        break;
    case KEPT_CHARS:
        state_put_text(printer, str_from(*(const char *const *)at));
        break;
    case KEPT_FLAG:
        state_put_word(printer, "true");
        break;
    case KEPT_NUMBER:
        state_put_number(printer, number_at(at, row->bytes));
        break;
    case KEPT_DOUBLES:
        print_doubles(printer, at, row->bytes / sizeof(double));
        break;
    case KEPT_DIGEST:
        state_put_text(printer, str_from(at));
        break;
    case KEPT_TYPE:
        state_put_text(printer, (*(const struct type *const *)at)->name);
        break;
    case KEPT_CALL:
        print_call(printer, *(const struct call *const *)at);
        break;
    case KEPT_FEW:
        print_few(printer, at, row->bytes / sizeof(struct str));
        break;
    case KEPT_TEXTS:
    case KEPT_LIST:
        print_list(printer, row, object);
        break;
    case KEPT_OBJECT:
        kept_print(printer, row->of, at);
        break;
    case KEPT_OWNER:
        kept_print(printer, row->of, *(const void *const *)at);
        break;
    case KEPT_MADE:
        row->print(printer, object);
        break;
    case KEPT_NOT:
        assert(false);
    }
}

void kept_print(struct state_printer *printer, const struct kept_struct *kept,
                const void *object)
{
    bool is_first = true;

    state_put_byte(printer, '{');
    for (size_t i = 0; i < kept->count; i++) {
        const struct kept_row *row = &kept->rows[i];

        if (!kept_is_there(row, object))
            continue;
        if (!is_first)
            state_put_byte(printer, ',');
        is_first = false;
        state_put_byte(printer, '"');
        buf_add(&printer->text, row->key);
        state_put_word(printer, "\":");
        print_value(printer, row, object);
    }
    state_put_byte(printer, '}');
}
