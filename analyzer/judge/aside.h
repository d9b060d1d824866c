/*
 * aside.h - the evidence as it is without the lists of its collection.
 *
 * Who wrote a manifest, or an exit status beside an answer, is not known. So both can
 * only weaken: to hold it, a run that has any is judged twice.
 *
 *     aside = lists_put_aside(arena, gathered);     NULL: they state nothing
 *     place(gathered), chains_join() ...            as if there were none
 *     lists_put_back(aside, gathered);
 *     place(gathered), chains_join() ...            the findings that count, as long as
 *                                                   the first ones agree
 *
 * To weaken one of two answers that contradict each other would else settle which of
 * them is right.
 *
 * Pages that a manifest chains (chains.h) are one listing both times: that is the one
 * thing by which it makes more of evidence, and findings name it.
 *
 * What counts of records is the same both times (count.h), and stays. Lifetime: the
 * arena's.
 */
#ifndef JUDGE_ASIDE_H
#define JUDGE_ASIDE_H

#include "gather/document.h"

struct aside;

struct aside *lists_put_aside(struct arena *arena, struct gathered *gathered);
void lists_put_back(struct aside *aside, struct gathered *gathered);

#endif
