/*
 * matrix.h - a row for each database of a cell: whether it is protected, and by which
 * plan.
 *
 *     matrix_rows(&arena, cells, ruling, cell, &scratch, &rows);
 *
 * A member of a cluster has no row: its cluster has. Databases that no evidence shows
 * have none, either: that there may be others, `is_open` says.
 *
 * Lifetime: the arena's.
 */
#ifndef EXPLAIN_MATRIX_H
#define EXPLAIN_MATRIX_H

#include "judge/protection.h"

struct matrix_rows {
    struct matrix_row *items; /* by resource */
    size_t count, capacity;
    bool is_open; /* the cell may have other databases */
};

/* `ruling` is protection_ruling()'s. */
void matrix_rows(struct arena *arena, const struct cells *cells,
                 const struct ruling *ruling, const struct cell *cell,
                 struct arena *scratch, struct matrix_rows *rows);

/* Has the row say no more than the other, of the same database by other evidence: all
 * that either has possible is. NULL: there is no such row, and anything is possible. */
void matrix_row_agree(struct arena *arena, const struct matrix_row *other,
                      struct matrix_row *row);

#endif
