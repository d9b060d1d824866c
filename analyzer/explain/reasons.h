/*
 * reasons.h - why a document is not complete, and why a finding is unknown: stable
 * codes, each with a sentence.
 *
 * The codes are in codes.h, and kept from version to version.
 * Limits: REASONS_MAX a finding; what is more is counted in its last one.
 */
#ifndef EXPLAIN_REASONS_H
#define EXPLAIN_REASONS_H

#include "judge/judgement.h"

enum { REASONS_MAX = 12 };

/* Sets the document's state, and adds the reasons for it. */
void reasons_of_document(struct staging *staging, struct staged *staged);

void reasons_of_finding(struct arena *arena, const struct judgement *judgement,
                        struct finding *finding);

#endif
