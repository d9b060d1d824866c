/*
 * Functions beyond JMESPath's own in rules: what they leave undecided, and that it is
 * said.
 */
#include "judge/count.h"
#include "scan_rows.h"

#define RULE_OF(field, pattern)                                                        \
    REGION_RULE                                                                        \
    "  n: { from: \"AWS::RDS::DBSnapshot\" }\n"                                        \
    "  m: { from: \"AWS::RDS::DBSnapshot\", where: \"matches(" field ", "              \
    "'" pattern "')\" }\n"                                                             \
    "outcomes:\n"                                                                      \
    "  - { result: not_applicable, when: \"!like(region, 'us-*')\", message: \"x\" "   \
    "}\n"                                                                              \
    "  - { result: pass, when: \"m > `0`\", message: \"{m} of {n}\" }\n"               \
    "  - { result: fail, message: \"none of {n}\" }\n"

static const char rule[] = RULE_OF("DBSnapshotIdentifier", "^(a+)+$");
static const char engine_rule[] = RULE_OF("Engine", "^(a+)+$");
static const char deep_rule[] = RULE_OF("DBSnapshotIdentifier", "^(a|b)*$");

#define A     "123456789012"
#define FILES A "/\n" A "/us-east-1/\n" A "/us-east-1/rds-describe-db-snapshots.json="
#define CELL  A " us-east-1 "
#define SNAPSHOT(id)                                                                   \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"manual\","                \
    "\"Engine\":\"e\",\"Status\":\"available\",\"DBInstanceIdentifier\":\"" id "\","   \
    "\"DBSnapshotArn\":\"arn:aws:rds:us-east-1:" A ":snapshot:" id "\"}"
#define OF_ENGINE(id, engine)                                                          \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"manual\","                \
    "\"Engine\":\"" engine                                                             \
    "\",\"Status\":\"available\",\"DBInstanceIdentifier\":\"b\"}"
#define HOSTILE "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"

static const struct scan_row rows[] = {
    { "a match that ends decides", FILES "{\"DBSnapshots\":[" SNAPSHOT("b") "]}\n",
      CELL "fail n=1 m=0 +not-narrowed\n" },
    { "one that a limit stops may count",
      FILES "{\"DBSnapshots\":[" SNAPSHOT("b") "," SNAPSHOT(HOSTILE) "]}\n",
      CELL "unknown n=2 m=0..1 -no-answer\n" },
    { "and where another record decides, nothing rests on it",
      FILES "{\"DBSnapshots\":[" SNAPSHOT("a") "," SNAPSHOT(HOSTILE) "]}\n",
      CELL "pass n=2 m=1..2\n" },
    { "a function in `when` sees what is exact",
      A "/\n" A "/eu-west-1/\n" A
        "/eu-west-1/rds-describe-db-snapshots.json={\"DBSnapshots\":[]}\n",
      A " eu-west-1 not_applicable n=0 m=0\n" },
    { "and has no answer for what is not known",
      "rds-describe-db-snapshots.json={\"DBSnapshots\":[]}\n",
      "- - unknown n=0 m=0 -no-answer\n" },
};

static void of_patterns(void **state)
{
    scan_row(*state, rule);
}

/* A record whose id is `count` letters a, all of which the pattern matches. */
static const struct long_row {
    const char *name;
    size_t count;
    const char *report;
} long_rows[] = {
    { "a text within all limits matches", 100, CELL "pass n=1 m=1\n" },
    { "one that backtracks too deep may count", 5000,
      CELL "unknown n=1 m=0..1 -no-answer\n" },
    { "one that is too long may count", 70 * 1000,
      CELL "unknown n=1 m=0..1 -no-answer\n" },
};

static void of_long_text(void **state)
{
    const struct long_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf files = BUF_EMPTY(&arena);
    struct scan_row made = { .name = row->name };

    buf_add(&files, STR(FILES "{\"DBSnapshots\":[{\"DBSnapshotIdentifier\":\""));
    for (size_t i = 0; i < row->count; i++)
        buf_add_byte(&files, 'a');
    buf_add(&files,
            STR("\",\"SnapshotType\":\"manual\",\"Engine\":\"e\","
                "\"Status\":\"available\",\"DBInstanceIdentifier\":\"b\"}]}\n"));
    made.files = buf_str(&files).text;
    made.expected = row->report;
    scan_row(&made, deep_rule);
    arena_release(&arena);
}

/* One record that counts, so many for which a limit keeps the filter from an answer,
 * and behind what stands between, one that says the same as the first, and one that
 * would count if it were tried. */
static const struct limited_row {
    const char *name;
    size_t records;
    const char *between;
    const char *report;
} limited_rows[] = {
    { "one behind a few that come to a limit is tried", LIMITED_ROWS_MAX - 1, ",",
      CELL "pass n=34 m=3..34\n" },
    { "one behind many may count, but for what was found before", LIMITED_ROWS_MAX, ",",
      CELL "pass n=35 m=2..35\n" },
    { "one behind many more may count", LIMITED_ROWS_MAX + 7, ",",
      CELL "pass n=42 m=2..42\n" },
    { "so may one of another answer in the file", LIMITED_ROWS_MAX,
      "]}\v{\"DBSnapshots\":[",
      CELL "pass n=2..33 m=1..33\n"
           "P disagreement\n"
           "P disagreement\n" },
    { "one of another file is tried", LIMITED_ROWS_MAX,
      "]}\n" A "/us-east-2/\n" A
      "/us-east-2/rds-describe-db-snapshots.json={\"DBSnapshots\":[",
      CELL "pass n=33 m=1..33\n" A " us-east-2 pass n=2 m=2\n" },
};

static void of_many_that_come_to_a_limit(void **state)
{
    const struct limited_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf files = BUF_EMPTY(&arena);
    struct scan_row made = { .name = row->name, .expected = row->report };

    buf_add(&files, STR(FILES "{\"DBSnapshots\":[" OF_ENGINE("a", "a")));
    for (size_t i = 0; i < row->records; i++)
        buf_printf(&files, "," OF_ENGINE("%zu", HOSTILE "%zu"), i, i);
    buf_printf(&files, "%s" OF_ENGINE("b", "a") "," OF_ENGINE("c", "aa") "]}\n",
               row->between);
    made.files = buf_str(&files).text;
    scan_row(&made, engine_rule);
    arena_release(&arena);
}

static const char age_rule[] = REGION_RULE
    "  old: { from: \"AWS::RDS::DBSnapshot\", where: \"age_days(SnapshotCreateTime) > "
    "`30`\" }\n"
    "  newest: { from: \"AWS::RDS::DBSnapshot\", max: SnapshotCreateTime }\n"
    "outcomes:\n"
    "  - { result: fail, when: \"old > `0`\", message: \"{old}\" }\n"
    "  - { result: not_applicable, when: \"age_days(newest) < `7`\", message: \"x\" }\n"
    "  - { result: pass, message: \"{old}, {newest}\" }\n";

#define MADE(time)                                                                     \
    "{\"DBSnapshotIdentifier\":\"a\",\"SnapshotType\":\"manual\",\"Engine\":\"e\","    \
    "\"Status\":\"available\",\"DBInstanceIdentifier\":\"d\",\"SnapshotCreateTime\":"  \
    "\"" time "\",\"DBSnapshotArn\":\"arn:aws:rds:us-east-1:" A ":snapshot:a\"}"

static const struct scan_row age_rows[] = {
    { "old", FILES "{\"DBSnapshots\":[" MADE("2025-12-01T00:00:00Z") "]}\n",
      CELL "fail old=1 newest=1764547200\n" },
    { "young", FILES "{\"DBSnapshots\":[" MADE("2026-01-30T00:00:00Z") "]}\n",
      CELL "not_applicable old=0 newest=1769731200 +not-narrowed\n" },
    { "between", FILES "{\"DBSnapshots\":[" MADE("2026-01-20T00:00:00Z") "]}\n",
      CELL "pass old=0 newest=1768867200 +not-narrowed\n" },
    { "no time", FILES "{\"DBSnapshots\":[" MADE("today") "]}\n",
      A " us-east-1 unknown old=0..1 newest=.. -no-answer -no-value\n" },
    { "nothing old is known, and so nothing of its age",
      FILES "{\"DBSnapshots\":[" MADE("2026-01-20T00:00:00Z") "],\"Marker\":\"x\"}\n",
      CELL "unknown old=0.. newest=1768867200.. -token\n" },
};

static void of_ages(void **state)
{
    const struct settings settings = { .as_of = STR("2026-02-01T00:00:00Z") };

    scan_row_with(*state, age_rule, &settings, STR_NONE);
}

static const struct scan_row timeless_rows[] = {
    { "without the time nothing is known of an age, and that is said once",
      FILES "{\"DBSnapshots\":[" MADE("2026-01-30T00:00:00Z") "]}\n",
      CELL "unknown old=0..1 newest=1769731200 -no-as-of\n" },
};

static void without_the_time(void **state)
{
    scan_row(*state, age_rule);
}

/* Only the condition reads the time, and the filter fails by itself. */
static const char time_rule[] = REGION_RULE
    "  m: { from: \"AWS::RDS::DBSnapshot\", where: \"matches(DBSnapshotIdentifier, "
    "$p)\" }\n"
    "parameters: { p: { type: string, default: \"^(a+)+$\", description: d } }\n"
    "outcomes:\n"
    "  - { result: fail, when: \"m > `0` && $now > `0`\", message: \"{m}\" }\n"
    "  - { result: pass, message: \"{m}\" }\n";

static const struct scan_row other_time_rows[] = {
    { "what fails without reading the time is not put down to it",
      FILES "{\"DBSnapshots\":[" SNAPSHOT(HOSTILE) "]}\n",
      CELL "unknown m=0..1 -no-answer -no-as-of\n" },
};

static void without_reading_the_time(void **state)
{
    scan_row(*state, time_rule);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_patterns);
    TESTS_ADD_ROWS(&tests, long_rows, of_long_text);
    TESTS_ADD_ROWS(&tests, limited_rows, of_many_that_come_to_a_limit);
    TESTS_ADD_ROWS(&tests, age_rows, of_ages);
    TESTS_ADD_ROWS(&tests, timeless_rows, without_the_time);
    TESTS_ADD_ROWS(&tests, other_time_rows, without_reading_the_time);
    return tests_run("scan_functions", &tests);
}
