/*
 * fields.h - private to json/: the fields of a record, as text until more is asked
 * for, and then made of what was made for the records before.
 *
 *     fields_begin(fields, found, &scratch);
 *     value = fields_value(fields);
 *
 * Most fields say the same in record after record, or one of a few things. Such text
 * has a number, so that who knows what follows from it need not look at it again; and
 * where a value is to be made of it, the one that stands for the same bytes is taken
 * again, and nothing is allocated. The object itself is kept where the next record has
 * the same fields; their order is the projection's, whatever was read before.
 *
 * Lifetime: text, object and values are borrowed until fields_begin(); who took a
 * reference to a value keeps it as it is. Nobody may change them.
 * Memory: MEMOS short values a field, and one record's.
 */
#ifndef JSON_FIELDS_H
#define JSON_FIELDS_H

#include "json/projection.h"

#include <jansson.h>

struct field;

struct fields {
    struct arena arena;
    const struct projection *projection; /* of `items` */
    struct field *items;
    size_t count;
    uint64_t last_number; /* that was given to a text */
    json_t *object;       /* the last that was made */

    /* of the record: */
    const char *const *found;
    struct arena *scratch;
    bool has_value; /* `object` is it */
    json_t *unusable;
};

void fields_init(struct fields *fields, const struct projection *projection);
void fields_release(struct fields *fields);

/* A record: `found` is where the value of each field of the projection starts, or NULL:
 * text that is right, and SKIP_PAD bytes that may be read behind its end. Both are
 * borrowed until the next record. */
void fields_begin(struct fields *fields, const char *const *found,
                  struct arena *scratch);

/* What record_value() and its like give (records.h). */
json_t *fields_value(struct fields *fields);
json_t *fields_unusable(struct fields *fields);
struct str fields_text(struct fields *fields, size_t number);
uint64_t fields_alike(struct fields *fields, size_t number);

#endif
