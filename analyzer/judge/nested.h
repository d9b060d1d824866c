/*
 * nested.h - what is not known below the fields of a record.
 *
 *     Lifecycle: {"DeleteAfterDays": 35}             known, and that it has no other
 *     Lifecycle: {"MoveToColdStorageAfterDays": null}    AWS prints no null: a --query
 *                                                    made it, and left what it liked
 *     Lifecycle: "x"    Rules: {...}                 of a kind that AWS never prints
 *     BackupPlan: {}                                 AWS always prints its Rules
 *     any object of a record that was cut            what it lacks may have been
 * dropped
 *
 *     nested_open(arena, record, trimmed, &open);
 *
 * Lifetime: the arena's; objects are the record's. Limits: NESTED_OPEN_MAX of a field;
 * of one with more, nothing is known.
 */
#ifndef JUDGE_NESTED_H
#define JUDGE_NESTED_H

#include "base/arena.h"
#include "base/str.h"

#include <jansson.h>

enum { NESTED_OPEN_MAX = 64 };

/* A field of an object in a record of which nothing is known; of absent name: each that
 * the object lacks. */
struct open_member {
    const json_t *object;
    struct str name;
};

struct open_members {
    struct open_member *items;
    size_t count, capacity;
};

/* Adds what is not known in the values of the record's fields; `trimmed`: it was cut.
 */
void nested_open(struct arena *arena, json_t *record, bool trimmed,
                 struct open_members *open);

#endif
