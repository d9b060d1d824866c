#include "cli/judging.h"
#include "cli/reports.h"
#include "report/sections.h"

const struct option findings_options[] = {
    { "output", 'o', OPTION_TEXTS, "FORMAT[=FILE]",
      "write a report in this format, to FILE or to standard output; repeatable",
      offsetof(struct judging, output), GROUP_OUTPUT },
    { "show", 0, OPTION_WORDS, "RESULT[,RESULT...]",
      "the results whose findings the text report lists, or all: fail,unknown,waived "
      "unless given; the others are counted",
      offsetof(struct judging, show), GROUP_OUTPUT },
    { "quiet", 'q', OPTION_LEVEL, NULL,
      "of the text report only the last line on standard output, unless -o asks for "
      "more; -qq: nothing",
      offsetof(struct judging, quiet), GROUP_OUTPUT },
    { .name = NULL },
};

static const struct option shares[] = {
    { "shard", 0, OPTION_TEXT, "I/N",
      "find all, and read the I-th of N parts of it, for 'invaudit merge'; with -o "
      "state",
      offsetof(struct judging, shard), GROUP_RUN },
    { "files-from", 0, OPTION_TEXT, "FILE",
      "find all, and read what this list names: paths, each ended by a line end or a "
      "NUL; - is standard input; with -o state",
      offsetof(struct judging, files_from), GROUP_RUN },
    { .name = NULL },
};

static const struct option *const options[] = { findings_options, settings_options,
                                                running_options, shares, NULL };

/* Whether all that was read told nothing, or only what another tool's output does. */
static bool is_all_lost(const struct assessment *assessment)
{
    uint64_t counts[STATE_COUNT];

    states_count(assessment, counts);
    return assessment->problem_count > 0 &&
           counts[STATE_COMPLETE] + counts[STATE_PARTIAL] + counts[STATE_CONTEXT] == 0;
}

const char *nothing_to_judge(const struct assessment *assessment)
{
    if (assessment->book->count == 0)
        return "nothing to judge: there is no rule; 'invaudit rules list' shows those "
               "that are built in";
    if (assessment->source_count == 0)
        return "nothing to judge: there is no file";
    if (is_all_lost(assessment))
        return "nothing to judge: no evidence could be used; the problems that the "
               "report lists say why";
    if (assessment->summary.sources_read == 0)
        return "nothing to judge: no file is evidence; 'invaudit evidence' with the "
               "same PATH says what each was taken for";
    return "nothing to judge: nothing tells an account and a region; see "
           "--assume-account and --assume-region in 'invaudit scan --help'";
}

static int run_scan(const struct command_line *line)
{
    static const struct judged judged = { .formats = &scan_formats,
                                          .status = assessment_status,
                                          .nothing = nothing_to_judge };

    return judging_run(line, &judged);
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
    .examples = { { "invaudit scan evidence", "judge a folder; the last line has the "
                                              "counts and the exit status" },
                  { "invaudit scan -q --fail-on fail:high -o json=report.json evidence",
                    "in a pipeline: one line, a report for programs, and status 1 only "
                    "for what is severe" } },
    .options = options,
    .options_bytes = sizeof(struct judging),
    .help = write_formats,
    .run = run_scan,
};
