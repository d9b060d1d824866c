#include "judge/decide.h"

#include <assert.h>

static enum result only_result(const struct verdict *verdict)
{
    enum result only = RESULT_COUNT;

    for (int result = 0; result < RESULT_COUNT; result++) {
        if (!verdict->results[result])
            continue;
        if (only != RESULT_COUNT)
            return RESULT_UNKNOWN;
        only = (enum result)result;
    }
    assert(only != RESULT_COUNT);
    return only;
}

void decide(const struct bounds *bounds, struct verdict *verdict)
{
    const struct rule *rule = bounds->rule;

    *verdict = (struct verdict){ 0 };
    for (size_t i = 0; i < rule->outcome_count; i++) {
        const struct jmespath *when = rule->outcomes[i].when;
        enum truth truth =
            when == NULL ? TRUTH_TRUE : bounds_truth(bounds, jmespath_root(when));

        verdict->whens[i] = truth;
        if (truth == TRUTH_FALSE)
            continue;
        verdict->rows[i] = true;
        verdict->results[rule->outcomes[i].result] = true;
        if (truth == TRUTH_TRUE)
            break;
    }
    verdict->result = only_result(verdict);
}
