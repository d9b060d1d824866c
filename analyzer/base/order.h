/*
 * order.h - put the items of an array in order, and keep each once.
 *
 *     order_sort(items, count, sizeof *items, compare);
 *     count = order_unique(items, count, sizeof *items, compare);
 *
 * Like qsort(), but `items` may be NULL where there are none, and what is in order
 * already costs one look at each. Items that compare equal may change places.
 */
#ifndef BASE_ORDER_H
#define BASE_ORDER_H

#include "base/str.h"

typedef int order_compare(const void *left, const void *right);

void order_sort(void *items, size_t count, size_t item_bytes, order_compare *compare);

/* Of neighbours that compare equal only the first stays. How many are left. */
MUST_USE size_t order_unique(void *items, size_t count, size_t item_bytes,
                             order_compare *compare);

/* By their bytes, each once. */
void order_texts(struct str_list *list);

#endif
