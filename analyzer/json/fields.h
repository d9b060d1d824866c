/*
 * fields.h - private to json/: the fields of a record that was read.
 *
 * They stay text, of which the scanner told where each starts, until record_value()
 * asks for values; most records are never asked.
 */
#ifndef JSON_FIELDS_H
#define JSON_FIELDS_H

#include "json/projection.h"

#include <jansson.h>

struct fields {
    const struct projection *projection;
    const char *const *found; /* where each field's value starts; NULL: it has none */
    const char *const *ends;  /* of those that have one, where it ends */
    struct arena *scratch;
    json_t *value, *unusable; /* NULL: not asked for yet; or no field is unusable */
};

/* Gives back the values that were made of the record. */
void fields_drop(struct fields *fields);

/* Adds the value that starts at `at` to the object; or, if no value can be held of it,
 * its name to *unusable, which is made then. */
void fields_build(struct arena *scratch, struct str name, const char *at,
                  json_t *object, json_t **unusable);

#endif
