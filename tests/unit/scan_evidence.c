/*
 * The semantics of evidence, a row a case: files in, findings of one small rule out.
 */
#include "scan_rows.h"

/* One of extremes, of times and of numbers. */
static const char extremes_rule[] = REGION_RULE
    "  new: { query: \"DBSnapshots[?SnapshotType==`a`]\", max: SnapshotCreateTime }\n"
    "  old: { from: \"AWS::RDS::DBSnapshot\", where: \"SnapshotType=='a'\", min: "
    "SnapshotCreateTime }\n"
    "  big: { from: \"AWS::RDS::DBSnapshot\", max: AllocatedStorage }\n"
    "outcomes:\n"
    "  - { result: pass, when: \"new > `1`\", message: \"{new} {old} {big}\" }\n"
    "  - { result: fail, message: \"f\" }\n";

/* One that reads a field which AWS may leave out. */
static const char plans_rule[] = REGION_RULE
    "  n: { from: \"AWS::Backup::BackupPlan\", where: \"!DeletionDate\", accepts: "
    "filtered }\n"
    "outcomes:\n"
    "  - { result: pass, when: \"n > `0`\", message: \"{n}\" }\n"
    "  - { result: fail, message: \"none\" }\n";

#define A     "123456789012"
#define B     "210987654321"
#define US    "123456789012/us-east-1/"
#define DIR   "123456789012/\n123456789012/us-east-1/\n"
#define SNAPS "rds-describe-db-snapshots"
#define ONE(id, type)                                                                  \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"" type                    \
    "\",\"Engine\":\"e\",\"Status\":\"s\"}"
#define PLACED(id, type, region, account)                                              \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"" type                    \
    "\",\"Engine\":\"e\",\"Status\":\"s\",\"DBSnapshotArn\":\"arn:aws:rds:" region     \
    ":" account ":snapshot:" id "\"}"
#define LONG                                                                           \
    "a-name-of-many-letters-a-name-of-many-letters-a-name-of-many-letters-a-name-of-"  \
    "many-letters-a-name-of-many-letters-a-name-of-many-letters-a-name-of-many-words"
#define LIST(records)        "{\"DBSnapshots\":[" records "]}"
#define PAGE(records, token) "{\"DBSnapshots\":[" records "],\"Marker\":" token "}"
#define PLAN(id)                                                                       \
    "{\"BackupPlanId\":\"" id "\",\"BackupPlanArn\":\"arn:aws:backup:us-east-1:" A     \
    ":backup-plan:" id "\",\"BackupPlanName\":\"n\",\"VersionId\":\"v\","              \
    "\"CreationDate\":1}"
#define PLANS(plans)                                                                   \
    US "backup-list-backup-plans.json={\"BackupPlansList\":[" plans "]}\n"
#define SELECTION(plan, id)                                                            \
    "{\"SelectionId\":\"" id "\",\"SelectionName\":\"s\",\"BackupPlanId\":\"" plan     \
    "\",\"CreationDate\":1,\"IamRoleArn\":\"r\"}"
#define SELECTIONS(name, records)                                                      \
    US "backup-list-backup-selections" name                                            \
       ".json={\"BackupSelectionsList\":[" records "]}\n"

#define TAGGED(tags)                                                                   \
    US "resourcegroupstaggingapi-get-resources.json={\"ResourceTagMappingList\":[{"    \
       "\"ResourceARN\":\"arn:aws:rds:us-east-1:" A ":db:a\",\"Tags\":" tags "}]}\n"
#define DEEP LONG "/" LONG "/"

static const struct scan_row rows[] = {
    { "what nothing places is judged on its own, however long its path",
      LONG "/\n" DEEP "\n" DEEP LONG "-x.json=" LIST(ONE("a", "awsbackup")) "\n"
      DEEP LONG "-y.json=" LIST("") "\n",
      "- - pass n=1 m=1\n- - fail n=0 m=0 +not-narrowed\n" },

    /* what a document is worth */
    { "a whole answer is exact", DIR US SNAPS ".json=" LIST(ONE("a", "manual")) "\n",
      A " us-east-1 fail n=1 m=0 +not-narrowed\n" },
    { "a hit passes, and assumes nothing",
      DIR US SNAPS ".json=" LIST(ONE("a", "awsbackup")) "\n",
      A " us-east-1 pass n=1 m=1\n" },
    { "a token with a hit passes",
      DIR US SNAPS ".json=" PAGE(ONE("a", "awsbackup"), "\"x\"") "\n",
      A " us-east-1 pass n=1.. m=1..\n" },
    { "a token without a hit is unknown",
      DIR US SNAPS ".json=" PAGE(ONE("a", "manual"), "\"x\"") "\n",
      A " us-east-1 unknown n=1.. m=0.. -token\n" },
    { "an empty or null token is none",
      DIR US SNAPS ".json=" PAGE("", "\"\"") "\n", A " us-east-1 fail n=0 m=0 +not-narrowed\n" },
    { "null is none, and neither is an empty text beside it",
      DIR US SNAPS ".json={\"DBSnapshots\":[],\"Marker\":null,\"NextToken\":\"\"}\n", "123456789012 us-east-1 fail n=0 m=0 +not-narrowed\n" },
    { "false is one", DIR US SNAPS ".json=" PAGE("", "false") "\n", "123456789012 us-east-1 unknown n=0.. m=0.. -token\n" },
    { "and so is an object", DIR US SNAPS ".json=" PAGE("", "{}") "\n", "123456789012 us-east-1 unknown n=0.. m=0.. -token\n" },
    { "a token that is no text is one",
      DIR US SNAPS ".json=" PAGE("", "1e999") "\n",
      A " us-east-1 unknown n=0.. m=0.. -token\n" },
    { "a page without a token beside one with may be the last",
      DIR US "p1-" SNAPS ".json=" PAGE("", "\"x\"") "\n" US "p2-" SNAPS ".json=" LIST("") "\n",
      A " us-east-1 unknown n=0.. m=0.. -token -may-be-last-page\n" },
    { "lower bounds of pages are not added: the largest counts",
      DIR US "p1-" SNAPS ".json=" PAGE(ONE("a", "m") "," ONE("b", "m"), "\"x\"") "\n" US
          "p2-" SNAPS ".json=" LIST(ONE("c", "m")) "\n",
      A " us-east-1 unknown n=2.. m=0.. -token -may-be-last-page\n" },
    { "two complete answers that disagree leave the span between them",
      DIR US "a-" SNAPS ".json=" LIST("") "\n" US "b-" SNAPS ".json=" LIST(ONE("a", "awsbackup"))
          "\n",
      A " us-east-1 unknown n=0..1 m=0..1 -disagreement\nP disagreement\nP disagreement\n" },
    { "two complete answers that agree on the verdict give it",
      DIR US "a-" SNAPS ".json=" LIST(ONE("a", "awsbackup")) "\n" US "b-" SNAPS
          ".json=" LIST(ONE("a", "awsbackup") "," ONE("b", "awsbackup")) "\n",
      A " us-east-1 pass n=1..2 m=1..2\nP disagreement\nP disagreement\n" },
    { "damage keeps what came before",
      DIR US SNAPS ".json={\"DBSnapshots\":[" ONE("a", "awsbackup") ",{\"x\n",
      A " us-east-1 pass n=1.. m=1..\nP cut-off\n" },
    { "damage behind the listing may have lost a token",
      DIR US SNAPS ".json={\"DBSnapshots\":[],\"x\n",
      A " us-east-1 unknown n=0.. m=0.. -cut-off\nP cut-off\n" },
    { "a damaged answer taints a whole one",
      DIR US "a-" SNAPS ".json={\"DBSnapshots\":[]\n" US "b-" SNAPS ".json=" LIST("") "\n",
      A " us-east-1 unknown n=0.. m=0.. -cut-off -may-be-last-page\nP cut-off\n" },
    { "a break leaves no document before it complete, of whatever type",
      DIR US "backup-list-backup-plans.json=" LIST("") " x\n",
      A " us-east-1 unknown n=0.. m=0.. -source-breaks-off\nP trailing-text\n" },
    { "an empty file taints a whole answer of its call",
      DIR US "a-" SNAPS ".json=\n" US "b-" SNAPS ".json=" LIST("") "\n",
      A " us-east-1 unknown n=0.. m=0.. -empty -may-be-last-page\nP empty\n" },
    { "an empty file of another call taints nothing",
      DIR US "rds-describe-db-instances.json=\n" US SNAPS ".json=" LIST("") "\n",
      A " us-east-1 fail n=0 m=0 +not-narrowed\nP empty\n" },
    { "an empty file whose name tells no call may have been of any",
      DIR US "a.json=\n" US SNAPS ".json=" LIST("") "\n",
      A " us-east-1 unknown n=0.. m=0.. -may-be-last-page -empty\nP empty\n" },
    { "a duplicated envelope key gives nothing",
      DIR US SNAPS ".json={\"DBSnapshots\":[" ONE("a", "awsbackup") "],\"DBSnapshots\":[]}\n",
      A " us-east-1 unknown n=0.. m=0.. -duplicate-envelope-key\nP duplicate-envelope-key\n" },
    { "two whole answers beside a lost page differ in what may count alone",
      DIR US "a-" SNAPS ".json=" LIST(ONE("a", "manual")) "\n" US "b-" SNAPS
          ".json=" LIST("{\"DBSnapshotIdentifier\":\"b\"}") "\n" US "c-" SNAPS ".json=\n",
      A " us-east-1 unknown n=1.. m=0.. -may-be-last-page -may-be-last-page -undecided-records -empty -disagreement\nP disagreement\nP disagreement\nP empty\n" },

    /* limited documents */
    { "a bare array is complete only where filtered is accepted",
      DIR US SNAPS ".json=[]\n", A " us-east-1 fail n=0.. m=0 +filtered\n" },
    { "an answer asked with an option is limited too",
      DIR US SNAPS "--awsbackup.json=" LIST("") "\n", A " us-east-1 fail n=0.. m=0 +not-narrowed\n" },
    { "what a limited answer has is there, whatever a whole one says",
      DIR US SNAPS "--x.json=" LIST(ONE("a", "awsbackup")) "\n" US SNAPS ".json=" LIST("") "\n",
      A " us-east-1 unknown n=0..1 m=0..1 -asked-with-option -disagreement\nP disagreement\nP "
        "disagreement\n" },
    { "and so is what a bare array has",
      DIR US "q.json=[" ONE("a", "awsbackup") "]\n" US SNAPS ".json=" LIST(ONE("b", "manual")) "\n",
      A " us-east-1 unknown n=1 m=0..1 -disagreement\nP disagreement\nP "
        "disagreement\n" },
    { "what a limited answer lacks makes no whole one doubtful",
      DIR US SNAPS "--x.json=" LIST("") "\n" US SNAPS ".json=" LIST(ONE("a", "awsbackup")) "\n",
      A " us-east-1 pass n=1 m=1\n" },
    { "an option that leaves others in proves nothing by what is not there",
      DIR US SNAPS "--manual.json=" LIST(ONE("a", "manual")) "\n",
      A " us-east-1 unknown n=1.. m=0.. -asked-with-option\n" },
    { "nor does one whose meaning is not known, such as a page",
      DIR US SNAPS "--page2.json=" LIST("") "\n",
      A " us-east-1 unknown n=0.. m=0.. -asked-with-option\n" },
    { "the option that asks for what the fact counts leaves out nothing that counts",
      DIR US SNAPS "--awsbackup.json=" LIST("") "\n",
      A " us-east-1 fail n=0.. m=0 +not-narrowed\n" },
    { "with its name, too", DIR US SNAPS "--snapshot-type-awsbackup.json=" LIST("") "\n",
      A " us-east-1 fail n=0.. m=0 +not-narrowed\n" },
    { "one word behind the other", DIR US SNAPS "--snapshot-type--awsbackup.json=" LIST("") "\n",
      A " us-east-1 fail n=0.. m=0 +not-narrowed\n" },
    { "but not with another that begins so",
      DIR US SNAPS "--snapshot-types-awsbackup.json=" LIST("") "\n", "123456789012 us-east-1 unknown n=0.. m=0.. -asked-with-option\n" },
    { "nor with one that ends so",
      DIR US SNAPS "--snapshot-typeXawsbackup.json=" LIST("") "\n", "123456789012 us-east-1 unknown n=0.. m=0.. -asked-with-option\n" },
    { "nor with the option alone", DIR US SNAPS "--snapshot-type.json=" LIST("") "\n", "123456789012 us-east-1 unknown n=0.. m=0.. -asked-with-option\n" },
    { "nor with nothing behind it", DIR US SNAPS "--snapshot-type-.json=" LIST("") "\n", "123456789012 us-east-1 unknown n=0.. m=0.. -asked-with-option\n" },
    { "nor with another option before the word",
      DIR US SNAPS "--snapshot-kind--awsbackup.json=" LIST("") "\n", "123456789012 us-east-1 unknown n=0.. m=0.. -asked-with-option\n" },
    { "but not with a second option",
      DIR US SNAPS "--awsbackup--db1.json=" LIST("") "\n",
      A " us-east-1 unknown n=0.. m=0.. -asked-with-option\n" },
    { "nor where its records show that its name is wrong",
      DIR US SNAPS "--awsbackup.json=" LIST(ONE("a", "manual")) "\n",
      A " us-east-1 unknown n=1.. m=0.. -asked-with-option\n" },
    { "a bare array asked with an option needs that the fact accepts both",
      DIR US SNAPS "--awsbackup.json=[]\n", A " us-east-1 fail n=0.. m=0 +filtered\n" },
    { "listed one type at a time: a hit in any of them proves the pass",
      DIR US SNAPS "--manual.json=" LIST(ONE("a", "manual")) "\n" US SNAPS "--awsbackup.json=" LIST(
          ONE("b", "awsbackup")) "\n",
      A " us-east-1 pass n=1.. m=1\n" },
    { "and no hit in the one that asks for them proves that there is none",
      DIR US SNAPS "--manual.json=" LIST(ONE("a", "manual")) "\n" US SNAPS
                   "--awsbackup.json=" LIST("") "\n",
      A " us-east-1 fail n=1.. m=0 +not-narrowed\n" },
    { "a bare array with a record twice has no more than what counts",
      DIR US SNAPS ".json=[" ONE("a", "awsbackup") "," ONE("a", "awsbackup") "]\n", "123456789012 us-east-1 pass n=1.. m=1\n" },
    { "but one with a record that may count may have",
      DIR US SNAPS ".json=[" ONE("a", "awsbackup") ",{\"DBSnapshotIdentifier\":\"b\"}]\n", "123456789012 us-east-1 pass n=2.. m=1..\n" },
    { "two bare arrays never contradict each other",
      DIR US "a-" SNAPS ".json=[" ONE("a", "awsbackup") "]\n" US "b-" SNAPS ".json=[]\n",
      A " us-east-1 pass n=1.. m=1\n" },
    { "a bare array with what the published query leaves out is of another query",
      DIR US SNAPS ".json=[" ONE("a", "manual") "," ONE("b", "manual") "]\n",
      A " us-east-1 unknown n=2.. m=0.. -bare-array\n" },
    { "two whole answers that differ are of two times, though a third is lost",
      DIR US "a-" SNAPS ".json=" LIST("") "\n" US "b-" SNAPS
          ".json=" LIST(ONE("a", "awsbackup")) "\n" US "c-" SNAPS ".json=\n", A " us-east-1 unknown n=0.. m=0.. -may-be-last-page -may-be-last-page -empty -disagreement\n" "P disagreement\n" "P disagreement\n" "P empty\n" },
    { "a limited answer that failed taints no whole one",
      DIR US SNAPS "--x.json=\n" US SNAPS ".json=" LIST("") "\n",
      A " us-east-1 fail n=0 m=0 +not-narrowed\nP empty\n" },
    { "a limited answer with a token taints every one",
      DIR US SNAPS "--x.json=" PAGE("", "\"x\"") "\n" US SNAPS ".json=" LIST("") "\n",
      A " us-east-1 unknown n=0.. m=0.. -token -asked-with-option -may-be-last-page\n" },
    { "an array of text is no listing",
      DIR US SNAPS ".json=[\"a\"]\n",
      A " us-east-1 unknown n=0.. m=0.. -ids-only\n" },

    /* undecided records */
    { "a field that AWS always prints and that is missing leaves the record open",
      DIR US SNAPS ".json=" LIST("{\"DBSnapshotIdentifier\":\"a\",\"Engine\":\"e\",\"Status\":\"s\"}")
          "\n",
      A " us-east-1 unknown n=1 m=0..1 -undecided-records\n" },
    { "one that the rule does not read does not",
      DIR US SNAPS ".json=" LIST("{\"SnapshotType\":\"manual\"}") "\n",
      A " us-east-1 fail n=1 m=0 +not-narrowed\n" },
    { "a duplicate key at any depth leaves the record open for every fact",
      DIR US SNAPS ".json=" LIST("{\"SnapshotType\":\"manual\",\"TagList\":[{\"Key\":1,\"Key\":2}]}")
          "\n",
      A " us-east-1 unknown n=0..1 m=0..1 -duplicate-key\n" },
    { "an element that is no record is open too",
      DIR US SNAPS ".json=" LIST("7") "\n",
      A " us-east-1 unknown n=0..1 m=0..1 -undecided-records\n" },

    { "an ARN that is no text may be of anywhere",
      DIR US SNAPS ".json=" LIST("{\"DBSnapshotIdentifier\":\"a\",\"SnapshotType\":"
                                 "\"awsbackup\",\"DBSnapshotArn\":5}") "\n",
      "123456789012 us-east-1 unknown n=0..1 m=0..1 -undecided-records\n" },
    { "and so may one that is none",
      DIR US SNAPS ".json=" LIST("{\"DBSnapshotIdentifier\":\"a\",\"SnapshotType\":"
                                 "\"awsbackup\",\"DBSnapshotArn\":\"arn:aws\"}") "\n",
      "123456789012 us-east-1 unknown n=0..1 m=0..1 -undecided-records\n" },
    { "beside one of the account",
      DIR US SNAPS ".json=" LIST(PLACED("b", "awsbackup", "us-east-1", A) ",{\"DBSnapshotIdentifier\":\"a\",\"SnapshotType\":"
                                 "\"awsbackup\",\"DBSnapshotArn\":\"arn:aws\"}") "\n",
      "123456789012 us-east-1 pass n=1..2 m=1..2\n" },
    { "one of AWS's own account is counted as of here",
      DIR US SNAPS ".json=" LIST(PLACED("a", "awsbackup", "us-east-1", "aws")) "\n",
      "123456789012 us-east-1 pass n=1 m=1\n" },

    /* scope */
    /* scope */
    { "foreign records are not counted",
      DIR US SNAPS ".json=" LIST(PLACED("a", "manual", "us-east-1", A) ","
                                     PLACED("b", "awsbackup", "us-east-1", B)) "\n",
      A " us-east-1 fail n=1 m=0 +not-narrowed\n" },
    { "no record of the path's account: mislabelled",
      DIR US SNAPS ".json=" LIST(PLACED("b", "awsbackup", "us-east-1", B)) "\n",
      A " us-east-1 unknown n=0.. m=0.. -mislabelled\nP mislabelled\n" },
    { "a record of another region: mislabelled",
      DIR US SNAPS ".json=" LIST(PLACED("a", "awsbackup", "us-east-1", A) ","
                                     PLACED("b", "awsbackup", "eu-west-1", A)) "\n",
      A " us-east-1 unknown n=0.. m=0.. -mislabelled\nP mislabelled\n" },
    { "a mislabelled answer's token holds for its folder",
      DIR US "a-" SNAPS ".json=" PAGE(PLACED("b", "awsbackup", "us-east-1", B), "\"x\"") "\n" US
          "b-" SNAPS ".json=" LIST("") "\n",
      A " us-east-1 unknown n=0.. m=0.. -token -mislabelled -may-be-last-page\nP mislabelled\n" },
    { "ARNs alone tell the account, and the finding says so",
      SNAPS ".json=" LIST(PLACED("a", "awsbackup", "us-east-1", A)) "\n",
      A " us-east-1 pass n=1 m=1 +account-by-arn\n" },
    { "and do so of an array that gave nothing",
      SNAPS ".json=[" PLACED("a", "awsbackup", "us-east-1", A) ",{\"DBInstanceStatus\":\"x\"}]\n",
      A " us-east-1 unknown n=0.. m=0.. -mixed-records\nP mixed-records\n" },
    { "records of two accounts count where their ARNs put them",
      SNAPS ".json=" LIST(PLACED("a", "awsbackup", "us-east-1", A) ","
                              PLACED("b", "awsbackup", "us-east-1", B)) "\n", A " us-east-1 pass n=1.. m=1.. +account-by-arn\n" "210987654321 us-east-1 pass n=1.. m=1.. +account-by-arn\n" },
    { "the caller identity beside it tells the account",
      "x/\nx/sts-get-caller-identity.json={\"Account\":\"" B
      "\",\"Arn\":\"a\",\"UserId\":\"u\"}\nx/us-east-1-" SNAPS ".json=" LIST("") "\n",
      B " us-east-1 fail n=0 m=0 +not-narrowed\n" },
    { "one that contradicts the path: mislabelled",
      DIR US "sts-get-caller-identity.json={\"Account\":\"" B
             "\",\"Arn\":\"a\",\"UserId\":\"u\"}\n" US SNAPS ".json=" LIST("") "\n",
      A " us-east-1 unknown n=0.. m=0.. -mislabelled\nP mislabelled\nP mislabelled\n" },
    { "what nothing tells is judged on its own, a source a cell",
      "a-" SNAPS ".json=" LIST("") "\nb-" SNAPS ".json=" LIST(ONE("a", "awsbackup")) "\n",
      "- - fail n=0 m=0 +not-narrowed\n- - pass n=1 m=1\n" },
    { "so are two whose paths are alike for long",
      LONG "-a-" SNAPS ".json=" LIST("") "\n" LONG
           "-b-" SNAPS ".json=" LIST(ONE("a", "awsbackup")) "\n",
      "- - fail n=0 m=0 +not-narrowed\n- - pass n=1 m=1\n" },
    { "and completes nothing if any answer of its type has a token",
      "a-" SNAPS ".json=" LIST("") "\n" DIR US SNAPS ".json=" PAGE("", "\"x\"") "\n",
      "- - unknown n=0.. m=0.. -may-be-last-page\n" A
      " us-east-1 unknown n=0.. m=0.. -token\n" },
    { "a page of which nothing tells the account may be of any in its region",
      "us-east-1-" SNAPS ".json=" PAGE("", "\"x\"") "\n" DIR US SNAPS ".json=" LIST("") "\n",
      "- us-east-1 unknown n=0.. m=0.. -token\n" A
      " us-east-1 unknown n=0.. m=0.. -may-be-last-page\n" },
    { "and of none in another",
      "us-east-2-" SNAPS ".json=" PAGE("", "\"x\"") "\n" DIR US SNAPS ".json=" LIST("") "\n",
      "- us-east-2 unknown n=0.. m=0.. -token\n" A
      " us-east-1 fail n=0 m=0 +not-narrowed\n" },
    { "a broken answer that looks like a draft as far as it goes makes a cell",
      "us-west-2-backup-get-backup-plan--p.json={\"BackupPlan\":{},\n",
      "- us-west-2 unknown n=0.. m=0.. -missing\nP cut-off\n" },
    { "records of several accounts and regions, of no told place",
      SNAPS ".json=" LIST(PLACED("a", "awsbackup", "us-east-1", A) "," PLACED(
          "b", "awsbackup", "eu-west-1", B) "," PLACED("c", "m", "eu-west-1", A)) "\n",
      "123456789012 eu-west-1 unknown n=1.. m=0.. -several-places\n"
"123456789012 us-east-1 pass n=1.. m=1.. +account-by-arn\n"
"210987654321 eu-west-1 pass n=1.. m=1.. +account-by-arn\n" },
    { "and one that tells none among them",
      SNAPS ".json=" LIST(PLACED("a", "m", "us-east-1", A) "," PLACED(
          "b", "m", "us-east-1", B) "," ONE("c", "awsbackup")) "\n",
      "123456789012 us-east-1 unknown n=1.. m=0.. -several-places\n"
"210987654321 us-east-1 unknown n=1.. m=0.. -several-places\n" },
    { "a folder of another listing, with -- in its name",
      DIR US "my--notes/\n" US "my--notes/" SNAPS "-x.json=" LIST("") "\n" US
      "my--notes/x.json={\"DBSnapshots\":[]}\n",
      "123456789012 us-east-1 fail n=0 m=0 +not-narrowed\n" },
    { "an empty folder that is named is a cell",
      "123456789012/\n123456789012/us-east-1/\n123456789012/us-east-2/\n" US SNAPS
      ".json=" LIST("") "\n",
      A " us-east-1 fail n=0 m=0 +not-narrowed\n" A
        " us-east-2 unknown n=0.. m=0.. -missing\n" },
    { "a listing of another type makes the cell in which this one is missing",
      "x-" A "-us-west-2-rds-describe-db-instances.json={\"DBInstances\":[]}\n",
      A " us-west-2 unknown n=0.. m=0.. -missing\n" },
}, part_rows[] = {
    { "parts add up over their parents",
      DIR PLANS(PLAN("p") "," PLAN("q")) SELECTIONS("--p", SELECTION("p", "1"))
          SELECTIONS("--q", SELECTION("q", "2") "," SELECTION("q", "3")),
      A " us-east-1 pass n=3\n" },
    { "empty parts of every parent are an exact zero",
      DIR PLANS(PLAN("p") "," PLAN("q")) SELECTIONS("--p", "") SELECTIONS("--q", ""), A " us-east-1 fail n=0 +not-narrowed +not-narrowed\n" },
    { "a complete listing of no parents is an exact zero", DIR PLANS(""),
      A " us-east-1 fail n=0 +not-narrowed\n" },
    { "a parent without its part leaves it open",
      DIR PLANS(PLAN("p") "," PLAN("q")) SELECTIONS("--p", ""),
      A " us-east-1 unknown n=0.. -part-missing\n" },
    { "a part says that there are some, whatever the others",
      DIR PLANS(PLAN("p") "," PLAN("q")) SELECTIONS("--p", SELECTION("p", "1")),
      A " us-east-1 pass n=1..\n" },
    { "without the parents' listing parts are lower bounds, added up",
      DIR SELECTIONS("--p", "") SELECTIONS("--q", ""),
      A " us-east-1 unknown n=0.. -parents-unknown\n" },
    { "a part of a parent that is not listed leaves it open",
      DIR PLANS(PLAN("p")) SELECTIONS("--p", "") SELECTIONS("--q", ""),
      A " us-east-1 unknown n=0.. -parent-unlisted\n" },
    { "the records name the parent where the file does not",
      DIR PLANS(PLAN("p")) SELECTIONS("", SELECTION("p", "1")), A " us-east-1 pass n=1\n" },
    { "so do those of a bare array, whatever the file says",
      DIR PLANS(PLAN("p")) US
      "backup-list-backup-selections--q.json=[" SELECTION("p", "1") "]\n" SELECTIONS("--p", ""), A " us-east-1 unknown n=0..1 -bare-array -disagreement\n" "P disagreement\n" "P disagreement\n" },
    { "a part whose parent nothing names completes nothing",
      DIR PLANS(PLAN("p")) SELECTIONS("", ""),
      A " us-east-1 unknown n=0.. -parent-untold -part-missing\n" },
    { "a part that gave nothing, of no told parent, leaves open that there are none",
      DIR PLANS("") US "backup-list-backup-selections.json=\n", A " us-east-1 unknown n=0.. -empty\n" "P empty\n" },
    { "a token in one part leaves its parent open",
      DIR PLANS(PLAN("p")) US
      "backup-list-backup-selections--p.json={\"BackupSelectionsList\":[],\"NextToken\":\"x\"}\n",
      A " us-east-1 unknown n=0.. -token -part-missing\n" },
    { "a duplicated envelope key in one part leaves its parent open",
      DIR PLANS(PLAN("p")) SELECTIONS("--p", "") US
      "x-backup-list-backup-selections--p.json={\"BackupSelectionsList\":[],"
      "\"BackupSelectionsList\":[]}\n",
      A " us-east-1 unknown n=0.. -may-be-last-page -duplicate-envelope-key -part-missing\n"
        "P duplicate-envelope-key\n" },
    { "and no other parent",
      DIR PLANS(PLAN("p")) SELECTIONS("--p", "") US
      "x-backup-list-backup-selections--q.json={\"BackupSelectionsList\":7}\n", A " us-east-1 unknown n=0.. -list-not-array\n" "P list-not-array\n" },
    { "parents whose listing has a token are not known",
      DIR US "backup-list-backup-plans.json={\"BackupPlansList\":[" PLAN(
          "p") "],\"NextToken\":\"x\"}\n" SELECTIONS("--p", ""),
      A " us-east-1 unknown n=0.. -parents-unknown\n" },
    { "a parent that only an array has, of which no part is told",
      DIR PLANS(PLAN("p")) US "x-backup-list-backup-plans.json=[" PLAN("q") "]\n" SELECTIONS("--p", ""), A " us-east-1 unknown n=0.. -parents-unknown\n" },
    { "of two lists of parents, one of which ends sooner, neither is known to be right",
      DIR PLANS(PLAN("p") "," PLAN("q")) US
      "x-backup-list-backup-plans.json={\"BackupPlansList\":[" PLAN("p") "]}\n"
      SELECTIONS("--p", "") SELECTIONS("--q", ""), A " us-east-1 unknown n=0.. -parents-unknown\n" },
    { "a parent's id in a file's name has _ for / and :",
      DIR PLANS(PLAN("orgs/p")) SELECTIONS("--orgs_p", ""), A " us-east-1 fail n=0 +not-narrowed +not-narrowed\n" },
    { "or is as it is, so that folders and file are one name",
      DIR PLANS(PLAN("orgs/p") "," PLAN("a/b/c")) US
      "backup-list-backup-selections--orgs/\n" US
      "backup-list-backup-selections--orgs/p.json={\"BackupSelectionsList\":[]}\n" US
      "backup-list-backup-selections--a/\n" US
      "backup-list-backup-selections--a/b/\n" US
      "backup-list-backup-selections--a/b/c.json={\"BackupSelectionsList\":[]}\n",
      A " us-east-1 fail n=0 +not-narrowed +not-narrowed\n" },
    { "two parents whose names in a file are the same leave it open",
      DIR PLANS(PLAN("a/b") "," PLAN("a_b")) SELECTIONS("--a_b", ""),
      A " us-east-1 unknown n=0.. -parents-alike\n" },
    { "a parent that only its own record tells leaves it open",
      DIR PLANS("") US "backup-get-backup-plan--p.json={\"BackupPlan\":{},"
                       "\"BackupPlanId\":\"p\"}\n",
      A " us-east-1 unknown n=0.. -missing -parents-unknown\n" },
    { "one whose name tells it leaves that parent open",
      DIR PLANS(PLAN("p") "," PLAN("q")) SELECTIONS("--q", "") US
      "backup-list-backup-selections--p.json=\n",
      "123456789012 us-east-1 unknown n=0.. -empty -part-missing\n"
"P empty\n" },
    { "and taints what is told of that parent, and of no other",
      DIR PLANS(PLAN("p") "," PLAN("q")) SELECTIONS("--p", "") SELECTIONS("--q", "") US
      "x-backup-list-backup-selections--p.json=\n",
      "123456789012 us-east-1 unknown n=0.. -may-be-last-page -empty -part-missing\n"
"P empty\n" },
    { "parts of which nothing tells the parent, beside no parents",
      DIR PLANS("") SELECTIONS("", SELECTION("p", "1") "," SELECTION("q", "2")), "123456789012 us-east-1 pass n=2..\n"
"P disagreement\n" },
    { "beside parents whose parts are there",
      DIR PLANS(PLAN("p") "," PLAN("q")) SELECTIONS("--p", SELECTION("p", "1"))
          SELECTIONS("--q", "") US "x.json={\"BackupSelectionsList\":[" SELECTION(
              "p", "1") "," SELECTION("q", "2") "]}\n",
      "123456789012 us-east-1 pass n=2..\n"
"P disagreement\n"
"P disagreement\n"
"P disagreement\n" },
    { "beside parents that have as many",
      DIR PLANS(PLAN("p") "," PLAN("q")) SELECTIONS("--p", SELECTION("p", "1"))
          SELECTIONS("--q", SELECTION("q", "2")) US
      "x.json={\"BackupSelectionsList\":[" SELECTION("p", "1") "," SELECTION("q", "2") "]}\n",
      "123456789012 us-east-1 pass n=2\n" },
    { "a call that tells of no parent at all",
      DIR PLANS("") US "backup-list-backup-selections--.json=\n", "123456789012 us-east-1 unknown n=0.. -empty\n"
"P empty\n" },
    { "a failed call whose name tells no parent taints every part",
      DIR PLANS(PLAN("p")) SELECTIONS("--p", "") US
      "backup-list-backup-selections.json=\n",
      A " us-east-1 unknown n=0.. -may-be-last-page -empty -part-missing\nP empty\n" },
};

#define REGION(name, status)                                                           \
    "{\"RegionName\":\"" name "\",\"OptInStatus\":\"" status "\"}"
#define REGIONS(regions)                                                               \
    A "/global/\n" A "/global/ec2-describe-regions.json={\"Regions\":[" regions "]}\n"

static const struct scan_row region_rows[] = {
    { "a region that is in use is expected, and one that is not is not",
      DIR US SNAPS ".json=" LIST("") "\n" REGIONS(
          REGION("us-east-1", "opt-in-not-required") "," REGION(
              "eu-west-1", "opted-in") "," REGION("ap-east-1", "not-opted-in")),
      A " eu-west-1 unknown n=0.. m=0.. -missing\n" A
        " us-east-1 fail n=0 m=0 +not-narrowed\n" },
    { "what is expected may be told in part",
      DIR US SNAPS
      ".json=" LIST("") "\n" A "/global/\n" A
                        "/global/ec2-describe-regions.json={\"Regions\":[" REGION(
                            "eu-west-1", "opted-in") "],\"x\n",
      A " eu-west-1 unknown n=0.. m=0.. -missing\n" A
        " us-east-1 fail n=0 m=0 +not-narrowed\nP cut-off\n" },
};

static const struct scan_row account_rows[] = {
    { "an account is the sum of its regions, where those are known",
      DIR A "/us-east-2/\n" US SNAPS ".json=" LIST(ONE(
          "a", "m")) "\n" A "/us-east-2/" SNAPS
                     ".json=" LIST(ONE("a", "m")) "\n" REGIONS(REGION(
                         "us-east-1", "opted-in") "," REGION("us-east-2", "opted-in")),
      A " - fail n=2 m=0 +not-narrowed +not-narrowed +not-narrowed\n" },
    { "one region in which there is one is enough",
      DIR US SNAPS ".json=" LIST(ONE("a", "awsbackup")) "\n",
      A " - pass n=1.. m=1..\n" },
    { "without knowing the regions there may be more",
      DIR US SNAPS ".json=" LIST("") "\n",
      A " - unknown n=0.. m=0.. -regions-unknown\n" },
    { "a region without its listing leaves it open",
      DIR US SNAPS ".json=" LIST("") "\n" REGIONS(
          REGION("us-east-1", "opted-in") "," REGION("us-east-2", "opted-in")),
      A " - unknown n=0.. m=0.. -missing\n" },
    { "of several that tell no region the largest counts, if it is more",
      DIR US SNAPS ".json=" LIST(ONE("a", "m")) "\n" A "/a-" SNAPS ".json=" LIST(
          ONE("a", "m") "," ONE("b", "m")) "\n" A "/b-" SNAPS ".json=" LIST("") "\n",
      "123456789012 - unknown n=2.. m=0.. -regions-unknown\n" },
    { "and what is told of regions, if that is",
      DIR A "/us-east-2/\n" US SNAPS ".json=" LIST(ONE("a", "m") "," ONE(
          "b", "m")) "\n" A "/us-east-2/" SNAPS
                     ".json=" LIST(ONE("c", "m")) "\n" A "/a-" SNAPS ".json=" LIST(
                         ONE("a", "m") "," ONE("b", "m")) "\n",
      "123456789012 - unknown n=3.. m=0.. -regions-unknown\n" },
    { "evidence that tells no account is judged on its own",
      "a-" SNAPS ".json=" LIST("") "\n", "- - unknown n=0.. m=0.. -regions-unknown\n" },
};

static const struct scan_row plan_rows[] = {
    { "a field that AWS may leave out is not there if a whole record lacks it",
      DIR PLANS(PLAN("p")), A " us-east-1 pass n=1 +fields-kept\n" },
    { "a record of a bare array may have lost it",
      DIR US "backup-list-backup-plans.json=[" PLAN("p") "]\n",
      A " us-east-1 unknown n=0.. -bare-array -undecided-records\n" },
    { "and so may a record that lacks what AWS always prints",
      DIR PLANS("{\"BackupPlanId\":\"p\"}"),
      A " us-east-1 unknown n=0..1 -undecided-records\n" },
    { "a token of a call whose answers list something else taints nothing",
      DIR PLANS(PLAN("p")) US "backup-list-backup-plan-versions--p.json="
                              "{\"BackupPlanVersionsList\":[],\"NextToken\":\"x\"}\n",
      A " us-east-1 pass n=1 +fields-kept\n" },
    { "and neither does such a call that failed, which is no problem either",
      DIR PLANS(PLAN("p")) US "backup-list-backup-plan-versions--p.json=\n",
      A " us-east-1 pass n=1 +fields-kept\n" },
    { "a record of its own beside a complete listing without it leaves it open",
      DIR PLANS("") US "backup-get-backup-plan--p.json={\"BackupPlan\":{},"
                       "\"BackupPlanId\":\"p\",\"BackupPlanArn\":\"arn:aws:backup:"
                       "us-east-1:" A ":backup-plan:p\",\"BackupPlanName\":\"n\","
                       "\"VersionId\":\"v\",\"CreationDate\":1}\n",
      A " us-east-1 unknown n=0..1 -one-record -disagreement\nP disagreement\nP "
        "disagreement\n" },
};

#define TEXT_OF(number) #number
#define NUMBER(number)  TEXT_OF(number)
#define AT(type, time, more)                                                           \
    "{\"DBSnapshotIdentifier\":\"" NUMBER(                                             \
        __COUNTER__) "\",\"SnapshotType\":\"" type                                     \
                     "\",\"Engine\":\"e\",\"Status\":\"s\","                           \
                     "\"SnapshotCreateTime\":" time more "}"

static const struct scan_row extreme_rows[] = {
    { "of one record: exact, whatever the spelling of the time",
      DIR US SNAPS ".json=" LIST(
          AT("a", "\"1970-01-01T00:00:10.5+00:00\"", ",\"AllocatedStorage\":7")) "\n",
      A " us-east-1 pass new=10.5 old=10.5 big=7\n" },
    { "of several: compared as instants, not as text",
      DIR US SNAPS ".json=" LIST(AT("a", "\"1970-01-01T02:00:09+02:00\"", "") "," AT(
          "a", "\"1970-01-01 00:00:10Z\"", "") "," AT("a", "5.25", "") "," AT("b", "99",
                                                                              "")) "\n",
      A " us-east-1 pass new=10 old=5.25 big=..\n" },
    { "of nothing: none", DIR US SNAPS ".json=" LIST(AT("b", "5", "")) "\n",
      A " us-east-1 unknown new=none old=none big=.. -none\n" },
    { "of a page: at least what it has, and at most",
      DIR US SNAPS ".json=" PAGE(AT("a", "5", ",\"AllocatedStorage\":1"), "\"x\"") "\n",
      A " us-east-1 pass new=5.. old=..5 big=1..\n" },
    { "of a page without one: perhaps none",
      DIR US SNAPS ".json=" PAGE("", "\"x\"") "\n",
      A " us-east-1 unknown new=..? old=..? big=..? -token\n" },
    { "a counted record without a usable value opens the bound",
      DIR US SNAPS
      ".json=" LIST(AT("a", "5", "") "," AT("a", "\"yesterday\"", "")) "\n",
      A " us-east-1 pass new=5.. old=..5 big=..\n" },
    { "a record that may count moves the other bound",
      DIR US SNAPS ".json=" LIST(AT("a", "5", "") ",{\"SnapshotCreateTime\":9}") "\n",
      A " us-east-1 pass new=5..9 old=5 big=..\n" },
    { "a record without a value beside an answer that has none may have any",
      DIR US
      "x.json=[{\"DBSnapshotIdentifier\":\"x\",\"SnapshotType\":\"a\"}]\n" US SNAPS
      ".json=" LIST("") "\n",
      "123456789012 us-east-1 unknown new=..? old=..? big=..? -no-value -bare-array "
      "-disagreement\n"
      "P disagreement\n"
      "P disagreement\n" },
    { "what comes twice, and differs, is the largest perhaps",
      DIR US SNAPS ".json=" LIST(
          "{\"DBSnapshotIdentifier\":\"x\",\"SnapshotType\":\"a\",\"Engine\":\"e\","
          "\"Status\":\"s\",\"SnapshotCreateTime\":9},{\"DBSnapshotIdentifier\":\"x\","
          "\"SnapshotType\":\"b\",\"Engine\":\"e\",\"Status\":\"s\","
          "\"SnapshotCreateTime\":"
          "7}," AT("a", "5", "")) "\n",
      "123456789012 us-east-1 unknown new=..9? old=5..? big=.. -repeated-ids\n" },
    { "answers that disagree leave the span between them",
      DIR US "a-" SNAPS ".json=" LIST(
          AT("a", "5", "")) "\n" US "b-" SNAPS ".json=" LIST(AT("a", "7", "")) "\n",
      A " us-east-1 pass new=5..7 old=5..7 big=..\nP disagreement\nP "
        "disagreement\n" },
};

static void of_snapshots(void **state)
{
    scan_row(*state, snapshots_rule);
}

static void of_extremes(void **state)
{
    scan_row(*state, extremes_rule);
}

static void of_accounts(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const char *region = strstr(snapshots_rule, "region\n");

    scan_row(*state,
             arena_printf(&arena, "%.*saccount\n%s", (int)(region - snapshots_rule),
                          snapshots_rule, region + strlen("region\n")));
    arena_release(&arena);
}

static void of_plans(void **state)
{
    scan_row(*state, plans_rule);
}

/* DOCUMENT_PLACES_MAX: the ARNs of one listing name one account more. */
static void of_many_accounts(void **state)
{
    static const struct scan_row row = {
        "",
        "us-east-1-" SNAPS ".json=\n"
        "sts-get-caller-identity.json={\"Account\":\"000000000000\",\"Arn\":\"a\","
        "\"UserId\":\"u\"}\n",
        "000000000000 us-east-1 unknown n=1.. m=0.. -many-accounts -foreign-records\n"
    };
    const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;
    struct buf listing = BUF_EMPTY(&arena);

    (void)state;
    buf_add(&listing, STR("{\"DBSnapshots\":["));
    for (int i = 0; i <= DOCUMENT_PLACES_MAX; i++)
        buf_printf(&listing, "%s" PLACED("a", "manual", "us-east-1", "%012d"),
                   i > 0 ? "," : "", i);
    buf_add(&listing, STR("]}\n"));
    scan_row_with(&row, snapshots_rule, &settings, buf_str(&listing));
    arena_release(&arena);
}

static void of_selections(void **state)
{
    scan_row(*state, parts_rule);
}

/* A field that AWS always prints, and that holds a number which nothing can hold, is as
 * good as missing: then what is not there may have been dropped. */
static const struct scan_row tagged_rows[] = {
    { "its tags can be made", DIR TAGGED("[]"),
      A " us-east-1 fail n=1 +fields-kept\n" },
    { "of a number with many digits they cannot",
      DIR TAGGED("[{\"Key\":\"k\",\"Value\":12345678901234567890}]"),
      "123456789012 us-east-1 unknown n=0..1 -undecided-records\n" },
    { "of one with fewer they can",
      DIR TAGGED("[{\"Key\":\"k\",\"Value\":1234567890123456789}]"),
      "123456789012 us-east-1 fail n=1 +fields-kept\n" },
    { "of a fraction with many they can",
      DIR TAGGED("[{\"Key\":\"k\",\"Value\":1.2345678901234567890123}]"),
      "123456789012 us-east-1 fail n=1 +fields-kept\n" },
    { "of a small exponent they can", DIR TAGGED("[{\"Key\":\"k\",\"Value\":1E9}]"),
      "123456789012 us-east-1 fail n=1 +fields-kept\n" },
    { "of a large one they cannot, however it is spelled",
      DIR TAGGED("[{\"Key\":\"k\",\"Value\":1E999}]"),
      "123456789012 us-east-1 unknown n=0..1 -undecided-records\n" },
    { "nor of nothing but such a number", DIR TAGGED("[1e999]"),
      A " us-east-1 unknown n=0..1 -undecided-records\n" },
    { "another kind is another kind", DIR TAGGED("{\"Key\":\"k\"}"),
      "123456789012 us-east-1 unknown n=0..1 -undecided-records\n" },
    { "they cannot", DIR TAGGED("[{\"Key\":\"k\",\"Value\":1e999}]"),
      A " us-east-1 unknown n=0..1 -undecided-records\n" },
};

static void of_tagged(void **state)
{
    static const char rule[] =
        REGION_RULE "  n: { from: \"AWS::ResourceGroups::TaggedResource\", where: "
                    "\"!ComplianceDetails\" }\n"
                    "outcomes:\n"
                    "  - { result: pass, when: \"n == `0`\", message: \"p\" }\n"
                    "  - { result: fail, message: \"f\" }\n";

    scan_row(*state, rule);
}

/* Facts that differ in one thing only, and one that does not: each is its own measure.
 */
static void of_facts_that_are_alike(void **state)
{
    static const char rule[] = REGION_RULE
        "  a: { from: \"AWS::RDS::DBSnapshot\", where: \"SnapshotType=='x'\" }\n"
        "  same: { from: \"AWS::RDS::DBSnapshot\", where: \"SnapshotType=='x'\" }\n"
        "  b: { from: \"AWS::RDS::DBSnapshot\", where: \"SnapshotType=='y'\" }\n"
        "  c: { from: \"AWS::RDS::DBSnapshot\", where: \"SnapshotType=='x'\", "
        "accepts: filtered }\n"
        "  d: { from: \"AWS::RDS::DBCluster\", where: \"Engine=='x'\" }\n"
        "  e: { from: \"AWS::RDS::DBClusterSnapshot\", where: \"Engine=='x'\" }\n"
        "  f: { from: \"AWS::RDS::DBCluster\", where: \"Engine=='x'\", max: "
        "Iops }\n"
        "  g: { from: \"AWS::RDS::DBCluster\", where: \"Engine=='x'\", max: "
        "Port }\n"
        "  h: { from: \"AWS::RDS::DBCluster\", where: \"Engine=='x'\", min: "
        "Port }\n"
        "outcomes:\n"
        "  - { result: pass, when: \"a > `0`\", message: \"{a}{same}{b}{c}{d}{e}{f}{g}"
        "{h}\" }\n"
        "  - { result: fail, message: \"f\" }\n";
#define CLUSTER(id, size, days)                                                        \
    "{\"DBClusterIdentifier\":\"" id "\",\"Engine\":\"x\",\"Status\":\"s\","           \
    "\"Iops\":" size ",\"Port\":" days "}"
    static const struct scan_row row = {
        "",
        DIR US SNAPS ".json=[" ONE(
            "a", "x") "]\n" US
                      "rds-describe-db-clusters.json={\"DBClusters\":[" CLUSTER(
                          "a", "5", "7") "," CLUSTER("b", "6", "8") "]}\n",
        A " us-east-1 pass a=1.. same=1.. b=0.. c=1 d=2 e=0.. f=6 g=8 h=7\n"
    };

    (void)state;
    scan_row(&row, rule);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_snapshots);
    TESTS_ADD_ROWS(&tests, part_rows, of_selections);
    TESTS_ADD_ROWS(&tests, region_rows, of_snapshots);
    TESTS_ADD_ROWS(&tests, account_rows, of_accounts);
    TESTS_ADD_ROWS(&tests, extreme_rows, of_extremes);
    TESTS_ADD_ROWS(&tests, plan_rows, of_plans);
    TESTS_ADD_ROWS(&tests, tagged_rows, of_tagged);
    TESTS_ADD(&tests, of_many_accounts);
    TESTS_ADD(&tests, of_facts_that_are_alike);
    return tests_run("scan_evidence", &tests);
}
