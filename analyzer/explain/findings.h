/*
 * findings.h - a finding for each rule in each cell that was asked for.
 *
 * Several threads make them, an account with all its cells each at a time: what was
 * combined of a cell is kept until its account is done, however many rules ask. A
 * finding's place in the list is known before, so that who made which changes nothing.
 */
#ifndef EXPLAIN_FINDINGS_H
#define EXPLAIN_FINDINGS_H

#include "judge/cells.h"

/* Also lists what is missing, and adds the problems of answers that disagree. All lives
 * in the arena. */
void findings_make(struct arena *arena, struct cells *cells,
                   struct assessment *assessment);

#endif
