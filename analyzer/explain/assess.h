/*
 * assess.h - from gathered evidence to the assessment: place it, find the cells, judge
 * each rule in each, and say what it rests on.
 *
 * Several threads make findings, an account with all its cells each at a time: what was
 * combined of a cell is kept until its account is done, however many rules ask. A
 * finding's place in the list is known before, so that who made which changes nothing.
 */
#ifndef EXPLAIN_ASSESS_H
#define EXPLAIN_ASSESS_H

#include "judge/judgement.h"

/* Everything in the assessment lives in the arena, which outlives it, as do the sources
 * and what was gathered. False: there is nothing of an account or a region that was
 * asked for.
 */
MUST_USE bool assess(struct arena *arena, const struct rulebook *book,
                     const struct source_list *sources, struct gathered *gathered,
                     struct assessment *assessment, struct error *err);

#endif
