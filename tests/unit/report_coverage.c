#include "report_sample.h"

#include "rows.h"

#include "report/coverage.h"

#include <string.h>

/* Of words, which are in order: "a b c". */
static struct str_list list_of(struct arena *arena, const char *words)
{
    struct str_list list = { .items =
                                 arena_array(arena, strlen(words) + 2, struct str) };
    struct str rest = str_from(words);

    while (rest.len > 0) {
        size_t blank = str_find(rest, STR(" "));
        size_t end = blank != SIZE_MAX ? blank : rest.len;

        list.items[list.count++] = str_slice(rest, 0, end);
        rest = str_slice(rest, end < rest.len ? end + 1 : end, rest.len);
    }
    return list;
}

static const char *written(struct arena *arena, const struct assessment *assessment)
{
    struct buf out = BUF_EMPTY(arena);
    struct page page = PAGE_NEW(&out, 300);

    coverage_write(&page, assessment);
    return buf_str(&out).text;
}

/* ---- an account ---- */

#define HEADING "Coverage: regions by account\n"

static const struct account_row {
    const char *name;
    const char *expected, *delivered;
    bool is_closed;
    const char *told_by;
    const char *line;
} account_rows[] = {
    { "all came", "a b", "a b", true, "x.json",
      HEADING "    1: 2 expected, 2 delivered (told by x.json)\n\n" },
    { "the first is missing", "a b c", "b c", true, NULL,
      HEADING "    1: 3 expected, 2 delivered; missing: a\n\n" },
    { "the last is", "a b c", "a b", true, NULL,
      HEADING "    1: 3 expected, 2 delivered; missing: c\n\n" },
    { "those between are", "a b c d", "a d", true, NULL,
      HEADING "    1: 4 expected, 2 delivered; missing: b, c\n\n" },
    { "all are", "a b", "", true, NULL,
      HEADING "    1: 2 expected, 0 delivered; missing: a, b\n\n" },
    { "others came", "b d", "a c e", true, NULL,
      HEADING "    1: 2 expected, 3 delivered; missing: b, d\n\n" },
    { "others came besides", "b", "a b c", true, NULL,
      HEADING "    1: 1 expected, 3 delivered\n\n" },
    { "there may be more", "a b", "a", false, "x",
      HEADING "    1: 2 expected at least, 1 delivered; missing: b (told by x)\n\n" },
    { "none is expected", "", "a", true, NULL,
      HEADING "    1: 0 expected, 1 delivered\n\n" },
    { "nothing tells which", "", "a", false, NULL,
      "Coverage could not be checked: nothing tells which regions to expect (collect "
      "'aws ec2 describe-regions --all-regions', or give --expect-regions)\n\n" },
};

static void account_test(void **state)
{
    const struct account_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const struct coverage coverage = {
        .account = STR("1"),
        .is_closed = row->is_closed,
        .told_by = row->told_by,
        .expected = list_of(&arena, row->expected),
        .delivered = list_of(&arena, row->delivered),
    };
    struct assessment assessment = sample_assessment;
    struct str *behind = coverage.delivered.items + coverage.delivered.count;

    behind[0] = STR("a"); /* is not looked at */
    behind[1] = STR("c");
    assessment.coverage = &coverage;
    assessment.coverage_count = 1;
    assert_string_equal(written(&arena, &assessment), row->line);
    arena_release(&arena);
}

/* ---- several ---- */

static const struct accounts_row {
    const char *name;
    size_t untold, whole, lacking; /* accounts, in this order */
    const char *begins, *ends;
} accounts_rows[] = {
    { "no account", 0, 0, 0, "", "" },
    { "where regions are missing comes first", 1, 1, 1,
      HEADING "    account-02: 2 expected, 1 delivered; missing: b\n",
      "    account-00: 1 delivered; nothing tells which to expect\n"
      "    account-01: 1 expected, 1 delivered\n\n" },
    { "one that is told is enough", 2, 0, 1,
      HEADING "    account-02: 2 expected, 1 delivered; missing: b\n",
      "    account-01: 1 delivered; nothing tells which to expect\n\n" },
    { "20 are shown", 0, 20, 0,
      HEADING "    account-00: ", "    account-19: 1 expected, 1 delivered\n\n" },
    { "of 21, one is not", 0, 21, 0, HEADING "    account-00: ",
      "    account-19: 1 expected, 1 delivered\n"
      "and 1 more accounts, in the json report\n\n" },
    { "those that lack nothing are left out first", 0, 3, 19,
      HEADING "    account-03: ",
      "    account-21: 2 expected, 1 delivered; missing: b\n"
      "    account-00: 1 expected, 1 delivered\n"
      "and 2 more accounts, in the json report\n\n" },
};

static void accounts_test(void **state)
{
    const struct accounts_row *row = *state;
    size_t count = row->untold + row->whole + row->lacking;
    struct arena arena = ARENA_EMPTY;
    struct coverage *coverage = arena_array(&arena, count, struct coverage);
    struct assessment assessment = sample_assessment;
    struct str text;

    for (size_t i = 0; i < count; i++) {
        bool is_untold = i < row->untold, is_whole = i < row->untold + row->whole;
        const char *expected = is_untold ? "" : is_whole ? "a" : "a b";

        coverage[i] = (struct coverage){
            .account = str_from(arena_printf(&arena, "account-%02zu", i)),
            .is_closed = !is_untold,
            .expected = list_of(&arena, expected),
            .delivered = list_of(&arena, "a"),
        };
    }
    assessment.coverage = coverage;
    assessment.coverage_count = count;
    text = str_from(written(&arena, &assessment));
    assert_true(str_starts_with(text, str_from(row->begins)));
    assert_true(str_ends_with(text, str_from(row->ends)));
    assert_true(count > 0 || text.len == 0);
    arena_release(&arena);
}

/* ---- regions of nobody ---- */

static const struct type regions_type = { .name = { "AWS::EC2::Region", 16 } };

static const struct untold_row {
    const char *name;
    struct document_summary document;
    bool is_named; /* as what tells regions, but not whose */
} untold_rows[] = {
    { "an answer with regions, of an account that nothing tells",
      { .type = &regions_type, .state = STATE_COMPLETE },
      true },
    { "of an account that is told",
      { .type = &regions_type,
        .account = { "111122223333", 12 },
        .state = STATE_COMPLETE },
      false },
    { "one that proves nothing",
      { .type = &regions_type, .state = STATE_NOTHING },
      false },
    { "an answer of another kind",
      { .type = &sample_type, .state = STATE_COMPLETE },
      false },
    { "what is not known", { .type = NULL, .state = STATE_COMPLETE }, false },
};

static void untold_test(void **state)
{
    const struct untold_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const struct document_summary *documents[] = { &sample_document, &row->document };
    struct source_summary sources[] = { sample_source_summaries[1],
                                        sample_source_summaries[0] };
    struct coverage coverage = { .account = STR("1"),
                                 .delivered = list_of(&arena, "a") };
    struct assessment assessment = sample_assessment;

    sources[1].documents = documents;
    sources[1].document_count = SAMPLE_COUNT(documents);
    assessment.sources = sources;
    assessment.source_count = SAMPLE_COUNT(sources);
    assessment.coverage = &coverage;
    assessment.coverage_count = 1;
    assert_string_equal(
        written(&arena, &assessment),
        row->is_named
            ? "Coverage could not be checked: "
              "in/111122223333/us-east-1/rds-describe-db-snapshots.json tells regions, "
              "but nothing tells whose (give --assume-account, or save the answer of "
              "'aws sts get-caller-identity' beside it)\n\n"
            : account_rows[SAMPLE_COUNT(account_rows) - 1].line);
    coverage.is_closed = true;
    assert_string_equal(written(&arena, &assessment),
                        HEADING "    1: 0 expected, 1 delivered\n\n");
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, account_rows, account_test);
    TESTS_ADD_ROWS(&tests, accounts_rows, accounts_test);
    TESTS_ADD_ROWS(&tests, untold_rows, untold_test);
    return tests_run("report_coverage", &tests);
}
