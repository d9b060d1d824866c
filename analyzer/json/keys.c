#include "json/keys.h"

#include <stdlib.h>

void keys_release(struct keys *keys)
{
    arena_release(&keys->arena);
    *keys = (struct keys){ 0 };
}

/* Into an arena of its own, so that what was outgrown is given back. */
void keys_grow(struct keys *keys)
{
    struct arena grown = ARENA_EMPTY;
    size_t capacity = keys->capacity > 0 ? keys->capacity * 2 : 256;
    struct key *items = arena_array(&grown, capacity, struct key);

    if (keys->count > 0)
        memcpy(items, keys->items, keys->count * sizeof *items);
    arena_release(&keys->arena);
    keys->arena = grown;
    keys->items = items;
    keys->capacity = capacity;
}

static int compare(const void *left_item, const void *right_item)
{
    const struct key *left = left_item, *right = right_item;

    if (left->hash != right->hash)
        return left->hash < right->hash ? -1 : 1;
    if (left->len != right->len)
        return left->len < right->len ? -1 : 1;
    return left->len > 0 ? memcmp(left->text, right->text, left->len) : 0;
}

bool keys_has(const struct keys *keys, const struct key_set *set, const struct key *key)
{
    for (size_t i = set->first; i < keys->count; i++)
        if (keys->items[i].hash == key->hash && compare(&keys->items[i], key) == 0)
            return true;
    return false;
}

bool keys_sort(struct keys *keys, const struct key_set *set)
{
    struct key *items = keys->items + set->first;
    size_t count = keys_count(keys, set);

    qsort(items, count, sizeof *items, compare);
    for (size_t i = 1; i < count; i++)
        if (compare(&items[i - 1], &items[i]) == 0)
            return true;
    return false;
}
