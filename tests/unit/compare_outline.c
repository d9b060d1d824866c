/* What `diff` keeps of a report, and which reports it refuses. */

#include "rows.h"

#include "compare/outline.h"

#include <string.h>

#define DIGEST "9a1a4c85dbe843a5195577783ee05ec266499a8854d74baf01130ad9073f1100"

static const char text[] =
    "{\"schema\": \"invaudit-report/1\",\n"
    " \"tool\": {\"name\": \"invaudit\", \"version\": \"0.1.0\"},\n"
    " \"settings\": {\"no_digest\": false}, \"operands\": [\"a//\", \"/\", \"-\"],\n"
    " \"rules\": [{\"id\": \"R-1\", \"title\": \"\", \"severity\": \"low\",\n"
    "   \"source\": \"R-1.yaml\", \"builtin\": false, \"sha256\": \"" DIGEST "\"}],\n"
    " \"evidence_set\": {\"files\": 1, \"sha256\": \"" DIGEST "\"},\n"
    " \"evidence\": [{\"path\": \"a/a.json\", \"use\": \"read\", \"why\": null,\n"
    "   \"sha256\": \"" DIGEST "\", \"bytes\": 30, \"documents\": [\n"
    "   {\"account\": \"1\", \"region\": \"r\"}, {\"account\": \"1\", \"region\": "
    "null},\n"
    "   {\"account\": \"1\", \"region\": \"r\"}]},\n"
    "  {\"path\": \"a/b.txt\", \"use\": \"ignored\", \"why\": \"not JSON\",\n"
    "   \"sha256\": null, \"bytes\": null, \"documents\": []},\n"
    "  {\"path\": \"a/c.json\", \"use\": \"read\", \"why\": null,\n"
    "   \"sha256\": null, \"bytes\": null, \"documents\": []}],\n"
    " \"findings\": [{\"id\": \"R-1/1/-\", \"rule\": \"R-1\", \"account\": null,\n"
    "   \"region\": \"us-east-1\", \"resource\": null, \"resource_type\": null,\n"
    "   \"source\": \"a/z.json\", \"severity\": \"low\", \"result\": \"unknown\",\n"
    "   \"message\": \"not known\", \"would_say\": \"it fails\",\n"
    "   \"reasons\": [{\"code\": \"empty\", \"text\": \"no file\"},\n"
    "     {\"code\": \"token\", \"text\": \"more\"}], \"assumptions\": [],\n"
    "   \"citations\": [{\"path\": \"a/c.json\"}, {\"path\": \"a/a.json\"},\n"
    "     {\"path\": \"a/c.json\"}]},\n"
    "  {\"id\": \"R-1/1/x\", \"rule\": \"R-1\", \"account\": \"1\", \"region\": null,\n"
    "   \"resource\": \"db\", \"resource_type\": null, \"source\": null,\n"
    "   \"severity\": \"low\", \"result\": \"fail\", \"message\": \"it fails\",\n"
    "   \"would_say\": null, \"reasons\": [], \"assumptions\": [],\n"
    "   \"citations\": []}],\n"
    " \"problems\": [{\"path\": \"a/c.json\", \"code\": \"empty\",\n"
    "   \"message\": \"0 bytes\", \"line\": null, \"column\": 3}],\n"
    " \"summary\": {\"unknown\": 1, \"fail\": 1, \"status\": 1}}\n";

static void assert_text(struct str met, const char *wanted)
{
    if (!str_equal(met, str_from(wanted)))
        fail_msg("'%.*s', not '%s'", STR_ARG(met), wanted);
}

static void what_is_kept(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct outline outline;
    struct error err = { 0 };
    const struct outline_finding *finding;

    (void)state;
    assert_true(outline_parse(&arena, "old.json", str_from(text), 3, &outline, &err));
    assert_text(outline.head.version, "0.1.0");
    assert_text(outline.operands.items[0], "a");
    assert_text(outline.operands.items[1], "/");
    assert_int_equal(saved_count(&outline.head, "fail"), 1);
    assert_non_null(outline_rule(&outline, STR("R-1")));
    assert_null(outline_rule(&outline, STR("R-2")));
    assert_int_equal(outline.source_count, 2);
    assert_text(outline.sources[0].sha256, DIGEST);
    assert_int_equal(outline.sources[0].place_count, 2);
    assert_text(outline.sources[0].places[0].region, "r");
    assert_null(outline.sources[0].places[1].region.text);
    assert_text(outline.sources[1].path, "a/c.json");
    assert_null(outline.sources[1].sha256.text);
    assert_int_equal(outline.finding_count, 2);
    finding = table_find(&outline.by_id, STR("R-1/1/-"));
    assert_ptr_equal(finding, &outline.findings[0]);
    assert_text(finding->codes, "empty, token");
    assert_int_equal(finding->cited_count, 3);
    assert_text(finding->cited[0], "a/a.json");
    assert_text(finding->cited[1], "a/c.json");
    assert_text(finding->cited[2], "a/z.json");
    finding = table_find(&outline.by_id, STR("R-1/1/x"));
    assert_text(finding->resource, "db");
    assert_text(finding->codes, "");
    assert_int_equal(finding->result, RESULT_FAIL);
    assert_int_equal(finding->cited_count, 0);
    arena_release(&arena);
}

static const struct row {
    const char *name;
    const char *from, *to;
    size_t items_max;
    const char *said;
    size_t line;
} rows[] = {
    { "another version's report", "report/1", "report/9", 3,
      "is no JSON report that this version reads: its schema is neither "
      "invaudit-report/1 nor invaudit-evidence/1",
      0 },
    { "a report of evidence", "invaudit-report", "invaudit-evidence", 3,
      "is a report of 'evidence', which has no findings: expected one of 'scan'", 0 },
    { "a list", "{\"schema\"", "[{\"schema\"", 3, NULL, 0 },
    { "a part that is wrong", "\"severity\": \"low\",\n   \"source\"",
      "\"severity\": 3,\n   \"source\"", 3,
      "/rules/0/severity: expected text that is not empty, met a number", 0 },
    { "a source that is wrong", "\"use\": \"ignored\"", "\"use\": null", 3,
      "/evidence/1/use: expected text that is not empty, met null", 0 },
    { "a finding that is wrong", "\"result\": \"fail\"", "\"result\": \"bad\"", 3,
      "/findings/1/result: expected a result, met text", 0 },
    { "a problem that is wrong", "\"column\": 3", "\"column\": 0", 3,
      "/problems/0/column: expected a number from 1 or null, met a number", 0 },
    { "an item that is no object", "\"problems\": [", "\"problems\": [7, ", 3,
      "/problems/0: expected an object, met a number", 0 },
    { "a list that is none", "\"problems\": [", "\"problems\": {}, \"p\": [", 3,
      "/problems: expected a list, met an object", 0 },
    { "a list that is not there", "\"findings\"", "\"found\"", 3,
      "/findings: expected a list, met nothing", 0 },
    { "a list that stands twice", "\"evidence\": [",
      "\"evidence\": [], \"evidence\": [", 3, "a key stands twice in an object", 0 },
    { "a finding that stands twice", "R-1/1/x", "R-1/1/-", 3,
      "findings: 'R-1/1/-' stands twice", 0 },
    { "a source that stands twice", "a/c.json\", \"use\"", "a/a.json\", \"use\"", 3,
      "evidence: 'a/a.json' stands twice", 0 },
    { "a rule that stands twice", "\"rules\": [",
      "\"rules\": [{\"id\": \"R-1\", \"title\": \"\", \"severity\": \"low\", "
      "\"source\": "
      "\"R\", \"builtin\": true, \"sha256\": \"" DIGEST "\"},",
      3, "/rules/1/id: 'R-1' stands twice", 0 },
    { "more items than are read", "", "", 1, "more than 1 sources", 0 },
    { "it breaks off", "\"status\": 1}}\n", "\"status\": 1}", 3, NULL, 30 },
    { "two documents", "\"status\": 1}}\n", "\"status\": 1}}\n{}\n", 3,
      "holds more than one JSON document", 0 },
    { "a number out of range", "\"status\": 1", "\"status\": 99999999999999999999", 3,
      NULL, 30 },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const char *at = strstr(text, row->from);
    struct outline outline;
    struct error err = { 0 };

    assert_non_null(at);
    assert_false(
        outline_parse(&arena, "old.json",
                      str_from(arena_printf(&arena, "%.*s%s%s", (int)(at - text), text,
                                            row->to, at + strlen(row->from))),
                      row->items_max, &outline, &err));
    if (row->said != NULL)
        assert_string_equal(err.message, row->said);
    assert_string_equal(err.path, "old.json");
    if (row->line > 0)
        assert_int_equal(err.line, row->line);
    arena_release(&arena);
}

static void nothing_is_no_report(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct outline outline;
    struct error err = { 0 };

    (void)state;
    assert_false(outline_parse(&arena, "-", STR(" \n"), 3, &outline, &err));
    assert_string_equal(err.message, "holds no JSON document");
    err = (struct error){ 0 };
    assert_false(outline_read(&arena, "/nowhere/old.json", 3, &outline, &err));
    assert_string_equal(err.path, "/nowhere/old.json");
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, what_is_kept);
    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, nothing_is_no_report);
    return tests_run("compare_outline", &tests);
}
