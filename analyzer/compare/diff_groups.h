/*
 * diff_groups.h - changes that say the same of different places, brought together; what
 * the diffs for readers say of each. Private to compare/.
 *
 *     123456789012  eu-west-1, us-east-1     the places of a group
 *     was pass, now fail: ...                their message, with ACCOUNT, REGION,
 *                                            RESOURCE and N for what differs
 *     why  altered evidence/ACCOUNT/...      their causes
 *
 * Changes of one kind and rule are a group when their results in both reports, their
 * messages and reasons, and their causes are the same, but for the place, its resource
 * and numbers.
 *
 * Order: by the first change of each. Lifetime: the arena's, and the diff's.
 */
#ifndef COMPARE_DIFF_GROUPS_H
#define COMPARE_DIFF_GROUPS_H

#include "compare/diff.h"

struct diff_group {
    const struct diff_change **items;
    size_t count, capacity;
    struct str message; /* as all of them say it, now or before they were gone */
    bool has_pattern;   /* the message, or a path of a cause, has words for places */
};

struct diff_group_list {
    struct diff_group **items;
    size_t count, capacity;
};

/* Of changes of one kind and rule. */
void diff_groups_find(struct arena *arena, const struct diff_change *changes,
                      size_t count, struct diff_group_list *groups);

/* How many changes, from this one on, are of its kind and rule. */
size_t diff_alike(const struct diff_change *changes, size_t count);

/* "was pass, now fail", "new: fail", "was fail, gone" */
const char *diff_results(struct arena *arena, const struct diff_change *change);

/* A line of places: an account, and its regions or the resources of one region. */
struct diff_places {
    struct str account, region; /* "-": not known; region absent: in the names */
    struct str_list names;
    size_t more; /* names that are left out */
};

struct diff_places_list {
    struct diff_places *items;
    size_t count, capacity;
};

/* At most `most` names a line. */
void diff_places_find(struct arena *arena, const struct diff_group *group, size_t most,
                      struct diff_places_list *places);

/* Why: words, and the files that they are about. */
struct diff_cause {
    const char *words; /* "evidence was altered" */
    struct str_list paths;
    size_t more; /* paths that are left out */
};

struct diff_cause_list {
    struct diff_cause items[DIFF_WHY_COUNT + FILE_CHANGE_COUNT];
    size_t count;
};

/* Of all changes of the group; at most `most` paths a cause. */
void diff_causes_find(struct arena *arena, const struct diff *diff,
                      const struct diff_group *group, size_t most,
                      struct diff_cause_list *causes);

/* "1 newly failing, 2 still failing"; "" if nothing is, of the kinds before `end`. */
const char *diff_counts(struct arena *arena, const struct diff *diff);
/* "invaudit 0.1.0, as of 2026-01-01T00:00:00Z: 3 fail, 4 unknown, 5 pass" */
const char *diff_head(struct arena *arena, const struct outline *outline);
/* "evidence: 2 files altered, 1 added; 17 the same", ...: a line for each that is to be
 * told beside findings. */
struct str_list diff_beside(struct arena *arena, const struct diff *diff);

#endif
