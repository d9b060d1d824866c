/*
 * report.h - a JSON report of ours, read back: what `verify` and `diff` compare.
 *
 *     FILE ─► size, depth, values ─► jansson ─► tables of parts ─► struct saved_report
 *              each has a limit                 each key and kind
 *
 *     struct saved_report report;
 *     if (!saved_report_read(&arena, "report.json", &report, &err))
 *         "report.json: /findings/3/result: expected a result, met null"
 *
 * A report may come from anybody. It is read whole or refused: JSON without a key twice
 * in an object, of a schema that this program writes, each key that is read of its kind
 * and in its place, each rule, source and finding once. A key that is not read may be
 * there, since another version may have added it; who compares whole reports walks the
 * JSON values, which each struct has.
 *
 * A report of an earlier version lacks what came later: operands, texts of rules, the
 * catalog's digest. Absent text is null in the report, or not there.
 *
 * Lifetime: the arena's; text is borrowed from the JSON values.
 * Limits: SAVED_BYTES_MAX, SAVED_VALUES_MAX, SAVED_DEPTH_MAX.
 */
#ifndef COMPARE_REPORT_H
#define COMPARE_REPORT_H

#include "base/str.h"
#include "find/discover.h"
#include "rulebook/rule.h"
#include "json/layout.h"

#include <jansson.h>

enum {
    SAVED_BYTES_MAX = 256 * 1024 * 1024,
    SAVED_VALUES_MAX = 8 * 1000 * 1000, /* keys not counted */
    SAVED_DEPTH_MAX = 64,               /* of lists and objects, one in another */
};

/* Each of these begins with the value that it was read from. */

struct saved_rule {
    const json_t *value;
    struct str id, title, severity, source, sha256;
    struct str text; /* of its file; absent: it is built in, or nobody kept it */
    bool builtin;
};

/* A catalog.yaml of --rules. */
struct saved_catalog {
    const json_t *value;
    struct str source, sha256, text;
};

struct saved_source {
    const json_t *value;
    struct str path, use, why;
    struct str sha256; /* absent: it was not read, or digests were left out */
};

/* A reason, an assumption, or what a rule says beside a verdict. */
struct saved_reason {
    const json_t *value;
    struct str code, text;
};

struct saved_finding {
    const json_t *value;
    struct str id, rule, account, region, resource, resource_type, source, severity;
    enum result result;
    struct str message, would_say;
    const struct saved_reason *reasons, *assumptions;
    size_t reason_count, assumption_count;
    const json_t *waiver; /* an object, or NULL */
};

struct saved_problem {
    const json_t *value;
    struct str path, code, message;
    uint64_t line, column; /* 0: null */
};

struct saved_report {
    const json_t *value;
    json_t *root;     /* the same, to be walked; NULL: it was read piece by piece */
    const char *path; /* of its file */
    struct str bytes; /* as they are in it; UTF-16 as UTF-8 */
    bool is_evidence; /* of `evidence`, which judges nothing; else of `scan` */
    struct str schema, tool, version;
    const json_t *settings; /* an object */
    bool has_operands;
    struct str_list operands; /* the paths that were judged, as they were typed */
    struct str catalog_sha256;
    const struct saved_catalog *catalogs; /* in their order */
    size_t catalog_count;
    const struct saved_rule *rules; /* in the order of the report, as all lists */
    size_t rule_count;
    uint64_t set_files;
    struct str set_sha256; /* of the evidence; absent: there are no digests */
    const struct saved_source *sources;
    size_t source_count;
    const struct saved_finding *findings;
    size_t finding_count;
    const struct saved_problem *problems;
    size_t problem_count;
    const json_t *summary; /* an object: counts by name */
};

/* "-" is standard input. False: err names the file, and the place in it as line and
 * column or as a JSON Pointer (RFC 6901), and says what was expected. */
MUST_USE bool saved_report_read(struct arena *arena, const char *path,
                                struct saved_report *report, struct error *err);

/* The same of bytes that are at hand; `path` is said where something is wrong. */
MUST_USE bool saved_report_parse(struct arena *arena, const char *path,
                                 struct str bytes, struct saved_report *report,
                                 struct error *err);

/* An error names its file by now. What is wrong from the first byte on is no damage to
 * a report, but another file: that is said, too. Returns false. */
bool saved_error_at(struct error *err, const char *path);

/* ---- a piece at a time, for who keeps little of a large report (outline.h) ---- */

/* The lists whose items are handed on one by one: struct saved_source, ... */
enum saved_list { SAVED_SOURCES, SAVED_FINDINGS, SAVED_PROBLEMS, SAVED_LIST_COUNT };

/* Names what is read of a report in a layout of values; a projection of each of those
 * lists, to which fields may be added. */
void saved_report_project(struct layout *layout,
                          struct projection *projections[SAVED_LIST_COUNT]);
/* Of the value of a report, whose lists may have been taken out of it before. */
MUST_USE bool saved_report_take(struct arena *arena, const json_t *value,
                                struct saved_report *report, struct error *err);
/* `item`: such a struct, for item number `index` of its list. */
MUST_USE bool saved_item_take(struct arena *arena, enum saved_list list,
                              const json_t *value, size_t index, void *item,
                              struct error *err);

/* A count of the summary; 0: the report has none of that name. */
uint64_t saved_count(const struct saved_report *report, const char *name);

/* Whether its file is used so: read, lost. */
bool saved_source_is(const struct saved_source *source, enum source_use use);

#endif
