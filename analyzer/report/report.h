/*
 * report.h - the formats that an assessment can be printed in.
 *
 *     assessment ─┬─► text.c, evidence_text.c, ... ─► groups ─► page ─► escape ─► out
 *                 ├─► json.c: a table an object ───► members ─────────► escape ─► out
 *                 ├─► junit.c, sarif.c, markdown.c, ... ──────────────► syntax ─► out
 *                 ├─► csv.c ──► columns ──────────────────────────────► syntax ─► out
 *                 └─► xlsx.c ─► columns ─► workbook ─► its bytes ───────────────► out
 *
 * A format that is no text is made whole before the first report is written, and may
 * fail then. Whether it can be made at all is asked before evidence is read.
 *
 * How to add a format: write its file here, with one function, and add a row to a table
 * in report.c, that of `scan` or that of `evidence`; `-o NAME`, --help and the manual's
 * test then know it.
 *
 * A format decides nothing, and cannot fail. It prints from front to back, the same
 * bytes each time, and never looks at what it printed: `out` may pass it on meanwhile
 * (struct drain), so that a report of many findings takes no memory. That a file is
 * whole or not there is the writer's promise (base/file.h).
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "gather/assessment.h"

#include <jansson.h>

struct report_style {
    size_t width; /* columns of the reader's page, at least REPORT_WIDTH_MIN */
    bool colour;
    bool is_short; /* long lists are cut, and it is said how to see all: for a terminal;
                      by formats for a reader */
    bool counted[RESULT_COUNT]; /* findings of these results are counted, not listed; by
                                   formats for a reader */
    bool lists_all; /* each document of the evidence, not only how many there are */
};

enum { REPORT_WIDTH = 80, REPORT_WIDTH_MIN = 40 };

/* Of a format that is no text. */
struct report_maker {
    /* Whether this program, here, can make it; err says what to do if not. */
    bool (*is_here)(struct error *err);
    /* Its bytes, in the arena. */
    bool (*make)(struct arena *arena, const struct assessment *assessment,
                 struct str *bytes, struct error *err);
};

struct report_format {
    const char *name;    /* "json" */
    const char *summary; /* one line for --help */
    void (*write)(const struct assessment *assessment, const struct report_style *style,
                  struct buf *out);
    const struct report_maker *maker; /* then there is no `write`; else NULL */
    bool needs_digests; /* of the evidence: it would say nothing without them */
};

struct report_formats {
    const struct report_format *items; /* one of them is "text" */
    size_t count;
};

/* Of findings, and of the evidence that they rest on. */
extern const struct report_formats scan_formats, evidence_formats;

/* The option that a member of a JSON report's settings tells, by its key; NULL: none.
 */
const struct option *report_setting(struct str key);
/* What `inputs_sha256` of a JSON report should be, by its program, settings, operands,
 * catalog and rules, which are there. */
void report_inputs_digest(const json_t *report, char hex[DIGEST_HEX_BYTES]);
/* Whether a JSON report whose `schema` is that is one of this program's; absent: no. */
bool report_is_own(struct str schema);

/* What is written beside a report of that format: behind what a file holds already that
 * the environment names by that variable. */
struct report_beside {
    const char *format, *variable;
    void (*write)(const struct assessment *assessment, const struct report_style *style,
                  struct buf *out);
};

/* NULL: nothing is. */
const struct report_beside *report_beside(const struct report_format *format);

/* NULL: none of that name. */
const struct report_format *report_format_find(const struct report_formats *formats,
                                               struct str name);

void report_text(const struct assessment *assessment, const struct report_style *style,
                 struct buf *out);
void report_junit(const struct assessment *assessment, const struct report_style *style,
                  struct buf *out);
void report_sarif(const struct assessment *assessment, const struct report_style *style,
                  struct buf *out);
void report_github(const struct assessment *assessment,
                   const struct report_style *style, struct buf *out);
void report_markdown(const struct assessment *assessment,
                     const struct report_style *style, struct buf *out);
void report_json(const struct assessment *assessment, const struct report_style *style,
                 struct buf *out);
void report_csv(const struct assessment *assessment, const struct report_style *style,
                struct buf *out);
void report_evidence_csv(const struct assessment *assessment,
                         const struct report_style *style, struct buf *out);
extern const struct report_maker report_xlsx;
void report_intoto(const struct assessment *assessment,
                   const struct report_style *style, struct buf *out);
void report_html(const struct assessment *assessment, const struct report_style *style,
                 struct buf *out);
void report_evidence_text(const struct assessment *assessment,
                          const struct report_style *style, struct buf *out);
void report_evidence_json(const struct assessment *assessment,
                          const struct report_style *style, struct buf *out);
void report_script(const struct assessment *assessment,
                   const struct report_style *style, struct buf *out);

#endif
