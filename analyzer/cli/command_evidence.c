#include "cli/judging.h"
#include "cli/reports.h"

static const struct option output[] = {
    { "output", 'o', OPTION_TEXTS, "FORMAT[=FILE]",
      "write the list in this format, to FILE or to standard output; repeatable",
      offsetof(struct judging, output), GROUP_OUTPUT },
    { "list", 0, OPTION_FLAG, NULL,
      "let the text list each document, and all that is missing with its commands",
      offsetof(struct judging, lists_all), GROUP_OUTPUT },
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
    .summary = "tell what the evidence is, and what is missing; ask AWS for that",
    .description =
        "PATH is as for scan. It is told how many regions of each account have whole "
        "answers, by type; what is worth a look, by its cause; what is no evidence, "
        "and "
        "what belongs nowhere. With --list, each document is listed with its account, "
        "region and type, and how they were told, and what is missing with the "
        "commands "
        "that give it. As a script, it asks AWS for what is missing.",
    .examples = { { "invaudit evidence evidence",
                    "see what there is of each account, and what the rules lack" },
                  { "invaudit evidence -o text -o script=ask.sh evidence",
                    "write what is missing as a script for who has the credentials" } },
    .options = options,
    .aside = settings_of_verdicts, /* taken, so that it may follow a scan */
    .aside_why = "no effect here",
    .options_bytes = sizeof(struct judging),
    .help = write_formats,
    .run = run_evidence,
};
