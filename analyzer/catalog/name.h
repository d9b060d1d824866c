/*
 * name.h - what a file's name tells: the call it holds an answer of.
 *
 *     prod-rds-describe-db-snapshots--awsbackup.json
 *          ^^^                                       the service before it, if any
 *              ^^^^^^^^^^^^^^^^^^^^^                 the longest operation
 *                                     ^^^^^^^^^^^    words behind it
 *
 * An operation is a whole word of the name, in any case, with `_` for `-`, or as the
 * API spells it (DescribeDBSnapshots). The longest counts: of the calls of the catalog,
 * by their operation or another of their names, and of all that AWS has
 * (rules/aws-operations.txt), so that describe-db-snapshot-attributes is not taken for
 * describe-db-snapshots. Of two calls with the same operation, that with its service
 * before it counts, then the catalog's first.
 *
 * The name tells that call if the service stands directly before it, or if no service
 * does and no other service has the operation. It is ambiguous where another has it
 * (list-tags.json): then it may be an answer of the call, and decides nothing. It tells
 * another call, which is not of the catalog, if another service that has the operation
 * stands before it, if no call of the catalog has it, or if it begins with a service of
 * which the catalog has no call, and a verb. Any other name tells nothing. In doubt it
 * is not another call: that another call failed is no loss of evidence, so a wrong
 * guess would hide one.
 *
 * Behind the operation the collection script writes words after two hyphens,
 * CALL--WORD--WORD.json: the parent that the answer is about, or an option that it was
 * asked with. An empty word is left out.
 *
 * Limits: NAME_WORDS_MAX, the last holds the rest; NAME_SPANS_MAX.
 */
#ifndef CATALOG_NAME_H
#define CATALOG_NAME_H

#include "catalog/catalog.h"

enum {
    NAME_WORDS_MAX = 4,  /* behind `--` */
    NAME_SPANS_MAX = 64, /* of letters and digits: an operation is sought among them */
};

struct name {
    const struct call *call; /* NULL: the name tells none of the catalog */
    bool is_ambiguous;       /* it may be the call's, or another service's */
    struct str other_service, other_operation; /* of another call; the operation is
                                                  absent: it tells none, the service is:
                                                  the name does not tell it */
    struct str words[NAME_WORDS_MAX]; /* behind the call, as written, without the file's
                                         suffix */
    size_t word_count;
};

/* The words borrow from `file_name` (the last part of a path). */
void name_parse(const struct catalog *catalog, struct str file_name, struct name *name);

bool name_is_other(const struct name *name);

/* The call whose operation has this API name, as error texts give it
 * ("DescribeDBSnapshots"), or NULL. */
const struct call *name_of_operation(const struct catalog *catalog,
                                     struct str api_name);

/* How the collection script writes an id in a file's name: with `_` for each `/` and
 * `:`, and for a hyphen behind a hyphen, since two of them begin a word. That of such a
 * word is the word itself. */
struct str name_word(struct arena *arena, struct str id);

#endif
