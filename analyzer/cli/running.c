#include "cli/running.h"

#include "base/workers.h"
#include "cli/amount.h"
#include "cli/complain.h"

#include <sys/resource.h>
#include <time.h>

static double clock_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool read_jobs(struct str given, size_t *jobs, struct error *err)
{
    size_t number = 0;

    if (given.text == NULL)
        return true;
    for (size_t i = 0; i < given.len && number <= WORKERS_MAX; i++)
        number = is_digit(given.text[i]) ? number * 10 + (size_t)(given.text[i] - '0')
                                         : WORKERS_MAX + 1;
    if (number == 0 || number > WORKERS_MAX) {
        return error_set(err,
                         "option '--jobs': expected a number from 1 to %d, not '%s'",
                         WORKERS_MAX, given.text);
    }
    *jobs = number;
    return true;
}

bool running_start(struct running *running, const struct running_options *given,
                   struct error *err)
{
    *running = (struct running){ .stats = given->stats };
    if (running->stats)
        running->started = clock_seconds();
    return read_jobs(given->jobs, &running->jobs, err);
}

void running_end(struct arena *arena, const struct running *running,
                 const struct assessment *assessment)
{
    char read[AMOUNT_TEXT_BYTES], rate[AMOUNT_TEXT_BYTES], memory[AMOUNT_TEXT_BYTES];
    struct rusage usage = { 0 };
    double bytes = 0, seconds;
    size_t files = 0;

    if (!running->stats)
        return;
    seconds = clock_seconds() - running->started;
    for (size_t i = 0; i < assessment->source_count; i++) {
        bytes += (double)assessment->sources[i].bytes;
        files += assessment->sources[i].was_read;
    }
    getrusage(RUSAGE_SELF, &usage);
    amount_print(bytes, read);
    amount_print(seconds > 0 ? bytes / seconds : 0, rate);
    amount_print((double)usage.ru_maxrss * 1024, memory);
    complain(arena, "%zu files, %s, %zu records, %.3f s, %s/s, peak memory %s", files,
             read, assessment->summary.records, seconds, rate, memory);
}
