/*
 * gatherer.h - count the records of one document while they pass.
 *
 *     struct gatherer *gatherer = gatherer_new(gathered);
 *     gatherer_begin(gatherer, source);
 *     for each record:   gatherer_record(gatherer, item.envelope, item.record);
 *     at its end:        document = gatherer_end(gatherer, item.envelope);
 *
 * Lifetime: the document lives in the arena of what was gathered; a gatherer is used
 * again for the next document. What a document is (its type and call), recognise.h
 * tells.
 */
#ifndef GATHER_GATHERER_H
#define GATHER_GATHERER_H

#include "gather/document.h"

struct gatherer;

struct gatherer *gatherer_new(struct gathered *gathered);
void gatherer_begin(struct gatherer *gatherer, struct document_source *source);

/* `so_far` is what is known of the document: its kind and list. */
void gatherer_record(struct gatherer *gatherer, const struct envelope *so_far,
                     const struct record *record);

/* Ends the document and adds it to its source; says its problems. */
struct document *gatherer_end(struct gatherer *gatherer,
                              const struct envelope *envelope);

#endif
