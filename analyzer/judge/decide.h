/*
 * decide.h - from bounds to a verdict: the heart of the promise.
 *
 *     facts:    snapshots 3      managed 1..          (no upper bound: a page is
 * missing) outcomes: pass if managed > 0     true          possible, and ends the walk
 *               fail                    -             not looked at
 *     verdict:  pass                                  whatever the missing page holds
 *
 * Walk the outcomes in order: one whose `when` is true is possible, and ends the walk;
 * unknown, possible; false, not. One possible result is the verdict; several are
 * `unknown`.
 *
 * Whether a `when` holds, where only bounds of facts are known, has three values: a
 * comparison of a fact with a number, of a time with an instant, or with another fact
 * is decided by their bounds; &&, || and ! by Kleene's logic; a part all of whose facts
 * are exact by the ordinary evaluator; everything else, a null or a wrong type is
 * unknown. Facts are taken as independent of each other.
 *
 * Pure: it reads no file, no clock and no evidence.
 */
#ifndef JUDGE_DECIDE_H
#define JUDGE_DECIDE_H

#include "gather/assessment.h"
#include "judge/count.h"
#include "judge/nested.h"

/* What the expressions of a rule see in one cell. */
struct bounds {
    const struct rule *rule;
    const struct fact_value *facts; /* as rule->facts */
    struct str account, region;     /* absent: null */
    json_t *resource;               /* of a rule for each record; else NULL */
    struct str resource_type;
    const struct str *open; /* fields of the resource of which nothing is known */
    size_t open_count;
    struct open_members nested; /* the same below its fields */
    struct jmespath_context *context;
    struct arena *scratch;
    json_t **values; /* for the ordinary evaluator: made when it is first needed */
};

/* What expressions read: account, region, resource, and the exact facts, by name. */
json_t *bounds_values(const struct bounds *bounds);

/* Before anything else is asked; what is made lives in the scratch arena. */
void bounds_init(struct bounds *bounds);

/* Whether an expression all of whose facts are exact does not hold; err says why. */
bool bounds_fail(const struct bounds *bounds, const struct jmespath_node *node,
                 struct error *err);

/* The value of an expression all of whose facts are exact, or NULL. It lives until the
 * next run in the context. */
json_t *bounds_value(const struct bounds *bounds, const struct jmespath_node *node);

/* Whether a condition of the rule holds. */
enum truth bounds_holds(const struct bounds *bounds, const struct jmespath *when);

struct verdict {
    enum result result;
    bool rows[RULE_OUTCOMES_MAX]; /* the outcomes that are possible */
    enum truth
        whens[RULE_OUTCOMES_MAX]; /* of those that were looked at; the rest false */
    bool results[RESULT_COUNT];   /* the results of the possible rows */
};

void decide(const struct bounds *bounds, struct verdict *verdict);

#endif
