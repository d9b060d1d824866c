#include "explain/waive.h"

#include "rows.h"

#include <string.h>

/*
 * Findings and waivers as words: "RULE ACCOUNT REGION RESOURCE RESULT", - for what is
 * not there; a region that ends in ! is of a scope that nothing tells (its only source
 * is a file). Waivers: "RULE ACCOUNT REGION RESOURCE EXPIRES".
 */
enum { LINES_MAX = 4 };

static const struct row {
    const char *name;
    const char *findings[LINES_MAX], *waivers[LINES_MAX];
    const char *results;  /* a letter a finding; of one that is waived, the line of its
                             waiver, from 1 */
    const char *problems; /* "CODE@LINE", a blank between two */
    size_t open;
    const char *accounts; /* of --account; NULL: all */
} rows[] = {
    { "a fail is waived",
      { "a 111 r x fail", "a 111 r y fail" },
      { "a 111 r x 2026-12-31" },
      "1f",
      "",
      0,
      NULL },
    { "and nothing else is",
      { "a 111 r x pass", "a 111 r y unknown", "a 111 r z not_applicable" },
      { "a 111 r x 2026-12-31", "a 111 r y 2026-12-31", "a 111 r z 2026-12-31" },
      "pun",
      "waiver-unused@1 waiver-unused@3",
      1,
      NULL },
    { "each part must fit",
      { "a 111 r x fail" },
      { "b 111 r x 2026-12-31", "a 112 r x 2026-12-31", "a 111 s x 2026-12-31",
        "a 111 r y 2026-12-31" },
      "f",
      "waiver-unused@1 waiver-unused@2 waiver-unused@3 waiver-unused@4",
      0,
      NULL },
    { "the first counts, and all are used",
      { "a 111 r x fail" },
      { "b 111 r x 2026-12-31", "a 11? r x 2026-12-31", "a 111 r x 2026-12-31" },
      "2",
      "waiver-unused@1",
      0,
      NULL },
    { "literals before a glob in the file count first, too",
      { "a 111 r x fail", "a 111 r y fail" },
      { "a 111 r x 2026-12-31", "a 111 r * 2026-12-31" },
      "12",
      "",
      0,
      NULL },
    { "it holds on its last day",
      { "a 111 r x fail" },
      { "a 111 r x 2026-06-15" },
      "1",
      "",
      0,
      NULL },
    { "and no longer",
      { "a 111 r x fail" },
      { "a 111 r x 2026-06-14" },
      "f",
      "waiver-expired@1",
      0,
      NULL },
    { "one that is expired makes room for the next",
      { "a 111 r x fail" },
      { "a 111 r x 2026-06-14", "a 111 r * 2026-06-15" },
      "2",
      "waiver-expired@1",
      0,
      NULL },
    { "one that is too broad is not applied",
      { "a 111 r x fail" },
      { "* 111 r x 2026-12-31", "a * * * 2026-12-31" },
      "f",
      "waiver-broad@1 waiver-broad@2",
      0,
      NULL },
    { "too broad and expired is said once",
      { "a 111 r x fail" },
      { "* 111 r x 2026-01-01" },
      "f",
      "waiver-broad@1",
      0,
      NULL },
    { "what is not there is a dash",
      { "a 111 - - fail", "b - r - fail" },
      { "a 111 - - 2026-12-31", "b - r - 2026-12-31" },
      "12",
      "",
      0,
      NULL },
    { "a glob is of that, too",
      { "a 111 - - fail" },
      { "a 1* * * 2026-12-31" },
      "1",
      "",
      0,
      NULL },
    { "a dash is no record's name",
      { "a 111 r x fail" },
      { "a 111 r - 2026-12-31" },
      "f",
      "waiver-unused@1",
      0,
      NULL },
    { "records that no evidence shows may be any",
      { "a 111 r * unknown" },
      { "a 111 r x 2026-12-31", "a 111 s x 2026-12-31", "b 111 r x 2026-12-31" },
      "u",
      "waiver-unused@2 waiver-unused@3",
      1,
      NULL },
    { "what tells no account may be of any",
      { "a - r! - unknown" },
      { "a 111 r - 2026-12-31", "a 111 s - 2026-12-31", "b 111 r - 2026-12-31" },
      "u",
      "waiver-unused@2 waiver-unused@3",
      1,
      NULL },
    { "even where it fails, though it is not waived",
      { "a - r! - fail" },
      { "a 111 r - 2026-12-31" },
      "f",
      "",
      1,
      NULL },
    { "but by a waiver of it",
      { "a - r! - fail" },
      { "a - r - 2026-12-31" },
      "1",
      "",
      0,
      NULL },
    { "what tells no region may be of any",
      { "a 111 -! - unknown" },
      { "a 111 s - 2026-12-31", "a 112 s - 2026-12-31" },
      "u",
      "waiver-unused@2",
      1,
      NULL },
    { "a finding of an account alone is of no region",
      { "a 111 - - unknown" },
      { "a 111 s - 2026-12-31" },
      "u",
      "waiver-unused@1",
      0,
      NULL },
    { "what passes needs no waiver, whatever it does not tell",
      { "a - r! - pass" },
      { "a 111 r - 2026-12-31" },
      "p",
      "waiver-unused@1",
      0,
      NULL },
    { "a rule that does not run is not called unused",
      { "a 111 r x fail" },
      { "off 111 r x 2026-12-31", "of? 111 r x 2026-12-31" },
      "f",
      "",
      0,
      NULL },
    { "nor an account that was not asked for",
      { "a 111 r x fail" },
      { "a 222 r x 2026-12-31", "a 111 s x 2026-12-31", "a - s x 2026-12-31" },
      "f",
      "waiver-unused@2 waiver-unused@3",
      0,
      "111" },
    { "without waivers nothing changes",
      { "a 111 r x fail" },
      { NULL },
      "f",
      "",
      0,
      NULL },
};

/* The words of a line, "-" as absent text if `dashes`. */
static void split(struct arena *arena, const char *line, bool dashes, struct str *words)
{
    struct str rest = str_from(line);

    for (size_t i = 0; i < 5; i++) {
        words[i] = str_copy(arena, str_next(&rest, ' '));
        if (dashes && str_equal(words[i], STR("-")))
            words[i] = STR_NONE;
    }
}

static enum result result_of(struct str word)
{
    int result = 0;

    while (!str_equal(word, str_from(result_name((enum result)result))))
        result++;
    return (enum result)result;
}

static struct finding finding_of(struct arena *arena, const char *line,
                                 const struct rulebook *book)
{
    static const struct type type = { .name = { "T", 1 } };
    struct finding finding = { 0 };
    struct str words[5];

    split(arena, line, true, words);
    for (size_t i = 0; i < book->count; i++)
        if (str_equal(book->rules[i]->id, words[0]))
            finding.rule = book->rules[i];
    finding.account = words[1];
    finding.region = words[2];
    if (str_ends_with(finding.region, STR("!"))) {
        finding.source = "a file";
        finding.region.len--;
        if (str_equal(finding.region, STR("-")))
            finding.region = STR_NONE;
    }
    finding.resource = words[3];
    if (words[3].text != NULL && !str_equal(words[3], STR("*")))
        finding.resource_type = &type;
    finding.result = result_of(words[4]);
    return finding;
}

static const struct waivers *waivers_of(struct arena *arena, const char *const *lines,
                                        const struct rulebook *book)
{
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    struct buf text = BUF_EMPTY(arena);
    struct str words[5];

    buf_add(&text, STR("format: 1\nwaivers: [\n"));
    for (size_t i = 0; i < LINES_MAX && lines[i] != NULL; i++) {
        split(arena, lines[i], false, words);
        buf_printf(
            &text,
            "{ rule: '%s', account: '%s%s', region: '%s', resource: '%s', "
            "reason: r, owner: o, expires: %s },\n",
            words[0].text, words[1].text, words[1].len == 3 ? "000000000" : "",
            is_letter(words[2].text[0])
                ? arena_printf(arena, "%s%s-east-1", words[2].text, words[2].text)
                : words[2].text,
            words[3].text, words[4].text);
    }
    buf_add(&text, STR("]\n"));
    return waivers_parse(arena, "w", buf_str(&text), book, &mistakes);
}

/* As waivers have them: accounts of 12 digits, regions such as rr-east-1. */
static void complete(struct arena *arena, struct finding *finding)
{
    if (finding->account.text != NULL)
        finding->account =
            str_from(arena_printf(arena, "%.*s000000000", STR_ARG(finding->account)));
    if (finding->region.text != NULL)
        finding->region =
            str_from(arena_printf(arena, "%.*s%.*s-east-1", STR_ARG(finding->region),
                                  STR_ARG(finding->region)));
}

static const struct rulebook *book(void)
{
    static const struct rule a = { .id = { "a", 1 } }, b = { .id = { "b", 1 } };
    static const struct rule *rules[] = { &a, &b };
    static struct str known[] = { { "a", 1 }, { "b", 1 }, { "off", 3 } };
    static const struct rulebook book = { .rules = rules,
                                          .count = COUNT_OF(rules),
                                          .known = { known, COUNT_OF(known) } };

    return &book;
}

/* Line 1 of the waivers is line 3 of the file. */
static const char *problems_said(struct arena *arena, struct problems *problems)
{
    struct buf said = BUF_EMPTY(arena);

    problems_sort(problems);
    for (size_t i = 0; i < problems->count; i++)
        buf_printf(&said, "%s%s@%d", i > 0 ? " " : "",
                   code_name(reason_code(&problems->items[i].reason)),
                   (int)problems->items[i].line - 2);
    return said.len > 0 ? buf_str(&said).text : "";
}

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct problems problems = PROBLEMS_EMPTY(&arena);
    struct str account = STR_NONE;
    struct settings settings = { .as_of = STR("2026-06-15T00:00:00Z") };
    struct finding findings[LINES_MAX];
    struct assessment assessment = { .settings = &settings,
                                     .book = book(),
                                     .findings = findings };
    struct buf results = BUF_EMPTY(&arena);

    if (row->accounts != NULL) {
        account = str_from(arena_printf(&arena, "%s000000000", row->accounts));
        settings.accounts = (struct str_list){ &account, 1 };
    }
    for (size_t i = 0; i < LINES_MAX && row->findings[i] != NULL; i++) {
        findings[i] = finding_of(&arena, row->findings[i], book());
        complete(&arena, &findings[i]);
        assessment.finding_count++;
    }
    if (row->waivers[0] != NULL) {
        settings.waivers_read = waivers_of(&arena, row->waivers, book());
        assert_non_null(settings.waivers_read);
    }
    waive(&arena, &assessment, &problems);
    for (size_t i = 0; i < assessment.finding_count; i++) {
        assert_int_equal(assessment.findings[i].result == RESULT_WAIVED,
                         assessment.findings[i].waiver != NULL);
        if (assessment.findings[i].waiver != NULL)
            buf_printf(&results, "%zu", assessment.findings[i].waiver->place.line - 2);
        else
            buf_printf(&results, "%.1s", result_name(assessment.findings[i].result));
    }
    assert_string_equal(buf_str(&results).text, row->results);
    assert_string_equal(problems_said(&arena, &problems), row->problems);
    assert_int_equal(assessment.summary.waivers_stale, problems.count);
    assert_int_equal(assessment.summary.waivers_open, row->open);
    arena_release(&arena);
}

/* ---- many ---- */

enum { MANY_FINDINGS = 200 * 1000 };

/* Of one rule, account and region: what tells them from others is the record alone. */
static void many_waivers_of_many_findings(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct problems problems = PROBLEMS_EMPTY(&arena);
    struct finding *findings = arena_array(&arena, MANY_FINDINGS, struct finding);
    struct waiver *items = arena_array(&arena, WAIVERS_MAX, struct waiver);
    const struct waivers waivers = { .path = "w",
                                     .items = items,
                                     .count = WAIVERS_MAX };
    const struct settings settings = { .as_of = STR("2026-06-15T00:00:00Z"),
                                       .waivers_read = &waivers };
    struct assessment assessment = { .settings = &settings,
                                     .book = book(),
                                     .findings = findings,
                                     .finding_count = MANY_FINDINGS };
    size_t waived = 0;

    (void)state;
    for (size_t i = 0; i < WAIVERS_MAX; i++) {
        items[i] = (struct waiver){
            .globs = { STR("a"), STR("111111111111"), STR("*"),
                       str_from(arena_printf(&arena, "db-%zu", i)) },
            .owner = STR("o"),
            .ends = INT64_MAX,
            .place = { "w", i + 1, 1 },
        };
    }
    for (size_t i = 0; i < MANY_FINDINGS; i++) {
        findings[i] = (struct finding){
            .rule = book()->rules[0],
            .account = STR("111111111111"),
            .region = STR("us-east-1"),
            .resource = str_from(arena_printf(&arena, "db-%zu", i + WAIVERS_MAX / 2)),
            .result = RESULT_FAIL,
        };
    }
    waive(&arena, &assessment, &problems);
    for (size_t i = 0; i < MANY_FINDINGS; i++)
        waived += assessment.findings[i].result == RESULT_WAIVED;
    assert_int_equal(waived, WAIVERS_MAX / 2);
    assert_int_equal(problems.count, WAIVERS_MAX / 2);
    assert_int_equal(assessment.summary.waivers_stale, WAIVERS_MAX / 2);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, many_waivers_of_many_findings);
    return tests_run("explain_waive", &tests);
}
