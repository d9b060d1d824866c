/*
 * said.h - what every format says of a finding: its name, one line, one place.
 *
 *     Backup-001  123456789012 us-east-1           finding_name()
 *     not known whether AWS Backup is in use for Amazon RDS: 0 bytes: the call failed
 *     |-------------- finding_headline() ----------------|  |--- finding_cause() ---|
 *     |------------------------- finding_message() ---------------------------------|
 *     in/123456789012/us-east-1/rds-describe-db-snapshots.json:1     finding_place()
 *
 * A verdict is headed by the message of its outcome. An unknown is headed by what is
 * not known, not by what its outcomes would say: these are read as verdicts.
 *
 * Texts hold what evidence held: the formats escape them. Lifetime: the arena's, or the
 * assessment's. Private to report/.
 */
#ifndef REPORT_SAID_H
#define REPORT_SAID_H

#include "gather/assessment.h"

/* "123456789012 us-east-1 db-1 (in/x.json)": account, region, the resource and the
 * source, where there are any. With the rule it is the finding's only. */
struct str finding_name(struct arena *arena, const struct finding *finding);

/* What is found: of an unknown "not known whether ..." by the rule's `unknown:`, or
 * "could be pass or fail". */
const char *finding_headline(struct arena *arena, const struct finding *finding);

/* Why it is unknown: the first of its reasons, without its path; of an error of AWS its
 * label, "AccessDenied (rds:DescribeDBSnapshots)". NULL: it is not unknown, or no
 * reason is told. */
const char *finding_cause(struct arena *arena, const struct finding *finding);

/* Both of them in one line. */
const char *finding_message(struct arena *arena, const struct finding *finding);

/* "not confined: files (this kernel has no Landlock)": what of the sandbox does not
 * hold, and why. Absent: all of it does. */
struct str sandbox_said(struct arena *arena, const struct assessment *assessment);

/* "invaudit evidence -o script --region=eu-west-1 evidence": the command that makes the
 * script, with the options and the paths of this run, each a word of a shell. "PATH..."
 * stands for paths that are too many for a line. */
struct str script_command(struct arena *arena, const struct assessment *assessment);

/* Of a fail that is waived: "accepted until 2027-01-31 by storage team (ticket OPS-7,
 * approved by J. Doe): copied to tape until the move". */
const char *waiver_text(struct arena *arena, const struct waiver *waiver);

/* Where to look. */
struct finding_place {
    const char *path; /* of a source, or "-"; NULL: there is no source at all */
    uint64_t line;    /* from 1; of a file that is meant as a whole: 1 */
};

struct places;

/* Of that assessment's findings. */
struct places *places_new(struct arena *arena, const struct assessment *assessment);

/* The record that decides; else what the finding is about; else the file that a reason
 * is about; else evidence of that account and region, of that account, or any: readers
 * of reports in a CI refuse a finding that is nowhere. */
struct finding_place places_of(const struct places *places,
                               const struct finding *finding);

#endif
