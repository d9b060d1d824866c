#include "base/table.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

struct table_entry {
    struct str key; /* text NULL: free */
    uint64_t hash;
    void *value;
};

/* ---- SipHash-1-3 ----------------------------------------------------------------- */

struct sip {
    uint64_t a, b, c, d;
};

static inline uint64_t turned(uint64_t word, unsigned bits)
{
    return word << bits | word >> (64 - bits);
}

static inline void sip_round(struct sip *sip)
{
    sip->a += sip->b;
    sip->b = turned(sip->b, 13) ^ sip->a;
    sip->a = turned(sip->a, 32);
    sip->c += sip->d;
    sip->d = turned(sip->d, 16) ^ sip->c;
    sip->a += sip->d;
    sip->d = turned(sip->d, 21) ^ sip->a;
    sip->c += sip->b;
    sip->b = turned(sip->b, 17) ^ sip->c;
    sip->c = turned(sip->c, 32);
}

static inline void sip_word(struct sip *sip, uint64_t word)
{
    sip->d ^= word;
    sip_round(sip);
    sip->a ^= word;
}

/* Its hash is defined for little-endian words; another order makes another one as good.
 */
uint64_t hash_with(const uint64_t key[2], const char *text, size_t len)
{
    struct sip sip = { key[0] ^ 0x736f6d6570736575u, key[1] ^ 0x646f72616e646f6du,
                       key[0] ^ 0x6c7967656e657261u, key[1] ^ 0x7465646279746573u };
    uint64_t last = (uint64_t)len << 56, word;

    for (; len >= sizeof word; text += sizeof word, len -= sizeof word) {
        memcpy(&word, text, sizeof word);
        sip_word(&sip, word);
    }
    for (size_t i = 0; i < len; i++)
        last |= (uint64_t)(unsigned char)text[i] << (8 * i);
    sip_word(&sip, last);
    sip.c ^= 0xff;
    sip_round(&sip);
    sip_round(&sip);
    sip_round(&sip);
    return sip.a ^ sip.b ^ sip.c ^ sip.d;
}

/* ---- the key --------------------------------------------------------------------- */

/* Where the system has no random bytes yet: what another run has not, either. */
static uint64_t guessed(void)
{
    struct timespec now = { 0 };

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_nsec << 32 ^ (uint64_t)now.tv_sec ^
           (uint64_t)getpid() << 16 ^ (uintptr_t)&now;
}

/* One for all of the process, whichever thread asks first. */
static uint64_t seed_of_process(void)
{
    static _Atomic uint64_t seed; /* 0: not made yet */
    uint64_t found = atomic_load_explicit(&seed, memory_order_relaxed), made = 0;

    if (found != 0)
        return found;
    if (getrandom(&made, sizeof made, GRND_NONBLOCK) != sizeof made)
        made = guessed();
    made |= 1;
    return atomic_compare_exchange_strong(&seed, &found, made) ? made : found;
}

uint64_t hash_keyed(struct str key)
{
    uint64_t seed = seed_of_process();
    const uint64_t both[2] = { seed, seed * 0x9E3779B97F4A7C15u };

    return hash_with(both, key.text, key.len);
}

/* ---- the table ------------------------------------------------------------------- */

static struct table_entry *entry_find(const struct table *table, struct str key,
                                      uint64_t hash)
{
    size_t at = (size_t)hash & (table->capacity - 1);

    for (;; at = (at + 1) & (table->capacity - 1)) {
        struct table_entry *entry = &table->entries[at];

        if (entry->key.text == NULL)
            return entry;
        if (entry->hash == hash && str_equal(entry->key, key))
            return entry;
    }
}

enum { CAPACITY_FIRST = 16 };

static void grow(struct table *table, size_t capacity)
{
    struct table old = *table;

    table->capacity = capacity;
    table->entries = arena_array(table->arena, table->capacity, struct table_entry);
    for (size_t i = 0; i < old.capacity; i++)
        if (old.entries[i].key.text != NULL)
            *entry_find(table, old.entries[i].key, old.entries[i].hash) =
                old.entries[i];
}

void table_reserve(struct table *table, size_t count)
{
    size_t capacity = CAPACITY_FIRST;

    while (capacity / 2 < count)
        capacity *= 2;
    if (capacity > table->capacity)
        grow(table, capacity);
}

void **table_slot(struct table *table, struct str key)
{
    uint64_t hash = hash_keyed(key);
    struct table_entry *entry;

    if ((table->count + 1) * 2 > table->capacity)
        grow(table, table->capacity > 0 ? table->capacity * 2 : CAPACITY_FIRST);
    entry = entry_find(table, key, hash);
    if (entry->key.text == NULL) {
        entry->key = str_copy(table->arena, key);
        entry->hash = hash;
        table->count++;
    }
    return &entry->value;
}

void *table_find(const struct table *table, struct str key)
{
    if (table->count == 0)
        return NULL;
    return entry_find(table, key, hash_keyed(key))->value;
}
