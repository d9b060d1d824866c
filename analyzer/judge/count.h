/*
 * count.h - what the rows of documents come to for each measure.
 *
 *     count_documents(gathered);
 *     counts = &document->buckets[i].counts[measure->slot];
 *
 * Whether a record counts follows from its row (gather/rows.h). Filters that read the
 * same fields are a set: rows are grouped by these fields (group.h), and each filter of
 * the set is asked once a group, whose records are added up before. Groups that say the
 * same in other documents share the answer (a cache of MEMOS_MAX answers for each set;
 * nothing depends on what it holds).
 *
 * Lifetime: the arena of the run. Limits: rows for CITATIONS_MAX records of a measure
 * that decides, for CITATIONS_BESIDE_MAX of others;
 * LIMITED_ROWS_MAX rows of a source for which a filter may come to a limit of its
 * language: those behind them are not tried, and may count.
 */
#ifndef JUDGE_COUNT_H
#define JUDGE_COUNT_H

#include "judge/group.h"

enum { LIMITED_ROWS_MAX = 32, MEMOS_MAX = 1024 };

struct tally {
    uint64_t sure, maybe; /* records that count; that may count */
    uint64_t doubt;  /* of the sure: another record of the same thing says that it does
                        not count, or may not */
    uint64_t untold; /* of the sure: they may be of the same things as others */
    uint64_t cited;  /* of a count: records that hold the sure, which `rows` are of */
    struct first_rows rows; /* of a count: as many as may be cited */
    const struct hit *best; /* of a minimum or maximum: the record that has it; NULL:
                               none does */
    bool rests_on_absence;  /* of a record it is known only because it lacks a field */

    /* Of a maximum; of a minimum with every value negated. */
    double best_sure; /* of the sure: VALUE_NONE if there is none, VALUE_SOME if none
                         has a value that can be used */
    double best_any;  /* of the sure and the maybe: the same */
    bool open;        /* one of those has no value that can be used */
    bool unbounded;   /* of elements of records: more of them may count than `maybe` */
};

#define TALLY_NONE                                                                     \
    (struct tally)                                                                     \
    {                                                                                  \
        .best_sure = VALUE_NONE, .best_any = VALUE_NONE                                \
    }

/* Of some records: the largest value, of those that count for sure and of all; whether
 * one has none that can be used; and which record has the former. */
struct best {
    double sure, any;
    bool open;
    const struct hit *hit;
};

/* Fills the tallies of each document that was read, and what it is undecided about. */
void count_documents(struct gathered *gathered);

/* Adds records that have it. */
void tally_best(struct tally *tally, const struct best *best);
/* What the row's records have of a measure that is one field. */
struct best best_of_extreme(const struct row *row, const struct measure *measure);

/* How many records of it may be cited, at most. */
size_t measure_cited_max(const struct measure *measure);

/* How many count for sure. */
uint64_t tally_sure(const struct tally *tally);

#endif
