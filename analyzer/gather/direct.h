/*
 * direct.h - filters that need no evaluator: those that compare the texts of fields.
 *
 *     direct = direct_of(&arena, jmespath_root(where), fields, field_count);
 *     if (direct != NULL && all fields are texts)
 *         holds = direct_holds(direct, texts);
 *
 * A text that differs in record after record, such as an id, has to be looked at in
 * each, but no value need be made of it. Of this form are starts_with(), ends_with()
 * and contains() of a field and a text, comparisons of a field with a text, and what
 * &&, || and ! make of them. What the evaluator says for fields that are texts, this
 * says too. Instants are not compared as texts.
 *
 * Lifetime: the arena's and the expression's; immutable.
 */
#ifndef GATHER_DIRECT_H
#define GATHER_DIRECT_H

#include "jmespath/jmespath.h"

enum {
    DIRECT_BYTES = 1024
}; /* of a text: a longer one might cost the evaluator too much */

struct direct;

/* NULL: it is of another form. `fields`: the names of those that it reads. */
const struct direct *direct_of(struct arena *arena, const struct jmespath_node *node,
                               const struct str *fields, size_t field_count);

/* `texts`: of each field, none absent and none longer than DIRECT_BYTES. */
bool direct_holds(const struct direct *direct, const struct str *texts);

#endif
