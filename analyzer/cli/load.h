/*
 * load.h - what a command works with, or complaints on standard error.
 */
#ifndef CLI_LOAD_H
#define CLI_LOAD_H

#include "rulebook/rulebook.h"

/* False: one or more do not; each was said. "-" is standard input. `option`: what named
 * them, as it is said: "--rules: ", or "". */
bool paths_exist(struct arena *arena, const char *option, const char *const *paths,
                 size_t count);

/* NULL: a path does not exist (then `mistakes` has no errors), or a rule is wrong; all
 * was said. Warnings are said, too. `option`: as above, of wanted->paths. */
const struct rulebook *load_rulebook(struct arena *arena, const char *option,
                                     const struct rulebook_wanted *wanted,
                                     struct mistakes *mistakes);

/* What rulebook_wanted wants: NULL for an empty list. */
const char *const *list_strings(struct arena *arena, struct str_list list);

#endif
