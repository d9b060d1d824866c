#include "cli/judging.h"

#include "aws/arn.h"
#include "aws/regions.h"
#include "base/time.h"
#include "cli/complain.h"
#include "cli/load.h"
#include "cli/meter.h"
#include "scan.h"

#include <stdlib.h>
#include <time.h>

static int64_t start_of_today(void)
{
    const int64_t day = 86400;

    return (int64_t)time(NULL) / day * day * 1000000;
}

bool read_as_of(struct arena *arena, struct str given, struct str *as_of,
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

/* Text that may be absent. */
static struct str_list as_list(struct str *text)
{
    return (struct str_list){ .items = text, .count = text->text != NULL };
}

static bool check_accounts(const char *option, struct str_list accounts,
                           struct error *err)
{
    for (size_t i = 0; i < accounts.count; i++)
        if (!is_account_id(accounts.items[i]))
            return error_set(err, "option '--%s': expected 12 digits, not '%s'", option,
                             accounts.items[i].text);
    return true;
}

static bool check_regions(struct arena *arena, const char *option,
                          struct str_list regions, struct error *err)
{
    for (size_t i = 0; i < regions.count; i++) {
        struct str region = regions.items[i];

        if (!is_region_name(region)) {
            return error_set(err,
                             "option '--%s': expected a region such as us-east-1, not "
                             "'%s'%s",
                             option, region.text, region_meant(arena, region));
        }
    }
    return true;
}

static bool read_exclude(struct arena *arena, struct settings *settings,
                         struct error *err)
{
    struct error why = { 0 };

    settings->exclude_compiled = exclude_new(arena, settings->exclude, &why);
    return settings->exclude_compiled != NULL ||
           error_set(err, "option '--exclude': %s", why.message);
}

static bool read_pattern(struct arena *arena, struct str given,
                         struct settings *settings, struct error *err)
{
    static const char *const groups[] = { "account", "region", "type" };
    struct error why = { 0 };
    bool has_group = false;

    if (given.text == NULL)
        return true;
    settings->path_pattern = given;
    settings->path_compiled = pattern_compile(arena, given, &why);
    if (settings->path_compiled == NULL && why.column > 0)
        return error_set(err, "option '--path-pattern': %s, at character %zu",
                         why.message, why.column);
    if (settings->path_compiled == NULL)
        return error_set(err, "option '--path-pattern': %s", why.message);
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        has_group = has_group || pattern_has_group(settings->path_compiled, groups[i]);
    return has_group ||
           error_set(err,
                     "option '--path-pattern': expected a group named account, region "
                     "or type, such as (?<account>[0-9]{12}), in '%s'",
                     given.text);
}

static bool read_settings(struct arena *arena, const struct judging_options *given,
                          struct settings *settings, struct error *err)
{
    settings->no_builtin = given->no_builtin;
    settings->no_filtered = given->no_filtered;
    settings->no_digest = given->no_digest;
    settings->rules = in_order(given->rules);
    settings->select = in_order(given->select);
    settings->skip = in_order(given->skip);
    settings->params = in_order(given->params);
    settings->accounts = in_order(given->account);
    settings->regions = in_order(given->region);
    settings->exclude = in_order(given->exclude);
    settings->expect_regions = in_order(given->expect_regions);
    settings->assume_account = given->assume_account;
    settings->assume_region = given->assume_region;
    return check_accounts("account", settings->accounts, err) &&
           check_accounts("assume-account", as_list(&settings->assume_account), err) &&
           check_regions(arena, "region", settings->regions, err) &&
           check_regions(arena, "expect-regions", settings->expect_regions, err) &&
           check_regions(arena, "assume-region", as_list(&settings->assume_region),
                         err) &&
           read_as_of(arena, given->as_of, &settings->as_of, err) &&
           read_exclude(arena, settings, err) &&
           read_pattern(arena, given->path_pattern, settings, err);
}

/* Needs the catalog, and with it all rules. */
static bool read_type(struct arena *arena, const struct catalog *catalog,
                      struct str given, const struct type **type, struct error *err)
{
    if (given.text == NULL)
        return true;
    *type = catalog_type(catalog, given);
    if (*type == NULL)
        return error_set(err, "option '--assume-type': unknown type '%s'%s", given.text,
                         catalog_suggestion(catalog, arena, given));
    return true;
}

static const struct rulebook *load_rules(struct arena *arena,
                                         const struct settings *settings)
{
    struct rulebook_wanted wanted = {
        .paths = list_strings(arena, settings->rules),
        .path_count = settings->rules.count,
        .no_builtin = settings->no_builtin,
        .select = list_strings(arena, settings->select),
        .select_count = settings->select.count,
        .skip = list_strings(arena, settings->skip),
        .skip_count = settings->skip.count,
        .params = list_strings(arena, settings->params),
        .param_count = settings->params.count,
        .to_judge = true,
    };
    struct mistakes mistakes = MISTAKES_EMPTY(arena);

    return load_rulebook(arena, "--rules: ", &wanted, &mistakes);
}

static bool judge(const struct command_line *line, const struct rulebook *book,
                  const struct settings *settings, const struct running *running,
                  struct assessment *assessment, struct error *err)
{
    struct meter *meter = meter_start(line->arena);
    const struct scan_wanted wanted = { .book = book,
                                        .settings = settings,
                                        .paths = line->operands,
                                        .path_count = line->operand_count,
                                        .replaced = &running->replaced,
                                        .jobs = running->jobs,
                                        .progress = meter_progress(meter) };
    bool done = scan(line->arena, &wanted, assessment, err);

    meter_stop(meter);
    return done;
}

int judging_run(const struct command_line *line, const struct judging_options *given,
                const struct running *running, bool lists_missing,
                struct assessment *assessment)
{
    struct arena *arena = line->arena;
    struct settings *settings = arena_new(arena, struct settings);
    const struct rulebook *book;
    struct error err = { 0 };

    if (!read_settings(arena, given, settings, &err))
        return wrong_usage(arena, line->command->name, "%s", err.message);
    settings->lists_missing = lists_missing;
    if (line->operand_count == 0)
        return wrong_usage(arena, line->command->name,
                           "expected a PATH: a file or folder of evidence, or - for "
                           "standard input");
    if (!paths_exist(arena, "", line->operands, line->operand_count))
        return STATUS_WRONG;
    if (!targets_spare_operands(&running->replaced, line, &err) ||
        !targets_spare_rules(arena, &running->replaced, settings->rules, &err))
        return wrong_usage(arena, line->command->name, "%s", err.message);
    book = load_rules(arena, settings);
    if (book == NULL)
        return STATUS_WRONG;
    if (!read_type(arena, book->catalog, given->assume_type, &settings->assume_type,
                   &err))
        return wrong_usage(arena, line->command->name, "%s", err.message);
    if (judge(line, book, settings, running, assessment, &err))
        return STATUS_GOOD;
    complain_error(arena, &err);
    return STATUS_WRONG;
}
