#include "report/grid.h"

#include "base/table.h"

#include <assert.h>
#include <stdlib.h>

/* ---- marks ---- */

static const struct {
    char letter;
    const char *word;
} marks[] = {
    [GRID_NOTHING] = { '-', "nothing there" },
    [GRID_WAIVED] = { 'W', "waived" },
    [GRID_PASS] = { 'P', "pass" },
    [GRID_UNKNOWN] = { '?', "unknown" },
    [GRID_FAIL] = { 'F', "fail" },
};

static_assert(sizeof marks / sizeof marks[0] == GRID_MARK_COUNT, "each has a letter");

static const enum grid_mark marks_of_results[] = {
    [RESULT_PASS] = GRID_PASS,       [RESULT_FAIL] = GRID_FAIL,
    [RESULT_UNKNOWN] = GRID_UNKNOWN, [RESULT_NOT_APPLICABLE] = GRID_NOTHING,
    [RESULT_WAIVED] = GRID_WAIVED,
};

static_assert(sizeof marks_of_results / sizeof marks_of_results[0] == RESULT_COUNT,
              "each result has a mark");

char grid_mark_letter(enum grid_mark mark)
{
    return marks[mark].letter;
}

const char *grid_mark_word(enum grid_mark mark)
{
    return marks[mark].word;
}

enum grid_mark grid_mark(const struct finding *finding)
{
    if (finding->result == RESULT_FAIL && finding->diagnosis != NULL &&
        finding->diagnosis->nothing_there.text != NULL)
        return GRID_NOTHING;
    return marks_of_results[finding->result];
}

/* ---- names of regions ---- */

static const struct {
    struct str word, name;
} directions[] = {
    { { "north", 5 }, { "n", 1 } },      { { "northeast", 9 }, { "ne", 2 } },
    { { "northwest", 9 }, { "nw", 2 } }, { { "south", 5 }, { "s", 1 } },
    { { "southeast", 9 }, { "se", 2 } }, { { "southwest", 9 }, { "sw", 2 } },
    { { "east", 4 }, { "e", 1 } },       { { "west", 4 }, { "w", 1 } },
    { { "central", 7 }, { "c", 1 } },    { { "gov", 3 }, { "g", 1 } },
    { { "iso", 3 }, { "i", 1 } },        { { "isob", 4 }, { "ib", 2 } },
    { { "isoe", 4 }, { "ie", 2 } },      { { "isof", 4 }, { "if", 2 } },
};

/* The last number, and the word before all, stand for themselves. */
static bool add_word(struct buf *name, struct str word, bool is_first, bool is_last)
{
    size_t digits = 0;

    while (digits < word.len && is_digit(word.text[digits]))
        digits++;
    if (is_first || (is_last && digits == word.len && digits > 0)) {
        buf_add(name, word);
        return word.len > 0;
    }
    for (size_t i = 0; i < COUNT_OF(directions); i++) {
        if (str_equal(directions[i].word, word)) {
            buf_add(name, directions[i].name);
            return !is_last;
        }
    }
    return false;
}

struct str region_short(struct arena *arena, struct str region)
{
    struct buf name = BUF_EMPTY(arena);
    struct str rest = region;
    size_t count = 0;

    while (rest.text != NULL) {
        struct str word = str_next(&rest, '-');

        if (!add_word(&name, word, count++ == 0, rest.text == NULL))
            return region;
    }
    return count >= 3 ? buf_str(&name) : region;
}

/* ---- columns ---- */

static bool has_place(const struct finding *finding)
{
    return finding->account.text != NULL && finding->source == NULL;
}

static struct str region_key(struct str region)
{
    return region.text != NULL ? region : STR("");
}

static int compare_columns(const void *left, const void *right)
{
    const struct grid_column *a = left, *b = right;

    if (a->region.text == NULL || b->region.text == NULL)
        return (a->region.text != NULL) - (b->region.text != NULL);
    return str_compare(a->region, b->region);
}

/* Those whose short names are one have their long ones. */
static void name_columns(struct arena *arena, struct grid_column *columns, size_t count)
{
    struct table firsts = TABLE_EMPTY(arena);

    for (size_t i = 0; i < count; i++) {
        struct str name = columns[i].region.text != NULL
                              ? region_short(arena, columns[i].region)
                              : STR("account");
        void **slot = table_slot(&firsts, name);
        struct grid_column *first = *slot;

        columns[i].name = name;
        if (first == NULL) {
            *slot = &columns[i];
            continue;
        }
        columns[i].name = columns[i].region;
        if (first->region.text != NULL)
            first->name = first->region;
    }
}

/* NULL: too many, or none. `by_region`: the columns. */
static struct grid_column *find_columns(struct arena *arena,
                                        const struct finding *findings, size_t count,
                                        struct table *by_region, size_t *column_count)
{
    struct grid_column *columns =
        arena_array(arena, GRID_REGIONS_MAX, struct grid_column);
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        void **slot;

        if (!has_place(&findings[i]))
            continue;
        slot = table_slot(by_region, region_key(findings[i].region));
        if (*slot != NULL)
            continue;
        if (found == GRID_REGIONS_MAX)
            return NULL;
        *slot = columns;
        columns[found++].region = findings[i].region;
    }
    if (found == 0)
        return NULL;
    qsort(columns, found, sizeof *columns, compare_columns);
    name_columns(arena, columns, found);
    for (size_t i = 0; i < found; i++)
        *table_slot(by_region, region_key(columns[i].region)) = &columns[i];
    *column_count = found;
    return columns;
}

/* ---- rows ---- */

static int compare_cells(const void *left, const void *right)
{
    const struct grid_cell *a = left, *b = right;

    return (a->column > b->column) - (a->column < b->column);
}

/* A finding more of the row: findings of one region follow each other. */
static void add_finding(struct grid_row *row, struct grid_cell *cells, size_t column,
                        const struct finding *finding)
{
    enum grid_mark mark = grid_mark(finding);
    struct grid_cell *cell;

    if (row->cell_count == 0 || cells[row->cell_count - 1].column != column)
        cells[row->cell_count++] = (struct grid_cell){ column, mark, finding, 0 };
    cell = &cells[row->cell_count - 1];
    cell->count++;
    if (mark > cell->mark) {
        cell->mark = mark;
        cell->finding = finding;
    }
}

/* Where nothing is there in any account. */
static void set_apart(struct arena *arena, struct grid *grid,
                      struct grid_column *columns)
{
    size_t *nothings = arena_array(arena, grid->column_count, size_t);

    for (size_t i = 0; i < grid->row_count; i++)
        for (size_t j = 0; j < grid->rows[i].cell_count; j++)
            nothings[grid->rows[i].cells[j].column] +=
                grid->rows[i].cells[j].mark == GRID_NOTHING;
    for (size_t i = 0; i < grid->column_count; i++) {
        columns[i].apart = nothings[i] == grid->row_count;
        grid->apart_count += columns[i].apart;
    }
}

bool grid_make(struct arena *arena, const struct finding *findings, size_t count,
               struct grid *grid)
{
    struct table by_region = TABLE_EMPTY(arena);
    struct grid_row *rows, *row = NULL;
    struct grid_column *columns;
    struct grid_cell *cells;

    *grid = (struct grid){ 0 };
    columns = find_columns(arena, findings, count, &by_region, &grid->column_count);
    if (columns == NULL)
        return false;
    grid->columns = columns;
    grid->rows = rows = arena_array(arena, count, struct grid_row);
    cells = arena_array(arena, count, struct grid_cell);
    for (size_t i = 0; i < count; i++) {
        const struct grid_column *column;

        if (!has_place(&findings[i])) {
            grid->left_out++;
            continue;
        }
        if (row == NULL || !str_equal(row->account, findings[i].account)) {
            cells += row != NULL ? row->cell_count : 0;
            row = &rows[grid->row_count++];
            *row = (struct grid_row){ .account = findings[i].account, .cells = cells };
        }
        column = table_find(&by_region, region_key(findings[i].region));
        add_finding(row, cells, (size_t)(column - columns), &findings[i]);
        grid->counts[grid_mark(&findings[i])]++;
    }
    set_apart(arena, grid, columns);
    return true;
}

const struct grid_cell *grid_find(const struct grid_row *row, size_t column)
{
    const struct grid_cell key = { .column = column };

    return row->cell_count > 0 ? bsearch(&key, row->cells, row->cell_count,
                                         sizeof *row->cells, compare_cells)
                               : NULL;
}

char grid_letter(const struct grid_row *row, size_t column)
{
    const struct grid_cell *cell = grid_find(row, column);

    if (cell == NULL)
        return ' ';
    return grid_mark_letter(cell->mark);
}
