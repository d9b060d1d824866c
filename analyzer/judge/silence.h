/*
 * silence.h - say what a call does not print, and a fact reads.
 *
 * Each call of a type prints some of its fields: a listing of backup plans never has
 * the plan itself. What it does not print is not absent, and a record that a fact reads
 * it of is undecided.
 */
#ifndef JUDGE_SILENCE_H
#define JUDGE_SILENCE_H

#include "gather/document.h"

/* "'aws backup list-backup-plans' does not print BackupPlan" - of the fields that the
 * measure reads; of NULL: that any measure of its type does. False: it prints them all.
 */
bool silence_of(struct arena *arena, const struct document *document,
                const struct measures *measures, const struct measure *measure,
                struct reason *reason);

/* Whether its silence leaves the measure open. */
bool silence_opens(const struct document *document, const struct measure *measure);

#endif
