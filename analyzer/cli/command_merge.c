#include "cli/judging.h"
#include "cli/reports.h"
#include "cli/states.h"

static const struct option *const options[] = { findings_options, settings_options,
                                                running_options, NULL };

static int run_merge(const struct command_line *line)
{
    static const struct judged judged = { .formats = &scan_formats,
                                          .merges = true,
                                          .status = assessment_status,
                                          .nothing = nothing_to_judge };

    return judging_run(line, &judged);
}

static void write_formats(struct page *page)
{
    reports_help(page, &scan_formats);
}

const struct command command_merge = {
    .name = "merge",
    .operands = "STATE...",
    .summary = "judge evidence that several machines read",
    .description =
        "STATE is a file that 'invaudit scan -o state=FILE' wrote: of each part of the "
        "evidence one. All of them together give the report, and the exit status, of "
        "one scan, with its options unless others are given here.",
    .examples = { { "invaudit merge *.state", "judge what all parts hold" },
                  { "invaudit merge -o state=all.state *.state",
                    "put them together, to be judged later" } },
    .options = options,
    .aside = states_of_reading,
    .aside_why = "only as the states were read",
    .options_bytes = sizeof(struct judging),
    .help = write_formats,
    .run = run_merge,
};
