/*
 * protection.h - whether AWS Backup protects a database: the states that are possible,
 * by what is known of plans that take it and of its backups.
 *
 *                     backup fresh   stale       none
 *     planned         protected      overdue     pending, failing
 *     not planned     unplanned      unplanned   unprotected
 *
 * Fresh: as at least one of the plans that take it promises, which is the shortest gap
 * between two runs of its rules, and the longest start window. Failing: by one of these
 * plans a run was due and its windows are over, or a job was lost. An old backup is
 * overdue, even if no run of the plans that take it now was due since: somebody backed
 * the database up, and it is no longer protected as it should be.
 *
 * A backup that was made after the time of the audit shows neither that there was one
 * then, nor that there was none: those of then may have expired.
 *
 *     promised_rule_read(&arena, ..., &rule);      once a rule of a plan
 *     promise_allowance(rules, count, &promise.allowance);
 *     promise.due = promise_due(rules, count, ...);
 *     protection_judge(&inputs, &protection);
 *
 * What is not known is every value that it may have: a state is possible if there is a
 * world that agrees with the inputs and has it. So knowing less only adds states.
 * Pure. Instants and spans are in seconds; instants since 1970.
 * Sources: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html,
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html
 */
#ifndef AWS_PROTECTION_H
#define AWS_PROTECTION_H

#include "aws/schedule.h"

enum {
    START_WINDOW_DEFAULT = 480 * 60, /* of a rule that says nothing */
    COMPLETION_WINDOW_DEFAULT = 10080 * 60,
};

enum { RUN_YEARS = 4 }; /* a run that is further off promises nothing */

/* Both included; INT64_MIN and INT64_MAX: no bound. */
struct interval {
    int64_t least, most;
};

enum holds { HOLDS_NO, HOLDS_YES, HOLDS_MAYBE };

/* ---- what a plan promises ---- */

struct promised_rule {
    bool is_understood; /* its schedule is; else it may run at any time, or never */
    bool never_runs;    /* not twice in the years around */
    enum holds runs;    /* within RUN_YEARS; MAYBE without the time of the audit */
    struct schedule schedule;
    const struct zone *zone;
    struct interval gap; /* the longest between two runs */
    int64_t nominal;     /* the same where all days are alike; 0: not known */
    struct interval start_window, completion_window;
};

/* Of its texts; an absent one is the default. `now`: NULL, without the time of the
 * audit. The windows are the caller's. */
void promised_rule_read(struct arena *arena, struct str schedule, struct str zone,
                        const int64_t *now, struct promised_rule *rule);

/* How old a backup may be. Of no rules, anything. */
struct interval promise_allowance(const struct promised_rule *rules, size_t count);

/* Whether any of them runs again; of no rules, none does. */
enum holds promise_runs(const struct promised_rule *rules, size_t count);

/* Whether a run was due in time for its windows to be over at `now`, since the database
 * is taken; MAYBE, if that is later than `now`. */
enum holds promise_due(const struct promised_rule *rules, size_t count,
                       struct interval since, int64_t now);

/* ---- the states ---- */

enum protection_state {
    PROTECTION_PROTECTED,
    PROTECTION_OVERDUE,
    PROTECTION_PENDING,
    PROTECTION_FAILING,
    PROTECTION_UNPLANNED,
    PROTECTION_UNPROTECTED,
    PROTECTION_UNSUPPORTED, /* AWS Backup does not take it */
    PROTECTION_IGNORED,     /* left over from a restore test */
    PROTECTION_COUNT
};

const char *protection_state_name(enum protection_state state); /* "protected" */

/* A plan that takes the database, or may; but for one that never runs again: that
 * promises nothing. */
struct promise {
    bool is_sure;           /* it takes it */
    bool is_sure_supported; /* it does if AWS Backup supports the database */
    bool may_be_none;       /* it may never run, or not have been there at `now` */
    struct interval allowance;
    enum holds due; /* HOLDS_MAYBE without `now` */
};

struct protection_inputs {
    const int64_t *now; /* NULL: not given */
    enum holds is_supported, is_ignored;
    const struct promise *promises;
    size_t promise_count;
    bool plans_are_open; /* there may be others, with any promise */

    enum holds has_backup;  /* a usable one; NO: it is proven */
    struct interval newest; /* when the newest was made, if there is one */
    enum holds lost_job;
};

struct protection {
    bool possible[PROTECTION_COUNT];
    size_t count; /* of these; at least 1 */
};

void protection_judge(const struct protection_inputs *inputs,
                      struct protection *protection);

/* Whether the plan keeps its promise; MAYBE, too, where there may be no backup. */
enum holds promise_kept(const struct protection_inputs *inputs,
                        const struct promise *promise);

/* Whether a plan takes the database. */
enum holds protection_planned(const struct protection_inputs *inputs);

#endif
