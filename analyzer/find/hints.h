/*
 * hints.h - which option may place evidence whose place nothing tells.
 *
 * A path may say "Ireland", "use1" or an account that lost its leading zero. That is
 * too little to place evidence by: it would decide verdicts by a guess. So it places
 * nothing, and is only shown to the reader beside the problem, with the option to give.
 */
#ifndef FIND_HINTS_H
#define FIND_HINTS_H

#include "base/str.h"

/* "the path says 'Ireland': give --assume-region eu-west-1", or NULL. The last word of
 * the path that says something counts. */
const char *hint_region(struct arena *arena, struct str path);
/* "the path says '12345678901', which may be an account that lost its zero: give
 * --assume-account 012345678901", or NULL. */
const char *hint_account(struct arena *arena, struct str path);

#endif
