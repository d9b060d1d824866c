#include "explain/derived.h"

#include "explain/settle.h"
#include "judge/protection.h"
#include "rulebook/derived.h"

bool derived_assignments(const struct judgement *judgement, size_t fact,
                         struct assignments *assignments)
{
    const struct type *type = judgement->rule->facts[fact].type;
    const struct joined *joined = judgement->joined[fact];
    struct arena *scratch = judgement->bounds.scratch;

    if (type == NULL || type->derive == DERIVE_NONE || joined == NULL ||
        joined->kind != KEY_TEXT)
        return false;
    assignments_find(assigner_of(judgement->cells, judgement->cell, scratch),
                     judgement->subject, joined->key, scratch, assignments);
    return true;
}

/* Of a fact that counts states of the subject; else NULL. */
static const struct database_protection *states_of(const struct judgement *judgement,
                                                   size_t fact)
{
    const struct type *type = judgement->rule->facts[fact].type;
    struct ruling *ruling = judgement->ruling->protection;

    if (type == NULL || type->derive != DERIVE_DATABASE_PROTECTION || ruling == NULL ||
        judgement->subject == NULL)
        return NULL;
    return protection_of(judgement->cells, ruling, judgement->cell, judgement->subject,
                         judgement->bounds.scratch);
}

bool derived_by_name(const struct judgement *judgement, size_t fact)
{
    const struct database_protection *database = states_of(judgement, fact);

    return database != NULL && database->states.possible[PROTECTION_IGNORED] &&
           database->is_named_left_over;
}

/* What is asked: of one subject, about the types that its assignments are made of. */
struct asking {
    const struct judgement *judgement;
    struct explanation *said;
};

static const struct type *type_named(const struct asking *asking, const char *name)
{
    return catalog_type(asking->judgement->cells->gathered->measures->catalog,
                        str_from(name));
}

/* The listing of a type; or, of one record, what tells more of it. */
static void ask_for(const struct asking *asking, const char *type_name,
                    struct str parent, struct str record)
{
    const struct judgement *judgement = asking->judgement;
    const struct type *type = type_named(asking, type_name);

    for (size_t i = 0; type != NULL && i < type->call_count; i++) {
        const struct call *call = type->calls[i];
        bool is_detail = call->gives == GIVES_ONE && call->option.text != NULL;
        struct settle settle;

        if (call->gives == GIVES_NOTHING || is_detail != (record.text != NULL))
            continue;
        settle = settle_make(judgement->bounds.scratch, &judgement->cell->scope, call,
                             parent, record);
        explanation_settle(asking->said, &settle);
        return;
    }
}

/* Why it is not known which records of the type there are. */
static void explain_type(const struct asking *asking, const char *type_name)
{
    const struct judgement *judgement = asking->judgement;
    struct judgement universe;

    judge_universe(&universe, judgement->cells, judgement->cell,
                   type_named(asking, type_name), judgement->bounds.scratch);
    explain_fact(&universe, 0, judgement->cell, asking->said);
}

/* What tells the subject's tags, which matter. */
static void explain_tags(const struct asking *asking,
                         const struct assignments *assignments)
{
    const struct str field = STR("TagList"), id = asking->judgement->subject->id;

    if (assignments->tags_differ)
        explanation_reason(asking->said,
                           SAYS(SAY_FIELD_DIFFERS, .texts = { id, field }));
    else
        explanation_reason(asking->said,
                           SAYS(SAY_FIELD_UNKNOWN, .texts = { field, id }));
    ask_for(asking, "AWS::ResourceGroups::TaggedResource", STR_NONE, STR_NONE);
}

static void explain_needs(const struct asking *asking,
                          const struct assignments *assignments,
                          const struct assignment *assignment)
{
    const struct selection_input *of = assignment->of;
    unsigned needs = assignment->result.needs;

    if ((needs & NEEDS_TAGS) != 0 && assignments->tags_differ)
        explain_tags(asking, assignments);
    if ((needs & NEEDS_TAGS) != 0)
        ask_for(asking, "AWS::ResourceGroups::TaggedResource", STR_NONE, STR_NONE);
    if ((needs & NEEDS_OPT_IN) != 0)
        ask_for(asking, "AWS::Backup::RegionSettings", STR_NONE, STR_NONE);
    if ((needs & NEEDS_CRITERIA) != 0)
        ask_for(asking, "AWS::Backup::BackupSelection", of->plan->id, of->id);
    if ((needs & NEEDS_PLAN) != 0)
        ask_for(asking, "AWS::Backup::BackupPlan", STR_NONE, of->plan->id);
}

/* What of a plan that takes the subject is not known: its rules, or their vaults. */
static void explain_plan(const struct asking *asking, const struct plan_input *plan)
{
    explanation_reason(asking->said,
                       SAYS(SAY_FIELD_UNKNOWN, .texts = { STR("Rules"), plan->id }));
    if (plan->rules == NULL)
        ask_for(asking, "AWS::Backup::BackupPlan", STR_NONE, plan->id);
    else
        ask_for(asking, "AWS::Backup::BackupVault", STR_NONE, STR_NONE);
}

/* It takes the subject, if it is there. */
static void explain_existence(const struct asking *asking,
                              const struct selection_input *of)
{
    const struct subject *plan = of->plan->subject;

    if (!of->subject->is_certain)
        explanation_reason(asking->said, SAYS(SAY_MAY_NOT_EXIST, .texts = { of->id }));
    if (plan == NULL || !plan->is_certain)
        explanation_reason(asking->said,
                           SAYS(SAY_MAY_NOT_EXIST, .texts = { of->plan->id }));
}

/* What its evidence contradicts, or is too late for. */
static void explain_doubts(const struct asking *asking,
                           const struct database_protection *database)
{
    const struct str as_of = asking->judgement->cells->gathered->settings->as_of;
    struct str id = asking->judgement->subject->id;

    if (database->is_later)
        explanation_reason(asking->said, SAYS(SAY_AFTER_AS_OF, .texts = { id, as_of }));
    if (database->disagrees)
        explanation_reason(asking->said,
                           SAYS(SAY_DISAGREEMENT_OF_BACKUPS, .texts = { id }));
    if (database->lacks_point)
        explanation_reason(
            asking->said,
            SAYS(SAY_FIELD_UNKNOWN, .texts = { STR("AwsBackupRecoveryPointArn"), id }));
}

/* What of the subject's backups is not known, and matters. */
static void explain_backups(const struct asking *asking, size_t fact,
                            const struct assignments *assignments)
{
    const struct judgement *judgement = asking->judgement;
    struct ruling *ruling = judgement->ruling->protection;
    struct arena *scratch = judgement->bounds.scratch;
    const struct database_protection *database = states_of(judgement, fact);
    const bool *possible;
    struct judgement of;

    if (database == NULL)
        return;
    possible = database->states.possible;
    if (database->untold.text != NULL) {
        explanation_reason(asking->said,
                           SAYS(SAY_FIELD_UNKNOWN,
                                .texts = { database->untold, database->subject->id }));
    } else if (possible[PROTECTION_IGNORED] && database->states.count > 1) {
        explain_tags(asking, assignments);
    }
    if (((possible[PROTECTION_PROTECTED] && possible[PROTECTION_OVERDUE]) ||
         (possible[PROTECTION_PENDING] && possible[PROTECTION_FAILING])) &&
        judgement->cells->gathered->settings->as_of.text == NULL)
        explanation_reason(asking->said, SAYS(SAY_NO_AS_OF));
    explain_doubts(asking, database);
    judge_subject(&of, judgement->cells, ruling, judgement->cell, judgement->subject,
                  scratch);
    if (database->has_backup == HOLDS_MAYBE ||
        (possible[PROTECTION_PROTECTED] && possible[PROTECTION_OVERDUE]))
        explain_fact(&of, FACT_NEWEST, judgement->cell, asking->said);
    if (possible[PROTECTION_PENDING] && possible[PROTECTION_FAILING])
        explain_fact(&of, FACT_LOST_JOBS, judgement->cell, asking->said);
    jmespath_context_reset(ruling->context);
}

void explain_derived(const struct judgement *judgement, size_t fact,
                     struct explanation *said)
{
    const struct asking asking = { judgement, said };
    struct arena *scratch = judgement->bounds.scratch;
    struct assignments assignments;
    const struct plan_input *plans;
    bool is_open, lacks_selections = false;
    size_t count;

    if (!derived_assignments(judgement, fact, &assignments))
        return;
    explain_backups(&asking, fact, &assignments);
    plans = assigner_plans(assigner_of(judgement->cells, judgement->cell, scratch),
                           &count, &is_open);
    if (is_open)
        explain_type(&asking, "AWS::Backup::BackupPlan");
    for (size_t i = 0; i < count; i++)
        lacks_selections = lacks_selections || (!plans[i].has_all_selections &&
                                                plans[i].plan.state != PLAN_DELETED);
    if (lacks_selections || (is_open && count == 0))
        explain_type(&asking, "AWS::Backup::BackupSelection");
    for (size_t i = 0; i < assignments.count; i++) {
        const struct assignment *assignment = &assignments.items[i];
        struct buf because = BUF_EMPTY(scratch);

        if (assignment->is_sure) {
            if (assignment->of->plan->open_count > 0 ||
                assignment->of->plan->rules == NULL)
                explain_plan(&asking, assignment->of->plan);
            continue;
        }
        if (assignment->result.answer == SELECTED) {
            explain_existence(&asking, assignment->of);
            continue;
        }
        assignment_because(assignment, &assignments.database, &because);
        explanation_reason(said,
                           SAYS(SAY_ASSIGNMENT_OPEN,
                                .texts = { assignment->of->id, assignment->of->plan->id,
                                           buf_str(&because) }));
        explain_needs(&asking, &assignments, assignment);
    }
}
