#include "base/file.h"
#include "cli/complain.h"
#include "cli/output.h"
#include "cli/reports.h"
#include "cli/targets.h"
#include "compare/diff_print.h"

#include <assert.h>
#include <string.h>

struct diff_options {
    struct str_list output;
    unsigned quiet;
};

static const struct option options[] = {
    { "output", 'o', OPTION_TEXTS, "FORMAT[=FILE]",
      "write in this format to FILE, or to standard output; repeatable",
      offsetof(struct diff_options, output), GROUP_OPTIONS },
    { "quiet", 'q', OPTION_LEVEL, NULL,
      "of the text, print only the last line; twice: nothing",
      offsetof(struct diff_options, quiet), GROUP_OPTIONS },
    { .name = NULL },
};

static const struct option *const tables[] = { options, NULL };

/* ---- formats --------------------------------------------------------------------- */

static const struct report_format formats_of_diff[] = {
    { .name = "text", .summary = "for a reader: what became of each finding, and why" },
    { .name = "json", .summary = "for programs: the same as one JSON object" },
    { .name = "markdown",
      .summary = "for a comment on a change, cut where GitHub "
                 "would refuse it" },
};

/* The last is what is left of the text with -q. */
static diff_write_function *const writers[] = { diff_text, diff_json, diff_markdown,
                                                diff_summary };
static_assert(COUNT_OF(writers) == COUNT_OF(formats_of_diff) + 1,
              "each format has its writer");

static const struct report_formats formats = { formats_of_diff,
                                               COUNT_OF(formats_of_diff) };

struct diff_report {
    const struct diff *diff;
    diff_write_function *write;
    struct report_style style;
};

static diff_write_function *writer_of(const struct report_format *format)
{
    for (size_t i = 0; i < formats.count; i++)
        if (format == &formats.items[i])
            return writers[i];
    return writers[formats.count];
}

static void print_diff(const void *object, struct buf *out)
{
    const struct diff_report *report = object;

    report->write(report->diff, &report->style, out);
}

/* The files first, as scan does it. */
static int write_all(struct arena *arena, const struct diff *diff,
                     const struct wanted_reports *wanted)
{
    struct file_text *files = arena_array(arena, wanted->count, struct file_text);
    const struct diff_report *shown = NULL;
    struct error err = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < wanted->count; i++) {
        const struct wanted_report *item = &wanted->items[i];
        struct diff_report *report = arena_new(arena, struct diff_report);

        *report = (struct diff_report){ diff, writer_of(item->format), output_style() };
        if (item->file != NULL) {
            report->style = (struct report_style){ .width = REPORT_WIDTH };
            files[count++] = (struct file_text){ item->file, { print_diff, report } };
        } else {
            shown = report;
        }
    }
    if (!files_write(files, count, &err)) {
        complain_error(arena, &err);
        return STATUS_MACHINE;
    }
    return shown == NULL
               ? STATUS_GOOD
               : output_print(arena, &(struct print_job){ print_diff, shown });
}

/* ---- the command ----------------------------------------------------------------- */

static bool is_operand(const struct command_line *line, const struct stat *file)
{
    struct stat status;

    for (size_t i = 0; i < line->operand_count; i++)
        if (stat(line->operands[i], &status) == 0 && status.st_dev == file->st_dev &&
            status.st_ino == file->st_ino)
            return true;
    return false;
}

/* A diff never replaces a report that it is made of, be it one of ours. */
static bool spares_operands(const struct command_line *line,
                            const struct wanted_reports *wanted, struct error *err)
{
    for (size_t i = 0; i < wanted->count; i++) {
        const char *path = wanted->items[i].file;
        struct file_place to = { .descriptor = -1 };
        struct error unknown = { 0 };

        if (path != NULL && file_place_find(path, &to, &unknown) && !to.is_new &&
            S_ISREG(to.status.st_mode) && is_operand(line, &to.status)) {
            return error_set(err,
                             "option '--output': '%s' is one of the reports that are "
                             "compared: it would be replaced",
                             path);
        }
    }
    return true;
}

static int prepare(const struct command_line *line, struct wanted_reports *wanted)
{
    const struct diff_options *given = line->options;
    struct replaced replaced = { 0 };
    struct error err = { 0 };
    int status;

    if (!reports_parse(line->arena, &formats, given->output, given->quiet, wanted,
                       &err))
        return wrong_usage(line, "%s", err.message);
    if (line->operand_count != 2)
        return wrong_usage(line, "expected two reports of scan -o json: OLD and NEW");
    if (strcmp(line->operands[0], "-") == 0 && strcmp(line->operands[1], "-") == 0)
        return wrong_usage(line, "both reports from standard input: give one a file");
    status = targets_look(line, wanted, &replaced, NULL);
    if (status == STATUS_GOOD && !spares_operands(line, wanted, &err))
        return wrong_usage(line, "%s", err.message);
    return status;
}

static int run_diff(const struct command_line *line)
{
    struct wanted_reports wanted = { 0 };
    struct outline old, new;
    struct diff diff;
    struct error err = { 0 };
    int status = prepare(line, &wanted);

    if (status != STATUS_GOOD)
        return status;
    if (!outline_read(line->arena, line->operands[0], OUTLINE_ITEMS_MAX, &old, &err) ||
        !outline_read(line->arena, line->operands[1], OUTLINE_ITEMS_MAX, &new, &err) ||
        !diff_find(line->arena, &old, &new, &diff, &err)) {
        complain_error(line->arena, &err);
        return STATUS_WRONG;
    }
    status = write_all(line->arena, &diff, &wanted);
    return status == STATUS_GOOD ? diff_status(&diff) : status;
}

static void help_formats(struct page *page)
{
    reports_help(page, &formats);
}

const struct command command_diff = {
    .name = "diff",
    .operands = "OLD NEW",
    .summary = "tell what became of each finding between two JSON reports, and why",
    .description =
        "OLD and NEW are JSON reports of scan; '-' is standard input. A finding is "
        "told by its id: it newly fails, still fails, is fixed, is no longer or newly "
        "decidable, is waived or no longer, is new or gone. Why is told by what "
        "differs "
        "between the reports and may have changed it: the evidence that it cites, its "
        "rule, options, the catalog, the program.\n\n"
        "The status is 1 if something newly fails, and else 0.",
    .examples = { { "invaudit diff old.json new.json",
                    "what changed since the last audit" },
                  { "invaudit diff -q -o markdown=comment.md old.json new.json",
                    "in a pipeline: one line, and a comment on the change" } },
    .options = tables,
    .options_bytes = sizeof(struct diff_options),
    .help = help_formats,
    .run = run_diff,
};
