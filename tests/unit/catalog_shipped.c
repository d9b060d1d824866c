/*
 * The catalog that is shipped, rules/catalog.yaml: what it takes a document or a record
 * for, a row a case.
 */
#include "catalog/catalog.h"

#include "catalog_sample.h"
#include "rows.h"

#include <stdio.h>
#include <string.h>

static const struct shipped_row {
    const char *name, *json;
    const char *call, *type; /* as a document; as a record in a bare array */
} shipped_rows[] = {
    { "a DB snapshot's id", "{\"DBSnapshotIdentifier\": \"a\"}", NULL,
      "AWS::RDS::DBSnapshot" },
    { "a DB snapshot, whatever else it has",
      "{\"DBSnapshotArn\": \"a\", \"DBInstanceIdentifier\": \"b\"}", NULL,
      "AWS::RDS::DBSnapshot" },
    { "a DB cluster snapshot",
      "{\"DBClusterSnapshotIdentifier\": \"a\", \"DBClusterIdentifier\": \"b\"}", NULL,
      "AWS::RDS::DBClusterSnapshot" },
    { "an automated backup is no DB instance, for all its ARN",
      "{\"DBInstanceArn\": \"a\", \"DBInstanceAutomatedBackupsArn\": \"b\"}", NULL,
      "AWS::RDS::DBInstanceAutomatedBackup" },
    { "a cluster's automated backup is no DB cluster",
      "{\"DBClusterArn\": \"a\", \"DBClusterAutomatedBackupsArn\": \"b\"}", NULL,
      "AWS::RDS::DBClusterAutomatedBackup" },
    { "nor an instance's automated backup",
      "{\"RestoreWindow\": {}, \"DBClusterAutomatedBackupsArn\": \"b\"}", NULL,
      "AWS::RDS::DBClusterAutomatedBackup" },
    { "a DB instance whose automated backups are copied is one",
      "{\"DBInstanceArn\": \"a\", \"DBInstanceAutomatedBackupsReplications\": []}",
      NULL, "AWS::RDS::DBInstance" },
    { "a DB instance, even one of a cluster",
      "{\"DBInstanceStatus\": \"a\", \"DBClusterIdentifier\": \"b\"}", NULL,
      "AWS::RDS::DBInstance" },
    { "a DB cluster", "{\"DBClusterMembers\": []}", NULL, "AWS::RDS::DBCluster" },
    { "a database's id alone tells nothing", "{\"DBInstanceIdentifier\": \"a\"}", NULL,
      NULL },
    { "a field that is null tells nothing",
      "{\"DBSnapshotIdentifier\": null, \"DBInstanceArn\": \"a\"}", NULL,
      "AWS::RDS::DBInstance" },
    { "a backup job is no recovery point",
      "{\"BackupJobId\": \"a\", \"RecoveryPointArn\": \"b\", \"BackupVaultName\": "
      "\"c\", \"BackupVaultArn\": \"d\", \"State\": \"COMPLETED\"}",
      "backup describe-backup-job", "AWS::Backup::BackupJob" },
    { "a copy job", "{\"CopyJobId\": \"a\", \"ResourceArn\": \"b\"}", NULL,
      "AWS::Backup::CopyJob" },
    { "a restore job is no recovery point",
      "{\"RestoreJobId\": \"a\", \"RecoveryPointArn\": \"b\", \"Status\": \"c\"}",
      "backup describe-restore-job", "AWS::Backup::RestoreJob" },
    { "a recovery point",
      "{\"RecoveryPointArn\": \"a\", \"BackupVaultName\": \"b\", \"BackupVaultArn\": "
      "\"c\", \"Status\": \"COMPLETED\"}",
      "backup describe-recovery-point", "AWS::Backup::RecoveryPoint" },
    { "a selection",
      "{\"BackupSelection\": {}, \"SelectionId\": \"a\", \"BackupPlanId\": \"b\"}",
      "backup get-backup-selection", "AWS::Backup::BackupSelection" },
    { "a request for a selection", "{\"BackupSelection\": {}, \"BackupPlanId\": \"b\"}",
      "backup create-backup-selection", "AWS::Backup::BackupPlan" },
    { "a bare selection", "{\"SelectionName\": \"a\", \"IamRoleArn\": \"b\"}",
      "backup create-backup-selection", NULL },
    { "a receipt for a selection",
      "{\"SelectionId\": \"a\", \"BackupPlanId\": \"b\", \"CreationDate\": 1}",
      "backup create-backup-selection", "AWS::Backup::BackupSelection" },
    { "one selection of a listing is no answer",
      "{\"SelectionId\": \"a\", \"SelectionName\": \"b\", \"BackupPlanId\": \"c\", "
      "\"IamRoleArn\": \"d\"}",
      NULL, "AWS::Backup::BackupSelection" },
    { "a plan",
      "{\"BackupPlan\": {}, \"BackupPlanId\": \"a\", \"BackupPlanArn\": \"b\", "
      "\"VersionId\": \"c\"}",
      "backup get-backup-plan", "AWS::Backup::BackupPlan" },
    { "a plan without its id is one by its ARN",
      "{\"BackupPlan\": {}, \"BackupPlanArn\": \"b\"}", "backup get-backup-plan",
      "AWS::Backup::BackupPlan" },
    { "a request to change a plan", "{\"BackupPlan\": {}, \"BackupPlanId\": \"a\"}",
      "backup update-backup-plan", "AWS::Backup::BackupPlan" },
    { "a request for a plan with tags",
      "{\"BackupPlan\": {}, \"BackupPlanTags\": {}, \"CreatorRequestId\": \"\"}",
      "backup create-backup-plan", NULL },
    { "a request for a plan", "{\"BackupPlan\": {}}",
      "backup get-backup-plan-from-json", NULL },
    { "a request for a plan, as other SDKs print it",
      "{\"BackupPlan\": {}, \"BackupPlanId\": null}",
      "backup get-backup-plan-from-json", NULL },
    { "a bare plan", "{\"BackupPlanName\": \"a\", \"Rules\": []}",
      "backup create-backup-plan", NULL },
    { "a receipt for a plan",
      "{\"BackupPlanId\": \"a\", \"BackupPlanArn\": \"b\", \"CreationDate\": 1, "
      "\"VersionId\": \"c\"}",
      "backup create-backup-plan", "AWS::Backup::BackupPlan" },
    { "a receipt for a plan's end",
      "{\"BackupPlanId\": \"a\", \"BackupPlanArn\": \"b\", \"DeletionDate\": 1, "
      "\"VersionId\": \"c\"}",
      "backup delete-backup-plan", "AWS::Backup::BackupPlan" },
    { "what is left of a receipt", "{\"BackupPlanId\": \"a\"}",
      "backup create-backup-plan", "AWS::Backup::BackupPlan" },
    { "one plan of a listing is no answer",
      "{\"BackupPlanId\": \"a\", \"BackupPlanArn\": \"b\", \"VersionId\": \"c\", "
      "\"BackupPlanName\": \"d\"}",
      NULL, "AWS::Backup::BackupPlan" },
    { "a template", "{\"BackupPlanDocument\": {}}",
      "backup get-backup-plan-from-template", NULL },
    { "a vault",
      "{\"BackupVaultName\": \"a\", \"BackupVaultArn\": \"b\", "
      "\"NumberOfRecoveryPoints\": 0}",
      "backup describe-backup-vault", "AWS::Backup::BackupVault" },
    { "a vault's policy is no vault",
      "{\"BackupVaultName\": \"a\", \"BackupVaultArn\": \"b\", \"Policy\": \"c\"}",
      "backup get-backup-vault-access-policy", "AWS::Backup::BackupVault" },
    { "a receipt for a vault",
      "{\"BackupVaultName\": \"a\", \"BackupVaultArn\": \"b\", \"CreationDate\": 1}",
      "backup create-backup-vault", "AWS::Backup::BackupVault" },
    { "a receipt for a backup job",
      "{\"BackupJobId\": \"a\", \"RecoveryPointArn\": \"b\", \"CreationDate\": 1}",
      "backup start-backup-job", "AWS::Backup::BackupJob" },
    { "a receipt for a copy job", "{\"CopyJobId\": \"a\", \"CreationDate\": 1}",
      "backup start-copy-job", "AWS::Backup::CopyJob" },
    { "a receipt for a restore job", "{\"RestoreJobId\": \"a\"}",
      "backup start-restore-job", "AWS::Backup::RestoreJob" },
    { "a copy job in its envelope", "{\"CopyJob\": {\"CopyJobId\": \"a\"}}",
      "backup describe-copy-job", NULL },
    { "a receipt for a report plan",
      "{\"ReportPlanName\": \"a\", \"ReportPlanArn\": \"b\", \"CreationTime\": 1}",
      "backup create-report-plan", "AWS::Backup::ReportPlan" },
    { "a report plan in its envelope", "{\"ReportPlan\": {}}",
      "backup describe-report-plan", NULL },
    { "a report plan of a listing", "{\"ReportPlanArn\": \"a\", \"ReportSetting\": {}}",
      NULL, "AWS::Backup::ReportPlan" },
    { "a framework",
      "{\"FrameworkName\": \"a\", \"FrameworkArn\": \"b\", \"FrameworkControls\": "
      "[]}",
      "backup describe-framework", "AWS::Backup::Framework" },
    { "a receipt for a framework",
      "{\"FrameworkName\": \"a\", \"FrameworkArn\": \"b\"}", "backup create-framework",
      "AWS::Backup::Framework" },
    { "the settings of a region",
      "{\"ResourceTypeOptInPreference\": {\"RDS\": true}, "
      "\"ResourceTypeManagementPreference\": {}}",
      "backup describe-region-settings", NULL },
    { "settings that are no object", "{\"ResourceTypeOptInPreference\": []}", NULL,
      NULL },
    { "the settings of an account", "{\"GlobalSettings\": {}, \"LastUpdateTime\": 1}",
      "backup describe-global-settings", NULL },
    { "the tags of a backup", "{\"Tags\": {\"a\": \"b\"}}", "backup list-tags", NULL },
    { "tags of another kind", "{\"Tags\": []}", NULL, NULL },
    { "the tags of a database", "{\"TagList\": []}", "rds list-tags-for-resource",
      NULL },
    { "a DB snapshot with tags is no list of tags",
      "{\"DBSnapshotArn\": \"a\", \"TagList\": []}", NULL, "AWS::RDS::DBSnapshot" },
    { "nor is a DB cluster", "{\"DBClusterMembers\": [], \"TagList\": []}", NULL,
      "AWS::RDS::DBCluster" },
    { "a DB snapshot in its envelope", "{\"DBSnapshot\": {}}", "rds delete-db-snapshot",
      NULL },
    { "a DB cluster snapshot in its envelope", "{\"DBClusterSnapshot\": {}}",
      "rds delete-db-cluster-snapshot", NULL },
    { "a tagged resource", "{\"ResourceARN\": \"a\", \"Tags\": []}", NULL,
      "AWS::ResourceGroups::TaggedResource" },
    { "an account of an organization",
      "{\"Id\": \"123456789012\", \"Email\": \"a\", \"JoinedMethod\": \"CREATED\"}",
      NULL, "AWS::Organizations::Account" },
    { "an effective policy", "{\"EffectivePolicy\": {\"TargetId\": \"a\"}}",
      "organizations describe-effective-policy", NULL },
    { "a policy's text", "{\"plans\": {}}", "organizations describe-effective-policy",
      NULL },
    { "a protected resource",
      "{\"ResourceArn\": \"a\", \"ResourceType\": \"RDS\", \"LastBackupTime\": 1}",
      "backup describe-protected-resource", "AWS::Backup::ProtectedResource" },
    { "a resource's ARN alone tells nothing", "{\"ResourceArn\": \"a\"}", NULL, NULL },
    { "a region", "{\"RegionName\": \"us-east-1\", \"Endpoint\": \"a\"}", NULL,
      "AWS::EC2::Region" },
    { "a region's name alone tells nothing", "{\"RegionName\": \"us-east-1\"}", NULL,
      NULL },
    { "the source of a copy is no region",
      "{\"RegionName\": \"a\", \"Endpoint\": \"b\", \"Status\": \"available\"}", NULL,
      NULL },
    { "nor is an availability zone",
      "{\"RegionName\": \"a\", \"ZoneName\": \"b\", \"OptInStatus\": \"c\"}", NULL,
      "AWS::EC2::AvailabilityZone" },
    { "the status of a region by the account service",
      "{\"RegionName\": \"a\", \"RegionOptStatus\": \"DISABLED\"}",
      "account get-region-opt-status", NULL },
    { "a tenant database in a snapshot is no snapshot",
      "{\"DBSnapshotIdentifier\": \"a\", \"SnapshotType\": \"manual\", "
      "\"TenantDatabaseResourceId\": \"b\"}",
      NULL, "AWS::RDS::TenantDatabase" },
    { "who a snapshot is shared with is no snapshot",
      "{\"DBSnapshotIdentifier\": \"a\", \"DBSnapshotAttributes\": []}", NULL,
      "AWS::RDS::SnapshotAttributes" },
    { "an instance class is no instance: offers have one",
      "{\"DBInstanceClass\": \"db.t3.micro\"}", NULL, NULL },
    { "a reservation is no instance",
      "{\"ReservedDBInstanceId\": \"a\", \"DBInstanceClass\": \"b\"}", NULL,
      "AWS::RDS::ReservedDBInstance" },
    { "an access point is no recovery point",
      "{\"AccessPointArn\": \"a\", \"RecoveryPointArn\": \"b\", \"BackupVaultName\": "
      "\"c\", \"Status\": \"AVAILABLE\"}",
      "backup describe-backup-access-point", "AWS::Backup::BackupAccessPoint" },
    { "nor is a scan job",
      "{\"ScanJobId\": \"a\", \"RecoveryPointArn\": \"b\", \"State\": \"COMPLETED\"}",
      "backup describe-scan-job", "AWS::Backup::ScanJob" },
    { "nor the index of one",
      "{\"RecoveryPointArn\": \"a\", \"BackupVaultArn\": \"b\", \"IndexStatus\": "
      "\"ACTIVE\", \"IndexCreationDate\": 1}",
      "backup get-recovery-point-index-details", "AWS::Backup::RecoveryPointIndex" },
    { "nor its metadata", "{\"RecoveryPointArn\": \"a\", \"RestoreMetadata\": {}}",
      "backup get-recovery-point-restore-metadata", "AWS::Backup::RecoveryPointIndex" },
    { "nor the answer to changing its lifecycle",
      "{\"RecoveryPointArn\": \"a\", \"BackupVaultArn\": \"b\", \"Lifecycle\": {}, "
      "\"CalculatedLifecycle\": {}}",
      "backup update-recovery-point-lifecycle", "AWS::Backup::RecoveryPoint" },
    { "a tiering configuration is no vault",
      "{\"TieringConfigurationArn\": \"a\", \"TieringConfigurationName\": \"b\", "
      "\"BackupVaultName\": \"c\"}",
      "backup create-tiering-configuration", "AWS::Backup::TieringConfiguration" },
    { "nor are the notifications of one",
      "{\"BackupVaultName\": \"a\", \"BackupVaultArn\": \"b\", \"BackupVaultEvents\": "
      "[]}",
      "backup get-backup-vault-notifications", "AWS::Backup::BackupVault" },
    { "nor is a restore access vault",
      "{\"RestoreAccessBackupVaultArn\": \"a\", \"CreationDate\": 1}",
      "backup create-restore-access-backup-vault",
      "AWS::Backup::RestoreAccessBackupVault" },
    { "a report job is no report plan",
      "{\"ReportJobId\": \"a\", \"ReportPlanArn\": \"b\"}", "backup start-report-job",
      "AWS::Backup::ReportJob" },
    { "the metadata of a restore job are no answer to starting one",
      "{\"RestoreJobId\": \"a\", \"Metadata\": {}}", "backup get-restore-job-metadata",
      "AWS::Backup::RestoreJob" },
    { "a delegated administrator is an account, and not the list of them",
      "{\"Id\": \"a\", \"JoinedMethod\": \"b\", \"DelegationEnabledDate\": 1}", NULL,
      "AWS::Organizations::DelegatedAdministrator" },
    { "a file system is no tagged resource",
      "{\"ResourceARN\": \"a\", \"Tags\": [], \"Lifecycle\": \"AVAILABLE\"}", NULL,
      NULL },
    { "tags with something beside them are of any service",
      "{\"Tags\": {}, \"Configuration\": {}}", NULL, NULL },
    { "tags and their token are of AWS Backup", "{\"Tags\": {}, \"NextToken\": \"a\"}",
      "backup list-tags", NULL },
    { "and so they are as boto3 prints them",
      "{\"Tags\": {}, \"ResponseMetadata\": {}}", "backup list-tags", NULL },
    { "a list of tags with something beside it is of any service",
      "{\"TagList\": [], \"Name\": \"a\"}", NULL, NULL },
    { "plans of another service", "{\"plans\": [], \"nextToken\": \"a\"}", NULL, NULL },
    { "a caller's identity",
      "{\"UserId\": \"a\", \"Account\": \"123456789012\", \"Arn\": \"b\"}",
      "sts get-caller-identity", NULL },
    { "an IAM user", "{\"UserId\": \"a\", \"UserName\": \"b\", \"Arn\": \"c\"}", NULL,
      NULL },
    { "nothing", "{}", NULL, NULL },
};

static void shipped_test(void **state)
{
    const struct shipped_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const struct catalog *catalog = catalog_shipped(&arena);
    json_t *json = json_loads(row->json, 0, NULL);
    const struct call *call =
        catalog_document(catalog, json, json_object_size(json), NULL);
    const struct type *type = catalog_record(catalog, json);

    assert_non_null(json);
    assert_string_equal(call != NULL ? call->name.text : "none",
                        row->call != NULL ? row->call : "none");
    assert_string_equal(type != NULL ? type->name.text : "none",
                        row->type != NULL ? row->type : "none");
    json_decref(json);
    arena_release(&arena);
}

/* Of documents that look like those of several calls. */
static const struct named_row {
    const char *name, *json, *named, *call;
    enum gives gives;
} named_rows[] = {
    { "a DB snapshot is gone, if nothing tells", "{\"DBSnapshot\": {}}", NULL,
      "rds delete-db-snapshot", GIVES_NOTHING },
    { "a DB snapshot was made, if the file's name says so", "{\"DBSnapshot\": {}}",
      "rds create-db-snapshot", "rds create-db-snapshot", GIVES_ONE },
    { "a DB snapshot is gone, if the file's name says so", "{\"DBSnapshot\": {}}",
      "rds delete-db-snapshot", "rds delete-db-snapshot", GIVES_NOTHING },
    { "a plan was made, if nothing tells", "{\"BackupPlanArn\": \"a\"}", NULL,
      "backup create-backup-plan", GIVES_NOTHING },
    { "a plan was changed, if the file's name says so", "{\"BackupPlanArn\": \"a\"}",
      "backup update-backup-plan", "backup update-backup-plan", GIVES_NOTHING },
    { "a plan and its id are a request, if nothing tells",
      "{\"BackupPlan\": {}, \"BackupPlanId\": \"a\"}", NULL,
      "backup update-backup-plan", GIVES_NOTHING },
    { "a plan and its id are an answer, if the file's name says so",
      "{\"BackupPlan\": {}, \"BackupPlanId\": \"a\"}", "backup get-backup-plan",
      "backup get-backup-plan", GIVES_ONE },
    { "a name that does not fit decides nothing", "{\"BackupPlanArn\": \"a\"}",
      "backup get-backup-plan", "backup create-backup-plan", GIVES_NOTHING },
};

static void named_test(void **state)
{
    const struct named_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const struct catalog *catalog = catalog_shipped(&arena);
    json_t *json = json_loads(row->json, 0, NULL);
    const struct call *call, *named = NULL;

    for (size_t i = 0; i < catalog->call_count && row->named != NULL; i++)
        if (named == NULL && str_equal(catalog->calls[i]->name, str_from(row->named)))
            named = catalog->calls[i];
    call = catalog_document(catalog, json, json_object_size(json), named);
    assert_non_null(call);
    assert_string_equal(call->name.text, row->call);
    assert_int_equal(call->gives, row->gives);
    json_decref(json);
    arena_release(&arena);
}

static const struct id_row {
    const char *name, *id;
    bool is_awsbackup;
} id_rows[] = {
    { "a backup job's snapshot", "awsbackup:job-1", true },
    { "a copy job's snapshot", "awsbackup:copyjob-1", true },
    { "its ARN", "arn:aws:rds:us-east-1:123456789012:snapshot:awsbackup:job-1", true },
    { "its ARN in China", "arn:aws-cn:rds:cn-north-1:123456789012:snapshot:awsbackup:a",
      true },
    { "a cluster snapshot's ARN",
      "arn:aws:rds:us-east-1:123456789012:cluster-snapshot:awsbackup:job-1", false },
    { "a snapshot of RDS itself", "rds:db-2026-01-01", false },
    { "a snapshot with a like name", "my-awsbackup", false },
    { "a snapshot with a like name and no colon", "awsbackup-1", false },
    { "an id in capitals", "AWSBACKUP:job-1", false },
};

static void id_test(void **state)
{
    const struct id_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const struct type *type =
        catalog_type(catalog_shipped(&arena), STR("AWS::RDS::DBSnapshot"));
    bool matched = false;

    for (size_t i = 0; i < type->from_id_count; i++)
        if (pattern_text_matches(type->from_id[i].pattern, pattern_match_new(&arena),
                                 str_from(row->id)))
            matched = true;
    assert_int_equal(matched, row->is_awsbackup);
    arena_release(&arena);
}

static void every_shipped_call_is_sound(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct catalog *catalog = catalog_shipped(&arena);

    (void)state;
    for (size_t i = 0; i < catalog->call_count; i++) {
        const struct call *call = catalog->calls[i];

        if (!str_equal(call->service, STR("sts"))) /* which needs none */
            assert_non_null(call->permission.text);
        if (call->gives == GIVES_WHOLE)
            assert_int_not_equal(call->answer, ANSWER_DOCUMENT);
        if (call->gives == GIVES_PART) /* a document: of a parent that has one */
            assert_int_not_equal(call->answer, ANSWER_MAP);
        if (call->gives == GIVES_ONE)
            assert_int_not_equal(call->answer, ANSWER_LIST);
        if (call->gives == GIVES_PART)
            assert_non_null(call->parent_option.text);
        if (call->gives == GIVES_NOTHING) /* the sentence that says so needs it */
            assert_false(str_starts_with(call->title, STR("an answer of")));
    }
    arena_release(&arena);
}

static void every_shipped_field_has_a_kind(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct catalog *catalog = catalog_shipped(&arena);

    (void)state;
    for (size_t i = 0; i < catalog->type_count; i++)
        for (size_t j = 0; j < catalog->types[i]->field_count; j++)
            assert_int_not_equal(catalog->types[i]->fields[j].kind, FIELD_ANY);
    arena_release(&arena);
}

static bool is_printed(const struct type *type, struct str field)
{
    for (size_t i = 0; i < type->call_count; i++)
        if (type->calls[i]->gives != GIVES_NOTHING &&
            !str_list_has(&type->calls[i]->silent, field))
            return true;
    return false;
}

/* By one of its calls at least, or no rule that reads it could be judged. */
static void every_shipped_field_is_printed(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct catalog *catalog = catalog_shipped(&arena);

    (void)state;
    for (size_t i = 0; i < catalog->type_count; i++) {
        const struct type *type = catalog->types[i];

        for (size_t j = 0; j < type->silent.count; j++)
            assert_true(is_printed(type, type->silent.items[j]));
    }
    arena_release(&arena);
}

/* The order in which the operations are searched; nothing stands between them. */
static void the_operations_of_aws_stand_in_order(void **state)
{
    FILE *file = fopen("rules/aws-operations.txt", "rb");
    char line[8192], before[256] = "";
    size_t count = 0;

    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        char squeezed[256] = "";
        size_t len = 0;

        if (line[0] == '#' && count == 0)
            continue;
        for (const char *at = line; *at != ' '; at++) {
            assert_true(is_letter(*at) || is_digit(*at) || *at == '-');
            assert_in_range(len, 0, sizeof squeezed - 2);
            if (*at != '-')
                squeezed[len++] = *at;
        }
        assert_true(strcmp(before, squeezed) < 0);
        memcpy(before, squeezed, sizeof before);
        count++;
    }
    fclose(file);
    assert_in_range(count, 5000, 100000);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, shipped_rows, shipped_test);
    TESTS_ADD_ROWS(&tests, named_rows, named_test);
    TESTS_ADD_ROWS(&tests, id_rows, id_test);
    TESTS_ADD(&tests, every_shipped_call_is_sound);
    TESTS_ADD(&tests, every_shipped_field_has_a_kind);
    TESTS_ADD(&tests, every_shipped_field_is_printed);
    TESTS_ADD(&tests, the_operations_of_aws_stand_in_order);
    return tests_run("catalog_shipped", &tests);
}
