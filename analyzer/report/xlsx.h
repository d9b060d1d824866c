/*
 * xlsx.h - the working paper: a workbook that an auditor fills in and files.
 *
 *     Cover       what was judged, by what, the counts; who prepared and reviewed it
 *     Results     a row a finding, with its evidence, and empty columns for the tester
 *     Exceptions  those that fail or are unknown
 *     Evidence    the population: a row a document, its digest, and how it was taken
 *     Coverage    a row an account for each rule, a column a region
 *     Procedure   what each rule asks for, why, and how it is looked up by hand
 *     Databases   the matrix, where there is one (databases.h)
 *
 * A finding leads to its file's row of Evidence. Of what does not fit in a sheet, the
 * sheet's last row and the cover say how much it is.
 *
 * Private to report/.
 */
#ifndef REPORT_XLSX_H
#define REPORT_XLSX_H

#include "gather/assessment.h"
#include "report/workbook.h"

/* The file's bytes, in the arena. False: err says why there are none. */
MUST_USE bool xlsx_make(struct arena *arena, const struct assessment *assessment,
                        const struct workbook_library *library,
                        const struct workbook_limits *limits, struct str *bytes,
                        struct error *err);

#endif
