#include "catalog/name.h"

#include "catalog_sample.h"
#include "rows.h"

#define CALL(name) "      - { call: " name ", list: X, gives: nothing }\n"

static const char catalog_text[] =
    "format: 1\n"
    "types:\n"
    "  - type: A\n"
    "    level: region\n"
    "    calls:\n" CALL("rds describe-db-snapshots") CALL("rds describe-db-clusters")
        CALL("docdb describe-db-clusters") CALL("backup list-backup-plans") CALL(
            "backup get-backup-plan") CALL("backup get-backup-plan-from-template")
            CALL("backup list-backup-plan-versions")
                CALL("backup list-backup-selections") CALL(
                    "sts get-caller-identity") "      - call: backup "
                                               "list-recovery-points-by-backup-vault\n"
                                               "        names: [list-recovery-points, "
                                               "vault-points]\n"
                                               "        list: Y\n"
                                               "        gives: nothing\n"
                                               "      - { call: backup "
                                               "list-recovery-points-by-resource, "
                                               "list: Y, gives: nothing }\n";

/* What AWS has beside that. */
static const char services_text[] =
    "account\nbackup\nconfigservice config\ndocdb\nec2\n"
    "iam\nquicksight\nrds\nredshift-serverless\n"
    "resourcegroupstaggingapi tagging\ns3api s3\nsts\n";
static const char operations_text[] = "create-db-snapshot rds\n"
                                      "describe-db-clusters docdb neptune rds\n"
                                      "describe-db-log-files rds\n"
                                      "describe-db-snapshots rds\n"
                                      "describe-db-snapshots-page rds\n"
                                      "describe-instances ec2 opsworks\n"
                                      "get-backup-plan backup\n"
                                      "get-bucket-policy s3api\n"
                                      "get-caller-identity -ec2 sts\n"
                                      "list-backup-plans backup quicksight\n"
                                      "list-recovery-points redshift-serverless\n"
                                      "list-users iam quicksight\n";

#define SNAPSHOTS "rds describe-db-snapshots"
#define PLANS     "backup list-backup-plans"
#define CHOSEN    "backup list-backup-selections"
#define POINTS    "backup list-recovery-points-by-backup-vault"

static const struct name_row {
    const char *name, *file_name;
    const char *call; /* NULL: none */
    const char *words[NAME_WORDS_MAX + 1];
} name_rows[] = {
    { "what stands before -- decides",
      "rds-describe-db-snapshots--rds-describe-db-cluster-snapshots.json",
      SNAPSHOTS,
      { "rds-describe-db-cluster-snapshots" } },
    { "if it tells any", "mine--rds-describe-db-snapshots.json", SNAPSHOTS, { 0 } },
    { "the operation alone", "describe-db-snapshots", SNAPSHOTS, { 0 } },
    { "with a suffix", "describe-db-snapshots.json", SNAPSHOTS, { 0 } },
    { "with its service", "rds-describe-db-snapshots.json", SNAPSHOTS, { 0 } },
    { "amid other words",
      "prod-us-east-1-describe-db-snapshots-old.json",
      SNAPSHOTS,
      { 0 } },
    { "with underscores", "rds_describe_db_snapshots.json", SNAPSHOTS, { 0 } },
    { "in any case", "RDS-Describe-DB-Snapshots.JSON", SNAPSHOTS, { 0 } },
    { "as the API spells it", "DescribeDBSnapshots.json", SNAPSHOTS, { 0 } },
    { "as the API spells it, amid words", "x_DescribeDBSnapshots_y", SNAPSHOTS, { 0 } },
    { "dots are no letters", "a.describe-db-snapshots.b", SNAPSHOTS, { 0 } },
    { "a letter before it", "xdescribe-db-snapshots.json", NULL, { 0 } },
    { "a letter behind it", "describe-db-snapshotsx.json", NULL, { 0 } },
    { "a digit behind it", "describe-db-snapshots2.json", NULL, { 0 } },
    { "a digit before it", "1describe-db-snapshots.json", NULL, { 0 } },
    { "a later occurrence that is a word",
      "xdescribe-db-snapshots-describe-db-snapshots.json",
      SNAPSHOTS,
      { 0 } },
    { "a beginning of it", "describe-db.json", NULL, { 0 } },
    { "nothing of it", "snapshots.json", NULL, { 0 } },
    { "an empty name", "", NULL, { 0 } },
    { "another operation that begins alike",
      "list-backup-plan-versions.json",
      "backup list-backup-plan-versions",
      { 0 } },
    { "the longest one counts",
      "get-backup-plan-from-template.json",
      "backup get-backup-plan-from-template",
      { 0 } },
    { "the longest one counts, wherever it stands",
      "get-backup-plan-list-backup-plans.json",
      PLANS,
      { 0 } },
    { "a shorter one with its service before it does not",
      "list-backup-plan-versions-sts-get-caller-identity.json",
      "backup list-backup-plan-versions",
      { 0 } },
    { "an unknown operation that a known one begins",
      "get-backup-plan-from-x.json",
      "backup get-backup-plan",
      { 0 } },
    { "another name of the call", "backup-list-recovery-points.json", POINTS, { 0 } },
    { "the second other name", "vault-points.json", POINTS, { 0 } },
    { "the name that is longer than another call's other name",
      "list-recovery-points-by-resource.json",
      "backup list-recovery-points-by-resource",
      { 0 } },
    { "an operation of two services: the first",
      "describe-db-clusters.json",
      "rds describe-db-clusters",
      { 0 } },
    { "an operation of two services: the one before it",
      "docdb-describe-db-clusters.json",
      "docdb describe-db-clusters",
      { 0 } },
    { "an operation of two services: behind a folder's dots",
      "x.docdb_describe_db_clusters",
      "docdb describe-db-clusters",
      { 0 } },
    { "an operation of two services: no whole word before it",
      "mydocdb-describe-db-clusters.json",
      "rds describe-db-clusters",
      { 0 } },
    { "a word", "backup-list-backup-selections--plan-1.json", CHOSEN, { "plan-1" } },
    { "a word without a suffix", "list-backup-selections--p", CHOSEN, { "p" } },
    { "a word keeps its case", "list-backup-selections--P_x.json", CHOSEN, { "P_x" } },
    { "a word behind the API's spelling",
      "ListBackupSelections--p.json",
      CHOSEN,
      { "p" } },
    { "two words",
      "backup-list-recovery-points--Default--RDS.json",
      POINTS,
      { "Default", "RDS" } },
    { "four words",
      "list-recovery-points--a--b--c--d.json",
      POINTS,
      { "a", "b", "c", "d" } },
    { "the fourth holds the rest",
      "list-recovery-points--a--b--c--d--e.json",
      POINTS,
      { "a", "b", "c", "d--e" } },
    { "words begin directly behind the call",
      "describe-db-snapshots-x--a.json",
      SNAPSHOTS,
      { 0 } },
    { "two hyphens before the call mean nothing",
      "prod--describe-db-snapshots.json",
      SNAPSHOTS,
      { 0 } },
    { "one hyphen is no word", "describe-db-snapshots-manual.json", SNAPSHOTS, { 0 } },
    { "an empty word is none", "list-backup-selections--.json", CHOSEN, { 0 } },
    { "an empty word between", "list-backup-selections----a--", CHOSEN, { "a" } },
    { "a word that begins with a hyphen",
      "list-backup-selections---a",
      CHOSEN,
      { "-a" } },
    { "a word with dots", "list-backup-selections--a.b.c.json", CHOSEN, { "a.b.c" } },
    { "a word with a dot and no known suffix",
      "list-backup-selections--a.b",
      CHOSEN,
      { "a.b" } },
    { "one suffix goes", "list-backup-selections--a.log.txt", CHOSEN, { "a.log" } },
    { "a packed file's two suffixes go",
      "list-backup-selections--a.json.gz",
      CHOSEN,
      { "a" } },
    { "a suffix in capitals", "list-backup-selections--a.OUT", CHOSEN, { "a" } },
    { "no operation, no words", "snapshots--a.json", NULL, { 0 } },
};

/* With what AWS has: the call; "? CALL": it may be that one's; "! ...": another call.
 */
static const struct aws_row {
    const char *name, *file_name, *told;
} aws_rows[] = {
    { "its own service before it", "rds-describe-db-snapshots.json", SNAPSHOTS },
    { "no other service has it", "describe-db-snapshots.json", SNAPSHOTS },
    { "nor is another before it", "prod-DescribeDBSnapshots", SNAPSHOTS },
    { "an operation that the words lack", "list-backup-selections.json", CHOSEN },
    { "another service has it, too", "list-backup-plans.json", "? " PLANS },
    { "and its own is before it", "backup-list-backup-plans.json", PLANS },
    { "and the other is before it", "quicksight-list-backup-plans.json",
      "! quicksight list-backup-plans" },
    { "amid other words", "prod-quicksight_list_backup_plans-1.json",
      "! quicksight list-backup-plans" },
    { "as the API spells it", "quicksight.ListBackupPlans_1.json",
      "! quicksight list-backup-plans" },
    { "a word before it that is no service", "acme-list-backup-plans.json",
      "? " PLANS },
    { "a service before it that does not have it", "config-describe-db-snapshots.json",
      "? " SNAPSHOTS },
    { "a service that is not meant without its name", "get-caller-identity.json",
      "sts get-caller-identity" },
    { "but is with it", "ec2-get-caller-identity.json", "! ec2 get-caller-identity" },
    { "a service of two words", "redshift_serverless-list-recovery-points.json",
      "! redshift-serverless list-recovery-points" },
    { "without its service it may be another name of a call",
      "list-recovery-points.json", "? " POINTS },
    { "another name of the call, its service before it",
      "backup-list-recovery-points.json", POINTS },
    { "two services of which the catalog has one", "describe-db-clusters.json",
      "? rds describe-db-clusters" },
    { "an operation of the same service that the catalog lacks",
      "rds-describe-db-log-files.json", "! rds describe-db-log-files" },
    { "one that begins as a call of the catalog does",
      "rds-describe-db-snapshots-page.json", "! rds describe-db-snapshots-page" },
    { "behind a call of the catalog a word is a word",
      "rds-describe-db-snapshots-pages.json", SNAPSHOTS },
    { "an operation of another service", "s3api-get-bucket-policy.json",
      "! s3api get-bucket-policy" },
    { "with its option", "s3api-get-bucket-policy--a.json",
      "! s3api get-bucket-policy" },
    { "by another word for the service", "s3_get_bucket_policy",
      "! s3api get-bucket-policy" },
    { "behind aws", "aws-s3api-get-bucket-policy.json", "! s3api get-bucket-policy" },
    { "without its service", "get-bucket-policy.json", "! get-bucket-policy" },
    { "without its service, as the API spells it", "us-east-1-GetBucketPolicy.json",
      "! get-bucket-policy" },
    { "an operation of another service behind a service of the catalog",
      "rds-describe-instances.json", NULL },
    { "an operation of another service behind one that has it not",
      "iam-describe-instances.json", "! iam describe-instances" },
    { "an operation to come, of a service that the catalog has not",
      "iam-list-passkeys--a.json", "! iam list-passkeys" },
    { "behind aws, as the API spells it", "aws_config.SelectResourceConfig_1.json",
      NULL },
    { "by the command alone", "configservice.SelectResourceConfig_1.json",
      "! configservice SelectResourceConfig_1" },
    { "an operation to come, of one that it has", "rds-list-everything.json", NULL },
    { "a service that the name does not begin with", "x-iam-list-passkeys.json", NULL },
    { "a service and no verb", "iam-users.json", NULL },
    { "a service and a word that begins with a verb", "iam-listing-users.json", NULL },
    { "a service and a verb alone", "iam-list.json", NULL },
    { "a service that another word begins with", "iamlist-passkeys.json", NULL },
    { "a verb and words that are no operation", "list-db-things.json", NULL },
    { "what may be anything", "all.json", NULL },
    { "nothing", "", NULL },
};

static void aws_test(void **state)
{
    const struct aws_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct catalog *catalog = catalog_parsed(&arena, catalog_text);
    struct buf told = BUF_EMPTY(&arena);
    struct name name;

    catalog->aws =
        (struct aws_words){ str_from(services_text), str_from(operations_text) };
    name_parse(catalog, str_from(row->file_name), &name);
    if (name.call != NULL)
        buf_printf(&told, "%s%s", name.is_ambiguous ? "? " : "", name.call->name.text);
    if (name_is_other(&name))
        buf_printf(&told, "! %.*s%s%.*s", STR_ARG(name.other_service),
                   name.other_service.len > 0 ? " " : "",
                   STR_ARG(name.other_operation));
    assert_string_equal(buf_str(&told).text, row->told != NULL ? row->told : "");
    arena_release(&arena);
}

/* The longest name that is looked at whole, and one that is longer. */
static void so_many_words_of_a_name_are_looked_at(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct catalog *catalog = catalog_parsed(&arena, catalog_text);
    struct buf file_name = BUF_EMPTY(&arena);
    struct name name;

    (void)state;
    catalog->aws =
        (struct aws_words){ str_from(services_text), str_from(operations_text) };
    for (int i = 0; i < NAME_SPANS_MAX - 2; i++)
        buf_add(&file_name, STR("x-"));
    buf_add(&file_name, STR("list-users"));
    name_parse(catalog, buf_str(&file_name), &name);
    assert_true(name_is_other(&name));
    name_parse(catalog, str_from(arena_printf(&arena, "x-%s", file_name.text)), &name);
    assert_false(name_is_other(&name));
    arena_release(&arena);
}

static void name_test(void **state)
{
    const struct name_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const struct catalog *catalog = catalog_parsed(&arena, catalog_text);
    struct name name = { .word_count = 99 };
    size_t count = 0;

    name_parse(catalog, str_from(row->file_name), &name);
    if (row->call == NULL) {
        assert_null(name.call);
    } else {
        assert_non_null(name.call);
        assert_string_equal(name.call->name.text, row->call);
    }
    while (row->words[count] != NULL) {
        assert_true(count < name.word_count);
        assert_true(str_equal(name.words[count], str_from(row->words[count])));
        count++;
    }
    assert_int_equal(name.word_count, count);
    arena_release(&arena);
}

static const struct operation_row {
    const char *name, *api_name, *call;
} operation_rows[] = {
    { "as AWS writes it", "DescribeDBSnapshots", SNAPSHOTS },
    { "with lower-case words", "GetCallerIdentity", "sts get-caller-identity" },
    { "in another case", "listbackupplans", PLANS },
    { "of two services: the first", "DescribeDBClusters", "rds describe-db-clusters" },
    { "an unknown one", "DescribeVolumes", NULL },
    { "only the beginning", "ListBackup", NULL },
    { "and something behind it", "ListBackupPlansX", NULL },
    { "something before it", "XListBackupPlans", NULL },
    { "no other name of a file", "ListRecoveryPoints", NULL },
    { "nothing", "", NULL },
};

static void operation_test(void **state)
{
    const struct operation_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const struct call *call = name_of_operation(catalog_parsed(&arena, catalog_text),
                                                str_from(row->api_name));

    if (row->call == NULL) {
        assert_null(call);
    } else {
        assert_non_null(call);
        assert_string_equal(call->name.text, row->call);
    }
    arena_release(&arena);
}

static const struct word_row {
    const char *name, *id, *word;
} word_rows[] = {
    { "an id", "Plan-1_a.b", "Plan-1_a.b" },
    { "an ARN", "arn:aws:rds::1:db/a", "arn_aws_rds__1_db_a" },
    { "a vault that AWS makes", "aws/efs/automatic-backup-vault",
      "aws_efs_automatic-backup-vault" },
    { "two hyphens", "a--b", "a-_b" },
    { "three hyphens", "a---b", "a-_-b" },
    { "four hyphens", "----", "-_-_" },
    { "a word is one", "a-_-b_c", "a-_-b_c" },
    { "nothing", "", "" },
};

static void word_test(void **state)
{
    const struct word_row *row = *state;
    struct arena arena = ARENA_EMPTY;

    assert_true(str_equal(name_word(&arena, str_from(row->id)), str_from(row->word)));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, name_rows, name_test);
    TESTS_ADD_ROWS(&tests, aws_rows, aws_test);
    TESTS_ADD(&tests, so_many_words_of_a_name_are_looked_at);
    TESTS_ADD_ROWS(&tests, operation_rows, operation_test);
    TESTS_ADD_ROWS(&tests, word_rows, word_test);
    return tests_run("catalog_name", &tests);
}
