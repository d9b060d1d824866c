/*
 * reports.h - the reports that a command line asks for with -o FORMAT[=FILE].
 *
 * All is judged before the first is written, each while it is printed; those that
 * replace files are written all or none, each whole, and before standard output.
 */
#ifndef CLI_REPORTS_H
#define CLI_REPORTS_H

#include "report/page.h"
#include "report/report.h"

struct wanted_report {
    const struct report_format *format;
    const char *file; /* NULL: standard output */
};

struct wanted_reports {
    struct wanted_report *items;
    size_t count;
    bool is_state; /* one is the state of what was read, and nothing is judged */
    bool counted[RESULT_COUNT]; /* as in struct report_style: not listed */
    bool lists_all;             /* the same */
};

/* Adds text on standard output, unless another format takes that: with `quiet` 1 only
 * its last line, with 2 nothing.
 * False: a format that does not exist, or two reports for standard output; for one
 * file, targets.h. */
MUST_USE bool reports_parse(struct arena *arena, const struct report_formats *formats,
                            struct str_list texts, unsigned quiet,
                            struct wanted_reports *reports, struct error *err);

/* By the results whose findings are to be listed: --show, or what is if it is not
 * given. False: there is no such result. */
MUST_USE bool reports_show(struct arena *arena, struct str_list shown,
                           struct wanted_reports *reports, struct error *err);

/* False: with these settings one of them would say nothing. */
MUST_USE bool reports_suit(const struct wanted_reports *reports,
                           const struct settings *settings, struct error *err);

/* STATUS_GOOD or STATUS_MACHINE. */
int reports_write(struct arena *arena, const struct assessment *assessment,
                  const struct wanted_reports *reports);

/* For --help: the formats, a row each. */
void reports_help(struct page *page, const struct report_formats *formats);

#endif
