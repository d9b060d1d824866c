/*
 * case.h - what the cases of all kinds need.
 */
#ifndef TESTS_PROTECTION_CASE_H
#define TESTS_PROTECTION_CASE_H

#include "base/str.h"

#include <jansson.h>
#include <stdlib.h>

static inline void case_add_json(struct buf *out, const json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

    buf_add(out, str_from(text));
    free(text);
}

#endif
