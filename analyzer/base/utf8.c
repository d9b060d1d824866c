#include "base/utf8.h"

/* The bytes of a character by its first byte, or 0; and the least that so many hold. */
static size_t sequence_bytes(unsigned char first, uint32_t *code, uint32_t *least)
{
    if (first < 0x80) {
        *code = first;
        *least = 0;
        return 1;
    }
    if (first >= 0xC2 && first <= 0xDF) {
        *code = first & 0x1Fu;
        *least = 0x80;
        return 2;
    }
    if (first >= 0xE0 && first <= 0xEF) {
        *code = first & 0x0Fu;
        *least = 0x800;
        return 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        *code = first & 0x07u;
        *least = 0x10000;
        return 4;
    }
    return 0;
}

bool character_next(struct str text, size_t *bytes, uint32_t *code)
{
    uint32_t value = 0, least = 0;
    size_t count = sequence_bytes((unsigned char)text.text[0], &value, &least);

    *bytes = 1;
    if (count == 0 || count > text.len)
        return false;
    for (size_t i = 1; i < count; i++) {
        unsigned char byte = (unsigned char)text.text[i];

        if ((byte & 0xC0u) != 0x80u)
            return false;
        value = value << 6 | (byte & 0x3Fu);
    }
    if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return false;
    *bytes = count;
    *code = value;
    return true;
}

size_t character_starts(struct str text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += is_character_start(text.text[i]);
    return count;
}
