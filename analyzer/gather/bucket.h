/*
 * bucket.h - count the records of a staged document, by the account and the region that
 * their ARNs name; the document's type is told.
 */
#ifndef GATHER_BUCKET_H
#define GATHER_BUCKET_H

#include "gather/staged.h"

/* A record of an account that cannot be the document's is not kept. */
void bucket_record(struct staging *staging, struct staged *staged,
                   const struct reduced *reduced);

/* A record that is placed by its ARN and may count, whatever its fields say. */
void bucket_unproven(struct staging *staging, struct staged *staged,
                     const struct reduced *reduced);

/* Records of which no more is known than that they are there: each may count. */
void bucket_undecided(struct staging *staging, struct staged *staged, uint64_t count);

#endif
