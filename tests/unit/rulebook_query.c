#include "catalog_sample.h"
#include "rows.h"

#include "rulebook/query.h"

static const char catalog_text[] =
    "format: 1\n"
    "types:\n"
    "  - type: AWS::RDS::DBSnapshot\n"
    "    level: region\n"
    "    id: DBSnapshotIdentifier\n"
    "    calls:\n"
    "      - { call: rds describe-db-snapshots, list: DBSnapshots, gives: whole }\n"
    "  - type: AWS::Backup::GlobalSetting\n"
    "    level: account\n"
    "    calls:\n"
    "      - { call: backup describe-global-settings, map: GlobalSettings, gives: "
    "whole "
    "}\n"
    "  - type: AWS::One\n"
    "    level: region\n"
    "    id: One\n"
    "    calls:\n"
    "      - { call: one list-some, list: Some, record: { has: [One] }, gives: whole "
    "}\n"
    "  - type: AWS::Two\n"
    "    level: region\n"
    "    id: Two\n"
    "    calls:\n"
    "      - { call: two list-some, list: Some, record: { has: [Two] }, gives: whole "
    "}\n";

#define JOIN          "join the conditions with &&, and keep only "
#define ONE_CONDITION "write one LIST[?CONDITION], and in it all that a record is to be"

#define FIFTY "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static const struct row {
    const char *name, *text, *printed;
} rows[] = {
    { "the published query", "DBSnapshots[?(SnapshotType==`awsbackup`)]",
      "AWS::RDS::DBSnapshot where (SnapshotType==`awsbackup`)" },
    { "a list alone", "DBSnapshots", "AWS::RDS::DBSnapshot" },
    { "a list, flattened", "DBSnapshots[]", "AWS::RDS::DBSnapshot" },
    { "a list, each of it", "DBSnapshots[*]", "AWS::RDS::DBSnapshot" },
    { "blanks matter nowhere", " DBSnapshots [? a ] ",
      "AWS::RDS::DBSnapshot where  a " },
    { "a condition may hold brackets and pipes",
      "DBSnapshots[?TagList[?Key=='a'] | [0]]",
      "AWS::RDS::DBSnapshot where TagList[?Key=='a'] | [0]" },
    { "brackets in quotes are none",
      "\"DBSnapshots\"[?a==']' || b==`\"]\"` || \"c]\" || d=='\\']']",
      "AWS::RDS::DBSnapshot where a==']' || b==`\"]\"` || \"c]\" || d=='\\']'" },

    { "a condition of 198 bytes is shown",
      "DBSnapshots[?" FIFTY FIFTY FIFTY
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx].x",
      "213: a fact counts whole records: keep only DBSnapshots[?" FIFTY FIFTY FIFTY
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx]" },
    { "one of 199 is not",
      "DBSnapshots[?" FIFTY FIFTY FIFTY
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx].x",
      "214: a fact counts whole records: keep only DBSnapshots[?…]" },
    { "nor do they begin a filter", "sort_by(DBSnapshots[?a], &\"x[?y\")[?b]",
      "34: a fact counts whole records: " JOIN "DBSnapshots[?(a) && (b)]" },
    { "in any quotes", "sort_by(DBSnapshots[?a], &(x == '[?'))[?b]",
      "39: a fact counts whole records: " JOIN "DBSnapshots[?(a) && (b)]" },
    { "a field of each", "DBSnapshots[?a==b].Engine",
      "19: a fact counts whole records: keep only DBSnapshots[?a==b]" },
    { "columns are characters", "DBSnapshots[?\"é\"==b].Engine",
      "21: a fact counts whole records: keep only DBSnapshots[?\"é\"==b]" },
    { "other keys of each", "DBSnapshots[?a].{x: a}",
      "16: a fact counts whole records: keep only DBSnapshots[?a]" },
    { "the first", "DBSnapshots[?a] | [0]",
      "17: a fact counts whole records: keep only DBSnapshots[?a]" },
    { "the first, with an index", "DBSnapshots[?a][0]",
      "16: a fact counts whole records: keep only DBSnapshots[?a]" },
    { "a filter, flattened", "DBSnapshots[?a][]",
      "16: a fact counts whole records: keep only DBSnapshots[?a]" },
    { "how many", "length(DBSnapshots[?a=='x'])",
      "1: a fact counts whole records: keep only DBSnapshots[?a=='x']" },
    { "how many of all", "length(DBSnapshots)",
      "1: a fact counts whole records: keep only DBSnapshots" },
    { "the ids of all", "DBSnapshots[*].DBSnapshotIdentifier",
      "12: a fact counts whole records: keep only DBSnapshots" },
    { "a part of the list", "DBSnapshots[:3]",
      "12: a fact counts whole records: keep only DBSnapshots" },
    { "a comparison", "length(DBSnapshots) > `0`",
      "21: a fact counts whole records: keep only DBSnapshots" },
    { "no list at all", "`1`",
      "1: a fact counts the records of a list: expected a query such as "
      "DBSnapshots[?SnapshotType=='awsbackup']" },
    { "the current value", "@[?a]",
      "2: a fact counts the records of a list: expected a query such as "
      "DBSnapshots[?SnapshotType=='awsbackup']" },
    { "a list within", "a.DBSnapshots[?b]",
      "14: a fact counts whole records: " ONE_CONDITION },
    { "a filter behind a pipe", "DBSnapshots | [?SnapshotType=='awsbackup']",
      "13: a fact counts whole records: keep only "
      "DBSnapshots[?SnapshotType=='awsbackup']" },
    { "behind all of them", "DBSnapshots[*] | [?a].Engine",
      "16: a fact counts whole records: keep only DBSnapshots[?a]" },
    { "two filters", "DBSnapshots[?a=='x'] | [?b || c]",
      "22: a fact counts whole records: " JOIN "DBSnapshots[?(a=='x') && (b || c)]" },
    { "one behind the other", "DBSnapshots[?a][?b]",
      "16: a fact counts whole records: " JOIN "DBSnapshots[?(a) && (b)]" },
    { "three, and how many", "length(DBSnapshots[?a] | [?b] | [?c[?d]])",
      "1: a fact counts whole records: " JOIN "DBSnapshots[?(a) && (b) && (c[?d])]" },
    { "sorted, and a filter", "sort_by(DBSnapshots[?a], &b)[?c]",
      "29: a fact counts whole records: " JOIN "DBSnapshots[?(a) && (c)]" },
    { "a filter of what is in each", "DBSnapshots[].TagList[?Key=='a']",
      "12: a fact counts whole records: " ONE_CONDITION },
    { "a filter of both", "DBSnapshots[?a].TagList[?Key=='a']",
      "24: a fact counts whole records: " ONE_CONDITION },
    { "a filter of what was made of them", "DBSnapshots[].{x: a} | [?x]",
      "22: a fact counts whole records: " ONE_CONDITION },
    { "a filter in an object", "{x: DBSnapshots[?a]}",
      "1: a fact counts the records of a list: expected a query such as "
      "DBSnapshots[?SnapshotType=='awsbackup']" },
    { "an unknown list", "DBSnapshot[?a]",
      "1: no call is known whose answer lists 'DBSnapshot' (did you mean "
      "'DBSnapshots'?)" },
    { "a map is no list", "GlobalSettings",
      "1: no call is known whose answer lists 'GlobalSettings'" },
    { "a list of two types", "Some[?a]",
      "1: 'Some' lists AWS::One or AWS::Two: name the one that is meant with 'from', "
      "and "
      "the condition with 'where'" },
};

static struct str parse(struct arena *arena, struct str text)
{
    const struct catalog *catalog = catalog_parsed(arena, catalog_text);
    struct buf buf = BUF_EMPTY(arena);
    struct error err = { 0 };
    struct published_query query;

    if (!query_parse(arena, catalog, text, &query, &err)) {
        buf_printf(&buf, "%zu: %s", err.column, err.message);
        return buf_str(&buf);
    }
    buf_add(&buf, query.type->name);
    if (query.condition.text != NULL)
        buf_printf(&buf, " where %.*s", STR_ARG(query.condition));
    return buf_str(&buf);
}

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(parse(&arena, str_from(row->text)).text, row->printed);
    arena_release(&arena);
}

static void a_long_condition_is_not_shown_whole(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&arena);

    (void)state;
    buf_add(&buf, STR("DBSnapshots[?a=='"));
    for (size_t i = 0; i < 300; i++)
        buf_add_byte(&buf, 'x');
    buf_add(&buf, STR("'].a"));
    assert_string_equal(parse(&arena, buf_str(&buf)).text,
                        "320: a fact counts whole records: keep only DBSnapshots[?…]");
    arena_release(&arena);
}

static void a_query_that_is_no_jmespath_is_refused_with_its_place(void **state)
{
    struct arena arena = ARENA_EMPTY;

    (void)state;
    assert_memory_equal(parse(&arena, STR("DBSnapshots[?a==]")).text, "17: ", 4);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, a_long_condition_is_not_shown_whole);
    TESTS_ADD(&tests, a_query_that_is_no_jmespath_is_refused_with_its_place);
    return tests_run("rulebook_query", &tests);
}
