/*
 * page.h - text laid out for a reader: words wrapped at a width, with a hanging indent.
 *
 *     struct page page = PAGE_NEW(out, 80);
 *     page.indent = 4;
 *     page_words(&page, message);     // wrapped between words
 *     page_solid(&page, command);     // never broken, however long
 *     page_line(&page);
 *
 * All text is escaped on its way in (escape.h), so that nothing that is printed can do
 * more than be read. Width is counted in characters, whatever the locale.
 * A line may pass the width only by text that must not be broken.
 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "base/str.h"

struct page {
    struct buf *out;
    size_t width;
    size_t indent; /* of the lines that are begun from now on */
    size_t column; /* characters on this line; 0: nothing is on it yet */
    size_t spaces; /* to stand before the next word, if it is on this line */
    struct buf printed, escaped; /* of what is added */
};

#define PAGE_NEW(out_of_page, width_of_page)                                           \
    {                                                                                  \
        .out = (out_of_page), .width = (width_of_page),                                \
        .printed = { .arena = (out_of_page)->arena },                                  \
        .escaped = { .arena = (out_of_page)->arena },                                  \
    }

/* Adds to the line, broken at spaces where it gets too long. */
void page_words(struct page *page, struct str text);
void page_printf(struct page *page, const char *format, ...) PRINTF_LIKE(2, 3);

/* Adds to the line, or to a new one if it does not fit; broken nowhere. */
void page_solid(struct page *page, struct str text);
/* The same between two texts that take no room and are not escaped: colours. */
void page_coloured(struct page *page, struct str text, const char *before,
                   const char *after);

/* What comes next on this line begins at least at that column, from 0. */
void page_tab(struct page *page, size_t column);

void page_line(struct page *page);  /* ends the line, if anything is on it */
void page_blank(struct page *page); /* the same, and leaves an empty line */

/* Text of several lines, as rules hold it: lines are joined and wrapped anew, but for
 * those that end a sentence; what is indented (commands) stays as it is; an item of a
 * list gets a hanging indent. */
void page_paragraphs(struct page *page, struct str text);

#endif
