#include "trial.h"

#include "explain/message.h"
#include "judge/judgement.h"
#include "judge/known.h"
#include "judge/place.h"
#include "reading.h"

#include <stdlib.h>

/* Where a test's evidence is from: no rule can tell which account it judges. */
#define TEST_ACCOUNT "123456789012"
#define TEST_REGION  "us-east-1"
#define TEST_FOLDER  TEST_ACCOUNT "/" TEST_REGION
#define TEST_FILE    "test.json"

static bool all_have(const json_t *records, struct str field)
{
    for (size_t i = 0; i < json_array_size(records); i++)
        if (json_object_getn(json_array_get(records, i), field.text, field.len) == NULL)
            return false;
    return true;
}

/* Of those that all have, null says that they are absent. */
static void note_silent(struct call *call, const json_t *records, struct str field)
{
    if (!all_have(records, field) && !str_list_has(&call->silent, field))
        call->silent.items[call->silent.count++] = field;
}

/* Of what lists the type; NULL: no call does, or there is none. */
static const struct str_list *silent_of_listing(const struct type *type)
{
    for (size_t i = 0; i < type->call_count; i++)
        if (type->calls[i]->gives == GIVES_WHOLE || type->calls[i]->gives == GIVES_PART)
            return &type->calls[i]->silent;
    return NULL;
}

static void put_listing(struct catalog *own, struct type *type,
                        const struct rule_test_evidence *evidence)
{
    const struct str_list *silent = silent_of_listing(evidence->type);
    size_t count = type->always_count + (silent != NULL ? silent->count : 0);
    struct call *call = arena_new(own->arena, struct call);
    const struct call **calls = arena_array(own->arena, 1, const struct call *);

    *call = (struct call){
        .type = type,
        .name = type->name,
        .service = STR("test"),
        .operation = type->name,
        .list = type->name,
        .gives = GIVES_WHOLE,
        .silent = { .items = arena_array(own->arena, count, struct str) },
    };
    for (size_t i = 0; i < type->always_count; i++)
        note_silent(call, evidence->records, type->always[i].name);
    for (size_t i = 0; silent != NULL && i < silent->count; i++)
        note_silent(call, evidence->records, silent->items[i]);
    *calls = call;
    type->calls = calls;
    type->call_count = 1;
    catalog_put_call(own, call);
}

static const struct rule_test_evidence *evidence_of(const struct rule_test *test,
                                                    const struct type *type)
{
    for (size_t i = 0; i < test->evidence_count; i++)
        if (test->evidence[i].type == type)
            return &test->evidence[i];
    return NULL;
}

/* Of a type that the test does not name only the parents are told by the catalog, since
 * without any plan there is no selection of one. */
static void put_parts(struct catalog *own, struct type *types, const struct type *from)
{
    struct type *type = &types[from->index];
    const struct call **calls =
        arena_array(own->arena, from->call_count, const struct call *);

    type->calls = calls;
    for (size_t i = 0; i < from->call_count; i++) {
        struct call *call;

        if (from->calls[i]->gives != GIVES_PART)
            continue;
        call = arena_new(own->arena, struct call);
        *call = *from->calls[i];
        call->type = type;
        call->parent_type = &types[call->parent_type->index];
        calls[type->call_count++] = call;
        catalog_put_call(own, call);
    }
}

/* The types of the catalog, by their numbers there, without what places their records.
 */
static struct catalog *catalog_of_test(struct arena *arena,
                                       const struct catalog *catalog,
                                       const struct rule_test *test)
{
    struct catalog *own = catalog_new(arena);
    struct type *types = arena_array(arena, catalog->type_count, struct type);
    struct mistakes mistakes = MISTAKES_EMPTY(arena);

    for (size_t i = 0; i < catalog->type_count; i++) {
        const struct type *from = catalog->types[i];
        const struct rule_test_evidence *evidence = evidence_of(test, from);

        types[i] = *from;
        types[i].arn = STR_NONE;
        types[i].told_by = (struct str_list){ 0 };
        types[i].call_count = 0;
        catalog_put_type(own, &types[i]);
        if (evidence != NULL)
            put_listing(own, &types[i], evidence);
        else
            put_parts(own, types, from);
    }
    catalog_finish(own, &mistakes);
    return own;
}

/* The rule over that catalog, with the parameters that the test sets. */
static const struct rule *rule_of_test(struct arena *arena, const struct rule *rule,
                                       const struct catalog *own,
                                       const struct rule_test *test)
{
    struct rule *copy = arena_new(arena, struct rule);
    struct fact *facts = arena_array(arena, rule->fact_count, struct fact);
    const struct type **subjects =
        arena_array(arena, rule->subject_count, const struct type *);

    *copy = *rule;
    if (test->parameters != NULL)
        copy->parameters = test->parameters;
    copy->facts = facts;
    copy->subjects = subjects;
    for (size_t i = 0; i < rule->subject_count; i++)
        subjects[i] = own->types[rule->subjects[i]->index];
    for (size_t i = 0; i < rule->fact_count; i++) {
        facts[i] = rule->facts[i];
        if (facts[i].type != NULL)
            facts[i].type = own->types[facts[i].type->index];
        if (facts[i].bound_to != NULL)
            facts[i].bound_to = copy;
    }
    return copy;
}

/* The test's answers, one after the other. */
static struct str text_of_test(struct arena *arena, const struct rule_test *test)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < test->evidence_count; i++) {
        const struct rule_test_evidence *evidence = &test->evidence[i];
        char *records = json_dumps(evidence->records, 0);

        buf_printf(&buf, "{\"%.*s\": %s%s}\n", STR_ARG(evidence->type->name), records,
                   evidence->partial ? ", \"NextToken\": \"more\"" : "");
        free(records);
    }
    return buf_str(&buf);
}

/* What is judged with: read and placed, and the only cell of it. */
struct trial_run {
    struct arena *own;
    const struct cells *cells;
    const struct cell *cell;
    struct ruling ruling;
    struct trial *trial;
    size_t capacity; /* of its findings */
};

static void read_test(struct trial_run *run, const struct rulebook *book,
                      const struct rule_test *test)
{
    static const struct scope scope = {
        .account = { TEST_ACCOUNT, sizeof TEST_ACCOUNT - 1 },
        .region = { TEST_REGION, sizeof TEST_REGION - 1 }
    };
    static const struct source source = {
        .path = TEST_FOLDER "/" TEST_FILE,
        .folder = { TEST_FOLDER, sizeof TEST_FOLDER - 1 },
        .file_name = { TEST_FILE, sizeof TEST_FILE - 1 },
    };
    struct arena *own = run->own;
    struct settings *settings = arena_new(own, struct settings);
    const struct measures *measures = measures_new(own, book);
    const struct source_list none = { 0 };
    struct reading *reading;
    struct gathered *gathered;
    struct cells *cells;
    struct cell *cell;

    *settings = (struct settings){ .as_of = test->as_of };
    reading = reading_new(own, measures, measures_layout(own, measures), settings);
    gathered = reading_gathered(reading);
    if (test->evidence_count > 0)
        reading_text(reading, &source, text_of_test(own, test));
    place(gathered);
    count_documents(gathered);
    cells = cells_new(own, &none, gathered);
    cell = cells_get(cells, &scope);
    cell->known = known_new(own);
    ruling_init(own, gathered, book->rules[0], &run->ruling);
    run->ruling.joins = joins_new(own, gathered);
    run->cells = cells;
    run->cell = cell;
    reading_end(reading);
}

/* The next, in the trial's arena. */
static struct trial_finding *add(struct trial_run *run, struct arena *arena,
                                 struct str resource, enum result result,
                                 const char *message)
{
    struct trial *trial = run->trial;
    struct trial_finding *finding;

    trial->findings = arena_grow(arena, trial->findings, trial->count, &run->capacity,
                                 sizeof *trial->findings);
    finding = &trial->findings[trial->count++];
    *finding = (struct trial_finding){
        .resource = resource.text != NULL ? str_copy(arena, resource) : resource,
        .result = result,
        .message = str_copy(arena, str_from(message)).text,
        .facts = "",
    };
    return finding;
}

static const char *facts_text(struct arena *arena, const struct judgement *judgement)
{
    const struct rule *rule = judgement->rule;
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < rule->fact_count; i++) {
        buf_printf(&buf, "%s%.*s ", i > 0 ? ", " : "", STR_ARG(rule->facts[i].name));
        fact_write(&rule->facts[i], &judgement->values[i], &buf);
    }
    return buf_str(&buf).text;
}

/* The row that is possible if it is the only one; NULL: there are several. */
static const struct outcome *only_outcome(const struct judgement *judgement)
{
    const struct rule *rule = judgement->rule;
    const struct outcome *only = NULL;

    for (size_t i = 0; i < rule->outcome_count; i++) {
        if (!judgement->verdict.rows[i])
            continue;
        if (only != NULL)
            return NULL;
        only = &rule->outcomes[i];
    }
    return only;
}

static void add_judged(struct trial_run *run, struct arena *arena,
                       const struct judgement *judgement)
{
    const struct subject *subject = judgement->subject;
    bool is_certain = subject == NULL || subject->is_certain;
    struct trial_finding *finding;

    finding = add(run, arena, subject != NULL ? subject->id : STR_NONE,
                  is_certain ? judgement->verdict.result : RESULT_UNKNOWN,
                  message_write(run->own, &judgement->bounds, &judgement->verdict));
    finding->facts = facts_text(arena, judgement);
    finding->outcome = only_outcome(judgement);
    jmespath_context_reset(run->ruling.context);
}

static void judge_records(struct trial_run *run, struct arena *arena,
                          const struct rule *rule)
{
    bool is_open = false;

    for (size_t i = 0; i < rule->subject_count; i++) {
        const struct subjects *subjects =
            subjects_of(run->cells, run->cell, rule->subjects[i], run->own);

        is_open = is_open || subjects->is_open;
        for (size_t j = 0; j < subjects->count; j++) {
            struct judgement judgement;

            judge_subject(&judgement, run->cells, &run->ruling, run->cell,
                          subjects->items[j], run->own);
            add_judged(run, arena, &judgement);
        }
    }
    if (is_open)
        add(run, arena, STR("*"), RESULT_UNKNOWN, "there may be others");
    else if (run->trial->count == 0)
        add(run, arena, STR_NONE, RESULT_NOT_APPLICABLE, "there are none");
}

/* Without a resource, as "*": what is said of the scope, or of all that is not shown.
 */
static bool is_expected(const struct rule_test *test,
                        const struct trial_finding *finding)
{
    struct str resource = finding->resource;

    if (test->expects[0].resource.text == NULL)
        return finding->result == test->expects[0].result;
    if (resource.text == NULL)
        resource = STR("*");
    for (size_t i = 0; i < test->expect_count; i++)
        if (str_equal(test->expects[i].resource, resource))
            return finding->result == test->expects[i].result;
    return false;
}

static bool holds(const struct rule_test *test, const struct trial *trial)
{
    bool all = true;

    for (size_t i = 0; i < trial->count; i++) {
        struct trial_finding *finding = &trial->findings[i];

        finding->is_expected = is_expected(test, finding);
        all = all && finding->is_expected;
    }
    return all && trial->count > 0 &&
           (test->expects[0].resource.text == NULL ||
            trial->count == test->expect_count);
}

void trial_run(struct arena *arena, const struct catalog *catalog,
               const struct rule *rule, const struct rule_test *test,
               struct trial *trial)
{
    struct arena own = ARENA_EMPTY;
    const struct catalog *of_test = catalog_of_test(&own, catalog, test);
    const struct rule *ruled = rule_of_test(&own, rule, of_test, test);
    const struct rulebook book = { .catalog = of_test, .rules = &ruled, .count = 1 };
    struct trial_run run = { .own = &own, .trial = trial };

    *trial = (struct trial){ 0 };
    read_test(&run, &book, test);
    if (rule->for_each == FOR_EACH_RECORD) {
        judge_records(&run, arena, ruled);
    } else {
        struct judgement judgement;

        judge(&judgement, run.cells, &run.ruling, run.cell, &own);
        add_judged(&run, arena, &judgement);
    }
    trial->holds = holds(test, trial);
    arena_release(&own);
}
