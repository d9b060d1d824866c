/*
 * states.h - what the command line says of states: which part of the evidence is read
 * for one, and how several are judged.
 *
 *     scan --shard 2/8 -o state=2.state ─ states_share() ─► struct share
 *     merge *.state ─ states_begin() ─► settings of the states, where none were given
 *                   ─ rules are loaded ─ states_check() ─► these can be judged by them
 *
 * An option that a merge is given takes the place of the states', as --settings-of
 * does; but what evidence was read by (exclude, path-pattern, assume-type, no-digest)
 * has to be the same. So has each rule, unless an option of rules was given: then other
 * rules may judge, as far as they read no other fields.
 */
#ifndef CLI_STATES_H
#define CLI_STATES_H

#include "cli/judging.h"
#include "cli/reports.h"
#include "merge.h"

/* STATUS_GOOD, or STATUS_WRONG, and it was said. *made stays NULL, if all is read. */
int states_share(const struct command_line *line, const struct wanted_reports *reports,
                 const struct share **made);

/* Names of options by which evidence is read, so that what is given to a merge would
 * come too late; NULL ends them. */
extern const char *const states_of_reading[];

struct states {
    struct merging *merging;
    bool has_other_rules; /* an option of rules was given */
};

/* The operands are states. STATUS_GOOD, or STATUS_WRONG, and it was said. */
int states_begin(const struct command_line *line, struct states *states);

/* Whether these rules, of this catalog, may judge them: STATUS_GOOD, or STATUS_WRONG,
 * and it was said. */
int states_check(const struct command_line *line, const struct states *states,
                 const struct rulebook *book);

/* What is to be written: of what a scan reads or, if `merging` is not NULL, of the
 * states. Errors as of scan(). */
MUST_USE bool states_gather(const struct command_line *line, struct scan_wanted *wanted,
                            struct merging *merging, struct state *state,
                            struct error *err);

/* Writes what was gathered where the only report goes. STATUS_GOOD, STATUS_MACHINE. */
int states_write(const struct command_line *line, const struct state *state,
                 const struct wanted_report *report);

#endif
