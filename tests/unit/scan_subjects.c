/*
 * Rules about each record, beside the worked examples of scan_records.c: who is a
 * subject and who is not, what is the same whatever is not known, and the limits.
 */
#include "judge/joined.h"
#include "scan_rows.h"

#define RULE(type, facts, outcomes)                                                    \
    "format: 1\n"                                                                      \
    "id: r\n"                                                                          \
    "title: t\n"                                                                       \
    "severity: low\n"                                                                  \
    "for_each: " type "\n" facts "outcomes:\n" outcomes

static const char rule[] =
    RULE("AWS::RDS::DBInstance",
         "facts:\n"
         "  n: { from: \"AWS::RDS::DBInstance\" }\n",
         "  - { result: not_applicable, when: \"resource.Engine == 'docdb'\", "
         "message: m }\n"
         "  - { result: fail, when: \"resource.KmsKeyId == `null`\", message: m }\n"
         "  - { result: fail, when: \"resource.KmsKeyId == 'old'\", message: m }\n"
         "  - { result: pass, message: m }\n");
static const char cluster_rule[] =
    RULE("AWS::RDS::DBCluster",
         "facts:\n"
         "  n: { each: resource.DBClusterMembers, where: IsClusterWriter }\n",
         "  - { result: pass, when: \"n == `1`\", message: m }\n"
         "  - { result: fail, message: m }\n");
/* What is not applicable is what would be so by the last row, too. */
static const char same_rule[] =
    RULE("AWS::RDS::DBInstance", "",
         "  - { result: not_applicable, when: \"resource.KmsKeyId == 'k'\", message: m "
         "}\n"
         "  - { result: pass, when: \"resource.Engine == 'e'\", message: m }\n"
         "  - { result: not_applicable, message: m }\n");
static const char tags_rule[] = RULE("AWS::RDS::DBInstance",
                                     "facts:\n"
                                     "  n: { each: resource.TagList }\n",
                                     "  - { result: pass, when: \"n > `0`\", message: "
                                     "m }\n"
                                     "  - { result: fail, message: m }\n");
static const char joined_rule[] =
    RULE("AWS::RDS::DBInstance",
         "facts:\n"
         "  n:\n"
         "    from: AWS::RDS::DBSnapshot\n"
         "    join: { record: DBInstanceIdentifier, resource: DBInstanceIdentifier }\n"
         "    where: \"Engine == $resource.Engine && DBSnapshotIdentifier != 'x'\"\n",
         "  - { result: pass, when: \"n > `0`\", message: m }\n"
         "  - { result: fail, message: m }\n");
static const char limit_rule[] =
    RULE("AWS::RDS::DBInstance",
         "facts:\n"
         "  n:\n"
         "    from: AWS::RDS::DBSnapshot\n"
         "    join: { record: DBInstanceIdentifier, resource: DBInstanceIdentifier }\n"
         "    where: \"matches(Engine, '^(a+)+$')\"\n",
         "  - { result: pass, when: \"n > `0`\", message: m }\n"
         "  - { result: fail, message: m }\n");

#define A      "123456789012"
#define CELL   A " us-east-1 "
#define EUROPE A " eu-west-1 "
#define FOLDER A "/us-east-1/"
#define IN     A "/\n" FOLDER "\n"
#define BOTH   IN A "/eu-west-1/\n"

#define DB_IN(account, region, id, rest)                                               \
    "{\"DBInstanceIdentifier\":\"" id "\",\"DBInstanceArn\":\"arn:aws:rds:" region     \
    ":" account ":db:" id                                                              \
    "\",\"DBInstanceClass\":\"c\",\"DBInstanceStatus\":\"available\",\"Engine\":"      \
    "\"e\",\"BackupRetentionPeriod\":1,\"StorageEncrypted\":true" rest "}"
#define DB(id, rest) DB_IN(A, "us-east-1", id, rest)
#define DBS(records)                                                                   \
    FOLDER "rds-describe-db-instances.json={\"DBInstances\":[" records "]}\n"
#define BARE(records) FOLDER "rds-describe-db-instances.json=[" records "]\n"
#define KEY           ",\"KmsKeyId\":\"k\""

#define CLUSTER(account, id, rest)                                                     \
    "{\"DBClusterIdentifier\":\"" id                                                   \
    "\",\"DBClusterArn\":\"arn:aws:rds:us-east-1:" account ":cluster:" id              \
    "\",\"Engine\":\"e\",\"Status\":\"available\",\"StorageEncrypted\":true,"          \
    "\"BackupRetentionPeriod\":1" rest "}"
#define CLUSTERS(records)                                                              \
    FOLDER "rds-describe-db-clusters.json={\"DBClusters\":[" records "]}\n"
#define WRITER ",\"DBClusterMembers\":[{\"IsClusterWriter\":true}]"

static const struct scan_row subject_rows[] = {
    { "the same id in two regions is two subjects",
      BOTH DBS(DB("a", KEY)) A
      "/eu-west-1/rds-describe-db-instances.json={"
      "\"DBInstances\":[" DB_IN(A, "eu-west-1", "a", "") "]}\n",
      EUROPE "a fail n=1\n" CELL "a pass n=1\n" },
    { "a record twice is one subject", IN DBS(DB("a", KEY) "," DB("a", KEY)),
      CELL "a pass n=1\n" },
    { "and in two files",
      IN DBS(DB("a", KEY)) FOLDER
      "rds-describe-db-instances-2.json={\"DBInstances\":[" DB("a", KEY) "]}\n",
      CELL "a pass n=1\n" },
    { "one that only a bare array has may have what that lacks", IN BARE(DB("a", "")),
      CELL "a unknown n=1.. -field-unknown\n" CELL
           "* unknown n=0.. -others-unknown -bare-array\n" },
    { "but what it has is so", IN BARE(DB("a", KEY)),
      CELL "a pass n=1..\n" CELL "* unknown n=0.. -others-unknown -bare-array\n" },
};
static const struct scan_row cluster_rows[] = {
    { "another account's cluster is no subject",
      IN CLUSTERS(CLUSTER(A, "a", WRITER) "," CLUSTER("210987654321", "b", "")),
      CELL "a pass n=1\n" },
    { "a null for a list", IN CLUSTERS(CLUSTER(A, "a", ",\"DBClusterMembers\":null")),
      CELL "a fail n=0\n" },
    { "two elements that say the same",
      IN CLUSTERS(CLUSTER(A, "a",
                          ",\"DBClusterMembers\":[{\"IsClusterWriter\":true},"
                          "{\"IsClusterWriter\":true}]")),
      CELL "a fail n=2\n" },
};
static const struct scan_row same_rows[] = {
    { "whether a row applies is not known, and another says the same",
      IN BARE("{\"DBInstanceIdentifier\":\"a\",\"DBInstanceArn\":"
              "\"arn:aws:rds:us-east-1:" A ":db:a\",\"Engine\":\"f\"}"),
      CELL "a not_applicable\n" CELL "* unknown -others-unknown -bare-array\n" },
    { "and another says something else",
      IN BARE("{\"DBInstanceIdentifier\":\"a\",\"DBInstanceArn\":"
              "\"arn:aws:rds:us-east-1:" A ":db:a\",\"Engine\":\"e\"}"),
      CELL "a unknown -field-unknown\n" CELL
           "* unknown -others-unknown -bare-array\n" },
};

static void of_subjects(void **state)
{
    scan_row(*state, rule);
}

static void of_clusters(void **state)
{
    scan_row(*state, cluster_rule);
}

static void of_same(void **state)
{
    scan_row(*state, same_rule);
}

/* ---- limits ------------------------------------------------------------------------
 */

/* So many elements or records, and what comes of them. */
struct limit_row {
    const char *name;
    size_t count;
    const char *expected;
};

static const struct limit_row element_rows[] = {
    { "as many elements as are looked at", ELEMENTS_MAX, CELL "a pass n=65536\n" },
    { "one more: there may be any number", ELEMENTS_MAX + 1,
      CELL "a pass n=65536..\n" },
};

static void of_elements(void **state)
{
    const struct limit_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf list = BUF_EMPTY(&arena);
    const struct settings settings = { 0 };

    buf_add(&list, STR("{\"DBInstances\":[" DB("a", "")));
    list.len--; /* the record goes on */
    buf_add(&list, STR(",\"TagList\":[{}"));
    for (size_t i = 1; i < row->count; i++)
        buf_add(&list, STR(",{}"));
    buf_add(&list, STR("]}]}\n"));
    scan_row_with(&(struct scan_row){ row->name, "rds-describe-db-instances.json={}\n",
                                      row->expected },
                  tags_rule, &settings, buf_str(&list));
    arena_release(&arena);
}

static const struct limit_row joined_rows[] = {
    { "as many of one key as a filter sees that reads the subject", JOINED_ROWS_MAX,
      CELL "a pass n=4096 +same-name +account-by-arn\n" },
    { "one more may count", JOINED_ROWS_MAX + 1,
      CELL "a pass n=4096..4097 +same-name +account-by-arn\n" },
};
static const struct limit_row limited_rows[] = {
    { "one behind a few that come to a limit is tried", LIMITED_ROWS_MAX - 1,
      CELL "a pass n=1..32 +same-name +account-by-arn\n" },
    { "one behind many may count", LIMITED_ROWS_MAX,
      CELL "a unknown n=0..33 -undecided-records\n" },
};

#define HOSTILE "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"

static void add_snapshot(struct buf *list, size_t number, const char *engine)
{
    buf_printf(list,
               "%s{\"DBSnapshotIdentifier\":\"s%zu\",\"SnapshotType\":\"manual\","
               "\"Status\":\"available\",\"DBInstanceIdentifier\":\"a\","
               "\"DBSnapshotArn\":\"arn:aws:rds:us-east-1:" A
               ":snapshot:s%zu\",\"Engine\":\"%s\"}",
               number > 0 ? "," : "", number, number, engine);
}

static void of_snapshots(const struct limit_row *row, struct buf *list, const char *of)
{
    const struct settings settings = { 0 };

    buf_add(list, STR("]}\n"));
    scan_row_with(
        &(struct scan_row){ row->name,
                            "rds-describe-db-snapshots.json={}\n" IN DBS(DB("a", "")),
                            row->expected },
        of, &settings, buf_str(list));
}

/* No two records say the same in the fields that the filter reads. */
static void of_one_key(void **state)
{
    const struct limit_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf list = BUF_EMPTY(&arena);

    buf_add(&list, STR("{\"DBSnapshots\":["));
    for (size_t i = 0; i < row->count; i++)
        add_snapshot(&list, i, "e");
    of_snapshots(row, &list, joined_rule);
    arena_release(&arena);
}

/* So many for which the filter comes to a limit, and one that counts. */
static void of_limited(void **state)
{
    const struct limit_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf list = BUF_EMPTY(&arena);

    buf_add(&list, STR("{\"DBSnapshots\":["));
    for (size_t i = 0; i < row->count; i++)
        add_snapshot(&list, i, arena_printf(&arena, HOSTILE "%zu", i));
    add_snapshot(&list, row->count, "a");
    of_snapshots(row, &list, limit_rule);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, subject_rows, of_subjects);
    TESTS_ADD_ROWS(&tests, cluster_rows, of_clusters);
    TESTS_ADD_ROWS(&tests, same_rows, of_same);
    TESTS_ADD_ROWS(&tests, element_rows, of_elements);
    TESTS_ADD_ROWS(&tests, joined_rows, of_one_key);
    TESTS_ADD_ROWS(&tests, limited_rows, of_limited);
    return tests_run("scan_subjects", &tests);
}
