#include "report_sample.h"

#include "rows.h"

#include "report/text.h"

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

static const char *written_by(struct arena *arena, const struct assessment *assessment,
                              bool is_short)
{
    struct buf out = BUF_EMPTY(arena);
    struct text text = {
        .writer = { .assessment = assessment,
                    .arena = arena,
                    .page = PAGE_NEW(&out, 300) },
        .is_short = is_short,
        .has_rest = true,
    };

    text_coverage(&text);
    assert_int_equal(text.was_cut,
                     is_short && strstr(buf_str(&out).text, " more\n") != NULL);
    return buf_str(&out).text;
}

static const char *written(struct arena *arena, const struct assessment *assessment)
{
    return written_by(arena, assessment, false);
}

/* ---- an account ---- */

static const struct account_row {
    const char *name;
    const char *expected, *delivered;
    bool is_closed;
    const char *told_by;
    const char *line;
} account_rows[] = {
    { "all came", "a b", "a b", true, "x.json",
      "Coverage: all 2 expected regions of 1 are there (told by x.json)\n" },
    { "the first is missing", "a b c", "b c", true, NULL,
      "Coverage: 1 of 3 expected regions missing: a in 1\n" },
    { "the last is", "a b c", "a b", true, NULL,
      "Coverage: 1 of 3 expected regions missing: c in 1\n" },
    { "those between are", "a b c d", "a d", true, NULL,
      "Coverage: 2 of 4 expected regions missing: b, c in 1\n" },
    { "all are", "a b", "", true, NULL,
      "Coverage: 2 of 2 expected regions missing: a, b in 1\n" },
    { "others came", "b d", "a c e", true, NULL,
      "Coverage: 2 of 2 expected regions missing: b, d in 1\n" },
    { "others came besides", "b", "a b c", true, NULL,
      "Coverage: the only expected region of 1 is there\n" },
    { "there may be more", "a b", "a", false, "x",
      "Coverage: 1 of at least 2 expected regions missing: b in 1 (told by x)\n" },
    { "there may be more, of those that came", "a b", "a b", false, NULL,
      "Coverage: all 2 expected regions of 1 are there; there may be more\n" },
    { "none is expected", "", "a", true, NULL,
      "Coverage: no region is expected of 1\n" },
    { "nothing tells which", "", "a", false, NULL,
      "Coverage: could not be checked: nothing tells which regions to expect (collect "
      "'aws ec2 describe-regions --all-regions', or give --expect-regions)\n" },
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
    bool is_short;
    const char *text;
} accounts_rows[] = {
    { "no account", 0, 0, 0, false, "" },
    { "where regions are missing comes first", 1, 1, 1, false,
      "Coverage: 1 of 2 expected regions missing: b in account-02\n"
      "  nothing tells which regions to expect of account-00 (1 delivered)\n"
      "  the only expected region of account-01 is there\n" },
    { "those alike are one line", 2, 3, 2, false,
      "Coverage: 1 of 2 expected regions missing: b in account-05, account-06\n"
      "  nothing tells which regions to expect of each of 2 accounts (1 delivered)\n"
      "  the only expected region of each of 3 accounts is there\n" },
    { "shortened, 20 are named", 0, 0, 20, true,
      "Coverage: 1 of 2 expected regions missing: b in account-00, account-01, "
      "account-02, account-03, account-04, account-05, account-06, account-07, "
      "account-08, account-09, account-10, account-11, account-12, account-13, "
      "account-14, account-15, account-16, account-17, account-18, account-19\n" },
    { "and no more", 0, 0, 22, true,
      "Coverage: 1 of 2 expected regions missing: b in account-00, account-01, "
      "account-02, account-03, account-04, account-05, account-06, account-07, "
      "account-08, account-09, account-10, account-11, account-12, account-13, "
      "account-14, account-15, account-16, account-17, account-18, account-19 and 2 "
      "more\n" },
};

/* As they are printed where no line is too long. */
static const char *without_breaks(struct arena *arena, const char *text)
{
    char *joined = arena_copy(arena, text, strlen(text));

    for (char *at = joined; (at = strstr(at, "\n    ")) != NULL;) {
        *at = ' ';
        memmove(at + 1, at + 5, strlen(at + 5) + 1);
    }
    return joined;
}

static void accounts_test(void **state)
{
    const struct accounts_row *row = *state;
    size_t count = row->untold + row->whole + row->lacking;
    struct arena arena = ARENA_EMPTY;
    struct coverage *coverage = arena_array(&arena, count, struct coverage);
    struct assessment assessment = sample_assessment;

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
    assert_string_equal(
        without_breaks(&arena, written_by(&arena, &assessment, row->is_short)),
        row->text);
    arena_release(&arena);
}

static void what_tells_them_alike_is_told_once(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_assessment;
    struct coverage coverage[2] = { { .account = STR("1"),
                                      .told_by = "in/1/r.json",
                                      .is_closed = true,
                                      .expected = list_of(&arena, "a"),
                                      .delivered = list_of(&arena, "a") } };

    (void)state;
    coverage[1] = coverage[0];
    coverage[1].account = STR("2");
    coverage[1].told_by = "in/2/r.json";
    assessment.coverage = coverage;
    assessment.coverage_count = 2;
    assert_string_equal(written(&arena, &assessment),
                        "Coverage: the only expected region of each of 2 accounts is "
                        "there (told by in/ACCOUNT/r.json)\n");
    coverage[1].told_by = "in/2/regions.json";
    assert_string_equal(written(&arena, &assessment),
                        "Coverage: the only expected region of 1 is there (told by "
                        "in/1/r.json)\n"
                        "  the only expected region of 2 is there (told by "
                        "in/2/regions.json)\n");
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
            ? "Coverage: could not be checked: "
              "in/111122223333/us-east-1/rds-describe-db-snapshots.json tells regions, "
              "but nothing tells whose (give --assume-account, or save the answer of "
              "'aws sts get-caller-identity' beside it)\n"
            : account_rows[SAMPLE_COUNT(account_rows) - 1].line);
    documents[0] = &row->document; /* whichever it is */
    documents[1] = &sample_document;
    assert_int_equal(strstr(written(&arena, &assessment), " tells regions, ") != NULL,
                     row->is_named);
    coverage.is_closed = true;
    assert_string_equal(written(&arena, &assessment),
                        "Coverage: no region is expected of 1\n");
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, account_rows, account_test);
    TESTS_ADD_ROWS(&tests, accounts_rows, accounts_test);
    TESTS_ADD(&tests, what_tells_them_alike_is_told_once);
    TESTS_ADD_ROWS(&tests, untold_rows, untold_test);
    return tests_run("report_coverage", &tests);
}
