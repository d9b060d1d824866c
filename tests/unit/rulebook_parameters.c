/* The range of a number that a user may set: least and most. */

#include "rulebook_sample.h"

#include <string.h>

static const char rule_text[] =
    "format: 1\n"
    "id: Test-001\n"
    "title: a title\n"
    "severity: low\n"
    "for_each: region\n"
    "facts: { all: { from: \"AWS::RDS::DBSnapshot\" } }\n"
    "outcomes:\n"
    "  - { result: pass, when: all >= $p, message: m }\n"
    "  - { result: fail, message: m }\n"
    "tests: [ { name: t, evidence: {}, expect: unknown } ]\n"
    "parameters:\n"
    "  p: "; /* line 12, column 6 */

static const struct row {
    const char *name, *parameter;
    const char *set; /* as --param does; NULL: it is not set */
    const char *said;
} rows[] = {
    { "a default between both",
      "{ type: number, default: 7, description: d, least: 1, most: 35 }", NULL, "" },
    { "a default that is the least",
      "{ type: number, default: 7, description: d, least: 7 }", NULL, "" },
    { "a default that is the most",
      "{ type: number, default: 7, description: d, most: 7 }", NULL, "" },
    { "a default of null is none",
      "{ type: number, default: null, description: d, least: 7 }", NULL, "" },
    { "a default below", "{ type: number, default: 6, description: d, least: 7 }", NULL,
      "12:31 the parameter 'p' is at least 7\n" },
    { "a default above",
      "{ type: number, default: 36, description: d, least: 7, most: 35 }", NULL,
      "12:31 the parameter 'p' is at least 7 and at most 35\n" },
    { "a fraction", "{ type: number, default: 1, description: d, least: 0.5 }", "0.5",
      "" },
    { "what is set is the least",
      "{ type: number, default: 9, description: d, least: 7, most: 35 }", "7", "" },
    { "what is set is the most",
      "{ type: number, default: 9, description: d, least: 7, most: 35 }", "35", "" },
    { "what is set is below",
      "{ type: number, default: 9, description: d, least: 7, most: 35 }", "6.9",
      "the parameter 'p' is at least 7 and at most 35" },
    { "what is set is above", "{ type: number, default: 9, description: d, most: 35 }",
      "1e3", "the parameter 'p' is at most 35" },
    { "of no number", "{ type: string, default: a, description: d, least: 7, most: 8 }",
      NULL,
      "8:34 all is a number, and $p is a text: they have no order\n"
      "12:57 'least' is of numbers, and 'p' is a string: remove it, or write type: "
      "number\n"
      "12:66 'most' is of numbers, and 'p' is a string: remove it, or write type: "
      "number\n" },
    { "by what is no number",
      "{ type: number, default: 1, description: d, least: a, most: [2] }", NULL,
      "12:57 'least': expected a number\n12:66 'most': expected a number\n" },
    { "by nothing", "{ type: number, default: 1, description: d, least: null }", NULL,
      "12:57 'least': expected a number\n" },
    { "a range without a number",
      "{ type: number, default: 9, description: d, least: 8, most: 7 }", NULL,
      "12:66 'most' is below 'least': no number is allowed\n" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct buf said = BUF_EMPTY(&arena);
    struct error err = { 0 };
    struct parameter parameter;
    const struct rule *rule;

    rule = rule_parse(
        &arena, catalog_parsed(&arena, sample_catalog_text), "rules/Test-001.yaml",
        str_from(arena_printf(&arena, "%s%s\n", rule_text, row->parameter)), &mistakes);
    mistakes_sort(&mistakes);
    for (size_t i = 0; i < mistakes.count; i++)
        buf_printf(&said, "%zu:%zu %s\n", mistakes.items[i].line,
                   mistakes.items[i].column, mistakes.items[i].message);
    if (row->set != NULL) {
        assert_non_null(rule);
        parameter = rule->parameters[0];
        if (!parameter_set(&arena, &parameter, str_from(row->set), &err))
            buf_add(&said, str_from(err.message));
    }
    assert_string_equal(buf_str(&said).text, row->said);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    return tests_run("rulebook_parameters", &tests);
}
