#include "json/shape.h"

#include <assert.h>
#include <string.h>

static void set_nowhere(struct shape *shape, struct gap *gap)
{
    *gap = (struct gap){
        .place = GAP_NOWHERE,
        .next = &shape->nowhere,
        .other = &shape->nowhere,
    };
}

void shape_forget(struct shape *shape)
{
    arena_reset(&shape->arena);
    memset(shape->slots, 0, sizeof shape->slots);
    set_nowhere(shape, &shape->nowhere);
    set_nowhere(shape, &shape->start);
    set_nowhere(shape, &shape->unlearned);
}

void shape_release(struct shape *shape)
{
    arena_release(&shape->arena);
}

static bool is_same(const struct gap *gap, const struct gap *found, struct str bytes)
{
    return gap->place == found->place && gap->len == bytes.len &&
           memcmp(gap->bytes, bytes.text, bytes.len) == 0;
}

/* Where the gap is, or may be. */
static struct gap *find(struct shape *shape, const struct gap *found, struct str bytes)
{
    uint32_t hash = key_hash(bytes) + found->place;

    for (uint32_t i = 0; i < SHAPE_TRIES; i++) {
        struct gap **slot = &shape->slots[(hash + i) % SHAPE_SLOTS];

        if (*slot == NULL)
            *slot = arena_new(&shape->arena, struct gap);
        if ((*slot)->len == 0 || is_same(*slot, found, bytes))
            return *slot;
    }
    return shape->slots[(hash + hash / SHAPE_SLOTS % SHAPE_TRIES) % SHAPE_SLOTS];
}

struct gap *shape_learn(struct shape *shape, struct gap *last, const struct gap *found,
                        struct str bytes)
{
    struct gap *gap;

    assert(bytes.len > 0);
    if (bytes.len > GAP_BYTES || shape->is_off)
        return &shape->unlearned;
    gap = find(shape, found, bytes);
    if (!is_same(gap, found, bytes)) {
        *gap = *found;
        memcpy(gap->bytes, bytes.text, bytes.len);
        gap->len = (uint8_t)bytes.len;
        memset(&gap->last_mask, 0xFF, (bytes.len - 1) % sizeof gap->last_mask + 1);
        gap->next = gap->other = &shape->nowhere;
    }
    if (last->next != gap) {
        last->other = last->next;
        last->next = gap;
    }
    return gap;
}
