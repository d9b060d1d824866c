/*
 * collected.h - private to json/: a document as a value, while its parts are read.
 *
 *     collected_open(&collected, NULL, json_object(), NULL);      the document
 *     collected_open(&collected, &key, json_array(), list);       a member that is a
 * list collected_element(...);                                     an element of it
 *     collected_value(&collected, &scanner, &key, at, &start);    a member that is none
 *
 * Of a layout of values only; of others it stays empty.
 * Lifetime: until collected_drop(), which the next document begins with.
 */
#ifndef JSON_COLLECTED_H
#define JSON_COLLECTED_H

#include "json/records.h"

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

/* `key` NULL: the document itself starts; else a member of it. Takes `value`, which is
 * an object, or an array whose elements follow. `list`: what is read of the elements,
 * or NULL: nothing. */
void collected_open(struct collected *collected, const struct str *key, json_t *value,
                    const struct projection *list);

/* A value that is taken whole, and starts at `at`. `key`: as above. */
void collected_value(struct collected *collected, struct scanner *scanner,
                     const struct str *key, const char *at,
                     const struct position *start);

/* An element of the array that started last; the scanner has found its fields. */
void collected_element(struct collected *collected, struct scanner *scanner,
                       const char *at, const struct projection *list,
                       const struct position *start);

#endif
