/*
 * arena.h - a lifetime: memory that is given back all at once.
 *
 *     struct arena arena = ARENA_EMPTY;
 *     struct thing *thing = arena_new(&arena, struct thing);
 *     ...
 *     arena_release(&arena);
 *
 * Who dies when: a run has a few arenas, one inside another, and what lives in one may
 * point to what lives in an outer one, never the other way round.
 *
 *     program ── rules, findings             released at the end
 *       └ thread ── readers, documents       adopted by the program's when all is read
 *           └ scratch ── one record, one run reset after each
 *
 * A pointer you are given is borrowed; a pointer you return lives in the arena you were
 * given; nobody frees. What needs more than memory given back (a file, a reference to a
 * json_t) is hung on the arena with arena_on_release().
 *
 * Memory: always zeroed and never NULL: when the machine has none left, the arena ends
 * the program with status 4, and says so.
 * Under AddressSanitizer each allocation is a malloc() of its own, so that use after
 * release is caught.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/error.h"

#include <stdarg.h>
#include <stddef.h>

/* What is printed is mostly shorter, and then printed once; else once more. */
enum { PRINTED_BYTES_FEW = 256 };

struct arena_chunk;
struct arena_release_hook;

struct arena {
    struct arena_chunk *chunks;
    struct arena_release_hook *hooks;
    size_t next_bytes; /* of the next chunk: each is larger than the last */
};

#define ARENA_EMPTY                                                                    \
    {                                                                                  \
        0                                                                              \
    }

void *arena_alloc(struct arena *arena, size_t bytes);
void *arena_alloc_array(struct arena *arena, size_t count, size_t item_bytes);
char *arena_copy(struct arena *arena, const char *text, size_t len); /* adds a NUL */
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, count, type)                                                \
    ((type *)arena_alloc_array((arena), (count), sizeof(type)))

/* Makes `wanted` bytes of `bytes`: where they are if nothing was allocated behind them,
 * else elsewhere, and they are copied. `memory` may be NULL. */
void *arena_enlarge(struct arena *arena, void *memory, size_t bytes, size_t wanted);

/* Makes room for one more item behind `count` of them; `capacity` is kept by the caller
 * and starts as 0. Returns where the items are now. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity,
                 size_t item_bytes);

/* Calls release(object) when the arena is released; the last hung is the first called.
 * The object outlives the arena: it lives in it (or is static, or a library's), never
 * on the stack, since who releases the arena need not be who hung the object. Under
 * AddressSanitizer this is asserted. */
void arena_on_release(struct arena *arena, void (*release)(void *object), void *object);

/* Gives all back; the arena is empty and usable again. */
void arena_release(struct arena *arena);

/* Takes over all that lives in `other`, which is empty then: for what one thread made
 * and another keeps. */
void arena_adopt(struct arena *arena, struct arena *other);

/* As arena_release(), but keeps one chunk of memory for what comes next: for scratch
 * that is emptied once a record. */
void arena_reset(struct arena *arena);

/* malloc() that ends the program when there is no memory: for libraries that take an
 * allocator. */
void *allocate_or_die(size_t bytes);

/* The same, at the start of a cache line: for what read() fills. (Where memory starts
 * up to 31 bytes behind a page's start, the kernel's copy takes five times as long on
 * AMD's Zen 3.) */
void *allocate_line_or_die(size_t bytes);

#endif
