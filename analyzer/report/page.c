#include "report/page.h"

#include "report/escape.h"

#include <stdint.h>

static void add_spaces(struct page *page, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_add_byte(page->out, ' ');
    page->column += count;
}

static void end_line(struct page *page)
{
    buf_add_byte(page->out, '\n');
    page->column = 0;
    page->spaces = 0;
}

/* Makes sure that so many characters can be put here. */
static void make_room(struct page *page, size_t characters)
{
    if (page->column > 0 && page->column + page->spaces + characters > page->width)
        end_line(page);
    if (page->column == 0)
        page->spaces = page->indent;
    add_spaces(page, page->spaces);
    page->spaces = 0;
}

static struct str escaped(struct page *page, struct str text)
{
    buf_clear(&page->escaped);
    escape_text(&page->escaped, text);
    return buf_str(&page->escaped);
}

static void add_unbroken(struct page *page, struct str text, const char *before,
                         const char *after)
{
    size_t characters = character_count(text);

    if (characters == 0)
        return;
    make_room(page, characters);
    buf_add(page->out, str_from(before));
    buf_add(page->out, text);
    buf_add(page->out, str_from(after));
    page->column += characters;
}

void page_words(struct page *page, struct str text)
{
    struct str words = escaped(page, text);
    size_t at = 0;

    while (at < words.len) {
        size_t from = at;

        while (at < words.len && words.text[at] == ' ')
            at++;
        page->spaces += at - from;
        from = at;
        while (at < words.len && words.text[at] != ' ')
            at++;
        add_unbroken(page, str_slice(words, from, at), "", "");
    }
}

void page_printf(struct page *page, const char *format, ...)
{
    va_list arguments;

    buf_clear(&page->printed);
    va_start(arguments, format);
    buf_vprintf(&page->printed, format, arguments);
    va_end(arguments);
    page_words(page, buf_str(&page->printed));
}

void page_solid(struct page *page, struct str text)
{
    add_unbroken(page, escaped(page, text), "", "");
}

void page_coloured(struct page *page, struct str text, const char *before,
                   const char *after)
{
    add_unbroken(page, escaped(page, text), before, after);
}

void page_tab(struct page *page, size_t column)
{
    if (page->column > 0 && page->column < column)
        page->spaces = column - page->column;
    else if (page->column > 0)
        page->spaces = 1;
}

void page_line(struct page *page)
{
    if (page->column > 0)
        end_line(page);
    page->spaces = 0;
}

void page_blank(struct page *page)
{
    page_line(page);
    buf_add_byte(page->out, '\n');
}

/* How far an item's mark ("- ", "* ", "12. ") reaches, or 0. */
static size_t mark_bytes(struct str line)
{
    size_t at = 0;

    if (line.len >= 2 && (line.text[0] == '-' || line.text[0] == '*') &&
        line.text[1] == ' ')
        return 2;
    while (at < line.len && is_digit(line.text[at]))
        at++;
    if (at > 0 && at + 1 < line.len && line.text[at] == '.' && line.text[at + 1] == ' ')
        return at + 2;
    return 0;
}

static bool ends_sentence(struct str line)
{
    return str_ends_with(line, STR(".")) || str_ends_with(line, STR(":"));
}

static void paragraph_line(struct page *page, struct str line, size_t indent)
{
    size_t mark = mark_bytes(line);

    if (str_trim(line).len == 0) {
        page_blank(page);
        page->indent = indent;
        return;
    }
    if (is_blank_byte(line.text[0])) {
        page_line(page);
        page->indent = indent;
        page_solid(page, line);
        page_line(page);
        return;
    }
    if (mark > 0) {
        page_line(page);
        page->indent = indent;
        page_solid(page, str_slice(line, 0, mark));
        page->indent += mark;
    } else if (page->column > 0) {
        page->spaces = 1;
    }
    page_words(page, str_slice(line, mark, line.len));
    if (ends_sentence(line))
        page_line(page);
}

void page_paragraphs(struct page *page, struct str text)
{
    size_t indent = page->indent, from = 0;

    while (text.len > 0 && is_blank_byte(text.text[text.len - 1]))
        text.len--;
    while (from < text.len) {
        size_t end = str_find(str_slice(text, from, text.len), STR("\n"));

        end = end == SIZE_MAX ? text.len : from + end;
        paragraph_line(page, str_slice(text, from, end), indent);
        from = end + 1;
    }
    page_line(page);
    page->indent = indent;
}
