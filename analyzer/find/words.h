/*
 * words.h - the account and the region that a path names.
 *
 * A path names an account by 12 digits, or as AWS's console prints them
 * (1234-5678-9012), and a region by a known region's name in any case, as a whole word
 * anywhere in it, file name included (prod-us-east-1-snaps.json). A word has no letter
 * or digit beside it, does not lie in a UUID, and is no date such as 202611240300,
 * unless it is a folder's whole name. A folder whose whole name has a region's form
 * names that region, known or not (is_region_form).
 *
 * A whole folder name beats a part of one, and what stands behind `--` in a file's
 * name: there the collection script writes the parent that an answer is about, and a
 * vault may be called dr-us-west-2. A folder `global` is of no region, whatever a part
 * of a name above it says. A folder that may be a date, or that has a region's form but
 * lies in no account's folder and is no direction of the compass (dev-team-1), counts
 * only where nothing else does.
 */
#ifndef FIND_WORDS_H
#define FIND_WORDS_H

#include "config/check.h"

/* So many different accounts, or regions, are kept; more are as many as two. */
enum { WORDS_MAX = 4 };

/* Each once, in the path's order. With two and more, the path does not decide. */
struct words {
    const struct str *accounts, *regions;
    size_t account_count, region_count; /* at most WORDS_MAX */
    bool beats; /* a word of a folder was beaten: what that folder's own path names is
                   not what this one is about */
    bool dated; /* the account is a folder's name that may be a date */
};

/* The words borrow from `path`, or live in the arena. `is_folder`: the last part is a
 * folder's name too. `named`: regions that are known from elsewhere; may be NULL. "-"
 * names nothing. */
void words_parse(struct arena *arena, struct str path, bool is_folder,
                 const struct str_list *named, struct words *words);

#endif
