/*
 * --account and --region, a row a case: which findings, problems and coverage are kept,
 * and what is said where nothing is.
 */
#include "scan_rows.h"

#define A                   "123456789012"
#define B                   "210987654321"
#define ANSWER              "rds-describe-db-snapshots.json={\"DBSnapshots\":[]}\n"
#define IN(account, region) account "/" region "/\n" account "/" region "/" ANSWER
#define TREE                                                                           \
    A "/\n" B "/\n" IN(A, "eu-west-1") IN(A, "us-east-1") IN(B, "us-east-1") A         \
        "/us-east-1/broken.json={\n" B "/us-east-1/broken.json={\n"                    \
        "broken.json={\n"
#define FAIL(place) place " fail n=0 m=0 +not-narrowed\n"
#define CUT(place)  place " unknown n=0.. m=0.. -may-be-last-page -cut-off\n"

static const struct filter_row {
    const char *name;
    const char *accounts[3], *regions[3];
    const char *files;
    const char
        *expected; /* findings, problems by their paths, coverage; or the error */
} rows[] = {
    { "all",
      { 0 },
      { 0 },
      TREE,
      "123456789012 eu-west-1 fail n=0 m=0 +not-narrowed +pages-together\n"
      "123456789012 us-east-1 unknown n=0.. m=0.. -may-be-last-page -cut-off\n"
      "210987654321 us-east-1 unknown n=0.. m=0.. -may-be-last-page -cut-off\n"
      "P ./123456789012/us-east-1/broken.json\n"
      "P ./210987654321/us-east-1/broken.json\n"
      "P ./broken.json\n"
      "C 123456789012 eu-west-1 us-east-1\n"
      "C 210987654321 us-east-1\n" },
    { "one account",
      { A },
      { 0 },
      TREE,
      "123456789012 eu-west-1 fail n=0 m=0 +not-narrowed +pages-together\n"
      "123456789012 us-east-1 unknown n=0.. m=0.. -may-be-last-page -cut-off\n"
      "P ./123456789012/us-east-1/broken.json\n"
      "P ./broken.json\n"
      "C 123456789012 eu-west-1 us-east-1\n" },
    { "another",
      { B },
      { 0 },
      TREE,
      "210987654321 us-east-1 unknown n=0.. m=0.. -may-be-last-page -cut-off\n"
      "P ./210987654321/us-east-1/broken.json\n"
      "P ./broken.json\n"
      "C 210987654321 us-east-1\n" },
    { "both",
      { B, A },
      { 0 },
      TREE,
      "123456789012 eu-west-1 fail n=0 m=0 +not-narrowed +pages-together\n"
      "123456789012 us-east-1 unknown n=0.. m=0.. -may-be-last-page -cut-off\n"
      "210987654321 us-east-1 unknown n=0.. m=0.. -may-be-last-page -cut-off\n"
      "P ./123456789012/us-east-1/broken.json\n"
      "P ./210987654321/us-east-1/broken.json\n"
      "P ./broken.json\n"
      "C 123456789012 eu-west-1 us-east-1\n"
      "C 210987654321 us-east-1\n" },
    { "one region",
      { 0 },
      { "eu-west-1" },
      TREE,
      "123456789012 eu-west-1 fail n=0 m=0 +not-narrowed +pages-together\n"
      "P ./broken.json\n"
      "C 123456789012 eu-west-1\n"
      "C 210987654321\n" },
    { "one account's region",
      { A },
      { "us-east-1" },
      TREE,
      "123456789012 us-east-1 unknown n=0.. m=0.. -may-be-last-page -cut-off\n"
      "P ./123456789012/us-east-1/broken.json\n"
      "P ./broken.json\n"
      "C 123456789012 us-east-1\n" },
    { "an account that is not there",
      { "111111111111" },
      { 0 },
      TREE,
      "option '--account': there is no evidence of '111111111111', but of "
      "123456789012, 210987654321" },
    { "one that is, and one that is not",
      { A, "111111111111" },
      { 0 },
      TREE,
      "option '--account': there is no evidence of '111111111111', but of "
      "123456789012, 210987654321" },
    { "a region that is not there",
      { 0 },
      { "us-west-2" },
      TREE,
      "option '--region': there is no evidence of 'us-west-2', but of eu-west-1, "
      "us-east-1" },
    { "a region of another account",
      { B },
      { "eu-west-1" },
      TREE,
      "option '--account': there is no evidence of '210987654321' in the regions asked "
      "for, but of 123456789012, 210987654321" },
    { "a region of one of them",
      { A, B },
      { "eu-west-1" },
      TREE,
      "option '--account': there is no evidence of '210987654321' in the regions asked "
      "for, but of 123456789012, 210987654321" },
    { "nothing that is told",
      { A },
      { 0 },
      "x.json={\"DBSnapshots\":[]}\n",
      "option '--account': there is no evidence of '123456789012', but of none that is "
      "told" },
    { "what is not told is kept",
      { A },
      { 0 },
      A "/\n" A "/us-east-1/\n" A "/us-east-1/" ANSWER "x.json={\"DBSnapshots\":[]}\n",
      "- - fail n=0 m=0 +not-narrowed\n"
      "123456789012 us-east-1 fail n=0 m=0 +not-narrowed\n"
      "C 123456789012 us-east-1\n" },
    { "as many as are named",
      { 0 },
      { "us-east-2" },
      A "/\n" IN(A, "eu-west-1") IN(A, "eu-west-2") IN(A, "eu-west-3")
          IN(A, "us-east-1") IN(A, "us-west-1"),
      "option '--region': there is no evidence of 'us-east-2', but of eu-west-1, "
      "eu-west-2, eu-west-3, us-east-1, us-west-1" },
    { "more than are named",
      { 0 },
      { "us-east-2" },
      A "/\n" IN(A, "eu-west-1") IN(A, "eu-west-2") IN(A, "eu-west-3")
          IN(A, "us-east-1") IN(A, "us-west-1") IN(A, "us-west-2") A "/ca-central-1/\n",
      "option '--region': there is no evidence of 'us-east-2', but of ca-central-1, "
      "eu-west-1, eu-west-2, eu-west-3, us-east-1 and 2 more" },
    { "a problem of the first file, and of the last",
      { B },
      { 0 },
      A "/\n" A "/us-east-1/\n" B "/\n" IN(B, "us-east-1") A "/us-east-1/a.json={\n" B
                                                             "/us-east-1/z.json={\n",
      "210987654321 us-east-1 unknown n=0.. m=0.. -may-be-last-page -cut-off\n"
      "P ./210987654321/us-east-1/z.json\n"
      "C 210987654321 us-east-1\n" },
    { "the other way",
      { A },
      { 0 },
      A "/\n" A "/us-east-1/\n" B "/\n" IN(B, "us-east-1") A "/us-east-1/a.json={\n" B
                                                             "/us-east-1/z.json={\n",
      "123456789012 us-east-1 unknown n=0.. m=0.. -missing -cut-off\n"
      "P ./123456789012/us-east-1/a.json\n"
      "C 123456789012\n" },
    { "a problem of what is mislabelled stays",
      { A },
      { 0 },
      A "/\n" B "/\n" IN(A, "us-east-1") B
      "/us-east-1/\n" B "/us-east-1/rds-describe-db-snapshots.json={\"DBSnapshots\":[{"
      "\"DBSnapshotIdentifier\":\"a\",\"DBSnapshotArn\":\"arn:aws:rds:us-east-1:" A
      ":snapshot:a\"}]}\n",
      "123456789012 us-east-1 fail n=0 m=0 +not-narrowed\n"
      "P ./210987654321/us-east-1/rds-describe-db-snapshots.json\n"
      "C 123456789012 us-east-1\n" },
    { "regions that are expected of what is kept",
      { 0 },
      { "us-east-1" },
      A "/\n" IN(A, "us-east-1") A
      "/ec2-describe-regions.json={\"Regions\":[{"
      "\"RegionName\":\"us-east-1\",\"Endpoint\":\"e\",\"OptInStatus\":\"opted-in\"},"
      "{\"RegionName\":\"eu-west-1\",\"Endpoint\":\"e\",\"OptInStatus\":\"opted-in\"}]}"
      "\n",
      "123456789012 us-east-1 fail n=0 m=0 +not-narrowed\n"
      "C 123456789012 +us-east-1 us-east-1\n" },
};

static struct str_list list_of(struct arena *arena, const char *const texts[3])
{
    struct str_list list = { .items = arena_array(arena, 3, struct str) };

    while (list.count < 3 && texts[list.count] != NULL) {
        list.items[list.count] = str_from(texts[list.count]);
        list.count++;
    }
    return list;
}

static const char *print_kept(struct arena *arena, const struct assessment *assessment)
{
    struct buf buf = BUF_EMPTY(arena);
    const char *findings = print_findings(arena, assessment);
    const char *end = strstr(findings, "P ");

    buf_add(&buf, end != NULL ? (struct str){ findings, (size_t)(end - findings) }
                              : str_from(findings));
    for (size_t i = 0; i < assessment->problem_count; i++)
        buf_printf(&buf, "P %s\n", assessment->problems[i].path);
    for (size_t i = 0; i < assessment->coverage_count; i++) {
        const struct coverage *coverage = &assessment->coverage[i];

        buf_printf(&buf, "C %.*s", STR_ARG(coverage->account));
        for (size_t j = 0; j < coverage->expected.count; j++)
            buf_printf(&buf, " +%.*s", STR_ARG(coverage->expected.items[j]));
        for (size_t j = 0; j < coverage->delivered.count; j++)
            buf_printf(&buf, " %.*s", STR_ARG(coverage->delivered.items[j]));
        for (size_t j = 0; j < coverage->unused.count; j++)
            buf_printf(&buf, " -%.*s", STR_ARG(coverage->unused.items[j]));
        buf_add_byte(&buf, '\n');
    }
    return buf_str(&buf).text;
}

static void of_filters(void **state)
{
    const struct filter_row *row = *state;
    const struct scan_row files = { row->name, row->files, row->expected };
    struct arena arena = ARENA_EMPTY;
    const struct settings settings = { .accounts = list_of(&arena, row->accounts),
                                       .regions = list_of(&arena, row->regions) };

    assert_string_equal(
        scan_print_by(&arena, &files, snapshots_rule, &settings, STR_NONE, print_kept),
        row->expected);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_filters);
    return tests_run("judge_filter", &tests);
}
