#include "report/report.h"

const struct report_format report_formats[] = {
    { "text", "for a reader: what fails, what is unknown and how to settle it",
      report_text },
    { "json", "for programs: everything that is known, as one JSON object",
      report_json },
    { "junit", "for CI: JUnit XML, a suite a rule and one for the evidence",
      report_junit },
};

const size_t report_format_count = sizeof report_formats / sizeof report_formats[0];

const struct report_format *report_format_find(struct str name)
{
    for (size_t i = 0; i < report_format_count; i++)
        if (str_equal(name, str_from(report_formats[i].name)))
            return &report_formats[i];
    return NULL;
}
