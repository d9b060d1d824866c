/*
 * hints.h - what a path says of account and region in words that are no evidence of
 * them: a city, a short name, an account that lost its zero. They label nothing; they
 * are told to whoever reads that nothing tells a place, with the option to give.
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
