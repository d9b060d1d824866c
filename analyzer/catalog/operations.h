/*
 * operations.h - the operations of AWS, of whatever service, and who has them.
 *
 * rules/aws-operations.txt and rules/aws-services.txt, without their comments, as one
 * text each; they come with the catalog (catalog.h), and without them there are none.
 * What is not in them may be an operation all the same: AWS adds some every week.
 *
 *     if (operation_find(aws, file_name, &found) &&
 *         service_before(aws, file_name, found.from, &service))
 *         has = operation_is_of(&found, service);
 */
#ifndef CATALOG_OPERATIONS_H
#define CATALOG_OPERATIONS_H

#include "catalog/catalog.h"

enum { OPERATION_WORDS_MAX = 64 }; /* words of a text that are looked at */

struct operation {
    struct str name;     /* "list-tags" */
    struct str services; /* "backup lambda"; "-ds ec2": without a service it is ec2's */
    size_t from, to;     /* where it stands in the text */
};

/* How many bytes at `from` spell the name: in any case, with `_`, or nothing, for `-`
 * (DescribeDBSnapshots, as the API has it). 0: they do not. */
size_t spelled(struct str text, size_t from, struct str name);

/* The longest operation that the text has as a whole word. */
bool operation_find(const struct aws_words *aws, struct str text,
                    struct operation *operation);
bool operation_is_of(const struct operation *operation, struct str service);
/* One service after the other; `rest` begins as operation.services. *is_meant: whether
 * it may be where the text names none. */
bool operation_next_service(struct str *rest, struct str *service, bool *is_meant);

/* The service whose name stands directly before `at`, as the CLI has it. */
bool service_before(const struct aws_words *aws, struct str text, size_t at,
                    struct str *service);
/* The one that the text begins with, perhaps behind "aws", by its command; *to is the
 * end of it. */
bool service_at_start(const struct aws_words *aws, struct str text, struct str *service,
                      size_t *to);

#endif
