/*
 * Messages of findings, a row a case: a rule and files in, result and message out. And
 * what several findings say together.
 */
#include "scan_rows.h"

#include "explain/message.h"

#define A     "123456789012"
#define B     "210987654321"
#define US    A "/us-east-1/"
#define DIR   A "/\n" US "\n"
#define SNAPS "rds-describe-db-snapshots"
#define RULE(facts, outcomes)                                                          \
    REGION_RULE facts "outcomes:\n" outcomes "  - { result: fail, message: \"f\" }\n"
#define ALL "  n: { from: \"AWS::RDS::DBSnapshot\" }\n"
#define MIN                                                                            \
    "  least: { from: \"AWS::RDS::DBSnapshot\", where: \"Engine == 'e'\", min: "       \
    "AllocatedStorage }\n"
#define MAX "  most: { from: \"AWS::RDS::DBSnapshot\", max: AllocatedStorage }\n"
#define NEW "  new: { from: \"AWS::RDS::DBSnapshot\", max: SnapshotCreateTime }\n"
#define OLD "  old: { from: \"AWS::RDS::DBSnapshot\", min: SnapshotCreateTime }\n"
#define FIELDS(id, fields)                                                             \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"m\",\"Engine\":\"e\","    \
    "\"Status\":\"s\"" fields "}"
#define SIZE(id, size) FIELDS(id, ",\"AllocatedStorage\":" size)
#define TIME(id, time) FIELDS(id, ",\"SnapshotCreateTime\":" time)
#define LIST(records)  DIR US SNAPS ".json={\"DBSnapshots\":[" records "]}\n"
#define PAGE(records)                                                                  \
    DIR US SNAPS ".json={\"DBSnapshots\":[" records "],\"Marker\":\"x\"}\n"
#define PASS_IF(when) "  - { result: pass, when: \"" when "\", message: \"p\" }\n"
#define PASS(message)                                                                  \
    "  - { result: pass, when: \"n >= `0`\", message: \"" message "\" }\n"
#define SAYS_ALL RULE(ALL MIN MAX NEW OLD, PASS("{n} {least} {most} {new} {old}"))

static const char *print_messages(struct arena *arena,
                                  const struct assessment *assessment)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < assessment->finding_count; i++)
        buf_printf(&buf, "%s: %s\n", result_name(assessment->findings[i].result),
                   assessment->findings[i].message);
    buf_add(&buf, str_from(print_findings(arena, assessment)));
    return buf_str(&buf).text;
}

static const struct message_row {
    const char *name, *rule, *files, *expected;
} rows[] = {
    /* numbers and times */
    { "of nothing", SAYS_ALL, LIST(""),
      "pass: 0 none none none none\n"
      "123456789012 us-east-1 pass n=0 least=none most=none new=none old=none\n" },
    { "whole numbers, and times of seconds", SAYS_ALL,
      LIST(FIELDS("a", ",\"AllocatedStorage\":7,\"SnapshotCreateTime\":1735689600")),
      "pass: 1 7 7 2025-01-01T00:00:00Z 2025-01-01T00:00:00Z\n"
      "123456789012 us-east-1 pass n=1 least=7 most=7 new=1735689600 "
      "old=1735689600\n" },
    { "fractions of both", SAYS_ALL,
      LIST(FIELDS("a",
                  ",\"AllocatedStorage\":7.25,\"SnapshotCreateTime\":1735689600.5")),
      "pass: 1 7.25 7.25 2025-01-01T00:00:00.5Z 2025-01-01T00:00:00.5Z\n"
      "123456789012 us-east-1 pass n=1 least=7.25 most=7.25 new=1735689600.5 "
      "old=1735689600.5\n" },
    { "numbers below zero", SAYS_ALL,
      LIST(SIZE("a", "-7") "," SIZE("b", "-7.5") "," SIZE("c", "0")),
      "pass: 3 -7.5 0 not known not known\n"
      "123456789012 us-east-1 pass n=3 least=-7.5 most=0 new=.. old=..\n" },
    { "a large number", SAYS_ALL, LIST(SIZE("a", "999999999999999")),
      "pass: 1 999999999999999 999999999999999 not known not known\n"
      "123456789012 us-east-1 pass n=1 least=999999999999999 most=999999999999999 "
      "new=.. old=..\n" },
    { "a larger one", SAYS_ALL, LIST(SIZE("a", "1000000000000000")),
      "pass: 1 1000000000000000.0 1000000000000000.0 not known not known\n"
      "123456789012 us-east-1 pass n=1 least=1000000000000000 most=1000000000000000 "
      "new=.. old=..\n" },
    { "a time that has an escape", SAYS_ALL,
      LIST(TIME("a", "\"2025\\u002d01-01T00:00:00Z\"")),
      "pass: 1 not known not known 2025-01-01T00:00:00Z 2025-01-01T00:00:00Z\n"
      "123456789012 us-east-1 pass n=1 least=.. most=.. new=1735689600 "
      "old=1735689600\n" },
    { "a time that an escape makes none", SAYS_ALL,
      LIST(TIME("a", "\"2025\\u002e01-01T00:00:00Z\"")),
      "pass: 1 not known not known not known not known\n"
      "123456789012 us-east-1 pass n=1 least=.. most=.. new=.. old=..\n" },
    { "a text is no number, and a number is a time", SAYS_ALL,
      LIST(FIELDS("a", ",\"AllocatedStorage\":\"7\",\"SnapshotCreateTime\":7")),
      "pass: 1 not known not known 1970-01-01T00:00:07Z 1970-01-01T00:00:07Z\n"
      "123456789012 us-east-1 pass n=1 least=.. most=.. new=7 old=7\n" },
    { "a number that cannot be held", SAYS_ALL, LIST(SIZE("a", "1e999")),
      "pass: 1 not known not known not known not known\n"
      "123456789012 us-east-1 pass n=1 least=.. most=.. new=.. old=..\n" },

    /* bounds */
    { "of a page", SAYS_ALL,
      PAGE(FIELDS("a", ",\"AllocatedStorage\":7,\"SnapshotCreateTime\":7")),
      "pass: at least 1 at most 7 at least 7 at least 1970-01-01T00:00:07Z at most "
      "1970-01-01T00:00:07Z\n"
      "123456789012 us-east-1 pass n=1.. least=..7 most=7.. new=7.. old=..7\n" },
    { "of a page of nothing", SAYS_ALL, PAGE(""),
      "pass: not known not known not known not known not known\n"
      "123456789012 us-east-1 pass n=0.. least=..? most=..? new=..? old=..?\n" },
    { "of a record that may count", SAYS_ALL,
      LIST(SIZE("a", "7") ",{\"AllocatedStorage\":3}"),
      "pass: 2 3 to 7 7 not known not known\n"
      "123456789012 us-east-1 pass n=2 least=3..7 most=7 new=.. old=..\n" },
    { "of one that may count, and nothing else", SAYS_ALL,
      LIST("{\"AllocatedStorage\":3}"),
      "pass: 1 at least 3, or none 3 not known not known\n"
      "123456789012 us-east-1 pass n=1 least=3..? most=3 new=.. old=..\n" },
    { "of two answers", SAYS_ALL,
      DIR US "a-" SNAPS ".json={\"DBSnapshots\":[" SIZE(
          "a", "7") "]}\n" US "b-" SNAPS
                    ".json={\"DBSnapshots\":[" SIZE("a", "9") "," SIZE("b", "3") "]}\n",
      "pass: 1 to 2 3 to 7 7 to 9 not known not known\n"
      "123456789012 us-east-1 pass n=1..2 least=3..7 most=7..9 new=.. old=..\n"
      "P disagreement\n"
      "P disagreement\n" },

    /* expressions in messages */
    { "account and region", RULE(ALL, PASS("{account} {region} {n}")), LIST(""),
      "pass: 123456789012 us-east-1 0\n"
      "123456789012 us-east-1 pass n=0\n" },
    { "what is not told", RULE(ALL, PASS("{account} {region} {n}")),
      "x.json={\"DBSnapshots\":[]}\n",
      "pass: - - 0\n"
      "- - pass n=0\n" },
    { "texts, numbers and null",
      RULE(ALL,
           PASS("{join('-', [account, region])} {sum([n, `1`])} {to_number(region)}")),
      LIST(""),
      "pass: 123456789012-us-east-1 1 -\n"
      "123456789012 us-east-1 pass n=0\n" },
    { "lists and truth", RULE(ALL, PASS("{[n, account]} {n == `0`}")), LIST(""),
      "pass: [0, \"123456789012\"] true\n"
      "123456789012 us-east-1 pass n=0\n" },
    { "of a fact that is not exact", RULE(ALL, PASS("{sum([n, `1`])}")), PAGE(""),
      "pass: not known\n"
      "123456789012 us-east-1 pass n=0..\n" },

    /* possible outcomes */
    { "several are joined",
      RULE(ALL, "  - { result: pass, when: \"n > `5`\", message: \"{n} are many\" }\n"
                "  - { result: fail, when: \"n > `2`\", message: \"{n} are few\" }\n"),
      PAGE(""),
      "unknown: not known are many; or not known are few\n"
      "123456789012 us-east-1 unknown n=0.. -token\n" },
    { "and said once",
      RULE(ALL, "  - { result: pass, when: \"n > `5`\", message: \"f\" }\n"
                "  - { result: fail, when: \"n > `2`\", message: \"few\" }\n"),
      PAGE(""),
      "unknown: f; or few\n"
      "123456789012 us-east-1 unknown n=0.. -token\n" },

    /* what decides */
    { "a whole number that is no double, from above",
      RULE(MAX, PASS_IF("most >= `9007199254740995`")),
      LIST(SIZE("a", "9007199254740996")),
      "pass: p\n"
      "123456789012 us-east-1 pass most=9007199254740996\n" },
    { "and from below", RULE(MAX, PASS_IF("most > `9007199254740995`")),
      LIST(SIZE("a", "9007199254740994")),
      "fail: f\n"
      "123456789012 us-east-1 fail most=9007199254740994 +not-narrowed\n" },
    { "nothing is equal to it", RULE(MAX, PASS_IF("most != `9007199254740995`")),
      LIST(SIZE("a", "9007199254740996")),
      "pass: p\n"
      "123456789012 us-east-1 pass most=9007199254740996\n" },
    { "the largest whole number", RULE(MAX, PASS_IF("most < `9223372036854775807`")),
      LIST(SIZE("a", "9223372036854774784")),
      "pass: p\n"
      "123456789012 us-east-1 pass most=9.2233720368547748e+18 +not-narrowed\n" },
    { "a fact on the right", RULE(MAX, PASS_IF("`7` <= most")), LIST(SIZE("a", "7")),
      "pass: p\n"
      "123456789012 us-east-1 pass most=7\n" },
    { "two facts", RULE(MAX MIN, PASS_IF("least < most")),
      LIST(SIZE("a", "7") "," SIZE("b", "8")),
      "pass: p\n"
      "123456789012 us-east-1 pass most=8 least=7\n" },
    { "two facts of which one is a page's", RULE(MAX ALL, PASS_IF("n < most")),
      PAGE(SIZE("a", "7")),
      "unknown: p; or f\n"
      "123456789012 us-east-1 unknown most=7.. n=1.. -token\n" },
    { "equal to one that may be none", RULE(MAX, PASS_IF("most == `7`")), PAGE(""),
      "unknown: p; or f\n"
      "123456789012 us-east-1 unknown most=..? -token\n" },
    { "equal to one that is at least as large", RULE(MAX, PASS_IF("most == `7`")),
      PAGE(SIZE("a", "7")),
      "unknown: p; or f\n"
      "123456789012 us-east-1 unknown most=7.. -token\n" },
    { "not equal to one that is larger", RULE(MAX, PASS_IF("most != `7`")),
      PAGE(SIZE("a", "8")),
      "pass: p\n"
      "123456789012 us-east-1 pass most=8..\n" },
    { "none is not less than anything", RULE(MAX, PASS_IF("most < `7`")), LIST(""),
      "unknown: p; or f\n"
      "123456789012 us-east-1 unknown most=none -none\n" },
    { "nor is what may be none less than what is more than it may be",
      RULE("  most: { from: \"AWS::RDS::DBSnapshot\", where: \"Engine == 'e'\", max: "
           "AllocatedStorage }\n",
           PASS_IF("most < `7`")),
      LIST("{\"AllocatedStorage\":3}"),
      "unknown: p; or f\n"
      "123456789012 us-east-1 unknown most=..3? -undecided-records\n" },
    { "nor more than what is less", RULE(MIN, PASS_IF("least > `1`")),
      LIST("{\"AllocatedStorage\":3}"),
      "unknown: p; or f\n"
      "123456789012 us-east-1 unknown least=3..? -undecided-records\n" },
    { "what the evaluator makes of a fraction", RULE(MAX, PASS_IF("ceil(most) == `8`")),
      LIST(SIZE("a", "7.5")),
      "pass: p\n"
      "123456789012 us-east-1 pass most=7.5 +not-narrowed\n" },
    { "and of none", RULE(MAX, PASS_IF("type(most) == 'null'")), LIST(""),
      "pass: p\n"
      "123456789012 us-east-1 pass most=none +not-narrowed\n" },
    { "and not of what is not exact", RULE(MAX, PASS_IF("ceil(most) == `8`")),
      PAGE(SIZE("a", "7.5")),
      "unknown: p; or f\n"
      "123456789012 us-east-1 unknown most=7.5.. -token\n" },
    { "a time beside what is none", RULE(NEW ALL, PASS_IF("new > to_string(n)")),
      LIST(TIME("a", "7")),
      "unknown: p; or f\n"
      "123456789012 us-east-1 unknown new=7 n=1 -no-answer\n" },
    { "a time on the right", RULE(NEW, PASS_IF("`6` < new")), LIST(TIME("a", "7")),
      "pass: p\n"
      "123456789012 us-east-1 pass new=7\n" },
    { "two times", RULE(NEW OLD, PASS_IF("old < new")),
      LIST(TIME("a", "7") "," TIME("b", "\"1970-01-01T00:00:08Z\"")),
      "pass: p\n"
      "123456789012 us-east-1 pass new=8 old=7\n" },
    { "not, and, or",
      RULE(ALL MAX, PASS_IF("!(n == `0`) && (most > `100` || n > `0`)")),
      PAGE(SIZE("a", "7")),
      "pass: p\n"
      "123456789012 us-east-1 pass n=1.. most=7..\n" },

    /* what a pass by a minimum rests on */
    { "by the least of a listing", RULE(MIN, PASS_IF("least > `5`")),
      LIST(SIZE("a", "7")),
      "pass: p\n"
      "123456789012 us-east-1 pass least=7 +not-narrowed\n" },
    { "by the least of a page", RULE(MIN, PASS_IF("least < `9`")), PAGE(SIZE("a", "7")),
      "pass: p\n"
      "123456789012 us-east-1 pass least=..7\n" },
    { "by the least, which a page does not tell", RULE(MIN, PASS_IF("least > `5`")),
      PAGE(SIZE("a", "7")),
      "unknown: p; or f\n"
      "123456789012 us-east-1 unknown least=..7 -token\n" },
    { "by the largest of a page", RULE(MAX, PASS_IF("most > `5`")),
      PAGE(SIZE("a", "7")),
      "pass: p\n"
      "123456789012 us-east-1 pass most=7..\n" },
    { "by either of two", RULE(MIN ALL, PASS_IF("least > `5` || n > `0`")),
      LIST(SIZE("a", "7")),
      "pass: p\n"
      "123456789012 us-east-1 pass least=7 n=1\n" },
    { "by none of a minimum",
      RULE(MIN ALL, PASS_IF("type(least) == 'null' && n == `0`")), LIST(""),
      "pass: p\n"
      "123456789012 us-east-1 pass least=none n=0 +not-narrowed\n" },
    { "by none of a maximum",
      RULE(MAX ALL, PASS_IF("type(most) == 'null' && n == `0`")), LIST(""),
      "pass: p\n"
      "123456789012 us-east-1 pass most=none n=0 +not-narrowed\n" },

    /* of evaluated expressions */
    { "the largest of what is made, which comes twice",
      RULE("  most: { from: \"AWS::RDS::DBSnapshot\", max: \"not_null(Iops, `1`)\" }\n",
           PASS_IF("most > `0`")),
      LIST(FIELDS("a", ",\"Iops\":3") "," FIELDS("b", ",\"Iops\":9") "," FIELDS(
          "b", ",\"Iops\":12")),
      "pass: p\n"
      "123456789012 us-east-1 pass most=9..12\n" },
    { "the least of it",
      RULE(
          "  least: { from: \"AWS::RDS::DBSnapshot\", min: \"not_null(Iops, `1`)\" }\n",
          PASS_IF("least > `0`")),
      LIST(FIELDS("a", ",\"Iops\":3") "," FIELDS("b", ",\"Iops\":9")),
      "pass: p\n"
      "123456789012 us-east-1 pass least=3 +not-narrowed\n" },
};

static void of_rows(void **state)
{
    const struct message_row *row = *state;
    const struct scan_row files = { row->name, row->files, row->expected };
    const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(
        scan_print_by(&arena, &files, row->rule, &settings, STR_NONE, print_messages),
        row->expected);
    arena_release(&arena);
}

static const char *print_joined(struct arena *arena,
                                const struct assessment *assessment)
{
    const struct finding **findings =
        arena_array(arena, assessment->finding_count, const struct finding *);

    for (size_t i = 0; i < assessment->finding_count; i++)
        findings[i] = &assessment->findings[i];
    return message_join(arena, findings, assessment->finding_count);
}

#define JOINED                                                                         \
    RULE(ALL MAX, "  - { result: pass, when: \"n >= `0`\", message: \"{account} "      \
                  "{region} {n} {most} {length(region)} {to_string(n)}\" }\n")
#define IN(account, region, rest)                                                      \
    account "-" region "-" SNAPS ".json={\"DBSnapshots\":[" rest "}\n"

static const struct scan_row joined_rows[] = {
    { "one", IN(A, "us-east-1", SIZE("a", "7") "]"), "123456789012 us-east-1 1 7 9 1" },
    { "two that say the same",
      IN(A, "us-east-1", SIZE("a", "7") "]") IN(A, "us-east-2", SIZE("a", "7") "]"),
      "123456789012 the region 1 7 9 1" },
    { "two accounts",
      IN(A, "us-east-1", SIZE("a", "7") "]") IN(B, "us-east-1", SIZE("a", "7") "]"),
      "the account us-east-1 1 7 9 1" },
    { "what differs",
      IN(A, "us-east-1", SIZE("a", "7") "]")
          IN(A, "eu-central-1", SIZE("a", "3") "," SIZE("b", "9") "]"),
      "123456789012 the region 1 to 2, each exact 7 to 9, each exact 12, 9 2, 1" },
    { "of many that differ, three; those that are the same once",
      IN(A, "us-east-1", SIZE("a", "7") "]") IN(A, "us-east-2", SIZE("a", "7") "]")
          IN(A, "us-west-1", SIZE("a", "7") "," SIZE("b", "7") "]") IN(
              A, "us-west-2", SIZE("a", "7") "," SIZE("b", "7") "," SIZE("c", "7") "]"),
      "123456789012 the region 1 to 3, each exact 7 9 1, 2, 3" },
    { "and that there are others",
      IN(A, "us-east-1", "]") IN(A, "us-east-2", SIZE("a", "7") "]")
          IN(A, "us-west-1", SIZE("a", "7") "," SIZE("b", "7") "]") IN(
              A, "us-west-2", SIZE("a", "7") "," SIZE("b", "7") "," SIZE("c", "7") "]"),
      "123456789012 the region 0 to 3, each exact 7, or none 9 0, 1, 2 or others" },
    { "nothing in one of them",
      IN(A, "us-east-1", SIZE("a", "7") "]") IN(A, "us-east-2", "]"),
      "123456789012 the region 0 to 1, each exact 7, or none 9 1, 0" },
    { "nothing in any", IN(A, "us-east-1", "]") IN(A, "us-east-2", "]"),
      "123456789012 the region 0 none 9 0" },
    { "a page's",
      IN(A, "us-east-1", SIZE("a", "7") "]")
          IN(A, "us-east-2", SIZE("a", "8") "],\"Marker\":\"x\""),
      "123456789012 the region at least 1 at least 7 9 1, not known" },
    { "what is not known in one of them",
      IN(A, "us-east-1", SIZE("a", "7") "]") IN(A, "us-east-2", "],\"Marker\":\"x\""),
      "123456789012 the region 1, some not known 7, some not known 9 1, not known" },
    { "what is not known in any",
      IN(A, "us-east-1", "],\"Marker\":\"x\"") IN(A, "us-east-2", "],\"Marker\":\"x\""),
      "123456789012 the region not known not known 9 not known" },
};

static void of_joined(void **state)
{
    const struct scan_row *row = *state;
    const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(
        scan_print_by(&arena, row, JOINED, &settings, STR_NONE, print_joined),
        row->expected);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_rows);
    TESTS_ADD_ROWS(&tests, joined_rows, of_joined);
    return tests_run("explain_message", &tests);
}
