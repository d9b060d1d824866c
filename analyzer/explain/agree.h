/*
 * agree.h - findings, and rows of the matrix, that hold with and without what lists of
 * the collection state.
 *
 *     agree(arena, &without, &assessment);
 *
 * `without` is what the same evidence comes to as if there were no lists (aside.h). A
 * finding that is decided otherwise there is not decided: where it is unknown there, it
 * is that finding; else it is unknown which of the two holds. So a list turns no
 * verdict, and makes none. A database's row has every state that it has in either. (A
 * place that only a lost file names has no finding there.)
 */
#ifndef EXPLAIN_AGREE_H
#define EXPLAIN_AGREE_H

#include "gather/assessment.h"

void agree(struct arena *arena, const struct assessment *without,
           struct assessment *assessment);

#endif
