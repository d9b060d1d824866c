/*
 * choice.h - the rules that the operands of a rules command name.
 */
#ifndef CLI_CHOICE_H
#define CLI_CHOICE_H

#include "cli/command.h"
#include "rulebook/rulebook.h"

struct choice {
    const struct rulebook *book;
    const struct rule **rules; /* by id; never none */
    size_t count;
    size_t warning_count; /* of all that were read; each was said */
};

/* STATUS_GOOD; or STATUS_WRONG, or `wrong_rule` if all rules could be read and one is
 * wrong: all was said. */
int choose(const struct command_line *line, int wrong_rule, struct choice *choice);

/* For --help: how operands are understood. */
extern const char choice_description[];

#endif
