/*
 * meter.h - what a run takes: one line on a terminal that says how far it has come, and
 * with --stats a line at its end.
 *
 *     struct meter *meter = meter_start(&arena);
 *     do_it(meter_progress(meter));
 *     meter_stop(meter);
 *
 * Only where standard error is a terminal, and only of runs that take more than
 * METER_WAIT_MILLISECONDS. The line is written over itself, and erased at the end.
 * Nothing else depends on the clock.
 */
#ifndef CLI_METER_H
#define CLI_METER_H

#include "base/progress.h"
#include "gather/assessment.h"

enum { METER_WAIT_MILLISECONDS = 500, AMOUNT_TEXT_BYTES = 32 };

struct meter;

/* NULL: nobody would see it. */
struct meter *meter_start(struct arena *arena);
/* NULL for NULL. */
struct progress *meter_progress(struct meter *meter);
/* Before anything else is written to standard error. */
void meter_stop(struct meter *meter);

double meter_clock(void); /* seconds */

/* Says what was read since, how fast, and how much memory it took. */
void meter_stats(struct arena *arena, double started,
                 const struct assessment *assessment);

/* "12.3 MB": kB, MB and GB of a thousand each. */
void amount_print(double bytes, char text[AMOUNT_TEXT_BYTES]);

#endif
