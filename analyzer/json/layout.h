/*
 * layout.h - which parts of a document are handed on: the lists that hold records, and
 * the fields of them that are read (the projection).
 *
 *     struct layout *layout = layout_new(&arena);
 *     projection_add(layout_list(layout, STR("DBSnapshots")), STR("SnapshotType"));
 *     projection_add(layout_other(layout), STR("NextToken"));
 *
 * Everything else in the evidence is checked, but never becomes a value.
 * Lifetime: the arena's. Immutable once reading starts; shared between threads then.
 */
#ifndef JSON_LAYOUT_H
#define JSON_LAYOUT_H

#include "base/str.h"

#include <jansson.h>
#include <stdint.h>

struct layout;
struct projection;

struct layout *layout_new(struct arena *arena);

/* The projection of the records in the array `key` of a document that is an object;
 * made at the first call. */
struct projection *layout_list(struct layout *layout, struct str key);

/* The projection of everything else: the members of a document that is an object (but
 * for those that are lists), and the elements of one that is an array, unless these
 * have their own. */
struct projection *layout_other(struct layout *layout);

/* The projection of the elements of a document that is an array; made at the first
 * call. */
struct projection *layout_elements(struct layout *layout);

/* ---- what tells documents apart ----------------------------------------------------
 *
 * The list `key` is known wherever it is met, deeper down or in an element of an array
 * (nested.h). What is added to it: fields of which its first record is to have one,
 * where the key alone says too little. */
struct projection *layout_sign(struct layout *layout, struct str key);

/* What only a record has: an object with such a field is no answer. */
void layout_record_field(struct layout *layout, struct str field);

/* A key of documents whose presence is told, and not its value: a bit for it, in
 * document.marks (records.h). LAYOUT_MARKS_MAX keys. */
enum { LAYOUT_MARKS_MAX = 64 };
uint64_t layout_mark(struct layout *layout, struct str key);
/* 0: it is none. */
uint64_t layout_mark_find(const struct layout *layout, struct str key);

/* ---- documents as values -----------------------------------------------------------
 *
 * Instead of records, document.value (records.h): an object with those members that are
 * lists here, an array with its elements. A list's elements that are objects have the
 * fields of the projection; if it is whole, all; what else is there instead of a list
 * or an object is whole. Duplicate keys: the last one wins. */

/* How a whole number that 64 bits do not hold becomes a value, from its digits (and a
 * sign); the caller's reference, or NULL: it is unusable. */
typedef json_t *layout_integer_function(void *object, struct str digits);
struct layout_integers {
    layout_integer_function *make; /* NULL: all such numbers are unusable */
    void *object;
};

/* To be called first. `make` may be NULL. */
void layout_as_values(struct layout *layout, layout_integer_function *make,
                      void *object);

/* Every member of a document that is an object is a list, and whole unless it is named.
 */
void layout_all_lists(struct layout *layout);

/* The elements are whole. */
void projection_whole(struct projection *projection);

/* What to put into `list` for an element: nothing, it, or other values. With an element
 * NULL: a list starts; what was put into one before is void. */
typedef void layout_each_function(void *object, json_t *element, json_t *list);
void projection_each(struct projection *projection, layout_each_function *each,
                     void *object);

/* Adds a field; twice is once. */
void projection_add(struct projection *projection, struct str field);
bool projection_has(const struct projection *projection, struct str field);
/* The field's number in the projection, or SIZE_MAX. */
size_t projection_number(const struct projection *projection, struct str field);

#endif
