#include "rows.h"

#include "base/workers.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

enum { ITEMS_MAX = 1000 };

struct job {
    atomic_int done[ITEMS_MAX];
    atomic_int by_worker[WORKERS_MAX];
    size_t workers;
    atomic_bool wrong;
};

static void do_one(void *object, size_t worker, size_t item)
{
    struct job *job = object;

    if (worker >= job->workers || item >= ITEMS_MAX) {
        atomic_store(&job->wrong, true);
        return;
    }
    atomic_fetch_add(&job->done[item], 1);
    atomic_fetch_add(&job->by_worker[worker], 1);
}

static const struct row {
    const char *name;
    size_t workers, count;
} rows[] = {
    { "one worker", 1, 10 },
    { "two workers", 2, ITEMS_MAX },
    { "more workers than processors", 7, ITEMS_MAX },
    { "as many as there may be", WORKERS_MAX, ITEMS_MAX },
    { "more workers than items", 7, 2 },
    { "nothing to do", 7, 0 },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    static struct job job;
    int total = 0;

    job = (struct job){ .workers = row->workers };
    workers_run(row->workers, row->count, do_one, &job);
    assert_false(job.wrong);
    for (size_t i = 0; i < ITEMS_MAX; i++)
        assert_int_equal(job.done[i], i < row->count);
    for (size_t i = 0; i < WORKERS_MAX; i++)
        total += job.by_worker[i];
    assert_int_equal(total, row->count);
}

/* Each waits for the others; with one thread it would be in vain. */
static void meet(void *object, size_t worker, size_t item)
{
    atomic_int *met = object;
    const struct timespec while_waiting = { .tv_nsec = 1000000 };

    (void)worker;
    (void)item;
    atomic_fetch_add(met, 1);
    for (int turn = 0; turn < 30000 && atomic_load(met) < 3; turn++)
        nanosleep(&while_waiting, NULL);
}

static void they_work_at_one_time(void **state)
{
    atomic_int met = 0;

    (void)state;
    workers_run(3, 3, meet, &met);
    assert_int_equal(met, 3);
}

static void some_processor_is_there(void **state)
{
    (void)state;
    assert_true(workers_available() >= 1 && workers_available() <= WORKERS_MAX);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, they_work_at_one_time);
    TESTS_ADD(&tests, some_processor_is_there);
    return tests_run("base_workers", &tests);
}
