/*
 * merge.h - judge what several workers gathered as if one had: states in place of
 * evidence.
 *
 *     merge_new(&arena, paths, count, &merging, &err)     the heads of the states
 *     ... rules are loaded, as merging's head or other options say ...
 *     merge_read(merging, &wanted, &err)                  what was gathered
 *     merge_judge(merging, &wanted, &assessment, &err)    or state_print()
 */
#ifndef MERGE_H
#define MERGE_H

#include "scan.h"
#include "state/state.h"

struct merging {
    struct arena *arena;
    struct united *united;
    const struct state_head *head; /* of the first state */
    struct scanned scanned;
};

/* False: one of the files is no state, or two of them do not belong together. */
MUST_USE bool merge_new(struct arena *arena, const char *const *paths, size_t count,
                        struct merging **merging, struct error *err);

/* Of `wanted`, whose paths are not looked at. False: the rules read what the states do
 * not have, or a state is broken. */
MUST_USE bool merge_read(struct merging *merging, const struct scan_wanted *wanted,
                         struct error *err);

/* False: a part is missing, or as scan(). */
MUST_USE bool merge_judge(struct merging *merging, const struct scan_wanted *wanted,
                          struct assessment *assessment, struct error *err);

#endif
