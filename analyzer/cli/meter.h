/*
 * meter.h - one line on a terminal that says how far a run has come.
 *
 *     struct meter *meter = meter_start(&arena);
 *     do_it(meter_progress(meter));
 *     meter_stop(meter);
 *
 * Only where standard error is a terminal, and only of runs that take more than
 * METER_WAIT_MILLISECONDS. The line is written over itself, and erased at the end. It
 * has the only clock beside that of --stats; nothing else depends on it.
 */
#ifndef CLI_METER_H
#define CLI_METER_H

#include "base/arena.h"
#include "base/progress.h"

enum { METER_WAIT_MILLISECONDS = 500 };

struct meter;

/* NULL: nobody would see it. */
struct meter *meter_start(struct arena *arena);
/* NULL for NULL. */
struct progress *meter_progress(struct meter *meter);
/* Before anything else is written to standard error. */
void meter_stop(struct meter *meter);

#endif
