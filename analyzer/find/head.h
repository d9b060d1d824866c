/*
 * head.h - a file's first bytes, or its last, by which discovery tells what it is.
 *
 * Limits: BYTES_PEEK_MAX bytes.
 */
#ifndef FIND_HEAD_H
#define FIND_HEAD_H

#include "find/sniff.h"
#include "json/bytes.h"

struct head {
    char bytes[BYTES_PEEK_MAX], decoded[BYTES_PEEK_MAX];
    size_t len; /* of what is stored */
};

/* `last`: its last bytes, so many; 0: its first. False: errno says why. 0 bytes of what
 * is no regular file (any more). */
MUST_USE bool head_read(int folder, const char *name, size_t last, struct head *head);

/* As bytes_peek() gives it. */
void head_decode(struct head *head, struct str *text);

enum sniff head_sniff(struct head *head);

#endif
