/* The table of the evidence: a line an account, a column a type. */
#include "report/evidence_table.h"

#include "rows.h"

#define TEXT(text)                                                                     \
    {                                                                                  \
        text, sizeof text - 1                                                          \
    }
#define REGIONS(...)                                                                   \
    {                                                                                  \
        .items = (struct str[]){ __VA_ARGS__ },                                        \
        .count = sizeof(struct str[]){ __VA_ARGS__ } / sizeof(struct str)              \
    }

enum { MOST = 6 };

static const struct type snapshots = { .name = TEXT("T::S"),
                                       .title = TEXT("DB snapshots"),
                                       .level = LEVEL_REGION };
static const struct type settings = {
    .index = 1, .name = TEXT("T::A"), .title = TEXT("settings"), .level = LEVEL_ACCOUNT
};
static const struct type untitled = { .index = 2,
                                      .name = TEXT("T::U"),
                                      .level = LEVEL_REGION };
static const struct type of_none = {
    .index = 3, .name = TEXT("T::N"), .title = TEXT("calls"), .level = LEVEL_NONE
};
static const struct type *types[] = { &snapshots, &settings, &untitled, &of_none };
static const struct catalog catalog = { .types = types, .type_count = 4 };

static const struct fact facts[] = { { .type = &snapshots }, { .type = NULL } };
static const struct type *subjects[] = { &settings };
static const struct rule rule = {
    .facts = facts, .fact_count = 2, .subjects = subjects, .subject_count = 1
};
static const struct rule *rules[] = { &rule };

#define OF(of_type, of_account, of_region, of_state)                                   \
    {                                                                                  \
        .type = (of_type), .account = TEXT(of_account), .region = TEXT(of_region),     \
        .state = (of_state)                                                            \
    }
#define WHOLE(type, account, region) OF(type, account, region, STATE_COMPLETE)
#define LACKS(of_type, of_account, of_region)                                          \
    {                                                                                  \
        .type = (of_type), .account = TEXT(of_account), .region = TEXT(of_region),     \
        .reason_count = 1                                                              \
    }
#define LACKS_ONCE(of_type, of_account)                                                \
    {                                                                                  \
        .type = (of_type), .account = TEXT(of_account), .reason_count = 1              \
    }
#define NO_DOCUMENTS                                                                   \
    {                                                                                  \
        {                                                                              \
            .type = NULL                                                               \
        }                                                                              \
    }
#define NO_MISSING                                                                     \
    {                                                                                  \
        {                                                                              \
            .type = NULL                                                               \
        }                                                                              \
    }
#define NOTE                                                                           \
    "/ ?: nothing tells which regions there are: collect 'aws ec2 describe-regions "   \
    "--all-regions', or give --expect-regions\n\n"

static const struct row {
    const char *name;
    bool has_rules;
    size_t width;
    struct coverage coverage[MOST];          /* up to the first without an account */
    struct document_summary documents[MOST]; /* up to the first without a region */
    struct missing missing[MOST];
    const char *expected;
} rows[] = {
    { "no account",
      true,
      200,
      { { .is_closed = false } },
      NO_DOCUMENTS,
      NO_MISSING,
      "" },
    { "without rules, in how many places each type is whole, each once",
      false,
      200,
      { { .account = TEXT("1111"), .delivered = REGIONS(TEXT("a"), TEXT("b")) },
        { .account = TEXT("2222"), .delivered = REGIONS(TEXT("a")) } },
      { WHOLE(&snapshots, "1111", "a"), WHOLE(&snapshots, "1111", "a"),
        WHOLE(&snapshots, "1111", "b"), WHOLE(&untitled, "2222", "a"),
        OF(&untitled, "1111", "a", STATE_PARTIAL), WHOLE(&of_none, "1111", "a") },
      NO_MISSING,
      "account  regions  DB snapshots  T::U\n"
      "1111     2 / ?    2             0\n"
      "2222     1 / ?    0             1\n\n" NOTE },
    { "what stands in a region that the account does not have counts nowhere",
      false,
      200,
      { { .account = TEXT("1111"), .delivered = REGIONS(TEXT("a")) } },
      { WHOLE(&snapshots, "1111", "b"),
        WHOLE(&settings, "1111", "b"),
        WHOLE(&snapshots, "3333", "a"),
        WHOLE(NULL, "1111", "a"),
        { .type = &snapshots, .region = TEXT("a"), .state = STATE_COMPLETE },
        OF(&untitled, "1111", "a", STATE_CONTEXT) },
      NO_MISSING,
      "account  regions  DB snapshots  settings\n"
      "1111     1 / ?    0             1\n\n" NOTE },
    { "with rules, of how many it lacks none; what they do not read has no column",
      true,
      200,
      { { .account = TEXT("1111"), .delivered = REGIONS(TEXT("a"), TEXT("b")) },
        { .account = TEXT("2222"), .delivered = REGIONS(TEXT("a")) } },
      { WHOLE(&snapshots, "1111", "a"), WHOLE(&untitled, "1111", "a") },
      { LACKS(&snapshots, "1111", "b"), LACKS_ONCE(&settings, "2222") },
      "account  regions  DB snapshots  settings\n"
      "1111     2 / ?    1 of 2 (!)    1\n"
      "2222     1 / ?    1             0 of 1 (!)\n\n" NOTE },
    { "a region of which all is missing is one of the account's",
      true,
      200,
      { { .account = TEXT("1111"), .delivered = REGIONS(TEXT("a")) } },
      NO_DOCUMENTS,
      { LACKS(&snapshots, "0000", "z"), LACKS(&snapshots, "1111", "b"),
        LACKS(&snapshots, "1111", "c"), LACKS(&snapshots, "2222", "z") },
      "account  regions  DB snapshots\n"
      "1111     1 / ?    1 of 3 (!)\n\n" NOTE },
    { "an account without a region has nothing to lack of one",
      true,
      200,
      { { .account = TEXT("1111") } },
      { WHOLE(&snapshots, "1111", "a") },
      NO_MISSING,
      "account  regions  DB snapshots\n"
      "1111     0 / ?    -\n\n" NOTE },
    { "regions that are expected",
      true,
      200,
      { { .account = TEXT("1111"),
          .is_closed = true,
          .told_by = "x",
          .expected = REGIONS(TEXT("a"), TEXT("b")),
          .delivered = REGIONS(TEXT("a"), TEXT("b")) },
        { .account = TEXT("2222"),
          .told_by = "x",
          .expected = REGIONS(TEXT("a"), TEXT("b")),
          .delivered = REGIONS(TEXT("a")) } },
      NO_DOCUMENTS,
      NO_MISSING,
      "account  regions\n"
      "1111     2 / 2\n"
      "2222     1 / 2+ (!)\n\n" },
    { "what lacks nothing is named, where the page is narrow",
      true,
      30,
      { { .account = TEXT("1111"), .delivered = REGIONS(TEXT("a")) } },
      { WHOLE(&snapshots, "1111", "a") },
      { LACKS_ONCE(&settings, "1111") },
      "Whole everywhere: DB snapshots\n\n"
      "account  regions  settings\n"
      "1111     1 / ?    0 of 1 (!)\n\n"
      "/ ?: nothing tells which\nregions there are: collect\n'aws ec2 "
      "describe-regions\n"
      "--all-regions', or give\n--expect-regions\n\n" },
    { "what lacks something is in several tables, a column at least",
      true,
      20,
      { { .account = TEXT("1111"),
          .is_closed = true,
          .expected = REGIONS(TEXT("a")),
          .delivered = REGIONS(TEXT("a")) } },
      NO_DOCUMENTS,
      { LACKS_ONCE(&settings, "1111"), LACKS(&snapshots, "1111", "a") },
      "account  regions\nDB snapshots\n1111     1 / 1\n0 of 1 (!)\n\n"
      "account  regions\nsettings\n1111     1 / 1\n0 of 1 (!)\n\n" },
};

static void of_rows(void **state)
{
    const struct row *row = *state;
    const struct rulebook book = { .catalog = &catalog,
                                   .rules = rules,
                                   .count = row->has_rules ? 1 : 0 };
    const struct document_summary *documents[MOST];
    struct source_summary summary = { .documents = documents };
    const struct assessment assessment = { .book = &book,
                                           .sources = &summary,
                                           .source_count = 1,
                                           .coverage = row->coverage,
                                           .missing = row->missing };
    struct assessment counted = assessment;
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY(&arena);
    struct writer writer = { .assessment = &counted,
                             .arena = &arena,
                             .page = PAGE_NEW(&out, row->width) };

    while (summary.document_count < MOST &&
           row->documents[summary.document_count].region.text != NULL) {
        documents[summary.document_count] = &row->documents[summary.document_count];
        summary.document_count++;
    }
    while (row->coverage[counted.coverage_count].account.text != NULL)
        counted.coverage_count++;
    while (row->missing[counted.missing_count].type != NULL)
        counted.missing_count++;
    evidence_table_write(&writer, false);
    assert_string_equal(str_copy(&arena, buf_str(&out)).text, row->expected);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_rows);
    return tests_run("report_table", &tests);
}
