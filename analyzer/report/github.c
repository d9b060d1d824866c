#include "report/report.h"
#include "report/said.h"
#include "report/summary.h"
#include "report/syntax.h"

#include <inttypes.h>
#include <string.h>

/*
 * Annotations of GitHub Actions: commands to the runner, a line each
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/
 * workflow-commands).
 *
 *     ::error file=PATH,line=LINE,title=RULE PLACE::MESSAGE     what fails
 *     ::warning file=...                                        what is unknown
 *     ::notice title=invaudit::COUNTS                           all of it, counted
 *
 * GitHub shows the first 10 errors, 10 warnings and 10 notices of a step, and drops the
 * others without a word (actions/toolkit, docs/problem-matchers.md, "Limitations"): so
 * the most severe come first, no more than these are written, and the notice says how
 * many there are.
 */

enum { ANNOTATIONS_MAX = 10 }; /* of a kind */

struct annotations {
    struct buf *out;
    struct arena scratch; /* of an annotation */
    const struct places *places;
};

static void add_property(struct annotations *page, const char *name, struct str value)
{
    buf_add(page->out, str_from(name));
    buf_add_byte(page->out, '=');
    syntax_add(page->out, SYNTAX_GITHUB_PROPERTY, value);
}

static void add_data(struct annotations *page, const char *text)
{
    syntax_add(page->out, SYNTAX_GITHUB_DATA, str_from(text));
}

/* A path as GitHub knows it, from the root of the repository, where jobs run. */
static struct str path_from_root(const char *path)
{
    struct str rest = str_from(path);

    while (str_starts_with(rest, STR("./")))
        rest = str_slice(rest, strlen("./"), rest.len);
    return rest;
}

/* What may be done about it: a line each, which is %0A there. */
static void add_advice(struct annotations *page, const struct finding *finding)
{
    if (finding->diagnosis != NULL) {
        buf_add(page->out, STR("%0Alooks like: "));
        add_data(page, finding->diagnosis->text);
    }
    if (finding->settle_count > 0) {
        buf_add(page->out, STR("%0Ato settle: "));
        add_data(page, finding->settles[0].command);
    }
}

static void add_annotation(struct annotations *page, const struct finding *finding)
{
    struct finding_place place = places_of(page->places, finding);
    struct buf title = BUF_EMPTY(&page->scratch);

    buf_add(page->out,
            finding->result == RESULT_FAIL ? STR("::error ") : STR("::warning "));
    if (place.path != NULL) {
        add_property(page, "file", path_from_root(place.path));
        buf_printf(page->out, ",line=%" PRIu64 ",", place.line);
    }
    buf_add(&title, finding->rule->id);
    buf_printf(&title, " (%s) ", severity_name(finding->rule->severity));
    buf_add(&title, finding_name(&page->scratch, finding));
    add_property(page, "title", buf_str(&title));
    buf_add(page->out, STR("::"));
    add_data(page, finding_message(&page->scratch, finding));
    add_advice(page, finding);
    buf_add_byte(page->out, '\n');
    arena_reset(&page->scratch);
}

/* The most severe first. How many were added. */
static size_t add_annotations(struct annotations *page,
                              const struct assessment *assessment, enum result result)
{
    size_t added = 0;

    for (int severity = SEVERITY_COUNT - 1; severity >= 0; severity--) {
        for (size_t i = 0; i < assessment->finding_count; i++) {
            const struct finding *finding = &assessment->findings[i];

            if (added == ANNOTATIONS_MAX)
                return added;
            if (finding->result != result ||
                finding->rule->severity != (enum severity)severity)
                continue;
            add_annotation(page, finding);
            added++;
        }
    }
    return added;
}

void report_github(const struct assessment *assessment,
                   const struct report_style *style, struct buf *out)
{
    struct arena arena = ARENA_EMPTY;
    struct annotations page = { .out = out, .places = places_new(&arena, assessment) };
    const size_t *counts = assessment->summary.results;
    size_t added = add_annotations(&page, assessment, RESULT_FAIL) +
                   add_annotations(&page, assessment, RESULT_UNKNOWN);
    size_t all = counts[RESULT_FAIL] + counts[RESULT_UNKNOWN];
    struct buf line = BUF_EMPTY(&arena);

    (void)style;
    summary_line(&line, assessment);
    if (added < all)
        buf_printf(&line, "; annotations are %zu of the %zu that fail or are unknown",
                   added, all);
    buf_add(out, STR("::notice title=invaudit::"));
    add_data(&page, buf_str(&line).text);
    buf_add_byte(out, '\n');
    arena_release(&page.scratch);
    arena_release(&arena);
}
