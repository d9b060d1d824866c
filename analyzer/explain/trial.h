/*
 * trial.h - run one of a rule's own tests.
 */
#ifndef EXPLAIN_TRIAL_H
#define EXPLAIN_TRIAL_H

#include "rulebook/rulebook.h"

struct trial {
    bool holds; /* the result is the expected one */
    enum result result;
    const char *message; /* the finding's */
};

/* Judges the test's evidence in one scope, as `scan` would. */
void trial_run(struct arena *arena, const struct catalog *catalog,
               const struct rule *rule, const struct rule_test *test,
               struct trial *trial);

#endif
