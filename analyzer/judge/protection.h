/*
 * protection.h - whether one database is protected, by all that is known of it: records
 * of Derived::DatabaseProtection, and the rows of the matrix.
 *
 *     assignments.h      which plans take it ───────────────┐
 *     aws/protection.h   what these promise ────────────────┤
 *     rulebook/derived.h what is counted of its backups ────┼─► the states that are
 *       (recovery points by vault and by resource, a        │   possible, and why
 *       snapshot, backup jobs)                              │
 *     its own record     a continuous recovery point ───────┘
 *
 *     database = protection_of(cells, ruling, cell, subject, scratch);
 *
 * A recovery point that is older than the database is of a predecessor of its name.
 * That there is no backup is proven by the recovery points of all vaults; snapshots
 * prove one that is there, and never that there is none. The listing of protected
 * resources proves neither: what it has may be deleted, and what it lacks may be in a
 * vault whose recovery points were lost.
 *
 * Lifetime: what is known of the cell (known.h), where it is made once.
 */
#ifndef JUDGE_PROTECTION_H
#define JUDGE_PROTECTION_H

#include "judge/assignments.h"
#include "judge/judgement.h"

/* A plan that takes it, or may. */
struct taker {
    const struct selection_input *of;
    enum selection_code code;
    struct str because;
    bool is_sure;
    enum holds kept; /* its promise */
    enum holds due;  /* a run of it was */
    int64_t since;   /* when it, its selection and the database were all there */
    struct interval allowance;
};

struct database_protection {
    const struct subject *subject;
    struct str arn;            /* absent: not known */
    struct str engine, family; /* absent: not known; what AWS Backup takes it for */
    bool is_member; /* of a cluster, which is judged in its place: nothing else is said
                     */
    struct str untold; /* a field without which nothing is known; absent: none is */
    bool is_named_left_over; /* the name alone tells that it is ignored */
    struct protection states;
    enum holds planned, has_backup;
    struct str_list why;  /* not planned, or perhaps not: codes */
    struct taker *takers; /* those that are sure first */
    size_t taker_count, sure_count;
    bool disagrees; /* other answers tell of a backup that its recovery points lack */
    bool is_later;  /* it has a backup, was made, or is taken by a plan that was made
                       after the time of the audit */
    bool rests_on_due;  /* it is failing because a run was due, and no job was lost */
    bool lacks_point;   /* its record names as its recovery point what is none */
    bool has_newest;    /* a usable backup is known; */
    int64_t newest;     /* when it was made: seconds since 1970 */
    int64_t gap;        /* of the plans that take it, the shortest; 0: not known */
    int64_t retention;  /* the longest, in days; INT64_MAX: for ever; 0: not known */
    struct str because; /* all of it in words */
};

/* `ruling` is protection_ruling()'s, `subject` a DB instance or cluster. */
const struct database_protection *protection_of(const struct cells *cells,
                                                const struct ruling *ruling,
                                                const struct cell *cell,
                                                const struct subject *subject,
                                                struct arena *scratch);

/* As records of which one is there: of a member, none. */
struct made *protection_made(const struct database_protection *database,
                             struct arena *scratch, size_t *count);

/* What `resource.Protection` is in a rule: State, "protected or overdue", and why, as
 * Because. */
json_t *protection_json(const struct database_protection *database,
                        struct arena *scratch);

/* "protected", or "undetermined" */
const char *protection_name(const struct protection *protection);

#endif
