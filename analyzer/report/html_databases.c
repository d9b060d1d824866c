#include "report/html.h"

#include "base/time.h"
#include "report/databases.h"

#include <assert.h>
#include <string.h>

/* How much is known of what may be true. */
static const char *holds_word(enum holds holds)
{
    return holds == HOLDS_YES ? "yes" : holds == HOLDS_NO ? "no" : "not known";
}

static const char *const kinds[] = {
    [PROTECTION_PROTECTED] = "pass",    [PROTECTION_OVERDUE] = "fail",
    [PROTECTION_PENDING] = "unknown",   [PROTECTION_FAILING] = "fail",
    [PROTECTION_UNPLANNED] = "fail",    [PROTECTION_UNPROTECTED] = "fail",
    [PROTECTION_UNSUPPORTED] = "other", [PROTECTION_IGNORED] = "other",
};

static_assert(COUNT_OF(kinds) == PROTECTION_COUNT, "each state has a class");

static const char *kind_of(const struct matrix_row *row)
{
    for (size_t i = 0; i < PROTECTION_COUNT; i++)
        if (str_equal(row->state,
                      str_from(protection_state_name((enum protection_state)i))))
            return kinds[i];
    return "unknown";
}

static bool is_listed(const struct html *html, const struct matrix_row *row)
{
    return html->assessment->matrix_count <= HTML_FINDINGS_MAX ||
           strcmp(kind_of(row), "pass") != 0;
}

static void put_newest(struct html *html, const struct matrix_row *row)
{
    char text[INSTANT_TEXT_BYTES];

    if (!row->has_newest)
        return;
    instant_print(row->newest * INSTANTS_PER_SECOND, text);
    html_add(html, "<p>Newest known backup: ");
    html_words(html, text);
    html_add(html, "</p>");
}

static void put_selected(struct html *html, const struct matrix_row *row)
{
    if (row->selected_count == 0)
        return;
    html_add(html, "<ul>");
    for (size_t i = 0; i < row->selected_count; i++) {
        const struct selected_by *by = &row->selected_by[i];

        html_add(html, "<li>plan ");
        html_text(html, by->plan_name.len > 0 ? by->plan_name : by->plan);
        html_add(html, ", selection ");
        html_text(html,
                  by->selection_name.len > 0 ? by->selection_name : by->selection);
        html_add(html, ": ");
        html_text(html, by->because);
        html_add(html,
                 by->kept == HOLDS_NO ? "; its promise is not kept</li>" : "</li>");
    }
    html_add(html, "</ul>");
}

static void put_row(struct html *html, const struct matrix_row *row)
{
    html_add(html, "<tbody><tr><th scope=\"row\">");
    html_text(html, row->name);
    html_addf(html, "</th><td><span class=\"badge %s\">", kind_of(row));
    html_text(html, row->state);
    html_add(html, "</span></td><td>");
    html_text(html, row->account);
    html_add(html, "</td><td>");
    html_text(html, row->region);
    html_add(html, "</td><td>");
    html_text(html, row->engine);
    html_addf(html, "</td><td>%s</td><td>%s</td></tr>\n<tr><td colspan=\"7\"><p>",
              holds_word(row->planned), holds_word(row->has_backup));
    html_text(html, row->because);
    html_add(html, "</p>");
    put_selected(html, row);
    put_newest(html, row);
    if (row->source != NULL) {
        html_add(html, "<p>in ");
        html_source(html, row->source);
        html_add(html, "</p>");
    }
    html_add(html, "</td></tr></tbody>\n");
    arena_reset(&html->scratch);
}

static void put_table(struct html *html)
{
    const struct assessment *assessment = html->assessment;
    size_t left = 0;

    html_add(html, "<div class=\"wide\" role=\"group\" tabindex=\"0\" "
                   "aria-label=\"Databases\">\n<table class=\"places\">\n<caption>"
                   "Whether each database is protected by AWS Backup</caption>\n"
                   "<thead><tr>");
    html_add(html, "<th scope=\"col\">Database</th><th scope=\"col\">State</th><th "
                   "scope=\"col\">Account</th><th scope=\"col\">Region</th><th "
                   "scope=\"col\">Engine</th><th scope=\"col\">In a plan</th><th "
                   "scope=\"col\">Has a backup</th></tr></thead>\n");
    for (size_t i = 0; i < assessment->matrix_count; i++) {
        if (is_listed(html, &assessment->matrix[i]))
            put_row(html, &assessment->matrix[i]);
        else
            left++;
    }
    html_add(html, "</table>\n</div>\n");
    if (left == 0)
        return;
    html_add(html, "<p>Not listed, since they are protected: ");
    html_count(html, left, "database");
    html_addf(
        html,
        ". Of more than %d databases, this page lists the others; the json report "
        "lists all.</p>\n",
        HTML_FINDINGS_MAX);
}

void html_databases(struct html *html)
{
    const struct assessment *assessment = html->assessment;

    if (assessment->matrix == NULL)
        return;
    html_addf(
        html,
        "<section aria-labelledby=\"databases\">\n<h2 id=\"databases\">Databases: "
        "%zu</h2>\n",
        assessment->matrix_count);
    if (assessment->matrix_open > 0) {
        html_add(html, "<p>");
        html_text(html, databases_open(&html->scratch, assessment));
        html_add(html, ".</p>\n");
    }
    if (assessment->matrix_count > 0)
        put_table(html);
    html_add(html, "</section>\n");
}
