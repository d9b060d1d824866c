/*
 * excerpt.h - show a place in a text: one line of it, and a caret below the character.
 *
 *     excerpt_write(STR("managed > 0"), 11, &buf);
 *
 *     managed > 0
 *               ^
 *
 * Limits: EXCERPT_CHARACTERS_MAX are shown; "..." stands for the rest.
 */
#ifndef BASE_EXCERPT_H
#define BASE_EXCERPT_H

#include "base/str.h"

enum {
    EXCERPT_CHARACTERS_MAX = 160,
    EXCERPT_BEFORE_MAX = 100, /* characters shown before the caret when text is cut */
};

/* What a line of output must not have: control characters, which a terminal may obey.
 * C1 controls are C2 80 to C2 9F. */
static inline bool is_control(char byte)
{
    return (unsigned char)byte < 0x20 || (unsigned char)byte == 0x7f;
}

static inline bool is_c1(const char *text)
{
    return (unsigned char)text[0] == 0xc2 && (unsigned char)text[1] >= 0x80 &&
           (unsigned char)text[1] < 0xa0;
}

/* Two lines, without a line end behind the last; one, where column is 0: the place is
 * not known. column: from 1, in characters. A control character shows as a blank. */
void excerpt_write(struct str text, size_t column, struct buf *buf);

#endif
