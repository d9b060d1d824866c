/*
 * place.h - the account and the region of each document, once all evidence is read.
 *
 * Told by, in this order: --path-pattern; the path; a get-caller-identity answer in the
 * same folder; the records' ARNs; --assume-account and --assume-region. A document
 * whose records belong elsewhere than its path says, or that nothing decides between
 * two, is mislabelled: it decides nothing, but its token or damage still holds for its
 * folder.
 */
#ifndef JUDGE_PLACE_H
#define JUDGE_PLACE_H

#include "gather/document.h"

/* Sets account, region, how each was told, and mislabelled, of every document; says the
 * problems. */
void place(struct gathered *gathered);

#endif
