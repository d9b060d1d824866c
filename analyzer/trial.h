/*
 * trial.h - run one of a rule's own tests.
 *
 *     rule's test ─ written as JSON ─ reader ─ documents ─ judge ─ result
 *
 * A test goes the way of all evidence: its records are written as answers of AWS, one a
 * type, and read again by the reader that reads files. Only the catalog is the test's
 * own, since a test says what an account has, and not which calls told it: each type
 * that the test names has one call there, which lists it whole. That call is silent
 * about what the records leave out though AWS always prints it, and about what the
 * type's real listing never prints: neither is absent, both are not known.
 */
#ifndef TRIAL_H
#define TRIAL_H

#include "rulebook/rulebook.h"

/* What the rule says; of one for each record, of one of them. */
struct trial_finding {
    struct str resource; /* its id; "*": those that the test does not show; absent: it
                            says it of the scope */
    enum result result;
    const char *message;
    const char
        *facts; /* what is known of each, "snapshots 3, managed at least 1"; or "" */
    const struct outcome *outcome; /* the rule's, that alone is possible; or NULL */
    bool is_expected;
};

/* In the arena that was given. */
struct trial {
    bool holds; /* the findings are the expected ones, and no others */
    struct trial_finding *findings;
    size_t count;
};

/* Judges the test's evidence in one region of one account, as `scan` would. */
void trial_run(struct arena *arena, const struct catalog *catalog,
               const struct rule *rule, const struct rule_test *test,
               struct trial *trial);

#endif
