#include "find/look.h"

#include "catalog/name.h"

#include <assert.h>
#include <string.h>

enum { STATUS_BYTES_MAX = 11 }; /* of an exit status: Windows has some of 32 bits */

static const char words_error_output[] = "the error output of the call beside it";
static const char words_exit_status[] = "the exit status of the call beside it";
/* Of lists of the collection, by enum stated_by; NULL: it is none. */
static const char *const words_lists[] = {
    [STATED_BY_NONE] = NULL,
    [STATED_BY_MANIFEST] = "the collection's list of its calls",
    [STATED_BY_SUMS] = "the collection's list of digests",
    [STATED_BY_BAG] = "the collection's list of digests",
};

const char look_list_unread[] =
    "a list of calls, without the header of one that is read";

/* Why a file that was sniffed is none to read; NULL: it is one. */
static const char *const words_sniffed[] = {
    [SNIFF_EMPTY] = "an empty file, not named as a call",
    [SNIFF_BLANK] = "nothing but blanks",
    [SNIFF_JSON] = NULL,
    [SNIFF_QUOTES] = NULL,
    [SNIFF_BEFORE] = "text, with JSON in it",
    [SNIFF_TERMINAL] = "a copy of a terminal",
    [SNIFF_SCALAR] = "not a JSON object or array",
    [SNIFF_CLI_ERROR] = NULL,
    [SNIFF_TABLE] = "a table, not JSON",
    [SNIFF_TEXT] = "text with tabs, not JSON",
    [SNIFF_YAML] = "YAML, not JSON",
    [SNIFF_QUERY] = "a query or a command, not its answer",
    [SNIFF_ARCHIVE] = NULL,
    [SNIFF_OFFICE] = "an Office document",
    [SNIFF_SCRIPT] = "a script",
    [SNIFF_OTHER] = "not JSON",
};
static_assert(sizeof words_sniffed / sizeof *words_sniffed == SNIFF_COUNT,
              "a text for each");

/* ---- what a file is ---- */

const char *look_explains(enum sidecar_kind kind)
{
    return kind == SIDECAR_ERRORS   ? words_error_output
           : kind == SIDECAR_STATUS ? words_exit_status
                                    : NULL;
}

bool look_hides(enum sidecar_kind kind)
{
    return kind == SIDECAR_SYSTEM || kind == SIDECAR_DOCUMENT || kind == SIDECAR_RUNS ||
           kind == SIDECAR_STATUS || kind == SIDECAR_SIGNATURE;
}

bool look_is_call(const struct catalog *catalog, struct str name)
{
    struct name parsed;

    name_parse(catalog, name, &parsed);
    return parsed.call != NULL;
}

bool look_is_named(struct arena *arena, const struct catalog *catalog,
                   const struct pattern *path_pattern, struct pattern_match *match,
                   struct str name, const char *path)
{
    struct labels labels;

    if (is_json_name(name) || look_is_call(catalog, name))
        return true;
    labels_parse(arena, catalog, path_pattern, match, str_from(path), &labels);
    return labels.type != NULL;
}

bool look_at_name(struct str name, const struct sidecar *sidecar, bool has_answer,
                  struct looked *look)
{
    const char *list = words_lists[stated_by_name(name)];

    *look = (struct looked){ .use = SOURCE_READ };
    if (list != NULL)
        *look = (struct looked){ SOURCE_EXPLAINS, list };
    else if (sidecar == NULL)
        return is_json_name(name);
    else if (has_answer && look_explains(sidecar->kind) != NULL)
        *look = (struct looked){ SOURCE_EXPLAINS, look_explains(sidecar->kind) };
    else if (sidecar->kind == SIDECAR_SIGNATURE)
        *look = (struct looked){ SOURCE_IGNORED, sidecar->what };
    else
        return false;
    return true;
}

/* Why what lies beside evidence is none, whatever call stands in its name; NULL: it may
 * be. */
static const char *not_evidence_beside(const struct catalog *catalog, struct str name,
                                       const struct sidecar *sidecar, bool has_answer,
                                       enum sniff kind)
{
    bool is_log = sidecar->kind == SIDECAR_LOG;
    bool is_answer = is_log || sidecar->kind == SIDECAR_COPY;
    bool may_fail =
        is_log ? !has_answer && look_is_call(catalog, name)
               : sidecar->kind == SIDECAR_ERRORS || sidecar->kind == SIDECAR_COPY;

    if (kind == SNIFF_JSON || (is_answer && kind == SNIFF_ARCHIVE) ||
        (may_fail && kind == SNIFF_CLI_ERROR))
        return NULL;
    return sidecar->what;
}

/* The same of what has no name in .json, and is named as a call, or is not. */
static const char *not_evidence(enum sniff kind, struct str name, bool is_named)
{
    if (!is_named)
        return words_sniffed[kind];
    if (kind == SNIFF_OFFICE || kind == SNIFF_SCRIPT)
        return words_sniffed[kind];
    if (kind == SNIFF_OTHER && str_ends_with(name, STR(".txt")))
        return "text, not JSON";
    return NULL;
}

void look_at_head(const struct catalog *catalog, struct str name,
                  const struct sidecar *sidecar, bool has_answer, enum sniff kind,
                  bool goes_on, struct looked *look)
{
    if (sidecar != NULL)
        look->why = not_evidence_beside(catalog, name, sidecar, has_answer, kind);
    else if (kind == SNIFF_BLANK && goes_on)
        look->why = NULL; /* blanks as far as one can see: only reading it tells */
    else
        look->why = not_evidence(kind, name, look_is_call(catalog, name));
    look->use = look->why == NULL ? SOURCE_READ : SOURCE_IGNORED;
    if (look->why != NULL && sidecar != NULL && sidecar->kind == SIDECAR_RUNS)
        look->use = SOURCE_EXPLAINS;
    if (look->why != NULL && sidecar != NULL && has_answer &&
        sidecar->kind == SIDECAR_LOG && kind == SNIFF_CLI_ERROR)
        *look = (struct looked){ SOURCE_EXPLAINS, words_error_output };
}

/* ---- what tells how a call ended ---- */

static const char *last_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

bool look_at_failure(struct arena *arena, const char *name, struct str text,
                     struct failure *failure)
{
    struct sidecar sidecar;

    *failure = (struct failure){ 0 };
    if (failure_find(arena, text, failure))
        return true;
    if (!sidecar_of(str_from(name), &sidecar) || sidecar.kind != SIDECAR_LOG)
        failure->said = failure_last_line(arena, text);
    return false;
}

void look_explain(struct arena *arena, const char *name, const struct failure *failure,
                  struct source *source)
{
    if (failure->said == NULL)
        return;
    name = last_name(name);
    source->explanation = failure->said;
    source->explained_by = arena_copy(arena, name, strlen(name));
    if (failure->advice != NULL) {
        struct failure *kept = arena_new(arena, struct failure);

        *kept = *failure;
        source->failure = kept;
    }
}

const char *look_at_status(struct arena *arena, struct str text)
{
    bool failed = false;

    text = str_trim(text);
    if (text.len == 0 || text.len > STATUS_BYTES_MAX)
        return NULL;
    for (size_t i = text.text[0] == '-' ? 1 : 0; i < text.len; i++) {
        if (!is_digit(text.text[i]))
            return NULL;
        failed = failed || text.text[i] != '0';
    }
    return failed ? str_copy(arena, text).text : "";
}

void look_end(struct arena *arena, const char *name, const char *status,
              struct source *source)
{
    if (status == NULL)
        return;
    name = last_name(name);
    source->failed_status = status[0] != '\0' ? status : NULL;
    source->status_told_by = arena_copy(arena, name, strlen(name));
}

size_t look_rank(const struct sidecar *sidecar, size_t suffix)
{
    enum { LOG_RANK = 100 };

    return 1 + suffix + (sidecar->kind == SIDECAR_LOG ? LOG_RANK : 0);
}
