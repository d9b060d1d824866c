#include "report/syntax.h"

#include "report/escape.h"

#include <assert.h>
#include <string.h>

enum { ASCII_COUNT = 128 };

/* Whether the text begins with an escape of Office Open XML: _xHHHH_. */
static bool begins_escape(struct str text)
{
    static const char shape[] = "_xhhhh_";

    if (text.len < sizeof shape - 1)
        return false;
    for (size_t i = 0; shape[i] != '\0'; i++) {
        char byte = to_lower(text.text[i]);

        if (shape[i] == 'h' ? !is_digit(byte) && (byte < 'a' || byte > 'f')
                            : text.text[i] != shape[i])
            return false;
    }
    return true;
}

/* Whether what may be a link's text ends, and its place begins. */
static bool begins_link(struct str text)
{
    return str_starts_with(text, STR("]("));
}

static const char *const list_starts[] = { "+", "-", "=", NULL };
/* The last four are U+FF1D, U+FF0B, U+FF0D and U+FF20. */
static const char *const formula_starts[] = {
    "=",  "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0",
    NULL,
};

static const struct row {
    const char *becomes[ASCII_COUNT];   /* of a byte; NULL: it stays */
    bool (*if_begins)(struct str rest); /* what must begin there; NULL: anything */
    const char *const *first; /* what gets `before_first` if it comes first, or behind
                                 `behind` and blanks */
    const char *before_first;
    char behind;      /* 0: none */
    const char *kept; /* the bytes beside letters and digits that stay, of bytes as they
                         are; all else is %XX. NULL: the text is spelled as for a
                         reader, and `becomes` holds */
} rows[] = {
    /* '>': so that ]]> is not in it. Where a value stands between "…", ' is nothing. */
    [SYNTAX_XML] = { .becomes = { ['&'] = "&amp;",
                                  ['<'] = "&lt;",
                                  ['>'] = "&gt;",
                                  ['"'] = "&quot;" } },
    [SYNTAX_HTML] = { .becomes = { ['&'] = "&amp;",
                                   ['<'] = "&lt;",
                                   ['>'] = "&gt;",
                                   ['"'] = "&quot;",
                                   ['\''] = "&#39;" } },
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
                          .first = list_starts,
                          .before_first = "\\" },
    [SYNTAX_URI] = { .kept = "-._~/" },
    [SYNTAX_CSV] = { .becomes = { ['"'] = "\"\"" },
                     .first = formula_starts,
                     .before_first = "'",
                     .behind = ';' },
    [SYNTAX_SHEET] = { .becomes = { ['_'] = "_x005F_" }, .if_begins = begins_escape },
    /* A backslash would be shown by readers that know no links. */
    [SYNTAX_SARIF_MESSAGE] = { .becomes = { [']'] = "] " }, .if_begins = begins_link },
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

static const char *becomes(const struct row *row, struct str rest)
{
    unsigned byte = (unsigned char)rest.text[0];

    if (byte >= ASCII_COUNT || row->becomes[byte] == NULL ||
        (row->if_begins != NULL && !row->if_begins(rest)))
        return NULL;
    return row->becomes[byte];
}

static bool is_guarded(const struct row *row, struct str rest)
{
    return row->first != NULL && str_fits_one(rest, row->first, str_starts_with);
}

/* Whether it neither becomes something else nor is before what comes first. */
static bool is_plain(const struct row *row, char byte)
{
    return (unsigned char)byte >= ASCII_COUNT ||
           (row->becomes[(unsigned char)byte] == NULL && byte != row->behind);
}

/* *is_first: the next byte comes first. */
static void add_piece(struct buf *out, const struct row *row, struct str piece,
                      bool *is_first)
{
    size_t from = 0;

    for (size_t at = 0; at < piece.len; at++) {
        struct str rest;
        const char *instead;
        bool has_guard;

        if (!*is_first && is_plain(row, piece.text[at]))
            continue;
        rest = str_slice(piece, at, piece.len);
        instead = becomes(row, rest);
        has_guard = *is_first && is_guarded(row, rest);
        *is_first = row->behind != '\0' && (piece.text[at] == row->behind ||
                                            (*is_first && piece.text[at] == ' '));
        if (instead == NULL && !has_guard)
            continue;
        buf_add(out, str_slice(piece, from, at));
        buf_add(out, str_from(has_guard ? row->before_first : ""));
        from = at;
        if (instead == NULL)
            continue;
        buf_add(out, str_from(instead));
        from = at + 1;
    }
    buf_add(out, str_slice(piece, from, piece.len));
}

void syntax_add(struct buf *out, enum syntax syntax, struct str text)
{
    const struct row *row = &rows[syntax];
    struct escape_walk walk = ESCAPE_WALK(text);
    struct str piece;
    bool is_first = true;

    if (row->kept != NULL) {
        add_percent(out, row->kept, text);
        return;
    }
    while (escape_next(&walk, &piece))
        add_piece(out, row, piece, &is_first);
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
