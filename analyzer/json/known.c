#include "json/known.h"

#include <string.h>

static struct known_key *learn(struct known_keys *known, struct str text, uint32_t hash)
{
    struct known_key *key = arena_new(&known->arena, struct known_key);

    *key = (struct known_key){
        .bit = (uint64_t)1 << known->count % 64,
        .word = (uint32_t)(known->count / 64),
        .hash = hash,
        .text = str_copy(&known->arena, text),
    };
    known->count++;
    return key;
}

struct known_key *known_find(struct known_keys *known, struct str text, uint32_t hash)
{
    if (text.len > KNOWN_BYTES)
        return NULL;
    for (uint32_t i = 0; i < KNOWN_TRIES; i++) {
        struct known_key **slot = &known->slots[(hash + i) % KNOWN_SLOTS];

        if (*slot == NULL) {
            if (known->count < KNOWN_KEYS)
                *slot = learn(known, text, hash);
            return *slot;
        }
        if ((*slot)->hash == hash && str_equal((*slot)->text, text))
            return *slot;
    }
    return NULL;
}

void known_forget(struct known_keys *known)
{
    arena_reset(&known->arena);
    memset(known->slots, 0, sizeof known->slots);
    known->count = 0;
}
