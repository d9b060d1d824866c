#include "cli/settings.h"

#include "base/order.h"
#include "cli/complain.h"
#include "cli/rules.h"
#include "gather/waivers.h"

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

/* A waiver that is applied after its last day would hide a fail, and one that is not
 * would show one that is accepted: so the day must be given. */
static bool check_waivers(const struct settings *settings, struct error *err)
{
    return settings->waivers.text == NULL || settings->as_of.text != NULL ||
           error_set(err, "option '--waivers': whether a waiver has expired is judged "
                          "at --as-of: give a date, or now");
}

bool settings_find_type(struct arena *arena, const struct catalog *catalog,
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

bool settings_compile(struct arena *arena, struct settings *settings, struct error *err)
{
    sort_lists(settings);
    return compile_exclude(arena, settings, err) && check_waivers(settings, err) &&
           compile_pattern(arena, settings, err);
}

const struct rulebook *settings_rules(struct arena *arena,
                                      const struct settings *settings,
                                      const struct rulebook_texts *texts)
{
    const struct rulebook_wanted wanted = {
        .paths = texts == NULL ? settings->rules : (struct str_list){ 0 },
        .texts = texts,
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

bool settings_waivers(struct arena *arena, const struct rulebook *book,
                      struct settings *settings, const struct str *text)
{
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    const char *path = settings->waivers.text;
    const struct waivers *waivers;

    if (path == NULL)
        return true;
    waivers = text != NULL ? waivers_parse(arena, path, *text, book, &mistakes)
                           : waivers_read(arena, path, book, &mistakes);
    complain_mistakes(&mistakes);
    if (!settings->lists_missing) /* a look at the evidence alone waives nothing */
        settings->waivers_read = waivers;
    return waivers != NULL;
}
