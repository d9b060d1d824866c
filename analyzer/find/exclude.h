/*
 * exclude.h - which files and folders --exclude leaves out.
 *
 *     exclude = exclude_new(&arena, globs, &err);
 *     const char *glob = exclude_find(exclude, "ev/123456789012/old");
 *
 * A glob is matched against the last names of a path, as many names as it has itself:
 *
 *     *.bak, old         a file or a folder
 *     us-east-1/a*       a file and its folder
 *     /srv/ev/old        a whole path, since it begins with a slash
 *
 * `**` stands for any number of names. Case counts. A match that passes a limit of
 * pattern.h leaves nothing out.
 *
 * Lifetime: the arena's.
 */
#ifndef FIND_EXCLUDE_H
#define FIND_EXCLUDE_H

#include "config/check.h"

struct exclude;

/* NULL: one of them is not a glob, said in err. */
MUST_USE const struct exclude *exclude_new(struct arena *arena, struct str_list globs,
                                           struct error *err);

/* The first glob that leaves it out, or NULL. `exclude` may be NULL: nothing is. */
const char *exclude_find(const struct exclude *exclude, const char *path);

#endif
