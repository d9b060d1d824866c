#include "report/html.h"

#include "report/grid.h"

#include <assert.h>

static const char *const kinds[] = {
    [GRID_NOTHING] = "other",   [GRID_WAIVED] = "other", [GRID_PASS] = "pass",
    [GRID_UNKNOWN] = "unknown", [GRID_FAIL] = "fail",
};

static_assert(COUNT_OF(kinds) == GRID_MARK_COUNT, "each mark has a class");

static void put_head(struct html *html, const struct grid *grid)
{
    html_add(html, "<thead><tr><th scope=\"col\">Account</th>");
    for (size_t i = 0; i < grid->column_count; i++) {
        const struct grid_column *column = &grid->columns[i];

        if (column->apart)
            continue;
        html_add(html, "<th scope=\"col\"><span>");
        html_text(html,
                  column->region.text != NULL ? column->region : STR("whole account"));
        html_add(html, "</span></th>");
    }
    html_add(html, "</tr></thead>\n");
}

/* The letter leads to its finding, if the page lists that. */
static void put_cell(struct html *html, const struct grid_cell *cell)
{
    if (cell == NULL) {
        html_add(html, "<td></td>");
        return;
    }
    html_addf(html, "<td class=\"%s\">", kinds[cell->mark]);
    if (html_lists(html, cell->finding->result)) {
        html_add(html, "<a");
        html_href(html, "f", str_from(cell->finding->id));
        html_addf(html, " aria-label=\"%s\">%c</a>", grid_mark_word(cell->mark),
                  grid_mark_letter(cell->mark));
    } else {
        html_addf(html, "%c", grid_mark_letter(cell->mark));
    }
    html_add(html, "</td>");
}

static void put_row(struct html *html, const struct grid *grid,
                    const struct grid_row *row)
{
    size_t next = 0;

    html_add(html, "<tr><th scope=\"row\">");
    html_text(html, row->account);
    html_add(html, "</th>");
    for (size_t i = 0; i < grid->column_count; i++) {
        const struct grid_cell *cell = NULL;

        if (next < row->cell_count && row->cells[next].column == i)
            cell = &row->cells[next++];
        if (!grid->columns[i].apart)
            put_cell(html, cell);
    }
    html_add(html, "</tr>\n");
}

static void put_legend(struct html *html, const struct grid *grid)
{
    html_add(html, "<ul class=\"legend soft\">");
    for (int mark = GRID_MARK_COUNT - 1; mark >= 0; mark--) {
        if (grid->counts[mark] == 0)
            continue;
        html_addf(html, "<li><span class=\"badge %s\">%c</span> %s: %zu</li>",
                  kinds[mark], grid_mark_letter((enum grid_mark)mark),
                  grid_mark_word((enum grid_mark)mark), grid->counts[mark]);
    }
    html_add(html, "</ul>\n");
}

static void put_apart(struct html *html, const struct grid *grid)
{
    const char *comma = "";

    if (grid->apart_count == 0)
        return;
    html_add(html, "<p class=\"soft\">Nothing is there in any account, in ");
    for (size_t i = 0; i < grid->column_count; i++) {
        if (!grid->columns[i].apart)
            continue;
        html_add(html, comma);
        html_text(html, grid->columns[i].region);
        comma = ", ";
    }
    html_add(html, ".</p>\n");
}

static void put_table(struct html *html, const struct grid *grid,
                      const struct rule *rule)
{
    html_add(html,
             "<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"Matrix "
             "of ");
    html_text(html, rule->id);
    html_add(html, "\">\n<table class=\"matrix\">\n<caption>");
    html_text(html, rule->id);
    html_add(html, " by account and region</caption>\n");
    put_head(html, grid);
    html_add(html, "<tbody>\n");
    for (size_t i = 0; i < grid->row_count; i++)
        put_row(html, grid, &grid->rows[i]);
    html_add(html, "</tbody>\n</table>\n</div>\n");
}

void html_matrix(struct html *html, const struct html_rule *of)
{
    struct arena arena = ARENA_EMPTY;
    struct grid grid;

    if (grid_make(&arena, of->findings, of->count, &grid)) {
        html_add(html, "<h3>Accounts and regions</h3>\n");
        if (grid.apart_count < grid.column_count)
            put_table(html, &grid, of->rule);
        put_legend(html, &grid);
        put_apart(html, &grid);
        if (grid.left_out > 0) {
            html_add(html, "<p class=\"soft\">Not in it, since nothing tells their "
                           "account: ");
            html_count(html, grid.left_out, "finding");
            html_add(html, ".</p>\n");
        }
    }
    arena_release(&arena);
}
