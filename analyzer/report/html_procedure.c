#include "report/html.h"

#include "base/shell.h"

#include <string.h>

/* ---- rules ----------------------------------------------------------------------- */

static void put_part(struct html *html, const char *heading, struct str text)
{
    if (text.len == 0)
        return;
    html_addf(html, "<h4>%s</h4>\n", heading);
    html_paragraphs(html, text);
}

/* An address of the web is a link; what else a rule calls a reference is text. */
static void put_reference(struct html *html, struct str reference)
{
    html_add(html, "<li>");
    if (str_starts_with(reference, STR("https://"))) {
        html_add(html, "<a rel=\"noreferrer\" href=\"");
        html_text(html, reference);
        html_add(html, "\">");
        html_text(html, reference);
        html_add(html, "</a>");
    } else {
        html_text(html, reference);
    }
    html_add(html, "</li>\n");
}

static void put_list(struct html *html, const char *term, const struct str_list *list)
{
    if (list->count == 0)
        return;
    html_addf(html, "<dt>%s</dt><dd>", term);
    for (size_t i = 0; i < list->count; i++) {
        html_add(html, i > 0 ? ", " : "");
        html_text(html, list->items[i]);
    }
    html_add(html, "</dd>\n");
}

static void put_mappings(struct html *html, const struct rule *rule)
{
    for (size_t i = 0; i < rule->mapping_count; i++) {
        const struct mapping *mapping = &rule->mappings[i];

        html_add(html, "<dt>Control</dt><dd>");
        html_text(html, mapping->framework);
        for (size_t j = 0; j < mapping->controls.count; j++) {
            html_add(html, j > 0 ? ", " : ": ");
            html_text(html, mapping->controls.items[j]);
        }
        html_add(html, "</dd>\n");
    }
}

static void put_properties(struct html *html, const struct rule *rule)
{
    html_add(html, "<dl class=\"facts\">\n");
    if (rule->publisher.text != NULL)
        html_term(html, "Publisher", rule->publisher);
    if (rule->severity != SEVERITY_NONE)
        html_term(html, "Severity", str_from(severity_name(rule->severity)));
    if (rule->pillar.text != NULL)
        html_term(html, "Pillar", rule->pillar);
    put_list(html, "Services", &rule->services);
    put_mappings(html, rule);
    html_add(html, "<dt>File</dt><dd>");
    html_code(html, str_from(rule->path));
    html_add(html, rule->builtin ? " (built in), SHA-256 " : ", SHA-256 ");
    html_code(html, str_from(rule->sha256));
    html_add(html, "</dd>\n</dl>\n");
}

/* What is counted, so that a reader can count it too. */
static void put_facts(struct html *html, const struct rule *rule)
{
    if (rule->fact_count == 0)
        return;
    html_add(html, "<h4>What is counted</h4>\n<ul>\n");
    for (size_t i = 0; i < rule->fact_count; i++) {
        const struct fact *fact = &rule->facts[i];

        html_add(html, "<li>");
        html_code(html, fact->name);
        html_add(html, fact->kind == FACT_MIN   ? ": the least "
                       : fact->kind == FACT_MAX ? ": the largest "
                                                : ": ");
        if (fact->of_text.len > 0) {
            html_code(html, fact->of_text);
            html_add(html, " of ");
        }
        if (fact->each_text.len > 0) {
            html_add(html, "elements of ");
            html_code(html, fact->each_text);
            html_add(html, fact->type != NULL ? " in " : "");
        }
        if (fact->type != NULL)
            html_text(html, fact->type->title);
        if (fact->where_text.len > 0) {
            html_add(html, " where ");
            html_code(html, fact->where_text);
        }
        html_add(html, "</li>\n");
    }
    html_add(html, "</ul>\n");
}

static void put_rule(struct html *html, const struct rule *rule)
{
    html_rule_heading(html, "h3", "p", rule);
    put_properties(html, rule);
    put_part(html, "Description", rule->description);
    put_part(html, "Audit", rule->audit);
    put_facts(html, rule);
    put_part(html, "Rationale", rule->rationale);
    put_part(html, "Remediation", rule->remediation);
    if (rule->references.count > 0) {
        html_add(html, "<h4>References</h4>\n<ul>\n");
        for (size_t i = 0; i < rule->references.count; i++)
            put_reference(html, rule->references.items[i]);
        html_add(html, "</ul>\n");
    }
}

void html_procedure(struct html *html)
{
    const struct rulebook *book = html->assessment->book;

    if (book->count == 0)
        return;
    html_add(html,
             "<section aria-labelledby=\"procedure\">\n<h2 id=\"procedure\">Procedure"
             "</h2>\n");
    for (size_t i = 0; i < book->count; i++)
        put_rule(html, book->rules[i]);
    html_add(html, "</section>\n");
}

/* ---- once more ------------------------------------------------------------------- */

static void put_word(struct html *html, struct str word)
{
    struct buf text = BUF_EMPTY(&html->scratch);

    shell_add_word(&text, word);
    html_text(html, buf_str(&text));
}

static void put_options(struct html *html)
{
    const struct settings *settings = html->assessment->settings;
    struct str value;

    for (const struct option *option = settings_options; option->name != NULL;
         option++) {
        for (size_t i = 0; option_given(option, settings, i, &value); i++) {
            html_addf(html, " --%s", option->name);
            if (option->kind == OPTION_FLAG)
                continue;
            html_add(html, "=");
            put_word(html, value);
        }
    }
}

/* What the command line named, as far as files were found there. */
static void put_operands(struct html *html)
{
    const struct assessment *assessment = html->assessment;
    const char *last = NULL;

    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source *source = assessment->sources[i].source;
        const char *operand =
            source->found_below != NULL ? source->found_below : source->path;

        if (last != NULL && strcmp(last, operand) == 0)
            continue;
        last = operand;
        html_add(html, " ");
        put_word(html, str_from(operand));
    }
}

void html_repeat(struct html *html)
{
    html_add(html,
             "<section aria-labelledby=\"repeat\">\n<h2 id=\"repeat\">How to repeat it"
             "</h2>\n<p>The same version of invaudit, with the same evidence and "
             "this command, gives the same findings:</p>\n<pre>invaudit scan");
    put_options(html);
    put_operands(html);
    html_add(
        html,
        "</pre>\n<dl class=\"facts\">\n<dt>Version</dt><dd>invaudit " INVAUDIT_VERSION
        "</dd>\n");
    if (html->assessment->digested > 0) {
        html_add(html, "<dt>Evidence</dt><dd>");
        html_count(html, html->assessment->digested, "file");
        html_add(html, ", SHA-256 of the set ");
        html_code(html, str_from(html->assessment->set_sha256));
        html_add(html, "</dd>\n");
    }
    html_add(html, "</dl>\n</section>\n");
    arena_reset(&html->scratch);
}
