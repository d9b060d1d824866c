#include "report_sample.h"

#include "rows.h"

#include <string.h>

/* ---- places ---- */

static const struct many_row {
    const char *name;
    size_t width;
    size_t accounts, regions; /* a finding of each */
    size_t kinds;             /* groups that the accounts are spread over */
    size_t failing;           /* regions of each account that fail; the others pass */
    bool is_short;
    const char *has, *lacks;
} many_rows[] = {
    { "an account is a line with its regions", 80, 1, 7, 1, 0, false,
      "\nPASS     000000000000  region-00 region-01 region-02 region-03 region-04\n"
      "                       region-05 region-06\n",
      "000000000000 "
      "        P" },
    { "so are two", 80, 2, 2, 1, 0, false,
      "\nPASS     000000000000  region-00 region-01\n"
      "         000000000001  region-00 region-01\n",
      "more" },
    { "three in fewer regions are lines of these", 60, 3, 2, 1, 0, false,
      "\nPASS     region-00       000000000000 000000000001\n"
      "                         000000000002\n"
      "         region-01       000000000000 000000000001\n"
      "                         000000000002\n",
      "PASS     000000000000" },
    { "eight places make a matrix", 80, 2, 4, 1, 1, false,
      "\n\n             region-00 region-01 region-02 region-03\n"
      "000000000000         F         P         P         P\n"
      "000000000001         F         P         P         P\n"
      "  F fail  P pass\n\n"
      "FAIL     000000000000  region-00\n"
      "         000000000001  region-00\n",
      "more" },
    { "seven do not", 80, 1, 7, 1, 1, false, "\n  1 fail, 6 pass\n\nFAIL ", "F fail" },
    { "below which one account with all its regions needs no names", 80, 2, 5, 1, 0,
      false, "\n\nPASS     000000000000  all 5 regions\n", "more" },
    { "and lines of several are joined", 80, 3, 4, 1, 1, false,
      "\nPASS     000000000000 region-01 region-02 region-03;\n"
      "         000000000001 region-01 region-02 region-03;\n",
      "more" },
    { "a matrix wider than the page is in parts", 40, 2, 4, 1, 1, false,
      "\n             region-00 region-01\n"
      "000000000000         F         P\n"
      "000000000001         F         P\n"
      "             region-02 region-03\n"
      "000000000000         P         P\n",
      "more" },
    { "of one column at least", 10, 2, 4, 1, 1, false,
      "\n             region-00\n000000000000         F\n", "more" },
    { "all of many is there", 80, 30, 1, 30, 0, false,
      "\nPASS     000000000029  region-00\n", "more" },
    { "but of 21 groups, shortened, one is not", 80, 21, 1, 21, 0, true,
      "\nand 1 more finding\n", "PASS     000000000020" },
    { "and their findings are counted", 80, 22, 3, 22, 0, true,
      "\nand 6 more findings\n", "PASS     000000000020" },
    { "and it is said how to see them", 80, 22, 3, 22, 0, true,
      "\nShortened for this terminal: -o text=FILE, or a pipe such as '| less', has "
      "it\n"
      "whole\n\n",
      "in the json report" },
    { "a shortened matrix has 40 accounts", 80, 42, 1, 1, 0, true,
      "\n000000000039         P\nand 2 more accounts\n", "000000000040 " },
    { "more than 20 places are those of the matrix", 80, 21, 1, 1, 0, false,
      "\nPASS     21 places with 'P' above\n         in use\n", "PASS     region" },
    { "20 are named", 80, 20, 1, 1, 0, false, "\nPASS     region-00 ", "places" },
    { "of several groups, the places of the largest", 80, 9, 5, 2, 0, false,
      "\nPASS     the other 25 places with 'P' above\n", "FAIL" },
    { "a result is shown before those that pass", 80, 1, 3, 1, 1, false,
      "  1 fail, 2 pass\n\nFAIL     000000000000  region-00\n", "all" },
};

static struct finding *findings_make(struct arena *arena, const struct many_row *row,
                                     size_t *count)
{
    struct finding *findings =
        arena_array(arena, row->accounts * row->regions, struct finding);

    *count = 0;
    for (size_t i = 0; i < row->accounts; i++) {
        for (size_t j = 0; j < row->regions; j++) {
            struct finding *finding = &findings[(*count)++];

            *finding = sample_findings[3];
            finding->result = j < row->failing ? RESULT_FAIL : RESULT_PASS;
            finding->account = str_from(arena_printf(arena, "%012zu", i));
            finding->region = str_from(arena_printf(arena, "region-%02zu", j));
            finding->rows = 1 | i % row->kinds << SAMPLE_COUNT(sample_outcomes);
            finding->citation_count = 0;
        }
    }
    return findings;
}

static void many_test(void **state)
{
    const struct many_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    const struct report_style style = { .width = row->width,
                                        .is_short = row->is_short };
    struct buf text = BUF_EMPTY(&arena);

    assessment.findings = findings_make(&arena, row, &assessment.finding_count);
    assessment.problem_count = 0;
    report_text(&assessment, &style, &text);
    if (strstr(buf_str(&text).text, row->has) == NULL)
        assert_string_equal(buf_str(&text).text, row->has);
    if (strstr(buf_str(&text).text, row->lacks) != NULL)
        assert_string_equal(buf_str(&text).text, "");
    arena_release(&arena);
}

/* ---- what is said of several ---- */

static const char *text_of(struct arena *arena, const struct finding *findings,
                           size_t count)
{
    struct assessment assessment = sample_assessment;
    const struct report_style style = { .width = 200 };
    struct buf text = BUF_EMPTY(arena);

    assessment.findings = findings;
    assessment.finding_count = count;
    report_text(&assessment, &style, &text);
    return buf_str(&text).text;
}

static void cells_of_short_names_are_stacked(void **state)
{
    static const char *const regions[] = { "ap-northeast-1", "eu-west-1", "us-east-1",
                                           "us-west-2" };
    struct arena arena = ARENA_EMPTY;
    struct finding findings[8];
    struct assessment assessment = sample_assessment;
    const struct report_style style = { .width = 30 };
    struct buf text = BUF_EMPTY(&arena);

    (void)state;
    for (size_t i = 0; i < 8; i++) {
        findings[i] = sample_findings[3];
        findings[i].account = i < 4 ? STR("111122223333") : STR("444455556666");
        findings[i].region = str_from(regions[i % 4]);
    }
    assessment.findings = findings;
    assessment.finding_count = 8;
    report_text(&assessment, &style, &text);
    assert_non_null(strstr(buf_str(&text).text, "\n              ap eu us us\n"
                                                "             ne1 w1 e1 w2\n"
                                                "111122223333   P  P  P  P\n"
                                                "444455556666   P  P  P  P\n"));
    arena_release(&arena);
}

/* Sixteen places, of two accounts, in which there is nothing. */
static void nothing_there(struct arena *arena, struct finding *findings,
                          size_t assumption_count)
{
    static const struct remark nothing = { .code = { "none", 4 },
                                           .text = "there is none",
                                           .nothing_there = { "no database", 11 } };

    for (size_t i = 0; i < 16; i++) {
        findings[i] = sample_findings[0];
        findings[i].source = NULL;
        findings[i].assumption_count = assumption_count;
        findings[i].account = i < 8 ? STR("1") : STR("2");
        findings[i].region = str_from(arena_printf(arena, "r-%zu", i % 8));
        findings[i].diagnosis = &nothing;
    }
}

/* Of eight regions seven have nothing; the first of those that has, fails. */
static void places_with_nothing_are_shown_by_the_matrix(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct finding findings[16];
    const char *text;

    (void)state;
    nothing_there(&arena, findings, 0);
    findings[3].diagnosis = NULL;
    text = text_of(&arena, findings, 16);
    assert_non_null(strstr(text, "  1 fail, 15 fail (no database there)\n"));
    assert_non_null(strstr(text, "\n  r-3\n1   F\n2   -\n"
                                 "  F fail  - fail: no database there\n"
                                 "  - in all accounts, 7 regions: r-0 r-1 r-2 r-4 r-5 "
                                 "r-6 r-7\n\n"
                                 "FAIL     1             r-3\n"));
    assert_non_null(
        strstr(text, "FAIL     15 places with '-' above: no database there [none]\n"));
    assert_null(strstr(text, "looks like"));
    findings[5].result = RESULT_NOT_APPLICABLE;
    findings[5].diagnosis = NULL;
    text = text_of(&arena, findings, 16);
    assert_non_null(strstr(text, "\n  F fail  - fail: no database there, or not "
                                 "applicable\n"));
    nothing_there(&arena, findings, 0);
    text = text_of(&arena, findings, 16); /* no column has anything */
    assert_non_null(strstr(text, "  16 fail (no database there)\n\n"
                                 "  - fail: no database there\n"
                                 "  - in all accounts, 8 regions: r-0 "));
    findings[3].diagnosis = NULL;
    text = text_of(&arena, findings, 3); /* without a matrix */
    assert_non_null(strstr(text, "  3 fail (no database there)\n\n"
                                 "FAIL     1             r-0 r-1 r-2\n"));
    assert_non_null(strstr(text, "         looks like: there is none [none]\n"));
    arena_release(&arena);
}

/* What is taken for granted is said, too. */
static void places_with_nothing_are_explained_where_that_is_assumed(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct finding findings[16];
    const char *text;

    (void)state;
    nothing_there(&arena, findings, 1);
    text = text_of(&arena, findings, 16);
    assert_non_null(strstr(text, "FAIL     16 places with '-' above\n"
                                 "         not in use\n"
                                 "         looks like: there is none [none]\n"
                                 "         assuming: the filter, if any, of dump.json "
                                 "kept every record that counts [filtered]\n"));
    arena_release(&arena);
}

/* Of a rule that is not there, or an outcome that is none of its rows. */
static void what_no_row_says_is_told_apart_by_its_message(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct finding findings[3];
    const char *text;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        findings[i] = sample_findings[1];
        findings[i].rows = 0;
        findings[i].reason_count = 0;
        findings[i].settle_count = 0;
        findings[i].region = str_from(arena_printf(&arena, "region-%zu", i));
        findings[i].message = i < 2 ? "the lists disagree" : "nobody knows";
    }
    text = text_of(&arena, findings, 3);
    assert_non_null(strstr(text, "UNKNOWN  111122223333  region-0 region-1\n"
                                 "         the lists disagree\n"));
    assert_non_null(strstr(text, "UNKNOWN  111122223333  region-2\n"
                                 "         nobody knows\n"));
    arena_release(&arena);
}

/* A line of a terminal has room for some of the ids. */
static void long_ids_are_cut_on_a_terminal(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct finding finding = sample_findings[3];
    struct citation citations[3];
    struct assessment assessment = sample_assessment;
    struct report_style style = { .width = 400, .is_short = true };
    struct buf text = BUF_EMPTY(&arena);

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        citations[i] = sample_citations[0];
        citations[i].path = "x.json";
        citations[i].line = i + 1;
        citations[i].id = str_from(arena_printf(&arena, "%0100zu", i));
    }
    finding.citations = citations;
    finding.citation_count = 3;
    assessment.findings = &finding;
    assessment.finding_count = 1;
    assessment.source_count = 1;
    assessment.problem_count = 0;
    report_text(&assessment, &style, &text);
    assert_non_null(strstr(buf_str(&text).text, "1, and more\n"));
    assert_non_null(strstr(buf_str(&text).text, "\n\nShortened for this terminal"));
    style.is_short = false;
    buf_clear(&text);
    report_text(&assessment, &style, &text);
    assert_null(strstr(buf_str(&text).text, " and more"));
    assert_non_null(strstr(buf_str(&text).text, "00002\n"));
    arena_release(&arena);
}

static void resources_are_listed_by_region(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct finding findings[4];
    struct assessment assessment = sample_assessment;
    const struct report_style style = { .width = 200 };
    struct buf rest = BUF_EMPTY(&arena);
    const char *text;

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        findings[i] = sample_findings[3];
        findings[i].region = i < 3 ? STR("eu-west-1") : STR("us-east-1");
        findings[i].resource = str_from(arena_printf(&arena, "db-%zu", i));
        findings[i].citation_count = 0;
    }
    findings[3].resource = STR("*");
    text = text_of(&arena, findings, 4);
    assert_non_null(strstr(text, "PASS     111122223333  eu-west-1  db-0, db-1, db-2\n"
                                 "         111122223333  us-east-1  *\n"));
    assert_non_null(
        strstr(text, "Words: *: resources that the evidence does not show"));
    assessment.findings = findings;
    assessment.finding_count = 4;
    assessment.source_count = 1;
    assessment.problem_count = 0;
    report_text(&assessment, &style, &rest); /* nothing else stands behind the rule */
    assert_non_null(strstr(buf_str(&rest).text, "  *\n         in use\n\nWords: *: "));
    arena_release(&arena);
}

/* What the findings of a group say is not always the same but for numbers. */
static void each_says_its_own_where_that_differs(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct jmespath *expression =
        jmespath_compile(&arena, STR("resource.Engine"), &err);
    struct message_part parts[] = { { .text = STR("it is of ") },
                                    { .expression = expression } };
    struct outcome outcome = { .result = RESULT_PASS, .message = { parts, 2 } };
    struct rule rule = sample_rule;
    const struct rule *rules[] = { &rule };
    struct rulebook book = { .rules = rules, .count = 1 };
    struct assessment assessment = sample_assessment;
    const char *values[] = { "mysql", "postgres" };
    struct finding findings[2];
    struct buf text = BUF_EMPTY(&arena);
    const struct report_style style = { .width = 80 };

    (void)state;
    assert_non_null(expression);
    rule.outcomes = &outcome;
    rule.outcome_count = 1;
    for (size_t i = 0; i < 2; i++) {
        findings[i] = sample_findings[3];
        findings[i].rule = &rule;
        findings[i].resource = str_from(arena_printf(&arena, "db-%zu", i));
        findings[i].values = &values[i];
        findings[i].message = arena_printf(&arena, "it is of %s", values[i]);
        findings[i].citation_count = 0;
    }
    assessment.book = &book;
    assessment.findings = findings;
    assessment.finding_count = 2;
    report_text(&assessment, &style, &text);
    assert_non_null(strstr(buf_str(&text).text,
                           "PASS     111122223333  us-east-1  db-0\n"
                           "           it is of mysql\n"
                           "         111122223333  us-east-1  db-1\n"
                           "           it is of postgres\n"));
    values[1] = "mysql";
    buf_clear(&text);
    report_text(&assessment, &style, &text);
    assert_non_null(strstr(buf_str(&text).text,
                           "PASS     111122223333  us-east-1  db-0, db-1\n"
                           "         it is of mysql\n"));
    values[0] = "db-0";
    values[1] = "db-1";
    buf_clear(&text);
    report_text(&assessment, &style, &text);
    assert_non_null(strstr(buf_str(&text).text, "         it is of each of them\n"));
    arena_release(&arena);
}

static void of_many_that_differ_a_terminal_shows_some(void **state)
{
    enum { COUNT = 22 };
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct jmespath *expression =
        jmespath_compile(&arena, STR("resource.Engine"), &err);
    struct message_part parts[] = { { .expression = expression } };
    struct outcome outcome = { .result = RESULT_PASS, .message = { parts, 1 } };
    struct rule rule = sample_rule;
    const struct rule *rules[] = { &rule };
    struct rulebook book = { .rules = rules, .count = 1 };
    struct assessment assessment = sample_assessment;
    const char *values[COUNT];
    struct finding findings[COUNT];
    struct report_style style = { .width = 80, .is_short = true };
    struct buf text = BUF_EMPTY(&arena);

    (void)state;
    assert_non_null(expression);
    rule.outcomes = &outcome;
    rule.outcome_count = 1;
    for (size_t i = 0; i < COUNT; i++) {
        values[i] = arena_printf(&arena, "engine-%zu", i);
        findings[i] = sample_findings[3];
        findings[i].rule = &rule;
        findings[i].resource = str_from(arena_printf(&arena, "db-%zu", i));
        findings[i].values = &values[i];
        findings[i].message = values[i];
        findings[i].citation_count = 0;
    }
    assessment.book = &book;
    assessment.findings = findings;
    assessment.finding_count = COUNT;
    report_text(&assessment, &style, &text);
    assert_non_null(strstr(buf_str(&text).text, "           engine-19\n"
                                                "         and 2 more findings\n"));
    style.is_short = false;
    buf_clear(&text);
    report_text(&assessment, &style, &text);
    assert_non_null(strstr(buf_str(&text).text, "           engine-21\n"));
    assert_null(strstr(buf_str(&text).text, " more finding"));
    arena_release(&arena);
}

static void what_was_known_before_is_not_told_again(void **state)
{
    static const struct reason others[] = { { .sentence = SAY_TOKEN, .path = "x" } };
    struct arena arena = ARENA_EMPTY;
    struct finding findings[2] = { sample_findings[1], sample_findings[2] };
    const char *text;

    (void)state;
    findings[1].reasons = others;
    text = text_of(&arena, findings, 2);
    assert_non_null(strstr(text, "         not known: snapshots, managed\n"));
    assert_non_null(strstr(text, "[token]\n         known: as before\n"));
    findings[1].facts = sample_some;
    text = text_of(&arena, findings, 2);
    assert_non_null(
        strstr(text, "[token]\n         known: snapshots 3; managed at least 1\n"));
    arena_release(&arena);
}

/* Only where something has ACCOUNT or REGION for what differs is it said what these
 * are. */
static void words_that_nothing_uses_are_not_explained(void **state)
{
    struct reason reasons[] = { { .sentence = SAY_TOKEN, .path = "x" } };
    struct arena arena = ARENA_EMPTY;
    struct finding findings[2] = { sample_findings[1], sample_findings[1] };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        findings[i].account = STR("1");
        findings[i].region = STR("west");
        findings[i].resource = i == 0 ? STR("a") : STR("b");
        findings[i].reasons = reasons;
        findings[i].reason_count = 1;
        findings[i].settle_count = 0;
        findings[i].assumption_count = 0;
    }
    assert_null(strstr(text_of(&arena, findings, 2), "ACCOUNT"));
    findings[1].region = STR("east");
    assert_non_null(strstr(text_of(&arena, findings, 2), "ACCOUNT, REGION: those of"));
    arena_release(&arena);
}

/* ---- citations ---- */

static const struct cited_row {
    const char *name;
    size_t count; /* findings, of region-0, region-1 ... */
    bool are_alike, is_short;
    const char *has, *lacks;
} cited_rows[] = {
    { "files that are cited alike are one line", 5, true, false,
      "         see in/111122223333/REGION/x.json:7 a, 8 a\n\n", "region-0/x" },
    { "others are not", 4, false, false,
      "         see in/111122223333/region-0/x.json:100 a, 1 a\n"
      "         see in/111122223333/region-1/x.json:10 a, 11 a\n"
      "         see in/111122223333/region-2/x.json:20 a, 21 a\n"
      "         see in/111122223333/region-3/x.json:30 a, 31 a\n\n",
      "REGION" },
    { "of which three are shown", 5, false, true,
      "         see in/111122223333/region-2/x.json:20 a, 21 a\n"
      "         and 2 more files\n\n",
      "region-3/x" },
};

static void cited_test(void **state)
{
    const struct cited_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct finding findings[5];
    struct citation citations[5][2];
    struct assessment assessment = sample_assessment;
    const struct report_style style = { .width = 200, .is_short = row->is_short };
    struct buf text = BUF_EMPTY(&arena);

    for (size_t i = 0; i < row->count; i++) {
        findings[i] = sample_findings[3];
        findings[i].region = str_from(arena_printf(&arena, "region-%zu", i));
        for (size_t j = 0; j < 2; j++) {
            citations[i][j] = sample_citations[0];
            citations[i][j].id = STR("a");
            citations[i][j].path =
                arena_printf(&arena, "in/111122223333/region-%zu/x.json", i);
            citations[i][j].line = row->are_alike ? 7 + j : 10 * i + j;
        }
        findings[i].citations = citations[i];
        findings[i].citation_count = 2;
    }
    if (!row->are_alike)
        citations[0][0].line = 10 * 10;
    assessment.findings = findings;
    assessment.finding_count = row->count;
    assessment.problem_count = 0;
    report_text(&assessment, &style, &text);
    if (strstr(buf_str(&text).text, row->has) == NULL)
        assert_string_equal(buf_str(&text).text, row->has);
    assert_null(strstr(buf_str(&text).text, row->lacks));
    arena_release(&arena);
}

/* ---- problems ---- */

static const struct problems_row {
    const char *name;
    size_t cut_off, duplicate_key; /* how many of each code */
    bool is_short;
    const char *has, *lacks;
} problems_rows[] = {
    { "one is a line", 1, 0, false,
      "\n1 problem with evidence\n"
      "  0.json: the file ends: what follows was not read [cut-off]\n",
      "files" },
    { "what says the same is said once", 2, 1, false,
      "\n3 problems with evidence\n"
      "  2 files: the file ends: what follows was not read [cut-off]\n"
      "      0.json\n"
      "      1.json\n"
      "  2.json: 1 of its records have a key twice [duplicate-key]\n",
      "above" },
    { "of however many", 21, 0, false, "\n      20.json\n", "more" },
    { "of which 20 are shown on a terminal", 21, 0, true,
      "\n      19.json\n      and 1 more file\n", "20.json" },
};

static void problems_test(void **state)
{
    const struct problems_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    const struct report_style style = { .width = 80, .is_short = row->is_short };
    struct problem problems[22] = { 0 };
    struct buf text = BUF_EMPTY(&arena);

    assessment.problems = problems;
    assessment.problem_count = row->cut_off + row->duplicate_key;
    for (size_t i = 0; i < assessment.problem_count; i++) {
        problems[i].path = arena_printf(&arena, "%zu.json", i);
        problems[i].reason = (struct reason){
            .sentence = i < row->cut_off ? SAY_CUT_OFF : SAY_DUPLICATE_KEY,
            .texts = { STR("the file ends") },
            .count = 1,
        };
    }
    report_text(&assessment, &style, &text);
    if (strstr(buf_str(&text).text, row->has) == NULL)
        assert_string_equal(buf_str(&text).text, row->has);
    assert_null(strstr(buf_str(&text).text, row->lacks));
    arena_release(&arena);
}

/* Those that are reasons of findings on the page, which say what is to be done, too. */
static void a_problem_that_is_a_reason_is_told_once(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct reason reason = sample_problems[0].reason;
    struct finding finding = sample_findings[1];
    struct assessment assessment = sample_assessment;
    struct problem problems[2] = { sample_problems[0], sample_problems[0] };
    struct report_style style = { .width = 80 };
    struct buf text = BUF_EMPTY(&arena);

    (void)state;
    problems[1].path = "y.json";
    reason.path = sample_problems[0].path;
    finding.reasons = &reason;
    assessment.findings = &finding;
    assessment.finding_count = 1;
    assessment.problems = problems;
    report_text(&assessment, &style, &text);
    assert_non_null(strstr(buf_str(&text).text,
                           "\n1 problem with evidence: it is a reason above\n"));
    assert_non_null(strstr(buf_str(&text).text, "inside a document: what follows was"));
    assessment.problem_count = 2;
    buf_clear(&text);
    report_text(&assessment, &style, &text);
    assert_non_null(strstr(
        buf_str(&text).text,
        "\n2 problems with evidence: 1 is a reason above, 1 more\n  y.json:12:5: "));
    style.counted[RESULT_UNKNOWN] = true; /* it is not on the page */
    buf_clear(&text);
    report_text(&assessment, &style, &text);
    assert_non_null(
        strstr(buf_str(&text).text, "\n2 problems with evidence\n  2 files"));
    arena_release(&arena);
}

/* ---- rules ---- */

static void a_rule_with_nothing_to_list_is_a_line(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct rule other = sample_rule;
    const struct rule *rules[] = { &sample_rule, &other };
    struct rulebook book = { .rules = rules, .count = 2 };
    struct finding findings[2] = { sample_findings[1], sample_findings[3] };
    struct assessment assessment = sample_assessment;
    const struct report_style style = { .width = 80,
                                        .counted = { [RESULT_PASS] = true } };
    struct buf text = BUF_EMPTY(&arena);

    (void)state;
    other.id = STR("Other-1");
    findings[1].rule = &other;
    assessment.book = &book;
    assessment.findings = findings;
    assessment.finding_count = 2;
    report_text(&assessment, &style, &text);
    assert_non_null(strstr(
        buf_str(&text).text,
        "\nBackup-001 (low): 1 unknown\nOther-1 (low): 1 pass\n\n"
        "Backup-001: AWS Backup service in use for Amazon RDS (low)\n\nUNKNOWN  "));
    assert_null(strstr(buf_str(&text).text, "Other-1: "));
    assert_non_null(
        strstr(buf_str(&text).text, "\nNot listed: --show pass lists them\n\n"));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, many_rows, many_test);
    TESTS_ADD(&tests, cells_of_short_names_are_stacked);
    TESTS_ADD(&tests, places_with_nothing_are_shown_by_the_matrix);
    TESTS_ADD(&tests, places_with_nothing_are_explained_where_that_is_assumed);
    TESTS_ADD(&tests, what_no_row_says_is_told_apart_by_its_message);
    TESTS_ADD(&tests, long_ids_are_cut_on_a_terminal);
    TESTS_ADD(&tests, resources_are_listed_by_region);
    TESTS_ADD(&tests, each_says_its_own_where_that_differs);
    TESTS_ADD(&tests, of_many_that_differ_a_terminal_shows_some);
    TESTS_ADD(&tests, what_was_known_before_is_not_told_again);
    TESTS_ADD(&tests, words_that_nothing_uses_are_not_explained);
    TESTS_ADD_ROWS(&tests, cited_rows, cited_test);
    TESTS_ADD_ROWS(&tests, problems_rows, problems_test);
    TESTS_ADD(&tests, a_problem_that_is_a_reason_is_told_once);
    TESTS_ADD(&tests, a_rule_with_nothing_to_list_is_a_line);
    return tests_run("report_many", &tests);
}
