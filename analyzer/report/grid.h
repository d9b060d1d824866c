/*
 * grid.h - the findings of a rule as a matrix: a row an account, a column a region.
 *
 *                    apne1  euc1  euw1            F fail      P pass     W waived
 *     100007919174       F     -     -            ? unknown
 *     100015838347       P     -     ?            - nothing there to judge
 *
 *     struct grid grid;
 *     if (grid_make(arena, findings, count, &grid))
 *         for each grid.rows[i], each grid.columns[j] that is not `apart`:
 *             grid_letter(&grid.rows[i], j)        ' ': no finding of that place
 *
 * Of several findings in one place, as of a rule about each record, the letter is that
 * of the worst: fail, unknown, pass, waived, nothing. "Nothing" is a finding that does
 * not apply, or a fail that the rule's diagnosis explains by there being nothing
 * (rule.h: nothing_there). A finding of no account, or of a file alone, has no place in
 * it.
 *
 * A column is `apart` where nothing is there in all accounts: a format names such
 * regions on a line of their own.
 *
 * Lifetime: the arena, and the findings. Pure. Memory: by findings, not by rows times
 * columns.
 * Limits: GRID_REGIONS_MAX regions; of more there is no grid.
 */
#ifndef REPORT_GRID_H
#define REPORT_GRID_H

#include "gather/assessment.h"

enum { GRID_REGIONS_MAX = 256 };

enum grid_mark {
    GRID_NOTHING, /* each is worse than those before it */
    GRID_WAIVED,
    GRID_PASS,
    GRID_UNKNOWN,
    GRID_FAIL,
    GRID_MARK_COUNT
};

struct grid_cell {
    size_t column;
    enum grid_mark mark;
    const struct finding *finding; /* the first that has that mark */
    size_t count;                  /* findings of the place */
};

struct grid_row {
    struct str account;
    const struct grid_cell *cells; /* by column */
    size_t cell_count;
};

struct grid_column {
    struct str region; /* absent: of the account as a whole */
    struct str name;   /* a short one that no other column has: "apne1" */
    bool apart;
};

struct grid {
    const struct grid_row *rows; /* by account */
    size_t row_count;
    const struct grid_column *columns; /* by region */
    size_t column_count, apart_count;
    size_t counts[GRID_MARK_COUNT]; /* findings */
    size_t left_out;                /* findings that have no place */
};

/* Of those findings, of one rule and in the assessment's order. False: no grid, since
 * no finding has a place, or there are too many regions. */
bool grid_make(struct arena *arena, const struct finding *findings, size_t count,
               struct grid *grid);

/* NULL: no finding of that place. */
const struct grid_cell *grid_find(const struct grid_row *row, size_t column);
char grid_letter(const struct grid_row *row, size_t column); /* ' ': the same */

enum grid_mark grid_mark(const struct finding *finding);
char grid_mark_letter(enum grid_mark mark);      /* 'F' */
const char *grid_mark_word(enum grid_mark mark); /* "fail" */

/* "apne1" of "ap-northeast-1", as AWS abbreviates regions in ids of availability zones;
 * what is not made like a region, as it is. */
struct str region_short(struct arena *arena, struct str region);

#endif
