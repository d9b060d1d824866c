/*
 * evidence_table.h - how many regions of each account have whole answers, by type.
 * Private to report/.
 *
 *     account       regions  DB snapshots  backup plans
 *     100000000001  17 / 17  13 of 17 (!)  17
 *                   |        |             └ all that the rules need of them is told
 *                   |        └ in 4 regions it is not: (!)
 *                   └ of 17 that were to be expected 17 came; "/ ?": nothing tells
 * which
 *
 * A column is a type that the loaded rules read. Where the page is too narrow for all,
 * those that lack nothing anywhere are named in a line, and the others are several
 * tables, one below the other. Without rules, a column is a type that was found, and
 * counts the regions that have a whole answer.
 */
#ifndef REPORT_EVIDENCE_TABLE_H
#define REPORT_EVIDENCE_TABLE_H

#include "report/sections.h"

enum { TABLE_ACCOUNTS_SHOWN = 40 }; /* on a terminal; those that lack something first */

/* The regions of an account that were expected, were delivered, or that the rules lack
 * something of; by name. */
void evidence_regions(struct arena *arena, const struct assessment *assessment,
                      const struct coverage *coverage, struct str_list *regions);

void evidence_table_write(struct writer *writer, bool is_short);

#endif
