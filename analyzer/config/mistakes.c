#include "config/mistakes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    MESSAGE_BYTES_MAX = 1000, /* longer ones are cut */
    EXCERPT_CHARACTERS_MAX = 160,
    EXCERPT_BEFORE_MAX = 100, /* characters shown before the caret when text is cut */
};

static bool is_control(char byte)
{
    return (unsigned char)byte < 0x20 || (unsigned char)byte == 0x7f;
}

static bool is_character_start(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

/* C1 controls are C2 80 to C2 9F; a terminal may obey them. */
static bool is_c1(const char *text)
{
    return (unsigned char)text[0] == 0xc2 && (unsigned char)text[1] >= 0x80 &&
           (unsigned char)text[1] < 0xa0;
}

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
                const char *message)
{
    if (warning)
        mistakes->warning_count++;
    else
        mistakes->error_count++;
    if (mistakes->count == MISTAKES_MAX)
        return;
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
    char message[MESSAGE_BYTES_MAX];
    va_list arguments;

    va_start(arguments, format);
    cut(message, vsnprintf(message, sizeof message, format, arguments));
    va_end(arguments);
    add(mistakes, place, false, message);
}

void mistakes_warning(struct mistakes *mistakes, struct place place, const char *format,
                      ...)
{
    char message[MESSAGE_BYTES_MAX];
    va_list arguments;

    va_start(arguments, format);
    cut(message, vsnprintf(message, sizeof message, format, arguments));
    va_end(arguments);
    add(mistakes, place, true, message);
}

/* One character of the excerpt for one of the text, so that the caret stays below it.
 */
static void add_visible(struct buf *buf, struct str text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        bool is_pair = i + 1 < to && is_c1(text.text + i);

        if (is_pair || is_control(text.text[i]))
            buf_add_byte(buf, ' ');
        else
            buf_add_byte(buf, text.text[i]);
        i += is_pair;
    }
}

static size_t character_count(struct str text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += is_character_start(text.text[i]);
    return count;
}

/* Where the character of that number (from 0) begins, or the text's end. */
static size_t character_offset(struct str text, size_t number)
{
    size_t i = 0;

    for (; i < text.len; i++)
        if (is_character_start(text.text[i]) && number-- == 0)
            break;
    return i;
}

void mistakes_show(struct mistakes *mistakes, struct str text, size_t column)
{
    struct buf excerpt = BUF_EMPTY(mistakes->arena);
    bool last_was_kept =
        mistakes->error_count + mistakes->warning_count == mistakes->count;
    size_t count = character_count(text);
    size_t at = column > 0 ? column - 1 : 0; /* in characters, as count and first */
    size_t first = 0, from, to;

    if (mistakes->count == 0 || !last_was_kept)
        return;
    if (at > count)
        at = count;
    if (at > EXCERPT_BEFORE_MAX && count > EXCERPT_CHARACTERS_MAX)
        first = at - EXCERPT_BEFORE_MAX;
    from = character_offset(text, first);
    to = from +
         character_offset(str_slice(text, from, text.len), EXCERPT_CHARACTERS_MAX);
    if (from > 0)
        buf_add(&excerpt, STR("..."));
    add_visible(&excerpt, text, from, to);
    if (to < text.len)
        buf_add(&excerpt, STR("..."));
    if (column > 0) {
        buf_add_byte(&excerpt, '\n');
        for (size_t i = from > 0 ? 3 : 0; i > 0; i--)
            buf_add_byte(&excerpt, ' ');
        for (size_t i = first; i < at; i++)
            buf_add_byte(&excerpt, ' ');
        buf_add_byte(&excerpt, '^');
    }
    mistakes->items[mistakes->count - 1].excerpt = buf_str(&excerpt).text;
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
