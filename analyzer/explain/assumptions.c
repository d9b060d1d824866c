#include "explain/assumptions.h"

#include "gather/kind.h"

#include <string.h>

enum {
    ASSUMPTIONS_MAX = 16,
    TEXT_PATHS_MAX = 3,
    QUOTED_BYTES_MAX = 100,
    PAGE_RECORDS = 100, /* of RDS, if nobody asks for more */
};

struct assumption_list {
    struct arena *arena;
    struct reason items[ASSUMPTIONS_MAX];
    size_t count;
};

static void assumption_add(struct assumption_list *list, const struct reason *reason)
{
    for (size_t i = 0; i < list->count; i++)
        if (reason_equal(&list->items[i], reason))
            return;
    if (list->count < ASSUMPTIONS_MAX)
        list->items[list->count++] = *reason;
}

/* Some paths in a sentence: the first few, each once, and how many more. */
struct paths {
    struct buf buf;
    const char *last;
    size_t count;
};

static void paths_add(struct paths *paths, const char *path)
{
    if (paths->last != NULL && strcmp(paths->last, path) == 0)
        return;
    paths->last = path;
    if (paths->count < TEXT_PATHS_MAX)
        buf_printf(&paths->buf, "%s%s", paths->count > 0 ? ", " : "", path);
    paths->count++;
}

static struct str paths_text(struct paths *paths)
{
    if (paths->count > TEXT_PATHS_MAX)
        buf_printf(&paths->buf, " and %zu more", paths->count - TEXT_PATHS_MAX);
    return buf_str(&paths->buf);
}

/* Evidence's own text in a sentence is no page of it. */
static struct str quoted(struct arena *arena, struct str text)
{
    struct buf buf = BUF_EMPTY(arena);

    if (text.len <= QUOTED_BYTES_MAX)
        return text;
    buf_add(&buf, str_slice(text, 0, QUOTED_BYTES_MAX));
    buf_add(&buf, STR("..."));
    return buf_str(&buf);
}

/* Aloud where all the records of a listing share what it could be narrowed by, or are
 * as many as one page has. */
static bool add_aloud(struct assumption_list *list, const struct staged *staged)
{
    struct str path = str_from(staged->from->source->path);
    struct str title = staged->type->title;

    if (staged->narrowed_field.text != NULL && staged->records > 1) {
        assumption_add(list,
                       SAYS(SAY_NOT_NARROWED_TO_VALUE, .count = staged->records,
                            .texts = { path, title, staged->narrowed_field,
                                       quoted(list->arena, staged->narrowed_value) }));
        return true;
    }
    if (staged->records == PAGE_RECORDS) {
        assumption_add(list, SAYS(SAY_NOT_NARROWED_TO_PAGE, .texts = { path, title },
                                  .count = PAGE_RECORDS));
        return true;
    }
    return false;
}

/* Whether an unlimited document is complete: then no limited one is asked. */
static bool has_unlimited(const struct listing *listing, const struct measure *measure)
{
    for (size_t i = 0; i < listing->count; i++)
        if (!staged_is_limited(listing->items[i]) &&
            staged_is_complete(listing->items[i], measure, false))
            return true;
    return false;
}

/* That the complete documents of a listing, which an upper bound rests on, are whole. A
 * measure NULL: of a listing of parents or of regions. */
static void add_listing(struct assumption_list *list, const struct listing *listing,
                        const struct measure *measure, bool no_filtered)
{
    bool unlimited = has_unlimited(listing, measure);
    struct paths filtered = { .buf = BUF_EMPTY(list->arena) };
    struct paths plain = { .buf = BUF_EMPTY(list->arena) };

    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];
        const char *path = staged->from->source->path;

        /* options narrow a listing, never what is one record */
        if (!staged_is_complete(staged, measure, no_filtered) ||
            staged->call->answer == ANSWER_MAP ||
            (unlimited && staged_is_limited(staged)))
            continue;
        if (staged->bare)
            paths_add(&filtered, path);
        else if (staged->asked) {
            assumption_add(list,
                           SAYS(SAY_NOT_NARROWED_FURTHER,
                                .texts = { staged->option->option, staged->option->word,
                                           str_from(path) }));
        } else if (!add_aloud(list, staged)) {
            paths_add(&plain, path);
        }
    }
    if (filtered.count > 0)
        assumption_add(list, SAYS(SAY_FILTERED, .texts = { paths_text(&filtered) }));
    if (plain.count > 0)
        assumption_add(list, SAYS(SAY_NOT_NARROWED, .texts = { paths_text(&plain) }));
}

/* A page that nothing places may be one of any listing. */
static void add_unplaced(struct assumption_list *list,
                         const struct judgement *judgement, const struct type *type)
{
    const char *path = NULL;
    size_t count = taints_unplaced(judgement->cells->taints, type, &path);

    if (count > 0)
        assumption_add(
            list, SAYS(count == 1 ? SAY_PAGES_TOGETHER : SAY_PAGES_TOGETHER_OF_MANY,
                       .texts = { str_from(path), type->title }, .count = count));
}

/* Parts are all that there are only if the listing of their parents is whole. */
static void add_parents(struct assumption_list *list, const struct judgement *judgement,
                        const struct type *type)
{
    for (size_t i = 0; i < type->call_count; i++) {
        const struct type *parent = type->calls[i]->parent_type;

        if (parent == NULL)
            continue;
        add_listing(list, cell_listing(judgement->cell, parent), NULL, true);
        add_unplaced(list, judgement, parent);
        add_parents(list, judgement, parent);
    }
}

static void add_upper(struct assumption_list *list, const struct judgement *judgement,
                      size_t fact)
{
    const struct measure *measure = judgement->measures[fact];
    const struct type *type = measure->fact->type;

    add_listing(list, cell_listing(judgement->cell, type), measure,
                judgement->cells->staging->settings->no_filtered);
    add_unplaced(list, judgement, type);
    add_parents(list, judgement, type);
}

/* A sum over an account's regions is all only if no region was left out. */
static void add_regions(struct assumption_list *list, const struct judgement *judgement)
{
    const struct cells *cells = judgement->cells;
    const struct type *regions =
        catalog_type(cells->staging->measures->catalog, STR(REGION_TYPE));

    if (regions != NULL && cells->staging->settings->expect_regions.count == 0) {
        add_listing(list, cell_listing(judgement->cell, regions), NULL, true);
        add_unplaced(list, judgement, regions);
    }
}

static void add_account(struct assumption_list *list, const struct judgement *judgement,
                        size_t fact)
{
    const struct listing *listing =
        cell_listing(judgement->cell, judgement->measures[fact]->fact->type);

    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];
        const char *path = staged->from->source->path;

        if (!staged->read || staged->mislabelled)
            continue;
        if (staged->account_told == TOLD_ARN ||
            (staged->spread && staged->account.text == NULL)) {
            assumption_add(list, SAYS(SAY_ACCOUNT_BY_ARN, .texts = { str_from(path) }));
        }
        if (staged->redacted)
            assumption_add(list,
                           SAYS(SAY_ACCOUNT_REDACTED, .texts = { str_from(path) }));
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
    const struct listing *listing = cell_listing(judgement->cell, measure->fact->type);

    if (has_complete(listing, measure,
                     judgement->cells->staging->settings->no_filtered))
        return; /* it says what is there */
    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];
        uint64_t sure = 0, maybe = 0;

        if (!staged->by_ids || !staged->read || staged->mislabelled)
            continue;
        staged_tally(staged, &listing->cell->scope, measure, &sure, &maybe);
        if (sure > 0)
            assumption_add(
                list, SAYS(SAY_IDS, .texts = { str_from(staged->from->source->path),
                                               measure->fact->type->title }));
    }
}

/* The documents in which it is known of a record only because it lacks a field. */
static void paths_of_absence(struct paths *paths, const struct measure *measure,
                             const struct cell *cell)
{
    const struct listing *listing = cell_listing(cell, measure->fact->type);

    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];
        bool rests = false;

        for (size_t j = 0; j < staged->bucket_count; j++)
            rests =
                rests || (bucket_is_of(staged, &staged->buckets[j], &cell->scope) &&
                          staged->buckets[j].tallies[measure->slot].rests_on_absence);
        if (rests && staged->read && !staged->mislabelled)
            paths_add(paths, staged->from->source->path);
    }
}

static void paths_of_fact(struct paths *paths, const struct judgement *judgement,
                          size_t fact)
{
    const struct measure *measure = judgement->measures[fact];
    struct cell_list sum;

    cell_sum(judgement->cell, measure->fact->type, &sum);
    for (size_t i = 0; i < sum.count; i++)
        paths_of_absence(paths, measure, sum.items[i]);
}

static void add_fields(struct assumption_list *list, const struct judgement *judgement,
                       size_t fact)
{
    struct paths paths = { .buf = BUF_EMPTY(list->arena) };

    paths_of_fact(&paths, judgement, fact);
    assumption_add(list, SAYS(SAY_FIELDS_KEPT, .texts = { paths_text(&paths) }));
}

static bool lacks_fields(const struct judgement *judgement, size_t fact)
{
    struct paths paths = { .buf = BUF_EMPTY(judgement->bounds.scratch) };

    paths_of_fact(&paths, judgement, fact);
    return paths.count > 0;
}

static void add_fact(struct assumption_list *list, const struct judgement *judgement,
                     size_t fact, const struct support *support)
{
    const struct type *type = judgement->measures[fact]->fact->type;
    struct cell_list sum;

    cell_sum(judgement->cell, type, &sum);
    for (size_t i = 0; i < sum.count; i++) {
        struct judgement of_cell = *judgement;

        of_cell.cell = sum.items[i];
        add_account(list, &of_cell, fact);
        add_ids(list, &of_cell, fact);
        if (support->upper[fact])
            add_upper(list, &of_cell, fact);
    }
    if (support->upper[fact] && sum.are_regions)
        add_regions(list, judgement);
    if (support->fields[fact])
        add_fields(list, judgement, fact);
}

void assumptions_of_finding(struct arena *arena, const struct judgement *judgement,
                            struct finding *finding)
{
    struct assumption_list list = { .arena = arena };
    size_t fact_count = judgement->rule->fact_count;
    bool *lacking = arena_array(judgement->bounds.scratch, fact_count, bool);
    struct support support;

    if (finding->result == RESULT_UNKNOWN)
        return;
    for (size_t i = 0; i < fact_count; i++)
        lacking[i] = judgement->reads[i] && lacks_fields(judgement, i);
    judgement_support(judgement, lacking, &support);
    for (size_t i = 0; i < fact_count; i++) {
        if (judgement->reads[i])
            add_fact(&list, judgement, i, &support);
    }
    finding->assumption_count = list.count;
    if (list.count > 0)
        finding->assumptions = memcpy(arena_array(arena, list.count, struct reason),
                                      list.items, list.count * sizeof *list.items);
}
