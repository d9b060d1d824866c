#include "report/grid.h"
#include "report/text.h"

#include "report/escape.h"

/* Of fewer places, lists are shorter. */
enum { CELLS_MIN = 8 };

/* How it is laid out: names of regions in one line, "apne1", or, where those do not
 * fit, in two: "ap" above "ne1". */
struct matrix_layout {
    const struct grid *grid;
    size_t account_width;
    bool is_stacked;
};

static struct str upper_name(const struct grid_column *column)
{
    struct str rest = column->region, word = str_next(&rest, '-');

    return str_starts_with(column->name, word) && word.len < column->name.len &&
                   !str_equal(column->name, column->region)
               ? word
               : STR("");
}

static struct str lower_name(const struct matrix_layout *layout,
                             const struct grid_column *column)
{
    size_t from = layout->is_stacked ? upper_name(column).len : 0;

    return str_slice(column->name, from, column->name.len);
}

/* With the blank before it. */
static size_t column_width(const struct matrix_layout *layout,
                           const struct grid_column *column)
{
    size_t lower = character_count(lower_name(layout, column));
    size_t upper = layout->is_stacked ? character_count(upper_name(column)) : 0;

    if (column->apart)
        return 0;
    return 1 + (upper > lower ? upper : lower);
}

/* Columns from..to that fit: at least one. */
static size_t columns_that_fit(const struct matrix_layout *layout, size_t from,
                               size_t page_width)
{
    const struct grid *grid = layout->grid;
    size_t to = from, width = layout->account_width;
    bool is_first = true;

    for (; to < grid->column_count; to++) {
        if (grid->columns[to].apart)
            continue;
        width += column_width(layout, &grid->columns[to]);
        if (!is_first && width > page_width)
            break;
        is_first = false;
    }
    return to;
}

static struct matrix_layout layout_of(const struct grid *grid, size_t page_width)
{
    struct matrix_layout layout = { .grid = grid };

    for (size_t i = 0; i < grid->row_count; i++) {
        size_t characters = character_count(grid->rows[i].account);

        if (characters > layout.account_width)
            layout.account_width = characters;
    }
    layout.is_stacked = columns_that_fit(&layout, 0, page_width) < grid->column_count;
    return layout;
}

static void add_right(struct buf *line, struct str word, size_t width)
{
    buf_printf(line, "%*s%.*s", (int)(width - character_count(word)), "",
               STR_ARG(word));
}

static void write_line(struct text *text, struct buf *line)
{
    struct str whole = buf_str(line);

    while (whole.len > 0 && whole.text[whole.len - 1] == ' ')
        whole.len--;
    page_solid(&text->writer.page, whole);
    page_line(&text->writer.page);
}

/* The names of the columns from..to. */
static void write_heads(struct text *text, const struct matrix_layout *layout,
                        size_t from, size_t to)
{
    const struct grid_column *columns = layout->grid->columns;
    struct buf line = BUF_EMPTY(text->writer.arena);

    for (int turn = layout->is_stacked ? 0 : 1; turn < 2; turn++) {
        buf_clear(&line);
        add_right(&line, STR(""), layout->account_width);
        for (size_t j = from; j < to; j++) {
            struct str name =
                turn == 0 ? upper_name(&columns[j]) : lower_name(layout, &columns[j]);

            if (!columns[j].apart)
                add_right(&line, name, column_width(layout, &columns[j]));
        }
        write_line(text, &line);
    }
}

/* The columns from..to: those of a page's width. */
static void write_block(struct text *text, const struct matrix_layout *layout,
                        size_t from, size_t to)
{
    const struct grid *grid = layout->grid;
    size_t shown = text_shown(text, grid->row_count, ACCOUNTS_SHOWN);
    struct buf line = BUF_EMPTY(text->writer.arena);

    write_heads(text, layout, from, to);
    for (size_t i = 0; i < shown; i++) {
        buf_clear(&line);
        add_right(&line, grid->rows[i].account, layout->account_width);
        for (size_t j = from; j < to; j++) {
            if (!grid->columns[j].apart) {
                char letter[1] = { grid_letter(&grid->rows[i], j) };

                add_right(&line, (struct str){ letter, 1 },
                          column_width(layout, &grid->columns[j]));
            }
        }
        write_line(text, &line);
    }
    text_cut(text, grid->row_count - shown, "account");
}

static const char *word_of(struct arena *arena, enum grid_mark mark,
                           const struct finding *findings, size_t count)
{
    struct str words = STR_NONE;
    bool has_other = false;

    if (mark != GRID_NOTHING)
        return grid_mark_word(mark);
    for (size_t i = 0; i < count; i++) {
        if (grid_mark(&findings[i]) != GRID_NOTHING)
            continue;
        if (findings[i].result != RESULT_FAIL)
            has_other = true;
        else if (words.text == NULL)
            words = findings[i].diagnosis->nothing_there;
    }
    if (words.text == NULL)
        return "not applicable";
    return arena_printf(arena, "fail: %.*s there%s", STR_ARG(words),
                        has_other ? ", or not applicable" : "");
}

static void write_letters(struct text *text, const struct grid *grid,
                          const struct finding *findings, size_t count)
{
    struct page *page = &text->writer.page;
    const char *gap = "";

    page->indent = HANGING_INDENT;
    for (enum grid_mark mark = GRID_MARK_COUNT; mark-- > 0;) {
        if (grid->counts[mark] == 0)
            continue;
        page_printf(page, "%s%c %s", gap, grid_mark_letter(mark),
                    word_of(text->writer.arena, mark, findings, count));
        gap = "  ";
    }
    if (findings[0].rule->for_each == FOR_EACH_RECORD)
        page_words(page, STR("; of each region the worst"));
    page_line(page);
    for (size_t j = 0, apart = 0; j < grid->column_count; j++) {
        if (!grid->columns[j].apart)
            continue;
        if (apart++ == 0)
            page_printf(page, "- in all accounts, %zu region%s:", grid->apart_count,
                        plural(grid->apart_count));
        page_printf(page, " %.*s", STR_ARG(grid->columns[j].region));
    }
    page_line(page);
    page->indent = 0;
}

bool text_matrix(struct text *text, const struct finding *findings, size_t count)
{
    struct matrix_layout layout;
    struct grid grid;
    size_t cells = 0, from = 0;

    if (count < CELLS_MIN || !rule_is_of_region(findings[0].rule) ||
        !grid_make(text->writer.arena, findings, count, &grid))
        return false;
    for (size_t i = 0; i < grid.row_count; i++)
        cells += grid.rows[i].cell_count;
    if (cells < CELLS_MIN)
        return false;
    layout = layout_of(&grid, text->writer.page.width);
    page_blank(&text->writer.page);
    while (from < grid.column_count && grid.apart_count < grid.column_count) {
        size_t to = columns_that_fit(&layout, from, text->writer.page.width);

        write_block(text, &layout, from, to);
        from = to;
    }
    write_letters(text, &grid, findings, count);
    return true;
}
