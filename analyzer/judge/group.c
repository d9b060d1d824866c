#include "judge/group.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS_MIN = 64 };

/* What decides beside its fields what filters make of a row; a bit each. */
enum row_kind {
    KIND_ASTRAY = 1,
    KIND_TRIMMED = 2, /* struct unseen */
    KIND_OF_CALL = 4, /* what it may lack is what the document's call never prints */
    KIND_PLACED = 8,  /* it has a place, which decides nothing */
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
                                                                        : 0) |
                           (view->row->place_count > 0 ? KIND_PLACED : 0));
}

static void add_changed(struct grouping *grouping, const struct row *row)
{
    const struct versions *versions = row->versions;

    for (; versions != NULL; versions = versions->next) {
        struct changed changed = { .things = versions->things,
                                   .first = row->number,
                                   .from = (uint32_t)grouping->other_count };

        if (versions->things == 0)
            continue;
        for (const struct versions *of = versions; of != NULL; of = of->before) {
            changed.anything = changed.anything || of->row == NULL;
            if (of->row == NULL)
                continue;
            grouping->others =
                arena_grow(&grouping->arena, grouping->others, grouping->other_count,
                           &grouping->other_capacity, sizeof *grouping->others);
            grouping->others[grouping->other_count++] = of->row->number;
            changed.count++;
        }
        grouping->changed =
            arena_grow(&grouping->arena, grouping->changed, grouping->changed_count,
                       &grouping->changed_capacity, sizeof *grouping->changed);
        grouping->changed[grouping->changed_count++] = changed;
    }
}

static int compare_first(const void *left, const void *right)
{
    const struct placed_row *a = left, *b = right;

    return a->first < b->first ? -1 : a->first > b->first;
}

/* They mostly are in order: a row is made for its first record. */
static void set_placed(struct grouping *grouping)
{
    bool in_order = true;
    uint64_t last = 0;

    grouping->placed =
        arena_array(&grouping->arena, grouping->row_count, struct placed_row);
    grouping->placed_count = 0;
    for (size_t i = 0; i < grouping->row_count; i++) {
        const struct row *row = grouping->rows[i];
        uint64_t first;

        if (row->place_count == 0)
            continue;
        first = first_index(row);
        in_order = in_order && first >= last;
        last = first;
        grouping->placed[grouping->placed_count++] =
            (struct placed_row){ first, (uint32_t)i };
    }
    if (!in_order)
        qsort(grouping->placed, grouping->placed_count, sizeof *grouping->placed,
              compare_first);
}

void grouping_begin(struct grouping *grouping, const struct measures *measures,
                    const struct document *document, const struct portion *portion)
{
    struct row_view view = { .document = document };
    size_t column_count = measures->by_type[document->type->index].column_count;
    size_t at = 0;

    arena_reset(&grouping->arena);
    grouping->row_count = portion->row_count;
    grouping->rows =
        arena_array(&grouping->arena, portion->row_count, const struct row *);
    grouping->kinds = arena_array(&grouping->arena, portion->row_count, unsigned char);
    grouping->records =
        arena_array(&grouping->arena, portion->row_count, struct row_records);
    grouping->values =
        arena_array(&grouping->arena, column_count * portion->row_count, uint32_t);
    grouping->group_of = arena_array(&grouping->arena, portion->row_count, uint32_t);
    grouping->slots = NULL;
    grouping->slots_capacity = 0;
    grouping->changed = NULL;
    grouping->changed_count = grouping->changed_capacity = 0;
    grouping->others = NULL;
    grouping->other_count = grouping->other_capacity = 0;
    for (const struct row *row = portion->rows; row != NULL; row = row->next) {
        row_look(&view, measures, document, row);
        grouping->kinds[at] = kind_of(&view);
        add_changed(grouping, row);
        grouping->records[at] = (struct row_records){ row->records, row->untold };
        for (size_t i = 0; i < column_count; i++)
            grouping->values[i * portion->row_count + at] = row->values[i];
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

static const uint32_t *values_of(const struct grouping *grouping, size_t column)
{
    return grouping->values + column * grouping->row_count;
}

static bool is_in_group(const struct grouping *grouping, const struct row_group *group,
                        const struct row_group *wanted, const struct columns *columns)
{
    if (group->hash != wanted->hash || group->kind != wanted->kind)
        return false;
    for (size_t i = 0; i < columns->count; i++) {
        const uint32_t *values = values_of(grouping, columns->items[i]);

        if (values[group->row] != values[wanted->row])
            return false;
    }
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
        if (is_in_group(grouping, &grouping->groups[grouping->slots[at] - 1], wanted,
                        columns))
            return grouping->slots[at] - 1;
    grouping->slots[at] = group_new(grouping, wanted) + 1;
    return grouping->slots[at] - 1;
}

void grouping_by(struct grouping *grouping, const struct columns *columns)
{
    size_t count = columns != NULL ? columns->count : 0;
    uint64_t *factors = arena_array(&grouping->arena, count, uint64_t);

    for (size_t i = 0; i < count; i++)
        factors[i] = tuple_factor(i);
    grouping->count = 0;
    set_slots(grouping, SLOTS_MIN);
    for (uint32_t i = 0; i < grouping->row_count; i++) {
        unsigned kind = grouping->kinds[i];
        struct row_group wanted = { .row = i,
                                    .kind = (unsigned char)(kind & ~KIND_PLACED) };
        uint64_t hash = (uint64_t)wanted.kind << 32;
        struct row_group *group;

        for (size_t j = 0; j < count; j++)
            hash += values_of(grouping, columns->items[j])[i] * factors[j];
        wanted.hash = (uint32_t)(hash >> 32);
        grouping->group_of[i] = group_get(grouping, &wanted, columns);
        group = &grouping->groups[grouping->group_of[i]];
        group->records += grouping->records[i].all;
        group->untold += grouping->records[i].untold;
        group->placed += (kind & KIND_PLACED) != 0;
    }
}

void grouping_release(struct grouping *grouping)
{
    arena_release(&grouping->arena);
    arena_release(&grouping->own);
}
