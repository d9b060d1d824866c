/*
 * collected_when.h - when the evidence of a finding was collected, as manifests have
 * it.
 *
 *     struct collected_when when = { 0 };
 *     each listing that it rests on:     collected_when_add(&when, listing);
 *     collected_when_says(&when, &reason)
 *
 * What was collected more than a day apart need never have been so at one time: a
 * backup plan of Monday, and the jobs of Friday. No rule can tell, so a finding says it
 * aloud (same-time). So it does of a rule that reads the time of the audit, if that is
 * another: a backup may have been made, or have expired, in between (unchanged-since).
 */
#ifndef EXPLAIN_COLLECTED_WHEN_H
#define EXPLAIN_COLLECTED_WHEN_H

#include "judge/cells.h"

enum { COLLECTED_SECONDS_APART = 24 * 60 * 60, AS_OF_SECONDS_APART = 60 * 60 };

struct collected_when {
    const struct source *first, *last; /* NULL: of none it is told */
    int64_t begun, ended;
    struct str begun_text, ended_text;
};

/* The documents that count. */
void collected_when_add(struct collected_when *when, const struct listing *listing);

/* False: all of it was collected within a day, as far as it is told. */
bool collected_when_says(const struct collected_when *when, struct reason *reason);

/* Whether it was all collected more than an hour before, or after, the time of the
 * audit; absent: no. */
bool collected_when_apart(const struct collected_when *when, struct str as_of,
                          struct reason *reason);

#endif
