/*
 * Records that are judged by what was found of others say what each says by itself.
 */
#include "scan_rows.h"

/* What decides all of these are texts that come again; and the time, which does not. */
static const char plain_rule[] = REGION_RULE
    "  type: { from: \"AWS::RDS::DBSnapshot\", where: \"SnapshotType == 'awsbackup'\" "
    "}\n"
    "  two: { from: \"AWS::RDS::DBSnapshot\", where: \"Encrypted && contains(Engine, "
    "'sql')\" }\n"
    "  last: { from: \"AWS::RDS::DBSnapshot\", where: \"!Iops\", max: "
    "SnapshotCreateTime "
    "}\n"
    "outcomes:\n"
    "  - { result: pass, when: \"type > `0`\", message: \"m\" }\n"
    "  - { result: fail, message: \"m\" }\n";

static const char rule[] = REGION_RULE
    "  all: { from: \"AWS::RDS::DBSnapshot\" }\n"
    "  type: { from: \"AWS::RDS::DBSnapshot\", where: \"SnapshotType == 'awsbackup'\" "
    "}\n"
    "  other: { from: \"AWS::RDS::DBSnapshot\", where: \"SnapshotType != 'manual'\" }\n"
    "  word: { from: \"AWS::RDS::DBSnapshot\", where: \"Encrypted\" }\n"
    "  number: { from: \"AWS::RDS::DBSnapshot\", where: \"AllocatedStorage > `10`\" }\n"
    "  two: { from: \"AWS::RDS::DBSnapshot\", where: \"Encrypted && Engine == "
    "'mysql'\" }\n"
    "  id: { from: \"AWS::RDS::DBSnapshot\", where: "
    "\"starts_with(DBSnapshotIdentifier, "
    "'a')\" }\n"
    "  texts: { from: \"AWS::RDS::DBSnapshot\", where: \"!(DBSnapshotIdentifier < 'b2' "
    "|| "
    "contains(SnapshotType, 'man')) && ends_with(Status, 'a')\" }\n"
    "  list: { from: \"AWS::RDS::DBSnapshot\", where: \"TagList || Encrypted\" }\n"
    "  error: { from: \"AWS::RDS::DBSnapshot\", where: \"abs(AllocatedStorage) > "
    "`10`\" }\n"
    "outcomes:\n"
    "  - { result: pass, when: \"all > `0`\", message: \"m\" }\n"
    "  - { result: fail, message: \"m\" }\n";

/* The account is told by the answer beside the listing, so that ARNs may name any. */
#define FOLDER                                                                         \
    "us-east-1/\n"                                                                     \
    "us-east-1/sts-get-caller-identity.json={\"UserId\":\"AIDA\",\"Account\":"         \
    "\"123456789012\",\"Arn\":\"arn:aws:iam::123456789012:user/a\"}\n"

enum { RECORDS = 400, FACTS = 10, VALUES = 6 };

/* What a field may say; NULL: the record lacks it. */
static const struct said {
    const char *field;
    const char *values[VALUES];
} said[] = {
    { "SnapshotType",
      { "\"awsbackup\"", "\"manual\"", "\"\\u0061wsbackup\"", "7", NULL, "\"auto\"" } },
    { "Engine", { "\"mysql\"", "\"mysql\"", "\"postgres\"", "null", NULL, "\"my\"" } },
    { "Status", { "\"available\"", "\"a\"", "\"b\"", "\"c\"", "true", "\"d\"" } },
    { "Encrypted", { "true", "false", "\"true\"", "null", NULL, "\"\"" } },
    { "AllocatedStorage", { "1", "11", "10", "1e999", "\"11\"", NULL } },
    { "TagList", { "[]", "[ ]", "[{}]", "{}", NULL, "[1]" } },
};

static unsigned random_below(unsigned limit)
{
    static uint64_t state = 88172645463325252u;

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state % limit);
}

/* Most say what most say, so that most are alike. */
static void put_record(struct buf *buf, unsigned number)
{
    buf_printf(buf, "{\"DBSnapshotIdentifier\": \"%c%u\"", 'a' + random_below(3),
               number);
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        unsigned most = random_below(4) == 0 ? VALUES : 2;
        const char *value = said[i].values[random_below(most)];

        if (value != NULL)
            buf_printf(buf, ", \"%s\": %s", said[i].field, value);
        if (value != NULL && random_below(50) == 0)
            buf_printf(buf, ", \"%s\": %s", said[i].field, value);
    }
    buf_add_byte(buf, '}');
}

/* The facts of a listing of those records, and how many of them are undecided. */
static uint64_t scan_listing(const struct rulebook *book, struct str records,
                             struct fact_value *facts)
{
    static const char *const paths[] = { "us-east-1" };
    const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;
    struct buf listing = BUF_EMPTY(&arena);
    struct assessment assessment;
    struct error err = { 0 };
    uint64_t undecided;

    buf_printf(&listing, "{\"DBSnapshots\": [%.*s]}", STR_ARG(records));
    tree_write("us-east-1/rds-describe-db-snapshots.json", buf_str(&listing).text,
               buf_str(&listing).len);
    assert_true(scan(&arena,
                     &(struct scan_wanted){ .book = book,
                                            .settings = &settings,
                                            .paths = paths,
                                            .path_count = 1,
                                            .jobs = 1 },
                     &assessment, &err));
    assert_int_equal(assessment.finding_count, 1);
    memcpy(facts, assessment.findings[0].facts,
           assessment.findings[0].rule->fact_count * sizeof *facts);
    undecided = assessment.sources[0].documents[0]->undecided;
    arena_release(&arena);
    return undecided;
}

static const struct rulebook *load(struct arena *arena, const char *text)
{
    struct str rules = STR("r.yaml");
    const struct rulebook_wanted wanted = { .paths = { &rules, 1 },
                                            .no_builtin = true };
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    const struct rulebook *book;

    tree_write("r.yaml", text, strlen(text));
    book = rulebook_load(arena, &wanted, &mistakes);
    assert_non_null(book);
    return book;
}

static void many_say_what_each_says(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct buf all = BUF_EMPTY(&arena);
    struct fact_value sum[FACTS] = { 0 }, facts[FACTS];
    const struct rulebook *book;
    uint64_t undecided = 0;
    struct tree tree;

    (void)state;
    tree_make(&tree, FOLDER);
    book = load(&arena, rule);
    for (unsigned i = 0; i < RECORDS; i++) {
        struct buf one = BUF_EMPTY(&arena);

        put_record(&one, i);
        undecided += scan_listing(book, buf_str(&one), facts);
        for (size_t j = 0; j < FACTS; j++) {
            sum[j].at_least += facts[j].at_least;
            sum[j].at_most += facts[j].at_most;
        }
        if (i > 0)
            buf_add_byte(&all, ',');
        buf_add(&all, buf_str(&one));
    }
    assert_int_equal(scan_listing(book, buf_str(&all), facts), undecided);
    for (size_t j = 0; j < FACTS; j++) {
        assert_true(facts[j].at_least == sum[j].at_least);
        assert_true(facts[j].at_most == sum[j].at_most);
        /* else this would say nothing */
        assert_true(j == 0 || facts[j].at_least < facts[j].at_most);
        assert_true(facts[j].at_least > 0);
    }
    tree_remove(&tree);
    arena_release(&arena);
}

/* What is alike in records of two accounts, in turns, is counted for each. */
static void each_account_has_its_own(void **state)
{
    static const char *const accounts[] = { "123456789012", "210987654321" };
    struct arena arena = ARENA_EMPTY;
    struct buf records = BUF_EMPTY(&arena);
    struct fact_value facts[FACTS];
    struct tree tree;

    (void)state;
    tree_make(&tree, FOLDER);
    for (unsigned i = 0; i < 100; i++)
        buf_printf(
            &records,
            "%s{\"DBSnapshotIdentifier\": \"a%u\", \"SnapshotType\": \"awsbackup\", "
            "\"Engine\": \"mysql\", \"Status\": \"available\", "
            "\"DBInstanceIdentifier\": \"d\", \"Encrypted\": true, "
            "\"DBSnapshotArn\": \"arn:aws:rds:us-east-1:%s:snapshot:a%u\"}",
            i > 0 ? "," : "", i, accounts[i / 7 % 2], i);
    assert_int_equal(scan_listing(load(&arena, plain_rule), buf_str(&records), facts),
                     0);
    assert_int_equal(facts[0].at_least, 51);
    assert_int_equal(facts[0].at_most, 51);
    tree_remove(&tree);
    arena_release(&arena);
}

static size_t allocations;

static void *counted_malloc(size_t size)
{
    allocations++;
    return malloc(size);
}

/* How many values were made to scan so many records, all of which say the same but for
 * their ids and times. */
static size_t values_made(struct arena *arena, const struct rulebook *book,
                          unsigned count)
{
    struct buf records = BUF_EMPTY(arena);
    struct fact_value facts[FACTS];
    size_t before;

    for (unsigned i = 0; i < count; i++)
        buf_printf(&records,
                   "%s{\"DBSnapshotIdentifier\": \"s-%u\", \"SnapshotType\": \"%s\", "
                   "\"Engine\": \"mysql\", \"Status\": \"available\", \"Encrypted\": "
                   "true, \"DBInstanceIdentifier\": \"d\", \"DBSnapshotArn\": "
                   "\"arn:aws:rds:us-east-1:123456789012:snapshot:s-%u\", "
                   "\"SnapshotCreateTime\": \"2025-11-24T03:%02u:%02u.5+00:00\"}",
                   i > 0 ? "," : "", i, i % 3 == 0 ? "manual" : "awsbackup", i,
                   i / 60 % 60, i % 60);
    before = allocations;
    assert_int_equal(scan_listing(book, buf_str(&records), facts), 0);
    assert_int_equal(facts[0].at_least, count - (count + 2) / 3);
    assert_int_equal(facts[1].at_least, count);
    return allocations - before;
}

static void many_make_no_more_values_than_few(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct rulebook *book;
    struct tree tree;
    size_t few;

    (void)state;
    json_set_alloc_funcs(counted_malloc, free);
    tree_make(&tree, FOLDER);
    book = load(&arena, plain_rule);
    few = values_made(&arena, book, 100);
    assert_true(few > 0);
    assert_int_equal(values_made(&arena, book, 3000), few);
    tree_remove(&tree);
    arena_release(&arena);
    json_set_alloc_funcs(malloc, free);
}

#define LISTING(records)                                                               \
    "123456789012/\n123456789012/us-east-1/\n123456789012/us-east-1/"                  \
    "rds-describe-db-snapshots.json={\"DBSnapshots\":[" records "]}\n"
#define OF(id, engine, type)                                                           \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"" type                    \
    "\",\"Engine\":\"" engine "\",\"Status\":\"a\",\"DBInstanceIdentifier\":\"d\"}"
#define LONG                                                                           \
    "0123456789012345678901234567890123456789012345678901234567890123456789"           \
    "0123456789012345678901234567890123456789012345678901234567890123456789"           \
    "0123456789012345678901234567890123456789012345678901234567890123456789"           \
    "0123456789012345678901234567890123456789012345678901234567890123456789"
#define CELL "123456789012 us-east-1 "

static const char engine_rule[] = REGION_RULE
    "  n: { from: \"AWS::RDS::DBSnapshot\" }\n"
    "  m: { from: \"AWS::RDS::DBSnapshot\", where: \"Engine == 'm'\" }\n"
    "  s: { from: \"AWS::RDS::DBSnapshot\", where: \"SnapshotType == 's'\" }\n"
    "outcomes:\n"
    "  - { result: pass, when: \"m > `0`\", message: \"m\" }\n"
    "  - { result: fail, message: \"m\" }\n";

/* The filters read an engine and a type. */
static const struct limit_row {
    const char *name, *files, *expected;
    size_t max;
} limit_rows[] = {
    { "as many rows as are kept",
      LISTING(OF("a", "m", "s") "," OF("b", "n", "s") "," OF("c", "m", "s")),
      CELL "pass n=3 m=2 s=3\n", 2 },
    { "what makes one more may count, and the rows that are there go on",
      LISTING(OF("a", "m", "s") "," OF("b", "n", "s") "," OF("c", "m", "s")),
      CELL "pass n=2..3 m=2..3 s=2..3\n", 1 },
    { "as may what makes their text too long",
      LISTING(OF("a", "m", "s") "," OF("b", LONG LONG, "s")),
      CELL "pass n=1..2 m=1..2 s=1..2\n", 2 },
};

static void of_limits(void **state)
{
    const struct limit_row *limited = *state;
    const struct scan_row row = { limited->name, limited->files, limited->expected };

    scan_rows_max = limited->max;
    scan_row(&row, engine_rule);
    scan_rows_max = 0;
}

/* What was said before is found again, however many rows there are. */
static void rows_are_found_again(void **state)
{
    enum { ROWS = 1600 };
    struct arena arena = ARENA_EMPTY;
    struct buf records = BUF_EMPTY(&arena);
    const struct scan_row row = {
        .files = "123456789012-us-east-1-rds-describe-db-snapshots.json=\n",
        .expected = CELL "fail n=3200 m=0 s=3200 +not-narrowed\n",
    };
    const struct settings settings = { 0 };

    (void)state;
    buf_add(&records, STR("{\"DBSnapshots\":["));
    for (int i = 0; i < 2 * ROWS; i++)
        buf_printf(&records, "%s" OF("%d", "e%d", "s"), i > 0 ? "," : "", i, i % ROWS);
    buf_add(&records, STR("]}"));
    scan_rows_max = ROWS;
    scan_row_with(&row, engine_rule, &settings, buf_str(&records));
    scan_rows_max = 0;
    arena_release(&arena);
}

/* More ids than are kept: what comes behind them may be of the same things. */
static void of_more_ids_than_are_kept(void **state)
{
    enum { MORE = 3 };
    struct arena arena = ARENA_EMPTY;
    struct buf records = BUF_EMPTY(&arena);
    const struct scan_row row = {
        .files = "123456789012-us-east-1-rds-describe-db-snapshots.json=\n",
        .expected = CELL "pass n=262144..262147 m=1..3 s=262144..262147\n",
    };
    const struct settings settings = { 0 };

    (void)state;
    static_assert(REPEATS_MAX == 262144, "as many ids as are kept");
    buf_add(&records, STR("{\"DBSnapshots\":["));
    for (int i = 0; i < REPEATS_MAX + MORE; i++)
        buf_printf(&records,
                   "%s{\"DBSnapshotIdentifier\":\"%x\",\"SnapshotType\":\"s\","
                   "\"Engine\":\"%s\"}",
                   i > 0 ? "," : "", i, i < REPEATS_MAX ? "n" : "m");
    buf_add(&records, STR("]}"));
    scan_row_with(&row, engine_rule, &settings, buf_str(&records));
    arena_release(&arena);
}

/* Records with one id, which is one thing. */
static const struct scan_row version_rows[] = {
    { "that say the same count once", LISTING(OF("a", "m", "s") "," OF("a", "m", "s")),
      CELL "pass n=1 m=1 s=1\n" },
    { "what differs counts maybe, all else surely",
      LISTING(OF("a", "m", "s") "," OF("a", "n", "s")),
      CELL "unknown n=1 m=0..1 s=1 -repeated-ids\n" },
    { "in whatever order", LISTING(OF("a", "n", "s") "," OF("a", "m", "s")),
      CELL "unknown n=1 m=0..1 s=1 -repeated-ids\n" },
    { "the second is no thing of its own row",
      LISTING(OF("b", "m", "s") "," OF("a", "n", "s") "," OF("a", "m", "s")),
      CELL "pass n=2 m=1..2 s=2\n" },
    { "three that differ in two ways",
      LISTING(OF("a", "m", "s") "," OF("a", "n", "s") "," OF("a", "n", "t")),
      CELL "unknown n=1 m=0..1 s=0..1 -repeated-ids\n" },
    { "and again what was said before",
      LISTING(OF("a", "m", "s") "," OF("a", "n", "s") "," OF("a", "m", "s") "," OF(
          "a", "n", "s")),
      CELL "unknown n=1 m=0..1 s=1 -repeated-ids\n" },
    { "a first row that comes again is no version",
      LISTING(OF("a", "m", "s") "," OF("a", "n", "s") "," OF("b", "n", "t") "," OF(
          "b", "n", "s") "," OF("a", "m", "s")),
      "123456789012 us-east-1 unknown n=2 m=0..1 s=1..2 -repeated-ids\n" },
    { "texts that are too long to be kept with their answer",
      LISTING(OF("a", LONG, LONG) "," OF("b", "m", LONG) "," OF("c", LONG, "s") "," OF(
          "d", LONG LONG, "s") "," OF("e", "m", "s") "," OF("f", LONG, LONG "x")),
      "123456789012 us-east-1 pass n=6 m=2 s=3\n" },
    { "two things of the same versions",
      LISTING(OF("a", "m", "s") "," OF("b", "m", "s") "," OF("a", "n", "s") "," OF(
          "b", "n", "s")),
      CELL "unknown n=2 m=0..2 s=2 -repeated-ids\n" },
    { "and two that began alike",
      LISTING(OF("a", "m", "s") "," OF("b", "m", "s") "," OF("a", "n", "s") "," OF(
          "b", "m", "t")),
      CELL "pass n=2 m=1..2 s=1..2\n" },
};

static void of_versions(void **state)
{
    scan_row(*state, engine_rule);
}

/* The largest of a thing's values is that of one of its records, and no record of it is
 * known to be right. */
static const char value_rule[] = REGION_RULE
    "  value: { from: \"AWS::RDS::DBSnapshot\", max: AllocatedStorage }\n"
    "  sum: { from: \"AWS::RDS::DBSnapshot\", max: \"abs(AllocatedStorage)\" }\n"
    "  least: { from: \"AWS::RDS::DBSnapshot\", min: AllocatedStorage }\n"
    "outcomes:\n"
    "  - { result: pass, when: \"value >= `5` && sum >= `5` && least <= `5`\", "
    "message: \"m\" }\n"
    "  - { result: fail, message: \"m\" }\n";

#define SIZED(id, engine, size)                                                        \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"m\",\"Engine\":\"" engine \
    "\",\"AllocatedStorage\":" size "}"

static const struct scan_row value_rows[] = {
    { "said again with another value",
      LISTING(SIZED("a", "m", "9") "," SIZED("a", "m", "1")),
      CELL "unknown value=1..9 sum=1..9 least=1..9 -repeated-ids\n" },
    { "in whatever order", LISTING(SIZED("a", "m", "1") "," SIZED("a", "m", "9")),
      CELL "unknown value=1..9 sum=1..9 least=1..9 -repeated-ids\n" },
    { "in another row", LISTING(SIZED("a", "m", "9") "," SIZED("a", "n", "1")),
      CELL "unknown value=1..9 sum=1..9 least=1..9 -repeated-ids\n" },
    { "with the same value", LISTING(SIZED("a", "m", "5") "," SIZED("a", "n", "5")),
      CELL "pass value=5 sum=5 least=5\n" },
    { "with none that can be used",
      LISTING(SIZED("a", "m", "9") "," SIZED("a", "m", "\"x\"")),
      CELL "unknown value=.. sum=.. least=.. -no-value -repeated-ids -no-value\n" },
    { "beside another thing",
      LISTING(SIZED("b", "m", "5") "," SIZED("a", "m", "9") "," SIZED("a", "m", "1")),
      CELL "pass value=5..9 sum=5..9 least=1..5\n" },
};

static void of_values(void **state)
{
    scan_row(*state, value_rule);
}

/* One more version than is kept apart: from there on it may say anything. */
static const char plan_rule[] =
    REGION_RULE "  n: { from: \"AWS::Backup::BackupPlan\", where: \"!DeletionDate\" }\n"
                "outcomes:\n"
                "  - { result: pass, when: \"n > `0`\", message: \"m\" }\n"
                "  - { result: fail, message: \"m\" }\n";

#define PLAN_THAT(rest)                                                                \
    "123456789012/\n123456789012/us-east-1/\n123456789012/us-east-1/"                  \
    "backup-get-backup-plan--p.json={\"BackupPlan\":{\"BackupPlanName\":\"n\","        \
    "\"Rules\":[]},\"BackupPlanId\":\"p\",\"BackupPlanArn\":\"arn:aws:backup:"         \
    "us-east-1:123456789012:backup-plan:p\",\"VersionId\":\"v\",\"CreationDate\":"     \
    "1" rest "}\n"

/* A record that stands alone. */
static const struct scan_row alone_rows[] = {
    { "counts by what it has", PLAN_THAT(""), CELL "pass n=1.. +fields-kept\n" },
    { "and what it has is there", PLAN_THAT(",\"DeletionDate\":1"),
      CELL "unknown n=0.. -one-record\n" },
    { "though no value can be made of it", PLAN_THAT(",\"DeletionDate\":1e999"),
      CELL "unknown n=0.. -one-record -undecided-records\n" },
};

static void of_a_record_alone(void **state)
{
    scan_row(*state, plan_rule);
}

static void of_many_versions(void **state)
{
    static const char *const expected[] = {
        CELL "unknown n=1 m=0..1 s=1 -repeated-ids\n",
        CELL "unknown n=1 m=0..1 s=0..1 -repeated-ids\n",
        CELL "unknown n=2 m=0..2 s=0..2 -repeated-ids\n",
    };
    struct arena arena = ARENA_EMPTY;

    (void)state;
    for (unsigned extra = 0; extra < 3; extra++) {
        struct buf files = BUF_EMPTY(&arena);
        struct scan_row row = {
            .name = "many versions",
            .expected = expected[extra],
        };

        buf_add(&files, STR("123456789012/\n123456789012/us-east-1/\n123456789012/"
                            "us-east-1/rds-describe-db-snapshots.json="
                            "{\"DBSnapshots\":[" OF("a", "m", "s")));
        for (unsigned i = 0; i < VERSIONS_MAX + extra; i++)
            buf_printf(&files, "," OF("a", "%u", "s"), i);
        if (extra == 2) /* another thing that says too much */
            buf_add(&files, STR("," OF("b", "m", "s") "," OF("b", "x", "s")));
        buf_add(&files, STR("]}\n"));
        row.files = buf_str(&files).text;
        scan_row(&row, engine_rule);
    }
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, many_say_what_each_says);
    TESTS_ADD(&tests, each_account_has_its_own);
    TESTS_ADD(&tests, many_make_no_more_values_than_few);
    TESTS_ADD_ROWS(&tests, alone_rows, of_a_record_alone);
    TESTS_ADD(&tests, of_many_versions);
    TESTS_ADD_ROWS(&tests, limit_rows, of_limits);
    TESTS_ADD_ROWS(&tests, version_rows, of_versions);
    TESTS_ADD_ROWS(&tests, value_rows, of_values);
    TESTS_ADD(&tests, rows_are_found_again);
    TESTS_ADD(&tests, of_more_ids_than_are_kept);
    return tests_run("gather_rows", &tests);
}
