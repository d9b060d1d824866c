#include "aws/selector.h"

#include <assert.h>

static const char *const answer_names[] = {
    [SELECTED] = "selected",
    [NOT_SELECTED] = "not selected",
    [EXCLUDED] = "excluded",
    [UNDETERMINED] = "undetermined",
};

static const struct code_row {
    const char *name;
    const char *words; /* NULL: an entry says it */
} code_rows[] = {
    [SELECTION_MEMBERSHIP_UNKNOWN] = { "membership-unknown",
                                       "it may be a member of a DB cluster" },
    [SELECTION_PLAN_NOT_READ] = { "plan-not-read",
                                  "the plan and its rules were not read" },
    [SELECTION_NOT_READ] = { "selection-not-read",
                             "the selection's criteria were not read" },
    [SELECTION_RESOURCE_NOT_READ] = { "resource-not-read",
                                      "the database's ARN, engine or backup target "
                                      "was not read" },
    [SELECTION_NO_CRITERIA] = { "no-criteria",
                                "the selection has neither Resources nor ListOfTags: "
                                "AWS "
                                "refuses that, and its guide says that it takes "
                                "everything" },
    [SELECTION_WILDCARD_INSIDE] = { "wildcard-inside",
                                    "a * has text behind it, which AWS's guide allows "
                                    "and its API reference does not" },
    [SELECTION_QUESTION_MARK] = { "question-mark",
                                  "AWS does not say what ? stands for" },
    [SELECTION_ENTRY_KEY_PREFIXED] = { "list-of-tags-key-prefixed",
                                       "a key of ListOfTags has the prefix "
                                       "aws:ResourceTag/, which AWS documents for "
                                       "Conditions" },
    [SELECTION_CONDITION_TYPE] = { "condition-type",
                                   "AWS documents no such type of condition" },
    [SELECTION_TAGS_NOT_COLLECTED] = { "tags-not-collected",
                                       "its tags were not collected" },
    [SELECTION_CONDITION_KEY_BARE] = { "condition-key-without-prefix",
                                       "a key of Conditions lacks the prefix "
                                       "aws:ResourceTag/" },
    [SELECTION_WHITE_SPACE] = { "whitespace-in-value",
                                "AWS's guides disagree on whether * stands for white "
                                "space in a tag's value" },
    [SELECTION_SUPPORT_UNCLEAR] = { "support-unclear", "AWS does not say whether plans "
                                                       "back up this engine" },
    [SELECTION_OPT_IN_NOT_COLLECTED] = { "opt-in-not-collected",
                                         "the opt-in for its type was not collected" },
    [SELECTION_OPT_IN_PATTERN] = { "opt-in-pattern",
                                   "the opt-in is off, and it is unclear whether the "
                                   "entry names a type" },
    [SELECTION_OPT_IN_MIXED] = { "opt-in-mixed-assignment",
                                 "the opt-in is off, and it is unclear whether it "
                                 "counts "
                                 "for tags beside Resources" },
    [SELECTION_OPT_IN_SHARED] = { "opt-in-shared-type",
                                  "the opt-in for RDS is off, and it is unclear "
                                  "whether "
                                  "it counts for a Multi-AZ DB cluster that is named" },
    [SELECTION_ARN] = { "arn", NULL },
    [SELECTION_ARN_PATTERN] = { "arn-pattern", NULL },
    [SELECTION_EVERYTHING] = { "everything", NULL },
    [SELECTION_TAG] = { "tag", NULL },
    [SELECTION_PLAN_DELETED] = { "plan-deleted", "the plan has a DeletionDate" },
    [SELECTION_PLAN_WITHOUT_RULES] = { "plan-without-rules", "the plan has no rule" },
    [SELECTION_OTHER_SCOPE] = { "other-scope",
                                "the plan is of another partition, region or account" },
    [SELECTION_CLUSTER_MEMBER] = { "cluster-member",
                                   "a member of a DB cluster: the cluster is what is "
                                   "backed up" },
    [SELECTION_UNSUPPORTED] = { "unsupported",
                                "AWS Backup does not support this engine "
                                "or backup target" },
    [SELECTION_NO_MATCH] = { "no-match",
                             "no entry of Resources or ListOfTags matches" },
    [SELECTION_CONDITION] = { "condition", NULL },
    [SELECTION_NOT_RESOURCES] = { "not-resources", NULL },
    [SELECTION_OPT_IN_OFF] = { "opt-in-off", NULL },
};

static_assert(COUNT_OF(code_rows) == SELECTION_CODE_COUNT, "a row for each");

const char *selection_answer_name(enum selection_answer answer)
{
    return answer_names[answer];
}

const char *selection_code_name(enum selection_code code)
{
    return code_rows[code].name;
}

static void add_tag(const struct tag_condition *tag, struct buf *out)
{
    buf_add(out, tag->written_key);
    buf_add(out, STR(" = "));
    buf_add(out, tag->value);
}

static void add_arn(const char *name, const struct arn_list *arns, size_t index,
                    struct buf *out)
{
    buf_printf(out, "%s[%zu] ", name, index);
    buf_add(out, arns->entries.items[index]);
}

static void add_entry(const struct selector *selector,
                      const struct selection_result *result, struct buf *out)
{
    switch (result->list) {
    case LIST_NONE:
        break;
    case LIST_RESOURCES:
        add_arn("Resources", &selector->resources, result->index, out);
        break;
    case LIST_NOT_RESOURCES:
        add_arn("NotResources", &selector->not_resources, result->index, out);
        break;
    case LIST_OF_TAGS:
        buf_printf(out, "ListOfTags[%zu] ", selector->entries[result->index].index);
        add_tag(&selector->entries[result->index], out);
        break;
    case LIST_CONDITIONS:
        buf_add(out, STR("Conditions."));
        buf_add(out, selector->conditions[result->index].written_comparison);
        buf_add_byte(out, ' ');
        add_tag(&selector->conditions[result->index], out);
        break;
    }
}

void selection_because(const struct selector *selector, const struct database *database,
                       const struct selection_result *result, struct buf *out)
{
    const char *words = code_rows[result->code].words;

    if (words != NULL) {
        buf_add(out, str_from(words));
        return;
    }
    add_entry(selector, result, out);
    if (result->code != SELECTION_OPT_IN_OFF)
        return;
    if (result->list != LIST_NONE)
        buf_add(out, STR(", but "));
    if (database->traits.has_type)
        buf_printf(out, "the opt-in for %s is off",
                   opt_in_type_name(database->traits.type));
    else
        buf_add(out, STR("the opt-in is off"));
}
