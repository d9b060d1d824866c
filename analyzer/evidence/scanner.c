#include "evidence/scanner.h"

#include "evidence/build.h"
#include "evidence/skip.h"

#include <string.h>

void scanner_init(struct scanner *scanner, struct arena *arena, struct arena *texts)
{
    scanner->arena = arena;
    scanner->texts = texts;
}

void scanner_release(struct scanner *scanner)
{
    arena_release(&scanner->scratch);
    keys_release(&scanner->keys);
}

/* ---- what is wrong -------------------------------------------------------------- */

static const char *met(struct arena *arena, char byte)
{
    if (byte == '\'')
        return "a single quote";
    if (byte == ' ')
        return "a space";
    if (byte > ' ' && byte <= '~')
        return arena_printf(arena, "'%c'", byte);
    return arena_printf(arena, "byte 0x%02X", (unsigned)(unsigned char)byte);
}

const char *scanner_expected(struct arena *arena, const char *expected, const char *at)
{
    if (at == NULL)
        return arena_printf(arena, "the file ends where %s is expected", expected);
    return arena_printf(arena, "expected %s, met %s", expected, met(arena, *at));
}

/* All of these return NULL, for "nothing more to scan". */

static const char *damaged(struct scanner *scanner, enum damage damage, const char *at,
                           const char *text)
{
    scanner->damage = damage;
    scanner->damage_at = at;
    scanner->damage_text = text;
    return NULL;
}

static const char *ends_inside(struct scanner *scanner, const char *what)
{
    scanner->needs_more = !scanner->is_last;
    if (scanner->needs_more)
        return NULL;
    return damaged(scanner, DAMAGE_CUT_OFF, scanner->end,
                   arena_printf(scanner->texts, "the file ends inside %s", what));
}

static const char *expected_but(struct scanner *scanner, const char *at,
                                enum damage damage, const char *expected)
{
    if (at < scanner->end)
        return damaged(scanner, damage, at,
                       scanner_expected(scanner->texts, expected, at));
    scanner->needs_more = !scanner->is_last;
    if (scanner->needs_more)
        return NULL;
    return damaged(scanner, DAMAGE_CUT_OFF, at,
                   scanner_expected(scanner->texts, expected, NULL));
}

static const char *expected(struct scanner *scanner, const char *at,
                            const char *expected_here)
{
    return expected_but(scanner, at, *at == '\0' ? DAMAGE_CONTROL : DAMAGE_SYNTAX,
                        expected_here);
}

/* ---- strings -------------------------------------------------------------------- */

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
            return expected(scanner, at, "4 hexadecimal digits after '\\u'");
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
        return damaged(scanner, DAMAGE_SURROGATE, start, half);
    for (int i = 0; i < 2; i++, at++) {
        if (at == scanner->end)
            return ends_inside(scanner, "a string");
        if (*at != "\\u"[i])
            return damaged(scanner, DAMAGE_SURROGATE, start, half);
    }
    at = scan_unit(scanner, at, &second);
    if (at != NULL && (second < 0xDC00 || second > 0xDFFF))
        return damaged(scanner, DAMAGE_SURROGATE, start, half);
    return at;
}

static const char *scan_escape(struct scanner *scanner, const char *at)
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
        return expected(scanner, at + 1, "one of \"\\/bfnrtu after '\\'");
    }
}

/* One character that is no ASCII; see the Unicode Standard, table 3-7. */
static const char *scan_character(struct scanner *scanner, const char *at)
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
        return expected_but(scanner, at, DAMAGE_UTF8, "UTF-8 in a string");
    for (size_t i = 1; i < len; i++) {
        unsigned char byte = (unsigned char)at[i];

        if (at + i == scanner->end)
            return ends_inside(scanner, "a string");
        if (byte < low || byte > high)
            return expected_but(scanner, at, DAMAGE_UTF8, "UTF-8 in a string");
        low = 0x80;
        high = 0xBF;
    }
    return at + len;
}

/* `at` is behind the opening quote. */
static const char *scan_string(struct scanner *scanner, const char *at,
                               bool *has_escape)
{
    while (*(at = skip_plain(at)) != '"') {
        if (*at == '\\') {
            *has_escape = true;
            at = scan_escape(scanner, at);
        } else if ((unsigned char)*at >= 0x80) {
            at = scan_character(scanner, at);
        } else if (at == scanner->end) {
            return ends_inside(scanner, "a string");
        } else {
            return expected_but(scanner, at, DAMAGE_CONTROL,
                                "no control character in a string");
        }
        if (at == NULL)
            return NULL;
    }
    return at + 1;
}

/* ---- numbers and words ---------------------------------------------------------- */

static const char *scan_digits(struct scanner *scanner, const char *at,
                               const char *expected_here)
{
    if (!is_digit(*at))
        return expected(scanner, at, expected_here);
    while (is_digit(*at))
        at++;
    return at;
}

static const char *scan_number(struct scanner *scanner, const char *at)
{
    if (*at == '-')
        at++;
    if (*at == '0' && is_digit(at[1]))
        return expected(scanner, at + 1, "no digit after a leading 0");
    at = scan_digits(scanner, at, "a digit after '-'");
    if (at != NULL && *at == '.')
        at = scan_digits(scanner, at + 1, "a digit after '.'");
    if (at != NULL && (*at == 'e' || *at == 'E')) {
        at += at[1] == '+' || at[1] == '-' ? 2 : 1;
        at = scan_digits(scanner, at, "a digit in an exponent");
    }
    if (at == scanner->end && !scanner->is_last)
        return ends_inside(scanner, "a number");
    return at;
}

static const char *scan_word(struct scanner *scanner, const char *at)
{
    const char *quoted = *at == 't' ? "'true'" : *at == 'f' ? "'false'" : "'null'";

    for (const char *letter = quoted + 1; *letter != '\''; letter++, at++) {
        if (*at == *letter)
            continue;
        if (at == scanner->end)
            return ends_inside(scanner, quoted);
        return expected(scanner, at, quoted);
    }
    return at;
}

/* ---- arrays and objects --------------------------------------------------------- */

/* A key, its colon, and the blanks around that. */
static const char *scan_key(struct scanner *scanner, const char *quote,
                            const char *expected_here)
{
    struct scanner_frame *frame = &scanner->frames[scanner->depth - 1];
    struct str key;
    uint32_t hash;
    bool has_escape = false;
    const char *at;

    if (*quote != '"')
        return expected(scanner, quote, expected_here);
    at = scan_string(scanner, quote + 1, &has_escape);
    if (at == NULL)
        return NULL;
    if (keys_count(&scanner->keys, &frame->keys) == OBJECT_KEYS_MAX)
        return damaged(scanner, DAMAGE_KEYS, quote,
                       arena_printf(scanner->texts, "an object has more than %d keys",
                                    OBJECT_KEYS_MAX));
    key = has_escape ? build_string(&scanner->scratch, quote)
                     : (struct str){ quote + 1, (size_t)(at - quote) - 2 };
    hash = key_hash(key);
    keys_add(&scanner->keys, &frame->keys, key, hash);
    at = skip_blanks(at);
    if (*at != ':')
        return expected(scanner, at, "':' after a key");
    at = skip_blanks(at + 1);
    if (scanner->depth == scanner->projection_depth) {
        size_t field = projection_find(scanner->projection, key, hash);

        if (field != SIZE_MAX &&
            (scanner->found[field] == NULL || scanner->projection->takes_last))
            scanner->found[field] = at;
    }
    return at;
}

static void close_frame(struct scanner *scanner)
{
    struct scanner_frame *frame = &scanner->frames[--scanner->depth];

    if (frame->is_object && keys_close(&scanner->keys, &frame->keys))
        scanner->has_duplicate = true;
}

static const char *too_deep(struct scanner *scanner, const char *at)
{
    return damaged(scanner, DAMAGE_DEPTH, at,
                   arena_printf(scanner->texts,
                                "more than %d arrays and objects lie in each other",
                                JSON_DEPTH_MAX));
}

/* `is_whole`: whether it is empty and ends where this returns; else the first value in
 * it starts there. */
static const char *open_frame(struct scanner *scanner, const char *at, bool *is_whole)
{
    struct scanner_frame *frame = &scanner->frames[scanner->depth];
    const bool is_object = *at == '{';

    if (scanner->depth == JSON_DEPTH_MAX)
        return too_deep(scanner, at);
    scanner->depth++;
    frame->is_object = is_object;
    if (is_object)
        keys_open(&scanner->keys, &frame->keys);
    at = skip_blanks(at + 1);
    *is_whole = *at == (is_object ? '}' : ']');
    if (*is_whole) {
        scanner->depth--;
        return at + 1;
    }
    if (is_object)
        return scan_key(scanner, at, "a key or '}' after '{'");
    return at;
}

/* A number, a word or a string whole, or the opening of an array or an object. */
static const char *scan_start(struct scanner *scanner, const char *at, bool *is_whole)
{
    bool has_escape = false;

    *is_whole = true;
    switch (*at) {
    case '"':
        return scan_string(scanner, at + 1, &has_escape);
    case '{':
    case '[':
        return open_frame(scanner, at, is_whole);
    case 't':
    case 'f':
    case 'n':
        return scan_word(scanner, at);
    default:
        if (*at == '-' || is_digit(*at))
            return scan_number(scanner, at);
        return expected(scanner, at, "a value");
    }
}

/* What follows a value in an array or an object: its end (then that is a whole value
 * too), or a comma and all that is before the next value. */
static const char *scan_end(struct scanner *scanner, const char *at, bool *is_whole)
{
    const bool is_object = scanner->frames[scanner->depth - 1].is_object;

    at = skip_blanks(at);
    if (*at == ',') {
        *is_whole = false;
        at = skip_blanks(at + 1);
        return is_object ? scan_key(scanner, at, "a key after ','") : at;
    }
    if (*at != (is_object ? '}' : ']'))
        return expected(scanner, at,
                        is_object ? "',' or '}' after an object's member"
                                  : "',' or ']' after an array's element");
    close_frame(scanner);
    return at + 1;
}

static void start(struct scanner *scanner, size_t depth,
                  const struct projection *projection)
{
    arena_reset(&scanner->scratch);
    scanner->keys.count = 0;
    scanner->has_duplicate = false;
    scanner->needs_more = false;
    scanner->damage = DAMAGE_NONE;
    scanner->depth = depth;
    scanner->projection = projection;
    scanner->projection_depth = projection != NULL ? depth + 1 : 0;
    if (projection == NULL || projection->count == 0)
        return;
    if (projection->count > scanner->found_capacity) {
        scanner->found_capacity = projection->capacity;
        scanner->found =
            arena_array(scanner->arena, scanner->found_capacity, const char *);
    }
    memset(scanner->found, 0, projection->count * sizeof(const char *));
}

const char *scanner_value(struct scanner *scanner, const char *at, size_t depth,
                          const struct projection *projection)
{
    bool is_whole = false;

    start(scanner, depth, projection);
    while (!is_whole && at != NULL) {
        at = scan_start(scanner, at, &is_whole);
        while (is_whole && at != NULL && scanner->depth > depth)
            at = scan_end(scanner, at, &is_whole);
    }
    return at;
}

const char *scanner_string(struct scanner *scanner, const char *at)
{
    bool has_escape = false;

    start(scanner, 0, NULL);
    return scan_string(scanner, at + 1, &has_escape);
}
