#include "explain/reasons.h"

#include "judge/parents.h"
#include "judge/silence.h"

#include <string.h>

/* ---- of a document -----------------------------------------------------------------
 */

static enum document_state state_of(const struct staging *staging,
                                    const struct staged *staged)
{
    if (staged->ignored)
        return STATE_IGNORED;
    if (staged->mislabelled)
        return STATE_MISLABELLED;
    if (!staged->read)
        return STATE_NOTHING;
    if (staged->identity.text != NULL ||
        (staged->call != NULL && staged->call->gives == GIVES_NOTHING))
        return STATE_CONTEXT;
    return staged_is_complete(staged, NULL, staging->settings->no_filtered)
               ? STATE_COMPLETE
               : STATE_PARTIAL;
}

static void note(struct staging *staging, struct staged *staged, bool holds,
                 enum sentence sentence, uint64_t count)
{
    if (holds)
        staged_reason(staging, staged, SAYS(sentence, .count = count));
}

static void reason_of_taint(struct staging *staging, struct staged *staged)
{
    const struct staged *by = staged->tainted_by;

    if (by == NULL || !staged_is_page(staged) || staged_carries_token(staged))
        return;
    staged_reason(
        staging, staged,
        SAYS(by->token     ? SAY_MAY_BE_LAST_PAGE
             : by->damaged ? SAY_MAY_BE_LAST_PAGE_OF_DAMAGED
                           : SAY_MAY_BE_LAST_PAGE_OF_NOTHING,
             .texts = { by->from == staged->from ? STR("another document of this file")
                                                 : str_from(by->from->source->path) }));
}

static void reasons_of_partial(struct staging *staging, struct staged *staged)
{
    const struct call *call = staged->call;
    bool is_record = staged->single || (call != NULL && call->gives == GIVES_ONE);

    note(staging, staged, is_record, SAY_ONE_RECORD, 0);
    note(staging, staged, !is_record && call == NULL, SAY_CALL_UNTOLD, 0);
    note(staging, staged, staged->bare && staged->untold == 0, SAY_BARE_ARRAY, 0);
    note(staging, staged, staged->strings, SAY_IDS_ONLY, 0);
    note(staging, staged, staged->nested, SAY_NESTED_ARRAY, 0);
    note(staging, staged, staged->values, SAY_VALUES_ONLY, 0);
    note(staging, staged, staged->renamed, SAY_RENAMED_FIELDS, 0);
    note(staging, staged, staged->asked, SAY_ASKED_WITH_OPTION, 0);
    note(staging, staged, staged->crowded, SAY_MANY_ACCOUNTS, STAGED_PLACES_MAX);
    if (call != NULL && call->gives == GIVES_PART && staged->parent.text == NULL)
        staged_reason(staging, staged,
                      SAYS(SAY_PARENT_UNTOLD, .texts = { call->parent_type->title }));
    note(staging, staged, staged->from->breaks_off && !staged->damaged,
         SAY_SOURCE_BREAKS_OFF, 0);
    reason_of_taint(staging, staged);
}

void reasons_of_document(struct staging *staging, struct staged *staged)
{
    uint64_t foreign = staged_foreign(staged);
    uint64_t told = staged->untold + staged->without_answer + staged->without_time +
                    staged->without_field;
    struct reason silence;

    staged->state = state_of(staging, staged);
    if (staged->state == STATE_IGNORED) {
        note(staging, staged, staged->reason_count == 0, SAY_NOT_UNDERSTOOD, 0);
        return;
    }
    if (staged->state == STATE_PARTIAL)
        reasons_of_partial(staging, staged);
    if (staged->state == STATE_CONTEXT && staged->call != NULL &&
        staged->call->gives == GIVES_NOTHING)
        staged_reason(staging, staged,
                      SAYS(SAY_PROVES_NOTHING, .texts = { staged->call->title }));
    note(staging, staged, staged->duplicates > 0, SAY_DUPLICATE_KEY,
         staged->duplicates);
    if (staged->without_answer > 0 && staged->read) {
        staged_reason(staging, staged,
                      SAYS(SAY_NO_ANSWER, .count = staged->without_answer,
                           .line = staged->first_line,
                           .texts = { str_from(staged->first_why) }));
    }
    note(staging, staged, staged->undecided > staged->duplicates + told && staged->read,
         SAY_UNDECIDED_RECORDS, staged->undecided - told);
    if (staged->without_field > 0 && staged->read &&
        silence_of(staging->arena, staged, staging->measures, NULL, &silence))
        staged_reason(staging, staged, &silence);
    note(staging, staged, staged->repeated > 0, SAY_REPEATED_IDS, staged->repeated);
    note(staging, staged, foreign > 0, SAY_FOREIGN_RECORDS, foreign);
}

/* ---- of a finding ------------------------------------------------------------------
 */

struct reason_list {
    struct arena *arena;
    struct reason items[REASONS_MAX];
    size_t count, more;
};

static void add(struct reason_list *list, const struct reason *reason)
{
    for (size_t i = 0; i < list->count; i++)
        if (reason_equal(&list->items[i], reason))
            return;
    if (list->count == REASONS_MAX - 1)
        list->more++;
    else
        list->items[list->count++] = *reason;
}

/* The reason of a document, as one of a finding. */
static void reason_of_source(struct reason_list *list, const struct staged *staged,
                             const struct reason *reason)
{
    struct reason of_source = *reason;

    of_source.path = staged->from->source->path;
    add(list, &of_source);
}

/* Whether the document's reason opens a fact that the document is complete for. */
static bool is_of_records(const struct reason *reason)
{
    enum code code = reason_code(reason);

    return code == CODE_DUPLICATE_KEY || code == CODE_UNDECIDED_RECORDS ||
           code == CODE_NO_ANSWER || code == CODE_REPEATED_IDS;
}

/* Of the fields that this fact reads: the document's own reason is of all facts'. */
static void reason_of_silence(struct reason_list *list, const struct staged *staged,
                              const struct measures *measures,
                              const struct measure *measure)
{
    struct reason reason;

    if (silence_of(list->arena, staged, measures, measure, &reason))
        reason_of_source(list, staged, &reason);
}

/* Whether a record that counts, or may, has no value for the minimum or maximum. */
static bool lacks_value(const struct staged *staged, const struct scope *scope,
                        const struct measure *measure)
{
    for (size_t i = 0; i < staged->bucket_count; i++)
        if (bucket_is_of(staged, &staged->buckets[i], scope) &&
            staged->buckets[i].tallies[measure->slot].open)
            return true;
    return false;
}

static void reasons_of_documents(struct reason_list *list,
                                 const struct measures *measures,
                                 const struct listing *listing,
                                 const struct measure *measure, bool no_filtered)
{
    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];
        uint64_t sure = 0, maybe = 0;
        bool complete =
            staged_is_complete(staged, measure, no_filtered) ||
            (measure != NULL && measure->detail != NULL && staged_is_detail(staged));

        if (measure != NULL && staged->read)
            staged_tally(staged, &listing->cell->scope, measure, &sure, &maybe);
        if (measure != NULL && silence_opens(staged, measure))
            reason_of_silence(list, staged, measures, measure);
        if (measure != NULL && measure->fact->kind != FACT_COUNT && staged->read &&
            lacks_value(staged, &listing->cell->scope, measure))
            reason_of_source(list, staged,
                             SAYS(SAY_NO_VALUE, .texts = { measure->fact->of_text }));
        if (complete && maybe == 0)
            continue;
        for (size_t j = 0; j < staged->reason_count; j++)
            if (reason_code(&staged->reasons[j]) != CODE_SILENT_FIELD &&
                (!complete || is_of_records(&staged->reasons[j])))
                reason_of_source(list, staged, &staged->reasons[j]);
    }
}

static void reasons_of_unlisted(struct reason_list *list, const struct listing *listing,
                                const struct call *call, const struct parents *parents,
                                struct arena *scratch)
{
    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];

        if (staged->call == call && staged->read && staged->parent.text != NULL &&
            !parents_have(parents, staged->parent, scratch)) {
            reason_of_source(
                list, staged,
                SAYS(SAY_PARENT_UNLISTED,
                     .texts = { staged->parent, call->parent_type->title }));
        }
    }
}

static void reasons_of_alike(struct reason_list *list, const struct parents *parents,
                             struct arena *scratch)
{
    struct table ids = TABLE_EMPTY(scratch);

    for (size_t i = 0; i < parents->count; i++) {
        void **slot = table_slot(&ids, name_word(scratch, parents->items[i].id));
        const struct str *other = *slot;

        if (other != NULL)
            add(list,
                SAYS(SAY_PARENTS_ALIKE, .texts = { *other, parents->items[i].id }));
        *slot = &parents->items[i].id;
    }
}

static void reasons_of_parts(struct reason_list *list,
                             const struct judgement *judgement,
                             const struct measure *measure,
                             const struct listing *listing)
{
    const struct type *type = measure->fact->type;
    bool no_filtered = judgement->cells->staging->settings->no_filtered;
    struct arena *scratch = judgement->bounds.scratch;

    for (size_t i = 0; i < type->call_count; i++) {
        const struct call *call = type->calls[i];
        struct parents parents;

        if (call->gives == GIVES_WHOLE)
            return;
        if (call->gives != GIVES_PART)
            continue;
        parents_of(call->parent_type, judgement->cell, scratch, &parents);
        if (!parents.known) {
            add(list, SAYS(SAY_PARENTS_UNKNOWN, .texts = { call->parent_type->title }));
            return;
        }
        for (size_t j = 0; j < parents.count; j++) {
            if (!part_is_complete(listing, call, parents.items[j].id, measure,
                                  no_filtered, scratch))
                add(list, SAYS(SAY_PART_MISSING,
                               .texts = { call->name, parents.items[j].id }));
        }
        reasons_of_alike(list, &parents, scratch);
        reasons_of_unlisted(list, listing, call, &parents, scratch);
        return;
    }
}

static void reasons_of_details(struct reason_list *list,
                               const struct judgement *judgement,
                               const struct measure *measure,
                               const struct listing *listing)
{
    struct arena *scratch = judgement->bounds.scratch;
    struct parents records;

    if (measure->detail == NULL || listing->count == 0)
        return;
    parents_of(measure->fact->type, judgement->cell, scratch, &records);
    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];

        if (records.items != NULL && detail_is_complete(staged) &&
            !parents_have(&records, staged->ids[0], scratch)) {
            reason_of_source(
                list, staged,
                SAYS(SAY_PARENT_UNLISTED,
                     .texts = { staged->ids[0], measure->fact->type->title }));
        }
    }
    if (!records.known)
        add(list, SAYS(SAY_RECORDS_UNKNOWN, .texts = { measure->fact->type->title }));
    for (size_t i = 0; i < records.count && records.known; i++) {
        if (!detail_decides(listing, records.items[i].id, measure))
            add(list, SAYS(SAY_PART_MISSING,
                           .texts = { measure->detail->name, records.items[i].id }));
    }
}

static void reasons_of_cell(struct reason_list *list, const struct judgement *judgement,
                            size_t fact)
{
    const struct cells *cells = judgement->cells;
    const struct measure *measure = judgement->measures[fact];
    const struct type *type = measure->fact->type;
    const struct listing *listing = cell_listing(judgement->cell, type);
    const struct listing *lost = cell_listing(judgement->cell, NULL);
    const struct measures *measures = cells->staging->measures;
    bool no_filtered = cells->staging->settings->no_filtered;
    bool by_region = judgement->rule->for_each == FOR_EACH_ACCOUNT;
    struct str region = by_region ? judgement->cell->scope.region : STR_NONE;

    if (listing->count == 0)
        add(list, SAYS(SAY_MISSING, .texts = { type->title, region }));
    reasons_of_documents(list, measures, listing, measure, no_filtered);
    reasons_of_documents(list, measures, lost, NULL, no_filtered);
    reasons_of_parts(list, judgement, measure, listing);
    reasons_of_details(list, judgement, measure, listing);
    if (judgement->counts[fact].disagrees)
        add(list, SAYS(SAY_DISAGREEMENT, .texts = { type->title }));
}

static void reasons_of_fact(struct reason_list *list, const struct judgement *judgement,
                            size_t fact)
{
    struct cell_list sum;

    cell_sum(judgement->cell, judgement->measures[fact]->fact->type, &sum);
    if (!sum.are_all)
        add(list, SAYS(SAY_REGIONS_UNKNOWN));
    for (size_t i = 0; i < sum.count; i++) {
        struct judgement of_cell = *judgement;

        of_cell.cell = sum.items[i];
        reasons_of_cell(list, &of_cell, fact);
    }
}

/* A condition may have no answer though all facts are known: the time is not, or
 * matches() passes a limit, say. */
static void reasons_without_answer(struct reason_list *list,
                                   const struct judgement *judgement)
{
    const struct rule *rule = judgement->rule;

    if (rule->reads_now && judgement->cells->staging->settings->as_of.text == NULL) {
        add(list, SAYS(SAY_NO_AS_OF));
        return;
    }
    for (size_t i = 0; i < rule->fact_count; i++)
        if (judgement->nones[i])
            return; /* which has no answer, as was said */
    for (size_t i = 0; i < rule->outcome_count; i++) {
        const struct jmespath *when = rule->outcomes[i].when;
        struct error err = { 0 };

        if (when != NULL && bounds_fail(&judgement->bounds, jmespath_root(when), &err))
            add(list, SAYS(SAY_WHEN_NO_ANSWER, .line = rule->outcomes[i].place.line,
                           .texts = { str_copy(list->arena, str_from(err.message)) }));
    }
}

/* What is known is all that can be, and it is not enough: two facts are compared, say,
 * of which each is known between bounds. */
static void reasons_of_bounds(struct reason_list *list,
                              const struct judgement *judgement)
{
    const struct rule *rule = judgement->rule;

    for (size_t i = 0; i < rule->outcome_count; i++) {
        if (judgement->verdict.whens[i] == TRUTH_UNKNOWN)
            add(list, SAYS(SAY_NOT_DECIDED, .line = rule->outcomes[i].place.line));
    }
}

void reasons_of_finding(struct arena *arena, const struct judgement *judgement,
                        struct finding *finding)
{
    struct reason_list list = { .arena = arena };

    for (size_t i = 0; i < judgement->rule->fact_count; i++) {
        if (judgement->opens[i]) {
            reasons_of_fact(&list, judgement, i);
        } else if (judgement->nones[i]) {
            add(&list, SAYS(SAY_NONE, .texts = { judgement->rule->facts[i].name }));
        }
    }
    if (finding->result == RESULT_UNKNOWN) {
        reasons_without_answer(&list, judgement);
        if (list.count == 0)
            reasons_of_bounds(&list, judgement);
    }
    if (list.more > 0)
        list.items[list.count++] = *SAYS(SAY_MORE, .count = list.more);
    finding->reason_count = list.count;
    if (list.count > 0)
        finding->reasons = memcpy(arena_array(arena, list.count, struct reason),
                                  list.items, list.count * sizeof *list.items);
}
