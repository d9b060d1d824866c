#include "explain/trial.h"

#include "explain/message.h"
#include "gather/draft.h"
#include "judge/judgement.h"

/* What lists the type: NULL, if none of its calls does. */
static const struct call *listing_call(const struct type *type)
{
    for (size_t i = 0; i < type->call_count; i++)
        if (type->calls[i]->gives == GIVES_WHOLE || type->calls[i]->gives == GIVES_PART)
            return type->calls[i];
    return NULL;
}

/* Stages the test's records of one type as the whole listing of it, whatever its calls
 * answer. What the listing is silent about stands in a record that has it. */
static void stage(struct staging *staging, const struct rule_test_evidence *evidence,
                  const struct source *source)
{
    struct staged_source *from = staging_source(staging, source);
    struct draft *draft = draft_new(staging);
    struct document document = { .kind = DOCUMENT_OBJECT };
    struct call *whole = arena_new(staging->arena, struct call);
    struct staged *staged;

    *whole = (struct call){ .type = evidence->type, .gives = GIVES_WHOLE };
    if (listing_call(evidence->type) != NULL)
        whole->silent = listing_call(evidence->type)->silent;
    staging->trial_call = whole;
    draft_begin(draft, from);
    for (size_t i = 0; i < json_array_size(evidence->records); i++) {
        struct record record = { .kind = RECORD_OBJECT,
                                 .made = json_array_get(evidence->records, i),
                                 .index = i };

        draft_record(draft, &document, &record);
    }
    staged = draft_end(draft, &document);
    staged->read = true;
    staged->token = evidence->partial;
}

void trial_run(struct arena *arena, const struct catalog *catalog,
               const struct rule *rule, const struct rule_test *test,
               struct trial *trial)
{
    const struct settings settings = { 0 };
    const struct rulebook book = { .catalog = catalog, .rules = &rule, .count = 1 };
    const struct source source = { .path = "-" };
    const struct scope scope = { .source = "-" };
    const struct measures *measures = measures_new(arena, &book);
    struct staging *staging = staging_new(arena, measures, &settings);
    struct arena scratch = ARENA_EMPTY;
    struct judgement judgement;

    staging->trial = test;
    for (size_t i = 0; i < test->evidence_count; i++)
        stage(staging, &test->evidence[i], &source);
    judge(&judgement, holdings_new(arena, staging), rule, &scope, &scratch);
    trial->result = judgement.verdict.result;
    trial->holds = trial->result == test->expect;
    trial->message = message_write(arena, &judgement.bounds, &judgement.verdict);
    arena_release(&scratch);
}
