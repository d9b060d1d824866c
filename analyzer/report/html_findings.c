#include "report/html.h"

#include "report/grid.h"
#include "report/said.h"
#include "report/summary.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* ---- results --------------------------------------------------------------------- */

const struct html_look html_looks[] = {
    [RESULT_PASS] = { "PASS", "pass", "pass" },
    [RESULT_FAIL] = { "FAIL", "fail", "fail" },
    [RESULT_UNKNOWN] = { "UNKNOWN", "unknown", "unknown" },
    [RESULT_NOT_APPLICABLE] = { "N/A", "not applicable", "other" },
    [RESULT_WAIVED] = { "WAIVED", "waived", "other" },
};

static_assert(COUNT_OF(html_looks) == RESULT_COUNT, "each result has a look");

void html_rule_heading(struct html *html, const char *tag, const char *prefix,
                       const struct rule *rule)
{
    html_addf(html, "<%s", tag);
    html_id(html, prefix, rule->id);
    html_add(html, ">");
    html_text(html, rule->id);
    html_add(html, ": ");
    html_text(html, rule->title);
    html_addf(html, "</%s>\n", tag);
}

void html_result_counts(struct html *html, const size_t counts[RESULT_COUNT])
{
    const char *comma = "";

    for (size_t i = 0; i < RESULT_COUNT; i++) {
        const struct html_look *look = &html_looks[summary_order[i]];

        if (counts[summary_order[i]] == 0)
            continue;
        html_addf(html, "%s<span class=\"badge %s\">%zu %s</span>", comma, look->kind,
                  counts[summary_order[i]], look->count_word);
        comma = " ";
    }
    if (comma[0] == '\0')
        html_add(html, "no findings");
}

static bool is_folded(enum result result)
{
    return result != RESULT_FAIL && result != RESULT_UNKNOWN && result != RESULT_WAIVED;
}

bool html_lists(const struct html *html, enum result result)
{
    return !is_folded(result) || html->assessment->finding_count <= HTML_FINDINGS_MAX;
}

/* What the rows of a group hold: what all of them say is said above them. */
struct shape {
    bool has_words;     /* each has a message of its own: numbers, names */
    bool has_looks;     /* each has what it looks like */
    bool has_resources; /* some are about a record */
};

/* ---- a finding ------------------------------------------------------------------- */

static bool is_same_place(const struct citation *left, const struct citation *right)
{
    return left->line == right->line && str_same(left->id, right->id) &&
           str_equal(str_from(left->path), str_from(right->path));
}

/* Facts that rest on the same record cite it each; to a reader it is one. */
static bool is_first_of_place(const struct finding *finding, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (finding->citations[i].decisive &&
            is_same_place(&finding->citations[i], &finding->citations[index]))
            return false;
    return true;
}

static void put_citation(struct html *html, const struct citation *citation)
{
    html_add(html, "<li>see ");
    html_source(html, citation->path);
    if (citation->line > 0)
        html_addf(html, ", line %" PRIu64, citation->line);
    if (citation->id.text != NULL) {
        html_add(html, ": ");
        html_code(html, citation->id);
    }
    html_add(html, "</li>\n");
}

static bool is_shown(const struct finding *finding, size_t index)
{
    return finding->citations[index].decisive && is_first_of_place(finding, index);
}

static size_t citations_shown(const struct finding *finding)
{
    size_t count = 0;

    for (size_t i = 0; i < finding->citation_count; i++)
        count += is_shown(finding, i);
    return count;
}

static void put_citations(struct html *html, const struct finding *finding)
{
    size_t count = citations_shown(finding), shown = 0;

    for (size_t i = 0; i < finding->citation_count && shown < HTML_CITATIONS_MAX; i++) {
        if (!is_shown(finding, i))
            continue;
        put_citation(html, &finding->citations[i]);
        shown++;
    }
    if (count > shown)
        html_addf(html, "<li>and %zu more, in the json report</li>\n", count - shown);
}

static void put_settles(struct html *html, const struct finding *finding)
{
    for (size_t i = 0; i < finding->settle_count; i++) {
        const struct settle *settle = &finding->settles[i];

        html_add(html, "<li class=\"run\">run ");
        html_code(html, str_from(settle->command));
        if (settle->save_as != NULL) {
            html_add(html, " and save it as ");
            html_code(html, str_from(settle->save_as));
        }
        if (settle->permission != NULL && settle->permission[0] != '\0') {
            html_add(html, " (needs ");
            html_code(html, str_from(settle->permission));
            html_add(html, ")");
        }
        html_add(html, "</li>\n");
    }
}

static void put_remark(struct html *html, const char *label,
                       const struct remark *remark)
{
    html_addf(html, "<p>%s ", label);
    html_words(html, remark->text);
    html_add(html, "</p>\n");
}

/* What this finding says beside what its group does. */
static void put_saying(struct html *html, const struct finding *finding,
                       const struct shape *shape)
{
    const char *cause = finding_cause(&html->scratch, finding);

    if (shape->has_words) {
        html_add(html, "<p>");
        html_words(html,
                   cause != NULL ? cause : finding_headline(&html->scratch, finding));
        html_add(html, "</p>\n");
    }
    if (finding->diagnosis != NULL && shape->has_looks)
        put_remark(html, "Looks like:", finding->diagnosis);
    for (size_t i = 0; i < finding->caution_count; i++)
        put_remark(html, "Caution:", &finding->cautions[i]);
}

static void put_source(struct html *html, const char *source)
{
    if (str_equal(str_from(source), STR("-"))) {
        html_add(html, "<p>from standard input</p>\n");
        return;
    }
    html_add(html, "<p>in ");
    html_source(html, source);
    html_add(html, "</p>\n");
}

static bool says_more(const struct finding *finding, const struct shape *shape)
{
    return shape->has_words || finding->source != NULL ||
           (finding->diagnosis != NULL && shape->has_looks) ||
           finding->caution_count > 0 || finding->settle_count > 0 ||
           citations_shown(finding) > 0;
}

static void put_details(struct html *html, const struct finding *finding,
                        const struct shape *shape)
{
    if (finding->source != NULL)
        put_source(html, finding->source);
    put_saying(html, finding, shape);
    if (finding->settle_count == 0 && citations_shown(finding) == 0)
        return;
    html_add(html, "<ul>\n");
    put_settles(html, finding);
    put_citations(html, finding);
    html_add(html, "</ul>\n");
}

/* What is long stands in a row below, not in a column: on paper that would be a few
 * letters wide. */
static void put_finding(struct html *html, const struct finding *finding,
                        const struct shape *shape)
{
    html_add(html, "<tbody");
    html_id(html, "f", str_from(finding->id));
    html_add(html, "><tr><th scope=\"row\">");
    html_text(html, finding->account);
    html_add(html, "</th><td>");
    html_text(html, finding->region);
    if (shape->has_resources) {
        html_add(html, "</td><td>");
        html_text(html, finding->resource);
    }
    html_add(html, "</td></tr>");
    if (says_more(finding, shape)) {
        html_addf(html, "\n<tr><td colspan=\"%d\">", shape->has_resources ? 3 : 2);
        put_details(html, finding, shape);
        html_add(html, "</td></tr>");
    }
    html_add(html, "</tbody>\n");
    arena_reset(&html->scratch);
}

/* ---- a group --------------------------------------------------------------------- */

static bool has_resources(const struct group *group)
{
    for (size_t i = 0; i < group->count; i++)
        if (group->findings[i]->resource.text != NULL)
            return true;
    return false;
}

static bool says_differ(struct html *html, const struct group *group)
{
    struct arena *scratch = &html->scratch;
    bool differ = false;

    for (size_t i = 1; i < group->count && !differ; i++) {
        differ = strcmp(finding_message(scratch, group->findings[0]),
                        finding_message(scratch, group->findings[i])) != 0;
        arena_reset(scratch);
    }
    return differ;
}

static bool looks_differ(const struct group *group)
{
    const struct remark *first = group->findings[0]->diagnosis;
    bool differ = false;

    for (size_t i = 1; i < group->count && !differ; i++) {
        const struct remark *other = group->findings[i]->diagnosis;

        differ = first == NULL || other == NULL ? first != other
                                                : strcmp(first->text, other->text) != 0;
    }
    return differ;
}

static void put_reasons(struct html *html, struct arena *arena,
                        const struct group *group)
{
    struct group_lines lines;

    group_reasons(arena, group, &lines);
    if (lines.count == 0)
        return;
    html_add(html, "<ul>\n");
    for (size_t i = 0; i < lines.count; i++) {
        const struct group_line *line = &lines.items[i];

        html_add(html, "<li>");
        if (line->label != NULL)
            html_add(html, line->label);
        if (line->label != NULL && line->count < group->count)
            html_addf(html, ", of %zu of these", line->count);
        if (line->label != NULL)
            html_add(html, ": ");
        html_words(html, line->text);
        html_add(html, "</li>\n");
    }
    html_add(html, "</ul>\n");
}

static void put_group(struct html *html, struct arena *arena, const struct group *group)
{
    const struct finding *first = group->findings[0];
    const struct html_look *look = &html_looks[first->result];
    const struct shape shape = {
        .has_words = says_differ(html, group),
        .has_looks = looks_differ(group),
        .has_resources = has_resources(group),
    };

    html_addf(html,
              "<section class=\"group %s%s\" data-result=\"%s\">\n<h4><span "
              "class=\"badge\">%s</span> ",
              look->kind, group->count == 1 ? " one" : "", result_name(first->result),
              look->word);
    if (!shape.has_words)
        html_words(html, finding_message(arena, first));
    else
        html_words(html, first->result == RESULT_UNKNOWN
                             ? finding_headline(arena, first)
                             : group_message(arena, group));
    html_add(html, "</h4>\n");
    if (first->waiver != NULL) {
        html_add(html, "<p class=\"waiver\">");
        html_words(html, waiver_text(arena, first->waiver));
        html_add(html, "</p>\n");
    }
    if (first->diagnosis != NULL && !shape.has_looks)
        put_remark(html, "Looks like:", first->diagnosis);
    put_reasons(html, arena, group);
    html_add(html, "<table class=\"places\">\n<caption>");
    html_count(html, group->count, "finding");
    html_addf(html,
              "</caption>\n<colgroup><col class=\"account\"><col%s></colgroup>\n"
              "<thead><tr><th scope=\"col\">Account</th><th scope=\"col\">Region</th>%s"
              "</tr></thead>\n",
              shape.has_resources ? " class=\"region\"><col" : "",
              shape.has_resources ? "<th scope=\"col\">Resource</th>" : "");
    for (size_t i = 0; i < group->count; i++)
        put_finding(html, group->findings[i], &shape);
    html_add(html, "</table>\n</section>\n");
}

static void put_groups(struct html *html, struct arena *arena,
                       const struct group_list *groups, bool of_nothing)
{
    for (size_t i = 0; i < groups->count; i++)
        if ((grid_mark(groups->items[i]->findings[0]) == GRID_NOTHING) == of_nothing)
            put_group(html, arena, groups->items[i]);
}

/* Where something is there comes first. */
static void put_parts(struct html *html, struct arena *arena,
                      const struct group_list *groups)
{
    size_t count = 0;

    for (size_t i = 0; i < groups->count; i++)
        if (grid_mark(groups->items[i]->findings[0]) == GRID_NOTHING)
            count += groups->items[i]->count;
    put_groups(html, arena, groups, false);
    if (count == 0)
        return;
    html_add(html, "<details><summary>Where nothing is there: list ");
    html_count(html, count, "finding");
    html_add(html, "</summary>\n");
    put_groups(html, arena, groups, true);
    html_add(html, "</details>\n");
}

static void put_result(struct html *html, const struct html_rule *of,
                       enum result result)
{
    struct arena arena = ARENA_EMPTY;
    struct group_list groups;

    html_add(html, "<h3>");
    html_addf(html, "%c%s: %zu</h3>\n", html_looks[result].count_word[0] - 'a' + 'A',
              html_looks[result].count_word + 1, of->counts[result]);
    if (!html_lists(html, result)) {
        html_addf(
            html,
            "<p>They are counted, not listed: of more than %d findings, this page "
            "lists those that fail or are unknown. The json and csv reports list "
            "all.</p>\n",
            HTML_FINDINGS_MAX);
        return;
    }
    groups_find(&arena, of->findings, of->count, result, &groups);
    if (!is_folded(result)) {
        put_parts(html, &arena, &groups);
    } else {
        html_add(html, "<details><summary>List ");
        html_count(html, of->counts[result], "finding");
        html_add(html, "</summary>\n");
        for (size_t i = 0; i < groups.count; i++)
            put_group(html, &arena, groups.items[i]);
        html_add(html, "</details>\n");
    }
    arena_release(&arena);
}

void html_findings(struct html *html, const struct html_rule *of)
{
    for (size_t i = 0; i < RESULT_COUNT; i++)
        if (of->counts[summary_order[i]] > 0)
            put_result(html, of, summary_order[i]);
}
