/*
 * words.h - the account and the region that a path names.
 *
 *     ev-eu-west-1/123456789012/us-east-1/list-recovery-points--dr-us-west-2.json
 *        part      account      region                            behind `--`
 *        of a      a folder's whole name: it counts               names a parent
 *        name
 *
 * A word is a stretch of letters and digits, with hyphens inside, and none beside it.
 * It names an account if it is 12 digits, or as AWS's console prints them
 * (1234-5678-9012), unless it lies in a UUID or is a date such as 202611240300. It
 * names a region if a known region is called so, in any case. A folder whose whole name
 * has the form of a region (is_region_form) names that region, known or not.
 *
 * Where a path names two, the standing of the words decides:
 *
 *     1. a folder's whole name; beside it the file's name up to `--`
 *     2. a part of a folder's name, and the whole of the file's name
 *     3. what may mean something else: a folder that may be a date, or that has a
 *        region's form (dev-team-1) but lies in no account's folder
 *     4. behind `--`, where the collection script writes the parent that an answer is
 *        about: a vault may be called dr-us-west-2
 *
 * The first of them that has a word counts, the others do not. A folder `global` is of
 * no region, whatever a part of a folder's name above it says. If two words are left,
 * the path does not decide: records may (gather/, judge/place.h).
 *
 * The folder in whose place the members of an archive stand, "evidence.tar.gz!", is
 * called as the archive is, without the endings: "evidence".
 *
 * It knows paths alone: no evidence, no catalog. What describe-regions answers, or an
 * option, says of regions comes in as `named`.
 */
#ifndef FIND_WORDS_H
#define FIND_WORDS_H

#include "config/check.h"

/* So many different accounts, or regions, are kept: two already decide nothing. */
enum { WORDS_MAX = 4 };

/* Each once, in the path's order. */
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
