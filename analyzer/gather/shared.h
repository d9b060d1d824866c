/*
 * shared.h - what all records of a document say alike: the field by which its listing
 * may have been narrowed, and the parent whose parts they are.
 *
 *     struct shared shared = { 0 };
 *     for each record:       shared_record(&shared, gathered, &reduced);
 *                            shared_parent(&shared, gathered, &reduced);
 *     at the end of it:      shared_end(&shared, measures, document);
 *
 * Lifetime: one document's; what is kept of its records lives in the arena.
 */
#ifndef GATHER_SHARED_H
#define GATHER_SHARED_H

#include "gather/document.h"

enum {
    SHARED_FIELDS = 4
}; /* of a type, by which a listing may have been narrowed, or
      that name a parent */

struct shared_value {
    struct str value; /* absent: no record has it */
    bool missing;     /* one has none */
    bool differs;     /* two say different things */
};

struct shared {
    struct shared_value narrowed[SHARED_FIELDS]; /* as the type's narrowed_by */
    struct shared_value parents[SHARED_FIELDS];  /* as the measures' parent_keys */
};

void shared_record(struct shared *shared, struct gathered *gathered,
                   const struct reduced *reduced);
void shared_parent(struct shared *shared, struct gathered *gathered,
                   const struct reduced *reduced);
void shared_end(const struct shared *shared, const struct measures *measures,
                struct document *document);

#endif
