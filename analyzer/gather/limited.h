/*
 * limited.h - filters that come to a limit of their language, record after record.
 *
 *     struct limited *limited = limited_new(arena, measures);
 *     for each source:   limited_begin(limited);
 *     for each record:   if (limited_is_spent(limited, measure)) it may count;
 *                        else if a limit kept its filter from an answer:
 *                            limited_note(limited, measure);
 *
 * A limit bounds what one record costs; that each costs so much would make a small file
 * take hours. For a filter that came to a limit for LIMITED_RECORDS_MAX records of a
 * source, those behind them are not tried: each may count, as those do.
 * Lifetime: the arena's; used again for the next source.
 */
#ifndef GATHER_LIMITED_H
#define GATHER_LIMITED_H

#include "gather/measures.h"

enum { LIMITED_RECORDS_MAX = 32 };

struct limited;

struct limited *limited_new(struct arena *arena, const struct measures *measures);
void limited_begin(struct limited *limited);
void limited_note(struct limited *limited, const struct measure *measure);
bool limited_is_spent(const struct limited *limited, const struct measure *measure);

/* Whether one of them is: then nothing of a record may be taken from one that was read
 * before, maybe of another source, since what is tried depends on the source. */
bool limited_any(const struct limited *limited);

#endif
