/*
 * waive.h - a fail that people have accepted is waived (gather/waivers.h).
 *
 *     fail, and a waiver is of it ─► waived, with the waiver
 *     any other result            ─► as it is: nobody accepts what nobody knows
 *
 *     a waiver that is       is it applied?   is a problem
 *     too broad, expired     no               waiver-broad, waiver-expired
 *     of nothing             to nothing       waiver-unused
 *
 * Of several waivers of a finding the first in the file counts. A waiver is of
 * something if a finding that it is of fails or is unknown. So that nothing is called
 * unused for want of evidence, what is unknown, or is judged on its own, may be of
 * anything that it does not tell: of records that no evidence shows, of any account. A
 * waiver of rules that do not run, or of accounts and regions that --account and
 * --region leave out, is not called unused.
 *
 * It depends on the finding and the waivers alone. Cost: by findings plus waivers, but
 * for those waivers whose globs have to be tried.
 */
#ifndef EXPLAIN_WAIVE_H
#define EXPLAIN_WAIVE_H

#include "gather/problems.h"

/* In place of the assessment's findings come others; its settings and rules are there.
 * Counts what is stale in its summary. Without settings->waivers_read nothing changes.
 */
void waive(struct arena *arena, struct assessment *assessment,
           struct problems *problems);

#endif
