#include "json/layout.h"

#include "json/projection.h"

#include <assert.h>

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

/* The projection that is kept there; made at the first call. */
static struct projection *kept(struct layout *layout, struct projection **projection)
{
    if (*projection == NULL)
        *projection = projection_new(layout);
    return *projection;
}

static struct projection *kept_in(struct layout *layout, struct table *table,
                                  struct str key)
{
    void **slot = table_slot(table, key);

    if (*slot == NULL)
        *slot = projection_new(layout);
    return *slot;
}

struct projection *layout_list(struct layout *layout, struct str key)
{
    return kept_in(layout, &layout->lists, key);
}

const struct projection *layout_find(const struct layout *layout, struct str key)
{
    const struct projection *list = table_find(&layout->lists, key);

    return list != NULL ? list : layout->all;
}

struct projection *layout_other(struct layout *layout)
{
    return kept(layout, &layout->other);
}

struct projection *layout_elements(struct layout *layout)
{
    return kept(layout, &layout->elements);
}

const struct projection *layout_elements_find(const struct layout *layout)
{
    return layout->elements != NULL ? layout->elements : layout->other;
}

struct projection *layout_sign(struct layout *layout, struct str key)
{
    return kept_in(layout, &layout->signs, key);
}

void layout_record_field(struct layout *layout, struct str field)
{
    projection_add(kept(layout, &layout->record_fields), field);
}

uint64_t layout_mark(struct layout *layout, struct str key)
{
    projection_add(kept(layout, &layout->marks), key);
    assert(layout->marks->count <= LAYOUT_MARKS_MAX);
    return layout_mark_find(layout, key);
}

uint64_t layout_mark_find(const struct layout *layout, struct str key)
{
    size_t number =
        layout->marks != NULL ? projection_number(layout->marks, key) : SIZE_MAX;

    return number != SIZE_MAX ? (uint64_t)1 << number : 0;
}

/* ---- documents as values -----------------------------------------------------------
 */

void layout_as_values(struct layout *layout, layout_integer_function *make,
                      void *object)
{
    layout->is_of_values = true;
    layout->integers = (struct layout_integers){ make, object };
}

void layout_all_lists(struct layout *layout)
{
    kept(layout, &layout->all)->whole = true;
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

/* ---- fields ------------------------------------------------------------------------
 */

void projection_add(struct projection *projection, struct str field)
{
    if (projection_has(projection, field))
        return;
    projection->fields =
        arena_grow(projection->arena, projection->fields, projection->count,
                   &projection->capacity, sizeof *projection->fields);
    projection->fields[projection->count++] = (struct projection_field){
        str_copy(projection->arena, field),
        key_hash(field),
    };
}

size_t projection_number(const struct projection *projection, struct str field)
{
    return projection_find(projection, field, key_hash(field));
}

bool projection_has(const struct projection *projection, struct str field)
{
    return projection_number(projection, field) != SIZE_MAX;
}
