/*
 * collected.h - private to json/: a document as a value, while its parts are read.
 *
 * Of a layout of values only; of others it stays empty.
 * Lifetime: until collected_drop(), which the next document begins with.
 */
#ifndef JSON_COLLECTED_H
#define JSON_COLLECTED_H

#include "json/records.h"

struct projection;
struct scanner;

struct collected {
    const struct layout_integers *integers; /* of the layout; stays */
    json_t *value;
    json_t *list;  /* the array that elements go into; borrowed from value */
    json_t *empty; /* an object, for elements of which no field is read; or NULL */
    bool is_unusable;
    struct position unusable_at; /* of the first value that is */
};

void collected_drop(struct collected *collected);

/* The document starts. */
void collected_object(struct collected *collected);
/* `elements` NULL: they are not read. */
void collected_array(struct collected *collected, const struct projection *elements);
/* It is no object and no array, and starts at `at`. */
void collected_document(struct collected *collected, struct scanner *scanner,
                        const char *at, const struct position *start);

/* A member starts that is an array. */
void collected_list(struct collected *collected, struct str key,
                    const struct projection *list);
/* A member that is none; its value starts at `at`. */
void collected_member(struct collected *collected, struct scanner *scanner,
                      struct str key, const char *at, const struct position *start);

/* An element of the list that started last; the scanner has found its fields. */
void collected_element(struct collected *collected, struct scanner *scanner,
                       const char *at, const struct projection *list,
                       const struct position *start);

#endif
