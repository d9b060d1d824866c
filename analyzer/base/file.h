/*
 * file.h - read a small file whole; write files whole or not at all; append to one.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/signals.h"
#include "base/str.h"

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

/* The kind of an error of file_read(): it is of the system, not of what the file holds.
 */
enum { FILE_UNREAD = 1 };

/* The file's bytes, in the arena, ending in a NUL that is not counted. False: it cannot
 * be read, is no regular file, or holds more than bytes_max: err says so and names it.
 */
MUST_USE bool file_read(struct arena *arena, const char *path, size_t bytes_max,
                        struct str *text, struct error *err);

/* Where what is written to a path goes: to an open descriptor; to what is there and is
 * no regular file, directly; or to the place of a file, old or new. */
struct file_place {
    int descriptor;      /* that a path such as /dev/stdout stands for, or -1 */
    bool is_new;         /* nothing is there yet */
    struct stat status;  /* of what is there; of its folder, where nothing is */
    char path[PATH_MAX]; /* of a file: no link, since links to a file stay */
};

/* False: it leads nowhere, or to a folder. */
MUST_USE bool file_place_find(const char *path, struct file_place *place,
                              struct error *err);

struct file_text {
    const char *path;
    struct print_job text;
};

/* Replaces each file at once, so that a reader sees the old bytes or the new ones; all
 * are on the disk before the first is replaced (base/temporary.h), so that on failure,
 * or when a signal ends the program, none is, and nothing new is left behind. What is
 * no regular file (/dev/stdout, a pipe) is written to directly, when the others are in
 * place. */
MUST_USE bool files_write(const struct file_text *files, size_t count,
                          struct error *err);

/* Writes it behind what the file holds already; a file that is not there is made. What
 * was written before it failed stays. */
MUST_USE bool file_append(const char *path, const struct print_job *text,
                          struct error *err);

/* Writes all of it, and waits where the descriptor does not. False: errno says why. */
MUST_USE bool descriptor_write(int descriptor, struct str text);
/* The same of what is printed, while it is. `held` may be NULL; a signal that waits
 * ends it, too. */
MUST_USE bool descriptor_print(int descriptor, const struct print_job *text,
                               const struct held_signals *held);

/* The descriptor that a path such as /dev/stdout or /dev/fd/1 stands for, or -1. To
 * open such a path would be another place in the same file, or a file that was
 * replaced. */
int file_descriptor(const char *path);

#endif
