/*
 * zip.h - the members of a zip file: private to packed.h. zip.c is the only door to
 * minizip.
 *
 * A member's name, size and kind are the central directory's: what lies in the file and
 * is not listed there is none. Names with a backslash in place of slashes are Windows
 * PowerShell's.
 */
#ifndef JSON_ZIP_H
#define JSON_ZIP_H

#include "json/packed.h"

/* What `stored` holds, whose bytes were read already. */
void zip_open(struct arena *arena, struct bytes *stored, struct packed *packed);

#endif
