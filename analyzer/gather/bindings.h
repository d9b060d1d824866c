/*
 * bindings.h - the values that a rule's expressions read as $NAME: its parameters, and
 * $now.
 *
 * Lifetime: the arena's. $now is bound only when the time of the audit is known:
 * without it, what reads $now does not hold, and so is unknown.
 */
#ifndef GATHER_BINDINGS_H
#define GATHER_BINDINGS_H

#include "rulebook/rule.h"

/* A context with the rule's parameters, and with $now. `as_of`: an instant as
 * base/time.h prints it, or absent. A rule NULL: no parameter is bound. */
struct jmespath_context *bindings_new(struct arena *arena, const struct rule *rule,
                                      struct str as_of);

#endif
