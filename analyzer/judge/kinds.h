/*
 * kinds.h - how many records of a cell are of which kind.
 *
 *     kinds:   - stopped, when resource.DBInstanceStatus == 'stopped'
 *              - taken                       records that are nothing before
 *
 *     a  stopped                       stopped  1
 *     b  taken                         taken    1 to 2
 *     c  may be either: no status      both, if there may be other records: no upper
 *                                      bound
 *
 * A rule about each record, whose outcomes are kinds, is judged for each (judgement.h),
 * and what is possible is added up.
 *
 * Memory: scratch only, of one record.
 */
#ifndef JUDGE_KINDS_H
#define JUDGE_KINDS_H

#include "judge/judgement.h"

/* `values`: one an outcome of the ruling's rule. */
void kinds_count(const struct cells *cells, const struct ruling *ruling,
                 const struct cell *cell, struct fact_value *values);

#endif
