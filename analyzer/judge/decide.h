/*
 * decide.h - from bounds to a verdict: the heart of the promise.
 *
 * Walk the outcomes in order: one whose `when` is true is possible, and ends the walk;
 * unknown, possible; false, not. One possible result is the verdict; several are
 * `unknown`. Pure: it reads no file, no clock and no evidence.
 */
#ifndef JUDGE_DECIDE_H
#define JUDGE_DECIDE_H

#include "judge/bounds.h"

struct verdict {
    enum result result;
    bool rows[RULE_OUTCOMES_MAX]; /* the outcomes that are possible */
    enum truth
        whens[RULE_OUTCOMES_MAX]; /* of those that were looked at; the rest false */
    bool results[RESULT_COUNT];   /* the results of the possible rows */
};

void decide(const struct bounds *bounds, struct verdict *verdict);

#endif
