/*
 * draft.h - count the records of one document while they pass.
 *
 *     struct draft *draft = draft_new(staging);
 *     draft_begin(draft, source);
 *     for each record:   draft_record(draft, item.document, item.record);
 *     at its end:        staged = draft_end(draft, item.document);
 *
 * Lifetime: the staged document lives in the staging's arena; a draft is used again for
 * the next document.
 * What a document is (its type and call), kind.h tells.
 */
#ifndef GATHER_DRAFT_H
#define GATHER_DRAFT_H

#include "gather/staged.h"

struct draft;

struct draft *draft_new(struct staging *staging);
void draft_begin(struct draft *draft, struct staged_source *source);

/* `so_far` is what is known of the document: its kind and list. */
void draft_record(struct draft *draft, const struct document *so_far,
                  const struct record *record);

/* Ends the document and adds it to its source; says its problems. */
struct staged *draft_end(struct draft *draft, const struct document *document);

#endif
