/*
 * keys.h - private to json/: whether an object has a key twice.
 *
 *     keys_open(&keys, &set);
 *     keys_add(&keys, &set, key, key_hash(key));
 *     is_duplicate = keys_close(&keys, &set);
 *
 * The sets of nested objects lie on one stack: what is opened last is closed first.
 * Keys are compared by their bytes, decoded; the hash only spares comparisons, so a
 * file whose keys collide gains nothing: a small set is compared one by one, a larger
 * one is sorted when it is closed.
 *
 * Lifetime: keys are borrowed until their set is closed.
 */
#ifndef JSON_KEYS_H
#define JSON_KEYS_H

#include "base/str.h"

#include <stdint.h>
#include <string.h>

enum { KEYS_SMALL = 64 };

struct key {
    const char *text;
    uint32_t len, hash;
};

struct keys {
    struct arena arena;
    struct key *items;
    size_t count, capacity;
};

struct key_set {
    size_t first; /* in keys->items */
    bool has_duplicate;
    uint64_t seen[4]; /* a bit for each hash, modulo 256 */
};

/* Of the length and both ends: the same for a key wherever it stands. */
static inline uint32_t key_hash(struct str key)
{
    uint64_t front = 0, back = 0, hash;

    if (key.len >= sizeof front) {
        memcpy(&front, key.text, sizeof front);
        memcpy(&back, key.text + key.len - sizeof back, sizeof back);
    } else if (key.len >= sizeof(uint32_t)) {
        memcpy(&front, key.text, sizeof(uint32_t));
        memcpy(&back, key.text + key.len - sizeof(uint32_t), sizeof(uint32_t));
    } else if (key.len > 0) {
        front = (unsigned char)key.text[0];
        back = (uint64_t)(unsigned char)key.text[key.len / 2] << 8 |
               (unsigned char)key.text[key.len - 1];
    }
    hash = (front ^ key.len) * 0x9E3779B97F4A7C15u;
    hash = (hash ^ hash >> 32 ^ back) * 0xD6E8FEB86659FD93u;
    return (uint32_t)(hash >> 32);
}

void keys_release(struct keys *keys);
void keys_grow(struct keys *keys);
bool keys_has(const struct keys *keys, const struct key_set *set,
              const struct key *key);
bool keys_sort(struct keys *keys, const struct key_set *set);

static inline void keys_open(struct keys *keys, struct key_set *set)
{
    *set = (struct key_set){ .first = keys->count };
}

static inline size_t keys_count(const struct keys *keys, const struct key_set *set)
{
    return keys->count - set->first;
}

static inline void keys_add(struct keys *keys, struct key_set *set, struct str text,
                            uint32_t hash)
{
    struct key key = { text.text, (uint32_t)text.len, hash };
    uint64_t *seen = &set->seen[hash >> 6 & 3];
    uint64_t bit = (uint64_t)1 << (hash & 63);

    if ((*seen & bit) != 0 && keys_count(keys, set) < KEYS_SMALL &&
        keys_has(keys, set, &key))
        set->has_duplicate = true;
    *seen |= bit;
    if (keys->count == keys->capacity)
        keys_grow(keys);
    keys->items[keys->count++] = key;
}

/* Whether a key was added twice. */
static inline bool keys_close(struct keys *keys, struct key_set *set)
{
    if (!set->has_duplicate && keys_count(keys, set) > KEYS_SMALL)
        set->has_duplicate = keys_sort(keys, set);
    keys->count = set->first;
    return set->has_duplicate;
}

#endif
