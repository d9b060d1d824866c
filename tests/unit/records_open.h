/*
 * records_open.h - for what tests the record reader: a reader of one source, and the
 * names of what may be wrong with it.
 */
#ifndef TESTS_UNIT_RECORDS_OPEN_H
#define TESTS_UNIT_RECORDS_OPEN_H

#include "json/records.h"

static inline struct records *records_open(struct arena *arena,
                                           const struct layout *layout,
                                           struct bytes *bytes, size_t buffer_bytes)
{
    struct records *records = records_new(arena, layout, buffer_bytes);

    records_begin(records, bytes);
    return records;
}

static inline const char *damage_name(enum damage damage)
{
    static const char *const names[] = {
        [DAMAGE_NONE] = "none",
        [DAMAGE_SYNTAX] = "syntax",
        [DAMAGE_CUT_OFF] = "cut-off",
        [DAMAGE_UTF8] = "utf-8",
        [DAMAGE_CONTROL] = "control-character",
        [DAMAGE_SURROGATE] = "surrogate",
        [DAMAGE_DEPTH] = "depth",
        [DAMAGE_BYTES] = "bytes",
        [DAMAGE_KEYS] = "keys",
        [DAMAGE_DOCUMENTS] = "documents",
        [DAMAGE_TRAILING] = "trailing-text",
    };

    _Static_assert(sizeof names / sizeof names[0] == DAMAGE_COUNT, "a name for each");
    return names[damage];
}

#endif
