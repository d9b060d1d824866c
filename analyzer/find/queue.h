/*
 * queue.h - the order in which the sources of a list are read.
 *
 * Large files first: the thread that takes a large one last would leave the others idle
 * until it is done. Sizes cost a system call a file, so they are asked for only where
 * several threads read; else the order is that of the list.
 *
 * Limits: of more than QUEUE_SIZES_MAX sources no sizes are asked for, since each is
 * a small part of the whole.
 */
#ifndef FIND_QUEUE_H
#define FIND_QUEUE_H

#include "find/discover.h"

enum { QUEUE_SIZES_MAX = 10000 };

struct queue {
    size_t *items; /* in the list: what is read, and what is unreadable */
    size_t count;
    uint64_t bytes; /* of all of them; 0: not known, or nothing */
};

/* In the arena. `sizes`: they are worth asking for. */
void queue_new(struct arena *arena, const struct source_list *sources, bool sizes,
               struct queue *queue);

/* How many threads there is work for, at most `available`. */
size_t queue_workers(const struct queue *queue, size_t available);

#endif
