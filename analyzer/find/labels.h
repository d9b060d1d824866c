/*
 * labels.h - what the user's own pattern tells of a path: its account, region and type.
 *
 *     labels_parse(arena, catalog, pattern, match, path, &labels);
 *     labels_prevail(&labels, &words, &name);     // over what the path says by itself
 *
 *     --path-pattern  ^(?<account>[0-9]+)_(?<region>[^_]+)_(?<type>[^.]+)
 *     path            123456789012_eu-west-1_describe-db-snapshots.json
 *
 * The pattern (base/pattern.h) is matched against the path as it was given. The groups
 * named account, region and type tell what they are named for; a type is told by its
 * name, or by a call as a file's name tells it (catalog/name.h).
 *
 * A group that took no part, or matched nothing, tells nothing; then the path's own
 * words count. So it is with the region `global`, the collection script's word for
 * answers of no region. A group that matched text which is not an account, a region or
 * a type is wrong: that is said, and the path's own words do not stand in for it. A
 * pattern that does not come to an end on a path (the limits of base/pattern.h) is
 * wrong, too.
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
    const char *wrong[LABELS_MAX]; /* a line for each group that matched what it
                                      cannot tell */
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
