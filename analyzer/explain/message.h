/*
 * message.h - a finding's message: a rule's text with what is known in it.
 *
 * A fact that is not exact prints as "at least 3", "2 to 5" or "not known". In a
 * message of several findings a fact is what holds for all: "0 to 5, each exact" of
 * those that have 0, 3 and 5. What else differs is named by what it is ("the region",
 * "each of them"), or the first few are listed.
 */
#ifndef EXPLAIN_MESSAGE_H
#define EXPLAIN_MESSAGE_H

#include "judge/decide.h"

/* What is known of a fact: "at least 3". */
void fact_write(const struct fact *fact, const struct fact_value *value,
                struct buf *buf);

/* The same of several findings of one rule: of the rule's fact number `fact`. */
void facts_write(const struct finding *const *findings, size_t count, size_t fact,
                 struct buf *buf);

/* What message_join() needs of a finding: the possible outcomes, and what their
 * messages hold besides facts. */
void message_keep(struct arena *arena, const struct bounds *bounds,
                  const struct verdict *verdict, struct finding *finding);

/* One message for findings of one rule and of the same `rows`: those of all possible
 * outcomes, each different one once, joined by "; or ". */
const char *message_join(struct arena *arena, const struct finding *const *findings,
                         size_t count);

/* Whether it tells all that the messages of such findings tell, but for numbers. */
bool message_is_one(const struct finding *const *findings, size_t count);

/* That of what is no finding. */
const char *message_write(struct arena *arena, const struct bounds *bounds,
                          const struct verdict *verdict);

#endif
