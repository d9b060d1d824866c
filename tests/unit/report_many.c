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
    const char *has, *lacks;
} many_rows[] = {
    { "20 accounts have a line each", 80, 20, 1, 1, 0,
      "PASS     000000000019  region-00\n", "more" },
    { "of 21, one has none", 80, 21, 1, 1, 0,
      "PASS     000000000019  region-00\n"
      "         and 1 more finding, in the json report\n",
      "PASS     000000000020" },
    { "and its findings are counted", 80, 22, 2, 1, 0,
      "         and 4 more findings, in the json report\n", "PASS     000000000020" },
    { "20 groups are all shown", 80, 20, 1, 20, 0, "PASS     000000000019  region-00\n",
      "more" },
    { "of 21, one is not", 80, 21, 1, 21, 0,
      "\n\nPASS: 1 more finding of 1 other kinds, in the json report\n\n",
      "PASS     000000000020" },
    { "and its findings are counted", 80, 22, 3, 22, 0,
      "\n\nPASS: 6 more findings of 2 other kinds, in the json report\n\n",
      "PASS     000000000020" },
    { "two accounts have all their regions listed", 80, 2, 7, 1, 0,
      "PASS     000000000001  region-00, region-01, region-02, region-03, region-04,\n"
      "                       region-05, region-06\n",
      "all" },
    { "three have a line each, in which all of them are counted", 80, 3, 7, 1, 0,
      "PASS     000000000001  all 7 regions\n", "region-00" },
    { "or listed, if they fit", 65, 3, 4, 1, 0,
      "PASS     000000000001  region-00, region-01, region-02, region-03\n", "all" },
    { "which ends at the page's width", 64, 3, 4, 1, 0,
      "PASS     000000000001  all 4 regions\n", "region-00" },
    { "of some, as many as fit are named", 77, 3, 17, 1, 1,
      "PASS     000000000001  region-01, region-02, region-03, region-04 and 12 more\n",
      "all" },
    { "and no more", 76, 3, 17, 1, 1,
      "PASS     000000000001  region-01, region-02, region-03 and 13 more\n", "all" },
    { "two of them", 54, 3, 5, 1, 1,
      "PASS     000000000001  region-01, region-02 and 2 more\n", "all" },
    { "or one", 53, 3, 5, 1, 1, "PASS     000000000001  region-01 and 3 more\n",
      "region-02" },
    { "one, also where it does not fit", 40, 3, 5, 1, 1,
      "PASS     000000000001  region-01 and 3\n                       more\n",
      "region-02" },
    { "and on a page that has no room for any", 10, 3, 5, 1, 1,
      "\n                       region-01\n                       and\n", "region-02" },
    { "a result is shown before those that pass", 80, 1, 3, 1, 1,
      "1 fail, 2 pass\n\nFAIL     000000000000  region-00\n", "all" },
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
    const struct report_style style = { .width = row->width };
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

/* ---- reasons, citations and hints ---- */

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

/* The first reasons that the table has, one of each code: of path-0, path-1 ... */
static void reasons_fill(struct arena *arena, struct reason *reasons, size_t count)
{
    size_t filled = 0;

    for (size_t i = 0; i < SENTENCE_COUNT && filled < count; i++) {
        struct reason reason = { .sentence = (enum sentence)i,
                                 .path = arena_printf(arena, "path-%zu", filled),
                                 .texts = { STR("x"), STR("x"), STR("x"), STR("x") } };

        if (reason_may_be(&reason, OF_REASON) &&
            (filled == 0 || reason_code(&reason) != reason_code(&reasons[filled - 1])))
            reasons[filled++] = reason;
    }
    assert_int_equal(filled, count);
}

static const struct codes_row {
    const char *name;
    size_t count; /* of codes, with a reason each */
    const char *has, *lacks;
} codes_rows[] = {
    { "reasons of eight kinds are written", 8, "\n         because: path-7: ", "more" },
    { "one of the ninth is not", 9,
      "\n         and 1 more kinds of reasons, in the json report\n", "path-8" },
    { "those are counted", 10,
      "\n         and 2 more kinds of reasons, in the json report\n", "path-9" },
};

static void codes_test(void **state)
{
    const struct codes_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct reason reasons[10];
    struct finding finding = sample_findings[1];
    const char *text;

    reasons_fill(&arena, reasons, row->count);
    finding.reasons = reasons;
    finding.reason_count = row->count;
    text = text_of(&arena, &finding, 1);
    assert_non_null(strstr(text, row->has));
    assert_null(strstr(text, row->lacks));
    arena_release(&arena);
}

/* Of a group of two: one of each finding. */
static void citations_of_a_group_are_one_each(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct finding findings[5];
    struct citation citations[5][2];
    const char *text;

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        findings[i] = sample_findings[3];
        findings[i].region = str_from(arena_printf(&arena, "region-%zu", i));
        for (size_t j = 0; j < 2; j++) {
            citations[i][j] = sample_citations[0];
            citations[i][j].line = 10 * (i + 1) + j;
        }
        findings[i].citations = citations[i];
        findings[i].citation_count = 2;
    }
    text = text_of(&arena, findings, 2);
    assert_non_null(strstr(text, ".json:10  "));
    assert_null(strstr(text, ".json:11  "));
    assert_non_null(strstr(text, ".json:20  "));
    assert_non_null(strstr(text, "and 2 more citations, in the json report\n"));
    text = text_of(&arena, findings, 5);
    assert_non_null(strstr(text, ".json:30  "));
    assert_null(strstr(text, ".json:40  "));
    assert_non_null(strstr(text, "and 7 more citations, in the json report\n"));
    arena_release(&arena);
}

/* ---- problems ---- */

static const struct problems_row {
    const char *name;
    size_t cut_off, duplicate_key; /* how many of each code */
    const char *has, *lacks;
} problems_rows[] = {
    { "20 are listed, in their order", 19, 1, "\n  19.json: ", "more of the kind" },
    { "of 21, three of each kind", 20, 1,
      "\n  0.json: the file ends: what follows was not read\n  1.json: the file ends: "
      "what follows was not read\n  2.json: the file ends: what follows was not read\n"
      "  and 17 more of the kind cut-off, in the json report\n  20.json: ",
      "3.json" },
    { "a kind of three is listed whole", 18, 3,
      "\n  and 15 more of the kind cut-off, in the json report\n  18.json: ",
      "kind duplicate-key" },
    { "of a kind of four, one is not", 17, 4,
      "\n  and 1 more of the kind duplicate-key, in the json report\n\n", "20.json" },
};

static void problems_test(void **state)
{
    const struct problems_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    const struct report_style style = { .width = 80 };
    struct problem problems[21] = { 0 };
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

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, many_rows, many_test);
    TESTS_ADD_ROWS(&tests, codes_rows, codes_test);
    TESTS_ADD(&tests, citations_of_a_group_are_one_each);
    TESTS_ADD_ROWS(&tests, problems_rows, problems_test);
    return tests_run("report_many", &tests);
}
