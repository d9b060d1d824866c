#include "aws/like.h"

#include "base/utf8.h"

#include <string.h>

enum kind { KIND_END, KIND_ANY, KIND_ONE, KIND_BYTE };

struct sign {
    enum kind kind;
    char byte;
    size_t len; /* in the pattern */
};

static struct sign sign_at(struct str pattern, size_t at)
{
    const char *text = pattern.text + at;

    if (at == pattern.len)
        return (struct sign){ .kind = KIND_END };
    if (pattern.len - at >= 4 && text[0] == '$' && text[1] == '{' && text[3] == '}' &&
        (text[2] == '*' || text[2] == '?' || text[2] == '$'))
        return (struct sign){ KIND_BYTE, text[2], 4 };
    return (struct sign){ *text == '*'   ? KIND_ANY
                          : *text == '?' ? KIND_ONE
                                         : KIND_BYTE,
                          *text, 1 };
}

/* Behind the character at `at`. */
static size_t next_character(struct str text, size_t at)
{
    at++;
    while (at < text.len && !is_character_start(text.text[at]))
        at++;
    return at;
}

/* What is matched up to the last * stays so: if any match is there, one is with that *
 * taking as little as it can. */
enum like like(struct str text, struct str pattern)
{
    size_t at = 0, sign_place = 0;
    bool has_star = false;
    size_t star_text = 0, star_sign = 0; /* where to go on when it takes one more */

    for (size_t steps = 0; steps < LIKE_STEPS_MAX; steps++) {
        struct sign sign = sign_at(pattern, sign_place);

        if (sign.kind == KIND_ANY) {
            has_star = true;
            star_text = at;
            star_sign = ++sign_place;
        } else if (sign.kind == KIND_END && at == text.len) {
            return LIKE_YES;
        } else if (sign.kind == KIND_ONE && at < text.len) {
            at = next_character(text, at);
            sign_place++;
        } else if (sign.kind == KIND_BYTE && at < text.len &&
                   text.text[at] == sign.byte) {
            at++;
            sign_place += sign.len;
        } else if (!has_star || star_text == text.len) {
            return LIKE_NO;
        } else {
            star_text = next_character(text, star_text);
            at = star_text;
            sign_place = star_sign;
        }
    }
    return LIKE_LIMIT;
}
