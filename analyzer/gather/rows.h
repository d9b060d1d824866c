/*
 * rows.h - the table that a document comes to: a row for each distinct tuple of the
 * fields that the rules' expressions read.
 *
 *     {"SnapshotType": "awsbackup", "SnapshotCreateTime": T1, ...}
 *     {"SnapshotType": "manual",    "SnapshotCreateTime": T2, ...}
 *     {"SnapshotType": "awsbackup", "SnapshotCreateTime": T3, ...}
 *
 *     columns: SnapshotType   records   places   extremes: SnapshotCreateTime
 *              "awsbackup"    2         0, 2               T1 ... T3
 *              "manual"       1         1                  T2 ... T2
 *
 * A listing of a million snapshots that say one of six things is six rows. Which rows
 * count is asked when all evidence is read, once a row (judge/count.h): nothing here
 * knows a rule, beyond which fields the rules read (measures.h).
 *
 *     rows_begin(rows);                            a document starts
 *     for each record:   rows_add(rows, bucket, record, numbering);
 *
 * A listing whose pages moved while they were read, or that was put together, has a
 * record twice; by its id it is one thing all the same, and counts once. Where it says
 * another row each time, it is one of several `versions`. Ids are compared by a hash of
 * 63 bits with a random key.
 *
 * Lifetime: rows live in the arena of the run; what finds them is one document's, until
 * the next rows_begin(). Memory: some 130 bytes a row and 4 a column, and each
 * different text of its values once; 11 to 43 bytes an id. Where the records are is
 * kept of CITATIONS_BESIDE_MAX of a row; of a type whose records may decide a finding,
 * of CITATIONS_MAX, as long as there is room: PLACES_BYTES_MAX a document. A row may
 * have of it what leaves as much for others, so that what is rare is not crowded out.
 * They are packed when the next document begins, or at rows_end().
 * Limits: ROWS_MAX rows a document and ROWS_BYTES_MAX of their values: a record that
 * would make one more may count, whatever it says. REPEATS_MAX ids: a record behind
 * them may be of the same thing as another (`untold`).
 */
#ifndef GATHER_ROWS_H
#define GATHER_ROWS_H

#include "gather/hits.h"
#include "gather/plan.h"
#include "gather/values.h"

#include <float.h>
#include <math.h>

enum {
    ROWS_MAX = 1024 * 1024,
    ROW_BYTES = 256,
    ROWS_BYTES_MAX = ROW_BYTES * ROWS_MAX,
    REPEATS_MAX = 256 * 1024,
    PLACES_BYTES_MAX = 1024 * 1024,
    VERSIONS_MAX = 16, /* that begin with one row; more are as if they said anything */
};

/* Less than any value, and less than that: the maximum of records none of which has a
 * value that can be used; of no record. */
#define VALUE_SOME (-DBL_MAX)
#define VALUE_NONE (-INFINITY)

/* Of a field, over the records of a row: [0] the largest value, [1] the largest of the
 * negated ones. */
struct extreme {
    double sure[2]; /* that a thing has, whichever of its records is right */
    double any[2];  /* of all records */
    bool open;      /* one has no value that can be used */
    struct hit hits[2];
};

/* A thing of which records say different rows: `row` after what `before` says; or
 * `first`, where `before` is NULL. */
struct versions {
    struct versions *next; /* of those with the same first row */
    const struct versions *before;
    struct row *first;
    const struct row *row; /* NULL: it may say anything */
    uint64_t things;
};

struct row {
    struct row *next;          /* of its portion, as they came */
    struct versions *versions; /* of things that say it first */
    uint64_t records;          /* things that say it first */
    uint64_t untold;           /* of these: they may be of the same things as others */
    uint64_t missing;  /* a bit for each of the type's `always` that is not there */
    union hits places; /* of the first records (hits.h) */
    struct extreme *extremes;
    uint32_t number;     /* in its portion */
    uint16_t portion;    /* its number in the document */
    bool wrong;          /* one of `always` is there with another kind of value */
    bool astray;         /* its ARN is none, so that it may be of anywhere */
    unsigned char marks; /* of a reduced record */
    uint16_t place_count;
    uint32_t values[]; /* JSON texts, as the type's columns (values.h) */
};

struct rows;

struct rows *rows_new(struct arena *arena, struct plans *plans);
/* For tests: instead of ROWS_MAX, and ROW_BYTES of values for each. */
void rows_limit(struct rows *rows, size_t max);
void rows_begin(struct rows *rows);
/* No more documents come: what finds rows and values is given back. */
void rows_end(struct rows *rows);
/* What the numbers in its rows stand for. */
const struct values *rows_values(const struct rows *rows);

enum added {
    ADDED,
    ADDED_AGAIN, /* of a thing that was counted */
    ADDED_NOT    /* ROWS_MAX, ROWS_BYTES_MAX */
};

struct portion;

/* A record that is an object without a key twice, and where it goes. */
struct addition {
    struct portion *portion;
    size_t number; /* of the bucket, in its document */
    const struct reduced *of;
    bool astray;
};

enum added rows_add(struct rows *rows, const struct addition *addition);

#endif
