/*
 * settles.h - the exact commands that would settle an unknown finding.
 *
 * Each names the AWS CLI's call, the permission that it needs, and where to save its
 * answer so that it is recognised (the layout
 * ACCOUNT/REGION/SERVICE-CALL[--PARENT].json). Limits: SETTLES_MAX a finding.
 */
#ifndef ASSESS_SETTLES_H
#define ASSESS_SETTLES_H

#include "assess/judgement.h"

enum { SETTLES_MAX = 12 };

void settles_of_finding(struct arena *arena, const struct judgement *judgement,
                        struct finding *finding);

#endif
