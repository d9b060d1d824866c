/*
 * sniff.h - what the first bytes of a source are, when they are not JSON too: as
 * bytes_peek() gives them, so that UTF-16 is UTF-8.
 */
#ifndef FIND_SNIFF_H
#define FIND_SNIFF_H

#include "base/str.h"

enum sniff {
    SNIFF_EMPTY,     /* no byte at all */
    SNIFF_BLANK,     /* nothing but blanks so far */
    SNIFF_JSON,      /* an object or an array may begin */
    SNIFF_QUOTES,    /* one with typographic quotes, as text processors make them */
    SNIFF_BEFORE,    /* other text, and then an object or an array */
    SNIFF_TERMINAL,  /* a shell's prompt: what was copied from a terminal */
    SNIFF_SCALAR,    /* null, true, false, a number or a string may begin */
    SNIFF_CLI_ERROR, /* the AWS CLI's own words for a call that failed (failure.h) */
    SNIFF_TABLE,     /* --output table */
    SNIFF_TEXT,      /* --output text */
    SNIFF_YAML,      /* --output yaml */
    SNIFF_QUERY,     /* a query or an aws command, in place of its answer */
    SNIFF_ARCHIVE,   /* zip, gzip, bzip2, xz, zstd, 7z, tar */
    SNIFF_OFFICE,    /* a zip file that a text processor and the like can open */
    SNIFF_SCRIPT,    /* #! */
    SNIFF_OTHER,
    SNIFF_COUNT
};

/* `head` is the source's first bytes, at most BYTES_PEEK_MAX. */
enum sniff sniff(struct str head);

/* Where the object or array begins, of SNIFF_BEFORE: its place in `head`. */
size_t sniff_json_at(struct str head);

/* The first line that is not blank, without blanks around it. May hold any byte. */
struct str sniff_line(struct str head);

#endif
