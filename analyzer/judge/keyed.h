/*
 * keyed.h - the answers of a listing that may say something of one subject.
 *
 *     of the type recovery point, in a region          of the subject a
 *       list-recovery-points-by-backup-vault             asked: it may have a
 *       list-recovery-points-by-resource--a              asked: it is about a
 *       list-recovery-points-by-resource--b              left out, unless a record in
 * it
 *       ... 100,000 more                                 has the key a all the same
 *
 * Where answers are about one key each (joined_by_key()), there are as many as
 * subjects: each subject asks its own, and those that may be about any.
 *
 *     listing = keyed_listing(measure, cell);     instead of cell_listing(cell, type)
 *
 * Lifetime: that of what the measure asks for its subject (joined.h), or the cell's.
 */
#ifndef JUDGE_KEYED_H
#define JUDGE_KEYED_H

#include "judge/cells.h"
#include "judge/joined.h"

/* Never NULL. In the order of the cell's listing. */
const struct listing *keyed_listing(const struct measure *measure,
                                    const struct cell *cell);

#endif
