#include "report/html.h"

#include "report/said.h"
#include "report/summary.h"

#include <assert.h>

/* ---- the answer ------------------------------------------------------------------ */

/* Of accounts: how many the findings are about. */
static size_t count_accounts(const struct html *html)
{
    const struct assessment *assessment = html->assessment;
    struct arena arena = ARENA_EMPTY;
    struct table known = TABLE_EMPTY(&arena);
    size_t count = 0;

    for (size_t i = 0; i < assessment->finding_count; i++) {
        struct str account = assessment->findings[i].account;
        void **slot = account.text != NULL ? table_slot(&known, account) : NULL;

        if (slot == NULL || *slot != NULL)
            continue;
        *slot = &known;
        count++;
    }
    arena_release(&arena);
    return count;
}

static void put_answer(struct html *html)
{
    const struct assessment *assessment = html->assessment;
    const char *meaning = summary_meaning(&html->scratch, assessment);

    html_add(html,
             "<a class=\"skip\" href=\"#main\">Skip to the findings</a>\n<header>\n"
             "<h1>Audit of exported AWS inventory</h1>\n<p class=\"lead\">");
    html_result_counts(html, assessment->summary.results);
    html_add(html, "</p>\n<dl class=\"facts\">\n<dt>Answer</dt><dd>");
    html_words(html, meaning);
    html_addf(html, " (status %d)</dd>\n<dt>Evidence</dt><dd>",
              assessment_status(assessment));
    html_count(html, count_accounts(html), "account");
    html_add(html, ", ");
    html_count(html, assessment->summary.sources_read, "file");
    html_add(html, " read, ");
    html_count(html, assessment->summary.problems, "problem");
    html_add(html, "</dd>\n");
    if (assessment->digested > 0)
        html_term(html, "SHA-256 of the set", str_from(assessment->set_sha256));
    if (assessment->waivers != NULL)
        html_term(html, "SHA-256 of the waivers",
                  str_from(assessment->waivers->sha256));
    html_add(html, "<dt>Judged by</dt><dd>invaudit " INVAUDIT_VERSION ", ");
    html_count(html, assessment->book->count, "rule");
    if (assessment->settings->as_of.text != NULL) {
        html_add(html, ", as of ");
        html_text(html, assessment->settings->as_of);
    }
    html_add(html, "</dd>\n");
    if (assessment->sandbox != NULL)
        html_term(html, "Sandbox", sandbox_said(&html->scratch, assessment));
    html_add(html, "</dl>\n</header>\n");
    arena_reset(&html->scratch);
}

/* ---- the way through the page ---------------------------------------------------- */

static void put_link(struct html *html, const char *name, const char *text)
{
    html_addf(html, "<li><a href=\"#%s\">%s</a></li>\n", name, text);
}

static void put_navigation(struct html *html)
{
    const struct assessment *assessment = html->assessment;

    html_add(html, "<nav aria-label=\"Sections\">\n<ul>\n");
    if (assessment->book->count > 0)
        put_link(html, "main", "Findings");
    if (assessment->matrix != NULL)
        put_link(html, "databases", "Databases");
    if (assessment->problem_count > 0)
        put_link(html, "problems", "Problems");
    put_link(html, "evidence", "Evidence");
    if (assessment->coverage_count > 0)
        put_link(html, "coverage", "Coverage");
    if (assessment->book->count > 0)
        put_link(html, "procedure", "Procedure");
    put_link(html, "repeat", "How to repeat it");
    put_link(html, "words", "Words");
    html_add(html, "</ul>\n</nav>\n");
}

/* html.js shows it: without that it could do nothing. */
static void put_filter(struct html *html)
{
    html_add(html, "<form id=\"filter\" hidden aria-label=\"Filter\">\n<fieldset>\n"
                   "<legend>Show</legend>\n");
    for (size_t i = 0; i < RESULT_COUNT; i++) {
        enum result result = summary_order[i];

        if (html->assessment->summary.results[result] == 0 || !html_lists(html, result))
            continue;
        html_addf(html,
                  "<label><input type=\"checkbox\" value=\"%s\" checked> %s</label>\n",
                  result_name(result), html_looks[result].count_word);
    }
    html_add(html, "</fieldset>\n<label>Account <select name=\"account\"><option "
                   "value=\"\">all</option></select></label>\n<label>Region <select "
                   "name=\"region\"><option value=\"\">all</option></select></label>\n"
                   "<button type=\"reset\">Show all</button>\n<p role=\"status\"></p>\n"
                   "</form>\n");
}

/* ---- rules ----------------------------------------------------------------------- */

static void put_count_cells(struct html *html, const struct html_rule *of)
{
    for (size_t i = 0; i < RESULT_COUNT; i++)
        html_addf(html, "<td>%zu</td>", of->counts[summary_order[i]]);
}

/* Of many rules: where to begin. */
static void put_rule_list(struct html *html, const struct html_rule *rules,
                          size_t count)
{
    if (count < 2)
        return;
    html_add(html,
             "<section aria-labelledby=\"rules\">\n<h2 id=\"rules\">Rules</h2>\n"
             "<div class=\"wide\" role=\"group\" tabindex=\"0\" "
             "aria-label=\"Rules\">\n<table class=\"summary\">\n<caption>Findings "
             "of each rule</caption>\n<thead><tr><th scope=\"col\">Rule</th><th "
             "scope=\"col\">Severity</th>");
    for (size_t i = 0; i < RESULT_COUNT; i++)
        html_addf(html, "<th scope=\"col\">%s</th>",
                  html_looks[summary_order[i]].count_word);
    html_add(html, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < count; i++) {
        html_add(html, "<tr><th scope=\"row\"><a");
        html_href(html, "r", rules[i].rule->id);
        html_add(html, ">");
        html_text(html, rules[i].rule->id);
        html_add(html, "</a>: ");
        html_text(html, rules[i].rule->title);
        html_addf(html, "</th><td>%s</td>",
                  rules[i].rule->severity != SEVERITY_NONE
                      ? severity_name(rules[i].rule->severity)
                      : "-");
        put_count_cells(html, &rules[i]);
        html_add(html, "</tr>\n");
    }
    html_add(html, "</tbody>\n</table>\n</div>\n</section>\n");
}

static void put_rule(struct html *html, const struct html_rule *of)
{
    const struct rule *rule = of->rule;

    html_add(html, "<section>\n");
    html_rule_heading(html, "h2", "r", rule);
    html_add(html, "<p>");
    html_result_counts(html, of->counts);
    if (rule->severity != SEVERITY_NONE)
        html_addf(html, " severity %s,", severity_name(rule->severity));
    html_add(html, " <a");
    html_href(html, "p", rule->id);
    html_add(html, ">how it is judged</a></p>\n");
    html_matrix(html, of);
    html_findings(html, of);
    html_add(html, "</section>\n");
}

/* Both are ordered by rule. */
static struct html_rule *rules_find(struct arena *arena,
                                    const struct assessment *assessment)
{
    const struct rulebook *book = assessment->book;
    struct html_rule *rules = arena_array(arena, book->count, struct html_rule);
    size_t at = 0;

    for (size_t i = 0; i < book->count; i++) {
        rules[i].rule = book->rules[i];
        rules[i].findings = assessment->findings + at;
        while (at < assessment->finding_count &&
               assessment->findings[at].rule == book->rules[i]) {
            rules[i].counts[assessment->findings[at++].result]++;
            rules[i].count++;
        }
    }
    assert(at == assessment->finding_count);
    return rules;
}

/* ---- the words ------------------------------------------------------------------- */

static void put_words(struct html *html)
{
    html_add(
        html,
        "<section aria-labelledby=\"words\">\n<h2 id=\"words\">Words</h2>\n"
        "<dl class=\"facts\">\n"
        "<dt>pass, fail</dt><dd>whatever the evidence does not show, this is what "
        "the rule comes to</dd>\n"
        "<dt>unknown</dt><dd>what the evidence does not show decides it; the commands "
        "beside it would settle it</dd>\n"
        "<dt>not applicable</dt><dd>the rule does not judge what is there</dd>\n"
        "<dt>assuming</dt><dd>what a verdict takes for granted and files cannot "
        "show</dd>\n"
        "<dt>complete</dt><dd>a whole answer of a call: what it does not list is not "
        "there</dd>\n"
        "<dt>partial</dt><dd>some of an answer: there is at least what it lists</dd>\n"
        "<dt>nothing</dt><dd>a file that could not be used: a problem says why</dd>\n"
        "</dl>\n</section>\n");
}

/* "invaudit: 2 fail, 3 unknown" */
static const char *title_of(struct arena *arena, const struct assessment *assessment)
{
    struct buf title = BUF_EMPTY(arena);
    const char *comma = "invaudit: ";

    for (size_t i = 0; i < RESULT_COUNT; i++) {
        size_t count = assessment->summary.results[summary_order[i]];

        if (count == 0)
            continue;
        buf_printf(&title, "%s%zu %s", comma, count,
                   html_looks[summary_order[i]].count_word);
        comma = ", ";
    }
    return title.len > 0 ? buf_str(&title).text : "invaudit: no findings";
}

void report_html(const struct assessment *assessment, const struct report_style *style,
                 struct buf *out)
{
    struct html html = { .out = out, .assessment = assessment };
    struct arena arena = ARENA_EMPTY;
    struct html_rule *rules = rules_find(&arena, assessment);

    (void)style;
    html_begin(&html, title_of(&arena, assessment));
    put_answer(&html);
    put_navigation(&html);
    put_filter(&html);
    html_add(&html, "<main id=\"main\" tabindex=\"-1\">\n");
    put_rule_list(&html, rules, assessment->book->count);
    for (size_t i = 0; i < assessment->book->count; i++)
        put_rule(&html, &rules[i]);
    html_databases(&html);
    html_problems(&html);
    html_evidence(&html);
    html_coverage(&html);
    html_procedure(&html);
    html_repeat(&html);
    put_words(&html);
    html_add(&html, "</main>\n");
    html_end(&html);
    arena_release(&html.scratch);
    arena_release(&arena);
}
