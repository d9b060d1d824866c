/*
 * selection.h - whether a selection of a backup plan takes a database.
 *
 *     selector = selection_compile(&arena, &selection);     once a selection
 *     backup_plan_prepare(&plan);                           once a plan
 *     database_prepare(&database);                          once a database
 *     if (selection_may_take(selector, database.kind))
 *         result = selection_judge(selector, &plan, &database, &opt_ins);
 *
 *     Resources ─┐                                                          opt-in
 *                ├ OR ─► Conditions, AND ─► less NotResources ─► of its type ─►
 * selected ListOfTags ┘ no-match        condition        excluded           opt-in-off
 *
 * What AWS's guides leave open is judged under each reading, and what is not known for
 * each value: the answer is undetermined only if they differ, and then it says which
 * readings and inputs it depends on. So an input that cannot change the answer is never
 * asked for.
 * Pure: the same arguments, the same result; nothing is allocated while judging.
 * Sources:
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources-json.html
 * and https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html;
 * of opt-ins,
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateRegionSettings.html
 * Lifetime: the selector's; the selection's texts are borrowed.
 * Limits: below; what is beyond them counts as not read. AWS allows 500 ARNs, 30 with
 * wildcards, 30 conditions and 30 tags.
 */
#ifndef AWS_SELECTION_H
#define AWS_SELECTION_H

#include "aws/database.h"

#include <stdint.h>

enum {
    SELECTION_ARNS_MAX = 2000,       /* of Resources, and of NotResources */
    SELECTION_TAGS_MAX = 500,        /* of ListOfTags, and of Conditions */
    SELECTION_TEXT_BYTES_MAX = 2048, /* of an entry; longer ones are not read */
};

struct selection_arns {
    struct str_list list; /* absent text: an entry that could not be read */
    bool is_whole;        /* there are no others */
};

struct selection_tag {
    struct str
        comparison; /* "StringLike"; of ListOfTags, ConditionType: absent, or any */
    struct str key, value; /* absent: the entry could not be read */
};

struct selection_tags {
    struct selection_tag *items;
    size_t count;
    bool is_whole;
};

/* What AWS prints of its criteria; zeroed: nothing was read. A list that it does not
 * have is whole and empty. */
struct selection {
    struct selection_arns resources, not_resources;
    struct selection_tags list_of_tags, conditions;
};

enum plan_state {
    PLAN_NOT_READ, /* it is listed, and what it does is not known */
    PLAN_ACTIVE,
    PLAN_WITHOUT_RULES,
    PLAN_DELETED,
};

struct backup_plan {
    struct str arn; /* absent: of the database's partition, account and region */
    enum plan_state state;
    bool is_organization; /* of a policy of AWS Organizations: see selection_judge() */

    bool is_prepared, has_place; /* by backup_plan_prepare(); `place` is the ARN's */
    struct arn place;
};

/* Once a plan. One whose id is orgs/... is an organization's. */
void backup_plan_prepare(struct backup_plan *plan);

enum selection_answer { SELECTED, NOT_SELECTED, EXCLUDED, UNDETERMINED };

/* Why; selection_code_name() is what reports say. */
enum selection_code {
    /* What leaves it undetermined; the first that matters is the result's code. */
    SELECTION_MEMBERSHIP_UNKNOWN,
    SELECTION_PLAN_NOT_READ,
    SELECTION_NOT_READ,
    SELECTION_RESOURCE_NOT_READ,
    SELECTION_NO_CRITERIA,
    SELECTION_WILDCARD_INSIDE,
    SELECTION_QUESTION_MARK,
    SELECTION_ENTRY_KEY_PREFIXED,
    SELECTION_CONDITION_TYPE,
    SELECTION_TAGS_NOT_COLLECTED,
    SELECTION_CONDITION_KEY_BARE,
    SELECTION_WHITE_SPACE,
    SELECTION_SUPPORT_UNCLEAR,
    SELECTION_OPT_IN_NOT_COLLECTED,
    SELECTION_OPT_IN_PATTERN,
    SELECTION_OPT_IN_MIXED,
    SELECTION_OPT_IN_SHARED,
    SELECTION_DOUBT_COUNT,

    /* selected */
    SELECTION_ARN = SELECTION_DOUBT_COUNT,
    SELECTION_ARN_PATTERN,
    SELECTION_EVERYTHING,
    SELECTION_TAG,
    /* not selected */
    SELECTION_PLAN_DELETED,
    SELECTION_PLAN_WITHOUT_RULES,
    SELECTION_OTHER_SCOPE,
    SELECTION_CLUSTER_MEMBER,
    SELECTION_UNSUPPORTED,
    SELECTION_NO_MATCH,
    SELECTION_CONDITION,
    SELECTION_NOT_RESOURCES, /* excluded, where it would be selected else */
    SELECTION_OPT_IN_OFF,
    SELECTION_CODE_COUNT
};

/* What would have to be known, as bits. */
enum selection_need {
    NEEDS_TAGS = 1 << 0,     /* the database's */
    NEEDS_OPT_IN = 1 << 1,   /* of the account and region; of a plan of an organization:
                                of its management account */
    NEEDS_CRITERIA = 1 << 2, /* get-backup-selection */
    NEEDS_PLAN = 1 << 3,     /* get-backup-plan */
    NEEDS_RESOURCE = 1 << 4, /* the database's record, whole */
};

enum selection_list {
    LIST_NONE,
    LIST_RESOURCES,
    LIST_OF_TAGS,
    LIST_NOT_RESOURCES,
    LIST_CONDITIONS,
};

struct selection_result {
    enum selection_answer answer;
    enum selection_code code;
    uint32_t doubts; /* undetermined: a bit for each code that it depends on */
    unsigned needs;  /* undetermined: bits of enum selection_need */
    /* Selected: a negated condition holds since the tag is missing, which AWS says in
     * headings of examples only. */
    bool assumes_missing_tag;

    enum selection_list list; /* the entry that decides it */
    size_t index;
};

struct selector;

const struct selector *selection_compile(struct arena *arena,
                                         const struct selection *selection);

/* False: it takes no database of that kind, whatever else is known. It presumes ARNs in
 * AWS's form. */
bool selection_may_take(const struct selector *selector, enum database_kind kind);

/* The opt-ins are those of the plan's account and region; for a plan of an organization
 * those of the management account count, so that they are taken for not known. */
struct selection_result selection_judge(const struct selector *selector,
                                        const struct backup_plan *plan,
                                        const struct database *database,
                                        const struct opt_ins *opt_ins);

const char *selection_answer_name(enum selection_answer answer); /* "not selected" */
const char *selection_code_name(enum selection_code code);       /* "no-match" */

/* The reason in words: "Resources[0] arn:aws:rds:*, but the opt-in for RDS is off". */
void selection_because(const struct selector *selector, const struct database *database,
                       const struct selection_result *result, struct buf *out);

#endif
