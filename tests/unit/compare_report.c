#include "rows.h"

#include "compare/report.h"

#include <string.h>

#define DIGEST "9a1a4c85dbe843a5195577783ee05ec266499a8854d74baf01130ad9073f1100"

static const char scan_text[] =
    "{\"schema\": \"invaudit-report/1\",\n"
    " \"tool\": {\"name\": \"invaudit\", \"version\": \"0.1.0\"},\n"
    " \"settings\": {\"no_digest\": false},\n"
    " \"operands\": [\"evidence\", \"-\"],\n"
    " \"catalog\": {\"sha256\": \"" DIGEST "\", \"files\": [\n"
    "   {\"source\": \"catalog.yaml\", \"sha256\": \"" DIGEST
    "\", \"text\": \"x\"}]},\n"
    " \"rules\": [{\"id\": \"R-1\", \"title\": \"\", \"severity\": \"low\",\n"
    "   \"source\": \"R-1.yaml\", \"builtin\": false, \"sha256\": \"" DIGEST "\",\n"
    "   \"text\": \"id: R-1\"}],\n"
    " \"evidence_set\": {\"files\": 1, \"sha256\": \"" DIGEST "\"},\n"
    " \"evidence\": [{\"path\": \"evidence/a.json\", \"use\": \"read\", \"why\": "
    "null,\n"
    "   \"sha256\": \"" DIGEST "\", \"bytes\": 30, \"documents\": []},\n"
    "  {\"path\": \"evidence/b.txt\", \"use\": \"ignored\", \"why\": \"not JSON\",\n"
    "   \"sha256\": null, \"bytes\": null, \"documents\": []}],\n"
    " \"findings\": [{\"id\": \"R-1/1/-\", \"rule\": \"R-1\", \"account\": null,\n"
    "   \"region\": \"us-east-1\", \"resource\": null, \"resource_type\": null,\n"
    "   \"source\": null, \"severity\": \"low\", \"result\": \"unknown\",\n"
    "   \"message\": \"not known\", \"would_say\": \"it fails\",\n"
    "   \"reasons\": [{\"code\": \"missing\", \"text\": \"no file\"}],\n"
    "   \"assumptions\": [], \"waiver\": {\"owner\": \"a\"}, \"later\": [1]}],\n"
    " \"problems\": [{\"path\": \"evidence/c.json\", \"code\": \"empty\",\n"
    "   \"message\": \"0 bytes\", \"line\": null, \"column\": 3}],\n"
    " \"summary\": {\"unknown\": 1, \"status\": 3}}\n";

/* The text with the first `from` in it changed. */
static struct str edited(struct arena *arena, const char *from, const char *to)
{
    const char *at = strstr(scan_text, from);

    assert_non_null(at);
    return str_from(arena_printf(arena, "%.*s%s%s", (int)(at - scan_text), scan_text,
                                 to, at + strlen(from)));
}

static void all_of_it_is_read(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct saved_report report;
    struct error err = { 0 };

    (void)state;
    assert_true(
        saved_report_parse(&arena, "old.json", str_from(scan_text), &report, &err));
    assert_false(report.is_evidence);
    assert_true(str_equal(report.version, STR("0.1.0")));
    assert_true(report.has_operands);
    assert_int_equal(report.operands.count, 2);
    assert_true(str_equal(report.operands.items[1], STR("-")));
    assert_true(str_equal(report.catalog_sha256, STR(DIGEST)));
    assert_int_equal(report.catalog_count, 1);
    assert_true(str_equal(report.catalogs[0].text, STR("x")));
    assert_int_equal(report.rule_count, 1);
    assert_true(str_equal(report.rules[0].text, STR("id: R-1")));
    assert_int_equal(report.set_files, 1);
    assert_int_equal(report.source_count, 2);
    assert_true(str_equal(report.sources[0].sha256, STR(DIGEST)));
    assert_null(report.sources[1].sha256.text);
    assert_true(str_equal(report.sources[1].why, STR("not JSON")));
    assert_int_equal(report.finding_count, 1);
    assert_int_equal(report.findings[0].result, RESULT_UNKNOWN);
    assert_null(report.findings[0].account.text);
    assert_int_equal(report.findings[0].reason_count, 1);
    assert_true(str_equal(report.findings[0].reasons[0].code, STR("missing")));
    assert_non_null(report.findings[0].waiver);
    assert_non_null(json_object_get(report.findings[0].value, "later"));
    assert_int_equal(report.problems[0].line, 0);
    assert_int_equal(report.problems[0].column, 3);
    assert_int_equal(saved_count(&report, "unknown"), 1);
    assert_int_equal(saved_count(&report, "fail"), 0);
    arena_release(&arena);
}

static const struct row {
    const char *name;
    const char *from, *to;
    const char *said; /* NULL: it is read */
} rows[] = {
    { "a mark of UTF-8 before it", "{", "\xEF\xBB\xBF{", NULL },
    { "a key that a later version adds", "\"later\": [1]", "\"latest\": {}", NULL },
    { "a report without operands", "\"operands\": [\"evidence\", \"-\"],", "", NULL },
    { "a report of another version", "report/1", "report/2",
      "is no JSON report that this version reads: its schema is neither "
      "invaudit-report/1 nor invaudit-evidence/1" },
    { "an object without a schema", "\"schema\"", "\"Schema\"",
      "is no JSON report that this version reads: its schema is neither "
      "invaudit-report/1 nor invaudit-evidence/1" },
    { "no findings", "\"findings\"", "\"found\"",
      "/findings: expected a list, met "
      "nothing" },
    { "a list that is none", "\"operands\": [\"evidence\", \"-\"]", "\"operands\": {}",
      "/operands: expected a list, met an object" },
    { "an item that is none", "\"-\"]", "7]",
      "/operands/1: expected text, met a number" },
    { "an object that is none", "{\"files\": 1, \"sha256\": \"" DIGEST "\"}", "[]",
      "/evidence_set: expected an object, met a list" },
    { "a finding that is none",
      "\"reasons\": [{\"code\": \"missing\", \"text\": \"no file\"}]",
      "\"reasons\": [false]", "/findings/0/reasons/0: expected an object, met false" },
    { "a text that is none", "\"message\": \"not known\"", "\"message\": null",
      "/findings/0/message: expected text, met null" },
    { "a name that is empty", "\"id\": \"R-1/1/-\"", "\"id\": \"\"",
      "/findings/0/id: expected text that is not empty, met text" },
    { "a result of another tool", "\"result\": \"unknown\"", "\"result\": \"PASS\"",
      "/findings/0/result: expected a result, met text" },
    { "a flag that is none", "\"builtin\": false", "\"builtin\": \"no\"",
      "/rules/0/builtin: expected true or false, met text" },
    { "a digest in capitals", "\"sha256\": \"" DIGEST "\",\n   \"text\"",
      "\"sha256\": "
      "\"9A1A4C85DBE843A5195577783EE05EC266499A8854D74BAF01130AD9073F1100\",\n"
      "   \"text\"",
      "/rules/0/sha256: expected a SHA-256 of 64 hexadecimal digits, met text" },
    { "a digest that is too short", "\"sha256\": \"" DIGEST "\", \"bytes\"",
      "\"sha256\": \"9a\", \"bytes\"",
      "/evidence/0/sha256: expected a SHA-256 of 64 hexadecimal digits, met text" },
    { "a number below 0", "\"files\": 1", "\"files\": -1",
      "/evidence_set/files: expected a number from 0, met a number" },
    { "a line 0", "\"column\": 3", "\"column\": 0",
      "/problems/0/column: expected a number from 1 or null, met a number" },
    { "a source that stands twice", "evidence/b.txt", "evidence/a.json",
      "/evidence/1/path: 'evidence/a.json' stands twice" },
};

static void check_said(const struct error *err, const char *said)
{
    assert_string_equal(err->message, said);
    assert_string_equal(err->path, "old.json");
}

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct saved_report report;
    struct error err = { 0 };
    bool is_read = saved_report_parse(
        &arena, "old.json", edited(&arena, row->from, row->to), &report, &err);

    assert_int_equal(is_read, row->said == NULL);
    if (row->said != NULL)
        check_said(&err, row->said);
    arena_release(&arena);
}

/* What is no JSON, or too much of it: the words are jansson's, or a limit's. */
static const struct text_row {
    const char *name;
    const char *before, *repeated, *behind;
    size_t times;
    const char *said; /* how it begins */
    size_t line;
} text_rows[] = {
    { "nothing", "", "", "", 0, "holds no JSON document", 0 },
    { "blanks", "", " \n", "", 3, "holds no JSON document", 0 },
    { "text", "a report", "", "", 0, "is no JSON report: expected '{'", 1 },
    { "a list, behind blanks", " \n[]", "", "", 0, "is no JSON report that", 0 },
    { "a list", "[]", "", "", 0, "is no JSON report", 0 },
    { "two reports", "{}\n{}", "", "", 0, "end of file expected near '{'", 2 },
    { "one that breaks off", "{\"schema\":\n[", "", "", 0, "']' expected near end", 2 },
    { "a key twice", "{\"a\": 1,\n\"a\": 2}", "", "", 0, "duplicate object key", 2 },
    { "a whole number out of range", "{\"a\": ", "9", "}", 30, "too big", 1 },
    { "bytes that are no UTF-8", "{\"a\": \"\xFF\"}", "", "", 0, "unable to decode",
      1 },
    { "lists in lists", "\n", "[", "", SAVED_DEPTH_MAX + 1,
      "lists and objects nested more than 64 deep", 2 },
    { "as deep as is read", "\n", "[", "", SAVED_DEPTH_MAX, "']' expected near end",
      2 },
    { "brackets in text are none", "{\"\\\"[[\": \"", "[", "\\\\\"}", 100,
      "is no JSON report", 0 },
    { "many values", "[[", "],[", "]]", SAVED_VALUES_MAX / 2 + 1,
      "more than 8000000 values", 1 },
};

static void text_row_test(void **state)
{
    const struct text_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf text = BUF_EMPTY(&arena);
    struct saved_report report;
    struct error err = { 0 };

    buf_add(&text, str_from(row->before));
    for (size_t i = 0; i < row->times; i++)
        buf_add(&text, str_from(row->repeated));
    buf_add(&text, str_from(row->behind));
    assert_false(saved_report_parse(&arena, "old.json", buf_str(&text), &report, &err));
    if (strncmp(err.message, row->said, strlen(row->said)) != 0)
        fail_msg("%s", err.message);
    assert_string_equal(err.path, "old.json");
    assert_int_equal(err.line, row->line);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, all_of_it_is_read);
    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, text_rows, text_row_test);
    return tests_run("compare_report", &tests);
}
