/*
 * summarize.h - what each source and document of the evidence came to, and why a
 * document is not complete.
 *
 * A document's state is that of all facts: `complete` is what all of them may rest on.
 * What a finding says of a fact takes its reasons from here (explain.h), so this comes
 * first.
 */
#ifndef EXPLAIN_SUMMARIZE_H
#define EXPLAIN_SUMMARIZE_H

#include "gather/document.h"

/* Sets the states and reasons of all documents, and the assessment's sources; counts
 * them in its summary. */
void summarize(struct arena *arena, const struct source_list *sources,
               struct gathered *gathered, struct assessment *assessment);

#endif
