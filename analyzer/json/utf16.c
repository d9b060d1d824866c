#include "json/utf16.h"

#include <string.h>

enum { UNIT_BYTES = 2, PAIR_BYTES = 4 };

enum utf16_order utf16_order(struct str stored)
{
    if (str_starts_with(stored, STR("\xFF\xFE")))
        return UTF16_LITTLE;
    return str_starts_with(stored, STR("\xFE\xFF")) ? UTF16_BIG : UTF16_NONE;
}

static unsigned unit_at(enum utf16_order order, const char *at)
{
    unsigned first = (unsigned char)at[0], second = (unsigned char)at[1];

    return order == UTF16_LITTLE ? second << 8 | first : first << 8 | second;
}

static bool is_first_half(unsigned unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_second_half(unsigned unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* The character at the front as UTF-8, or its mark. How many bytes are stored of it; 0:
 * it is not whole. */
static size_t decode_one(enum utf16_order order, struct str stored, char *text,
                         size_t *len)
{
    unsigned first, second;

    if (stored.len < UNIT_BYTES)
        return 0;
    first = unit_at(order, stored.text);
    if (!is_first_half(first) && !is_second_half(first)) {
        *len = (size_t)(character_put(text, first) - text);
        return UNIT_BYTES;
    }
    *text = (char)UTF16_HALF;
    *len = 1;
    if (is_second_half(first))
        return UNIT_BYTES;
    if (stored.len < PAIR_BYTES)
        return 0;
    second = unit_at(order, stored.text + UNIT_BYTES);
    if (!is_second_half(second))
        return UNIT_BYTES;
    first = 0x10000 + ((first - 0xD800) << 10 | (second - 0xDC00));
    *len = (size_t)(character_put(text, first) - text);
    return PAIR_BYTES;
}

/* As long as they are ASCII: nearly all are. */
static size_t decode_ascii(enum utf16_order order, struct str stored, char *text,
                           size_t size)
{
    size_t most = stored.len / UNIT_BYTES < size ? stored.len / UNIT_BYTES : size;
    size_t made = 0;

    for (; made < most; made++) {
        unsigned unit = unit_at(order, stored.text + made * UNIT_BYTES);

        if (unit >= 0x80)
            break;
        text[made] = (char)unit;
    }
    return made;
}

size_t utf16_decode(enum utf16_order order, struct str *stored, bool is_last,
                    char *text, size_t size)
{
    size_t made = 0;

    while (stored->len > 0) {
        char character[CHARACTER_BYTES_MAX];
        size_t len = decode_ascii(order, *stored, text + made, size - made), taken;

        made += len;
        *stored = str_slice(*stored, len * UNIT_BYTES, stored->len);
        taken = decode_one(order, *stored, character, &len);
        if (taken == 0 && is_last) {
            taken = stored->len;
            character[0] = (char)UTF16_CUT_OFF;
            len = 1;
        }
        if (taken == 0 || len > size - made)
            break;
        memcpy(text + made, character, len);
        made += len;
        *stored = str_slice(*stored, taken, stored->len);
    }
    return made;
}
