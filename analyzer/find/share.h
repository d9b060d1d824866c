/*
 * share.h - which of the sources that were found one of several workers reads.
 *
 *     --shard 2/3        large to small, each third of them, from the second on
 *     --files-from LIST  those that the list names
 *
 * Every worker finds all sources, so that all say the same of what there is; only what
 * is read is shared. What is not to be read (ignored, excluded, what explains) costs
 * nothing, and is of the first shard; where a list says who reads what, of each worker.
 *
 * Limits: SHARDS_MAX; of a list, SHARE_LIST_BYTES_MAX.
 */
#ifndef FIND_SHARE_H
#define FIND_SHARE_H

#include "find/queue.h"

enum { SHARDS_MAX = 10000, SHARE_LIST_BYTES_MAX = 1024 * 1024 * 1024 };

struct share {
    size_t index, of;      /* 1 to `of`; or 0: by `paths` */
    struct str_list paths; /* sorted, each once */
};

/* "2/3". False: err says what was expected. */
MUST_USE bool share_parse(struct str text, struct share *share, struct error *err);

/* The lines of a list, or what NULs end in it; empty ones are none. */
void share_list(struct arena *arena, struct str list, struct share *share);

/* Leaves in the queue what is of the share. False: the list names what was not found.
 */
MUST_USE bool share_take(const struct share *share, const struct source_list *sources,
                         struct queue *queue, struct error *err);

/* Whether what is not to be read is of the share. */
bool share_has_rest(const struct share *share);

#endif
