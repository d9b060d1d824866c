#include "gather/alike.h"

#include <string.h>

static bool has_field(const struct group *group, size_t number)
{
    for (size_t i = 0; i < group->field_count; i++)
        if (group->fields[i] == number)
            return true;
    return false;
}

/* The fields that the filter reads, as a group that is not yet one. */
static struct group group_of(const struct measure *measure,
                             const struct projection *projection)
{
    struct group group = { .by_record = true, .of_texts = true };

    if (projection == NULL || measure->fact->fields.whole)
        return group;
    for (size_t i = 0; i < measure->field_count; i++) {
        const struct measure_field *field = &measure->fields[i];
        size_t number = projection_number(projection, field->name);

        if (number == SIZE_MAX || group.field_count == GROUP_FIELDS)
            return (struct group){ .by_record = true };
        if (field->always != NULL && field->always->kind != FIELD_STRING)
            group.of_texts = false;
        if (has_field(&group, number))
            continue;
        group.fields[group.field_count] = number;
        group.names[group.field_count++] = field->name;
    }
    group.by_record = false;
    return group;
}

static bool same_fields(const struct group *left, const struct group *right)
{
    if (left->by_record != right->by_record || left->field_count != right->field_count)
        return false;
    for (size_t i = 0; i < left->field_count; i++)
        if (!has_field(right, left->fields[i]))
            return false;
    return true;
}

static const struct direct *direct_form(struct arena *arena, const struct group *group,
                                        const struct measure *measure)
{
    if (group->by_record || !group->of_texts || measure->where == NULL)
        return NULL;
    return direct_of(arena, jmespath_root(measure->where), group->names,
                     group->field_count);
}

static void add_measure(struct arena *arena, struct view *view,
                        const struct measure *measure)
{
    const struct group wanted = group_of(measure, view->projection);
    struct group *group;
    size_t at = 0;

    while (at < view->group_count && !same_fields(&view->groups[at], &wanted))
        at++;
    if (at == view->group_count) {
        view->groups = arena_grow(arena, view->groups, view->group_count,
                                  &view->group_capacity, sizeof *view->groups);
        view->groups[view->group_count++] = wanted;
    }
    group = &view->groups[at];
    group->members = arena_grow(arena, group->members, group->member_count,
                                &group->member_capacity, sizeof *group->members);
    group->members[group->member_count++] =
        (struct member){ measure, direct_form(arena, group, measure) };
}

static struct view *view_new(struct arena *arena, const struct measures *measures,
                             const struct type *type,
                             const struct projection *projection)
{
    static const char starts[] = {
        [FIELD_STRING] = '"', [FIELD_NUMBER] = '0', [FIELD_BOOLEAN] = 't',
        [FIELD_ARRAY] = '[',  [FIELD_OBJECT] = '{',
    };
    const struct measures_of_type *of_type = &measures->by_type[type->index];
    struct view *view = arena_new(arena, struct view);

    view->type = type;
    view->projection = projection;
    for (size_t i = 0; i < of_type->count; i++)
        add_measure(arena, view, of_type->items[i]);
    if (projection == NULL)
        return view;
    view->id =
        type->id.text != NULL ? projection_number(projection, type->id) : SIZE_MAX;
    view->arn =
        type->arn.text != NULL ? projection_number(projection, type->arn) : SIZE_MAX;
    view->always = arena_array(arena, type->always_count, struct always_number);
    for (size_t i = 0; i < type->always_count; i++) {
        view->always[i] = (struct always_number){
            .number = projection_number(projection, type->always[i].name),
            .start = starts[type->always[i].kind],
        };
    }
    return view;
}

struct view *view_find(struct views *views, const struct type *type,
                       const struct projection *projection)
{
    struct view **at = &views->first, *view = *at;

    while (view != NULL && (view->type != type || view->projection != projection)) {
        at = &view->next;
        view = *at;
    }
    if (view == NULL)
        view = view_new(views->arena, views->measures, type, projection);
    else if (at == &views->first)
        return view;
    else
        *at = view->next;
    /* to the front: the next record is of the same, most likely */
    view->next = views->first;
    views->first = view;
    return view;
}

/* Of a number, true or false: the same first byte for all. */
static char kind_of_start(char start)
{
    if (start == '-' || is_digit(start))
        return '0';
    if (start == 'f')
        return 't';
    return start;
}

bool view_is_trimmed(const struct view *view, const struct record *record,
                     const struct str_list *silent)
{
    if (view->projection == NULL)
        return record_is_trimmed(view->type, record, silent);
    for (size_t i = 0; i < view->type->always_count; i++) {
        const struct always_number *always = &view->always[i];

        char start = kind_of_start(record_field_start(record, always->number));

        if (start == '\0' && silent != NULL &&
            str_list_has(silent, view->type->always[i].name))
            continue;
        if (start != always->start)
            return true;
        /* of what may hold a number that is unusable, the value has to tell */
        if (always->start != '"' && always->start != 't' &&
            record_field_alike(record, always->number) == 0)
            return record_is_trimmed(view->type, record, silent);
    }
    return false;
}

/* ---- counting ----------------------------------------------------------------------
 */

static void settle(struct seen *seen)
{
    for (size_t i = 0; i < seen->judged_count && seen->pending > 0; i++) {
        struct tally *tally = &seen->pending_of[seen->judged[i].measure->slot];

        tally_add_alike(tally, seen->judged[i].truth, seen->pending);
    }
    seen->pending = 0;
    seen->pending_of = NULL;
}

void views_settle(struct views *views)
{
    for (struct seen *seen = views->listed; seen != NULL; seen = seen->next) {
        settle(seen);
        seen->is_listed = false;
    }
    views->listed = NULL;
}

bool seen_count(struct seen *seen, const struct tally *tallies)
{
    if (seen->pending_of != tallies)
        return false;
    seen->pending++;
    return true;
}

void seen_added(struct views *views, struct seen *seen, struct tally *tallies)
{
    if (seen->has_extreme)
        return;
    for (size_t i = 0; i < seen->judged_count; i++)
        if (seen->judged[i].truth == TRUTH_TRUE &&
            !tally_is_cited(&tallies[seen->judged[i].measure->slot]))
            return;
    settle(seen);
    seen->pending_of = tallies;
    if (seen->is_listed)
        return;
    seen->is_listed = true;
    seen->next = views->listed;
    views->listed = seen;
}

/* ---- what was seen -----------------------------------------------------------------
 */

struct seen *group_seen(struct views *views, struct group *group,
                        const struct record *record, const struct gaps *gaps)
{
    uint64_t alike[GROUP_FIELDS] = { 0 }, hash = gaps->trimmed;
    struct seen *seen;

    for (size_t i = 0; i < group->field_count; i++) {
        alike[i] = record_field_alike(record, group->fields[i]);
        if (alike[i] == 0)
            return NULL;
        hash = hash * 31 + alike[i];
    }
    if (group->seen == NULL)
        group->seen = arena_array(views->arena, SEEN_KEPT, struct seen);
    seen = &group->seen[hash & (SEEN_KEPT - 1)];
    if (seen->is_judged && seen->gaps.trimmed == gaps->trimmed &&
        seen->gaps.silent == gaps->silent &&
        memcmp(seen->alike, alike, sizeof alike) == 0)
        return seen;
    settle(seen);
    seen->is_judged = seen->undecided = seen->otherwise = seen->has_extreme = false;
    seen->gaps = *gaps;
    seen->truths = (struct truths){ 0, 0 };
    seen->judged_count = seen->resting_count = 0;
    memcpy(seen->alike, alike, sizeof alike);
    if (seen->judged == NULL)
        seen->judged = arena_array(views->arena, group->member_count, struct judged);
    if (seen->resting == NULL)
        seen->resting =
            arena_array(views->arena, group->member_count, const struct measure *);
    return seen;
}

bool group_texts(const struct group *group, const struct record *record,
                 struct str texts[GROUP_FIELDS])
{
    for (size_t i = 0; i < group->field_count; i++) {
        texts[i] = record_field_text(record, group->fields[i]);
        if (texts[i].text == NULL || texts[i].len > DIRECT_BYTES)
            return false;
    }
    return true;
}
