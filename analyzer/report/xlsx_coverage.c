#include "report/xlsx_paper.h"

#include "base/order.h"
#include "report/grid.h"

/* A row an account for each rule, a column a region of any of them. */
struct coverage_sheet {
    struct paper *paper;
    struct worksheet *sheet;
    struct grid *grids; /* as the rules; without rows: the rule has none */
    struct str_list regions;
    struct table by_account; /* a pointer to its struct coverage */
    size_t left_out;
};

/* The findings of the rule, which lie together, in the order of the rules. */
static void make_grids(struct coverage_sheet *to)
{
    const struct assessment *assessment = to->paper->assessment;
    size_t from = 0, regions = 0;

    to->grids = arena_array(to->paper->arena, assessment->book->count, struct grid);
    for (size_t i = 0; i < assessment->book->count; i++) {
        size_t end = from;

        while (end < assessment->finding_count &&
               assessment->findings[end].rule == assessment->book->rules[i])
            end++;
        if (!grid_make(to->paper->arena, assessment->findings + from, end - from,
                       &to->grids[i]))
            to->grids[i] = (struct grid){ 0 };
        regions += to->grids[i].column_count;
        from = end;
    }
    to->regions.items = arena_array(to->paper->arena, regions, struct str);
    for (size_t i = 0; i < assessment->book->count; i++)
        for (size_t j = 0; j < to->grids[i].column_count; j++)
            if (to->grids[i].columns[j].region.text != NULL)
                to->regions.items[to->regions.count++] = to->grids[i].columns[j].region;
    order_texts(&to->regions);
}

/* Behind the names of rule and account, and the column of the account as a whole. */
static size_t region_column(const struct coverage_sheet *to, struct str region)
{
    size_t low = 0, high = to->regions.count;

    if (region.text == NULL)
        return 1 + coverage_columns.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (str_compare(to->regions.items[middle], region) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 2 + coverage_columns.count + low;
}
static enum look look_of_mark(enum grid_mark mark)
{
    switch (mark) {
    case GRID_FAIL:
        return LOOK_FAIL;
    case GRID_UNKNOWN:
        return LOOK_UNKNOWN;
    case GRID_PASS:
        return LOOK_PASS;
    case GRID_NOTHING:
    case GRID_WAIVED:
    case GRID_MARK_COUNT:
        break;
    }
    return LOOK_PLAIN;
}

static void write_coverage_heads(struct coverage_sheet *to)
{
    size_t first = 1 + coverage_columns.count;

    worksheet_column(to->sheet, 0, 14, LOOK_PLAIN);
    worksheet_text(to->sheet, 0, STR("Rule"), LOOK_HEAD);
    paper_heads(to->sheet, 1, &coverage_columns);
    worksheet_text(to->sheet, first, STR("Account as a whole"), LOOK_HEAD);
    for (size_t i = 0; i < to->regions.count; i++) {
        worksheet_column(to->sheet, first + 1 + i, 10, LOOK_PLAIN);
        worksheet_text(to->sheet, first + 1 + i, to->regions.items[i], LOOK_HEAD);
    }
    worksheet_head(to->sheet, first + 1 + to->regions.count);
    worksheet_next(to->sheet);
}

/* The last row is kept for paper_end(). */
static bool has_room(struct coverage_sheet *to)
{
    if (worksheet_room(to->sheet) > 1)
        return true;
    to->left_out++;
    return false;
}

static void write_coverage_account(struct coverage_sheet *to, struct str account)
{
    const struct coverage *const *coverage = table_find(&to->by_account, account);

    if (coverage != NULL)
        paper_cells(to->paper, to->sheet, 1, &coverage_columns, *coverage);
    else
        worksheet_text(to->sheet, 1, account, LOOK_PLAIN);
}

static void write_grid(struct coverage_sheet *to, const struct rule *rule,
                       const struct grid *grid)
{
    for (size_t i = 0; i < grid->row_count; i++) {
        const struct grid_row *row = &grid->rows[i];

        if (!has_room(to))
            continue;
        worksheet_text(to->sheet, 0, rule->id, LOOK_PLAIN);
        write_coverage_account(to, row->account);
        for (size_t j = 0; j < row->cell_count; j++) {
            const struct grid_cell *cell = &row->cells[j];
            char letter = grid_mark_letter(cell->mark);

            worksheet_text(to->sheet,
                           region_column(to, grid->columns[cell->column].region),
                           (struct str){ &letter, 1 }, look_of_mark(cell->mark));
        }
        worksheet_next(to->sheet);
    }
}

/* What stands in no matrix. */
static void write_left_out(struct coverage_sheet *to, const struct rule *rule,
                           const struct grid *grid)
{
    if ((grid->left_out == 0 && grid->row_count > 0) || !has_room(to))
        return;
    worksheet_text(to->sheet, 0, rule->id, LOOK_PLAIN);
    worksheet_text(
        to->sheet, 1,
        grid->row_count == 0
            ? STR("no matrix: no account is known, or there are too many regions")
            : str_from(arena_printf(&to->paper->scratch,
                                    "%zu more of no account or region: see "
                                    "Results",
                                    grid->left_out)),
        LOOK_PLAIN);
    arena_reset(&to->paper->scratch);
    worksheet_next(to->sheet);
}

static void write_legend(struct worksheet *sheet)
{
    for (int mark = GRID_MARK_COUNT - 1; mark >= 0 && worksheet_room(sheet) > 1;
         mark--) {
        char letter = grid_mark_letter((enum grid_mark)mark);

        worksheet_text(sheet, 0, (struct str){ &letter, 1 },
                       look_of_mark((enum grid_mark)mark));
        worksheet_text(sheet, 1, str_from(grid_mark_word((enum grid_mark)mark)),
                       LOOK_PLAIN);
        worksheet_next(sheet);
    }
}

void paper_coverage(struct paper *paper)
{
    const struct assessment *assessment = paper->assessment;
    struct coverage_sheet to = { .paper = paper,
                                 .sheet = workbook_sheet(paper->workbook, "Coverage"),
                                 .by_account = TABLE_EMPTY(paper->arena) };

    for (size_t i = 0; i < assessment->coverage_count; i++) {
        const struct coverage **coverage =
            arena_new(paper->arena, const struct coverage *);

        *coverage = &assessment->coverage[i];
        *table_slot(&to.by_account, (*coverage)->account) = coverage;
    }
    make_grids(&to);
    write_coverage_heads(&to);
    for (size_t i = 0; i < assessment->book->count; i++) {
        write_grid(&to, assessment->book->rules[i], &to.grids[i]);
        write_left_out(&to, assessment->book->rules[i], &to.grids[i]);
    }
    write_legend(to.sheet);
    paper_end(paper, to.sheet, "Coverage", to.left_out);
}
