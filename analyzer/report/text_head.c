#include "report/grid.h"
#include "report/said.h"
#include "report/summary.h"
#include "report/text.h"

#include <string.h>

enum { PATHS_SHOWN = 3 };

static struct str paths_text(struct arena *arena, const struct assessment *assessment)
{
    struct buf text = BUF_EMPTY(arena);

    for (size_t i = 0; i < assessment->path_count && i < PATHS_SHOWN; i++) {
        struct str path = str_from(assessment->paths[i]);

        buf_add(&text, i > 0 ? STR(", ") : STR(""));
        buf_add(&text, str_equal(path, STR("-")) ? STR("standard input") : path);
    }
    if (assessment->path_count > PATHS_SHOWN)
        buf_printf(&text, " and %zu more", assessment->path_count - PATHS_SHOWN);
    return buf_str(&text);
}

/* "invaudit 0.1.0  scale/5: 5 accounts, 85 regions, 349 files" */
static void write_tool(struct text *text)
{
    const struct assessment *assessment = text->writer.assessment;
    const struct summary *summary = &assessment->summary;
    struct page *page = &text->writer.page;
    size_t regions = 0;

    for (size_t i = 0; i < assessment->coverage_count; i++)
        regions += assessment->coverage[i].delivered.count;
    page_words(page, STR("invaudit " INVAUDIT_VERSION));
    page->indent = HANGING_INDENT;
    page_words(page, STR("  "));
    if (assessment->path_count > 0) {
        page_solid(page, paths_text(text->writer.arena, assessment));
        page_words(page, STR(": "));
    }
    if (assessment->coverage_count > 0)
        page_printf(page, "%zu account%s, %zu region%s, ", assessment->coverage_count,
                    plural(assessment->coverage_count), regions, plural(regions));
    page_printf(page, "%zu file%s, ", summary->sources_read,
                plural(summary->sources_read));
    if (summary->documents != summary->sources_read)
        page_printf(page, "%zu document%s, ", summary->documents,
                    plural(summary->documents));
    page_printf(page, "%zu record%s", summary->records, plural(summary->records));
    if (summary->sources_ignored > 0)
        page_printf(page, ", %zu ignored", summary->sources_ignored);
    if (summary->sources_excluded > 0)
        page_printf(page, ", %zu excluded", summary->sources_excluded);
    page_line(page);
    page->indent = 0;
    if (assessment->set_sha256[0] != '\0')
        page_printf(page, "set sha256 %s", assessment->set_sha256);
    page_line(page);
    if (assessment->sandbox != NULL) {
        page_words(page, sandbox_said(text->writer.arena, assessment));
        page_line(page);
    }
}

/* The words of what is not there, if all findings of nothing there share them. */
static struct str nothing_there(const struct finding *findings, size_t count,
                                size_t *nothings)
{
    struct str words = STR_NONE;

    *nothings = 0;
    for (size_t i = 0; i < count; i++) {
        struct str of_this;

        if (findings[i].result != RESULT_FAIL ||
            grid_mark(&findings[i]) != GRID_NOTHING)
            continue;
        of_this = findings[i].diagnosis->nothing_there;
        if (*nothings > 0 && !str_equal(words, of_this))
            words = STR("nothing to judge");
        else
            words = of_this;
        ++*nothings;
    }
    return words;
}

static void add_count(struct buf *text, size_t count, enum result result)
{
    if (count > 0)
        buf_printf(text, "%s%zu %s", text->len > 0 ? ", " : "", count,
                   result == RESULT_NOT_APPLICABLE ? "not applicable"
                                                   : result_name(result));
}

const char *text_counts(struct arena *arena, const struct finding *findings,
                        size_t count)
{
    size_t counts[RESULT_COUNT] = { 0 }, nothings;
    struct str words = nothing_there(findings, count, &nothings);
    struct buf text = BUF_EMPTY(arena);

    for (size_t i = 0; i < count; i++)
        counts[findings[i].result]++;
    counts[RESULT_FAIL] -= nothings;
    for (size_t i = 0; i < RESULT_COUNT; i++) {
        add_count(&text, counts[summary_order[i]], summary_order[i]);
        if (summary_order[i] != RESULT_FAIL || nothings == 0)
            continue;
        add_count(&text, nothings, RESULT_FAIL);
        buf_printf(&text, " (%.*s there)", STR_ARG(words));
    }
    return text.len > 0 ? buf_str(&text).text : "no account and region to judge";
}

/* Findings are ordered as the rules are. */
static void write_answers(struct text *text)
{
    const struct assessment *assessment = text->writer.assessment;
    const struct rulebook *book = assessment->book;
    struct page *page = &text->writer.page;
    size_t from = 0;

    for (size_t i = 0; i < book->count; i++) {
        const struct rule *rule = book->rules[i];
        size_t to = from;

        while (to < assessment->finding_count && assessment->findings[to].rule == rule)
            to++;
        page_words(page, rule->id);
        page->indent = HANGING_INDENT;
        if (book->count == 1)
            page_printf(page, ": %.*s", STR_ARG(rule->title));
        if (rule->severity != SEVERITY_NONE)
            page_printf(page, " (%s)", severity_name(rule->severity));
        page_words(page, STR(": "));
        if (book->count == 1)
            page_line(page);
        page_words(page, str_from(text_counts(text->writer.arena,
                                              assessment->findings + from, to - from)));
        page_line(page);
        page->indent = 0;
        from = to;
    }
}

void text_head(struct text *text)
{
    write_tool(text);
    write_answers(text);
}
