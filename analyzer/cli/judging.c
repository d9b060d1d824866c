#include "cli/judging.h"

#include "base/order.h"
#include "base/workers.h"
#include "cli/complain.h"
#include "cli/earlier.h"
#include "cli/meter.h"
#include "cli/reports.h"
#include "cli/rules.h"
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

/* The order of arguments is no part of what was asked for. */
static void sort_lists(struct settings *settings)
{
    for (const struct option *option = settings_options; option->name != NULL; option++)
        if (option->kind >= OPTION_TEXTS)
            order_texts((struct str_list *)(void *)((char *)settings + option->offset));
}

static bool compile_exclude(struct arena *arena, struct settings *settings,
                            struct error *err)
{
    struct error why = { 0 };

    settings->exclude_compiled = exclude_new(arena, settings->exclude, &why);
    return settings->exclude_compiled != NULL ||
           error_set(err, "option '--exclude': %s", why.message);
}

static bool compile_pattern(struct arena *arena, struct settings *settings,
                            struct error *err)
{
    struct error why = { 0 };
    const struct pattern *pattern;

    if (settings->path_pattern.text == NULL)
        return true;
    pattern = pattern_compile(arena, settings->path_pattern, &why);
    if (pattern == NULL && why.column > 0)
        return error_set(err, "option '--path-pattern': %s, at character %zu",
                         why.message, why.column);
    if (pattern == NULL)
        return error_set(err, "option '--path-pattern': %s", why.message);
    settings->path_compiled = pattern;
    return pattern_has_group(pattern, "account") ||
           pattern_has_group(pattern, "region") || pattern_has_group(pattern, "type") ||
           error_set(err,
                     "option '--path-pattern': expected a group named account, region "
                     "or type, such as (?<account>[0-9]{12}), in '%s'",
                     settings->path_pattern.text);
}

/* Needs the catalog, and with it all rules. */
static bool find_type(struct arena *arena, const struct catalog *catalog,
                      struct settings *settings, struct error *err)
{
    if (settings->assume_type.text == NULL)
        return true;
    settings->type_assumed = catalog_type(catalog, settings->assume_type);
    return settings->type_assumed != NULL ||
           error_set(err, "option '--assume-type': unknown type '%s'%s",
                     settings->assume_type.text,
                     catalog_suggestion(catalog, arena, settings->assume_type));
}

/* ---- the run --------------------------------------------------------------------- */

static const struct rulebook *load_rules(struct arena *arena,
                                         const struct settings *settings)
{
    const struct rulebook_wanted wanted = {
        .paths = settings->rules,
        .no_builtin = settings->no_builtin,
        .packs = settings->packs,
        .select = settings->select,
        .skip = settings->skip,
        .params = settings->params,
        .matrix = settings->matrix,
        .to_judge = true,
    };
    struct mistakes mistakes = MISTAKES_EMPTY(arena);

    return rules_load(arena, "--rules: ", &wanted, &mistakes);
}

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
    wanted->book = load_rules(arena, settings);
    if (wanted->book == NULL)
        return STATUS_WRONG;
    if (!find_type(arena, wanted->book->catalog, settings, &err))
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
    sort_lists(settings);
    if (!reports_parse(line->arena, judged->formats, given->output, given->quiet,
                       &reports, &err) ||
        !reports_show(line->arena, given->show, &reports, &err) ||
        !reports_suit(&reports, settings, &err) ||
        !read_jobs(given->jobs, &wanted.jobs, &err) ||
        !compile_exclude(line->arena, settings, &err) ||
        !compile_pattern(line->arena, settings, &err))
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
