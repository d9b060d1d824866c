/*
 * Which cells exist, a row a case: the folders that paths name, and what is below them.
 */
#include "scan_rows.h"

#define A       "123456789012"
#define ANSWER  "rds-describe-db-snapshots.json={\"DBSnapshots\":[]}\n"
#define FAIL(r) A " " r " fail n=0 m=0 +not-narrowed\n"
#define ARNS(account, region)                                                          \
    "snaps.json={\"DBSnapshots\":[{\"DBSnapshotIdentifier\":\"a\","                    \
    "\"SnapshotType\":\"manual\",\"Engine\":\"e\",\"Status\":\"s\","                   \
    "\"DBSnapshotArn\":\"arn:aws:rds:" region ":" account ":snapshot:a\"}]}\n"
#define IDENTITY(account)                                                              \
    "id.json={\"Account\":\"" account "\",\"Arn\":\"a\",\"UserId\":\"u\"}\n"

static const struct scan_row rows[] = {
    { "an empty folder makes its cell", A "/\n" A "/us-east-1/\n",
      A " us-east-1 unknown n=0.. m=0.. -missing\n" },
    { "a region in the name of a folder above makes none",
      "office-us-east-1/\noffice-us-east-1/" A "/\noffice-us-east-1/" A "/eu-west-1/\n"
      "office-us-east-1/" A "/eu-west-1/" ANSWER,
      FAIL("eu-west-1") },
    { "nor does one between account and region",
      A "/\n" A "/dr-eu-west-1/\n" A "/dr-eu-west-1/us-east-1/\n" A
        "/dr-eu-west-1/us-east-1/" ANSWER,
      FAIL("us-east-1") },
    { "nor an answer about the account beside the region's folder",
      "office-us-east-1/\noffice-us-east-1/" A "/\noffice-us-east-1/" A "/eu-west-1/\n"
      "office-us-east-1/" A "/eu-west-1/" ANSWER "office-us-east-1/" A
      "/backup-describe-global-settings.json={\"GlobalSettings\":{},\"LastUpdateTime\":"
      "1}\n"
      "office-us-east-1/" A "/notes.txt=hello\n",
      FAIL("eu-west-1") },
    { "nor one in a folder global",
      "office-us-east-1/\noffice-us-east-1/" A "/\noffice-us-east-1/" A "/global/\n"
      "office-us-east-1/" A "/global/ec2-describe-regions.json={\"Regions\":[{"
      "\"RegionName\":\"eu-west-1\",\"OptInStatus\":\"opted-in\"}]}\n",
      A " eu-west-1 unknown n=0.. m=0.. -missing\n" },
    { "an answer in that folder makes its own",
      "office-us-east-1/\noffice-us-east-1/" A "/\noffice-us-east-1/" A "/eu-west-1/\n"
      "office-us-east-1/" A "/eu-west-1/" ANSWER "office-us-east-1/" A "/" ANSWER,
      FAIL("eu-west-1") FAIL("us-east-1") },
    { "another branch has its own",
      "office-us-east-1/\noffice-us-east-1/" A "/\noffice-us-east-1/" A "/eu-west-1/\n"
      "office-us-east-1/" A "/eu-west-1/" ANSWER "office-us-east-1/210987654321/\n",
      FAIL("eu-west-1") "210987654321 us-east-1 unknown n=0.. m=0.. -missing\n" },
    { "an account in the name of a folder above makes none",
      "run-210987654321-us-east-1/\nrun-210987654321-us-east-1/" A "/\n"
      "run-210987654321-us-east-1/" A "/eu-west-1/\nrun-210987654321-us-east-1/" A
      "/eu-west-1/" ANSWER,
      FAIL("eu-west-1") },

    { "a file makes the cell that it names, evidence or not",
      A "-us-east-1-a.txt=hello\n" A "-us-east-2-b.txt=hello\n",
      "123456789012 us-east-1 unknown n=0.. m=0.. -missing\n"
      "123456789012 us-east-2 unknown n=0.. m=0.. -missing\n" },
    { "and the account that it names alone none", A "-a.txt=hello\n", "" },

    /* dates */
    /* dates */
    { "a date above the account makes none",
      "202611240300/\n202611240300/" A "/\n202611240300/" A "/us-east-1/\n"
      "202611240300/" A "/us-east-1/" ANSWER,
      FAIL("us-east-1") },
    { "a date where ARNs tell the account",
      "202611240300/\n202611240300/us-east-1/\n202611240300/us-east-1/" ARNS(
          A, "us-east-1"),
      A " us-east-1 fail n=1 m=0 +account-by-arn +not-narrowed\n" },
    { "a date where an identity tells the account",
      "202611240300/\n202611240300/us-east-1/\n202611240300/us-east-1/" IDENTITY(
          A) "202611240300/us-east-1/" ANSWER,
      FAIL("us-east-1") },
    { "a date that ARNs confirm is an account",
      "202611240300/\n202611240300/us-east-1/\n202611240300/us-east-1/" ARNS(
          "202611240300", "us-east-1"),
      "202611240300 us-east-1 fail n=1 m=0 +not-narrowed\n" },
    { "a date that nothing denies is an account",
      "202611240300/\n202611240300/us-east-1/\n202611240300/us-east-1/" ANSWER,
      "202611240300 us-east-1 fail n=0 m=0 +not-narrowed\n" },

    /* spellings */
    { "a region in any case and an account in groups are one cell with the plain",
      "1234-5678-9012/\n1234-5678-9012/US-East-1/\n" A "/\n" A "/us-east-1/\n"
      "1234-5678-9012/US-East-1/" ANSWER,
      FAIL("us-east-1") },
    { "a region that two answers name",
      A "/\n" A
        "/a-ec2-describe-regions.json={\"Regions\":[{\"RegionName\":\"sa-west-1\","
        "\"OptInStatus\":\"opted-in\"}]}\n" A
        "/b-ec2-describe-regions.json={\"Regions\":[{\"RegionName\":\"sa-west-1\","
        "\"OptInStatus\":\"opted-in\"},{\"RegionName\":\"sa-west-2\","
        "\"OptInStatus\":\"opted-in\"}]}\n" A "/sa-west-1-" ANSWER A
        "/sa-west-2-" ANSWER,
      "123456789012 sa-west-1 fail n=0 m=0 +not-narrowed\n"
      "123456789012 sa-west-2 fail n=0 m=0 +not-narrowed\n" },
    { "a region that is not known", A "/\n" A "/sa-west-1/\n" A "/sa-west-1/" ANSWER,
      FAIL("sa-west-1") },
    { "a region that only describe-regions names, in a file's name",
      A "/\n" A
        "/ec2-describe-regions.json={\"Regions\":[{\"RegionName\":\"sa-west-1\","
        "\"OptInStatus\":\"opted-in\"}]}\n" A "/sa-west-1-" ANSWER,
      FAIL("sa-west-1") },
};

/* What an account lists itself, for an account that has cells of regions only. */
static const char account_rule[] =
    ACCOUNT_RULE "  n: { from: \"AWS::Organizations::Account\" }\n"
                 "outcomes:\n"
                 "  - { result: pass, when: \"n > `0`\", message: \"{n}\" }\n"
                 "  - { result: fail, message: \"none\" }\n";

static const struct scan_row account_rows[] = {
    { "nothing of the account's own", A "/\n" A "/us-east-1/\n" A "/us-east-1/" ANSWER,
      A " - unknown n=0.. -missing\n" },
};

static void account_test(void **state)
{
    scan_row(*state, account_rule);
}

static void row_test(void **state)
{
    scan_row(*state, snapshots_rule);
}

static void a_region_that_an_option_names_is_a_word(void **state)
{
    static struct str regions[] = { { "sa-west-1", 9 } };
    static const struct scan_row row = { "", A "/\n" A "/sa-west-1-" ANSWER,
                                         FAIL("sa-west-1") };
    const struct settings expected = { .expect_regions = { regions, 1 } };
    const struct settings asked = { .regions = { regions, 1 } };
    const struct settings assumed = { .assume_region = regions[0] };

    (void)state;
    scan_row_with(&row, snapshots_rule, &expected, STR_NONE);
    scan_row_with(&row, snapshots_rule, &asked, STR_NONE);
    scan_row_with(&row, snapshots_rule, &assumed, STR_NONE);
}

/* What an answer lists in any order is in that of the names. */
static const char *print_coverage(struct arena *arena,
                                  const struct assessment *assessment)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < assessment->coverage_count; i++) {
        const struct coverage *coverage = &assessment->coverage[i];
        const struct str_list *const lists[] = { &coverage->expected,
                                                 &coverage->delivered,
                                                 &coverage->unused };

        buf_printf(&buf, "%.*s %s\n", STR_ARG(coverage->account),
                   coverage->is_closed ? "closed" : "open");
        for (size_t j = 0; j < sizeof lists / sizeof lists[0]; j++) {
            for (size_t k = 0; k < lists[j]->count; k++)
                buf_printf(&buf, "%s%.*s", k > 0 ? " " : "",
                           STR_ARG(lists[j]->items[k]));
            buf_add_byte(&buf, '\n');
        }
        buf_printf(&buf, "%s\n%s\n", coverage->told_by,
                   coverage->unused_told_by != NULL ? coverage->unused_told_by : "");
    }
    return buf_str(&buf).text;
}

#define REGION(name, status)                                                           \
    "{\"RegionName\":\"" name "\",\"Endpoint\":\"e\",\"OptInStatus\":\"" status "\"}"
#define REGIONS(file, list)                                                            \
    A "/" file "ec2-describe-regions.json={\"Regions\":[" list "]}\n"

static void of_coverage(void **state)
{
    static struct str regions[] = { { "us-west-2", 9 }, { "eu-west-1", 9 } };
    static const struct scan_row row = {
        "",
        A
        "/\n" A "/us-east-1/\n" A "/us-east-1/" ANSWER A "/eu-west-1/\n" A
        "/eu-west-1/" ANSWER A "/ap-east-1/\n" REGIONS(
            "b-",
            REGION("us-east-1", "opted-in") "," REGION(
                "me-south-1",
                "not-opted-in") "," REGION("eu-west-3",
                                           "opt-in-not-required") "," REGION("af-south-"
                                                                             "1",
                                                                             "not-"
                                                                             "opted-"
                                                                             "in"))
            REGIONS("a-", REGION("us-east-1", "opted-in") "," REGION(
                              "ap-east-1", "not-opted-in") "," REGION("af-south-1",
                                                                      "opted-in")),
        ""
    };
    const struct settings told = { 0 };
    const struct settings expected = { .expect_regions = { regions, 2 } };
    struct arena arena = ARENA_EMPTY;

    (void)state;
    assert_string_equal(
        scan_print_by(&arena, &row, snapshots_rule, &told, STR_NONE, print_coverage),
        A " closed\n"
          "af-south-1 eu-west-3 us-east-1\n"
          "eu-west-1 us-east-1\n"
          "ap-east-1 me-south-1\n"
          "./" A "/a-ec2-describe-regions.json\n"
          "./" A "/a-ec2-describe-regions.json\n");
    assert_string_equal(scan_print_by(&arena, &row, snapshots_rule, &expected, STR_NONE,
                                      print_coverage),
                        A " closed\n"
                          "af-south-1 eu-west-1 eu-west-3 us-east-1 us-west-2\n"
                          "eu-west-1 us-east-1\n"
                          "ap-east-1 me-south-1\n"
                          "--expect-regions\n"
                          "./" A "/a-ec2-describe-regions.json\n");
    arena_release(&arena);
}

static void what_is_shared_is_of_no_assumed_account(void **state)
{
    static const struct scan_row shared = {
        "",
        "us-east-1-snaps.json={\"DBSnapshots\":[{\"DBSnapshotIdentifier\":"
        "\"arn:aws:rds:us-east-1:210987654321:snapshot:a\",\"SnapshotType\":\"shared\"}"
        "]}\n",
        "- us-east-1 unknown n=0.. m=0.. -shared-only\nP shared-only\n"
    };
    static const struct scan_row own = { "", "us-east-1-" ANSWER, FAIL("us-east-1") };
    const struct settings assumed = { .assume_account = { A, 12 } };

    (void)state;
    scan_row_with(&shared, snapshots_rule, &assumed, STR_NONE);
    scan_row_with(&own, snapshots_rule, &assumed, STR_NONE);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, a_region_that_an_option_names_is_a_word);
    TESTS_ADD_ROWS(&tests, account_rows, account_test);
    TESTS_ADD(&tests, of_coverage);
    TESTS_ADD(&tests, what_is_shared_is_of_no_assumed_account);
    return tests_run("judge_cells", &tests);
}
