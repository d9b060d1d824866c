/*
 * text.h - the sections of the text report, each a file text_*.c. Private to report/.
 *
 *     invaudit 0.1.0  scale/5: 5 accounts, 85 regions, 349 files    text_head.c
 *     Backup-001: ...: 2 fail, 71 fail (no database there), ...
 *
 *                    apne1  euc1  euw1                              text_matrix.c
 *     100007919174       F     -     -
 *
 *     FAIL     100007919174  ap-northeast-1                         text_places.c
 *              AWS Backup is not in use ...                         text_group.c
 *              see ...                                              text_citations.c
 *     Problems, evidence, words                                     text_rest.c
 *     Coverage                                                      text_coverage.c
 *     2 fail, ... (status 1: something fails)                       summary.c
 *
 * The answer comes first, and what is said of many findings is said once. The report is
 * whole; only where the style asks for it, for a terminal, lists are cut, and the
 * report says so and how to see all.
 *
 * Memory: by the findings of one rule at a time, and by the problems.
 */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include "report/grid.h"
#include "report/groups.h"

#include "base/table.h"

enum {
    BODY_COLUMN = 9,    /* the account, and what is said below it */
    REGION_COLUMN = 23, /* behind 12 digits */
};

/* What a list shows where the report is shortened. */
enum {
    GROUPS_SHOWN = 20,   /* of one result */
    LINES_SHOWN = 20,    /* of places, of problems */
    ACCOUNTS_SHOWN = 40, /* rows of a matrix */
    RESOURCES_SHOWN = 40,
    CITATIONS_SHOWN = 3, /* lines of a group */
    REMARKS_SHOWN = 4,
    HINTS_SHOWN = 3,
    IGNORED_SHOWN = 5,
};

/* Words and signs that the report used, and explains at its end. */
struct text_words {
    bool codes, patterns, others, unknown;
};

struct text {
    struct writer writer;
    bool is_short, was_cut;
    struct text_words words;
    struct table problems; /* from path, code and texts to a flag below */
    /* Groups whose places are all others of their letter in the matrix; or NULL. */
    const struct group *pointed[GRID_MARK_COUNT];
    bool is_pointed_all[GRID_MARK_COUNT]; /* there are no others */
    const char *headline;                 /* of the unknowns that are being written */
    const char *known;                    /* what was known of the last of them */
    bool has_failed;                      /* what a fail of the rule says was said */
    bool is_dense, has_group; /* no blank line stands between groups; there is one */
    bool has_rest;            /* something stands behind the rules */
    const char *unlisted;     /* "pass,not_applicable": results that are counted only */
};

/* How many of `count` lines are shown, of which a shortened report shows `most`: never
 * more than there are, which callers look at again, since an analyzer cannot see it. */
size_t text_shown(const struct text *text, size_t count, size_t most);
/* "and 3 more findings", at the page's indent; nothing if none is left out. */
void text_cut(struct text *text, size_t left, const char *what);

void text_word(struct text *text, enum result result);

/* A section behind the rules begins: a blank line stands before the first of them. */
void text_begin_rest(struct text *text);

void text_head(struct text *text);
/* "2 fail, 71 fail (no database there), 5 pass" */
const char *text_counts(struct arena *arena, const struct finding *findings,
                        size_t count);

/* False: none is written, since there are few places. */
bool text_matrix(struct text *text, const struct finding *findings, size_t count);

/* Where the group's findings are: behind the word that stands on the line, and below.
 * `totals`: how many findings of the rule each account has; NULL: all are named. */
void text_places(struct text *text, const struct group *group,
                 const struct table *totals);
/* Whether each is an account and region, of no resource. */
bool text_places_are_regions(const struct group *group);
/* Whether these places take one line, or are only one. */
bool text_places_are_one(const struct group *group);

/* All findings of one rule. */
void text_rule(struct text *text, const struct rule *rule,
               const struct finding *findings, size_t count);
/* What a rule says beside these findings' verdicts, each text once. */
void text_remarks(struct text *text, const struct finding *const *findings,
                  size_t count);
void text_citations(struct text *text, const struct group *group);

/* What the paths of findings that tell no account or region may mean. */
void text_hints(struct text *text, const struct group *group);

void text_know_problems(struct text *text); /* before findings are written */
/* A reason of a finding on the page: the problem that says it need not be told again.
 */
void text_tell_reason(struct text *text, const struct reason *reason);
void text_problems(struct text *text);
/* Which regions were to be expected: those that are missing, and that all others are
 * there. */
void text_coverage(struct text *text);
void text_evidence(struct text *text);
void text_legend(struct text *text);

#endif
