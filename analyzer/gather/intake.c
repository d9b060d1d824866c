#include "gather/intake.h"

#include "find/failure.h"

#include <assert.h>
#include <string.h>

bool intake_is_json(enum sniff sniff)
{
    return sniff == SNIFF_JSON || sniff == SNIFF_SCALAR || sniff == SNIFF_BLANK;
}

/* A document that stands for the whole source: what it should have told is lost. */
static struct staged *lost(struct staging *staging, struct staged_source *source)
{
    struct staged *staged = staging_document(staging, source);
    const struct name *name = source->name;

    if (staged_is_other_call(staging, staged, STR_NONE))
        return staged;
    staged->use = USE_NOTHING;
    if (source->labels->type != NULL && name->call == NULL) {
        staged->type = source->labels->type;
        staged->type_told = TOLD_PATTERN;
    } else if (name->call != NULL) {
        staged->call = name->call;
        staged->type = name->call->type;
        staged->type_told = source->labels->type != NULL ? TOLD_PATTERN : TOLD_NAME;
        if (name->call->gives == GIVES_PART && name->word_count > 0)
            staged->parent = name->words[0];
        if (name_asks_option(name, name->call, &staged->option))
            staged->doubts |= DOUBT_OPTION;
    } else if (staging->settings->type_assumed != NULL) {
        staged->type = staging->settings->type_assumed;
        staged->type_told = TOLD_ASSUMED;
    }
    return staged;
}

/* What proves nothing whole proves nothing lost. A vault without a policy, an account
 * outside an organization: there AWS answers with an error. If a rule needs the answer,
 * its finding says why it is not there. */
static bool is_harmless(const struct staged *staged, enum code code)
{
    return staged->call != NULL &&
           (staged->call->gives == GIVES_NOTHING ||
            (staged->call->may_fail &&
             (code == CODE_EMPTY || code == CODE_BLANK || code == CODE_CLI_ERROR)));
}

/* The error text may name the call that failed, where the file's name does not. */
static void tell_by_error(struct staging *staging, struct staged *staged,
                          struct str operation)
{
    const struct call *call;

    if (staged->type_told == TOLD_NAME || staged->type_told == TOLD_PATTERN ||
        operation.text == NULL)
        return;
    call = name_of_operation(staging->measures->catalog, operation);
    if (call == NULL)
        return;
    staged->call = call;
    staged->type = call->type;
    staged->type_told = TOLD_ERROR;
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
    reason->texts[next + 1] =
        str_from(from->advice == NULL
                     ? from->explanation
                     : arena_printf(arena, "%s; %s", from->explanation, from->advice));
}

static void refuse(struct staging *staging, struct staged_source *source,
                   struct staged *staged, const struct reason *why)
{
    const struct source *from = source->source;
    struct reason reason = *why;

    if (staged->use == USE_IGNORED ||
        staged_is_other_call(staging, staged, from->failed_operation))
        return;
    tell_by_error(staging, staged, from->failed_operation);
    explain(staging->arena, from, &reason);
    if (!is_harmless(staged, reason_code(&reason)))
        problems_add(&staging->problems, source->source->path, NULL, &reason);
    staged_reason(staging, staged, &reason);
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

void intake_refuse(struct staging *staging, struct staged_source *source,
                   enum sniff sniff, struct str head)
{
    struct staged *staged = lost(staging, source);
    struct arena *arena = staging->arena;
    struct reason reason = reason_of(arena, source->source, sniff, head);
    struct failure failure;

    if (sniff != SNIFF_EMPTY && sniff != SNIFF_BLANK && sniff != SNIFF_ARCHIVE &&
        failure_find(arena, head, &failure)) {
        if (staged_is_other_call(staging, staged, failure.operation))
            return;
        tell_by_error(staging, staged, failure.operation);
        reason = *SAYS(SAY_CLI_ERROR,
                       .texts = { str_from(failure.said), str_from(failure.advice) });
    }
    refuse(staging, source, staged, &reason);
}

void intake_unreadable(struct staging *staging, struct staged_source *source,
                       const char *why)
{
    struct staged *staged = lost(staging, source);

    refuse(staging, source, staged, SAYS(SAY_UNREADABLE, .texts = { str_from(why) }));
}

void intake_changed(struct staging *staging, struct staged_source *source)
{
    bool is_evidence = false;

    for (size_t i = 0; i < source->document_count; i++) {
        struct staged *staged = source->documents[i];

        if (staged->use == USE_IGNORED)
            continue;
        staged->doubts |= DOUBT_DAMAGED;
        staged_reason(staging, staged, SAYS(SAY_CHANGED));
        is_evidence = true;
    }
    if (is_evidence)
        problems_add(&staging->problems, source->source->path, NULL, SAYS(SAY_CHANGED));
}
