/*
 * coverage.h - private to report/: which regions were to be expected, and which came,
 * as a section of the text report.
 *
 * Limits: COVERAGE_LINES_MAX accounts are shown, those with missing regions first.
 */
#ifndef REPORT_COVERAGE_H
#define REPORT_COVERAGE_H

#include "gather/assessment.h"
#include "report/page.h"

enum { COVERAGE_LINES_MAX = 20 };

void coverage_write(struct page *page, const struct assessment *assessment);

/* The expected regions that were not delivered, by name. */
void coverage_missing(struct arena *arena, const struct coverage *coverage,
                      struct str_list *missing);

#endif
