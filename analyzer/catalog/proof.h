/*
 * proof.h - what an id or an ARN alone tells: its type, and fields of its record.
 *
 *     "awsbackup:job-1"  ─ from_id ─►  { "SnapshotType": "awsbackup" }
 *
 * A --query may have kept nothing but ids; then this is all that is known. The patterns
 * are the catalog's: arn_form and from_id.
 */
#ifndef CATALOG_PROOF_H
#define CATALOG_PROOF_H

#include "catalog/catalog.h"

/* Whether the text is an ARN as the type's records have it. */
bool type_has_arn(const struct type *type, struct pattern_match *match,
                  struct str text);

/* The type that it is an ARN of, the first in the catalog's order, or NULL. */
const struct type *catalog_arn(const struct catalog *catalog,
                               struct pattern_match *match, struct str text);

/* Adds to the record's fields what this id or ARN of it proves. What the record has
 * stays, even if it is null or in `unusable` (which may be NULL). False: no pattern
 * matches. */
bool proof_add(const struct type *type, struct pattern_match *match, struct str id,
               const json_t *unusable, json_t *fields);

#endif
