#include "report_sample.h"
#include "rows.h"

#include <string.h>

enum { FINDINGS, DOCUMENTS };

static const char *render(struct arena *arena, int of,
                          const struct assessment *assessment)
{
    const struct report_style style = { .width = REPORT_WIDTH };
    struct buf out = BUF_EMPTY(arena);

    if (of == FINDINGS)
        report_csv(assessment, &style, &out);
    else
        report_evidence_csv(assessment, &style, &out);
    return buf_str(&out).text;
}

/* What the table holds of the sample, and how often. */
static const struct row {
    const char *name;
    int of;
    const char *text;
    size_t count;
} rows[] = {
    { "a byte order mark, then the names", FINDINGS,
      "\xEF\xBB\xBFrule,severity,account,region,", 1 },
    { "a row a finding, each line ends in CR LF", FINDINGS, "\r\n", 5 },
    { "and no otherwise", FINDINGS, "\n", 5 },
    { "text is quoted, what is not known is empty", FINDINGS,
      "\r\n\"Backup-001\",\"low\",,,,,\"fail\",", 1 },
    { "codes are listed, each once", FINDINGS, ",\"not-narrowed; filtered\",", 0 },
    { "in the order of the report", FINDINGS, ",\"filtered; not-narrowed\",", 1 },
    { "why it is unknown, by its code", FINDINGS, ",\"missing\",", 2 },
    { "the records that decide", FINDINGS, ",\"awsbackup:job-1\",", 1 },
    { "the place, its line is a number", FINDINGS,
      ",\"in/111122223333/us-east-1/rds-describe-db-snapshots.json\",4,", 1 },
    { "the command that settles it", FINDINGS,
      ",\"aws rds describe-db-snapshots --region eu-west-1 --output json\","
      "\"rds:DescribeDBSnapshots\",",
      1 },
    { "a row a document", DOCUMENTS,
      "\r\n\"in/111122223333/us-east-1/rds-describe-db-snapshots.json\",\"read\",0,,"
      "\"AWS::RDS::DBSnapshot\",\"rds describe-db-snapshots\",\"111122223333\","
      "\"us-east-1\",,\"envelope\",\"path\",,3,0,1,\"partial\",\"token\",",
      1 },
    { "bytes are a number, the digest is not", DOCUMENTS, ",1234,\"fedcba98", 1 },
    { "a row a file in which there is none", DOCUMENTS,
      "\r\n\"in/notes.txt\",\"ignored\",,,,,,,,,,,,,,,,\"no JSON\",,,,,\r\n", 1 },
    { "a line of names, and two rows", DOCUMENTS, "\r\n", 3 },
};

static void holds(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const char *at = render(&arena, row->of, &sample_assessment);
    size_t count = 0;

    while ((at = strstr(at, row->text)) != NULL) {
        count++;
        at++;
    }
    assert_int_equal(count, row->count);
    arena_release(&arena);
}

/* Texts of evidence are written by their syntax. */
static void is_guarded(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct finding finding = sample_findings[0];
    struct assessment assessment = sample_assessment;

    (void)state;
    finding.message = "=HYPERLINK(\"x\")";
    assessment.findings = &finding;
    assessment.finding_count = 1;
    assert_non_null(
        strstr(render(&arena, FINDINGS, &assessment), ",\"'=HYPERLINK(\"\"x\"\")\","));
    arena_release(&arena);
}

/* A drain that counts, and keeps nothing. */
struct counting {
    struct drain drain;
    size_t bytes;
};

static void count_piece(struct drain *drain, struct str piece)
{
    ((struct counting *)drain)->bytes += piece.len;
}

/* Its memory does not grow with the findings. */
static void is_streamed(void **state)
{
    enum { COUNT = 20000 };
    const struct report_style style = { .width = REPORT_WIDTH };
    struct arena arena = ARENA_EMPTY, of_report = ARENA_EMPTY;
    struct finding *findings = arena_array(&arena, COUNT, struct finding);
    struct assessment assessment = sample_assessment;
    struct counting counting = { { count_piece }, 0 };
    struct buf out = { .arena = &of_report, .drain = &counting.drain };

    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        findings[i] = sample_findings[1];
    assessment.findings = findings;
    assessment.finding_count = COUNT;
    report_csv(&assessment, &style, &out);
    buf_drain(&out);
    assert_true(counting.bytes > COUNT * 200);
    assert_true(out.capacity <= 2 * BUF_DRAINED_BYTES + 1);
    arena_release(&of_report);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, holds);
    TESTS_ADD(&tests, is_guarded);
    TESTS_ADD(&tests, is_streamed);
    return tests_run("report_csv", &tests);
}
