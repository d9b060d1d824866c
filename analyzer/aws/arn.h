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

/* False: `text` is no ARN: not six parts, a part with bytes that none may hold (only
 * the account and the resource may hold any), no partition or service or resource. An
 * account that is neither empty, "aws" nor 12 digits names none: whoever passed the
 * evidence on took it out. The parts borrow from `text`. */
bool arn_parse(struct str text, struct arn *arn);

bool is_account_id(struct str text); /* 12 digits */

#endif
