/*
 * assignments.h - which backup plan takes a database, and by which selection: records
 * of Derived::BackupAssignment, which no call prints.
 *
 *     backup plans ──────────┐
 *     their selections ──────┤
 *     opt-ins of the region ─┼─► (database, plan, selection): taken, not taken, or it
 *     tags ──────────────────┤                                depends on what is not
 * known the database ──────────┘
 *
 * What is not known of an input is every value that it may have: an assignment that may
 * be there is a record that may count. There are no others only if it is known which
 * plans there are, and of each which selections.
 *
 *     assigner = assigner_of(cells, cell, scratch);       once a cell
 *     assignments_find(assigner, subject, arn, scratch, &assignments);
 *
 * Lifetime: the assigner what is known of the cell (known.h), assignments the scratch
 * arena. Sources: aws/selection.h.
 */
#ifndef JUDGE_ASSIGNMENTS_H
#define JUDGE_ASSIGNMENTS_H

#include "aws/protection.h"
#include "aws/selection.h"
#include "judge/joined.h"
#include "judge/subjects.h"

struct assigner;

struct plan_input {
    const struct subject *subject;
    struct merged merged;
    struct str id, arn, name; /* absent: not known, or none */
    struct backup_plan plan;
    struct open_members nested; /* what is not known below its fields */
    json_t *rules;              /* an array, each with its Vault; NULL: not known */
    struct open_member *opens;  /* of the rules and their vaults */
    size_t open_count;
    bool has_all_selections; /* it is known which selections it has */
    struct interval created; /* when; seconds since 1970 */
};

struct selection_input {
    const struct subject *subject;
    struct str id, name;
    const struct plan_input *plan;
    const struct selector *selector;
    struct interval created;
};

struct assignment {
    const struct selection_input *of;
    struct selection_result result; /* selected, or undetermined */
    bool is_sure;                   /* selected, and plan and selection are there */
};

struct assignments {
    struct assignment *items;
    size_t count;
    bool is_closed; /* there are no others */
    struct database database;
    bool tags_differ; /* what tells its tags contradicts itself */
    uint64_t refused; /* a bit for each code why selections do not take it */
};

struct assigner *assigner_of(const struct cells *cells, const struct cell *cell,
                             struct arena *scratch);

/* `subject`: the DB instance or cluster of that ARN; of another type, nothing is known
 * of it but the ARN. */
void assignments_find(struct assigner *assigner, const struct subject *subject,
                      struct str arn, struct arena *scratch,
                      struct assignments *assignments);

/* As records that a fact counts. */
struct made *assignments_made(const struct assignments *assignments,
                              struct arena *scratch);

/* "Resources[0] arn:aws:rds:*:*:db:*" */
void assignment_because(const struct assignment *assignment,
                        const struct database *database, struct buf *out);

/* The plans that are known, and whether there may be others. */
const struct plan_input *assigner_plans(const struct assigner *assigner, size_t *count,
                                        bool *is_open);

#endif
