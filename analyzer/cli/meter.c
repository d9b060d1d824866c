#include "cli/meter.h"

#include "base/str.h"
#include "cli/amount.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum {
    STEP_MILLISECONDS = 200,
    LINE_BYTES = 256,
    LINE_COLUMNS = 79, /* no terminal is narrower */
    SECOND = 1000,     /* in milliseconds */
};

struct meter {
    struct progress progress;
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t stop;
    bool is_stopped;
    /* When reading was first seen, and how far it was by then. */
    int64_t reading_since; /* of the clock; 0: not yet */
    size_t sources_before;
    uint64_t bytes_before;
    int drawn; /* bytes on the terminal */
};

static int64_t clock_milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * SECOND + now.tv_nsec / 1000000;
}

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

static void note_start(struct meter *meter, int64_t now)
{
    meter->reading_since = now;
    meter->sources_before = atomic_load(&meter->progress.sources_done);
    meter->bytes_before = atomic_load(&meter->progress.bytes_done);
}

static void step(struct meter *meter)
{
    size_t sources = atomic_load(&meter->progress.sources);
    int64_t now = clock_milliseconds();

    if (sources > 0 && meter->reading_since == 0)
        note_start(meter, now);
    if (sources == 0)
        draw(meter, "looking for files");
    else if (atomic_load(&meter->progress.sources_done) == sources)
        draw(meter, "judging");
    else
        draw_reading(meter, (double)(now - meter->reading_since) / SECOND);
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
