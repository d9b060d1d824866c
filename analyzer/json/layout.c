#include "json/layout.h"

#include "base/table.h"
#include "json/projection.h"

#include <assert.h>

struct layout {
    struct arena *arena;
    struct table lists; /* of struct projection */
    struct projection *other, *elements;
    struct table signs; /* of struct projection */
    struct projection *record_fields, *marks;
    bool is_of_values;
    struct layout_integers integers;
    struct projection *all; /* of the lists that are not named, or NULL */
};

struct layout *layout_new(struct arena *arena)
{
    struct layout *layout = arena_new(arena, struct layout);

    layout->arena = arena;
    layout->lists = (struct table)TABLE_EMPTY(arena);
    layout->signs = (struct table)TABLE_EMPTY(arena);
    return layout;
}

static struct projection *projection_new(struct layout *layout)
{
    struct projection *projection = arena_new(layout->arena, struct projection);

    projection->arena = layout->arena;
    projection->takes_last = layout->is_of_values;
    return projection;
}

struct projection *layout_list(struct layout *layout, struct str key)
{
    void **slot = table_slot(&layout->lists, key);

    if (*slot == NULL)
        *slot = projection_new(layout);
    return *slot;
}

const struct projection *layout_find(const struct layout *layout, struct str key)
{
    const struct projection *list = table_find(&layout->lists, key);

    return list != NULL ? list : layout->all;
}

struct projection *layout_other(struct layout *layout)
{
    if (layout->other == NULL)
        layout->other = projection_new(layout);
    return layout->other;
}

const struct projection *layout_other_find(const struct layout *layout)
{
    return layout->other;
}

struct projection *layout_elements(struct layout *layout)
{
    if (layout->elements == NULL)
        layout->elements = projection_new(layout);
    return layout->elements;
}

const struct projection *layout_elements_find(const struct layout *layout)
{
    return layout->elements != NULL ? layout->elements : layout->other;
}

struct projection *layout_sign(struct layout *layout, struct str key)
{
    void **slot = table_slot(&layout->signs, key);

    if (*slot == NULL)
        *slot = projection_new(layout);
    return *slot;
}

const struct projection *layout_sign_find(const struct layout *layout, struct str key)
{
    return table_find(&layout->signs, key);
}

void layout_record_field(struct layout *layout, struct str field)
{
    if (layout->record_fields == NULL)
        layout->record_fields = projection_new(layout);
    projection_add(layout->record_fields, field);
}

const struct projection *layout_record_fields(const struct layout *layout)
{
    return layout->record_fields;
}

uint64_t layout_mark(struct layout *layout, struct str key)
{
    if (layout->marks == NULL)
        layout->marks = projection_new(layout);
    projection_add(layout->marks, key);
    assert(layout->marks->count <= LAYOUT_MARKS_MAX);
    return layout_mark_find(layout, key);
}

uint64_t layout_mark_find(const struct layout *layout, struct str key)
{
    size_t number =
        layout->marks != NULL ? projection_number(layout->marks, key) : SIZE_MAX;

    return number != SIZE_MAX ? (uint64_t)1 << number : 0;
}

void layout_as_values(struct layout *layout)
{
    layout->is_of_values = true;
}

void layout_large_integers(struct layout *layout, layout_integer_function *make,
                           void *object)
{
    layout->integers = (struct layout_integers){ make, object };
}

const struct layout_integers *layout_integers(const struct layout *layout)
{
    return &layout->integers;
}

bool layout_is_of_values(const struct layout *layout)
{
    return layout->is_of_values;
}

void layout_all_lists(struct layout *layout)
{
    layout->all = projection_new(layout);
    layout->all->whole = true;
}

void projection_whole(struct projection *projection)
{
    projection->whole = true;
}

void projection_each(struct projection *projection, layout_each_function *each,
                     void *object)
{
    projection->each = each;
    projection->each_object = object;
}

static void slot_take(struct projection *projection, size_t index)
{
    const size_t mask = projection->slot_count - 1;
    size_t at = projection->fields[index].hash & mask;

    while (projection->slots[at] != 0)
        at = (at + 1) & mask;
    projection->slots[at] = (uint32_t)index + 1;
}

static void slots_grow(struct projection *projection)
{
    projection->slot_count = projection->capacity * 2;
    projection->slots =
        arena_array(projection->arena, projection->slot_count, uint32_t);
    for (size_t i = 0; i < projection->count; i++)
        slot_take(projection, i);
}

void projection_add(struct projection *projection, struct str field)
{
    uint32_t hash = key_hash(field);

    if (projection_find(projection, field, hash) != SIZE_MAX)
        return;
    projection->fields =
        arena_grow(projection->arena, projection->fields, projection->count,
                   &projection->capacity, sizeof *projection->fields);
    projection->fields[projection->count] =
        (struct projection_field){ str_copy(projection->arena, field), hash };
    projection->seen |= (uint64_t)1 << (hash & 63);
    if (projection->slot_count < projection->capacity * 2)
        slots_grow(projection);
    slot_take(projection, projection->count++);
}

size_t projection_number(const struct projection *projection, struct str field)
{
    return projection_find(projection, field, key_hash(field));
}

bool projection_has(const struct projection *projection, struct str field)
{
    return projection_number(projection, field) != SIZE_MAX;
}
