/*
 * portion.h - count the records of a document, by the account and the region that
 * their ARNs name; the document's type is told.
 */
#ifndef GATHER_PORTION_H
#define GATHER_PORTION_H

#include "gather/document.h"

/* A record of an account that cannot be the document's is not kept. */
void portion_record(struct gathered *gathered, struct document *document,
                    const struct reduced *reduced);

/* A record that is placed by its ARN and may count, whatever its fields say. */
void portion_unproven(struct gathered *gathered, struct document *document,
                      const struct reduced *reduced);

/* Records of which no more is known than that they are there: each may count. */
void portion_undecided(struct gathered *gathered, struct document *document,
                       uint64_t count);

#endif
