#include "cli/sheet.h"

void sheet_heading(struct page *page, const char *heading)
{
    page->indent = 0;
    page_blank(page);
    page_words(page, str_from(heading));
    page_line(page);
    page->indent = SHEET_INDENT;
}

void sheet_row_at(struct page *page, struct str name, size_t column, struct str value)
{
    if (value.text == NULL || value.len == 0)
        return;
    page->indent = SHEET_INDENT;
    page_solid(page, name);
    page->indent = column;
    page_tab(page, column);
    page_words(page, value);
    page_line(page);
    page->indent = 0;
}

void sheet_row(struct page *page, const char *name, struct str value)
{
    sheet_row_at(page, str_from(name), SHEET_COLUMN, value);
}

struct str sheet_joined(struct arena *arena, const struct str_list *list)
{
    struct buf all = BUF_EMPTY(arena);

    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            buf_add(&all, STR(", "));
        buf_add(&all, list->items[i]);
    }
    return buf_str(&all);
}
