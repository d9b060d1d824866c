/*
 * file.h - read a small file whole; write a file whole or not at all.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/str.h"

#include <stdio.h>

/* The kind of an error of file_read(): it is of the system, not of what the file holds.
 */
enum { FILE_UNREAD = 1 };

/* The file's bytes, in the arena, ending in a NUL that is not counted. False: it cannot
 * be read, is no regular file, or holds more than bytes_max: err says so and names it.
 */
MUST_USE bool file_read(struct arena *arena, const char *path, size_t bytes_max,
                        struct str *text, struct error *err);

/* Replaces the file at once (a temporary file beside it, fsync, rename), so that a
 * reader sees the old bytes or the new ones; what is no regular file (/dev/stdout, a
 * pipe) is written to directly. On failure nothing new is left behind, and neither is
 * when a signal ends the program meanwhile. */
MUST_USE bool file_write(const char *path, struct str text, struct error *err);

/* The descriptor that a path such as /dev/stdout or /dev/fd/1 stands for, or -1. To
 * open such a path would be another place in the same file, or a file that was
 * replaced. */
int file_descriptor(const char *path);

#endif
