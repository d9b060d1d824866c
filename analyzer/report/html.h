/*
 * html.h - a scan as one page that a browser shows: to be read, handed over, printed.
 *
 *     the answer     counts, what was read, its digest                    html.c
 *     each rule      account × region, then fails, unknowns by what       html_matrix.c
 *                    they share, and folded all that passes html_findings.c what it
 * rests  databases, problems, files with digests, coverage    html_evidence.c, on
 * html_databases.c how            the rules' procedure, settings, how to repeat it
 * html_procedure.c
 *
 * The page needs nothing but itself: no script to be read, no address to be fetched.
 * Its policy (Content-Security-Policy) lets a browser run and apply what html.js and
 * html.css hold, known by their digests, and nothing else, whatever the text of
 * evidence might bring in. That text is also written by html_text() alone, in which
 * nothing is markup.
 *
 *     html_add(html, "<p>");              the program's own, as it is
 *     html_text(html, finding->region);   anything else
 *     html_add(html, "</p>\n");
 *
 * How to look at it: make test-formats shows it to a browser (tests/formats/html.sh).
 *
 * Memory: a finding at a time is written; what a group shares is kept while it is.
 * Limits: of more than HTML_FINDINGS_MAX findings those are listed that fail or are
 * unknown; of more than HTML_SOURCES_MAX files those that were not taken as they
 * are, and of more than HTML_CITATIONS_MAX places that decided a finding the first.
 * The page says what it leaves out. Private to report/.
 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "gather/assessment.h"
#include "report/groups.h"

enum {
    HTML_FINDINGS_MAX = 5000,
    HTML_SOURCES_MAX = 5000,
    HTML_CITATIONS_MAX = 5,
};

struct html {
    struct buf *out;
    const struct assessment *assessment;
    struct arena scratch; /* emptied behind each finding and each file */
};

/* ---- elements (html_page.c) ------------------------------------------------------ */

/* Markup of the program. */
void html_add(struct html *html, const char *markup);
void html_addf(struct html *html, const char *format, ...) PRINTF_LIKE(2, 3);
/* What evidence, paths, rules or the command line say; absent: "-". */
void html_text(struct html *html, struct str text);
void html_words(struct html *html, const char *text);
/* The same between <code> and </code>. */
void html_code(struct html *html, struct str text);
/* A term and its text, in a <dl>. */
void html_term(struct html *html, const char *term, struct str text);
/* Text of several lines, as rules hold it: paragraphs, and what is indented as it is.
 */
void html_paragraphs(struct html *html, struct str text);
/* "3 findings" */
void html_count(struct html *html, uint64_t count, const char *noun);

/* Adds ` id="PREFIX-TEXT"` or ` href="#PREFIX-TEXT"`. What is no letter, digit or
 * hyphen is spelled, so that an address within the page is its text and nothing else,
 * and that two texts that differ have two of them. */
void html_id(struct html *html, const char *prefix, struct str text);
void html_href(struct html *html, const char *prefix, struct str text);

/* All before the text of the page, and all behind it. */
void html_begin(struct html *html, const char *title);
void html_end(struct html *html);

/* ---- results --------------------------------------------------------------------- */

struct html_look {
    const char *word;       /* "FAIL" */
    const char *count_word; /* "fail" */
    const char *kind;       /* a class of html.css */
};

extern const struct html_look html_looks[RESULT_COUNT];

/* "Backup-001: its title" as a heading of that tag, "h2", to which `html_href()` of
 * that prefix and the rule's id leads. */
void html_rule_heading(struct html *html, const char *tag, const char *prefix,
                       const struct rule *rule);

/* "2 fail, 3 unknown"; of none "no findings". */
void html_result_counts(struct html *html, const size_t counts[RESULT_COUNT]);

/* Whether the page lists findings of that result. */
bool html_lists(const struct html *html, enum result result);

/* ---- sections -------------------------------------------------------------------- */

/* Findings of one rule, which lie together. */
struct html_rule {
    const struct rule *rule;
    const struct finding *findings;
    size_t count;
    size_t counts[RESULT_COUNT];
};

void html_matrix(struct html *html, const struct html_rule *of);
void html_findings(struct html *html, const struct html_rule *of);
void html_databases(struct html *html);
void html_problems(struct html *html);
void html_evidence(struct html *html);
void html_coverage(struct html *html);
void html_procedure(struct html *html);
void html_repeat(struct html *html);

/* A link to the file in the page's list of them, or its path if it is not listed. */
void html_source(struct html *html, const char *path);

#endif
