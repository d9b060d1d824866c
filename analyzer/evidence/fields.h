/*
 * fields.h - private to evidence/: the object of a record's fields, made of the last
 * record's.
 *
 *     record->value = fields_build(&fields, projection, found, &scratch, &unusable);
 *
 * Most fields say the same in record after record, or one of a few things: then the
 * value that stands for the same bytes is taken again, and nothing is allocated. The
 * object itself is kept where the next record has the same fields; their order is the
 * projection's, whatever was read before.
 *
 * Lifetime: the object and its values are borrowed until the next call; who took a
 * reference to one keeps it as it is. Nobody may change them.
 * Memory: MEMOS short values a field, and one record's.
 */
#ifndef EVIDENCE_FIELDS_H
#define EVIDENCE_FIELDS_H

#include "evidence/projection.h"

#include <jansson.h>

struct field;

struct fields {
    struct arena arena;
    const struct projection *projection; /* of `items` */
    struct field *items;
    size_t count;
    json_t *object;
};

/* `found`: where the value of each field of the projection starts, or NULL: text that
 * is right, and SKIP_PAD bytes that may be read behind its end. `unusable`: gets a key
 * for each field whose value cannot be built; NULL as long as there is none. */
json_t *fields_build(struct fields *fields, const struct projection *projection,
                     const char *const *found, struct arena *scratch,
                     json_t **unusable);
void fields_release(struct fields *fields);

#endif
