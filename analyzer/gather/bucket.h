/*
 * bucket.h - count the records of a staged document, by the account and the region that
 * their ARNs name: for every measure of the document's type, which is told.
 */
#ifndef GATHER_BUCKET_H
#define GATHER_BUCKET_H

#include "gather/staged.h"

/* A record of an account that cannot be the document's is not kept. */
void bucket_record(struct staging *staging, struct staged *staged,
                   const struct record *record);

/* A record that is placed by its ARN and may count, whatever its fields say. */
void bucket_unproven(struct staging *staging, struct staged *staged,
                     const struct record *record);

/* What its records say turned out to be judged by what another call prints: each of
 * them may count. */
void bucket_forget(struct staged *staged, const struct measures *measures);

/* Records of which no more is known than that they are there: each may count. */
void bucket_undecided(struct staging *staging, struct staged *staged, uint64_t count);

#endif
