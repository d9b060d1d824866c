#include "base/table.h"

#include <string.h>

struct table_entry {
    struct str key; /* text NULL: free */
    uint64_t hash;
    void *value;
};

/* Eight bytes a turn, multiplied and folded; not meant to resist an attacker. */
uint64_t hash_bytes(const char *text, size_t len)
{
    const uint64_t prime = 0x9E3779B97F4A7C15u;
    uint64_t hash = prime ^ len;

    while (len > 0) {
        uint64_t word = 0;
        size_t step = len < sizeof word ? len : sizeof word;

        memcpy(&word, text, step);
        hash = (hash ^ word) * prime;
        hash ^= hash >> 29;
        text += step;
        len -= step;
    }
    return hash ^ hash >> 32;
}

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
    uint64_t hash = hash_bytes(key.text, key.len);
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
    return entry_find(table, key, hash_bytes(key.text, key.len))->value;
}
