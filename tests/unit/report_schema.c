/* report.schema.json has the members of the tables that reports are written from, and
 * the words that they are made of. */

#include "base/str.h"
#include "gather/codes.h"
#include "records_open.h"
#include "report/report.h"
#include "schema_members.h"

#include <string.h>

static const char path[] = "analyzer/report/report.schema.json";

static const struct {
    const char *name;
    unsigned uses;
    const char *meaning;
} codes[] = {
#define MORE(id, of, uses, sentence)
#define CODE(id, name, uses, meaning, sentence) { name, (uses), meaning },
#include "gather/codes.def"
};

static const char *code_of_use(int index, unsigned use)
{
    return (codes[index].uses & use) != 0 ? codes[index].name : "";
}

/* Each: a word, "" for one that reports of this kind do not have. */
static const char *reason_code_name(int index)
{
    return code_of_use(index, OF_REASON);
}

static const char *problem_code_name(int index)
{
    return code_of_use(index, OF_PROBLEM);
}

static const char *assumption_code_name(int index)
{
    return code_of_use(index, OF_ASSUMPTION);
}

static const char *result(int index)
{
    return result_name((enum result)index);
}

static const char *severity(int index)
{
    return severity_name((enum severity)index);
}

static const char *state(int index)
{
    return state_name((enum document_state)index);
}

static const char *told(int index)
{
    return index != TOLD_NOT ? told_name((enum told)index) : "";
}

static const char *protection(int index)
{
    return protection_state_name((enum protection_state)index);
}

static const struct words_row rows[] = {
    { "codes of reasons", { "reason_code" }, CODE_COUNT, reason_code_name },
    { "codes of problems", { "problem_code" }, CODE_COUNT, problem_code_name },
    { "codes of assumptions", { "assumption_code" }, CODE_COUNT, assumption_code_name },
    { "results", { "result" }, RESULT_COUNT, result },
    { "severities", { "severity" }, SEVERITY_COUNT, severity },
    { "states of documents", { "document.state" }, STATE_COUNT, state },
    { "how a type, an account and a region are told",
      { "document.told.type", "document.told.account", "document.told.region" },
      TOLD_COUNT,
      told },
    { "states of databases", { "protection_state" }, PROTECTION_COUNT, protection },
};

static void has_the_words(void **row)
{
    check_words(*row, path);
}

/* Of each kind of code: the schema says what the table does. */
static void codes_have_their_meaning(void **state)
{
    static const char *const places[] = { "reason_code", "problem_code",
                                          "assumption_code" };
    struct arena arena = ARENA_EMPTY;
    json_t *schema = load(path), *item;
    size_t found = 0, index;

    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const json_t *list = json_object_get(find(schema, places[i], &arena), "anyOf");

        json_array_foreach(list, index, item)
        {
            const char *word = json_string_value(json_object_get(item, "const"));

            for (int code = 0; code < CODE_COUNT; code++) {
                if (strcmp(codes[code].name, word) != 0)
                    continue;
                assert_string_equal(
                    json_string_value(json_object_get(item, "description")),
                    codes[code].meaning);
                found++;
            }
        }
    }
    assert_true(found > CODE_COUNT);
    json_decref(schema);
    arena_release(&arena);
}

/* ---- tables ---- */

static const struct report_row {
    const char *name, *place;
    const struct members *members;
} report_rows[] = {
    { "the members of the report of a scan", "scan_report", &scan_report_members },
    { "the members of the report of evidence", "evidence_report",
      &evidence_report_members },
};

static void has_the_members(void **item)
{
    const struct report_row *row = *item;
    json_t *schema = load(path);
    struct checking checking = { ARENA_EMPTY, schema };

    check_members(&checking, row->members, find(schema, row->place, &checking.arena));
    json_decref(schema);
    arena_release(&checking.arena);
}

static void a_break_is_named_alike(void **item)
{
    (void)item;
    for (int damage = DAMAGE_NONE + 1; damage < DAMAGE_COUNT; damage++) {
        const struct reason reason = { .sentence =
                                           sentence_of_damage((enum damage)damage) };

        assert_string_equal(code_name(reason_code(&reason)),
                            damage_name((enum damage)damage));
        assert_true(reason_may_be(&reason, OF_REASON));
        assert_true(reason_may_be(&reason, OF_PROBLEM));
    }
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, has_the_words);
    TESTS_ADD(&tests, codes_have_their_meaning);
    TESTS_ADD_ROWS(&tests, report_rows, has_the_members);
    TESTS_ADD(&tests, a_break_is_named_alike);
    return tests_run("report_schema", &tests);
}
