#include "assess/coverage.h"

#include "assess/combine.h"

#include <stdlib.h>

bool tells_regions(const struct type *type)
{
    return str_equal(type->name, STR(COVERAGE_TYPE));
}

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

void coverage_find(struct arena *arena, const struct holdings *holdings,
                   struct str account, struct coverage *coverage)
{
    const struct scope scope = { .account = account };
    const struct str_list *given = &holdings->staging->settings->expect_regions;
    const struct type *type =
        catalog_type(holdings->staging->measures->catalog, STR(COVERAGE_TYPE));
    struct region_set expected = { .arena = arena };

    *coverage = (struct coverage){ .account = account };
    for (size_t i = 0; i < given->count; i++)
        region_add(&expected, given->items[i]);
    if (given->count > 0) {
        coverage->told_by = "--expect-regions";
        coverage->is_closed = true;
    }
    for (size_t i = 0; type != NULL && i < holdings_find(holdings, type, &scope)->count;
         i++) {
        const struct staged *staged = holdings_find(holdings, type, &scope)->items[i];

        if (!staged->read || staged->mislabelled)
            continue;
        for (size_t j = 0; j < staged->id_count; j++)
            region_add(&expected, staged->ids[j]);
        if (!staged_is_complete(staged, NULL, true) || staged->ids_lost)
            continue;
        coverage->is_closed = true;
        if (coverage->told_by == NULL)
            coverage->told_by = staged->from->source->path;
    }
    regions_sort(&expected.list);
    coverage->expected = expected.list;
}
