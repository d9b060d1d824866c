/*
 * replaced.h - the files that a run is going to replace, so that it reads none of them:
 * a report must not take the place of what it is made of.
 *
 *     if (!replaced_spare(&replaced, path, "evidence", &err)) ...
 *
 * Files are compared by device and inode, so that links, "..", and other ways to spell
 * a path change nothing. Only regular files count: a pipe or a device may be read and
 * written to.
 */
#ifndef BASE_REPLACED_H
#define BASE_REPLACED_H

#include "base/error.h"

#include <sys/stat.h>

struct replaced_file {
    const char *path; /* as it was given */
    dev_t device;
    ino_t inode;
};

struct replaced {
    struct replaced_file *items;
    size_t count;
};

/* False: the path leads to one of them, and is `what`: "evidence", "a rule". */
MUST_USE bool replaced_spare(const struct replaced *replaced, const char *path,
                             const char *what, struct error *err);

#endif
