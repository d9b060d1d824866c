#include "assess/repeats.h"

#include "base/table.h"

enum { SLOTS_MIN = 256 };

#define PLACE_STEP 0x9E3779B97F4A7C15u /* odd, so that no two places are alike */

struct slot {
    uint64_t hash; /* of an id; 0: free */
    struct truths truths;
};

struct repeats {
    struct arena arena; /* of one document's slots */
    struct slot *slots;
    size_t slot_count; /* a power of two, or 0 */
    size_t count;
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
    *repeats = (struct repeats){ .arena = repeats->arena };
}

/* Where the hash is, or is to be. */
static struct slot *slot_of(const struct repeats *repeats, uint64_t hash)
{
    size_t at = hash & (repeats->slot_count - 1);

    while (repeats->slots[at].hash != 0 && repeats->slots[at].hash != hash)
        at = (at + 1) & (repeats->slot_count - 1);
    return &repeats->slots[at];
}

static void grow(struct repeats *repeats)
{
    const struct repeats old = *repeats;

    repeats->slot_count = old.slot_count > 0 ? 2 * old.slot_count : SLOTS_MIN;
    repeats->slots = arena_array(&repeats->arena, repeats->slot_count, struct slot);
    for (size_t i = 0; i < old.slot_count; i++)
        if (old.slots[i].hash != 0)
            *slot_of(repeats, old.slots[i].hash) = old.slots[i];
}

struct truths *repeats_get(struct repeats *repeats, struct str id, size_t place,
                           bool *again)
{
    uint64_t hash = hash_keyed(id) + place * PLACE_STEP;
    struct slot *slot;

    hash += hash == 0;
    if (2 * repeats->count >= repeats->slot_count)
        grow(repeats);
    slot = slot_of(repeats, hash);
    *again = slot->hash == hash;
    if (*again)
        return &slot->truths;
    if (repeats->count == REPEATS_MAX)
        return NULL;
    slot->hash = hash;
    repeats->count++;
    return &slot->truths;
}
