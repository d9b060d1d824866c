/*
 * values.h - where two JSON values differ.
 *
 *     struct difference first;
 *     count = values_differ(&arena, "/summary", old, new, &first);
 *         "/summary/fail: 3 in the report, 2 now"
 *
 * Every value below is compared: members by their keys, whatever their order, items by
 * their places. A key that only one has, and a list that is longer, are one difference.
 * Lifetime: texts live in the arena.
 */
#ifndef COMPARE_VALUES_H
#define COMPARE_VALUES_H

#include "base/str.h"

#include <jansson.h>

enum {
    VALUE_SHOWN_MAX = 60, /* bytes of a value's text that are shown */
    VALUE_BEFORE_MAX = 20 /* of them before the first that differs */
};

struct difference {
    const char *pointer;  /* a JSON Pointer (RFC 6901) */
    const char *was, *is; /* as JSON; "nothing"; of lists of other lengths "3 items" */
};

/* How many places differ; `first` is of the first of them. `pointer`: of the values;
 * either may be NULL: it is not there. */
size_t values_differ(struct arena *arena, const char *pointer, json_t *was, json_t *is,
                     struct difference *first);

#endif
