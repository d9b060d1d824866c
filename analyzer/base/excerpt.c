#include "base/excerpt.h"

#include "base/utf8.h"

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

/* Where the character of that number (from 0) begins, or the text's end. */
static size_t character_offset(struct str text, size_t number)
{
    size_t i = 0;

    for (; i < text.len; i++)
        if (is_character_start(text.text[i]) && number-- == 0)
            break;
    return i;
}

static void add_blanks(struct buf *buf, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_add_byte(buf, ' ');
}

void excerpt_write(struct str text, size_t column, struct buf *buf)
{
    size_t count = character_starts(text);
    size_t at = column > 0 ? column - 1 : 0; /* in characters, as count and first */
    size_t first = 0, from, to;

    if (at > count)
        at = count;
    if (at > EXCERPT_BEFORE_MAX && count > EXCERPT_CHARACTERS_MAX)
        first = at - EXCERPT_BEFORE_MAX;
    from = character_offset(text, first);
    to = from +
         character_offset(str_slice(text, from, text.len), EXCERPT_CHARACTERS_MAX);
    if (from > 0)
        buf_add(buf, STR("..."));
    add_visible(buf, text, from, to);
    if (to < text.len)
        buf_add(buf, STR("..."));
    if (column == 0)
        return;
    buf_add_byte(buf, '\n');
    add_blanks(buf, (from > 0 ? 3 : 0) + at - first);
    buf_add_byte(buf, '^');
}
