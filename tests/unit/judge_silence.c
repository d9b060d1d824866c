/*
 * Fields that a call never prints, a row a case: files in, findings of one small rule
 * out. What a listing is silent about is not absent; the answers of the call that tells
 * of each record decide it.
 */
#include "scan_rows.h"

#include "judge/silence.h"

#define RULE(type, filter)                                                             \
    REGION_RULE "  n: { from: \"" type "\", where: \"" filter "\" }\n"                 \
                "outcomes:\n"                                                          \
                "  - { result: fail, when: \"n > `0`\", message: \"{n}\" }\n"          \
                "  - { result: pass, message: \"none\" }\n"
#define MAX_RULE(type, field)                                                          \
    REGION_RULE "  n: { from: \"" type "\", max: \"" field "\" }\n"                    \
                "outcomes:\n"                                                          \
                "  - { result: fail, when: \"n > `5`\", message: \"{n}\" }\n"          \
                "  - { result: pass, message: \"none\" }\n"

/* A plan that keeps something for ever. */
static const char plans_rule[] =
    RULE("AWS::Backup::BackupPlan",
         "length(BackupPlan.Rules[?!(Lifecycle.DeleteAfterDays)]) > `0`");
/* A selection that takes all. */
static const char selections_rule[] =
    RULE("AWS::Backup::BackupSelection", "BackupSelection.Resources[?@ == '*']");
/* A recovery point that is kept for ever. */
static const char points_rule[] =
    RULE("AWS::Backup::RecoveryPoint", "!(Lifecycle.DeleteAfterDays)");
static const char longest_rule[] =
    MAX_RULE("AWS::Backup::RecoveryPoint", "Lifecycle.DeleteAfterDays");

#define A   "123456789012"
#define US  "123456789012/us-east-1/"
#define DIR "123456789012/\n123456789012/us-east-1/\n"

#define PLAN_FIELDS(id)                                                                \
    "\"BackupPlanId\":\"" id "\",\"BackupPlanArn\":\"arn:aws:backup:us-east-1:" A      \
    ":backup-plan:" id "\",\"VersionId\":\"v\",\"CreationDate\":1"
#define PLAN(id) "{" PLAN_FIELDS(id) ",\"BackupPlanName\":\"n\"}"
#define PLANS(plans)                                                                   \
    US "backup-list-backup-plans.json={\"BackupPlansList\":[" plans "]}\n"

#define GOT(id, rules) "{" PLAN_FIELDS(id) ",\"BackupPlan\":{\"Rules\":[" rules "]}}"
#define GET(id, rules) US "backup-get-backup-plan--" id ".json=" GOT(id, rules) "\n"
#define DAYS           "{\"Lifecycle\":{\"DeleteAfterDays\":5}}"

#define SELECTION(plan, id)                                                            \
    "{\"SelectionId\":\"" id "\",\"SelectionName\":\"n\",\"BackupPlanId\":\"" plan     \
    "\",\"CreationDate\":1,\"IamRoleArn\":\"r\"}"
#define SELECTIONS_OF(plan, selections)                                                \
    "backup-list-backup-selections--" plan                                             \
    ".json={\"BackupSelectionsList\":[" selections "]}\n"
#define SELECTIONS(plan, selections) US SELECTIONS_OF(plan, selections)
#define GET_SELECTION(plan, id, resources)                                             \
    US "backup-get-backup-selection--" plan "--" id ".json={\"SelectionId\":\"" id     \
       "\",\"BackupPlanId\":\"" plan "\",\"CreationDate\":1,\"BackupSelection\":{"     \
       "\"SelectionName\":\"n\",\"Resources\":" resources "}}\n"

#define POINT(id, rest)                                                                \
    "{\"RecoveryPointArn\":\"arn:aws:rds:us-east-1:" A ":snapshot:awsbackup:" id       \
    "\",\"BackupVaultName\":\"v\",\"Status\":\"COMPLETED\"" rest "}"
#define OF_VAULT                                                                       \
    ",\"BackupVaultArn\":\"arn:aws:backup:us-east-1:" A                                \
    ":backup-vault:v\",\"ResourceArn\":\"r\""
#define VAULTS                                                                         \
    US "backup-list-backup-vaults.json={\"BackupVaultList\":[{\"BackupVaultName\":"    \
       "\"v\",\"BackupVaultArn\":\"arn:aws:backup:us-east-1:" A                        \
       ":backup-vault:v\"}]}\n"
#define BY_VAULT(points)                                                               \
    US "backup-list-recovery-points-by-backup-vault--v.json={\"RecoveryPoints\":"      \
       "[" points "]}\n"
#define BY_RESOURCE(points)                                                            \
    US "backup-list-recovery-points-by-resource--r.json={\"RecoveryPoints\":[" points  \
       "]}\n"

static const struct scan_row plan_rows[] = {
    { "a listing that never prints the plans does not say that they keep nothing",
      DIR PLANS(PLAN("p") "," PLAN("q")),
      A " us-east-1 unknown n=0..2 -silent-field -part-missing -part-missing\n" },
    { "nor does a field's other kind",
      DIR PLANS("{" PLAN_FIELDS("p") ",\"BackupPlan\":3}"),
      "123456789012 us-east-1 unknown n=0..1 -silent-field -no-answer "
      "-part-missing\n" },
    { "nor does a null where it prints none",
      DIR PLANS("{" PLAN_FIELDS("p") ",\"BackupPlan\":null}"),
      A " us-east-1 unknown n=0..1 -silent-field -part-missing\n" },
    { "a listing of no plans says it of all", DIR PLANS(""),
      A " us-east-1 pass n=0 +not-narrowed\n" },
    { "a field that is there all the same is told",
      DIR PLANS("{" PLAN_FIELDS("p") ",\"BackupPlan\":{\"Rules\":[{}]}}"),
      A " us-east-1 fail n=1\n" },
    { "what lacks another field, too, is said to",
      DIR PLANS(PLAN("p") ",{\"BackupPlanId\":\"q\"}"),
      A " us-east-1 unknown n=0..2 -silent-field -part-missing -part-missing\n" },
};

/* The plans themselves, beside their listing or without it. */
static const struct scan_row detail_rows[] = {
    { "every plan of the listing is told, and none keeps for ever",
      DIR PLANS(PLAN("p") "," PLAN("q")) GET("p", DAYS) GET("q", DAYS),
      A " us-east-1 pass n=0 +not-narrowed\n" },
    { "one does", DIR PLANS(PLAN("p") "," PLAN("q")) GET("p", DAYS) GET("q", "{}"),
      A " us-east-1 fail n=1\n" },
    { "one does, and of the other nothing is told",
      DIR PLANS(PLAN("p") "," PLAN("q")) GET("q", "{}"), A " us-east-1 fail n=1..2\n" },
    { "one does not, and of the other nothing is told",
      DIR PLANS(PLAN("p") "," PLAN("q")) GET("p", DAYS),
      A " us-east-1 unknown n=0..1 -silent-field -part-missing\n" },
    { "without a listing there may be more of them", DIR GET("p", DAYS) GET("q", DAYS),
      A " us-east-1 unknown n=0.. -parents-unknown\n" },
    { "but two that do are two", DIR GET("p", "{}") GET("q", "{}"),
      A " us-east-1 fail n=2..\n" },
    { "on a first page there may be, too",
      DIR US "backup-list-backup-plans.json={\"BackupPlansList\":[" PLAN(
          "p") "],\"NextToken\":\"t\"}\n" GET("p", DAYS),
      A " us-east-1 unknown n=0.. -silent-field -token -parents-unknown\n" },
    { "one that the listing does not have contradicts it",
      DIR PLANS(PLAN("p")) GET("p", DAYS) GET("q", DAYS),
      A " us-east-1 unknown n=0..1 -silent-field -parent-unlisted -parents-unknown\n" },
    { "nor do those in one array, of which it has room for one",
      DIR PLANS(PLAN("p")) US
      "backup-get-backup-plan.json=[" GOT("p", "{}") "," GOT("q", "{}") "]\n",
      A " us-east-1 unknown n=0..2 -one-record -bare-array -silent-field "
        "-parents-unknown -disagreement\n"
        "P disagreement\nP disagreement\n" },
    { "an array of as many as it has room for",
      DIR PLANS(PLAN("p")) US "backup-get-backup-plan.json=[" GOT("p", "{}") "]\n",
      A " us-east-1 fail n=1\n" },
    { "a page may be missing beside the array",
      DIR PLANS(PLAN("p")) US "backup-get-backup-plan.json=[" GOT("p", "{}") "," GOT(
          "q", "{}") "]\n" US "backup-list-backup-plans-2.json={\n",
      A " us-east-1 unknown n=0.. -one-record -bare-array -cut-off -silent-field "
        "-may-be-last-page -parents-unknown -disagreement\n"
        "P disagreement\nP cut-off\nP disagreement\n" },
    { "a token says that it is",
      DIR US "backup-list-backup-plans.json={\"BackupPlansList\":[" PLAN(
          "p") "],\"NextToken\":\"t\"}\n" US
               "backup-get-backup-plan.json=[" GOT("p", "{}") "," GOT("q", "{}") "]\n",
      A " us-east-1 fail n=2..\n" },
    { "one with a key twice tells nothing",
      DIR PLANS(PLAN("p")) GET("p", "{}]},\"BackupPlan\":{\"Rules\":[" DAYS),
      A " us-east-1 unknown n=0..1 -duplicate-key -silent-field -part-missing\n" },
    { "nor does one that is cut off",
      DIR PLANS(PLAN("p") "," PLAN("q")) GET("p", DAYS) US
      "backup-get-backup-plan--q.json={\"BackupPlanId\":\"q\",\n",
      A " us-east-1 unknown n=0..1 -cut-off -silent-field -part-missing\nP cut-off\n" },
    { "one without its id",
      DIR PLANS(PLAN("p")) US
      "backup-get-backup-plan--p.json={\"BackupPlanArn\":\"arn:aws:backup:us-east-1:" A
      ":backup-plan:p\",\"VersionId\":\"v\",\"CreationDate\":1,\"BackupPlan\":{"
      "\"Rules\":[{}]}}\n",
      "123456789012 us-east-1 unknown n=0..1 -undecided-records -silent-field "
      "-part-missing\n" },
    { "one of another account",
      DIR PLANS(PLAN("p")) US
      "backup-get-backup-plan--p.json={\"BackupPlanId\":\"p\",\"BackupPlanArn\":\"arn:"
      "aws:backup:us-east-1:210987654321:backup-plan:p\",\"VersionId\":\"v\","
      "\"CreationDate\":1,\"BackupPlan\":{\"Rules\":[{}]}}\n",
      "123456789012 us-east-1 unknown n=0..1 -mislabelled -silent-field -part-missing\n"
      "P mislabelled\n" },
    { "one that was asked for another",
      DIR PLANS(PLAN("p")) US "backup-get-backup-plan--q.json={" PLAN_FIELDS(
          "p") ",\"BackupPlan\":{\"Rules\":[{}]}}\n",
      "123456789012 us-east-1 fail n=1\n" },
    { "a plan that says what its listing says otherwise",
      DIR PLANS("{" PLAN_FIELDS("p") ",\"BackupPlan\":{\"Rules\":[]}}") GET("p", "{}"),
      "123456789012 us-east-1 unknown n=0..1 -disagreement\n"
      "P disagreement\n"
      "P disagreement\n" },
    { "two versions of a plan differ",
      DIR PLANS(PLAN("p")) GET("p", DAYS) US
      "backup-get-backup-plan--p--old.json={" PLAN_FIELDS(
          "p") ",\"BackupPlan\":{\"Rules\":[{}]}}\n",
      A " us-east-1 unknown n=0..1 -silent-field -disagreement\n"
        "P disagreement\nP disagreement\nP disagreement\n" },
    { "a listing of nothing, and a plan", DIR PLANS("") GET("p", DAYS),
      A " us-east-1 pass n=0 +not-narrowed\n" },
};

static const struct scan_row selection_rows[] = {
    { "selections of every plan, each of them told",
      DIR PLANS(PLAN("p") "," PLAN("q")) SELECTIONS("p", SELECTION("p", "s"))
          SELECTIONS("q", SELECTION("q", "t")) GET_SELECTION("p", "s", "[]")
              GET_SELECTION("q", "t", "[\"*\"]"),
      A " us-east-1 fail n=1\n" },
    { "none of which takes all",
      DIR PLANS(PLAN("p") "," PLAN("q")) SELECTIONS("p", SELECTION("p", "s"))
          SELECTIONS("q", SELECTION("q", "t")) GET_SELECTION("p", "s", "[]")
              GET_SELECTION("q", "t", "[\"a\"]"),
      A " us-east-1 pass n=0 +not-narrowed +not-narrowed\n" },
    { "the selections of one plan are missing, so that there may be more of them",
      DIR PLANS(PLAN("p") "," PLAN("q")) SELECTIONS("p", SELECTION("p", "s"))
          GET_SELECTION("p", "s", "[]"),
      A " us-east-1 unknown n=0.. -silent-field -part-missing -parents-unknown\n" },
    { "two listings of the same selections differ",
      DIR PLANS(PLAN("p")) SELECTIONS("p", SELECTION("p", "s")) US
      "b-" SELECTIONS_OF("p", SELECTION("p", "t")) GET_SELECTION("p", "s", "[]")
          GET_SELECTION("p", "t", "[]"),
      "123456789012 us-east-1 unknown n=0..1 -silent-field -silent-field "
      "-parents-unknown\n" },
    { "or agree",
      DIR PLANS(PLAN("p")) SELECTIONS("p", SELECTION("p", "s")) US
      "b-" SELECTIONS_OF("p", SELECTION("p", "s")) GET_SELECTION("p", "s", "[]"),
      "123456789012 us-east-1 pass n=0 +not-narrowed +not-narrowed\n" },
    { "one is of a whole listing that breaks off",
      DIR PLANS(PLAN("p")) SELECTIONS("p", SELECTION("p", "s")) US
      "b-backup-list-backup-selections--p.json={\"BackupSelectionsList\":[" SELECTION(
          "p", "s") "\n" GET_SELECTION("p", "s", "[]"),
      "123456789012 us-east-1 unknown n=0.. -silent-field -cut-off -silent-field "
      "-may-be-last-page -part-missing -parents-unknown\n"
      "P cut-off\n" },
    { "a detail that lacks what its call always prints",
      DIR PLANS(PLAN("p")) SELECTIONS("p", SELECTION("p", "s")) US
      "backup-get-backup-selection--p--s.json={\"SelectionId\":\"s\","
      "\"BackupSelection\":{}}\n",
      "123456789012 us-east-1 unknown n=0..1 -undecided-records -silent-field "
      "-part-missing\n" },
    { "and one of another selection's name",
      DIR PLANS(PLAN("p")) SELECTIONS("p", SELECTION("p", "s"))
          GET_SELECTION("p", "x", "[]"),
      "123456789012 us-east-1 unknown n=0..1 -silent-field -parent-unlisted "
      "-parents-unknown\n" },
    { "nothing tells of one selection",
      DIR PLANS(PLAN("p") "," PLAN("q")) SELECTIONS("p", SELECTION("p", "s"))
          SELECTIONS("q", SELECTION("q", "t")) GET_SELECTION("p", "s", "[]"),
      A " us-east-1 unknown n=0..1 -silent-field -silent-field -part-missing\n" },
    { "selections of a plan that is not listed, before all others",
      DIR PLANS(PLAN("p")) US "a-" SELECTIONS_OF("a", SELECTION("a", "s"))
          SELECTIONS("p", SELECTION("p", "s")) GET_SELECTION("p", "s", "[]"),
      A " us-east-1 unknown n=0.. -silent-field -silent-field -parent-unlisted "
        "-parents-unknown\n" },
    { "without the plans' listing there may be more plans",
      DIR SELECTIONS("p", SELECTION("p", "s")) GET_SELECTION("p", "s", "[]"),
      A " us-east-1 unknown n=0.. -silent-field -parents-unknown "
        "-parents-unknown\n" },
};

static const struct scan_row point_rows[] = {
    { "by vault the lifecycle is printed, where there is one",
      DIR VAULTS BY_VAULT(POINT("a", OF_VAULT)),
      A " us-east-1 fail n=1 +fields-kept\n" },
    { "and that it is there is known, too",
      DIR VAULTS BY_VAULT(
          POINT("a", OF_VAULT ",\"Lifecycle\":{\"DeleteAfterDays\":5}")),
      A " us-east-1 pass n=0 +not-narrowed +not-narrowed\n" },
    { "where there is none the file's name tells the call", DIR VAULTS BY_VAULT(""),
      A " us-east-1 pass n=0 +not-narrowed +not-narrowed\n" },
    { "by resource it never is", DIR BY_RESOURCE(POINT("a", "")),
      A " us-east-1 unknown n=0.. -silent-field -parents-unknown\n" },
    { "a record that lacks what its call's records have may be of another call",
      DIR BY_RESOURCE(POINT("a", "") "," POINT("b", OF_VAULT)),
      A " us-east-1 fail n=1.. +fields-kept\n" },
    { "in whatever order they stand",
      DIR BY_RESOURCE(POINT("a", OF_VAULT) "," POINT("b", "")),
      A " us-east-1 fail n=1.. +fields-kept\n" },
    { "whatever its call, a field that it has is known",
      DIR BY_RESOURCE(POINT("a", ",\"Lifecycle\":{}") "," POINT("b", OF_VAULT)),
      A " us-east-1 fail n=2.. +fields-kept\n" },
};

static const struct scan_row longest_rows[] = {
    { "the largest of what is printed is known",
      DIR VAULTS BY_VAULT(
          POINT("a", OF_VAULT ",\"Lifecycle\":{\"DeleteAfterDays\":5}")),
      A " us-east-1 pass n=5 +not-narrowed +not-narrowed\n" },
    { "of what never is it is not", DIR BY_RESOURCE(POINT("a", "")),
      A " us-east-1 unknown n=.. -silent-field -no-value -parents-unknown\n" },
};

static void of_selections(void **state)
{
    scan_row(*state, selections_rule);
}

static void of_plans(void **state)
{
    scan_row(*state, plans_rule);
}

static void of_points(void **state)
{
    scan_row(*state, points_rule);
}

static void of_the_longest(void **state)
{
    scan_row(*state, longest_rule);
}

/* Where no field is silent there is nothing to say. */
static void of_none(void **state)
{
    const struct type type = { 0 };
    const struct document untold = { .silent = &(struct str_list){ 0 } };
    const struct document told = { .type = &type };
    struct arena arena = ARENA_EMPTY;
    struct reason reason;

    (void)state;
    assert_false(silence_of(&arena, &untold, NULL, NULL, &reason));
    assert_false(silence_of(&arena, &told, NULL, NULL, &reason));
    arena_release(&arena);
}

/* ---- what a document says of it ----------------------------------------------------
 */

static const char catalog[] =
    "format: 1\n"
    "types:\n"
    "  - type: AWS::Test::Thing\n"
    "    title: things\n"
    "    level: region\n"
    "    id: I\n"
    "    fields: [W, X, Y, Z]\n"
    "    calls:\n"
    "      - { call: test list-things, list: Things, silent: [X, Y, Z], gives: whole "
    "}\n"
    "      - { call: test list-more-things, list: MoreThings, gives: whole }\n";

#define FACT(name, where)                                                              \
    "  " name ": { from: AWS::Test::Thing, where: \"" where "\" }\n"
#define JOINED(name, where)                                                            \
    "  " name                                                                          \
    ": { from: AWS::Test::Thing, join: { record: W, resource: I }, where: \"" where    \
    "\" }\n"

#define DOCUMENT(fields) "'aws test list-things' does not print " fields "\n"
#define FINDING(fields)  "- ./" US "test-list-things.json: " DOCUMENT(fields)

/* The facts of a rule, and what the document and a finding say. */
static const struct said_row {
    const char *name;
    const char *each;
    const char *facts;
    const char *expected;
} said_rows[] = {
    { "no fact reads it", "region", FACT("a", "W == '1'"), "" },
    { "one does", "region", FACT("a", "X == '1'"), DOCUMENT("X") FINDING("X") },
    { "one of a rule about each", "AWS::Test::Thing", FACT("a", "X == '1'"),
      DOCUMENT("X") FINDING("X") },
    { "the second does", "region", FACT("a", "W == '1'") FACT("b", "Y == '1'"),
      DOCUMENT("Y") },
    { "the third does, and the first another", "region",
      FACT("a", "Z == '1'") FACT("b", "W == '1'") FACT("c", "X == '1'"),
      DOCUMENT("X and Z") FINDING("Z") },
    { "all are read", "region", FACT("a", "Z == '1'") FACT("b", "Y == '1' || X == '1'"),
      DOCUMENT("X, Y and Z") FINDING("Z") },
    { "another is read of the records of a resource", "AWS::Test::Thing",
      FACT("a", "X == '1'") JOINED("b", "W == '1'") JOINED("c", "Y == '1'"),
      DOCUMENT("X and Y") FINDING("X") },
    { "and one more, by the first of these", "AWS::Test::Thing",
      FACT("a", "X == '1'") JOINED("b", "Z == '1'") JOINED("c", "W == '1'"),
      DOCUMENT("X and Z") FINDING("X") },
};

static const char *print_said(struct arena *arena, const struct assessment *assessment)
{
    const struct document_summary *document = assessment->sources[0].documents[0];
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < document->reason_count; i++)
        buf_printf(&buf, "%s\n", reason_text(arena, &document->reasons[i]));
    for (size_t i = 0; i < assessment->findings[0].reason_count; i++)
        buf_printf(&buf, "- %s\n",
                   reason_text(arena, &assessment->findings[0].reasons[i]));
    return buf_str(&buf).text;
}

static void of_said(void **state)
{
    const struct said_row *row = *state;
    const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;
    const char *rule = arena_printf(
        &arena,
        "format: 1\nid: r\ntitle: t\nseverity: low\nfor_each: %s\nfacts:\n%s"
        "outcomes:\n  - { result: pass, when: \"a > `0`\", message: p }\n"
        "  - { result: fail, message: f }\n",
        row->each, row->facts);

    scan_catalog = catalog;
    assert_string_equal(
        scan_print_by(
            &arena,
            &(struct scan_row){
                "", DIR US "test-list-things.json={\"Things\":[{\"I\":\"i\"}]}\n", "" },
            rule, &settings, STR_NONE, print_said),
        row->expected);
    scan_catalog = NULL;
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, plan_rows, of_plans);
    TESTS_ADD_ROWS(&tests, detail_rows, of_plans);
    TESTS_ADD_ROWS(&tests, selection_rows, of_selections);
    TESTS_ADD_ROWS(&tests, point_rows, of_points);
    TESTS_ADD_ROWS(&tests, longest_rows, of_the_longest);
    TESTS_ADD_ROWS(&tests, said_rows, of_said);
    TESTS_ADD(&tests, of_none);
    return tests_run("judge_silence", &tests);
}
