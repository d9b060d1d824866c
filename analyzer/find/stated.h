/*
 * stated.h - sources, and what the lists of their collection state of them.
 *
 *     stated_lists(...)  ─► struct collection (collection.h)
 *     source_state(&collection, source)         each that is read
 *     stated_lost(arena, catalog, &collection, is_there, sources, &lost)
 *                                               those that lists name, and no source is
 *
 * The same for what discovery finds in folders and for the members of an archive; only
 * who asks knows how to read a list, and what is there.
 *
 * Lost is what a manifest names, for each of its lines is an answer; of what other
 * lists name, what is named as evidence. That another file is not there is a fault of
 * the list. A file that failed to be made is lost, too, unless the error output beside
 * it is read in its place.
 *
 * Limits: STATED_LOST_MAX.
 */
#ifndef FIND_STATED_H
#define FIND_STATED_H

#include "find/collection.h"
#include "find/discover.h"

enum { STATED_LOST_MAX = 100 * 1000 };

/* Sets what lists say of the source. */
void source_state(const struct collection *collection, struct source *source);

/* The call that a manifest says has failed; NULL: none does. */
const struct statement *source_failed_call(const struct source *source);
/* What is told of the time by the nearest manifest that names it; NULL: nothing. */
const struct statement *source_call(const struct source *source);

struct stated_asks {
    bool (*is_there)(void *object, const char *path);
    void *object;
};

/* By path, as SOURCE_LOST; how many. Notes faults. */
size_t stated_lost(struct arena *arena, const struct catalog *catalog,
                   struct collection *collection, const struct stated_asks *asks,
                   struct source **lost);

#endif
