/*
 * folder.h - what a folder holds, by name.
 *
 *     struct folder_list list;
 *     int error = folder_read(&arena, file, &list);
 *     const struct folder_entry *entry = folder_find(&list, "name");
 *
 * Where the system tells what an entry is while it is listed, none is asked for by
 * itself. It may be something else by the time that it is opened: whoever opens it
 * looks again.
 * Lifetime: the arena's; the folder stays open until it is released.
 */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include "base/str.h"

enum entry_kind {
    ENTRY_FILE, /* a regular file */
    ENTRY_FOLDER,
    ENTRY_LINK,  /* a symbolic link, to whatever */
    ENTRY_OTHER, /* a pipe, a socket, a device */
    ENTRY_UNTOLD /* the system does not say: `error` is why */
};

struct folder_entry {
    const char *name;
    enum entry_kind kind;
    int error; /* an errno */
};

struct folder_list {
    struct folder_entry *items; /* by name, without . and .. */
    size_t count, capacity;
};

/* Takes the open folder `file`. 0, or an errno: it could not be read, or not to its
 * end, and the list holds what was read. */
MUST_USE int folder_read(struct arena *arena, int file, struct folder_list *list);

/* Opens a file for reading that a search found below `folder` ("" is /): `path` begins
 * with that and a slash. -1: errno says why; ELOOP, if a name below the folder is a
 * link by now: the search followed none, so that whoever may write there could lead out
 * of it. Does not wait for a FIFO's writer. */
MUST_USE int folder_open_file(const char *folder, const char *path);

/* NULL: the folder does not hold it. */
const struct folder_entry *folder_find(const struct folder_list *list,
                                       const char *name);

#endif
