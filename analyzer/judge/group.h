/*
 * group.h - the rows of a portion by what they say in some of their fields: GROUP BY.
 *
 *     rows:  1 (manual, 100)  2 (automated, 100)  3 (manual, 200)
 *     by the first column:   (manual) rows 1, 3       (automated) row 2
 *
 * A filter reads few of a type's fields, and what it says of one row it says of all
 * that are alike in those. So it is asked once a group, and what the rows have together
 * is added up before.
 *
 *     grouping_begin(&grouping, measures, document, portion);     once a portion
 *     grouping_by(&grouping, columns);                            once a set of fields
 *     for each of grouping.groups ...
 *     grouping_release(&grouping);
 *
 * Lifetime: groups until the next grouping_by(), what is else in a grouping until the
 * next grouping_begin(). Memory: 48 bytes a group; 45 a row, and 4 a column.
 */
#ifndef JUDGE_GROUP_H
#define JUDGE_GROUP_H

#include "judge/row.h"

struct undecided; /* count.c */

/* Rows, by where each has its first record; only the first that have one. The first so
 * many records of all are records of the first so many rows. */
struct first_rows {
    const struct row **items;
    size_t count, capacity;
};

/* `max`: how many are kept. */
void first_rows_add(struct arena *arena, struct first_rows *rows, size_t max,
                    const struct row *row);

/* Rows that say the same in some fields, and of which the same else is known. */
struct row_group {
    uint32_t row; /* the number of the first of them */
    uint64_t records, untold;
    size_t placed;                     /* of its rows, how many have a place */
    const struct undecided *undecided; /* what filters leave of it; NULL: nothing */
    uint32_t hash;
    unsigned char kind;
};

/* How many records a row has, and of these. */
struct row_records {
    uint64_t all, untold;
};

/* A row with a place, by its number. */
struct placed_row {
    uint64_t first; /* record in its document */
    uint32_t number;
};

/* Things of which records say different rows, by the numbers of these. */
struct changed {
    uint64_t things;
    uint32_t first;
    uint32_t from, count; /* the others, of grouping->others */
    bool anything;        /* more rows than are kept, which may say anything */
};

/* Starts as zeros. What is gone over once a set of fields refers to rows by their
 * numbers: they lie far apart in memory. */
struct grouping {
    struct arena arena;          /* of all but the groups */
    struct arena own;            /* of the groups: one list, which grows */
    const struct row **rows;     /* by their numbers */
    unsigned char *kinds;        /* the same: what is known of them beside fields */
    struct row_records *records; /* the same */
    uint32_t *values;            /* the same, column after column */
    uint32_t *group_of;          /* the same */
    size_t row_count;
    struct placed_row *placed; /* in the order of their first places */
    size_t placed_count;
    struct changed *changed;
    size_t changed_count, changed_capacity;
    uint32_t *others;
    size_t other_count, other_capacity;
    struct row_group *groups;
    size_t count, capacity;
    uint32_t *slots; /* a group's number, and one more, by hash; 0: free */
    size_t slot_count, slots_capacity; /* powers of two */
};

void grouping_begin(struct grouping *grouping, const struct measures *measures,
                    const struct document *document, const struct portion *portion);
/* Groups are in the order of their first rows. NULL: each row is a group. */
void grouping_by(struct grouping *grouping, const struct columns *columns);
void grouping_release(struct grouping *grouping);

#endif
