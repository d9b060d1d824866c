#include "aws/tags.h"

#include "base/table.h"

#include <stdlib.h>

struct tag_key tag_key(struct str text)
{
    return (struct tag_key){ text, hash_keyed(text) };
}

static int compare_keys(const void *left, const void *right)
{
    const struct tag *a = left, *b = right;

    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return str_compare(a->key, b->key);
}

void tags_sort(struct tag_list *tags)
{
    size_t kept = 0;

    if (tags->count == 0)
        return;
    for (size_t i = 0; i < tags->count; i++) {
        tags->items[i].hash = hash_keyed(tags->items[i].key);
        if (tags->items[i].value.len > TAG_VALUE_BYTES_MAX)
            tags->items[i].value = STR_NONE;
    }
    qsort(tags->items, tags->count, sizeof *tags->items, compare_keys);
    for (size_t i = 1; i < tags->count; i++) {
        struct tag *last = &tags->items[kept];

        if (!str_equal(last->key, tags->items[i].key))
            tags->items[++kept] = tags->items[i];
        else if (!str_same(last->value, tags->items[i].value))
            last->value = STR_NONE;
    }
    tags->count = kept + 1;
}

/* Not by bsearch(): it calls a function for each step, and this is asked for each
 * condition of each selection. */
static const struct tag *tag_find(const struct tag_list *tags, struct tag_key key)
{
    size_t from = 0, to = tags->count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (tags->items[middle].hash < key.hash)
            from = middle + 1;
        else
            to = middle;
    }
    for (; from < tags->count && tags->items[from].hash == key.hash; from++)
        if (str_equal(tags->items[from].key, key.text))
            return &tags->items[from];
    return NULL;
}

enum tag_state tags_find(const struct tag_list *tags, struct tag_key key,
                         struct str *value)
{
    const struct tag *found = tag_find(tags, key);

    if (found == NULL)
        return tags->is_whole ? TAG_ABSENT : TAG_OPEN;
    if (found->value.text == NULL)
        return TAG_OPEN;
    *value = found->value;
    return TAG_TEXT;
}

/* Adds what `one` has and the other does not contradict: but for `first`, only what the
 * other lacks. */
static void add_agreed(const struct tag_list *one, const struct tag_list *other,
                       bool is_first, struct tag_list *both, bool *differ)
{
    for (size_t i = 0; i < one->count; i++) {
        const struct tag *tag = &one->items[i];
        const struct tag *there =
            tag_find(other, (struct tag_key){ tag->key, tag->hash });
        struct str value = tag->value;

        if (there == NULL && other->is_whole) {
            *differ = true; /* it has the tag, or it has not */
            continue;
        }
        if (there != NULL && !is_first)
            continue;
        if (there != NULL && value.text == NULL) {
            value = there->value;
        } else if (there != NULL && there->value.text != NULL &&
                   !str_equal(value, there->value)) {
            *differ = true;
            value = STR_NONE;
        }
        both->items[both->count++] = (struct tag){ tag->key, value, tag->hash };
    }
}

void tags_agree(struct arena *arena, const struct tag_list *one,
                const struct tag_list *other, struct tag_list *both, bool *differ)
{
    *differ = false;
    *both = (struct tag_list){ .items = arena_array(arena, one->count + other->count,
                                                    struct tag) };
    add_agreed(one, other, true, both, differ);
    add_agreed(other, one, false, both, differ);
    both->is_whole = (one->is_whole || other->is_whole) && !*differ;
    tags_sort(both);
}
