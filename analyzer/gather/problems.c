#include "gather/problems.h"

#include "base/order.h"

#include <assert.h>
#include <string.h>

static void add(struct problems *problems, const struct position *at,
                const struct reason *reason)
{
    struct problem *problem;

    assert(reason_may_be(reason, OF_PROBLEM));
    problems->items = arena_grow(problems->arena, problems->items, problems->count,
                                 &problems->capacity, sizeof *problems->items);
    problem = &problems->items[problems->count++];
    *problem = (struct problem){
        .path = problems->path,
        .line = at != NULL ? at->line : 0,
        .column = at != NULL ? at->column : 0,
        .reason = *reason,
    };
    for (size_t i = 0; i < REASON_TEXTS_MAX; i++)
        if (reason->texts[i].text != NULL)
            problem->reason.texts[i] = str_copy(problems->arena, reason->texts[i]);
}

void problems_add(struct problems *problems, const char *path,
                  const struct position *at, const struct reason *reason)
{
    if (problems->path == NULL || strcmp(problems->path, path) != 0) {
        problems->path = path;
        problems->count_of_path = 0;
    }
    if (problems->count_of_path++ > PROBLEMS_OF_SOURCE_MAX)
        return;
    add(problems, at,
        problems->count_of_path > PROBLEMS_OF_SOURCE_MAX ? SAYS(SAY_MORE_PROBLEMS)
                                                         : reason);
}

void problems_take_back(struct problems *problems, const struct table *paths)
{
    size_t kept = 0;

    for (size_t i = 0; i < problems->count; i++)
        if (table_find(paths, str_from(problems->items[i].path)) == NULL)
            problems->items[kept++] = problems->items[i];
    problems->count = kept;
}

void problems_join(struct problems *problems, const struct problems *others)
{
    for (size_t i = 0; i < others->count; i++) {
        problems->items = arena_grow(problems->arena, problems->items, problems->count,
                                     &problems->capacity, sizeof *problems->items);
        problems->items[problems->count++] = others->items[i];
    }
}

void problems_restart(struct problems *problems)
{
    problems->path = NULL;
}

static int number_compare(uint64_t left, uint64_t right)
{
    return left < right ? -1 : left > right;
}

static int problem_compare(const void *left_item, const void *right_item)
{
    const struct problem *left = left_item, *right = right_item;
    int order = strcmp(left->path, right->path);

    if (order == 0)
        order = number_compare(left->line, right->line);
    if (order == 0)
        order = number_compare(left->column, right->column);
    return order != 0 ? order : reason_compare(&left->reason, &right->reason);
}

void problems_sort(struct problems *problems)
{
    order_sort(problems->items, problems->count, sizeof *problems->items,
               problem_compare);
    problems->count = order_unique(problems->items, problems->count,
                                   sizeof *problems->items, problem_compare);
}
