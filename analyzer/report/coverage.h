/*
 * coverage.h - private to report/: which regions of an account were to be expected, and
 * did not come.
 */
#ifndef REPORT_COVERAGE_H
#define REPORT_COVERAGE_H

#include "gather/assessment.h"

/* The expected regions that were not delivered, by name. */
void coverage_missing(struct arena *arena, const struct coverage *coverage,
                      struct str_list *missing);

#endif
