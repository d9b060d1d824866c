#include "explain/summarize.h"

#include "base/digest.h"
#include "base/order.h"
#include "find/stated.h"
#include "judge/combine.h"
#include "judge/silence.h"

#include <inttypes.h>
#include <string.h>

/* ---- a document --------------------------------------------------------------------
 */

static enum document_state state_of(const struct gathered *gathered,
                                    const struct document *document)
{
    if (document->use == USE_IGNORED)
        return STATE_IGNORED;
    if (document_has(document, DOUBT_MISLABELLED))
        return STATE_MISLABELLED;
    if (document->use != USE_READ || document_has(document, DOUBT_DISOWNED))
        return STATE_NOTHING;
    if (document->identity.text != NULL ||
        (document->call != NULL && document->call->gives == GIVES_NOTHING))
        return STATE_CONTEXT;
    return document_is_complete(document, NULL, gathered->settings->no_filtered)
               ? STATE_COMPLETE
               : STATE_PARTIAL;
}

static void note(struct gathered *gathered, struct document *document, bool holds,
                 enum sentence sentence, uint64_t count)
{
    if (holds)
        document_reason(gathered, document, SAYS(sentence, .count = count));
}

/* What it is judged as: the listing that it is a page of, or itself. */
static const struct document *whole_of(const struct document *document)
{
    return document->listing != NULL ? document->listing : document;
}

static void reason_of_taint(struct gathered *gathered, struct document *document)
{
    const struct document *whole = whole_of(document), *by = whole->tainted_by;

    if (by == NULL || !document_is_page(whole) || document_carries_token(whole))
        return;
    document_reason(gathered, document,
                    SAYS(document_has(by, DOUBT_TOKEN) ? SAY_MAY_BE_LAST_PAGE
                         : document_has(by, DOUBT_DAMAGED)
                             ? SAY_MAY_BE_LAST_PAGE_OF_DAMAGED
                             : SAY_MAY_BE_LAST_PAGE_OF_NOTHING,
                         .texts = { by->from == document->from
                                        ? STR("another document of this file")
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
    { DOUBT_PLACES_LOST, SAY_MANY_ACCOUNTS, DOCUMENT_PLACES_MAX },
};

static void reasons_of_partial(struct gathered *gathered, struct document *document)
{
    const struct call *call = document->call;
    bool is_record =
        document->shape == SHAPE_RECORD || (call != NULL && call->gives == GIVES_ONE);

    note(gathered, document, is_record, SAY_ONE_RECORD, 0);
    note(gathered, document, !is_record && call == NULL, SAY_CALL_UNTOLD, 0);
    note(gathered, document, document_is_bare(document) && document->untold == 0,
         SAY_BARE_ARRAY, 0);
    for (size_t i = 0; i < COUNT_OF(doubts); i++)
        note(gathered, document, document_has(document, doubts[i].doubt),
             doubts[i].sentence, doubts[i].count);
    if (call != NULL && call->gives == GIVES_PART && document->parent.text == NULL)
        document_reason(gathered, document,
                        SAYS(SAY_PARENT_UNTOLD, .texts = { call->parent_type->title }));
    note(gathered, document,
         document->from->breaks_off && !document_has(document, DOUBT_DAMAGED),
         SAY_SOURCE_BREAKS_OFF, 0);
    reason_of_taint(gathered, document);
}

/* Sets the document's state, and adds the reasons for it. */
static void explain_document(struct gathered *gathered, struct document *document)
{
    uint64_t foreign = document_foreign(document);
    uint64_t told = document->untold + document->without_answer +
                    document->without_time + document->without_field;
    struct reason silence;

    document->state = state_of(gathered, whole_of(document));
    if (document->state == STATE_IGNORED) {
        note(gathered, document, document->reason_count == 0, SAY_NOT_UNDERSTOOD, 0);
        return;
    }
    if (document->state == STATE_PARTIAL && document->listing != NULL)
        reason_of_taint(gathered, document);
    else if (document->state == STATE_PARTIAL)
        reasons_of_partial(gathered, document);
    if (document->state == STATE_CONTEXT && document->call != NULL &&
        document->call->gives == GIVES_NOTHING)
        document_reason(gathered, document,
                        SAYS(SAY_PROVES_NOTHING, .texts = { document->call->title }));
    note(gathered, document, document->duplicates > 0, SAY_DUPLICATE_KEY,
         document->duplicates);
    if (document->without_answer > 0 && document->use == USE_READ) {
        document_reason(gathered, document,
                        SAYS(SAY_NO_ANSWER, .count = document->without_answer,
                             .line = document->first_line,
                             .texts = { str_from(document->first_why) }));
    }
    note(gathered, document,
         document->undecided > document->duplicates + told && document->use == USE_READ,
         SAY_UNDECIDED_RECORDS, document->undecided - told);
    if (document->without_field > 0 && document->use == USE_READ &&
        silence_of(gathered->arena, document, gathered->measures, NULL, &silence))
        document_reason(gathered, document, &silence);
    note(gathered, document, document->repeated > 0, SAY_REPEATED_IDS,
         document->repeated);
    note(gathered, document, foreign > 0, SAY_FOREIGN_RECORDS, foreign);
}

/* ---- all evidence ------------------------------------------------------------------
 */

static const struct document_summary *summarize_document(struct gathered *gathered,
                                                         struct document *document)
{
    const struct statement *call = source_call(document->from->source);

    explain_document(gathered, document);
    document->summary = (struct document_summary){
        .index = document->index,
        .pointer = document->pointer[0] != '\0' ? document->pointer : NULL,
        .surplus = document->surplus,
        .type = document->use == USE_IGNORED ? NULL : document->type,
        .call = document->use == USE_IGNORED ? NULL : document->call,
        .account = document->account,
        .region = document->region,
        .parent = document->parent,
        .type_told = document->type_told,
        .account_told = document->account_told,
        .region_told = document->region_told,
        .begun = call != NULL ? call->begun : STR_NONE,
        .ended = call != NULL ? call->ended : STR_NONE,
        .records = document->records,
        .foreign = document_foreign(document),
        .undecided = document->undecided,
        .state = document->state,
        .reasons = document->reasons,
        .reason_count = document->reason_count,
    };
    return &document->summary;
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

static void summarize_source(struct arena *arena, struct gathered *gathered,
                             const struct document_source *document,
                             struct source_summary *summary)
{
    const struct document_summary **documents =
        arena_array(arena, document->document_count, const struct document_summary *);

    for (size_t i = 0; i < document->document_count; i++) {
        documents[i] = summarize_document(gathered, document->documents[i]);
        summary->surplus += documents[i]->surplus;
    }
    summary->was_read = document->was_read;
    summary->bytes = document->total.bytes;
    summary->sha256 = document->total.sha256;
    summary->documents = documents;
    summary->document_count = document->document_count;
    summarize_ignored(arena, summary);
}

/* A list of the collection: no evidence, and yet a verdict may be less for it. */
static void summarize_list(const struct settings *settings, const struct source *list,
                           struct source_summary *summary)
{
    summary->was_read = true;
    summary->bytes = list->list_bytes;
    summary->sha256 = settings->no_digest ? "" : list->list_sha256;
}

static void count_source(const struct source_summary *source, struct summary *counts)
{
    counts->sources_read += source->was_read && !source->is_ignored &&
                            source->source->use != SOURCE_ARCHIVE &&
                            source->source->use != SOURCE_EXPLAINS;
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

/* The line that sha256sum prints of the source: with a backslash before it, if its path
 * has an escape (coreutils, "cksum output modes"). */
static struct str line_of_digest(struct arena *arena,
                                 const struct source_summary *source)
{
    const char *path = source->source->path;
    struct buf line = BUF_EMPTY(arena);

    if (strpbrk(path, "\\\n\r") != NULL)
        buf_add_byte(&line, '\\');
    buf_printf(&line, "%s  ", source->sha256);
    for (; *path != '\0'; path++) {
        if (*path == '\\')
            buf_add(&line, STR("\\\\"));
        else if (*path == '\n')
            buf_add(&line, STR("\\n"));
        else if (*path == '\r')
            buf_add(&line, STR("\\r"));
        else
            buf_add_byte(&line, *path);
    }
    buf_add_byte(&line, '\n');
    return buf_str(&line);
}

/* Of files alone, so that sha256sum can repeat it: that of an archive stands for its
 * members. */
static void digest_set(struct arena *arena, struct assessment *assessment)
{
    struct arena scratch = { 0 };
    struct digest *digest = digest_new(arena);
    struct str *lines = arena_array(&scratch, assessment->source_count + 1, struct str);

    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        if (source->was_read && source->sha256[0] != '\0' &&
            source->source->archive == NULL)
            lines[assessment->digested++] = line_of_digest(&scratch, source);
    }
    order_texts(&(struct str_list){ .items = lines, .count = assessment->digested });
    for (size_t i = 0; i < assessment->digested; i++)
        digest_add(digest, lines[i].text, lines[i].len);
    if (assessment->digested > 0)
        digest_hex(digest, assessment->set_sha256);
    arena_release(&scratch);
}

/* The gathered sources stand in the order of the list, but for those that are no
 * evidence. */
void summarize(struct arena *arena, const struct source_list *sources,
               struct gathered *gathered, struct assessment *assessment)
{
    struct source_summary *summaries =
        arena_array(arena, sources->count, struct source_summary);
    size_t next = 0;

    for (size_t i = 0; i < sources->count; i++) {
        summaries[i].source = &sources->items[i];
        summaries[i].is_ignored = sources->items[i].use == SOURCE_IGNORED;
        summaries[i].why = sources->items[i].why;
        if (next < gathered->source_count &&
            gathered->sources[next]->source == &sources->items[i])
            summarize_source(arena, gathered, gathered->sources[next++], &summaries[i]);
        else if (sources->items[i].list_sha256 != NULL)
            summarize_list(gathered->settings, &sources->items[i], &summaries[i]);
        count_source(&summaries[i], &assessment->summary);
    }
    assessment->sources = summaries;
    assessment->source_count = sources->count;
    digest_set(arena, assessment);
}
