#include "cli/help.h"

#include <assert.h>
#include <string.h>

enum { ROW_INDENT = 2, EXAMPLE_INDENT = 6 };

static const char *const status_meanings[] = {
    [STATUS_GOOD] = "nothing fails, nothing is unknown; done",
    [STATUS_FAILS] = "something fails, or a rule has a mistake",
    [STATUS_WRONG] = "wrong usage, a wrong rule, or nothing to judge",
    [STATUS_UNKNOWN] = "something is unknown, or evidence is unusable",
    [STATUS_MACHINE] = "the machine failed: cannot write, out of memory",
};

void help_row(struct page *page, const char *left, const char *right)
{
    page->indent = ROW_INDENT;
    page_solid(page, str_from(left));
    if (page->column + 2 > HELP_COLUMN)
        page_line(page);
    page->indent = HELP_COLUMN;
    page_tab(page, HELP_COLUMN);
    page_words(page, str_from(right));
    page_line(page);
    page->indent = 0;
}

static void write_text(struct page *page, const char *text)
{
    page_words(page, str_from(text));
    page_line(page);
}

static void write_usage(struct page *page, const struct command *command)
{
    page_printf(page, "usage: invaudit %s%s", command->name,
                command->options != NULL ? " [OPTION...]" : "");
    if (command->operands[0] != '\0')
        page_printf(page, " %s", command->operands);
    page_line(page);
}

/* What it does, and why that is not so for this command. */
static const char *does(struct page *page, const struct command *command,
                        const struct option *option)
{
    for (size_t i = 0; command->aside != NULL && command->aside[i] != NULL; i++)
        if (strcmp(option->name, command->aside[i]) == 0)
            return arena_printf(page->out->arena, "%s; %s", option->help,
                                command->aside_why);
    return option->help;
}

static void write_option(struct page *page, const struct command *command,
                         const struct option *option)
{
    struct buf left = BUF_EMPTY(page->out->arena);

    if (option->letter != 0)
        buf_printf(&left, "-%c, ", option->letter);
    else
        buf_add(&left, STR("    "));
    buf_printf(&left, "--%s", option->name);
    if (option->argument != NULL)
        buf_printf(&left, " %s", option->argument);
    help_row(page, buf_str(&left).text, does(page, command, option));
}

/* Those of one group, below its heading; whether there are any. */
static bool write_group(struct page *page, const struct command *command,
                        enum option_group group, bool is_first)
{
    static const char *const headings[] = {
        [GROUP_OPTIONS] = "options:",
        [GROUP_RULES] = "which rules:",
        [GROUP_EVIDENCE] = "what is judged:",
        [GROUP_LABELS] = "what evidence does not tell itself:",
        [GROUP_OUTPUT] = "reports:",
        [GROUP_GATE] = "exit status:",
        [GROUP_RUN] = "the run:",
    };
    bool any = false;

    static_assert(COUNT_OF(headings) == OPTION_GROUP_COUNT, "a heading each");
    for (size_t i = 0; command->options != NULL && command->options[i] != NULL; i++) {
        for (const struct option *option = command->options[i]; option->name != NULL;
             option++) {
            if (option->group != group)
                continue;
            if (!any && !is_first)
                page_blank(page);
            if (!any)
                write_text(page, headings[group]);
            any = true;
            write_option(page, command, option);
        }
    }
    return any;
}

static void write_options(struct page *page, const struct command *command)
{
    bool any = false;

    for (int group = 0; group < OPTION_GROUP_COUNT; group++)
        if (write_group(page, command, (enum option_group)group, !any))
            any = true;
    if (!any)
        write_text(page, "options:");
    help_row(page, "-h, --help", "print this");
}

static void write_examples(struct page *page, const struct command *command)
{
    write_text(page, "examples:");
    for (size_t i = 0; i < EXAMPLES_COUNT; i++) {
        page->indent = ROW_INDENT;
        page_solid(page, str_from(command->examples[i].command));
        page_line(page);
        page->indent = EXAMPLE_INDENT;
        page_words(page, str_from(command->examples[i].does));
        page_line(page);
        page->indent = 0;
    }
}

void help_command(struct page *page, const struct command *command)
{
    write_usage(page, command);
    page_blank(page);
    write_text(page, command->summary);
    page_blank(page);
    if (command->description != NULL) {
        page_paragraphs(page, str_from(command->description));
        page_blank(page);
    }
    write_options(page, command);
    if (command->help != NULL) {
        page_blank(page);
        command->help(page);
    }
    page_blank(page);
    write_examples(page, command);
}

static void write_command(struct page *page, const struct command *command)
{
    help_row(page,
             arena_printf(page->out->arena, "%s %s", command->name, command->operands),
             command->summary);
}

static bool is_in_group(const struct command *command, struct str group)
{
    struct str name = str_from(command->name);

    return str_starts_with(name, group) && name.len > group.len &&
           name.text[group.len] == ' ';
}

void help_group(struct page *page, struct str group)
{
    page_printf(page, "usage: invaudit %.*s COMMAND [OPTION...] [ARGUMENT...]",
                STR_ARG(group));
    page_blank(page);
    write_text(page, "commands:");
    for (size_t i = 0; i < command_count; i++)
        if (is_in_group(commands[i], group))
            write_command(page, commands[i]);
}

void help_all(struct page *page)
{
    write_text(page, "usage: invaudit COMMAND [OPTION...] [ARGUMENT...]");
    page_blank(page);
    write_text(page, "Judge saved AWS CLI output against declarative rules, without a "
                     "network.");
    page_blank(page);
    write_text(page, "commands:");
    for (size_t i = 0; i < command_count; i++)
        write_command(page, commands[i]);
    page_blank(page);
    write_text(page, "options:");
    help_row(page, "-h, --help", "print this, or how to use a command");
    help_row(page, "    --version", "print the version");
    page_blank(page);
    write_text(page, "begin with:");
    help_row(page, "invaudit evidence FOLDER",
             "what each file was taken for, and what is missing");
    help_row(page, "invaudit scan FOLDER", "what fails, and what is unknown and why");
    page_blank(page);
    write_text(page, "exit status:");
    for (size_t i = 0; i < COUNT_OF(status_meanings); i++)
        help_row(page, arena_printf(page->out->arena, "%zu", i), status_meanings[i]);
}
