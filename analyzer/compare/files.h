/*
 * files.h - which files of the evidence differ between two reports, and which of them
 * tell about a place.
 *
 *     struct changed_files files;
 *     changed_files_find(&arena, &old, &new, &files);
 *     file = table_find(&files.of_new, path);              or NULL: it is the same
 *     list = changed_files_at(&files, account, region);
 *
 * A file is the same file if its path is, or its path below the operand of the same
 * number: an audit's evidence of this year lies in another folder than that of the
 * last. What is left is one file, moved, if its name and the two folders that it lies
 * in, which mostly are the account and the region, are the same; of several the one
 * that has the same bytes.
 *
 * Lifetime: the arena's. Memory: by the sources of both reports.
 */
#ifndef COMPARE_FILES_H
#define COMPARE_FILES_H

#include "compare/outline.h"

enum file_change {
    FILE_ALTERED,
    FILE_ADDED,
    FILE_REMOVED,
    FILE_MOVED,  /* and not altered: it explains nothing */
    FILE_UNTOLD, /* one of the reports has no digest of it */
    FILE_CHANGE_COUNT
};

const char *file_change_name(enum file_change change); /* "altered" */

enum { FILES_LISTED_MAX = 20 }; /* of one finding, or one place */

struct changed_file {
    struct str path, was;              /* in the new report, or the old one if it was
                                          removed; in the old one if that differs */
    struct str old_sha256, new_sha256; /* absent: it is not there, or has none */
    enum file_change change;
};

struct file_list {
    const struct changed_file **items;
    size_t listed, count;            /* no more than FILES_LISTED_MAX; of all */
    const struct changed_file *last; /* that was added */
};

struct changed_files {
    struct arena *arena;
    struct changed_file *items; /* by path; those that are the same are not there */
    size_t count;
    size_t counts[FILE_CHANGE_COUNT], same;
    struct table of_old, of_new; /* by path: struct changed_file */
    struct table of_places, lists;
};

void changed_files_find(struct arena *arena, const struct outline *old,
                        const struct outline *new, struct changed_files *files);

/* Of those that were altered, added or removed the ones that have a document of that
 * account, and of that region or of none; region absent: of any. */
const struct file_list *changed_files_at(struct changed_files *files,
                                         struct str account, struct str region);

/* Adds one, unless it is listed or was the last. */
void file_list_add(struct arena *arena, struct file_list *list,
                   const struct changed_file *file);

#endif
