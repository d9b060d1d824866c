#include "json/scanner.h"

static int hex_digit(char byte)
{
    if (is_digit(byte))
        return byte - '0';
    byte = to_lower(byte);
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* `at` is behind "\u". */
static const char *scan_unit(struct scanner *scanner, const char *at, unsigned *unit)
{
    *unit = 0;
    for (int i = 0; i < 4; i++, at++) {
        int digit = hex_digit(*at);

        if (digit < 0)
            return scanner_unexpected(scanner, at, "4 hexadecimal digits after '\\u'");
        *unit = *unit << 4 | (unsigned)digit;
    }
    return at;
}

static const char *scan_unicode(struct scanner *scanner, const char *start)
{
    static const char half[] = "expected both halves of a surrogate pair, met one";
    unsigned first, second;
    const char *at = scan_unit(scanner, start + 2, &first);

    if (at == NULL || first < 0xD800 || first > 0xDFFF)
        return at;
    if (first > 0xDBFF)
        return scanner_damaged(scanner, DAMAGE_SURROGATE, start, half);
    for (int i = 0; i < 2; i++, at++) {
        if (at == scanner->end)
            return scanner_ends_inside(scanner, "a string");
        if (*at != "\\u"[i])
            return scanner_damaged(scanner, DAMAGE_SURROGATE, start, half);
    }
    at = scan_unit(scanner, at, &second);
    if (at != NULL && (second < 0xDC00 || second > 0xDFFF))
        return scanner_damaged(scanner, DAMAGE_SURROGATE, start, half);
    return at;
}

const char *scanner_escape(struct scanner *scanner, const char *at)
{
    switch (at[1]) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        return at + 2;
    case 'u':
        return scan_unicode(scanner, at);
    default:
        return scanner_unexpected(scanner, at + 1, "one of \"\\/bfnrtu after '\\'");
    }
}

/* One character that is no ASCII; see the Unicode Standard, table 3-7. */
const char *scanner_character(struct scanner *scanner, const char *at)
{
    unsigned char lead = (unsigned char)*at, low = 0x80, high = 0xBF;
    size_t len = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;

    if (lead == 0xE0)
        low = 0xA0;
    else if (lead == 0xED)
        high = 0x9F;
    else if (lead == 0xF0)
        low = 0x90;
    else if (lead == 0xF4)
        high = 0x8F;
    if (lead < 0xC2 || lead > 0xF4)
        return scanner_expected_but(scanner, at, DAMAGE_UTF8, "UTF-8 in a string");
    for (size_t i = 1; i < len; i++) {
        unsigned char byte = (unsigned char)at[i];

        if (at + i == scanner->end)
            return scanner_ends_inside(scanner, "a string");
        if (byte < low || byte > high)
            return scanner_expected_but(scanner, at, DAMAGE_UTF8, "UTF-8 in a string");
        low = 0x80;
        high = 0xBF;
    }
    return at + len;
}
