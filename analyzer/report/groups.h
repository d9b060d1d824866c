/*
 * groups.h - findings that say the same of different cells, brought together.
 *
 * Seventeen regions without evidence are one explanation. Findings of one rule and
 * result are a group when they rest on the same outcomes of the rule, and their reasons
 * and assumptions are of the same kinds: what these say may differ in accounts,
 * regions, files and numbers.
 *
 * Order: groups by their first finding, findings as in the assessment.
 * Private to report/.
 */
#ifndef REPORT_GROUPS_H
#define REPORT_GROUPS_H

#include "gather/assessment.h"

struct group {
    const struct finding **findings;
    size_t count, capacity;
    bool accounts_differ, regions_differ; /* from the first finding's */
};

struct group_list {
    struct group **items;
    size_t count, capacity;
};

/* Of those findings, of one rule, that have this result. */
void groups_find(struct arena *arena, const struct finding *findings, size_t count,
                 enum result result, struct group_list *groups);

/* What all of them say, with facts that hold for each. */
const char *group_message(struct arena *arena, const struct group *group);

/* A text of one of the group's findings as it holds for all: where they differ, its
 * account and region are "the account" and "the region", in paths ACCOUNT and REGION.
 */
const char *group_text(struct arena *arena, const struct group *group,
                       const struct finding *finding, const char *text);
/* What texts of one kind have in common: a text of a finding, less its account and
 * region, and with one # for each number. */
struct str group_kind(struct arena *arena, const struct finding *finding,
                      const char *text);

#endif
