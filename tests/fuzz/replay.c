/*
 * main() of a fuzz target where there is no libFuzzer: runs every file of the target's
 * corpus, then mutations of them that are the same in each run.
 *
 *     TARGET [MUTATIONS [SEED]]        by default 5000; of slow targets, fewer
 *     TARGET FILE...                   just these files
 *
 * The target's name is the program's; its corpus is tests/fuzz/corpus/TARGET.
 * Prints TAP. When the target ends badly, says on standard error which input did it,
 * and how to have that one again: TARGET 1 SEED; or, with all that came before it,
 * TARGET MUTATIONS SEED.
 */
#include "base/arena.h"

#include <dirent.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifdef SANITIZED
#include <sanitizer/common_interface_defs.h>
enum { TIMES_SLOWER = 4 };
#else
enum { TIMES_SLOWER = 1 };
#endif

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* As many as take a second or two. */
static const struct {
    const char *target;
    size_t mutations;
} slow_targets[] = {
    { "archive", 300 }, { "catalog", 100 }, { "scan", 200 }, { "state", 300 }
};

enum { MUTATIONS = 5000, INPUT_BYTES_MAX = 1 << 16, EDITS_MAX = 4, SPAN_MAX = 64 };

struct input {
    const char *name;
    uint8_t *bytes;
    size_t len;
};

struct corpus {
    struct input *inputs;
    size_t count, capacity;
};

static char now_running[512];
static uint64_t seed;

static void say_input(void)
{
    ssize_t ignored = write(STDERR_FILENO, now_running, strlen(now_running));

    (void)ignored;
}

static void on_crash(int signal_number)
{
    say_input();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void catch_crashes(void)
{
#ifdef SANITIZED
    /* The sanitizer has the signals, and ends the program by itself. */
    __sanitizer_set_death_callback(say_input);
    signal(SIGABRT, on_crash);
#else
    static const int crashes[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL };

    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
        signal(crashes[i], on_crash);
#endif
}

static size_t random_below(size_t limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return limit > 0 ? (size_t)(seed % limit) : 0;
}

/* In memory of exactly its size, so that a read past the end is seen. */
static void run(const uint8_t *bytes, size_t len)
{
    uint8_t *copy = allocate_or_die(len);

    memcpy(copy, bytes, len);
    LLVMFuzzerTestOneInput(copy, len);
    free(copy);
}

/* ---- the corpus -------------------------------------------------------------------
 */

static bool input_load(struct arena *arena, const char *path, struct input *input)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        return false;
    input->name = path;
    input->bytes = arena_alloc(arena, INPUT_BYTES_MAX);
    input->len = fread(input->bytes, 1, INPUT_BYTES_MAX, file);
    fclose(file);
    return true;
}

static int compare(const void *left, const void *right)
{
    return strcmp(((const struct input *)left)->name,
                  ((const struct input *)right)->name);
}

static struct corpus corpus_load(struct arena *arena, const char *target)
{
    const char *folder = arena_printf(arena, "tests/fuzz/corpus/%s", target);
    DIR *files = opendir(folder);
    struct corpus corpus = { 0 };
    struct dirent *entry;

    while (files != NULL && (entry = readdir(files)) != NULL) {
        const char *path = arena_printf(arena, "%s/%s", folder, entry->d_name);

        if (entry->d_name[0] == '.')
            continue;
        corpus.inputs = arena_grow(arena, corpus.inputs, corpus.count, &corpus.capacity,
                                   sizeof *corpus.inputs);
        if (input_load(arena, path, &corpus.inputs[corpus.count]))
            corpus.count++;
    }
    if (files != NULL)
        closedir(files);
    if (corpus.count > 1)
        qsort(corpus.inputs, corpus.count, sizeof *corpus.inputs, compare);
    return corpus;
}

/* ---- mutations --------------------------------------------------------------------
 */

struct gatherer {
    uint8_t bytes[INPUT_BYTES_MAX];
    size_t len;
};

static void flip_bit(struct gatherer *gatherer)
{
    if (gatherer->len > 0)
        gatherer->bytes[random_below(gatherer->len)] ^=
            (uint8_t)(1u << random_below(8));
}

static void set_byte(struct gatherer *gatherer)
{
    static const uint8_t telling[] = "\0\n \"\\{}[]:,-0.e\x7F\x80\xC3\xE0\xED\xF4\xFF";

    if (gatherer->len > 0)
        gatherer->bytes[random_below(gatherer->len)] =
            random_below(4) == 0 ? (uint8_t)random_below(256)
                                 : telling[random_below(sizeof telling - 1)];
}

static void insert(struct gatherer *gatherer, const uint8_t *bytes, size_t len)
{
    size_t at = random_below(gatherer->len + 1);

    if (len > sizeof gatherer->bytes - gatherer->len)
        len = sizeof gatherer->bytes - gatherer->len;
    memmove(gatherer->bytes + at + len, gatherer->bytes + at, gatherer->len - at);
    memcpy(gatherer->bytes + at, bytes, len);
    gatherer->len += len;
}

static void insert_byte(struct gatherer *gatherer)
{
    uint8_t byte = (uint8_t)random_below(256);

    insert(gatherer, &byte, 1);
}

static void repeat_span(struct gatherer *gatherer)
{
    uint8_t span[SPAN_MAX];
    size_t from = random_below(gatherer->len), len = random_below(SPAN_MAX);

    if (len > gatherer->len - from)
        len = gatherer->len - from;
    memcpy(span, gatherer->bytes + from, len);
    for (size_t times = random_below(3) + 1; times > 0; times--)
        insert(gatherer, span, len);
}

static void delete_span(struct gatherer *gatherer)
{
    size_t from = random_below(gatherer->len), len = random_below(SPAN_MAX / 4) + 1;

    if (len > gatherer->len - from)
        len = gatherer->len - from;
    memmove(gatherer->bytes + from, gatherer->bytes + from + len,
            gatherer->len - from - len);
    gatherer->len -= len;
}

/* A few letters and digits as JSON spells them in numbers: "A" and "\u0041" are the
 * same. */
static void spell_out(struct gatherer *gatherer)
{
    for (size_t times = random_below(8) + 1; times > 0 && gatherer->len > 0; times--) {
        size_t at = random_below(gatherer->len);
        uint8_t byte = gatherer->bytes[at];
        char escape[sizeof "\\u0000"];

        if (byte <= ' ' || byte > '~' || gatherer->len + 5 > sizeof gatherer->bytes)
            continue;
        snprintf(escape, sizeof escape, random_below(2) == 0 ? "\\u%04x" : "\\u%04X",
                 byte);
        memmove(gatherer->bytes + at + 6, gatherer->bytes + at + 1,
                gatherer->len - at - 1);
        memcpy(gatherer->bytes + at, escape, 6);
        gatherer->len += 5;
    }
}

static void cut_off(struct gatherer *gatherer)
{
    gatherer->len = random_below(gatherer->len + 1);
}

static void (*const edits[])(struct gatherer *gatherer) = {
    flip_bit,  set_byte,  set_byte,    insert_byte, repeat_span,
    spell_out, spell_out, delete_span, cut_off,
};

/* The first part of one input, the last part of another. */
static void splice(struct gatherer *gatherer, const struct input *other)
{
    size_t from = random_below(other->len), len = other->len - from;

    gatherer->len = random_below(gatherer->len + 1);
    if (len > sizeof gatherer->bytes - gatherer->len)
        len = sizeof gatherer->bytes - gatherer->len;
    memcpy(gatherer->bytes + gatherer->len, other->bytes + from, len);
    gatherer->len += len;
}

static void mutate(const struct corpus *corpus, struct gatherer *gatherer)
{
    const struct input *input = &corpus->inputs[random_below(corpus->count)];

    memcpy(gatherer->bytes, input->bytes, input->len);
    gatherer->len = input->len;
    if (random_below(4) == 0)
        splice(gatherer, &corpus->inputs[random_below(corpus->count)]);
    for (size_t count = random_below(EDITS_MAX) + 1; count > 0; count--)
        edits[random_below(sizeof edits / sizeof edits[0])](gatherer);
}

/* ---- the run ----------------------------------------------------------------------
 */

static void run_corpus(const struct corpus *corpus)
{
    for (size_t i = 0; i < corpus->count; i++) {
        snprintf(now_running, sizeof now_running, "\n# the input was %s\n",
                 corpus->inputs[i].name);
        run(corpus->inputs[i].bytes, corpus->inputs[i].len);
    }
}

static void run_mutations(const struct corpus *corpus, const char *target, size_t count)
{
    static struct gatherer gatherer;
    const unsigned long long first = (unsigned long long)seed;

    for (size_t i = 0; i < count; i++) {
        snprintf(
            now_running, sizeof now_running,
            "\n# the input was mutation %zu; to have it again: %s 1 %llu; with what "
            "came before it: %s %zu %llu\n",
            i + 1, target, (unsigned long long)seed, target, i + 1, first);
        mutate(corpus, &gatherer);
        run(gatherer.bytes, gatherer.len);
    }
}

static size_t mutations_of(const char *target)
{
    for (size_t i = 0; i < sizeof slow_targets / sizeof slow_targets[0]; i++)
        if (strcmp(target, slow_targets[i].target) == 0)
            return slow_targets[i].mutations / TIMES_SLOWER;
    return MUTATIONS;
}

static int run_files(int count, char **paths)
{
    struct arena arena = ARENA_EMPTY;
    struct input input;

    printf("1..%d\n", count);
    for (int i = 0; i < count; i++) {
        if (!input_load(&arena, paths[i], &input)) {
            printf("not ok %d - %s cannot be read\n", i + 1, paths[i]);
            return 1;
        }
        run(input.bytes, input.len);
        printf("ok %d - %s\n", i + 1, paths[i]);
    }
    arena_release(&arena);
    return 0;
}

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/');
    const char *target = slash != NULL ? slash + 1 : argv[0];
    size_t mutations = mutations_of(target);
    struct arena arena = ARENA_EMPTY;
    struct corpus corpus;

    catch_crashes();
    if (argc > 1 && strspn(argv[1], "0123456789") != strlen(argv[1]))
        return run_files(argc - 1, argv + 1);
    if (argc > 1)
        mutations = strtoul(argv[1], NULL, 10);
    /* Not a small number: the first random numbers would be small too. */
    seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 88172645463325252u;
    corpus = corpus_load(&arena, target);
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("1..2\n");
    run_corpus(&corpus);
    printf("%s 1 - corpus: %zu files\n", corpus.count > 0 ? "ok" : "not ok",
           corpus.count);
    if (corpus.count > 0)
        run_mutations(&corpus, target, mutations);
    printf("%s 2 - %zu mutations\n", corpus.count > 0 ? "ok" : "not ok", mutations);
    arena_release(&arena);
    return corpus.count == 0;
}
