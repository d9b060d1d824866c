/*
 * confine.h - enter the sandbox (base/sandbox.h) with what a command line names.
 *
 *     struct sandbox sandbox = SANDBOX_EMPTY(line->arena);
 *     targets_look(...)                       adds where reports go
 *     confine_paths(&sandbox, operands, ...)  adds what is read
 *     confine(&sandbox, settings, reports)    adds the rest, and enters it
 *
 * From then on nothing else can be opened: sandbox.h says who must add what. Rules and
 * evidence, which may be hostile, are read afterwards; what options are made of, such
 * as the report of --settings-of, before.
 */
#ifndef CLI_CONFINE_H
#define CLI_CONFINE_H

#include "base/sandbox.h"
#include "cli/reports.h"

/* Evidence: a folder, or a file with what may lie beside it and explains it. */
void confine_paths(struct sandbox *sandbox, const char *const *paths, size_t count);

/* Adds rules, time zones and temporary files, and enters; `reports` may be NULL. With
 * `is_off` it does not, and the sandbox says so. */
void confine(struct sandbox *sandbox, const struct settings *settings,
             const struct wanted_reports *reports, bool is_off);

/* What a report says of it: NULL, if all of it holds. */
const struct sandbox *confine_lack(const struct sandbox *sandbox);

#endif
