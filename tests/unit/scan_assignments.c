/*
 * A rule that counts backup assignments: which plan takes a database is a record that
 * no call prints, and what is missing of its inputs is asked for only where it matters.
 */
#include "scan_rows.h"

static const char rule[] =
    "format: 1\n"
    "id: r\n"
    "title: t\n"
    "severity: low\n"
    "for_each: AWS::RDS::DBInstance\n"
    "facts:\n"
    "  n:\n"
    "    from: Derived::BackupAssignment\n"
    "    join: { record: ResourceArn, resource: DBInstanceArn }\n"
    "  long:\n"
    "    from: Derived::BackupAssignment\n"
    "    join: { record: ResourceArn, resource: DBInstanceArn }\n"
    "    each: Rules\n"
    "    where: \"Lifecycle.DeleteAfterDays >= `30`\"\n"
    "  locked:\n"
    "    from: Derived::BackupAssignment\n"
    "    join: { record: ResourceArn, resource: DBInstanceArn }\n"
    "    each: Rules\n"
    "    where: Vault.Locked\n"
    "outcomes:\n"
    "  - { result: pass, when: \"n > `0`\", message: m }\n"
    "  - { result: fail, message: m }\n";

#define A      "123456789012"
#define CELL   A " us-east-1 "
#define FOLDER A "/us-east-1/"
#define IN     A "/\n" FOLDER "\n"

#define DB(rest)                                                                       \
    FOLDER                                                                             \
    "rds-describe-db-instances.json={\"DBInstances\":[{"                               \
    "\"DBInstanceIdentifier\":\"a\",\"DBInstanceArn\":\"arn:aws:rds:us-east-1:" A      \
    ":db:a\",\"DBInstanceClass\":\"c\",\"DBInstanceStatus\":\"available\","            \
    "\"Engine\":\"postgres\",\"BackupTarget\":\"region\","                             \
    "\"BackupRetentionPeriod\":1,\"StorageEncrypted\":true" rest "}]}\n"
#define TAGGED       DB(",\"TagList\":[{\"Key\":\"backup\",\"Value\":\"true\"}]")
#define PLANS(token) PLANS_OF("", token)
#define PLANS_OF(rest, token)                                                          \
    FOLDER "backup-list-backup-plans.json={\"BackupPlansList\":[{\"BackupPlanId\":"    \
           "\"p\",\"BackupPlanArn\":\"arn:aws:backup:us-east-1:" A                     \
           ":backup-plan:p\",\"BackupPlanName\":\"gold\",\"VersionId\":\"v\","         \
           "\"CreationDate\":\"2025-07-01T05:12:31Z\"" rest "}]" token "}\n"
#define PLAN PLAN_OF("")
#define PLAN_OF(rest)                                                                  \
    FOLDER                                                                             \
    "backup-get-backup-plan--p.json={\"BackupPlan\":{\"BackupPlanName\":"              \
    "\"gold\",\"Rules\":[{\"RuleName\":\"daily\",\"TargetBackupVaultName\":\"v\","     \
    "\"Lifecycle\":{\"DeleteAfterDays\":35}}]},\"BackupPlanId\":\"p\","                \
    "\"BackupPlanArn\":\"arn:aws:backup:us-east-1:" A ":backup-plan:p\","              \
    "\"VersionId\":\"v\",\"CreationDate\":\"2025-07-01T05:12:31Z\"" rest "}\n"
#define PLAN_RULES(rules)                                                              \
    FOLDER                                                                             \
    "backup-get-backup-plan--p.json={\"BackupPlan\":{\"BackupPlanName\":"              \
    "\"gold\",\"Rules\":" rules "},\"BackupPlanId\":\"p\","                            \
    "\"BackupPlanArn\":\"arn:aws:backup:us-east-1:" A ":backup-plan:p\","              \
    "\"VersionId\":\"v\",\"CreationDate\":\"2025-07-01T05:12:31Z\"}\n"
#define SELECTIONS                                                                     \
    FOLDER "backup-list-backup-selections--p.json={\"BackupSelectionsList\":[{"        \
           "\"SelectionId\":\"s\",\"BackupPlanId\":\"p\",\"SelectionName\":\"n\"}]}\n"
#define SELECTION(criteria)                                                            \
    FOLDER "backup-get-backup-selection--p--s.json={\"BackupSelection\":{"             \
           "\"SelectionName\":\"n\"," criteria "},\"SelectionId\":\"s\","              \
           "\"BackupPlanId\":\"p\"}\n"
#define BY_TYPE SELECTION("\"Resources\":[\"arn:aws:rds:*:*:db:*\"]")
#define BY_TAG                                                                         \
    SELECTION("\"ListOfTags\":[{\"ConditionType\":\"STRINGEQUALS\",\"ConditionKey\":"  \
              "\"backup\",\"ConditionValue\":\"true\"}]")
#define OPT_INS                                                                        \
    FOLDER "backup-describe-region-settings.json={\"ResourceTypeOptInPreference\":{"   \
           "\"RDS\":true,\"Aurora\":true,\"DocumentDB\":true,\"Neptune\":true}}\n"
#define VAULTS                                                                         \
    FOLDER                                                                             \
    "backup-list-backup-vaults.json={\"BackupVaultList\":[{\"BackupVaultName\":"       \
    "\"v\",\"BackupVaultArn\":\"arn:aws:backup:us-east-1:" A                           \
    ":backup-vault:v\",\"Locked\":true}]}\n"
#define ALL PLANS("") PLAN SELECTIONS OPT_INS VAULTS

/* Several databases, and what the worked examples need beside it. */
#define ARN(id) "arn:aws:rds:us-east-1:" A ":db:" id
#define DB_OF(id, rest)                                                                \
    "{\"DBInstanceIdentifier\":\"" id "\",\"DBInstanceArn\":\"" ARN(                   \
        id) "\","                                                                      \
            "\"DBInstanceClass\":\"c\",\"DBInstanceStatus\":\"available\",\"Engine\":" \
            "\"postgres\",\"BackupTarget\":\"region\",\"BackupRetentionPeriod\":1,"    \
            "\"StorageEncrypted\":true" rest "}"
#define DBS(records)                                                                   \
    FOLDER "rds-describe-db-instances.json={\"DBInstances\":[" records "]}\n"
#define TAG ",\"TagList\":[{\"Key\":\"backup\",\"Value\":\"true\"}]"
#define TWO_SELECTIONS                                                                 \
    FOLDER "backup-list-backup-selections--p.json={\"BackupSelectionsList\":[{"        \
           "\"SelectionId\":\"s\",\"BackupPlanId\":\"p\",\"SelectionName\":\"n\"},{"   \
           "\"SelectionId\":\"t\",\"BackupPlanId\":\"p\",\"SelectionName\":\"m\"}]}\n"
#define OPTED_OUT                                                                      \
    FOLDER "backup-describe-region-settings.json={\"ResourceTypeOptInPreference\":{"   \
           "\"RDS\":false,\"Aurora\":true,\"DocumentDB\":true,\"Neptune\":true}}\n"
#define RESOURCES(records)                                                             \
    FOLDER "resourcegroupstaggingapi-get-resources.json={\"ResourceTagMappingList\":"  \
           "[" records "]}\n"

#define MAPPING(value)                                                                 \
    "{\"ResourceARN\":\"" ARN(                                                         \
        "a") "\",\"Tags\":[{\"Key\":\"backup\",\"Value\":\"" value "\"}]}"

static const struct scan_row assignment_rows[] = {
    { "it is taken by its type", IN TAGGED ALL BY_TYPE,
      CELL "a pass n=1 long=1 locked=1\n" },
    { "it is taken by its tag", IN TAGGED ALL BY_TAG,
      CELL "a pass n=1 long=1 locked=1\n" },
    { "its tag is another", IN DB(",\"TagList\":[]") ALL BY_TAG,
      CELL "a fail n=0 long=0 locked=0 +not-narrowed +not-narrowed\n" },
    { "its tags are not known", IN DB("") ALL BY_TAG,
      CELL "a unknown n=0..1 long=0..1 locked=0..1 -assignment-open\n" },
    { "they are not asked for where they do not matter", IN DB("") ALL BY_TYPE,
      CELL "a pass n=1 long=1 locked=1\n" },
    { "the opt-in is not known", IN TAGGED PLANS("") PLAN SELECTIONS VAULTS BY_TAG,
      CELL "a unknown n=0..1 long=0..1 locked=0..1 -assignment-open\n" },
    { "what the selection takes is not known", IN TAGGED ALL,
      CELL "a unknown n=0..1 long=0..1 locked=0..1 -assignment-open\n" },
    { "what the plan does is not known",
      IN TAGGED PLANS("") SELECTIONS OPT_INS VAULTS BY_TYPE,
      CELL "a unknown n=0..1 long=0.. locked=0.. -assignment-open\n" },
    { "there may be other plans",
      IN TAGGED PLANS(",\"NextToken\":\"t\"") PLAN SELECTIONS OPT_INS VAULTS SELECTION(
          "\"Resources\":[\"arn:aws:rds:*:*:cluster:*\"]"),
      CELL "a unknown n=0.. long=0.. locked=0.. -token\n" },
    { "there may be other selections", IN TAGGED PLANS("") PLAN OPT_INS VAULTS BY_TAG,
      CELL "a pass n=1.. long=1.. locked=1..\n" },
    { "a selection that its plan does not list any more",
      IN TAGGED PLANS("") PLAN OPT_INS VAULTS BY_TYPE FOLDER
      "backup-list-backup-selections--p.json={\"BackupSelectionsList\":[]}\n",
      CELL "a unknown n=0..1 long=0..1 locked=0..1 -may-not-exist\n" },
    { "a plan that is not listed any more",
      IN TAGGED PLAN SELECTIONS OPT_INS VAULTS BY_TYPE FOLDER
      "backup-list-backup-plans.json={\"BackupPlansList\":[]}\n",
      CELL "a unknown n=0..1 long=0..1 locked=0..1 -may-not-exist\n" },
    { "nothing is known of plans", IN TAGGED,
      CELL "a unknown n=0.. long=0.. locked=0.. -missing -missing -parents-unknown\n" },
    { "there is no plan",
      IN TAGGED FOLDER "backup-list-backup-plans.json={\"BackupPlansList\":[]}\n",
      CELL "a fail n=0 long=0 locked=0 +not-narrowed\n" },
    { "the plan is deleted",
      IN TAGGED PLANS_OF(",\"DeletionDate\":\"2025-08-01T05:12:31Z\"", "")
          PLAN_OF(",\"DeletionDate\":\"2025-08-01T05:12:31Z\"")
              SELECTIONS OPT_INS VAULTS BY_TYPE,
      CELL "a fail n=0 long=0 locked=0 +not-narrowed +not-narrowed\n" },
    { "a day that is empty is none",
      IN TAGGED PLANS_OF(",\"DeletionDate\":\"\"", "") PLAN_OF(",\"DeletionDate\":\"\"")
          SELECTIONS OPT_INS VAULTS BY_TYPE,
      CELL "a pass n=1 long=1 locked=1\n" },
    { "one that nobody can read is one",
      IN TAGGED PLANS_OF(",\"DeletionDate\":\"?\"", "")
          PLAN_OF(",\"DeletionDate\":\"?\"") SELECTIONS OPT_INS VAULTS BY_TYPE,
      CELL "a fail n=0 long=0 locked=0 +not-narrowed +not-narrowed\n" },
    { "so is a number",
      IN TAGGED PLANS_OF(",\"DeletionDate\":0", "") PLAN_OF(",\"DeletionDate\":0")
          SELECTIONS OPT_INS VAULTS BY_TYPE,
      CELL "a fail n=0 long=0 locked=0 +not-narrowed +not-narrowed\n" },
    { "the vault is not known", IN TAGGED PLANS("") PLAN SELECTIONS OPT_INS BY_TYPE,
      CELL "a pass n=1 long=1 locked=0..1\n" },
    { "the vault is not there",
      IN TAGGED PLANS("") PLAN SELECTIONS OPT_INS BY_TYPE FOLDER
      "backup-list-backup-vaults.json={\"BackupVaultList\":[]}\n",
      CELL "a pass n=1 long=1 locked=0\n" },
    { "a vault that a rule carries itself is none of AWS",
      IN TAGGED PLANS("") PLAN_RULES("[{\"TargetBackupVaultName\":\"v\",\"Vault\":{"
                                     "\"Locked\":true}}]")
          SELECTIONS OPT_INS BY_TYPE FOLDER
      "backup-list-backup-vaults.json={\"BackupVaultList\":[]}\n",
      CELL "a pass n=1 long=0..1 locked=0\n" },
    { "a rule that is none: the plan was not read",
      IN TAGGED PLANS("") PLAN_RULES("[null]") SELECTIONS OPT_INS VAULTS BY_TYPE,
      CELL "a unknown n=0..1 long=0.. locked=0.. -assignment-open\n" },
    { "a lifecycle of a kind that AWS never prints",
      IN TAGGED PLANS("") PLAN_RULES("[{\"Lifecycle\":\"x\"}]")
          SELECTIONS OPT_INS VAULTS BY_TYPE,
      CELL "a pass n=1 long=0..1 locked=0\n" },
    { "29: one of two selections is read, and takes one",
      IN DBS(DB_OF("a", "") "," DB_OF("b", "")) PLANS("") PLAN OPT_INS VAULTS
          TWO_SELECTIONS SELECTION("\"Resources\":[\"" ARN("a") "\"]"),
      CELL "a pass n=1..2 long=1..2 locked=1..2\n" CELL
           "b unknown n=0..1 long=0..1 locked=0..1 -assignment-open\n" },
    { "30: one has the tag, of one it is not known, one has none",
      IN DBS(DB_OF("a", TAG) "," DB_OF("b", "") "," DB_OF("c", ",\"TagList\":[]"))
          ALL BY_TAG,
      CELL "a pass n=1 long=1 locked=1\n" CELL
           "b unknown n=0..1 long=0..1 locked=0..1 -assignment-open\n" CELL
           "c fail n=0 long=0 locked=0 +not-narrowed +not-narrowed\n" },
    { "31: the tags of all are told, and it has none",
      IN DBS(DB_OF("b", "")) ALL BY_TAG RESOURCES(""),
      CELL "b fail n=0 long=0 locked=0 +not-narrowed +not-narrowed\n" },
    { "its record and the listing of tags say different things",
      IN DB(",\"TagList\":[]") ALL BY_TAG RESOURCES(MAPPING("true")),
      CELL "a unknown n=0..1 long=0..1 locked=0..1 -assignment-open -field-differs\n" },
    { "of the value, too", IN TAGGED ALL BY_TAG RESOURCES(MAPPING("false")),
      CELL "a unknown n=0..1 long=0..1 locked=0..1 -assignment-open -field-differs\n" },
    { "and that it has none", IN TAGGED ALL BY_TAG RESOURCES(""),
      CELL "a unknown n=0..1 long=0..1 locked=0..1 -assignment-open -field-differs\n" },
    { "they say the same", IN TAGGED ALL BY_TAG RESOURCES(MAPPING("true")),
      CELL "a pass n=1 long=1 locked=1\n" },
    { "two of its records say different things of its tags",
      IN TAGGED FOLDER "describe-again.json={\"DBInstances\":[" DB_OF(
          "a", ",\"TagList\":[]") "]}\n" ALL BY_TAG RESOURCES(MAPPING("true")),
      CELL "a unknown n=0..1 long=0..1 locked=0..1 -assignment-open -field-differs\n" },
    { "the value of its tag was dropped",
      IN DB(",\"TagList\":[{\"Key\":\"backup\"}]") ALL BY_TAG,
      CELL "a unknown n=0..1 long=0..1 locked=0..1 -assignment-open\n" },
    { "32: it is named, so that no opt-in is needed",
      IN DBS(DB_OF("a", "")) PLANS("") PLAN SELECTIONS VAULTS OPTED_OUT SELECTION(
          "\"Resources\":[\"" ARN("a") "\"]"),
      CELL "a pass n=1 long=1 locked=1\n" },
    { "32: whether one is needed, AWS does not say",
      IN DBS(DB_OF("a", TAG)) PLANS("") PLAN SELECTIONS VAULTS OPTED_OUT SELECTION(
          "\"Resources\":[\"arn:aws:rds:*:*:cluster:*\"],\"ListOfTags\":[{"
          "\"ConditionType\":\"STRINGEQUALS\",\"ConditionKey\":\"backup\","
          "\"ConditionValue\":\"true\"}]"),
      CELL "a unknown n=0..1 long=0..1 locked=0..1 -assignment-open\n" },
};

static void of_assignments(void **state)
{
    scan_row(*state, rule);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, assignment_rows, of_assignments);
    return tests_run("scan_assignments", &tests);
}
