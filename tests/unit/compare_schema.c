/* diff.schema.json has the members of the tables that diffs are written from, and the
 * words that they are made of. */

#include "schema_members.h"

#include "compare/diff_print.h"

static const char path[] = "analyzer/compare/diff.schema.json";

static const char *kind(int index)
{
    return index != DIFF_SAME ? diff_kind_name((enum diff_kind)index) : "";
}

static const char *why(int index)
{
    return diff_why_name((enum diff_why)index);
}

static const char *change(int index)
{
    return file_change_name((enum file_change)index);
}

static const char *result(int index)
{
    return result_name((enum result)index);
}

static const struct words_row rows[] = {
    { "what became of a finding", { "kind" }, DIFF_KIND_COUNT, kind },
    { "why", { "why_code" }, DIFF_WHY_COUNT, why },
    { "what became of a file", { "file_change" }, FILE_CHANGE_COUNT, change },
    { "results", { "result" }, RESULT_COUNT, result },
};

static void has_the_words(void **row)
{
    check_words(*row, path);
}

static void has_the_members(void **state)
{
    json_t *schema = load(path);
    struct checking checking = { ARENA_EMPTY, schema };

    (void)state;
    check_members(&checking, &diff_members,
                  find(schema, "diff_report", &checking.arena));
    json_decref(schema);
    arena_release(&checking.arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, has_the_words);
    TESTS_ADD(&tests, has_the_members);
    return tests_run("compare_schema", &tests);
}
