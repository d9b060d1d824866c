/*
 * surplus.h - documents of a source that say no more than many before them in it.
 *
 *     struct surplus *surplus = surplus_new(arena);
 *     for each source:       surplus_begin(surplus);
 *     for each document:     document = surplus_end(surplus, gathered, document);
 *
 * A byte or two can be a document, and a file can hold tens of thousands. Those that
 * hold no record, or are no evidence, and are equal in all but their place in the file
 * prove the same as one of them. SURPLUS_KEPT_MAX of these are kept; the last of them
 * counts the rest (`surplus`), whose memory is used again.
 * Lifetime: the arena's; used again for the next source.
 */
#ifndef GATHER_SURPLUS_H
#define GATHER_SURPLUS_H

#include "gather/document.h"

enum { SURPLUS_KEPT_MAX = 16 };

struct surplus;

struct surplus *surplus_new(struct arena *arena);
void surplus_begin(struct surplus *surplus);

/* `document`, the newest of its source, is as it will stay until all is read.
 * Returns it, or the one that counts it, and then it is gone. */
struct document *surplus_end(struct surplus *surplus, struct gathered *gathered,
                             struct document *document);

#endif
