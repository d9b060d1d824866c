/*
 * arn.h - an ARN's parts: arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE.
 *
 * RESOURCE keeps its own colons ("snapshot:awsbackup:job-…").
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
#ifndef AWS_ARN_H
#define AWS_ARN_H

#include "base/str.h"

struct arn {
    struct str partition, service;
    struct str region, account; /* may be empty */
    bool redacted;              /* another text stands where the account would */
    struct str resource;
};

/* False: `text` is not an ARN: it has fewer than six parts, no partition, service or
 * resource, or a part with bytes that it may not have (only the account and the
 * resource may have any). An account that is not empty, "aws" or 12 digits was taken
 * out by whoever passed the evidence on: `redacted`. The parts borrow from `text`. */
bool arn_parse(struct str text, struct arn *arn);

bool is_account_id(struct str text); /* 12 digits */

#endif
