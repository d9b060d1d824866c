/*
 * projection.h - private to json/: what a layout holds (layout.h), and the look-up of a
 * key among the fields that are read.
 */
#ifndef JSON_PROJECTION_H
#define JSON_PROJECTION_H

#include "base/table.h"
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
    bool whole;      /* of documents as values, as are the next */
    bool takes_last; /* of a field that is there twice */
    layout_each_function *each;
    void *each_object;
};

struct layout {
    struct arena *arena;
    struct table lists;                  /* of struct projection */
    struct projection *all;              /* of the lists that are not named, or NULL */
    struct projection *other, *elements; /* or NULL */
    struct table signs;                  /* of struct projection */
    struct projection *record_fields, *marks;
    bool is_of_values;
    struct layout_integers integers;
};

/* The projection of the list of that key, or NULL. */
const struct projection *layout_find(const struct layout *layout, struct str key);

/* Of the elements of a document that is an array, or NULL. */
const struct projection *layout_elements_find(const struct layout *layout);

/* The field's number, or SIZE_MAX. One by one: there are few, and who asks often keeps
 * the number. */
static inline size_t projection_find(const struct projection *projection,
                                     struct str name, uint32_t hash)
{
    for (size_t i = 0; i < projection->count; i++)
        if (projection->fields[i].hash == hash &&
            str_equal(projection->fields[i].name, name))
            return i;
    return SIZE_MAX;
}

#endif
