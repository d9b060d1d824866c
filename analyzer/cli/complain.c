#include "cli/complain.h"

#include "base/file.h"
#include "report/escape.h"

#include <stdint.h>
#include <unistd.h>

static void write_line(struct arena *arena, const char *before, struct str text)
{
    struct buf line = BUF_EMPTY(arena);

    buf_add(&line, str_from(before));
    escape_text(&line, text);
    buf_add_byte(&line, '\n');
    (void)!descriptor_write(STDERR_FILENO, buf_str(&line)); /* nobody is left to tell */
}

void complain_text(struct arena *arena, const char *text)
{
    write_line(arena, "invaudit: ", str_from(text));
}

/* "PATH:LINE:COLUMN: ", as far as it is known. */
static const char *place_text(struct arena *arena, const char *path, size_t line,
                              size_t column)
{
    if (path == NULL || path[0] == '\0')
        return "";
    if (line == 0)
        return arena_printf(arena, "%s: ", path);
    if (column == 0)
        return arena_printf(arena, "%s:%zu: ", path, line);
    return arena_printf(arena, "%s:%zu:%zu: ", path, line, column);
}

void complain_error(struct arena *arena, const struct error *err)
{
    complain(arena, "%s%s", place_text(arena, err->path, err->line, err->column),
             err->message);
}

static void write_excerpt(struct arena *arena, const char *excerpt)
{
    struct str text = str_from(excerpt);

    while (text.len > 0) {
        size_t end = str_find(text, STR("\n"));

        if (end == SIZE_MAX)
            end = text.len;
        write_line(arena, "  ", str_slice(text, 0, end));
        text = str_slice(text, end < text.len ? end + 1 : end, text.len);
    }
}

void complain_mistakes(struct mistakes *mistakes)
{
    size_t all = mistakes->error_count + mistakes->warning_count;

    mistakes_sort(mistakes);
    for (size_t i = 0; i < mistakes->count; i++) {
        const struct mistake *mistake = &mistakes->items[i];
        const char *place =
            place_text(mistakes->arena, mistake->path, mistake->line, mistake->column);

        complain(mistakes->arena, "%s%s%s", place, mistake->warning ? "warning: " : "",
                 mistake->message);
        if (mistake->excerpt != NULL)
            write_excerpt(mistakes->arena, mistake->excerpt);
    }
    if (all > mistakes->count)
        complain(mistakes->arena, "and %zu more", all - mistakes->count);
}

int wrong_usage_text(struct arena *arena, const char *command, const char *text)
{
    complain(arena, "%s; see 'invaudit%s%s --help'", text, command != NULL ? " " : "",
             command != NULL ? command : "");
    return STATUS_WRONG;
}
