/*
 * settings.h - what the settings of a command line, or of a report, come to before
 * evidence is read.
 *
 *     settings_compile()     globs, the pattern of paths; lists in their order
 *     settings_rules()       the rules that they ask for
 *     settings_find_type()   the type that they assume, by the catalog of these
 *     settings_waivers()     what is accepted, by the ids of these
 */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include "gather/settings.h"
#include "rulebook/rulebook.h"

/* False: err names the option. */
MUST_USE bool settings_compile(struct arena *arena, struct settings *settings,
                               struct error *err);

/* `texts`: as in rulebook_wanted, or NULL. NULL: what is wrong was said. */
const struct rulebook *settings_rules(struct arena *arena,
                                      const struct settings *settings,
                                      const struct rulebook_texts *texts);

/* The same as settings_compile(). */
MUST_USE bool settings_find_type(struct arena *arena, const struct catalog *catalog,
                                 struct settings *settings, struct error *err);

/* `text`: of the file of waivers, or NULL, if it is to be read. False: it is wrong,
 * which was said. Settings that name no such file are right. */
MUST_USE bool settings_waivers(struct arena *arena, const struct rulebook *book,
                               struct settings *settings, const struct str *text);

#endif
