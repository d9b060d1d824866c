#include "aws/tags.h"

#include <stdlib.h>

static int compare_keys(const void *left, const void *right)
{
    return str_compare(((const struct tag *)left)->key,
                       ((const struct tag *)right)->key);
}

void tags_sort(struct tag_list *tags)
{
    size_t kept = 0;

    if (tags->count == 0)
        return;
    for (size_t i = 0; i < tags->count; i++)
        if (tags->items[i].value.len > TAG_VALUE_BYTES_MAX)
            tags->items[i].value = STR_NONE;
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

enum tag_state tags_find(const struct tag_list *tags, struct str key, struct str *value)
{
    const struct tag wanted = { .key = key };
    const struct tag *found =
        tags->count == 0
            ? NULL
            : bsearch(&wanted, tags->items, tags->count, sizeof wanted, compare_keys);

    if (found == NULL)
        return tags->is_whole ? TAG_ABSENT : TAG_OPEN;
    if (found->value.text == NULL)
        return TAG_OPEN;
    *value = found->value;
    return TAG_TEXT;
}
