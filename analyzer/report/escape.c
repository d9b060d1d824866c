#include "report/escape.h"

#include <stdio.h>
#include <string.h>

struct code_range {
    uint32_t from, to;
};

/* What shows nothing, turns the direction of what follows, or ends a line. */
static const struct code_range unseen[] = {
    { 0x0080, 0x009F },   /* C1 controls */
    { 0x00AD, 0x00AD },   /* soft hyphen */
    { 0x034F, 0x034F },   /* combining grapheme joiner */
    { 0x061C, 0x061C },   /* Arabic letter mark */
    { 0x115F, 0x1160 },   /* Hangul fillers */
    { 0x17B4, 0x17B5 },   /* Khmer inherent vowels */
    { 0x180B, 0x180F },   /* Mongolian variation selectors and vowel separator */
    { 0x200B, 0x200F },   /* zero width; left-to-right and right-to-left mark */
    { 0x2028, 0x202E },   /* line and paragraph separator; embeddings, overrides */
    { 0x2060, 0x206F },   /* word joiner, invisible operators, isolates */
    { 0x3164, 0x3164 },   /* Hangul filler */
    { 0xFE00, 0xFE0F },   /* variation selectors */
    { 0xFEFF, 0xFEFF },   /* byte order mark */
    { 0xFFA0, 0xFFA0 },   /* halfwidth Hangul filler */
    { 0xFFF0, 0xFFFB },   /* unassigned and ignorable; interlinear annotation */
    { 0xFFFE, 0xFFFF },   /* no characters; XML 1.0 may not hold them */
    { 0x1BCA0, 0x1BCA3 }, /* shorthand format controls */
    { 0x1D173, 0x1D17A }, /* musical format controls */
    { 0xE0000, 0xE0FFF }, /* tags, variation selectors */
};

size_t character_count(struct str text)
{
    size_t count = 0, bytes = 0;
    uint32_t code = 0;

    for (size_t at = 0; at < text.len; at += bytes) {
        (void)character_next(str_slice(text, at, text.len), &bytes, &code);
        count++;
    }
    return count;
}

static bool is_within(const struct code_range *ranges, size_t count, uint32_t code)
{
    for (size_t i = 0; i < count; i++)
        if (code >= ranges[i].from && code <= ranges[i].to)
            return true;
    return false;
}

static bool is_unseen(uint32_t code)
{
    return is_within(unseen, sizeof unseen / sizeof unseen[0], code);
}

/* ---- commands to who shows a log ------------------------------------------------- */

/* What may stand before a command on its line: none of it is escaped. */
static bool is_blank(uint32_t code)
{
    static const struct code_range blanks[] = { { 0x20, 0x20 },     { 0xA0, 0xA0 },
                                                { 0x1680, 0x1680 }, { 0x2000, 0x200A },
                                                { 0x202F, 0x202F }, { 0x205F, 0x205F },
                                                { 0x3000, 0x3000 } };

    return is_within(blanks, sizeof blanks / sizeof blanks[0], code);
}

static char byte_at(struct str text, size_t at)
{
    char byte = '\0';

    if (at < text.len)
        byte = text.text[at];
    return byte;
}

/* Whether ##[ or ##vso[ begins here: GitHub's and Azure's runners take them anywhere.
 * What stands before or behind the text is not known, so half of it is enough. */
static bool begins_hashes(struct str text, size_t at)
{
    char next = byte_at(text, at + 1), then = byte_at(text, at + 2);

    if (text.text[at] != '#')
        return false;
    if (next == '#')
        return then == '[' || then == 'v' || then == 'V' || at + 2 == text.len;
    return at == 0 && (next == '[' || next == 'v' || next == 'V');
}

/* Whether :: may begin a line here: a word that does so may be its first. */
static bool begins_colons(struct str text, size_t at, bool starts_word)
{
    return starts_word && text.text[at] == ':' && byte_at(text, at + 1) == ':';
}

/* ---- texts ----------------------------------------------------------------------- */

static void add_byte(struct buf *buf, char byte)
{
    buf_printf(buf, "\\x%02x", (unsigned)(unsigned char)byte);
}

void escape_bytes(struct buf *buf, struct str text)
{
    size_t bytes = 0;
    uint32_t code = 0;

    for (size_t at = 0; at < text.len; at += bytes) {
        if (character_next(str_slice(text, at, text.len), &bytes, &code))
            buf_add(buf, str_slice(text, at, at + bytes));
        else
            add_byte(buf, text.text[at]);
    }
}

/* Goes over a character; if it must not be shown as it is, its spelling is next. */
static void step(struct escape_walk *walk)
{
    struct str rest = str_slice(walk->text, walk->at, walk->text.len);
    unsigned char first = (unsigned char)rest.text[0];
    size_t bytes = 0;
    uint32_t code = 0;
    int spelled = 0;
    bool valid;

    if (first >= 0x20 && first < 0x7F && first != '#' && first != ':') {
        walk->is_in_word = first != ' '; /* most of all text */
        walk->at++;
        return;
    }
    valid = character_next(rest, &bytes, &code);

    if (!valid || code < 0x20 || code == 0x7F || begins_hashes(walk->text, walk->at) ||
        begins_colons(walk->text, walk->at, !walk->is_in_word))
        spelled = snprintf(walk->spelling, sizeof walk->spelling, "\\x%02x",
                           (unsigned)(unsigned char)rest.text[0]);
    else if (is_unseen(code))
        spelled =
            snprintf(walk->spelling, sizeof walk->spelling, "\\u{%x}", (unsigned)code);
    walk->spelled = (size_t)spelled;
    walk->is_in_word = !valid || !is_blank(code);
    walk->at += bytes;
}

bool escape_next(struct escape_walk *walk, struct str *piece)
{
    size_t from = walk->at, to = from;

    while (walk->spelled == 0 && walk->at < walk->text.len) {
        step(walk);
        if (walk->spelled == 0)
            to = walk->at;
    }
    if (to > from) {
        *piece = str_slice(walk->text, from, to);
        return true;
    }
    if (walk->spelled == 0)
        return false;
    *piece = (struct str){ walk->spelling, walk->spelled };
    walk->spelled = 0;
    return true;
}

void escape_text(struct buf *buf, struct str text)
{
    struct escape_walk walk = ESCAPE_WALK(text);
    struct str piece;

    while (escape_next(&walk, &piece))
        buf_add(buf, piece);
}

static void add_escaped(struct buf *buf, uint32_t code)
{
    if (code >= 0x10000) {
        buf_printf(buf, "\\u%04x", (unsigned)(0xD800 + ((code - 0x10000) >> 10)));
        code = 0xDC00 + ((code - 0x10000) & 0x3FF);
    }
    buf_printf(buf, "\\u%04x", (unsigned)code);
}

/* How many bytes from here on need no look of their own. */
static size_t plain_bytes(struct str text, size_t at)
{
    size_t from = at;

    while (at < text.len && (unsigned char)text.text[at] < 0x7F && text.text[at] != '#')
        at++;
    return at - from;
}

void escape_json(struct buf *buf, struct str json)
{
    size_t bytes = 0;
    uint32_t code = 0;

    for (size_t at = 0; at < json.len; at += bytes) {
        bytes = plain_bytes(json, at);
        if (bytes > 0) {
            buf_add(buf, str_slice(json, at, at + bytes));
            continue;
        }
        if (character_next(str_slice(json, at, json.len), &bytes, &code) &&
            (code == 0x7F || is_unseen(code) || begins_hashes(json, at)))
            add_escaped(buf, code);
        else
            buf_add(buf, str_slice(json, at, at + bytes));
    }
}

static bool is_quoted(char byte)
{
    return (unsigned char)byte < 0x20 || byte == '"' || byte == '\\';
}

/* Eight bytes of it at a time. */
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
#define HIGH       EACH(0x80)

/* Not zero, if one of its bytes is below that, of at most 0x80; high bytes may be, too.
 */
static inline uint64_t below(uint64_t bytes, uint64_t limit)
{
    return (bytes - EACH(limit)) & HIGH;
}

static inline bool needs_escape(uint64_t bytes)
{
    return ((bytes & HIGH) | below(bytes, 0x20) | below(bytes ^ EACH('"'), 1) |
            below(bytes ^ EACH('\\'), 1) | below(bytes ^ EACH('#'), 1) |
            below(bytes ^ EACH(0x7F), 1)) != 0;
}

bool escape_is_needed(struct str text)
{
    uint64_t bytes;

    for (; text.len >= sizeof bytes; text = str_slice(text, sizeof bytes, text.len)) {
        memcpy(&bytes, text.text, sizeof bytes);
        if (needs_escape(bytes))
            return true;
    }
    bytes = EACH(' ');
    if (text.len > 0)
        memcpy(&bytes, text.text, text.len);
    return needs_escape(bytes);
}

static void add_quoted(struct buf *buf, char byte)
{
    static const char bytes[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *found = byte != '\0' ? strchr(bytes, byte) : NULL;

    if (found != NULL)
        buf_printf(buf, "\\%c", letters[found - bytes]);
    else
        buf_printf(buf, "\\u%04X", (unsigned)byte);
}

void escape_string(struct buf *buf, struct str text)
{
    size_t from = 0;

    for (size_t at = 0; at < text.len; at++) {
        if (!is_quoted(text.text[at]))
            continue;
        escape_json(buf, str_slice(text, from, at));
        add_quoted(buf, text.text[at]);
        from = at + 1;
    }
    escape_json(buf, str_slice(text, from, text.len));
}
