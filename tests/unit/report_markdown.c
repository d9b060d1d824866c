#include "report_sample.h"
#include "rows.h"

#include <string.h>

enum { BYTES = 1000 * 1000, SHOWN = 10 };

typedef void writer(const struct assessment *assessment,
                    const struct report_style *style, struct buf *out);

static struct str render(struct arena *arena, writer *write,
                         const struct assessment *assessment)
{
    const struct report_style style = { .width = REPORT_WIDTH };
    struct buf out = BUF_EMPTY(arena);

    write(assessment, &style, &out);
    return buf_str(&out);
}

/* By hand: under AddressSanitizer each strstr() looks at all that is left. */
static size_t count_of(struct str text, const char *part)
{
    size_t count = 0, len = strlen(part);

    for (const char *at = text.text; *at != '\0'; at++)
        count += *at == *part && strncmp(at, part, len) == 0;
    return count;
}

/* ---- what they hold of the sample ---- */

static const struct row {
    const char *name;
    writer *write;
    const char *part;
    size_t count;
} rows[] = {
    { "Markdown: the answer first", report_markdown, "## 1 fail, 2 unknown, 1 pass\n",
      1 },
    { "Markdown: a matrix", report_markdown, "\n| 111122223333 | ? | ? | P |\n", 1 },
    { "Markdown: its columns are named in full", report_markdown,
      "euw1 = eu-west-1, euw2 = eu-west-2, use1 = us-east-1\n", 1 },
    { "Markdown: what has no place is listed", report_markdown,
      "\n- \\- \\-: `dump.json:1`\n", 1 },
    { "Markdown: a command is code", report_markdown,
      "- to settle: `aws rds describe-db-snapshots --region eu-west-1 --output json`, "
      "saved as `111122223333/eu-west-1/rds-describe-db-snapshots.json`\n",
      1 },
    { "Markdown: what passes is counted alone", report_markdown, "at least 1 of 3", 0 },
    { "Markdown: problems", report_markdown,
      "- `in/111122223333/us-east-1/rds-describe-db-snapshots.json:12`: ", 1 },
    { "annotations: a fail is an error, where it is", report_github,
      "::error file=dump.json,line=1,title=Backup-001 (low) - - (dump.json)::no DB ",
      1 },
    { "annotations: what is unknown is a warning", report_github,
      "::warning file=in/111122223333/us-east-1/rds-describe-db-snapshots.json,line=1,"
      "title=Backup-001 (low) 111122223333 eu-west-1::could be pass or fail",
      1 },
    { "annotations: what to do is a line of it", report_github,
      "%0Ato settle: aws rds describe-db-snapshots --region eu-west-1 --output json\n",
      1 },
    { "annotations: one notice counts", report_github,
      "\n::notice title=invaudit::1 fail, 2 unknown, 1 pass; 1 problem (status 1: ",
      1 },
    { "annotations: none is left out", report_github, "annotations are", 0 },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;

    assert_int_equal(
        count_of(render(&arena, row->write, &sample_assessment), row->part),
        row->count);
    arena_release(&arena);
}

/* ---- limits ---- */

static const struct limit_row {
    const char *name;
    writer *write;
    size_t fails, unknowns, accounts; /* findings of one place, or of one each */
    const char *part;                 /* of the report */
    size_t count;
} limit_rows[] = {
    { "100 places of findings alike are listed", report_markdown, 100, 0, 0,
      "`dump.json:1`\n", 100 },
    { "of 101, one is counted", report_markdown, 101, 0, 0,
      "`dump.json:1`\n- and 1 more, in the JSON report\n", 1 },
    { "200 accounts have a row", report_markdown, 0, 0, 200, " | **F** |\n", 200 },
    { "and none is counted", report_markdown, 0, 0, 200, "more accounts", 0 },
    { "of 201, one has none", report_markdown, 0, 0, 201,
      "\n1 more accounts, in the JSON report\n", 1 },
    { "10 errors", report_github, SHOWN, 0, 0, "::error ", SHOWN },
    { "which are all", report_github, SHOWN, 0, 0, "annotations are", 0 },
    { "of 11, one is not there", report_github, SHOWN + 1, 0, 0, "::error ", SHOWN },
    { "and is counted", report_github, SHOWN + 1, 0, 0,
      "; annotations are 10 of the 11 that fail or are unknown\n", 1 },
    { "10 warnings, beside them", report_github, SHOWN + 1, SHOWN + 1, 0, "::warning ",
      SHOWN },
};

static void make_findings(struct arena *arena, const struct limit_row *row,
                          struct assessment *assessment)
{
    size_t count = row->fails + row->unknowns + row->accounts;
    struct finding *findings = arena_array(arena, count, struct finding);

    for (size_t i = 0; i < count; i++) {
        findings[i] = sample_findings[0];
        findings[i].result = i < row->unknowns ? RESULT_UNKNOWN : RESULT_FAIL;
        if (row->accounts == 0)
            continue;
        findings[i].account = str_from(arena_printf(arena, "%012zu", i));
        findings[i].region = STR("us-east-1");
        findings[i].source = NULL;
    }
    assessment->findings = findings;
    assessment->finding_count = count;
    memset(&assessment->summary, 0, sizeof assessment->summary);
    assessment->summary.results[RESULT_FAIL] = count - row->unknowns;
    assessment->summary.results[RESULT_UNKNOWN] = row->unknowns;
}

static void limit_test(void **state)
{
    const struct limit_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;

    make_findings(&arena, row, &assessment);
    assert_int_equal(count_of(render(&arena, row->write, &assessment), row->part),
                     row->count);
    arena_release(&arena);
}

/* Of the rules, the most severe last; each has more findings than are shown. */
static void the_most_severe_come_first(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    struct rule rules[2] = { sample_rule, sample_rule };
    struct finding findings[2 * SHOWN];

    (void)state;
    rules[0].severity = SEVERITY_HIGH;
    rules[1].severity = SEVERITY_EXTREME;
    for (size_t i = 0; i < 2 * SHOWN; i++) {
        findings[i] = sample_findings[0];
        findings[i].rule = &rules[i / SHOWN];
    }
    assessment.findings = findings;
    assessment.finding_count = SAMPLE_COUNT(findings);
    assert_int_equal(count_of(render(&arena, report_github, &assessment), "(extreme)"),
                     SHOWN);
    arena_release(&arena);
}

/* Groups of one finding each, with long messages: all of them would take 4 MB. */
static void it_is_cut_at_its_size(void **state)
{
    enum { COUNT = 2000, LONG = 2000 };
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    struct finding *findings = arena_array(&arena, COUNT, struct finding);
    size_t listed, left = 0;
    struct str text;
    const char *end;

    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        findings[i] = sample_findings[0];
        findings[i].rows = i;
        findings[i].message = arena_printf(&arena, "%0*zu", LONG, i);
    }
    assessment.findings = findings;
    assessment.finding_count = COUNT;
    text = render(&arena, report_markdown, &assessment);
    assert_true(text.len <= BYTES);
    assert_true(text.len > BYTES - 2 * LONG - 1000);
    listed = count_of(text, "`dump.json:1`\n");
    end = strstr(text.text, " more findings did not fit, and are in the JSON report\n");
    assert_non_null(end);
    while (is_digit(end[-1]))
        end--;
    for (; is_digit(*end); end++)
        left = 10 * left + (size_t)(*end - '0');
    assert_int_equal(listed + left, COUNT);
    assessment.finding_count = listed + 1;
    text = render(&arena, report_markdown, &assessment);
    assert_non_null(strstr(text.text, "\n1 more findings did not fit, "));
    assessment.finding_count = listed;
    text = render(&arena, report_markdown, &assessment);
    assert_null(strstr(text.text, " did not fit, "));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, limit_rows, limit_test);
    TESTS_ADD(&tests, the_most_severe_come_first);
    TESTS_ADD(&tests, it_is_cut_at_its_size);
    return tests_run("report_markdown", &tests);
}
