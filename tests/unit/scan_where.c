/*
 * Filters whose answer a record does not give: it may count, unless && and || decide
 * without it; and times, which are compared as instants, however they are spelled.
 */
#include "scan_rows.h"

#define FACT(name, where)                                                              \
    "  " name ": { from: \"AWS::RDS::DBSnapshot\", where: \"" where "\" }\n"
#define OUTCOMES(when)                                                                 \
    "outcomes:\n  - { result: fail, when: \"" when                                     \
    "\", message: m }\n  - { result: pass, message: m }\n"

#define A     "123456789012"
#define FILES A "/\n" A "/us-east-1/\n" A "/us-east-1/rds-describe-db-snapshots.json="
#define CELL  A " us-east-1 "
/* As much as AWS always prints. */
#define WITH(fields)                                                                   \
    "{\"DBSnapshotIdentifier\":\"a\",\"SnapshotType\":\"manual\",\"Engine\":\"e\","    \
    "\"Status\":\"available\",\"DBInstanceIdentifier\":\"d\",\"Encrypted\":true,"      \
    "\"DBSnapshotArn\":\"arn:aws:rds:us-east-1:" A ":snapshot:a\"" fields "}"
#define SECOND(status, arn, fields)                                                    \
    "{\"DBSnapshotIdentifier\":\"b\",\"SnapshotType\":\"manual\",\"Engine\":\"e\","    \
    "\"Status\":" status ",\"DBInstanceIdentifier\":\"d\",\"Encrypted\":true,"         \
    "\"DBSnapshotArn\":" arn fields "}"
#define OWN_ARN       "\"arn:aws:rds:us-east-1:" A ":snapshot:b\""
#define LIST(records) "{\"DBSnapshots\":[" records "]}\n"

static const char order_rule[] =
    REGION_RULE FACT("few", "Iops < `7`") FACT("told", "Iops && Iops < `7`")
        FACT("turned", "!(Iops < `7`)") FACT("all", "Iops < `7` && Engine == 'x'")
            FACT("any", "Iops < `7` || Engine == 'e'")
                FACT("deep", "length(TagList[?Value > `7`]) > `0`")
                    OUTCOMES("few > `0`");

static const struct scan_row order_rows[] = {
    { "a number has an order", FILES LIST(WITH(",\"Iops\":1,\"TagList\":[]")),
      CELL "fail few=1 told=1 turned=0 all=0 any=1 deep=0\n" },
    { "what is not there has none", FILES LIST(WITH(",\"TagList\":[]")),
      CELL "unknown few=0..1 told=0 turned=0..1 all=0 any=1 deep=0 -no-answer\n" },
    { "nor has null", FILES LIST(WITH(",\"Iops\":null,\"TagList\":[]")),
      CELL "unknown few=0..1 told=0 turned=0..1 all=0 any=1 deep=0 -no-answer\n" },
    { "nor has a text", FILES LIST(WITH(",\"Iops\":\"1\",\"TagList\":[]")),
      CELL "unknown few=0..1 told=0..1 turned=0..1 all=0 any=1 deep=0 -no-answer\n" },
    { "nor has a text in a list",
      FILES LIST(WITH(",\"Iops\":1,\"TagList\":[{\"Value\":\"8\"}]")),
      CELL "fail few=1 told=1 turned=0 all=0 any=1 deep=0..1\n" },
    { "a number that cannot be held may be any",
      FILES LIST(WITH(",\"Iops\":1e999,\"TagList\":[]")),
      CELL "unknown few=0..1 told=0..1 turned=0..1 all=0 any=1 deep=0 "
           "-undecided-records\n" },
    { "a record that may lack what it had",
      FILES LIST("{\"SnapshotType\":\"manual\",\"Engine\":\"e\"}"),
      CELL "unknown few=0..1 told=0..1 turned=0..1 all=0 any=1 deep=0..1 "
           "-undecided-records\n" },
};

static void of_orders(void **state)
{
    scan_row(*state, order_rule);
}

static const char time_rule[] =
    REGION_RULE FACT("old", "SnapshotCreateTime < '2025-01-01'")
        FACT("at", "SnapshotCreateTime == "
                   "'2025-01-01T00:00:00Z'")
            FACT("number", "SnapshotCreateTime >= `1735689600`")
                FACT("two", "InstanceCreateTime < SnapshotCreateTime")
                    OUTCOMES("old > `0`");

#define AT(snapshot, instance)                                                         \
    FILES LIST(                                                                        \
        WITH(",\"SnapshotCreateTime\":" snapshot ",\"InstanceCreateTime\":" instance))

static const struct scan_row time_rows[] = {
    { "as version 2 prints it", AT("\"2025-01-01T00:00:00+00:00\"", "1735689599.5"),
      CELL "pass old=0 at=1 number=1 two=1 +not-narrowed\n" },
    { "as version 1 prints it", AT("1735689600.0", "\"2024-12-31T23:59:59.5Z\""),
      CELL "pass old=0 at=1 number=1 two=1 +not-narrowed\n" },
    { "of another place",
      AT("\"2025-01-01T03:00:00+03:00\"", "\"2025-01-01T03:00:00+03:30\""),
      CELL "pass old=0 at=1 number=1 two=1 +not-narrowed\n" },
    { "as Python prints it", AT("\"2025-01-01 00:00:00+00:00\"", "0"),
      CELL "pass old=0 at=1 number=1 two=1 +not-narrowed\n" },
    { "as milliseconds", AT("1735689600000", "1735689599999"),
      CELL "pass old=0 at=1 number=1 two=1 +not-narrowed\n" },
    { "older, though its text is greater", AT("\"2025-01-01T02:00:00+03:00\"", "1e10"),
      CELL "fail old=1 at=0 number=0 two=0\n" },
    { "no instant", AT("\"2025-01-01\"", "0"),
      CELL "unknown old=0..1 at=0..1 number=0..1 two=0..1 -no-answer\n" },
    { "not there", FILES LIST(WITH("")),
      CELL "unknown old=0..1 at=0 number=0..1 two=0..1 -no-answer\n" },
};

static void of_times(void **state)
{
    scan_row(*state, time_rule);
}

static const char big_rule[] = REGION_RULE
    "  most: { from: \"AWS::RDS::DBSnapshot\", max: AllocatedStorage }\n"
    "outcomes:\n"
    "  - { result: fail, when: \"most == `9007199254740993`\", message: m "
    "}\n"
    "  - { result: pass, when: \"most < `9007199254740993`\", message: m }\n"
    "  - { result: not_applicable, message: m }\n";

#define BIG(number) FILES LIST(WITH(",\"AllocatedStorage\":" number))

static const struct scan_row big_rows[] = {
    { "2^53 is less than 2^53 + 1", BIG("9007199254740992"),
      CELL "pass most=9007199254740992 +not-narrowed\n" },
    { "which no double holds", BIG("9007199254740993"),
      A " us-east-1 unknown most=.. -no-value\n" },
    { "and 2^53 + 2 is greater", BIG("9007199254740994"),
      CELL "not_applicable most=9007199254740994\n" },
};

static void of_big_numbers(void **state)
{
    scan_row(*state, big_rule);
}

static const char when_rule[] =
    REGION_RULE "  new: { from: \"AWS::RDS::DBSnapshot\", max: SnapshotCreateTime }\n"
                "outcomes:\n"
                "  - { result: fail, when: \"new < '2025-01-01'\", message: m }\n"
                "  - { result: pass, when: \"new == `1735689600000`\", message: m }\n"
                "  - { result: not_applicable, message: m }\n";

static const struct scan_row when_rows[] = {
    { "a time in `when` is before an instant", AT("1735689599", "0"),
      CELL "fail new=1735689599 +not-narrowed\n" },
    { "or at it", AT("\"2025-01-01T01:00:00+01:00\"", "0"),
      CELL "pass new=1735689600 +not-narrowed\n" },
    { "or behind it", AT("1735689601000", "0"),
      CELL "not_applicable new=1735689601\n" },
};

static void of_times_in_when(void **state)
{
    scan_row(*state, when_rule);
}

static const char made_rule[] =
    REGION_RULE "  most: { from: \"AWS::RDS::DBSnapshot\", max: \"not_null(Iops, "
                "AllocatedStorage)\" }\n"
                "  keys: { from: \"AWS::RDS::DBSnapshot\", max: \"length(keys(@))\" "
                "}\n"
                "outcomes:\n"
                "  - { result: fail, when: \"most > `5`\", message: \"{keys}\" }\n"
                "  - { result: pass, message: m }\n";

static const struct scan_row made_rows[] = {
    { "a maximum of what is made of a whole record", FILES LIST(WITH(",\"Iops\":7")),
      CELL "fail most=7 keys=8\n" },
    { "which lacks what AWS leaves out", FILES LIST(WITH(",\"AllocatedStorage\":3")),
      CELL "pass most=3 keys=8 +not-narrowed\n" },
    { "and has all that the catalog knows of it",
      FILES LIST(WITH(",\"Iops\":7,\"SnapshotCreateTime\":1,\"InstanceCreateTime\":"
                      "1,\"SnapshotDatabaseTime\":1,\"Nothing\":1")),
      CELL "fail most=7 keys=11\n" },
    { "of one that may have lost it, and may have any",
      FILES LIST("{\"SnapshotType\":\"manual\",\"AllocatedStorage\":3}"),
      CELL "unknown most=.. keys=.. -no-value\n" },
};

static void of_what_is_made(void **state)
{
    scan_row(*state, made_rule);
}

/* A filter of the whole record. */
static const char whole_rule[] =
    REGION_RULE FACT("n", "length(keys(@)) > `3`") OUTCOMES("n > `0`");

static const struct scan_row whole_rows[] = {
    { "of a record that may have lost some it says nothing", FILES "[" WITH("") "]\n",
      "123456789012 us-east-1 unknown n=0.. -bare-array -undecided-records\n" },
    { "nor of one that lacks what AWS always prints",
      FILES LIST("{\"SnapshotType\":\"manual\",\"Engine\":\"e\"}"),
      "123456789012 us-east-1 unknown n=0..1 -undecided-records\n" },
    { "nor of one with a number that cannot be held",
      FILES LIST(WITH(",\"Iops\":1e999")),
      "123456789012 us-east-1 unknown n=0..1 -undecided-records\n" },
    { "a filter of the whole record rests on what it does not have",
      FILES LIST(WITH("")), CELL "fail n=1 +fields-kept\n" },
};

static void of_whole_records(void **state)
{
    scan_row(*state, whole_rule);
}

/* Of a type whose id is none of the fields that AWS always prints. */
static const char backups_rule[] =
    REGION_RULE "  n: { from: \"AWS::RDS::DBInstanceAutomatedBackup\", where: "
                "\"!Encrypted\" }\n" OUTCOMES("n > `0`");

#define BACKUP(fields)                                                                 \
    A "/\n" A "/us-east-1/\n" A                                                        \
      "/us-east-1/rds-describe-db-instance-automated-backups.json="                    \
      "{\"DBInstanceAutomatedBackups\":[{\"DBInstanceAutomatedBackupsArn\":\"arn:aws:" \
      "rds:us-east-1:" A ":auto-backup:a\",\"Engine\":\"e\",\"Status\":\"s\"" fields   \
      "}]}\n"

static const struct scan_row backups_rows[] = {
    { "what AWS always prints is there, so that nothing was dropped",
      BACKUP(",\"DbiResourceId\":\"d\""), CELL "fail n=1 +fields-kept\n" },
    { "the first of it is not, so that another field may have been", BACKUP(""),
      CELL "unknown n=0..1 -undecided-records\n" },
};

static void of_backups(void **state)
{
    scan_row(*state, backups_rule);
}

/* Records that say the same of what is read, and of which one may have lost the rest.
 */
static const char lacking_rule[] = REGION_RULE FACT("n", "!Iops") OUTCOMES("n > `0`");

static const struct scan_row lacking_rows[] = {
    { "two that are whole", FILES LIST(WITH("") "," SECOND("\"s\"", OWN_ARN, "")),
      "123456789012 us-east-1 fail n=2 +fields-kept\n" },
    { "one that lacks what AWS always prints",
      FILES LIST(WITH("") ",{\"DBSnapshotIdentifier\":\"b\",\"Engine\":\"e\"}"),
      "123456789012 us-east-1 fail n=1..2 +fields-kept\n" },
    { "one that has another kind of it",
      FILES LIST(WITH("") "," SECOND("5", OWN_ARN, "")),
      "123456789012 us-east-1 fail n=1..2 +fields-kept\n" },
    { "before the others", FILES LIST(SECOND("5", OWN_ARN, "") "," WITH("")),
      "123456789012 us-east-1 fail n=1..2 +fields-kept\n" },
    { "one whose ARN is none", FILES LIST(WITH("") "," SECOND("\"s\"", "\"x\"", "")),
      "123456789012 us-east-1 fail n=1..2 +fields-kept\n" },
    { "and one with a key twice",
      FILES LIST(WITH("") "," SECOND("\"s\"", OWN_ARN, ",\"Engine\":\"e\"")),
      "123456789012 us-east-1 fail n=1..2 +fields-kept\n" },
};

static void of_what_is_lacking(void **state)
{
    scan_row(*state, lacking_rule);
}

/* Which filters an option in the file's name asks for: all that it leaves out would not
 * have counted. */
static const char asked_rule[] = REGION_RULE FACT("is", "SnapshotType == 'awsbackup'")
    FACT("turned", "'awsbackup' == SnapshotType") FACT("quoted",
                                                       "SnapshotType == `awsbackup`")
        FACT("left", "SnapshotType == 'awsbackup' && Engine == 'e'")
            FACT("right", "Engine == 'e' && SnapshotType == 'awsbackup'")
                FACT("deep",
                     "Engine == 'e' && (Status == 's' && SnapshotType == 'awsbackup')")
                    FACT("either", "Engine == 'e' || SnapshotType == 'awsbackup'")
                        FACT("not", "!(SnapshotType == 'awsbackup')")
                            FACT("other", "SnapshotType != 'awsbackup'")
                                FACT("word", "SnapshotType == 'manual'")
                                    FACT("field", "Engine == 'awsbackup'")
                                        FACT("number", "AllocatedStorage == `7`")
                                            FACT("fields", "SnapshotType == Engine")
                                                OUTCOMES("is > `0`");

static const struct scan_row asked_rows[] = {
    { "an empty answer to the option",
      A "/\n" A "/us-east-1/\n" A
        "/us-east-1/rds-describe-db-snapshots--awsbackup.json="
        "{\"DBSnapshots\":[]}\n",
      "123456789012 us-east-1 pass is=0 turned=0 quoted=0 left=0 right=0 deep=0 "
      "either=0.. not=0.. other=0.. word=0.. field=0.. number=0.. fields=0.. "
      "+not-narrowed\n" },
    { "a full answer to it",
      A "/\n" A "/us-east-1/\n" A
        "/us-east-1/rds-describe-db-snapshots--awsbackup.json="
        "{\"DBSnapshots\":[{\"DBSnapshotIdentifier\":\"a\",\"SnapshotType\":"
        "\"awsbackup\","
        "\"Engine\":\"e\",\"Status\":\"s\",\"Encrypted\":true,\"DBInstanceIdentifier\":"
        "\"d\"}]}\n",
      "123456789012 us-east-1 fail is=1 turned=1 quoted=1 left=1 right=1 deep=1 "
      "either=1.. not=0.. other=0.. word=0.. field=0.. number=0.. fields=0..\n" },
};

static void of_what_is_asked(void **state)
{
    scan_row(*state, asked_rule);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, order_rows, of_orders);
    TESTS_ADD_ROWS(&tests, time_rows, of_times);
    TESTS_ADD_ROWS(&tests, big_rows, of_big_numbers);
    TESTS_ADD_ROWS(&tests, when_rows, of_times_in_when);
    TESTS_ADD_ROWS(&tests, made_rows, of_what_is_made);
    TESTS_ADD_ROWS(&tests, whole_rows, of_whole_records);
    TESTS_ADD_ROWS(&tests, backups_rows, of_backups);
    TESTS_ADD_ROWS(&tests, lacking_rows, of_what_is_lacking);
    TESTS_ADD_ROWS(&tests, asked_rows, of_what_is_asked);
    return tests_run("scan_where", &tests);
}
