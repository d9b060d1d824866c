/*
 * subjects.h - the records that a rule for each record of a type judges one by one.
 *
 *     describe-db-instances      a     b           whole
 *     describe-db-instances      a'                one page
 *                                |     |
 *     subjects                   a     b           and nobody else: closed
 *
 * Records of one id, in whatever documents, are one subject. Its field has the value
 * that all of them have that can tell; where they differ, or none can tell, nothing is
 * known of it. A subject is certain unless a whole answer lacks it, and has no elements
 * without an id for all that it lacks. The universe is open, so that there may be
 * others, if no answer is whole, or a whole one has elements that tell no id.
 *
 *     subjects = subjects_of(cells, cell, type, scratch);
 *     subject_merge(&subjects->items[i], ...);        the fields that one rule reads
 *
 * Lifetime: what is known of the cell (known.h). Limits: SUBJECTS_MAX in a cell; with
 * more the universe is open.
 */
#ifndef JUDGE_SUBJECTS_H
#define JUDGE_SUBJECTS_H

#include "judge/combine.h"

enum { SUBJECTS_MAX = 1024 * 1024 };

/* What a document says of it: the document has one row of it, or several. */
struct subject_row {
    const struct document *document;
    const struct document *page; /* of that, or itself: whose row it is */
    const struct row *row;
};

struct subject {
    const struct type *type;
    struct str id;
    struct subject_row *rows; /* by document, as its cell has them */
    size_t row_count, row_capacity;
    bool is_certain;
};

struct subjects {
    struct subject **items; /* by id */
    size_t count, capacity;
    bool is_open;    /* there may be others */
    bool is_blurred; /* since a whole answer has elements that tell no id */
    bool disagrees;  /* whole answers differ */
};

const struct subjects *subjects_of(const struct cells *cells, const struct cell *cell,
                                   const struct type *type, struct arena *scratch);

/* A subject's fields, as far as a rule reads them. */
struct merged {
    json_t *value;    /* an object of what is known; the scratch arena's */
    struct str *open; /* fields of which nothing is known */
    size_t open_count;
    struct str differs; /* the first of these of which records say different things; or
                           absent */
    bool trimmed; /* a record of it was cut, so that what is below a field may be */
};

/* One field that is text, if a table has it and it is known; else absent. */
struct str subject_text(const struct subject *subject, const struct measures *measures,
                        struct str field, struct arena *scratch);

void subject_merge(const struct subject *subject, const struct measures *measures,
                   const struct columns *columns, struct arena *scratch,
                   struct merged *merged);

#endif
