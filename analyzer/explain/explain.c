#include "explain/explain.h"

#include "explain/derived.h"
#include "explain/settle.h"
#include "gather/recognise.h"
#include "judge/keyed.h"
#include "judge/parents.h"
#include "judge/silence.h"

#include <string.h>

/* ---- lists -------------------------------------------------------------------------
 */

void reason_list_add(struct reason_list *list, size_t most, const struct reason *reason)
{
    struct reason *kept;

    for (size_t i = 0; i < list->count; i++)
        if (reason_equal(&list->items[i], reason))
            return;
    if (list->count >= most) {
        list->more++;
        return;
    }
    list->items = arena_grow(list->arena, list->items, list->count, &list->capacity,
                             sizeof *list->items);
    kept = &list->items[list->count++];
    *kept = *reason;
    for (size_t i = 0; i < REASON_TEXTS_MAX; i++)
        if (reason->texts[i].text != NULL)
            kept->texts[i] = str_copy(list->texts, reason->texts[i]);
}

const struct reason *reason_list_keep(const struct reason_list *list,
                                      struct arena *arena)
{
    if (list->count == 0)
        return NULL;
    return memcpy(arena_array(arena, list->count, struct reason), list->items,
                  list->count * sizeof *list->items);
}

void explanation_reason(struct explanation *said, const struct reason *reason)
{
    reason_list_add(&said->reasons, REASONS_MAX - 1, reason);
}

void explanation_settle(struct explanation *said, const struct settle *settle)
{
    struct settle *kept;

    for (size_t i = 0; i < said->settle_count; i++)
        if (strcmp(said->settles[i].command, settle->command) == 0)
            return;
    if (said->settle_count == said->settles_max) {
        said->more_settles = true;
        return;
    }
    said->settles = arena_grow(said->reasons.arena, said->settles, said->settle_count,
                               &said->settle_capacity, sizeof *said->settles);
    kept = &said->settles[said->settle_count++];
    *kept = *settle;
    kept->command = str_copy(said->reasons.texts, str_from(settle->command)).text;
    kept->save_as = str_copy(said->reasons.texts, str_from(settle->save_as)).text;
    if (settle->parent.text != NULL)
        kept->parent = str_copy(said->reasons.texts, settle->parent);
    if (settle->record.text != NULL)
        kept->record = str_copy(said->reasons.texts, settle->record);
}

/* ---- one fact in one cell ----------------------------------------------------------
 */

/* What is asked: why the fact is not exact in the cell. */
struct question {
    const struct settings *settings;
    const struct measures *measures;
    const struct measure *measure;
    const struct cell *cell;
    const struct listing *listing; /* the cell's of the fact's type */
    struct arena *scratch;
    struct explanation *said; /* what answers it */
};

static void say(const struct question *question, const struct reason *reason)
{
    explanation_reason(question->said, reason);
}

static void say_of(const struct question *question, const struct document *document,
                   const struct reason *reason)
{
    struct reason of_source = *reason;

    of_source.path = document->from->source->path;
    say(question, &of_source);
}

/* For what is known of `call`: the parent and the record that it is asked for. */
static void ask_for(const struct question *question, const struct call *call,
                    struct str parent, struct str record)
{
    const struct settle settle =
        settle_make(question->scratch, &question->cell->scope, call, parent, record);

    explanation_settle(question->said, &settle);
}

/* Whether the document's reason opens a fact that the document is complete for. */
static bool is_of_records(const struct reason *reason)
{
    enum code code = reason_code(reason);

    return code == CODE_DUPLICATE_KEY || code == CODE_UNDECIDED_RECORDS ||
           code == CODE_NO_ANSWER || code == CODE_REPEATED_IDS;
}

/* Whether a record that counts, or may, has no value for the minimum or maximum. */
static bool lacks_value(const struct document *document,
                        const struct question *question)
{
    const struct tally *tally;
    size_t next = 0;

    while ((tally = tally_next(document, &question->cell->scope, question->measure,
                               &next)) != NULL)
        if (tally->open)
            return true;
    return false;
}

/* What this fact reads of the document, and does not find. */
static void explain_reading(const struct question *question,
                            const struct document *document)
{
    const struct measure *measure = question->measure;
    struct reason silence;

    if (silence_opens(document, measure) &&
        silence_of(question->scratch, document, question->measures, measure, &silence))
        say_of(question, document, &silence);
    if (measure->fact->kind != FACT_COUNT && document->use == USE_READ &&
        lacks_value(document, question))
        say_of(question, document,
               SAYS(SAY_NO_VALUE, .texts = { measure->fact->of_text }));
}

/* That one record is no listing says nothing of which records there are. */
static bool is_beside(const struct question *question, const struct reason *reason)
{
    const struct measure *measure = question->measure;

    return reason_code(reason) == CODE_ONE_RECORD &&
           measure == question->measures->by_type[measure->fact->type->index].all;
}

/* What the document says of itself, or each of its pages, if it leaves the fact open;
 * of what its call never prints, this fact's own words were said. */
static void explain_document(const struct question *question,
                             const struct document *document, bool is_open)
{
    for (size_t i = 0; i < document->page_count; i++)
        explain_document(question, document->pages[i], is_open);
    for (size_t i = 0; i < document->reason_count; i++) {
        if (reason_code(&document->reasons[i]) != CODE_SILENT_FIELD &&
            reason_code(&document->reasons[i]) != CODE_PAGE &&
            !is_beside(question, &document->reasons[i]) &&
            (is_open || is_of_records(&document->reasons[i])))
            say_of(question, document, &document->reasons[i]);
    }
}

static void explain_documents(const struct question *question)
{
    const struct listing *lost = cell_listing(question->cell, NULL);
    const struct measure *measure = question->measure;

    for (size_t i = 0; i < question->listing->count; i++) {
        const struct document *document = question->listing->items[i];
        bool is_complete =
            document_is_complete(document, measure, question->settings->no_filtered) ||
            (measure->detail != NULL && document_is_detail(document));
        uint64_t sure = 0, maybe = 0;
        /* which of a thing's values is right is not known either */
        bool may_differ = measure->fact->kind != FACT_COUNT && document->repeated > 0;

        if (document->use == USE_READ)
            document_tally(document, &question->cell->scope, measure, &sure, &maybe);
        explain_reading(question, document);
        if (!is_complete || maybe > 0 || may_differ)
            explain_document(question, document, !is_complete);
        if (measure->joined != NULL && maybe > 0)
            say_of(question, document, SAYS(SAY_UNDECIDED_RECORDS, .count = maybe));
    }
    for (size_t i = 0; i < lost->count; i++)
        if (!document_is_complete(lost->items[i], NULL,
                                  question->settings->no_filtered))
            explain_document(question, lost->items[i], true);
}

/* ---- listings in parts ---- */

static const struct call *whole_call(const struct type *type)
{
    for (size_t i = 0; i < type->call_count; i++)
        if (type->calls[i]->gives == GIVES_WHOLE)
            return type->calls[i];
    return NULL;
}

/* What lists the type in parts: rather a call that prints all that the fact reads. */
static const struct call *part_call(const struct measure *measure)
{
    const struct type *type = measure->fact->type;
    const struct call *first = NULL;

    for (size_t i = 0; i < type->call_count; i++) {
        const struct call *call = type->calls[i];

        if (call->gives != GIVES_PART)
            continue;
        if (!measure_reads_any(measure, &call->silent))
            return call;
        if (first == NULL)
            first = call;
    }
    return first;
}

static void explain_alike(const struct question *question,
                          const struct parents *parents)
{
    struct arena *scratch = question->scratch;
    struct table ids = TABLE_EMPTY(scratch);

    for (size_t i = 0; i < parents->count; i++) {
        void **slot = table_slot(&ids, name_word(scratch, parents->items[i].id));
        const struct str *other = *slot;

        if (other != NULL)
            say(question,
                SAYS(SAY_PARENTS_ALIKE, .texts = { *other, parents->items[i].id }));
        *slot = &parents->items[i].id;
    }
}

/* Parts of parents that are not listed: their listing is to be collected again. */
static void explain_unlisted(const struct question *question, const struct call *call,
                             const struct parents *parents)
{
    const struct call *of_parents = whole_call(call->parent_type);
    const struct listing *listing = question->listing;

    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];

        if (document->call != call || document_has(document, DOUBTS_OF_PLACE) ||
            document->parent.text == NULL ||
            parents_have(parents, document->parent, question->scratch))
            continue;
        if (document->use == USE_READ)
            say_of(question, document,
                   SAYS(SAY_PARENT_UNLISTED,
                        .texts = { document->parent, call->parent_type->title }));
        if (of_parents != NULL)
            ask_for(question, of_parents, STR_NONE, STR_NONE);
    }
}

static void explain_parts(const struct question *question, const struct call *call)
{
    const struct call *of_parents = whole_call(call->parent_type);
    const struct parents *parents = parents_of(call->parent_type, question->cell);

    if (!parents->known) {
        say(question, SAYS(SAY_PARENTS_UNKNOWN, .texts = { call->parent_type->title }));
        if (of_parents != NULL)
            ask_for(question, of_parents, STR_NONE, STR_NONE);
        ask_for(question, call, STR_NONE, STR_NONE);
        return;
    }
    for (size_t i = 0; i < parents->count; i++) {
        struct str parent = parents->items[i].id;

        if (part_is_complete(question->listing, call, parent, question->measure,
                             question->settings->no_filtered, question->scratch))
            continue;
        say(question, SAYS(SAY_PART_MISSING, .texts = { call->name, parent }));
        ask_for(question, call, parent, STR_NONE);
    }
    explain_alike(question, parents);
    explain_unlisted(question, call, parents);
}

/* The whole listing is there, and what the fact reads it never prints. */
static bool is_no_help(const struct question *question, const struct call *whole)
{
    const struct measure *measure = question->measure;
    const struct listing *listing = question->listing;

    if (!measure_reads_any(measure, &whole->silent))
        return false;
    for (size_t i = 0; i < listing->count; i++)
        if (listing->items[i]->call == whole &&
            document_is_complete(listing->items[i], measure, true))
            return true;
    return false;
}

static void explain_listing(const struct question *question)
{
    const struct measure *measure = question->measure;
    const struct call *whole = whole_call(measure->fact->type);
    const struct call *part = part_call(measure);

    if (whole == NULL && part != NULL)
        explain_parts(question, part);
    else if (whole != NULL && !is_no_help(question, whole))
        ask_for(question, whole, STR_NONE, STR_NONE);
}

/* ---- details ---- */

static void explain_unlisted_details(const struct question *question,
                                     const struct parents *records)
{

    for (size_t i = 0; i < question->listing->count && records->items != NULL; i++) {
        const struct document *document = question->listing->items[i];

        if (detail_is_complete(document) &&
            !parents_have(records, document->ids[0], question->scratch)) {
            say_of(question, document,
                   SAYS(SAY_PARENT_UNLISTED,
                        .texts = { document->ids[0],
                                   question->measure->fact->type->title }));
        }
    }
}

/* What tells of each record what the listing does not; the listing, if it is not known
 * which records there are. */
static void explain_details(const struct question *question)
{
    const struct call *detail = question->measure->detail;
    const struct type *type = question->measure->fact->type;
    const struct parents *records = parents_of(type, question->cell);

    if (!records->known)
        explain_listing(question);
    explain_unlisted_details(question, records);
    if (!records->known) {
        if (question->listing->count > 0)
            say(question, SAYS(SAY_RECORDS_UNKNOWN, .texts = { type->title }));
        ask_for(question, detail, STR_NONE, STR_NONE);
    }
    for (size_t i = 0; i < records->count && records->known; i++) {
        const struct parent *record = &records->items[i];
        bool is_told = record->type == detail->parent_type;

        if (detail_decides(question->listing, record->id, question->measure))
            continue;
        say(question, SAYS(SAY_PART_MISSING, .texts = { detail->name, record->id }));
        ask_for(question, detail, is_told ? record->of : STR_NONE, record->id);
    }
}

/* ---- all of it ---- */

void explain_fact(const struct judgement *judgement, size_t fact,
                  const struct cell *cell, struct explanation *said)
{
    const struct gathered *gathered = judgement->cells->gathered;
    const struct measure *measure = judgement->measures[fact];
    const struct type *type = measure->fact->type;
    const struct question question = {
        .settings = gathered->settings,
        .measures = gathered->measures,
        .measure = measure,
        .cell = cell,
        .listing = keyed_listing(measure, cell),
        .scratch = judgement->bounds.scratch,
        .said = said,
    };
    struct str region = said->names_regions ? cell->scope.region : STR_NONE;
    struct count count;

    combine(judgement->cells, measure, cell, question.scratch, &count);
    if (fact_is_exact(&count.value))
        return;
    if (cell_listing(cell, type)->count == 0)
        say(&question, SAYS(SAY_MISSING, .texts = { type->title, region }));
    explain_documents(&question);
    if (measure->detail != NULL)
        explain_details(&question);
    else
        explain_listing(&question);
    if (count.disagrees)
        say(&question, SAYS(SAY_DISAGREEMENT, .texts = { type->title }));
}

void explain_regions(const struct judgement *judgement, struct explanation *said)
{
    const struct catalog *catalog = judgement->cells->gathered->measures->catalog;
    const struct type *regions = catalog_type(catalog, STR(REGION_TYPE));
    const struct call *call = regions != NULL ? whole_call(regions) : NULL;
    struct settle settle;

    explanation_reason(said, SAYS(SAY_REGIONS_UNKNOWN));
    if (call == NULL)
        return;
    settle = settle_make(judgement->bounds.scratch, &judgement->cell->scope, call,
                         STR_NONE, STR_NONE);
    explanation_settle(said, &settle);
}

/* ---- a finding ----------------------------------------------------------------------
 */

static void explain_open(const struct judgement *judgement, size_t fact,
                         struct explanation *said)
{
    struct cell_list sum;

    if (judgement->measures[fact] == NULL) {
        explain_derived(judgement, fact, said);
        return; /* else it is of the subject: explain_subject() */
    }
    fact_sum(judgement->cell, judgement->measures[fact]->fact, &sum);
    said->names_regions = sum.are_regions;
    if (!sum.are_all)
        explain_regions(judgement, said);
    for (size_t i = 0; i < sum.count; i++)
        explain_fact(judgement, fact, sum.items[i], said);
}

/* A condition may have no answer though all facts are known: the time is not, or
 * matches() passes a limit, say. */
static void explain_whens(const struct judgement *judgement, struct explanation *said)
{
    const struct rule *rule = judgement->rule;

    if (rule->reads_now && judgement->cells->gathered->settings->as_of.text == NULL) {
        explanation_reason(said, SAYS(SAY_NO_AS_OF));
        return;
    }
    for (size_t i = 0; i < rule->fact_count; i++)
        if (judgement->nones[i])
            return; /* which has no answer, as was said */
    for (size_t i = 0; i < rule->outcome_count; i++) {
        const struct jmespath *when = rule->outcomes[i].when;
        struct error err = { 0 };

        /* of an open field of the subject was said more */
        if (when != NULL &&
            bounds_fail(&judgement->bounds, jmespath_root(when), &err) &&
            jmespath_error_kind(&err) != JMESPATH_ERROR_OPEN)
            explanation_reason(said, SAYS(SAY_WHEN_NO_ANSWER,
                                          .line = rule->outcomes[i].place.line,
                                          .texts = { str_from(err.message) }));
    }
}

/* What is known is all that can be, and it is not enough: two facts are compared, say,
 * of which each is known between bounds. */
static void explain_bounds(const struct judgement *judgement, struct explanation *said)
{
    const struct rule *rule = judgement->rule;

    for (size_t i = 0; i < rule->outcome_count; i++)
        if (judgement->verdict.whens[i] == TRUTH_UNKNOWN)
            explanation_reason(
                said, SAYS(SAY_NOT_DECIDED, .line = rule->outcomes[i].place.line));
}

/* ---- a subject ---- */

/* Whether an outcome that may be is open because of the subject's field. */
static bool reads_field(const struct judgement *judgement, struct str field)
{
    const struct rule *rule = judgement->rule;

    for (size_t i = 0; i < rule->outcome_count; i++)
        if (judgement->verdict.whens[i] == TRUTH_UNKNOWN &&
            jmespath_fields_have(&judgement->ruling->of_whens[i], field))
            return true;
    for (size_t i = 0; i < rule->fact_count; i++)
        if (judgement->opens[i] &&
            jmespath_fields_have(&judgement->ruling->of_facts[i], field))
            return true;
    return false;
}

/* What prints the field: a listing, else what tells of one record. */
static void ask_for_field(const struct judgement *judgement, struct str field,
                          struct explanation *said)
{
    const struct subject *subject = judgement->subject;
    const struct type *type = subject->type;

    for (size_t i = 0; i < type->call_count; i++) {
        const struct call *call = type->calls[i];
        struct settle settle;

        if (call->gives == GIVES_NOTHING || str_list_has(&call->silent, field))
            continue;
        settle =
            settle_make(judgement->bounds.scratch, &judgement->cell->scope, call,
                        STR_NONE, call->gives == GIVES_ONE ? subject->id : STR_NONE);
        explanation_settle(said, &settle);
        return;
    }
}

static void explain_subject(const struct judgement *judgement, struct explanation *said)
{
    const struct subject *subject = judgement->subject;
    const struct merged *merged = &judgement->merged;

    if (!subject->is_certain)
        explanation_reason(said, SAYS(SAY_MAY_NOT_EXIST, .texts = { subject->id }));
    for (size_t i = 0; i < merged->open_count; i++) {
        struct str field = merged->open[i];

        if (!reads_field(judgement, field))
            continue;
        if (str_same(field, merged->differs))
            explanation_reason(
                said, SAYS(SAY_FIELD_DIFFERS, .texts = { subject->id, field }));
        else
            explanation_reason(
                said, SAYS(SAY_FIELD_UNKNOWN, .texts = { field, subject->id }));
        ask_for_field(judgement, field, said);
    }
}

/* What is not known below its fields; of a record that was cut more was said. */
static void explain_nested(const struct judgement *judgement, struct explanation *said)
{
    const struct open_members *nested = &judgement->bounds.nested;

    for (size_t i = 0; i < nested->count; i++) {
        if (nested->items[i].name.text == NULL)
            continue;
        explanation_reason(
            said, SAYS(SAY_FIELD_UNKNOWN,
                       .texts = { nested->items[i].name, judgement->subject->id }));
    }
}

/* The rule has an outcome of its own for what cannot be told. */
static void explain_outcome(const struct judgement *judgement, struct explanation *said)
{
    const struct rule *rule = judgement->rule;

    for (size_t i = 0; i < rule->outcome_count; i++)
        if (judgement->verdict.rows[i] && rule->outcomes[i].result == RESULT_UNKNOWN)
            explanation_reason(
                said, SAYS(SAY_RULE_UNDECIDED, .line = rule->outcomes[i].place.line));
}

static void keep(struct explanation *said, struct arena *arena, struct finding *finding)
{
    struct reason_list *reasons = &said->reasons;
    struct settle *settles;

    if (reasons->more > 0)
        reason_list_add(reasons, REASONS_MAX, SAYS(SAY_MORE, .count = reasons->more));
    finding->reasons = reason_list_keep(reasons, arena);
    finding->reason_count = reasons->count;
    if (said->settle_count == 0)
        return;
    settles = arena_array(arena, said->settle_count, struct settle);
    finding->settles =
        memcpy(settles, said->settles, said->settle_count * sizeof *settles);
    finding->settle_count = said->settle_count;
}

/* Why it is not known which records of the type there are: as if a fact counted them
 * all. */
static void explain_universe(struct arena *scratch, const struct cells *cells,
                             const struct cell *cell, const struct type *type,
                             struct explanation *said)
{
    struct judgement judgement;

    judge_universe(&judgement, cells, cell, type, scratch);
    explanation_reason(said, SAYS(SAY_OTHERS_UNKNOWN, .texts = { type->title }));
    explain_fact(&judgement, 0, cell, said);
}

void explain_others(struct arena *arena, struct arena *scratch,
                    const struct cells *cells, const struct cell *cell,
                    struct finding *finding)
{
    struct explanation said = { .reasons = { .arena = scratch, .texts = arena },
                                .settles_max = SETTLES_MAX };
    struct buf message = BUF_EMPTY(arena);
    const struct rule *rule = finding->rule;

    for (size_t i = 0; i < rule->subject_count; i++) {
        const struct type *type = rule->subjects[i];

        if (!subjects_of(cells, cell, type, scratch)->is_open)
            continue;
        explain_universe(scratch, cells, cell, type, &said);
        buf_add(&message, message.len == 0 ? STR("there may be other ") : STR(" and "));
        buf_add(&message, type->title);
    }
    finding->message = buf_str(&message).text;
    keep(&said, arena, finding);
}

void explain_finding(struct arena *arena, const struct judgement *judgement,
                     struct finding *finding)
{
    struct explanation said = {
        .reasons = { .arena = judgement->bounds.scratch, .texts = arena },
        .settles_max = SETTLES_MAX,
    };
    struct reason_list *reasons = &said.reasons;

    if (finding->result != RESULT_UNKNOWN)
        return; /* rows of the same result may be open all the same */
    if (judgement->subject != NULL)
        explain_subject(judgement, &said);
    for (size_t i = 0; i < judgement->rule->fact_count; i++) {
        if (judgement->opens[i])
            explain_open(judgement, i, &said);
        else if (judgement->nones[i])
            explanation_reason(
                &said, SAYS(SAY_NONE, .texts = { judgement->rule->facts[i].name }));
    }
    explain_whens(judgement, &said);
    explain_outcome(judgement, &said);
    if (reasons->count == 0 && judgement->subject != NULL)
        explain_nested(judgement, &said);
    if (reasons->count == 0)
        explain_bounds(judgement, &said);
    keep(&said, arena, finding);
}
