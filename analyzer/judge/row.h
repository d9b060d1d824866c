/*
 * row.h - a row as an expression sees it: its values, and what is not known of it.
 *
 *     row (rows.h)    SnapshotType "manual"    Port absent    Tags absent
 *                            │                     │              │ its call never
 * prints it the expression      "manual"              null           open: it may be
 * anything
 *
 * A field that a row lacks is absent, or it is not known: in a bare array or a record
 * that was cut, a --query may have dropped it; and some calls never print it. An
 * expression that reads such a field has no answer, unless its other parts decide.
 *
 *     row_look(&view, document, row);
 *     value = row_value(&view, columns, false);
 *     if (row_open(&view, columns, false, context))
 *         truth = row_ask(expression, value, context, &err);
 *     row_drop(&view);
 *
 * Lifetime: the value lives until row_drop() or the next row_look(). Of one thread.
 */
#ifndef JUDGE_ROW_H
#define JUDGE_ROW_H

#include "gather/document.h"

enum truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNKNOWN };

/* Which fields of a record may be there in AWS, though its row lacks them. */
struct unseen {
    bool trimmed; /* any: in a bare array, or a record that lacks a field that AWS
                     always prints, a --query may have dropped what is not there */
    const struct str_list *silent; /* those that the record's call never prints */
};

/* Starts as zeros. */
struct row_view {
    const struct document *document;
    const struct measures_of_type *measures;
    const struct row *row;
    struct unseen gaps;
    json_t *made;     /* of its values; when first asked for */
    json_t *unusable; /* names of those that no value can be made of; or NULL */
};

void row_look(struct row_view *view, const struct measures *measures,
              const struct document *document, const struct row *row);
void row_drop(struct row_view *view);

/* An object of the columns, or of all; what was made once stays until row_drop(). */
json_t *row_value(struct row_view *view, const struct columns *columns,
                  bool reads_whole);

/* Whether the column is there, with a value or as one that cannot be used. */
bool row_has(const struct row_view *view, size_t column);
/* Whether the row's call never prints it, so that it is not known. */
bool row_is_silent(const struct row_view *view, size_t column);
/* Whether it is known: its value, or that it is absent. */
bool row_is_usable(const struct row_view *view, size_t column);

/* Opens what is not known for the next run in the context. False: the expression reads
 * all of the record, which is not known. */
MUST_USE bool row_open(const struct row_view *view, const struct columns *columns,
                       bool reads_whole, struct jmespath_context *context);

/* Whether the expression holds; resets the context. That it reads what is open is no
 * error: err is then empty. */
enum truth row_ask(const struct jmespath *expression, json_t *value,
                   struct jmespath_context *context, struct error *err);

#endif
