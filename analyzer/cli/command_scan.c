#include "aws/arn.h"
#include "aws/regions.h"
#include "base/time.h"
#include "cli/command.h"
#include "cli/complain.h"
#include "cli/help.h"
#include "cli/load.h"
#include "cli/reports.h"
#include "scan.h"

#include <stdlib.h>
#include <time.h>

struct scan_options {
    struct str_list output, rules, select, params, expect_regions;
    struct str as_of, assume_account, assume_region, assume_type;
    bool no_builtin, no_filtered, quiet;
};

static const struct option options[] = {
    { "output", 'o', OPTION_TEXTS, "FORMAT[=FILE]",
      "write a report in this format, to FILE or to standard output; repeatable",
      offsetof(struct scan_options, output) },
    { "rules", 0, OPTION_TEXTS, "PATH",
      "add the rules of a file or folder, and the types of a catalog.yaml in it; "
      "repeatable",
      offsetof(struct scan_options, rules) },
    { "no-builtin", 0, OPTION_FLAG, NULL, "leave out the built-in rules",
      offsetof(struct scan_options, no_builtin) },
    { "select", 0, OPTION_WORDS, "ID[,ID...]", "judge by these rules only; repeatable",
      offsetof(struct scan_options, select) },
    { "param", 0, OPTION_TEXTS, "ID.NAME=VALUE",
      "set a parameter of a rule; repeatable", offsetof(struct scan_options, params) },
    { "expect-regions", 0, OPTION_WORDS, "REGION[,REGION...]",
      "the regions to be expected of every account; repeatable",
      offsetof(struct scan_options, expect_regions) },
    { "as-of", 0, OPTION_TEXT, "DATE",
      "the time that rules read as now: YYYY-MM-DD, an instant, or today",
      offsetof(struct scan_options, as_of) },
    { "assume-account", 0, OPTION_TEXT, "ID",
      "the account of evidence that tells none: 12 digits",
      offsetof(struct scan_options, assume_account) },
    { "assume-region", 0, OPTION_TEXT, "REGION",
      "the region of evidence that tells none",
      offsetof(struct scan_options, assume_region) },
    { "assume-type", 0, OPTION_TEXT, "TYPE",
      "the type of evidence that tells none, such as AWS::RDS::DBSnapshot",
      offsetof(struct scan_options, assume_type) },
    { "no-filtered", 0, OPTION_FLAG, NULL,
      "never take a listing that a query may have filtered for complete",
      offsetof(struct scan_options, no_filtered) },
    { "quiet", 'q', OPTION_FLAG, NULL,
      "no text report on standard output, unless -o asks for it",
      offsetof(struct scan_options, quiet) },
};

/* ---- settings ---- */

static int64_t start_of_today(void)
{
    const int64_t day = 86400;

    return (int64_t)time(NULL) / day * day * 1000000;
}

static bool read_as_of(struct arena *arena, struct str given, struct str *as_of,
                       struct error *err)
{
    int64_t instant = 0;
    char text[INSTANT_TEXT_BYTES];

    if (given.text == NULL)
        return true;
    if (str_equal(given, STR("today"))) {
        instant = start_of_today();
    } else if (!instant_parse_date(given, &instant) &&
               !instant_parse(given, &instant)) {
        return error_set(err,
                         "option '--as-of': expected a date such as 2026-01-31, an "
                         "instant such as 2026-01-31T12:00:00Z, or today, not '%s'",
                         given.text);
    }
    instant_print(instant, text);
    *as_of = str_copy(arena, str_from(text));
    return true;
}

static int compare_texts(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* The order of arguments is no part of what was asked for. */
static struct str_list in_order(struct str_list list)
{
    size_t kept = 0;

    if (list.count > 1)
        qsort(list.items, list.count, sizeof *list.items, compare_texts);
    for (size_t i = 0; i < list.count; i++)
        if (kept == 0 || !str_equal(list.items[kept - 1], list.items[i]))
            list.items[kept++] = list.items[i];
    list.count = kept;
    return list;
}

static const char *region_meant(struct arena *arena, struct str text)
{
    size_t count = 0;
    const struct region *regions = regions_all(&count);
    const char **names = arena_array(arena, count, const char *);

    for (size_t i = 0; i < count; i++)
        names[i] = regions[i].name;
    return suggestion(arena, text, names, count);
}

static bool read_settings(struct arena *arena, const struct scan_options *given,
                          struct settings *settings, struct error *err)
{
    struct str account = given->assume_account, region = given->assume_region;

    if (account.text != NULL && !is_account_id(account))
        return error_set(err, "option '--assume-account': expected 12 digits, not '%s'",
                         account.text);
    if (region.text != NULL && !is_region_name(region)) {
        return error_set(err,
                         "option '--assume-region': expected a region such as "
                         "us-east-1, not '%s'%s",
                         region.text, region_meant(arena, region));
    }
    settings->no_builtin = given->no_builtin;
    settings->no_filtered = given->no_filtered;
    settings->rules = in_order(given->rules);
    settings->select = in_order(given->select);
    settings->params = in_order(given->params);
    settings->expect_regions = in_order(given->expect_regions);
    for (size_t i = 0; i < settings->expect_regions.count; i++) {
        struct str expected = settings->expect_regions.items[i];

        if (!is_region_name(expected))
            return error_set(err,
                             "option '--expect-regions': expected a region such as "
                             "us-east-1, not '%s'%s",
                             expected.text, region_meant(arena, expected));
    }
    settings->assume_account = account;
    settings->assume_region = region;
    return read_as_of(arena, given->as_of, &settings->as_of, err);
}

/* Needs the catalog, and with it all rules. */
static bool read_type(struct arena *arena, const struct catalog *catalog,
                      struct str given, const struct type **type, struct error *err)
{
    size_t count = 0;
    const char *const *names = catalog_type_names(catalog, &count);

    if (given.text == NULL)
        return true;
    *type = catalog_type(catalog, given);
    if (*type == NULL)
        return error_set(err, "option '--assume-type': unknown type '%s'%s", given.text,
                         suggestion(arena, given, names, count));
    return true;
}

/* ---- the command ---- */

static int judge(const struct command_line *line, const struct rulebook *book,
                 const struct settings *settings, const struct wanted_reports *reports)
{
    struct assessment assessment = { 0 };
    struct error err = { 0 };
    int status;

    if (!scan(line->arena, book, settings, line->operands, line->operand_count,
              &assessment, &err)) {
        complain_error(line->arena, &err);
        return STATUS_WRONG;
    }
    status = reports_write(line->arena, &assessment, reports);
    if (status != STATUS_GOOD)
        return status;
    status = assessment_status(&assessment);
    if (status == STATUS_WRONG)
        complain(line->arena, "nothing to judge");
    return status;
}

static int run_scan(const struct command_line *line)
{
    const struct scan_options *given = line->options;
    struct arena *arena = line->arena;
    struct wanted_reports reports = { 0 };
    struct settings settings = { 0 };
    struct error err = { 0 };
    struct rulebook_wanted wanted = { 0 };
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    const struct rulebook *book;

    if (!reports_parse(arena, given->output, given->quiet, &reports, &err) ||
        !read_settings(arena, given, &settings, &err))
        return wrong_usage(arena, line->command->name, "%s", err.message);
    if (line->operand_count == 0)
        return wrong_usage(arena, line->command->name,
                           "expected a PATH: a file or folder of evidence, or - for "
                           "standard input");
    if (!paths_exist(arena, line->operands, line->operand_count))
        return STATUS_WRONG;
    wanted.paths = list_strings(arena, settings.rules);
    wanted.path_count = settings.rules.count;
    wanted.no_builtin = settings.no_builtin;
    wanted.select = list_strings(arena, settings.select);
    wanted.select_count = settings.select.count;
    wanted.params = list_strings(arena, settings.params);
    wanted.param_count = settings.params.count;
    book = load_rulebook(arena, &wanted, &mistakes);
    if (book == NULL)
        return STATUS_WRONG;
    if (!read_type(arena, book->catalog, given->assume_type, &settings.assume_type,
                   &err))
        return wrong_usage(arena, line->command->name, "%s", err.message);
    return judge(line, book, &settings, &reports);
}

static void write_formats(struct page *page)
{
    page_words(page, STR("formats:"));
    page_line(page);
    for (size_t i = 0; i < report_format_count; i++)
        help_row(page, report_formats[i].name, report_formats[i].summary);
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
