/*
 * named.h - the cells that paths name: those of folders and of files, even of a folder
 * without any.
 *
 * A path names a cell if its words tell one account and one region (find/words.h), or
 * --path-pattern does. What stands above the folder that places the files names none:
 * in 111122223333/audit-of-444455556666/us-east-1/ the first is whose audit it is, say,
 * and the words of a folder that are not those of what lies below it are beaten.
 */
#ifndef JUDGE_NAMED_H
#define JUDGE_NAMED_H

#include "judge/cells.h"

/* Makes the cells, which are judged, and the accounts that folders name. */
void named_find(struct cells *cells, const struct source_list *sources);

#endif
