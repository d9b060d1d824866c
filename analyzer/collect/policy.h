/*
 * policy.h - the least IAM policy under which a script's calls are answered, as JSON.
 *
 * sts:GetCallerIdentity needs no permission, and is in it so that a boundary or a
 * policy of the organization can be made of it. All actions are for all resources: AWS
 * knows none for most listings.
 */
#ifndef COLLECT_POLICY_H
#define COLLECT_POLICY_H

#include "collect/calls.h"

/* `role`: also what the script's -R takes, to list the organization's accounts and to
 * become the role of that name in each; absent: it is not used. */
void collect_policy(const struct collect_calls *calls, struct str role,
                    struct buf *out);

/* The permissions of the calls that are asked, sorted, each once; in the arena. */
struct str_list calls_permissions(struct arena *arena,
                                  const struct collect_calls *calls);

#endif
