/*
 * derived.h - what is counted of each database to tell whether it is protected
 * (catalog: derive: database-protection): facts as a rule has them, so that evidence is
 * read for them as for any rule, and what is missing is told the same way.
 *
 * Lifetime: the arena's.
 */
#ifndef RULEBOOK_DERIVED_H
#define RULEBOOK_DERIVED_H

#include "rulebook/rule.h"

/* What a subject has in a rule that counts its states: an object, of State and, in
 * words, Because. */
#define PROTECTION_FIELD "Protection"

enum protection_fact {
    FACT_NEWEST,           /* when its newest usable recovery point was made, or, of a
                              continuous one, its latest restorable time */
    FACT_EARLIER,          /* when the newest was made of those that are no later than
                              the time of the audit */
    FACT_SNAPSHOT,         /* when the newest snapshot was made of a DB instance */
    FACT_CLUSTER_SNAPSHOT, /* the same of a DB cluster */
    FACT_LOST_JOBS,        /* backup jobs that ended without a backup */
    PROTECTION_FACT_COUNT
};

/* A rule about DB instances and clusters with these facts, in this order. It judges
 * nothing. */
const struct rule *protection_rule(struct arena *arena, const struct catalog *catalog);

/* Whether a fact of the rule counts records of that kind. */
bool rule_reads_derived(const struct rule *rule, enum derive derive);

#endif
