#include "report/said.h"

#include "base/sandbox.h"
#include "base/shell.h"
#include "base/table.h"

#include <string.h>

enum { SCRIPT_PATHS = 8 }; /* in a command */

struct str finding_name(struct arena *arena, const struct finding *finding)
{
    struct buf name = BUF_EMPTY(arena);

    buf_add(&name, finding->account.text != NULL ? finding->account : STR("-"));
    buf_add_byte(&name, ' ');
    buf_add(&name, finding->region.text != NULL ? finding->region : STR("-"));
    if (finding->resource.text != NULL) {
        buf_add_byte(&name, ' ');
        buf_add(&name, finding->resource);
    }
    if (finding->source != NULL)
        buf_printf(&name, " (%s)", finding->source);
    return buf_str(&name);
}

struct str sandbox_said(struct arena *arena, const struct assessment *assessment)
{
    const struct sandbox *sandbox = assessment->sandbox;

    if (sandbox == NULL)
        return STR_NONE;
    return str_from(arena_printf(
        arena, "not confined: %s%s%s (%s)", sandbox->has_files ? "" : "files",
        sandbox->has_files || sandbox->has_calls ? "" : " and ",
        sandbox->has_calls ? "" : "calls to the system", sandbox->why));
}

/* ---- one line -------------------------------------------------------------------- */

const char *finding_headline(struct arena *arena, const struct finding *finding)
{
    struct buf text = BUF_EMPTY(arena);

    if (finding->possible_count < 2)
        return finding->message;
    if (finding->rule->unknown.text != NULL)
        return arena_printf(arena, "not known %.*s", STR_ARG(finding->rule->unknown));
    buf_add(&text, STR("could be "));
    for (size_t i = 0; i < finding->possible_count; i++) {
        if (i > 0)
            buf_add(&text, i + 1 < finding->possible_count ? STR(", ") : STR(" or "));
        buf_add(&text, finding->possible[i] == RESULT_NOT_APPLICABLE
                           ? STR("not applicable")
                           : str_from(result_name(finding->possible[i])));
    }
    return buf_str(&text).text;
}

const char *finding_cause(struct arena *arena, const struct finding *finding)
{
    struct reason first;

    if (finding->result != RESULT_UNKNOWN || finding->reason_count == 0)
        return NULL;
    first = finding->reasons[0];
    if (first.failure != NULL)
        return failure_label(arena, first.failure);
    first.path = NULL;
    return reason_text(arena, &first);
}

const char *finding_message(struct arena *arena, const struct finding *finding)
{
    const char *headline = finding_headline(arena, finding);
    const char *cause = finding_cause(arena, finding);

    return cause == NULL ? headline : arena_printf(arena, "%s: %s", headline, cause);
}

/* ---- where ----------------------------------------------------------------------- */

struct places {
    const char *first;  /* of all sources; NULL: there is none */
    struct table table; /* "account region" and "account ", to the path of the first
                           source that has evidence of them */
    struct arena *arena;
};

static struct str scope_key(struct buf *key, struct str account, struct str region)
{
    key->len = 0;
    buf_add(key, account);
    buf_add_byte(key, ' ');
    buf_add(key, region);
    return buf_str(key);
}

static void note_place(struct places *places, struct str account, struct str region,
                       const char *path)
{
    struct buf key = BUF_EMPTY(places->arena);
    void **slot = table_slot(&places->table, scope_key(&key, account, region));
    const char **first;

    if (*slot != NULL)
        return;
    first = arena_new(places->arena, const char *);
    *first = path;
    *slot = first;
}

struct places *places_new(struct arena *arena, const struct assessment *assessment)
{
    struct places *places = arena_new(arena, struct places);

    places->arena = arena;
    places->table = (struct table)TABLE_EMPTY(arena);
    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        if (places->first == NULL)
            places->first = source->source->path;
        for (size_t j = 0; j < source->document_count; j++) {
            const struct document_summary *document = source->documents[j];

            if (document->account.text == NULL)
                continue;
            note_place(places, document->account, document->region,
                       source->source->path);
            note_place(places, document->account, STR(""), source->source->path);
        }
    }
    return places;
}

/* The first reason that is about a file; NULL: none is. */
static const struct reason *reason_in_file(const struct finding *finding)
{
    for (size_t i = 0; i < finding->reason_count; i++)
        if (finding->reasons[i].path != NULL)
            return &finding->reasons[i];
    return NULL;
}

static const char *path_of_scope(const struct places *places,
                                 const struct finding *finding)
{
    struct arena scratch = { 0 };
    struct buf key = BUF_EMPTY(&scratch);
    const char *const *path;

    path =
        table_find(&places->table, scope_key(&key, finding->account, finding->region));
    if (path == NULL)
        path = table_find(&places->table, scope_key(&key, finding->account, STR("")));
    arena_release(&scratch);
    return path != NULL ? *path : places->first;
}

static bool is_of_verdicts(const struct option *option)
{
    for (size_t i = 0; settings_of_verdicts[i] != NULL; i++)
        if (strcmp(option->name, settings_of_verdicts[i]) == 0)
            return true;
    return false;
}

/* Of one that takes several, all values behind the first are words of the same. */
static bool takes_list(const struct option *option)
{
    return option->kind == OPTION_WORDS || option->kind == OPTION_ACCOUNTS ||
           option->kind == OPTION_REGIONS;
}

static void add_option(struct arena *arena, const struct settings *settings,
                       const struct option *option, struct buf *command)
{
    struct buf list = BUF_EMPTY(arena);
    struct str value;

    for (size_t i = 0; option_given(option, settings, i, &value); i++) {
        if (i == 0 || !takes_list(option))
            buf_printf(command, " --%s", option->name);
        if (takes_list(option)) {
            buf_add(&list, i > 0 ? STR(",") : STR(""));
            buf_add(&list, value);
        } else if (option->kind != OPTION_FLAG) {
            buf_add_byte(command, '=');
            shell_add_word(command, value);
        }
    }
    if (list.len > 0) {
        buf_add_byte(command, '=');
        shell_add_word(command, buf_str(&list));
    }
}

struct str script_command(struct arena *arena, const struct assessment *assessment)
{
    struct buf command = BUF_EMPTY(arena);
    bool is_like_option = false;

    buf_add(&command, STR("invaudit evidence -o script"));
    for (const struct option *option = settings_options; option->name != NULL; option++)
        if (!is_of_verdicts(option))
            add_option(arena, assessment->settings, option, &command);
    for (size_t i = 0; i < assessment->path_count; i++)
        is_like_option |=
            assessment->paths[i][0] == '-' && assessment->paths[i][1] != 0;
    if (is_like_option)
        buf_add(&command, STR(" --"));
    for (size_t i = 0; i < assessment->path_count && i < SCRIPT_PATHS; i++) {
        buf_add_byte(&command, ' ');
        shell_add_word(&command, str_from(assessment->paths[i]));
    }
    if (assessment->path_count > SCRIPT_PATHS)
        buf_add(&command, STR(" PATH..."));
    return buf_str(&command);
}

const char *waiver_text(struct arena *arena, const struct waiver *waiver)
{
    struct buf text = BUF_EMPTY(arena);
    const char *separator = " (";

    buf_printf(&text, "accepted until %.*s by %.*s", STR_ARG(waiver->expires),
               STR_ARG(waiver->owner));
    if (waiver->ticket.text != NULL) {
        buf_printf(&text, "%sticket %.*s", separator, STR_ARG(waiver->ticket));
        separator = ", ";
    }
    if (waiver->approved_by.text != NULL) {
        buf_printf(&text, "%sapproved by %.*s", separator,
                   STR_ARG(waiver->approved_by));
        separator = ", ";
    }
    buf_printf(&text, "%s: %.*s", separator[0] == ',' ? ")" : "",
               STR_ARG(waiver->reason));
    return buf_str(&text).text;
}

static const struct citation *first_citation(const struct finding *finding)
{
    for (size_t i = 0; i < finding->citation_count; i++)
        if (finding->citations[i].decisive)
            return &finding->citations[i];
    return finding->citation_count > 0 ? &finding->citations[0] : NULL;
}

static struct finding_place place_at(const char *path, uint64_t line)
{
    return (struct finding_place){ path, line > 0 ? line : 1 };
}

struct finding_place places_of(const struct places *places,
                               const struct finding *finding)
{
    const struct citation *citation = first_citation(finding);
    const struct reason *reason = reason_in_file(finding);

    if (citation != NULL && finding->result != RESULT_UNKNOWN)
        return place_at(citation->path, citation->line);
    if (finding->source != NULL)
        return place_at(finding->source, 0);
    if (reason != NULL)
        return place_at(reason->path, reason->line);
    if (citation != NULL)
        return place_at(citation->path, citation->line);
    return place_at(path_of_scope(places, finding), 0);
}
