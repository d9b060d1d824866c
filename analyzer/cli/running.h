/*
 * running.h - the options that say how a run runs, and change nothing of what it
 * finds: threads, and what the run took.
 *
 * A command's options are a struct with a `struct running_options running`, and its
 * table holds RUNNING_OPTIONS(struct that_one).
 *
 *     if (!running_start(&running, &given->running, &err)) ...
 *     scan(... .jobs = running.jobs ...);
 *     running_end(arena, &running, &assessment);      // --stats
 */
#ifndef CLI_RUNNING_H
#define CLI_RUNNING_H

#include "cli/command.h"
#include "cli/targets.h"
#include "gather/assessment.h"

struct running_options {
    struct str jobs;
    bool stats;
};

/* clang-format off */
#define RUNNING_OPTIONS(target)                                                        \
    { "jobs", 'j', OPTION_TEXT, "N",                                                   \
      "read with N threads; as many as there are processors and work for, unless "     \
      "given; the reports are the same",                                               \
      offsetof(target, running.jobs) },                                                \
    { "stats", 0, OPTION_FLAG, NULL,                                                   \
      "print bytes, records, time and peak memory on standard error at the end",       \
      offsetof(target, running.stats) }
/* clang-format on */

struct running {
    size_t jobs; /* 0: not given */
    bool stats;
    struct replaced replaced; /* what no reading may meet */
    double started;           /* seconds of a clock, for the statistics alone */
};

/* False: an option is wrong. */
MUST_USE bool running_start(struct running *running,
                            const struct running_options *given, struct error *err);

/* Says what the run took, if that was asked for. */
void running_end(struct arena *arena, const struct running *running,
                 const struct assessment *assessment);

#endif
