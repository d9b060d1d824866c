/*
 * What the rules need and the evidence does not tell, a row a case: files in, what is
 * missing out.
 */
#include "rows.h"
#include "tree.h"

#include "explain/missing.h"
#include "scan.h"

#define RULE(id, facts)                                                                \
    "format: 1\nid: " id "\ntitle: t\nseverity: low\nfor_each: region\nfacts:\n" facts \
    "outcomes:\n"                                                                      \
    "  - { result: pass, when: \"n > `0`\", message: \"{n}\" }\n"                      \
    "  - { result: fail, message: \"none\" }\n"
#define ACCOUNT_RULE(facts)                                                            \
    "format: 1\nid: r\ntitle: t\nseverity: low\nfor_each: account\nfacts:\n" facts     \
    "outcomes:\n"                                                                      \
    "  - { result: pass, when: \"n > `0`\", message: \"{n}\" }\n"                      \
    "  - { result: fail, message: \"none\" }\n"
#define SNAPSHOTS                                                                      \
    "  n: { query: \"DBSnapshots[?SnapshotType==`awsbackup`]\", accepts: filtered }\n"
#define ALL_SNAPSHOTS "  all: { from: \"AWS::RDS::DBSnapshot\" }\n"
#define PLANS         "  n: { from: \"AWS::Backup::BackupPlan\" }\n"
#define SELECTIONS    "  n: { from: \"AWS::Backup::BackupSelection\" }\n"
#define PLAN_RULES                                                                     \
    "  n: { from: \"AWS::Backup::BackupPlan\", where: \"BackupPlan.Rules\" }\n"
#define SELECTION_RESOURCES                                                            \
    "  n: { from: \"AWS::Backup::BackupSelection\", where: "                           \
    "\"BackupSelection.Resources\" }\n"
#define PROTECTED      "  n: { from: \"AWS::Test::Account\" }\n"
#define PIECES         "  n: { from: \"AWS::Test::Piece\" }\n"
#define LISTED_NOWHERE "  n: { from: \"AWS::Test::Thing\" }\n"

static const char catalog_text[] =
    "format: 1\n"
    "types:\n"
    "  - type: AWS::Test::Account\n"
    "    title: things of an account\n"
    "    level: account\n"
    "    calls:\n"
    "      - { call: test list-account-things, permission: \"test:List\", list: "
    "AccountThings, gives: whole }\n"
    "  - type: AWS::Test::Thing\n"
    "    title: things\n"
    "    level: region\n"
    "    calls:\n"
    "      - { call: test get-thing, list: Things, gives: one }\n"
    "  - type: AWS::Test::Piece\n"
    "    title: pieces\n"
    "    level: region\n"
    "    calls:\n"
    "      - { call: test list-pieces, list: Pieces, gives: part, parent: { type: "
    "\"AWS::Test::Thing\", key: ThingId, option: --thing } }\n";

#define A  "123456789012"
#define US A "/us-east-1/"
#define IN A "/\n" US "\n"
#define RECORD(id, type)                                                               \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"" type                    \
    "\",\"Engine\":\"e\",\"Status\":\"s\"}"
#define PLAN(id)                                                                       \
    "{\"BackupPlanId\":\"" id "\",\"BackupPlanArn\":\"arn:aws:backup:us-east-1:" A     \
    ":backup-plan:" id "\",\"BackupPlanName\":\"n\",\"VersionId\":\"v\","              \
    "\"CreationDate\":1}"

static const struct wanted_row {
    const char *name;
    const char *rules[3];
    const char *files;
    const char *expected; /* "account region title", "$ command", "- code" */
} rows[] = {
    { "what is complete is not missing",
      { RULE("r", SNAPSHOTS ALL_SNAPSHOTS) },
      IN US "rds-describe-db-snapshots.json={\"DBSnapshots\":[]}\n",
      "" },
    { "what is not there is, whatever the verdict",
      { RULE("r", SNAPSHOTS "  p: { from: \"AWS::Backup::BackupPlan\" }\n") },
      IN US "rds-describe-db-snapshots.json={\"DBSnapshots\":[]}\n",
      A " us-east-1 backup plans\n"
        "$ backup list-backup-plans --region us-east-1\n- missing\n" },
    { "what only bounds are known of, though the verdict stands",
      { RULE("r", SNAPSHOTS) },
      IN US "rds-describe-db-snapshots.json={\"DBSnapshots\":[" RECORD(
          "a", "awsbackup") "],\"Marker\":\"m\"}\n",
      A " us-east-1 DB snapshots\n"
        "$ rds describe-db-snapshots --region us-east-1\n- token\n" },
    { "what one rule accepts and another does not, once",
      { RULE("r", SNAPSHOTS), RULE("s", "  n: { from: \"AWS::RDS::DBSnapshot\" }\n") },
      IN US "rds-describe-db-snapshots.json=[]\n",
      A " us-east-1 DB snapshots\n"
        "$ rds describe-db-snapshots --region us-east-1\n- bare-array\n" },
    { "what a rule accepts is not missing",
      { RULE("r", SNAPSHOTS) },
      IN US "rds-describe-db-snapshots.json=[]\n",
      "" },
    { "an undecided record is not known exactly",
      { RULE("r", SNAPSHOTS) },
      IN US "rds-describe-db-snapshots.json={\"DBSnapshots\":[{\"Engine\":\"e\"}]}\n",
      A " us-east-1 DB snapshots\n"
        "$ rds describe-db-snapshots --region us-east-1\n- undecided-records\n" },
    { "two rules that need the same",
      { RULE("r", PLANS), RULE("s", PLANS) },
      IN,
      A " us-east-1 backup plans\n"
        "$ backup list-backup-plans --region us-east-1\n- missing\n" },
    { "the parents' listing is missing of its own type",
      { RULE("r", SELECTIONS), RULE("s", PLANS) },
      IN,
      A " us-east-1 backup selections\n"
        "$ backup list-backup-selections --backup-plan-id ID --region us-east-1\n"
        "- missing\n- parents-unknown\n" A " us-east-1 backup plans\n"
        "$ backup list-backup-plans --region us-east-1\n"
        "- missing\n- parents-unknown\n- missing\n" },
    { "a command for each part",
      { RULE("r", SELECTIONS) },
      IN US "backup-list-backup-plans.json={\"BackupPlansList\":[" PLAN("p") "," PLAN(
          "q") "," PLAN("s") "]}\n" US "backup-list-backup-selections--q.json={"
                             "\"BackupSelectionsList\":[]}\n",
      A " us-east-1 backup selections\n"
        "$ backup list-backup-selections --backup-plan-id p --region us-east-1\n"
        "$ backup list-backup-selections --backup-plan-id s --region us-east-1\n"
        "- part-missing\n- part-missing\n" },
    { "a command that a shell takes as it is meant, whatever the parts are called",
      { RULE("r", SELECTIONS) },
      IN US "backup-list-backup-plans.json={\"BackupPlansList\":[" PLAN("p q") "," PLAN(
          "r's;t") "]}\n",
      A " us-east-1 backup selections\n"
        "$ backup list-backup-selections --backup-plan-id 'p q' --region us-east-1\n"
        "$ backup list-backup-selections --backup-plan-id 'r'\\''s;t' --region "
        "us-east-1\n- missing\n- part-missing\n- part-missing\n" },
    { "a command for each plan that is listed, and not told",
      { RULE("r", PLAN_RULES) },
      IN US "backup-list-backup-plans.json={\"BackupPlansList\":[" PLAN("p") "," PLAN(
          "q") "," PLAN("s") "]}\n" US "backup-get-backup-plan--q.json={"
                             "\"BackupPlanId\":\"q\",\"BackupPlanArn\":\"a\","
                             "\"BackupPlan\":{}}\n",
      A " us-east-1 backup plans\n"
        "$ backup get-backup-plan --backup-plan-id p --region us-east-1\n"
        "$ backup get-backup-plan --backup-plan-id q --region us-east-1\n"
        "$ backup get-backup-plan --backup-plan-id s --region us-east-1\n"
        "- undecided-records\n- silent-field\n- part-missing\n- part-missing\n"
        "- part-missing\n" },
    { "and the listing, if it is not there",
      { RULE("r", PLAN_RULES) },
      IN US "backup-get-backup-plan--p.json={\"BackupPlanId\":\"p\","
            "\"BackupPlanArn\":\"arn:aws:backup:us-east-1:" A
            ":backup-plan:p\",\"BackupPlan\":{}}\n",
      A " us-east-1 backup plans\n"
        "$ backup list-backup-plans --region us-east-1\n"
        "$ backup get-backup-plan --backup-plan-id ID --region us-east-1\n"
        "- parents-unknown\n" },
    { "a command for each selection, with the plan that it is of",
      { RULE("r", SELECTION_RESOURCES) },
      IN US "backup-list-backup-plans.json={\"BackupPlansList\":[" PLAN(
          "orgs/p") "]}\n" US "backup-list-backup-selections--orgs_p.json={"
                    "\"BackupSelectionsList\":[{\"SelectionId\":\"s\","
                    "\"BackupPlanId\":\"orgs/p\"},{\"SelectionId\":\"t\","
                    "\"BackupPlanId\":\"orgs/p\"}]}\n",
      A " us-east-1 backup selections\n"
        "$ backup get-backup-selection --backup-plan-id orgs/p --selection-id s "
        "--region us-east-1\n"
        "$ backup get-backup-selection --backup-plan-id orgs/p --selection-id t "
        "--region us-east-1\n"
        "- silent-field\n- part-missing\n- part-missing\n" },
    { "what no one call prints is asked of none",
      { RULE("r", "  n: { from: \"AWS::Backup::BackupPlan\", where: "
                  "\"BackupPlan && BackupPlanName\" }\n") },
      IN US "backup-list-backup-plans.json={\"BackupPlansList\":[" PLAN("p") "]}\n",
      A " us-east-1 backup plans\n- silent-field\n" },
    { "by account and region, then by type",
      { RULE("r", PLANS ALL_SNAPSHOTS) },
      "1-" A "/\n1-" A "/us-east-1/\n1-" A "/eu-west-1/\n"
      "111111111111/\n"
      "111111111111/us-west-2/\n",
      "111111111111 us-west-2 DB snapshots\n"
      "$ rds describe-db-snapshots --region us-west-2\n- missing\n"
      "111111111111 us-west-2 backup plans\n"
      "$ backup list-backup-plans --region us-west-2\n- missing\n" A
      " eu-west-1 DB snapshots\n"
      "$ rds describe-db-snapshots --region eu-west-1\n- missing\n" A
      " eu-west-1 backup plans\n"
      "$ backup list-backup-plans --region eu-west-1\n- missing\n" A
      " us-east-1 DB snapshots\n"
      "$ rds describe-db-snapshots --region us-east-1\n- missing\n" A
      " us-east-1 backup plans\n"
      "$ backup list-backup-plans --region us-east-1\n- missing\n" },
    { "an account-level listing once for the account",
      { RULE("r", PROTECTED) },
      IN A "/eu-west-1/\n",
      A " - things of an account\n$ test list-account-things\n- missing\n" },
    { "a rule over accounts: its regions, and which there are",
      { ACCOUNT_RULE(PLANS) },
      IN A "/eu-west-1/\n" US
           "backup-list-backup-plans.json={\"BackupPlansList\":[]}\n",
      A " - regions\n$ ec2 describe-regions --all-regions\n- regions-unknown\n" A
        " eu-west-1 backup plans\n"
        "$ backup list-backup-plans --region eu-west-1\n- missing\n" },
    { "and one over regions that needs the same",
      { ACCOUNT_RULE(PLANS), RULE("s", PLANS) },
      IN US "ec2-describe-regions.json={\"Regions\":[{\"RegionName\":\"us-east-1\","
            "\"Endpoint\":\"e\",\"OptInStatus\":\"opt-in-not-required\"}]}\n",
      A " us-east-1 backup plans\n"
        "$ backup list-backup-plans --region us-east-1\n- missing\n" },
    { "what is counted by a time that nobody gave is not missing",
      { RULE("r", "  n: { from: \"AWS::RDS::DBSnapshot\", where: \"SnapshotType == "
                  "'manual' && $now > `0`\" }\n") },
      IN US
      "rds-describe-db-snapshots.json={\"DBSnapshots\":[" RECORD("a", "manual") "]}\n",
      "" },
    { "a place that nothing tells, by its source",
      { RULE("r", PLANS) },
      "rds-describe-db-snapshots.json={\"DBSnapshots\":[]}\n",
      "- - backup plans of t/rds-describe-db-snapshots.json\n"
      "$ backup list-backup-plans --region REGION\n- missing\n" },
    { "of the account, by its source",
      { RULE("r", PROTECTED) },
      "rds-describe-db-snapshots.json={\"DBSnapshots\":[]}\n",
      "- - things of an account of t/rds-describe-db-snapshots.json\n"
      "$ test list-account-things\n"
      "- missing\n" },
    { "parts of parents that no call lists",
      { RULE("r", PIECES) },
      IN,
      "123456789012 us-east-1 pieces\n"
      "$ test list-pieces --thing ID --region us-east-1\n"
      "- missing\n"
      "- parents-unknown\n" },
    { "and of one that is told",
      { RULE("r", PIECES) },
      IN US "test-list-pieces--t.json={\"Pieces\":[]}\n",
      "123456789012 us-east-1 pieces\n"
      "$ test list-pieces --thing ID --region us-east-1\n"
      "- parents-unknown\n" },
    { "what no call lists has no command",
      { RULE("r", LISTED_NOWHERE) },
      IN,
      A " us-east-1 things\n- missing\n" },
};

static const char *or_dash(struct arena *arena, struct str text)
{
    return text.text != NULL ? str_copy(arena, text).text : "-";
}

/* Commands without "aws" and their --output. */
static const char *print(struct arena *arena, const struct assessment *assessment)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < assessment->missing_count; i++) {
        const struct missing *missing = &assessment->missing[i];

        buf_printf(&buf, "%s %s %s%s%s\n", or_dash(arena, missing->account),
                   or_dash(arena, missing->region),
                   or_dash(arena, missing->type->title),
                   missing->source != NULL ? " of " : "",
                   missing->source != NULL ? missing->source : "");
        for (size_t j = 0; j < missing->settle_count; j++) {
            struct str command = str_from(missing->settles[j].command);

            assert_ptr_equal(missing->settles[j].type, missing->type);
            command = str_slice(command, sizeof "aws " - 1,
                                command.len - (sizeof " --output json" - 1));
            buf_printf(&buf, "$ %.*s\n", STR_ARG(command));
        }
        for (size_t j = 0; j < missing->reason_count; j++)
            buf_printf(&buf, "- %s\n", code_name(reason_code(&missing->reasons[j])));
    }
    return buf_str(&buf).text;
}

/* The test is in the folder that holds t/ and the rules. */
static void scan_tree(struct arena *arena, size_t jobs, struct assessment *assessment)
{
    static const char *const paths[] = { "t" };
    struct str rules = STR("rules");
    const struct rulebook_wanted wanted = { .paths = { &rules, 1 },
                                            .no_builtin = true };
    struct settings *settings = arena_new(arena, struct settings);
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    const struct rulebook *book;
    struct error err = { 0 };

    book = rulebook_load(arena, &wanted, &mistakes);
    assert_int_equal(mistakes.error_count, 0);
    assert_non_null(book);
    settings->lists_missing = true;
    assert_true(scan(arena,
                     &(struct scan_wanted){ .book = book,
                                            .settings = settings,
                                            .paths = paths,
                                            .path_count = 1,
                                            .jobs = jobs },
                     assessment, &err));
}

static void make_tree(struct tree *tree, const char *const *rules, const char *files)
{
    static const char *const paths[] = { "rules/r.yaml", "rules/s.yaml" };

    tree_make(tree, "t/\nrules/\n");
    tree_write("rules/catalog.yaml", catalog_text, strlen(catalog_text));
    for (size_t i = 0; rules[i] != NULL; i++)
        tree_write(paths[i], rules[i], strlen(rules[i]));
    assert_int_equal(chdir("t"), 0);
    tree_add_lines(files);
    assert_int_equal(chdir(".."), 0);
}

static void missing_test(void **state)
{
    const struct wanted_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment;
    struct tree tree;

    make_tree(&tree, row->rules, row->files);
    scan_tree(&arena, 1, &assessment);
    tree_remove(&tree);
    assert_string_equal(print(&arena, &assessment), row->expected);
    arena_release(&arena);
}

static void limits_are_told(void **state)
{
    static const char *const rules[] = { RULE("r", SELECTIONS), NULL };
    struct arena arena = ARENA_EMPTY;
    struct buf plans = BUF_EMPTY(&arena);
    struct assessment assessment;
    const struct missing *missing;
    struct tree tree;

    (void)state;
    buf_add(&plans, STR("{\"BackupPlansList\":["));
    for (int i = 0; i <= MISSING_SETTLES_MAX; i++)
        buf_printf(&plans, "%s" PLAN("p%d"), i > 0 ? "," : "", i, i);
    buf_add(&plans, STR("]}"));
    make_tree(&tree, rules, IN);
    tree_write("t/" US "backup-list-backup-plans.json", plans.text, plans.len);
    scan_tree(&arena, 1, &assessment);
    tree_remove(&tree);
    assert_int_equal(assessment.missing_count, 1);
    missing = assessment.missing;
    assert_int_equal(missing->settle_count, MISSING_SETTLES_MAX);
    assert_int_equal(missing->reason_count, REASONS_MAX + 1);
    assert_int_equal(missing->reasons[REASONS_MAX - 1].sentence, SAY_MORE);
    assert_int_equal(missing->reasons[REASONS_MAX].sentence, SAY_MORE_COMMANDS);
    arena_release(&arena);
}

/* What each of several threads noted is in the list. */
static void of_threads(void **state)
{
    enum { ACCOUNTS = 512 };
    static const char *const rules[] = { RULE("r", SNAPSHOTS), NULL };
    struct arena arena = ARENA_EMPTY;
    struct buf folders = BUF_EMPTY(&arena);
    struct assessment assessment;
    struct tree tree;

    (void)state;
    for (int i = 0; i < ACCOUNTS; i++)
        buf_printf(&folders, "123456789%03d/\n123456789%03d/us-east-1/\n", i, i);
    make_tree(&tree, rules, buf_str(&folders).text);
    scan_tree(&arena, 2, &assessment);
    tree_remove(&tree);
    assert_int_equal(assessment.missing_count, ACCOUNTS);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, missing_test);
    TESTS_ADD(&tests, limits_are_told);
    TESTS_ADD(&tests, of_threads);
    return tests_run("explain_missing", &tests);
}
