/*
 * functions.h - the functions of rules and queries beyond JMESPath's own.
 *
 * invaudit-rule(5) describes them; its examples are tested. To add one: a row in the
 * table of functions.c and its evaluator, a section in the manual, a row in
 * tests/unit/rulebook_functions.c.
 *
 * An answer that a limit keeps from being found is none: the run fails, so that a
 * record may or may not count, and a `when` is unknown.
 * Limits: those of base/pattern.h, aws/like.h and aws/schedule.h.
 */
#ifndef RULEBOOK_FUNCTIONS_H
#define RULEBOOK_FUNCTIONS_H

#include "jmespath/extend.h"

extern const struct jmespath_extension rulebook_functions;

#endif
