#include "judge/group.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS_MIN = 64 };

/* What decides beside its fields what filters make of a row; a bit each. */
enum row_kind {
    KIND_ASTRAY = 1,
    KIND_TRIMMED = 2, /* struct unseen */
    KIND_OF_CALL = 4, /* what it may lack is what the document's call never prints */
};

static uint64_t first_index(const struct row *row)
{
    return hits_first(row->places, row->place_count)->index;
}

void first_rows_add(struct arena *arena, struct first_rows *rows, size_t max,
                    const struct row *row)
{
    size_t at = rows->count;
    bool is_full = at == max;

    if (row->place_count == 0 ||
        (is_full && first_index(rows->items[at - 1]) < first_index(row)))
        return;
    if (is_full)
        at = --rows->count;
    rows->items = arena_grow(arena, rows->items, rows->count, &rows->capacity,
                             sizeof *rows->items);
    for (; at > 0 && first_index(rows->items[at - 1]) > first_index(row); at--)
        rows->items[at] = rows->items[at - 1];
    rows->items[at] = row;
    rows->count++;
}

static unsigned char kind_of(const struct row_view *view)
{
    return (unsigned char)((view->row->astray ? KIND_ASTRAY : 0) |
                           (view->gaps.trimmed ? KIND_TRIMMED : 0) |
                           (view->gaps.silent == view->document->silent ? KIND_OF_CALL
                                                                        : 0));
}

static void add_versions(struct grouping *grouping, const struct row *row)
{
    const struct versions *versions = row->versions;

    for (; versions != NULL; versions = versions->next) {
        if (versions->things == 0)
            continue;
        grouping->versions =
            arena_grow(&grouping->arena, grouping->versions, grouping->version_count,
                       &grouping->version_capacity, sizeof *grouping->versions);
        grouping->versions[grouping->version_count++] = versions;
    }
}

static int compare_first(const void *left, const void *right)
{
    uint64_t a = first_index(*(const struct row *const *)left);
    uint64_t b = first_index(*(const struct row *const *)right);

    return a < b ? -1 : a > b;
}

/* They mostly are in order: a row is made for its first record. */
static void set_placed(struct grouping *grouping)
{
    bool in_order = true;
    uint64_t last = 0;

    grouping->placed =
        arena_array(&grouping->arena, grouping->row_count, const struct row *);
    grouping->placed_count = 0;
    for (size_t i = 0; i < grouping->row_count; i++) {
        const struct row *row = grouping->rows[i];
        uint64_t index;

        if (row->place_count == 0)
            continue;
        index = first_index(row);
        in_order = in_order && index >= last;
        last = index;
        grouping->placed[grouping->placed_count++] = row;
    }
    if (!in_order)
        qsort(grouping->placed, grouping->placed_count, sizeof(const struct row *),
              compare_first);
}

void grouping_begin(struct grouping *grouping, const struct measures *measures,
                    const struct document *document, const struct portion *portion)
{
    struct row_view view = { .document = document };
    size_t at = 0;

    arena_reset(&grouping->arena);
    grouping->row_count = portion->row_count;
    grouping->rows =
        arena_array(&grouping->arena, portion->row_count, const struct row *);
    grouping->kinds = arena_array(&grouping->arena, portion->row_count, unsigned char);
    grouping->group_of = arena_array(&grouping->arena, portion->row_count, uint32_t);
    grouping->slots = NULL;
    grouping->slots_capacity = 0;
    grouping->versions = NULL;
    grouping->version_count = grouping->version_capacity = 0;
    for (const struct row *row = portion->rows; row != NULL; row = row->next) {
        row_look(&view, measures, document, row);
        grouping->kinds[at] = kind_of(&view);
        add_versions(grouping, row);
        grouping->rows[at++] = row;
    }
    set_placed(grouping);
}

static void set_slots(struct grouping *grouping, size_t count)
{
    if (count > grouping->slots_capacity) {
        grouping->slots = arena_array(&grouping->arena, count, uint32_t);
        grouping->slots_capacity = count;
    } else {
        memset(grouping->slots, 0, count * sizeof *grouping->slots);
    }
    grouping->slot_count = count;
    for (uint32_t i = 0; i < grouping->count; i++) {
        size_t at = grouping->groups[i].hash & (count - 1);

        while (grouping->slots[at] != 0)
            at = (at + 1) & (count - 1);
        grouping->slots[at] = i + 1;
    }
}

static bool is_in_group(const struct row_group *group, const struct row_group *wanted,
                        const struct columns *columns)
{
    if (group->hash != wanted->hash || group->kind != wanted->kind)
        return false;
    for (size_t i = 0; i < columns->count; i++)
        if (group->row->values[columns->items[i]] !=
            wanted->row->values[columns->items[i]])
            return false;
    return true;
}

static uint32_t group_new(struct grouping *grouping, const struct row_group *wanted)
{
    grouping->groups = arena_grow(&grouping->own, grouping->groups, grouping->count,
                                  &grouping->capacity, sizeof *grouping->groups);
    grouping->groups[grouping->count] = *wanted;
    return (uint32_t)grouping->count++;
}

/* The number of the group, which is made where there is none. */
static uint32_t group_get(struct grouping *grouping, const struct row_group *wanted,
                          const struct columns *columns)
{
    size_t at;

    if (columns == NULL)
        return group_new(grouping, wanted);
    if (4 * (grouping->count + 1) > 3 * grouping->slot_count)
        set_slots(grouping, 2 * grouping->slot_count);
    at = wanted->hash & (grouping->slot_count - 1);
    for (; grouping->slots[at] != 0; at = (at + 1) & (grouping->slot_count - 1))
        if (is_in_group(&grouping->groups[grouping->slots[at] - 1], wanted, columns))
            return grouping->slots[at] - 1;
    grouping->slots[at] = group_new(grouping, wanted) + 1;
    return grouping->slots[at] - 1;
}

static void group_add(struct row_group *group, const struct row *row)
{
    group->records += row->records;
    group->untold += row->untold;
    group->placed += row->place_count > 0;
}

void grouping_by(struct grouping *grouping, const struct columns *columns)
{
    size_t count = columns != NULL ? columns->count : 0;
    uint64_t *factors = arena_array(&grouping->arena, count, uint64_t);

    for (size_t i = 0; i < count; i++)
        factors[i] = tuple_factor(i);
    grouping->count = 0;
    set_slots(grouping, SLOTS_MIN);
    for (size_t i = 0; i < grouping->row_count; i++) {
        const struct row *row = grouping->rows[i];
        struct row_group wanted = { .row = row, .kind = grouping->kinds[i] };
        uint64_t hash = (uint64_t)wanted.kind << 32;

        for (size_t j = 0; j < count; j++)
            hash += row->values[columns->items[j]] * factors[j];
        wanted.hash = (uint32_t)(hash >> 32);
        grouping->group_of[i] = group_get(grouping, &wanted, columns);
        group_add(&grouping->groups[grouping->group_of[i]], row);
    }
}

void grouping_release(struct grouping *grouping)
{
    arena_release(&grouping->arena);
    arena_release(&grouping->own);
}
