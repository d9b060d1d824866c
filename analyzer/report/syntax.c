#include "report/syntax.h"

#include "report/escape.h"

#include <assert.h>
#include <string.h>

enum { ASCII_COUNT = 128 };

static const struct row {
    const char *becomes[ASCII_COUNT]; /* of a byte; NULL: it stays */
    const char *first; /* bytes that get a backslash if they come first */
    const char *kept; /* the bytes beside letters and digits that stay, of bytes as they
                         are; all else is %XX. NULL: the text is spelled as for a
                         reader, and `becomes` holds */
} rows[] = {
    /* '>': so that ]]> is not in it. Where a value stands between "…", ' is nothing. */
    [SYNTAX_XML] = { .becomes = { ['&'] = "&amp;",
                                  ['<'] = "&lt;",
                                  ['>'] = "&gt;",
                                  ['"'] = "&quot;" } },
    [SYNTAX_GITHUB_DATA] = { .becomes = { ['%'] = "%25" } },
    [SYNTAX_GITHUB_PROPERTY] = { .becomes = { ['%'] = "%25",
                                              [':'] = "%3A",
                                              [','] = "%2C" } },
    /* ':' and '.': else http: and www. begin a link. '.' and ')' behind a number begin
     * a list. No backslash takes an @ its meaning, but what stands behind a comment is
     * another word. */
    [SYNTAX_MARKDOWN] = { .becomes = { ['!'] = "\\!",
                                       ['#'] = "\\#",
                                       ['$'] = "\\$",
                                       ['&'] = "\\&",
                                       [')'] = "\\)",
                                       ['*'] = "\\*",
                                       ['.'] = "\\.",
                                       [':'] = "\\:",
                                       ['<'] = "\\<",
                                       ['>'] = "\\>",
                                       ['['] = "\\[",
                                       ['\\'] = "\\\\",
                                       [']'] = "\\]",
                                       ['_'] = "\\_",
                                       ['`'] = "\\`",
                                       ['|'] = "\\|",
                                       ['~'] = "\\~",
                                       ['@'] = "@<!-- -->" },
                          .first = "+-=" },
    [SYNTAX_URI] = { .kept = "-._~/" },
};

static_assert(COUNT_OF(rows) == SYNTAX_COUNT, "each syntax has a row");

static void add_percent(struct buf *out, const char *kept, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.text[i];

        if (is_word_byte(byte) || (byte != '\0' && strchr(kept, byte) != NULL))
            buf_add_byte(out, byte);
        else
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)byte);
    }
}

static void add_piece(struct buf *out, const struct row *row, struct str piece)
{
    size_t from = 0;

    for (size_t at = 0; at < piece.len; at++) {
        unsigned byte = (unsigned char)piece.text[at];

        if (byte >= ASCII_COUNT || row->becomes[byte] == NULL)
            continue;
        buf_add(out, str_slice(piece, from, at));
        buf_add(out, str_from(row->becomes[byte]));
        from = at + 1;
    }
    buf_add(out, str_slice(piece, from, piece.len));
}

void syntax_add(struct buf *out, enum syntax syntax, struct str text)
{
    const struct row *row = &rows[syntax];
    struct escape_walk walk = ESCAPE_WALK(text);
    struct str piece;

    if (row->kept != NULL) {
        add_percent(out, row->kept, text);
        return;
    }
    if (row->first != NULL && text.len > 0 && text.text[0] != '\0' &&
        strchr(row->first, text.text[0]) != NULL)
        buf_add_byte(out, '\\');
    while (escape_next(&walk, &piece))
        add_piece(out, row, piece);
}

/* ---- code spans ------------------------------------------------------------------ */

static size_t longest_run(struct str text, char byte)
{
    size_t run = 0, longest = 0;

    for (size_t i = 0; i < text.len; i++) {
        run = text.text[i] == byte ? run + 1 : 0;
        if (run > longest)
            longest = run;
    }
    return longest;
}

/* Whether a blank must stand between the text and its fences: beside a backtick; and
 * where blanks are at both ends, since one at each is taken off. Nothing is no span. */
static bool needs_blanks(struct str text)
{
    char first, last;

    if (text.len == 0)
        return true;
    first = text.text[0];
    last = text.text[text.len - 1];
    return first == '`' || last == '`' || (first == ' ' && last == ' ');
}

void syntax_add_markdown_code(struct buf *out, struct str text)
{
    size_t fence = longest_run(text, '`') + 1;
    bool has_blanks = needs_blanks(text);

    for (size_t i = 0; i < fence; i++)
        buf_add_byte(out, '`');
    if (has_blanks)
        buf_add_byte(out, ' ');
    escape_text(out, text);
    if (has_blanks)
        buf_add_byte(out, ' ');
    for (size_t i = 0; i < fence; i++)
        buf_add_byte(out, '`');
}
