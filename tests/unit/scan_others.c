/*
 * Answers of calls that the catalog does not have, and of calls that share a key: what
 * they are no evidence of. Files in, findings of one small rule out.
 */
#include "scan_rows.h"

#include <string.h>

#define A     "123456789012"
#define CELL  A " us-east-1 "
#define US    "123456789012/us-east-1/"
#define DIR   "123456789012/\n123456789012/us-east-1/\n"
#define SNAPS US "rds-describe-db-snapshots.json="
#define SNAPSHOT                                                                       \
    "{\"DBSnapshotIdentifier\":\"a\",\"SnapshotType\":\"m\",\"Engine\":\"e\","         \
    "\"Status\":\"s\"}"
/* A listing that is whole, and has none of AWS Backup. */
#define WHOLE DIR SNAPS "{\"DBSnapshots\":[]}\n"
#define FAIL  CELL "fail n=0 m=0 +not-narrowed\n"
/* What may be lost with a file beside it. */
#define LOST(code)  CELL "unknown n=0.. m=0.. -may-be-last-page -" code "\nP " code "\n"
#define NAMED(code) CELL "unknown n=0.. m=0.. -" code " -may-be-last-page\nP " code "\n"

static const struct scan_row beside_rows[] = {
    /* named as another call */
    { "a failed call of another service", WHOLE US "s3api-get-bucket-policy.json=\n",
      FAIL },
    { "one whose service the name does not say", WHOLE US "get-bucket-policy.json=\n",
      FAIL },
    { "one as boto3 spells it", WHOLE US "list_users.json=\n", FAIL },
    { "one as the API spells it", WHOLE US "iam.ListUsers_1.json=\n", FAIL },
    { "one of the same service", WHOLE US "rds-describe-db-log-files.json=\n", FAIL },
    { "one that begins as a call of the catalog",
      WHOLE US "rds-modify-db-snapshot-attribute.json=\n", FAIL },
    { "one of another service by a name that the catalog has",
      WHOLE US "quicksight-list-tags-for-resource.json=\n", FAIL },
    { "null", WHOLE US "iam-get-role.json=null\n", FAIL },
    { "what breaks off", WHOLE US "ec2-describe-instances.json={\"Reservations\":[\n",
      FAIL },
    { "an array that breaks off", WHOLE US "ec2-describe-instances.json=[{\"a\":\n",
      FAIL },
    { "error text",
      WHOLE US "iam-get-role.json=Unable to locate credentials. You can configure "
               "credentials by running \"aws configure\".\n",
      FAIL },
    { "a table", WHOLE US "iam-list-users.json=-----------\n", FAIL },
    { "an object", WHOLE US "quicksight-list-tags-for-resource.json={\"Tags\":[]}\n",
      FAIL },
    { "an array of what records of the catalog have",
      WHOLE US "rds-describe-db-snapshot-things.json=[]\n", FAIL },

    { "one that is a listing, and holds something",
      DIR US "ec2-describe-instances.json={\"DBSnapshots\":[" SNAPSHOT "]}\n",
      CELL "fail n=1 m=0 +not-narrowed\n" },
    { "and behind it one that breaks off",
      DIR US "ec2-describe-instances.json={\"DBSnapshots\":[" SNAPSHOT
             "]}\v{\"Reservations\":[\n",
      CELL "unknown n=1.. m=0.. -source-breaks-off\n" },
    { "or before it one that ends",
      DIR US
      "ec2-describe-instances.json={\"Reservations\":[]}\v{\"DBSnapshots\":[" SNAPSHOT
      "]}\n",
      CELL "fail n=1 m=0 +not-narrowed\n" },

    /* of calls that prove nothing */
    { "a failed one", WHOLE US "backup-list-scan-jobs.json=\n", FAIL },
    { "one that breaks off", WHOLE US "backup-list-scan-jobs.json={\"ScanJobs\":[\n",
      FAIL },
    { "one without its key", WHOLE US "backup-list-scan-jobs.json={\"a\":1}\n", FAIL },

    /* named as nothing */
    { "what may be anything", WHOLE US "all.json=\n", LOST("empty") },
    { "a service alone", WHOLE US "rds-snapshots.json=\n", LOST("empty") },
    { "another service's operation behind a service of the catalog",
      WHOLE US "rds-describe-instances.json=\n", LOST("empty") },
    { "no operation, of a service of the catalog",
      WHOLE US "backup-list-everything.json=\n", LOST("empty") },
    { "an object that breaks off", WHOLE US "all.json={\"a\":\n", LOST("cut-off") },
    { "the call itself", WHOLE US "describe-db-snapshots-2.json=\n", NAMED("empty") },

    /* what a query prints is no page of a listing */
    { "an empty array", WHOLE US "x.json=[]\n", FAIL },
    { "null of no call", WHOLE US "x.json=null\n", FAIL },
    { "a number", WHOLE US "x.json=3\n", FAIL },
    { "a text", WHOLE US "x.json=\"manual\"\n", FAIL },
    { "null of the call is a problem, and no page",
      WHOLE US "rds-describe-db-snapshots-x.json=null\n", FAIL "P no-listing\n" },

    /* the error text beside it */
    { "names another call",
      WHOLE US "x.json=\n" US
               "x.json.err=An error occurred (NoSuchBucketPolicy) when calling the "
               "GetBucketPolicy operation: The bucket policy does not exist\n",
      FAIL },
    { "names the call",
      WHOLE US "x.json=\n" US
               "x.json.err=An error occurred (AccessDenied) when calling the "
               "DescribeDBSnapshots operation: no\n",
      LOST("empty") },
    { "names another call than the file",
      WHOLE US "describe-db-snapshots-2.json=\n" US
               "describe-db-snapshots-2.json.err=An error occurred (X) when calling "
               "the GetBucketPolicy operation: no\n",
      NAMED("empty") },
    { "what breaks off beside it is of that call",
      WHOLE US "x.json={\"a\":\n" US
               "x.json.err=An error occurred (X) when calling the ListUsers operation "
               "(reached max retries: 4): no\n",
      FAIL },

    /* what is evidence for all its name */
    { "records under a key that no other service prints",
      DIR US "ec2-describe-snapshots.json={\"DBSnapshots\":[{\"DBSnapshotIdentifier\":"
             "\"a\",\"SnapshotType\":\"awsbackup\",\"Engine\":\"e\",\"Status\":\"s\"}]}"
             "\n",
      CELL "pass n=1 m=1\n" },
    { "that break off", WHOLE US "iam-list-users.json={\"DBSnapshots\":[\n",
      NAMED("cut-off") },
    { "but not none at all", DIR US "iam-list-users.json={\"DBSnapshots\":[]}\n",
      CELL "unknown n=0.. m=0.. -missing\n" },
};

/* Of each call that shares a key with one of the catalog's, or prints records that have
 * fields of them, an answer; under its own name, and some of no name. */
static const struct other_row {
    const char *name, *answer;
} other_rows[] = {
    { "sso-admin-list-regions",
      "{\"Regions\":[{\"RegionName\":\"r\",\"Status\":\"ACTIVE\"}]}" },
    { "", "{\"Regions\":[{\"RegionName\":\"r\",\"Status\":\"ACTIVE\"}]}" },
    { "workspaces-instances-list-regions", "{\"Regions\":[{\"RegionName\":\"r\"}]}" },
    { "", "{\"Regions\":[{\"RegionName\":\"r\"}]}" },
    { "securityhub-get-finding-aggregator", "{\"Regions\":\"us-west-1,us-west-2\"}" },
    { "", "{\"Regions\":\"us-west-1,us-west-2\"}" },
    { "", "{\"Regions\":[\"us-west-1\"]}" },
    { "resource-explorer-2-get-resource-explorer-setup",
      "{\"Regions\":[{\"Region\":\"r\",\"Index\":{}}]}" },
    { "ds-describe-regions", "{\"RegionsDescription\":[{\"RegionName\":\"r\"}]}" },
    { "", "[{\"RegionName\":\"r\",\"RegionStatus\":\"ACTIVE\"}]" },
    { "account-get-region-opt-status",
      "{\"RegionName\":\"r\",\"RegionOptStatus\":\"DISABLED\"}" },
    { "", "{\"RegionName\":\"r\",\"RegionOptStatus\":\"DISABLED\"}" },
    { "ec2-describe-availability-zones",
      "[{\"RegionName\":\"r\",\"ZoneName\":\"z\",\"ZoneId\":\"i\"}]" },
    { "", "[{\"RegionName\":\"r\",\"ZoneName\":\"z\",\"ZoneId\":\"i\"}]" },
    { "rds-describe-source-regions",
      "[{\"RegionName\":\"r\",\"Endpoint\":\"e\",\"Status\":\"s\"}]" },
    { "", "[{\"RegionName\":\"r\",\"Endpoint\":\"e\",\"Status\":\"s\"}]" },
    { "configservice-select-resource-config",
      "{\"Results\":[\"{}\"],\"QueryInfo\":{},\"NextToken\":\"t\"}" },
    { "config-select-aggregate-resource-config",
      "{\"Results\":[\"{}\"],\"NextToken\":\"t\"}" },
    { "", "{\"Results\":[\"{}\"],\"QueryInfo\":{},\"NextToken\":\"t\"}" },
    { "", "{\"Results\":[]}" },
    { "sqs-list-message-move-tasks", "{\"Results\":[{\"TaskHandle\":\"a\"}]}" },
    { "glue-list-data-quality-results", "{\"Results\":[]}" },
    { "", "{\"Results\":[{\"ResultId\":\"a\",\"DataSource\":{}}]}" },
    { "chime-list-accounts", "{\"Accounts\":[{\"AccountId\":\"1\",\"Name\":\"n\"}]}" },
    { "", "{\"Accounts\":[{\"AccountId\":\"1\",\"Name\":\"n\"}]}" },
    { "guardduty-get-remaining-free-trial-days",
      "{\"Accounts\":[{\"AccountId\":\"1\"}]}" },
    { "sso-list-accounts", "{\"accountList\":[]}" },
    { "", "{\"Accounts\":[]}" },
    { "lambda-get-function",
      "{\"Configuration\":{},\"Code\":{},\"Tags\":{\"a\":\"b\"}}" },
    { "", "{\"Configuration\":{},\"Code\":{},\"Tags\":{\"a\":\"b\"}}" },
    { "lambda-list-tags", "{\"Tags\":{\"a\":\"b\"}}" },
    { "guardduty-get-detector", "{\"Status\":\"ENABLED\",\"Tags\":{}}" },
    { "apigatewayv2-get-apis", "{\"Items\":[{\"Tags\":{}}]}" },
    { "quicksight-list-tags-for-resource",
      "{\"Status\":200,\"Tags\":[],\"RequestId\":\"r\"}" },
    { "elasticache-list-tags-for-resource", "{\"TagList\":[]}" },
    { "", "{\"TagList\":[],\"Name\":\"n\"}" },
    { "apigateway-get-resources", "{\"items\":[]}" },
    { "redshift-serverless-list-recovery-points", "{\"recoveryPoints\":[]}" },
    { "arc-region-switch-list-plans", "{\"plans\":[],\"nextToken\":\"t\"}" },
    { "", "{\"plans\":[{}],\"nextToken\":\"t\"}" },
    { "rds-describe-db-snapshot-tenant-databases",
      "[{\"DBSnapshotIdentifier\":\"s\",\"SnapshotType\":\"manual\","
      "\"TenantDatabaseResourceId\":\"t\"}]" },
    { "", "[{\"DBSnapshotIdentifier\":\"s\",\"SnapshotType\":\"manual\","
          "\"TenantDatabaseResourceId\":\"t\"}]" },
    { "rds-describe-reserved-db-instances",
      "[{\"ReservedDBInstanceId\":\"a\",\"DBInstanceClass\":\"c\"}]" },
    { "", "[{\"ReservedDBInstancesOfferingId\":\"a\",\"DBInstanceClass\":\"c\"}]" },
    { "rds-describe-orderable-db-instance-options", "[{\"DBInstanceClass\":\"c\"}]" },
    { "", "[{\"DBInstanceClass\":\"c\",\"MultiAZCapable\":true}]" },
    { "rds-describe-db-snapshot-attributes",
      "{\"DBSnapshotAttributesResult\":{\"DBSnapshotIdentifier\":\"a\"}}" },
    { "", "{\"DBSnapshotIdentifier\":\"a\",\"DBSnapshotAttributes\":[]}" },
    { "backup-list-scan-jobs", "[{\"ScanJobId\":\"a\",\"RecoveryPointArn\":\"r\"}]" },
    { "", "[{\"ScanJobId\":\"a\",\"RecoveryPointArn\":\"r\"}]" },
    { "", "{\"IndexedRecoveryPoints\":[{\"RecoveryPointArn\":\"r\"}]}" },
    { "", "[{\"IndexCreationDate\":1,\"RecoveryPointArn\":\"r\"}]" },
    { "backup-describe-backup-access-point",
      "{\"AccessPointArn\":\"a\",\"RecoveryPointArn\":\"r\",\"BackupVaultName\":\"v\","
      "\"Status\":\"AVAILABLE\"}" },
    { "", "[{\"AccessPointArn\":\"a\",\"RecoveryPointArn\":\"r\"}]" },
    { "", "[{\"TieringConfigurationArn\":\"a\",\"BackupVaultName\":\"v\"}]" },
    { "", "[{\"ReportJobId\":\"a\",\"ReportPlanArn\":\"r\"}]" },
    { "backup-get-backup-vault-notifications",
      "{\"BackupVaultName\":\"v\",\"BackupVaultArn\":\"a\",\"BackupVaultEvents\":[]}" },
    { "backup-create-restore-access-backup-vault",
      "{\"RestoreAccessBackupVaultArn\":\"a\",\"CreationDate\":1}" },
    { "", "{\"RestoreJobId\":\"a\",\"Metadata\":{}}" },
    { "", "[{\"Id\":\"1\",\"JoinedMethod\":\"m\",\"DelegationEnabledDate\":1}]" },
    { "fsx-describe-file-systems",
      "[{\"ResourceARN\":\"a\",\"Tags\":[],\"Lifecycle\":\"l\"}]" },
    { "", "[{\"ResourceARN\":\"a\",\"Tags\":[],\"Lifecycle\":\"l\"}]" },
};

/* A fact of each type that could be taken for what they list. */
static const char all_rule[] =
    REGION_RULE "  snapshots: { from: \"AWS::RDS::DBSnapshot\" }\n"
                "  instances: { from: \"AWS::RDS::DBInstance\" }\n"
                "  points: { from: \"AWS::Backup::RecoveryPoint\" }\n"
                "  vaults: { from: \"AWS::Backup::BackupVault\" }\n"
                "  plans: { from: \"AWS::Backup::ReportPlan\" }\n"
                "  jobs: { from: \"AWS::Backup::RestoreJob\" }\n"
                "  protected: { from: \"AWS::Backup::ProtectedResource\" }\n"
                "  tagged: { from: \"AWS::ResourceGroups::TaggedResource\" }\n"
                "  tags: { from: \"AWS::Backup::ResourceTags\" }\n"
                "  lists: { from: \"AWS::RDS::ResourceTags\" }\n"
                "  regions: { from: \"AWS::EC2::Region\" }\n"
                "  accounts: { from: \"AWS::Organizations::Account\" }\n"
                "outcomes:\n"
                "  - { result: pass, when: \"snapshots > `0` || instances > `0` || "
                "points > `0` || vaults "
                "> `0` || plans > `0` || jobs > `0` || protected > `0` || "
                "tagged > `0` || tags > `0` || lists > `0` || regions > `0` "
                "|| accounts > `0`\", message: \"x\" }\n"
                "  - { result: fail, message: \"x\" }\n";

/* Each fact is at least 0, and that is all. */
#define NOTHING                                                                        \
    CELL "unknown snapshots=0.. instances=0.. points=0.. vaults=0.. plans=0.. "        \
         "jobs=0.. "                                                                   \
         "protected=0.. tagged=0.. tags=0.. lists=0.. regions=0.. accounts=0.."

static void beside_test(void **state)
{
    scan_row(*state, snapshots_rule);
}

/* Where nothing places it there is no finding, in a region's folder no fact rests on
 * it, and nowhere is it a problem. */
static void other_test(void **state)
{
    const struct other_row *row = *state;
    const char *name = row->name[0] != '\0' ? row->name : "x";
    struct arena arena = ARENA_EMPTY;
    const struct scan_row alone = {
        row->name, arena_printf(&arena, "%s.json=%s\n", name, row->answer), ""
    };
    const struct scan_row beside = {
        row->name, arena_printf(&arena, WHOLE US "%s.json=%s\n", name, row->answer),
        FAIL
    };
    const struct scan_row placed = {
        row->name, arena_printf(&arena, DIR US "%s.json=%s\n", name, row->answer), NULL
    };
    const struct settings settings = { 0 };
    const char *told;

    scan_row(&alone, all_rule);
    scan_row(&beside, snapshots_rule);
    told = arena_printf(&arena, "%s",
                        scan_print(&arena, &placed, all_rule, &settings, STR_NONE));
    assert_string_equal(arena_copy(&arena, told, (size_t)(strstr(told, " -") - told)),
                        NOTHING);
    assert_null(strstr(told, "\nP "));
    arena_release(&arena);
}

/* Parts by two kinds of parents under one key. */
static const char points_rule[] =
    REGION_RULE "  n: { from: \"AWS::Backup::RecoveryPoint\" }\n"
                "outcomes:\n"
                "  - { result: pass, when: \"n > `0`\", message: \"{n}\" }\n"
                "  - { result: fail, message: \"none\" }\n";

#define VAULTS                                                                         \
    US "backup-list-backup-vaults.json={\"BackupVaultList\":[{\"BackupVaultName\":"    \
       "\"Default\",\"BackupVaultArn\":\"arn:aws:backup:us-east-1:" A                  \
       ":backup-vault:Default\"}]}\n"
#define RESOURCE(id)                                                                   \
    "{\"ResourceArn\":\"arn:aws:rds:us-east-1:" A ":db:" id                            \
    "\",\"ResourceType\":\"RDS\",\"LastBackupTime\":1}"
#define RESOURCES(list)                                                                \
    US "backup-list-protected-resources.json={\"Results\":[" list "]}\n"
#define POINT(id)                                                                      \
    "{\"RecoveryPointArn\":\"arn:aws:rds:us-east-1:" A ":snapshot:awsbackup:" id       \
    "\",\"BackupVaultName\":\"Default\",\"Status\":\"COMPLETED\"}"
#define HELD(id)                                                                       \
    "{\"RecoveryPointArn\":\"arn:aws:rds:us-east-1:" A ":snapshot:awsbackup:" id       \
    "\",\"BackupVaultName\":\"Default\",\"ResourceArn\":\"arn:aws:rds:us-east-1:" A    \
    ":db:a\"}"
#define POINT_OF(id)                                                                   \
    "{\"RecoveryPointArn\":\"arn:aws:rds:us-east-1:" A ":snapshot:awsbackup:" id       \
    "\",\"BackupVaultName\":\"Default\",\"ResourceArn\":\"r\",\"Status\":"             \
    "\"COMPLETED\"}"
#define BY_RESOURCE(name, list)                                                        \
    US "backup-list-recovery-points-by-resource" name                                  \
       ".json={\"RecoveryPoints\":[" list "]}\n"
#define WORD(id) "--arn_aws_rds_us-east-1_" A "_db_" id

static const struct scan_row parent_rows[] = {
    { "points by resource are no part of a vault",
      DIR VAULTS BY_RESOURCE(WORD("a"), POINT("1")), CELL "pass n=1..\n" },
    { "nor make they the vault's part whole", DIR VAULTS BY_RESOURCE(WORD("a"), ""),
      CELL "unknown n=0.. -part-missing\n" },
    { "whatever the resource is called", DIR VAULTS BY_RESOURCE("--Default", ""),
      CELL "unknown n=0.. -part-missing\n" },
    { "the resources' parts are added",
      DIR RESOURCES(RESOURCE("a") "," RESOURCE("b")) BY_RESOURCE(
          WORD("a"), POINT("1") "," POINT("2")) BY_RESOURCE(WORD("b"), POINT("3")),
      CELL "pass n=3\n" },
    { "a point with its resource is one that a legal hold keeps, whatever the name",
      DIR RESOURCES(RESOURCE("a")) BY_RESOURCE(WORD("a"), HELD("1")),
      CELL "unknown n=0.. -proves-nothing -parents-unknown\n" },
    { "a point with its resource and its status is a vault's, whatever the name",
      DIR VAULTS BY_RESOURCE(WORD("a"), POINT_OF("1")), CELL "pass n=1\n" },
    { "so it is beside one of which less is left",
      DIR VAULTS US "x.json={\"RecoveryPoints\":[" HELD("1") "," POINT_OF("2") "]}\n",
      CELL "pass n=2\n" },
    { "whatever the file's name says of the call",
      DIR RESOURCES(RESOURCE("a")) US "x.json={\"RecoveryPoints\":[" POINT("1") "]}\n",
      CELL "pass n=1..\n" },
};

/* Records that a query has left their id. */
static const char clusters_rule[] =
    REGION_RULE "  n: { from: \"AWS::RDS::DBCluster\" }\n"
                "outcomes:\n"
                "  - { result: pass, when: \"n > `0`\", message: \"{n}\" }\n"
                "  - { result: fail, message: \"none\" }\n";

#define CLUSTERS US "rds-describe-db-clusters.json="

static const struct scan_row id_rows[] = {
    { "an id under its own name proves a record of the call",
      DIR CLUSTERS "[{\"Endpoint\":\"e\",\"DBClusterIdentifier\":\"c\"}]\n",
      CELL "pass n=1..\n" },
    { "also of a call that another service shares",
      DIR US "docdb-describe-db-clusters.json=[{\"DBClusterIdentifier\":\"c\"}]\n",
      CELL "pass n=1..\n" },
    { "not without the call", DIR US "x.json=[{\"DBClusterIdentifier\":\"c\"}]\n",
      CELL "unknown n=0.. -missing\n" },
    { "nor with another one",
      DIR US "rds-describe-db-instances.json=[{\"DBClusterIdentifier\":\"c\"}]\n",
      CELL "unknown n=0.. -missing\n" },
    { "nor by a field that is null",
      DIR CLUSTERS "[{\"Endpoint\":\"e\",\"DBClusterIdentifier\":null}]\n",
      CELL "unknown n=0.. -renamed-fields\n" },
};

/* An empty list under a key that others have. */
static const char protected_rule[] =
    REGION_RULE "  n: { from: \"AWS::Backup::ProtectedResource\" }\n"
                "outcomes:\n"
                "  - { result: pass, when: \"n > `0`\", message: \"{n}\" }\n"
                "  - { result: fail, message: \"none\" }\n";

static const struct scan_row shared_rows[] = {
    { "the name decides on an empty list", DIR RESOURCES(""),
      CELL "fail n=0 +not-narrowed\n" },
    { "nothing does without it", DIR US "x.json={\"Results\":[]}\n",
      CELL "unknown n=0.. -missing\n" },
    { "records tell the key, and may be of one vault alone",
      DIR US "x.json={\"Results\":[" RESOURCE("a") "]}\n", CELL "pass n=1..\n" },
    { "so they do if one of them does",
      DIR US "x.json={\"Results\":[\"a\"," RESOURCE("a") "]}\n", CELL "pass n=1..\n" },
    { "the name decides on text", DIR RESOURCES("\"a\""),
      CELL "unknown n=0..1 -undecided-records\n" },
    { "a list that breaks off may be any",
      DIR RESOURCES("") US "x.json={\"Results\":[\n",
      CELL "unknown n=0.. -may-be-last-page -cut-off -call-untold\nP cut-off\n" },
    { "but not under another call's name",
      DIR RESOURCES("") US "sqs-list-message-move-tasks.json={\"Results\":[\n",
      CELL "fail n=0 +not-narrowed\n" },
};

/* Answers that are told by what stands alone in them. */
static const char lists_rule[] =
    REGION_RULE "  n: { from: \"AWS::RDS::ResourceTags\" }\n"
                "outcomes:\n"
                "  - { result: pass, when: \"n > `0`\", message: \"{n}\" }\n"
                "  - { result: fail, message: \"none\" }\n";

static const struct scan_row alone_rows[] = {
    { "one with nothing beside it", DIR US "x.json={\"TagList\":[]}\n",
      CELL "pass n=1..\n" },
    { "one with what an SDK adds",
      DIR US "x.json={\"TagList\":[],\"ResponseMetadata\":{},\"ResultMetadata\":{},"
             "\"$metadata\":{}}\n",
      CELL "pass n=1..\n" },
    { "one that breaks off may have anything else", DIR US "x.json={\"TagList\":[],\n",
      "123456789012 us-east-1 unknown n=0.. -missing -cut-off\n"
      "P cut-off\n" },
    { "one with anything else", DIR US "x.json={\"TagList\":[],\"Metadata\":{}}\n",
      CELL "unknown n=0.. -missing\n" },
};

static void alone_test(void **state)
{
    scan_row(*state, lists_rule);
}

static void parent_test(void **state)
{
    scan_row(*state, points_rule);
}

static void id_test(void **state)
{
    scan_row(*state, clusters_rule);
}

static void shared_test(void **state)
{
    scan_row(*state, protected_rule);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, beside_rows, beside_test);
    for (size_t i = 0; i < sizeof other_rows / sizeof other_rows[0]; i++)
        tests_add(&tests, other_rows[i].answer, other_test, &other_rows[i]);
    TESTS_ADD_ROWS(&tests, parent_rows, parent_test);
    TESTS_ADD_ROWS(&tests, id_rows, id_test);
    TESTS_ADD_ROWS(&tests, shared_rows, shared_test);
    TESTS_ADD_ROWS(&tests, alone_rows, alone_test);
    return tests_run("scan_others", &tests);
}
