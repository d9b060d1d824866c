/*
 * Answers that are no listing, a row a case: records that stand alone, requests and
 * receipts, and maps. Files in, findings of one small rule out.
 */
#include "scan_rows.h"

/* One that reads a field which AWS may leave out. */
static const char plans_rule[] =
    REGION_RULE "  n: { from: \"AWS::Backup::BackupPlan\", where: \"!DeletionDate\" }\n"
                "outcomes:\n"
                "  - { result: pass, when: \"n > `0`\", message: \"{n}\" }\n"
                "  - { result: fail, message: \"none\" }\n";

/* About the one record that a map is. */
static const char settings_rule[] = REGION_RULE
    "  n: { from: \"AWS::Backup::RegionSettings\", where: \"RDS == `false`\" }\n"
    "outcomes:\n"
    "  - { result: pass, when: \"n == `0`\", message: \"in\" }\n"
    "  - { result: fail, message: \"out\" }\n";

#define A     "123456789012"
#define B     "210987654321"
#define US    "123456789012/us-east-1/"
#define DIR   "123456789012/\n123456789012/us-east-1/\n"
#define SNAPS "rds-describe-db-snapshots"
#define ONE(id, type)                                                                  \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"" type                    \
    "\",\"Engine\":\"e\",\"Status\":\"s\",\"DBInstanceIdentifier\":\"d\","             \
    "\"Encrypted\":true,\"DBSnapshotArn\":\"arn:aws:rds:us-east-1:" A ":snapshot:" id  \
    "\"}"
#define PLACED(id, type, region, account)                                              \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"" type                    \
    "\",\"Engine\":\"e\",\"Status\":\"s\",\"DBInstanceIdentifier\":\"d\","             \
    "\"Encrypted\":true,\"DBSnapshotArn\":\"arn:aws:rds:" region ":" account           \
    ":snapshot:" id "\"}"
#define LIST(records) "{\"DBSnapshots\":[" records "]}"
#define PLAN(id)                                                                       \
    "{\"BackupPlanId\":\"" id "\",\"BackupPlanArn\":\"arn:aws:backup:us-east-1:" A     \
    ":backup-plan:" id "\",\"BackupPlanName\":\"n\",\"VersionId\":\"v\","              \
    "\"CreationDate\":1}"
#define PLANS(plans)                                                                   \
    US "backup-list-backup-plans.json={\"BackupPlansList\":[" plans "]}\n"

/* Records that no listing is around. */
static const struct scan_row single_rows[] = {
    { "one record is a lower bound", DIR US "a.json=" ONE("a", "awsbackup") "\n",
      A " us-east-1 pass n=1.. m=1..\n" },
    { "one record completes nothing", DIR US SNAPS ".json=" ONE("a", "manual") "\n",
      A " us-east-1 unknown n=1.. m=0.. -one-record\n" },
    { "one record is no page of a listing beside it",
      DIR US "a.json={\"DBSnapshotIdentifier\":\"a\",\"Marker\":\"x\"}\n" US SNAPS
             ".json=" LIST(ONE("a", "manual")) "\n",
      A " us-east-1 fail n=1 m=0 +not-narrowed\n" },
    { "records on their own are not added: they may be the same",
      DIR US "a.json=" ONE("a", "awsbackup") "\n" US
                                             "b.json=" ONE("b", "awsbackup") "\n",
      A " us-east-1 pass n=1.. m=1..\n" },
    { "one record in an envelope may be what was deleted",
      DIR US "a.json={\"DBSnapshot\":" ONE("a", "awsbackup") "}\n",
      A " us-east-1 unknown n=0.. m=0.. -proves-nothing\n" },
    { "unless its name says that it was made",
      DIR US "rds-copy-db-snapshot.json={\"DBSnapshot\":" ONE("a", "awsbackup") "}\n",
      A " us-east-1 pass n=1.. m=1..\n" },
    { "its ARN places it",
      "create-db-snapshot.json={\"DBSnapshot\":" PLACED("a", "awsbackup", "us-west-2",
                                                        B) "}\n",
      B " us-west-2 pass n=1.. m=1.. +account-by-arn\n" },
    { "an id that stands alone proves nothing: a request has one, too",
      DIR US "a.json={\"DBSnapshotIdentifier\":\"awsbackup:job-1\"}\n",
      A " us-east-1 unknown n=0.. m=0.. -one-record -undecided-records\n" },
    { "nor does the type that a request asks for",
      DIR US "a.json={\"DBInstanceIdentifier\":\"\",\"DBSnapshotIdentifier\":\"\","
             "\"SnapshotType\":"
             "\"awsbackup\",\"IncludeShared\":true}\n",
      A " us-east-1 unknown n=0.. m=0.. -one-record -undecided-records\n" },
    { "nor an object in an envelope without what names it",
      DIR US
      "rds-copy-db-snapshot.json={\"DBSnapshot\":{\"SnapshotType\":\"awsbackup\"}}\n",
      A " us-east-1 unknown n=0.. m=0.. -one-record -undecided-records\n" },
    { "one record with a key twice may count",
      DIR US "a.json={\"DBSnapshotIdentifier\":\"a\",\"DBSnapshotIdentifier\":\"b\"}\n",
      A " us-east-1 unknown n=0.. m=0.. -one-record -duplicate-key\n" },
    { "one record that is cut off is none: it may be a receipt",
      DIR US "a.json={\"DBSnapshotIdentifier\":\"a\",\n",
      A " us-east-1 unknown n=0.. m=0.. -missing -cut-off\nP cut-off\n" },
    { "a field that is null is absent",
      DIR US "a.json={\"DBSnapshotIdentifier\":\"a\",\"DBSnapshotArn\":null}\n",
      A " us-east-1 unknown n=0.. m=0.. -one-record -undecided-records\n" },
    { "a list of tags is no snapshot", DIR US "a.json={\"TagList\":[]}\n",
      A " us-east-1 unknown n=0.. m=0.. -missing\n" },
    { "a snapshot with tags is one",
      DIR US "a.json={\"DBSnapshotIdentifier\":\"a\",\"SnapshotType\":\"awsbackup\","
             "\"Engine\":\"e\",\"Status\":\"s\",\"DBInstanceIdentifier\":\"d\","
             "\"Encrypted\":true,\"DBSnapshotArn\":\"arn:aws:rds:us-east-1:" A
             ":snapshot:a\",\"TagList\":[{\"Key\":\"k\",\"Value\":"
             "\"v\"}]}\n",
      A " us-east-1 pass n=1.. m=1..\n" },
    { "other SDKs' keys beside a listing change nothing",
      DIR US "a.json={\"ResponseMetadata\":{\"RequestId\":\"r\"},\"Marker\":null,"
             "\"DBSnapshots\":[" ONE("a", "manual") "],\"ResultMetadata\":{}}\n",
      A " us-east-1 fail n=1 m=0 +not-narrowed\n" },
};

/* Requests and receipts beside, or without, the plans they are about. */
static const struct scan_row receipt_rows[] = {
    { "a plan by itself counts, unless a field is missing that it may have lost",
      DIR US "a.json=" PLAN("p") "\n",
      A " us-east-1 unknown n=0.. -one-record -undecided-records\n" },
    { "the definition of a plan proves nothing",
      DIR US "a.json={\"BackupPlanName\":\"n\",\"Rules\":[]}\n",
      A " us-east-1 unknown n=0.. -proves-nothing\n" },
    { "and makes no finding, nor a problem, wherever it is",
      "us-east-1-us-west-2.json={\"BackupPlanName\":\"n\",\"Rules\":[]}\n", "" },
    { "nor does the answer to creating it, for all its ARN",
      "a.json={\"BackupPlanId\":\"p\",\"BackupPlanArn\":\"arn:aws:backup:us-east-1:" A
      ":backup-plan:p\",\"CreationDate\":1552652281.971,\"VersionId\":\"v\"}\n",
      "" },
    { "nor the selection and the answer to it",
      "a.json={\"SelectionName\":\"n\",\"IamRoleArn\":\"r\",\"Resources\":[\"d\"]}\n"
      "b.json={\"SelectionId\":\"s\",\"CreationDate\":1,\"BackupPlanId\":\"p\"}\n",
      "" },
    { "a receipt with a token taints no listing",
      DIR US "a.json={\"BackupPlanVersionsList\":[],\"NextToken\":\"x\"}\n" PLANS(""),
      A " us-east-1 fail n=0 +not-narrowed\n" },
    { "what failed is a problem", DIR PLANS("") US "backup-get-backup-plan--p.json=\n",
      A " us-east-1 fail n=0 +not-narrowed\nP empty\n" },
    { "but what AWS refuses where there is nothing to tell is none",
      DIR PLANS("") US "backup-get-backup-vault-access-policy--v.json=\n",
      A " us-east-1 fail n=0 +not-narrowed\n" },
    { "unless it was no refusal",
      DIR PLANS("") US "backup-get-backup-vault-access-policy--v.json=null\n",
      A " us-east-1 fail n=0 +not-narrowed\nP no-listing\n" },
};

/* The policies of vaults: AWS refuses the call for a vault without one. */
static const char policies_rule[] =
    REGION_RULE "  n: { from: \"AWS::Backup::BackupVaultAccessPolicy\" }\n"
                "outcomes:\n"
                "  - { result: pass, when: \"n > `0`\", message: \"{n}\" }\n"
                "  - { result: fail, message: \"none\" }\n";

#define VAULT(id)                                                                      \
    "\"BackupVaultName\":\"" id "\",\"BackupVaultArn\":\"arn:aws:backup:us-east-1:" A  \
    ":backup-vault:" id "\""
#define VAULTS(list)                                                                   \
    US "backup-list-backup-vaults.json={\"BackupVaultList\":[" list "]}\n"
#define POLICY_OF(id) US "backup-get-backup-vault-access-policy--" id ".json"
#define POLICY(id)    POLICY_OF(id) "={" VAULT(id) ",\"Policy\":\"{}\"}\n"
#define REFUSED(code, operation)                                                       \
    "=An error occurred (" code ") when calling the " operation " operation: no\n"
#define NO_POLICY REFUSED("ResourceNotFoundException", "GetBackupVaultAccessPolicy")
#define ONE_VAULT DIR VAULTS("{" VAULT("v") "}")
#define UNKNOWN   A " us-east-1 unknown n=0.. -"

static const struct scan_row absent_rows[] = {
    { "a vault's policy is all of its part", ONE_VAULT POLICY("v"),
      A " us-east-1 pass n=1\n" },
    { "of a vault that was not asked for there may be one",
      DIR VAULTS("{" VAULT("v") "},{" VAULT("w") "}") POLICY("v"),
      A " us-east-1 pass n=1..\n" },
    { "AWS refuses the call for a vault that has none",
      ONE_VAULT POLICY_OF("v") "=\n" POLICY_OF("v") ".err" NO_POLICY,
      A " us-east-1 fail n=0 +not-narrowed\n" },
    { "so it does where the error is in the answer's place",
      ONE_VAULT POLICY_OF("v") NO_POLICY, A " us-east-1 fail n=0 +not-narrowed\n" },
    { "and where blanks are",
      ONE_VAULT POLICY_OF("v") "= \n" POLICY_OF("v") ".err" NO_POLICY,
      A " us-east-1 fail n=0 +not-narrowed\n" },
    { "of one vault, and of the other it is told",
      DIR VAULTS("{" VAULT("v") "},{" VAULT("w") "}") POLICY("v") POLICY_OF("w")
          NO_POLICY,
      A " us-east-1 pass n=1\n" },
    { "another error says nothing of it",
      ONE_VAULT POLICY_OF("v") "=\n" POLICY_OF("v") ".err" REFUSED(
          "AccessDeniedException", "GetBackupVaultAccessPolicy"),
      UNKNOWN "empty -part-missing\n" },
    { "nor does the same of another call",
      ONE_VAULT POLICY_OF("v") "=\n" POLICY_OF("v") ".err" REFUSED(
          "ResourceNotFoundException", "ListBackupVaults"),
      UNKNOWN "empty -part-missing\n" },
    { "nor one that names no call",
      ONE_VAULT POLICY_OF("v") "=\n" POLICY_OF(
          "v") ".err=An error occurred (ResourceNotFoundException)\n",
      UNKNOWN "empty -part-missing\n" },
    { "nor does an empty file alone", ONE_VAULT POLICY_OF("v") "=\n",
      UNKNOWN "empty -part-missing\n" },
    { "nor a refusal that names no vault",
      ONE_VAULT US "backup-get-backup-vault-access-policy.json" NO_POLICY,
      UNKNOWN "cli-error -part-missing\n" },
    { "nor one beside a broken answer",
      ONE_VAULT POLICY_OF("v") "={\n" POLICY_OF("v") ".err" NO_POLICY,
      UNKNOWN "cut-off -part-missing\nP cut-off\n" },
    { "what is known to be AWS's word for it is none of another call",
      DIR VAULTS("") US "backup-list-backup-plans.json" REFUSED(
          "ResourceNotFoundException", "ListBackupPlans"),
      A " us-east-1 fail n=0 +not-narrowed\nP cli-error\n" },
};

#define SETTINGS "backup-describe-region-settings.json="
#define OPT_IN(rds)                                                                    \
    "{\"ResourceTypeOptInPreference\":{" rds                                           \
    ",\"Aurora\":true,\"DocumentDB\":true,\"Neptune\":true}"

static const struct scan_row settings_rows[] = {
    { "a map is one record, and all there is",
      DIR US "a.json=" OPT_IN("\"RDS\":false") "}\n", A " us-east-1 fail n=1\n" },
    { "of a region without a type it has no word",
      DIR US
      "a.json={\"ResourceTypeOptInPreference\":{\"RDS\":false,\"Aurora\":true}}\n",
      A " us-east-1 fail n=1\n" },
    { "one that lacks what AWS always prints may be the request to change it",
      DIR US "a.json={\"ResourceTypeOptInPreference\":{\"RDS\":false}}\n",
      A " us-east-1 unknown n=0..1 -undecided-records\n" },
    { "one that does not count is an exact zero, and no option narrows it",
      DIR US "a.json=" OPT_IN(
          "\"RDS\":true") ",\"ResourceTypeManagementPreference\":{\"RDS\":false}}\n",
      A " us-east-1 pass n=0\n" },
    { "a resource type that is not in it is in or out",
      DIR US SETTINGS "{\"ResourceTypeOptInPreference\":{\"EFS\":true}}\n",
      A " us-east-1 unknown n=0..1 -undecided-records\n" },
    { "a key of it that stands twice makes it in or out",
      DIR US SETTINGS
      "{\"ResourceTypeOptInPreference\":{\"RDS\":true,\"RDS\":false}}\n",
      A " us-east-1 unknown n=0..1 -duplicate-key\n" },
    { "a key of the envelope that stands twice makes it nothing",
      DIR US SETTINGS "{\"ResourceTypeOptInPreference\":{\"RDS\":true},"
                      "\"ResourceTypeOptInPreference\":{\"RDS\":true}}\n",
      A
      " us-east-1 unknown n=0.. -duplicate-envelope-key\nP duplicate-envelope-key\n" },
    { "a cut-off answer is nothing, whatever stands before the break",
      DIR US SETTINGS "{\"ResourceTypeOptInPreference\":{\"RDS\":true},\n",
      A " us-east-1 unknown n=0.. -cut-off\nP cut-off\n" },
    { "a map that is no object is none",
      DIR US SETTINGS "{\"ResourceTypeOptInPreference\":null}\n",
      A " us-east-1 unknown n=0.. -envelope-unknown\nP envelope-unknown\n" },
    { "two answers that disagree leave both open",
      DIR US "a.json=" OPT_IN("\"RDS\":true") "}\n" US
                                              "b.json=" OPT_IN("\"RDS\":false") "}\n",
      A " us-east-1 unknown n=0..1 -disagreement\nP disagreement\nP disagreement\n" },
    { "without settings nothing is known", DIR US "a.json={}\n",
      A " us-east-1 unknown n=0.. -missing\n" },
    { "the tags of a backup are no settings",
      DIR US "a.json={\"Tags\":{\"RDS\":\"false\"}}\n",
      A " us-east-1 unknown n=0.. -missing\n" },
};

static void of_snapshots(void **state)
{
    scan_row(*state, snapshots_rule);
}

static void of_plans(void **state)
{
    scan_row(*state, plans_rule);
}

static void of_policies(void **state)
{
    scan_row(*state, policies_rule);
}

static void of_settings(void **state)
{
    scan_row(*state, settings_rule);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, single_rows, of_snapshots);
    TESTS_ADD_ROWS(&tests, receipt_rows, of_plans);
    TESTS_ADD_ROWS(&tests, absent_rows, of_policies);
    TESTS_ADD_ROWS(&tests, settings_rows, of_settings);
    return tests_run("scan_answers", &tests);
}
