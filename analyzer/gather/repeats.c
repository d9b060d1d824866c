#include "gather/repeats.h"

#include "base/table.h"

#include <assert.h>

enum {
    SLOTS_MIN = 256,
    KIND_BITS = 5, /* of a slot: the number of what is known; 0: it is not kept */
};

#define KIND_MASK  (((uint64_t)1 << KIND_BITS) - 1)
#define PLACE_STEP 0x9E3779B97F4A7C15u /* odd, so that no two places are alike */

static_assert(TRUTHS_KINDS_MAX == (1 << KIND_BITS) - 1, "each has a number");

struct repeats {
    struct arena arena; /* of one document's slots */
    uint64_t *slots;    /* a hash, and a number below it; 0: free */
    size_t slot_count;  /* a power of two, or 0 */
    size_t count;
    uint64_t *found; /* the last that was found; NULL: none */
    struct truths kinds[TRUTHS_KINDS_MAX];
    size_t kind_count;
};

static void repeats_release(void *object)
{
    struct repeats *repeats = object;

    arena_release(&repeats->arena);
}

struct repeats *repeats_new(struct arena *arena)
{
    struct repeats *repeats = arena_new(arena, struct repeats);

    arena_on_release(arena, repeats_release, repeats);
    return repeats;
}

void repeats_begin(struct repeats *repeats)
{
    arena_reset(&repeats->arena);
    repeats->slots = repeats->found = NULL;
    repeats->slot_count = repeats->count = repeats->kind_count = 0;
}

/* Where the hash is, or is to be. */
static uint64_t *slot_of(const struct repeats *repeats, uint64_t hash)
{
    size_t at = (size_t)(hash >> KIND_BITS) & (repeats->slot_count - 1);

    while (repeats->slots[at] != 0 && ((repeats->slots[at] ^ hash) & ~KIND_MASK) != 0)
        at = (at + 1) & (repeats->slot_count - 1);
    return &repeats->slots[at];
}

static void grow(struct repeats *repeats)
{
    const struct repeats old = *repeats;

    repeats->slot_count = old.slot_count > 0 ? 2 * old.slot_count : SLOTS_MIN;
    repeats->slots = arena_array(&repeats->arena, repeats->slot_count, uint64_t);
    for (size_t i = 0; i < old.slot_count; i++)
        if (old.slots[i] != 0)
            *slot_of(repeats, old.slots[i]) = old.slots[i];
}

enum repeat repeats_find(struct repeats *repeats, struct str id, size_t place,
                         struct truths *truths)
{
    uint64_t hash = (hash_keyed(id) + place * PLACE_STEP) & ~KIND_MASK;
    size_t kind;

    hash += hash == 0 ? KIND_MASK + 1 : 0;
    if (4 * repeats->count >= 3 * repeats->slot_count)
        grow(repeats);
    repeats->found = slot_of(repeats, hash);
    if (*repeats->found == 0) {
        if (repeats->count == REPEATS_MAX) {
            repeats->found = NULL;
            return REPEAT_UNTOLD;
        }
        *repeats->found = hash;
        repeats->count++;
        return REPEAT_FIRST;
    }
    kind = *repeats->found & KIND_MASK;
    if (kind == 0)
        return REPEAT_UNTOLD;
    *truths = repeats->kinds[kind - 1];
    return REPEAT_AGAIN;
}

/* The number of what is known; 0: there are too many. */
static uint64_t kind_of(struct repeats *repeats, const struct truths *truths)
{
    for (size_t i = 0; i < repeats->kind_count; i++)
        if (repeats->kinds[i].sure == truths->sure &&
            repeats->kinds[i].maybe == truths->maybe)
            return i + 1;
    if (repeats->kind_count == TRUTHS_KINDS_MAX)
        return 0;
    repeats->kinds[repeats->kind_count] = *truths;
    return ++repeats->kind_count;
}

void repeats_put(struct repeats *repeats, const struct truths *truths)
{
    if (repeats->found != NULL)
        *repeats->found = (*repeats->found & ~KIND_MASK) | kind_of(repeats, truths);
}
