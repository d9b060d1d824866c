/*
 * columns.h - tables for spreadsheets as data: a row for each column.
 *
 *     finding ──► finding_columns ──┬─► csv.c    a line, cells quoted
 *     document ─► document_columns ─┤
 *     database ─► database_columns ─┴─► xlsx.c   a row of a sheet, cells of their kinds
 *
 *     for each columns->items[i]:
 *         text = items[i].text(&scratch, &row);      absent: an empty cell
 *
 * A column is named as the member of the JSON report that says the same. A list is one
 * text, its items joined by LIST_SEPARATOR. Text is as evidence held it: the formats
 * escape it.
 *
 * How to add a column: a row in its table, with a function that makes the text; each
 * format then has it, and tests/reports/tables.py asks what JSON says of it.
 *
 * Lifetime: a text lives in the arena given, or is the assessment's. Private to
 * report/.
 */
#ifndef REPORT_COLUMNS_H
#define REPORT_COLUMNS_H

#include "gather/assessment.h"

#define LIST_SEPARATOR "; "

struct table_column {
    const char *key;     /* "resource_type" */
    const char *heading; /* of a sheet: "Resource type" */
    unsigned width;      /* of a sheet's column, in characters */
    bool is_number;      /* its texts are digits, with a point in them perhaps */
    struct str (*text)(struct arena *arena, const void *row);
};

struct table_columns {
    const struct table_column *items;
    size_t count;
};

struct places;

struct finding_row {
    const struct finding *finding;
    const struct places *places; /* of its assessment (said.h) */
};

/* A document of the evidence; or a file in which none was found. */
struct document_row {
    const struct source_summary *source;
    const struct document_summary *document; /* NULL: none */
};

extern const struct table_columns finding_columns;  /* of a struct finding_row */
extern const struct table_columns document_columns; /* of a struct document_row */
extern const struct table_columns coverage_columns; /* of a struct coverage */
extern const struct table_columns database_columns; /* of a struct matrix_row */

/* How many rows a file of the evidence has, one at least, and one of them. */
size_t document_rows(const struct source_summary *source);
struct document_row document_row(const struct source_summary *source, size_t index);

#endif
