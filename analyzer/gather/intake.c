#include "gather/intake.h"

#include "find/failure.h"
#include "find/stated.h"

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
        document_ask(gathered, document);
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
             (code == CODE_EMPTY || code == CODE_BLANK || code == CODE_CLI_ERROR ||
              (code == CODE_CALL_FAILED && document->use == USE_NOTHING))));
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

static bool is_blank(enum sniff sniff)
{
    return sniff == SNIFF_EMPTY || sniff == SNIFF_BLANK;
}

void intake_look(struct gathered *gathered, enum sniff sniff, struct str head,
                 struct refusal *refusal)
{
    struct arena *arena = gathered->arena;
    struct failure *own = arena_new(arena, struct failure);

    *refusal =
        (struct refusal){ .sniff = sniff, .reason = { .sentence = refusals[sniff] } };
    assert(refusal->reason.sentence < SENTENCE_COUNT);
    if (is_blank(sniff))
        return;
    if (reason_argument(&refusal->reason, 0) == ARGUMENT_TEXT) /* a quotation */
        refusal->reason.texts[0] = str_from(failure_quote(arena, sniff_line(head)));
    if (sniff == SNIFF_BEFORE)
        refusal->reason.count = sniff_json_at(head) + 1;
    if (sniff != SNIFF_ARCHIVE && failure_find(arena, head, own))
        refusal->own = own;
}

/* With what lies beside the source. */
static struct reason reason_of(const struct source *source,
                               const struct refusal *refusal)
{
    struct reason reason = refusal->reason;

    if (refusal->sniff == SNIFF_EMPTY && source->explanation == NULL)
        reason.sentence = SAY_EMPTY_UNEXPLAINED;
    else if (refusal->sniff == SNIFF_BLANK && source->explanation == NULL)
        reason.sentence = SAY_BLANK_UNEXPLAINED;
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

void intake_refuse(struct gathered *gathered, struct document_source *source,
                   const struct refusal *refusal)
{
    struct document *document = lost(gathered, source);
    const struct source *from = source->source;
    struct reason reason = reason_of(from, refusal);
    /* What the file holds, or else what the error output beside it does. */
    bool is_error = refusal->own != NULL;
    const struct failure *failure = is_error ? refusal->own : from->failure;

    if ((is_blank(refusal->sniff) || is_error) &&
        is_of_nothing(gathered, document, failure)) {
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

void intake_lose(struct gathered *gathered, struct document_source *source,
                 const struct reason *reason)
{
    struct document *document = lost(gathered, source);

    refuse(gathered, source, document, reason);
}

void intake_unreadable(struct gathered *gathered, struct document_source *source,
                       const char *why)
{
    intake_lose(gathered, source, SAYS(SAY_UNREADABLE, .texts = { str_from(why) }));
}

/* What a list says of a file that is not there. */
static struct reason reason_of_loss(const struct source *source)
{
    const struct statement *failed = source_failed_call(source);

    if (failed != NULL)
        return *SAYS(SAY_CALL_FAILED_ABSENT,
                     .texts = { failed->status, str_from(failed->told_by) });
    return *SAYS(SAY_LOST, .texts = { str_from(source->statements->told_by) });
}

/* The command tells what the file should have told, where its name does not. */
static void tell_by_command(struct gathered *gathered, struct document *document)
{
    const struct document_source *source = document->from;
    const struct call_command *command =
        source->command_count > 0 ? &source->commands[0] : NULL;

    if (document->type != NULL || command == NULL || !command->tells_call)
        return;
    if (command->call == NULL) {
        document_ignore(document);
        document_reason(
            gathered, document,
            SAYS(SAY_LOST, .texts = { str_from(source->source->statements->told_by) }));
        return;
    }
    document->call = command->call;
    document->type = command->call->type;
    document->type_told = TOLD_MANIFEST;
    if (command->call->gives == GIVES_PART)
        document->parent = command->parent;
    document_ask(gathered, document);
}

void intake_lost(struct gathered *gathered, struct document_source *source)
{
    struct document *document = lost(gathered, source);
    const struct reason reason = reason_of_loss(source->source);

    document->is_stated = true;
    if (document->use != USE_IGNORED)
        tell_by_command(gathered, document);
    refuse(gathered, source, document, &reason);
}

/* What the source gave is damaged, as far as it is evidence, for that reason; or a list
 * says so. */
static bool damage_documents(struct gathered *gathered, struct document_source *source,
                             bool is_stated, const struct reason *reason)
{
    bool is_evidence = false;

    for (size_t i = 0; i < source->document_count; i++) {
        struct document *document = source->documents[i];

        if (document->use == USE_IGNORED)
            continue;
        if (!is_stated)
            document->stated &= ~(unsigned)DOUBT_DAMAGED;
        else if (!document_has(document, DOUBT_DAMAGED))
            document->stated |= DOUBT_DAMAGED;
        document->doubts |= DOUBT_DAMAGED;
        document_reason(gathered, document, reason);
        is_evidence = true;
    }
    return is_evidence;
}

void intake_void(struct gathered *gathered, struct document_source *source,
                 const struct reason *reason)
{
    for (size_t i = 0; i < source->document_count; i++) {
        struct document *document = source->documents[i];

        if (document->use == USE_IGNORED)
            continue;
        document->use = USE_NOTHING;
        document->identity = STR_NONE;
        document->id_count = 0;
        document_reason(gathered, document, reason);
    }
}

bool intake_damage(struct gathered *gathered, struct document_source *source,
                   const struct reason *reason)
{
    return damage_documents(gathered, source, false, reason);
}

static void damage(struct gathered *gathered, struct document_source *source,
                   bool is_stated, const struct reason *reason)
{
    if (damage_documents(gathered, source, is_stated, reason))
        problems_add(&gathered->problems, source->source->path, NULL, reason);
}

void intake_changed(struct gathered *gathered, struct document_source *source)
{
    damage(gathered, source, false, SAYS(SAY_CHANGED));
}

static struct reason reason_of_failure(const struct source *from)
{
    const struct statement *failed = source_failed_call(from);
    bool is_explained = from->explanation != NULL;

    if (from->failed_status != NULL)
        return *SAYS(
            is_explained ? SAY_CALL_FAILED : SAY_CALL_FAILED_UNEXPLAINED,
            .texts = { str_from(from->failed_status), str_from(from->status_told_by) });
    return *SAYS(is_explained ? SAY_CALL_FAILED_STATED
                              : SAY_CALL_FAILED_STATED_UNEXPLAINED,
                 .texts = { failed->status, str_from(failed->told_by) });
}

void intake_failed(struct gathered *gathered, struct document_source *source)
{
    const struct source *from = source->source;
    struct reason reason;

    if (from->failed_status == NULL && source_failed_call(from) == NULL)
        return;
    reason = reason_of_failure(from);
    explain(gathered->arena, from, &reason);
    damage(gathered, source, true, &reason);
}

/* ---- what lists of the collection say against it -----------------------------------
 */

static void disown_document(struct gathered *gathered, struct document *document,
                            const struct reason *reason)
{
    document->doubts |= DOUBT_DISOWNED;
    document->stated |= DOUBT_DISOWNED;
    document_reason(gathered, document, reason);
}

void intake_disown(struct gathered *gathered, struct document_source *source,
                   const struct reason *reason)
{
    for (size_t i = 0; i < source->document_count; i++)
        if (source->documents[i]->use != USE_IGNORED)
            disown_document(gathered, source->documents[i], reason);
}

/* All that it gave; if that is nothing, what it should have told is lost. */
static void disown_source(struct gathered *gathered, struct document_source *source,
                          const struct reason *reason)
{
    bool is_evidence = false;

    for (size_t i = 0; i < source->document_count; i++) {
        struct document *document = source->documents[i];

        if (document->use == USE_IGNORED)
            continue;
        disown_document(gathered, document, reason);
        is_evidence = true;
    }
    if (!is_evidence) {
        struct document *document = lost(gathered, source);

        document->is_stated = true;
        if (document->use != USE_IGNORED)
            disown_document(gathered, document, reason);
    }
    problems_add(&gathered->problems, source->source->path, NULL, reason);
}

static void note_evidence(struct gathered *gathered, struct document_source *source,
                          const struct reason *reason)
{
    for (size_t i = 0; i < source->document_count; i++)
        if (source->documents[i]->use != USE_IGNORED)
            document_reason(gathered, source->documents[i], reason);
}

/* A digest that a list has of it, compared with its own, if that was taken. */
static void check_digest(struct gathered *gathered, struct document_source *source,
                         const struct statement *statement)
{
    const struct reason reason = { .sentence = SAY_ALTERED,
                                   .texts = { str_from(statement->told_by) },
                                   .line = statement->line };

    if (source->total.sha256[0] == '\0') {
        note_evidence(
            gathered, source,
            SAYS(SAY_DIGEST_UNCHECKED, .texts = { str_from(statement->told_by) }));
    } else if (!str_equal(statement->sha256, str_from(source->total.sha256))) {
        disown_source(gathered, source, &reason);
    }
}

/* Whether no call can have printed the document that the command asked. */
static bool contradicts(const struct document *document,
                        const struct call_command *command)
{
    struct arena scratch = ARENA_EMPTY;
    const struct call *call = command->call;
    bool differs;

    if (!command->tells_call || document->use != USE_READ || document->type == NULL)
        return false;
    if (call == NULL || call->type != document->type ||
        (document->type_told == TOLD_ENVELOPE && document->call != NULL &&
         document->call != call))
        return true;
    differs = command->parent.text != NULL && document->parent.text != NULL &&
              !str_equal(name_word(&scratch, command->parent),
                         name_word(&scratch, document->parent));
    arena_release(&scratch);
    return differs;
}

/* The region that the path or a record's ARN tells, if the command asked another. */
static struct str other_region(const struct document *document, struct str asked)
{
    const struct words *words = &document->from->words;

    if (asked.text == NULL || document->use != USE_READ || document->type == NULL ||
        document->type->level != LEVEL_REGION)
        return STR_NONE;
    if (words->region_count == 1 && !str_equal(words->regions[0], asked))
        return words->regions[0];
    for (size_t i = 0; i < document->portion_count; i++) {
        const struct portion *portion = &document->portions[i];

        if (!portion->shared && portion->region.text != NULL &&
            !str_equal(portion->region, asked))
            return portion->region;
    }
    return STR_NONE;
}

/* Whether it is not what a command asked, and why. */
static bool is_disowned(const struct document *document, const struct statement *by,
                        struct reason *reason)
{
    const struct document_source *source = document->from;

    for (size_t i = 0; i < source->command_count; i++) {
        const struct call_command *command = &source->commands[i];
        struct str region = other_region(document, command->region);

        if (contradicts(document, command)) {
            *reason = *SAYS(SAY_OTHER_COMMAND, .texts = { str_from(by->told_by) },
                            .line = by->line);
        } else if (region.text != NULL) {
            *reason = *SAYS(SAY_OTHER_REGION,
                            .texts = { str_from(by->told_by), command->region, region },
                            .line = by->line);
        } else {
            continue;
        }
        return true;
    }
    return false;
}

static void check_commands(struct gathered *gathered, struct document_source *source)
{
    const struct statement *by = source_call(source->source);
    struct reason reason;
    bool is_other = false;

    for (size_t i = 0; i < source->document_count; i++) {
        if (!is_disowned(source->documents[i], by, &reason))
            continue;
        disown_document(gathered, source->documents[i], &reason);
        if (!is_other)
            problems_add(&gathered->problems, source->source->path, NULL, &reason);
        is_other = true;
    }
}

void intake_stated(struct gathered *gathered, struct document_source *source)
{
    const struct source *from = source->source;

    check_commands(gathered, source);
    for (size_t i = 0; i < from->statement_count; i++)
        if (from->statements[i].sha256.text != NULL)
            check_digest(gathered, source, &from->statements[i]);
    if (from->unlisted_by != NULL)
        note_evidence(gathered, source,
                      SAYS(SAY_UNLISTED, .texts = { str_from(from->unlisted_by) }));
}
