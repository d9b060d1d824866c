/*
 * projection.h - private to json/: the look-up of a key among the fields that are
 * read.
 */
#ifndef JSON_PROJECTION_H
#define JSON_PROJECTION_H

#include "json/keys.h"
#include "json/layout.h"

struct projection_field {
    struct str name;
    uint32_t hash;
};

struct projection {
    struct arena *arena;
    struct projection_field *fields;
    size_t count, capacity;
    uint32_t *slots;   /* a field's index plus 1; 0: free */
    size_t slot_count; /* a power of two, or 0 */
    uint64_t seen;     /* a bit for each hash, modulo 64 */
    bool whole;        /* of documents as values, as are the next */
    bool takes_last;   /* of a field that is there twice */
    layout_each_function *each;
    void *each_object;
};

/* The field's index, or SIZE_MAX. */
static inline size_t projection_find(const struct projection *projection,
                                     struct str name, uint32_t hash)
{
    const size_t mask = projection->slot_count - 1;

    if ((projection->seen >> (hash & 63) & 1) == 0)
        return SIZE_MAX;
    for (size_t at = hash & mask; projection->slots[at] != 0; at = (at + 1) & mask) {
        size_t index = projection->slots[at] - 1;

        if (projection->fields[index].hash == hash &&
            str_equal(projection->fields[index].name, name))
            return index;
    }
    return SIZE_MAX;
}

#endif
