/*
 * recognise.h - what a document is: its type and its call.
 *
 *     recognise_begin(&recognition, gathered, source);
 *     recognise_of_list(&recognition, list, document);       what the envelope's key
 * tells for each record:   recognise_record(&recognition, record); at its end:
 * document->call = recognise_call_of_list(&recognition, document);
 *
 * Told by the envelope's keys; else by the fields of a bare array's records; else by
 * --path-pattern; else by the file's name; else by --assume-type. (What --path-pattern
 * tells comes first; where the document itself tells something else, place() sees it.)
 */
#ifndef GATHER_RECOGNISE_H
#define GATHER_RECOGNISE_H

#include "gather/document.h"

struct recognition {
    const struct catalog *catalog;
    const struct name *name;            /* the file's */
    const struct type *labelled;        /* by --path-pattern; NULL: not told */
    const struct type *assumed;         /* NULL: none is */
    const struct call_list *candidates; /* the calls with the list's key, or NULL */
    unsigned char marks, against;       /* of all records (plan.h) */
    bool mixed;                         /* records of two types */
};

void recognise_begin(struct recognition *recognition, const struct gathered *gathered,
                     const struct document_source *source);

/* The calls with the list's key (absent: the document has none); the type, if they
 * agree on it or the file's name decides. */
void recognise_of_list(struct recognition *recognition, struct str list,
                       struct document *document);

/* Whether other calls than the catalog's print a list with this key, so that only its
 * records' fields tell. */
bool recognise_is_shared(const struct recognition *recognition);
/* Whether nothing tells that a list with a shared key is one of the catalog's. */
bool recognise_is_untold(const struct recognition *recognition,
                         const struct document *document);

/* What the calls that may have printed its records never print. NULL: nothing. As long
 * as nothing tells its call, whatever one of the type's is silent about may be there.
 * *mark: where its records' fields tell the call, the mark of these: a record without
 * it may be of another call, put among them; else 0. */
const struct str_list *recognise_silent(const struct recognition *recognition,
                                        const struct document *document,
                                        unsigned char *mark);

/* An object in a bare array: whether it tells that it is a record, and of what type; by
 * its fields, or by its id where the file's name tells the type. */
bool recognise_of_record(struct recognition *recognition, const struct record *record,
                         struct document *document);

/* By the file's name or --assume-type, if they tell any. What is `lost` may be the
 * answer of a call that the name does not decide. */
void recognise_by_name(const struct recognition *recognition, bool lost,
                       struct document *document);

/* The call whose answer the list is, or NULL. */
const struct call *recognise_call_of_list(const struct recognition *recognition,
                                          const struct document *document);

/* The call whose answer a bare array of this type is, or NULL. */
const struct call *recognise_call_of_type(const struct recognition *recognition,
                                          const struct type *type);

#endif
