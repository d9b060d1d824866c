/*
 * settle.h - the command that would settle what is not known, exactly as it is to be
 * run.
 *
 *     aws backup list-backup-selections --backup-plan-id p --region us-east-1 ...
 *     123456789012/us-east-1/backup-list-backup-selections--p.json
 *
 * Beside the AWS CLI's call it names the permission that this needs, and where to save
 * the answer so that it is recognised. Where nothing tells the account, the region or
 * an id, ACCOUNT, REGION or ID stands.
 */
#ifndef EXPLAIN_SETTLE_H
#define EXPLAIN_SETTLE_H

#include "judge/cells.h"

/* `parent`: that a part is asked of; `record`: that a detail is; absent: not known, or
 * the call asks for none. */
struct settle settle_make(struct arena *arena, const struct scope *scope,
                          const struct call *call, struct str parent,
                          struct str record);

#endif
