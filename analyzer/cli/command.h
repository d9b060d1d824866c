/*
 * command.h - what the program can be asked to do: a table of commands.
 *
 *     scan -o json evidence
 *       └ a row of `commands` ─ its tables of options fill in a struct ─ run()
 *
 * How to add a command: write its file here, command_NAME.c, with one `const struct
 * command`; declare it below and add it to the table in commands.c; describe it in
 * man/invaudit.1 (a test compares the options). Its examples are run by a test. --help
 * comes from the tables.
 *
 * Results go to standard output (output.h), all else to standard error (complain.h).
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/options.h"
#include "report/page.h"

enum status {
    STATUS_GOOD = 0,
    STATUS_FAILS = 1,   /* something does not hold */
    STATUS_WRONG = 2,   /* wrong usage, a wrong rule, or nothing to judge */
    STATUS_UNKNOWN = 3, /* something is unknown, or evidence could not be used */
    STATUS_MACHINE = 4, /* the machine failed: cannot write, out of memory */
};

enum { HELP_WIDTH = 80, HELP_COLUMN = 30 };

struct command;

struct command_line {
    struct arena *arena;
    const struct command *command;
    void *options; /* the struct that the command's options fill in */
    const char *const *operands;
    size_t operand_count;
};

enum { EXAMPLES_COUNT = 2 };

struct command {
    const char *name;        /* "rules list" */
    const char *operands;    /* "[ID|PATH...]", or "" */
    const char *summary;     /* one line */
    const char *description; /* paragraphs for --help, or NULL */
    struct {
        const char *command; /* "invaudit scan evidence" */
        const char *does;    /* "judge a folder" */
    } examples[EXAMPLES_COUNT];
    const struct option *const
        *options;             /* tables, the last of them NULL; or NULL: none */
    const char *const *aside; /* names of options that --help says more of, the last
                                 of them NULL; or NULL: of none */
    const char *aside_why;    /* "no effect here" */
    size_t options_bytes;     /* of the struct they fill in, zeroed first */
    void (*help)(struct page *page);             /* adds sections to --help; or NULL */
    int (*run)(const struct command_line *line); /* the exit status */
};

extern const struct command command_scan, command_merge, command_evidence,
    command_collect, command_rules_list, command_rules_show, command_rules_check,
    command_rules_test, command_rules_new, command_rules_schema, command_types,
    command_types_schema, command_waivers_schema, command_query, command_verify,
    command_diff, command_help;

extern const struct command *const commands[];
extern const size_t command_count;

/* Does what the command line asks for; the exit status. */
int commands_run(struct arena *arena, int argument_count, char **arguments);

#endif
