/*
 * keys.h - private to json/: the hash of keys that are looked up at every turn.
 *
 * Cheap, and not to be trusted: a file can be made whose keys have one hash. So where
 * it is used, a look-up ends after a few tries, or the keys are the program's own.
 */
#ifndef JSON_KEYS_H
#define JSON_KEYS_H

#include "base/str.h"

#include <stdint.h>
#include <string.h>

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

#endif
