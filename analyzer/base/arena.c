#include "base/arena.h"

#include "base/machine.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_DEBUG 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_DEBUG 1
#endif
#endif
#ifdef ARENA_DEBUG
#include <sanitizer/asan_interface.h>
#endif

enum {
    CHUNK_BYTES_MIN = 4096,
    CHUNK_BYTES_MAX = 1 << 20,
    ALIGNMENT = 16,
    CACHE_LINE_BYTES = 64,
    STACK_BYTES_MAX = 8 << 20, /* Linux's default, of each thread */
};

struct arena_chunk {
    struct arena_chunk *next;
    size_t used, size; /* of what follows this header */
};

struct arena_release_hook {
    struct arena_release_hook *next;
    void (*release)(void *object);
    void *object;
};

enum { HEADER_BYTES = 2 * ALIGNMENT };

static_assert(sizeof(struct arena_chunk) <= HEADER_BYTES, "the header fits its room");

static _Noreturn void no_memory(void)
{
    machine_failed("out of memory");
}

void *allocate_or_die(size_t bytes)
{
    void *memory = malloc(bytes > 0 ? bytes : 1);

    if (memory == NULL)
        no_memory();
    return memory;
}

void *allocate_line_or_die(size_t bytes)
{
    void *memory = NULL;

    if (posix_memalign(&memory, CACHE_LINE_BYTES, bytes) != 0)
        no_memory();
    return memory;
}

static char *chunk_memory(struct arena_chunk *chunk)
{
    /* cppcheck-suppress nullPointerArithmeticRedundantCheck ; no_memory() does not
     * return */
    return (char *)chunk + HEADER_BYTES;
}

static struct arena_chunk *chunk_add(struct arena *arena, size_t bytes)
{
    size_t size = bytes;
    struct arena_chunk *chunk;

#ifndef ARENA_DEBUG
    if (arena->next_bytes < CHUNK_BYTES_MIN)
        arena->next_bytes = CHUNK_BYTES_MIN;
    if (size < arena->next_bytes - HEADER_BYTES)
        size = arena->next_bytes - HEADER_BYTES;
    if (arena->next_bytes < CHUNK_BYTES_MAX)
        arena->next_bytes *= 2;
#endif
    chunk = allocate_or_die(HEADER_BYTES + size);
    chunk->next = arena->chunks;
    chunk->used = 0;
    /* cppcheck-suppress nullPointerRedundantCheck ; the same */
    chunk->size = size;
    arena->chunks = chunk;
    return chunk;
}

static size_t rounded_up(size_t bytes)
{
    if (bytes > SIZE_MAX / 2)
        no_memory();
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
    struct arena_chunk *chunk;
    size_t rounded = rounded_up(bytes);
    char *memory;

#ifdef ARENA_DEBUG
    chunk = chunk_add(arena, bytes > 0 ? bytes : 1);
#else
    chunk = arena->chunks;
    if (chunk == NULL || chunk->size - chunk->used < rounded)
        chunk = chunk_add(arena, rounded);
#endif
    memory = chunk_memory(chunk) + chunk->used;
    chunk->used += rounded;
    return memset(memory, 0, bytes);
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t item_bytes)
{
    if (item_bytes > 0 && count > SIZE_MAX / 2 / item_bytes)
        no_memory();
    return arena_alloc(arena, count * item_bytes);
}

char *arena_copy(struct arena *arena, const char *text, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);

    if (len > 0)
        memcpy(copy, text, len);
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments, again;
    char few[PRINTED_BYTES_FEW];
    int len;
    char *text;

    va_start(arguments, format);
    va_copy(again, arguments);
    len = vsnprintf(few, sizeof few, format, arguments);
    assert(len >= 0);
    if ((size_t)len < sizeof few) {
        text = arena_copy(arena, few, (size_t)len);
    } else {
        text = arena_alloc(arena, (size_t)len + 1);
        vsnprintf(text, (size_t)len + 1, format, again);
    }
    va_end(again);
    va_end(arguments);
    return text;
}

/* Whether it is the newest chunk's only allocation, and large enough to have a chunk of
 * its own: the system then moves pages, not bytes. Under AddressSanitizer all have, so
 * that whoever keeps a pointer to where it was is caught. */
static bool is_alone(const struct arena *arena, const char *memory, size_t bytes)
{
    struct arena_chunk *chunk = arena->chunks;

#ifndef ARENA_DEBUG
    if (bytes < CHUNK_BYTES_MAX)
        return false;
#endif
    return memory != NULL && chunk != NULL && memory == chunk_memory(chunk) &&
           chunk->used == rounded_up(bytes);
}

static void *enlarge_chunk(struct arena *arena, size_t bytes, size_t wanted)
{
#ifdef ARENA_DEBUG
    size_t size = wanted;
#else
    size_t size = rounded_up(wanted);
#endif
    struct arena_chunk *chunk;

    chunk = realloc(arena->chunks, HEADER_BYTES + size);
    if (chunk == NULL)
        no_memory();
    /* cppcheck-suppress nullPointerRedundantCheck ; no_memory() does not return */
    chunk->used = rounded_up(wanted);
    /* cppcheck-suppress nullPointerRedundantCheck ; the same */
    chunk->size = size;
    arena->chunks = chunk;
    memset(chunk_memory(chunk) + bytes, 0, size - bytes);
    return chunk_memory(chunk);
}

#ifndef ARENA_DEBUG
static bool enlarge_in_place(struct arena *arena, char *memory, size_t bytes,
                             size_t wanted)
{
    struct arena_chunk *chunk = arena->chunks;
    size_t from = rounded_up(bytes), to = rounded_up(wanted);

    if (memory == NULL || chunk == NULL || chunk->used < from ||
        memory != chunk_memory(chunk) + chunk->used - from ||
        chunk->size - chunk->used < to - from)
        return false;
    memset(memory + bytes, 0, to - bytes);
    chunk->used += to - from;
    return true;
}
#endif

void *arena_enlarge(struct arena *arena, void *memory, size_t bytes, size_t wanted)
{
    void *enlarged;

    assert(wanted >= bytes);
#ifndef ARENA_DEBUG
    if (enlarge_in_place(arena, memory, bytes, wanted))
        return memory;
#endif
    if (is_alone(arena, memory, bytes))
        return enlarge_chunk(arena, bytes, wanted);
    enlarged = arena_alloc(arena, wanted);
    if (bytes > 0)
        memcpy(enlarged, memory, bytes);
    return enlarged;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity,
                 size_t item_bytes)
{
    size_t before = *capacity;

    if (count < before)
        return items;
    /* Many lists have one item, and there are many of them. */
    *capacity = before > 0 ? before * 2 : 1;
    if (*capacity > SIZE_MAX / 2 / item_bytes)
        no_memory();
    return arena_enlarge(arena, items, before * item_bytes, *capacity * item_bytes);
}

#ifdef ARENA_DEBUG
/* Of this thread; or on the stack that stands in for it, so that use after return is
 * seen.
 * __asan_locate_address() looks through all that is large or static: half of the time
 * of a run. */
static bool is_on_stack(void *object)
{
    uintptr_t above = (uintptr_t)object - (uintptr_t)__builtin_frame_address(0);
    void *stand_in = __asan_get_current_fake_stack();
    char variable[64];
    void *start = NULL;
    size_t bytes = 0;

    if (__asan_addr_is_in_fake_stack(stand_in, object, NULL, NULL) != NULL)
        return true;
    return above < STACK_BYTES_MAX &&
           strcmp(
               __asan_locate_address(object, variable, sizeof variable, &start, &bytes),
               "stack") == 0;
}
#endif

void arena_on_release(struct arena *arena, void (*release)(void *object), void *object)
{
    struct arena_release_hook *hook = arena_new(arena, struct arena_release_hook);

#ifdef ARENA_DEBUG
    assert(!is_on_stack(object));
#endif
    hook->next = arena->hooks;
    hook->release = release;
    hook->object = object;
    arena->hooks = hook;
}

static void run_hooks(struct arena *arena)
{
    while (arena->hooks != NULL) {
        struct arena_release_hook *hook = arena->hooks;

        arena->hooks = hook->next;
        hook->release(hook->object);
    }
}

static void free_chunks(struct arena_chunk *chunk)
{
    while (chunk != NULL) {
        struct arena_chunk *next = chunk->next;

        free(chunk);
        chunk = next;
    }
}

void arena_release(struct arena *arena)
{
    run_hooks(arena);
    free_chunks(arena->chunks);
    *arena = (struct arena)ARENA_EMPTY;
}

/* Behind the arena's newest chunk, which still has room. */
static void adopt_chunks(struct arena *arena, struct arena_chunk *chunks)
{
    struct arena_chunk *last = chunks;

    if (arena->chunks == NULL)
        arena->chunks = chunks;
    if (arena->chunks == chunks || chunks == NULL)
        return;
    while (last->next != NULL)
        last = last->next;
    last->next = arena->chunks->next;
    arena->chunks->next = chunks;
}

static void adopt_hooks(struct arena *arena, struct arena_release_hook *hooks)
{
    struct arena_release_hook *last = hooks;

    if (hooks == NULL)
        return;
    while (last->next != NULL)
        last = last->next;
    last->next = arena->hooks;
    arena->hooks = hooks;
}

void arena_adopt(struct arena *arena, struct arena *other)
{
    adopt_chunks(arena, other->chunks);
    adopt_hooks(arena, other->hooks);
    *other = (struct arena)ARENA_EMPTY;
}

void arena_reset(struct arena *arena)
{
#ifdef ARENA_DEBUG
    arena_release(arena);
#else
    struct arena_chunk *kept = arena->chunks;

    run_hooks(arena);
    if (kept == NULL)
        return;
    free_chunks(kept->next);
    kept->next = NULL;
    kept->used = 0;
#endif
}
