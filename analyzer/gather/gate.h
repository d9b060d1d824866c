/*
 * gate.h - which findings make a scan end with status 1: --fail-on.
 *
 *     --fail-on fail,unknown:high ─► "fail:high" "unknown:high" in settings.fail_on
 *                                        │
 *          findings ────────────────► gate_new() ─► gate_closes(), gate_doubts()
 *
 *     result  severity    --fail-on fail:high    without
 *     fail    high        1                      1
 *     fail    low         0                      1
 *     unknown high        3: it might be 1       3
 *     unknown low         0: it could not        3
 *
 * Without the option, every fail closes the gate. An unknown that does not close it
 * leaves it in doubt if its severity is one from which on the gate names any result;
 * and so does evidence that could not be used, whatever the gate.
 *
 * A word that is no result is of the whole run, and has no severity: stale-waiver, if
 * there are waivers that are expired, too broad, or of nothing that fails.
 *
 * How to add a word that is no result: a row in gate.c, and invaudit(1).
 */
#ifndef GATHER_GATE_H
#define GATHER_GATE_H

#include "gather/settings.h"
#include "rulebook/rule.h"

struct gate {
    enum severity from[RESULT_COUNT]; /* SEVERITY_COUNT: not of this result */
    enum severity lowest;             /* of these */
    bool stale_waiver;
};

/* Of texts that gate_word_read() took. */
struct gate gate_new(const struct settings *settings);

/* A finding of that result and severity makes the status 1. */
bool gate_closes(const struct gate *gate, enum result result, enum severity severity);
/* It is unknown, and might be one that does. */
bool gate_doubts(const struct gate *gate, enum result result, enum severity severity);

/* Whether "fail" or "fail:high" is one; err says what was expected. */
MUST_USE bool gate_word_check(struct arena *arena, struct str word, struct error *err);

#endif
