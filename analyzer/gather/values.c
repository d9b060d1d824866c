#include "gather/values.h"

#include "base/table.h"

#include <assert.h>
#include <string.h>

enum { TEXTS_BYTES = 64 * 1024, SLOTS_MIN = 256 };

struct value {
    const char *text;
    uint32_t len;
};

/* With its hash, since values lie far apart in memory. */
struct value_entry {
    uint32_t number; /* 0: free */
    uint32_t hash;
};

struct values {
    struct arena *arena;
    struct arena items_arena, slots_arena; /* each of one list, which grows */
    struct value *items;                   /* by number */
    size_t count, capacity;
    char *texts; /* room for those to come, end to end */
    size_t left;
    struct value_entry *slots; /* by hash */
    size_t slot_count;         /* a power of two, or 0 */
};

static void values_release(void *object)
{
    struct values *values = object;

    arena_release(&values->items_arena);
    arena_release(&values->slots_arena);
}

static void push(struct values *values, struct value value)
{
    values->items = arena_grow(&values->items_arena, values->items, values->count,
                               &values->capacity, sizeof *values->items);
    values->items[values->count++] = value;
}

struct values *values_new(struct arena *arena)
{
    struct values *values = arena_new(arena, struct values);

    values->arena = arena;
    push(values, (struct value){ .text = NULL }); /* VALUE_ABSENT */
    arena_on_release(arena, values_release, values);
    return values;
}

void values_end(struct values *values)
{
    arena_release(&values->slots_arena);
    values->slots = NULL;
    values->slot_count = 0;
}

struct str values_text(const struct values *values, uint32_t number)
{
    assert(number < values->count);
    return (struct str){ values->items[number].text, values->items[number].len };
}

uint32_t values_find(const struct values *values, struct str text, uint32_t *hash)
{
    size_t at;

    if (text.text == NULL)
        return VALUE_ABSENT;
    *hash = (uint32_t)hash_keyed(text);
    if (values->slot_count == 0)
        return VALUES_NEW;
    for (at = *hash & (values->slot_count - 1); values->slots[at].number != 0;
         at = (at + 1) & (values->slot_count - 1)) {
        const struct value_entry *slot = &values->slots[at];
        const struct value *value = &values->items[slot->number];

        if (slot->hash == *hash && value->len == text.len &&
            memcmp(value->text, text.text, text.len) == 0)
            return slot->number;
    }
    return VALUES_NEW;
}

static void put(struct values *values, struct value_entry slot)
{
    size_t at = slot.hash & (values->slot_count - 1);

    while (values->slots[at].number != 0)
        at = (at + 1) & (values->slot_count - 1);
    values->slots[at] = slot;
}

static void grow(struct values *values)
{
    size_t old_count = values->slot_count;
    struct arena old_arena = values->slots_arena;
    const struct value_entry *old = values->slots;

    values->slots_arena = (struct arena)ARENA_EMPTY;
    values->slot_count = old_count > 0 ? 2 * old_count : SLOTS_MIN;
    values->slots =
        arena_array(&values->slots_arena, values->slot_count, struct value_entry);
    for (size_t i = 0; i < old_count; i++)
        if (old[i].number != 0)
            put(values, old[i]);
    arena_release(&old_arena);
}

static const char *copy_of(struct values *values, struct str text)
{
    char *copy = values->texts;

    if (text.len > values->left) {
        if (text.len > TEXTS_BYTES / 8)
            return arena_copy(values->arena, text.text, text.len);
        copy = values->texts = arena_alloc(values->arena, TEXTS_BYTES);
        values->left = TEXTS_BYTES;
    }
    memcpy(copy, text.text, text.len);
    values->texts += text.len;
    values->left -= text.len;
    return copy;
}

uint32_t values_add(struct values *values, struct str text, uint32_t hash)
{
    uint32_t number = (uint32_t)values->count;

    assert(values->count < VALUES_NEW && text.len <= UINT32_MAX);
    push(values, (struct value){ copy_of(values, text), (uint32_t)text.len });
    if (4 * values->count > 3 * values->slot_count)
        grow(values);
    put(values, (struct value_entry){ number, hash });
    return number;
}

uint64_t tuple_factor(size_t place)
{
    return hash_keyed((struct str){ (const char *)&place, sizeof place }) | 1;
}
