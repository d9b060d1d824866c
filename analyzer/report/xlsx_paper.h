/*
 * xlsx_paper.h - what the sheets of the working paper have in common. Private to
 * report/xlsx*.c.
 *
 *     fit = paper_fit(sheet, count)        rows that the sheet has room for
 *     paper_heads(), paper_cells()         a table of columns (columns.h)
 *     paper_end(paper, sheet, name, count - fit)
 */
#ifndef REPORT_XLSX_PAPER_H
#define REPORT_XLSX_PAPER_H

#include "base/table.h"
#include "report/columns.h"
#include "report/xlsx.h"

enum { PAPER_NOTES_MAX = 16 }; /* two a sheet, and there are fewer than eight */

struct paper {
    const struct assessment *assessment;
    struct arena *arena;  /* of the paper */
    struct arena scratch; /* of a row */
    struct workbook *workbook;
    struct places *places;
    struct table file_rows; /* by path, to the file's first row in Evidence */
    const char *notes[PAPER_NOTES_MAX];
    size_t note_count;
};

/* How many of so many rows are written; if that is not all, the last row is kept for
 * paper_end(). */
size_t paper_fit(const struct worksheet *sheet, size_t count);

/* Says in the sheet, and on the cover, what did not fit. */
void paper_end(struct paper *paper, struct worksheet *sheet, const char *name,
               size_t left_out);

/* From that column of the sheet on. */
void paper_heads(struct worksheet *sheet, size_t first,
                 const struct table_columns *columns);
void paper_cells(struct paper *paper, struct worksheet *sheet, size_t first,
                 const struct table_columns *columns, const void *row);
void paper_cell(struct worksheet *sheet, size_t at, const struct table_column *column,
                struct str text);

/* ---- the sheets ------------------------------------------------------------------ */

/* The first, before the others: they may leave notes. */
struct worksheet *paper_cover(struct paper *paper);
void paper_notes(const struct paper *paper, struct worksheet *cover);

void paper_coverage(struct paper *paper);
void paper_procedure(struct paper *paper);

#endif
