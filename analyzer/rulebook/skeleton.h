/*
 * skeleton.h - a rule to begin with: it says little, but is right, and its tests hold.
 *
 *     if (skeleton(&arena, STR("Mine-001"), type, &text)) ...
 *
 * It is about each record of the type; or about each region, if a record of the type
 * has no id to tell it from others by. It reads one field that AWS prints, and has a
 * test for each of its outcomes.
 */
#ifndef RULEBOOK_SKELETON_H
#define RULEBOOK_SKELETON_H

#include "catalog/catalog.h"

/* The text of the file ID.yaml. False: the type has neither an id nor a field that a
 * text, a number or a boolean can be compared with. */
MUST_USE bool skeleton(struct arena *arena, struct str id, const struct type *type,
                       struct str *text);

#endif
