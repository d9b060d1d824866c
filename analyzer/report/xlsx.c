#include "report/xlsx.h"

#include "report/databases.h"
#include "report/report.h"
#include "report/said.h"
#include "report/xlsx_paper.h"

#include <assert.h>
#include <string.h>

enum {
    WRAPPED_WIDTH = 60,  /* of columns whose texts are sentences */
    CREATED = 315532800, /* 1980-01-01, the first day of a zip archive */
};

/* ---- rows ------------------------------------------------------------------------ */

static void add_note(struct paper *paper, const char *note)
{
    assert(paper->note_count < PAPER_NOTES_MAX);
    paper->notes[paper->note_count++] = note;
}

size_t paper_fit(const struct worksheet *sheet, size_t count)
{
    size_t room = worksheet_room(sheet);

    return count <= room ? count : room - 1;
}

void paper_end(struct paper *paper, struct worksheet *sheet, const char *name,
               size_t left_out)
{
    size_t links = worksheet_links_left_out(sheet);
    const char *note;

    if (left_out > 0) {
        note = arena_printf(paper->arena,
                            "%zu more rows do not fit in this sheet: the formats csv "
                            "and json have them",
                            left_out);
        worksheet_text(sheet, 0, str_from(note), LOOK_HEAD);
        add_note(paper, arena_printf(paper->arena, "%s: %s", name, note));
        worksheet_next(sheet);
    }
    if (links == 0)
        return;
    note = arena_printf(paper->arena,
                        "the evidence of %zu more rows has no link: a sheet may have "
                        "%d",
                        links, SHEET_LINKS_MAX);
    if (left_out == 0 && worksheet_room(sheet) > 0) {
        worksheet_text(sheet, 0, str_from(note), LOOK_HEAD);
        worksheet_next(sheet);
    }
    add_note(paper, arena_printf(paper->arena, "%s: %s", name, note));
}

/* ---- tables ---------------------------------------------------------------------- */

static enum look look_of(const struct table_column *column)
{
    return column->width >= WRAPPED_WIDTH ? LOOK_WRAPPED : LOOK_PLAIN;
}

void paper_heads(struct worksheet *sheet, size_t first,
                 const struct table_columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct table_column *column = &columns->items[i];

        worksheet_column(sheet, first + i, column->width, look_of(column));
        worksheet_text(sheet, first + i, str_from(column->heading), LOOK_HEAD);
    }
}

void paper_cell(struct worksheet *sheet, size_t at, const struct table_column *column,
                struct str text)
{
    if (column->is_number)
        worksheet_number(sheet, at, text, LOOK_PLAIN);
    else
        worksheet_text(sheet, at, text, look_of(column));
}

void paper_cells(struct paper *paper, struct worksheet *sheet, size_t first,
                 const struct table_columns *columns, const void *row)
{
    for (size_t i = 0; i < columns->count; i++)
        paper_cell(sheet, first + i, &columns->items[i],
                   columns->items[i].text(&paper->scratch, row));
    arena_reset(&paper->scratch);
}

static enum look look_of_result(enum result result)
{
    switch (result) {
    case RESULT_FAIL:
        return LOOK_FAIL;
    case RESULT_UNKNOWN:
        return LOOK_UNKNOWN;
    case RESULT_PASS:
        return LOOK_PASS;
    case RESULT_NOT_APPLICABLE:
    case RESULT_WAIVED:
    case RESULT_COUNT:
        break;
    }
    return LOOK_PLAIN;
}

/* ---- results --------------------------------------------------------------------- */

/* What the tester writes. */
static const struct {
    const char *heading;
    unsigned width;
    const char *const *choices;
} to_fill[] = {
    { "Tester's conclusion", 20,
      (const char *const[]){ "agreed", "not agreed", "follow up", "not tested",
                             NULL } },
    { "Exception no.", 14, NULL },
    { "Management response", 40, NULL },
};

static void write_result_heads(struct worksheet *sheet)
{
    size_t first = finding_columns.count;

    paper_heads(sheet, 0, &finding_columns);
    for (size_t i = 0; i < COUNT_OF(to_fill); i++) {
        worksheet_column(sheet, first + i, to_fill[i].width, LOOK_TO_FILL);
        worksheet_text(sheet, first + i, str_from(to_fill[i].heading), LOOK_HEAD);
    }
    worksheet_head(sheet, first + COUNT_OF(to_fill));
    for (size_t i = 0; i < COUNT_OF(to_fill); i++)
        if (to_fill[i].choices != NULL)
            worksheet_choices(sheet, first + i, to_fill[i].choices);
    worksheet_next(sheet);
}

/* Its path leads to the row of that file. */
static void write_path(struct paper *paper, struct worksheet *sheet, size_t column,
                       struct str path)
{
    const uint32_t *row =
        path.text != NULL ? table_find(&paper->file_rows, path) : NULL;

    if (row != NULL)
        worksheet_link(sheet, column, path, "Evidence", *row);
    else
        worksheet_text(sheet, column, path, LOOK_PLAIN);
}

static void write_result(struct paper *paper, struct worksheet *sheet,
                         const struct finding *finding)
{
    const struct finding_row row = { finding, paper->places };

    for (size_t i = 0; i < finding_columns.count; i++) {
        const struct table_column *column = &finding_columns.items[i];
        struct str text = column->text(&paper->scratch, &row);

        if (strcmp(column->key, "path") == 0)
            write_path(paper, sheet, i, text);
        else if (strcmp(column->key, "result") == 0)
            worksheet_text(sheet, i, text, look_of_result(finding->result));
        else
            paper_cell(sheet, i, column, text);
    }
    arena_reset(&paper->scratch);
    worksheet_next(sheet);
}

static bool is_any(const struct finding *finding)
{
    (void)finding;
    return true;
}

static bool is_exception(const struct finding *finding)
{
    return finding->result == RESULT_FAIL || finding->result == RESULT_UNKNOWN;
}

static void write_results(struct paper *paper, const char *name,
                          bool (*is_one)(const struct finding *finding))
{
    const struct assessment *assessment = paper->assessment;
    struct worksheet *sheet = workbook_sheet(paper->workbook, name);
    size_t all = 0, written = 0, fit;

    write_result_heads(sheet);
    for (size_t i = 0; i < assessment->finding_count; i++)
        all += is_one(&assessment->findings[i]);
    fit = paper_fit(sheet, all);
    for (size_t i = 0; i < assessment->finding_count && written < fit; i++) {
        if (!is_one(&assessment->findings[i]))
            continue;
        write_result(paper, sheet, &assessment->findings[i]);
        written++;
    }
    paper_end(paper, sheet, name, all - fit);
}

/* ---- evidence -------------------------------------------------------------------- */

static size_t all_document_rows(const struct assessment *assessment)
{
    size_t count = 0;

    for (size_t i = 0; i < assessment->source_count; i++)
        count += document_rows(&assessment->sources[i]);
    return count;
}

/* Before the findings are written, which lead there: the row behind the heads is 1. */
static void find_file_rows(struct paper *paper, const struct workbook_limits *limits)
{
    const struct assessment *assessment = paper->assessment;
    uint32_t *rows = arena_array(paper->arena, assessment->source_count, uint32_t);
    size_t row = 1;

    for (size_t i = 0; i < assessment->source_count && row + 1 < limits->rows; i++) {
        rows[i] = (uint32_t)row;
        *table_slot(&paper->file_rows, str_from(assessment->sources[i].source->path)) =
            &rows[i];
        row += document_rows(&assessment->sources[i]);
    }
}

static void write_evidence(struct paper *paper)
{
    const struct assessment *assessment = paper->assessment;
    struct worksheet *sheet = workbook_sheet(paper->workbook, "Evidence");
    size_t all = all_document_rows(assessment), written = 0, fit;

    paper_heads(sheet, 0, &document_columns);
    worksheet_head(sheet, document_columns.count);
    worksheet_next(sheet);
    fit = paper_fit(sheet, all);
    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        for (size_t j = 0; j < document_rows(source) && written < fit; j++) {
            struct document_row row = document_row(source, j);

            paper_cells(paper, sheet, 0, &document_columns, &row);
            worksheet_next(sheet);
            written++;
        }
    }
    paper_end(paper, sheet, "Evidence", all - fit);
}

/* ---- databases ------------------------------------------------------------------- */

static void write_databases(struct paper *paper)
{
    const struct assessment *assessment = paper->assessment;
    struct worksheet *sheet;
    size_t fit;

    if (assessment->matrix == NULL)
        return;
    sheet = workbook_sheet(paper->workbook, "Databases");
    paper_heads(sheet, 0, &database_columns);
    worksheet_head(sheet, database_columns.count);
    worksheet_next(sheet);
    fit = paper_fit(sheet, assessment->matrix_count);
    for (size_t i = 0; i < fit; i++) {
        paper_cells(paper, sheet, 0, &database_columns, &assessment->matrix[i]);
        worksheet_next(sheet);
    }
    paper_end(paper, sheet, "Databases", assessment->matrix_count - fit);
    if (assessment->matrix_open > 0)
        add_note(paper, arena_printf(paper->arena, "Databases: %s",
                                     databases_open(paper->arena, assessment).text));
}

/* ---- the workbook ---------------------------------------------------------------- */

bool xlsx_make(struct arena *arena, const struct assessment *assessment,
               const struct workbook_library *library,
               const struct workbook_limits *limits, struct str *bytes,
               struct error *err)
{
    struct paper paper = { .assessment = assessment,
                           .arena = arena,
                           .workbook = workbook_begin(arena, library, limits),
                           .places = places_new(arena, assessment),
                           .file_rows = TABLE_EMPTY(arena) };
    struct worksheet *cover;

    workbook_describe(paper.workbook, "Saved AWS inventory, judged by rules", CREATED);
    find_file_rows(&paper, limits);
    cover = paper_cover(&paper);
    write_results(&paper, "Results", is_any);
    write_results(&paper, "Exceptions", is_exception);
    write_evidence(&paper);
    paper_coverage(&paper);
    paper_procedure(&paper);
    write_databases(&paper);
    paper_notes(&paper, cover);
    arena_release(&paper.scratch);
    return workbook_end(paper.workbook, bytes, err);
}

static bool is_here(struct error *err)
{
    const struct workbook_library *library;

    return workbook_library_load(&library, err);
}

static bool make(struct arena *arena, const struct assessment *assessment,
                 struct str *bytes, struct error *err)
{
    const struct workbook_library *library;

    return workbook_library_load(&library, err) &&
           xlsx_make(arena, assessment, library, &workbook_limits, bytes, err);
}

const struct report_maker report_xlsx = { is_here, make };
