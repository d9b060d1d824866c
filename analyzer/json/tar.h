/*
 * tar.h - the members of a tar: private to packed.h and expand.h. tar.c is the only
 * door to libarchive, of which nothing but its reader of tar is used: ustar, pax, GNU's
 * and the oldest.
 *
 * A tar without a block of zeros at its end was cut off: libarchive takes a file that
 * ends between two members for whole.
 */
#ifndef JSON_TAR_H
#define JSON_TAR_H

#include "json/packed.h"

enum { TAR_HEAD_BYTES = 512 };

/* By the first header's magic, or its sum where it has none. No JSON begins so: it
 * holds a NUL. */
bool tar_begins(struct str head);

/* What `packed` expands, from its start: `head` was read of it, and lives on. */
void tar_open(struct arena *arena, struct packed *packed, struct str head);

#endif
