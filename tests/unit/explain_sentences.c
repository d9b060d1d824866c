/*
 * What a finding says beside its verdict, a row a case: files in; what it takes for
 * granted, why it is unknown, what would settle it and where to look it up, out.
 */
#include "scan_rows.h"

#define A  "123456789012"
#define US A "/us-east-1/"
#define EU A "/eu-west-1/"

/* Most files lie in one. */
static const char *without_folder(struct arena *arena, const char *text)
{
    struct buf buf = BUF_EMPTY(arena);

    for (const char *at; (at = strstr(text, "./" US)) != NULL;
         text = at + strlen("./" US))
        buf_add(&buf, (struct str){ text, (size_t)(at - text) });
    buf_add(&buf, str_from(text));
    return buf_str(&buf).text;
}

static const char *print_said(struct arena *arena, const struct assessment *assessment)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];

        buf_printf(&buf, "%s\n", result_name(finding->result));
        for (size_t j = 0; j < finding->assumption_count; j++)
            buf_printf(&buf, "+ %s\n", reason_text(arena, &finding->assumptions[j]));
        for (size_t j = 0; j < finding->reason_count; j++)
            buf_printf(&buf, "- %s\n", reason_text(arena, &finding->reasons[j]));
        for (size_t j = 0; j < finding->settle_count; j++)
            buf_printf(&buf, "$ %s\n", finding->settles[j].command);
        for (size_t j = 0; j < finding->citation_count; j++) {
            const struct citation *citation = &finding->citations[j];

            buf_printf(&buf, "%.*s%s: %s %s %.*s\n", STR_ARG(citation->fact),
                       citation->decisive ? "*" : "", citation->path,
                       citation_pointer(arena, citation), STR_ARG(citation->id));
        }
    }
    return without_folder(arena, buf_str(&buf).text);
}

#define DIR   A "/\n" US "\n"
#define SNAPS "rds-describe-db-snapshots"
#define ONE(id, type)                                                                  \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"" type                    \
    "\",\"Engine\":\"e\",\"Status\":\"s\"}"
#define PLACED(id, region, account)                                                    \
    "{\"DBSnapshotIdentifier\":\"" id                                                  \
    "\",\"SnapshotType\":\"awsbackup\",\"DBSnapshotArn\":\"arn:aws:rds:" region        \
    ":" account ":snapshot:" id "\"}"
#define HIT(id)       ONE(id, "awsbackup")
#define LIST(records) "{\"DBSnapshots\":[" records "]}"
#define NONE(name)    US name SNAPS ".json={\"DBSnapshots\":[]}"
#define TEN           "0123456789"
#define HUNDRED       TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define TWO           HIT("a") "," HIT("b")
#define TWO_BACK      HIT("b") "," HIT("a")

static const struct scan_row rows[] = {
    { "a listing of nothing", DIR NONE("") "\n",
      "fail\n"
      "+ no option narrowed rds-describe-db-snapshots.json\n"
      "m*: rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: rds-describe-db-snapshots.json /DBSnapshots \n" },
    { "of one record", DIR US SNAPS ".json=" LIST(ONE("a", "manual")) "\n",
      "fail\n"
      "+ no option narrowed rds-describe-db-snapshots.json\n"
      "m*: rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/0 a\n" },
    { "of two that share what it could be narrowed by",
      DIR US SNAPS ".json=" LIST(ONE("a", "manual") "," ONE("b", "manual")) "\n",
      "fail\n"
      "+ rds-describe-db-snapshots.json lists all DB snapshots, though each of its 2 "
      "has the SnapshotType 'manual'\n"
      "m*: rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/0 a\n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/1 b\n" },
    { "which may be long",
      DIR US SNAPS ".json=" LIST(ONE("a", HUNDRED) "," ONE("b", HUNDRED)) "\n",
      "fail\n"
      "+ rds-describe-db-snapshots.json lists all DB snapshots, though each of its 2 "
      "has the SnapshotType "
      "'0123456789012345678901234567890123456789012345678901234567890123456789012345678"
      "901234567890123456789'\n"
      "m*: rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/0 a\n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/1 b\n" },
    { "and longer than is said",
      DIR US SNAPS ".json=" LIST(ONE("a", HUNDRED "x") "," ONE("b", HUNDRED "x")) "\n",
      "fail\n"
      "+ rds-describe-db-snapshots.json lists all DB snapshots, though each of its 2 "
      "has the SnapshotType "
      "'0123456789012345678901234567890123456789012345678901234567890123456789012345678"
      "901234567890123456789...'\n"
      "m*: rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/0 a\n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/1 b\n" },
    { "of two that do not",
      DIR US SNAPS ".json=" LIST(ONE("a", "manual") "," ONE("b", "automated")) "\n",
      "fail\n"
      "+ no option narrowed rds-describe-db-snapshots.json\n"
      "m*: rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/0 a\n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/1 b\n" },
    { "several listings", DIR NONE("a-") "\n" NONE("b-") " \n" NONE("c-") "  \n",
      "fail\n"
      "+ no option narrowed a-rds-describe-db-snapshots.json, "
      "b-rds-describe-db-snapshots.json, c-rds-describe-db-snapshots.json\n"
      "m*: a-rds-describe-db-snapshots.json /DBSnapshots \n"
      "m*: b-rds-describe-db-snapshots.json /DBSnapshots \n"
      "m*: c-rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: a-rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: b-rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: c-rds-describe-db-snapshots.json /DBSnapshots \n" },
    { "more than are named",
      DIR NONE("a-") "\n" NONE("b-") " \n" NONE("c-") "  \n" NONE("d-") "   \n" NONE(
          "e-") "    \n",
      "fail\n"
      "+ no option narrowed a-rds-describe-db-snapshots.json, "
      "b-rds-describe-db-snapshots.json, c-rds-describe-db-snapshots.json and 2 more\n"
      "m*: a-rds-describe-db-snapshots.json /DBSnapshots \n"
      "m*: b-rds-describe-db-snapshots.json /DBSnapshots \n"
      "m*: c-rds-describe-db-snapshots.json /DBSnapshots \n"
      "m*: d-rds-describe-db-snapshots.json /DBSnapshots \n"
      "m*: e-rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: a-rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: b-rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: c-rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: d-rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: e-rds-describe-db-snapshots.json /DBSnapshots \n" },
    { "copies are cited once", DIR NONE("a-") "\n" NONE("b-") "\n",
      "fail\n"
      "+ no option narrowed a-rds-describe-db-snapshots.json, "
      "b-rds-describe-db-snapshots.json\n"
      "m*: a-rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: a-rds-describe-db-snapshots.json /DBSnapshots \n" },
    { "an array that a query printed, and one of the option that is asked for",
      DIR US "a-" SNAPS ".json=[]\n" US SNAPS "--awsbackup.json=" LIST("") "\n",
      "fail\n"
      "+ no option but --snapshot-type awsbackup narrowed "
      "rds-describe-db-snapshots--awsbackup.json\n"
      "+ the filter, if any, of a-rds-describe-db-snapshots.json kept every record "
      "that counts\n"
      "m*: a-rds-describe-db-snapshots.json  \n"
      "m*: rds-describe-db-snapshots--awsbackup.json /DBSnapshots \n"
      "n: a-rds-describe-db-snapshots.json  \n"
      "n: rds-describe-db-snapshots--awsbackup.json /DBSnapshots \n" },
    { "a hit", DIR US SNAPS ".json=" LIST(ONE("a", "m") "," HIT("b")) "\n",
      "pass\n"
      "m*: rds-describe-db-snapshots.json /DBSnapshots/1 b\n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/0 a\n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/1 b\n" },
    { "all hits of what decides, and five of what does not",
      DIR US SNAPS ".json=" LIST(TWO "," HIT("c") "," ONE("d", "m") "," HIT(
          "e") "," HIT("f") "," HIT("g")) "\n",
      "pass\n"
      "m*: rds-describe-db-snapshots.json /DBSnapshots/0 a\n"
      "m*: rds-describe-db-snapshots.json /DBSnapshots/1 b\n"
      "m*: rds-describe-db-snapshots.json /DBSnapshots/2 c\n"
      "m*: rds-describe-db-snapshots.json /DBSnapshots/4 e\n"
      "m*: rds-describe-db-snapshots.json /DBSnapshots/5 f\n"
      "m*: rds-describe-db-snapshots.json /DBSnapshots/6 g\n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/0 a\n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/1 b\n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/2 c\n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/3 d\n"
      "n: rds-describe-db-snapshots.json /DBSnapshots/4 e\n" },
    { "hits of two listings",
      DIR US "a-" SNAPS ".json=" LIST(TWO) "\n" US "b-" SNAPS
                                           ".json=" LIST(TWO_BACK) "\n",
      "pass\n"
      "m*: a-rds-describe-db-snapshots.json /DBSnapshots/0 a\n"
      "m*: a-rds-describe-db-snapshots.json /DBSnapshots/1 b\n"
      "m*: b-rds-describe-db-snapshots.json /DBSnapshots/0 b\n"
      "m*: b-rds-describe-db-snapshots.json /DBSnapshots/1 a\n"
      "n: a-rds-describe-db-snapshots.json /DBSnapshots/0 a\n"
      "n: a-rds-describe-db-snapshots.json /DBSnapshots/1 b\n"
      "n: b-rds-describe-db-snapshots.json /DBSnapshots/0 b\n"
      "n: b-rds-describe-db-snapshots.json /DBSnapshots/1 a\n" },
    { "hits of two places in a listing, which is one where the cell is one",
      "x/\nx/us-east-1-" SNAPS ".json=" LIST(PLACED("a", "us-east-1", A) "," PLACED(
          "b", "", A) "," PLACED("c", "us-east-1", "210987654321")) "\n",
      "pass\n"
      "+ only the records' ARNs tell the account of "
      "./x/us-east-1-rds-describe-db-snapshots.json\n"
      "m*: ./x/us-east-1-rds-describe-db-snapshots.json /DBSnapshots/0 a\n"
      "m*: ./x/us-east-1-rds-describe-db-snapshots.json /DBSnapshots/1 b\n"
      "n: ./x/us-east-1-rds-describe-db-snapshots.json /DBSnapshots/0 a\n"
      "n: ./x/us-east-1-rds-describe-db-snapshots.json /DBSnapshots/1 b\n"
      "pass\n"
      "+ only the records' ARNs tell the account of "
      "./x/us-east-1-rds-describe-db-snapshots.json\n"
      "m*: ./x/us-east-1-rds-describe-db-snapshots.json /DBSnapshots/2 c\n"
      "n: ./x/us-east-1-rds-describe-db-snapshots.json /DBSnapshots/2 c\n" },
    { "hits in the order of the file",
      "x/\nx/us-east-1-" SNAPS ".json=" LIST(PLACED("a", "us-east-1", A) "," PLACED(
          "b", "", A) "," PLACED("c", "us-east-1", A) "," PLACED("d", "", A)) "\n",
      "pass\n"
      "+ only the records' ARNs tell the account of "
      "./x/us-east-1-rds-describe-db-snapshots.json\n"
      "m*: ./x/us-east-1-rds-describe-db-snapshots.json /DBSnapshots/0 a\n"
      "m*: ./x/us-east-1-rds-describe-db-snapshots.json /DBSnapshots/1 b\n"
      "m*: ./x/us-east-1-rds-describe-db-snapshots.json /DBSnapshots/2 c\n"
      "m*: ./x/us-east-1-rds-describe-db-snapshots.json /DBSnapshots/3 d\n"
      "n: ./x/us-east-1-rds-describe-db-snapshots.json /DBSnapshots/0 a\n"
      "n: ./x/us-east-1-rds-describe-db-snapshots.json /DBSnapshots/1 b\n"
      "n: ./x/us-east-1-rds-describe-db-snapshots.json /DBSnapshots/2 c\n"
      "n: ./x/us-east-1-rds-describe-db-snapshots.json /DBSnapshots/3 d\n" },
    { "hits of documents of a file, of which there is a copy",
      DIR US "x.json=[" LIST(HIT("a")) "," LIST(HIT("b")) "]\n" US "y.json=[" LIST(
          HIT("a")) "," LIST(HIT("b")) "]\n",
      "pass\n"
      "m*: x.json /0/DBSnapshots/0 a\n"
      "m*: x.json /1/DBSnapshots/0 b\n"
      "n: x.json /0/DBSnapshots/0 a\n"
      "n: x.json /1/DBSnapshots/0 b\n" },
    { "a file that nothing places", DIR NONE("") "\nx/\nx/p.json=\n",
      "fail\n"
      "+ no option narrowed rds-describe-db-snapshots.json\n"
      "+ ./x/p.json, which nothing places, is not a page of the DB snapshots here\n"
      "m*: rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: rds-describe-db-snapshots.json /DBSnapshots \n" },
    { "two of them", DIR NONE("") "\nx/\nx/p.json=\nx/q.json=\n",
      "fail\n"
      "+ no option narrowed rds-describe-db-snapshots.json\n"
      "+ of the 2 files that nothing places, such as ./x/p.json, none is a page of the "
      "DB snapshots here\n"
      "m*: rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: rds-describe-db-snapshots.json /DBSnapshots \n" },
    { "ids that are of another account beside a hit",
      DIR US "p.json={\"DBSnapshots\":[" HIT(
          "a") "],\"Marker\":\"x\"}\n" US SNAPS ".json=[\"arn:aws:rds:us-east-1:"
               "210987654321:snapshot:awsbackup:job-1\"]\n",
      "pass\n"
      "m*: p.json /DBSnapshots/0 a\n"
      "n: p.json /DBSnapshots/0 a\n" },
    { "ids that prove nothing beside a hit",
      DIR US "p.json={\"DBSnapshots\":[" HIT("a") "],\"Marker\":\"x\"}\n" US SNAPS
                                                  ".json=[\"a\"]\n",
      "pass\n"
      "m*: p.json /DBSnapshots/0 a\n"
      "n: p.json /DBSnapshots/0 a\n" },
    { "ids that do",
      DIR US "p.json={\"DBSnapshots\":[" HIT("a") "],\"Marker\":\"x\"}\n" US SNAPS
                                                  ".json=[\"awsbackup:job-1\"]\n",
      "pass\n"
      "+ the ids in rds-describe-db-snapshots.json are of DB snapshots that still "
      "exist\n"
      "m*: p.json /DBSnapshots/0 a\n"
      "m*: rds-describe-db-snapshots.json /0 awsbackup:job-1\n"
      "n: p.json /DBSnapshots/0 a\n"
      "n: rds-describe-db-snapshots.json /0 awsbackup:job-1\n" },
    { "a listing is missing", DIR,
      "unknown\n"
      "- no listing of DB snapshots\n"
      "$ aws rds describe-db-snapshots --region us-east-1 --output json\n" },
    { "a page, a lost file and one that may be the last",
      DIR US "a.json={\"DBSnapshots\":[],\"Marker\":\"x\"}\n" US SNAPS
             ".json=\n" NONE("b-") "\n",
      "unknown\n"
      "- a.json: it carries a token: more pages follow\n"
      "- b-rds-describe-db-snapshots.json: it may be only the last page: a.json "
      "carries a token\n"
      "- rds-describe-db-snapshots.json: 0 bytes: the call failed, and what it said on "
      "standard error is not beside it: ask for that text, or collect it again\n"
      "$ aws rds describe-db-snapshots --region us-east-1 --output json\n"
      "m*: a.json /DBSnapshots \n"
      "m*: b-rds-describe-db-snapshots.json /DBSnapshots \n"
      "n: a.json /DBSnapshots \n"
      "n: b-rds-describe-db-snapshots.json /DBSnapshots \n" },
};

static void of_snapshots(void **state)
{
    const struct scan_row *row = *state;
    const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(
        scan_print_by(&arena, row, snapshots_rule, &settings, STR_NONE, print_said),
        row->expected);
    arena_release(&arena);
}

/* What calls never print, and what tells it instead. */
#define RULE(type, facts)                                                              \
    REGION_RULE "  n: { from: \"" type "\", " facts " }\n"                             \
                "outcomes:\n"                                                          \
                "  - { result: pass, when: \"n > `0`\", message: \"{n}\" }\n"          \
                "  - { result: fail, message: \"none\" }\n"
#define VAULTS(facts) RULE("AWS::Backup::BackupVault", facts)
#define VAULT                                                                          \
    DIR US "backup-list-backup-vaults.json={\"BackupVaultList\":[{\"BackupVaultName\"" \
           ":\"v\",\"BackupVaultArn\":\"arn:aws:backup:us-east-1:" A                   \
           ":backup-vault:v\"}]}\n"
#define POINT                                                                          \
    "{\"RecoveryPointArn\":\"arn:aws:rds:us-east-1:" A                                 \
    ":snapshot:awsbackup:a\",\"BackupVaultName\":\"v\",\"Status\":\"COMPLETED\"}"
#define GET_PLAN(id)                                                                   \
    US "backup-get-backup-plan--" id ".json={\"BackupPlanId\":\"" id                   \
       "\",\"BackupPlanArn\":\"arn:aws:backup:us-east-1:" A ":backup-plan:" id         \
       "\",\"VersionId\":\"v\",\"CreationDate\":1,\"BackupPlan\":{\"Rules\":[{}]}}\n"

static const struct said_row {
    const char *name, *rule, *files, *expected;
} silent_rows[] = {
    { "one field that the call never prints", VAULTS("where: \"SourceBackupVaultArn\""),
      VAULT,
      "unknown\n"
      "- backup-list-backup-vaults.json: 'aws backup list-backup-vaults' does not "
      "print SourceBackupVaultArn\n"
      "- no complete answer of 'aws backup describe-backup-vault' for v\n"
      "$ aws backup describe-backup-vault --backup-vault-name v --region us-east-1 "
      "--output json\n"
      "n*: backup-list-backup-vaults.json /BackupVaultList \n" },
    { "two fields", VAULTS("where: \"SourceBackupVaultArn || MpaSessionArn\""), VAULT,
      "unknown\n"
      "- backup-list-backup-vaults.json: 'aws backup list-backup-vaults' does not "
      "print SourceBackupVaultArn and MpaSessionArn\n"
      "- no complete answer of 'aws backup describe-backup-vault' for v\n"
      "$ aws backup describe-backup-vault --backup-vault-name v --region us-east-1 "
      "--output json\n"
      "n*: backup-list-backup-vaults.json /BackupVaultList \n" },
    { "three fields",
      VAULTS("where: \"SourceBackupVaultArn || MpaSessionArn || MpaApprovalTeamArn\""),
      VAULT,
      "unknown\n"
      "- backup-list-backup-vaults.json: 'aws backup list-backup-vaults' does not "
      "print SourceBackupVaultArn, MpaApprovalTeamArn and MpaSessionArn\n"
      "- no complete answer of 'aws backup describe-backup-vault' for v\n"
      "$ aws backup describe-backup-vault --backup-vault-name v --region us-east-1 "
      "--output json\n"
      "n*: backup-list-backup-vaults.json /BackupVaultList \n" },
    { "of a minimum's value", VAULTS("min: LatestMpaApprovalTeamUpdate"), VAULT,
      "unknown\n"
      "- backup-list-backup-vaults.json: 'aws backup list-backup-vaults' does not "
      "print LatestMpaApprovalTeamUpdate\n"
      "- backup-list-backup-vaults.json: a record that counts, or may count, has no "
      "usable 'LatestMpaApprovalTeamUpdate'\n"
      "- no complete answer of 'aws backup describe-backup-vault' for v\n"
      "$ aws backup describe-backup-vault --backup-vault-name v --region us-east-1 "
      "--output json\n"
      "n*: backup-list-backup-vaults.json /BackupVaultList \n" },
    { "of a record that its call tells alone",
      RULE("AWS::Backup::BackupPlan", "where: \"BackupPlanName == 'n'\""),
      DIR GET_PLAN("p"),
      "unknown\n"
      "- backup-get-backup-plan--p.json: 'aws backup get-backup-plan' does not print "
      "BackupPlanName\n"
      "- backup-get-backup-plan--p.json: a record, never a listing\n"
      "$ aws backup list-backup-plans --region us-east-1 --output json\n"
      "n*: backup-get-backup-plan--p.json  \n" },
    { "by the one call whose records have nothing of their own",
      RULE("AWS::Backup::RecoveryPoint", "where: \"Lifecycle\""),
      DIR US "x.json={\"RecoveryPoints\":[" POINT "]}\n",
      "unknown\n"
      "- x.json: 'aws backup list-recovery-points-by-resource' does not print "
      "Lifecycle\n"
      "- x.json: neither its records nor its file's name tell which of the protected "
      "resources it is about\n"
      "- which backup vaults there are is not known: no complete listing of them\n"
      "$ aws backup list-backup-vaults --region us-east-1 --output json\n"
      "$ aws backup list-recovery-points-by-backup-vault --backup-vault-name ID "
      "--region us-east-1 --output json\n"
      "n*: x.json /RecoveryPoints \n" },
    { "a listing that a query printed is asked for again",
      RULE("AWS::Backup::BackupPlan", "where: \"BackupPlan.Rules\", accepts: filtered"),
      DIR US "backup-list-backup-plans.json=[]\n" GET_PLAN("p"),
      "unknown\n"
      "- which backup plans there are is not known: no complete listing of them, or "
      "other answers that disagree with it\n"
      "- answers that list backup plans disagree\n"
      "$ aws backup list-backup-plans --region us-east-1 --output json\n"
      "$ aws backup get-backup-plan --backup-plan-id ID --region us-east-1 --output "
      "json\n"
      "n*: backup-get-backup-plan--p.json  p\n" },
    { "a whole one is not",
      RULE("AWS::Backup::BackupPlan", "where: \"BackupPlan.Rules\", accepts: filtered"),
      DIR US "backup-list-backup-plans.json={\"BackupPlansList\":[]}\n" GET_PLAN("p"),
      "unknown\n"
      "- backup-get-backup-plan--p.json: it is about p, which the listing of backup "
      "plans does not have\n"
      "- which backup plans there are is not known: no complete listing of them, or "
      "other answers that disagree with it\n"
      "- answers that list backup plans disagree\n"
      "$ aws backup get-backup-plan --backup-plan-id ID --region us-east-1 --output "
      "json\n"
      "n*: backup-get-backup-plan--p.json  p\n" },
};

static void of_silence(void **state)
{
    const struct said_row *row = *state;
    const struct scan_row files = { row->name, row->files, row->expected };
    const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(
        scan_print_by(&arena, &files, row->rule, &settings, STR_NONE, print_said),
        row->expected);
    arena_release(&arena);
}

/* As many records as one page of RDS has, of two types. */
static void of_as_many_as_a_page_has(void **state)
{
    static const struct scan_row row = { .files = A "-us-east-1-" SNAPS ".json=\n" };
    static const char path[] = "./" A "-us-east-1-" SNAPS ".json";
    const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;

    (void)state;
    for (int count = 99; count <= 101; count++) {
        struct buf text = BUF_EMPTY(&arena);
        const char *said;

        buf_add(&text, STR("{\"DBSnapshots\":["));
        for (int i = 0; i < count; i++)
            buf_printf(&text, "%s" ONE("%d", "%s"), i > 0 ? "," : "", i,
                       i % 2 == 0 ? "manual" : "automated");
        buf_add(&text, STR("]}"));
        said = scan_print_by(&arena, &row, snapshots_rule, &settings, buf_str(&text),
                             print_said);
        assert_non_null(strstr(
            said, count == 100
                      ? arena_printf(&arena,
                                     "\n+ %s lists all DB snapshots, though "
                                     "its 100 records are as many as one page "
                                     "has\n",
                                     path)
                      : arena_printf(&arena, "\n+ no option narrowed %s\n", path)));
    }
    arena_release(&arena);
}

/* Without digests nothing tells what is a copy; and no filtered listing may be refused.
 */
static void of_settings(void **state)
{
    static const struct scan_row copies = { .files =
                                                DIR NONE("a-") "\n" NONE("b-") "\n" };
    static const struct scan_row filtered = { .files = DIR US SNAPS ".json=[]\n" };
    const struct settings plain = { 0 };
    const struct settings no_digest = { .no_digest = true };
    const struct settings no_filtered = { .no_filtered = true };
    struct arena arena = ARENA_EMPTY;

    (void)state;
    assert_string_equal(scan_print_by(&arena, &copies, snapshots_rule, &no_digest,
                                      STR_NONE, print_said),
                        "fail\n"
                        "+ no option narrowed a-rds-describe-db-snapshots.json, "
                        "b-rds-describe-db-snapshots.json\n"
                        "m*: a-rds-describe-db-snapshots.json /DBSnapshots \n"
                        "m*: b-rds-describe-db-snapshots.json /DBSnapshots \n"
                        "n: a-rds-describe-db-snapshots.json /DBSnapshots \n"
                        "n: b-rds-describe-db-snapshots.json /DBSnapshots \n");
    assert_string_equal(
        scan_print_by(&arena, &filtered, snapshots_rule, &plain, STR_NONE, print_said),
        "fail\n"
        "+ the filter, if any, of rds-describe-db-snapshots.json kept every record "
        "that "
        "counts\n"
        "m*: rds-describe-db-snapshots.json  \n"
        "n: rds-describe-db-snapshots.json  \n");
    assert_string_equal(
        scan_print_by(&arena, &filtered, snapshots_rule, &no_filtered, STR_NONE,
                      print_said),
        "unknown\n"
        "- rds-describe-db-snapshots.json: an array without its envelope: a --query "
        "may "
        "have filtered it\n"
        "$ aws rds describe-db-snapshots --region us-east-1 --output json\n"
        "m*: rds-describe-db-snapshots.json  \n"
        "n: rds-describe-db-snapshots.json  \n");
    arena_release(&arena);
}

/* An expression that says nothing of some records, each in a line of its own. */
#define IOPS(id, account, iops)                                                        \
    "{\"DBSnapshotIdentifier\":\"" id                                                  \
    "\",\"SnapshotType\":\"m\",\"Engine\":\"e\",\"Status\":\"s\",\"DBInstanceIdentif"  \
    "ier\":\"d\",\"Encrypted\":true,\"DBSnapshotArn\":\"arn:aws:rds:us-east-"          \
    "1:" account ":snapshot:" id "\",\"Iops\":" iops "}"
#define B "210987654321"

static const struct answer_row {
    const char *name, *records, *expected;
} answer_rows[] = {
    { "of each there is an answer", IOPS("a", A, "1") ",\n" IOPS("b", A, "2"), NULL },
    { "of the last there is none", IOPS("a", A, "1") ",\n" IOPS("b", A, "null"),
      "for 1 of its records an expression cannot be evaluated; in line 3: " },
    { "the first of several is named",
      IOPS("a", A, "1") ",\n" IOPS("b", A, "\"x\"") ",\n" IOPS(
          "c", A, "null") ",\n" IOPS("d", A, "\"x\""),
      "for 3 of its records an expression cannot be evaluated; in line 3: " },
    { "whatever account it is of",
      IOPS("a", A, "1") ",\n" IOPS("b", B, "\"x\"") ",\n" IOPS(
          "c", A, "null") ",\n" IOPS("d", A, "\"x\""),
      "for 3 of its records an expression cannot be evaluated; in line 3: " },
};

static void of_answers(void **state)
{
    static const char rule[] = RULE("AWS::RDS::DBSnapshot", "where: \"Iops > `7`\"");
    const struct answer_row *row = *state;
    const struct scan_row files = { row->name, "us-east-1-" SNAPS ".json=\n", "" };
    const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;
    const char *text = arena_printf(&arena, "{\"DBSnapshots\":[\n%s]}\n", row->records);
    const char *said =
        scan_print_by(&arena, &files, rule, &settings, str_from(text), print_said);

    if (row->expected != NULL)
        assert_non_null(strstr(said, row->expected));
    else
        assert_null(strstr(said, "cannot be evaluated"));
    arena_release(&arena);
}

/* Of an account, the sum of its regions. */
static const char account_rule[] =
    ACCOUNT_RULE "  n: { from: \"AWS::RDS::DBSnapshot\" }\n"
                 "outcomes:\n"
                 "  - { result: pass, when: \"n < `2`\", message: p }\n"
                 "  - { result: fail, message: f }\n";

#define REGIONS                                                                        \
    A "/ec2-describe-regions.json={\"Regions\":[{\"RegionName\":\"us-east-1\","        \
      "\"Endpoint\":\"e\",\"OptInStatus\":\"opted-in\"}]}\n"

static void of_the_regions_of_an_account(void **state)
{
    static struct str regions[] = { { "us-east-1", 9 } };
    static const struct scan_row row = { .files = DIR NONE("") "\n" REGIONS };
    const struct settings told = { 0 };
    const struct settings expected = { .expect_regions = { regions, 1 } };
    struct arena arena = ARENA_EMPTY;

    (void)state;
    assert_string_equal(
        scan_print_by(&arena, &row, account_rule, &told, STR_NONE, print_said),
        "pass\n"
        "+ no option narrowed rds-describe-db-snapshots.json\n"
        "+ no option narrowed ./" A "/ec2-describe-regions.json\n"
        "n*: rds-describe-db-snapshots.json /DBSnapshots \n");
    assert_string_equal(
        scan_print_by(&arena, &row, account_rule, &expected, STR_NONE, print_said),
        "pass\n"
        "+ no option narrowed rds-describe-db-snapshots.json\n"
        "n*: rds-describe-db-snapshots.json /DBSnapshots \n");
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_snapshots);
    TESTS_ADD_ROWS(&tests, silent_rows, of_silence);
    TESTS_ADD_ROWS(&tests, answer_rows, of_answers);
    TESTS_ADD(&tests, of_settings);
    TESTS_ADD(&tests, of_as_many_as_a_page_has);
    TESTS_ADD(&tests, of_the_regions_of_an_account);
    return tests_run("explain_sentences", &tests);
}
