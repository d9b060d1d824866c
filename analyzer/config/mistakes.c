#include "config/mistakes.h"

#include "base/excerpt.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MESSAGE_BYTES_MAX = 1000 }; /* longer ones are cut */

/* Messages quote what the user's file holds: it must not break the line or steer the
 * terminal. */
static const char *one_line(struct arena *arena, const char *text)
{
    struct buf line = BUF_EMPTY(arena);

    for (; *text != '\0'; text++) {
        if (*text == '\n')
            buf_add(&line, STR("\\n"));
        else if (*text == '\t')
            buf_add(&line, STR("\\t"));
        else if (is_control(*text))
            buf_printf(&line, "\\x%02x", (unsigned)(unsigned char)*text);
        else if (is_c1(text))
            buf_printf(&line, "\\u%04x", (unsigned)(unsigned char)*++text);
        else
            buf_add_byte(&line, *text);
    }
    return buf_str(&line).text;
}

/* A message that quotes a long text is cut, between characters. */
static void cut(char *message, int len)
{
    size_t end = MESSAGE_BYTES_MAX - 4;

    if (len < MESSAGE_BYTES_MAX)
        return;
    while (end > 0 && !is_character_start(message[end]))
        end--;
    memcpy(message + end, "...", 4);
}

static void add(struct mistakes *mistakes, struct place place, bool warning,
                const char *format, va_list arguments) PRINTF_LIKE(4, 0);

static void add(struct mistakes *mistakes, struct place place, bool warning,
                const char *format, va_list arguments)
{
    char message[MESSAGE_BYTES_MAX];

    mistakes->warning_count += warning;
    mistakes->error_count += !warning;
    if (mistakes->count == MISTAKES_MAX)
        return;
    cut(message, vsnprintf(message, sizeof message, format, arguments));
    mistakes->items = arena_grow(mistakes->arena, mistakes->items, mistakes->count,
                                 &mistakes->capacity, sizeof *mistakes->items);
    mistakes->items[mistakes->count++] = (struct mistake){
        .path = place.path,
        .line = place.line,
        .column = place.column,
        .warning = warning,
        .message = one_line(mistakes->arena, message),
    };
}

void mistakes_error(struct mistakes *mistakes, struct place place, const char *format,
                    ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(mistakes, place, false, format, arguments);
    va_end(arguments);
}

void mistakes_warning(struct mistakes *mistakes, struct place place, const char *format,
                      ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(mistakes, place, true, format, arguments);
    va_end(arguments);
}

void mistakes_show(struct mistakes *mistakes, struct str text, size_t column)
{
    struct buf buf = BUF_EMPTY(mistakes->arena);
    bool last_was_kept =
        mistakes->error_count + mistakes->warning_count == mistakes->count;

    if (mistakes->count == 0 || !last_was_kept)
        return;
    excerpt_write(text, column, &buf);
    mistakes->items[mistakes->count - 1].excerpt = buf_str(&buf).text;
}

static int compare(const struct mistake *left, const struct mistake *right)
{
    const char *left_path = left->path != NULL ? left->path : "";
    const char *right_path = right->path != NULL ? right->path : "";
    int order = strcmp(left_path, right_path);

    if (order != 0)
        return order;
    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    return 0;
}

/* By insertion: those of one place keep their order, and MISTAKES_MAX is small. */
void mistakes_sort(struct mistakes *mistakes)
{
    for (size_t i = 1; i < mistakes->count; i++) {
        struct mistake moved = mistakes->items[i];
        size_t to = i;

        for (; to > 0 && compare(&mistakes->items[to - 1], &moved) > 0; to--)
            mistakes->items[to] = mistakes->items[to - 1];
        mistakes->items[to] = moved;
    }
}
