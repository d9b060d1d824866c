/*
 * summary.h - the last line of a report for readers: the counts, the exit status and
 * what it means.
 *
 *     3 fail, 4 unknown, 5 pass; 3 problems (status 1: something fails)
 *     └ summary_counts() ─────┘                       └ summary_meaning() ┘
 *     └ summary_write() ────────────────────────────────────────────────┘
 *
 * Every report for readers ends with it, and `scan -q` prints nothing else.
 */
#ifndef REPORT_SUMMARY_H
#define REPORT_SUMMARY_H

#include "gather/assessment.h"
#include "report/page.h"
#include "report/report.h"

/* The results in the order in which a reader meets them: what has to be acted on
 * first. */
extern const enum result summary_order[RESULT_COUNT];

/* "2 fail, 3 unknown"; false, and nothing is written: there is none at all. */
MUST_USE bool summary_counts(struct page *page, const size_t counts[RESULT_COUNT]);

/* The same; adds nothing if there is none. */
void summary_add_counts(struct buf *out, const size_t counts[RESULT_COUNT]);

/* What the exit status of a scan means here: "something fails". In the arena, or
 * constant. */
const char *summary_meaning(struct arena *arena, const struct assessment *assessment);

/* "evidence", "waivers", or "evidence and waivers": what the problems are with. */
const char *summary_problems_with(const struct assessment *assessment);

/* Adds the line without its end. */
void summary_line(struct buf *line, const struct assessment *assessment);

/* The line, however long, and its end. */
void summary_write(struct page *page, const struct assessment *assessment);

/* The line as a report of its own. */
void report_summary(const struct assessment *assessment,
                    const struct report_style *style, struct buf *out);

#endif
