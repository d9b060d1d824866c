#include "judge/judgement.h"

#include "gather/bindings.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* By outcome and fact: whether a `when` reads the fact. */
static const bool *readings_of(struct arena *arena, const struct rule *rule)
{
    bool *reads = arena_array(arena, rule->outcome_count * rule->fact_count, bool);

    for (size_t i = 0; i < rule->outcome_count; i++) {
        const struct jmespath *when = rule->outcomes[i].when;
        struct jmespath_fields fields = { 0 };

        if (when != NULL)
            jmespath_fields(arena, jmespath_root(when), &fields);
        for (size_t j = 0; j < rule->fact_count; j++)
            for (size_t k = 0; k < fields.count; k++)
                if (str_equal(rule->facts[j].name, fields.names[k]))
                    reads[i * rule->fact_count + j] = true;
    }
    return reads;
}

void ruling_init(struct arena *arena, const struct gathered *gathered,
                 const struct rule *rule, struct ruling *ruling)
{
    ruling->rule = rule;
    ruling->reads = readings_of(arena, rule);
    ruling->context = bindings_new(arena, rule, gathered->settings->as_of);
    jmespath_context_strict(ruling->context);
    ruling->measures = arena_array(arena, rule->fact_count, const struct measure *);
    for (size_t i = 0; i < rule->fact_count; i++)
        ruling->measures[i] = measures_find(gathered->measures, &rule->facts[i]);
}

const struct rule *rule_copy(struct arena *arena, const struct rule *rule)
{
    struct rule *copy = arena_new(arena, struct rule);
    struct outcome *outcomes = arena_array(arena, rule->outcome_count, struct outcome);

    *copy = *rule;
    copy->outcomes = outcomes;
    for (size_t i = 0; i < rule->outcome_count; i++) {
        const struct message *message = &rule->outcomes[i].message;
        struct message_part *parts =
            arena_array(arena, message->count, struct message_part);

        outcomes[i] = rule->outcomes[i];
        outcomes[i].message.parts = parts;
        if (outcomes[i].when != NULL)
            outcomes[i].when = jmespath_copy(arena, outcomes[i].when);
        for (size_t j = 0; j < message->count; j++) {
            parts[j] = message->parts[j];
            if (parts[j].expression != NULL)
                parts[j].expression = jmespath_copy(arena, parts[j].expression);
        }
    }
    return copy;
}

static void note_readings(struct judgement *judgement, const bool *reads,
                          enum truth when)
{
    for (size_t i = 0; i < judgement->rule->fact_count; i++) {
        if (!reads[i])
            continue;
        judgement->reads[i] = true;
        if (when != TRUTH_UNKNOWN)
            continue;
        if (judgement->values[i].only_none)
            judgement->nones[i] = true;
        else if (!fact_is_exact(&judgement->values[i]))
            judgement->opens[i] = true;
    }
}

void judge(struct judgement *judgement, const struct cells *cells,
           const struct ruling *ruling, const struct cell *cell, struct arena *scratch)
{
    const struct rule *rule = ruling->rule;

    *judgement = (struct judgement){
        .cells = cells,
        .rule = rule,
        .cell = cell,
        .measures = ruling->measures,
        .counts = arena_array(scratch, rule->fact_count, struct count),
        .values = arena_array(scratch, rule->fact_count, struct fact_value),
        .reads = arena_array(scratch, rule->fact_count, bool),
        .nones = arena_array(scratch, rule->fact_count, bool),
        .opens = arena_array(scratch, rule->fact_count, bool),
    };
    for (size_t i = 0; i < rule->fact_count; i++) {
        combine(cells, ruling->measures[i], cell, scratch, &judgement->counts[i]);
        judgement->values[i] = judgement->counts[i].value;
    }
    judgement->bounds = (struct bounds){ .rule = rule,
                                         .facts = judgement->values,
                                         .account = cell->scope.account,
                                         .region = cell->scope.region,
                                         .context = ruling->context,
                                         .scratch = scratch };
    bounds_init(&judgement->bounds);
    decide(&judgement->bounds, &judgement->verdict);
    for (size_t i = 0; i < rule->outcome_count; i++) {
        enum truth when = judgement->verdict.whens[i];

        note_readings(judgement, ruling->reads + i * rule->fact_count, when);
        if (when == TRUTH_TRUE)
            break;
    }
}

/* What would be known of the fact if its listing were not complete. */
static struct fact_value without_listing(const struct judgement *judgement, size_t fact)
{
    struct fact_value value = judgement->values[fact];

    switch (judgement->rule->facts[fact].kind) {
    case FACT_COUNT:
        value.at_most = INFINITY;
        break;
    case FACT_MAX:
        value.maybe_none = value.maybe_none || value.only_none;
        if (value.only_none)
            value.at_least = -INFINITY;
        value.at_most = INFINITY;
        break;
    case FACT_MIN:
        value.maybe_none = value.maybe_none || value.only_none;
        if (value.only_none)
            value.at_most = INFINITY;
        value.at_least = -INFINITY;
        break;
    }
    value.only_none = false;
    return value;
}

/* What would be known of the fact if nothing were. */
static struct fact_value without_records(enum fact_kind kind)
{
    struct fact_value value = { .at_least = -INFINITY, .at_most = INFINITY };

    value.maybe_none = kind != FACT_COUNT;
    if (kind == FACT_COUNT)
        value.at_least = 0;
    return value;
}

/* Whether the same results are possible with the facts as in `bounds`. */
static bool is_decided_alike(const struct judgement *judgement, struct bounds *bounds)
{
    struct verdict verdict;

    bounds_init(bounds);
    decide(bounds, &verdict);
    return memcmp(verdict.results, judgement->verdict.results,
                  sizeof verdict.results) == 0;
}

void judgement_support(const struct judgement *judgement, const bool *lacks_fields,
                       struct support *support)
{
    size_t fact_count = judgement->rule->fact_count;
    struct bounds bounds = judgement->bounds;
    struct fact_value *values =
        arena_array(bounds.scratch, fact_count, struct fact_value);

    assert(fact_count > 0); /* a rule has some */
    support->upper = arena_array(bounds.scratch, fact_count, bool);
    support->fields = arena_array(bounds.scratch, fact_count, bool);
    memcpy(values, judgement->values, fact_count * sizeof *values);
    bounds.facts = values;
    for (size_t i = 0; i < 2 * fact_count; i++) {
        size_t fact = i % fact_count;
        bool *granted = i < fact_count ? support->upper : support->fields;
        struct fact_value kept = values[fact];

        if (!judgement->reads[fact] || (i >= fact_count && !lacks_fields[fact]))
            continue;
        values[fact] = i < fact_count
                           ? without_listing(judgement, fact)
                           : without_records(judgement->rule->facts[fact].kind);
        granted[fact] = !is_decided_alike(judgement, &bounds);
        if (granted[fact])
            values[fact] = kept;
    }
}
