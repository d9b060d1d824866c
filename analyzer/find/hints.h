/*
 * hints.h - what may place evidence whose place nothing tells.
 *
 * A path may say "Ireland", "use1" or an account that lost its leading zero. That is
 * too little to place evidence by: it would decide verdicts by a guess. So it places
 * nothing, and is only shown to the reader beside the problem, with what would place
 * the file; and where an option places it elsewhere, the finding says so.
 */
#ifndef FIND_HINTS_H
#define FIND_HINTS_H

#include "base/str.h"

struct hint {
    struct str word;  /* of the path, in lower case; absent: it says nothing */
    struct str place; /* what that may mean: an account or a region */
};

/* Of the region: "ireland", eu-west-1. The last word of the path that says something
 * counts. */
struct hint hint_region(struct arena *arena, struct str path);
/* Of the account: "12345678901", 012345678901. */
struct hint hint_account(struct arena *arena, struct str path);

/* The same, as the reader is told: "the path says 'ireland': ...", or NULL. */
const char *hint_region_text(struct arena *arena, struct str path);
const char *hint_account_text(struct arena *arena, struct str path);

#endif
