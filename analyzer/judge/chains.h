/*
 * chains.h - pages that a manifest shows to be all of one listing.
 *
 *     FOLDER/manifest.tsv
 *         a.json  ...  aws backup list-backup-plans --max-items 2
 *         b.json  ...  aws backup list-backup-plans --max-items 2 --starting-token T
 *
 *     a.json {"BackupPlans": [1, 2], "NextToken": "T"}   ┐ listing: 1, 2, 3
 *     b.json {"BackupPlans": [3]}                        ┘
 *
 * A page that carries a token says that there is more, and no file says what: so of
 * pages alone nothing is whole. A manifest says by which token a page was asked for.
 * From the page that was asked for without one, each token leads to the next page, up
 * to one that carries none. These are joined to one document, which is as if AWS had
 * printed it whole; where anything is missing, twice or otherwise, they stay pages:
 *
 * - one manifest names all of them, and their commands are the same but for the token
 *   and the size of a page; no other option may have left records out;
 * - each is the only document of its file, whole as it stands, and of the same call,
 *   account, region and parent;
 * - no two pages carry one token, and none is asked for twice by one;
 * - no record is on two pages: then the listing changed while it was read.
 *
 * This is the only word of a manifest that makes a listing more than it is without.
 * Lifetime: the arena's. Memory: 8 bytes a record of these pages, for the moment.
 */
#ifndef JUDGE_CHAINS_H
#define JUDGE_CHAINS_H

#include "gather/document.h"

/* Of documents that have their places and were counted. */
void chains_join(struct arena *arena, struct gathered *gathered);

#endif
