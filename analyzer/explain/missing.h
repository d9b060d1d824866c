/*
 * missing.h - what the rules need to know of each scope, and the evidence does not tell
 * exactly.
 *
 *     struct missings *missings = missings_new(arena);
 *     for each judgement:   missings_note(missings, &judgement);
 *     assessment->missing = missings_list(missings, &assessment->missing_count);
 *
 * A finding that is known may still rest on bounds (at least one snapshot is managed),
 * and an unknown one names only what would settle it; this is the whole list, whatever
 * the verdicts. What several rules need is told once.
 *
 * Limits: MISSING_SETTLES_MAX commands for one type and scope, REASONS_MAX reasons; a
 * last reason says that there would be more.
 */
#ifndef EXPLAIN_MISSING_H
#define EXPLAIN_MISSING_H

#include "explain/explain.h"

enum { MISSING_SETTLES_MAX = 256 };

struct missings;

struct missings *missings_new(struct arena *arena);

/* The judgement's facts that are not exact. */
void missings_note(struct missings *missings, const struct judgement *judgement);

/* Of a judgement of judge_universe(): what tells which records there are. */
void missings_note_universe(struct missings *missings,
                            const struct judgement *judgement);

/* Adds what another thread noted, of other accounts. */
void missings_join(struct missings *missings, const struct missings *others);

/* All, by account, region, source and type; *count of them. */
const struct missing *missings_list(struct missings *missings, size_t *count);

#endif
