/*
 * known.h - private to json/: the keys that come again and again, each with a bit of
 * its own.
 *
 *     key = known_find(&known, text, key_hash(text));
 *     if ((frame->known[key->word] & key->bit) != 0) ... it is there twice
 *
 * A file's records have the same few keys. So a key becomes known when it is first met,
 * while there is room: it gets the next of KNOWN_KEYS bits. The keys of an object are
 * then a set of bits, and whether a key is a field that is read is looked up once for
 * all records of a list (known_field()).
 *
 * A key that is not known when an object begins must not become known while it is open:
 * its first occurrence would be in the table of unknown keys, and the second a bit, and
 * nobody would see that the key is there twice. This holds because a key becomes known
 * at the first look-up or not at all, until known_forget() between two sources.
 *
 * Keys are compared by their bytes, decoded.
 * Memory: KNOWN_KEYS keys of KNOWN_BYTES; longer ones are not known.
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

struct known_keys {
    struct arena arena;
    size_t count;
    struct known_key *slots[KNOWN_SLOTS];
};

/* NULL: it is not known. */
struct known_key *known_find(struct known_keys *known, struct str text, uint32_t hash);
void known_forget(struct known_keys *known);

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
