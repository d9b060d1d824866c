#include "cli/complain.h"
#include "cli/judging.h"
#include "cli/reports.h"

struct evidence_options {
    struct judging_options judging;
    struct running_options running;
    struct str_list output;
};

static const struct option options[] = {
    { "output", 'o', OPTION_TEXTS, "FORMAT[=FILE]",
      "write the list in this format, to FILE or to standard output; repeatable",
      offsetof(struct evidence_options, output) },
    JUDGING_OPTIONS(struct evidence_options),
    RUNNING_OPTIONS(struct evidence_options),
};

static int run_evidence(const struct command_line *line)
{
    const struct evidence_options *given = line->options;
    struct wanted_reports reports = { 0 };
    struct assessment assessment = { 0 };
    struct running running;
    struct error err = { 0 };
    int status;

    if (!reports_parse(line->arena, &evidence_formats, given->output, false, &reports,
                       &err) ||
        !running_start(&running, &given->running, &err))
        return wrong_usage(line->arena, line->command->name, "%s", err.message);
    status = targets_look(line, &reports, &running.replaced);
    if (status != STATUS_GOOD)
        return status;
    status = judging_run(line, &given->judging, &running, true, &assessment);
    if (status == STATUS_GOOD)
        status = reports_write(line->arena, &assessment, &reports);
    if (status != STATUS_GOOD)
        return status;
    running_end(line->arena, &running, &assessment);
    status = evidence_status(&assessment);
    if (status == STATUS_WRONG)
        complain(line->arena, "no evidence");
    return status;
}

static void write_formats(struct page *page)
{
    reports_help(page, &evidence_formats);
}

const struct command command_evidence = {
    .name = "evidence",
    .operands = "PATH...",
    .summary = "list evidence: what was recognised, and how; what is missing",
    .description =
        "PATH is as for scan. Each document is listed with its account, region and "
        "type, and how they were told; then what could not be used, what was ignored, "
        "and what the rules need and is missing, with the commands that give it.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .options_bytes = sizeof(struct evidence_options),
    .help = write_formats,
    .run = run_evidence,
};
