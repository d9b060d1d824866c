#include "judge/kinds.h"

#include <math.h>

static void add(const struct judgement *judgement, struct fact_value *values)
{
    const struct verdict *verdict = &judgement->verdict;
    size_t count = judgement->rule->outcome_count, possible = 0;

    for (size_t i = 0; i < count; i++)
        possible += verdict->rows[i];
    for (size_t i = 0; i < count; i++) {
        if (!verdict->rows[i])
            continue;
        values[i].at_most++;
        if (possible == 1 && judgement->subject->is_certain)
            values[i].at_least++;
    }
}

void kinds_count(const struct cells *cells, const struct ruling *ruling,
                 const struct cell *cell, struct fact_value *values)
{
    const struct rule *rule = ruling->rule;
    struct arena scratch = ARENA_EMPTY;
    bool is_open = false;

    for (size_t i = 0; i < rule->outcome_count; i++)
        values[i] = (struct fact_value){ 0 };
    for (size_t i = 0; i < rule->subject_count; i++) {
        const struct subjects *subjects =
            subjects_of(cells, cell, rule->subjects[i], &scratch);

        is_open = is_open || subjects->is_open;
        for (size_t j = 0; j < subjects->count; j++) {
            struct judgement judgement;

            judge_subject(&judgement, cells, ruling, cell, subjects->items[j],
                          &scratch);
            add(&judgement, values);
            jmespath_context_reset(ruling->context);
            arena_reset(&scratch);
        }
    }
    for (size_t i = 0; i < rule->outcome_count && is_open; i++)
        values[i].at_most = INFINITY;
    arena_release(&scratch);
}
