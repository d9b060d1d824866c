/*
 * columns.h - the fields that a state has of each type, and those that rules read.
 *
 *     state's head:   AWS::RDS::DBSnapshot: SnapshotType, Engine, Encrypted
 *     these rules:                          Engine, SnapshotType
 *                                           columns: 1, 0, SIZE_MAX
 *
 * What was gathered for some rules can be judged by others, as long as these read no
 * field more. Private to state/.
 */
#ifndef STATE_COLUMNS_H
#define STATE_COLUMNS_H

#include "gather/measures.h"
#include "state/kept.h"

/* Of a type: as it is in a state's head. */
struct state_extreme {
    struct str name;
    bool is_time;
};

struct state_type {
    struct str name; /* the rules, which may bring types, are read later */
    struct str_list columns;
    struct state_extreme *extremes;
    size_t extreme_count;
    bool ids; /* which records there are stands in it */
};

struct state_types {
    struct state_type *items;
    size_t count;
};

extern const struct kept_struct state_type_kept, state_extreme_kept;

/* What is gathered for these measures: of each type of which anything is. */
void state_types_of(struct arena *arena, const struct measures *measures,
                    struct state_types *types);

/* Where the state's columns and extremes are in those of the measures; SIZE_MAX: they
 * read no such. */
struct state_columns {
    size_t *columns, *extremes;
    size_t column_count, extreme_count; /* in the state */
};

/* One a type of the catalog. NULL: the measures read something that is not in the
 * state; err says which field of which type. */
MUST_USE const struct state_columns *state_columns_new(struct arena *arena,
                                                       const struct state_types *types,
                                                       const struct measures *measures,
                                                       struct error *err);

#endif
