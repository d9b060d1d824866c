/*
 * schedule.h - the order in which the sources of a list are read.
 *
 * Where the sizes are asked for, the large ones come first, so that of several threads
 * none is left over with one at the end; else they stand as in the list.
 *
 * Limits: of more than SCHEDULE_SIZES_MAX sources no sizes are asked for, since each is
 * a small part of the whole.
 */
#ifndef FIND_SCHEDULE_H
#define FIND_SCHEDULE_H

#include "find/discover.h"

enum { SCHEDULE_SIZES_MAX = 10000 };

struct schedule {
    size_t *items; /* in the list: what is read, and what is unreadable */
    size_t count;
    uint64_t bytes; /* of all of them; 0: not known, or nothing */
};

/* In the arena. `sizes`: they are worth asking for. */
void schedule_new(struct arena *arena, const struct source_list *sources, bool sizes,
                  struct schedule *schedule);

/* How many threads there is work for, at most `available`. */
size_t schedule_workers(const struct schedule *schedule, size_t available);

#endif
