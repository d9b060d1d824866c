/*
 * workers.h - do many things with several threads.
 *
 *     workers_run(workers_available(), count, do_one, &things);
 *
 * Each item is taken by whoever is free first, in the order of the items; what is made
 * of them must not depend on who took which.
 *
 * The caller's thread is worker 0 and does its part. Threads that the system refuses
 * are done without. Signals are left to the caller's thread.
 * Limits: WORKERS_MAX.
 */
#ifndef BASE_WORKERS_H
#define BASE_WORKERS_H

#include <stddef.h>

enum { WORKERS_MAX = 256 };

/* The processors that this process may use: at least 1. */
size_t workers_available(void);

/* Calls work(object, worker, item) for each item below `count`, `worker` below
 * `workers` being the thread's own number; returns when all is done. */
void workers_run(size_t workers, size_t count,
                 void (*work)(void *object, size_t worker, size_t item), void *object);

#endif
