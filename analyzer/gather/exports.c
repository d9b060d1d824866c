#include "gather/exports.h"

enum { EXPORT_KEYS_MAX = 3 };

/* The first that has all its keys is the one: keys of the document, of the first object
 * in an array that it holds, or of the first object in an array that it is. */
static const struct export
{
    const char *name;
    const char *keys[EXPORT_KEYS_MAX];
}
exports[] = {
    { "a Steampipe export", { "columns", "rows" } },
    { "a Steampipe export", { "_ctx", "account_id" } },
    { "a CloudQuery export", { "_cq_id" } },
    { "a CloudQuery export", { "_cq_sync_time" } },
    { "a CloudQuery export", { "_cq_source_name" } },
    { "a snapshot or history of AWS Config", { "configurationItems" } },
    { "an item of AWS Config", { "configurationItem" } },
    { "an item of AWS Config", { "configurationItemStatus", "resourceType" } },
    { "the answer to an AWS Config query", { "Results", "QueryInfo" } },
    { "a Security Hub finding", { "ProductArn", "SchemaVersion", "GeneratorId" } },
    { "Security Hub findings", { "Findings", "SchemaVersion" } },
    { "an event of EventBridge", { "detail-type", "source", "detail" } },
    { "a Backup Audit Manager report", { "reportItems" } },
    { "a CloudTrail log", { "Records", "eventVersion" } },
    { "a CloudTrail event", { "eventVersion", "eventName" } },
    { "a Terraform state", { "terraform_version", "resources" } },
    { "a Terraform state", { "terraform_version", "values" } },
    { "a Terraform plan", { "terraform_version", "planned_values" } },
    { "a CloudFormation template", { "AWSTemplateFormatVersion" } },
    { "a Prowler finding", { "CheckID", "Provider" } },
    { "a Prowler finding", { "CheckID", "AccountId" } },
    { "an OCSF finding, as of Prowler", { "class_uid", "metadata" } },
    { "a ScoutSuite report", { "last_run", "services", "provider_code" } },
    { "a Trivy report", { "SchemaVersion", "ArtifactName", "Results" } },
    { "a Cloud Custodian policy's record", { "policy", "execution", "api-stats" } },
    { "a SARIF report", { "runs", "$schema" } },
    { "an in-toto statement, as of invaudit", { "_type", "predicateType", "subject" } },
    { "a report of invaudit", { "schema", "tool", "evidence" } },
};

void exports_mark(struct layout *layout)
{
    for (size_t i = 0; i < sizeof exports / sizeof exports[0]; i++)
        for (size_t j = 0; j < EXPORT_KEYS_MAX && exports[i].keys[j] != NULL; j++)
            layout_mark(layout, str_from(exports[i].keys[j]));
}

static bool is_it(const struct layout *layout, const struct export *export,
                  uint64_t marks, struct str list)
{
    bool has_list = list.text == NULL;

    for (size_t i = 0; i < EXPORT_KEYS_MAX && export->keys[i] != NULL; i++) {
        struct str key = str_from(export->keys[i]);

        if ((layout_mark_find(layout, key) & marks) == 0)
            return false;
        has_list = has_list || str_equal(key, list);
    }
    return has_list;
}

const char *exports_name(const struct layout *layout, uint64_t marks, struct str list)
{
    for (size_t i = 0; marks != 0 && i < sizeof exports / sizeof exports[0]; i++)
        if (is_it(layout, &exports[i], marks, list))
            return exports[i].name;
    return NULL;
}
