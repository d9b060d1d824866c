/*
 * verify_json.h - what `verify` says, as JSON: one object, with each line of the text.
 *
 *     verification_json(&(struct told_verification){ verification, status }, &out);
 *
 * verify.schema.json has each key, and a test compares. Text from reports is escaped on
 * its way out.
 */
#ifndef COMPARE_VERIFY_JSON_H
#define COMPARE_VERIFY_JSON_H

#include "compare/verify.h"
#include "report/members.h"

/* How it ended: as verification_status() has it, if the report was made again. */
struct told_verification {
    const struct verification *verification;
    int status;
};

void verification_json(const struct told_verification *told, struct buf *out);

/* Of a struct told_verification. */
extern const struct members verification_members;

#endif
