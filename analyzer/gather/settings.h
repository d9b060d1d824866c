/*
 * settings.h - what a run was asked for, and the options that ask for it.
 *
 *     --region a,b ── row of settings_options ──► settings.regions ──► judgement
 *                          └──► --help (cli/), "judged with" (report/)
 *
 * How to add an option that affects a verdict: a member of struct settings, and a row
 * in settings.c. The command line is parsed, --help and the reports for readers are
 * printed by the row; a report as JSON has a row of its own, since that is its schema.
 * man/invaudit.1 describes it; tests compare all of these.
 */
#ifndef GATHER_SETTINGS_H
#define GATHER_SETTINGS_H

#include "find/exclude.h"

enum option_kind {
    OPTION_FLAG,     /* takes no argument: bool */
    OPTION_LEVEL,    /* the same, repeatable: unsigned, how often it was given */
    OPTION_TEXT,     /* given once at most: struct str */
    OPTION_ACCOUNT,  /* the same, of 12 digits */
    OPTION_REGION,   /* the same, such as us-east-1 */
    OPTION_TIME,     /* the same, kept as an instant in UTC */
    OPTION_TEXTS,    /* repeatable: struct str_list */
    OPTION_WORDS,    /* repeatable, each a list with commas: struct str_list */
    OPTION_ACCOUNTS, /* the same, each of 12 digits */
    OPTION_REGIONS,  /* the same, each such as us-east-1 */
    OPTION_GATES,    /* the same, each such as fail or fail:high; RESULT,RESULT:SEVERITY
                        is two with that severity */
    OPTION_KIND_COUNT
};

/* What an option is for: --help lists those of one purpose together, in this order. */
enum option_group {
    GROUP_OPTIONS, /* of a command that has too few for groups */
    GROUP_RULES,
    GROUP_EVIDENCE,
    GROUP_LABELS,
    GROUP_OUTPUT,
    GROUP_GATE,
    GROUP_RUN,
    OPTION_GROUP_COUNT
};

struct option {
    const char *name; /* without the hyphens; NULL: the end of the table */
    char letter;      /* or 0 */
    enum option_kind kind;
    const char *argument; /* what --help calls it; NULL for a flag */
    const char *help;
    size_t offset; /* of the member of the target that takes the value */
    enum option_group group;
};

/* Every option that affects a verdict or what a report holds; absent text: not given.
 */
struct settings {
    bool no_builtin, no_filtered, matrix;
    bool no_digest; /* of the evidence: leaves out what tells that two are one */
    struct str_list rules, packs, select, skip, params, expect_regions;
    struct str_list accounts, regions; /* to be judged; none: all */
    struct str_list exclude;           /* globs */
    struct str as_of;                  /* as printed: an instant in UTC */
    struct str assume_account, assume_region;
    struct str assume_type;
    struct str path_pattern;
    struct str_list fail_on; /* words of the gate (gate.h); none: fail */
    struct str waivers;      /* a file */

    /* What these come to; NULL: not given. */
    const struct exclude *exclude_compiled;
    const struct pattern *path_compiled;
    const struct type *type_assumed;
    const struct waivers *waivers_read;

    bool lists_missing; /* no option: what is missing is listed, which costs as much
                           again as the findings */
};

extern const struct option settings_options[]; /* of a struct settings */
/* Names of those that say nothing of what evidence is asked for; the last of them NULL.
 */
extern const char *const settings_of_verdicts[];

/* Value number `i` of what was given, "" for a flag. False: there are no more. */
bool option_given(const struct option *option, const void *target, size_t i,
                  struct str *value);

#endif
