/*
 * Long lists: a file has all of them, and a terminal so many, with how many more there
 * are. One more than that is the least that is cut.
 */
#include "report_sample.h"

#include "rows.h"

#include <string.h>

enum { WIDE = 2000 };

static struct str numbered(struct arena *arena, const char *name, size_t number)
{
    return str_from(arena_printf(arena, "%s-%03zu", name, number));
}

/* Findings that pass. */
static struct finding *add_findings(struct arena *arena, struct assessment *assessment,
                                    size_t count)
{
    struct finding *findings = arena_array(arena, count, struct finding);

    for (size_t i = 0; i < count; i++) {
        findings[i] = sample_findings[3];
        findings[i].citation_count = 0;
    }
    assessment->findings = findings;
    assessment->finding_count = count;
    return findings;
}

static struct source_summary *add_sources(struct arena *arena,
                                          struct assessment *assessment, size_t count,
                                          enum source_use use)
{
    struct source_summary *summaries = arena_array(arena, count, struct source_summary);
    struct source *sources = arena_array(arena, count, struct source);

    for (size_t i = 0; i < count; i++) {
        sources[i].path = numbered(arena, "file", i + 1).text;
        sources[i].use = use;
        summaries[i].source = &sources[i];
        summaries[i].is_ignored = true;
        summaries[i].why = "no JSON";
    }
    assessment->sources = summaries;
    assessment->source_count = count;
    return summaries;
}

static void fill_ignored(struct arena *arena, struct assessment *assessment,
                         size_t count)
{
    (void)add_findings(arena, assessment, 1);
    (void)add_sources(arena, assessment, count, SOURCE_IGNORED);
}

static void fill_context(struct arena *arena, struct assessment *assessment,
                         size_t count)
{
    static const struct reason reasons[] = { { .sentence = SAY_PROVES_NOTHING } };
    static const struct document_summary document = { .type = &sample_type,
                                                      .state = STATE_CONTEXT,
                                                      .reasons = reasons,
                                                      .reason_count = 1 };
    static const struct document_summary *const documents[] = { &document };
    struct source_summary *sources = add_sources(arena, assessment, count, SOURCE_READ);

    (void)add_findings(arena, assessment, 1);
    for (size_t i = 0; i < count; i++) {
        sources[i].is_ignored = false;
        sources[i].why = NULL;
        sources[i].documents = documents;
        sources[i].document_count = 1;
    }
}

static void fill_resources(struct arena *arena, struct assessment *assessment,
                           size_t count)
{
    struct finding *findings = add_findings(arena, assessment, count);

    for (size_t i = 0; i < count; i++)
        findings[i].resource = numbered(arena, "db", i + 1);
}

/* Of a region, since there are fewer of these; another region has one more, and those
 * are what the matrix points to. */
static void fill_accounts(struct arena *arena, struct assessment *assessment,
                          size_t count)
{
    struct finding *findings = add_findings(arena, assessment, 2 * count + 1);

    for (size_t i = 0; i < 2 * count + 1; i++) {
        findings[i].account = numbered(arena, "account", i / 2 + 1);
        findings[i].region = i % 2 == 0 ? STR("region-a") : STR("region-b");
        findings[i].rows = i % 2 == 0 ? 1 : 1 | 1 << SAMPLE_COUNT(sample_outcomes);
    }
}

static void fill_sources(struct arena *arena, struct assessment *assessment,
                         size_t count)
{
    struct finding *findings = add_findings(arena, assessment, count);

    for (size_t i = 0; i < count; i++) {
        findings[i].account = STR_NONE;
        findings[i].region = STR_NONE;
        findings[i].source = numbered(arena, "dump", i + 1).text;
    }
}

static void fill_remarks(struct arena *arena, struct assessment *assessment,
                         size_t count)
{
    struct remark *cautions = arena_array(arena, count, struct remark);
    struct finding *findings = add_findings(arena, assessment, 1);

    for (size_t i = 0; i < count; i++) {
        cautions[i].code = STR("odd");
        cautions[i].text = numbered(arena, "remark", i + 1).text;
    }
    findings[0].cautions = cautions;
    findings[0].caution_count = count;
}

static const struct row {
    const char *name;
    void (*fill)(struct arena *arena, struct assessment *assessment, size_t count);
    size_t most;      /* on a terminal */
    const char *kept; /* in its text, of one more than those */
    const char *last; /* in the whole text alone */
} rows[] = {
    { "files that are ignored", fill_ignored, 5,
      "ignored file-005: no JSON\n  and 1 more file\n", "ignored file-006" },
    { "documents that prove nothing", fill_context, 5, "\n  and 1 more file\n",
      "context file-006" },
    { "resources of a region", fill_resources, 40, "db-040, and 1 more\n", "db-041" },
    { "accounts of a region", fill_accounts, 20, "account-020 and 1 more\n",
      "account-020 account-021" },
    { "files of which no place is known", fill_sources, 20,
      "dump-020\n         and 1 more finding\n", "dump-021" },
    { "remarks", fill_remarks, 4, "remark-004 [odd]\n         and 1 more remark\n",
      "remark-005" },
};

static const char *text_of(struct arena *arena, const struct row *row, size_t count,
                           bool is_short)
{
    const struct report_style style = { .width = WIDE, .is_short = is_short };
    struct assessment assessment = sample_assessment;
    struct buf text = BUF_EMPTY(arena);

    assessment.problem_count = 0;
    row->fill(arena, &assessment, count);
    report_text(&assessment, &style, &text);
    return buf_str(&text).text;
}

static void of_rows(void **state)
{
    static const char advice[] = "Shortened for this terminal";
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const char *text = text_of(&arena, row, row->most + 1, true);

    if (strstr(text, row->kept) == NULL)
        assert_string_equal(text, row->kept);
    assert_null(strstr(text, row->last));
    assert_non_null(strstr(text, advice));
    text = text_of(&arena, row, row->most + 1, false);
    if (strstr(text, row->last) == NULL)
        assert_string_equal(text, row->last);
    assert_null(strstr(text, " more"));
    assert_null(strstr(text, advice));
    assert_string_equal(text_of(&arena, row, row->most, true),
                        text_of(&arena, row, row->most, false));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_rows);
    return tests_run("report_cut", &tests);
}
