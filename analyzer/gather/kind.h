/*
 * kind.h - what a document is: its type and its call.
 *
 *     kind_begin(&kind, staging, source);
 *     kind_of_list(&kind, list, staged);       what the envelope's key tells
 *     for each record:   kind_record(&kind, record);
 *     at its end:        staged->call = kind_call_of_list(&kind, staged);
 *
 * Told by the envelope's keys; else by the fields of a bare array's records; else by
 * --path-pattern; else by the file's name; else by --assume-type. (What --path-pattern
 * tells comes first; where the document itself tells something else, place() sees it.)
 */
#ifndef GATHER_KIND_H
#define GATHER_KIND_H

#include "gather/staged.h"

struct kind {
    const struct catalog *catalog;
    const struct name *name;            /* the file's */
    const struct type *labelled;        /* by --path-pattern; NULL: not told */
    const struct type *assumed;         /* NULL: none is */
    const struct call_list *candidates; /* the calls with the list's key, or NULL */
    unsigned char marks;                /* of all records (plan.h) */
    bool mixed;                         /* records of two types */
};

void kind_begin(struct kind *kind, const struct staging *staging,
                const struct staged_source *source);

/* The calls with the list's key (absent: the document has none); the type, if they
 * agree on it or the file's name decides. */
void kind_of_list(struct kind *kind, struct str list, struct staged *staged);

/* Whether other calls than the catalog's print a list with this key, so that only its
 * records' fields tell. */
bool kind_is_shared(const struct kind *kind);
/* Whether nothing tells that a list with a shared key is one of the catalog's. */
bool kind_is_untold(const struct kind *kind, const struct staged *staged);

/* What the calls that may have printed its records never print. NULL: nothing. As long
 * as nothing tells its call, whatever one of the type's is silent about may be there.
 * *mark: where its records' fields tell the call, the mark of these: a record without
 * it may be of another call, put among them; else 0. */
const struct str_list *kind_silent(const struct kind *kind, const struct staged *staged,
                                   unsigned char *mark);

/* An object in a bare array: whether it tells that it is a record, and of what type; by
 * its fields, or by its id where the file's name tells the type. */
bool kind_of_record(struct kind *kind, const struct record *record,
                    struct staged *staged);

/* By the file's name or --assume-type, if they tell any. What is `lost` may be the
 * answer of a call that the name does not decide. */
void kind_by_name(const struct kind *kind, bool lost, struct staged *staged);

/* The call whose answer the list is, or NULL. */
const struct call *kind_call_of_list(const struct kind *kind,
                                     const struct staged *staged);

/* The call whose answer a bare array of this type is, or NULL. */
const struct call *kind_call_of_type(const struct kind *kind, const struct type *type);

#endif
