#include "judge/coverage.h"

#include "gather/kind.h"

#include "judge/combine.h"

#include <stdlib.h>

static int compare_texts(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

struct region_set {
    struct arena *arena;
    struct str_list list;
    size_t capacity;
};

static void region_add(struct region_set *set, struct str region)
{
    set->list.items = arena_grow(set->arena, set->list.items, set->list.count,
                                 &set->capacity, sizeof *set->list.items);
    set->list.items[set->list.count++] = region;
}

static void regions_sort(struct str_list *list)
{
    size_t kept = 0;

    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, compare_texts);
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || !str_equal(list->items[kept - 1], list->items[i]))
            list->items[kept++] = list->items[i];
    list->count = kept;
}

/* Of a complete listing; one without any region was filtered: no account has none. */
static bool closes(const struct staged *staged)
{
    return staged_is_complete(staged, NULL, true) && !staged->ids_lost &&
           staged->id_count > 0;
}

static bool has_region(const struct str_list *regions, struct str region)
{
    for (size_t i = 0; i < regions->count; i++)
        if (str_equal(regions->items[i], region))
            return true;
    return false;
}

/* Those that one answer lists as not in use, and none as in use. */
static void find_unused(struct arena *arena, const struct listing *listing,
                        struct coverage *coverage)
{
    struct region_set unused = { .arena = arena };

    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];

        if (!staged->read || staged->mislabelled)
            continue;
        for (size_t j = 0; j < staged->unused.count; j++) {
            if (!has_region(&coverage->expected, staged->unused.items[j])) {
                region_add(&unused, staged->unused.items[j]);
                if (coverage->unused_told_by == NULL)
                    coverage->unused_told_by = staged->from->source->path;
            }
        }
    }
    regions_sort(&unused.list);
    coverage->unused = unused.list;
}

void coverage_find(struct arena *arena, const struct holdings *holdings,
                   struct str account, struct coverage *coverage)
{
    const struct scope scope = { .account = account };
    const struct str_list *given = &holdings->staging->settings->expect_regions;
    const struct type *type =
        catalog_type(holdings->staging->measures->catalog, STR(REGION_TYPE));
    const struct listing *listing =
        type != NULL ? holdings_find(holdings, type, &scope) : NULL;
    struct region_set expected = { .arena = arena };

    *coverage = (struct coverage){ .account = account };
    for (size_t i = 0; i < given->count; i++)
        region_add(&expected, given->items[i]);
    if (given->count > 0) {
        coverage->told_by = "--expect-regions";
        coverage->is_closed = true;
    }
    for (size_t i = 0; listing != NULL && i < listing->count; i++) {
        const struct staged *staged = listing->items[i];

        if (!staged->read || staged->mislabelled)
            continue;
        for (size_t j = 0; j < staged->id_count; j++)
            region_add(&expected, staged->ids[j]);
        if (!closes(staged))
            continue;
        coverage->is_closed = true;
        if (coverage->told_by == NULL)
            coverage->told_by = staged->from->source->path;
    }
    regions_sort(&expected.list);
    coverage->expected = expected.list;
    if (listing != NULL)
        find_unused(arena, listing, coverage);
}

bool coverage_is_unused(const struct coverage *coverage,
                        const struct holdings *holdings, const struct scope *scope)
{
    const struct catalog *catalog = holdings->staging->measures->catalog;

    if (!has_region(&coverage->unused, scope->region))
        return false;
    for (size_t i = 0; i < catalog->type_count; i++) {
        const struct listing *listing =
            holdings_find(holdings, catalog->types[i], scope);

        if (catalog->types[i]->level != LEVEL_REGION)
            continue;
        for (size_t j = 0; j < listing->count; j++)
            if (listing->items[j]->read && !listing->items[j]->mislabelled)
                return false;
    }
    return true;
}
