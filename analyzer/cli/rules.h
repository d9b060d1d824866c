/*
 * rules.h - the rules that a command works with.
 *
 *     scan --rules PATH         rules_load(): those that its options ask for
 *     rules COMMAND ID|PATH     rules_choose(): those that its operands name
 *
 * What is wrong with a rule, or with a path, is said here.
 */
#ifndef CLI_RULES_H
#define CLI_RULES_H

#include "cli/command.h"
#include "rulebook/rulebook.h"

/* False: it does not, which was said. "-" is standard input. `option`: what named it,
 * as it is said: "--rules: ", or "". */
bool path_exists(struct arena *arena, const char *option, const char *path);

/* NULL: a path does not exist (then `mistakes` has no errors), or a rule is wrong; all
 * was said. Warnings are said, too. `option`: as above, of wanted->paths. */
const struct rulebook *rules_load(struct arena *arena, const char *option,
                                  const struct rulebook_wanted *wanted,
                                  struct mistakes *mistakes);

struct choice {
    const struct rulebook *book;
    const struct rule **rules; /* by id; never none */
    size_t count;
    size_t warning_count; /* of all that were read; each was said */
};

/* STATUS_GOOD; or STATUS_WRONG, or `wrong_rule` if all rules could be read and one is
 * wrong: all was said. */
int rules_choose(const struct command_line *line, int wrong_rule,
                 struct choice *choice);

/* For --help: how operands are understood. */
extern const char rules_description[];

#endif
