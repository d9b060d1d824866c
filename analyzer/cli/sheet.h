/*
 * sheet.h - a thing described for a reader: rows of a name and what it is, below
 * headings.
 *
 *     Calls                                   sheet_heading()
 *       level     region                      sheet_row()
 *       fields    Id, Name, and what else
 *                 there is                    wrapped below itself
 */
#ifndef CLI_SHEET_H
#define CLI_SHEET_H

#include "report/page.h"

enum { SHEET_INDENT = 2, SHEET_COLUMN = 14 };

/* What follows is indented. */
void sheet_heading(struct page *page, const char *heading);

/* Nothing, if the value is absent or "". `column` is where it begins, from 0. */
void sheet_row_at(struct page *page, struct str name, size_t column, struct str value);

/* The same at SHEET_COLUMN. */
void sheet_row(struct page *page, const char *name, struct str value);

/* "a, b, c" */
struct str sheet_joined(struct arena *arena, const struct str_list *list);

#endif
