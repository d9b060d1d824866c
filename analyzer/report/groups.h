/*
 * groups.h - findings that say the same of different places, brought together.
 *
 *     FAIL     123456789012  eu-central-1, eu-west-1     one group of two findings
 *              no DB snapshot is managed by AWS Backup
 *              because, of 1: in/123456789012/eu-west-1/x.json: it carries a token
 *
 * Seventeen regions without evidence are one explanation. Findings of one rule and
 * result are a group when they rest on the same outcomes of the rule, look like the
 * same, have the same reasons, assumptions of the same codes, and commands that list
 * the same types. A fail where nothing is there to judge is like all others of its
 * rule.
 *
 * Reasons and assumptions are the same when they are the same sentence, and its
 * arguments are the same but for numbers, and for the account and region of the
 * finding. What is said of all has ACCOUNT and REGION for these, where they differ.
 *
 * Order: groups by their first finding, findings as in the assessment.
 * Private to report/.
 */
#ifndef REPORT_GROUPS_H
#define REPORT_GROUPS_H

#include "report/sections.h"

struct group {
    const struct finding **findings;
    size_t count, capacity;
};

struct group_list {
    struct group **items;
    size_t count, capacity;
};

/* Of those findings, of one rule, that have this result. */
void groups_find(struct arena *arena, const struct finding *findings, size_t count,
                 enum result result, struct group_list *groups);

/* What all of them say, with facts that hold for each. */
const char *group_message(struct arena *arena, const struct group *group);

/* What is said of several findings once. */
struct group_line {
    const char *label;         /* "because", "assuming" */
    bool is_cause;             /* the first of these */
    const char *code;          /* of the reason or assumption: "cut-off"; or NULL */
    const char *text, *advice; /* advice: with what is to be done */
    bool has_pattern;          /* they say ACCOUNT or REGION */
    size_t count;              /* findings of which it is said */
};

struct group_lines {
    struct group_line *items;
    size_t count, capacity;
};

/* What the findings assume, and what is not known of them: a line a kind. */
void group_reasons(struct arena *arena, const struct group *group,
                   struct group_lines *lines);
/* The same, written. */
void write_reasons(struct writer *writer, const struct group *group);

/* The text with ACCOUNT and REGION for those of the finding. */
struct str group_pattern(struct arena *arena, struct str text,
                         const struct finding *finding);

struct settle_list {
    const struct settle **items;
    size_t count, capacity;
};

/* The commands of the group, each once. */
struct settle_list settles_find(struct arena *arena, const struct group *group);

/* The commands of the group, each once and as it is to be run: one of an account
 * settles the cells of all its regions. `heading` comes first, if there are any: "to
 * settle". */
void write_settles(struct writer *writer, const struct group *group,
                   const char *heading);

#endif
