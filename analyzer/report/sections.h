/*
 * sections.h - what the reports for a reader have in common. Private to report/.
 */
#ifndef REPORT_SECTIONS_H
#define REPORT_SECTIONS_H

#include "gather/assessment.h"
#include "report/page.h"
#include "report/report.h"

enum {
    SETTLE_INDENT = 4,  /* of a command, below "to settle" */
    HANGING_INDENT = 2, /* of what continues the line above */
};

struct writer {
    const struct assessment *assessment;
    struct arena *arena;
    bool colour;
    const bool *counted; /* results whose findings are not listed */
    struct page page;
};

/* How many documents are in each state, those that are not listed among them. */
void states_count(const struct assessment *assessment, uint64_t counts[STATE_COUNT]);

struct str or_dash(struct str str);
const char *plural(uint64_t count);

/* In colour, if that is wanted; `colour` may be "". */
void write_coloured(struct writer *writer, const char *text, const char *colour);
/* A text behind a label or "". Both write at the page's indent, and leave it as it was.
 */
void write_labelled(struct writer *writer, const char *label, const char *text);
/* What the path may mean where nothing tells its account, or its region: the option to
 * give, at the page's indent; nothing if it says nothing. */
void write_hints(struct writer *writer, const char *path, bool account, bool region);

/* Its place and what is to be done. */
void write_problem(struct writer *writer, const struct problem *problem);
/* All of them, below a heading, or some of each kind; nothing if there are none. */
void write_problems(struct writer *writer);

/* "Evidence: 2 files read (2 documents, 5 records), 1 ignored". */
void write_counts_read(struct writer *writer);

/* What was asked for, so that the report tells how to make it again. */
void write_settings(struct writer *writer);

#endif
