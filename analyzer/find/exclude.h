/*
 * exclude.h - what of the evidence is to be left out, by globs (--exclude).
 *
 *     exclude = exclude_new(&arena, globs, &err);
 *     const char *glob = exclude_find(exclude, "ev/123456789012/old");
 *
 * A glob is matched against the last names of a path, as many as it has itself: `*.bak`
 * and `old` against a file or a folder, `us-east-1/a*` against a file and its
 * folder. `**` stands for any number of names; what begins with a slash, for a whole
 * path. Case counts.
 *
 * Lifetime: the arena's. Limits: those of pattern.h; what passes one is not left out.
 */
#ifndef FIND_EXCLUDE_H
#define FIND_EXCLUDE_H

#include "config/check.h"

struct exclude;

/* NULL: one of them is no glob, said in err. */
MUST_USE const struct exclude *exclude_new(struct arena *arena, struct str_list globs,
                                           struct error *err);

/* The first glob that leaves it out, or NULL. `exclude` may be NULL: nothing is. */
const char *exclude_find(const struct exclude *exclude, const char *path);

#endif
