#include "report/report.h"

#include <string.h>

#define TEXT(name_of, summary_of, function)                                            \
    {                                                                                  \
        .name = (name_of), .summary = (summary_of), .write = (function)                \
    }

static const struct report_format of_findings[] = {
    TEXT("text", "for a reader: what fails, what is unknown and how to settle it",
         report_text),
    TEXT("json", "for programs: everything that is known, as one JSON object",
         report_json),
    TEXT("junit", "for CI: JUnit XML, a suite for each rule and one for the evidence",
         report_junit),
    TEXT("sarif", "for code scanning: SARIF 2.1.0 of what fails or is unknown",
         report_sarif),
    TEXT("github", "for GitHub Actions: annotations, and a summary of the job",
         report_github),
    TEXT("markdown", "for a CI job's page or a ticket: a summary in Markdown",
         report_markdown),
    TEXT("html",
         "to hand over: one page for a browser, or paper, that needs nothing else",
         report_html),
    TEXT("csv", "for spreadsheets: a row for each finding", report_csv),
    { .name = "intoto",
      .summary = "to sign: a Statement of in-toto, which findings which files gave",
      .needs_digests = true,
      .write = report_intoto },
    { .name = "xlsx",
      .summary = "for auditors: a working paper to fill in, for Excel",
      .maker = &report_xlsx },
};

static const struct report_format of_evidence[] = {
    TEXT("text", "for a reader: what was recognised and how, what is missing",
         report_evidence_text),
    TEXT("json", "for programs: the same as one JSON object", report_evidence_json),
    TEXT("script",
         "for who has the credentials: a shell script that asks what is missing",
         report_script),
    TEXT("csv", "for spreadsheets: a row for each document", report_evidence_csv),
};

const struct report_formats scan_formats = {
    of_findings,
    sizeof of_findings / sizeof of_findings[0],
};

const struct report_formats evidence_formats = {
    of_evidence,
    sizeof of_evidence / sizeof of_evidence[0],
};

/* GitHub shows the file of each step on the page of the job. */
static const struct report_beside besides[] = {
    { "github", "GITHUB_STEP_SUMMARY", report_markdown },
};

const struct report_beside *report_beside(const struct report_format *format)
{
    for (size_t i = 0; i < COUNT_OF(besides); i++)
        if (strcmp(besides[i].format, format->name) == 0)
            return &besides[i];
    return NULL;
}

const struct report_format *report_format_find(const struct report_formats *formats,
                                               struct str name)
{
    for (size_t i = 0; i < formats->count; i++)
        if (str_equal(name, str_from(formats->items[i].name)))
            return &formats->items[i];
    return NULL;
}
