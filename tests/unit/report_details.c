/*
 * What a format says of an assessment that is a little different from the sample: a row
 * a difference, and what is there then.
 */
#include "report_sample.h"

#include "rows.h"

#include "base/sandbox.h"
#include "gather/document.h"

#include <string.h>

/* Of the test that runs. */
static struct arena arena;

static void without_column(struct assessment *assessment)
{
    struct problem *problem = arena_new(&arena, struct problem);

    *problem = sample_problems[0];
    problem->path = "x.json";
    problem->column = 0;
    assessment->problems = problem;
}

static void without_line(struct assessment *assessment)
{
    struct problem *problem = arena_new(&arena, struct problem);

    *problem = sample_problems[0];
    problem->path = "x.json";
    problem->line = 0;
    assessment->problems = problem;
}

static void not_confined(struct assessment *assessment)
{
    static const struct sandbox sandbox = { .has_files = true, .why = "no kernel" };

    assessment->sandbox = &sandbox;
}

static void with_digest(struct assessment *assessment)
{
    memset(assessment->set_sha256, 'a', DIGEST_HEX_BYTES - 1);
}

static void of_paths(struct assessment *assessment)
{
    static const char *const paths[] = { "a", "-", "c" };

    assessment->paths = paths;
    assessment->path_count = 3;
}

/* Seven files of which neither account nor region is known. */
static void nowhere(struct assessment *assessment)
{
    enum { COUNT = 7 };
    struct source *sources = arena_array(&arena, COUNT, struct source);
    struct source_summary *summaries =
        arena_array(&arena, COUNT, struct source_summary);
    struct document_summary *document = arena_new(&arena, struct document_summary);
    const struct document_summary **documents =
        arena_array(&arena, 1, const struct document_summary *);

    *document = sample_document;
    document->account = document->region = STR_NONE;
    documents[0] = document;
    for (size_t i = 0; i < COUNT; i++) {
        sources[i] = (struct source){ .path = arena_printf(&arena, "x%zu.json", i),
                                      .use = SOURCE_READ };
        summaries[i] = (struct source_summary){ .source = &sources[i],
                                                .was_read = true,
                                                .documents = documents,
                                                .document_count = 1 };
    }
    assessment->sources = summaries;
    assessment->source_count = COUNT;
}

/* A document, and six more behind it that say the same. */
static void of_many(struct assessment *assessment)
{
    struct document_summary *document = arena_new(&arena, struct document_summary);
    const struct document_summary **documents =
        arena_array(&arena, 1, const struct document_summary *);
    struct source_summary *source = arena_new(&arena, struct source_summary);
    struct rulebook *book = arena_new(&arena, struct rulebook);

    *document = sample_document;
    document->surplus = 6;
    documents[0] = document;
    *source = sample_source_summaries[0];
    source->documents = documents;
    *book = *assessment->book;
    book->count = 0; /* without rules, all that is a part is worth a look */
    assessment->book = book;
    assessment->sources = source;
    assessment->source_count = 1;
}

static const struct detail_row {
    const char *name;
    void (*alter)(struct assessment *assessment);
    void (*write)(const struct assessment *, const struct report_style *, struct buf *);
    bool is_short;
    const char *has, *lacks;
} rows[] = {
    { "a problem with line and column", NULL, report_text, false,
      "describe-db-snapshots.json:12:5: the file", "?" },
    { "a problem of a line", without_column, report_text, false,
      "\n  x.json:12: the file", "?" },
    { "a problem of a file", without_line, report_text, false, "\n  x.json: the file",
      "?" },
    { "that nothing held the run is said below the digest", not_confined, report_text,
      false,
      " ignored\nnot confined: calls to the system (no kernel)\nBackup-001: ", "?" },
    { "and else nothing", with_digest, report_text, false,
      "aaaa\nBackup-001: ", "confined" },
    { "paths are told apart", of_paths, report_evidence_text, false,
      "a, standard input, c: ", "?" },
    { "of files without a place six are shown on a terminal", nowhere,
      report_evidence_text, true, "Nowhere: 7 files without account or region\n",
      "x6.json:" },
    { "and how many more there are", nowhere, report_evidence_text, true,
      "  x5.json: no account and no region\n"
      "  and 1 more; a file or a pipe has all of them\n",
      "?" },
    { "documents that say the same are counted", of_many, report_evidence_text, false,
      "\n  7  it carries a token: more pages follow [token]", "?" },
    { "elsewhere all of them", nowhere, report_evidence_text, false,
      "  x6.json: no account and no region\n", " more; a file" },
};

static void row_test(void **state)
{
    const struct detail_row *row = *state;
    struct assessment assessment = sample_assessment;
    const struct report_style style = { .width = REPORT_WIDTH,
                                        .is_short = row->is_short };
    struct rulebook book = sample_book;
    struct buf text = BUF_EMPTY(&arena);

    book.catalog = catalog_new(&arena);
    assessment.book = &book;
    if (row->alter != NULL)
        row->alter(&assessment);
    row->write(&assessment, &style, &text);
    if (strstr(buf_str(&text).text, row->has) == NULL)
        assert_string_equal(buf_str(&text).text, row->has);
    assert_null(strstr(buf_str(&text).text, row->lacks));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    return tests_run("report_details", &tests);
}
