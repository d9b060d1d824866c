/*
 * What AWS prints in each record of a type: where a record lacks it, or has it of
 * another kind, its other fields may have been dropped, too. A catalog of its own,
 * files in, findings of one small rule out.
 */
#include "scan_rows.h"

static const char catalog[] =
    "format: 1\n"
    "types:\n"
    "  - type: AWS::Test::Thing\n"
    "    title: things\n"
    "    level: region\n"
    "    fields: [X]\n"
    "    always: { S: string, N: number, B: boolean, L: array, O: object }\n"
    "    calls:\n"
    "      - { call: test list-things, list: Things, gives: whole }\n";

#define A    "123456789012"
#define CELL A " us-east-1 "
#define THING(s, n, b, l, o)                                                           \
    A "/\n" A "/us-east-1/\n" A "/us-east-1/test-list-things.json={\"Things\":[{"      \
      "\"S\":" s ",\"N\":" n ",\"B\":" b ",\"L\":" l ",\"O\":" o "}]}\n"
#define WHOLE CELL "fail n=1 +fields-kept\n"
#define OPEN  CELL "unknown n=0..1 -undecided-records\n"

static const struct scan_row rows[] = {
    { "each is of its kind", THING("\"a\"", "1", "true", "[]", "{}"), WHOLE },
    { "others of these", THING("\"\"", "-1.5e3", "false", "[1]", "{\"a\":1}"), WHOLE },
    { "a number that is zero", THING("\"a\"", "0", "true", "[]", "{}"), WHOLE },
    { "a number for a text", THING("1", "1", "true", "[]", "{}"), OPEN },
    { "null for a text", THING("null", "1", "true", "[]", "{}"), OPEN },
    { "a text for a number", THING("\"a\"", "\"1\"", "true", "[]", "{}"), OPEN },
    { "null for a number", THING("\"a\"", "null", "true", "[]", "{}"), OPEN },
    { "a number that nothing holds", THING("\"a\"", "1e999", "true", "[]", "{}"),
      OPEN },
    { "a number for a boolean", THING("\"a\"", "1", "1", "[]", "{}"), OPEN },
    { "null for a boolean", THING("\"a\"", "1", "null", "[]", "{}"), OPEN },
    { "an object for a list", THING("\"a\"", "1", "true", "{}", "{}"), OPEN },
    { "null for a list", THING("\"a\"", "1", "true", "null", "{}"), OPEN },
    { "a list for an object", THING("\"a\"", "1", "true", "[]", "[]"), OPEN },
    { "null for an object", THING("\"a\"", "1", "true", "[]", "null"), OPEN },
    { "a number that nothing holds in an object",
      THING("\"a\"", "1", "true", "[]", "{\"a\":1e999}"), OPEN },
    { "a field that stands twice", THING("\"a\"", "1", "true", "[]", "{},\"O\":{}"),
      CELL "unknown n=0..1 -duplicate-key\n" },
    { "one that is not there",
      A "/\n" A "/us-east-1/\n" A "/us-east-1/test-list-things.json={\"Things\":[{"
        "\"S\":\"\",\"N\":1,\"B\":true,\"L\":[]}]}\n",
      OPEN },
};

static void of_always(void **state)
{
    scan_catalog = catalog;
    scan_row(*state,
             REGION_RULE "  n: { from: \"AWS::Test::Thing\", where: \"!X\" }\n"
                         "outcomes:\n"
                         "  - { result: pass, when: \"n == `0`\", message: p }\n"
                         "  - { result: fail, message: f }\n");
    scan_catalog = NULL;
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_always);
    return tests_run("gather_plan", &tests);
}
