#include "report/html.h"

#include "report/coverage.h"
#include "report/summary.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

/* ---- sources --------------------------------------------------------------------- */

static int compare_path(const void *path, const void *source)
{
    const struct source_summary *summary = source;

    return str_compare(str_from(path), str_from(summary->source->path));
}

static const struct source_summary *source_find(const struct assessment *assessment,
                                                const char *path)
{
    return bsearch(path, assessment->sources, assessment->source_count,
                   sizeof assessment->sources[0], compare_path);
}

/* A file that was read whole, and of which nothing is to be said. */
static bool is_plain(const struct source_summary *source)
{
    for (size_t i = 0; i < source->document_count; i++)
        if (source->documents[i]->state != STATE_COMPLETE ||
            source->documents[i]->reason_count > 0)
            return false;
    return source->was_read && !source->is_ignored && source->why == NULL;
}

static bool is_listed(const struct html *html, const struct source_summary *source)
{
    return html->assessment->source_count <= HTML_SOURCES_MAX || !is_plain(source);
}

void html_source(struct html *html, const char *path)
{
    const struct source_summary *source = source_find(html->assessment, path);

    if (source == NULL || !is_listed(html, source)) {
        html_code(html, str_from(path));
        return;
    }
    html_addf(html, "<a href=\"#e-%zu\">",
              (size_t)(source - html->assessment->sources) + 1);
    html_code(html, str_from(path));
    html_add(html, "</a>");
}

/* ---- problems -------------------------------------------------------------------- */

static void put_problem(struct html *html, const struct problem *problem)
{
    html_add(html, "<li>");
    html_source(html, problem->path);
    if (problem->line > 0)
        html_addf(html, ", line %" PRIu64, problem->line);
    if (problem->column > 0)
        html_addf(html, ", column %" PRIu64, problem->column);
    html_add(html, ": ");
    html_words(html, reason_advice(&html->scratch, &problem->reason));
    html_addf(html, " <span class=\"soft\">[%s]</span></li>\n",
              code_name(reason_code(&problem->reason)));
    arena_reset(&html->scratch);
}

void html_problems(struct html *html)
{
    const struct assessment *assessment = html->assessment;

    if (assessment->problem_count == 0)
        return;
    html_addf(
        html,
        "<section aria-labelledby=\"problems\">\n<h2 id=\"problems\">Problems with "
        "%s: %zu</h2>\n<p>What could not be used, or not all of it. The word "
        "in brackets is explained in invaudit-report(5).</p>\n<ul>\n",
        summary_problems_with(assessment), assessment->problem_count);
    for (size_t i = 0; i < assessment->problem_count; i++)
        put_problem(html, &assessment->problems[i]);
    html_add(html, "</ul>\n</section>\n");
}

/* ---- the files ------------------------------------------------------------------- */

/* "complete" is good, what gives bounds or nothing is not known. */
static const char *const kinds[] = {
    [STATE_COMPLETE] = "pass",   [STATE_PARTIAL] = "unknown",
    [STATE_NOTHING] = "unknown", [STATE_MISLABELLED] = "unknown",
    [STATE_CONTEXT] = "other",   [STATE_IGNORED] = "other",
};

static_assert(COUNT_OF(kinds) == STATE_COUNT, "each state has a class");

static void put_document(struct html *html, const struct document_summary *document)
{
    html_addf(html, "<tr><td><span class=\"badge %s\">%s</span></td><td>",
              kinds[document->state], state_name(document->state));
    html_text(html, document->type != NULL ? document->type->title : STR_NONE);
    html_add(html, "</td><td>");
    html_text(html, document->account);
    html_add(html, "</td><td>");
    html_text(html, document->region);
    html_addf(html, "</td><td>%" PRIu64 "</td></tr>\n", document->records);
    if (document->reason_count == 0)
        return;
    html_add(html, "<tr><td colspan=\"5\"><ul>\n");
    for (size_t i = 0; i < document->reason_count; i++) {
        html_add(html, "<li>");
        html_words(html, reason_text(&html->scratch, &document->reasons[i]));
        html_add(html, "</li>\n");
    }
    html_add(html, "</ul></td></tr>\n");
}

static const char *use_of(const struct source_summary *source)
{
    static const char *const words[] = {
        [SOURCE_READ] = "read",
        [SOURCE_IGNORED] = "no evidence",
        [SOURCE_EXPLAINS] = "explains evidence",
        [SOURCE_EXCLUDED] = "excluded",
        [SOURCE_UNREADABLE] = "could not be read",
        [SOURCE_ARCHIVE] = "an archive, whose members are listed",
        [SOURCE_LOST] = "not there, though it was collected",
    };

    return words[source->is_ignored ? SOURCE_IGNORED : source->source->use];
}

static void put_bytes(struct html *html, const struct source_summary *source)
{
    html_add(html, "<tr><td colspan=\"5\"><p>");
    html_add(html, use_of(source));
    if (source->was_read) {
        html_add(html, ", ");
        html_count(html, source->bytes, "byte");
    }
    if (source->was_read && source->sha256[0] != '\0') {
        html_add(html, ", SHA-256 ");
        html_code(html, str_from(source->sha256));
    }
    if (source->surplus > 0) {
        html_add(html, "; not listed, since they say the same: ");
        html_count(html, source->surplus, "document");
    }
    html_add(html, "</p>");
    if (source->why != NULL) {
        html_add(html, "<p>");
        html_words(html, source->why);
        html_add(html, "</p>");
    }
    html_add(html, "</td></tr>");
}

static void put_source(struct html *html, const struct source_summary *source,
                       size_t number)
{
    html_addf(html, "<tbody id=\"e-%zu\"><tr><th scope=\"rowgroup\" colspan=\"5\">",
              number);
    html_code(html, str_from(source->source->path));
    html_add(html, "</th></tr>\n");
    for (size_t i = 0; i < source->document_count; i++)
        put_document(html, source->documents[i]);
    put_bytes(html, source);
    html_add(html, "</tbody>\n");
    arena_reset(&html->scratch);
}

static void put_sources(struct html *html)
{
    const struct assessment *assessment = html->assessment;
    size_t left = 0;

    html_add(
        html,
        "<table class=\"places files\">\n<caption>The files, by path: what each of "
        "their documents is worth, what it lists, of which account and region, and "
        "how many records it has</caption>\n<thead><tr><th scope=\"col\">State</th>"
        "<th scope=\"col\">Lists</th><th scope=\"col\">Account</th><th "
        "scope=\"col\">Region</th><th scope=\"col\">Records</th></tr></thead>\n");
    for (size_t i = 0; i < assessment->source_count; i++) {
        if (is_listed(html, &assessment->sources[i]))
            put_source(html, &assessment->sources[i], i + 1);
        else
            left++;
    }
    html_add(html, "</table>\n");
    if (left == 0)
        return;
    html_add(html, "<p>Not listed, since they are whole answers and nothing is to be "
                   "said of them: ");
    html_count(html, left, "file");
    html_addf(html,
              ". Of more than %d files, this page lists the others; the json report "
              "lists all.</p>\n",
              HTML_SOURCES_MAX);
}

void html_evidence(struct html *html)
{
    const struct assessment *assessment = html->assessment;
    const struct summary *summary = &assessment->summary;

    html_add(html,
             "<section aria-labelledby=\"evidence\">\n<h2 id=\"evidence\">Evidence"
             "</h2>\n<dl class=\"facts\">\n<dt>Read</dt><dd>");
    html_count(html, summary->sources_read, "file");
    html_add(html, ": ");
    html_count(html, summary->documents, "document");
    html_add(html, ", ");
    html_count(html, summary->records, "record");
    html_add(html, "</dd>\n");
    html_addf(html, "<dt>Not read</dt><dd>%zu no evidence, %zu excluded</dd>\n",
              summary->sources_ignored, summary->sources_excluded);
    if (assessment->digested > 0) {
        html_add(html, "<dt>SHA-256 of the set</dt><dd>");
        html_code(html, str_from(assessment->set_sha256));
        html_add(html,
                 " <span class=\"soft\">(of the lines that <code>sha256sum</code> "
                 "prints for the files, sorted by their bytes)</span></dd>\n");
    }
    html_add(html, "</dl>\n");
    if (assessment->source_count > 0)
        put_sources(html);
    html_add(html, "</section>\n");
}

/* ---- coverage -------------------------------------------------------------------- */

static void put_account(struct html *html, const struct coverage *coverage,
                        const struct str_list *missing)
{
    html_add(html, "<tbody><tr><th scope=\"row\">");
    html_text(html, coverage->account);
    html_addf(html, "</th><td>%s%zu</td><td>%zu</td><td>%zu</td></tr>",
              coverage->is_closed ? "" : "at least ", coverage->expected.count,
              coverage->delivered.count, missing->count);
    html_add(html, "<tr><td colspan=\"4\">");
    if (missing->count > 0) {
        html_add(html, "<p>missing: ");
        for (size_t i = 0; i < missing->count; i++) {
            html_add(html, i > 0 ? ", " : "");
            html_text(html, missing->items[i]);
        }
        html_add(html, "</p>");
    }
    html_add(html, "<p>told by ");
    if (coverage->told_by == NULL)
        html_add(html, "nothing");
    else if (source_find(html->assessment, coverage->told_by) != NULL)
        html_source(html, coverage->told_by);
    else
        html_words(html, coverage->told_by);
    html_add(html, "</p></td></tr></tbody>\n");
}

static void open_accounts(struct html *html)
{
    html_add(html, "<table class=\"places\">\n<caption>Accounts that lack "
                   "something, or of which nothing tells the regions: how many "
                   "regions were to be expected, and came</caption>\n<thead><tr>"
                   "<th scope=\"col\">Account</th><th scope=\"col\">Expected</th>"
                   "<th scope=\"col\">Delivered</th><th scope=\"col\">Missing"
                   "</th></tr></thead>\n");
}

/* Accounts that lack nothing are counted. */
static size_t put_accounts(struct html *html)
{
    const struct assessment *assessment = html->assessment;
    size_t whole = 0, listed = 0;

    for (size_t i = 0; i < assessment->coverage_count; i++) {
        const struct coverage *coverage = &assessment->coverage[i];
        struct str_list missing;

        coverage_missing(&html->scratch, coverage, &missing);
        if (missing.count == 0 && coverage->is_closed) {
            whole++;
            continue;
        }
        if (listed++ == 0)
            open_accounts(html);
        put_account(html, coverage, &missing);
        arena_reset(&html->scratch);
    }
    if (listed > 0)
        html_add(html, "</table>\n");
    return whole;
}

void html_coverage(struct html *html)
{
    size_t whole;

    if (html->assessment->coverage_count == 0)
        return;
    html_add(html,
             "<section aria-labelledby=\"coverage\">\n<h2 id=\"coverage\">Coverage"
             "</h2>\n");
    whole = put_accounts(html);
    if (whole > 0) {
        html_add(html,
                 "<p>There is evidence of every region that was to be expected in ");
        html_count(html, whole, "account");
        html_add(html, ".</p>\n");
    }
    html_add(html, "</section>\n");
}
