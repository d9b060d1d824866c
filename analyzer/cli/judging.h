/*
 * judging.h - a command that judges evidence: its options, and its run from the command
 * line to the reports.
 *
 *     static const struct option own[] = { { "output", ... }, { .name = NULL } };
 *     const struct option *const tables[] = { own, settings_options, running_options,
 *                                             NULL };
 *
 * All options fill in a struct judging. How to add one that affects a verdict:
 * gather/settings.h; one that does not is a member and a row here.
 */
#ifndef CLI_JUDGING_H
#define CLI_JUDGING_H

#include "cli/command.h"
#include "report/report.h"

struct judging {
    struct settings settings; /* the first: settings_options are of it */
    struct str_list output, show;
    struct str jobs, settings_of;
    struct str shard, files_from; /* of scan: states.h */
    bool lists_all;               /* as in struct report_style */
    bool stats;
    bool no_sandbox;
    unsigned quiet; /* 1: only the last line of the text; 2: not even that */
};

/* Those that are no settings: where they come from, and how a run runs. */
extern const struct option running_options[];

/* Of what reports findings, which `scan` does. */
extern const struct option findings_options[];

/* What one such command does otherwise than another. */
struct judged {
    const struct report_formats *formats;
    bool lists_missing;
    bool merges; /* its operands are states (states.h) */
    int (*status)(const struct assessment *assessment);
    /* What is said for STATUS_WRONG: what is not there, and what to do. */
    const char *(*nothing)(const struct assessment *assessment);
};

/* That of `scan`. */
const char *nothing_to_judge(const struct assessment *assessment);

/* The exit status: evidence is read and judged, and the reports are written. */
int judging_run(const struct command_line *line, const struct judged *judged);

#endif
