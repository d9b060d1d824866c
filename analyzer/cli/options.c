#include "cli/options.h"

#include "aws/arn.h"
#include "aws/regions.h"
#include "base/time.h"
#include "gather/gate.h"

#include <stdint.h>
#include <string.h>
#include <time.h>

struct option_parser {
    struct arena *arena;
    const struct option **options; /* of all tables; --help is the last */
    size_t option_count;
    const char *const *arguments;
    size_t argument_count;
    size_t at; /* of the argument to be looked at next */
    void *target;
    struct error *err;
};

static const struct option option_help = { "help", 'h', OPTION_FLAG,  NULL,
                                           NULL,   0,   GROUP_OPTIONS };

/* ---- one value ------------------------------------------------------------------- */

static bool read_account(struct arena *arena, struct str *value, struct error *err)
{
    (void)arena;
    return is_account_id(*value) ||
           error_set(err, "expected 12 digits, not '%s'", value->text);
}

static bool read_region(struct arena *arena, struct str *value, struct error *err)
{
    size_t count = 0;
    const struct region *regions = regions_all(&count);
    const char **names = arena_array(arena, count, const char *);

    for (size_t i = 0; i < count; i++)
        names[i] = regions[i].name;
    return is_region_name(*value) ||
           error_set(err, "expected a region such as us-east-1, not '%s'%s",
                     value->text, suggestion(arena, *value, names, count));
}

bool options_ask_clock(struct str time)
{
    return str_equal(time, STR("now")) || str_equal(time, STR("today"));
}

static bool read_time(struct arena *arena, struct str *value, struct error *err)
{
    const int64_t day = 86400;
    int64_t instant = (int64_t)time(NULL);
    char text[INSTANT_TEXT_BYTES];

    if (str_equal(*value, STR("today")))
        instant -= instant % day;
    instant *= 1000000;
    if (!options_ask_clock(*value) && !instant_parse_date(*value, &instant) &&
        !instant_parse(*value, &instant)) {
        return error_set(err,
                         "expected a date such as 2026-01-31, an instant such as "
                         "2026-01-31T12:00:00Z, now, or today, not '%s'",
                         value->text);
    }
    instant_print(instant, text);
    *value = str_copy(arena, str_from(text));
    return true;
}

static bool read_gate(struct arena *arena, struct str *value, struct error *err)
{
    return gate_word_check(arena, *value, err);
}

/* ---- one option ------------------------------------------------------------------ */

static const struct {
    bool is_repeated, has_words;
    bool (*read)(struct arena *arena, struct str *value,
                 struct error *err); /* or NULL */
} kinds[OPTION_KIND_COUNT] = {
    [OPTION_TEXT] = { false, false, NULL },
    [OPTION_ACCOUNT] = { false, false, read_account },
    [OPTION_REGION] = { false, false, read_region },
    [OPTION_TIME] = { false, false, read_time },
    [OPTION_TEXTS] = { true, false, NULL },
    [OPTION_WORDS] = { true, true, NULL },
    [OPTION_ACCOUNTS] = { true, true, read_account },
    [OPTION_REGIONS] = { true, true, read_region },
    [OPTION_GATES] = { true, true, read_gate },
};

static bool takes_argument(const struct option *option)
{
    return option->kind != OPTION_FLAG && option->kind != OPTION_LEVEL;
}

/* The room for its items doubles when they are as many as a power of two. */
static void list_add(struct arena *arena, struct str_list *list, struct str text)
{
    if ((list->count & (list->count - 1)) == 0) {
        struct str *items = arena_array(arena, 2 * list->count + 1, struct str);

        if (list->count > 0)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
    }
    list->items[list->count++] = text;
}

bool options_put(struct arena *arena, const struct option *option, void *target,
                 struct str value, struct error *err)
{
    void *member = (char *)target + option->offset;

    if (kinds[option->kind].has_words && value.len == 0)
        return error_set(err, "expected %s, not ''", option->argument);
    if (kinds[option->kind].read != NULL &&
        !kinds[option->kind].read(arena, &value, err))
        return false;
    if (kinds[option->kind].is_repeated)
        list_add(arena, member, value);
    else
        *(struct str *)member = value;
    return true;
}

static bool take_value(const struct option_parser *parser, const struct option *option,
                       struct str value)
{
    const char *member = (const char *)parser->target + option->offset;
    struct error why = { 0 };

    if (!kinds[option->kind].is_repeated &&
        ((const struct str *)(const void *)member)->text != NULL)
        return error_set(parser->err, "option '--%s' is given twice", option->name);
    return options_put(parser->arena, option, parser->target, value, &why) ||
           error_set(parser->err, "option '--%s': %s", option->name, why.message);
}

/* What is behind the words of a gate, ":high", and belongs to each; absent: nothing. */
static bool cut_severity(const struct option_parser *parser,
                         const struct option *option, struct str *words,
                         struct str *severity)
{
    size_t colon = option->kind == OPTION_GATES ? str_find(*words, STR(":")) : SIZE_MAX;

    if (colon == SIZE_MAX)
        return true;
    *severity = str_slice(*words, colon, words->len);
    if (str_holds(*severity, STR(","))) {
        return error_set(parser->err,
                         "option '--%s': a severity is that of all results before it; "
                         "repeat the option for another, not '%s'",
                         option->name, words->text);
    }
    *words = str_copy(parser->arena, str_slice(*words, 0, colon));
    return true;
}

static bool take_words(const struct option_parser *parser, const struct option *option,
                       struct str value)
{
    const char *given = value.text;
    struct str behind = STR_NONE;

    if (!cut_severity(parser, option, &value, &behind))
        return false;
    for (size_t from = 0; from <= value.len;) {
        size_t comma = str_find(str_slice(value, from, value.len), STR(","));
        size_t end = comma != SIZE_MAX ? from + comma : value.len;
        struct str word = str_slice(value, from, end);

        if (word.len == 0)
            return error_set(parser->err, "option '--%s': expected %s, not '%s'",
                             option->name, option->argument, given);
        word = str_from(
            arena_printf(parser->arena, "%.*s%.*s", STR_ARG(word), STR_ARG(behind)));
        if (!take_value(parser, option, word))
            return false;
        from = end + 1;
    }
    return true;
}

/* `attached`: what stands in the same argument, or absent. */
static enum options_end take(struct option_parser *parser, const struct option *option,
                             struct str attached)
{
    struct str value = attached;
    bool done;

    if (!takes_argument(option) && attached.text != NULL) {
        error_set(parser->err, "option '--%s' takes no argument, not '%s'",
                  option->name, attached.text);
        return OPTIONS_WRONG;
    }
    if (option == &option_help)
        return OPTIONS_HELP;
    if (!takes_argument(option)) {
        void *member = (char *)parser->target + option->offset;

        if (option->kind == OPTION_LEVEL)
            ++*(unsigned *)member;
        else
            *(bool *)member = true;
        return OPTIONS_READY;
    }
    if (attached.text == NULL && parser->at == parser->argument_count) {
        error_set(parser->err, "option '--%s' needs an argument: --%s %s", option->name,
                  option->name, option->argument);
        return OPTIONS_WRONG;
    }
    if (attached.text == NULL)
        value = str_from(parser->arguments[parser->at++]);
    done = kinds[option->kind].has_words ? take_words(parser, option, value)
                                         : take_value(parser, option, value);
    return done ? OPTIONS_READY : OPTIONS_WRONG;
}

/* ---- one argument ---------------------------------------------------------------- */

static enum options_end unknown_option(const struct option_parser *parser,
                                       const char *argument)
{
    const char **names = arena_array(parser->arena, parser->option_count, const char *);
    const char *end = strchr(argument, '=');
    size_t len = end != NULL ? (size_t)(end - argument) : strlen(argument);
    struct str name = str_copy(parser->arena, (struct str){ argument, len });

    for (size_t i = 0; i < parser->option_count; i++)
        names[i] = arena_printf(parser->arena, "--%s", parser->options[i]->name);
    error_set(parser->err, "unknown option '%s'%s", name.text,
              suggestion(parser->arena, name, names, parser->option_count));
    return OPTIONS_WRONG;
}

/* The option of that name, or the only one that begins so. */
static enum options_end parse_long(struct option_parser *parser, const char *argument)
{
    struct str name = str_from(argument + 2), value = STR_NONE;
    struct buf candidates = BUF_EMPTY(parser->arena);
    const struct option *found = NULL;
    size_t equals = str_find(name, STR("=")), count = 0;

    if (equals != SIZE_MAX) {
        value = str_slice(name, equals + 1, name.len);
        name = str_slice(name, 0, equals);
    }
    for (size_t i = 0; i < parser->option_count; i++) {
        struct str known = str_from(parser->options[i]->name);

        if (str_equal(name, known))
            return take(parser, parser->options[i], value);
        if (name.len == 0 || !str_starts_with(known, name))
            continue;
        buf_printf(&candidates, "%s--%s", count++ > 0 ? ", " : "", known.text);
        found = parser->options[i];
    }
    if (count == 1)
        return take(parser, found, value);
    if (count == 0)
        return unknown_option(parser, argument);
    error_set(parser->err, "option '--%.*s' may be one of %s: write more of it",
              STR_ARG(name), buf_str(&candidates).text);
    return OPTIONS_WRONG;
}

/* Letters in one argument: flags, and at last one with an argument. */
static enum options_end parse_letters(struct option_parser *parser,
                                      const char *argument)
{
    for (const char *letter = argument + 1; *letter != '\0'; letter++) {
        const struct option *option = NULL;
        struct str attached = STR_NONE;
        enum options_end end;

        for (size_t i = 0; i < parser->option_count; i++)
            if (parser->options[i]->letter == *letter)
                option = parser->options[i];
        if (option == NULL) {
            /* -quiet is --quiet with a hyphen too few rather than -q and -u */
            return unknown_option(parser,
                                  strlen(argument) > 3
                                      ? argument
                                      : arena_printf(parser->arena, "-%c", *letter));
        }
        if (takes_argument(option) && letter[1] != '\0')
            attached = str_from(letter + 1);
        end = take(parser, option, attached);
        if (end != OPTIONS_READY || takes_argument(option))
            return end;
    }
    return OPTIONS_READY;
}

static void add_option(struct option_parser *parser, size_t *capacity,
                       const struct option *option)
{
    parser->options =
        arena_grow(parser->arena, (void *)parser->options, parser->option_count,
                   capacity, sizeof *parser->options);
    parser->options[parser->option_count++] = option;
}

static void add_operand(struct arena *arena, struct operands *operands,
                        const char *argument)
{
    operands->items = arena_grow(arena, (void *)operands->items, operands->count,
                                 &operands->capacity, sizeof *operands->items);
    operands->items[operands->count++] = argument;
}

enum options_end options_parse(struct arena *arena, const struct option *const *tables,
                               const char *const *arguments, size_t argument_count,
                               void *target, struct operands *operands,
                               struct error *err)
{
    struct option_parser parser = { .arena = arena,
                                    .arguments = arguments,
                                    .argument_count = argument_count,
                                    .target = target,
                                    .err = err };
    enum options_end end = OPTIONS_READY;
    bool only_operands = false;
    size_t capacity = 0;

    for (; *tables != NULL; tables++)
        for (const struct option *option = *tables; option->name != NULL; option++)
            add_option(&parser, &capacity, option);
    add_option(&parser, &capacity, &option_help);
    while (end == OPTIONS_READY && parser.at < argument_count) {
        const char *argument = arguments[parser.at++];

        if (only_operands || argument[0] != '-' || argument[1] == '\0')
            add_operand(arena, operands, argument);
        else if (strcmp(argument, "--") == 0)
            only_operands = true;
        else if (argument[1] == '-')
            end = parse_long(&parser, argument);
        else
            end = parse_letters(&parser, argument);
    }
    return end;
}
