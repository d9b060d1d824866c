/*
 * packed.h - the members of an archive, one after the other, without unpacking it.
 *
 *     struct packed *packed = packed_open(&arena, stored,
 * packing_of(bytes_peek(stored))); while (packed_next(packed, &member)) { while ((len =
 * packed_read(packed, buffer, sizeof buffer)) > 0) ... if (packed->member_broken !=
 * BROKEN_NOT) ...
 *     }
 *     if (packed->broken != BROKEN_NOT) ...
 *
 * What is compressed and no tar holds one file: packed->is_one, and its member has no
 * name. A tar is read front to back by libarchive (tar.c), a zip by minizip (zip.c) in
 * the order of its central directory, whose names count, as they do for unzip and for
 * Windows; so a zip needs a regular file (bytes_can_seek()).
 *
 * What a member is called is handed on as it stands, be it "../x": members.h says what
 * is made of it. An archive in an archive is a member like others.
 *
 * Lifetime: a member until the next packed_next(), the rest the arena's. Memory: a few
 * blocks, whatever the archive's size. Limits: those of expand.h, for what all members
 * hold together; PACKED_NAME_MAX bytes a name, of a longer one that many are given.
 */
#ifndef JSON_PACKED_H
#define JSON_PACKED_H

#include "json/expand.h"

enum { PACKED_NAME_MAX = 4096 };

enum packed_kind {
    PACKED_FILE,
    PACKED_FOLDER,
    PACKED_LINK,      /* symbolic or hard */
    PACKED_DEVICE,    /* or a FIFO, or anything else that is no file */
    PACKED_ENCRYPTED, /* a file */
    PACKED_METHOD,    /* a file, compressed in a way that is not read */
    PACKED_KIND_COUNT
};

struct packed_member {
    struct str name; /* absent: it has none; may hold any byte, a NUL too */
    bool is_long;    /* it is longer than is given */
    enum packed_kind kind;
    unsigned method; /* of PACKED_METHOD: the zip's number of it */
};

struct packed_format;

struct packed {
    const struct packed_format *format;
    void *state;
    struct expand *expand; /* NULL: of a zip */
    bool is_one;
    uint64_t stored_count; /* of a zip: its bytes */
    uint64_t count;        /* bytes that members held so far */
    /* The archive itself, and the member at hand, if that alone is concerned. */
    enum broken broken, member_broken;
    const char *why, *member_why; /* or NULL */
};

/* `stored` is borrowed. A zip's bytes must have been read to their end. */
struct packed *packed_open(struct arena *arena, struct bytes *stored,
                           enum packing packing);

/* False: there are no more, or it is broken. */
bool packed_next(struct packed *packed, struct packed_member *member);

/* Of a PACKED_FILE. Fills the buffer as far as the member goes; 0: its end, or it is
 * broken. */
size_t packed_read(struct packed *packed, char *buffer, size_t size);

/* The member at hand as a source (bytes.h), till the next one. */
struct bytes *packed_bytes(struct arena *arena, struct packed *packed);

/* For tar.c and zip.c: how a format is read. */
struct packed_format {
    bool (*next)(struct packed *packed, struct packed_member *member);
    size_t (*read)(struct packed *packed, char *buffer, size_t size);
};
void packed_breaks(struct packed *packed, enum broken broken, const char *why);

#endif
