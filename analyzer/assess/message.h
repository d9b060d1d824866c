/*
 * message.h - a finding's message: a rule's text with what is known in it.
 *
 * A fact that is not exact prints as "at least 3", "2 to 5" or "not known".
 */
#ifndef ASSESS_MESSAGE_H
#define ASSESS_MESSAGE_H

#include "assess/decide.h"

/* A fact as a reader sees it: a count, a number, an instant in UTC. */
void fact_write(const struct fact *fact, const struct fact_value *value,
                struct buf *buf);

/* The messages of all possible outcomes, each different one once, joined by "; or ". */
const char *message_write(struct arena *arena, const struct bounds *bounds,
                          const struct verdict *verdict);

#endif
