#include "cli/judging.h"

#include "base/workers.h"
#include "cli/complain.h"
#include "cli/earlier.h"
#include "cli/meter.h"
#include "cli/reports.h"
#include "cli/rules.h"
#include "cli/settings.h"
#include "cli/targets.h"
#include "scan.h"

#include <assert.h>

static_assert(offsetof(struct judging, settings) == 0, "settings_options are of it");

const struct option running_options[] = {
    { "settings-of", 0, OPTION_TEXT, "REPORT",
      "judge with the options of an earlier run, from its JSON report; an option that "
      "is given, too, takes the place of the report's",
      offsetof(struct judging, settings_of), GROUP_RUN },
    { "jobs", 'j', OPTION_TEXT, "N",
      "read with N threads; without it, as many as there are processors and work; the "
      "reports are the same",
      offsetof(struct judging, jobs), GROUP_RUN },
    { "stats", 0, OPTION_FLAG, NULL,
      "print bytes, records, time and peak memory on standard error at the end",
      offsetof(struct judging, stats), GROUP_RUN },
    { .name = NULL },
};

/* ---- options --------------------------------------------------------------------- */

/* 0: as many as are good. */
static bool read_jobs(struct str given, size_t *jobs, struct error *err)
{
    *jobs = 0;
    if (given.text == NULL)
        return true;
    for (size_t i = 0; i < given.len && *jobs <= WORKERS_MAX; i++)
        *jobs = is_digit(given.text[i]) ? *jobs * 10 + (size_t)(given.text[i] - '0')
                                        : WORKERS_MAX + 1;
    return (*jobs > 0 && *jobs <= WORKERS_MAX) ||
           error_set(err, "option '--jobs': expected a number from 1 to %d, not '%s'",
                     WORKERS_MAX, given.text);
}

/* ---- the run --------------------------------------------------------------------- */

/* What can be told to be wrong before any evidence is read. */
static int prepare(const struct command_line *line, struct scan_wanted *wanted,
                   const struct wanted_reports *reports, struct replaced *replaced)
{
    struct arena *arena = line->arena;
    struct settings *settings = &((struct judging *)line->options)->settings;
    struct error err = { 0 };
    int status = targets_look(line, reports, replaced);
    bool exist = true;

    if (status != STATUS_GOOD)
        return status;
    if (line->operand_count == 0)
        return wrong_usage(line, "expected a PATH: a file or folder of evidence, or - "
                                 "for standard input");
    for (size_t i = 0; i < line->operand_count; i++)
        exist = path_exists(arena, "", line->operands[i]) && exist;
    if (!exist)
        return STATUS_WRONG;
    if (!targets_spare_operands(replaced, line, &err) ||
        !targets_spare_rules(arena, replaced, settings->rules, &err))
        return wrong_usage(line, "%s", err.message);
    wanted->book = settings_rules(arena, settings, NULL);
    if (wanted->book == NULL)
        return STATUS_WRONG;
    if (!settings_find_type(arena, wanted->book->catalog, settings, &err))
        return wrong_usage(line, "%s", err.message);
    return STATUS_GOOD;
}

static int judge(const struct command_line *line, struct scan_wanted *wanted,
                 struct assessment *assessment)
{
    struct meter *meter = meter_start(line->arena);
    struct error err = { 0 };
    bool done;

    wanted->progress = meter_progress(meter);
    done = scan(line->arena, wanted, assessment, &err);
    meter_stop(meter);
    if (!done)
        complain_error(line->arena, &err);
    return done ? STATUS_GOOD : STATUS_WRONG;
}

int judging_run(const struct command_line *line, const struct judged *judged)
{
    struct judging *given = line->options;
    struct settings *settings = &given->settings;
    double started = meter_clock();
    struct wanted_reports reports = { 0 };
    struct replaced replaced = { 0 };
    struct scan_wanted wanted = { .settings = settings,
                                  .paths = line->operands,
                                  .path_count = line->operand_count,
                                  .replaced = &replaced };
    struct assessment assessment = { 0 };
    struct error err = { 0 };
    int status;

    if (given->settings_of.text != NULL &&
        !earlier_settings(line->arena, given->settings_of.text, settings, &err)) {
        complain_error(line->arena, &err);
        return STATUS_WRONG;
    }
    settings->lists_missing = judged->lists_missing;
    reports.lists_all = given->lists_all;
    if (!reports_parse(line->arena, judged->formats, given->output, given->quiet,
                       &reports, &err) ||
        !reports_show(line->arena, given->show, &reports, &err) ||
        !reports_suit(&reports, settings, &err) ||
        !read_jobs(given->jobs, &wanted.jobs, &err) ||
        !settings_compile(line->arena, settings, &err))
        return wrong_usage(line, "%s", err.message);
    status = prepare(line, &wanted, &reports, &replaced);
    if (status == STATUS_GOOD)
        status = judge(line, &wanted, &assessment);
    if (status == STATUS_GOOD)
        status = reports_write(line->arena, &assessment, &reports);
    if (status != STATUS_GOOD)
        return status;
    if (given->stats)
        meter_stats(line->arena, started, &assessment);
    status = judged->status(&assessment);
    if (status == STATUS_WRONG)
        complain_text(line->arena, judged->nothing(&assessment));
    return status;
}
