/*
 * Two judgements of the same evidence, with a list of the collection and without it: a
 * row a pair of results, and what is said of both.
 */
#include "rows.h"

#include "explain/agree.h"

static const char *const values[] = { "1" };
static const struct reason open_token[] = { { .sentence = SAY_TOKEN, .path = "x" } };
static const struct reason taken[] = { { .sentence = SAY_NOT_NARROWED } };
static const struct remark remark = { .text = "there is none" };
static const enum result either[] = { RESULT_PASS, RESULT_FAIL };

static struct finding finding_of(enum result result)
{
    struct finding finding = { .id = "a",
                               .result = result,
                               .rows = 1,
                               .message = result_name(result),
                               .values = values,
                               .possible = either,
                               .possible_count = 1 };

    if (result == RESULT_UNKNOWN) {
        finding.reasons = open_token;
        finding.reason_count = 1;
        finding.possible_count = 2;
    } else {
        finding.assumptions = taken;
        finding.assumption_count = 1;
        finding.diagnosis = &remark;
        finding.cautions = &remark;
        finding.caution_count = 1;
    }
    return finding;
}

static const char *print(struct arena *arena, const struct finding *finding)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_printf(&buf, "%s: %s", result_name(finding->result), finding->message);
    if (finding->possible_count == 2)
        buf_printf(&buf, "; %s or %s", result_name(finding->possible[0]),
                   result_name(finding->possible[1]));
    for (size_t i = 0; i < finding->reason_count; i++)
        buf_printf(&buf, " -%s", code_name(reason_code(&finding->reasons[i])));
    for (size_t i = 0; i < finding->assumption_count; i++)
        buf_printf(&buf, " +%s", code_name(reason_code(&finding->assumptions[i])));
    if (finding->rows != 0 || finding->values != NULL)
        buf_add(&buf, STR(" by rows"));
    if (finding->diagnosis != NULL || finding->caution_count > 0)
        buf_add(&buf, STR(" with remarks"));
    return buf_str(&buf).text;
}

#define OPEN(with, without, order)                                                     \
    "unknown: by what lists of the collection say of the evidence it is " with         \
    ", and without them " without "; " order " -disagreement"
#define DECIDED(result) result ": " result " +not-narrowed by rows with remarks"
#define TOKEN           "unknown: unknown; pass or fail -token by rows"

static const struct row {
    const char *name;
    enum result with, without;
    const char *expected;
} rows[] = {
    { "what both say is said", RESULT_PASS, RESULT_PASS, DECIDED("pass") },
    { "of both that are unknown, the one with lists", RESULT_UNKNOWN, RESULT_UNKNOWN,
      TOKEN },
    { "what lists leave open is open", RESULT_UNKNOWN, RESULT_FAIL, TOKEN },
    { "what is open without them is, too", RESULT_PASS, RESULT_UNKNOWN, TOKEN },
    { "a pass and a fail are open", RESULT_PASS, RESULT_FAIL,
      OPEN("pass", "fail", "pass or fail") },
    { "in whatever order", RESULT_FAIL, RESULT_PASS,
      OPEN("fail", "pass", "pass or fail") },
    { "and so is what is not applicable in one of them", RESULT_NOT_APPLICABLE,
      RESULT_FAIL, OPEN("not_applicable", "fail", "fail or not_applicable") },
};

static void of_rows(void **state)
{
    const struct row *row = *state;
    const struct finding with = finding_of(row->with),
                         without = finding_of(row->without);
    const struct assessment alone = { .findings = &without, .finding_count = 1 };
    struct assessment both = { .findings = &with, .finding_count = 1 };
    struct arena arena = ARENA_EMPTY;

    agree(&arena, &alone, &both);
    assert_int_equal(both.finding_count, 1);
    assert_string_equal(print(&arena, &both.findings[0]), row->expected);
    arena_release(&arena);
}

/* A place that only a list tells of. */
static void what_the_other_does_not_have_stays(void **state)
{
    struct finding with[2] = { finding_of(RESULT_PASS), finding_of(RESULT_FAIL) };
    const struct finding without = finding_of(RESULT_UNKNOWN);
    const struct assessment alone = { .findings = &without, .finding_count = 1 };
    struct assessment both = { .findings = with, .finding_count = 2 };
    struct arena arena = ARENA_EMPTY;

    (void)state;
    with[0].id = "b";
    agree(&arena, &alone, &both);
    assert_string_equal(print(&arena, &both.findings[0]), DECIDED("pass"));
    assert_string_equal(print(&arena, &both.findings[1]), TOKEN);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_rows);
    TESTS_ADD(&tests, what_the_other_does_not_have_stays);
    return tests_run("explain_agree", &tests);
}
