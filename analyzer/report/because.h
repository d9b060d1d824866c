/*
 * because.h - why the findings of a group are what they are: what they assume, and what
 * is not known.
 *
 *     because: in/ACCOUNT/us-east-1/x.json: it carries a token: more pages follow
 *     because, of 46: in/ACCOUNT/us-east-1/y.json: line 17: the file ends inside a
 * string
 *
 * Texts that differ in accounts, regions and numbers alone are one kind, and the first
 * of them stands for all.
 *
 * Limits: BECAUSE_KINDS_MAX kinds for one code, BECAUSE_CODES_MAX codes; then it says
 * how many more there are. Private to report/.
 */
#ifndef REPORT_BECAUSE_H
#define REPORT_BECAUSE_H

#include "report/sections.h"

enum { BECAUSE_KINDS_MAX = 3, BECAUSE_CODES_MAX = 8 };

void because_write(struct writer *writer, const struct group *group);

#endif
