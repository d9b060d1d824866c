/*
 * denial.h - whom AWS refused what, of the message of an error.
 *
 *     User: arn:aws:sts::123456789012:assumed-role/Audit/j.doe is not authorized to
 *     perform: rds:DescribeDBSnapshots because no identity-based policy allows ...
 *
 *         actor   "role Audit/j.doe"
 *         action  "rds:DescribeDBSnapshots"
 *
 * Most services of AWS use this sentence; a code alone, such as UnauthorizedOperation,
 * tells neither. What is no ARN of IAM or STS is no actor, and what has bytes that no
 * name of IAM has is neither, so that nothing else can stand there.
 * Source:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 *
 * Lifetime: both live in the arena.
 * Limits: DENIAL_BYTES_MAX bytes of an ARN, and of an action.
 */
#ifndef FIND_DENIAL_H
#define FIND_DENIAL_H

#include "base/str.h"

enum { DENIAL_BYTES_MAX = 256 };

struct denial {
    struct str actor;  /* "role Audit/j.doe", "user alice", "root user"; or absent */
    struct str action; /* a permission, "rds:DescribeDBSnapshots"; or absent */
};

struct denial denial_find(struct arena *arena, struct str message);

#endif
