/*
 * A rule for each record: which records there are, what is known of one, and which
 * records of another type belong to it. The rule: a DB instance that is no member of a
 * cluster has a recovery point that is complete.
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
    "    from: AWS::Backup::RecoveryPoint\n"
    "    join: { record: ResourceArn, resource: DBInstanceArn }\n"
    "    where: \"Status == 'COMPLETED'\"\n"
    "outcomes:\n"
    "  - { result: not_applicable, when: \"not_null(resource.DBClusterIdentifier, '') "
    "!= ''\", message: m }\n"
    "  - { result: pass, when: \"n > `0`\", message: m }\n"
    "  - { result: fail, message: m }\n";

#define A      "123456789012"
#define CELL   A " us-east-1 "
#define FOLDER A "/us-east-1/"

#define ARN(id) "arn:aws:rds:us-east-1:" A ":db:" id
/* As much as AWS always prints, but the ARN. */
#define REST                                                                           \
    "\"DBInstanceClass\":\"c\",\"DBInstanceStatus\":\"available\","                    \
    "\"Engine\":\"e\",\"BackupRetentionPeriod\":1,\"StorageEncrypted\":true"
#define DB(id)                                                                         \
    "{\"DBInstanceIdentifier\":\"" id "\",\"DBInstanceArn\":\"" ARN(id) "\"," REST "}"
#define MEMBER(id)                                                                     \
    "{\"DBInstanceIdentifier\":\"" id                                                  \
    "\",\"DBInstanceArn\":\"" ARN(id) "\"," REST ",\"DBClusterIdentifier\":\"c\"}"
#define DB_WITHOUT_ARN(id)                                                             \
    "{\"DBInstanceIdentifier\":\"" id "\",\"DBClusterIdentifier\":null," REST "}"
#define DBS(records)                                                                   \
    FOLDER "rds-describe-db-instances.json={\"DBInstances\":[" records "]}\n"
#define MORE_DBS(records)                                                              \
    FOLDER "rds-describe-db-instances-2.json={\"DBInstances\":[" records "]}\n"
#define DB_PAGE(records)                                                               \
    FOLDER "rds-describe-db-instances.json={\"DBInstances\":[" records                 \
           "],\"Marker\":\"m\"}\n"
#define MORE_DB_PAGE(records)                                                          \
    FOLDER "rds-describe-db-instances-2.json={\"DBInstances\":[" records               \
           "],\"Marker\":\"m\"}\n"

#define VAULT(name)                                                                    \
    "{\"BackupVaultName\":\"" name                                                     \
    "\",\"BackupVaultArn\":\"arn:aws:backup:us-east-1:" A ":backup-vault:" name "\"}"
#define VAULTS(records)                                                                \
    FOLDER "backup-list-backup-vaults.json={\"BackupVaultList\":[" records "]}\n"
#define V VAULTS(VAULT("v"))

#define POINT_OF(id, fields)                                                           \
    "{\"RecoveryPointArn\":\"arn:aws:rds:us-east-1:" A ":snapshot:" id                 \
    "\",\"BackupVaultName\":\"v\",\"BackupVaultArn\":\"arn:aws:backup:us-east-1:" A    \
    ":backup-vault:v\"" fields "}"
#define POINT(id, of)                                                                  \
    POINT_OF(id, ",\"Status\":\"COMPLETED\",\"ResourceArn\":\"" ARN(of) "\"")
#define POINTS(records)                                                                \
    FOLDER "backup-list-recovery-points-by-backup-vault--v.json={\"RecoveryPoints\":"  \
           "[" records "]}\n"
#define MORE_POINTS(records)                                                           \
    FOLDER "again/\n" FOLDER                                                           \
           "again/backup-list-recovery-points-by-backup-vault--v.json={"               \
           "\"RecoveryPoints\":[" records "]}\n"
#define POINT_PAGE(records)                                                            \
    FOLDER "backup-list-recovery-points-by-backup-vault--v.json={\"RecoveryPoints\":"  \
           "[" records "],\"NextToken\":\"t\"}\n"
#define POINTS_OF(name, records)                                                       \
    FOLDER "backup-list-recovery-points-by-resource--arn_aws_rds_us-east-1_" A         \
           "_db_" name ".json={\"RecoveryPoints\":[" records "]}\n"

#define POINT_OF_TYPE(id, of)                                                          \
    "\"RecoveryPointArn\":\"arn:aws:rds:us-east-1:" A ":snapshot:" id                  \
    "\",\"BackupVaultName\":\"v\",\"BackupVaultArn\":\"arn:aws:backup:us-east-1:" A    \
    ":backup-vault:v\",\"Status\":\"COMPLETED\",\"ResourceArn\":\"" ARN(of) "\""
#define POINTS_BY(type, records)                                                       \
    FOLDER "backup-list-recovery-points-by-backup-vault--v--" type                     \
           ".json={\"RecoveryPoints\":[" records "]}\n"

#define IN A "/\n" FOLDER "\n"

static const struct scan_row records_rows[] = {
    { "1: one has a recovery point, the other has none",
      IN V DBS(DB("a") "," DB("b")) POINTS(POINT("r1", "a")),
      CELL "a pass n=1\n" CELL "b fail n=0 +not-narrowed +not-narrowed\n" },
    { "2: a page of instances", IN V DB_PAGE(DB("a")) POINTS(POINT("r1", "a")),
      CELL "a pass n=1\n" CELL "* unknown n=0.. -others-unknown -token\n" },
    { "3: a page of recovery points",
      IN V DBS(DB("a") "," DB("b")) POINT_PAGE(POINT("r1", "a")),
      CELL "a pass n=1..\n" CELL "b unknown n=0.. -token -part-missing\n" },
    { "4: no instance", IN V DBS("") POINTS(POINT("r1", "z")),
      CELL "not_applicable n=0 +not-narrowed\n" },
    { "5: no listing of instances", IN V POINTS(POINT("r1", "a")),
      CELL "* unknown n=0.. -others-unknown -missing\n" },
    { "6: an element that is no record",
      IN V DBS(DB("a") ",7") POINTS(POINT("r1", "a")),
      CELL "a pass n=1\n" CELL "* unknown n=0.. -others-unknown -undecided-records\n" },
    { "7: whose a recovery point is, is not known",
      IN V DBS(DB("a") "," DB("b")) POINTS(
          POINT("r1", "a") ",{\"RecoveryPointArn\":\"r2\",\"Status\":\"COMPLETED\"}"),
      CELL "a pass n=1..\n" CELL
           "b unknown n=0.. -parent-untold -undecided-records -part-missing\n" },
    { "8: a whole record that names no resource",
      IN V DBS(DB("b")) POINTS(POINT_OF("r1", ",\"Status\":\"COMPLETED\"")),
      CELL "b fail n=0 +not-narrowed +not-narrowed\n" },
    { "9: the recovery points of one instance",
      IN DBS(DB("a") "," DB("b")) POINTS_OF("a", ""),
      CELL "a fail n=0 +not-narrowed\n" CELL "b unknown n=0.. -parents-unknown\n" },
    { "10: a status that is not known",
      IN V DBS(DB("a")) POINTS(POINT_OF("r1", ",\"ResourceArn\":\"" ARN("a") "\"")),
      CELL "a unknown n=0..1 -undecided-records\n" },
    { "11: an instance without its ARN",
      IN V DBS(DB_WITHOUT_ARN("a")) POINTS(POINT("r1", "a")),
      CELL "a unknown n=0..1 -field-unknown -undecided-records\n" },
    { "12: the same, and no recovery point", IN V DBS(DB_WITHOUT_ARN("a")) POINTS(""),
      CELL "a fail n=0 +not-narrowed +not-narrowed\n" },
    { "13: two whole listings that differ",
      IN V DBS(DB("a") "," DB("b")) MORE_DBS(DB("a")) POINTS(POINT("r1", "a")),
      CELL "a pass n=1\n" CELL "b unknown n=0 -may-not-exist\n"
           "P disagreement\n"
           "P disagreement\n" },
    { "14: of recovery points",
      IN V DBS(DB("a")) POINTS(POINT("r1", "a")) MORE_POINTS(""),
      CELL "a unknown n=0..1 -disagreement\n"
           "P disagreement\n"
           "P disagreement\n" },
    { "15: one that failed",
      IN V DBS(DB("a")) POINTS(
          POINT_OF("r1", ",\"Status\":\"FAILED\",\"ResourceArn\":\"" ARN("a") "\"")),
      CELL "a fail n=0 +not-narrowed +not-narrowed\n" },
    { "16: a member of a cluster",
      IN V DBS(MEMBER("a") "," DB("b")) POINTS(POINT("r1", "b")),
      CELL "a not_applicable n=0\n" CELL "b pass n=1\n" },
    { "17: whether it is a member is not known",
      IN V FOLDER "rds-describe-db-instances.json=[{\"DBInstanceIdentifier\":\"a\","
                  "\"DBInstanceArn\":\"" ARN(
                      "a") "\",\"DBInstanceStatus\":\"s\"}]\n" POINTS(POINT("r1", "a")),
      CELL "a unknown n=1 -field-unknown\n" CELL
           "* unknown n=0.. -others-unknown -bare-array\n" },
    { "18: a page of instances, and no recovery point",
      IN V DB_PAGE(DB("b")) POINTS(""),
      CELL "b fail n=0 +not-narrowed +not-narrowed\n" CELL
           "* unknown n=0.. -others-unknown -token\n" },
    { "19: a page of recovery points that has both",
      IN V DBS(DB("a") "," DB("b")) POINT_PAGE(POINT("r1", "a") "," POINT("r2", "b")),
      CELL "a pass n=1..\n" CELL "b pass n=1..\n" },
    { "20: two pages with one instance in both",
      IN V DB_PAGE(DB("a")) MORE_DB_PAGE(DB("a") "," DB("b")) POINTS(""),
      CELL "a fail n=0 +not-narrowed +not-narrowed\n" CELL
           "b fail n=0 +not-narrowed +not-narrowed\n" CELL
           "* unknown n=0.. -others-unknown -token -token\n" },
    { "21: two pages that say different things of one",
      IN V DB_PAGE(DB("a")) MORE_DB_PAGE(MEMBER("a")) POINTS(""),
      CELL "a unknown n=0 -field-differs\n" CELL
           "* unknown n=0.. -others-unknown -token -token\n"
           "P disagreement\n"
           "P disagreement\n" },
    { "22: a recovery point of one that is gone",
      IN V DBS(DB("a")) POINTS(POINT("r1", "z")),
      CELL "a fail n=0 +not-narrowed +not-narrowed\n" },
    { "23: a page of all, and the whole of one",
      IN V DBS(DB("a") "," DB("b")) POINT_PAGE(POINT("r1", "b")) POINTS_OF("a", ""),
      CELL "a fail n=0 +not-narrowed +not-narrowed\n" CELL "b pass n=1..\n" },
    { "24: the points of one of two vaults",
      IN VAULTS(VAULT("v") "," VAULT("w")) DBS(DB("a") "," DB("b"))
          POINTS(POINT("r1", "a")),
      CELL "a pass n=1..\n" CELL "b unknown n=0.. -part-missing\n" },
    { "25: of both",
      IN VAULTS(VAULT("v") "," VAULT("w")) DBS(DB("b")) POINTS(POINT("r1", "a")) FOLDER
      "backup-list-recovery-points-by-backup-vault--w.json={\"RecoveryPoints\":[]}\n",
      CELL "b fail n=0 +not-narrowed +not-narrowed\n" },
    { "listings by type, of which its own is whole",
      IN V DBS(DB("a") "," DB("b"))
          POINTS_BY("RDS", "{\"ResourceType\":\"RDS\"," POINT_OF_TYPE("r1", "a") "}")
              POINTS_BY("Aurora", ""),
      CELL "a pass n=1\n" CELL "b fail n=0 +not-narrowed +not-narrowed\n" },
    { "a listing of another type says nothing",
      IN V DBS(DB("b")) POINTS_BY("Aurora", ""),
      CELL "b unknown n=0.. -asked-with-option -part-missing\n" },
    { "a record that its name denies",
      IN V DBS(DB("b")) POINTS_BY("RDS", POINT("r1", "a")),
      CELL "b unknown n=0.. -asked-with-option -part-missing\n" },
    { "26: the vaults only in a bare array",
      IN FOLDER "backup-list-backup-vaults.json=[" VAULT("v") "]\n" DBS(DB("b"))
          POINTS(""),
      CELL "b unknown n=0.. -parents-unknown\n" },
    { "an element without an id may be the one that another answer names",
      IN V DBS(DB("a") ",7") MORE_DBS(DB("a") "," DB("b")) POINTS(POINT("r1", "a")),
      CELL "a pass n=1\n" CELL "b fail n=0 +not-narrowed +not-narrowed\n" CELL
           "* unknown n=0.. -others-unknown -undecided-records -disagreement\n"
           "P disagreement\n"
           "P disagreement\n" },
    { "but one is not both that it names",
      IN V DBS("7") MORE_DBS(DB("a") "," DB("b")) POINTS(POINT("r1", "a")),
      CELL "a unknown n=1 -may-not-exist\n" CELL "b unknown n=0 -may-not-exist\n" CELL
           "* unknown n=0.. -others-unknown -undecided-records -disagreement\n"
           "P disagreement\n"
           "P disagreement\n" },
};

static void of_records(void **state)
{
    scan_row(*state, rule);
}

/* The same of copies in all regions. */
static const char across_rule[] =
    "format: 1\n"
    "id: r\n"
    "title: t\n"
    "severity: low\n"
    "for_each: AWS::RDS::DBInstance\n"
    "facts:\n"
    "  n:\n"
    "    from: AWS::Backup::RecoveryPoint\n"
    "    join: { record: ResourceArn, resource: DBInstanceArn }\n"
    "    across: region\n"
    "    where: \"arn(BackupVaultArn).region != arn($resource.DBInstanceArn).region\"\n"
    "outcomes:\n"
    "  - { result: pass, when: \"n > `0`\", message: m }\n"
    "  - { result: fail, message: m }\n";

#define REGIONS                                                                        \
    FOLDER "ec2-describe-regions.json={\"Regions\":[{\"RegionName\":\"us-east-1\","    \
           "\"OptInStatus\":\"opt-in-not-required\"},{\"RegionName\":\"us-west-2\","   \
           "\"OptInStatus\":\"opt-in-not-required\"}]}\n"
#define WEST A "/us-west-2/\n"
#define WEST_VAULTS(records)                                                           \
    A "/us-west-2/backup-list-backup-vaults.json={\"BackupVaultList\":[" records "]}"  \
      "\n"
#define WEST_VAULT                                                                     \
    "{\"BackupVaultName\":\"w\",\"BackupVaultArn\":\"arn:aws:backup:us-west-2:" A      \
    ":backup-vault:w\"}"
#define WEST_POINTS                                                                    \
    A "/us-west-2/backup-list-recovery-points-by-backup-vault--w.json="                \
      "{\"RecoveryPoints\":[{\"RecoveryPointArn\":\"arn:aws:rds:us-west-2:" A          \
      ":snapshot:c\",\"BackupVaultName\":\"w\",\"Status\":\"COMPLETED\","              \
      "\"BackupVaultArn\":\"arn:aws:backup:us-west-2:" A                               \
      ":backup-vault:w\",\"ResourceArn\":\"" ARN("a") "\"}]}\n"

static const struct scan_row across_rows[] = {
    { "28: the other region is missing", IN REGIONS V DBS(DB("a")) POINTS(""),
      CELL "a unknown n=0.. -missing -parents-unknown\n"
           "123456789012 us-west-2 * unknown n=0.. -others-unknown -missing\n" },
    { "28: a copy is there",
      IN REGIONS WEST V DBS(DB("a")) POINTS("") WEST_VAULTS(WEST_VAULT) WEST_POINTS,
      CELL "a pass n=1\n"
           "123456789012 us-west-2 * unknown n=0.. -others-unknown -missing\n" },
    { "28: both are whole, and there is none",
      IN REGIONS WEST V DBS(DB("a")) POINTS("") WEST_VAULTS(""),
      CELL "a fail n=0 +not-narrowed +not-narrowed +not-narrowed +not-narrowed\n"
           "123456789012 us-west-2 * unknown n=0.. -others-unknown -missing\n" },
    { "28: nothing tells which regions there are",
      IN WEST V DBS(DB("a")) POINTS("") WEST_VAULTS(""),
      CELL "a unknown n=0.. -regions-unknown -missing\n"
           "123456789012 us-west-2 * unknown n=0.. -others-unknown -missing\n" },
};

static void of_regions(void **state)
{
    scan_row(*state, across_rule);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, records_rows, of_records);
    TESTS_ADD_ROWS(&tests, across_rows, of_regions);
    return tests_run("scan_records", &tests);
}
