/* For the processors that a process may use, which POSIX does not tell.
 * NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#define _GNU_SOURCE

#include "base/workers.h"

#include "base/str.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

struct crew {
    void (*work)(void *object, size_t worker, size_t item);
    void *object;
    size_t count;
    atomic_size_t next; /* item that nobody took */
};

struct worker {
    struct crew *crew;
    size_t number;
    pthread_t thread;
};

size_t workers_available(void)
{
    cpu_set_t processors;
    long online;

    if (sched_getaffinity(0, sizeof processors, &processors) == 0)
        return smaller((size_t)CPU_COUNT(&processors), WORKERS_MAX);
    online = sysconf(_SC_NPROCESSORS_ONLN); /* more than a set has room for */
    return online > 0 ? smaller((size_t)online, WORKERS_MAX) : 1;
}

static void *run(void *object)
{
    const struct worker *worker = object;
    struct crew *crew = worker->crew;

    for (;;) {
        size_t item = atomic_fetch_add(&crew->next, 1);

        if (item >= crew->count)
            return NULL;
        crew->work(crew->object, worker->number, item);
    }
}

/* How many threads run: those of `workers` from 1 on. */
static size_t start(struct worker *workers, size_t count)
{
    sigset_t all, before;
    size_t started = 1;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (started < count &&
           pthread_create(&workers[started].thread, NULL, run, &workers[started]) == 0)
        started++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

void workers_run(size_t workers, size_t count,
                 void (*work)(void *object, size_t worker, size_t item), void *object)
{
    struct crew crew = { .work = work, .object = object, .count = count };
    struct worker members[WORKERS_MAX];
    size_t started;

    assert(workers > 0 && workers <= WORKERS_MAX);
    for (size_t i = 0; i < workers; i++)
        members[i] = (struct worker){ .crew = &crew, .number = i };
    started = start(members, smaller(workers, count));
    run(&members[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(members[i].thread, NULL);
}
