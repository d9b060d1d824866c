/*
 * assessment.h - the result of a run: findings, what they rest on, and what could not
 * be used.
 *
 * It holds everything that a report prints; a report decides nothing.
 * Text in it may hold any bytes that evidence or paths held: the formats escape it.
 * Lifetime: the arena of the run. Absent text (struct str with NULL) prints as "-".
 */
#ifndef GATHER_ASSESSMENT_H
#define GATHER_ASSESSMENT_H

#include "aws/protection.h"
#include "find/discover.h"
#include "gather/codes.h"
#include "gather/settings.h"
#include "gather/waivers.h"
#include "rulebook/rulebook.h"
#include "json/records.h"

enum {
    CITATIONS_MAX = 1000,     /* of a finding's records that decide */
    CITATIONS_BESIDE_MAX = 5, /* of each of its other facts */
};

/* How a type, an account or a region was told. */
enum told {
    TOLD_NOT,
    TOLD_ENVELOPE, /* a type: by the envelope's keys */
    TOLD_RECORDS,  /* a type: by the fields of the records */
    TOLD_NAME,     /* a type: by the file's name */
    TOLD_ERROR,    /* a type: by the text of the error that the file holds */
    TOLD_MANIFEST, /* a type: by the command in a manifest */
    TOLD_PATTERN,  /* by --path-pattern */
    TOLD_PATH,
    TOLD_IDENTITY, /* an account: by a get-caller-identity answer in the same folder */
    TOLD_ARN,      /* a type too: by the ARNs that an array lists */
    TOLD_ASSUMED,  /* by --assume-... */
    TOLD_COUNT
};

const char *told_name(enum told told); /* "envelope" */

enum document_state {
    STATE_COMPLETE,    /* a whole answer */
    STATE_PARTIAL,     /* lower bounds only */
    STATE_NOTHING,     /* nothing could be learnt from it: a problem says why */
    STATE_MISLABELLED, /* its records belong elsewhere, or nothing decides where: a
                          problem */
    STATE_CONTEXT, /* it tells about other evidence, or it proves nothing by itself */
    STATE_IGNORED, /* no evidence */
    STATE_COUNT
};

const char *state_name(enum document_state state); /* "complete" */

/* One document of the evidence, as it was understood. */
struct document_summary {
    uint64_t index;          /* in its source, from 0 */
    const char *pointer;     /* "/0" in that: an element of an array; or NULL */
    uint64_t surplus;        /* documents behind it that say the same: not listed */
    const struct type *type; /* NULL: none was told */
    const struct call *call; /* NULL: none was told */
    struct str account, region, parent;
    enum told type_told, account_told, region_told;
    struct str begun, ended; /* when its file was collected, as a manifest has it */
    uint64_t records, foreign, undecided;
    enum document_state state;
    const struct reason
        *reasons; /* for not being complete, and what is worth knowing */
    size_t reason_count;
};

struct source_summary {
    const struct source *source;
    bool was_read;   /* else bytes and sha256 are not known */
    bool is_ignored; /* it is no evidence */
    bool is_unknown; /* it, or some of it, is JSON that is not understood */
    const char *why; /* it, or some of it, is no evidence; NULL: all of it is */
    uint64_t bytes;
    const char *sha256; /* "": left out */
    const struct document_summary *const *documents;
    size_t document_count;
    uint64_t surplus; /* of all its documents */
};

struct problem {
    const char *path;
    uint64_t line, column; /* from 1; 0: not known */
    struct reason reason;  /* with its advice: what to do, where something can be */
};

struct citation {
    struct str fact; /* which it supports */
    bool decisive;   /* the `when` that decides reads that fact first; or it is the
                        resource that is judged */
    const char *path;
    uint64_t document;
    const char *list;      /* JSON Pointer (RFC 6901) to it in the document */
    uint64_t index;        /* of the record in the list; CITES_ALL of it */
    uint64_t line, offset; /* of the record, in the stored bytes */
    struct str id;         /* the record's; absent: the listing itself is cited */
};

#define CITES_ALL UINT64_MAX

/* The JSON Pointer of what is cited. */
const char *citation_pointer(struct arena *arena, const struct citation *citation);

/* What is known of a fact: it lies between two, both included. */
struct fact_value {
    double at_least, at_most; /* -INFINITY and INFINITY: no bound. Counts are far below
                                 2^53, instants are seconds since 1970 */
    bool maybe_none;          /* of a minimum or maximum: nothing may have counted */
    bool only_none;           /* nothing has; the bounds mean nothing then */
};

bool fact_is_exact(const struct fact_value *value);

/* What would settle an unknown, or give what is missing. */
struct settle {
    const char *command; /* "aws rds describe-db-snapshots --region … --output json" */
    const char *permission; /* "rds:DescribeDBSnapshots" */
    const char *save_as; /* "123456789012/us-east-1/rds-describe-db-snapshots.json" */
    const struct type *type; /* what it lists */
    const struct call *call;
    struct str parent, record; /* that the call is told; absent: it takes none, or it is
                                  not known which */
};

/* What the rules need to know of a scope, and the evidence does not tell exactly:
 * records of one type. */
struct missing {
    struct str account, region; /* an account-level type is of no region */
    const char *source;         /* as a finding's */
    const struct type *type;
    const struct settle *settles; /* may be none: no call lists it */
    size_t settle_count;
    const struct reason *reasons;
    size_t reason_count;
};

/* What a rule says beside a verdict (rule.h: commentary). */
struct remark {
    struct str code;
    struct str nothing_there; /* "no database": the rule fails where nothing is to be
                                 judged; absent: something is */
    const char *text;
    const struct citation *citations; /* as a finding's */
    size_t citation_count;
};

struct finding {
    const char *id; /* stable from run to run */
    const struct rule *rule;
    struct str account, region;
    struct str resource; /* of a rule for each record: its id; "*": those that no
                            evidence shows; absent: there is none */
    const struct type *resource_type; /* NULL: as the resource, absent or "*" */
    const char *source; /* for a scope that nothing tells: the path of its only source;
                           else NULL */
    enum result result;
    const char *message;
    uint64_t rows; /* bit i: the rule's outcome i is possible */
    const char *const
        *values; /* what else than facts, account and region the messages of those
                    outcomes hold, in their order; NULL: nothing */
    const struct fact_value *facts; /* as rule->facts */
    const struct reason *assumptions;
    size_t assumption_count;
    const struct reason *reasons;
    size_t reason_count;
    const enum result *possible; /* more than one when unknown */
    size_t possible_count;
    const struct settle *settles;
    size_t settle_count;
    const struct citation *citations; /* those that decide first; then by fact in the
                                         rule's order; by path, document, offset */
    size_t citation_count;
    uint64_t citations_more;        /* records that decide, and are not among them */
    const struct remark *diagnosis; /* of a fail; NULL: none */
    const struct remark *cautions;  /* of a pass */
    size_t caution_count;
    const struct waiver *waiver; /* that accepts it; NULL: it is not waived */
};

/* What was to be expected of an account, and what was delivered. */
struct coverage {
    struct str account;
    bool is_closed;            /* it is known which regions there are */
    const char *told_by;       /* a path, or --expect-regions; NULL: nothing tells */
    struct str_list expected;  /* regions, by name */
    struct str_list delivered; /* of which there is evidence, expected or not */
    struct str_list unused; /* that the account has not opted in to: nothing is there */
    const char *unused_told_by; /* a path; NULL: there are none */
};

/* A plan that takes a database. */
struct selected_by {
    struct str plan, plan_name, selection, selection_name; /* absent: not known */
    struct str code, because;
    enum holds kept;            /* its promise, by the newest backup */
    uint64_t allowance_minutes; /* how old a backup may be; 0: not known */
};

/* A database, and whether it is protected (aws/protection.h). */
struct matrix_row {
    struct str account, region;
    const char *source;  /* as a finding's */
    struct str resource; /* its ARN; if that is not known, its id */
    struct str name;     /* of it what tells it from others of the region */
    struct str engine, family;
    struct str state; /* the only one that is possible; else "undetermined" */
    struct str_list possible;
    enum holds planned, has_backup;
    struct str_list why; /* not planned, or perhaps not: codes */
    const struct selected_by *selected_by;
    size_t selected_count;
    struct str because;      /* all of it in words */
    double gap_hours;        /* between two runs, at most; 0: not known */
    uint64_t retention_days; /* 0: not known, or for ever: */
    bool keeps_for_ever;
    bool has_newest;
    int64_t newest; /* when the newest usable backup that is known was made; seconds
                       since 1970 */
};

struct summary {
    size_t results[RESULT_COUNT]; /* findings */
    size_t sources_read, sources_ignored, sources_excluded, documents, records;
    size_t sources_unknown;   /* that are JSON, or partly, which is not understood */
    size_t sources_set_aside; /* JSON that was read, and is ignored */
    size_t problems;
    size_t waivers_stale; /* that are expired, too broad, or of nothing: each is a
                             problem */
    size_t waivers_open;  /* that would be, if what is unknown passes */
};

struct assessment {
    const struct settings *settings;
    const struct rulebook *book;
    const struct waivers *waivers; /* settings->waivers_read */
    const char *const *paths;      /* of the command line */
    size_t path_count;
    const struct source_summary *sources; /* by path */
    size_t source_count;
    const struct finding *findings; /* by rule, account, region, resource */
    size_t finding_count;
    const struct coverage *coverage; /* by account */
    size_t coverage_count;
    const struct missing *missing; /* by account, region, source, type */
    size_t missing_count;
    const struct matrix_row *matrix; /* by account, region, source, resource; NULL: no
                                        rule and no option asks for it */
    size_t matrix_count;
    size_t matrix_open; /* regions that may have databases of which there is no row */
    const struct problem *problems; /* by path, document, line, code */
    size_t problem_count;
    struct summary summary;
    size_t digested;                   /* files that have a sha256 */
    char set_sha256[DIGEST_HEX_BYTES]; /* of them all: of the lines that sha256sum
                                          prints for them, sorted by their bytes; "":
                                          there is none, or they were left out */
    const struct sandbox *sandbox;     /* of which a part does not hold; NULL: all of it
                                          does */
    size_t workers;                    /* threads that may print it; 0: one */
};

/* The findings that --fail-on names, or every fail (gate.h). */
size_t assessment_closing(const struct assessment *assessment);
/* Whether waivers that are stale make the status 1: --fail-on stale-waiver. */
bool assessment_is_stale(const struct assessment *assessment);
/* Whether what is unknown might be one of them. */
bool assessment_doubts(const struct assessment *assessment);

/* Problems of evidence; the others are of waivers. */
size_t assessment_evidence_problems(const struct assessment *assessment);

/* The exit status of a scan: 1 there are such; 2 nothing to judge (no evidence read, no
 * rule, no cell); 3 there might be, or evidence could not be used; else 0. */
int assessment_status(const struct assessment *assessment);

/* That of a look at the evidence alone: 0, 2 no evidence, 3 some could not be used. */
int evidence_status(const struct assessment *assessment);

#endif
