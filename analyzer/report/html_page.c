#include "report/html.h"

#include "base/digest.h"
#include "report/html_files.h"
#include "report/syntax.h"

#include <inttypes.h>

/* ---- text ------------------------------------------------------------------------ */

void html_add(struct html *html, const char *markup)
{
    buf_add(html->out, str_from(markup));
}

void html_addf(struct html *html, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    buf_vprintf(html->out, format, arguments);
    va_end(arguments);
}

void html_text(struct html *html, struct str text)
{
    syntax_add(html->out, SYNTAX_HTML, or_dash(text));
}

void html_words(struct html *html, const char *text)
{
    html_text(html, str_from(text));
}

void html_code(struct html *html, struct str text)
{
    html_add(html, "<code>");
    html_text(html, text);
    html_add(html, "</code>");
}

void html_term(struct html *html, const char *term, struct str text)
{
    html_addf(html, "<dt>%s</dt><dd>", term);
    html_text(html, text);
    html_add(html, "</dd>\n");
}

void html_count(struct html *html, uint64_t count, const char *noun)
{
    html_addf(html, "%" PRIu64 " %s%s", count, noun, plural(count));
}

/* ---- lines of rules -------------------------------------------------------------- */

enum line_kind { LINE_BLANK, LINE_WORDS, LINE_ITEM, LINE_INDENTED };

static enum line_kind kind_of_line(struct str line)
{
    if (str_trim(line).len == 0)
        return LINE_BLANK;
    if (str_starts_with(line, STR("  ")))
        return LINE_INDENTED;
    return str_starts_with(line, STR("- ")) ? LINE_ITEM : LINE_WORDS;
}

static bool ends_paragraph(struct str line)
{
    struct str words = str_trim(line);

    return str_ends_with(words, STR(".")) || str_ends_with(words, STR(":"));
}

static void close_lines(struct html *html, enum line_kind *open)
{
    if (*open == LINE_INDENTED)
        html_add(html, "</pre>\n");
    else if (*open != LINE_BLANK)
        html_add(html, "</p>\n");
    *open = LINE_BLANK;
}

void html_paragraphs(struct html *html, struct str text)
{
    struct str rest = text;
    enum line_kind open = LINE_BLANK;

    while (rest.text != NULL) {
        struct str line = str_next(&rest, '\n');
        enum line_kind kind = kind_of_line(line);

        if (kind == LINE_BLANK || kind == LINE_ITEM ||
            (kind == LINE_INDENTED) != (open == LINE_INDENTED))
            close_lines(html, &open);
        if (kind == LINE_BLANK)
            continue;
        if (open == LINE_BLANK)
            html_add(html, kind == LINE_INDENTED ? "<pre>" : "<p>");
        else
            html_add(html, kind == LINE_INDENTED ? "\n" : " ");
        html_text(html, kind == LINE_INDENTED ? line : str_trim(line));
        open = kind;
        if (kind != LINE_INDENTED && ends_paragraph(line))
            close_lines(html, &open);
    }
    close_lines(html, &open);
}

/* ---- addresses within the page --------------------------------------------------- */

static void add_name(struct buf *out, const char *prefix, struct str text)
{
    buf_printf(out, "%s-", prefix);
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.text[i];

        if (is_word_byte(byte) || byte == '-')
            buf_add_byte(out, byte);
        else if (byte == '/')
            buf_add(out, STR("__"));
        else
            buf_printf(out, "_%02x", (unsigned)(unsigned char)byte);
    }
}

void html_id(struct html *html, const char *prefix, struct str text)
{
    html_add(html, " id=\"");
    add_name(html->out, prefix, text);
    html_add(html, "\"");
}

void html_href(struct html *html, const char *prefix, struct str text)
{
    html_add(html, " href=\"#");
    add_name(html->out, prefix, text);
    html_add(html, "\"");
}

/* ---- the page itself ------------------------------------------------------------- */

/* ` 'sha256-…'`: how a policy names a text (https://www.w3.org/TR/CSP3/,
 * section 2.3.1).
 */
static void add_policy_hash(struct html *html, struct str text)
{
    struct digest *digest = digest_new(&html->scratch);
    char base64[DIGEST_BASE64_BYTES];

    digest_add(digest, text.text, text.len);
    digest_base64(digest, base64);
    html_addf(html, " 'sha256-%s'", base64);
}

void html_begin(struct html *html, const char *title)
{
    html_add(html,
             "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\""
             "default-src 'none'; style-src");
    add_policy_hash(html, html_style);
    html_add(html, "; script-src");
    add_policy_hash(html, html_script);
    html_add(html, "; base-uri 'none'; form-action 'none'\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, "
                   "initial-scale=1\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n"
                   "<meta name=\"referrer\" content=\"no-referrer\">\n"
                   "<meta name=\"generator\" content=\"invaudit " INVAUDIT_VERSION
                   "\">\n<title>");
    html_words(html, title);
    html_add(html, "</title>\n<style>");
    buf_add(html->out, html_style);
    html_add(html, "</style>\n</head>\n<body>\n");
}

void html_end(struct html *html)
{
    html_add(html, "<script>");
    buf_add(html->out, html_script);
    html_add(html, "</script>\n</body>\n</html>\n");
}
