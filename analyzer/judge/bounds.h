/*
 * bounds.h - whether an expression over facts holds, when only bounds of them are
 * known.
 *
 * Three values: a comparison of a fact with a number, or of a time with an instant, or
 * with another fact is decided by their bounds; &&, || and ! by Kleene's logic; a part
 * all of whose facts are exact by the ordinary evaluator; everything else, a null or a
 * wrong type is unknown. Facts are taken as independent of each other.
 */
#ifndef JUDGE_BOUNDS_H
#define JUDGE_BOUNDS_H

#include "gather/assessment.h"
#include "judge/count.h"

/* What the expressions of a rule see in one scope. */
struct bounds {
    const struct rule *rule;
    const struct fact_value *facts; /* as rule->facts */
    struct str account, region;     /* absent: null */
    struct jmespath_context *context;
    struct arena *scratch;
    json_t **values; /* for the ordinary evaluator: made when it is first needed */
};

/* Before anything else is asked; what is made lives in the scratch arena. */
void bounds_init(struct bounds *bounds);

enum truth bounds_truth(const struct bounds *bounds, const struct jmespath_node *node);

/* Whether an expression all of whose facts are exact does not hold; err says why. */
bool bounds_fail(const struct bounds *bounds, const struct jmespath_node *node,
                 struct error *err);

/* The value of an expression all of whose facts are exact, or NULL. It lives until the
 * next run in the context. */
json_t *bounds_value(const struct bounds *bounds, const struct jmespath_node *node);

#endif
