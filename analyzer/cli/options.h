/*
 * options.h - the options of a command as a table: parsed, and printed for --help.
 *
 *     static const struct option options[] = {
 *         { "quiet", 'q', OPTION_FLAG, NULL, "no text report",
 *           offsetof(struct scan_options, quiet) },
 *     };
 *
 * Options may follow operands; `--` ends them; `-` alone is an operand. `--name=value`
 * and `--name value`, `-ovalue` and `-o value` are the same. A name may be shortened to
 * what begins no other: that is for the keyboard, since a later option may begin so,
 * too. Each command has --help and -h besides its table.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "config/check.h"

enum option_kind {
    OPTION_FLAG,  /* takes no argument: bool */
    OPTION_TEXT,  /* given once at most: struct str */
    OPTION_TEXTS, /* repeatable: struct str_list */
    OPTION_WORDS, /* repeatable, each a list with commas: struct str_list */
};

struct option {
    const char *name; /* without the hyphens */
    char letter;      /* or 0 */
    enum option_kind kind;
    const char *argument; /* what --help calls it; NULL for a flag */
    const char *help;
    size_t offset; /* of the member of the target that takes the value */
};

struct operands {
    const char **items;
    size_t count, capacity;
};

enum options_end {
    OPTIONS_READY,
    OPTIONS_HELP,  /* --help was met; nothing behind it was looked at */
    OPTIONS_WRONG, /* err says why */
};

/* Text in the target ends in a NUL, and lives as long as the arguments or the arena. */
enum options_end options_parse(struct arena *arena, const struct option *options,
                               size_t option_count, const char *const *arguments,
                               size_t argument_count, void *target,
                               struct operands *operands, struct error *err);

#endif
