#include "assess/cells.h"

#include <stdlib.h>

int scope_compare(const struct scope *left, const struct scope *right)
{
    int order = str_compare(left->account, right->account);

    if (order == 0)
        order = str_compare(left->region, right->region);
    if (order == 0)
        order = str_compare(str_from(left->source), str_from(right->source));
    return order;
}

static int scope_compare_items(const void *left, const void *right)
{
    return scope_compare(left, right);
}

static void cells_add(struct arena *arena, struct cells *cells,
                      const struct scope *scope)
{
    cells->items = arena_grow(arena, cells->items, cells->count, &cells->capacity,
                              sizeof *cells->items);
    cells->items[cells->count++] = *scope;
}

static void add_named(struct arena *arena, struct cells *cells, const char *path,
                      bool is_folder)
{
    struct words words;
    struct scope scope;

    words_parse(str_from(path), is_folder, &words);
    if (words.account_count != 1 || words.region_count != 1)
        return;
    scope = (struct scope){ words.accounts[0], words.regions[0], NULL };
    cells_add(arena, cells, &scope);
}

static bool makes_cell(const struct staged *staged)
{
    if (staged->ignored || staged->type == NULL || staged->type->level != LEVEL_REGION)
        return false;
    return staged->call == NULL || staged->call->gives != GIVES_NOTHING;
}

static void cells_sort(struct cells *cells)
{
    size_t kept = 0;

    if (cells->count > 0)
        qsort(cells->items, cells->count, sizeof *cells->items, scope_compare_items);
    for (size_t i = 0; i < cells->count; i++)
        if (kept == 0 || scope_compare(&cells->items[kept - 1], &cells->items[i]) != 0)
            cells->items[kept++] = cells->items[i];
    cells->count = kept;
}

void cells_find(struct arena *arena, const struct source_list *sources,
                const struct holdings *holdings, struct cells *cells)
{
    *cells = (struct cells){ 0 };
    for (size_t i = 0; i < sources->folder_count; i++)
        add_named(arena, cells, sources->folders[i], true);
    for (size_t i = 0; i < sources->count; i++)
        add_named(arena, cells, sources->items[i].path, false);
    for (size_t i = 0; i < holdings->count; i++) {
        for (size_t j = 0; j < holdings->listings[i]->count; j++) {
            const struct staged *staged = holdings->listings[i]->items[j];
            struct scope scope;

            if (!makes_cell(staged))
                continue;
            scope_of(staged, &scope);
            cells_add(arena, cells, &scope);
        }
    }
    cells_sort(cells);
}
