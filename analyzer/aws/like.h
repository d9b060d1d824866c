/*
 * like.h - text against a pattern as in IAM policies: * stands for any characters, also
 * none, and ? for one.
 *
 * The whole text is compared, with its case; : and / are characters like all others.
 * ${*}, ${?} and ${$} stand for *, ? and $ themselves. Text and pattern are UTF-8.
 * Source:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * Limits: LIKE_STEPS_MAX, since a pattern with many * may try many places.
 */
#ifndef AWS_LIKE_H
#define AWS_LIKE_H

#include "base/str.h"

enum { LIKE_STEPS_MAX = 10 * 1000 * 1000 };

enum like { LIKE_NO, LIKE_YES, LIKE_LIMIT };

enum like like(struct str text, struct str pattern);

#endif
