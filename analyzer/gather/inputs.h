/*
 * inputs.h - the fields that derived records are made of (catalog: derive), by the
 * types that have them: what is kept of these types where a rule reads derived records.
 *
 * Lifetime: static.
 */
#ifndef GATHER_INPUTS_H
#define GATHER_INPUTS_H

#include "catalog/catalog.h"
#include "jmespath/jmespath.h"

enum { INPUT_FIELDS_MAX = 10 };

struct input {
    struct str type;
    struct str fields[INPUT_FIELDS_MAX]; /* up to an absent one */
};

extern const struct input assignment_inputs[];
extern const size_t assignment_input_count;

/* Of a type, or NULL. */
const struct input *assignment_input(struct str type);

void input_fields(struct arena *arena, const struct input *input,
                  struct jmespath_fields *fields);

#endif
