#include "report/columns.h"
#include "report/report.h"
#include "report/said.h"
#include "report/syntax.h"

/*
 * CSV by RFC 4180: a line of names, then a line a row; lines end in CR LF, texts are
 * quoted, numbers and empty cells are not. Excel takes it for UTF-8 by its byte order
 * mark alone. A spreadsheet runs a cell that begins like a formula, quoted or not
 * (CWE-1236): the syntax guards it.
 */

#define LINE_END "\r\n"

static void write_heads(struct buf *out, const struct table_columns *columns)
{
    buf_add(out, STR("\xEF\xBB\xBF"));
    for (size_t i = 0; i < columns->count; i++) {
        buf_add(out, i > 0 ? STR(",") : STR(""));
        buf_add(out, str_from(columns->items[i].key));
    }
    buf_add(out, STR(LINE_END));
}

/* The scratch is emptied: a row takes no memory. */
static void write_row(struct buf *out, struct arena *scratch,
                      const struct table_columns *columns, const void *row)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct table_column *column = &columns->items[i];
        struct str text = column->text(scratch, row);
        struct str quote = column->is_number || text.text == NULL ? STR("") : STR("\"");

        buf_add(out, i > 0 ? STR(",") : STR(""));
        buf_add(out, quote);
        syntax_add(out, SYNTAX_CSV, text);
        buf_add(out, quote);
    }
    buf_add(out, STR(LINE_END));
    arena_reset(scratch);
}

void report_csv(const struct assessment *assessment, const struct report_style *style,
                struct buf *out)
{
    struct arena scratch = ARENA_EMPTY;
    struct finding_row row = { .places = places_new(out->arena, assessment) };

    (void)style;
    write_heads(out, &finding_columns);
    for (size_t i = 0; i < assessment->finding_count; i++) {
        row.finding = &assessment->findings[i];
        write_row(out, &scratch, &finding_columns, &row);
    }
    arena_release(&scratch);
}

void report_evidence_csv(const struct assessment *assessment,
                         const struct report_style *style, struct buf *out)
{
    struct arena scratch = ARENA_EMPTY;

    (void)style;
    write_heads(out, &document_columns);
    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        for (size_t j = 0; j < document_rows(source); j++) {
            struct document_row row = document_row(source, j);

            write_row(out, &scratch, &document_columns, &row);
        }
    }
    arena_release(&scratch);
}
