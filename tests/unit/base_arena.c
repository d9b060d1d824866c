#include "rows.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    struct arena arena = ARENA_EMPTY;
    unsigned char *before = NULL;

    (void)state;
    for (size_t bytes = 0; bytes < 9000; bytes += 37) {
        unsigned char *memory = arena_alloc(&arena, bytes);

        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % 16, 0);
        for (size_t i = 0; i < bytes; i++)
            assert_int_equal(memory[i], 0);
        if (bytes > 0)
            memset(memory, 0xAA, bytes);
        if (before != NULL)
            assert_int_equal(before[bytes - 37 - 1], 0xAA);
        before = bytes > 0 ? memory : NULL;
    }
    arena_release(&arena);
}

static void a_reset_gives_zeroed_memory_again(void **state)
{
    struct arena arena = ARENA_EMPTY;

    (void)state;
    arena_reset(&arena);
    for (int turn = 0; turn < 3; turn++) {
        for (int i = 0; i < 100; i++) {
            char *memory = arena_alloc(&arena, 500);

            for (size_t at = 0; at < 500; at++)
                assert_int_equal(memory[at], 0);
            memset(memory, turn + 1, 500);
        }
        arena_reset(&arena);
    }
    arena_release(&arena);
}

static void a_copy_ends_in_a_nul(void **state)
{
    struct arena arena = ARENA_EMPTY;
    char *copy = arena_copy(&arena, "snapshots", 4);

    (void)state;
    assert_string_equal(copy, "snap");
    assert_string_equal(arena_copy(&arena, NULL, 0), "");
    arena_release(&arena);
}

static void printf_takes_any_length(void **state)
{
    struct arena arena = ARENA_EMPTY;
    char *text = arena_printf(&arena, "%s-%10000d", "a", 7);

    (void)state;
    assert_int_equal(strlen(text), 10002);
    assert_int_equal(text[10001], '7');
    arena_release(&arena);
}

static void growing_keeps_the_items(void **state)
{
    struct arena arena = ARENA_EMPTY;
    size_t capacity = 0, *items = NULL;

    (void)state;
    for (size_t count = 0; count < 1000; count++) {
        items = arena_grow(&arena, items, count, &capacity, sizeof *items);
        assert_true(count < capacity);
        items[count] = count;
    }
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    arena_release(&arena);
}

static void enlarging_keeps_the_bytes_and_zeroes_the_rest(void **state)
{
    static const size_t sizes[] = { 1, 15, 16, 17, 100, 5000, 2000000 };

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct arena arena = ARENA_EMPTY;
        char *last = arena_alloc(&arena, sizes[i]);
        char *other, *enlarged;

        memset(last, 'a', sizes[i]);
        last = arena_enlarge(&arena, last, sizes[i], sizes[i] + 20);
        other = arena_alloc(&arena, 10);
        memset(other, 'b', 10);
        enlarged = arena_enlarge(&arena, last, sizes[i] + 20, sizes[i] + 60);
        memset(enlarged + sizes[i], 'c', 60);
        for (size_t j = 0; j < sizes[i] + 20; j++)
            assert_int_equal(last[j], j < sizes[i] ? 'a' : '\0');
        for (size_t j = 0; j < 10; j++)
            assert_int_equal(other[j], 'b');
        assert_int_equal(enlarged[0], 'a');
        enlarged = arena_enlarge(&arena, enlarged, sizes[i] + 60, sizes[i] + 200);
        for (size_t j = sizes[i] + 60; j < sizes[i] + 200; j++)
            assert_int_equal(enlarged[j], '\0');
        arena_release(&arena);
    }
}

static void enlarging_nothing_allocates(void **state)
{
    struct arena arena = ARENA_EMPTY;
    char *memory = arena_enlarge(&arena, NULL, 0, 100);

    (void)state;
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(memory[i], '\0');
    arena_release(&arena);
}

/* Sanitizers end the program themselves when malloc() is asked for too much. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED_ADDRESS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED_ADDRESS 1
#endif
#endif

static struct buffer {
    char text[16];
    size_t len;
} calls;

static void note_call(void *object)
{
    calls.text[calls.len++] = *(const char *)object;
}

static void hooks_run_once_the_last_first(void **state)
{
    struct arena arena = ARENA_EMPTY;
    static char names[] = "abc";

    (void)state;
    calls = (struct buffer){ { 0 }, 0 };
    for (int i = 0; i < 3; i++)
        arena_on_release(&arena, note_call, &names[i]);
    arena_reset(&arena);
    assert_string_equal(calls.text, "cba");
    arena_on_release(&arena, note_call, &names[1]);
    arena_release(&arena);
    arena_release(&arena);
    assert_string_equal(calls.text, "cbab");
}

static const struct adopt_row {
    const char *name;
    bool arena_is_empty, other_is_empty;
} adopt_rows[] = {
    { "what is adopted lives on", false, false },
    { "an empty arena may adopt", true, false },
    { "an empty arena may be adopted", false, true },
    { "both may be empty", true, true },
};

static void adopt_test(void **state)
{
    const struct adopt_row *row = *state;
    struct arena arena = ARENA_EMPTY, other = ARENA_EMPTY;
    static char names[] = "ab";
    char *own = NULL, *adopted = NULL;

    calls = (struct buffer){ { 0 }, 0 };
    if (!row->arena_is_empty) {
        own = arena_copy(&arena, "own", 3);
        arena_on_release(&arena, note_call, &names[0]);
    }
    for (int i = 0; i < 100 && !row->other_is_empty; i++)
        adopted = arena_copy(&other, "adopted", 7);
    if (!row->other_is_empty)
        arena_on_release(&other, note_call, &names[1]);
    arena_adopt(&arena, &other);
    arena_release(&other);
    assert_string_equal(calls.text, "");
    for (int i = 0; i < 1000; i++)
        arena_alloc(&arena, 100);
    if (own != NULL)
        assert_string_equal(own, "own");
    if (adopted != NULL)
        assert_string_equal(adopted, "adopted");
    arena_release(&arena);
    assert_int_equal(calls.len, !row->arena_is_empty + !row->other_is_empty);
}

static const struct refused_row {
    const char *name;
    size_t count, item_bytes;
} refused_rows[] = {
    { "no memory ends the program with status 4", 1, SIZE_MAX },
    { "a count that overflows is no memory", SIZE_MAX / 2, 8 },
    { "what malloc() refuses is no memory", 1, SIZE_MAX / 2 - 4096 },
};

static void refused_test(void **state)
{
    const struct refused_row *row = *state;
    int output[2], status;
    char text[64] = "";
    pid_t child;

    assert_int_equal(pipe(output), 0);
    child = fork();
    if (child == 0) {
        struct arena arena = ARENA_EMPTY;

        dup2(output[1], STDERR_FILENO);
        close(output[0]);
        arena_alloc_array(&arena, row->count, row->item_bytes);
        _exit(0);
    }
    close(output[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
#ifndef SANITIZED
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 4);
    assert_true(read(output[0], text, sizeof text - 1) > 0);
    assert_string_equal(text, "invaudit: out of memory\n");
#else
    (void)text;
    assert_true(!WIFEXITED(status) || WEXITSTATUS(status) != 0);
#endif
    close(output[0]);
}

#ifdef SANITIZED_ADDRESS
static void hang_on_an_arena(void *object)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        struct arena arena = ARENA_EMPTY;

        fclose(stderr);
        arena_on_release(&arena, note_call, object);
        arena_release(&arena);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(!WIFEXITED(status) || WEXITSTATUS(status) != 0);
}

static void what_lies_on_the_stack_is_not_hung_on_an_arena(void **state)
{
    char name = 'a';

    (void)state;
    hang_on_an_arena(&name);
}

/* AddressSanitizer has no room beside the stack for a frame like this. */
static void what_lies_in_a_large_frame_is_not_hung_on_an_arena(void **state)
{
    char names[1 << 17] = "a";

    (void)state;
    hang_on_an_arena(names);
}
#endif

/* Two threads that find no memory at a time say so once. A sanitizer says it in its own
 * words, with a trace that takes a while: there it is enough that the program ends. */
#ifdef SANITIZED
enum { RUNS_WITHOUT_MEMORY = 2 };
#else
enum { RUNS_WITHOUT_MEMORY = 50 };
#endif

static void *ask_for_too_much(void *unused)
{
    (void)unused;
    return allocate_or_die(SIZE_MAX / 2);
}

static void no_memory_is_told_once(void **state)
{
    int output[2], status = 0;
    char text[256] = "";
    pid_t child;

    (void)state;
    for (int run = 0; run < RUNS_WITHOUT_MEMORY; run++) {
        assert_int_equal(pipe(output), 0);
        child = fork();
        if (child == 0) {
            pthread_t threads[4];

            dup2(output[1], STDERR_FILENO);
            for (int i = 0; i < 4; i++)
                pthread_create(&threads[i], NULL, ask_for_too_much, NULL);
            pthread_join(threads[0], NULL);
            _exit(0);
        }
        close(output[1]);
        assert_int_equal(waitpid(child, &status, 0), child);
#ifndef SANITIZED
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 4);
        memset(text, 0, sizeof text);
        assert_true(read(output[0], text, sizeof text - 1) > 0);
        assert_string_equal(text, "invaudit: out of memory\n");
#else
        (void)text;
        assert_true(!WIFEXITED(status) || WEXITSTATUS(status) != 0);
#endif
        close(output[0]);
    }
}

/* At the length from which it is printed twice, too. */
static void text_of_any_length_is_printed(void **state)
{
    struct arena arena = ARENA_EMPTY;

    (void)state;
    for (int len = 0; len < 2 * PRINTED_BYTES_FEW; len++) {
        const char *text = arena_printf(&arena, "%0*d", len + 1, 7);

        assert_int_equal(strlen(text), len + 1);
        assert_int_equal(text[len], '7');
    }
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, memory_is_zeroed_aligned_and_apart);
    TESTS_ADD(&tests, a_reset_gives_zeroed_memory_again);
    TESTS_ADD(&tests, a_copy_ends_in_a_nul);
    TESTS_ADD(&tests, printf_takes_any_length);
    TESTS_ADD(&tests, growing_keeps_the_items);
    TESTS_ADD(&tests, enlarging_keeps_the_bytes_and_zeroes_the_rest);
    TESTS_ADD(&tests, enlarging_nothing_allocates);
    TESTS_ADD(&tests, hooks_run_once_the_last_first);
    TESTS_ADD_ROWS(&tests, adopt_rows, adopt_test);
    TESTS_ADD_ROWS(&tests, refused_rows, refused_test);
    TESTS_ADD(&tests, no_memory_is_told_once);
#ifdef SANITIZED_ADDRESS
    TESTS_ADD(&tests, what_lies_on_the_stack_is_not_hung_on_an_arena);
    TESTS_ADD(&tests, what_lies_in_a_large_frame_is_not_hung_on_an_arena);
#endif
    TESTS_ADD(&tests, text_of_any_length_is_printed);
    return tests_run("base_arena", &tests);
}
