#include "cli/complain.h"
#include "cli/judging.h"
#include "cli/reports.h"

struct scan_options {
    struct judging_options judging;
    struct running_options running;
    struct str_list output, show;
    bool quiet;
};

static const struct option options[] = {
    { "output", 'o', OPTION_TEXTS, "FORMAT[=FILE]",
      "write a report in this format, to FILE or to standard output; repeatable",
      offsetof(struct scan_options, output) },
    { "show", 0, OPTION_WORDS, "RESULT[,RESULT...]",
      "the results whose findings the text report lists, or all: fail,unknown unless "
      "given; the others are counted",
      offsetof(struct scan_options, show) },
    JUDGING_OPTIONS(struct scan_options),
    RUNNING_OPTIONS(struct scan_options),
    { "quiet", 'q', OPTION_FLAG, NULL,
      "no text report on standard output, unless -o asks for it",
      offsetof(struct scan_options, quiet) },
};

/* False: no such result. */
static bool show_result(struct arena *arena, struct str name,
                        bool counted[RESULT_COUNT], struct error *err)
{
    const char *names[RESULT_COUNT + 1];
    bool is_known = false;

    for (int result = 0; result < RESULT_COUNT; result++) {
        names[result] = result_name((enum result)result);
        if (!str_equal(name, STR("all")) && !str_equal(name, str_from(names[result])))
            continue;
        counted[result] = false;
        is_known = true;
    }
    names[RESULT_COUNT] = "all";
    return is_known ||
           error_set(err,
                     "option '--show': expected pass, fail, unknown, not_applicable, "
                     "waived or all, not '%s'%s",
                     name.text, suggestion(arena, name, names, RESULT_COUNT + 1));
}

static bool read_show(struct arena *arena, struct str_list given,
                      bool counted[RESULT_COUNT], struct error *err)
{
    for (int result = 0; result < RESULT_COUNT; result++)
        counted[result] =
            given.count > 0 || (result != RESULT_FAIL && result != RESULT_UNKNOWN);
    for (size_t i = 0; i < given.count; i++)
        if (!show_result(arena, given.items[i], counted, err))
            return false;
    return true;
}

static int run_scan(const struct command_line *line)
{
    const struct scan_options *given = line->options;
    struct wanted_reports reports = { 0 };
    struct assessment assessment = { 0 };
    struct running running;
    struct error err = { 0 };
    int status;

    if (!reports_parse(line->arena, &scan_formats, given->output, given->quiet,
                       &reports, &err) ||
        !read_show(line->arena, given->show, reports.counted, &err) ||
        !running_start(&running, &given->running, &err))
        return wrong_usage(line->arena, line->command->name, "%s", err.message);
    status = targets_look(line, &reports, &running.replaced);
    if (status != STATUS_GOOD)
        return status;
    status = judging_run(line, &given->judging, &running, false, &assessment);
    if (status == STATUS_GOOD)
        status = reports_write(line->arena, &assessment, &reports);
    if (status != STATUS_GOOD)
        return status;
    running_end(line->arena, &running, &assessment);
    status = assessment_status(&assessment);
    if (status == STATUS_WRONG)
        complain(line->arena, "nothing to judge");
    return status;
}

static void write_formats(struct page *page)
{
    reports_help(page, &scan_formats);
}

const struct command command_scan = {
    .name = "scan",
    .operands = "PATH...",
    .summary = "judge evidence",
    .description =
        "PATH is a file or folder that holds what AWS CLI calls printed; - is standard "
        "input. The text report goes to standard output, unless another format without "
        "a FILE takes it.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .options_bytes = sizeof(struct scan_options),
    .help = write_formats,
    .run = run_scan,
};
