/*
 * projection.h - private to json/: what a layout holds (layout.h), and the look-up of a
 * key among the fields that are read.
 */
#ifndef JSON_PROJECTION_H
#define JSON_PROJECTION_H

#include "base/table.h"
#include "json/layout.h"

#include <stdint.h>
#include <string.h>

/* Of the length and both ends: the same for a key wherever it stands. Cheap, and not to
 * be trusted, since a file can be made whose keys have one hash: so where it is used, a
 * look-up ends after a few tries, or the keys are the program's own. */
static inline uint32_t key_hash(struct str key)
{
    uint64_t front = 0, back = 0, hash;

    if (key.len >= sizeof front) {
        memcpy(&front, key.text, sizeof front);
        memcpy(&back, key.text + key.len - sizeof back, sizeof back);
    } else if (key.len >= sizeof(uint32_t)) {
        memcpy(&front, key.text, sizeof(uint32_t));
        memcpy(&back, key.text + key.len - sizeof(uint32_t), sizeof(uint32_t));
    } else if (key.len > 0) {
        front = (unsigned char)key.text[0];
        back = (uint64_t)(unsigned char)key.text[key.len / 2] << 8 |
               (unsigned char)key.text[key.len - 1];
    }
    hash = (front ^ key.len) * 0x9E3779B97F4A7C15u;
    hash = (hash ^ hash >> 32 ^ back) * 0xD6E8FEB86659FD93u;
    return (uint32_t)(hash >> 32);
}

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
