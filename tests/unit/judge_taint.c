/*
 * What takes completeness away, a row a guard: without it, an unknown would be a fail.
 */
#include "scan_rows.h"

#define A     "123456789012"
#define B     "210987654321"
#define C     "345678901234"
#define US    A "/us-east-1/"
#define EU    A "/eu-west-1/"
#define SNAPS "rds-describe-db-snapshots"
#define FIELDS(id, type)                                                               \
    "\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"" type                     \
    "\",\"Engine\":\"e\",\"Status\":\"s\""
#define ONE(id, type) "{" FIELDS(id, type) "}"
#define PLACED(id, type, region, account)                                              \
    "{" FIELDS(id, type) ",\"DBSnapshotArn\":\"arn:aws:rds:" region ":" account        \
                         ":snapshot:" id "\"}"
#define LIST(records) "{\"DBSnapshots\":[" records "]}"
#define PAGE(records) "{\"DBSnapshots\":[" records "],\"Marker\":\"x\"}"
#define DIR           A "/\n" US "\n"
#define WHOLE         US SNAPS ".json=" LIST("") "\n"
#define REGIONS(list) A "/ec2-describe-regions.json={\"Regions\":[" list "]}\n"
#define REGION(name, status)                                                           \
    "{\"RegionName\":\"" name "\",\"Endpoint\":\"e\",\"OptInStatus\":\"" status "\"}"

#define EMPTY_OF(account, region)                                                      \
    account "/\n" account "/" region "/\n" account "/" region "/" SNAPS                \
            ".json=" LIST("") "\n"

static const struct scan_row taint_rows[] = {
    { "a dangling link may have been a page", DIR WHOLE US "p.json->nowhere\n",
      "123456789012 us-east-1 unknown n=0.. m=0.. -may-be-last-page -unreadable\n"
      "P unreadable\n" },
    { "nothing takes anything away", DIR WHOLE,
      A " us-east-1 fail n=0 m=0 +not-narrowed\n" },

    /* pages of its own scope */
    { "a page beside it that carries a token", DIR WHOLE US "p.json=" PAGE("") "\n",
      A " us-east-1 unknown n=0.. m=0.. -token -may-be-last-page\n" },
    { "one whose token is spelled as another SDK does",
      DIR WHOLE US "p.json={\"DBSnapshots\":[],\"nextToken\":\"x\"}\n",
      A " us-east-1 unknown n=0.. m=0.. -token -may-be-last-page\n" },
    { "one of no told type that gave nothing", DIR WHOLE US "p.json=\n",
      A " us-east-1 unknown n=0.. m=0.. -may-be-last-page -empty\nP empty\n" },
    { "an archive", DIR WHOLE US "p.json=PK\x03\x04\n",
      A " us-east-1 unknown n=0.. m=0.. -may-be-last-page -archive-damaged\nP "
        "archive-damaged\n" },
    { "one that breaks off before its kind is told", DIR WHOLE US "p.json={\"DB\n",
      A " us-east-1 unknown n=0.. m=0.. -may-be-last-page -cut-off\nP cut-off\n" },

    /* pages of which a part of the scope is told */
    { "a page of the account, of no told region",
      DIR A "/x/\n" A "/x/p.json=" PAGE("") "\n" WHOLE,
      A " - unknown n=0.. m=0.. -token\n" A
        " us-east-1 unknown n=0.. m=0.. -may-be-last-page\n" },
    { "what gave nothing there, of no told type", DIR A "/x/\n" A "/x/p.json=\n" WHOLE,
      A " us-east-1 unknown n=0.. m=0.. -may-be-last-page\nP empty\n" },
    { "of the region, of no told account", DIR "us-east-1/\nus-east-1/p.json=\n" WHOLE,
      A " us-east-1 unknown n=0.. m=0.. -may-be-last-page\nP empty\n" },
    { "but not of another region of the account", DIR EU "\n" EU "p.json=\n" WHOLE,
      A " eu-west-1 unknown n=0.. m=0.. -missing -empty\n" A
        " us-east-1 fail n=0 m=0 +not-narrowed\nP empty\n" },
    { "nor of another account", DIR B "/\n" B "/p.json=\n" WHOLE,
      A " us-east-1 fail n=0 m=0 +not-narrowed\nP empty\n" },

    /* pages that are mislabelled */
    { "a page in another region's folder that its ARNs place here",
      DIR EU "\n" EU
             "p.json=" PAGE(PLACED("a", "awsbackup", "us-east-1", A)) "\n" WHOLE,
      A " eu-west-1 unknown n=0.. m=0.. -token -mislabelled\n" A
        " us-east-1 unknown n=0.. m=0.. -may-be-last-page\n"
        "P mislabelled\n" },
    { "a page here that its ARNs place in another region",
      DIR US "p.json=" PAGE(PLACED("a", "awsbackup", "eu-west-1", A)) "\n" WHOLE,
      A " us-east-1 unknown n=0.. m=0.. -token -mislabelled -may-be-last-page\n"
        "P mislabelled\n" },
    { "a page whose path names two regions holds for both",
      DIR "x/\nx/" A "-us-east-1-eu-west-1-p.json=" PAGE("") "\n" WHOLE,
      A " - unknown n=0.. m=0.. -token -mislabelled\n" A
        " us-east-1 unknown n=0.. m=0.. -may-be-last-page\n"
        "P mislabelled\n" },
    { "and one whose path names two accounts",
      "x/\nx/" A "-" B "-us-east-1-p.json=" PAGE("") "\n" B "/\n" B "/us-east-1/\n" B
                                                     "/us-east-1/" SNAPS
                                                     ".json=" LIST("") "\n" DIR WHOLE,
      "- us-east-1 unknown n=0.. m=0.. -token -mislabelled\n" A
      " us-east-1 unknown n=0.. m=0.. -may-be-last-page\n" B
      " us-east-1 unknown n=0.. m=0.. -may-be-last-page\n"
      "P mislabelled\n" },
    { "but not of a third region",
      EMPTY_OF(A, "eu-central-1") "x/\nx/" A
                                  "-us-east-1-eu-west-1-p.json=" PAGE("") "\n",
      A " - unknown n=0.. m=0.. -token -mislabelled\n" A
        " eu-central-1 fail n=0 m=0 +not-narrowed\n"
        "P mislabelled\n" },
    { "nor of a third account",
      "x/\nx/" A "-" B "-us-east-1-p.json=" PAGE("") "\n" EMPTY_OF(C, "us-east-1"),
      "- us-east-1 unknown n=0.. m=0.. -token -mislabelled\n" C
      " us-east-1 fail n=0 m=0 +not-narrowed\n"
      "P mislabelled\n" },

    /* pages of several places */
    { "a page of two regions of the account",
      DIR A "/p.json=" PAGE(PLACED("a", "m", "us-east-1",
                                   A) "," PLACED("b", "m", "eu-west-1", A)) "\n" WHOLE,
      A " eu-west-1 unknown n=1.. m=0.. -token -several-places\n" A
        " us-east-1 unknown n=1.. m=0.. -token -several-places -may-be-last-page\n" },

    { "a page of two accounts, of no told place",
      "x/\nx/p.json=" PAGE(PLACED("a", "m", "us-east-1", A) "," PLACED(
          "b", "m", "us-east-1", B)) "\n" DIR WHOLE EMPTY_OF(B, "us-east-1") B
      "/eu-west-1/\n" B "/eu-west-1/" SNAPS ".json=" LIST("") "\n",
      "123456789012 us-east-1 unknown n=1.. m=0.. -may-be-last-page -token "
      "-several-places\n"
      "210987654321 eu-west-1 fail n=0 m=0 +not-narrowed\n"
      "210987654321 us-east-1 unknown n=1.. m=0.. -may-be-last-page -token "
      "-several-places\n" },
    { "what others share with a page is none of theirs",
      DIR US "p.json=" PAGE(PLACED("a", "m", "us-east-1", A) ",{" FIELDS(
          "arn:aws:rds:us-east-1:" B ":snapshot:a",
          "shared") "}") "\n" EMPTY_OF(B, "us-east-1"),
      "123456789012 us-east-1 unknown n=1.. m=0.. -token -foreign-records\n"
      "210987654321 us-east-1 fail n=0 m=0 +not-narrowed\n" },

    /* pages that nothing places */
    /* pages that nothing places */
    { "what nothing places holds for its folder",
      "x/\nx/p.json={\"DB\nx/q.json=" LIST(PLACED("a", "m", "us-east-1", A)) "\n",
      A " us-east-1 unknown n=1.. m=0.. -may-be-last-page\nP cut-off\n" },
    { "and elsewhere it is an assumption that it is no page",
      DIR "x/\nx/" SNAPS ".json=\n" WHOLE,
      "- - unknown n=0.. m=0.. -empty\n" A
      " us-east-1 fail n=0 m=0 +not-narrowed +pages-together\nP empty\n" },
    { "whatever type it is of, if nothing tells", DIR "x/\nx/p.json=\n" WHOLE,
      A " us-east-1 fail n=0 m=0 +not-narrowed +pages-together\nP empty\n" },
    { "which a pass by what is there does not make",
      DIR "x/\nx/p.json=\n" US SNAPS ".json=" LIST(ONE("a", "awsbackup")) "\n",
      A " us-east-1 pass n=1 m=1\nP empty\n" },
    { "a page of another type is none of it",
      DIR "x/\nx/rds-describe-db-instances.json=\n" WHOLE,
      "- - unknown n=0.. m=0.. -missing\n" A
      " us-east-1 fail n=0 m=0 +not-narrowed\nP empty\n" },
    { "what nothing places is complete only if the run has no page at all",
      "x/\nx/" SNAPS ".json=" LIST("") "\ny/\ny/" SNAPS ".json=" PAGE("") "\n",
      "- - unknown n=0.. m=0.. -may-be-last-page\n- - unknown n=0.. m=0.. -token\n" },

    /* what a lost file must not make surer */
    { "a hit beside a whole answer that lacks it",
      DIR US "q.json=[" ONE("a", "awsbackup") "]\n" WHOLE,
      A " us-east-1 unknown n=0..1 m=0..1 -disagreement\nP disagreement\nP "
        "disagreement\n" },
    { "is no surer if a third file is lost",
      DIR US "q.json=[" ONE("a", "awsbackup") "]\n" US "r.json=\n" WHOLE,
      A " us-east-1 unknown n=0.. m=0.. -bare-array -may-be-last-page "
        "-may-be-last-page -empty -disagreement\n"
        "P disagreement\n"
        "P empty\n"
        "P disagreement\n" },
    { "but is where a page was read, for then the answer is no whole one",
      DIR US "q.json=[" ONE("a", "awsbackup") "]\n" US "r.json=" PAGE("") "\n" WHOLE,
      A " us-east-1 pass n=1.. m=1..\n" },

    { "a page beside two whole answers that differ may be of either time",
      DIR US "a.json=" LIST(ONE("a", "awsbackup")) "\n" US "p.json=" PAGE(
          ONE("a", "awsbackup")) "\n" WHOLE,
      A " us-east-1 unknown n=0.. m=0.. -may-be-last-page -token -may-be-last-page "
        "-disagreement\n"
        "P disagreement\n"
        "P disagreement\n"
        "P disagreement\n" },

    /* what is in a document itself */
    { "a record twice is one thing",
      DIR US SNAPS ".json=" LIST(ONE("a", "m") "," ONE("a", "m")) "\n",
      A " us-east-1 fail n=1 m=0 +not-narrowed\n" },
    { "and a hit twice is a hit",
      DIR US SNAPS ".json=" LIST(ONE("a", "awsbackup") "," ONE("a", "awsbackup")) "\n",
      A " us-east-1 pass n=1 m=1\n" },
    { "a thing that counts by one record and not by another may count",
      DIR US SNAPS ".json=" LIST(ONE("a", "m") "," ONE("a", "awsbackup")) "\n",
      A " us-east-1 unknown n=1 m=0..1 -repeated-ids\n" },
    { "whichever comes first",
      DIR US SNAPS ".json=" LIST(ONE("a", "awsbackup") "," ONE("a", "m")) "\n",
      A " us-east-1 unknown n=1 m=0..1 -repeated-ids\n" },
    { "and takes nothing from any other",
      DIR US SNAPS
      ".json=" LIST(ONE("b", "awsbackup") "," ONE("a", "m") "," ONE("a", "x")) "\n",
      A " us-east-1 pass n=2 m=1\n" },
    { "what one account has under an id, another has, too",
      SNAPS ".json=" LIST(PLACED("a", "m", "us-east-1",
                                 A) "," PLACED("a", "awsbackup", "us-east-1", B)) "\n",
      A " us-east-1 unknown n=1.. m=0.. -several-places\n"
        "210987654321 us-east-1 pass n=1.. m=1.. +account-by-arn\n" },
    { "ARNs of which the account was taken out tell the region, and count here",
      A "/\n" A "/" SNAPS
        ".json=" LIST(PLACED("a", "awsbackup", "us-east-1", "XXXXXXXXXXXX")) "\n",
      A " us-east-1 pass n=1 m=1 +account-redacted\n" },
    { "an id that is an ARN of no account is no other account's",
      A "/\n" A "/" SNAPS ".json=" LIST(
          "{" FIELDS("arn:aws:rds:us-east-1::snapshot:a", "awsbackup") "}") "\n",
      A " us-east-1 pass n=1 m=1\n" },
    { "what is shared by others places nothing",
      "x.json=" LIST(
          "{" FIELDS("arn:aws:rds:us-east-1:" B ":snapshot:a", "shared") "}") "\n",
      "- - unknown n=0.. m=0.. -shared-only\n"
      "P shared-only\n" },

    /* regions */
    { "a region that the account has not opted in to has nothing, whatever failed "
      "there",
      DIR EU "\n" EU SNAPS ".json=\n" WHOLE REGIONS(
          REGION("us-east-1", "opted-in") "," REGION("eu-west-1", "not-opted-in")),
      A " eu-west-1 not_applicable n=0 m=0\n" A
        " us-east-1 fail n=0 m=0 +not-narrowed\nP empty\n" },
    { "a listing of regions that is mislabelled expects none",
      DIR WHOLE REGIONS(REGION("us-east-1", "opted-in") "," REGION(
          "eu-west-1", "opted-in")) A "/sts-get-caller-identity.json={\"Account\":\"" B
                                      "\",\"Arn\":\"a\",\"UserId\":\"u\"}\n",
      A " us-east-1 fail n=0 m=0 +not-narrowed\n"
        "P mislabelled\n"
        "P mislabelled\n" },
    { "unless an answer says otherwise",
      DIR EU "\n" EU SNAPS ".json=" LIST(ONE("a", "awsbackup")) "\n" WHOLE REGIONS(
          REGION("us-east-1", "opted-in") "," REGION("eu-west-1", "not-opted-in")),
      A " eu-west-1 pass n=1 m=1\n" A " us-east-1 fail n=0 m=0 +not-narrowed\n" },
};

static void of_taint(void **state)
{
    static const char rule[] =
        REGION_RULE "  n: { from: \"AWS::RDS::DBSnapshot\" }\n"
                    "  m: { query: \"DBSnapshots[?SnapshotType==`awsbackup`]\", "
                    "accepts: filtered }\n"
                    "outcomes:\n"
                    "  - { result: pass, when: \"m > `0`\", message: \"{m} of {n}\" }\n"
                    "  - { result: fail, message: \"none of {n}\" }\n";

    scan_row(*state, rule);
}

static const char account_rule[] =
    ACCOUNT_RULE "  n: { from: \"AWS::RDS::DBSnapshot\" }\n"
                 "outcomes:\n"
                 "  - { result: pass, when: \"n < `2`\", message: p }\n"
                 "  - { result: fail, message: f }\n";

static const struct scan_row account_rows[] = {
    { "an answer without any region in use closes nothing", DIR WHOLE REGIONS(""),
      A " - unknown n=0.. -regions-unknown\n" },
    { "nor does one that lists only what is not in use",
      DIR WHOLE REGIONS(REGION("eu-west-1", "not-opted-in")),
      A " - unknown n=0.. -regions-unknown\n" },
    { "nor does one with a region that has no name",
      DIR WHOLE REGIONS(
          REGION("us-east-1", "opted-in") ",{\"Endpoint\":\"e\",\"OptInStatus\":"
                                          "\"opted-in\"}"),
      A " - unknown n=0.. -regions-unknown\n" },
    { "nor does one that goes on elsewhere",
      DIR WHOLE A
      "/ec2-describe-regions.json={\"NextToken\":\"x\",\"Regions\":[" REGION(
          "us-east-1", "opted-in") "]}\n",
      A " - unknown n=0.. -regions-unknown\n" },
    { "nor do two of which one breaks off",
      DIR WHOLE REGIONS(REGION("us-east-1", "opted-in")) A
      "/again-ec2-describe-regions.json={\"Regions\":[\n",
      A " - unknown n=0.. -regions-unknown\nP cut-off\n" },
    { "of two that differ, what either lists is waited for",
      DIR WHOLE REGIONS(REGION("us-east-1", "opted-in")) A
      "/again-ec2-describe-regions.json={\"Regions\":[" REGION(
          "us-east-1", "opted-in") "," REGION("eu-west-1", "opted-in") "]}\n",
      A " - unknown n=0.. -missing\n" },
    { "what is not in use is not waited for",
      DIR EU "\n" WHOLE REGIONS(
          REGION("us-east-1", "opted-in") "," REGION("eu-west-1", "not-opted-in")),
      A " - pass n=0 +not-narrowed +not-narrowed\n" },
    { "which regions there are rests on that listing",
      DIR WHOLE REGIONS(REGION("us-east-1", "opted-in")),
      A " - pass n=0 +not-narrowed +not-narrowed\n" },
    { "a lost file of the account may be another page of it",
      DIR A "/x/\n" A "/x/p.json=\n" WHOLE REGIONS(REGION("us-east-1", "opted-in")),
      A " - unknown n=0.. -regions-unknown -may-be-last-page\n"
        "P empty\n" },
    { "what tells no region may be of one more, though all are known",
      DIR WHOLE A "/copy-" SNAPS ".json=" LIST(ONE("a", "m")) "\n" REGIONS(
          REGION("us-east-1", "opted-in")),
      A " - unknown n=1.. -regions-unknown\n" },
    { "what tells no region may be a copy of what does",
      DIR US SNAPS ".json=" LIST(ONE("a", "m")) "\n" A "/copy-" SNAPS
                                                ".json=" LIST(ONE("a", "m")) "\n",
      A " - unknown n=1.. -regions-unknown\n" },
};

static void of_accounts(void **state)
{
    scan_row(*state, account_rule);
}

#define PLAN_OF(account, id)                                                           \
    "{\"BackupPlanId\":\"" id                                                          \
    "\",\"BackupPlanArn\":\"arn:aws:backup:us-east-1:" account ":backup-plan:" id      \
    "\",\"BackupPlanName\":\"n\",\"VersionId\":\"v\","                                 \
    "\"CreationDate\":1}"
#define PLAN(id) PLAN_OF(A, id)
#define PLANS(name, plans)                                                             \
    US name "backup-list-backup-plans.json={\"BackupPlansList\":[" plans "]}\n"
#define NO_SELECTION(plan)                                                             \
    US "backup-list-backup-selections--" plan ".json={\"BackupSelectionsList\":[]}\n"

/* Parts for each parent count only where it is known which parents there are. */
static const struct scan_row parents_rows[] = {
    { "each parent has its part",
      DIR PLANS("", PLAN("p") "," PLAN("q")) NO_SELECTION("p") NO_SELECTION("q"),
      A " us-east-1 fail n=0 +not-narrowed +not-narrowed\n" },
    { "two listings of the same parents are one",
      DIR PLANS("", PLAN("p") "," PLAN("q")) PLANS("again-", PLAN("q") "," PLAN("p"))
          NO_SELECTION("p") NO_SELECTION("q"),
      A " us-east-1 fail n=0 +not-narrowed +not-narrowed\n" },
    { "of which one may have a parent twice",
      DIR PLANS("", PLAN("p") "," PLAN("q"))
          PLANS("again-", PLAN("q") "," PLAN("p") "," PLAN("p")) NO_SELECTION("p")
              NO_SELECTION("q"),
      "123456789012 us-east-1 fail n=0 +not-narrowed +not-narrowed\n" },
    { "of two that are as long, and differ, neither is known to be all, either",
      DIR PLANS("", PLAN("p") "," PLAN("q")) PLANS("again-", PLAN("p") "," PLAN("r"))
          NO_SELECTION("p") NO_SELECTION("q"),
      "123456789012 us-east-1 unknown n=0.. -parents-unknown\n" },
    { "of two that differ, neither is known to be all",
      DIR PLANS("", PLAN("p") "," PLAN("q")) PLANS("again-", PLAN("p"))
          NO_SELECTION("p") NO_SELECTION("q"),
      A " us-east-1 unknown n=0.. -parents-unknown\n" },
    { "a parent of another account may hide one",
      DIR PLANS("", PLAN("p") "," PLAN_OF(B, "q")) NO_SELECTION("p") NO_SELECTION("q"),
      A " us-east-1 unknown n=0.. -parents-unknown\n" },
    { "so may a parent without its id",
      DIR PLANS("", PLAN("p") ",{\"BackupPlanName\":\"n\"}") NO_SELECTION("p"),
      A " us-east-1 unknown n=0.. -parents-unknown\n" },
    { "and one with a key twice",
      DIR PLANS("", PLAN("p") ",{\"BackupPlanId\":\"q\",\"BackupPlanId\":\"q\"}")
          NO_SELECTION("p") NO_SELECTION("q"),
      "123456789012 us-east-1 unknown n=0.. -parents-unknown\n" },
    { "and one with another's id",
      DIR PLANS("", PLAN("p") ",{\"BackupPlanId\":7}") NO_SELECTION("p"),
      "123456789012 us-east-1 unknown n=0.. -parents-unknown\n" },
    { "and a parents' listing that goes on elsewhere",
      DIR US
      "backup-list-backup-plans.json={\"NextToken\":\"x\",\"BackupPlansList\":[" PLAN(
          "p") "]}\n" NO_SELECTION("p"),
      A " us-east-1 unknown n=0.. -parents-unknown\n" },
};

static void of_parents(void **state)
{
    scan_row(*state, parts_rule);
}

/* An account is told by what says one account, once. */
#define IDENTITY(members)                                                              \
    "x/\nx/sts-get-caller-identity.json={" members "\"UserId\":\"u\"}\n"
#define IN_US "x/us-east-1-" SNAPS ".json=" LIST("") "\n"

static const struct scan_row identity_rows[] = {
    { "an identity tells the account of what lies beside it",
      IDENTITY("\"Account\":\"" A "\",\"Arn\":\"a\",") IN_US,
      A " us-east-1 fail n=0 m=0 +not-narrowed\n" },
    { "one that says two accounts tells none",
      IDENTITY("\"Account\":\"" A "\",\"Arn\":\"a\",\"Account\":\"" B "\",") IN_US,
      "- us-east-1 fail n=0 m=0 +not-narrowed\n" },
    { "nor does one whose account is none",
      IDENTITY("\"Account\":\"12345\",\"Arn\":\"a\",") IN_US,
      "- us-east-1 fail n=0 m=0 +not-narrowed\n" },
};

static void of_identities(void **state)
{
    scan_row(*state, snapshots_rule);
}

/* One's own snapshot among those of more accounts than are kept. */
static void one_account_among_more_than_are_kept_is_not_all(void **state)
{
    static const struct scan_row row = { "", "us-east-1-" SNAPS ".json=\n", "" };
    const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;
    struct buf text = BUF_EMPTY(&arena);
    const char *printed;

    (void)state;
    buf_add(&text,
            STR("{\"DBSnapshots\":[" PLACED("own", "awsbackup", "us-east-1", A)));
    for (int i = 1; i <= 300; i++)
        buf_printf(&text,
                   ",{" FIELDS("arn:aws:rds:us-east-1:%012d:snapshot:a", "shared") "}",
                   i);
    buf_add(&text, STR("]}"));
    printed = scan_print(&arena, &row, snapshots_rule, &settings, buf_str(&text));
    assert_string_equal(strstr(printed, A),
                        A " us-east-1 pass n=1.. m=1.. +account-by-arn\n");
    arena_release(&arena);
}

/* Two listings, of which either keeps the verdict: it rests on one of them. */
static const char both_rule[] =
    REGION_RULE "  a: { from: \"AWS::RDS::DBSnapshot\" }\n"
                "  b: { from: \"AWS::RDS::DBClusterSnapshot\" }\n"
                "outcomes:\n"
                "  - { result: pass, when: \"a > `0` && b > `0`\", message: p }\n"
                "  - { result: fail, message: f }\n";

static const struct scan_row support_rows[] = {
    { "of two that suffice, one is named",
      DIR WHOLE US
      "rds-describe-db-cluster-snapshots.json={\"DBClusterSnapshots\":[]}\n",
      A " us-east-1 fail a=0 b=0 +not-narrowed\n" },
    { "the one that is needed",
      DIR US SNAPS ".json=" LIST(ONE(
          "a",
          "m")) "\n" US
                "rds-describe-db-cluster-snapshots.json={\"DBClusterSnapshots\":[]}\n",
      A " us-east-1 fail a=1 b=0 +not-narrowed\n" },
};

static void of_support(void **state)
{
    scan_row(*state, both_rule);
}

/* What an extreme rests on. */
static const char extreme_rule[] =
    REGION_RULE "  new: { from: \"AWS::RDS::DBSnapshot\", max: SnapshotCreateTime }\n"
                "  b: { from: \"AWS::RDS::DBClusterSnapshot\" }\n"
                "outcomes:\n"
                "  - { result: pass, when: \"new > `5` && b > `0`\", message: p }\n"
                "  - { result: fail, message: f }\n";

#define CLUSTER(id)                                                                    \
    "{\"DBClusterSnapshotIdentifier\":\"" id                                           \
    "\",\"SnapshotType\":\"m\",\"Engine\":\"e\",\"Status\":\"s\"}"
#define CLUSTERS(records)                                                              \
    US "rds-describe-db-cluster-snapshots.json={\"DBClusterSnapshots\":[" records "]}" \
       "\n"
#define TIMED(id, time) "{" FIELDS(id, "m") ",\"SnapshotCreateTime\":" time "}"

static const struct scan_row extreme_rows[] = {
    { "a pass by two listings",
      DIR US SNAPS ".json=" LIST(TIMED("a", "9")) "\n" CLUSTERS(CLUSTER("c")),
      A " us-east-1 pass new=9 b=1\n" },
    { "a pass by a page",
      DIR US SNAPS ".json=" PAGE(TIMED("a", "9")) "\n" CLUSTERS(CLUSTER("c")),
      A " us-east-1 pass new=9.. b=1\n" },
    { "a fail by the largest rests on all that is listed",
      DIR US SNAPS ".json=" LIST(TIMED("a", "3")) "\n" CLUSTERS(CLUSTER("c")),
      A " us-east-1 fail new=3 b=1 +not-narrowed\n" },
    { "and on that listing alone",
      DIR US SNAPS ".json=" LIST(TIMED("a", "3")) "\n" CLUSTERS(""),
      A " us-east-1 fail new=3 b=0 +not-narrowed\n" },
    { "a fail by the other",
      DIR US SNAPS ".json=" LIST(TIMED("a", "9")) "\n" CLUSTERS(""),
      A " us-east-1 fail new=9 b=0 +not-narrowed\n" },
    { "a fail by none", DIR US SNAPS ".json=" LIST("") "\n" CLUSTERS(CLUSTER("c")),
      A " us-east-1 unknown new=none b=1 -none\n" },
};

static void of_extremes(void **state)
{
    scan_row(*state, extreme_rule);
}

/* An unknown says why, whatever the reason. */
static const char compared_rule[] = REGION_RULE
    "  a: { from: \"AWS::RDS::DBSnapshot\" }\n"
    "  b: { from: \"AWS::RDS::DBSnapshot\", where: \"SnapshotType == 'm'\" }\n"
    "  new: { from: \"AWS::RDS::DBSnapshot\", max: SnapshotCreateTime }\n"
    "outcomes:\n"
    "  - { result: pass, when: \"a == b && new > `5`\", message: p }\n"
    "  - { result: fail, message: f }\n";

static const struct scan_row reason_rows[] = {
    { "a record without the value that is the largest",
      DIR US SNAPS ".json=" LIST(ONE("a", "m")) "\n",
      A " us-east-1 unknown a=1 b=1 new=.. -no-value\n" },
    { "a record that stands twice",
      DIR US SNAPS ".json=" LIST(ONE("a", "m") "," ONE("a", "m")) "\n",
      A " us-east-1 unknown a=1 b=1 new=.. -no-value -repeated-ids\n" },
};

static void of_reasons(void **state)
{
    scan_row(*state, compared_rule);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, taint_rows, of_taint);
    TESTS_ADD_ROWS(&tests, account_rows, of_accounts);
    TESTS_ADD_ROWS(&tests, parents_rows, of_parents);
    TESTS_ADD_ROWS(&tests, identity_rows, of_identities);
    TESTS_ADD(&tests, one_account_among_more_than_are_kept_is_not_all);
    TESTS_ADD_ROWS(&tests, extreme_rows, of_extremes);
    TESTS_ADD_ROWS(&tests, support_rows, of_support);
    TESTS_ADD_ROWS(&tests, reason_rows, of_reasons);
    return tests_run("judge_taint", &tests);
}
