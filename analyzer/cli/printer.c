#include "cli/printer.h"

#include "cli/output.h"
#include "report/escape.h"

#include <string.h>
#include <unistd.h>

static void release(void *object)
{
    struct printer *printer = object;

    arena_release(&printer->kept_text);
}

struct printer *printer_new(struct arena *arena, const struct jmespath_context *context)
{
    struct printer *printer = arena_new(arena, struct printer);

    printer->arena = arena;
    printer->context = context;
    printer->piece = printer->shown = (struct buf)BUF_EMPTY(arena);
    printer->on_terminal = isatty(STDOUT_FILENO) != 0;
    arena_on_release(arena, release, printer);
    return printer;
}

/* ---- one value ------------------------------------------------------------------- */

static bool is_single(const json_t *value)
{
    return !json_is_array(value) && !json_is_object(value);
}

static bool is_row(const json_t *value)
{
    for (size_t i = 0; i < json_array_size(value); i++)
        if (!is_single(json_array_get(value, i)))
            return false;
    return json_array_size(value) > 0;
}

static void print_bare(const struct printer *printer, const json_t *value,
                       struct buf *buf)
{
    if (json_is_string(value))
        buf_add(buf,
                (struct str){ json_string_value(value), json_string_length(value) });
    else
        jmespath_print_inside(printer->context, value, 0, 0, buf);
}

static void print_line(const struct printer *printer, const json_t *value,
                       struct buf *buf)
{
    bool row = is_row(value);

    for (size_t i = 0; row && i < json_array_size(value); i++) {
        if (i > 0)
            buf_add_byte(buf, '\t');
        print_bare(printer, json_array_get(value, i), buf);
    }
    if (!row)
        print_bare(printer, value, buf);
    buf_add_byte(buf, '\n');
}

static size_t indent_of(const struct printer *printer)
{
    return printer->compact ? 0 : PRINTER_INDENT;
}

/* On a terminal no character of JSON does anything but stand there. */
static struct str shown(struct printer *printer)
{
    if (!printer->on_terminal || printer->raw)
        return buf_str(&printer->piece);
    buf_clear(&printer->shown);
    escape_json(&printer->shown, buf_str(&printer->piece));
    return buf_str(&printer->shown);
}

int printer_print(struct printer *printer, const json_t *result)
{
    struct buf *buf = &printer->piece;

    buf_clear(buf);
    if (printer->raw && json_is_array(result)) {
        for (size_t i = 0; i < json_array_size(result); i++)
            print_line(printer, json_array_get(result, i), buf);
    } else if (printer->raw && json_is_string(result)) {
        print_line(printer, result, buf);
    } else {
        jmespath_print_inside(printer->context, result, indent_of(printer), 0, buf);
        buf_add_byte(buf, '\n');
    }
    return output_add(printer->arena, shown(printer));
}

/* ---- a list of elements that come one by one ------------------------------------- */

void printer_start(struct printer *printer)
{
    arena_reset(&printer->kept_text);
    printer->kept = (struct buf)BUF_EMPTY(&printer->kept_text);
    printer->element_count = 0;
}

static void print_separator(const struct printer *printer, struct buf *buf)
{
    if (printer->element_count > 0)
        buf_add_byte(buf, ',');
    if (!printer->compact)
        buf_printf(buf, "\n%*s", PRINTER_INDENT, "");
    else if (printer->element_count > 0)
        buf_add_byte(buf, ' ');
}

void printer_element(struct printer *printer, const json_t *element)
{
    struct buf *buf = &printer->piece;

    buf_clear(buf);
    if (printer->raw) {
        print_line(printer, element, buf);
    } else {
        print_separator(printer, buf);
        jmespath_print_inside(printer->context, element, indent_of(printer), 1, buf);
    }
    printer->element_count++;
    buf_add(&printer->kept, shown(printer));
}

int printer_end(struct printer *printer)
{
    bool is_open = !printer->compact && printer->element_count > 0;
    int status = printer->raw ? STATUS_GOOD : output_add(printer->arena, STR("["));

    if (status == STATUS_GOOD)
        status = output_add(printer->arena, buf_str(&printer->kept));
    if (!printer->raw && status == STATUS_GOOD)
        status = output_add(printer->arena, is_open ? STR("\n]\n") : STR("]\n"));
    printer_start(printer);
    return status;
}
