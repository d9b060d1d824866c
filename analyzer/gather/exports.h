/*
 * exports.h - what other tools save about an account, which is no answer of AWS and
 * proves nothing here: told by its keys, so that a report can name it.
 *
 *     exports_mark(layout);
 *     name = exports_name(layout, document.marks, document.list);
 *
 * How to add one: a row in exports.c.
 */
#ifndef GATHER_EXPORTS_H
#define GATHER_EXPORTS_H

#include "json/layout.h"

void exports_mark(struct layout *layout);

/* "a Steampipe export", or NULL: the keys are those of none. A document that has the
 * `list` of a call is none, unless the export has it, too. */
const char *exports_name(const struct layout *layout, uint64_t marks, struct str list);

#endif
