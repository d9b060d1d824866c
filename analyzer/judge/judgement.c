#include "judge/judgement.h"

#include "gather/bindings.h"
#include "judge/assignments.h"
#include "judge/protection.h"
#include "rulebook/derived.h"

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

static const size_t *firsts_of(struct arena *arena, const struct rule *rule)
{
    size_t *firsts = arena_array(arena, rule->outcome_count, size_t);

    for (size_t i = 0; i < rule->outcome_count; i++)
        firsts[i] = rule_first_fact(arena, rule, i);
    return firsts;
}

static const struct jmespath *copy_or_none(struct arena *arena,
                                           const struct jmespath *expression)
{
    return expression != NULL ? jmespath_copy(arena, expression) : NULL;
}

/* Of a fact that is asked while judging: the others were counted before. */
static struct fact fact_copy(struct arena *arena, const struct fact *fact)
{
    struct fact copy = *fact;

    if (!fact_is_joined(fact))
        return copy;
    copy.of = copy_or_none(arena, fact->of);
    copy.where = copy_or_none(arena, fact->where);
    copy.each = copy_or_none(arena, fact->each);
    copy.join_record = copy_or_none(arena, fact->join_record);
    copy.join_resource = copy_or_none(arena, fact->join_resource);
    return copy;
}

/* Of its key, its list and its filter one reads the subject, seldom more. */
static void subject_fields_of_fact(struct arena *arena, const struct fact *fact,
                                   struct jmespath_fields *fields)
{
    if (fact->type == NULL)
        *fields = fact->each_fields;
    else if (fact->join_resource != NULL)
        *fields = fact->join_resource_fields;
    else if (fact->where != NULL)
        jmespath_fields_of_variable(arena, jmespath_root(fact->where), STR("resource"),
                                    fields);
}

struct ruling *protection_ruling(struct arena *arena, const struct gathered *gathered)
{
    struct ruling *ruling = arena_new(arena, struct ruling);

    ruling_init(arena, gathered, rule_copy(arena, gathered->measures->protection),
                ruling);
    return ruling;
}

void ruling_init(struct arena *arena, const struct gathered *gathered,
                 const struct rule *rule, struct ruling *ruling)
{
    struct fact *facts;

    ruling->rule = rule;
    ruling->protection = rule_reads_derived(rule, DERIVE_DATABASE_PROTECTION)
                             ? protection_ruling(arena, gathered)
                             : NULL;
    ruling->reads = readings_of(arena, rule);
    ruling->firsts = firsts_of(arena, rule);
    ruling->context = bindings_new(arena, rule, gathered->settings->as_of);
    jmespath_context_strict(ruling->context);
    ruling->of_records = bindings_new(arena, rule, gathered->settings->as_of);
    jmespath_context_strict(ruling->of_records);
    ruling->measures = arena_array(arena, rule->fact_count, const struct measure *);
    ruling->facts = facts = arena_array(arena, rule->fact_count, struct fact);
    for (size_t i = 0; i < rule->fact_count; i++) {
        ruling->measures[i] = measures_find(gathered->measures, &rule->facts[i]);
        facts[i] = fact_copy(arena, &rule->facts[i]);
    }
    ruling->of_whens = arena_array(arena, rule->outcome_count, struct jmespath_fields);
    for (size_t i = 0; i < rule->outcome_count; i++)
        if (rule->outcomes[i].when != NULL)
            jmespath_fields_of_field(arena, jmespath_root(rule->outcomes[i].when),
                                     STR("resource"), &ruling->of_whens[i]);
    ruling->of_facts = arena_array(arena, rule->fact_count, struct jmespath_fields);
    for (size_t i = 0; i < rule->fact_count; i++)
        subject_fields_of_fact(arena, &rule->facts[i], &ruling->of_facts[i]);
    ruling->subject_columns = arena_array(arena, rule->subject_count, struct columns);
    for (size_t i = 0; i < rule->subject_count; i++)
        measures_columns(arena, &gathered->measures->by_type[rule->subjects[i]->index],
                         &rule->subject_fields, &ruling->subject_columns[i]);
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

/* A last outcome without a `when` holds because those before it do not. */
static size_t deciding_of(const struct judgement *judgement)
{
    const struct rule *rule = judgement->rule;
    size_t first = rule->fact_count;

    for (size_t i = 0; i < rule->outcome_count; i++) {
        size_t fact = judgement->ruling->firsts[i];

        if (rule->outcomes[i].when == NULL)
            break;
        if (judgement->verdict.whens[i] == TRUTH_TRUE ||
            (judgement->verdict.whens[i] == TRUTH_UNKNOWN && fact < rule->fact_count))
            return fact;
        if (first == rule->fact_count)
            first = fact;
    }
    return first;
}

/* ---- a fact of one subject ---------------------------------------------------------
 */

/* The key of the subject in a join: what its own record says. */
static void take_key(const struct judgement *judgement, struct joined *joined,
                     const struct fact *fact)
{
    const struct merged *merged = &judgement->merged;
    struct error err = { 0 };
    json_t *value;

    if (fact->join_resource == NULL)
        return;
    for (size_t i = 0; i < merged->open_count; i++)
        jmespath_context_open(joined->context, merged->open[i]);
    value = jmespath_run(fact->join_resource, merged->value, joined->context, &err);
    if (value == NULL)
        joined->kind = KEY_UNKNOWN;
    else if (!json_is_string(value))
        joined->kind = KEY_NONE;
    else
        joined->kind = KEY_TEXT;
    if (joined->kind == KEY_TEXT) {
        joined->key =
            str_copy(joined->scratch, (struct str){ json_string_value(value),
                                                    json_string_length(value) });
        joined->key_word = name_word(joined->scratch, joined->key);
    }
    jmespath_context_reset(joined->context);
}

static struct joined *joined_new(const struct judgement *judgement,
                                 const struct ruling *ruling, const struct fact *fact)
{
    struct arena *scratch = judgement->bounds.scratch;
    struct joined *joined = arena_new(scratch, struct joined);

    *joined = (struct joined){
        .joins = ruling->joins,
        .context = ruling->of_records,
        .scratch = scratch,
        .subject = judgement->subject,
        .resource = judgement->merged.value,
        .open = judgement->merged.open,
        .open_count = judgement->merged.open_count,
        .nested = judgement->bounds.nested,
        .tallies = joined_tallies_new(scratch),
        .listings = arena_new(scratch, struct keyed_listing *),
    };
    take_key(judgement, joined, fact);
    return joined;
}

const struct measure *judgement_measure(struct judgement *judgement,
                                        const struct ruling *ruling, size_t fact)
{
    const struct measure *shared = ruling->measures[fact];
    struct measure *own;

    if (shared == NULL || !fact_is_joined(shared->fact))
        return shared; /* NULL, too: of the subject's elements, or derived */
    own = arena_new(judgement->bounds.scratch, struct measure);
    *own = *shared;
    own->fact = &ruling->facts[fact];
    own->joined = joined_new(judgement, ruling, own->fact);
    return own;
}

/* NULL: the rule does not ask, or the subject is no database. */
static const struct database_protection *
protection_for(const struct judgement *judgement, const struct ruling *ruling)
{
    struct ruling *counting = ruling->protection;
    const struct subject *subject = judgement->subject;

    if (counting == NULL || subject == NULL)
        return NULL;
    for (size_t i = 0; i < counting->rule->subject_count; i++) {
        if (counting->rule->subjects[i] != subject->type)
            continue;
        counting->joins = ruling->joins;
        return protection_of(judgement->cells, counting, judgement->cell, subject,
                             judgement->bounds.scratch);
    }
    return NULL;
}

/* Of records one is there, and it is not known which: how many count. */
static void count_one_of(struct tally *tally, size_t records)
{
    uint64_t sure = tally->sure, any = tally->sure + tally->maybe;

    tally->sure = sure > 0 && sure == records;
    tally->maybe = tally->sure == 0 && any > 0;
}

/* Of states that the subject may be in. */
static void count_states(const struct judgement *judgement, const struct joined *joined,
                         const struct database_protection *database,
                         const struct fact *fact, struct tally *tally)
{
    bool is_plain = fact->kind == FACT_COUNT && fact->each == NULL;
    struct made *made;
    size_t count;

    if (database == NULL || !str_same(database->arn, joined->key)) {
        tally->unbounded = tally->open = true;
        return;
    }
    made = protection_made(database, judgement->bounds.scratch, &count);
    for (size_t i = 0; i < count && is_plain; i++)
        made[i].is_sure = true;
    joined_made(joined, fact, made, count, true, tally);
    if (is_plain)
        count_one_of(tally, count);
}

/* Whether it is a field of another type that the rule is about, and of this one not. */
static bool is_of_others(const struct rule *rule, const struct type *type,
                         struct str field)
{
    bool any = false;

    for (size_t i = 0; i < rule->subject_count; i++)
        any = any || type_has_field(rule->subjects[i], field);
    return any && !type_has_field(type, field);
}

/* Of a record that was cut nothing is known of what it lacks, but for what no record of
 * its type has. */
static void close_fields(struct judgement *judgement, bool has_protection)
{
    struct merged *merged = &judgement->merged;
    size_t kept = 0;

    for (size_t i = 0; i < merged->open_count; i++)
        if (!(has_protection && str_equal(merged->open[i], STR(PROTECTION_FIELD))) &&
            !is_of_others(judgement->rule, judgement->subject->type, merged->open[i]))
            merged->open[kept++] = merged->open[i];
    merged->open_count = kept;
}

/* What a message says of the subject's protection: its field Protection, which no
 * evidence has. */
static void add_protection(struct judgement *judgement, const struct ruling *ruling)
{
    const struct database_protection *database = protection_for(judgement, ruling);

    if (database != NULL)
        json_object_set_new(judgement->merged.value, PROTECTION_FIELD,
                            protection_json(database, judgement->bounds.scratch));
    if (judgement->merged.open_count > 0)
        close_fields(judgement, database != NULL);
}

/* Of records that follow from others: which plan takes the subject. */
static void count_derived(struct judgement *judgement, const struct joined *joined,
                          const struct ruling *ruling, const struct fact *fact,
                          struct tally *tally)
{
    struct arena *scratch = judgement->bounds.scratch;
    struct assigner *assigner = assigner_of(judgement->cells, judgement->cell, scratch);
    struct assignments assignments;

    *tally = TALLY_NONE;
    if (joined->kind == KEY_NONE)
        return;
    if (joined->kind != KEY_TEXT || judgement->subject == NULL) {
        tally->unbounded = tally->open = true;
        return;
    }
    if (fact->type->derive == DERIVE_DATABASE_PROTECTION) {
        count_states(judgement, joined, protection_for(judgement, ruling), fact, tally);
        return;
    }
    assignments_find(assigner, judgement->subject, joined->key, scratch, &assignments);
    joined_made(joined, fact, assignments_made(&assignments, scratch),
                assignments.count, assignments.is_closed, tally);
}

static void count_fact(struct judgement *judgement, const struct ruling *ruling,
                       size_t fact)
{
    const struct measure *measure = judgement->measures[fact];
    struct count *count = &judgement->counts[fact];
    const struct fact *own = &ruling->facts[fact];
    struct tally tally;

    if (measure != NULL) {
        combine(judgement->cells, measure, judgement->cell, judgement->bounds.scratch,
                count);
    } else {
        const struct joined *joined = judgement->joined[fact] =
            joined_new(judgement, ruling, own);

        if (own->type != NULL)
            count_derived(judgement, joined, ruling, own, &tally);
        else
            joined_elements(joined, own, bounds_values(&judgement->bounds),
                            judgement->merged.trimmed, &tally);
        *count = (struct count){ 0 };
        tally_value(own, &tally, &count->value);
    }
    judgement->values[fact] = count->value;
}

/* ---- the verdict -------------------------------------------------------------------
 */

static void start(struct judgement *judgement, const struct cells *cells,
                  const struct ruling *ruling, const struct cell *cell,
                  struct arena *scratch)
{
    const struct rule *rule = ruling->rule;

    *judgement = (struct judgement){
        .cells = cells,
        .ruling = ruling,
        .rule = rule,
        .cell = cell,
        .joined = arena_array(scratch, rule->fact_count, const struct joined *),
        .counts = arena_array(scratch, rule->fact_count, struct count),
        .values = arena_array(scratch, rule->fact_count, struct fact_value),
        .reads = arena_array(scratch, rule->fact_count, bool),
        .nones = arena_array(scratch, rule->fact_count, bool),
        .opens = arena_array(scratch, rule->fact_count, bool),
    };
    judgement->bounds = (struct bounds){ .rule = rule,
                                         .account = cell->scope.account,
                                         .region = cell->scope.region,
                                         .context = ruling->context,
                                         .scratch = scratch };
}

static void finish(struct judgement *judgement, const struct ruling *ruling)
{
    const struct rule *rule = ruling->rule;
    struct arena *scratch = judgement->bounds.scratch;
    const struct measure **measures =
        arena_array(scratch, rule->fact_count, const struct measure *);

    judgement->measures = measures;
    bounds_init(&judgement->bounds);
    for (size_t i = 0; i < rule->fact_count; i++) {
        measures[i] = judgement_measure(judgement, ruling, i);
        count_fact(judgement, ruling, i);
    }
    judgement->bounds.facts = judgement->values;
    bounds_init(&judgement->bounds);
    decide(&judgement->bounds, &judgement->verdict);
    judgement->deciding = deciding_of(judgement);
    for (size_t i = 0; i < rule->outcome_count; i++) {
        enum truth when = judgement->verdict.whens[i];

        note_readings(judgement, ruling->reads + i * rule->fact_count, when);
        if (when == TRUTH_TRUE)
            break;
    }
}

void judge(struct judgement *judgement, const struct cells *cells,
           const struct ruling *ruling, const struct cell *cell, struct arena *scratch)
{
    start(judgement, cells, ruling, cell, scratch);
    finish(judgement, ruling);
}

void judge_subject(struct judgement *judgement, const struct cells *cells,
                   const struct ruling *ruling, const struct cell *cell,
                   const struct subject *subject, struct arena *scratch)
{
    const struct rule *rule = ruling->rule;
    size_t of = 0;

    start(judgement, cells, ruling, cell, scratch);
    while (rule->subjects[of] != subject->type)
        of++;
    judgement->subject = subject;
    subject_merge(subject, cells->gathered->measures, &ruling->subject_columns[of],
                  scratch, &judgement->merged);
    nested_open(scratch, judgement->merged.value, judgement->merged.trimmed,
                &judgement->bounds.nested);
    add_protection(judgement, ruling);
    judgement->bounds.resource = judgement->merged.value;
    judgement->bounds.resource_type = subject->type->name;
    judgement->bounds.open = judgement->merged.open;
    judgement->bounds.open_count = judgement->merged.open_count;
    finish(judgement, ruling);
}

void judge_universe(struct judgement *judgement, const struct cells *cells,
                    const struct cell *cell, const struct type *type,
                    struct arena *scratch)
{
    const struct measure **measures = arena_array(scratch, 1, const struct measure *);

    measures[0] = cells->gathered->measures->by_type[type->index].all;
    *judgement = (struct judgement){ .cells = cells,
                                     .cell = cell,
                                     .measures = measures,
                                     .bounds = { .scratch = scratch } };
}

/* ---- what it rests on --------------------------------------------------------------
 */

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

    support->upper = arena_array(bounds.scratch, fact_count, bool);
    support->fields = arena_array(bounds.scratch, fact_count, bool);
    if (fact_count == 0)
        return;
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
