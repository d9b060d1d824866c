/*
 * By which fields a record tells its type where nothing else does, and what its id
 * proves of those that it lacks: a catalog of its own, files in, findings of one small
 * rule out.
 */
#include "scan_rows.h"

static const char catalog[] =
    "format: 1\n"
    "types:\n"
    "  - type: AWS::Test::Thing\n"
    "    title: things\n"
    "    level: region\n"
    "    fields: [T, W, N]\n"
    "    told_by: [T]\n"
    "    told_with: [W]\n"
    "    told_without: [N]\n"
    "    calls:\n"
    "      - { call: test list-things, list: Things, gives: whole }\n"
    "  - type: AWS::Test::Kind\n"
    "    title: kinds\n"
    "    level: region\n"
    "    id: Id\n"
    "    fields: [Kind]\n"
    "    from_id: { \"^a:\": { Kind: a } }\n"
    "    calls:\n"
    "      - { call: test list-kinds, list: Kinds, gives: whole }\n";

#define A       "123456789012"
#define DIR     A "/\n" A "/us-east-1/\n"
#define CELL    A " us-east-1 "
#define X(text) DIR A "/us-east-1/x.json=" text "\n"
#define NOTHING CELL "unknown n=0.. -missing\n"

static const struct scan_row told_rows[] = {
    { "a field tells it, if another is there", X("[{\"T\":1,\"W\":1}]"),
      CELL "fail n=1..\n" },
    { "not if that is not there", X("[{\"T\":1}]"), NOTHING },
    { "nor if one is there that it never has", X("[{\"T\":1,\"W\":1,\"N\":1}]"),
      NOTHING },
    { "nor by that other alone", X("[{\"W\":1}]"), NOTHING },
};

static void of_told(void **state)
{
    scan_catalog = catalog;
    scan_row(*state,
             REGION_RULE "  n: { from: \"AWS::Test::Thing\" }\n"
                         "outcomes:\n"
                         "  - { result: pass, when: \"n < `1`\", message: \"{n}\" }\n"
                         "  - { result: fail, message: \"n\" }\n");
    scan_catalog = NULL;
}

#define KINDS(text) DIR A "/us-east-1/test-list-kinds.json=" text "\n"

static const struct scan_row proved_rows[] = {
    { "what its id proves of a record whose fields were dropped",
      KINDS("[{\"Id\":\"a:1\"}]"), CELL "fail n=1..\n" },
    { "an id that proves nothing", KINDS("[{\"Id\":\"b:1\"}]"),
      CELL "unknown n=0.. -bare-array -undecided-records\n" },
};

static void of_proved(void **state)
{
    scan_catalog = catalog;
    scan_row(*state,
             REGION_RULE "  n: { from: \"AWS::Test::Kind\", where: \"Kind == 'a'\" }\n"
                         "outcomes:\n"
                         "  - { result: pass, when: \"n < `1`\", message: \"{n}\" }\n"
                         "  - { result: fail, message: \"n\" }\n");
    scan_catalog = NULL;
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, told_rows, of_told);
    TESTS_ADD_ROWS(&tests, proved_rows, of_proved);
    return tests_run("gather_recognise", &tests);
}
