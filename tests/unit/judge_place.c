/*
 * Which account and region a document is of: files in, findings of one small rule out.
 */
#include "scan_rows.h"

#define A     "123456789012"
#define B     "210987654321"
#define SNAPS "rds-describe-db-snapshots"
#define EMPTY "{\"DBSnapshots\":[]}\n"

/* Records of so many accounts, or regions, in a listing that lies nowhere. */
static const struct many_row {
    const char *name;
    size_t accounts, regions;
    const char *expected;
} many_rows[] = {
    { "one place", 1, 1, "000000000001 - pass n=1.. +account-by-arn\n" },
    { "several regions", 1, 3, "000000000001 - pass n=3.. +account-by-arn\n" },
    { "as many regions as are kept", 1, DOCUMENT_PLACES_MAX,
      "000000000001 - pass n=256.. +account-by-arn\n" },
    { "a region more", 1, DOCUMENT_PLACES_MAX + 1,
      "000000000001 - pass n=256.. +account-by-arn\n" },
    { "an account more", DOCUMENT_PLACES_MAX + 1, 1,
      "000000000001 - pass n=1.. +account-by-arn\n"
      "000000000002 - pass n=1.. +account-by-arn\n" },
};

static void of_many(void **state)
{
    static const char rule[] =
        ACCOUNT_RULE "  n: { from: \"AWS::RDS::DBSnapshot\" }\n"
                     "outcomes:\n"
                     "  - { result: pass, when: \"n > `0`\", message: m }\n"
                     "  - { result: fail, message: m }\n";
    const struct many_row *row = *state;
    const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;
    struct buf list = BUF_EMPTY(&arena), first = BUF_EMPTY(&arena);
    const char *found;

    buf_add(&list, STR("{\"DBSnapshots\":["));
    for (size_t i = 0; i < row->accounts; i++)
        for (size_t j = 0; j < row->regions; j++)
            buf_printf(&list,
                       "%s{\"DBSnapshotIdentifier\":\"s\",\"SnapshotType\":\"m\","
                       "\"Engine\":\"e\",\"Status\":\"s\",\"DBSnapshotArn\":"
                       "\"arn:aws:rds:xx-east-%zu:%012zu:snapshot:s\"}",
                       list.len > strlen("{\"DBSnapshots\":[") ? "," : "", j + 1,
                       i + 1);
    buf_add(&list, STR("]}\n"));
    found = scan_print(&arena, &(struct scan_row){ "", SNAPS ".json=\n", "" }, rule,
                       &settings, buf_str(&list));
    /* of many findings the first two */
    for (size_t lines = 0; *found != '\0' && lines < 2; lines += *found++ == '\n')
        buf_add_byte(&first, *found);
    assert_string_equal(buf_str(&first).text, row->expected);
    arena_release(&arena);
}

/* What words of a file's name ask for. */
#define NAMED(words)                                                                   \
    A "/\n" A "/us-east-1/\n" A "/us-east-1/" SNAPS words ".json=" EMPTY

static const struct scan_row option_rows[] = {
    { "by the word of an option", NAMED("--manual"),
      A " us-east-1 fail n=0.. m=0 +not-narrowed\n" },
    { "by an option's name and its word", NAMED("--snapshot-type-manual"),
      A " us-east-1 fail n=0.. m=0 +not-narrowed\n" },
    { "by both apart", NAMED("--snapshot-type--manual"),
      A " us-east-1 fail n=0.. m=0 +not-narrowed\n" },
    { "by a word behind another", NAMED("--x--manual"),
      A " us-east-1 unknown n=0.. m=0.. -asked-with-option\n" },
    { "by a name alone", NAMED("--snapshot-type"),
      A " us-east-1 unknown n=0.. m=0.. -asked-with-option\n" },
    { "by a name and nothing", NAMED("--snapshot-type-"),
      A " us-east-1 unknown n=0.. m=0.. -asked-with-option\n" },
    { "by a name and its word, with another sign between",
      NAMED("--snapshot-type_manual"),
      A " us-east-1 unknown n=0.. m=0.. -asked-with-option\n" },
    { "by a word of nothing", NAMED("--x"),
      A " us-east-1 unknown n=0.. m=0.. -asked-with-option\n" },
    { "by more words", NAMED("--snapshot-type--manual--x"),
      A " us-east-1 unknown n=0.. m=0.. -asked-with-option\n" },
};

static void of_options(void **state)
{
    scan_row(*state, REGION_RULE "  n: { from: \"AWS::RDS::DBSnapshot\" }\n"
                                 "  m: { from: \"AWS::RDS::DBSnapshot\", where: "
                                 "\"SnapshotType == 'manual'\", accepts: filtered }\n"
                                 "outcomes:\n"
                                 "  - { result: pass, when: \"m > `0`\", message: m }\n"
                                 "  - { result: fail, message: m }\n");
}

/* ---- regions that AWS lists, and this program does not know ------------------------
 */

#define REGION(name)                                                                   \
    "{\"RegionName\":\"" name "\",\"Endpoint\":\"e\",\"OptInStatus\":\"opted-in\"}"
#define LISTED(listed, folder)                                                         \
    A "/\n" A "/" folder "/\n" A "/ec2-describe-regions.json={\"Regions\":[" REGION(   \
        listed) "]}\n" A "/" folder "/" SNAPS ".json=" EMPTY

static const struct scan_row region_rows[] = {
    { "one of a new name", LISTED("eu-moon-7", "of-eu-moon-7-x"),
      A " eu-moon-7 fail n=0 m=0 +not-narrowed\n" },
    { "a new name that is not listed", LISTED("us-east-1", "of-eu-moon-7-x"),
      A " - fail n=0 m=0 +not-narrowed\n" A
        " us-east-1 unknown n=0.. m=0.. -missing\n" },
    { "what is listed, and is no name of a region", LISTED("moon", "of-moon-x"),
      A " - fail n=0 m=0 +not-narrowed\n" A " moon unknown n=0.. m=0.. -missing\n" },
};

static void of_regions(void **state)
{
    scan_row(*state, snapshots_rule);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, many_rows, of_many);
    TESTS_ADD_ROWS(&tests, option_rows, of_options);
    TESTS_ADD_ROWS(&tests, region_rows, of_regions);
    return tests_run("judge_place", &tests);
}
