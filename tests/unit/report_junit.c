#include "report_sample.h"
#include "rows.h"

#include <string.h>

static const char *render(struct arena *arena, const struct assessment *assessment)
{
    const struct report_style style = { .width = REPORT_WIDTH };
    struct buf out = BUF_EMPTY(arena);

    report_junit(assessment, &style, &out);
    return buf_str(&out).text;
}

/* What the report holds of the sample, and how often. */
static const struct row {
    const char *name, *text;
    size_t count;
} rows[] = {
    { "the counts are those of the content",
      "<testsuites name=\"invaudit\" tests=\"5\" failures=\"1\" errors=\"3\" "
      "time=\"0\">",
      1 },
    { "a suite a rule",
      "<testsuite name=\"Backup-001\" tests=\"4\" failures=\"1\" errors=\"2\" "
      "skipped=\"0\" time=\"0\">",
      1 },
    { "a suite for the evidence, an error a problem",
      "<testsuite name=\"evidence\" tests=\"1\" failures=\"0\" errors=\"1\" "
      "skipped=\"0\" time=\"0\">",
      1 },
    { "a test case is named by rule, account and region",
      "<testcase classname=\"Backup-001\" name=\"111122223333 us-east-1\" time=\"0\"/>",
      1 },
    { "what nothing tells is named by its source", "name=\"- - (dump.json)\"", 1 },
    { "a fail is a failure", "<failure type=\"fail\"", 1 },
    { "an unknown is an error", "<error type=\"unknown\"", 2 },
    { "with the command that settles it",
      "to settle: aws rds describe-db-snapshots --region eu-west-1 --output json", 1 },
    { "a problem has its file and code",
      "name=\"in/111122223333/us-east-1/rds-describe-db-snapshots.json cut-off\"", 1 },
    { "and text: GitLab shows that, not the message",
      "see in/111122223333/us-east-1/rds-describe-db-snapshots.json:12:5\n</error>",
      1 },
    { "nothing takes time", "time=", 8 },
    { "by the clock", " time=\"0\"", 8 },
};

static void holds(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const char *at = render(&arena, &sample_assessment);
    size_t count = 0;

    while ((at = strstr(at, row->text)) != NULL) {
        count++;
        at++;
    }
    assert_int_equal(count, row->count);
    arena_release(&arena);
}

static const struct text {
    const char *name, *message, *expected;
} texts[] = {
    { "markup is escaped", "a<b>&\"c\"", "message=\"a&lt;b&gt;&amp;&quot;c&quot;\"" },
    { "control characters have no place in XML", "a\033[1mb\001",
      "message=\"a\\x1b[1mb\\x01\"" },
    { "nor have bytes that are no UTF-8", "a\xff", "message=\"a\\xff\"" },
    { "nor what Unicode calls no character", "a\xEF\xBF\xBF",
      "message=\"a\\u{ffff}\"" },
    { "nor the first of them", "a\xEF\xBF\xBE", "message=\"a\\u{fffe}\"" },
    { "nor halves of surrogates", "a\xED\xA0\x80", "message=\"a\\xed\\xa0\\x80\"" },
    { "the end of a CDATA section is text", "a]]>b", ">a]]&gt;b\n" },
    { "a reference to a character is text", "&#0;", "message=\"&amp;#0;\"" },
    { "other letters stay", "\xC3\xA9", "message=\"\xC3\xA9\"" },
};

static void is_legal(void **state)
{
    const struct text *text = *state;
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    struct finding finding = sample_findings[0];

    finding.message = text->message;
    assessment.findings = &finding;
    assessment.finding_count = 1;
    assert_non_null(strstr(render(&arena, &assessment), text->expected));
    arena_release(&arena);
}

static void names_are_unique(void **state)
{
    static const char *const names[] = {
        "name=\"- - (a\\x01)\" time",
        "name=\"- - (a\\x01) (2)\" time",
        "name=\"- - (a\\x01) (3)\" time",
        "name=\"- - (a\\x01) (2) (2)\" time",
    };
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    struct finding findings[4];
    const char *text;

    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT(findings); i++) {
        findings[i] = sample_findings[0];
        findings[i].account = findings[i].region = STR_NONE;
        findings[i].result = RESULT_FAIL;
        findings[i].source = i == 1 ? "a\\x01" : "a\x01";
    }
    findings[3].source = "a\x01) (2";
    assessment.findings = findings;
    assessment.finding_count = SAMPLE_COUNT(findings);
    text = render(&arena, &assessment);
    for (size_t i = 0; i < SAMPLE_COUNT(names); i++) {
        const char *found = strstr(text, names[i]);

        assert_non_null(found);
        assert_null(strstr(found + 1, names[i]));
    }
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, holds);
    TESTS_ADD_ROWS(&tests, texts, is_legal);
    TESTS_ADD(&tests, names_are_unique);
    return tests_run("report_junit", &tests);
}
