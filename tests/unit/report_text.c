#include "report_sample.h"

#include "rows.h"

#include <string.h>

static const char sample_text[] =
    "Backup-001: AWS Backup service in use for Amazon RDS (low)\n"
    "1 fail, 2 unknown, 1 pass\n"
    "\n"
    "FAIL     -             -  in dump.json\n"
    "         no DB snapshot is managed by AWS Backup: not in use for Amazon RDS in\n"
    "         this place (0 backup plans)\n"
    "         assuming: the filter, if any, of dump.json kept every record that\n"
    "           counts\n"
    "\n"
    "UNKNOWN  111122223333  eu-west-1, eu-west-2\n"
    "         in use; or not in use\n"
    "         because: no listing of DB snapshots in eu-west-1 (and others likewise)\n"
    "         to settle, with the permission rds:DescribeDBSnapshots:\n"
    "             aws rds describe-db-snapshots --region eu-west-1 --output json\n"
    "               save as 111122223333/eu-west-1/rds-describe-db-snapshots.json\n"
    "             aws rds describe-db-snapshots --region eu-west-2 --output json\n"
    "               save as 111122223333/eu-west-2/rds-describe-db-snapshots.json\n"
    "\n"
    "PASS     111122223333  us-east-1\n"
    "         at least 1 of 3 DB snapshots are managed by AWS Backup\n"
    "         see in/111122223333/us-east-1/rds-describe-db-snapshots.json:4  "
    "awsbackup:job-1\n"
    "         see in/111122223333/us-east-1/rds-describe-db-snapshots.json\n"
    "\n"
    "Problems with evidence\n"
    "  in/111122223333/us-east-1/rds-describe-db-snapshots.json:12:5: the file ends\n"
    "      inside a document: what follows was not read\n"
    "\n"
    "Evidence: 1 file read (1 document, 3 records), 1 ignored\n"
    "  ignored in/notes.txt: no JSON\n"
    "\n"
    "1 fail, 2 unknown, 1 pass; 1 problem (status 1: something fails)\n";

static const char *render(struct arena *arena, const struct assessment *assessment,
                          struct report_style style)
{
    struct buf text = BUF_EMPTY(arena);

    report_text(assessment, &style, &text);
    return buf_str(&text).text;
}

static const struct report_style plain = { .width = REPORT_WIDTH };

static void each_result_has_its_form(void **state)
{
    struct arena arena = ARENA_EMPTY;

    (void)state;
    assert_string_equal(render(&arena, &sample_assessment, plain), sample_text);
    arena_release(&arena);
}

static void colour_is_on_result_words_only(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct report_style coloured = { .width = REPORT_WIDTH, .colour = true };
    const char *text = render(&arena, &sample_assessment, coloured);
    size_t colours = 0;

    (void)state;
    for (const char *at = text; (at = strchr(at, '\x1b')) != NULL; at++)
        colours++;
    assert_int_equal(colours, 2 * 3);
    assert_non_null(strstr(text, "\x1b[1;31mFAIL\x1b[0m     -  "));
    assert_non_null(strstr(text, "\x1b[33mUNKNOWN\x1b[0m  1111"));
    assert_non_null(strstr(text, "\x1b[32mPASS\x1b[0m     1111"));
    arena_release(&arena);
}

/* Lines longer than the page are paths and commands, which nothing may break. */
static void a_narrow_page_is_kept(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct report_style narrow = { .width = REPORT_WIDTH_MIN };
    const char *line = render(&arena, &sample_assessment, narrow);

    (void)state;
    while (*line != '\0') {
        const char *end = strchr(line, '\n');
        size_t len = (size_t)(end - line);

        if (len > REPORT_WIDTH_MIN)
            assert_true(memchr(line, '/', len) != NULL || strstr(line, "aws ") < end);
        line = end + 1;
    }
    assert_non_null(strstr(render(&arena, &sample_assessment, narrow),
                           "\n             aws rds describe-db-snapshots --region "
                           "eu-west-2 --output json\n"));
    arena_release(&arena);
}

/* ---- one finding, changed ---- */

static const char *render_finding(struct arena *arena, const struct finding *finding)
{
    struct assessment assessment = sample_assessment;

    assessment.findings = finding;
    assessment.finding_count = 1;
    return render(arena, &assessment, plain);
}

static void hostile_text_is_escaped(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct finding finding = sample_findings[0];
    const char *text;

    (void)state;
    finding.source = "a\nPASS\x1b[2J";
    finding.message = "b\xe2\x80\xae"
                      "c\xff";
    finding.region = STR("d\0e");
    text = render_finding(&arena, &finding);
    assert_non_null(strstr(text, "d\\x00e  in a\\x0aPASS\\x1b[2J\n"));
    assert_non_null(strstr(text, "b\\u{202e}c\\xff\n"));
    assert_null(strchr(text, '\x1b'));
    arena_release(&arena);
}

static void citations_are_few(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct finding finding = sample_findings[3];
    struct citation citations[5];
    const char *text;

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        citations[i] = sample_citations[0];
        citations[i].line = i + 1;
    }
    finding.citations = citations;
    finding.citation_count = 5;
    text = render_finding(&arena, &finding);
    assert_non_null(strstr(text, "awsbackup:job-1\n         see "));
    assert_non_null(strstr(text, "and 2 more citations, in the json report\n"));
    finding.citation_count = 4;
    text = render_finding(&arena, &finding);
    assert_non_null(strstr(text, "and 1 more citation, in the json report\n"));
    citations[1] = citations[0];
    assert_null(strstr(render_finding(&arena, &finding), " more citation"));
    arena_release(&arena);
}

/* Nothing is told of a permission that is not known. */
static void no_permission_is_not_told(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct finding finding = sample_findings[1];
    struct settle settles[2] = {
        sample_west_1_settles[0],
        { .command = "aws x", .permission = &"x\0x"[1], .type = &sample_type },
    };

    (void)state;
    finding.settles = settles;
    finding.settle_count = 2;
    assert_non_null(strstr(render_finding(&arena, &finding),
                           "               needs rds:DescribeDBSnapshots\n"
                           "             aws x\n\nProblems"));
    settles[1].permission = NULL;
    assert_non_null(strstr(render_finding(&arena, &finding),
                           "               needs rds:DescribeDBSnapshots\n"
                           "             aws x\n\nProblems"));
    arena_release(&arena);
}

static void different_permissions_are_told_one_by_one(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct finding finding = sample_findings[1];
    struct settle settles[3] = { sample_west_1_settles[0],
                                 { .command = "aws rds describe-db-instances",
                                   .permission = "rds:B",
                                   .save_as = NULL,
                                   .type = &sample_type },
                                 sample_west_1_settles[0] };
    const char *text;

    (void)state;
    finding.settles = settles;
    finding.settle_count = 3;
    text = render_finding(&arena, &finding);
    assert_non_null(
        strstr(text, "         to settle:\n"
                     "             aws rds describe-db-snapshots --region eu-west-1 "
                     "--output json\n"
                     "               save as "
                     "111122223333/eu-west-1/rds-describe-db-snapshots.json\n"
                     "               needs rds:DescribeDBSnapshots\n"
                     "             aws rds describe-db-instances\n"
                     "               needs rds:B\n"
                     "\nProblems"));
    arena_release(&arena);
}

/* ---- which reasons are one kind ---- */

#define AT_WEST_1 "in/111122223333/eu-west-1/x.json"
#define AT_WEST_2 "in/111122223333/eu-west-2/x.json"
#define AT_OTHER  "in/444455556666/eu-west-2/x.json"

static const struct group_row {
    const char *name;
    struct reason first; /* of eu-west-1 of 111122223333 */
    struct reason other; /* of eu-west-2, of 444455556666 where the path says so */
    const char *expected;
} group_rows[] = {
    { "what differs in the path's region is one",
      { .sentence = SAY_TOKEN, .path = AT_WEST_1 },
      { .sentence = SAY_TOKEN, .path = AT_WEST_2 },
      "because: in/111122223333/REGION/x.json: it carries a token: more pages "
      "follow\n" },
    { "and in its account",
      { .sentence = SAY_TOKEN, .path = AT_WEST_1 },
      { .sentence = SAY_TOKEN, .path = AT_OTHER },
      "because: in/ACCOUNT/REGION/x.json: it carries a token: more pages follow\n" },
    { "a path that is the same is named",
      { .sentence = SAY_TOKEN, .path = "in/all.json" },
      { .sentence = SAY_TOKEN, .path = "in/all.json" },
      "because: in/all.json: it carries a token: more pages follow\n" },
    { "a region within a word is no match",
      { .sentence = SAY_TOKEN, .path = "eu-west-1a/x" },
      { .sentence = SAY_TOKEN, .path = "eu-west-2a/x" },
      "because, of 1: eu-west-1a/x: it carries a token: more pages follow\n"
      "         because, of 1: eu-west-2a/x: it carries a token: more pages follow\n" },
    { "another file is another kind, and has its path",
      { .sentence = SAY_TOKEN, .path = AT_WEST_1 },
      { .sentence = SAY_TOKEN, .path = "in/111122223333/eu-west-2/y.json" },
      "because, of 1: in/111122223333/eu-west-1/x.json: it carries a token: more "
      "pages follow\n"
      "         because, of 1: in/111122223333/eu-west-2/y.json: it carries a token: "
      "more pages follow\n" },
    { "what differs in a number is one, and says so",
      { .sentence = SAY_DUPLICATE_KEY, .path = "x", .count = 3 },
      { .sentence = SAY_DUPLICATE_KEY, .path = "x", .count = 4 },
      "because: x: 3 of its records have a key twice (and others likewise)\n" },
    { "what is the same needs no such words",
      { .sentence = SAY_DUPLICATE_KEY, .path = "x", .count = 3 },
      { .sentence = SAY_DUPLICATE_KEY, .path = "x", .count = 3 },
      "because: x: 3 of its records have a key twice\n" },
    { "an account that is quoted is not put in other words",
      { .sentence = SAY_MISLABELLED, .texts = { { "111122223333", 12 } } },
      { .sentence = SAY_MISLABELLED, .texts = { { "444455556666", 12 } } },
      "because: the path says account 111122223333, but" },
    { "nor is a region in quoted text, and that is of one kind",
      { .sentence = SAY_QUERY_TEXT, .texts = { { "aws --region eu-west-1", 22 } } },
      { .sentence = SAY_QUERY_TEXT, .texts = { { "aws --region eu-west-2", 22 } } },
      "because: the query or the command itself, not its answer: aws --region "
      "eu-west-1; run it again" },
    { "other quoted text is another kind",
      { .sentence = SAY_QUERY_TEXT, .texts = { { "aws --region eu-west-1", 22 } } },
      { .sentence = SAY_QUERY_TEXT, .texts = { { "aws sts", 7 } } },
      "because, of 1: the query or the command itself, not its answer: aws sts;" },
    { "a path in the sentence is like one before it",
      { .sentence = SAY_MAY_BE_LAST_PAGE, .texts = { { AT_WEST_1, 32 } } },
      { .sentence = SAY_MAY_BE_LAST_PAGE, .texts = { { AT_WEST_2, 32 } } },
      ": in/111122223333/REGION/x.json "
      "carries "
      "a token\n" },
};

static void group_test(void **state)
{
    const struct group_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    struct finding findings[2] = { sample_findings[1], sample_findings[2] };
    const struct report_style wide = { .width = 200 };
    const char *text;

    findings[0].reasons = &row->first;
    findings[1].reasons = &row->other;
    if ((row->other.path != NULL && strcmp(row->other.path, AT_OTHER) == 0) ||
        str_equal(row->other.texts[0], STR("444455556666")))
        findings[1].account = STR("444455556666");
    assessment.findings = findings;
    assessment.finding_count = 2;
    text = render(&arena, &assessment, wide);
    if (strstr(text, row->expected) == NULL)
        assert_string_equal(text, row->expected);
    arena_release(&arena);
}

static void a_rule_without_cells_is_still_told(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;

    (void)state;
    assessment.finding_count = 0;
    assert_non_null(strstr(render(&arena, &assessment, plain),
                           "(low)\nno account and region to judge\n"));
    arena_release(&arena);
}

static void few_ignored_files_are_listed(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    struct source_summary sources[7];

    (void)state;
    for (size_t i = 0; i < 7; i++)
        sources[i] = sample_source_summaries[1];
    assessment.sources = sources;
    assessment.source_count = 7;
    assert_non_null(strstr(render(&arena, &assessment, plain),
                           "no JSON\n  and 2 more, in the json report\n"));
    arena_release(&arena);
}

static void json_that_is_not_understood_comes_first(void **state)
{
    static const struct source all = { .path = "in/z.json", .use = SOURCE_READ },
                               export = { .path = "in/b.json", .use = SOURCE_READ };
    struct source_summary sources[] = {
        sample_source_summaries[1],
        { .source = &export, .was_read = true, .is_ignored = true, .why = "a tool's" },
        sample_source_summaries[0],
        { .source = &all, .was_read = true, .is_unknown = true, .why = "JSON, but" },
    };
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;

    (void)state;
    assessment.sources = sources;
    assessment.source_count = SAMPLE_COUNT(sources);
    assert_non_null(strstr(render(&arena, &assessment, plain),
                           "\n  ignored in/z.json: JSON, but\n"
                           "  ignored in/b.json: a tool's\n"
                           "  ignored in/notes.txt: no JSON\n"));
    arena_release(&arena);
}

static void settings_are_told(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct str ids[] = { { "Backup-001", 10 } };
    const struct settings settings = {
        .no_builtin = true,
        .no_filtered = true,
        .no_digest = true,
        .rules = { ids, 1 },
        .select = { ids, 1 },
        .as_of = { "2026-01-01T00:00:00Z", 20 },
        .assume_account = { "111122223333", 12 },
        .assume_region = { "eu-west-1", 9 },
        .assume_type = { "AWS::RDS::DBSnapshot", 20 },
        .path_pattern = { "(?<type>x)", 10 },
    };
    struct assessment assessment = sample_assessment;

    (void)state;
    assessment.settings = &settings;
    assert_non_null(
        strstr(render(&arena, &assessment, plain),
               "judged with --no-builtin --rules=Backup-001 --select=Backup-001\n"
               "  --as-of=2026-01-01T00:00:00Z --assume-account=111122223333\n"
               "  --assume-region=eu-west-1 --assume-type=AWS::RDS::DBSnapshot\n"
               "  --path-pattern=(?<type>x) --no-filtered --no-digest\n"));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, each_result_has_its_form);
    TESTS_ADD(&tests, colour_is_on_result_words_only);
    TESTS_ADD(&tests, a_narrow_page_is_kept);
    TESTS_ADD(&tests, hostile_text_is_escaped);
    TESTS_ADD(&tests, citations_are_few);
    TESTS_ADD(&tests, no_permission_is_not_told);
    TESTS_ADD(&tests, different_permissions_are_told_one_by_one);
    TESTS_ADD_ROWS(&tests, group_rows, group_test);
    TESTS_ADD(&tests, a_rule_without_cells_is_still_told);
    TESTS_ADD(&tests, few_ignored_files_are_listed);
    TESTS_ADD(&tests, json_that_is_not_understood_comes_first);
    TESTS_ADD(&tests, settings_are_told);
    return tests_run("report_text", &tests);
}
