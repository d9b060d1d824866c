/*
 * known.h - private to json/: the keys that come again and again, each with a
 * number, so that an object's keys are a set of bits and its fields are found by
 * number.
 *
 *     key = known_find(&known, text, key_hash(text));
 *
 * A key is either known from the first time it is asked for until all are forgotten, or
 * not known in all that time: what knows two keys by different means would not see that
 * they are one.
 *
 * Keys are compared by their bytes, decoded.
 * Memory: KNOWN_KEYS keys of KNOWN_BYTES.
 */
#ifndef JSON_KNOWN_H
#define JSON_KNOWN_H

#include "json/projection.h"

enum {
    KNOWN_KEYS = 256,
    KNOWN_BYTES = 64,
    KNOWN_WORDS = KNOWN_KEYS / 64,
    KNOWN_SLOTS = 1024,
    KNOWN_TRIES = 8, /* whatever keys a file has, each is found or not as fast */
};

struct known_key {
    uint64_t bit; /* in the word of that index */
    uint32_t word;
    uint32_t hash;
    const struct projection *projection; /* of `field`: the last that asked */
    size_t field;                        /* its number there, or SIZE_MAX */
    struct str text;
};

struct known {
    struct arena arena;
    size_t count;
    struct known_key *slots[KNOWN_SLOTS];
};

/* NULL: it is not known. */
struct known_key *known_find(struct known *known, struct str text, uint32_t hash);
void known_forget(struct known *known);

/* The number of the field of that key, or SIZE_MAX. */
static inline size_t known_field(struct known_key *key,
                                 const struct projection *projection)
{
    if (key->projection != projection) {
        key->projection = projection;
        key->field = projection_find(projection, key->text, key->hash);
    }
    return key->field;
}

#endif
