/*
 * labels.h - what a user's pattern tells of a path: its account, region and type.
 *
 *     labels_parse(arena, catalog, pattern, match, path, &labels);
 *     labels_prevail(&labels, &words, &name);     // over what the path says by itself
 *
 * The pattern (base/pattern.h) is matched against the path as it is given; groups named
 * account, region and type tell what they are named for. A group that took no part, or
 * matched nothing, tells nothing, and so does the region `global`, which the layout of
 * the collection script has for answers that are of no region. A type is told by its
 * name or as by a file's name (name.h). A group that matched what it cannot tell is
 * wrong: then the path's own words do not stand in for it. A pattern that comes to no
 * end on a path (a limit of base/pattern.h) tells nothing, and is wrong, too.
 *
 * Lifetime: the labels borrow from `path`.
 */
#ifndef FIND_LABELS_H
#define FIND_LABELS_H

#include "catalog/name.h"
#include "find/words.h"

enum { LABELS_MAX = 3 };

struct labels {
    struct str account, region;    /* absent: not told */
    bool has_account, has_region;  /* the group matched something, right or wrong */
    const struct type *type;       /* NULL: not told */
    struct name name;              /* if the type was told as by a file's name */
    const char *wrong[LABELS_MAX]; /* a group matched what is no account, region or
                                      type: a line each that says so */
    size_t wrong_count;
};

/* `pattern` may be NULL: nothing is told. */
void labels_parse(struct arena *arena, const struct catalog *catalog,
                  const struct pattern *pattern, struct pattern_match *match,
                  struct str path, struct labels *labels);

/* Puts what the labels tell in place of what the path's words and its file's name do:
 * the words then borrow from the labels. */
void labels_prevail(const struct labels *labels, struct words *words,
                    struct name *name);

#endif
