/*
 * A rule to begin with, a row a type of the catalog: what it asks of which field, and
 * the tests of that.
 */
#include "rows.h"

#include "rulebook/rule.h"
#include "rulebook/skeleton.h"

#include <string.h>

static const struct row {
    const char *name, *type, *expected; /* behind its head */
} rows[] = {
    { "of the first field that has few values; it is unknown where AWS prints none",
      "  - type: My::Service::Thing\n"
      "    level: region\n"
      "    id: N\n"
      "    arn: A\n"
      "    always: { N: string, A: string }\n"
      "    time: [Made]\n"
      "    fields: { Made: string, Parts: array, Safe: boolean, Size: number }\n",
      "for_each: My::Service::Thing\n"
      "\n"
      "outcomes:\n"
      "  - result: pass\n"
      "    when: \"resource.Safe == `true`\"\n"
      "    message: \"Safe is {resource.Safe}\"\n"
      "  - result: unknown\n"
      "    when: \"resource.Safe == `null`\"\n"
      "    message: \"nothing tells Safe\"\n"
      "  - result: fail\n"
      "    message: \"Safe is {resource.Safe}\"\n"
      "\n"
      "tests:\n"
      "  - name: what is good passes\n"
      "    evidence: { \"My::Service::Thing\": [ { N: a, Safe: true } ] }\n"
      "    expect: { a: pass }\n"
      "  - name: what is bad fails\n"
      "    evidence: { \"My::Service::Thing\": [ { N: a, Safe: false } ] }\n"
      "    expect: { a: fail }\n"
      "  - name: what does not say is unknown\n"
      "    evidence: { \"My::Service::Thing\": [ { N: a } ] }\n"
      "    expect: { a: unknown }\n"
      "  - name: there may be others on another page\n"
      "    evidence: { \"My::Service::Thing\": { partial: [] } }\n"
      "    expect: { '*': unknown }\n"
      "  - name: where there are none, there is nothing to judge\n"
      "    evidence: { \"My::Service::Thing\": [] }\n"
      "    expect: { '*': not_applicable }\n" },
    { "of one that AWS always prints",
      "  - type: My::Service::Box\n"
      "    level: region\n"
      "    id: Name\n"
      "    always: { Name: string, Size: number }\n",
      "for_each: My::Service::Box\n"
      "\n"
      "outcomes:\n"
      "  - result: pass\n"
      "    when: \"resource.Size == `1`\"\n"
      "    message: \"Size is {resource.Size}\"\n"
      "  - result: fail\n"
      "    message: \"Size is {resource.Size}\"\n"
      "\n"
      "tests:\n"
      "  - name: what is good passes\n"
      "    evidence: { \"My::Service::Box\": [ { Name: a, Size: 1 } ] }\n"
      "    expect: { a: pass }\n"
      "  - name: what is bad fails\n"
      "    evidence: { \"My::Service::Box\": [ { Name: a, Size: 0 } ] }\n"
      "    expect: { a: fail }\n"
      "  - name: what does not say is unknown\n"
      "    evidence: { \"My::Service::Box\": [ { Name: a } ] }\n"
      "    expect: { a: unknown }\n"
      "  - name: there may be others on another page\n"
      "    evidence: { \"My::Service::Box\": { partial: [] } }\n"
      "    expect: { '*': unknown }\n"
      "  - name: where there are none, there is nothing to judge\n"
      "    evidence: { \"My::Service::Box\": [] }\n"
      "    expect: { '*': not_applicable }\n" },
    { "of the id, where there is no field",
      "  - type: My::Service::Name\n"
      "    level: region\n"
      "    id: Name\n"
      "    always: { Name: string }\n",
      "for_each: My::Service::Name\n"
      "\n"
      "outcomes:\n"
      "  - result: pass\n"
      "    when: \"starts_with(resource.Name, 'good')\"\n"
      "    message: \"Name is {resource.Name}\"\n"
      "  - result: fail\n"
      "    message: \"Name is {resource.Name}\"\n"
      "\n"
      "tests:\n"
      "  - name: what is good passes\n"
      "    evidence: { \"My::Service::Name\": [ { Name: good-1 } ] }\n"
      "    expect: { good-1: pass }\n"
      "  - name: what is bad fails\n"
      "    evidence: { \"My::Service::Name\": [ { Name: bad-1 } ] }\n"
      "    expect: { bad-1: fail }\n"
      "  - name: there may be others on another page\n"
      "    evidence: { \"My::Service::Name\": { partial: [] } }\n"
      "    expect: { '*': unknown }\n"
      "  - name: where there are none, there is nothing to judge\n"
      "    evidence: { \"My::Service::Name\": [] }\n"
      "    expect: { '*': not_applicable }\n" },
    { "about each region, where there is no id",
      "  - type: My::Service::Settings\n"
      "    level: region\n"
      "    fields: { State: string }\n",
      "for_each: region\n"
      "\n"
      "facts:\n"
      "  all: { from: \"My::Service::Settings\" }\n"
      "  good: { from: \"My::Service::Settings\", where: \"State == 'good'\" }\n"
      "\n"
      "outcomes:\n"
      "  - result: not_applicable\n"
      "    when: \"all == `0`\"\n"
      "    message: \"there is nothing to judge\"\n"
      "  - result: pass\n"
      "    when: \"good > `0`\"\n"
      "    message: \"{good} of {all} are good\"\n"
      "  - result: fail\n"
      "    message: \"none of {all} is good\"\n"
      "\n"
      "tests:\n"
      "  - name: a good one passes\n"
      "    evidence: { \"My::Service::Settings\": [ { State: good } ] }\n"
      "    expect: pass\n"
      "  - name: a bad one fails\n"
      "    evidence: { \"My::Service::Settings\": [ { State: bad } ] }\n"
      "    expect: fail\n"
      "  - name: where there are none, there is nothing to judge\n"
      "    evidence: { \"My::Service::Settings\": [] }\n"
      "    expect: not_applicable\n"
      "  - name: without a listing nothing is known\n"
      "    evidence: {}\n"
      "    expect: unknown\n" },
    { "or about each account",
      "  - type: My::Service::Limits\n"
      "    level: account\n"
      "    always: { Open: boolean }\n",
      "for_each: account\n"
      "\n"
      "facts:\n"
      "  all: { from: \"My::Service::Limits\" }\n"
      "  good: { from: \"My::Service::Limits\", where: \"Open == `true`\" }\n"
      "\n"
      "outcomes:\n"
      "  - result: not_applicable\n"
      "    when: \"all == `0`\"\n"
      "    message: \"there is nothing to judge\"\n"
      "  - result: pass\n"
      "    when: \"good > `0`\"\n"
      "    message: \"{good} of {all} are good\"\n"
      "  - result: fail\n"
      "    message: \"none of {all} is good\"\n"
      "\n"
      "tests:\n"
      "  - name: a good one passes\n"
      "    evidence: { \"My::Service::Limits\": [ { Open: true } ] }\n"
      "    expect: pass\n"
      "  - name: a bad one fails\n"
      "    evidence: { \"My::Service::Limits\": [ { Open: false } ] }\n"
      "    expect: fail\n"
      "  - name: where there are none, there is nothing to judge\n"
      "    evidence: { \"My::Service::Limits\": [] }\n"
      "    expect: not_applicable\n"
      "  - name: without a listing nothing is known\n"
      "    evidence: {}\n"
      "    expect: unknown\n" },
};

static const struct type *type_of(struct arena *arena, const char *entry,
                                  const struct catalog **catalog)
{
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    struct catalog *made = catalog_new(arena);
    const char *text =
        arena_printf(arena,
                     "format: 1\ntypes:\n%s    title: things\n    calls:\n"
                     "      - { call: my list-things, list: Things, gives: whole }\n",
                     entry);
    const char *name = strstr(entry, "My::");

    catalog_add(made, "catalog.yaml", str_from(text), &mistakes);
    catalog_finish(made, &mistakes);
    assert_int_equal(mistakes.count, 0);
    *catalog = made;
    return catalog_type(made, (struct str){ name, strcspn(name, "\n") });
}

static void row_test(void **state)
{
    static const char head[] = "format: 1\n"
                               "id: R-1\n"
                               "title: what is to be so of things\n"
                               "severity: medium\n\n"
                               "description: >\n"
                               "  Say what is looked at, and when the rule holds.\n\n"
                               "remediation: |\n"
                               "  Say how what fails is put right.\n\n";
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct catalog *catalog;
    const struct type *type = type_of(&arena, row->type, &catalog);
    struct str text;

    assert_true(skeleton(&arena, STR("R-1"), type, &text));
    assert_memory_equal(text.text, head, sizeof head - 1);
    assert_string_equal(text.text + sizeof head - 1, row->expected);
    assert_non_null(rule_parse(&arena, catalog, "R-1.yaml", text, &mistakes));
    assert_int_equal(mistakes.count, 0);
    arena_release(&arena);
}

static void a_type_that_nothing_can_be_asked_of_has_none(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct catalog *catalog;
    const struct type *type = type_of(&arena,
                                      "  - type: My::Service::Empty\n"
                                      "    level: account\n"
                                      "    fields: { Parts: array }\n",
                                      &catalog);
    struct str text;

    (void)state;
    assert_false(skeleton(&arena, STR("R-1"), type, &text));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, a_type_that_nothing_can_be_asked_of_has_none);
    return tests_run("rulebook_skeleton", &tests);
}
