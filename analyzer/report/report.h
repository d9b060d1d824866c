/*
 * report.h - the formats that an assessment can be printed in.
 *
 * How to add a format: write its file here, with one function, and add a row to the
 * table in report.c; `-o NAME`, --help and the manual's test then know it.
 *
 * A report is made whole in memory, and then written: a reader never sees half of one.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "assess/assessment.h"

struct report_style {
    size_t width; /* columns of the reader's page, at least REPORT_WIDTH_MIN */
    bool colour;
};

enum { REPORT_WIDTH = 80, REPORT_WIDTH_MIN = 40 };

struct report_format {
    const char *name;    /* "json" */
    const char *summary; /* one line for --help */
    void (*write)(const struct assessment *assessment, const struct report_style *style,
                  struct buf *out);
};

extern const struct report_format report_formats[];
extern const size_t report_format_count;

const struct report_format *report_format_find(struct str name); /* NULL: none */

void report_text(const struct assessment *assessment, const struct report_style *style,
                 struct buf *out);
void report_junit(const struct assessment *assessment, const struct report_style *style,
                  struct buf *out);
void report_json(const struct assessment *assessment, const struct report_style *style,
                 struct buf *out);

#endif
