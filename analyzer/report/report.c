#include "report/report.h"

static const struct report_format of_findings[] = {
    { "text", "for a reader: what fails, what is unknown and how to settle it",
      report_text },
    { "json", "for programs: everything that is known, as one JSON object",
      report_json },
    { "junit", "for CI: JUnit XML, a suite for each rule and one for the evidence",
      report_junit },
};

static const struct report_format of_evidence[] = {
    { "text", "for a reader: what was recognised and how, what is missing",
      report_evidence_text },
    { "json", "for programs: the same as one JSON object", report_evidence_json },
    { "script", "for who has the credentials: a shell script that asks what is missing",
      report_script },
};

const struct report_formats scan_formats = {
    of_findings,
    sizeof of_findings / sizeof of_findings[0],
};

const struct report_formats evidence_formats = {
    of_evidence,
    sizeof of_evidence / sizeof of_evidence[0],
};

const struct report_format *report_format_find(const struct report_formats *formats,
                                               struct str name)
{
    for (size_t i = 0; i < formats->count; i++)
        if (str_equal(name, str_from(formats->items[i].name)))
            return &formats->items[i];
    return NULL;
}
