#include "cli/judging.h"

#include "base/workers.h"
#include "cli/complain.h"
#include "cli/confine.h"
#include "cli/earlier.h"
#include "cli/meter.h"
#include "cli/reports.h"
#include "cli/rules.h"
#include "cli/settings.h"
#include "cli/states.h"
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
    { "no-sandbox", 0, OPTION_FLAG, NULL,
      "do not give up rights that the run does not need; the reports say so",
      offsetof(struct judging, no_sandbox), GROUP_RUN },
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

/* Whether the operands are there. */
static bool are_there(const struct command_line *line)
{
    bool exist = true;

    for (size_t i = 0; i < line->operand_count; i++)
        exist = path_exists(line->arena, "", line->operands[i]) && exist;
    return exist;
}

/* A run, from the command line on. */
struct judging_job {
    const struct command_line *line;
    struct scan_wanted wanted;
    struct states states; /* of a merge */
    struct wanted_reports reports;
    struct replaced replaced;
    struct assessment assessment;
    struct state state; /* instead of it */
    struct sandbox sandbox;
};

/* What can be told to be wrong before any evidence is read. Rules are read
 * in the sandbox. */
static int prepare(struct judging_job *job)
{
    const struct command_line *line = job->line;
    struct arena *arena = line->arena;
    struct judging *given = line->options;
    struct settings *settings = &given->settings;
    struct error err = { 0 };
    int status = targets_look(line, &job->reports, &job->replaced, &job->sandbox);

    if (status != STATUS_GOOD)
        return status;
    if (line->operand_count == 0)
        return wrong_usage(line, "expected a PATH: a file or folder of evidence, or - "
                                 "for standard input");
    if (!are_there(line))
        return STATUS_WRONG;
    if (!targets_spare_operands(&job->replaced, line, &err) ||
        !targets_spare_rules(arena, &job->replaced, settings->rules, &err) ||
        (settings->waivers.text != NULL &&
         !replaced_spare(&job->replaced, settings->waivers.text, "the waivers", &err)))
        return wrong_usage(line, "%s", err.message);
    confine_paths(&job->sandbox, line->operands, line->operand_count);
    confine(&job->sandbox, settings, &job->reports, given->no_sandbox);
    job->wanted.book = settings_rules(arena, settings, NULL);
    if (job->wanted.book == NULL)
        return STATUS_WRONG;
    if (!settings_find_type(arena, job->wanted.book->catalog, settings, &err))
        return wrong_usage(line, "%s", err.message);
    if (!settings_waivers(arena, job->wanted.book, settings, NULL))
        return STATUS_WRONG;
    return job->states.merging != NULL
               ? states_check(line, &job->states, job->wanted.book)
               : STATUS_GOOD;
}

static bool read_and_judge(struct judging_job *job, struct error *err)
{
    struct arena *arena = job->line->arena;
    struct merging *merging = job->states.merging;

    if (job->reports.is_state)
        return states_gather(job->line, &job->wanted, merging, &job->state, err);
    if (merging == NULL)
        return scan(arena, &job->wanted, &job->assessment, err);
    return merge_read(merging, &job->wanted, err) &&
           merge_judge(merging, &job->wanted, &job->assessment, err);
}

static int judge(struct judging_job *job)
{
    struct meter *meter = meter_start(job->line->arena);
    struct error err = { 0 };
    bool done;

    job->wanted.progress = meter_progress(meter);
    done = read_and_judge(job, &err);
    meter_stop(meter);
    if (!done)
        complain_error(job->line->arena, &err);
    return done ? STATUS_GOOD : STATUS_WRONG;
}

static bool take_settings(struct judging_job *job, struct error *err)
{
    struct judging *given = job->line->options;
    struct arena *arena = job->line->arena;

    return reports_show(arena, given->show, &job->reports, err) &&
           reports_suit(&job->reports, &given->settings, err) &&
           read_jobs(given->jobs, &job->wanted.jobs, err) &&
           settings_compile(arena, &given->settings, err);
}

static int finish(struct judging_job *job, const struct judged *judged)
{
    int status;

    if (job->reports.is_state)
        return states_write(job->line, &job->state, job->reports.items);
    job->assessment.sandbox = confine_lack(&job->sandbox);
    status = reports_write(job->line->arena, &job->assessment, &job->reports);
    if (status != STATUS_GOOD)
        return status;
    status = judged->status(&job->assessment);
    if (status == STATUS_WRONG)
        complain_text(job->line->arena, judged->nothing(&job->assessment));
    return status;
}

int judging_run(const struct command_line *line, const struct judged *judged)
{
    struct judging *given = line->options;
    struct settings *settings = &given->settings;
    double started = meter_clock();
    struct judging_job job = { .line = line,
                               .sandbox = SANDBOX_EMPTY(line->arena),
                               .wanted = { .settings = settings,
                                           .paths = line->operands,
                                           .path_count = line->operand_count } };
    struct error err = { 0 };
    int status = STATUS_GOOD;

    job.wanted.replaced = &job.replaced;
    job.reports.lists_all = given->lists_all;
    if (given->settings_of.text != NULL &&
        !earlier_settings(line->arena, given->settings_of.text, settings, &err)) {
        complain_error(line->arena, &err);
        return STATUS_WRONG;
    }
    if (!reports_parse(line->arena, judged->formats, given->output, given->quiet,
                       &job.reports, &err))
        return wrong_usage(line, "%s", err.message);
    if (judged->merges)
        status = states_begin(line, &job.states);
    if (status != STATUS_GOOD)
        return status;
    settings->lists_missing = judged->lists_missing;
    if (!take_settings(&job, &err))
        return wrong_usage(line, "%s", err.message);
    status = states_share(line, &job.reports, &job.wanted.share);
    if (status == STATUS_GOOD)
        status = prepare(&job);
    if (status == STATUS_GOOD)
        status = judge(&job);
    if (status == STATUS_GOOD)
        status = finish(&job, judged);
    if (given->stats && status != STATUS_MACHINE && !job.reports.is_state)
        meter_stats(line->arena, started, &job.assessment);
    return status;
}
