#include "find/share.h"

#include "base/order.h"

#include <stdlib.h>
#include <string.h>

/* 0: no such number. */
static size_t number_of(struct str text)
{
    size_t number = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (!is_digit(text.text[i]) || number > SHARDS_MAX)
            return 0;
        number = number * 10 + (size_t)(text.text[i] - '0');
    }
    return number <= SHARDS_MAX ? number : 0;
}

bool share_parse(struct str text, struct share *share, struct error *err)
{
    size_t slash = str_find(text, STR("/"));

    *share = (struct share){ .index = 0 };
    if (slash != SIZE_MAX) {
        share->index = number_of(str_slice(text, 0, slash));
        share->of = number_of(str_slice(text, slash + 1, text.len));
    }
    return (share->index > 0 && share->index <= share->of) ||
           error_set(
               err,
               "expected I/N, from 1/N to N/N, such as 2/8, and N at most %d, not "
               "'%.*s'",
               SHARDS_MAX, STR_ARG(text));
}

void share_list(struct arena *arena, struct str list, struct share *share)
{
    char end = memchr(list.text, '\0', list.len) != NULL ? '\0' : '\n';
    struct str rest = list;
    size_t capacity = 0;

    *share = (struct share){ .index = 0 };
    while (rest.text != NULL) {
        struct str path = str_next(&rest, end);

        if (path.len == 0)
            continue;
        share->paths.items = arena_grow(arena, share->paths.items, share->paths.count,
                                        &capacity, sizeof *share->paths.items);
        share->paths.items[share->paths.count++] = str_copy(arena, path);
    }
    order_texts(&share->paths);
}

/* Each `of`th. */
static void take_shard(const struct share *share, struct queue *queue)
{
    size_t count = 0;

    for (size_t i = share->index - 1; i < queue->count; i += share->of)
        queue->items[count++] = queue->items[i];
    queue->count = count;
    queue->bytes /= share->of; /* more or less */
}

static int path_compare(const void *key, const void *item)
{
    return strcmp(key, ((const struct source *)item)->path);
}

static bool are_found(const struct share *share, const struct source_list *sources,
                      struct error *err)
{
    for (size_t i = 0; i < share->paths.count; i++) {
        const char *path = share->paths.items[i].text;

        if (sources->count == 0 ||
            bsearch(path, sources->items, sources->count, sizeof *sources->items,
                    path_compare) == NULL) {
            return error_set(err,
                             "--files-from: '%s' is not found below what is scanned: "
                             "paths begin as the PATH given",
                             path);
        }
    }
    return true;
}

static int text_compare(const void *key, const void *item)
{
    return strcmp(key, ((const struct str *)item)->text);
}

static void take_listed(const struct share *share, const struct source_list *sources,
                        struct queue *queue)
{
    const struct str_list *paths = &share->paths;
    size_t count = 0;

    for (size_t i = 0; i < queue->count; i++) {
        size_t index = queue->items[i];

        if (paths->count > 0 &&
            bsearch(sources->items[index].path, paths->items, paths->count,
                    sizeof *paths->items, text_compare) != NULL)
            queue->items[count++] = index;
    }
    queue->count = count;
    queue->bytes = 0; /* not known */
}

bool share_take(const struct share *share, const struct source_list *sources,
                struct queue *queue, struct error *err)
{
    if (share->of > 0)
        take_shard(share, queue);
    else if (are_found(share, sources, err))
        take_listed(share, sources, queue);
    else
        return false;
    return true;
}

bool share_has_rest(const struct share *share)
{
    return share->of == 0 || share->index == 1;
}
