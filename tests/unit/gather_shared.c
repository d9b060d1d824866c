/*
 * What all records of a document share, of a type with as many fields for that as are
 * read, and one more: files in, findings of one small rule out.
 */
#include "scan_rows.h"

#include "gather/shared.h"

#define CALL(number)                                                                   \
    "      - { call: test list-things-" number                                         \
    ", list: Things, record: { has: [H" number                                         \
    "] }, gives: part, parent: { type: \"AWS::Test::Parent\", key: K" number           \
    ", option: --k } }\n"

static const char catalog[] =
    "format: 1\n"
    "types:\n"
    "  - type: AWS::Test::Wide\n"
    "    title: wide things\n"
    "    level: region\n"
    "    fields: [A, B, C, D, E]\n"
    "    narrowed_by: [A, B, C, D, E]\n"
    "    calls:\n"
    "      - { call: test list-wides, list: Wides, gives: whole }\n"
    "  - type: AWS::Test::Parent\n"
    "    title: parents\n"
    "    level: region\n"
    "    id: ParentId\n"
    "    calls:\n"
    "      - { call: test list-parents, list: Parents, gives: whole }\n"
    "  - type: AWS::Test::Thing\n"
    "    title: things\n"
    "    level: region\n"
    "    fields: [K1, K2, K3, K4, K5, H1, H2, H3, H4, H5]\n"
    "    calls:\n" CALL("1") CALL("2") CALL("3") CALL("4") CALL("5");

#define A   "123456789012"
#define US  A "/us-east-1/"
#define DIR A "/\n" US "\n"

static const char *print_assumptions(struct arena *arena,
                                     const struct assessment *assessment)
{
    const struct finding *finding = &assessment->findings[0];

    assert_int_equal(assessment->finding_count, 1);
    if (finding->assumption_count == 0)
        return print_findings(arena, assessment);
    return reason_text(arena, &finding->assumptions[0]);
}

#define RULE(type)                                                                     \
    REGION_RULE "  n: { from: \"" type "\" }\n"                                        \
                "outcomes:\n"                                                          \
                "  - { result: pass, when: \"n < `3`\", message: \"{n}\" }\n"          \
                "  - { result: fail, message: \"n\" }\n"

#define WIDES(first, second)                                                           \
    DIR US "test-list-wides.json={\"Wides\":[{" first "},{" second "}]}\n"
#define PATH "./" US "test-list-wides.json"

static const struct scan_row narrowed_rows[] = {
    { "the first of the fields", WIDES("\"A\":\"a\"", "\"A\":\"a\",\"B\":\"b\""),
      PATH " lists all wide things, though each of its 2 has the A 'a'" },
    { "the first that is shared",
      WIDES("\"A\":\"a\",\"B\":\"b\",\"C\":\"c\"",
            "\"A\":\"x\",\"B\":\"b\",\"C\":\"c\""),
      PATH " lists all wide things, though each of its 2 has the B 'b'" },
    { "the last that is looked at", WIDES("\"D\":\"d\"", "\"D\":\"d\""),
      PATH " lists all wide things, though each of its 2 has the D 'd'" },
    { "one that is not", WIDES("\"E\":\"e\"", "\"E\":\"e\""),
      "no option narrowed " PATH },
    { "one that the first lacks", WIDES("\"B\":\"b\"", "\"A\":\"a\""),
      "no option narrowed " PATH },
    { "one that the last lacks", WIDES("\"A\":\"a\"", "\"B\":\"b\""),
      "no option narrowed " PATH },
    { "two that differ", WIDES("\"A\":\"a\"", "\"A\":\"b\""),
      "no option narrowed " PATH },
    { "what is no text", WIDES("\"A\":1", "\"A\":1"), "no option narrowed " PATH },
};

static void of_narrowing(void **state)
{
    const struct scan_row *row = *state;
    const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;

    scan_catalog = catalog;
    assert_string_equal(scan_print_by(&arena, row, RULE("AWS::Test::Wide"), &settings,
                                      STR_NONE, print_assumptions),
                        row->expected);
    scan_catalog = NULL;
    arena_release(&arena);
}

#define PARENTS US "test-list-parents.json={\"Parents\":[{\"ParentId\":\"p\"}]}\n"
#define THINGS(name, records)                                                          \
    DIR PARENTS US "test-list-things-" name ".json={\"Things\":[" records "]}\n"
#define CELL A " us-east-1 "
#define ALL  CELL "pass n=1 +not-narrowed +not-narrowed\n"

#define UNTOLD(least, more)                                                            \
    CELL "unknown n=" least ".. -parent-untold" more " -part-missing\n"

static const struct scan_row parent_rows[] = {
    { "the parent by the first of the keys", THINGS("1", "{\"H1\":1,\"K1\":\"p\"}"),
      ALL },
    { "by the last that is looked at", THINGS("4", "{\"H4\":1,\"K4\":\"p\"}"), ALL },
    { "not by one that is not", THINGS("5", "{\"H5\":1,\"K5\":\"p\"}"),
      UNTOLD("1", "") },
    { "by the file's name then", THINGS("5--p", "{\"H5\":1,\"K5\":\"p\"}"), ALL },
    { "not by another call's key", THINGS("1", "{\"H1\":1,\"K2\":\"p\"}"),
      UNTOLD("1", "") },
    { "not by one that a record lacks",
      THINGS("1", "{\"H1\":1,\"K1\":\"p\"},{\"H1\":1}"), UNTOLD("2", "") },
    { "nor by two that differ",
      THINGS("1", "{\"H1\":1,\"K1\":\"p\"},{\"H1\":1,\"K1\":\"q\"}"), UNTOLD("2", "") },
    { "nor by one that stands twice",
      THINGS("1", "{\"H1\":1,\"K1\":\"p\",\"K1\":\"p\"}"),
      UNTOLD("0", " -duplicate-key") },
    { "and its records, whatever the name says",
      THINGS("1--q", "{\"H1\":1,\"K1\":\"p\"}"), ALL },
};

static void of_parents(void **state)
{
    static_assert(SHARED_FIELDS == 4, "the fifth is not looked at");
    scan_catalog = catalog;
    scan_row(*state, RULE("AWS::Test::Thing"));
    scan_catalog = NULL;
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, narrowed_rows, of_narrowing);
    TESTS_ADD_ROWS(&tests, parent_rows, of_parents);
    return tests_run("gather_shared", &tests);
}
