/*
 * utf16.h - private to json/: UTF-16 text, as PowerShell's > writes it, made UTF-8.
 *
 * Only with a byte order mark, which stays, as U+FEFF. What is no UTF-16 becomes a byte
 * that UTF-8 never has, so that whoever checks the text finds it in its place, and asks
 * utf16_mark() what it was:
 *
 *     half of a surrogate pair, alone             UTF16_HALF
 *     the end, inside a character                 UTF16_CUT_OFF
 *
 * A character of four bytes in UTF-8 is one of four in UTF-16; every other one, and a
 * UTF16_HALF, is one of two: so a place in the text tells the place in what is stored.
 */
#ifndef JSON_UTF16_H
#define JSON_UTF16_H

#include "base/str.h"

enum { CHARACTER_BYTES_MAX = 4 };

/* A character as UTF-8. Returns where the next one goes. `code` is at most 0x10FFFF. */
static inline char *character_put(char *out, unsigned code)
{
    if (code < 0x80) {
        *out++ = (char)code;
    } else if (code < 0x800) {
        *out++ = (char)(0xC0 | code >> 6);
        *out++ = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        *out++ = (char)(0xE0 | code >> 12);
        *out++ = (char)(0x80 | (code >> 6 & 0x3F));
        *out++ = (char)(0x80 | (code & 0x3F));
    } else {
        *out++ = (char)(0xF0 | code >> 18);
        *out++ = (char)(0x80 | (code >> 12 & 0x3F));
        *out++ = (char)(0x80 | (code >> 6 & 0x3F));
        *out++ = (char)(0x80 | (code & 0x3F));
    }
    return out;
}

enum utf16_order { UTF16_NONE, UTF16_LITTLE, UTF16_BIG };

enum utf16_mark { UTF16_HALF = 0xFE, UTF16_CUT_OFF = 0xFF };

/* What the byte order mark in front says. */
enum utf16_order utf16_order(struct str stored);

/* Takes from `stored` as many characters as there is room for in `text`; what it took
 * is cut off `stored`. Gives how many bytes it made: 0 if there is no room for the next
 * character, or if that is not whole in `stored` and more follows (`is_last` is
 * false). */
size_t utf16_decode(enum utf16_order order, struct str *stored, bool is_last,
                    char *text, size_t size);

#endif
