#include "base/shell.h"

#include <stdint.h>
#include <string.h>

/* A byte that no shell reads otherwise. */
static bool is_plain(char byte)
{
    return is_word_byte(byte) || (byte != '\0' && strchr("-_./:@+=", byte) != NULL);
}

static bool needs_quotes(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (!is_plain(word.text[i]))
            return true;
    return word.len == 0;
}

void shell_add_word(struct buf *buf, struct str word)
{
    if (!needs_quotes(word)) {
        buf_add(buf, word);
        return;
    }
    buf_add_byte(buf, '\'');
    for (size_t i = 0; i < word.len; i++) {
        if (word.text[i] == '\'')
            buf_add(buf, STR("'\\''"));
        else
            buf_add_byte(buf, word.text[i]);
    }
    buf_add_byte(buf, '\'');
}

/* What stands in quotes from `from` on, behind the first of them. SIZE_MAX: nothing
 * ends it; else where it ended. */
static size_t add_quoted(struct buf *word, struct str text, size_t from)
{
    while (from < text.len && text.text[from] != '\'')
        buf_add_byte(word, text.text[from++]);
    return from < text.len ? from + 1 : SIZE_MAX;
}

bool shell_next_word(struct arena *arena, struct str *rest, struct str *word)
{
    struct buf buf = BUF_EMPTY(arena);
    struct str text = *rest;
    size_t i = 0;

    while (i < text.len && text.text[i] != ' ') {
        if (text.text[i] == '\'') {
            i = add_quoted(&buf, text, i + 1);
            if (i == SIZE_MAX)
                return false;
        } else if (text.text[i] == '\\' && i + 1 < text.len &&
                   text.text[i + 1] == '\'') {
            buf_add_byte(&buf, '\'');
            i += 2;
        } else if (is_plain(text.text[i])) {
            buf_add_byte(&buf, text.text[i++]);
        } else {
            return false;
        }
    }
    *word = buf_str(&buf);
    *rest = i < text.len ? str_slice(text, i + 1, text.len) : STR_NONE;
    return i > 0; /* nothing is no word: it would be in quotes */
}
