/*
 * groups.h - findings that say the same of different cells, brought together.
 *
 * Seventeen regions without evidence are one explanation and seventeen commands.
 * Findings of one rule and result are a group when their message, reasons and
 * assumptions differ in nothing but the names of their own account and region.
 *
 * Order: groups by their first finding, findings as in the assessment.
 * Private to report/.
 */
#ifndef REPORT_GROUPS_H
#define REPORT_GROUPS_H

#include "assess/assessment.h"

struct group {
    const struct finding **findings;
    size_t count, capacity;
};

struct group_list {
    struct group **items;
    size_t count, capacity;
};

/* Of those findings, of one rule, that have this result. */
void groups_find(struct arena *arena, const struct finding *findings, size_t count,
                 enum result result, struct group_list *groups);

/* A text of the group's first finding as it holds for all: where they differ, its
 * account and region are "the account" and "the region", in paths ACCOUNT and REGION.
 */
const char *group_text(struct arena *arena, const struct group *group,
                       const char *text);

#endif
