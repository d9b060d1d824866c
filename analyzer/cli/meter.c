#include "cli/meter.h"

#include "cli/complain.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
    STEP_MILLISECONDS = 200,
    LINE_BYTES = 256,
    LINE_COLUMNS = 79, /* no terminal is narrower */
};

struct meter {
    struct progress progress;
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t stop;
    bool is_stopped;
    /* When reading was first seen, and how far it was by then. */
    double reading_since; /* of the clock; 0: not yet */
    size_t sources_before;
    uint64_t bytes_before;
    int drawn; /* bytes on the terminal */
};

double meter_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void amount_print(double bytes, char text[AMOUNT_TEXT_BYTES])
{
    static const char *const units[] = { "B", "kB", "MB", "GB" };
    const int last = (int)(COUNT_OF(units)) - 1;
    int unit = 0;

    /* 999,950 would print as 1000.0 kB. */
    while (unit < last && bytes >= (unit == 0 ? 1000 : 999.95)) {
        bytes /= 1000;
        unit++;
    }
    snprintf(text, AMOUNT_TEXT_BYTES, "%.*f %s", unit > 0 ? 1 : 0, bytes, units[unit]);
}

/* ---- at the end ------------------------------------------------------------------ */

void meter_stats(struct arena *arena, double started,
                 const struct assessment *assessment)
{
    char read[AMOUNT_TEXT_BYTES], rate[AMOUNT_TEXT_BYTES], memory[AMOUNT_TEXT_BYTES];
    double seconds = meter_clock() - started, bytes = 0;
    struct rusage usage = { 0 };
    size_t files = 0;

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

/* ---- meanwhile ------------------------------------------------------------------- */

/* Blanks over what a longer line left. */
static void draw(struct meter *meter, const char *line)
{
    fprintf(stderr, "\r%-*.*s\r", meter->drawn, LINE_COLUMNS, line);
    meter->drawn = fprintf(stderr, "%.*s", LINE_COLUMNS, line);
}

/* Till all is read, at the pace so far; below 0: who knows. By files where nobody knows
 * how many bytes there are. */
static double seconds_left(const struct meter *meter, double seconds)
{
    double all = (double)atomic_load(&meter->progress.bytes);
    double done = (double)atomic_load(&meter->progress.bytes_done);
    double before = (double)meter->bytes_before;

    if (all <= 0) {
        all = (double)atomic_load(&meter->progress.sources);
        done = (double)atomic_load(&meter->progress.sources_done);
        before = (double)meter->sources_before;
    }
    if (done <= before || seconds <= 0)
        return -1;
    return done < all ? seconds * (all - done) / (done - before) : 0;
}

static void draw_reading(struct meter *meter, double seconds)
{
    double bytes = (double)atomic_load(&meter->progress.bytes_done);
    double left = seconds_left(meter, seconds);
    char line[LINE_BYTES], read[AMOUNT_TEXT_BYTES], rate[AMOUNT_TEXT_BYTES], rest[32];

    amount_print(bytes, read);
    amount_print(seconds > 0 ? (bytes - (double)meter->bytes_before) / seconds : 0,
                 rate);
    rest[0] = '\0';
    if (left >= 0)
        snprintf(rest, sizeof rest, ", %.0f s left", left < 1 ? 1 : left);
    snprintf(line, sizeof line, "%zu of %zu files, %s, %s/s%s",
             atomic_load(&meter->progress.sources_done),
             atomic_load(&meter->progress.sources), read, rate, rest);
    draw(meter, line);
}

static void step(struct meter *meter)
{
    struct progress *progress = &meter->progress;
    size_t sources = atomic_load(&progress->sources);
    size_t done = atomic_load(&progress->sources_done);
    double now = meter_clock();

    if (sources > 0 && meter->reading_since <= 0) {
        meter->reading_since = now;
        meter->sources_before = done;
        meter->bytes_before = atomic_load(&progress->bytes_done);
    }
    if (sources == 0)
        draw(meter, "looking for files");
    else if (done == sources)
        draw(meter, "judging");
    else
        draw_reading(meter, now - meter->reading_since);
}

/* False: it is to stop. */
static bool sleep_for(struct meter *meter, int milliseconds)
{
    struct timespec until;
    int error = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += milliseconds * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    while (!meter->is_stopped && error == 0)
        error = pthread_cond_timedwait(&meter->stop, &meter->lock, &until);
    return !meter->is_stopped;
}

static void *run(void *object)
{
    struct meter *meter = object;

    pthread_mutex_lock(&meter->lock);
    for (int wait = METER_WAIT_MILLISECONDS; sleep_for(meter, wait);
         wait = STEP_MILLISECONDS)
        step(meter);
    if (meter->drawn > 0)
        draw(meter, "");
    pthread_mutex_unlock(&meter->lock);
    return NULL;
}

struct meter *meter_start(struct arena *arena)
{
    struct meter *meter;
    pthread_condattr_t monotonic;
    sigset_t all, before;
    int error;

    if (!isatty(STDERR_FILENO))
        return NULL;
    meter = arena_new(arena, struct meter);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&meter->stop, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&meter->lock, NULL);
    sigfillset(&all); /* signals are the main thread's */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    error = pthread_create(&meter->thread, NULL, run, meter);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error == 0 ? meter : NULL;
}

struct progress *meter_progress(struct meter *meter)
{
    return meter != NULL ? &meter->progress : NULL;
}

void meter_stop(struct meter *meter)
{
    if (meter == NULL)
        return;
    pthread_mutex_lock(&meter->lock);
    meter->is_stopped = true;
    pthread_cond_signal(&meter->stop);
    pthread_mutex_unlock(&meter->lock);
    pthread_join(meter->thread, NULL);
    pthread_cond_destroy(&meter->stop);
    pthread_mutex_destroy(&meter->lock);
}
