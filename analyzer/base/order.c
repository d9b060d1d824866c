#include "base/order.h"

#include <stdlib.h>
#include <string.h>

void order_sort(void *items, size_t count, size_t item_bytes, order_compare *compare)
{
    const char *item = items;

    for (size_t i = 1; i < count; i++, item += item_bytes) {
        if (compare(item, item + item_bytes) > 0) {
            qsort(items, count, item_bytes, compare);
            return;
        }
    }
}

size_t order_unique(void *items, size_t count, size_t item_bytes,
                    order_compare *compare)
{
    char *item = items, *last = items;

    if (count == 0)
        return 0;
    for (size_t i = 1; i < count; i++) {
        item += item_bytes;
        if (compare(last, item) == 0)
            continue;
        last += item_bytes;
        if (last != item)
            memcpy(last, item, item_bytes);
    }
    return (size_t)(last - (char *)items) / item_bytes + 1;
}

static int compare_texts(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

void order_texts(struct str_list *list)
{
    order_sort(list->items, list->count, sizeof *list->items, compare_texts);
    list->count =
        order_unique(list->items, list->count, sizeof *list->items, compare_texts);
}
