/*
 * words.h - the account and the region that a path names.
 *
 * A path names an account by 12 digits and a region by a known region's name, as a whole
 * word anywhere in it, file name included (prod-us-east-1-snaps.json). A word has no
 * letter or digit beside it, does not lie in a UUID, and is no date such as
 * 202611240300, unless it is a folder's whole name. A whole folder name beats a part of
 * one.
 */
#ifndef EVIDENCE_WORDS_H
#define EVIDENCE_WORDS_H

#include "base/str.h"

enum { WORDS_MAX = 4 }; /* different accounts, or regions, kept; more are as many as two */

struct words {
    struct str accounts[WORDS_MAX], regions[WORDS_MAX]; /* each once, in the path's order */
    size_t account_count, region_count;                 /* 2 and more: the path does not decide */
};

/* The words borrow from `path`. `is_folder`: the last part is a folder's name too. "-"
 * names nothing. */
void words_parse(struct str path, bool is_folder, struct words *words);

#endif
