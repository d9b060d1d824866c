/* What of the evidence is worth a look, on a page: a row a few documents, or places
 * that miss a listing. */
#include "report/evidence_look.h"

#include "rows.h"

#include <string.h>

#define TEXT(text)                                                                     \
    {                                                                                  \
        text, sizeof text - 1                                                          \
    }

enum { MOST = 8, MANY = LOOK_LINES_SHOWN + 1 };

static const struct type snapshots = { .name = TEXT("T::S"),
                                       .title = TEXT("DB snapshots"),
                                       .level = LEVEL_REGION };
static const struct type untitled = { .name = TEXT("T::U"), .level = LEVEL_REGION };
static const struct type of_account = { .name = TEXT("T::A"),
                                        .title = TEXT("settings"),
                                        .level = LEVEL_ACCOUNT };
static const struct call call = { .name = TEXT("rds describe-db-snapshots") };

static const struct failure denied = { .said = "AccessDenied: of many words",
                                       .advice = "ask",
                                       .code = TEXT("AccessDenied") };

static const struct reason token[] = { { .sentence = SAY_TOKEN } };
static const struct reason foreign[] = { { .sentence = SAY_FOREIGN_RECORDS,
                                           .count = 2 } };
static const struct reason more_foreign[] = { { .sentence = SAY_FOREIGN_RECORDS,
                                                .count = 3 } };
static const struct reason one_record[] = { { .sentence = SAY_ONE_RECORD } };
static const struct reason empty[] = { { .sentence = SAY_EMPTY, .failure = &denied } };
static const struct reason of_x[] = { { .sentence = SAY_TOKEN, .path = "x" } };
static const struct reason no_east[] = {
    { .sentence = SAY_MISSING, .texts = { TEXT("DB snapshots"), TEXT("east") } }
};
static const struct reason no_west[] = {
    { .sentence = SAY_MISSING, .texts = { TEXT("DB snapshots"), TEXT("west") } }
};
static const struct reason no_plans_east[] = {
    { .sentence = SAY_MISSING, .texts = { TEXT("plans"), TEXT("east") } }
};

static const struct reason no_settings[] = { { .sentence = SAY_MISSING,
                                               .texts = { TEXT("settings") } } };
static const struct reason unexplained[] = { { .sentence = SAY_EMPTY_UNEXPLAINED } };

#define SAYING(items) .reasons = (items), .reason_count = 1
#define HERE          .account = TEXT("1111"), .region = TEXT("east")
#define THERE         .account = TEXT("1111"), .region = TEXT("west")
#define ELSEWHERE     .account = TEXT("2222"), .region = TEXT("west")

static const struct row {
    const char *name;
    bool has_rules;
    struct {
        const char *path;
        struct document_summary document;
    } files[MOST];                /* up to the first without a path */
    struct missing missing[MOST]; /* up to the first without a reason */
    const char *expected;
} rows[] = {
    { "nothing", true, { { 0 } }, { { .reason_count = 0 } }, "" },
    { "a document that tells nothing, by its file and its call",
      true,
      { { "a",
          { HERE, .type = &snapshots, .call = &call, .state = STATE_NOTHING,
            SAYING(token) } } },
      { { .reason_count = 0 } },
      "Look at these\n"
      "  1  it carries a token: more pages follow [token]: rds describe-db-snapshots\n"
      "        a\n\n" },
    { "by its type, if no call is known; by the type's name, without a title",
      true,
      { { "a",
          { HERE, .type = &snapshots, .state = STATE_MISLABELLED, SAYING(token) } },
        { "b", { HERE, .type = &untitled, .state = STATE_NOTHING, SAYING(token) } },
        { "c", { HERE, .state = STATE_NOTHING, SAYING(token) } } },
      { { .reason_count = 0 } },
      "Look at these\n"
      "  1  it carries a token: more pages follow [token]\n"
      "        c\n"
      "  1  it carries a token: more pages follow [token]: DB snapshots\n"
      "        a\n"
      "  1  it carries a token: more pages follow [token]: T::U\n"
      "        b\n\n" },
    { "a part of a listing, where no rule tells what is lacking",
      false,
      { { "a", { HERE, .type = &snapshots, .state = STATE_PARTIAL, SAYING(token) } },
        { "b",
          { HERE, .type = &snapshots, .state = STATE_PARTIAL, SAYING(one_record) } },
        { "c", { HERE, .type = &snapshots, .state = STATE_COMPLETE, SAYING(token) } },
        { "d", { HERE, .type = &snapshots, .state = STATE_PARTIAL } } },
      { { .reason_count = 0 } },
      "Look at these\n"
      "  1  it carries a token: more pages follow [token]: DB snapshots\n"
      "        a\n\n" },
    { "but not where rules do",
      true,
      { { "a", { HERE, .type = &snapshots, .state = STATE_PARTIAL, SAYING(token) } } },
      { { .reason_count = 0 } },
      "" },
    { "three files are named, each once, the largest group first",
      true,
      { { "a", { HERE, .state = STATE_NOTHING, SAYING(foreign) } },
        { "b", { HERE, .state = STATE_NOTHING, SAYING(token) } },
        { "b", { HERE, .state = STATE_NOTHING, SAYING(token) } },
        { "c", { THERE, .state = STATE_NOTHING, SAYING(token) } },
        { "d", { ELSEWHERE, .state = STATE_NOTHING, SAYING(token) } } },
      { { .reason_count = 0 } },
      "Look at these\n"
      "  4  it carries a token: more pages follow [token]\n"
      "        b\n"
      "        c\n"
      "        d\n"
      "  1  2 of its records belong to other accounts, and are not counted "
      "[foreign-records]\n"
      "        a\n\n" },
    { "of four, the places: a line an account, a region once",
      true,
      { { "a", { HERE, .state = STATE_NOTHING, SAYING(token) } },
        { "b", { HERE, .state = STATE_NOTHING, SAYING(token) } },
        { "c", { THERE, .state = STATE_NOTHING, SAYING(token) } },
        { "d", { ELSEWHERE, .state = STATE_NOTHING, SAYING(token) } } },
      { { .reason_count = 0 } },
      "Look at these\n"
      "  4  it carries a token: more pages follow [token]\n"
      "        1111          east west\n"
      "        2222          west\n\n" },
    { "what has no account, or no region where one is needed, is told by its path",
      true,
      { { "a", { HERE, .state = STATE_NOTHING, SAYING(token) } },
        { "b", { .account = TEXT("1111"), .state = STATE_NOTHING, SAYING(token) } },
        { "c", { .region = TEXT("east"), .state = STATE_NOTHING, SAYING(token) } },
        { "d", { .state = STATE_NOTHING, SAYING(token) } } },
      { { .reason_count = 0 } },
      "Look at these\n"
      "  4  it carries a token: more pages follow [token]\n"
      "        1111          east\n"
      "        d\n"
      "        c\n"
      "        b\n\n" },
    { "a listing of an account needs none",
      true,
      { { "a",
          { .type = &of_account,
            .account = TEXT("1111"),
            .state = STATE_NOTHING,
            SAYING(token) } },
        { "b",
          { .type = &of_account,
            .account = TEXT("1112"),
            .state = STATE_NOTHING,
            SAYING(token) } },
        { "c",
          { .type = &of_account,
            .account = TEXT("1113"),
            .state = STATE_NOTHING,
            SAYING(token) } },
        { "d",
          { .type = &of_account,
            .account = TEXT("1114"),
            .state = STATE_NOTHING,
            SAYING(token) } } },
      { { .reason_count = 0 } },
      "Look at these\n"
      "  4  it carries a token: more pages follow [token]: settings\n"
      "        1111\n"
      "        1112\n"
      "        1113\n"
      "        1114\n\n" },
    { "those behind one that say the same are counted",
      true,
      { { "a", { HERE, .state = STATE_NOTHING, .surplus = 9, SAYING(token) } } },
      { { .reason_count = 0 } },
      "Look at these\n"
      "  10  it carries a token: more pages follow [token]\n"
      "        a\n\n" },
    { "what differs but for a number is said of the first",
      true,
      { { "a", { HERE, .state = STATE_NOTHING, SAYING(foreign) } },
        { "b", { HERE, .state = STATE_NOTHING, SAYING(more_foreign) } } },
      { { .reason_count = 0 } },
      "Look at these\n"
      "  2  2 of its records belong to other accounts, and are not counted (and others "
      "likewise) [foreign-records]\n"
      "        a\n        b\n\n" },
    { "an error is told in few words",
      true,
      { { "a", { HERE, .state = STATE_NOTHING, SAYING(empty) } } },
      { { .reason_count = 0 } },
      "Look at these\n"
      "  1  0 bytes, AccessDenied [empty]\n"
      "        a\n\n" },
    { "a listing that is absent, behind what is there, by region",
      true,
      { { "a", { HERE, .state = STATE_NOTHING, SAYING(token) } } },
      { { HERE, .type = &snapshots, SAYING(no_east) },
        { THERE, .type = &snapshots, SAYING(no_west) } },
      "Look at these\n"
      "  1  it carries a token: more pages follow [token]\n"
      "        a\n"
      "  2  no listing of DB snapshots [missing]\n"
      "        1111          east west\n\n" },
    { "two of the same places are one",
      true,
      { { 0 } },
      { { HERE, .type = &snapshots, SAYING(no_east) },
        { HERE, .type = &untitled, SAYING(no_plans_east) } },
      "Look at these\n"
      "  2  no listing of DB snapshots, plans [missing]\n"
      "        1111          east\n\n" },
    { "of others they are not",
      true,
      { { 0 } },
      { { THERE, .type = &snapshots, SAYING(no_west) },
        { HERE, .type = &untitled, SAYING(no_plans_east) } },
      "Look at these\n"
      "  1  no listing of DB snapshots [missing]\n"
      "        1111          west\n"
      "  1  no listing of plans [missing]\n"
      "        1111          east\n\n" },
    { "a file is said once, of however many regions",
      true,
      { { 0 } },
      { { HERE, .type = &snapshots, SAYING(of_x) },
        { THERE, .type = &snapshots, SAYING(of_x) } },
      "Look at these\n"
      "  1  it carries a token: more pages follow [token]: DB snapshots\n"
      "        x\n\n" },
    { "and not again, if its document was",
      true,
      { { "x", { HERE, .state = STATE_NOTHING, SAYING(foreign) } } },
      { { HERE, .type = &snapshots, SAYING(of_x) } },
      "Look at these\n"
      "  1  2 of its records belong to other accounts, and are not counted "
      "[foreign-records]\n"
      "        x\n\n" },
    { "of a listing that an account has once, the account",
      true,
      { { 0 } },
      { { .account = TEXT("1111"), .type = &of_account, SAYING(no_settings) },
        { .account = TEXT("2222"), .type = &of_account, SAYING(no_settings) } },
      "Look at these\n"
      "  2  no listing of settings [missing]\n"
      "        1111\n"
      "        2222\n\n" },
    { "where the place is not known, the file that is of the same",
      true,
      { { 0 } },
      { { .account = TEXT("1111"),
          .type = &snapshots,
          .source = "y",
          SAYING(no_settings) },
        { .region = TEXT("east"),
          .type = &snapshots,
          .source = "x",
          SAYING(no_settings) } },
      "Look at these\n"
      "  2  no listing of settings [missing]\n"
      "        x\n"
      "        y\n\n" },
    { "by code, then by sentence, then by the error",
      true,
      { { "a", { HERE, .state = STATE_NOTHING, SAYING(token) } },
        { "b", { HERE, .state = STATE_NOTHING, SAYING(empty) } },
        { "c", { HERE, .state = STATE_NOTHING, SAYING(unexplained) } },
        { "d", { HERE, .state = STATE_NOTHING, SAYING(foreign) } } },
      { { .reason_count = 0 } },
      "Look at these\n"
      "  1  0 bytes, AccessDenied [empty]\n"
      "        b\n"
      "  1  0 bytes: the call failed, and what it said on standard error is not beside "
      "it: ask for that text, or collect it again [empty]\n"
      "        c\n"
      "  1  2 of its records belong to other accounts, and are not counted "
      "[foreign-records]\n"
      "        d\n"
      "  1  it carries a token: more pages follow [token]\n"
      "        a\n\n" },
};

static const char *page_of(struct arena *arena, const struct assessment *assessment,
                           bool is_short)
{
    struct buf out = BUF_EMPTY(arena);
    struct writer writer = { .assessment = assessment,
                             .arena = arena,
                             .page = PAGE_NEW(&out, 200) };

    evidence_look_write(&writer, is_short);
    return str_copy(arena, buf_str(&out)).text;
}

static void of_rows(void **state)
{
    const struct row *row = *state;
    const struct rulebook book = { .count = row->has_rules ? 1 : 0 };
    struct source sources[MOST] = { { .path = NULL } };
    const struct document_summary *documents[MOST];
    struct source_summary summaries[MOST] = { { .source = NULL } };
    struct assessment assessment = { .book = &book,
                                     .sources = summaries,
                                     .missing = row->missing };
    struct arena arena = ARENA_EMPTY;

    for (size_t i = 0; i < MOST && row->files[i].path != NULL; i++) {
        sources[i].path = row->files[i].path;
        documents[i] = &row->files[i].document;
        summaries[i].source = &sources[i];
        summaries[i].documents = &documents[i];
        summaries[i].document_count = 1;
        assessment.source_count++;
    }
    while (row->missing[assessment.missing_count].reason_count > 0)
        assessment.missing_count++;
    assert_string_equal(page_of(&arena, &assessment, false), row->expected);
    assert_string_equal(page_of(&arena, &assessment, true), row->expected);
    arena_release(&arena);
}

/* A line each; a terminal shows six, and how many more there are. */
static void many_accounts_are_cut_on_a_terminal(void **state)
{
    const struct rulebook book = { .count = 1 };
    struct missing missing[MANY];
    struct assessment assessment = { .book = &book,
                                     .missing = missing,
                                     .missing_count = MANY };
    struct arena arena = ARENA_EMPTY;
    const char *text;

    (void)state;
    for (size_t i = 0; i < MANY; i++)
        missing[i] =
            (struct missing){ .account = str_from(arena_printf(&arena, "%04zu", i + 1)),
                              .region = TEXT("east"),
                              .type = &snapshots,
                              SAYING(no_east) };
    text = page_of(&arena, &assessment, true);
    assert_non_null(strstr(text,
                           "        0006          east\n"
                           "        and 1 more; a file or a pipe has all of them\n"));
    assert_non_null(strstr(page_of(&arena, &assessment, false),
                           "        0006          east\n"
                           "        0007          east\n\n"));
    assessment.missing_count--;
    assert_string_equal(page_of(&arena, &assessment, true),
                        page_of(&arena, &assessment, false));
    arena_release(&arena);
}

/* Four or more, if the account has no others. */
static void all_regions_are_summed(void **state)
{
    static const struct {
        size_t missing, regions;
        const char *expected;
    } cases[] = {
        { 3, 3, "        1111          r1 r2 r3\n" },
        { 4, 4, "        1111          all 4 regions\n" },
        { 4, 5, "        1111          r1 r2 r3 r4\n" },
        { 5, 5, "        1111          all 5 regions\n" },
    };
    static struct str names[] = { TEXT("r1"), TEXT("r2"), TEXT("r3"), TEXT("r4"),
                                  TEXT("r5") };
    const struct rulebook book = { .count = 1 };
    struct arena arena = ARENA_EMPTY;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct missing missing[2 * COUNT_OF(names)];
        const struct coverage coverage = { .account = TEXT("1111"),
                                           .delivered = { names, cases[i].regions } };
        const struct assessment assessment = { .book = &book,
                                               .missing = missing,
                                               .missing_count = 2 * cases[i].missing,
                                               .coverage = &coverage,
                                               .coverage_count = 1 };

        for (size_t j = 0; j < 2 * cases[i].missing; j++) /* each region twice */
            missing[j] = (struct missing){ .account = TEXT("1111"),
                                           .region = names[j / 2],
                                           .type = j % 2 == 0 ? &snapshots : &untitled,
                                           .source = j % 2 == 0 ? "a" : "b",
                                           SAYING(no_settings) };
        assert_string_equal(strstr(page_of(&arena, &assessment, false), "        1"),
                            arena_printf(&arena, "%s\n", cases[i].expected));
    }
    arena_release(&arena);
}

/* What is said of a file above is not said again. */
static void problems_of_other_files_are_said_besides(void **state)
{
    static const struct problem problems[] = {
        { .path = "a", .reason = { .sentence = SAY_TOKEN } },
        { .path = "b", .reason = { .sentence = SAY_TOKEN } },
    };
    static const struct source source = { .path = "a" };
    static const struct document_summary document = { HERE, .state = STATE_NOTHING,
                                                      SAYING(token) };
    static const struct document_summary *const documents[] = { &document };
    static const struct source_summary summary = { .source = &source,
                                                   .documents = documents,
                                                   .document_count = 1 };
    const struct rulebook book = { .count = 1 };
    struct assessment assessment = { .book = &book,
                                     .sources = &summary,
                                     .source_count = 1,
                                     .problems = problems,
                                     .problem_count = 2 };
    struct arena arena = ARENA_EMPTY;

    (void)state;
    assert_string_equal(page_of(&arena, &assessment, false),
                        "Look at these\n"
                        "  1  it carries a token: more pages follow [token]\n"
                        "        a\n\n"
                        "Problems besides (1 of 2, the others are of files above)\n"
                        "  b: it carries a token: more pages follow\n\n");
    assessment.problem_count = 1;
    assert_null(strstr(page_of(&arena, &assessment, false), "besides"));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_rows);
    TESTS_ADD(&tests, many_accounts_are_cut_on_a_terminal);
    TESTS_ADD(&tests, all_regions_are_summed);
    TESTS_ADD(&tests, problems_of_other_files_are_said_besides);
    return tests_run("report_look", &tests);
}
