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
    staged->nothing = true;
    if (source->labels->type != NULL && name->call == NULL) {
        staged->type = source->labels->type;
        staged->type_told = TOLD_PATTERN;
    } else if (name->call != NULL) {
        staged->call = name->call;
        staged->type = name->call->type;
        staged->type_told = source->labels->type != NULL ? TOLD_PATTERN : TOLD_NAME;
        if (name->call->gives == GIVES_PART && name->word_count > 0)
            staged->parent = name->words[0];
        staged->asked = name_asks_option(name, name->call, &staged->option);
    } else if (staging->settings->assume_type != NULL) {
        staged->type = staging->settings->assume_type;
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

static void refuse(struct staging *staging, struct staged_source *source,
                   struct staged *staged, enum code code, const char *text)
{
    const struct source *from = source->source;

    if (staged->ignored ||
        staged_is_other_call(staging, staged, from->failed_operation))
        return;
    tell_by_error(staging, staged, from->failed_operation);
    if (from->explanation != NULL) {
        text = arena_printf(staging->arena, "%s; %s beside it says: %s%s%s", text,
                            from->explained_by, from->explanation,
                            from->advice != NULL ? "; " : "",
                            from->advice != NULL ? from->advice : "");
    }
    if (!is_harmless(staged, code))
        problems_add(&staging->problems, source->source->path, code, NULL, "%s", text);
    staged_reason(staging, staged, code, "%s", text);
}

/* What it is, and what to do, where nothing in it need be quoted. */
static const struct {
    enum code code; /* CODE_COUNT: none, see intake_refuse() */
    const char *text;
} refusals[] = {
    [SNIFF_EMPTY] = { CODE_EMPTY, "0 bytes: the call failed" },
    [SNIFF_BLANK] = { CODE_BLANK, "nothing but blanks: the call failed" },
    [SNIFF_JSON] = { CODE_COUNT, NULL },
    [SNIFF_QUOTES] = { CODE_NOT_JSON,
                       "not JSON: its quotes are typographic, as a text processor "
                       "makes "
                       "them; collect it again, and change nothing in it" },
    [SNIFF_BEFORE] = { CODE_COUNT, NULL },
    [SNIFF_TERMINAL] = { CODE_NOT_JSON,
                         "begins with a shell's prompt, so it was copied from a "
                         "terminal, and may lack lines; redirect the command's output "
                         "into a file" },
    [SNIFF_SCALAR] = { CODE_COUNT, NULL },
    [SNIFF_CLI_ERROR] = { CODE_COUNT, NULL },
    [SNIFF_TABLE] = { CODE_NOT_JSON, "looks like --output table: collect it again with "
                                     "--output json" },
    [SNIFF_TEXT] = { CODE_NOT_JSON,
                     "looks like --output text: collect it again with --output json" },
    [SNIFF_YAML] = { CODE_NOT_JSON,
                     "looks like --output yaml: collect it again with --output json" },
    [SNIFF_QUERY] = { CODE_COUNT, NULL },
    [SNIFF_ARCHIVE] = { CODE_ARCHIVE, "an archive or compressed file: unpack it, and "
                                      "give the folder" },
    [SNIFF_OFFICE] = { CODE_NOT_JSON, "an Office document, not an answer: collect it "
                                      "again with --output json" },
    [SNIFF_SCRIPT] = { CODE_NOT_JSON, "a script, not the answer of a call: run the "
                                      "command, and save what it prints" },
    [SNIFF_OTHER] = { CODE_COUNT, NULL },
};
static_assert(sizeof refusals / sizeof *refusals == SNIFF_COUNT, "a row for each");

static const char *text_of_rest(struct arena *arena, enum sniff sniff, struct str head)
{
    const char *quote = failure_quote(arena, sniff_line(head));

    if (sniff == SNIFF_BEFORE) {
        return arena_printf(
            arena,
            "text stands before the JSON, which begins at byte %zu (%s): "
            "see where it comes from (the shell's start file, a warning, "
            "2>&1), and collect it again, or delete it",
            sniff_json_at(head) + 1, quote);
    }
    if (sniff == SNIFF_QUERY) {
        return arena_printf(
            arena,
            "the query or the command itself, not its answer: %s; run it "
            "again without --query (to cmd.exe, single quotes are no "
            "quotes)",
            quote);
    }
    return arena_printf(
        arena, "not JSON: it begins with %s; collect it with --output json", quote);
}

static const char *no_answer(struct arena *arena, const struct source *source,
                             const char *text)
{
    if (source->explanation != NULL)
        return text;
    return arena_printf(
        arena,
        "%s, and what it said on standard error was not kept; collect it "
        "again",
        text);
}

void intake_refuse(struct staging *staging, struct staged_source *source,
                   enum sniff sniff, struct str head)
{
    struct staged *staged = lost(staging, source);
    struct arena *arena = staging->arena;
    const char *text = refusals[sniff].text;
    struct failure failure;

    if (sniff == SNIFF_EMPTY || sniff == SNIFF_BLANK) {
        refuse(staging, source, staged, refusals[sniff].code,
               no_answer(arena, source->source, text));
    } else if (sniff != SNIFF_ARCHIVE && failure_find(arena, head, &failure)) {
        if (staged_is_other_call(staging, staged, failure.operation))
            return;
        tell_by_error(staging, staged, failure.operation);
        refuse(staging, source, staged, CODE_CLI_ERROR,
               arena_printf(arena, "the AWS CLI's error text, not an answer: %s; %s",
                            failure.said, failure.advice));
    } else if (text != NULL) {
        refuse(staging, source, staged, refusals[sniff].code, text);
    } else {
        refuse(staging, source, staged,
               sniff == SNIFF_QUERY ? CODE_QUERY_TEXT : CODE_NOT_JSON,
               text_of_rest(arena, sniff, head));
    }
}

void intake_unreadable(struct staging *staging, struct staged_source *source,
                       const char *why)
{
    struct staged *staged = lost(staging, source);

    refuse(staging, source, staged, CODE_UNREADABLE, why);
}

void intake_changed(struct staging *staging, struct staged_source *source)
{
    const char *text =
        "it changed while it was read: what was read may never have been "
        "in it; scan again when nothing writes to it";
    bool is_evidence = false;

    for (size_t i = 0; i < source->document_count; i++) {
        struct staged *staged = source->documents[i];

        if (staged->ignored)
            continue;
        staged->damaged = true;
        staged_reason(staging, staged, CODE_CHANGED, "%s", text);
        is_evidence = true;
    }
    if (is_evidence)
        problems_add(&staging->problems, source->source->path, CODE_CHANGED, NULL, "%s",
                     text);
}
