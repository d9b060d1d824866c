#include "cli/options.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

struct parser {
    struct arena *arena;
    const struct option *options;
    size_t option_count;
    const char *const *arguments;
    size_t argument_count;
    size_t at; /* of the argument to be looked at next */
    void *target;
    struct error *err;
};

static void *member(const struct parser *parser, const struct option *option)
{
    return (char *)parser->target + option->offset;
}

static void list_add(struct arena *arena, struct str_list *list, struct str text)
{
    struct str *items = arena_array(arena, list->count + 1, struct str);

    if (list->count > 0)
        memcpy(items, list->items, list->count * sizeof *items);
    items[list->count++] = text;
    list->items = items;
}

static bool add_words(const struct parser *parser, const struct option *option,
                      struct str value)
{
    size_t from = 0;

    while (from <= value.len) {
        size_t comma = str_find(str_slice(value, from, value.len), STR(","));
        size_t end = comma != SIZE_MAX ? from + comma : value.len;
        struct str word = str_slice(value, from, end);

        if (word.len == 0)
            return error_set(parser->err, "option '--%s': expected %s, not '%s'",
                             option->name, option->argument, value.text);
        list_add(parser->arena, member(parser, option), str_copy(parser->arena, word));
        from = end + 1;
    }
    return true;
}

static bool take(const struct parser *parser, const struct option *option,
                 struct str value)
{
    struct str *text = member(parser, option);
    bool *flag = member(parser, option);

    switch (option->kind) {
    case OPTION_FLAG:
        *flag = true;
        return true;
    case OPTION_TEXT:
        if (text->text != NULL)
            return error_set(parser->err, "option '--%s' is given twice", option->name);
        *text = value;
        return true;
    case OPTION_TEXTS:
        list_add(parser->arena, member(parser, option), value);
        return true;
    case OPTION_WORDS:
        return add_words(parser, option, value);
    }
    assert(false);
    return false;
}

/* `attached`: what stands in the same argument, or absent. */
static bool take_argument(struct parser *parser, const struct option *option,
                          struct str attached)
{
    if (option->kind == OPTION_FLAG && attached.text != NULL)
        return error_set(parser->err, "option '--%s' takes no argument, not '%s'",
                         option->name, attached.text);
    if (option->kind == OPTION_FLAG || attached.text != NULL)
        return take(parser, option, attached);
    if (parser->at == parser->argument_count)
        return error_set(parser->err, "option '--%s' needs an argument: --%s %s",
                         option->name, option->name, option->argument);
    return take(parser, option, str_from(parser->arguments[parser->at++]));
}

static bool unknown_option(const struct parser *parser, const char *argument)
{
    size_t count = parser->option_count;
    const char **names = arena_array(parser->arena, count + 1, const char *);
    const char *end = strchr(argument, '=');
    size_t len = end != NULL ? (size_t)(end - argument) : strlen(argument);
    struct str name = { arena_copy(parser->arena, argument, len), len };

    for (size_t i = 0; i < count; i++)
        names[i] = arena_printf(parser->arena, "--%s", parser->options[i].name);
    names[count] = "--help";
    return error_set(parser->err, "unknown option '%s'%s", name.text,
                     suggestion(parser->arena, name, names, count + 1));
}

/* --help has no row in the table. */
static const struct option option_help = { "help", 'h', OPTION_FLAG, NULL, NULL, 0 };

/* The option of that name, or the only one that begins so. NULL: said in err. */
static const struct option *find_long(const struct parser *parser, struct str name,
                                      const char *argument)
{
    struct buf candidates = BUF_EMPTY(parser->arena);
    const struct option *found = NULL;
    size_t count = 0;

    for (size_t i = 0; i <= parser->option_count; i++) {
        const struct option *option =
            i < parser->option_count ? &parser->options[i] : &option_help;

        if (str_equal(name, str_from(option->name)))
            return option;
        if (name.len == 0 || !str_starts_with(str_from(option->name), name))
            continue;
        buf_printf(&candidates, "%s--%s", count++ > 0 ? ", " : "", option->name);
        found = option;
    }
    if (count > 1)
        error_set(parser->err, "option '--%.*s' may be one of %s: write more of it",
                  STR_ARG(name), buf_str(&candidates).text);
    else if (count == 0)
        unknown_option(parser, argument);
    return count == 1 ? found : NULL;
}

static enum options_end parse_long(struct parser *parser, const char *argument)
{
    struct str name = str_from(argument + 2), value = STR_NONE;
    size_t equals = str_find(name, STR("="));
    const struct option *option;

    if (equals != SIZE_MAX) {
        value = str_slice(name, equals + 1, name.len);
        name = str_slice(name, 0, equals);
    }
    option = find_long(parser, name, argument);
    if (option == &option_help && value.text == NULL)
        return OPTIONS_HELP;
    if (option == &option_help)
        error_set(parser->err, "option '--help' takes no argument, not '%s'",
                  value.text);
    else if (option != NULL && take_argument(parser, option, value))
        return OPTIONS_READY;
    return OPTIONS_WRONG;
}

static const struct option *find_letter(const struct parser *parser, char letter)
{
    for (size_t i = 0; i < parser->option_count; i++)
        if (parser->options[i].letter == letter)
            return &parser->options[i];
    return NULL;
}

/* Letters in one argument: flags, and at last one with an argument. */
static enum options_end parse_letters(struct parser *parser, const char *argument)
{
    for (const char *letter = argument + 1; *letter != '\0'; letter++) {
        const struct option *option = find_letter(parser, *letter);
        struct str attached = STR_NONE;

        if (*letter == 'h')
            return OPTIONS_HELP;
        if (option == NULL) {
            /* -quiet is --quiet with a hyphen too few rather than -q and -u */
            unknown_option(parser, strlen(argument) > 3
                                       ? argument
                                       : arena_printf(parser->arena, "-%c", *letter));
            return OPTIONS_WRONG;
        }
        if (option->kind != OPTION_FLAG && letter[1] != '\0')
            attached = str_from(letter + 1);
        if (!take_argument(parser, option, attached))
            return OPTIONS_WRONG;
        if (option->kind != OPTION_FLAG)
            break;
    }
    return OPTIONS_READY;
}

static void add_operand(struct arena *arena, struct operands *operands,
                        const char *argument)
{
    operands->items = arena_grow(arena, (void *)operands->items, operands->count,
                                 &operands->capacity, sizeof *operands->items);
    operands->items[operands->count++] = argument;
}

enum options_end options_parse(struct arena *arena, const struct option *options,
                               size_t option_count, const char *const *arguments,
                               size_t argument_count, void *target,
                               struct operands *operands, struct error *err)
{
    struct parser parser = { arena,          options, option_count, arguments,
                             argument_count, 0,       target,       err };
    bool only_operands = false;

    while (parser.at < argument_count) {
        const char *argument = arguments[parser.at++];

        if (only_operands || argument[0] != '-' || argument[1] == '\0') {
            add_operand(arena, operands, argument);
        } else if (strcmp(argument, "--") == 0) {
            only_operands = true;
        } else {
            enum options_end end = argument[1] == '-'
                                       ? parse_long(&parser, argument)
                                       : parse_letters(&parser, argument);

            if (end != OPTIONS_READY)
                return end;
        }
    }
    return OPTIONS_READY;
}
