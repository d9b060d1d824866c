#include "cli/command.h"

#include "cli/complain.h"
#include "cli/help.h"
#include "cli/output.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

const struct command *const commands[] = {
    &command_scan,           &command_merge,      &command_evidence,
    &command_collect,        &command_rules_list, &command_rules_show,
    &command_rules_check,    &command_rules_test, &command_rules_new,
    &command_rules_schema,   &command_types,      &command_types_schema,
    &command_waivers_schema, &command_query,      &command_verify,
    &command_diff,           &command_help,
};

const size_t command_count = COUNT_OF(commands);

static const struct command *find(struct str name)
{
    for (size_t i = 0; i < command_count; i++)
        if (str_equal(name, str_from(commands[i]->name)))
            return commands[i];
    return NULL;
}

/* Whether commands begin with that word: "rules". */
static bool is_group(struct arena *arena, const char *word)
{
    struct str start = str_from(arena_printf(arena, "%s ", word));

    for (size_t i = 0; i < command_count; i++)
        if (str_starts_with(str_from(commands[i]->name), start))
            return true;
    return false;
}

static bool is_help(const char *argument)
{
    return strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0;
}

static int unknown_command(struct arena *arena, const char *group, const char *name)
{
    const char **names = arena_array(arena, command_count + 1, const char *);
    const char *meant;

    for (size_t i = 0; i < command_count; i++)
        names[i] = commands[i]->name;
    names[command_count] = "--version";
    meant = suggestion(arena, str_from(name), names, command_count + 1);
    if (meant[0] == '\0' && access(name, F_OK) == 0)
        meant = arena_printf(arena, " (did you mean 'scan %s'?)", name);
    return wrong_usage_text(arena, group,
                            arena_printf(arena, "unknown command '%s'%s", name, meant));
}

/* What --help and `help` print: of a command, of a group or, for "", of all. */
static int write_help(struct arena *arena, const char *name)
{
    struct buf text = BUF_EMPTY(arena);
    struct page page = PAGE_NEW(&text, HELP_WIDTH);
    const struct command *command = find(str_from(name));

    if (name[0] == '\0')
        help_all(&page);
    else if (command != NULL)
        help_command(&page, command);
    else if (is_group(arena, name))
        help_group(&page, str_from(name));
    else
        return unknown_command(arena, NULL, name);
    return output_write(arena, buf_str(&text));
}

static int run_help(const struct command_line *line)
{
    struct buf name = BUF_EMPTY(line->arena);

    for (size_t i = 0; i < line->operand_count; i++)
        buf_printf(&name, "%s%s", i > 0 ? " " : "", line->operands[i]);
    return write_help(line->arena, buf_str(&name).text);
}

const struct command command_help = {
    .name = "help",
    .operands = "[COMMAND]",
    .summary = "print how to use a command, or list the commands",
    .examples = { { "invaudit help scan", "the options of a command" },
                  { "invaudit help rules", "the commands of a group" } },
    .run = run_help,
};

static int run(struct arena *arena, const struct command *command,
               const char *const *arguments, size_t count)
{
    static const struct option *const no_options[] = { NULL };
    struct command_line line = { .arena = arena, .command = command };
    struct operands operands = { 0 };
    struct error err = { 0 };
    void *options = arena_alloc(arena, command->options_bytes);

    switch (options_parse(arena,
                          command->options != NULL ? command->options : no_options,
                          arguments, count, options, &operands, &err)) {
    case OPTIONS_HELP:
        return write_help(arena, command->name);
    case OPTIONS_WRONG:
        return wrong_usage(&line, "%s", err.message);
    case OPTIONS_READY:
        break;
    }
    line.options = options;
    line.operands = operands.items;
    line.operand_count = operands.count;
    return command->run(&line);
}

static int run_group(struct arena *arena, const char *group,
                     const char *const *arguments, size_t count)
{
    const struct command *command;
    const char *name;

    if (count == 0)
        return wrong_usage_text(
            arena, group, arena_printf(arena, "'%s' needs a command behind it", group));
    if (is_help(arguments[0]))
        return write_help(arena, group);
    name = arena_printf(arena, "%s %s", group, arguments[0]);
    command = find(str_from(name));
    if (command == NULL)
        return unknown_command(arena, group, name);
    return run(arena, command, arguments + 1, count - 1);
}

/* The command that has it, or NULL. */
static const struct command *command_of_option(const char *name)
{
    for (size_t i = 0; i < command_count; i++) {
        const struct option *const *table = commands[i]->options;

        for (; table != NULL && *table != NULL; table++)
            for (const struct option *option = *table; option->name != NULL; option++)
                if (strcmp(option->name, name) == 0)
                    return commands[i];
    }
    return NULL;
}

static int unknown_option(struct arena *arena, const char *option)
{
    static const char *const names[] = { "--help", "--version" };
    const struct command *command =
        strncmp(option, "--", 2) == 0 ? command_of_option(option + 2) : NULL;
    const char *meant = suggestion(arena, str_from(option), names, 2);

    if (command == NULL)
        return wrong_usage_text(
            arena, NULL, arena_printf(arena, "unknown option '%s'%s", option, meant));
    return wrong_usage_text(arena, command->name,
                            arena_printf(arena,
                                         "option '%s' belongs behind the command '%s'",
                                         option, command->name));
}

static int no_command(struct arena *arena)
{
    struct buf text = BUF_EMPTY(arena);
    struct page page = PAGE_NEW(&text, HELP_WIDTH);

    help_all(&page);
    fputs(buf_str(&text).text, stderr);
    return STATUS_WRONG;
}

int commands_run(struct arena *arena, int argument_count, char **arguments)
{
    const char *const *rest = (const char *const *)arguments + 2;
    size_t count = argument_count > 2 ? (size_t)argument_count - 2 : 0;
    const struct command *command;
    const char *first;

    if (argument_count < 2)
        return no_command(arena);
    first = arguments[1];
    if (is_help(first))
        return write_help(arena, "");
    if (strcmp(first, "--version") == 0)
        return output_write(arena, STR("invaudit " INVAUDIT_VERSION "\n"));
    if (first[0] == '-' && first[1] != '\0')
        return unknown_option(arena, first);
    command =
        count > 0 ? find(str_from(arena_printf(arena, "%s %s", first, rest[0]))) : NULL;
    if (command != NULL)
        return run(arena, command, rest + 1, count - 1);
    command = find(str_from(first));
    if (command != NULL)
        return run(arena, command, rest, count);
    if (is_group(arena, first))
        return run_group(arena, first, rest, count);
    return unknown_command(arena, NULL, first);
}
