/* diff.schema.json and verify.schema.json have the members of the tables that diffs and
 * verifications are written from, and the words that they are made of. */

#include "schema_members.h"

#include "compare/diff_print.h"
#include "compare/verify_json.h"

static const char diff_path[] = "analyzer/compare/diff.schema.json";
static const char verify_path[] = "analyzer/compare/verify.schema.json";

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

static const char *code(int index)
{
    return verify_code_name((enum verify_code)index);
}

static const struct words_row verify_rows[] = {
    { "what verify says", { "verify_code" }, VERIFY_CODE_COUNT, code },
};

static void has_the_words(void **row)
{
    check_words(*row, diff_path);
}

static void has_the_words_of_verify(void **row)
{
    check_words(*row, verify_path);
}

static void check_schema(const char *path, const char *definition,
                         const struct members *members)
{
    json_t *schema = load(path);
    struct checking checking = { ARENA_EMPTY, schema };

    check_members(&checking, members, find(schema, definition, &checking.arena));
    json_decref(schema);
    arena_release(&checking.arena);
}

static void has_the_members(void **state)
{
    (void)state;
    check_schema(diff_path, "diff_report", &diff_members);
    check_schema(verify_path, "verification", &verification_members);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, has_the_words);
    TESTS_ADD_ROWS(&tests, verify_rows, has_the_words_of_verify);
    TESTS_ADD(&tests, has_the_members);
    return tests_run("compare_schema", &tests);
}
