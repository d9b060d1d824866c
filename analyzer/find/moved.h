/*
 * moved.h - files that were moved since, taken as if they lay where they were.
 *
 *     now        evidence/old/123456789012/us-east-1/a.json
 *                                  │ moved_apply()
 *     named      evidence/123456789012/us-east-1/a.json     and opened where it is now
 *
 * A file's name tells its account, its region and its call, so that evidence is judged
 * as before only under the names that it had. `verify` finds by their digests which
 * file was which.
 *
 * What tells about a file goes with it: it was read already. What lists of the
 * collection state is of the names that files had, so discovery has them applied before
 * it heeds lists. A folder that holds
 * nothing but files that were moved is as if it was not there; one that they were in is
 * there again.
 */
#ifndef FIND_MOVED_H
#define FIND_MOVED_H

#include "find/discover.h"

/* From a path that discover() gives to the path that it had. */
struct move {
    const char *from, *to;
};

struct moves {
    const struct move *items;
    size_t count;
};

void moved_apply(struct arena *arena, const struct moves *moves,
                 struct source_list *list);

#endif
