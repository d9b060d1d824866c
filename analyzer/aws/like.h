/*
 * like.h - text against a pattern in which * stands for any characters, also none.
 *
 * The whole text is compared, with its case; : and / are characters like all others.
 * Text and pattern are UTF-8. What else a pattern may hold differs among AWS's
 * services: like() is as IAM's policies are, and like_with() takes the signs that it
 * knows. Source:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * Limits: LIKE_STEPS_MAX, since a pattern with many * may try many places.
 */
#ifndef AWS_LIKE_H
#define AWS_LIKE_H

#include "base/str.h"

enum { LIKE_STEPS_MAX = 10 * 1000 * 1000 };

enum like { LIKE_NO, LIKE_YES, LIKE_LIMIT };

enum like_signs {
    LIKE_ONE = 1 << 0,            /* ? stands for one character */
    LIKE_ESCAPES = 1 << 1,        /* ${*}, ${?} and ${$} stand for *, ? and $ */
    LIKE_NO_SPACE = 1 << 2,       /* * stands for no white space of ASCII's */
    LIKE_NO_OTHER_SPACE = 1 << 3, /* nor for Unicode's, as U+00A0 */
    LIKE_IAM = LIKE_ONE | LIKE_ESCAPES,
};

enum like like(struct str text, struct str pattern); /* LIKE_IAM */
enum like like_with(struct str text, struct str pattern, unsigned signs);

bool has_white_space(struct str text); /* ASCII's or Unicode's */

enum { OVERLAP_BYTES_MAX = 4096 };

/* False: no text is like both patterns, whatever ? stands for. Patterns longer than
 * OVERLAP_BYTES_MAX are taken to overlap. */
bool patterns_overlap(struct str left, struct str right);

#endif
