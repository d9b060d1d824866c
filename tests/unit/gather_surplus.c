/* Documents of a file that say the same are counted, not kept, and change no verdict.
 */
#include "scan_rows.h"

#include "gather/surplus.h"

enum { MANY = 40 };

/* A file of this name, with the text as often as there are documents in it. */
struct wanted_row {
    const char *name;
    const char *file;
    const char *text;
    size_t kinds; /* of documents in the text */
};

#define NAMED "123456789012/us-east-1/rds-describe-db-snapshots.json"
#define OTHER "123456789012/us-east-1/x.json"

static const struct wanted_row rows[] = {
    { "numbers that are no evidence", OTHER, "0\n", 1 },
    { "numbers where a listing should be", NAMED, "0\n", 1 },
    { "objects that are no evidence", OTHER, "{}\n", 1 },
    { "objects with something in them that are no evidence", OTHER, "{\"a\": 1}\n", 1 },
    { "objects where a listing should be", NAMED, "{}\n", 1 },
    { "arrays with something in them that are no evidence", OTHER, "[0]\n", 1 },
    { "empty arrays of a call", NAMED, "[]\n", 1 },
    { "listings of nothing", OTHER, "{\"DBSnapshots\": []}\n", 1 },
    { "pages of nothing", OTHER, "{\"DBSnapshots\": [], \"NextToken\": \"t\"}\n", 1 },
    { "a key that stands twice", OTHER, "{\"DBSnapshots\": [], \"DBSnapshots\": []}\n",
      1 },
    { "a listing that stands elsewhere", OTHER, "{\"a\": {\"DBSnapshots\": []}}\n", 1 },
    { "several kinds in turn", NAMED,
      "0\nnull\n{\"DBSnapshots\": []}\n{\"DBSnapshots\": [], \"NextToken\": \"t\"}\n",
      4 },
};

static struct str repeated(struct arena *arena, const char *text, size_t times)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < times; i++)
        buf_add(&buf, str_from(text));
    return buf_str(&buf);
}

/* Whether it could; false: there are too many documents. */
static bool scan_text(struct arena *arena, const char *file, struct str text,
                      const struct scan_wanted *as, struct assessment *assessment)
{
    static const char *const paths[] = { "e" };
    struct str rules = STR("r.yaml");
    const struct rulebook_wanted wanted = { .paths = { &rules, 1 },
                                            .no_builtin = true };
    const struct settings settings = { 0 };
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    struct scan_wanted scanned = *as;
    struct error err = { 0 };
    struct tree tree;
    bool done;

    tree_make(&tree, "e/\ne/123456789012/\ne/123456789012/us-east-1/\n"
                     "e/second.json=0\n");
    tree_write("r.yaml", snapshots_rule, strlen(snapshots_rule));
    tree_write(arena_printf(arena, "e/%s", file), text.text, text.len);
    scanned.book = rulebook_load(arena, &wanted, &mistakes);
    scanned.settings = &settings;
    scanned.paths = paths;
    scanned.path_count = 1;
    assert_non_null(scanned.book);
    done = scan(arena, &scanned, assessment, &err);
    if (!done)
        assert_non_null(strstr(err.message, "scan fewer files at a time"));
    tree_remove(&tree);
    return done;
}

static const char *findings_of(struct arena *arena, const struct wanted_row *row,
                               size_t times, struct assessment *assessment)
{
    const struct scan_wanted as = { 0 };

    assert_true(scan_text(arena, row->file, repeated(arena, row->text, times), &as,
                          assessment));
    assessment->problem_count = 0; /* of them there are more */
    return print_findings(arena, assessment);
}

static void counts_what_it_does_not_keep(void **state)
{
    const struct wanted_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct assessment few, many;
    const char *expected = findings_of(&arena, row, SURPLUS_KEPT_MAX, &few);
    const struct source_summary *source;
    uint64_t index = 0;

    assert_string_equal(findings_of(&arena, row, MANY, &many), expected);
    source = &few.sources[0];
    assert_int_equal(source->document_count, SURPLUS_KEPT_MAX * row->kinds);
    assert_int_equal(source->surplus, 0);
    source = &many.sources[0];
    assert_int_equal(source->document_count, SURPLUS_KEPT_MAX * row->kinds);
    assert_int_equal(source->surplus, (MANY - SURPLUS_KEPT_MAX) * row->kinds);
    for (size_t i = 0; i < source->document_count; i++) {
        const struct document_summary *document = source->documents[i];
        bool is_last = i >= (SURPLUS_KEPT_MAX - 1) * row->kinds;

        assert_int_equal(document->index, index++);
        assert_int_equal(document->surplus, is_last ? MANY - SURPLUS_KEPT_MAX : 0);
    }
    arena_release(&arena);
}

static void counts_them_with_the_others(void **state)
{
    const struct scan_wanted as = { 0 };
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment;

    (void)state;
    assert_true(scan_text(&arena, OTHER,
                          repeated(&arena, "{\"DBSnapshots\": []}\n", MANY), &as,
                          &assessment));
    assert_int_equal(assessment.summary.documents, MANY);
    arena_release(&arena);
}

static void keeps_each_with_a_record(void **state)
{
    const struct scan_wanted as = { 0 };
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment;

    (void)state;
    assert_true(scan_text(&arena, OTHER,
                          repeated(&arena, "{\"DBSnapshots\": [{}]}\n", MANY), &as,
                          &assessment));
    assert_int_equal(assessment.sources[0].document_count, MANY);
    arena_release(&arena);
}

/* What stands behind those that are not kept is read as before. */
static void goes_on_behind_them(void **state)
{
    const struct scan_wanted as = { 0 };
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment;
    const struct document_summary *last;
    const char *text =
        arena_printf(&arena, "%s{\"DBSnapshots\": [{}]}\n",
                     repeated(&arena, "{\"DBSnapshots\": []}\n", MANY).text);

    (void)state;
    assert_true(scan_text(&arena, OTHER, str_from(text), &as, &assessment));
    assert_int_equal(assessment.sources[0].document_count, SURPLUS_KEPT_MAX + 1);
    last = assessment.sources[0].documents[SURPLUS_KEPT_MAX];
    assert_int_equal(last->index, MANY);
    assert_int_equal(last->records, 1);
    assert_int_equal(last->reason_count, 1);
    arena_release(&arena);
}

/* The first of a file does not count, nor do those that are not kept. */
static void takes_so_many_documents(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct str text = repeated(&arena, "{\"DBSnapshots\": [{}]}\n", MANY);
    struct assessment assessment;

    (void)state;
    for (size_t jobs = 1; jobs <= 3; jobs++) {
        struct scan_wanted as = { .jobs = jobs, .documents_max = MANY - 1 };

        assert_true(scan_text(&arena, OTHER, text, &as, &assessment));
        as.documents_max--;
        assert_false(scan_text(&arena, OTHER, text, &as, &assessment));
        as.documents_max = SURPLUS_KEPT_MAX - 1;
        assert_true(
            scan_text(&arena, OTHER, repeated(&arena, "[]\n", MANY), &as, &assessment));
    }
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, counts_what_it_does_not_keep);
    TESTS_ADD(&tests, counts_them_with_the_others);
    TESTS_ADD(&tests, keeps_each_with_a_record);
    TESTS_ADD(&tests, goes_on_behind_them);
    TESTS_ADD(&tests, takes_so_many_documents);
    return tests_run("gather_surplus", &tests);
}
