#include "report_sample.h"
#include "rows.h"

#include <jansson.h>
#include <string.h>

enum { MANY = 25000, PROBLEMS = 1000 };

static const char *render(struct arena *arena, const struct assessment *assessment)
{
    const struct report_style style = { .width = REPORT_WIDTH };
    struct buf out = BUF_EMPTY(arena);

    report_sarif(assessment, &style, &out);
    return buf_str(&out).text;
}

static void release(void *root)
{
    json_decref(root);
}

static json_t *run_of(struct arena *arena, const struct assessment *assessment)
{
    json_t *root = json_loads(render(arena, assessment), JSON_REJECT_DUPLICATES, NULL);

    assert_non_null(root);
    arena_on_release(arena, release, root);
    return json_array_get(json_object_get(root, "runs"), 0);
}

/* "results.0.level" */
static json_t *at(json_t *value, const char *path)
{
    struct str rest = str_from(path), key;
    char name[64];

    while (rest.text != NULL) {
        key = str_next(&rest, '.');
        snprintf(name, sizeof name, "%.*s", STR_ARG(key));
        value = json_is_array(value) ? json_array_get(value, (size_t)atoi(name))
                                     : json_object_get(value, name);
    }
    return value;
}

static const struct row {
    const char *name, *path, *text;
} rows[] = {
    { "a fail first, though one that is unknown stands before it", "results.0.ruleId",
      "Backup-001" },
    { "its level is its severity's", "results.0.level", "note" },
    { "its message begins with the place", "results.0.message.text",
      "- - (dump.json): no DB snapshot is managed by AWS Backup: not in use for Amazon "
      "RDS in this place (0 backup plans)" },
    { "an unknown is a warning", "results.1.level", "warning" },
    { "it says so", "results.1.properties.invaudit/result", "unknown" },
    { "and is no other kind: GitHub takes each for an alert", "results.1.kind",
      "fail" },
    { "it is in a file of its account, if no record decides",
      "results.1.locations.0.physicalLocation.artifactLocation.uri",
      "in/111122223333/us-east-1/rds-describe-db-snapshots.json" },
    { "a file that was read has its digest", "artifacts.1.hashes.sha-256",
      "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210" },
    { "what passes is no result", "results.3", NULL },
    { "a problem is no result, but told",
      "invocations.0.toolExecutionNotifications.0.descriptor.id", "cut-off" },
    { "GitHub's scale of severity", "tool.driver.rules.0.properties.security-severity",
      "3.0" },
    { "a rule that says nothing has a text all the same",
      "tool.driver.rules.0.help.text", "AWS Backup service in use for Amazon RDS" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    json_t *value = at(run_of(&arena, &sample_assessment), row->path);

    if (row->text == NULL)
        assert_null(value);
    else
        assert_string_equal(json_string_value(value), row->text);
    arena_release(&arena);
}

/* ---- paths ---- */

static const struct path_row {
    const char *name, *path, *uri;
    bool is_below; /* where invaudit was run */
} path_rows[] = {
    { "a path is relative", "in/a b.json", "in/a%20b.json", true },
    { "without the dots that it may begin with", "././in/a.json", "in/a.json", true },
    { "an absolute one is an address", "/in/a:b.json", "file:///in/a%3Ab.json", false },
    { "a colon begins no scheme", "c:/a.json", "c%3A/a.json", true },
    { "two slashes begin no host", "//host/a.json", "file:////host/a.json", false },
    { "standard input has a name", "-", "-", true },
};

static void path_test(void **state)
{
    const struct path_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    struct finding finding = sample_findings[0];
    struct citation citation = sample_citations[0];
    json_t *file;

    citation.path = row->path;
    finding.citations = &citation;
    finding.citation_count = 1;
    assessment.findings = &finding;
    assessment.finding_count = 1;
    file = at(run_of(&arena, &assessment),
              "results.0.locations.0.physicalLocation.artifactLocation");
    assert_string_equal(json_string_value(at(file, "uri")), row->uri);
    assert_int_equal(at(file, "uriBaseId") != NULL, row->is_below);
    arena_release(&arena);
}

/* ---- limits ---- */

static const struct limit_row {
    const char *name;
    size_t fails, unknowns, problems;
    size_t results;   /* in the report */
    const char *rest; /* of those, the last says so; NULL: none does */
    size_t told;      /* problems */
    const char *more; /* the same */
} limit_rows[] = {
    { "nothing is no result", 0, 0, 0, 0, NULL, 0, NULL },
    { "as many results as GitHub takes", 1, MANY - 1, 0, MANY, NULL, 0, NULL },
    { "of one more, the last counts two", 1, MANY, 0, MANY, "\"2 more findings ", 0,
      NULL },
    { "fails come before what is unknown", MANY, 10, 0, MANY, "\"11 more findings ", 0,
      NULL },
    { "as many problems", 0, 0, PROBLEMS, 0, NULL, PROBLEMS, NULL },
    { "of one more, the last counts one", 0, 0, PROBLEMS + 1, 0, NULL, PROBLEMS,
      "\"1 more problems" },
    { "of many more, too", 0, 0, PROBLEMS + 9, 0, NULL, PROBLEMS, "\"9 more problems" },
};

static struct finding *findings_make(struct arena *arena, const struct limit_row *row)
{
    size_t count = row->fails + row->unknowns;
    struct finding *findings = arena_array(arena, count + 1, struct finding);

    for (size_t i = 0; i < count; i++) {
        findings[i] = sample_findings[0];
        findings[i].result = i < row->unknowns ? RESULT_UNKNOWN : RESULT_FAIL;
        findings[i].id = arena_printf(arena, "%zu", i);
    }
    return findings;
}

/* By hand: under AddressSanitizer each strstr() looks at all that is left. */
static size_t count_of(const char *text, const char *part)
{
    size_t count = 0, len = strlen(part);

    for (; *text != '\0'; text++)
        count += *text == *part && strncmp(text, part, len) == 0;
    return count;
}

/* Counted in the text: to parse so much takes a while. */
static void limit_test(void **state)
{
    const struct limit_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    struct problem *problems = arena_array(&arena, row->problems + 1, struct problem);
    const char *text, *unknown;

    for (size_t i = 0; i < row->problems; i++)
        problems[i] = sample_problems[0];
    assessment.findings = findings_make(&arena, row);
    assessment.finding_count = row->fails + row->unknowns;
    assessment.problems = problems;
    assessment.problem_count = row->problems;
    text = render(&arena, &assessment);
    assert_int_equal(count_of(text, "\"ruleId\""), row->results);
    assert_int_equal(count_of(text, "\"fullyQualifiedName\""), row->results);
    unknown = strstr(text, "\"invaudit/result\": \"unknown\"");
    assert_true(unknown == NULL || strstr(unknown, "result\": \"fail\"") == NULL);
    assert_int_equal(count_of(text, "more findings"), row->rest != NULL);
    assert_true(row->rest == NULL || strstr(text, row->rest) != NULL);
    assert_int_equal(count_of(text, "\"descriptor\""), row->told);
    assert_int_equal(count_of(text, "more problems"), row->more != NULL);
    if (row->problems == PROBLEMS + 1)
        run_of(&arena, &assessment); /* it is JSON */
    if (row->results == 0)
        assert_int_equal(count_of(text, "\"level\": \"warning\""),
                         row->told + (row->more != NULL));
    assert_true(row->more == NULL || strstr(text, row->more) != NULL);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, path_rows, path_test);
    TESTS_ADD_ROWS(&tests, limit_rows, limit_test);
    return tests_run("report_sarif", &tests);
}
