/*
 * diff.h - two reports of scans, compared: what became of each finding, and why.
 *
 *     old.json ─ outline ─┐  settings, rules, catalog, program  ┐
 *                         ├─ files of the evidence (files.h)    ├─► struct diff ─►
 * text, new.json ─ outline ─┘  findings by their ids ─► changes   ┘      JSON, Markdown
 *
 * A finding is the same if its id is. What became of it is told by its results in both
 * reports, one of the kinds below. Why is told by all that differs between the reports
 * and may have changed it: nearest is a file that it cites, next a file of its account
 * and region. Nothing is judged again, so a why is a cause that can be, not a proof.
 *
 * A report is trusted here: `verify` is for what it says.
 *
 * Lifetime: the arena's, and that of both outlines. Memory: by what changed.
 */
#ifndef COMPARE_DIFF_H
#define COMPARE_DIFF_H

#include "compare/files.h"

/* In the order in which they are told. */
enum diff_kind {
    DIFF_NEWLY_FAILING,
    DIFF_UNWAIVED, /* it failed, which was accepted, and now it fails */
    DIFF_UNDECIDED,
    DIFF_WAIVED,
    DIFF_FIXED,
    DIFF_DECIDED, /* it was unknown, and is none of the above */
    DIFF_OTHER,   /* between pass and not applicable */
    DIFF_NEW,     /* and does not fail */
    DIFF_GONE,
    DIFF_STILL_FAILING,
    DIFF_SAME, /* all else; it is counted only */
    DIFF_KIND_COUNT
};

const char *diff_kind_name(enum diff_kind kind);  /* "newly-failing" */
const char *diff_kind_title(enum diff_kind kind); /* "newly failing" */

enum { NO_RESULT = RESULT_COUNT }; /* there is no such finding */

/* Of results, or NO_RESULT. */
enum diff_kind diff_kind_of(unsigned old, unsigned new);

/* Why, the nearest first. */
enum diff_why {
    WHY_RULE, /* its text differs, or one of the reports does not have it */
    WHY_WAIVER,
    WHY_EVIDENCE, /* files that it cites */
    WHY_NEARBY,   /* files of its account and region */
    WHY_SETTINGS,
    WHY_CATALOG,
    WHY_PROGRAM,
    WHY_ELSEWHERE, /* nothing of these: other files */
    WHY_NO_DIGEST, /* nor these: files may differ, but one of the reports has no digests
                    */
    WHY_UNTOLD,    /* nor these */
    DIFF_WHY_COUNT
};

const char *diff_why_name(enum diff_why why); /* "evidence" */

struct diff_change {
    enum diff_kind kind;
    const struct outline_finding *old, *new; /* NULL: it is not there */
    unsigned whys;                           /* bit i: enum diff_why i */
    const struct file_list *files; /* of WHY_EVIDENCE or WHY_NEARBY; else NULL */
    uint64_t settings;             /* of WHY_SETTINGS: bit i: diff->settings[i] */
};

/* What a setting that differs may change. */
enum setting_reach {
    REACH_ALL,
    REACH_NONE,    /* no finding */
    REACH_RULES,   /* which rules are judged */
    REACH_PLACES,  /* which findings there are */
    REACH_PARAMS,  /* the findings of the rules whose parameters differ */
    REACH_WAIVERS, /* what is waived */
};

enum { DIFF_SETTINGS_MAX = 64 }; /* of both reports that differ */

struct diff_setting {
    struct str key;
    const char *option;      /* "--as-of"; NULL: this program has no such option */
    const json_t *old, *new; /* NULL: the report does not have it */
    enum setting_reach reach;
};

struct diff_rule {
    struct str id;
    enum file_change change; /* altered, added or removed */
};

enum diff_catalog { CATALOG_SAME, CATALOG_CHANGED, CATALOG_UNTOLD };

struct diff {
    const struct outline *old, *new;
    bool has_program_changed;
    enum diff_catalog catalog;
    struct diff_setting *settings;
    size_t setting_count;
    struct diff_rule *rules;
    size_t rule_count;
    struct changed_files files;
    struct diff_change *changes; /* by kind, rule, account, region, resource, id */
    size_t change_count;
    size_t counts[DIFF_KIND_COUNT];
};

/* False: the reports' settings differ in more than DIFF_SETTINGS_MAX. */
MUST_USE bool diff_find(struct arena *arena, const struct outline *old,
                        const struct outline *new, struct diff *diff,
                        struct error *err);

/* 1: something fails that did not, or was waived; else 0. */
int diff_status(const struct diff *diff);

/* The finding as it is now, or as it was. */
const struct outline_finding *diff_finding(const struct diff_change *change);

#endif
