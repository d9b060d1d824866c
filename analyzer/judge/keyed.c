#include "judge/keyed.h"

#include "catalog/name.h"

#include <stdlib.h>
#include <string.h>

/* Places in a listing, in its order. */
struct place_list {
    size_t *items;
    size_t count, capacity;
};

/* A listing by the keys of a join. */
struct key_index {
    bool has_parts;           /* else all is of any key */
    struct place_list of_any; /* may be about any key */
    struct table by_word;     /* about one: as a file's name has it */
    struct table by_key; /* those with a record of a key, whatever they are about */
};

struct keyed_listing {
    const struct cell *cell;
    struct listing listing;
    struct keyed_listing *next;
};

static void places_add(struct arena *arena, struct place_list *places, size_t place)
{
    if (places->count > 0 && places->items[places->count - 1] == place)
        return;
    places->items = arena_grow(arena, places->items, places->count, &places->capacity,
                               sizeof *places->items);
    places->items[places->count++] = place;
}

static void table_add(struct table *table, struct str key, size_t place)
{
    void **slot = table_slot(table, key);

    if (*slot == NULL)
        *slot = arena_new(table->arena, struct place_list);
    places_add(table->arena, *slot, place);
}

static void index_document(struct key_index *index, const struct measure *measure,
                           const struct document *document, size_t place,
                           struct arena *arena)
{
    if (!joined_by_key(measure, document->call) || document->parent.text == NULL) {
        places_add(arena, &index->of_any, place);
        return;
    }
    index->has_parts = true;
    table_add(&index->by_word, name_word(measure->joined->scratch, document->parent),
              place);
    for (size_t i = 0; i < document->portion_count; i++) {
        const struct str_list *keys =
            joined_keys(measure, document, &document->portions[i]);

        for (size_t j = 0; j < keys->count; j++)
            table_add(&index->by_key, keys->items[j], place);
    }
}

static const struct key_index *index_of(const struct measure *measure,
                                        const struct listing *listing)
{
    struct arena *arena = joins_arena(measure->joined->joins);
    struct buf key = BUF_EMPTY(measure->joined->scratch);
    struct key_index *index;
    void **slot;

    buf_add(&key, (struct str){ (const char *)&listing, sizeof listing });
    buf_add(&key, measure->fact->join_record_text);
    slot = table_slot(joins_indexes(measure->joined->joins), buf_str(&key));
    if (*slot != NULL)
        return *slot;
    index = *slot = arena_new(arena, struct key_index);
    index->by_word.arena = index->by_key.arena = arena;
    for (size_t i = 0; i < listing->count; i++)
        index_document(index, measure, listing->items[i], i, arena);
    return index;
}

static int place_compare(const void *left, const void *right)
{
    size_t a = *(const size_t *)left, b = *(const size_t *)right;

    return (a > b) - (a < b);
}

static void copy_places(struct place_list *all, const struct place_list *places)
{
    if (places == NULL || places->count == 0)
        return;
    memcpy(all->items + all->count, places->items,
           places->count * sizeof *places->items);
    all->count += places->count;
}

/* Each once, in their order. */
static void find_documents(const struct key_index *index, const struct joined *joined,
                           const struct listing *listing, struct listing *found)
{
    const struct place_list *by_word = table_find(&index->by_word, joined->key_word);
    const struct place_list *by_key = table_find(&index->by_key, joined->key);
    struct place_list all = { 0 };
    size_t most = index->of_any.count + (by_word != NULL ? by_word->count : 0) +
                  (by_key != NULL ? by_key->count : 0);

    *found = *listing;
    found->count = 0;
    if (most == 0)
        return;
    all.items = arena_array(joined->scratch, most, size_t);
    copy_places(&all, &index->of_any);
    copy_places(&all, by_word);
    copy_places(&all, by_key);
    qsort(all.items, all.count, sizeof *all.items, place_compare);
    found->items = arena_array(joined->scratch, all.count, struct document *);
    for (size_t i = 0; i < all.count; i++)
        if (i == 0 || all.items[i] != all.items[i - 1])
            found->items[found->count++] = listing->items[all.items[i]];
}

static bool has_parts(const struct measure *measure)
{
    const struct type *type = measure->fact->type;

    for (size_t i = 0; i < type->call_count; i++)
        if (joined_by_key(measure, type->calls[i]))
            return true;
    return false;
}

const struct listing *keyed_listing(const struct measure *measure,
                                    const struct cell *cell)
{
    const struct listing *listing = cell_listing(cell, measure->fact->type);
    const struct joined *joined = measure->joined;
    const struct key_index *index;
    struct keyed_listing *made;

    if (joined == NULL || joined->kind != KEY_TEXT || listing->count == 0 ||
        !has_parts(measure))
        return listing;
    for (made = *joined->listings; made != NULL; made = made->next)
        if (made->cell == cell)
            return &made->listing;
    index = index_of(measure, listing);
    if (!index->has_parts)
        return listing;
    made = arena_new(joined->scratch, struct keyed_listing);
    made->cell = cell;
    made->next = *joined->listings;
    *joined->listings = made;
    find_documents(index, joined, listing, &made->listing);
    return &made->listing;
}
