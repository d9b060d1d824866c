#include "gather/intake.h"

#include "find/failure.h"

#include <assert.h>
#include <string.h>

bool intake_is_json(enum sniff sniff)
{
    return sniff == SNIFF_JSON || sniff == SNIFF_SCALAR || sniff == SNIFF_BLANK;
}

/* A document that stands for the whole source: what it should have told is lost. */
static struct document *lost(struct gathered *gathered, struct document_source *source)
{
    struct document *document = gathered_document(gathered, source);
    const struct name *name = source->name;

    if (document_is_other_call(gathered, document, STR_NONE))
        return document;
    document->use = USE_NOTHING;
    if (source->labels->type != NULL && name->call == NULL) {
        document->type = source->labels->type;
        document->type_told = TOLD_PATTERN;
    } else if (name->call != NULL) {
        document->call = name->call;
        document->type = name->call->type;
        document->type_told = source->labels->type != NULL ? TOLD_PATTERN : TOLD_NAME;
        if (name->call->gives == GIVES_PART && name->word_count > 0)
            document->parent = name->words[0];
        if (name_asks_option(name, name->call, &document->option))
            document->doubts |= DOUBT_OPTION;
    } else if (gathered->settings->type_assumed != NULL) {
        document->type = gathered->settings->type_assumed;
        document->type_told = TOLD_ASSUMED;
    }
    return document;
}

/* What proves nothing whole proves nothing lost. A vault without a policy, an account
 * outside an organization: there AWS answers with an error. If a rule needs the answer,
 * its finding says why it is not there. */
static bool is_harmless(const struct document *document, enum code code)
{
    return document->call != NULL &&
           (document->call->gives == GIVES_NOTHING ||
            (document->call->may_fail &&
             (code == CODE_EMPTY || code == CODE_BLANK || code == CODE_CLI_ERROR)));
}

/* The error text may name the call that failed, where the file's name does not. */
static void tell_by_error(struct gathered *gathered, struct document *document,
                          struct str operation)
{
    const struct call *call;

    if (document->type_told == TOLD_NAME || document->type_told == TOLD_PATTERN ||
        operation.text == NULL)
        return;
    call = name_of_operation(gathered->measures->catalog, operation);
    if (call == NULL)
        return;
    document->call = call;
    document->type = call->type;
    document->type_told = TOLD_ERROR;
}

/* What stands beside the source is said behind the reason's own texts. */
static void explain(struct arena *arena, const struct source *from,
                    struct reason *reason)
{
    size_t next = 0;

    if (from->explanation == NULL)
        return;
    while (reason->texts[next].text != NULL)
        next++;
    reason->texts[next] = str_from(from->explained_by);
    reason->texts[next + 1] = str_from(
        from->failure == NULL
            ? from->explanation
            : arena_printf(arena, "%s; %s", from->explanation, from->failure->advice));
    if (reason->failure == NULL)
        reason->failure = from->failure;
}

static void refuse(struct gathered *gathered, struct document_source *source,
                   struct document *document, const struct reason *why)
{
    const struct source *from = source->source;
    struct reason reason = *why;

    if (document->use == USE_IGNORED ||
        document_is_other_call(gathered, document, source_failed_operation(from)))
        return;
    tell_by_error(gathered, document, source_failed_operation(from));
    explain(gathered->arena, from, &reason);
    if (!is_harmless(document, reason_code(&reason)))
        problems_add(&gathered->problems, source->source->path, NULL, &reason);
    document_reason(gathered, document, &reason);
}

/* What the file is by its head; SENTENCE_COUNT: it is not refused for that. */
static const enum sentence refusals[] = {
    [SNIFF_EMPTY] = SAY_EMPTY,
    [SNIFF_BLANK] = SAY_BLANK,
    [SNIFF_JSON] = SENTENCE_COUNT,
    [SNIFF_QUOTES] = SAY_NOT_JSON_QUOTES,
    [SNIFF_BEFORE] = SAY_NOT_JSON_BEFORE,
    [SNIFF_TERMINAL] = SAY_NOT_JSON_TERMINAL,
    [SNIFF_SCALAR] = SENTENCE_COUNT,
    [SNIFF_CLI_ERROR] = SAY_NOT_JSON,
    [SNIFF_TABLE] = SAY_NOT_JSON_TABLE,
    [SNIFF_TEXT] = SAY_NOT_JSON_TEXT,
    [SNIFF_YAML] = SAY_NOT_JSON_YAML,
    [SNIFF_QUERY] = SAY_QUERY_TEXT,
    [SNIFF_ARCHIVE] = SAY_ARCHIVE,
    [SNIFF_OFFICE] = SAY_NOT_JSON_OFFICE,
    [SNIFF_SCRIPT] = SAY_NOT_JSON_SCRIPT,
    [SNIFF_OTHER] = SAY_NOT_JSON,
};
static_assert(sizeof refusals / sizeof *refusals == SNIFF_COUNT, "a row for each");

static struct reason reason_of(struct arena *arena, const struct source *source,
                               enum sniff sniff, struct str head)
{
    struct reason reason = { .sentence = refusals[sniff] };
    bool is_explained = source->explanation != NULL;

    assert(reason.sentence < SENTENCE_COUNT);
    if (sniff == SNIFF_EMPTY && !is_explained)
        reason.sentence = SAY_EMPTY_UNEXPLAINED;
    else if (sniff == SNIFF_BLANK && !is_explained)
        reason.sentence = SAY_BLANK_UNEXPLAINED;
    else if (reason_argument(&reason, 0) == ARGUMENT_TEXT) /* a quotation */
        reason.texts[0] = str_from(failure_quote(arena, sniff_line(head)));
    if (sniff == SNIFF_BEFORE)
        reason.count = sniff_json_at(head) + 1;
    return reason;
}

/* Of the failure that the call ended with: whether AWS refuses it so because there is
 * nothing. Then nothing is what its answer would have held. */
static bool is_of_nothing(const struct gathered *gathered,
                          const struct document *document,
                          const struct failure *failure)
{
    const struct call *call = document->call;

    return failure != NULL && document->use == USE_NOTHING && call != NULL &&
           call->absent_on.len > 0 && str_equal(call->absent_on, failure->code) &&
           name_of_operation(gathered->measures->catalog, failure->operation) == call &&
           (call->gives == GIVES_WHOLE || document->parent.text != NULL);
}

/* An answer that holds no record. */
static void take_for_empty(struct gathered *gathered, struct document *document,
                           const struct failure *failure)
{
    document->use = USE_READ;
    document->shape = SHAPE_OBJECT;
    document_reason(
        gathered, document,
        SAYS(SAY_ABSENT, .texts = { str_from(failure->said) }, .failure = failure));
}

static const enum sentence errors[] = {
    [FAILURE_OF_CLI] = SAY_CLI_ERROR,
    [FAILURE_OF_CLI_BY_SHELL] = SAY_CLI_ERROR_BY_SHELL,
    [FAILURE_OF_SHELL] = SAY_CLI_ERROR_OF_SHELL,
};
static_assert(sizeof errors / sizeof *errors == FAILURE_OF_COUNT, "a row for each");

/* What the file holds, or else what the error output beside it does; NULL: no error. */
static const struct failure *failure_of(struct arena *arena,
                                        const struct source *source, bool is_text,
                                        struct str head)
{
    struct failure *own = arena_new(arena, struct failure);

    return is_text && failure_find(arena, head, own) ? own : source->failure;
}

void intake_refuse(struct gathered *gathered, struct document_source *source,
                   enum sniff sniff, struct str head)
{
    struct document *document = lost(gathered, source);
    struct arena *arena = gathered->arena;
    const struct source *from = source->source;
    struct reason reason = reason_of(arena, from, sniff, head);
    bool is_blank = sniff == SNIFF_EMPTY || sniff == SNIFF_BLANK;
    const struct failure *failure =
        failure_of(arena, from, !is_blank && sniff != SNIFF_ARCHIVE, head);
    bool is_error = failure != from->failure;

    if ((is_blank || is_error) && is_of_nothing(gathered, document, failure)) {
        take_for_empty(gathered, document, failure);
        return;
    }
    if (is_error) {
        if (document_is_other_call(gathered, document, failure->operation))
            return;
        tell_by_error(gathered, document, failure->operation);
        reason = *SAYS(errors[failure->of],
                       .texts = { str_from(failure->said), str_from(failure->advice) },
                       .failure = failure);
    }
    refuse(gathered, source, document, &reason);
}

void intake_unreadable(struct gathered *gathered, struct document_source *source,
                       const char *why)
{
    struct document *document = lost(gathered, source);

    refuse(gathered, source, document,
           SAYS(SAY_UNREADABLE, .texts = { str_from(why) }));
}

/* What the source gave is damaged, as far as it is evidence, for that reason. */
static void damage(struct gathered *gathered, struct document_source *source,
                   const struct reason *reason)
{
    bool is_evidence = false;

    for (size_t i = 0; i < source->document_count; i++) {
        struct document *document = source->documents[i];

        if (document->use == USE_IGNORED)
            continue;
        document->doubts |= DOUBT_DAMAGED;
        document_reason(gathered, document, reason);
        is_evidence = true;
    }
    if (is_evidence)
        problems_add(&gathered->problems, source->source->path, NULL, reason);
}

void intake_changed(struct gathered *gathered, struct document_source *source)
{
    damage(gathered, source, SAYS(SAY_CHANGED));
}

void intake_failed(struct gathered *gathered, struct document_source *source)
{
    const struct source *from = source->source;
    struct reason reason = { .sentence = from->explanation != NULL
                                             ? SAY_CALL_FAILED
                                             : SAY_CALL_FAILED_UNEXPLAINED };

    reason.texts[0] = str_from(from->failed_status);
    reason.texts[1] = str_from(from->status_told_by);
    explain(gathered->arena, from, &reason);
    damage(gathered, source, &reason);
}
