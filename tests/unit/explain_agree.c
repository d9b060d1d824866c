/*
 * Two judgements of the same evidence, with a list of the collection and without it: a
 * row a pair of results, and what is said of both.
 */
#include "rows.h"

#include "aws/protection.h"
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

/* ---- rows of the matrix ---------------------------------------------------------- */

#define TEXT(text)                                                                     \
    {                                                                                  \
        text, sizeof text - 1                                                          \
    }
#define LIST(items)                                                                    \
    {                                                                                  \
        (items), sizeof(items) / sizeof *(items)                                       \
    }

static struct str safe[] = { TEXT("protected") };
static struct str safe_or_failing[] = { TEXT("protected"), TEXT("failing") };
static struct str overdue[] = { TEXT("overdue") };
static struct str no_plan[] = { TEXT("no-plan") };
static struct str opted_out_or_no_plan[] = { TEXT("opted-out"), TEXT("no-plan") };

#define BY(of_plan, of_selection, by_code, by_because, is_kept, minutes)               \
    {                                                                                  \
        .plan = TEXT(of_plan), .selection = TEXT(of_selection), .code = TEXT(by_code), \
        .because = TEXT(by_because), .kept = (is_kept), .allowance_minutes = (minutes) \
    }
static const struct selected_by two_plans[] = {
    BY("p", "a", "tag", "t", HOLDS_YES, 90),
    BY("q", "a", "tag", "t", HOLDS_YES, 90),
};
static const struct selected_by second_plan[] = {
    BY("q", "a", "tag", "t", HOLDS_YES, 90),
};
static const struct selected_by likewise[] = {
    BY("p", "b", "tag", "t", HOLDS_YES, 90),
    BY("p", "a", "arn", "t", HOLDS_YES, 90),
    BY("p", "a", "tag", "u", HOLDS_YES, 90),
};
static const struct selected_by less_kept[] = {
    BY("q", "a", "tag", "t", HOLDS_NO, 90),
    BY("p", "a", "tag", "t", HOLDS_YES, 91),
};

#define SELECTED(items)                                                                \
    .selected_by = (items), .selected_count = sizeof(items) / sizeof *(items)
/* What is said of one that is safe, but for what its evidence tells of it. */
#define SAFE .state = TEXT("protected"), .possible = LIST(safe), .because = TEXT("safe")
#define NEVER                                                                          \
    .state = TEXT("overdue"), .possible = LIST(overdue), .because = TEXT("never")
#define PERHAPS                                                                        \
    .state = TEXT("undetermined"), .possible = LIST(safe_or_failing),                  \
    .because = TEXT("perhaps")
#define BOTH(with, without)                                                            \
    " by what lists of the collection say of the evidence it is " with                 \
    ", and without them " without

static const struct matrix_case {
    const char *name;
    struct matrix_row with, without;
    bool is_alone; /* there is no row without the lists */
    const char *expected;
} matrix_cases[] = {
    { "the same states stay, and why", { SAFE }, { SAFE }, false, "protected: safe" },
    { "what the lists leave open stays so, for their reason",
      { PERHAPS },
      { SAFE },
      false,
      "undetermined protected failing: perhaps" },
    { "what is open without them is open for that reason",
      { SAFE },
      { PERHAPS },
      false,
      "undetermined protected failing: perhaps" },
    { "of two that differ either is possible, and both are said",
      { SAFE },
      { NEVER },
      false,
      "undetermined protected overdue:" BOTH("protected", "overdue") },
    { "so are those of which neither has all of the other's",
      { NEVER },
      { PERHAPS },
      false,
      "undetermined protected overdue failing:" BOTH("overdue", "undetermined") },
    { "without another row, anything is possible and nothing is known",
      { SAFE, .planned = HOLDS_YES, .has_backup = HOLDS_YES, .has_newest = true,
        .newest = 7, .gap_hours = 24, .retention_days = 35, .engine = TEXT("mysql"),
        .family = TEXT("Aurora"), SELECTED(two_plans) },
      { SAFE },
      true,
      "undetermined protected overdue pending failing unplanned unprotected "
      "unsupported "
      "ignored:" BOTH("protected", "undetermined") " planned? backup?" },
    { "why it is not planned is said by either, each once",
      { SAFE, .why = LIST(no_plan) },
      { SAFE, .why = LIST(opted_out_or_no_plan) },
      false,
      "protected: safe; why no-plan opted-out" },
    { "and all of it, if the other says none",
      { SAFE, .why = LIST(opted_out_or_no_plan) },
      { SAFE },
      false,
      "protected: safe; why opted-out no-plan" },
    { "the plans of both are those that take it by both",
      { SAFE, SELECTED(two_plans) },
      { SAFE, SELECTED(second_plan) },
      false,
      "protected: safe; q/a yes 90" },
    { "in the lists' order",
      { SAFE, SELECTED(two_plans) },
      { SAFE, SELECTED(less_kept) },
      false,
      "protected: safe; p/a yes 0; q/a maybe 90" },
    { "none, if they take it by another selection, another way, for another reason",
      { SAFE, SELECTED(two_plans) },
      { SAFE, SELECTED(likewise) },
      false,
      "protected: safe" },
    { "none of no plans",
      { SAFE },
      { SAFE, SELECTED(two_plans) },
      false,
      "protected: safe" },
    { "what is the same is known",
      { SAFE, .planned = HOLDS_YES, .has_backup = HOLDS_YES, .has_newest = true,
        .newest = 7, .gap_hours = 24, .retention_days = 35, .engine = TEXT("mysql"),
        .family = TEXT("Aurora") },
      { SAFE, .planned = HOLDS_YES, .has_backup = HOLDS_YES, .has_newest = true,
        .newest = 7, .gap_hours = 24, .retention_days = 35, .engine = TEXT("mysql"),
        .family = TEXT("Aurora") },
      false,
      "protected: safe planned backup newest 7 gap 24 days 35 mysql Aurora" },
    { "what is not the same is not known; of two backups, the older",
      { SAFE, .planned = HOLDS_YES, .has_backup = HOLDS_YES, .has_newest = true,
        .newest = 7, .gap_hours = 24, .retention_days = 35, .engine = TEXT("mysql"),
        .family = TEXT("Aurora") },
      { SAFE, .planned = HOLDS_NO, .has_backup = HOLDS_NO, .has_newest = true,
        .newest = 6, .gap_hours = 12, .retention_days = 36, .engine = TEXT("postgres"),
        .family = TEXT("RDS") },
      false,
      "protected: safe planned? backup? newest 6" },
    { "whichever is older, and less often",
      { SAFE, .has_newest = true, .newest = 6, .gap_hours = 12 },
      { SAFE, .has_newest = true, .newest = 7, .gap_hours = 24 },
      false,
      "protected: safe newest 6" },
    { "a backup that only one of them knows is not known",
      { SAFE, .has_newest = true, .newest = 7 },
      { SAFE, .newest = 7 },
      false,
      "protected: safe" },
    { "nor that only the other does",
      { SAFE, .newest = 7 },
      { SAFE, .has_newest = true, .newest = 7 },
      false,
      "protected: safe" },
    { "for ever is for ever",
      { SAFE, .keeps_for_ever = true },
      { SAFE, .keeps_for_ever = true },
      false,
      "protected: safe for ever" },
    { "and not known, if it is so in one alone",
      { SAFE, .keeps_for_ever = true },
      { SAFE },
      false,
      "protected: safe" },
    { "nor in the other alone",
      { SAFE },
      { SAFE, .keeps_for_ever = true },
      false,
      "protected: safe" },
};

static void print_held(struct buf *buf, const char *name, enum holds holds)
{
    if (holds != HOLDS_NO)
        buf_printf(buf, " %s%s", name, holds == HOLDS_MAYBE ? "?" : "");
}

static void print_values(struct buf *buf, const struct matrix_row *row)
{
    print_held(buf, "planned", row->planned);
    print_held(buf, "backup", row->has_backup);
    if (row->has_newest)
        buf_printf(buf, " newest %d", (int)row->newest);
    if (row->gap_hours > 0)
        buf_printf(buf, " gap %d", (int)row->gap_hours);
    if (row->retention_days != 0)
        buf_printf(buf, " days %d", (int)row->retention_days);
    if (row->keeps_for_ever)
        buf_add(buf, STR(" for ever"));
    if (row->engine.text != NULL)
        buf_printf(buf, " %.*s", STR_ARG(row->engine));
    if (row->family.text != NULL)
        buf_printf(buf, " %.*s", STR_ARG(row->family));
}

static const char *print_row(struct arena *arena, const struct matrix_row *row)
{
    static const char *const holds[] = { "no", "yes", "maybe" };
    struct buf buf = BUF_EMPTY(arena);

    buf_add(&buf, row->state);
    if (row->possible.count > 1)
        for (size_t i = 0; i < row->possible.count; i++)
            buf_printf(&buf, " %.*s", STR_ARG(row->possible.items[i]));
    buf_printf(&buf, ": %.*s", STR_ARG(row->because));
    for (size_t i = 0; i < row->why.count; i++)
        buf_printf(&buf, "%s %.*s", i == 0 ? "; why" : "", STR_ARG(row->why.items[i]));
    for (size_t i = 0; i < row->selected_count; i++)
        buf_printf(&buf, "; %.*s/%.*s %s %d", STR_ARG(row->selected_by[i].plan),
                   STR_ARG(row->selected_by[i].selection),
                   holds[row->selected_by[i].kept],
                   (int)row->selected_by[i].allowance_minutes);
    print_values(&buf, row);
    return buf_str(&buf).text;
}

static void of_matrix(void **state)
{
    const struct matrix_case *of = *state;
    const struct assessment alone = { .matrix = &of->without,
                                      .matrix_count = of->is_alone ? 0 : 1 };
    struct assessment both = { .matrix = &of->with, .matrix_count = 1 };
    struct arena arena = ARENA_EMPTY;

    agree(&arena, &alone, &both);
    assert_int_equal(both.matrix_count, 1);
    assert_string_equal(print_row(&arena, &both.matrix[0]), of->expected);
    arena_release(&arena);
}

/* One by account, region, source and name; of two, neither. */
static void rows_of_the_same_database_are_compared(void **state)
{
    const struct matrix_row row = { SAFE, .account = TEXT("1"), .region = TEXT("r"),
                                    .source = "s", .resource = TEXT("d") };
    const struct assessment both_have = { .matrix = &row, .matrix_count = 1 };
    struct matrix_row twice[] = { row, row, row };
    const struct assessment unclear = { .matrix = twice, .matrix_count = 3 };
    struct matrix_row others[] = { row, row, row, row };
    struct assessment without = { .matrix = others, .matrix_count = 4 };
    struct assessment both = both_have;
    struct arena arena = ARENA_EMPTY;

    (void)state;
    others[0].account = (struct str)TEXT("2");
    others[1].region = (struct str)TEXT("q");
    others[2].source = "t";
    others[3].resource = (struct str)TEXT("e");
    agree(&arena, &without, &both);
    assert_int_equal(both.matrix[0].possible.count, PROTECTION_COUNT);
    others[3] = row;
    both = both_have;
    agree(&arena, &without, &both);
    assert_int_equal(both.matrix[0].possible.count, 1);
    both = both_have;
    agree(&arena, &unclear, &both);
    assert_int_equal(both.matrix[0].possible.count, PROTECTION_COUNT);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_rows);
    TESTS_ADD(&tests, what_the_other_does_not_have_stays);
    TESTS_ADD_ROWS(&tests, matrix_cases, of_matrix);
    TESTS_ADD(&tests, rows_of_the_same_database_are_compared);
    return tests_run("explain_agree", &tests);
}
