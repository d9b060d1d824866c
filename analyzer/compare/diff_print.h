/*
 * diff_print.h - the formats that a diff can be printed in.
 *
 * How to add one: a file diff_NAME.c with one function, a row in diff_formats below,
 * whose name and summary are in the table of cli/command_diff.c; its sentence in
 * invaudit-report(5).
 *
 * As report/report.h: from front to back, the same bytes each time; text from reports
 * is escaped on its way out.
 */
#ifndef COMPARE_DIFF_PRINT_H
#define COMPARE_DIFF_PRINT_H

#include "compare/diff.h"
#include "report/members.h"
#include "report/report.h"

enum {
    DIFF_GROUPS_SHOWN = 20,          /* of a kind and rule, where a list is cut */
    DIFF_PLACES_SHOWN = 20,          /* lines of a group */
    DIFF_NAMES_SHOWN = 20,           /* of a line */
    DIFF_PATHS_SHOWN = 3,            /* of a cause */
    DIFF_MARKDOWN_BYTES_MAX = 60000, /* GitHub takes 65,536 characters of a comment */
};

typedef void diff_write_function(const struct diff *diff,
                                 const struct report_style *style, struct buf *out);

diff_write_function diff_text, diff_json, diff_markdown;

/* Of a struct diff, as JSON. */
extern const struct members diff_members;

/* The last line of the text alone. */
diff_write_function diff_summary;

#endif
