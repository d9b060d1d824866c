#include "report/said.h"
#include "report_sample.h"
#include "rows.h"

static const struct rule telling_rule = {
    .id = { "Backup-001", 10 },
    .unknown = { "whether it is in use", 20 },
};
static const struct reason empty_reasons[] = {
    { .sentence = SAY_EMPTY_UNEXPLAINED, .path = "in/a.json" },
    { .sentence = SAY_TOKEN },
};
static const struct failure denied = { .said = "AccessDenied: a long sentence",
                                       .code = { "AccessDenied", 12 },
                                       .denied.action = { "rds:DescribeDBSnapshots",
                                                          23 } };
static const struct reason denied_reasons[] = {
    { .sentence = SAY_EMPTY, .path = "in/a.json", .failure = &denied },
};
static const enum result three[] = { RESULT_PASS, RESULT_FAIL, RESULT_NOT_APPLICABLE };
static const enum result undecided[] = { RESULT_UNKNOWN };

#define UNKNOWN(rule_of, reasons_of, reason_total, possible_of)                        \
    {                                                                                  \
        .rule = (rule_of), .result = RESULT_UNKNOWN, .message = "one; or the other",   \
        .reasons = (reasons_of), .reason_count = (reason_total),                       \
        .possible = (possible_of), .possible_count = SAMPLE_COUNT(possible_of)         \
    }

static const struct message_row {
    const char *name;
    struct finding finding;
    const char *message;
} message_rows[] = {
    { "a verdict says what its outcome says",
      { .rule = &telling_rule,
        .result = RESULT_FAIL,
        .message = "it is not in use",
        .possible = sample_fail,
        .possible_count = 1 },
      "it is not in use" },
    { "an unknown says what is not known, and the first cause without its path",
      UNKNOWN(&telling_rule, empty_reasons, 2, sample_either),
      "not known whether it is in use: 0 bytes: the call failed, and what it said on "
      "standard error is not beside it: ask for that text, or collect it again" },
    { "of an error of AWS its label",
      UNKNOWN(&telling_rule, denied_reasons, 1, sample_either),
      "not known whether it is in use: AccessDenied (rds:DescribeDBSnapshots)" },
    { "or what it could be", UNKNOWN(&sample_rule, &empty_reasons[1], 1, sample_either),
      "could be pass or fail: it carries a token: more pages follow" },
    { "of three", UNKNOWN(&sample_rule, NULL, 0, three),
      "could be pass, fail or not applicable" },
    { "what the rule says is unknown is told in its words",
      UNKNOWN(&telling_rule, NULL, 0, undecided), "one; or the other" },
};

static void message_test(void **state)
{
    const struct message_row *row = *state;
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(finding_message(&arena, &row->finding), row->message);
    arena_release(&arena);
}

#define SNAPSHOTS "in/111122223333/us-east-1/rds-describe-db-snapshots.json"

static const struct reason broken_reason = {
    .sentence = SAY_CUT_OFF,
    .path = "in/b.json",
    .texts = { { "the file ends inside a string", 29 } },
    .line = 38,
};

static const struct place_row {
    const char *name;
    struct finding finding;
    const char *path;
    uint64_t line;
} place_rows[] = {
    { "a verdict is where its record is",
      { .result = RESULT_PASS, .citations = sample_citations, .citation_count = 2 },
      SNAPSHOTS,
      4 },
    { "a file that is cited as a whole has a first line",
      { .result = RESULT_PASS, .citations = &sample_citations[1], .citation_count = 1 },
      SNAPSHOTS,
      1 },
    { "an unknown is where its cause is, not where a record is",
      { .result = RESULT_UNKNOWN,
        .reasons = empty_reasons,
        .reason_count = 2,
        .citations = sample_citations,
        .citation_count = 2 },
      "in/a.json",
      1 },
    { "in the line where that is",
      { .result = RESULT_UNKNOWN, .reasons = &broken_reason, .reason_count = 1 },
      "in/b.json",
      38 },
    { "what one source is judged for is there",
      { .result = RESULT_FAIL, .source = "dump.json" },
      "dump.json",
      1 },
    { "what is missing is in a file of its region",
      { .result = RESULT_UNKNOWN,
        .account = { "111122223333", 12 },
        .region = { "us-east-1", 9 } },
      SNAPSHOTS,
      1 },
    { "of its account",
      { .result = RESULT_UNKNOWN,
        .account = { "111122223333", 12 },
        .region = { "eu-west-1", 9 } },
      SNAPSHOTS,
      1 },
    { "or of any",
      { .result = RESULT_UNKNOWN, .account = { "999999999999", 12 } },
      SNAPSHOTS,
      1 },
};

static void place_test(void **state)
{
    const struct place_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const struct places *places = places_new(&arena, &sample_assessment);
    struct finding_place place = places_of(places, &row->finding);

    assert_string_equal(place.path, row->path);
    assert_int_equal(place.line, row->line);
    arena_release(&arena);
}

/* Its region's file, though one of another region of the account is before it. */
static void place_of_region_test(void **state)
{
    static const struct document_summary west = { .account = { "111122223333", 12 },
                                                  .region = { "eu-west-1", 9 } };
    static const struct document_summary *const wests[] = { &west };
    const struct source source = { .path = "in/west.json" };
    const struct source_summary sources[] = {
        sample_source_summaries[0],
        { .source = &source, .documents = wests, .document_count = 1 },
    };
    const struct assessment assessment = { .sources = sources, .source_count = 2 };
    const struct finding finding = { .result = RESULT_UNKNOWN,
                                     .account = west.account,
                                     .region = west.region };
    struct arena arena = ARENA_EMPTY;

    (void)state;
    assert_string_equal(places_of(places_new(&arena, &assessment), &finding).path,
                        "in/west.json");
    arena_release(&arena);
}

static const struct waiver_row {
    const char *name;
    struct waiver waiver;
    const char *expected;
} waiver_rows[] = {
    { "who accepts it until when, and why",
      { .ticket = { NULL, 0 } },
      "accepted until 2026-12-31 by ops: a test" },
    { "by which ticket",
      { .ticket = { "T-1", 3 } },
      "accepted until 2026-12-31 by ops (ticket T-1): a test" },
    { "who approved it",
      { .approved_by = { "chief", 5 } },
      "accepted until 2026-12-31 by ops (approved by chief): a test" },
    { "both",
      { .ticket = { "T-1", 3 }, .approved_by = { "chief", 5 } },
      "accepted until 2026-12-31 by ops (ticket T-1, approved by chief): a test" },
};

static void waiver_test(void **state)
{
    const struct waiver_row *row = *state;
    struct waiver waiver = row->waiver;
    struct arena arena = ARENA_EMPTY;

    waiver.expires = STR("2026-12-31");
    waiver.owner = STR("ops");
    waiver.reason = STR("a test");
    assert_string_equal(waiver_text(&arena, &waiver), row->expected);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, message_rows, message_test);
    TESTS_ADD_ROWS(&tests, place_rows, place_test);
    TESTS_ADD_ROWS(&tests, waiver_rows, waiver_test);
    tests_add(&tests, "what is missing is in its own region's file first",
              place_of_region_test, NULL);
    return tests_run("report_said", &tests);
}
