/*
 * table.h - from text to a pointer or a number: a hash table.
 *
 *     struct table table = TABLE_EMPTY(&arena);
 *     *table_slot(&table, key) = thing;
 *     struct thing *thing = table_find(&table, key);
 *
 * Keys are copied into the arena. Nothing is ever removed. Order is never offered:
 * what must have an order is sorted by whoever prints it.
 * Hostile keys: the hash has a random key, another in each process, so that no file can
 * be made whose keys collide. Since order is never offered, runs are repeatable.
 */
#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include "base/str.h"

#include <stdint.h>

struct table_entry;

struct table {
    struct arena *arena;
    struct table_entry *entries;
    size_t count, capacity; /* capacity: a power of two, or 0 */
};

#define TABLE_EMPTY(arena_of_table)                                                    \
    {                                                                                  \
        .arena = (arena_of_table)                                                      \
    }

/* The place of this key's value, made and NULL at first. It moves when the table
 * grows. */
void **table_slot(struct table *table, struct str key);

/* Makes room for so many keys at once, which takes less memory than to grow. */
void table_reserve(struct table *table, size_t count);

/* NULL if absent. */
void *table_find(const struct table *table, struct str key);

/* The hash of tables, with the key of this process: nothing that is printed may depend
 * on it. */
uint64_t hash_keyed(struct str key);

/* SipHash-1-3, with a key that is given. */
uint64_t hash_with(const uint64_t key[2], const char *text, size_t len);

#endif
