/*
 * targets.h - where reports go, looked at before anything is read.
 *
 *     -o json=FILE ─► can it be written? ─► is it another report's? ─► is it read, too?
 *                      targets_look()         targets_look() targets_spare_…()
 *
 * A report must not replace what it is made of, nor another report; files are compared
 * by what they are, whatever links and spellings lead to them. A file to which a format
 * adds something, and which the environment names, is looked at, too. A report of our
 * own that lies where the new one goes is no evidence, and is replaced.
 */
#ifndef CLI_TARGETS_H
#define CLI_TARGETS_H

#include "base/replaced.h"
#include "base/sandbox.h"
#include "cli/command.h"
#include "cli/reports.h"

/* Finds them, and adds what it takes to write them; `sandbox` may be NULL.
 * STATUS_GOOD; or STATUS_WRONG,
 * STATUS_MACHINE: a path cannot be written, or two reports go to one place; it was
 * said. */
int targets_look(const struct command_line *line, const struct wanted_reports *reports,
                 struct replaced *replaced, struct sandbox *sandbox);

/* False: a report would replace evidence that the command line names; what lies in
 * folders, scan() asks for when it has found it. */
MUST_USE bool targets_spare_operands(const struct replaced *replaced,
                                     const struct command_line *line,
                                     struct error *err);

/* The same of the rules: files, and folders with such in them. */
MUST_USE bool targets_spare_rules(struct arena *arena, const struct replaced *replaced,
                                  struct str_list paths, struct error *err);

#endif
