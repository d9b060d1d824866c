/*
 * Comparisons that cannot be meant, found when a rule is loaded: a row an expression.
 */
#include "catalog_sample.h"
#include "rows.h"

#include "rulebook/rule.h"

static const char catalog_text[] =
    "format: 1\n"
    "types:\n"
    "  - type: DB\n"
    "    title: DBs\n"
    "    level: region\n"
    "    id: id\n"
    "    always: { id: string, days: number, on: boolean }\n"
    "    time: [at, then]\n"
    "    fields: { size: number, name: string, safe: boolean, tags: array, below: "
    "object }\n"
    "    calls:\n"
    "      - { call: rds describe-dbs, list: DBs, gives: whole }\n"
    "  - type: Other\n"
    "    title: others\n"
    "    level: region\n"
    "    id: ident\n"
    "    arn: arnold\n"
    "    always: { seen: string, wheel: number }\n"
    "    time: [moment]\n"
    "    fields: [kept, plain]\n"
    "    told_by: [telling]\n"
    "    narrowed_by: [kept, narrow]\n"
    "    calls:\n"
    "      - { call: rds describe-others, list: Others, gives: whole }\n"
    "      - call: rds describe-more-others\n"
    "        list: MoreOthers\n"
    "        gives: part\n"
    "        parent: { type: DB, key: belonging, option: --db }\n";

/* In each the expression starts in column 1 of what is shown. */
static const char record_rule[] =
    "format: 1\nid: r\ntitle: t\nseverity: low\nfor_each: region\n"
    "parameters:\n"
    "  least: { type: number, default: 7, description: d }\n"
    "  word: { type: string, default: w, description: d }\n"
    "facts:\n"
    "  n:\n"
    "    from: %s\n"
    "    where: \"%s\"\n"
    "outcomes:\n"
    "  - { result: pass, when: \"n > $least && $word == 'w'\", message: m }\n"
    "  - { result: fail, message: m }\n"
    "tests:\n  - { name: t, evidence: {}, expect: unknown }\n";

static const char facts_rule[] =
    "format: 1\nid: r\ntitle: t\nseverity: low\nfor_each: region\n"
    "parameters:\n"
    "  least: { type: number, default: 7, description: d }\n"
    "facts:\n"
    "  n: { from: DB }\n"
    "  m: { from: DB, where: \"days > $least\" }\n"
    "  most: { from: DB, max: days }\n"
    "  new: { from: DB, max: at }\n"
    "  others: { from: Other }\n"
    "outcomes:\n"
    "  - result: pass\n"
    "    when: \"%s\"\n"
    "    message: \"{n} {m} {most} {new} {others}\"\n"
    "  - { result: fail, message: m }\n"
    "tests:\n  - { name: t, evidence: {}, expect: unknown }\n";

#define NUMBER_AND_TEXT "days is a number, and '7' is a text: write `7`\n"
#define ABSENT                                                                         \
    "warning: safe may be absent, and is not false then: write safe != `true` if "     \
    "such a "                                                                          \
    "record is to count\n"
#define ALONE "warning: ! belongs to below alone, so that this is always null: write "
#define AS_TEXT                                                                        \
    "warning: at is a time, which is a number or a text of any zone by what printed "  \
    "it: compare it, as in at >= '2026-01-31'\n"
#define NO_INSTANT                                                                     \
    " is not: write an instant, such as '2026-01-31T12:00:00Z', or a date, "           \
    "'2026-01-31'\n"
#define TWO_FACTS                                                                      \
    " are taken as independent of each other, though they are of one listing, so "     \
    "that this stays unknown where it is not whole: count the records that fail, and " \
    "compare with `0`\n"
#define COUNT "warning: a count is 0, 1, 2 and so on, so this is always "

static const struct row {
    const char *name, *expression, *mistakes; /* each with its column */
} of_records[] = {
    { "a number and a number", "days < `7`", "" },
    { "a number and text", "days < '7'", "8: " NUMBER_AND_TEXT },
    { "text on the left", "'7' >= days", "1: " NUMBER_AND_TEXT },
    { "no equality either", "days == '7'", "9: " NUMBER_AND_TEXT },
    { "nor the lack of one", "days != '7'", "9: " NUMBER_AND_TEXT },
    { "text that is no number", "days < 'x'",
      "8: days is a number, and 'x' is a text: they have no order\n" },
    { "text and a number", "name == `7`",
      "9: name is a text, and `7` is a number: write '7'\n" },
    { "text and a list", "name == `[1, 2]`",
      "9: name is a text, and `[1, 2]` is an array: write '[1, 2]'\n" },
    { "text that is to be true", "safe == 'true'",
      "9: safe is a boolean, and 'true' is a text: write `true`\n" },
    { "two fields of different kinds", "name == days",
      "9: name is a text, and days is a number: they are never equal\n" },
    { "a parameter", "name == $least",
      "9: name is a text, and $least is a number: they are never equal\n" },
    { "what a function gives", "length(name) > '3'",
      "16: length() is a number, and '3' is a text: write `3`\n" },
    { "what a function says is true or false", "starts_with(name, 'x') == 'true'",
      "27: starts_with() is a boolean, and 'true' is a text: write `true`\n" },
    { "a comparison", "(days > `1`) == 'true'",
      "17: the other side is a boolean, and 'true' is a text: write `true`\n" },
    { "two of one kind, either of them", "(days && size) == '7'",
      "19: the other side is a number, and '7' is a text: write `7`\n" },
    { "two of two kinds", "(days || name) == '7'", "" },
    { "what a let binds may be anything", "let $d = days in $d == '7'", "" },
    { "a variable that the run sets", "days > $now", "" },
    { "the variable that the run sets is a number", "name == $now",
      "9: name is a text, and $now is a number: they are never equal\n" },
    { "a boolean has no order", "safe > `0`",
      "1: safe is a boolean: only numbers, texts and times have an order\n" },
    { "an array has none", "tags >= `1`",
      "1: tags is an array: only numbers, texts and times have an order\n" },
    { "null has none", "size > `null`",
      "8: `null` is null: only numbers, texts and times have an order\n" },
    { "but equals what is absent", "size == `null`", "" },
    { "a field below is of any kind", "below.days < '7'", "" },
    { "the record's own is not", "@.days < '7'",
      "10: @.days is a number, and '7' is a text: write `7`\n" },
    { "nor is one in a filter", "tags[?days < '7']", "" },
    { "a condition in a condition", "name && (safe || days < '7')",
      "25: " NUMBER_AND_TEXT },
    { "in an argument", "contains([days < '7'], `true`)", "18: " NUMBER_AND_TEXT },
    { "in an argument for each", "map(&(days < '7'), tags)", "" },

    { "absent is not false", "safe == `false`", "1: " ABSENT },
    { "on the right", "`false` == safe", "12: " ABSENT },
    { "what is always there is", "on == `false`", "" },
    { "nothing is said of true", "safe == `true`", "" },
    { "nor of another than false", "safe != `false`", "" },
    { "absent below", "below.safe == `false`",
      "1: warning: below.safe may be absent, and is not false then: write below.safe "
      "!= "
      "`true` if such a record is to count\n" },

    { "not, and what is below", "!below.days", "1: " ALONE "!(below.days)\n" },
    { "as it was meant", "!(below.days)", "" },
    { "not, and an element", "!tags[0]", "" },
    { "not, and a filter", "!tags[?x]",
      "1: warning: ! belongs to what stands right behind it, so that this is always "
      "null: put all that is denied between !( and )\n" },
    { "not, and a comparison", "!name == 'x'",
      "1: ! belongs to name alone, so that true or false is compared with 'x': put "
      "the whole comparison between !( and )\n" },
    { "not, and a boolean", "!safe == on", "" },

    { "an instant", "at >= '2026-01-31'", "" },
    { "an instant, whole", "at >= '2026-01-31T12:00:00+01:00'", "" },
    { "an instant as a number", "at >= `1735689600`", "" },
    { "two instants", "at < then", "" },
    { "no instant", "at >= '2026'", "7: at is a time, and '2026'" NO_INSTANT },
    { "no instant, for equality", "at == 'today'",
      "7: at is a time, and 'today'" NO_INSTANT },
    { "a number that is none", "at < `1e18`",
      "6: at is a time, and `1e+18`" NO_INSTANT },
    { "a boolean is none", "at == `true`",
      "7: at is a time, and `true` is a boolean: they are never equal\n" },
    { "no time has not", "at == `null`", "" },
    { "a time as text", "starts_with(at, '2026')", "13: " AS_TEXT },
    { "with text in it", "contains(at, '2026')", "10: " AS_TEXT },
    { "in capital letters", "upper(at) == 'x'", "7: " AS_TEXT },
    { "in small letters", "lower(at) == 'x'", "7: " AS_TEXT },
    { "as a number", "to_number(at) > `1`", "11: " AS_TEXT },
    { "as text of two", "ends_with('x', at)", "" },
    { "what is made of a time", "time(at) > `1`", "" },

    { "one message for a name in quotes", "name == \"postgres\"",
      "9: warning: \"postgres\" is the name of a field: write 'postgres' for the "
      "text\n" },
    { "one message for true", "safe == true",
      "9: warning: true is the name of a field here: write `true`\n" },
};

static const struct row of_facts[] = {
    { "a count and a number", "n > `0`", "" },
    { "a count and text", "n > '0'",
      "5: n is a number, and '0' is a text: write `0`\n" },
    { "a region and a number", "region == `1`",
      "11: region is a text, and `1` is a number: write '1'\n" },
    { "at least 0", "n >= `0`", "6: " COUNT "true\n" },
    { "less than 0", "n < `0`", "5: " COUNT "false\n" },
    { "more than -1", "n > `-1`", "5: " COUNT "true\n" },
    { "at most -1", "n <= `-1`", "6: " COUNT "false\n" },
    { "half a record", "n == `0.5`", "6: " COUNT "false\n" },
    { "or not half", "n != `0.5`", "6: " COUNT "true\n" },
    { "on the right", "`0` <= n", "1: " COUNT "true\n" },
    { "and turned", "`0` > n", "1: " COUNT "false\n" },
    { "at most 0 may be", "n <= `0`", "" },
    { "a maximum may be anything", "most >= `0`", "" },
    { "two facts of one type", "m == n", "3: warning: m and n" TWO_FACTS },
    { "in any order", "n <= m && n > `0`", "3: warning: n and m" TWO_FACTS },
    { "two facts of two types", "n > others", "" },
    { "a time and an instant", "new > '2026-01-31'", "" },
    { "a time and none", "new > 'x'", "7: new is a time, and 'x'" NO_INSTANT },
    { "a time and a number", "new > `1735689600`", "" },
};

#define NO_FIELD(name) "1: warning: Other is not known to have a field '" name "'"
#define MEANT(name)    " (did you mean '" name "'?)\n"

/* A name that nothing else resembles shows that each kind of field is suggested. */
static const struct row of_fields[] = {
    { "what no field resembles", "xyzzy == 'x'", NO_FIELD("xyzzy") "\n" },
    { "the id", "idents == 'x'", NO_FIELD("idents") MEANT("ident") },
    { "the ARN", "arnolds == 'x'", NO_FIELD("arnolds") MEANT("arnold") },
    { "the first that is always there", "sen == 'x'", NO_FIELD("sen") MEANT("seen") },
    { "and the last", "wheels == `1`", NO_FIELD("wheels") MEANT("wheel") },
    { "a time", "moments == 'x'", NO_FIELD("moments") MEANT("moment") },
    { "the first of the others", "kepts == 'x'", NO_FIELD("kepts") MEANT("kept") },
    { "and the last", "plains == 'x'", NO_FIELD("plains") MEANT("plain") },
    { "one that tells the type", "tellings == 'x'",
      NO_FIELD("tellings") MEANT("telling") },
    { "one that a listing is narrowed by", "narrows == 'x'",
      NO_FIELD("narrows") MEANT("narrow") },
    { "one that names the parent", "belongings == 'x'",
      NO_FIELD("belongings") MEANT("belonging") },
};

static struct str print(struct arena *arena, struct mistakes *mistakes)
{
    struct buf buf = BUF_EMPTY(arena);

    mistakes_sort(mistakes);
    for (size_t i = 0; i < mistakes->count; i++) {
        const struct mistake *mistake = &mistakes->items[i];
        size_t column = 1;

        assert_non_null(mistake->excerpt);
        for (const char *at = mistake->excerpt; *at != '\0' && *at != '^'; at++)
            column = *at == '\n' ? 1 : column + 1;
        buf_printf(&buf, "%zu: %s%s\n", column, mistake->warning ? "warning: " : "",
                   mistake->message);
    }
    return buf_str(&buf);
}

static void check(const struct row *row, struct arena *arena, const char *text)
{
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    const struct catalog *catalog = catalog_parsed(arena, catalog_text);
    const struct rule *rule;

    rule = rule_parse(arena, catalog, "r.yaml", str_from(text), &mistakes);
    assert_string_equal(print(arena, &mistakes).text, row->mistakes);
    assert_true((rule == NULL) == (mistakes.error_count > 0));
    arena_release(arena);
}

static const char *in_quotes(struct arena *arena, const char *expression)
{
    struct buf buf = BUF_EMPTY(arena);

    for (; *expression != '\0'; expression++) {
        if (*expression == '"')
            buf_add_byte(&buf, '\\');
        buf_add_byte(&buf, *expression);
    }
    return buf_str(&buf).text;
}

static void of_a_record(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;

    check(row, &arena,
          arena_printf(&arena, record_rule, "DB", in_quotes(&arena, row->expression)));
}

static void of_another(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;

    check(row, &arena, arena_printf(&arena, record_rule, "Other", row->expression));
}

static void of_the_facts(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;

    check(row, &arena,
          arena_printf(&arena, facts_rule, in_quotes(&arena, row->expression)));
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, of_records, of_a_record);
    TESTS_ADD_ROWS(&tests, of_facts, of_the_facts);
    TESTS_ADD_ROWS(&tests, of_fields, of_another);
    return tests_run("rulebook_comparisons", &tests);
}
