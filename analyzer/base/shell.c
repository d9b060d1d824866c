#include "base/shell.h"

#include <string.h>

static bool needs_quotes(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (!is_word_byte(word.text[i]) && strchr("-_./:@+=", word.text[i]) == NULL)
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
