/*
 * joined_rows.h - the rows of a portion by the keys that a join gives them.
 *
 *     rows = joined_rows_of(joined, measure, document, portion);
 *     own = table_find(&rows->by_key, key);
 *
 * They are sorted when a subject first asks, once for all facts with the same key.
 *
 * Lifetime: the arena of the joins. Of one thread.
 */
#ifndef JUDGE_JOINED_ROWS_H
#define JUDGE_JOINED_ROWS_H

#include "judge/group.h"
#include "judge/joined.h"

/* A row, and what other records say of its things. */
struct keyed_row {
    const struct row *row;
    uint64_t doubt; /* of its things: later records say something else */
    uint64_t again; /* other things that say it later */
};

struct keyed_rows {
    struct keyed_row *items;
    size_t count, capacity;
    struct kept_tally *tallies;
};

/* What the rows come to for a fact. */
struct kept_tally {
    const struct fact *fact;
    struct kept_tally *next;
    struct tally *tally; /* NULL: one subject asked for it */
};

/* The rows of a portion by their keys. */
struct joined_rows {
    struct table by_key;
    struct str_list keys; /* of that */
    size_t key_capacity;
    struct keyed_rows unknown; /* may have any key; without a join, unused */
    struct keyed_rows all;
    uint64_t anything; /* things of which later records may say anything */
};

struct joins {
    struct arena *arena;
    const struct gathered *gathered;
    struct table rows;    /* by portion and join */
    struct table limited; /* by fact: rows that came to a limit */
    struct table indexes; /* keyed.c */
    struct row_view view;
    struct error err;
};

/* After a run: forgets what was wrong, but for how often it was a limit. */
void joins_note_error(struct joins *joins, const struct fact *fact);

struct joined_rows *joined_rows_of(const struct joined *joined,
                                   const struct measure *measure,
                                   const struct document *document,
                                   const struct portion *portion);

#endif
