#include "gather/plan.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ALWAYS_MAX = 64 };

struct plans {
    struct arena *arena;
    const struct measures *measures;
    struct plan *first; /* the last that was used */
    struct str *values; /* of the record at hand */
    size_t capacity;
    struct arena scratch; /* of one record */
};

static void plans_release(void *object)
{
    struct plans *plans = object;

    arena_release(&plans->scratch);
}

struct plans *plans_new(struct arena *arena, const struct measures *measures)
{
    struct plans *plans = arena_new(arena, struct plans);

    plans->arena = arena;
    plans->measures = measures;
    arena_on_release(arena, plans_release, plans);
    return plans;
}

static size_t add(struct arena *arena, struct plan *plan, struct str name)
{
    if (name.text == NULL)
        return SIZE_MAX;
    for (size_t i = 0; i < plan->count; i++)
        if (str_equal(plan->names[i], name))
            return i;
    plan->names = arena_grow(arena, plan->names, plan->count, &plan->name_capacity,
                             sizeof *plan->names);
    plan->numbers = arena_grow(arena, plan->numbers, plan->count,
                               &plan->number_capacity, sizeof *plan->numbers);
    plan->names[plan->count] = name;
    plan->numbers[plan->count] =
        plan->projection != NULL ? projection_number(plan->projection, name) : SIZE_MAX;
    return plan->count++;
}

static size_t *add_list(struct arena *arena, struct plan *plan,
                        const struct str_list *names)
{
    size_t *fields = arena_array(arena, names->count, size_t);

    for (size_t i = 0; i < names->count; i++)
        fields[i] = add(arena, plan, names->items[i]);
    return fields;
}

static void add_mark(struct arena *arena, struct plan *plan,
                     const struct str_list *fields, struct plan_mark mark)
{
    for (size_t i = 0; i < fields->count; i++) {
        mark.field = add(arena, plan, fields->items[i]);
        plan->marks[plan->mark_count++] = mark;
    }
}

static void add_marks(struct arena *arena, struct plan *plan)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->candidates->count; i++)
        count += plan->candidates->items[i]->record_has.count +
                 plan->candidates->items[i]->record_lacks.count;
    plan->marks = arena_array(arena, count, struct plan_mark);
    for (size_t i = 0; i < plan->candidates->count && i < CANDIDATES_MAX; i++) {
        const struct call *call = plan->candidates->items[i];
        struct plan_mark mark = { .mark = (unsigned char)(1u << i) };

        add_mark(arena, plan, &call->record_has, mark);
        mark.against = true;
        add_mark(arena, plan, &call->record_lacks, mark);
    }
}

static struct plan *plan_new(struct plans *plans, const struct type *type,
                             const struct projection *projection,
                             const struct call_list *candidates)
{
    const struct measures_of_type *measures = &plans->measures->by_type[type->index];
    struct arena *arena = plans->arena;
    struct plan *plan = arena_new(arena, struct plan);

    assert(type->always_count <= ALWAYS_MAX);
    *plan = (struct plan){ .type = type,
                           .projection = projection,
                           .candidates = candidates,
                           .measures = measures };
    plan->id = add(arena, plan, type->id);
    plan->arn = add(arena, plan, type->arn);
    plan->region_status =
        is_region_list(type) ? add(arena, plan, STR(REGION_STATUS)) : SIZE_MAX;
    plan->narrowed = add_list(arena, plan, &type->narrowed_by);
    plan->parents = add_list(arena, plan, &measures->parent_keys);
    plan->always = arena_array(arena, type->always_count, size_t);
    for (size_t i = 0; i < type->always_count; i++)
        plan->always[i] = add(arena, plan, type->always[i].name);
    plan->columns = arena_array(arena, measures->column_count, size_t);
    for (size_t i = 0; i < measures->column_count; i++)
        plan->columns[i] = add(arena, plan, measures->columns[i].name);
    plan->extremes = arena_array(arena, measures->extreme_count, size_t);
    for (size_t i = 0; i < measures->extreme_count; i++)
        plan->extremes[i] = add(arena, plan, measures->extremes[i].name);
    if (candidates != NULL)
        add_marks(arena, plan);
    if (plan->count > plans->capacity) {
        plans->capacity = plan->count;
        plans->values = arena_array(arena, plan->count, struct str);
    }
    return plan;
}

const struct plan *plan_find(struct plans *plans, const struct type *type,
                             const struct projection *projection,
                             const struct call_list *candidates)
{
    struct plan **at = &plans->first, *plan = *at;

    while (plan != NULL && (plan->type != type || plan->projection != projection ||
                            plan->candidates != candidates)) {
        at = &plan->next;
        plan = *at;
    }
    if (plan == NULL)
        plan = plan_new(plans, type, projection, candidates);
    else if (at == &plans->first)
        return plan;
    else
        *at = plan->next;
    /* to the front: the next record is of the same, most likely */
    plan->next = plans->first;
    plans->first = plan;
    return plan;
}

/* Of a number that no value could be made of, one that none can. */
static struct str made_text(struct arena *scratch, const struct record *record,
                            struct str name)
{
    const json_t *value = json_object_getn(record->made, name.text, name.len);
    char *dumped;
    struct str text;

    if (json_object_getn(record->made_unusable, name.text, name.len) != NULL)
        return STR("1e999");
    if (value == NULL)
        return STR_NONE;
    dumped = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    assert(dumped != NULL);
    text = str_copy(scratch, str_from(dumped));
    free(dumped);
    return text;
}

struct str reduced_text(struct plans *plans, const struct reduced *reduced,
                        size_t field)
{
    struct str json = field != SIZE_MAX ? reduced->values[field] : STR_NONE, text;
    json_t *value;

    if (json.text == NULL || json.text[0] != '"')
        return STR_NONE;
    text = (struct str){ json.text + 1, json.len - 2 };
    if (memchr(text.text, '\\', text.len) == NULL)
        return text;
    value = json_of_text(json);
    text = str_copy(&plans->scratch, (struct str){ json_string_value(value),
                                                   json_string_length(value) });
    json_decref(value);
    return text;
}

bool reduced_has(const struct reduced *reduced, size_t field)
{
    return field != SIZE_MAX && reduced->values[field].text != NULL &&
           reduced->values[field].text[0] != 'n';
}

void plan_reduce(struct plans *plans, const struct plan *plan,
                 const struct record *record, struct reduced *reduced)
{
    unsigned marks = 0, against = 0;

    arena_reset(&plans->scratch);
    if (record->kind != RECORD_OBJECT)
        memset(plans->values, 0, plan->count * sizeof *plans->values);
    else if (plan->projection != NULL)
        record_fields_json(record, plan->numbers, plan->count, plans->values);
    else
        for (size_t i = 0; i < plan->count; i++)
            plans->values[i] = made_text(&plans->scratch, record, plan->names[i]);
    *reduced = (struct reduced){ plan, record, plans->values, STR_NONE, 0, 0 };
    reduced->id = reduced_text(plans, reduced, plan->id);
    for (size_t i = 0; i < plan->mark_count; i++) {
        if (!reduced_has(reduced, plan->marks[i].field))
            continue;
        if (plan->marks[i].against)
            against |= plan->marks[i].mark;
        else
            marks |= plan->marks[i].mark;
    }
    reduced->marks = (unsigned char)marks;
    reduced->against = (unsigned char)against;
}

/* ---- what AWS always prints --------------------------------------------------------
 */

/* Whether the text may hold a number that no value can be made of: only long ones and
 * those with an exponent. */
static bool may_be_unusable(struct str text)
{
    size_t digits = 0;

    for (size_t i = 0; i < text.len; i++) {
        bool is_exponent = text.text[i] == 'e' || text.text[i] == 'E';

        if (digits > 0 && is_exponent)
            return true;
        digits = is_digit(text.text[i]) ? digits + 1 : 0;
        if (digits > 15)
            return true;
    }
    return false;
}

static bool is_usable(struct str json)
{
    json_t *value;

    if (json.text[0] == '"' || !may_be_unusable(json))
        return true;
    value = json_of_text(json);
    json_decref(value);
    return value != NULL;
}

static bool is_of_kind(enum field_kind kind, char start)
{
    switch (kind) {
    case FIELD_STRING:
        return start == '"';
    case FIELD_NUMBER:
        return start == '-' || is_digit(start);
    case FIELD_BOOLEAN:
        return start == 't' || start == 'f';
    case FIELD_ARRAY:
        return start == '[';
    case FIELD_OBJECT:
        return start == '{';
    case FIELD_KIND_COUNT:
        break;
    }
    assert(false);
    return false;
}

void reduced_always(const struct reduced *reduced, uint64_t *missing, bool *wrong)
{
    const struct plan *plan = reduced->plan;

    *missing = 0;
    *wrong = false;
    for (size_t i = 0; i < plan->type->always_count; i++) {
        struct str json = reduced->values[plan->always[i]];

        if (json.text == NULL || !is_usable(json))
            *missing |= UINT64_C(1) << i;
        else if (!is_of_kind(plan->type->always[i].kind, json.text[0]))
            *wrong = true;
    }
}
