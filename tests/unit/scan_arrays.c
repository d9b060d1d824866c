/*
 * What bare arrays are worth, as --query prints them: files in, findings of one small
 * rule out.
 */
#include "scan_rows.h"

#include "gather/ids.h"

static const char rule[] = REGION_RULE
    "  n: { from: \"AWS::RDS::DBSnapshot\" }\n"
    "  m: { query: \"DBSnapshots[?SnapshotType==`awsbackup`]\", accepts: filtered }\n"
    "outcomes:\n"
    "  - { result: pass, when: \"m > `0`\", message: \"{m} of {n}\" }\n"
    "  - { result: fail, message: \"none of {n}\" }\n";

#define A               "123456789012"
#define B               "210987654321"
#define DIR             "123456789012/\n123456789012/us-east-1/\n"
#define CELL            A " us-east-1 "
#define SNAPS           DIR "123456789012/us-east-1/rds-describe-db-snapshots.json="
#define BESIDE(x)       "123456789012/us-east-1/" x ".json="
#define NOWHERE         "rds-describe-db-snapshots.json="
#define ARN(rest)       "\"arn:aws:rds:us-east-1:" A ":" rest "\""
#define JOB(n)          "\"awsbackup:job-" n "\""
#define JOB_ARN(n)      ARN("snapshot:awsbackup:job-" n)
#define ID(id)          "{\"DBSnapshotIdentifier\":" id "}"
#define TYPED(id, type) "{\"DBSnapshotIdentifier\":" id ",\"SnapshotType\":" type "}"
#define NOTHING_PROVEN  "unknown n=0.. m=0.. -ids-only\n"

static const struct scan_row
    rows
        [] = {
            /* ids */
            { "an id that AWS Backup gives is a snapshot, and of its type",
              SNAPS "[" JOB("1") "]\n", CELL "pass n=1.. m=1.. +ids\n" },
            { "each of them is one, whatever stands between",
              SNAPS "[" JOB("1") ",\"m\"," JOB("2") "]\n",
              CELL "pass n=2.. m=2.. +ids\n" },
            { "any other id proves nothing",
              SNAPS
              "[\"rds:a-2026-01-01\",\"my-awsbackup:job\",\"AWSBACKUP:job\",\"\"]\n",
              CELL NOTHING_PROVEN },
            { "the same id is the same snapshot", SNAPS "[" JOB("1") "," JOB("1") "]\n",
              CELL "pass n=1.. m=1.. +ids\n" },
            { "an id and an ARN may be of one snapshot",
              SNAPS "[" JOB("1") "," JOB_ARN("1") "," JOB_ARN("2") "]\n",
              CELL "pass n=1.. m=1.. +ids\n" },
            { "and so may an ARN and an id",
              SNAPS "[" JOB_ARN("1") "," JOB("1") "," JOB_ARN("2") "]\n",
              CELL "pass n=2.. m=2.. +ids\n" },
            { "each file has its own",
              DIR BESIDE("a-rds-describe-db-snapshots") "[" JOB("1") "," JOB(
                  "2") "]\n" BESIDE("b-rds-describe-db-snapshots") "[" JOB("3") "]\n",
              "123456789012 us-east-1 pass n=2.. m=2.. +ids +ids\n" },
            { "values of other fields among them prove nothing",
              SNAPS "[" JOB("1") ",\"awsbackup\",20,null]\n",
              CELL "pass n=1.. m=1.. +ids\n" },
            { "beside a whole answer that lacks them they contradict it",
              SNAPS "[" JOB("1") "]\n" BESIDE(
                  "a-rds-describe-db-snapshots") "{\"DBSnapshots\":[]}\n",
              CELL "unknown n=0..1 m=0..1 -ids-only -disagreement\nP disagreement\nP "
                   "disagreement\n" },
            { "beside one that has some no finding rests on them",
              SNAPS "[" JOB("1") "]\n" BESIDE(
                  "a-rds-describe-db-snapshots") "{\"DBSnapshots\":"
                                                 "[" TYPED(JOB("1"), "\"awsbackup"
                                                                     "\"") "]}\n",
              CELL "pass n=1 m=1\n" },
            { "what stands before a break counts", SNAPS "[" JOB("1") ",\"awsb\n",
              CELL "pass n=1.. m=1.. +ids\nP cut-off\n" },

            /* ARNs */
            { "an ARN places the array",
              NOWHERE "[" JOB_ARN("1") "," JOB_ARN("2") "]\n",
              CELL "pass n=2.. m=2.. +account-by-arn +ids\n" },
            { "and so does one that proves no more",
              NOWHERE "[" ARN("snapshot:a") "]\n", CELL NOTHING_PROVEN },
            { "an ARN of something else places nothing",
              NOWHERE "[" ARN("cluster-snapshot:awsbackup:job-1") "]\n",
              "- - " NOTHING_PROVEN },
            { "an id is judged where its file is", NOWHERE "[" JOB("1") "]\n",
              "- - pass n=1.. m=1.. +ids\n" },
            { "an ARN of another account is not counted",
              SNAPS "[" JOB_ARN("1") ",\"arn:aws:rds:us-east-1:" B
                                     ":snapshot:awsbackup:job-2\"]\n",
              CELL "pass n=1.. m=1.. +ids\n" },
            { "none of this account: mislabelled",
              SNAPS "[\"arn:aws:rds:us-east-1:" B ":snapshot:awsbackup:job-1\"]\n",
              CELL "unknown n=0.. m=0.. -mislabelled\nP mislabelled\n" },
            { "one of another region: mislabelled",
              SNAPS "[" JOB_ARN("1") ",\"arn:aws:rds:eu-west-1:" A ":snapshot:a\"]\n",
              CELL "unknown n=0.. m=0.. -mislabelled\nP mislabelled\n" },
            { "a broken ARN proves nothing",
              SNAPS "[\"arn:aws:rds:us-east-1:12:snapshot:awsbackup:job-1\","
                    "\"arn:aws:rds:us-east-1::snapshot:awsbackup:job-1\","
                    "\"arn:aws:rds:snapshot:awsbackup:job-1\"]\n",
              CELL NOTHING_PROVEN },

            /* what they are of */
            { "ARNs alone tell the type", "x.json=[" JOB_ARN("1") "]\n",
              CELL "pass n=1.. m=1.. +account-by-arn +ids\n" },
            { "and make the cell in which another listing is missing",
              "x.json=[" ARN("db:a") "]\n", CELL "unknown n=0.. m=0.. -missing\n" },
            { "the file's name tells it first",
              DIR BESIDE("rds-describe-db-instances") "[" JOB_ARN("1") "]\n",
              CELL "unknown n=0.. m=0.. -missing\n" },
            { "ids alone tell none: other services have such, too",
              DIR BESIDE("x") "[" JOB("1") "]\n",
              CELL "unknown n=0.. m=0.. -missing\n" },
            { "ARNs of two types tell none",
              DIR BESIDE("x") "[" JOB_ARN("1") "," ARN("db:a") "]\n" BESIDE(
                  "y") "[" ARN("db:a") "," JOB_ARN("1") "]\n",
              CELL "unknown n=0.. m=0.. -missing\n" },
            { "nor do an ARN and something else",
              DIR BESIDE("w") "[\"a\"," JOB_ARN("1") "]\n" BESIDE("x") "[" JOB_ARN("1") ",\"a\"]\n" BESIDE(
                  "y") "[" JOB_ARN("1") ",1]\n" BESIDE("v") "[" JOB_ARN("1") ",[]]"
                                                                             "\n" BESIDE("z") "[" JOB_ARN(
                                                                                 "1") ",{\"a\":1}]\n",
              CELL "unknown n=0.. m=0.. -missing\n" },

            /* records that kept little more than the id */
            { "an id proves the type that its record lacks",
              SNAPS "[" ID(JOB("1")) "]\n", CELL "pass n=1.. m=1\n" },
            { "and so does the ARN", SNAPS "[{\"DBSnapshotArn\":" JOB_ARN("1") "}]\n",
              CELL "pass n=1.. m=1\n" },
            { "no other id does", SNAPS "[" ID("\"a\"") "]\n",
              A " us-east-1 unknown n=1.. m=0.. -bare-array -undecided-records\n" },
            { "in an envelope none does, for nothing dropped a field there",
              SNAPS "{\"DBSnapshots\":[" ID(JOB("1")) "]}\n",
              CELL "unknown n=1 m=0..1 -undecided-records\n" },
            { "a type that the record has wins",
              SNAPS "[" TYPED(JOB("1"), "\"manual\"") "]\n",
              CELL "unknown n=1.. m=0.. -bare-array\n" },
            { "even one that is no type", SNAPS "[" TYPED(JOB("1"), "null") "]\n",
              A " us-east-1 unknown n=1.. m=0.. -bare-array -undecided-records\n" },
            { "or a number out of range", SNAPS "[" TYPED(JOB("1"), "1e999") "]\n",
              A " us-east-1 unknown n=1.. m=0.. -bare-array -undecided-records\n" },
            { "an id that is an ARN is that of what another account shares",
              SNAPS "{\"DBSnapshots\":[" TYPED(
                  "\"arn:aws:rds:us-east-1:" B ":snapshot:a\"", "\"awsbackup\"") "]}\n",
              A " us-east-1 unknown n=0.. m=0.. -shared-only\n"
                "P shared-only\n" },

            /* projections */
            { "a projection that keeps the names is as good as records",
              SNAPS "[" TYPED("\"a\"", "\"awsbackup\"") "," TYPED("\"b\"",
                                                                  "\"manual\"") "]\n",
              CELL "pass n=2.. m=1..\n" },
            { "names that a query gave are not guessed",
              SNAPS "[{\"id\":" JOB("1") ",\"type\":\"awsbackup\"}]\n",
              CELL "unknown n=0.. m=0.. -renamed-fields\n" },
            { "an object that nothing tells is none of the records before it",
              SNAPS "[" TYPED("\"a\"", "\"manual\"") ",{\"Key\":\"a\"}]\n",
              CELL "unknown n=1.. m=0.. -renamed-fields\n" },
            { "nor of those behind it",
              SNAPS "[{\"Key\":\"a\"}," TYPED("\"a\"", "\"manual\"") "]\n",
              CELL "unknown n=1.. m=0.. -renamed-fields\n" },
            { "records of two types are of none",
              SNAPS "[" ID("\"a\"") ",{\"DBClusterSnapshotIdentifier\":\"a\"}]\n",
              CELL "unknown n=0.. m=0.. -mixed-records\nP mixed-records\n" },
            { "text beside a record may be of that record",
              SNAPS "[" JOB("1") "," ID(JOB("1")) "," JOB("2") "]\n",
              CELL "pass n=1.. m=1..\n" },

            /* arrays and values */
            { "an array of arrays has no records",
              SNAPS "[[" JOB("1") ",\"awsbackup\"]]\n",
              CELL "unknown n=0.. m=0.. -nested-array\n" },
            { "not even if these hold objects",
              SNAPS "[[" TYPED(JOB("1"), "\"awsbackup\"") "," TYPED(
                  JOB("2"), "\"awsbackup\"") "]]\n",
              CELL "unknown n=0.. m=0.. -nested-array\n" },
            { "an array of an empty one is no empty listing", SNAPS "[[]]\n",
              CELL "unknown n=0.. m=0.. -nested-array\n" },
            { "an array in an envelope's listing may hold any number",
              SNAPS "{\"DBSnapshots\":[[]]}\n",
              CELL "unknown n=0.. m=0.. -nested-array\n" },
            { "numbers are no records, and may not be all", SNAPS "[20,30]\n",
              CELL "unknown n=0.. m=0.. -values-only\n" },
            { "an array of what nothing tells is no evidence",
              DIR BESIDE("x") "[[1]]\n" BESIDE("y") "[{\"id\":1}]\n" BESIDE(
                  "z") "[\"a\"]\n",
              CELL "unknown n=0.. m=0.. -missing\n" },

            /* no arrays */
            { "null lists nothing", SNAPS "null\n",
              CELL "unknown n=0.. m=0.. -no-listing\nP no-listing\n" },
            { "a number counts nothing", SNAPS "0\n",
              CELL "unknown n=0.. m=0.. -no-listing\nP no-listing\n" },
            { "a query that was printed as its answer is told from one",
              SNAPS "\"DBSnapshots[?SnapshotType==`awsbackup`]\"\n",
              CELL "unknown n=0.. m=0.. -query-text\nP query-text\n" },
            { "and so is a command", SNAPS "aws rds describe-db-snapshots\n",
              CELL "unknown n=0.. m=0.. -query-text\nP query-text\n" },
        };

static void of_arrays(void **state)
{
    scan_row(*state, rule);
}

static const struct scan_row assumed_rows[] = {
    { "ids are of the type that is assumed", "x.json=[" JOB("1") "]\n",
      "- - pass n=1.. m=1.. +ids\n" },
    { "and what an array of objects is not told by, either",
      "x.json=[{\"id\":" JOB("1") "}]\n", "- - unknown n=0.. m=0.. -renamed-fields\n" },
    { "a file's name comes first", "rds-describe-db-instances.json=[" JOB("1") "]\n",
      "- - unknown n=0.. m=0.. -missing\n" },
};

static void of_an_assumed_type(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct rulebook_wanted wanted = { 0 };
    const struct rulebook *book = rulebook_load(&arena, &wanted, &mistakes);
    struct settings settings = { 0 };

    assert_non_null(book);
    settings.type_assumed = catalog_type(book->catalog, STR("AWS::RDS::DBSnapshot"));
    scan_row_with(*state, rule, &settings, STR_NONE);
    arena_release(&arena);
}

/* The ids of `count` snapshots, each of `bytes` bytes. */
static void scan_ids(const char *expected, int count, int bytes)
{
    const struct settings settings = { 0 };
    const struct scan_row row = { "", A "-us-east-1-" NOWHERE "\n", expected };
    struct arena arena = ARENA_EMPTY;
    struct buf listing = BUF_EMPTY(&arena);

    buf_add_byte(&listing, '[');
    for (int i = 0; i < count; i++)
        buf_printf(&listing, "%s\"awsbackup:%0*d\"", i > 0 ? "," : "",
                   bytes - (int)strlen("awsbackup:"), i);
    buf_add_byte(&listing, ']');
    scan_row_with(&row, rule, &settings, buf_str(&listing));
    arena_release(&arena);
}

static void of_more_ids_than_are_kept(void **state)
{
    (void)state;
    scan_ids(CELL "pass n=65536.. m=65536.. +ids\n", IDS_MAX + 1, 20);
}

static void of_longer_ids_than_are_kept(void **state)
{
    (void)state;
    static_assert(IDS_BYTES_MAX / 64000 == 65, "65 of the ids are kept");
    scan_ids(CELL "pass n=65.. m=65.. +ids\n", 70, 64000);
    static_assert(IDS_BYTES_MAX == 64 * 65536, "64 of the ids are just kept");
    scan_ids(CELL "pass n=64.. m=64.. +ids\n", 70, 65536);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_arrays);
    TESTS_ADD_ROWS(&tests, assumed_rows, of_an_assumed_type);
    TESTS_ADD(&tests, of_more_ids_than_are_kept);
    TESTS_ADD(&tests, of_longer_ids_than_are_kept);
    return tests_run("scan_arrays", &tests);
}
