/*
 * words.h - the account and the region that a path names.
 *
 * A path names an account by 12 digits and a region by a known region's name, as a
 * whole word anywhere in it, file name included (prod-us-east-1-snaps.json). A word has
 * no letter or digit beside it, does not lie in a UUID, and is no date such as
 * 202611240300, unless it is a folder's whole name. A whole folder name beats a part of
 * one, and what stands behind `--` in a file's name: there the collection script writes
 * the parent that an answer is about, and a vault may be called dr-us-west-2.
 */
#ifndef EVIDENCE_WORDS_H
#define EVIDENCE_WORDS_H

#include "base/str.h"

/* So many different accounts, or regions, are kept; more are as many as two. */
enum { WORDS_MAX = 4 };

/* Each once, in the path's order. With two and more, the path does not decide. */
struct words {
    const struct str *accounts, *regions;
    size_t account_count, region_count; /* at most WORDS_MAX */
};

/* The words borrow from `path`. `is_folder`: the last part is a folder's name too. "-"
 * names nothing. */
void words_parse(struct arena *arena, struct str path, bool is_folder,
                 struct words *words);

#endif
