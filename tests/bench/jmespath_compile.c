/*
 * Measures how long an expression of 200 bytes takes to compile, and to run on a
 * record: in microseconds, and as a ratio to what jansson takes to read as many bytes
 * of JSON.
 */
#include "jmespath/jmespath.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 20000, REPEATS = 5 };

static const char expression_text[] =
    "SnapshotType == 'awsbackup' && Status == `available` && Encrypted == `true` && "
    "SnapshotCreateTime >= '2024-01-01' && AllocatedStorage > `20` && "
    "length(TagList[?Key=='owner' && Value != 'nobody']) > `0`";
static const char record_text[] =
    "{\"SnapshotType\": \"awsbackup\", \"Status\": \"available\", \"Encrypted\": true, "
    "\"SnapshotCreateTime\": \"2024-03-09T22:28:08Z\", \"AllocatedStorage\": 100, "
    "\"TagList\": [{\"Key\": \"owner\", \"Value\": \"me\"}]}";

static json_t *record;
static const struct jmespath *expression;
static struct jmespath_context *context;

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static void check(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

static void compile_once(struct arena *arena)
{
    struct error err = { 0 };

    check(jmespath_compile(arena, str_from(expression_text), &err) != NULL,
          err.message);
    arena_reset(arena);
}

static void run_once(struct arena *arena)
{
    struct error err = { 0 };

    (void)arena;
    check(json_is_true(jmespath_run(expression, record, context, &err)), err.message);
    jmespath_context_reset(context);
}

static void load_once(struct arena *arena)
{
    json_t *value = json_loadb(record_text, sizeof record_text - 1, 0, NULL);

    (void)arena;
    check(value != NULL, "the record is no JSON");
    json_decref(value);
}

/* Microseconds a call, the least of some repeats. */
static double measure(void (*call)(struct arena *arena))
{
    struct arena arena = ARENA_EMPTY;
    double least = 0;

    for (size_t repeat = 0; repeat < REPEATS; repeat++) {
        double start = now(), taken;

        for (size_t i = 0; i < ROUNDS; i++)
            call(&arena);
        taken = (now() - start) / ROUNDS;
        if (repeat == 0 || taken < least)
            least = taken;
    }
    arena_release(&arena);
    return least;
}

int main(void)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    double load, compile, run;

    record = json_loads(record_text, 0, NULL);
    expression = jmespath_compile(&arena, str_from(expression_text), &err);
    check(expression != NULL, err.message);
    context = jmespath_context_new(&arena);
    load = measure(load_once) / (double)(sizeof record_text - 1);
    compile = measure(compile_once);
    run = measure(run_once);
    printf("compile %zu bytes: %.2f us, %.1f times jansson's reading of as much JSON\n",
           sizeof expression_text - 1, compile,
           compile / load / (double)(sizeof expression_text - 1));
    printf("run it on a record: %.2f us, %.1f times jansson's reading of the record\n",
           run, run / load / (double)(sizeof record_text - 1));
    arena_release(&arena);
    json_decref(record);
    return 0;
}
