#include "cli/reports.h"

#include "base/file.h"
#include "cli/complain.h"
#include "cli/help.h"
#include "cli/output.h"
#include "report/summary.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What was gathered, before it is judged: of no assessment (cli/states.h). */
static const struct report_format state_format = {
    .name = "state",
    .summary = "for 'invaudit merge': what was read, not judged yet",
};

static bool has_state(const struct report_formats *formats)
{
    return formats == &scan_formats;
}

/* "text, json or junit" */
static const char *listed(struct arena *arena, const char *const *names, size_t count)
{
    struct buf list = BUF_EMPTY(arena);

    for (size_t i = 0; i < count; i++) {
        const char *before = i + 1 < count ? ", " : " or ";

        buf_printf(&list, "%s%s", i > 0 ? before : "", names[i]);
    }
    return buf_str(&list).text;
}

/* What was meant by a format that does not exist: a file's name, or another format;
 * else those that there are. */
static const char *format_meant(struct arena *arena,
                                const struct report_formats *formats, struct str name)
{
    const char **names = arena_array(arena, formats->count + 1, const char *);
    size_t count = formats->count + has_state(formats);
    const char *meant, *dot = strrchr(name.text, '.');
    const char *ending = dot != NULL ? dot + 1 : "";

    if (strcmp(ending, "txt") == 0)
        ending = "text";
    for (size_t i = 0; i < count; i++) {
        names[i] = i < formats->count ? formats->items[i].name : state_format.name;
        if (strcmp(ending, names[i]) == 0)
            return arena_printf(arena, " (did you mean '-o %s=%s'?)", ending,
                                name.text);
    }
    meant = suggestion(arena, name, names, count);
    if (meant[0] != '\0')
        return meant;
    return arena_printf(arena, ": expected %s", listed(arena, names, count));
}

static bool can_be_made(const struct wanted_report *report, struct error *err)
{
    const char *name = report->format->name;
    struct error why = { 0 };

    if (report->file == NULL && isatty(STDOUT_FILENO) != 0) {
        return error_set(err,
                         "format '%s' is nothing for a terminal: give it a file, "
                         "as in -o %s=report.%s",
                         name, name, name);
    }
    return report->format->maker == NULL || report->format->maker->is_here(&why) ||
           error_set(err, "format '%s': %s", name, why.message);
}

static bool parse_report(struct arena *arena, const struct report_formats *formats,
                         struct str text, struct wanted_report *report,
                         struct error *err)
{
    size_t equals = str_find(text, STR("="));
    struct str name = text;

    if (equals != SIZE_MAX) {
        name = str_copy(arena, str_slice(text, 0, equals));
        report->file = text.text + equals + 1;
    }
    report->format = has_state(formats) && str_equal(name, str_from(state_format.name))
                         ? &state_format
                         : report_format_find(formats, name);
    if (report->format == NULL)
        return error_set(err, "unknown format '%s'%s", name.text,
                         format_meant(arena, formats, name));
    if (report->file == NULL || strcmp(report->file, "-") == 0 ||
        file_descriptor(report->file) == STDOUT_FILENO)
        report->file = NULL;
    else if (report->file[0] == '\0')
        return error_set(err, "option '--output': expected a file behind '%s'",
                         text.text);
    return report->format->write != NULL || can_be_made(report, err);
}

/* What is left of the text with -q. */
static const struct report_format last_line = { .name = "summary",
                                                .summary = "the last line of text",
                                                .write = report_summary };

bool reports_parse(struct arena *arena, const struct report_formats *formats,
                   struct str_list texts, unsigned quiet,
                   struct wanted_reports *reports, struct error *err)
{
    size_t to_output = 0;

    reports->items = arena_array(arena, texts.count + 1, struct wanted_report);
    for (size_t i = 0; i < texts.count; i++) {
        struct wanted_report *report = &reports->items[reports->count++];

        if (!parse_report(arena, formats, texts.items[i], report, err))
            return false;
        if (report->file == NULL && to_output++ > 0)
            return error_set(err, "two reports for standard output: give one a file, "
                                  "as in -o json=report.json");
        reports->is_state = reports->is_state || report->format == &state_format;
    }
    if (reports->is_state)
        return reports->count == 1 ||
               error_set(err, "format 'state' is of what is not judged yet: no other "
                              "report goes with it; 'invaudit merge' makes them");
    if (to_output == 0 && quiet < 2)
        reports->items[reports->count++].format =
            quiet == 0 ? report_format_find(formats, STR("text")) : &last_line;
    return true;
}

/* False: no such result. */
static bool show_result(struct arena *arena, struct str name,
                        struct wanted_reports *reports, struct error *err)
{
    const char *names[RESULT_COUNT + 1];
    bool is_known = false;

    for (int result = 0; result < RESULT_COUNT; result++) {
        names[result] = result_name((enum result)result);
        if (!str_equal(name, STR("all")) && !str_equal(name, str_from(names[result])))
            continue;
        reports->counted[result] = false;
        is_known = true;
    }
    names[RESULT_COUNT] = "all";
    return is_known ||
           error_set(err,
                     "option '--show': expected pass, fail, unknown, not_applicable, "
                     "waived or all, not '%s'%s",
                     name.text, suggestion(arena, name, names, RESULT_COUNT + 1));
}

bool reports_show(struct arena *arena, struct str_list shown,
                  struct wanted_reports *reports, struct error *err)
{
    for (int result = 0; result < RESULT_COUNT; result++)
        reports->counted[result] =
            shown.count > 0 || (result != RESULT_FAIL && result != RESULT_UNKNOWN &&
                                result != RESULT_WAIVED);
    for (size_t i = 0; i < shown.count; i++)
        if (!show_result(arena, shown.items[i], reports, err))
            return false;
    return true;
}

bool reports_suit(const struct wanted_reports *reports, const struct settings *settings,
                  struct error *err)
{
    for (size_t i = 0; i < reports->count && settings->no_digest; i++) {
        const struct report_format *format = reports->items[i].format;

        if (format->needs_digests) {
            return error_set(err,
                             "format '%s': it proves nothing without the digests of "
                             "the evidence, which --no-digest leaves out",
                             format->name);
        }
    }
    return true;
}

/* One of the reports that are written. */
struct report {
    const struct assessment *assessment;
    const struct report_format *format;
    struct report_style style;
    struct str made; /* of a format that is made, not written */
};

static void print_report(const void *object, struct buf *out)
{
    const struct report *report = object;

    if (report->format->maker == NULL)
        report->format->write(report->assessment, &report->style, out);
    for (size_t at = 0; at < report->made.len; at += BUF_DRAINED_BYTES)
        buf_add(out, str_slice(report->made, at,
                               smaller(at + BUF_DRAINED_BYTES, report->made.len)));
}

static bool make_report(struct arena *arena, struct report *report, const char *file,
                        struct error *err)
{
    const struct report_maker *maker = report->format->maker;

    return maker == NULL ||
           maker->make(arena, report->assessment, &report->made, err) ||
           error_at(err, file != NULL ? file : "standard output", 0);
}

static void print_beside(const void *object, struct buf *out)
{
    const struct report *report = object;

    report_beside(report->format)->write(report->assessment, &report->style, out);
}

/* What goes with a format into a file that the environment names. False: it cannot. */
static bool append_beside(const struct report *report, struct error *err)
{
    const struct report_beside *beside = report_beside(report->format);
    const char *file = beside != NULL ? getenv(beside->variable) : NULL;

    return file == NULL || file[0] == '\0' ||
           file_append(file, &(struct print_job){ print_beside, report }, err);
}

static bool append_all(struct arena *arena, const struct assessment *assessment,
                       const struct wanted_reports *reports)
{
    bool done = true;

    for (size_t i = 0; i < reports->count; i++) {
        const struct report report = { .assessment = assessment,
                                       .format = reports->items[i].format,
                                       .style = { .width = REPORT_WIDTH } };
        struct error err = { 0 };

        if (append_beside(&report, &err))
            continue;
        complain_error(arena, &err);
        done = false;
    }
    return done;
}

/* The files first: a pipe may keep what is written to it waiting for ever. */
int reports_write(struct arena *arena, const struct assessment *assessment,
                  const struct wanted_reports *reports)
{
    struct file_text *files = arena_array(arena, reports->count, struct file_text);
    struct error err = { 0 };
    const struct report *shown = NULL;
    size_t count = 0;
    int status = STATUS_GOOD;

    for (size_t i = 0; i < reports->count; i++) {
        const struct wanted_report *wanted = &reports->items[i];
        struct report *report = arena_new(arena, struct report);

        *report = (struct report){ .assessment = assessment,
                                   .format = wanted->format,
                                   .style = output_style() };
        if (wanted->file != NULL)
            report->style = (struct report_style){ .width = REPORT_WIDTH };
        report->style.lists_all = reports->lists_all;
        memcpy(report->style.counted, reports->counted, sizeof reports->counted);
        if (!make_report(arena, report, wanted->file, &err)) {
            complain_error(arena, &err);
            return STATUS_MACHINE;
        }
        if (wanted->file == NULL)
            shown = report;
        else
            files[count++] =
                (struct file_text){ wanted->file, { print_report, report } };
    }
    if (!files_write(files, count, &err)) {
        complain_error(arena, &err);
        status = STATUS_MACHINE;
    }
    if (!append_all(arena, assessment, reports))
        status = STATUS_MACHINE;
    if (shown != NULL &&
        output_print(arena, &(struct print_job){ print_report, shown }) != STATUS_GOOD)
        status = STATUS_MACHINE;
    return status;
}

void reports_help(struct page *page, const struct report_formats *formats)
{
    page_words(page, STR("formats:"));
    page_line(page);
    for (size_t i = 0; i < formats->count; i++)
        help_row(page, formats->items[i].name, formats->items[i].summary);
    if (has_state(formats))
        help_row(page, state_format.name, state_format.summary);
}
