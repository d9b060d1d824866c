/* Which records are cited of those that decide, and how many there are beside them. */
#include "scan_rows.h"

#define LISTING_FILE                                                                   \
    "123456789012/\n"                                                                  \
    "123456789012/us-east-1/\n"
#define SNAPSHOTS "123456789012/us-east-1/rds-describe-db-snapshots.json="

/* The first file is the listing. */
#define FILES "rds-describe-db-snapshots.json=\n"

/* How many that the deciding fact has are cited, the first and the last of them, and
 * how many are not. */
static const char *print_decisive(struct arena *arena,
                                  const struct assessment *assessment)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        const struct citation *first = NULL, *last = NULL;
        size_t count = 0, others = 0;

        for (size_t j = 0; j < finding->citation_count; j++) {
            const struct citation *citation = &finding->citations[j];

            if (!citation->decisive || str_equal(citation->fact, STR("resource"))) {
                others++;
                continue;
            }
            first = first == NULL ? citation : first;
            last = citation;
            count++;
        }
        buf_printf(&buf, "%s %zu", result_name(finding->result), count);
        if (first != NULL)
            buf_printf(&buf, " %.*s %s..%s", STR_ARG(first->fact),
                       citation_pointer(arena, first), citation_pointer(arena, last));
        buf_printf(&buf, " +%llu, %zu others\n",
                   (unsigned long long)finding->citations_more, others);
    }
    return buf_str(&buf).text;
}

#define RULE                                                                           \
    REGION_RULE                                                                        \
    "  all: { from: \"AWS::RDS::DBSnapshot\" }\n"                                      \
    "  engines: { from: \"AWS::RDS::DBSnapshot\", where: \"Engine != 'x'\" }\n"        \
    "  managed: { from: \"AWS::RDS::DBSnapshot\", where: \"SnapshotType == "           \
    "'awsbackup'\" }\n"                                                                \
    "  newest: { from: \"AWS::RDS::DBSnapshot\", max: SnapshotCreateTime }\n"          \
    "outcomes:\n"

static const struct large_row {
    const char *name;
    unsigned kinds, of_kind; /* records that are not managed: of so many engines */
    unsigned managed;        /* behind them */
    unsigned id_bytes;
    const char *expected;
} large_rows[] = {
    { "as many as are cited", 1, 10, 1000, 4,
      "pass 1000 managed /DBSnapshots/10../DBSnapshots/1009 +0, 11 others\n" },
    { "one more", 1, 10, 1001, 4,
      "pass 1000 managed /DBSnapshots/10../DBSnapshots/1009 +1, 11 others\n" },
    { "behind many others, and rare", 20, 1500, 12, 40,
      "pass 12 managed /DBSnapshots/30000../DBSnapshots/30011 +0, 11 others\n" },
    { "ids that leave no room for more", 0, 0, 900, 2000,
      "pass 421 managed /DBSnapshots/0../DBSnapshots/420 +479, 11 others\n" },
    { "an id that is larger than what is left", 0, 0, 7, 1024 * 1024 + 1,
      "pass 5 managed /DBSnapshots/0../DBSnapshots/4 +2, 11 others\n" },
};

static struct str listing_of(struct arena *arena, const struct large_row *row)
{
    struct buf buf = BUF_EMPTY(arena);
    unsigned others = row->kinds * row->of_kind;

    buf_add(&buf, STR("{\"DBSnapshots\": ["));
    for (unsigned i = 0; i < others + row->managed; i++)
        buf_printf(&buf,
                   "%s\n{\"DBSnapshotIdentifier\": \"%0*u\", \"SnapshotType\": \"%s\","
                   " \"Engine\": \"e%u\"}",
                   i == 0 ? "" : ",", (int)row->id_bytes, i,
                   i < others ? "manual" : "awsbackup",
                   i < others ? i % row->kinds : 0);
    buf_add(&buf, STR("]}"));
    return buf_str(&buf);
}

static void large_test(void **state)
{
    const struct large_row *row = *state;
    const struct scan_row files = { .files = FILES };
    const struct settings settings = { .assume_account = { "123456789012", 12 },
                                       .assume_region = { "us-east-1", 9 } };
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(
        scan_print_by(&arena, &files,
                      RULE "  - { result: pass, when: \"managed > `0`\", message: p }\n"
                           "  - { result: fail, message: f }\n",
                      &settings, listing_of(&arena, row), print_decisive),
        row->expected);
    arena_release(&arena);
}

#define ONE(id, type)                                                                  \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"" type                    \
    "\",\"Engine\":\"e\",\"SnapshotCreateTime\":\"2026-01-0" id "T00:00:00Z\"}"
#define TREE                                                                           \
    LISTING_FILE SNAPSHOTS "{\"DBSnapshots\":[" ONE("1", "manual") "," ONE(            \
        "2", "awsbackup") "," ONE("3", "manual") "," ONE("4", "awsbackup") "]}\n"

static const struct deciding_row {
    const char *name, *outcomes, *expected;
} deciding_rows[] = {
    { "the fact of the `when` that holds",
      "  - { result: fail, when: \"all == `0`\", message: f }\n"
      "  - { result: pass, when: \"managed > `0` && all > `0`\", message: p }\n"
      "  - { result: fail, message: f }\n",
      "pass 2 managed /DBSnapshots/1../DBSnapshots/3 +0, 9 others\n" },
    { "which is read first, whatever the order of facts",
      "  - { result: pass, when: \"`0` < all && managed > `0`\", message: p }\n"
      "  - { result: fail, message: f }\n",
      "pass 4 all /DBSnapshots/0../DBSnapshots/3 +0, 7 others\n" },
    { "without one that holds, of the first",
      "  - { result: pass, when: \"managed == `0`\", message: p }\n"
      "  - { result: pass, when: \"all == `0`\", message: p }\n"
      "  - { result: fail, message: f }\n",
      "fail 2 managed /DBSnapshots/1../DBSnapshots/3 +0, 9 others\n" },
    { "of one that is unknown",
      "  - { result: pass, when: \"all == `0`\", message: p }\n"
      "  - { result: fail, when: \"managed > `2`\", message: f }\n"
      "  - { result: pass, when: \"engines == `4`\", message: p }\n"
      "  - { result: unknown, message: u }\n",
      "pass 4 engines /DBSnapshots/0../DBSnapshots/3 +0, 7 others\n" },
    { "the record that has a maximum",
      "  - { result: pass, when: \"newest > '2026-01-02'\", message: p }\n"
      "  - { result: fail, message: f }\n",
      "pass 1 newest /DBSnapshots/3../DBSnapshots/3 +0, 10 others\n" },
    { "the listing, if none counts",
      "  - { result: pass, when: \"engines == `0`\", message: p }\n"
      "  - { result: fail, message: f }\n",
      "fail 4 engines /DBSnapshots/0../DBSnapshots/3 +0, 7 others\n" },
    { "none, if it reads no fact",
      "  - { result: pass, when: \"region == 'us-east-1'\", message: p }\n"
      "  - { result: fail, message: f }\n",
      "pass 0 +0, 11 others\n" },
};

static void deciding_test(void **state)
{
    const struct deciding_row *row = *state;
    static const struct scan_row files = { .files = TREE };
    const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;
    const char *rule = arena_printf(&arena, RULE "%s", row->outcomes);

    assert_string_equal(
        scan_print_by(&arena, &files, rule, &settings, STR_NONE, print_decisive),
        row->expected);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, large_rows, large_test);
    TESTS_ADD_ROWS(&tests, deciding_rows, deciding_test);
    return tests_run("explain_citations", &tests);
}
