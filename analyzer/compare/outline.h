/*
 * outline.h - what `diff` keeps of a JSON report: each finding's result and what it
 * rests on.
 *
 *     report.json ─ a piece at a time ─┬─► head: version, settings, rules, catalog
 *                                      ├─► sources: path, digest, places
 *                                      └─► findings: id, result, message, cited paths
 *
 * A report of 200,000 findings is 200 MB and more of JSON, and as JSON values a
 * gigabyte. So it is read once from front to back, and of each item of its lists a few
 * texts are kept, each once: paths, accounts and regions repeat. It is as strict as
 * report.h, but for a key that stands twice within a source or a finding: of these the
 * last counts, as for other readers of JSON.
 *
 * Lifetime: the arena's. Memory: by sources and findings, some 300 bytes each.
 * Limits: OUTLINE_ITEMS_MAX sources, and as many findings.
 */
#ifndef COMPARE_OUTLINE_H
#define COMPARE_OUTLINE_H

#include "base/table.h"
#include "compare/report.h"

enum { OUTLINE_ITEMS_MAX = 4 * 1000 * 1000 };

/* Where a document of a source is from; absent: not told, or of no region. */
struct outline_place {
    struct str account, region;
};

struct outline_source {
    struct str path, sha256;            /* sha256 absent: it has none */
    const struct outline_place *places; /* each once */
    size_t place_count;
};

struct outline_finding {
    struct str id, rule, account, region, resource, source; /* as in the report */
    struct str severity, message;
    struct str codes; /* of its reasons: "empty, token"; "": it has none */
    enum result result;
    bool has_waiver;
    const struct str *cited; /* paths, each once, and its own source */
    size_t cited_count;
};

struct outline {
    struct saved_report head;       /* its sources, findings and problems are
                                       not there */
    struct outline_source *sources; /* that were read, as in the report */
    size_t source_count;
    struct outline_finding *findings; /* the same */
    size_t finding_count;
    struct table by_id;       /* struct outline_finding */
    struct table rules;       /* by id: those of the head */
    struct str_list operands; /* without slashes at their ends */
};

/* "-" is standard input. `items_max`: OUTLINE_ITEMS_MAX. False: it is no report of a
 * scan that this program reads; err names the file and says what was expected where. */
MUST_USE bool outline_read(struct arena *arena, const char *path, size_t items_max,
                           struct outline *outline, struct error *err);

/* The same of a text that is at hand; `path` is said where something is wrong. */
MUST_USE bool outline_parse(struct arena *arena, const char *path, struct str text,
                            size_t items_max, struct outline *outline,
                            struct error *err);

/* The rule of that id in it, or NULL. */
const struct saved_rule *outline_rule(const struct outline *outline, struct str id);

#endif
