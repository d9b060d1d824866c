#include "explain/summarize.h"

#include "judge/combine.h"
#include "judge/silence.h"

#include <inttypes.h>

/* ---- a document --------------------------------------------------------------------
 */

static enum document_state state_of(const struct staging *staging,
                                    const struct staged *staged)
{
    if (staged->use == USE_IGNORED)
        return STATE_IGNORED;
    if (staged_has(staged, DOUBT_MISLABELLED))
        return STATE_MISLABELLED;
    if (staged->use != USE_READ)
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
        SAYS(staged_has(by, DOUBT_TOKEN)     ? SAY_MAY_BE_LAST_PAGE
             : staged_has(by, DOUBT_DAMAGED) ? SAY_MAY_BE_LAST_PAGE_OF_DAMAGED
                                             : SAY_MAY_BE_LAST_PAGE_OF_NOTHING,
             .texts = { by->from == staged->from ? STR("another document of this file")
                                                 : str_from(by->from->source->path) }));
}

/* What is said of a document that is not complete, for some of its doubts. */
static const struct {
    enum doubt doubt;
    enum sentence sentence;
    uint64_t count;
} doubts[] = {
    { DOUBT_STRINGS, SAY_IDS_ONLY, 0 },
    { DOUBT_ARRAYS, SAY_NESTED_ARRAY, 0 },
    { DOUBT_VALUES, SAY_VALUES_ONLY, 0 },
    { DOUBT_OBJECTS, SAY_RENAMED_FIELDS, 0 },
    { DOUBT_OPTION, SAY_ASKED_WITH_OPTION, 0 },
    { DOUBT_PLACES_LOST, SAY_MANY_ACCOUNTS, STAGED_PLACES_MAX },
};

static void reasons_of_partial(struct staging *staging, struct staged *staged)
{
    const struct call *call = staged->call;
    bool is_record =
        staged->shape == SHAPE_RECORD || (call != NULL && call->gives == GIVES_ONE);

    note(staging, staged, is_record, SAY_ONE_RECORD, 0);
    note(staging, staged, !is_record && call == NULL, SAY_CALL_UNTOLD, 0);
    note(staging, staged, staged_is_bare(staged) && staged->untold == 0, SAY_BARE_ARRAY,
         0);
    for (size_t i = 0; i < COUNT_OF(doubts); i++)
        note(staging, staged, staged_has(staged, doubts[i].doubt), doubts[i].sentence,
             doubts[i].count);
    if (call != NULL && call->gives == GIVES_PART && staged->parent.text == NULL)
        staged_reason(staging, staged,
                      SAYS(SAY_PARENT_UNTOLD, .texts = { call->parent_type->title }));
    note(staging, staged,
         staged->from->breaks_off && !staged_has(staged, DOUBT_DAMAGED),
         SAY_SOURCE_BREAKS_OFF, 0);
    reason_of_taint(staging, staged);
}

/* Sets the document's state, and adds the reasons for it. */
static void explain_document(struct staging *staging, struct staged *staged)
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
    if (staged->without_answer > 0 && staged->use == USE_READ) {
        staged_reason(staging, staged,
                      SAYS(SAY_NO_ANSWER, .count = staged->without_answer,
                           .line = staged->first_line,
                           .texts = { str_from(staged->first_why) }));
    }
    note(staging, staged,
         staged->undecided > staged->duplicates + told && staged->use == USE_READ,
         SAY_UNDECIDED_RECORDS, staged->undecided - told);
    if (staged->without_field > 0 && staged->use == USE_READ &&
        silence_of(staging->arena, staged, staging->measures, NULL, &silence))
        staged_reason(staging, staged, &silence);
    note(staging, staged, staged->repeated > 0, SAY_REPEATED_IDS, staged->repeated);
    note(staging, staged, foreign > 0, SAY_FOREIGN_RECORDS, foreign);
}

/* ---- all evidence ------------------------------------------------------------------
 */

static const struct document_summary *summarize_document(struct staging *staging,
                                                         struct staged *staged)
{
    explain_document(staging, staged);
    staged->summary = (struct document_summary){
        .index = staged->index,
        .pointer = staged->pointer[0] != '\0' ? staged->pointer : NULL,
        .surplus = staged->surplus,
        .type = staged->use == USE_IGNORED ? NULL : staged->type,
        .call = staged->use == USE_IGNORED ? NULL : staged->call,
        .account = staged->account,
        .region = staged->region,
        .parent = staged->parent,
        .type_told = staged->type_told,
        .account_told = staged->account_told,
        .region_told = staged->region_told,
        .records = staged->records,
        .foreign = staged_foreign(staged),
        .undecided = staged->undecided,
        .state = staged->state,
        .reasons = staged->reasons,
        .reason_count = staged->reason_count,
    };
    return &staged->summary;
}

/* JSON that is no answer is no evidence, and worth a look if nothing tells what it is:
 * it may hold some. */
static void summarize_ignored(struct arena *arena, struct source_summary *summary)
{
    const struct document_summary *first = NULL;
    uint64_t ignored = 0, all = summary->document_count + summary->surplus;

    for (size_t i = 0; i < summary->document_count; i++) {
        const struct document_summary *document = summary->documents[i];

        if (document->state != STATE_IGNORED)
            continue;
        first = ignored == 0 ? document : first;
        ignored += 1 + document->surplus;
        if (reason_code(&document->reasons[0]) == CODE_NOT_UNDERSTOOD)
            summary->is_unknown = true;
    }
    if (ignored == 0)
        return;
    summary->is_ignored = ignored == all;
    summary->why = reason_text(arena, &first->reasons[0]);
    if (!summary->is_ignored)
        summary->why = arena_printf(
            arena, "%" PRIu64 " of its %" PRIu64 " documents are not evidence: %s",
            ignored, all, summary->why);
}

static void summarize_source(struct arena *arena, struct staging *staging,
                             const struct staged_source *staged,
                             struct source_summary *summary)
{
    const struct document_summary **documents =
        arena_array(arena, staged->document_count, const struct document_summary *);

    for (size_t i = 0; i < staged->document_count; i++) {
        documents[i] = summarize_document(staging, staged->documents[i]);
        summary->surplus += documents[i]->surplus;
    }
    summary->was_read = staged->was_read;
    summary->bytes = staged->total.bytes;
    summary->sha256 = staged->total.sha256;
    summary->documents = documents;
    summary->document_count = staged->document_count;
    summarize_ignored(arena, summary);
}

static void count_source(const struct source_summary *source, struct summary *counts)
{
    counts->sources_read += source->was_read && !source->is_ignored;
    counts->sources_ignored += source->is_ignored;
    counts->sources_unknown += source->is_unknown;
    counts->sources_set_aside += source->was_read && source->is_ignored;
    counts->sources_excluded += source->source->use == SOURCE_EXCLUDED;
    for (size_t i = 0; i < source->document_count; i++) {
        if (source->documents[i]->state == STATE_IGNORED)
            continue;
        counts->documents += 1 + source->documents[i]->surplus;
        counts->records += source->documents[i]->records;
    }
}

/* The staged sources stand in the order of the list, but for those that are no
 * evidence. */
void summarize(struct arena *arena, const struct source_list *sources,
               struct staging *staging, struct assessment *assessment)
{
    struct source_summary *summaries =
        arena_array(arena, sources->count, struct source_summary);
    size_t next = 0;

    for (size_t i = 0; i < sources->count; i++) {
        summaries[i].source = &sources->items[i];
        summaries[i].is_ignored = sources->items[i].use == SOURCE_IGNORED;
        summaries[i].why = sources->items[i].why;
        if (next < staging->source_count &&
            staging->sources[next]->source == &sources->items[i])
            summarize_source(arena, staging, staging->sources[next++], &summaries[i]);
        count_source(&summaries[i], &assessment->summary);
    }
    assessment->sources = summaries;
    assessment->source_count = sources->count;
}
