/*
 * keeper.h - what many findings say alike is kept once.
 *
 * The databases of a region rest on the same files, so that their findings have the
 * same assumptions, and each is cited by each rule. A finding holds pointers; what they
 * point to may be another finding's, too.
 *
 *     keeper_start(&keeper, &arena, &of_account);      before an account is judged
 *     keeper_keep(&keeper, &finding, &scratch);        what it holds of scratch
 *
 * Lifetime: what is kept, the first arena's; what the keeper knows of it, the second's.
 */
#ifndef EXPLAIN_KEEPER_H
#define EXPLAIN_KEEPER_H

#include "base/table.h"
#include "gather/assessment.h"

struct keeper {
    struct arena *arena;
    struct table texts;   /* from a text to where it is kept */
    struct table reasons; /* from a list, whose texts are kept, to that */
};

void keeper_start(struct keeper *keeper, struct arena *arena, struct arena *known);

/* Keeps the assumptions, reasons, commands and citations of the finding, which are in
 * the scratch arena. */
void keeper_keep(struct keeper *keeper, struct finding *finding, struct arena *scratch);

#endif
