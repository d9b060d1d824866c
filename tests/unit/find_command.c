#include "catalog_sample.h"
#include "rows.h"

#include "find/command.h"

static const char catalog_text[] =
    "format: 1\n"
    "types:\n"
    "  - type: AWS::RDS::DBSnapshot\n"
    "    title: DB snapshots\n"
    "    level: region\n"
    "    id: DBSnapshotIdentifier\n"
    "    always: { DBSnapshotIdentifier: string, SnapshotType: string }\n"
    "    calls:\n"
    "      - call: rds describe-db-snapshots\n"
    "        names: [docdb describe-db-snapshots]\n"
    "        permission: rds:DescribeDBSnapshots\n"
    "        list: DBSnapshots\n"
    "        gives: whole\n"
    "        options:\n"
    "          --snapshot-type:\n"
    "            manual: \"SnapshotType == 'manual'\"\n"
    "            awsbackup: \"SnapshotType == 'awsbackup'\"\n"
    "  - type: AWS::EC2::Region\n"
    "    title: regions\n"
    "    level: account\n"
    "    id: RegionName\n"
    "    always: { RegionName: string }\n"
    "    calls:\n"
    "      - call: ec2 describe-regions\n"
    "        permission: ec2:DescribeRegions\n"
    "        arguments: --all-regions --policy-type X\n"
    "        list: Regions\n"
    "        gives: whole\n"
    "  - type: AWS::Backup::BackupPlan\n"
    "    title: plans\n"
    "    level: region\n"
    "    id: BackupPlanId\n"
    "    always: { BackupPlanId: string }\n"
    "    calls:\n"
    "      - call: backup list-backup-plans\n"
    "        permission: backup:ListBackupPlans\n"
    "        list: BackupPlansList\n"
    "        gives: whole\n"
    "  - type: AWS::Backup::BackupSelection\n"
    "    title: selections\n"
    "    level: region\n"
    "    id: SelectionId\n"
    "    always: { SelectionId: string, BackupPlanId: string }\n"
    "    calls:\n"
    "      - call: backup list-backup-selections\n"
    "        permission: backup:ListBackupSelections\n"
    "        list: BackupSelectionsList\n"
    "        gives: part\n"
    "        parent: { type: AWS::Backup::BackupPlan, key: BackupPlanId, option: "
    "--backup-plan-id }\n";

#define SNAPSHOTS "rds describe-db-snapshots"

static const struct row {
    const char *name; /* the command */
    const char *said;
} rows[] = {
    { "aws rds describe-db-snapshots", SNAPSHOTS },
    { "/usr/local/bin/aws rds describe-db-snapshots", SNAPSHOTS },
    { "aws  rds   describe-db-snapshots ", SNAPSHOTS },
    { "aws docdb describe-db-snapshots", SNAPSHOTS },
    { "aws backup list-backup-plans", "backup list-backup-plans" },
    { "aws rds describe-events", "no call" }, /* this catalog knows no others */
    { "aws rds describe-db-snapshots --region us-east-1 --output json",
      SNAPSHOTS " in us-east-1" },
    { "aws --region=us-east-1 --profile a rds describe-db-snapshots --no-cli-pager",
      SNAPSHOTS " in us-east-1" },
    { "aws rds describe-db-snapshots --max-items 5 --page-size 3 --no-paginate",
      SNAPSHOTS },

    /* what limits */
    { "aws rds describe-db-snapshots --snapshot-type manual",
      SNAPSHOTS ", limited by --snapshot-type manual to manual" },
    { "aws rds describe-db-snapshots --snapshot-type=awsbackup --region us-east-1",
      SNAPSHOTS " in us-east-1, limited by --snapshot-type=awsbackup to awsbackup" },
    { "aws rds describe-db-snapshots --snapshot-type shared",
      SNAPSHOTS ", limited by --snapshot-type shared" },
    { "aws rds describe-db-snapshots --snapshot-type manual automated",
      SNAPSHOTS ", limited by --snapshot-type manual" },
    { "aws rds describe-db-snapshots --snapshot-type",
      SNAPSHOTS ", limited by --snapshot-type" },
    { "aws rds describe-db-snapshots --snapshot-type manual --filters a",
      SNAPSHOTS ", limited by --snapshot-type manual" },
    { "aws rds describe-db-snapshots --filters a --snapshot-type manual",
      SNAPSHOTS ", limited by --filters a" },
    { "aws rds describe-db-snapshots --snapshot-type manual --snapshot-type manual",
      SNAPSHOTS ", limited by --snapshot-type manual to manual" },
    { "aws rds describe-db-snapshots --db-instance-identifier a",
      SNAPSHOTS ", limited by --db-instance-identifier a" },
    { "aws rds describe-db-snapshots --query DBSnapshots[?a == 'b']",
      SNAPSHOTS ", limited by --query DBSnapshots[?a" },
    { "aws rds describe-db-snapshots --starting-token x", SNAPSHOTS },
    { "aws rds describe-db-snapshots --region us-east-1 us-west-1",
      SNAPSHOTS " in us-east-1, limited by us-west-1" },
    { "aws rds describe-db-snapshots >x", SNAPSHOTS ", limited by >x" },
    { "aws rds describe-db-snapshots --no-such-option",
      SNAPSHOTS ", limited by --no-such-option" },
    { "aws rds describe-db-snapshots --", SNAPSHOTS ", limited by --" },

    /* what the catalog says that a call is asked with */
    { "aws ec2 describe-regions --all-regions", "ec2 describe-regions" },
    { "aws ec2 describe-regions --all-regions x",
      "ec2 describe-regions, limited by --all-regions x" },
    { "aws ec2 describe-regions --policy-type X", "ec2 describe-regions" },
    { "aws ec2 describe-regions --policy-type Y",
      "ec2 describe-regions, limited by --policy-type Y" },
    { "aws rds describe-db-snapshots --all-regions",
      SNAPSHOTS ", limited by --all-regions" },
    { "aws backup list-backup-selections --backup-plan-id p",
      "backup list-backup-selections of p" },
    { "aws backup list-backup-selections --backup-plan-id p q",
      "backup list-backup-selections, limited by --backup-plan-id p" },

    /* what is none, or is not understood */
    { "", "no call, limited by no command" },
    { "cat snapshots.json", "no call, limited by cat" },
    { "aws", "no call, limited by no call" },
    { "aws rds", "no call, limited by no call" },
    { "aws --endpoint-url x rds describe-db-snapshots",
      "no call, limited by --endpoint-url" },
    { "aws rds --query x describe-db-snapshots", "no call, limited by --query" },
    { "awsx rds describe-db-snapshots", "no call, limited by awsx" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&arena);
    struct call_command command;

    command_parse(&arena, catalog_parsed(&arena, catalog_text), str_from(row->name),
                  &command);
    assert_true(command.tells_call || command.call == NULL);
    assert_true(command.limits || command.option == NULL);
    buf_add(&buf, !command.tells_call    ? STR("no call")
                  : command.call == NULL ? STR("another call")
                                         : command.call->name);
    if (command.parent.text != NULL)
        buf_printf(&buf, " of %.*s", STR_ARG(command.parent));
    if (command.region.text != NULL)
        buf_printf(&buf, " in %.*s", STR_ARG(command.region));
    if (command.limits)
        buf_printf(&buf, ", limited by %.*s", STR_ARG(command.limited_by));
    if (command.option != NULL)
        buf_printf(&buf, " to %.*s", STR_ARG(command.option->word));
    assert_string_equal(buf_str(&buf).text, row->said);
    arena_release(&arena);
}

static void the_token_of_a_page(void **state)
{
    static const struct {
        const char *command, *token, *words;
        bool limits;
    } cases[] = {
        { "aws rds describe-db-snapshots --starting-token a", "a", "--starting-token a",
          false },
        { "aws rds describe-db-snapshots --marker=a=b --region c", "a=b",
          "--marker=a=b", false },
        { "aws backup list-backup-plans --next-token a", "a", "--next-token a", false },
        { "aws x y --next-token a", "a", "--next-token a", false },
        { "aws rds describe-db-snapshots --next-token a b", NULL, NULL, true },
        { "aws rds describe-db-snapshots --marker a --marker b", "a", "--marker a",
          true },
        { "aws rds describe-db-snapshots --snapshot-type manual --marker a", "a",
          "--marker a", true },
        { "aws rds describe-db-snapshots --no-paginate", NULL, NULL, false },
        { "aws rds describe-db-snapshots --starting-token", NULL, NULL, true },
        { "aws --starting-token a rds describe-db-snapshots", NULL, NULL, true },
        { "", NULL, NULL, true },
    };
    struct arena arena = ARENA_EMPTY;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct call_command command;

        command_parse(&arena, catalog_parsed(&arena, catalog_text),
                      str_from(cases[i].command), &command);
        assert_int_equal(str_compare(command.token, str_from(cases[i].token)), 0);
        assert_int_equal(str_compare(command.token_words, str_from(cases[i].words)), 0);
        assert_int_equal(command.limits, cases[i].limits);
        assert_null(command.option != NULL && command.token.text != NULL
                        ? command.option
                        : NULL);
    }
    arena_release(&arena);
}

static void pages_of_one_listing_are_asked_for_alike(void **state)
{
    static const struct {
        const char *command, *listing;
    } cases[] = {
        { "aws rds  x --region a", "aws rds x --region a " },
        { "aws rds x --max-items 5 --region a --starting-token t",
          "aws rds x --region a " },
        { "aws --page-size=3 rds x --no-paginate --marker=t=u --max-records=20",
          "aws rds x " },
        { "aws rds x --no-paginate y --max-results 7 --next-token --filters a b",
          "aws rds x y --filters a b " },
        { "", "" },
    };
    struct arena arena = ARENA_EMPTY;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(command_listing(&arena, str_from(cases[i].command)).text,
                            cases[i].listing);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, the_token_of_a_page);
    TESTS_ADD(&tests, pages_of_one_listing_are_asked_for_alike);
    return tests_run("find_command", &tests);
}
