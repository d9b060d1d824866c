#include "json/gaps.h"

#include <assert.h>
#include <string.h>

void gaps_forget(struct gaps *gaps)
{
    arena_reset(&gaps->arena);
    memset(gaps->slots, 0, sizeof gaps->slots);
    gaps->nowhere = (struct gap){
        .place = GAP_NOWHERE,
        .next = &gaps->nowhere,
        .other = &gaps->nowhere,
    };
    gaps->start = gaps->unlearned = gaps->nowhere;
}

static bool is_learned(const struct gap *gap, const struct gap *found, struct str bytes)
{
    return gap->place == found->place && gap->len == bytes.len &&
           memcmp(gap->bytes, bytes.text, bytes.len) == 0;
}

/* Where the gap is, or may be. */
static struct gap *find(struct gaps *gaps, const struct gap *found, struct str bytes)
{
    uint32_t hash = key_hash(bytes) + found->place;

    for (uint32_t i = 0; i < GAP_TRIES; i++) {
        struct gap **slot = &gaps->slots[(hash + i) % GAPS_MAX];

        if (*slot == NULL)
            *slot = arena_new(&gaps->arena, struct gap);
        if ((*slot)->len == 0 || is_learned(*slot, found, bytes))
            return *slot;
    }
    return gaps->slots[(hash + hash / GAPS_MAX % GAP_TRIES) % GAPS_MAX];
}

struct gap *gaps_learn(struct gaps *gaps, struct gap *last, const struct gap *found,
                       struct str bytes)
{
    struct gap *gap;

    assert(bytes.len > 0);
    if (bytes.len > GAP_BYTES || gaps->is_off)
        return &gaps->unlearned;
    gap = find(gaps, found, bytes);
    if (!is_learned(gap, found, bytes)) {
        *gap = *found;
        memcpy(gap->bytes, bytes.text, bytes.len);
        gap->len = (uint8_t)bytes.len;
        gap->last = (uint8_t)((bytes.len - 1) / SKIP_BLOCK * SKIP_BLOCK);
        memset(gap->mask, 0xFF, bytes.len - gap->last);
        gap->next = gap->other = &gaps->nowhere;
    }
    if (last->next != gap) {
        last->other = last->next;
        last->next = gap;
    }
    return gap;
}
