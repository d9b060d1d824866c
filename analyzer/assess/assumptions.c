#include "assess/assumptions.h"

#include <string.h>

enum { ASSUMPTIONS_MAX = 16, TEXT_PATHS_MAX = 3, QUOTED_BYTES_MAX = 100 };

struct assumption_list {
    struct arena *arena;
    struct assumption items[ASSUMPTIONS_MAX];
    size_t count;
};

static void assumption_add(struct assumption_list *list, enum code code, bool aloud,
                           const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].code, code_name(code)) == 0 &&
            strcmp(list->items[i].text, text) == 0)
            return;
    if (list->count < ASSUMPTIONS_MAX)
        list->items[list->count++] =
            (struct assumption){ code_name(code), text, aloud };
}

/* The paths of the documents that the upper bound rests on, the first few. */
static const char *paths_of(struct arena *arena, const struct judgement *judgement,
                            const struct measure *measure)
{
    const struct listing *listing =
        holdings_find(judgement->holdings, measure->fact->type, judgement->scope);
    struct buf buf = BUF_EMPTY(arena);
    const char *last = NULL;
    size_t count = 0;

    for (size_t i = 0; i < listing->count; i++) {
        const char *path = listing->items[i]->from->source->path;

        if (!staged_is_complete(listing->items[i], measure, false) ||
            (last != NULL && strcmp(last, path) == 0))
            continue;
        last = path;
        if (count < TEXT_PATHS_MAX)
            buf_printf(&buf, "%s%s", count > 0 ? ", " : "", path);
        count++;
    }
    if (count > TEXT_PATHS_MAX)
        buf_printf(&buf, " and %zu more", count - TEXT_PATHS_MAX);
    return buf_str(&buf).text;
}

/* Evidence's own text in a sentence: a NUL does not end it, and it is no page. */
static const char *quoted(struct arena *arena, struct str text)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < text.len && i < QUOTED_BYTES_MAX; i++) {
        if (text.text[i] == '\0')
            buf_add(&buf, STR("\\x00"));
        else
            buf_add_byte(&buf, text.text[i]);
    }
    if (text.len > QUOTED_BYTES_MAX)
        buf_add(&buf, STR("..."));
    return buf_str(&buf).text;
}

/* Aloud where all the records of a listing share what it could be narrowed by. */
static bool add_shared(struct assumption_list *list, const struct judgement *judgement,
                       const struct measure *measure)
{
    const struct listing *listing =
        holdings_find(judgement->holdings, measure->fact->type, judgement->scope);
    bool any = false;

    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];

        if (staged->narrowed_field.text == NULL ||
            !staged_is_complete(staged, measure, false))
            continue;
        any = true;
        assumption_add(
            list, CODE_NOT_NARROWED, true,
            arena_printf(
                list->arena,
                "%s lists all %.*s, though each of its %llu has the %.*s "
                "'%s'",
                staged->from->source->path, STR_ARG(measure->fact->type->title),
                (unsigned long long)staged->records, STR_ARG(staged->narrowed_field),
                quoted(list->arena, staged->narrowed_value)));
    }
    return any;
}

/* Options narrow a listing, never what is one record. */
static bool rests_on_a_record(const struct judgement *judgement,
                              const struct measure *measure)
{
    const struct listing *listing =
        holdings_find(judgement->holdings, measure->fact->type, judgement->scope);

    for (size_t i = 0; i < listing->count; i++)
        if (staged_is_complete(listing->items[i], measure, false) &&
            listing->items[i]->call->answer == ANSWER_MAP)
            return true;
    return false;
}

static void add_upper(struct assumption_list *list, const struct judgement *judgement,
                      size_t fact)
{
    const struct measure *measure = judgement->measures[fact];

    if (judgement->counts[fact].filtered) {
        assumption_add(list, CODE_FILTERED, true,
                       arena_printf(list->arena,
                                    "the filter, if any, of %s kept every record that "
                                    "counts",
                                    paths_of(list->arena, judgement, measure)));
    } else if (!rests_on_a_record(judgement, measure) &&
               !add_shared(list, judgement, measure)) {
        assumption_add(list, CODE_NOT_NARROWED, false,
                       arena_printf(list->arena, "no option narrowed %s",
                                    paths_of(list->arena, judgement, measure)));
    }
}

static void add_account(struct assumption_list *list, const struct judgement *judgement,
                        size_t fact)
{
    const struct listing *listing = holdings_find(
        judgement->holdings, judgement->measures[fact]->fact->type, judgement->scope);

    for (size_t i = 0; i < listing->count; i++) {
        if (listing->items[i]->account_told == TOLD_ARN && listing->items[i]->read &&
            !listing->items[i]->mislabelled) {
            assumption_add(list, CODE_ACCOUNT_BY_ARN, true,
                           arena_printf(list->arena,
                                        "only the records' ARNs tell the account of %s",
                                        listing->items[i]->from->source->path));
        }
    }
}

static bool has_complete(const struct listing *listing, const struct measure *measure,
                         bool no_filtered)
{
    for (size_t i = 0; i < listing->count; i++)
        if (staged_is_complete(listing->items[i], measure, no_filtered) &&
            listing->items[i]->call->gives == GIVES_WHOLE)
            return true;
    return false;
}

/* A --query may print the id of a record's source, too, or the ARN that a job once
 * made: what they name may be gone. */
static void add_ids(struct assumption_list *list, const struct judgement *judgement,
                    size_t fact)
{
    const struct measure *measure = judgement->measures[fact];
    const struct listing *listing =
        holdings_find(judgement->holdings, measure->fact->type, judgement->scope);

    if (has_complete(listing, measure,
                     judgement->holdings->staging->settings->no_filtered))
        return; /* it says what is there */
    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];
        uint64_t sure = 0, maybe = 0;

        if (!staged->by_ids || !staged->read || staged->mislabelled)
            continue;
        staged_tally(staged, measure, &sure, &maybe);
        if (sure > 0) {
            assumption_add(list, CODE_IDS, true,
                           arena_printf(list->arena,
                                        "the ids in %s are of %.*s that are there",
                                        staged->from->source->path,
                                        STR_ARG(measure->fact->type->title)));
        }
    }
}

static void add_fact(struct assumption_list *list, const struct judgement *judgement,
                     size_t fact)
{
    bool rests = judgement_rests_on_upper(judgement, fact);
    struct scopes scopes;

    holdings_scopes(judgement->holdings, judgement->measures[fact]->fact->type,
                    judgement->scope, &scopes);
    for (size_t i = 0; i < scopes.count; i++) {
        struct judgement of_scope = *judgement;

        of_scope.scope = &scopes.items[i];
        add_account(list, &of_scope, fact);
        add_ids(list, &of_scope, fact);
        if (rests)
            add_upper(list, &of_scope, fact);
    }
}

void assumptions_of_finding(struct arena *arena, const struct judgement *judgement,
                            struct finding *finding)
{
    struct assumption_list list = { .arena = arena };

    if (finding->result == RESULT_UNKNOWN)
        return;
    for (size_t i = 0; i < judgement->rule->fact_count; i++) {
        if (judgement->reads[i])
            add_fact(&list, judgement, i);
    }
    finding->assumption_count = list.count;
    if (list.count > 0)
        finding->assumptions = memcpy(arena_array(arena, list.count, struct assumption),
                                      list.items, list.count * sizeof *list.items);
}
