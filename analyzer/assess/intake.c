#include "assess/intake.h"

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

/* A vault without a policy, an account outside an organization: there AWS answers with
 * an error. If a rule needs the answer, its finding says why it is not there. */
static bool is_harmless(const struct staged *staged, enum code code)
{
    return staged->call != NULL && staged->call->may_fail &&
           (code == CODE_EMPTY || code == CODE_BLANK || code == CODE_CLI_ERROR);
}

/* The error text may name the call that failed, where the file's name does not. */
static void tell_by_error(struct staging *staging, struct staged *staged,
                          struct str error)
{
    struct str operation = sniff_operation(error);
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
    const char *explanation = source->source->explanation;
    struct str error = str_from(explanation);

    if (staged->ignored || staged_is_other_call(staging, staged, error))
        return;
    tell_by_error(staging, staged, error);
    if (explanation != NULL)
        text = arena_printf(staging->arena, "%s; %.*s.err beside it says: %s", text,
                            STR_ARG(source->source->file_name), explanation);
    if (!is_harmless(staged, code))
        problems_add(&staging->problems, source->source->path, code, NULL, "%s", text);
    staged_reason(staging, staged, code, "%s", text);
}

void intake_refuse(struct staging *staging, struct staged_source *source,
                   enum sniff sniff, struct str head)
{
    struct staged *staged = lost(staging, source);
    struct arena *arena = staging->arena;

    switch (sniff) {
    case SNIFF_EMPTY:
        refuse(staging, source, staged, CODE_EMPTY,
               "0 bytes: the call failed, and said why on standard error; collect it "
               "again");
        return;
    case SNIFF_CLI_ERROR:
        if (staged_is_other_call(staging, staged, head))
            return;
        tell_by_error(staging, staged, head);
        refuse(staging, source, staged, CODE_CLI_ERROR,
               arena_printf(arena, "the AWS CLI's error text, not an answer: %.*s",
                            STR_ARG(sniff_line(head))));
        return;
    case SNIFF_TABLE:
    case SNIFF_TEXT:
    case SNIFF_YAML:
        refuse(staging, source, staged, CODE_NOT_JSON,
               arena_printf(arena,
                            "looks like --output %s: collect it again with --output "
                            "json",
                            sniff == SNIFF_TABLE  ? "table"
                            : sniff == SNIFF_TEXT ? "text"
                                                  : "yaml"));
        return;
    case SNIFF_QUERY:
        refuse(staging, source, staged, CODE_QUERY_TEXT,
               arena_printf(arena,
                            "the query or the command itself, not its answer: %.*s; "
                            "run it again without --query (to cmd.exe, single quotes "
                            "are no quotes)",
                            STR_ARG(sniff_line(head))));
        return;
    case SNIFF_ARCHIVE:
        refuse(staging, source, staged, CODE_ARCHIVE,
               "an archive or compressed file: unpack it, and give the folder");
        return;
    case SNIFF_BLANK:
        refuse(staging, source, staged, CODE_BLANK,
               "nothing but blanks: the call failed, and said why on standard error; "
               "collect it again");
        return;
    case SNIFF_JSON:
    case SNIFF_SCALAR:
    case SNIFF_OTHER:
    case SNIFF_COUNT:
        break;
    }
    refuse(staging, source, staged, CODE_NOT_JSON,
           arena_printf(
               arena, "not JSON: it begins with '%.*s'; collect it with --output json",
               STR_ARG(sniff_line(head))));
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
