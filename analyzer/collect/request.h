/*
 * request.h - a call that is wanted, from the command that a report names.
 *
 *     "aws backup list-backup-selections --backup-plan-id p --region us-east-1 ..."
 *          └─ call of the catalog             └─ parent         └─ region
 *
 * The command is one that explain/settle.h makes: ID or REGION stand where nothing is
 * known. A report may come from anybody, so what the words are is not believed, only
 * read: calls.h says what is asked.
 */
#ifndef COLLECT_REQUEST_H
#define COLLECT_REQUEST_H

#include "collect/calls.h"

/* False: err says what is wrong with it. */
MUST_USE bool collect_request_read(struct arena *arena, const struct catalog *catalog,
                                   struct str account, struct str command,
                                   struct collect_request *request, struct error *err);

#endif
