/*
 * What scripts merged and other tools saved, a row a case: files in, findings of one
 * small rule out.
 */
#include "scan_rows.h"

#define A     "123456789012"
#define US    "123456789012/us-east-1/"
#define DIR   "123456789012/\n123456789012/us-east-1/\n"
#define CELL  A " us-east-1 "
#define SNAPS "rds-describe-db-snapshots"
#define ONE(id, type)                                                                  \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"" type                    \
    "\",\"Engine\":\"e\",\"Status\":\"s\",\"DBInstanceIdentifier\":\"d\","             \
    "\"Encrypted\":true,\"DBSnapshotArn\":\"arn:aws:rds:us-east-1:" A ":snapshot:" id  \
    "\"}"
#define PLACED(id, type, region)                                                       \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"" type                    \
    "\",\"Engine\":\"e\",\"Status\":\"s\",\"DBSnapshotArn\":\"arn:aws:rds:" region     \
    ":" A ":snapshot:" id "\"}"
#define LIST(records) "{\"DBSnapshots\":[" records "]}"
#define WHOLE         US SNAPS ".json=" LIST(ONE("m", "manual")) "\n"
#define FAIL          CELL "fail n=1 m=0 +not-narrowed\n"
#define TAINTED       CELL "unknown n=1.. m=0.. "

/* Whole answers in one array. */
static const struct scan_row array_rows[] = {
    { "the last of several pages proves it",
      DIR US SNAPS ".json=[{\"DBSnapshots\":[" ONE(
          "m", "manual") "],\"Marker\":\"x\"}," LIST(ONE("a", "awsbackup")) "]\n",
      CELL "pass n=1.. m=1..\n" },
    { "pages are not joined: they need not be all",
      DIR US SNAPS ".json=[{\"DBSnapshots\":[" ONE(
          "m", "manual") "],\"Marker\":\"x\"}," LIST(ONE("n", "manual")) "]\n",
      CELL "unknown n=1.. m=0.. -token -may-be-last-page\n" },
    { "one answer is whole", DIR US SNAPS ".json=[" LIST(ONE("m", "manual")) "]\n",
      FAIL },
    { "even one that lists nothing", DIR US "x.json=[{\"DBSnapshots\":[]}]\n",
      CELL "fail n=0 m=0 +not-narrowed\n" },
    { "answers of several calls are each of their own",
      DIR US
      "x.json=[" LIST(ONE("m", "manual")) ",{\"DBInstances\":[],\"Marker\":\"x\"},"
                                          "{\"UserId\":\"u\",\"Account\":\"" A
                                          "\",\"Arn\":\"a\"}]\n",
      FAIL },
    { "their ARNs place each of them",
      "x.json=[" LIST(PLACED("m", "manual", "us-east-1")) "," LIST(
          PLACED("a", "awsbackup", "eu-west-1")) "]\n",
      A " eu-west-1 pass n=1 m=1 +account-by-arn\n" CELL
        "fail n=1 m=0 +account-by-arn +not-narrowed\n" },
    { "what is null among them may have been a page",
      DIR US SNAPS ".json=[" LIST(ONE("m", "manual")) ",null]\n",
      TAINTED "-may-be-last-page -no-listing\nP no-listing\n" },
    { "and so may an array",
      DIR US SNAPS ".json=[" LIST(ONE("m", "manual")) ",[" ONE("a", "awsbackup") "]]\n",
      TAINTED "-may-be-last-page -mixed-records\nP mixed-records\n" },
    { "and an array that holds a listing",
      DIR US SNAPS ".json=[" LIST(ONE("m", "manual")) ",[" LIST("") "]]\n",
      "123456789012 us-east-1 unknown n=1.. m=0.. -may-be-last-page -nested\n"
      "P nested\n" },
    { "one of another type than the answers",
      DIR US SNAPS ".json=[" LIST(ONE("m", "manual")) ",[{\"DBInstances\":[]}]]\n",
      "123456789012 us-east-1 unknown n=1.. m=0.. -may-be-last-page -nested\n"
      "P nested\n" },
    { "a number among them", DIR US SNAPS ".json=[" LIST(ONE("m", "manual")) ",3]\n",
      "123456789012 us-east-1 unknown n=1.. m=0.. -may-be-last-page -no-listing\n"
      "P no-listing\n" },
    { "a text among them", DIR US "x.json=[" LIST(ONE("m", "manual")) ",\"a\"]\n",
      "123456789012 us-east-1 unknown n=1.. m=0.. -may-be-last-page -no-listing\n"
      "P no-listing\n" },
    { "an object of nothing that is known among them",
      DIR US "x.json=[" LIST(ONE("m", "manual")) ",{\"a\":1}]\n",
      "123456789012 us-east-1 fail n=1 m=0 +not-narrowed\n" },
    { "an answer of a call that proves nothing among them",
      DIR US
      "x.json=[" LIST(ONE("m", "manual")) ",{\"BackupPlanName\":\"n\",\"Rules\":[]}]\n",
      "123456789012 us-east-1 fail n=1 m=0 +not-narrowed\n" },
    { "of the type that the file's name tells",
      DIR WHOLE US "rds-describe-db-instances.json=[{\"DBInstances\":[]},[1]]\n",
      FAIL "P mixed-records\n" },
    { "a break makes none of them whole",
      DIR US SNAPS ".json=[" LIST(ONE("m", "manual")) "\n",
      TAINTED "-source-breaks-off -may-be-last-page -cut-off\nP cut-off\n" },
    { "and what it lost may have been a page of any call",
      DIR WHOLE US "x.json=[{\"DBInstances\":[]}\n",
      TAINTED "-may-be-last-page -cut-off\nP cut-off\n" },
    { "an answer behind a record",
      DIR US SNAPS ".json=[" ONE("m", "manual") "," LIST(ONE("a", "awsbackup")) "]\n",
      CELL "unknown n=0.. m=0.. -nested\nP nested\n" },
    { "a record behind an answer stands alone",
      DIR US SNAPS ".json=[" LIST(ONE("m", "manual")) "," ONE("a", "awsbackup") "]\n",
      CELL "unknown n=1 m=0..1 -one-record -disagreement\nP disagreement\nP "
           "disagreement\n" },
    { "one that says where it is from is read nowhere",
      DIR US SNAPS ".json=[{\"Region\":\"eu-west-1\",\"DBSnapshots\":[]}]\n",
      CELL "unknown n=0.. m=0.. -nested\nP nested\n" },
};

/* Listings where no answer has them, beside a whole one. */
static const struct scan_row nested_rows[] = {
    { "and one that stands alone and does so",
      DIR US SNAPS ".json={\"Region\":\"eu-west-1\",\"DBSnapshots\":[]}\n",
      CELL "unknown n=0.. m=0.. -nested\nP nested\n" },
    { "a wrapped answer may be a page",
      DIR WHOLE US "x.json={\"status\":200,\"data\":" LIST("") "}\n",
      TAINTED "-may-be-last-page -nested\nP nested\n" },
    { "and so may each of a merged file",
      DIR WHOLE US "x.json={\"" A
                   "\":{\"us-east-1\":" LIST(ONE("a", "awsbackup")) "}}\n",
      TAINTED "-may-be-last-page -nested\nP nested\n" },
    { "and what lies in arrays", DIR WHOLE US "x.json=[[" LIST("") "]]\n",
      TAINTED "-may-be-last-page -nested\nP nested\n" },
    { "and in an array's elements",
      DIR WHOLE US "x.json=[{\"a\":1},{\"b\":" LIST("") "}]\n",
      TAINTED "-may-be-last-page -nested\nP nested\n" },
    { "and beside records of their own",
      DIR US SNAPS ".json=[" ONE("a", "awsbackup") ",{\"b\":" LIST("") "}]\n",
      CELL "unknown n=0.. m=0.. -nested\nP nested\n" },
    { "and what breaks off behind it",
      DIR WHOLE US "x.json={\"data\":" LIST("") ",\"x\n",
      "123456789012 us-east-1 unknown n=1.. m=0.. -may-be-last-page -cut-off\n"
      "P nested\n"
      "P cut-off\n" },
    { "of which a whole answer tells no other type",
      DIR WHOLE US "x.json={\"data\":{\"DBInstances\":[]},\"x\n",
      "123456789012 us-east-1 unknown n=1.. m=0.. -may-be-last-page -cut-off\n"
      "P nested\n"
      "P cut-off\n" },
    { "a key of several calls of one type",
      DIR US "backup-list-backup-vaults.json={\"data\":{\"RecoveryPoints\":["
             "{\"RecoveryPointArn\":\"a\"}]}}\n",
      "123456789012 us-east-1 unknown n=0.. m=0.. -missing -nested\n"
      "P nested\n" },
    { "a key of calls of several types",
      DIR WHOLE US "x.json={\"data\":{\"Results\":[{\"ResourceArn\":\"a\"}]}}\n",
      "123456789012 us-east-1 unknown n=1.. m=0.. -may-be-last-page -nested\n"
      "P nested\n" },
    { "a listing of another type is none of this one's",
      DIR WHOLE US "x.json={\"data\":{\"DBInstances\":[]}}\n", FAIL "P nested\n" },
    { "listings of two types: of any",
      DIR WHOLE US "x.json={\"data\":{\"DBInstances\":[],\"DBSnapshots\":[]}}\n",
      TAINTED "-may-be-last-page -nested\nP nested\n" },
    { "a name that says another type: of any",
      DIR WHOLE US "rds-describe-db-instances.json={\"data\":" LIST("") "}\n",
      TAINTED "-may-be-last-page -nested\nP nested\n" },
    { "under the call's own name alone",
      DIR US SNAPS ".json={\"DescribeDBSnapshotsResponse\":" LIST("") "}\n",
      CELL "unknown n=0.. m=0.. -nested\nP nested\n" },
    { "it makes the cell that its path tells",
      A "-us-east-1.json={\"data\":" LIST("") "}\n",
      CELL "unknown n=0.. m=0.. -nested\nP nested\n" },
    { "a pass stays one",
      DIR US SNAPS
      ".json=" LIST(ONE("a", "awsbackup")) "\n" US "x.json={\"data\":" LIST("") "}\n",
      CELL "pass n=1.. m=1..\nP nested\n" },
    { "other JSON is none", DIR WHOLE US "x.json={\"data\":{\"Things\":[]}}\n", FAIL },
    { "nor are keys that many have, without records",
      DIR WHOLE US "x.json={\"data\":{\"Regions\":[\"us-east-1\"],\"Accounts\":[\"" A
                   "\"]}}\n",
      FAIL },
    { "nor with records of others",
      DIR WHOLE US
      "x.json={\"data\":{\"Results\":[{\"x\":1}],\"Regions\":[{\"x\":1}]}}\n",
      FAIL },
    { "nor what is text", DIR WHOLE US "x.json={\"data\":{\"DBSnapshots\":\"[]\"}}\n",
      FAIL },
    { "nor what a known answer holds",
      DIR WHOLE US "x.json={\"DBSnapshots\":[],\"data\":{\"DBInstances\":[]}}\n",
      CELL "fail n=0..1 m=0 +not-narrowed\n" },
};

/* What other tools saved proves nothing, and is no page. */
static const struct scan_row export_rows[] = {
    { "Steampipe",
      DIR WHOLE US "x.json={\"columns\":[],\"rows\":[{\"a\":{\"b\":[]}}]}\n", FAIL },
    { "CloudQuery", DIR WHOLE US "x.json=[{\"_cq_id\":\"1\",\"a\":{\"b\":[]}}]\n",
      FAIL },
    { "a line each", DIR WHOLE US "x.json={\"_cq_id\":\"1\"}\n", FAIL },
    { "CloudTrail", DIR WHOLE US "x.json={\"Records\":[{\"eventVersion\":\"1.08\"}]}\n",
      FAIL },
    { "a listing in one may be a page",
      DIR WHOLE US "x.json={\"columns\":[],\"rows\":[{\"a\":{\"DBSnapshots\":[]}}]}\n",
      TAINTED "-may-be-last-page -nested\nP nested\n" },
    { "and so it may in an array",
      DIR WHOLE US "x.json=[{\"_cq_id\":\"1\",\"a\":{\"DBSnapshots\":[]}}]\n",
      TAINTED "-may-be-last-page -nested\nP nested\n" },
    { "a query of AWS Config, with the key of a call",
      DIR WHOLE US
      "x.json={\"Results\":[\"{}\"],\"QueryInfo\":{},\"NextToken\":\"x\"}\n",
      FAIL },
    { "under a call's name it is no answer of that",
      DIR US SNAPS ".json={\"columns\":[],\"rows\":[]}\n",
      CELL "unknown n=0.. m=0.. -other-tool\nP other-tool\n" },
    { "it is another tool's with all of its keys only",
      DIR US SNAPS ".json={\"policy\":{},\"execution\":{}}\n",
      CELL "unknown n=0.. m=0.. -envelope-unknown\nP envelope-unknown\n" },
    { "beside a listing its keys say nothing",
      DIR US SNAPS ".json={\"columns\":[],\"rows\":[],\"DBSnapshots\":[]}\n",
      CELL "fail n=0 m=0 +not-narrowed\n" },
    { "a broken one may go on as anything",
      DIR WHOLE US "x.json={\"columns\":[],\"rows\":[\n",
      TAINTED "-may-be-last-page -cut-off\nP cut-off\n" },
};

static void row_test(void **state)
{
    scan_row(*state, snapshots_rule);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, array_rows, row_test);
    TESTS_ADD_ROWS(&tests, nested_rows, row_test);
    TESTS_ADD_ROWS(&tests, export_rows, row_test);
    return tests_run("gather_merged", &tests);
}
