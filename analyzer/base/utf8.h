/*
 * utf8.h - text as characters, where it may be no UTF-8.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

#include <stdint.h>

/* Whether a byte is the first of a character; the others are 80 to BF. */
static inline bool is_character_start(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

/* How many characters begin in a text. */
size_t character_starts(struct str text);

/* The first character of a text that is not empty: its bytes, and its code point.
 * False: the first byte begins no valid UTF-8; *bytes is 1. */
bool character_next(struct str text, size_t *bytes, uint32_t *code);

#endif
