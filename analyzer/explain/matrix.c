#include "explain/matrix.h"

#include <stdlib.h>

static struct str keep(struct arena *arena, struct str text)
{
    return text.text != NULL ? str_copy(arena, text) : STR_NONE;
}

static struct str_list keep_list(struct arena *arena, const struct str_list *list)
{
    struct str_list kept = { arena_array(arena, list->count, struct str), 0 };

    for (size_t i = 0; i < list->count; i++)
        kept.items[kept.count++] = keep(arena, list->items[i]);
    return kept;
}

/* orders, cluster:shop */
static struct str short_name(const struct database_protection *database)
{
    struct arn arn;

    if (!arn_parse(database->arn, &arn))
        return database->subject->id;
    if (str_starts_with(arn.resource, STR("db:")))
        return str_slice(arn.resource, 3, arn.resource.len);
    return arn.resource;
}

static struct str_list names_of(struct arena *arena,
                                const struct protection *protection)
{
    struct str_list names = { arena_array(arena, PROTECTION_COUNT, struct str), 0 };

    for (int state = 0; state < PROTECTION_COUNT; state++)
        if (protection->possible[state])
            names.items[names.count++] =
                str_from(protection_state_name((enum protection_state)state));
    return names;
}

static struct selected_by selected_by(struct arena *arena, const struct taker *taker)
{
    const struct selection_input *of = taker->of;
    bool is_known = taker->allowance.least == taker->allowance.most;

    return (struct selected_by){
        .plan = keep(arena, of->plan->id),
        .plan_name = keep(arena, of->plan->name),
        .selection = keep(arena, of->id),
        .selection_name = keep(arena, of->name),
        .code = str_from(selection_code_name(taker->code)),
        .because = keep(arena, taker->because),
        .kept = taker->kept,
        .allowance_minutes = is_known ? (uint64_t)taker->allowance.least / 60 : 0,
    };
}

static struct matrix_row row_of(struct arena *arena, const struct cell *cell,
                                const struct database_protection *database)
{
    bool has_days = database->retention > 0 && database->retention < INT64_MAX;
    struct selected_by *selected =
        arena_array(arena, database->sure_count, struct selected_by);

    for (size_t i = 0; i < database->sure_count; i++)
        selected[i] = selected_by(arena, &database->takers[i]);
    return (struct matrix_row){
        .account = cell->scope.account,
        .region = cell->scope.region,
        .source = cell->scope.source,
        .resource = keep(arena, database->arn.text != NULL ? database->arn
                                                           : database->subject->id),
        .name = keep(arena, short_name(database)),
        .engine = keep(arena, database->engine),
        .family = keep(arena, database->family),
        .state = str_from(protection_name(&database->states)),
        .possible = names_of(arena, &database->states),
        .planned = database->planned,
        .has_backup = database->has_backup,
        .why = keep_list(arena, &database->why),
        .selected_by = selected,
        .selected_count = database->sure_count,
        .because = keep(arena, database->because),
        .gap_hours = (double)database->gap / 3600,
        .retention_days = has_days ? (uint64_t)database->retention : 0,
        .keeps_for_ever = database->retention == INT64_MAX,
        .has_newest = database->has_newest,
        .newest = database->newest,
    };
}

static int compare_rows(const void *left, const void *right)
{
    return str_compare(((const struct matrix_row *)left)->resource,
                       ((const struct matrix_row *)right)->resource);
}

void matrix_rows(struct arena *arena, const struct cells *cells,
                 const struct ruling *ruling, const struct cell *cell,
                 struct arena *scratch, struct matrix_rows *rows)
{
    const struct rule *rule = ruling->rule;

    for (size_t i = 0; i < rule->subject_count; i++) {
        const struct subjects *subjects =
            subjects_of(cells, cell, rule->subjects[i], scratch);

        for (size_t j = 0; j < subjects->count; j++) {
            const struct database_protection *database =
                protection_of(cells, ruling, cell, subjects->items[j], scratch);

            if (!database->is_member) {
                rows->items = arena_grow(arena, rows->items, rows->count,
                                         &rows->capacity, sizeof *rows->items);
                rows->items[rows->count++] = row_of(arena, cell, database);
            }
            arena_reset(scratch);
        }
    }
    if (rows->count > 0)
        qsort(rows->items, rows->count, sizeof *rows->items, compare_rows);
}
