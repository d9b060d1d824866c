/*
 * where.h - where the findings of a group are: a line an account, with its regions.
 *
 *     FAIL     123456789012  eu-central-1, eu-west-1
 *     FAIL     210987654321  all 17 regions
 *
 * One or two accounts have their regions listed, on as many lines as that takes. Of
 * more, each has one line: as many regions as fit. A finding of a resource, or of a
 * source that tells no account or region, has a line of its own.
 *
 * Limits: WHERE_LINES_MAX lines, and one that says how many findings are left out.
 * Private to report/.
 */
#ifndef REPORT_WHERE_H
#define REPORT_WHERE_H

#include "report/sections.h"

enum {
    WHERE_LINES_MAX = 20,
    WHERE_WRAPPED_MAX = 2, /* accounts whose regions are all listed */
    BODY_COLUMN = 9,       /* the account, and what is said below it */
    REGION_COLUMN = 23,    /* behind 12 digits */
};

struct word {
    const char *text, *colour; /* "FAIL"; "" for none */
};

/* `totals`: how many findings of the rule each account has. */
void where_write(struct writer *writer, const struct group *group,
                 const struct word *word, const struct table *totals);

#endif
