#include "judge/filter.h"

#include <string.h>

enum { NAMED_MAX = 5 }; /* accounts or regions in a message */

/* Absent text may be any of them; no filter keeps all. */
static bool keeps(const struct str_list *wanted, struct str text)
{
    if (wanted->count == 0 || text.text == NULL)
        return true;
    for (size_t i = 0; i < wanted->count; i++)
        if (str_equal(wanted->items[i], text))
            return true;
    return false;
}

bool filter_keeps(const struct settings *settings, const struct scope *scope)
{
    return keeps(&settings->accounts, scope->account) &&
           keeps(&settings->regions, scope->region);
}

/* ---- what was asked for, and is not there ---- */

static struct str member_of(const struct scope *scope, bool is_account)
{
    return is_account ? scope->account : scope->region;
}

static bool is_judged(const struct settings *settings, const struct cells *cells,
                      bool is_account, struct str wanted)
{
    for (size_t i = 0; i < cells->count; i++)
        if (str_equal(member_of(&cells->items[i]->scope, is_account), wanted) &&
            filter_keeps(settings, &cells->items[i]->scope))
            return true;
    return false;
}

/* "us-east-1, us-west-2" */
static const char *there_are(const struct cells *cells, bool is_account,
                             struct arena *scratch)
{
    struct buf text = BUF_EMPTY(scratch);
    struct table seen = TABLE_EMPTY(scratch);
    size_t count = 0;

    for (size_t i = 0; i < cells->count; i++) {
        struct str name = member_of(&cells->items[i]->scope, is_account);
        void **slot;

        if (name.text == NULL)
            continue;
        slot = table_slot(&seen, name);
        if (*slot != NULL)
            continue;
        *slot = &seen;
        if (count++ < NAMED_MAX)
            buf_printf(&text, "%s%.*s", count > 1 ? ", " : "", STR_ARG(name));
    }
    if (count > NAMED_MAX)
        buf_printf(&text, " and %zu more", count - NAMED_MAX);
    return count > 0 ? buf_str(&text).text : "none that is told";
}

static bool check(const struct settings *settings, const struct cells *cells,
                  bool is_account, struct arena *scratch, struct error *err)
{
    const struct str_list *wanted =
        is_account ? &settings->accounts : &settings->regions;
    const struct str_list *other =
        is_account ? &settings->regions : &settings->accounts;
    const char *name = is_account ? "account" : "region";

    for (size_t i = 0; i < wanted->count; i++) {
        if (is_judged(settings, cells, is_account, wanted->items[i]))
            continue;
        return error_set(err,
                         "option '--%s': there is no evidence of '%s'%s, but of %s",
                         name, wanted->items[i].text,
                         other->count == 0 ? ""
                         : is_account      ? " in the regions asked for"
                                           : " in the accounts asked for",
                         there_are(cells, is_account, scratch));
    }
    return true;
}

bool filter_check(const struct settings *settings, const struct cells *cells,
                  struct arena *scratch, struct error *err)
{
    return check(settings, cells, true, scratch, err) &&
           check(settings, cells, false, scratch, err);
}

/* ---- problems ---- */

/* Whether something of it may be of a scope that was asked for. */
static bool keeps_source(const struct settings *settings,
                         const struct document_source *source)
{
    for (size_t i = 0; i < source->document_count; i++) {
        const struct document *document = source->documents[i];
        struct scope scope;

        scope_of(document, &scope);
        if (document_has(document, DOUBTS_OF_PLACE | DOUBT_SPREAD) ||
            filter_keeps(settings, &scope))
            return true;
    }
    return source->document_count == 0;
}

void filter_problems(struct gathered *gathered)
{
    struct problems *problems = &gathered->problems;
    size_t kept = 0, next = 0;

    if (gathered->settings->accounts.count + gathered->settings->regions.count == 0)
        return;
    for (size_t i = 0; i < problems->count; i++) {
        const char *path = problems->items[i].path;

        while (next < gathered->source_count &&
               strcmp(gathered->sources[next]->source->path, path) < 0)
            next++;
        if (next == gathered->source_count ||
            strcmp(gathered->sources[next]->source->path, path) != 0 ||
            keeps_source(gathered->settings, gathered->sources[next]))
            problems->items[kept++] = problems->items[i];
    }
    problems->count = kept;
}

/* ---- coverage ---- */

static struct str_list kept_of(struct arena *arena, const struct str_list *wanted,
                               const struct str_list *regions)
{
    struct str_list kept = { .items = arena_array(arena, regions->count, struct str) };

    for (size_t i = 0; i < regions->count; i++)
        if (keeps(wanted, regions->items[i]))
            kept.items[kept.count++] = regions->items[i];
    return kept;
}

bool filter_coverage(struct arena *arena, const struct settings *settings,
                     struct coverage *coverage)
{
    if (!keeps(&settings->accounts, coverage->account))
        return false;
    if (settings->regions.count > 0) {
        coverage->expected = kept_of(arena, &settings->regions, &coverage->expected);
        coverage->delivered = kept_of(arena, &settings->regions, &coverage->delivered);
    }
    return true;
}
