#include "cli/judging.h"
#include "cli/reports.h"

static const struct option output[] = {
    { "output", 'o', OPTION_TEXTS, "FORMAT[=FILE]",
      "write the list in this format, to FILE or to standard output; repeatable",
      offsetof(struct judging, output), GROUP_OUTPUT },
    { .name = NULL },
};

static const struct option *const options[] = { output, settings_options,
                                                running_options, NULL };

static const char *nothing(const struct assessment *assessment)
{
    if (assessment->source_count == 0)
        return "no evidence: there is no file";
    return "no evidence: no file holds any; the list says what each was taken for";
}

static int run_evidence(const struct command_line *line)
{
    static const struct judged judged = { .formats = &evidence_formats,
                                          .lists_missing = true,
                                          .status = evidence_status,
                                          .nothing = nothing };

    return judging_run(line, &judged);
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
    .examples = { { "invaudit evidence evidence",
                    "see what each file was taken for, before anything is judged" },
                  { "invaudit evidence -o text -o script=ask.sh evidence",
                    "write what is missing as a script for who has the credentials" } },
    .options = options,
    .options_bytes = sizeof(struct judging),
    .help = write_formats,
    .run = run_evidence,
};
