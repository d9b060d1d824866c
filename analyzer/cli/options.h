/*
 * options.h - read a command line by the tables of its options.
 *
 *     static const struct option own[] = {
 *         { "quiet", 'q', OPTION_FLAG, NULL, "no text report",
 *           offsetof(struct scan_options, quiet), GROUP_OUTPUT },
 *         { .name = NULL },
 *     };
 *     const struct option *const tables[] = { own, settings_options, NULL };
 *
 * A row is a `struct option` (gather/settings.h); all tables of a command fill in one
 * struct, the target.
 *
 * Options may follow operands; `--` ends them; `-` alone is an operand. `--name=value`
 * and `--name value`, `-ovalue` and `-o value` are the same. A name may be shortened to
 * what begins no other: that is for the keyboard, since a later option may begin so,
 * too. Each command has --help and -h besides its tables.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "gather/settings.h"

struct operands {
    const char **items;
    size_t count, capacity;
};

enum options_end {
    OPTIONS_READY,
    OPTIONS_HELP,  /* --help was met; nothing behind it was looked at */
    OPTIONS_WRONG, /* err says why */
};

/* Whether the text is a word that an OPTION_TIME asks the clock for: now, today. */
bool options_ask_clock(struct str time);

/* Gives an option one value more, such as the command line would take: a word of one
 * that takes several. False: err says what was expected, without the option's name. */
MUST_USE bool options_put(struct arena *arena, const struct option *option,
                          void *target, struct str value, struct error *err);

/* Text in the target ends in a NUL, and lives as long as the arguments or the arena.
 * `tables` ends in NULL. */
enum options_end options_parse(struct arena *arena, const struct option *const *tables,
                               const char *const *arguments, size_t argument_count,
                               void *target, struct operands *operands,
                               struct error *err);

#endif
