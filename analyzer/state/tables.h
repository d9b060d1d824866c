/*
 * tables.h - the structs of which a state is made, member by member. Private to state/.
 *
 *     a line of a state:   {"source":{...},"read":{"documents":[...], ...},
 *                           "problems":[...]}
 *
 *     source_kept            what discovery found; by it shards know that they walked
 *                            the same tree
 *     document_source_kept   what was read of it; absent: it was not to be read
 *     problem_kept           what could not be used of it
 *
 * Rows are in rows_kept.c. A struct that grew and has no row for what is new does not
 * compile (tables.c, at the end): a report of a merge would not know of it.
 */
#ifndef STATE_TABLES_H
#define STATE_TABLES_H

#include "find/discover.h"
#include "state/kept.h"

extern const struct kept_struct source_kept, document_source_kept, document_kept,
    problem_kept;
/* Parts of these. */
extern const struct kept_struct portion_kept, reason_kept, failure_kept, position_kept;

/* Whether whoever has the source reads it: the rest is told by its name. */
bool source_is_to_read(const struct source *source);

/* ---- rows_kept.c */
extern const struct kept_struct row_kept, extreme_kept, hit_kept;

/* Each `object` is a portion. */
bool rows_are_there(const void *object);
void rows_print(struct state_printer *printer, const void *object);
bool rows_parse(struct state_parser *parser, void *object);
/* Things of which records say different rows. */
bool versions_are_there(const void *object);
void versions_print(struct state_printer *printer, const void *object);
bool versions_parse(struct state_parser *parser, void *object);

#endif
