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
#ifndef EVIDENCE_LAYOUT_H
#define EVIDENCE_LAYOUT_H

#include "base/str.h"

struct layout;
struct projection;

struct layout *layout_new(struct arena *arena);

/* The projection of the records in the array `key` of a document that is an object;
 * made at the first call. */
struct projection *layout_list(struct layout *layout, struct str key);
/* The same, or NULL. */
const struct projection *layout_find(const struct layout *layout, struct str key);

/* The projection of everything else: the members of a document that is an object (but
 * for those that are lists), and the elements of one that is an array, unless these
 * have their own. */
struct projection *layout_other(struct layout *layout);
const struct projection *layout_other_find(const struct layout *layout);

/* The projection of the elements of a document that is an array; made at the first
 * call. */
struct projection *layout_elements(struct layout *layout);
const struct projection *layout_elements_find(const struct layout *layout);

/* Adds a field; twice is once. */
void projection_add(struct projection *projection, struct str field);
bool projection_has(const struct projection *projection, struct str field);

#endif
