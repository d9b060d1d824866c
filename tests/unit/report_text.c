#include "report_sample.h"

#include "report/said.h"

#include "rows.h"

#include <string.h>

static const char sample_text[] =
    "invaudit " INVAUDIT_VERSION "  1 file, 3 records, 1 ignored\n"
    "Backup-001: AWS Backup service in use for Amazon RDS (low):\n"
    "  1 fail, 2 unknown, 1 pass\n"
    "\n"
    "FAIL     -             -  in dump.json\n"
    "         no DB snapshot is managed by AWS Backup: not in use for Amazon RDS in\n"
    "         this place (0 backup plans)\n"
    "         assuming: the filter, if any, of dump.json kept every record that\n"
    "           counts [filtered]\n"
    "\n"
    "UNKNOWN  111122223333  eu-west-1 eu-west-2\n"
    "         could be pass or fail\n"
    "         no listing of DB snapshots in REGION [missing]\n"
    "         not known: snapshots, managed\n"
    "         run  aws rds describe-db-snapshots --region eu-west-1 --output json\n"
    "         save 111122223333/eu-west-1/rds-describe-db-snapshots.json\n"
    "         needs rds:DescribeDBSnapshots\n"
    "         run  aws rds describe-db-snapshots --region eu-west-2 --output json\n"
    "         save 111122223333/eu-west-2/rds-describe-db-snapshots.json\n"
    "         needs rds:DescribeDBSnapshots\n"
    "\n"
    "PASS     111122223333  us-east-1\n"
    "         at least 1 of 3 DB snapshots are managed by AWS Backup\n"
    "         see in/111122223333/us-east-1/rds-describe-db-snapshots.json:4 "
    "awsbackup:job-1\n"
    "\n"
    "1 problem with evidence\n"
    "  in/111122223333/us-east-1/rds-describe-db-snapshots.json:12:5: the file ends\n"
    "      inside a document: what follows was not read [cut-off]\n"
    "ignored in/notes.txt: no JSON\n"
    "Words: not known: the evidence does not tell it; ACCOUNT, REGION: those of each\n"
    "  place; [code]: because of what, see invaudit-report(5)\n"
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
static const struct report_style shortened = { .width = REPORT_WIDTH,
                                               .is_short = true };
static const struct report_style wide = { .width = 200 };

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
                           "\n         run  aws rds describe-db-snapshots --region "
                           "eu-west-2 --output json\n"));
    arena_release(&arena);
}

static size_t longest_line(const char *text)
{
    size_t longest = 0;

    for (struct str rest = str_from(text); rest.text != NULL;) {
        struct str line = str_next(&rest, '\n');

        longest = line.len > longest ? line.len : longest;
    }
    return longest;
}

/* A wide page is used, but for what stands in columns; names that are wider than these
 * push the rest. */
static void a_wide_page_is_filled(void **state)
{
    static const char long_region[] =
        "west-a-region-whose-name-is-longer-than-columns-1";
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    const struct report_style widest = { .width = 120 };
    struct finding findings[12];
    const char *text;

    (void)state;
    for (size_t i = 0; i < 12; i++) {
        findings[i] = sample_findings[3];
        findings[i].citation_count = 0;
        findings[i].account = i < 6 ? STR("111122223333") : STR("444455556666");
        findings[i].region = str_from(
            i % 6 == 5 ? long_region : arena_printf(&arena, "eu-west-%zu", i % 6));
    }
    findings[7].result = RESULT_UNKNOWN;
    assessment.findings = findings;
    assessment.finding_count = 12;
    text = render(&arena, &assessment, plain);
    assert_true(longest_line(text) <= 80);
    assert_non_null(strstr(text, "\n             eu eu eu eu eu\n"
                                 "             w0 w1 w2 w3 w4 west-a-region-"));
    assert_non_null(strstr(text, "\n444455556666  P  ?  P  P  P "));
    text = render(&arena, &assessment, widest);
    assert_true(longest_line(text) <= 120 && longest_line(text) >= 80);
    assert_non_null(strstr(text, "\n             euw0 euw1 euw2 euw3 euw4 "));
    assert_non_null(strstr(text, "\n444455556666    P    ?    P    P    P "));
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

/* Of a file, all lines that are cited; of which each is cited once. */
static void citations_of_a_file_are_one_line(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct finding finding = sample_findings[3];
    struct citation citations[3];
    const char *text;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        citations[i] = sample_citations[0];
        citations[i].line = i + 1;
    }
    finding.citations = citations;
    finding.citation_count = 3;
    text = render_finding(&arena, &finding);
    assert_non_null(strstr(text,
                           "rds-describe-db-snapshots.json:1 awsbackup:job-1,\n"
                           "             2 awsbackup:job-1, 3 awsbackup:job-1\n"));
    citations[1] = citations[0];
    text = render_finding(&arena, &finding);
    assert_non_null(strstr(text, "rds-describe-db-snapshots.json:1 awsbackup:job-1,\n"
                                 "             3 awsbackup:job-1\n"));
    citations[2].decisive = false;
    text = render_finding(&arena, &finding);
    assert_non_null(
        strstr(text, "rds-describe-db-snapshots.json:1 awsbackup:job-1\n\n"));
    arena_release(&arena);
}

static const struct settle_row {
    const char *name;
    struct settle other; /* beside one that needs rds:DescribeDBSnapshots */
    const char *ends;
} settle_rows[] = {
    { "nothing is told of a permission that is not known",
      { .command = "aws x", .permission = "", .type = &sample_type },
      "needs rds:DescribeDBSnapshots\n         run  aws x\n\n" },
    { "nor of one that is absent",
      { .command = "aws x", .type = &sample_type },
      "needs rds:DescribeDBSnapshots\n         run  aws x\n\n" },
    { "each has its own",
      { .command = "aws x", .permission = "rds:B", .type = &sample_type },
      "needs rds:DescribeDBSnapshots\n         run  aws x\n         needs rds:B\n\n" },
};

static void settle_test(void **state)
{
    const struct settle_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct finding finding = sample_findings[1];
    struct settle settles[3] = { sample_west_1_settles[0], row->other,
                                 sample_west_1_settles[0] };

    finding.settles = settles;
    finding.settle_count = 3;
    assert_non_null(strstr(render_finding(&arena, &finding), row->ends));
    arena_release(&arena);
}

/* Without that, what is to be done. */
static void another_error_has_its_advice(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct failure failure = { .said = "no",
                                     .advice = "ask less",
                                     .code = STR("Throttling"),
                                     .operation = STR("DescribeDBSnapshots") };
    const struct reason reason = { .sentence = SAY_EMPTY,
                                   .path = "in/x.json",
                                   .failure = &failure };
    struct finding finding = sample_findings[1];

    (void)state;
    finding.reasons = &reason;
    assert_non_null(strstr(render_finding(&arena, &finding),
                           "         Throttling (DescribeDBSnapshots): ask less "
                           "(in/x.json) [empty]\n"));
    arena_release(&arena);
}

/* What AWS refused need not be told again as what is needed. */
static void a_refusal_tells_whom_and_what(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct failure failure = {
        .said = "no",
        .advice = "ask",
        .code = STR("AccessDenied"),
        .operation = STR("DescribeDBSnapshots"),
        .denied = { STR("role Audit/j"), STR("rds:DescribeDBSnapshots") },
    };
    const struct reason reason = { .sentence = SAY_EMPTY,
                                   .path = "in/x.json",
                                   .failure = &failure };
    struct finding finding = sample_findings[1];

    (void)state;
    finding.reasons = &reason;
    assert_non_null(strstr(
        render_finding(&arena, &finding),
        "         AccessDenied: the role Audit/j lacks rds:DescribeDBSnapshots\n"
        "           (in/x.json) [empty]\n"
        "         not known: snapshots, managed\n"
        "         run  aws rds describe-db-snapshots --region eu-west-1 --output "
        "json\n"
        "         save 111122223333/eu-west-1/rds-describe-db-snapshots.json\n"
        "\n"));
    arena_release(&arena);
}

/* Where there are many commands, another command of invaudit writes them. */
static void many_commands_are_counted(void **state)
{
    static const char *const paths[] = { "in", "it's" };
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    struct finding finding = sample_findings[1];
    struct settle settles[5];

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        settles[i] = sample_west_1_settles[0];
        settles[i].command = arena_printf(&arena, "aws %zu", i);
    }
    settles[4].permission = "rds:B";
    finding.settles = settles;
    finding.settle_count = 4;
    assessment.findings = &finding;
    assessment.finding_count = 1;
    assessment.paths = paths;
    assessment.path_count = 2;
    assert_non_null(strstr(render(&arena, &assessment, plain), "run  aws 3\n"));
    finding.settle_count = 5;
    assert_non_null(strstr(render(&arena, &assessment, wide),
                           "         5 commands settle these (rds:DescribeDBSnapshots, "
                           "rds:B):\n"
                           "         invaudit evidence -o script in 'it'\\''s'\n"));
    assert_null(strstr(render(&arena, &assessment, wide), "run  aws"));
    arena_release(&arena);
}

/* Each path is a word of a shell, and none an option. */
static void the_command_of_a_script(void **state)
{
    static const char *const few[] = { "--exclude", "a b" };
    static const char *const input[] = { "-" };
    static const char *const many[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9" };
    static const struct {
        const char *const *paths;
        size_t count;
        const char *expected;
    } rows[] = {
        { few, 2, "invaudit evidence -o script --no-filtered -- --exclude 'a b'" },
        { input, 1, "invaudit evidence -o script --no-filtered -" },
        { many, 8, "invaudit evidence -o script --no-filtered 1 2 3 4 5 6 7 8" },
        { many, 9,
          "invaudit evidence -o script --no-filtered 1 2 3 4 5 6 7 8 PATH..." },
    };
    struct settings settings = { .no_filtered = true };
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;

    (void)state;
    assessment.settings = &settings;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assessment.paths = rows[i].paths;
        assessment.path_count = rows[i].count;
        assert_string_equal(script_command(&arena, &assessment).text, rows[i].expected);
    }
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
      "         in/111122223333/REGION/x.json: it carries a token: more pages follow "
      "[token]\n" },
    { "and in its account",
      { .sentence = SAY_TOKEN, .path = AT_WEST_1 },
      { .sentence = SAY_TOKEN, .path = AT_OTHER },
      "         in/ACCOUNT/REGION/x.json: it carries a token: more pages follow "
      "[token]\n"
      "         111122223333  eu-west-1\n"
      "         444455556666  eu-west-2\n" },
    { "a path that is the same is named",
      { .sentence = SAY_TOKEN, .path = "in/all.json" },
      { .sentence = SAY_TOKEN, .path = "in/all.json" },
      "         in/all.json: it carries a token: more pages follow [token]\n" },
    { "a region within a word is no match",
      { .sentence = SAY_TOKEN, .path = "eu-west-1a/x" },
      { .sentence = SAY_TOKEN, .path = "eu-west-2a/x" },
      "\n\nUNKNOWN  111122223333  eu-west-2\n"
      "         eu-west-2a/x: it carries a token: more pages follow [token]\n" },
    { "another file is another cause",
      { .sentence = SAY_TOKEN, .path = AT_WEST_1 },
      { .sentence = SAY_TOKEN, .path = "in/111122223333/eu-west-2/y.json" },
      "\n\nUNKNOWN  111122223333  eu-west-2\n"
      "         in/111122223333/eu-west-2/y.json: it carries a token: more pages "
      "follow "
      "[token]\n" },
    { "what differs in a number is one, and says so",
      { .sentence = SAY_DUPLICATE_KEY, .path = "x", .count = 3 },
      { .sentence = SAY_DUPLICATE_KEY, .path = "x", .count = 2 },
      "x: 3 of its records have a key twice (the first; of all, 2 to 3) "
      "[duplicate-key]\n" },
    { "or in a line",
      { .sentence = SAY_RULE_UNDECIDED, .line = 3 },
      { .sentence = SAY_RULE_UNDECIDED, .line = 4 },
      "(line 3 of the rule) (the first; the others in other lines) "
      "[rule-undecided]\n" },
    { "what is the same needs no such words",
      { .sentence = SAY_DUPLICATE_KEY, .path = "x", .count = 3 },
      { .sentence = SAY_DUPLICATE_KEY, .path = "x", .count = 3 },
      "x: 3 of its records have a key twice [duplicate-key]\n" },
    { "an account that is each one's own",
      { .sentence = SAY_MISLABELLED, .texts = { { "111122223333", 12 } } },
      { .sentence = SAY_MISLABELLED, .texts = { { "444455556666", 12 } } },
      "the path says account ACCOUNT, but" },
    { "a region in quoted text",
      { .sentence = SAY_QUERY_TEXT, .texts = { { "aws --region eu-west-1", 22 } } },
      { .sentence = SAY_QUERY_TEXT, .texts = { { "aws --region eu-west-2", 22 } } },
      "the query or the command itself, not its answer: aws --region REGION; run it" },
    { "other quoted text is another cause",
      { .sentence = SAY_QUERY_TEXT, .texts = { { "aws --region eu-west-1", 22 } } },
      { .sentence = SAY_QUERY_TEXT, .texts = { { "aws sts", 7 } } },
      "\n\nUNKNOWN  111122223333  eu-west-2\n"
      "         the query or the command itself, not its answer: aws sts;" },
    { "a path in the sentence is like one before it",
      { .sentence = SAY_MAY_BE_LAST_PAGE, .texts = { { AT_WEST_1, 32 } } },
      { .sentence = SAY_MAY_BE_LAST_PAGE, .texts = { { AT_WEST_2, 32 } } },
      ": in/111122223333/REGION/x.json carries a token [may-be-last-page]\n" },
};

static void group_test(void **state)
{
    const struct group_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    struct finding findings[2] = { sample_findings[1], sample_findings[2] };
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

/* ---- the start ---- */

static void the_head_tells_what_was_looked_at(void **state)
{
    static const char *const paths[] = { "in", "-", "x", "y" };
    static const struct coverage coverage = { .account = { "111122223333", 12 } };
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    const char *text;

    (void)state;
    assessment.paths = paths;
    assessment.path_count = 4;
    assessment.coverage = &coverage;
    assessment.coverage_count = 1;
    assessment.summary.documents = 2;
    assessment.summary.sources_excluded = 3;
    memset(assessment.set_sha256, 'a', DIGEST_HEX_BYTES - 1);
    text = render(&arena, &assessment, wide);
    assert_true(str_starts_with(
        str_from(text),
        STR("invaudit " INVAUDIT_VERSION
            "  in, standard input, x and 1 more: 1 account, "
            "0 regions, 1 file, 2 documents, 3 records, 1 ignored, 3 excluded\n"
            "set sha256 "
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
            "Backup-001: AWS ")));
    arena_release(&arena);
}

static void a_rule_without_cells_is_still_told(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;

    (void)state;
    assessment.finding_count = 0;
    assert_non_null(strstr(render(&arena, &assessment, plain),
                           "(low):\n  no account and region to judge\n\n1 problem"));
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
                           "ignored in/notes.txt: no JSON\n"
                           "ignored in/notes.txt: no JSON\nWords"));
    assert_non_null(strstr(render(&arena, &assessment, shortened),
                           "no JSON\n  and 2 more files\nWords"));
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
                           "\nignored in/z.json: JSON, but\n"
                           "ignored in/b.json: a tool's\n"
                           "ignored in/notes.txt: no JSON\n"));
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
    TESTS_ADD(&tests, a_wide_page_is_filled);
    TESTS_ADD(&tests, hostile_text_is_escaped);
    TESTS_ADD(&tests, citations_of_a_file_are_one_line);
    TESTS_ADD_ROWS(&tests, settle_rows, settle_test);
    TESTS_ADD(&tests, another_error_has_its_advice);
    TESTS_ADD(&tests, a_refusal_tells_whom_and_what);
    TESTS_ADD(&tests, many_commands_are_counted);
    TESTS_ADD(&tests, the_command_of_a_script);
    TESTS_ADD_ROWS(&tests, group_rows, group_test);
    TESTS_ADD(&tests, the_head_tells_what_was_looked_at);
    TESTS_ADD(&tests, a_rule_without_cells_is_still_told);
    TESTS_ADD(&tests, few_ignored_files_are_listed);
    TESTS_ADD(&tests, json_that_is_not_understood_comes_first);
    TESTS_ADD(&tests, settings_are_told);
    return tests_run("report_text", &tests);
}
