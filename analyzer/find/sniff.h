/*
 * sniff.h - what the first bytes of a source are, when they may not be JSON.
 *
 * Discovery asks it of files that no name tells to be evidence; gathering, of every
 * source before it is read, since what is not JSON gets a reason and an advice of its
 * own: a table wants `--output json`, an error message wants a permission. Bytes are
 * UTF-8 already, as bytes_peek() gives them.
 *
 * It never says of JSON that it is something else. It may say of something else that it
 * is JSON: then reading it fails, and tells where.
 *
 * Limits: BYTES_PEEK_MAX bytes are looked at.
 */
#ifndef FIND_SNIFF_H
#define FIND_SNIFF_H

#include "base/pattern.h"
#include "json/bytes.h"

enum sniff {
    SNIFF_EMPTY,     /* no byte at all */
    SNIFF_BLANK,     /* nothing but blanks so far */
    SNIFF_JSON,      /* an object or an array may begin */
    SNIFF_QUOTES,    /* one with typographic quotes, as text processors make them */
    SNIFF_BEFORE,    /* other text, and then an object or an array */
    SNIFF_TERMINAL,  /* a shell's prompt: what was copied from a terminal */
    SNIFF_SCALAR,    /* null, true, false, a number or a string may begin */
    SNIFF_CLI_ERROR, /* the AWS CLI's own words for a call that failed (failure.h),
                        which may be JSON, too */
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
enum sniff sniff(struct pattern_match *match, struct str head);

/* Where the object or array begins, of SNIFF_BEFORE: its place in `head`. */
size_t sniff_json_at(struct str head);

/* The first line that is not blank, without blanks around it. May hold any byte. */
struct str sniff_line(struct str head);

/* A file's first bytes, or its last. */
struct head {
    char bytes[BYTES_PEEK_MAX], decoded[BYTES_PEEK_MAX];
    size_t len; /* of what is stored */
};

/* `last`: its last bytes, so many; 0: its first. False: errno says why. Of what is not
 * a regular file (any more), 0 bytes. */
MUST_USE bool head_read(int folder, const char *name, size_t last, struct head *head);

/* As bytes_peek() gives it. */
void head_decode(struct head *head, struct str *text);

enum sniff head_sniff(struct pattern_match *match, struct head *head);

#endif
