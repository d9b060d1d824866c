/*
 * taken.h - what a query gives element by element, as the text of one list.
 *
 *     struct taken taken = { .text = BUF_EMPTY(&arena) };
 *     query_take(query, taken_add, &taken);
 */
#ifndef TESTS_UNIT_TAKEN_H
#define TESTS_UNIT_TAKEN_H

#include "jmespath/jmespath.h"

struct taken {
    const struct jmespath_context *context; /* or NULL */
    struct buf text;                        /* since the list started */
    bool has_any;                           /* an element was taken */
};

static inline void taken_add(void *object, json_t *element)
{
    struct taken *taken = object;

    if (element == NULL) {
        buf_clear(&taken->text);
        taken->has_any = false;
        return;
    }
    if (taken->has_any)
        buf_add(&taken->text, STR(", "));
    jmespath_print_inside(taken->context, element, 0, 0, &taken->text);
    taken->has_any = true;
}

#endif
