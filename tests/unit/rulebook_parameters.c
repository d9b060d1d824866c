/*
 * How many parameters a rule may have; what they may be stands in rulebook_rule.c.
 */
#include "rows.h"

#include "rulebook/rule.h"

#include <string.h>

static const char catalog_text[] =
    "format: 1\n"
    "types:\n"
    "  - type: DB\n"
    "    title: DBs\n"
    "    level: region\n"
    "    id: id\n"
    "    fields: [days]\n"
    "    calls:\n"
    "      - { call: rds describe-dbs, list: DBs, gives: whole }\n";

static const struct row {
    const char *name;
    size_t count;
    const char *more; /* of them */
    const char *mistake;
} rows[] = {
    { "one", 1, "", "" },
    { "the most", RULE_PARAMETERS_MAX, "", "" },
    { "one more, which is not read", RULE_PARAMETERS_MAX, "  wrong: {}\n",
      "too many parameters: a rule has at most 64" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct catalog *catalog = catalog_new(&arena);
    struct buf text = BUF_EMPTY(&arena);
    size_t errors = row->mistake[0] != '\0' ? 1 : 0;

    catalog_add(catalog, "c.yaml", str_from(catalog_text), &mistakes);
    catalog_finish(catalog, &mistakes);
    buf_add(&text, STR("format: 1\nid: r\ntitle: t\nseverity: low\nfor_each: region\n"
                       "parameters:\n"));
    for (size_t i = 0; i < row->count; i++)
        buf_printf(&text, "  p%zu: { type: number, default: 7, description: d }\n", i);
    buf_add(&text, str_from(row->more));
    buf_add(&text, STR("facts:\n  n: { from: DB }\n"
                       "outcomes: [{ result: fail, message: \"{n}\" }]\n"
                       "tests: [{ name: t, evidence: {}, expect: unknown }]\n"));
    assert_true((rule_parse(&arena, catalog, "r.yaml", buf_str(&text), &mistakes) !=
                 NULL) == (errors == 0));
    assert_int_equal(mistakes.error_count, errors);
    if (errors > 0)
        assert_string_equal(mistakes.items[0].message, row->mistake);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    return tests_run("rulebook_parameters", &tests);
}
