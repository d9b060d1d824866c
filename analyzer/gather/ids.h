/*
 * ids.h - the texts of a bare array: ids or ARNs of records, and what they prove.
 *
 *     struct ids *ids = ids_new(arena);
 *     ids_begin(ids);
 *     for each text:   ids_add(ids, record);
 *     type = ids_type(ids, gathered);                  if nothing else tells it
 *     ids_count(ids, gathered, document);       when the type is told
 *
 * A text is a record that is there if a pattern of the type's from_id matches it, and
 * proves of it what that says. Each counts once, however often it is there; of ids and
 * ARNs, which may be two names of one record, those that are as the first. All other
 * texts may count.
 *
 * Lifetime: one array's texts, until the next ids_begin().
 * Limits: IDS_MAX texts, IDS_BYTES_MAX of them; what is more may count.
 */
#ifndef GATHER_IDS_H
#define GATHER_IDS_H

#include "gather/document.h"

enum { IDS_MAX = 65536, IDS_BYTES_MAX = 4 * 1024 * 1024 };

struct ids;

struct ids *ids_new(struct arena *arena);
void ids_begin(struct ids *ids);
void ids_add(struct ids *ids, const struct record *record);

/* The type that each of the texts is an ARN of, or NULL. */
const struct type *ids_type(const struct ids *ids, const struct gathered *gathered);

/* Adds them to the document; returns how many there were. */
uint64_t ids_count(const struct ids *ids, struct gathered *gathered,
                   struct document *document);

#endif
