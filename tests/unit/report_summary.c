/* The last line of a report: the exit status and what it means, with and without
 * --fail-on. */

#include "gather/assessment.h"
#include "gather/gate.h"
#include "report/summary.h"
#include "rows.h"

enum { WORDS_MAX = 4, FINDINGS_MAX = 4 };

#define LOW      SEVERITY_LOW
#define HIGH     SEVERITY_HIGH
#define UNSTATED SEVERITY_NONE
#define THE_FAILS                                                                      \
    { RESULT_FAIL, LOW },                                                              \
    {                                                                                  \
        RESULT_FAIL, HIGH                                                              \
    }

/* ---- the gate: what closes it, and what leaves it in doubt ---- */

static const struct gate_row {
    const char *name;
    const char *words[WORDS_MAX]; /* as the options give them */
    struct {
        enum result result;
        enum severity severity;
    } findings[FINDINGS_MAX]; /* a pass fills up */
    size_t problems;
    const char *line; /* the last of the report */
    struct {
        size_t stale, open;
    } waivers;
} gate_rows[] = {
    { "without the option any fail closes",
      { NULL },
      { { RESULT_FAIL, LOW }, { RESULT_UNKNOWN, HIGH } },
      0,
      "1 fail, 1 unknown, 2 pass (status 1: something fails)",
      { 0, 0 } },
    { "without the option any unknown leaves in doubt",
      { NULL },
      { { RESULT_UNKNOWN, UNSTATED } },
      0,
      "1 unknown, 3 pass (status 3: something is unknown)",
      { 0, 0 } },
    { "the severity itself closes",
      { "fail:high" },
      { THE_FAILS },
      0,
      "2 fail, 2 pass (status 1: 1 finding matches --fail-on fail:high)",
      { 0, 0 } },
    { "a fail below it closes nothing",
      { "fail:high" },
      { { RESULT_FAIL, LOW } },
      0,
      "1 fail, 3 pass (status 0: nothing matches --fail-on fail:high)",
      { 0, 0 } },
    { "a fail above it closes",
      { "fail:high" },
      { { RESULT_FAIL, SEVERITY_EXTREME } },
      0,
      "1 fail, 3 pass (status 1: 1 finding matches --fail-on fail:high)",
      { 0, 0 } },
    { "an unknown below it could not be one",
      { "fail:high" },
      { { RESULT_FAIL, LOW }, { RESULT_UNKNOWN, LOW } },
      0,
      "1 fail, 1 unknown, 2 pass (status 0: nothing matches --fail-on fail:high, nor "
      "could what is unknown)",
      { 0, 0 } },
    { "an unknown of it might be one",
      { "fail:high" },
      { { RESULT_FAIL, LOW }, { RESULT_UNKNOWN, HIGH } },
      0,
      "1 fail, 1 unknown, 2 pass (status 3: nothing matches --fail-on fail:high, but "
      "what is unknown might)",
      { 0, 0 } },
    { "evidence that could not be used leaves in doubt, whatever the severity",
      { "fail:high" },
      { { RESULT_UNKNOWN, LOW } },
      1,
      "1 unknown, 3 pass; 1 problem (status 3: nothing matches --fail-on fail:high, "
      "but "
      "evidence could not be used)",
      { 0, 0 } },
    { "what is unknown may close it",
      { "fail", "unknown:high" },
      { { RESULT_UNKNOWN, HIGH } },
      2,
      "1 unknown, 3 pass; 2 problems (status 1: 1 finding matches --fail-on fail "
      "--fail-on unknown:high)",
      { 0, 0 } },
    { "below that it leaves in doubt, since it may be a fail",
      { "fail", "unknown:high" },
      { { RESULT_UNKNOWN, LOW } },
      0,
      "1 unknown, 3 pass (status 3: nothing matches --fail-on fail --fail-on "
      "unknown:high, but what is unknown might)",
      { 0, 0 } },
    { "fails that are not named close nothing",
      { "unknown" },
      { { RESULT_FAIL, HIGH } },
      0,
      "1 fail, 3 pass (status 0: nothing matches --fail-on unknown)",
      { 0, 0 } },
    { "of two severities the lower one counts",
      { "fail:high", "fail:low" },
      { { RESULT_FAIL, SEVERITY_MEDIUM } },
      0,
      "1 fail, 3 pass (status 1: 1 finding matches --fail-on fail:high --fail-on "
      "fail:low)",
      { 0, 0 } },
    { "a rule that states no severity is below the lowest",
      { "fail:low" },
      { { RESULT_FAIL, UNSTATED }, { RESULT_UNKNOWN, UNSTATED } },
      0,
      "1 fail, 1 unknown, 2 pass (status 0: nothing matches --fail-on fail:low, nor "
      "could what is unknown)",
      { 0, 0 } },
    { "and counts where no severity is named",
      { "fail" },
      { { RESULT_FAIL, UNSTATED } },
      0,
      "1 fail, 3 pass (status 1: 1 finding matches --fail-on fail)",
      { 0, 0 } },
    { "any result may be named",
      { "not_applicable", "waived" },
      { { RESULT_WAIVED, LOW }, { RESULT_NOT_APPLICABLE, LOW } },
      0,
      "2 pass, 1 not applicable, 1 waived (status 1: 2 findings match --fail-on "
      "not_applicable --fail-on waived)",
      { 0, 0 } },
    { "so may waivers that are stale",
      { "stale-waiver" },
      { { RESULT_FAIL, HIGH } },
      1,
      "1 fail, 3 pass; 1 problem (status 1: 1 stale waiver matches --fail-on "
      "stale-waiver)",
      { 1, 0 } },
    { "beside findings",
      { "fail", "stale-waiver" },
      { { RESULT_FAIL, HIGH } },
      2,
      "1 fail, 3 pass; 2 problems (status 1: 1 finding and 2 stale waivers match "
      "--fail-on fail --fail-on stale-waiver)",
      { 2, 0 } },
    { "a stale waiver that is not named is a problem",
      { "fail:high" },
      { { RESULT_FAIL, LOW } },
      1,
      "1 fail, 3 pass; 1 problem (status 3: nothing matches --fail-on fail:high, but a "
      "waiver is stale)",
      { 1, 0 } },
    { "a waiver of what is unknown may be stale",
      { "stale-waiver" },
      { { RESULT_UNKNOWN, LOW } },
      0,
      "1 unknown, 3 pass (status 3: nothing matches --fail-on stale-waiver, but what "
      "is "
      "unknown might)",
      { 0, 1 } },
    { "and where that is not named does not matter",
      { "fail:high" },
      { { RESULT_UNKNOWN, LOW } },
      0,
      "1 unknown, 3 pass (status 0: nothing matches --fail-on fail:high, nor could "
      "what "
      "is unknown)",
      { 0, 1 } },
};

static void gate_test(void **state)
{
    static const struct rulebook book = { .count = 1 };
    const struct gate_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY(&arena);
    const struct report_style style = { .width = REPORT_WIDTH_MIN };
    struct str words[WORDS_MAX];
    struct settings settings = { .fail_on = { words, 0 } };
    struct rule rules[FINDINGS_MAX] = { 0 };
    struct finding findings[FINDINGS_MAX] = { 0 };
    struct assessment assessment = { .settings = &settings,
                                     .book = &book,
                                     .findings = findings,
                                     .finding_count = FINDINGS_MAX };
    struct error err = { 0 };

    for (size_t i = 0; i < WORDS_MAX && row->words[i] != NULL; i++) {
        words[settings.fail_on.count++] = str_from(row->words[i]);
        assert_true(gate_word_check(&arena, words[i], &err));
    }
    for (size_t i = 0; i < FINDINGS_MAX; i++) {
        rules[i].severity = row->findings[i].severity;
        findings[i].rule = &rules[i];
        findings[i].result = row->findings[i].result;
        assessment.summary.results[row->findings[i].result]++;
    }
    assessment.summary.problems = row->problems;
    assessment.summary.waivers_stale = row->waivers.stale;
    assessment.summary.waivers_open = row->waivers.open;
    assessment.summary.sources_read = 1;
    report_summary(&assessment, &style, &out);
    assert_string_equal(buf_str(&out).text, arena_printf(&arena, "%s\n", row->line));
    arena_release(&arena);
}

/* ---- without it ---- */

static const struct end_row {
    const char *name;
    struct summary summary;
    enum result result; /* of the findings */
    size_t finding_count, rule_count;
    const char *line;
} end_rows[] = {
    { "status 0",
      { .results = { [RESULT_PASS] = 2 }, .sources_read = 1 },
      RESULT_PASS,
      2,
      1,
      "2 pass (status 0: nothing fails, nothing is unknown)\n" },
    { "status 0 without a pass says so",
      { .results = { [RESULT_NOT_APPLICABLE] = 2 }, .sources_read = 1 },
      RESULT_NOT_APPLICABLE,
      2,
      1,
      "2 not applicable (status 0: nothing fails, and nothing passes)\n" },
    { "status 2 without evidence",
      { .problems = 0 },
      RESULT_PASS,
      0,
      1,
      "no findings (status 2: nothing to judge: no evidence was read)\n" },
    { "status 2 without a rule",
      { .sources_read = 1 },
      RESULT_PASS,
      0,
      0,
      "no findings (status 2: nothing to judge: there is no rule)\n" },
    { "status 2 without a cell",
      { .sources_read = 1 },
      RESULT_PASS,
      0,
      1,
      "no findings (status 2: nothing to judge: no evidence of an account and "
      "region)\n" },
    { "status 3 by an unknown",
      { .results = { [RESULT_UNKNOWN] = 2 }, .sources_read = 1 },
      RESULT_UNKNOWN,
      2,
      1,
      "2 unknown (status 3: something is unknown)\n" },
    { "status 3 by problems",
      { .results = { [RESULT_PASS] = 2 }, .sources_read = 1, .problems = 2 },
      RESULT_PASS,
      2,
      1,
      "2 pass; 2 problems (status 3: evidence could not be used)\n" },
    { "status 3 by a waiver",
      { .results = { [RESULT_PASS] = 2 },
        .sources_read = 1,
        .problems = 1,
        .waivers_stale = 1 },
      RESULT_PASS,
      2,
      1,
      "2 pass; 1 problem (status 3: a waiver is stale)\n" },
    { "status 3 by waivers",
      { .results = { [RESULT_PASS] = 2 },
        .sources_read = 1,
        .problems = 2,
        .waivers_stale = 2 },
      RESULT_PASS,
      2,
      1,
      "2 pass; 2 problems (status 3: waivers are stale)\n" },
    { "status 3 by evidence and a waiver names the evidence",
      { .results = { [RESULT_PASS] = 2 },
        .sources_read = 1,
        .problems = 2,
        .waivers_stale = 1 },
      RESULT_PASS,
      2,
      1,
      "2 pass; 2 problems (status 3: evidence could not be used)\n" },
    { "status 0 by waivers says so",
      { .results = { [RESULT_WAIVED] = 2 }, .sources_read = 1 },
      RESULT_WAIVED,
      2,
      1,
      "2 waived (status 0: nothing fails but what is waived, and nothing passes)\n" },
    { "status 0 by passes and waivers, too",
      { .results = { [RESULT_WAIVED] = 1, [RESULT_PASS] = 1 }, .sources_read = 1 },
      RESULT_WAIVED,
      2,
      1,
      "1 pass, 1 waived (status 0: nothing fails but what is waived, nothing is "
      "unknown)\n" },
};

static void end_test(void **state)
{
    static const struct settings settings = { 0 };
    static const struct rule rule = { .severity = SEVERITY_LOW };
    const struct end_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY(&arena);
    const struct report_style style = { .width = REPORT_WIDTH };
    const struct rulebook book = { .count = row->rule_count };
    const struct finding findings[] = { { .rule = &rule, .result = row->result },
                                        { .rule = &rule, .result = row->result } };
    const struct assessment assessment = { .settings = &settings,
                                           .book = &book,
                                           .summary = row->summary,
                                           .findings = findings,
                                           .finding_count = row->finding_count };

    report_summary(&assessment, &style, &out);
    assert_string_equal(buf_str(&out).text, row->line);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, gate_rows, gate_test);
    TESTS_ADD_ROWS(&tests, end_rows, end_test);
    return tests_run("report_summary", &tests);
}
