#include "aws/like.h"

#include "base/utf8.h"

#include <string.h>

enum kind { KIND_END, KIND_ANY, KIND_ONE, KIND_BYTE };

struct sign {
    enum kind kind;
    char byte;
    size_t len; /* in the pattern */
};

static struct sign sign_at(struct str pattern, size_t at, unsigned signs)
{
    const char *text = pattern.text + at;

    if (at == pattern.len)
        return (struct sign){ .kind = KIND_END };
    if ((signs & LIKE_ESCAPES) != 0 && pattern.len - at >= 4 && text[0] == '$' &&
        text[1] == '{' && text[3] == '}' &&
        (text[2] == '*' || text[2] == '?' || text[2] == '$'))
        return (struct sign){ KIND_BYTE, text[2], 4 };
    if (*text == '*')
        return (struct sign){ KIND_ANY, *text, 1 };
    return (struct sign){ *text == '?' && (signs & LIKE_ONE) != 0 ? KIND_ONE
                                                                  : KIND_BYTE,
                          *text, 1 };
}

/* The characters that have the property White_Space:
 * https://www.unicode.org/Public/UCD/latest/ucd/PropList.txt */
static const struct space_range {
    uint32_t first, last;
    unsigned sign; /* that * does not stand for it */
} spaces[] = {
    { 0x09, 0x0d, LIKE_NO_SPACE },           { 0x20, 0x20, LIKE_NO_SPACE },
    { 0x85, 0x85, LIKE_NO_OTHER_SPACE },     { 0xa0, 0xa0, LIKE_NO_OTHER_SPACE },
    { 0x1680, 0x1680, LIKE_NO_OTHER_SPACE }, { 0x2000, 0x200a, LIKE_NO_OTHER_SPACE },
    { 0x2028, 0x2029, LIKE_NO_OTHER_SPACE }, { 0x202f, 0x202f, LIKE_NO_OTHER_SPACE },
    { 0x205f, 0x205f, LIKE_NO_OTHER_SPACE }, { 0x3000, 0x3000, LIKE_NO_OTHER_SPACE },
};

/* Whether the character at `at` is white space of which one of the signs speaks. */
static bool is_space_at(struct str text, size_t at, unsigned signs)
{
    size_t bytes;
    uint32_t code;

    if (text.text[at] > ' ' && text.text[at] <= '~')
        return false;
    if (!character_next(str_slice(text, at, text.len), &bytes, &code))
        return false;
    for (size_t i = 0; i < COUNT_OF(spaces); i++)
        if (code >= spaces[i].first && code <= spaces[i].last)
            return (spaces[i].sign & signs) != 0;
    return false;
}

bool has_white_space(struct str text)
{
    for (size_t at = 0; at < text.len; at++)
        if (is_space_at(text, at, LIKE_NO_SPACE | LIKE_NO_OTHER_SPACE))
            return true;
    return false;
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
 * taking as little as it can. So it is where a * takes no white space, too: to fit
 * later in the text, what stands between two * would have to be free of white space,
 * and the second * can take whatever the first would take. */
enum like like_with(struct str text, struct str pattern, unsigned signs)
{
    const unsigned spaces_kept = signs & (LIKE_NO_SPACE | LIKE_NO_OTHER_SPACE);
    size_t at = 0, sign_place = 0;
    bool has_star = false;
    size_t star_text = 0, star_sign = 0; /* where to go on when it takes one more */

    for (size_t steps = 0; steps < LIKE_STEPS_MAX; steps++) {
        struct sign sign = sign_at(pattern, sign_place, signs);

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
        } else if (!has_star || star_text == text.len ||
                   (spaces_kept != 0 && is_space_at(text, star_text, spaces_kept))) {
            return LIKE_NO;
        } else {
            star_text = next_character(text, star_text);
            at = star_text;
            sign_place = star_sign;
        }
    }
    return LIKE_LIMIT;
}

enum like like(struct str text, struct str pattern)
{
    return like_with(text, pattern, LIKE_IAM);
}

static bool is_open_at(struct str pattern, size_t at)
{
    return at < pattern.len && (pattern.text[at] == '*' || pattern.text[at] == '?');
}

/* here[i]: whether `left` from its byte `at` on, and `right` from its byte `i` on, have
 * a text in common; next[i]: the same, from the byte behind `at`. */
static void overlap_row(struct str left, size_t at, struct str right, const bool *next,
                        bool *here)
{
    for (size_t i = right.len + 1; i-- > 0;) {
        bool has_left = at < left.len, has_right = i < right.len;

        if (is_open_at(left, at) || is_open_at(right, i))
            here[i] = (has_left && next[i]) || (has_right && here[i + 1]);
        else if (has_left && has_right)
            here[i] = left.text[at] == right.text[i] && next[i + 1];
        else
            here[i] = !has_left && !has_right;
    }
}

bool patterns_overlap(struct str left, struct str right)
{
    bool rows[2][OVERLAP_BYTES_MAX + 1] = { { false } };

    if (left.len > OVERLAP_BYTES_MAX || right.len > OVERLAP_BYTES_MAX)
        return true;
    for (size_t at = left.len + 1; at-- > 0;)
        overlap_row(left, at, right, rows[(at + 1) % 2], rows[at % 2]);
    return rows[0][0];
}
