/*
 * sniff.h - what the first bytes of a source are, when they are not JSON too: as
 * bytes_peek() gives them, so that UTF-16 is UTF-8.
 */
#ifndef EVIDENCE_SNIFF_H
#define EVIDENCE_SNIFF_H

#include "base/str.h"

enum sniff {
    SNIFF_EMPTY,     /* no byte at all */
    SNIFF_BLANK,     /* nothing but blanks so far */
    SNIFF_JSON,      /* an object or an array may begin */
    SNIFF_SCALAR,    /* null, true, false, a number or a string may begin */
    SNIFF_CLI_ERROR, /* the AWS CLI's own words for a call that failed */
    SNIFF_TABLE,     /* --output table */
    SNIFF_TEXT,      /* --output text */
    SNIFF_YAML,      /* --output yaml */
    SNIFF_QUERY,     /* a query or an aws command, in place of its answer */
    SNIFF_ARCHIVE,   /* zip, gzip, bzip2, xz, zstd, 7z, tar */
    SNIFF_OTHER,
    SNIFF_COUNT
};

enum { SNIFF_LINE_BYTES_MAX = 300 };

/* `head` is the source's first bytes, at most BYTES_PEEK_MAX. */
enum sniff sniff(struct str head);

/* "DescribeDBSnapshots" from "An error occurred (AccessDenied) when calling the
 * DescribeDBSnapshots operation: …", or STR_NONE. */
struct str sniff_operation(struct str head);

/* The first line that is not blank, without blanks around it, cut at
 * SNIFF_LINE_BYTES_MAX between characters: to quote in a message. May hold any byte. */
struct str sniff_line(struct str head);

#endif
