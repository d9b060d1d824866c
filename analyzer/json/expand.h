/*
 * expand.h - compressed bytes to what was compressed: gzip, xz, zstd and bzip2.
 *
 *     struct expand *expand = expand_new(&arena, stored, packing_of(head));
 *     while ((len = expand_read(expand, buffer, sizeof buffer)) > 0) ...
 *     if (expand->broken != BROKEN_NOT) ... expand->why
 *
 * Each library's own decoder and not libarchive's filters, which do not check gzip's
 * CRC and length, give xz any memory that a header asks for, and drop what stands
 * behind the end.
 *
 * Several compressed streams one behind the other are one (`cat a.gz b.gz`), and zeros
 * behind them are none. Any other byte there breaks it: it may be evidence.
 *
 * Lifetime: the arena's. Limits: EXPANDED_GIB_MAX; EXPANDED_RATIO_MAX bytes for each
 * stored one, above a floor of EXPANDED_FLOOR_BYTES; EXPAND_WINDOW_BYTES_MAX of memory
 * for what a decoder looks back to.
 */
#ifndef JSON_EXPAND_H
#define JSON_EXPAND_H

#include "json/bytes.h"

#define EXPANDED_BYTES_MAX ((uint64_t)EXPANDED_GIB_MAX << 30)
enum {
    EXPANDED_GIB_MAX = 64,
    EXPANDED_RATIO_MAX = 200, /* AWS's answers come to 15 to 30 */
    EXPANDED_FLOOR_BYTES = 16 << 20,
    EXPAND_WINDOW_LOG_MAX = 27,
    EXPAND_WINDOW_BYTES_MAX = 1 << EXPAND_WINDOW_LOG_MAX,
    EXPAND_BLOCK_BYTES = 64 * 1024,
};

/* What a file is packed with. */
enum packing {
    PACKING_NONE,
    PACKING_TAR,
    PACKING_ZIP,
    PACKING_GZIP,
    PACKING_XZ,
    PACKING_ZSTD,
    PACKING_BZIP2,
    PACKING_OTHER, /* 7z, rar: not read */
    PACKING_COUNT
};

/* By its first bytes. None of these may begin JSON. */
enum packing packing_of(struct str head);

/* The name without what says that it is packed, "evidence" of evidence.tar.gz; itself,
 * if nothing does. */
struct str packing_stem(struct str file_name);
/* The name of what a compressed file holds: "x.json" of x.json.gz, x.tar of x.tgz;
 * itself, if nothing says that it is compressed. In the arena if need be. */
struct str packing_content(struct arena *arena, struct str file_name);

/* Why reading stopped. */
enum broken {
    BROKEN_NOT,
    BROKEN_CUT,      /* it ends before its end: what was read is what was stored */
    BROKEN_CORRUPT,  /* what was read may never have been stored: `why` says so */
    BROKEN_UNREAD,   /* the system could not read it: `why` says so */
    BROKEN_TRAILING, /* something follows its end */
    BROKEN_RATIO,
    BROKEN_EXPANDED,
    BROKEN_WINDOW,
    BROKEN_MEMBERS, /* too many, or their names are too long together */
    BROKEN_COUNT
};

struct decoder;

struct expand {
    struct bytes *stored;
    enum packing packing;
    const struct decoder *decoder;
    void *state;
    char *block; /* of what is stored */
    size_t from, to;
    bool stored_ended, ended;
    uint64_t stored_count, count; /* bytes read, and made of them */
    enum broken broken;
    const char *why; /* or NULL */
};

/* `stored` is borrowed as long as it lives. PACKING_TAR and PACKING_NONE: handed on as
 * they are. */
struct expand *expand_new(struct arena *arena, struct bytes *stored,
                          enum packing packing);

/* Fills the buffer as far as it goes. 0: the end, or it broke. */
size_t expand_read(struct expand *expand, char *buffer, size_t size);

/* Whether so many bytes are too many for what was stored; then it is broken. */
bool expand_is_too_much(struct expand *expand, uint64_t count);

#endif
