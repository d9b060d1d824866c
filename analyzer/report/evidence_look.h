/*
 * evidence_look.h - what of the evidence is worth a look, by its cause. Private to
 * report/.
 *
 *     Look at these
 *       6  0 bytes, AccessDenied (rds:DescribeDBSnapshots) [empty]: rds
 *          describe-db-snapshots
 *            100000000001  ap-southeast-2 eu-central-1 eu-north-1 us-west-2
 *            100015838347  us-east-2
 *       1  no listing of DB snapshots [missing]
 *            100031676693  us-west-2
 *
 * These are the documents that tell nothing, and the reasons why the rules lack
 * something. Those of one cause, about answers of one call, are a group, whatever the
 * account and region, larger groups before smaller ones. The code in brackets is that
 * of invaudit-report(5). What is there comes first, then what is absent; then the
 * problems of other files.
 */
#ifndef REPORT_EVIDENCE_LOOK_H
#define REPORT_EVIDENCE_LOOK_H

#include "report/sections.h"

enum {
    LOOK_LINES_SHOWN = 6, /* of a group, on a terminal */
};

void evidence_look_write(struct writer *writer, bool is_short);

#endif
