#include "explain/matrix.h"

#include "base/order.h"

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

        rows->is_open = rows->is_open || subjects->is_open;
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
    order_sort(rows->items, rows->count, sizeof *rows->items, compare_rows);
}

/* ---- two rows of one database ---------------------------------------------------- */

static bool has_all(const struct str_list *list, const struct str_list *of)
{
    for (size_t i = 0; i < of->count; i++)
        if (!str_list_has(list, of->items[i]))
            return false;
    return true;
}

/* Every state, if there is no other row. */
static void join_states(struct arena *arena, const struct matrix_row *other,
                        struct matrix_row *row)
{
    struct protection joined = { .count = 0 };

    for (int state = 0; state < PROTECTION_COUNT; state++) {
        struct str name = str_from(protection_state_name((enum protection_state)state));

        joined.possible[state] = other == NULL || str_list_has(&row->possible, name) ||
                                 str_list_has(&other->possible, name);
        joined.count += joined.possible[state];
    }
    row->possible = names_of(arena, &joined);
    row->state = str_from(protection_name(&joined));
}

static void join_why(struct arena *arena, const struct matrix_row *other,
                     struct matrix_row *row)
{
    struct str_list why = {
        arena_array(arena, row->why.count + other->why.count + 1, struct str), 0
    };

    for (size_t i = 0; i < row->why.count; i++)
        why.items[why.count++] = row->why.items[i];
    for (size_t i = 0; i < other->why.count; i++)
        if (!str_list_has(&row->why, other->why.items[i]))
            why.items[why.count++] = other->why.items[i];
    row->why = why;
}

static bool is_selection(const struct selected_by *left,
                         const struct selected_by *right)
{
    return str_equal(left->plan, right->plan) &&
           str_equal(left->selection, right->selection) &&
           str_equal(left->code, right->code) &&
           str_equal(left->because, right->because);
}

/* The plans that take it by both. */
static void join_selected(struct arena *arena, const struct matrix_row *other,
                          struct matrix_row *row)
{
    struct selected_by *both =
        arena_array(arena, row->selected_count + 1, struct selected_by);
    size_t count = 0;

    for (size_t i = 0; i < row->selected_count; i++) {
        const struct selected_by *same = NULL;

        for (size_t j = 0; j < other->selected_count && same == NULL; j++)
            if (is_selection(&row->selected_by[i], &other->selected_by[j]))
                same = &other->selected_by[j];
        if (same == NULL)
            continue;
        both[count] = row->selected_by[i];
        if (both[count].kept != same->kept)
            both[count].kept = HOLDS_MAYBE;
        if (both[count].allowance_minutes != same->allowance_minutes)
            both[count].allowance_minutes = 0;
        count++;
    }
    row->selected_by = both;
    row->selected_count = count;
}

/* What is not the same is not known; of two backups, the older is known by both. */
static void join_values(const struct matrix_row *other, struct matrix_row *row)
{
    if (row->planned != other->planned)
        row->planned = HOLDS_MAYBE;
    if (row->has_backup != other->has_backup)
        row->has_backup = HOLDS_MAYBE;
    row->has_newest = row->has_newest && other->has_newest;
    if (other->newest < row->newest)
        row->newest = other->newest;
    if (row->gap_hours < other->gap_hours || row->gap_hours > other->gap_hours)
        row->gap_hours = 0;
    if (row->retention_days != other->retention_days ||
        row->keeps_for_ever != other->keeps_for_ever) {
        row->retention_days = 0;
        row->keeps_for_ever = false;
    }
    if (!str_equal(row->engine, other->engine))
        row->engine = STR_NONE;
    if (!str_equal(row->family, other->family))
        row->family = STR_NONE;
}

void matrix_row_agree(struct arena *arena, const struct matrix_row *other,
                      struct matrix_row *row)
{
    static const struct matrix_row nothing = { .planned = HOLDS_MAYBE,
                                               .has_backup = HOLDS_MAYBE,
                                               .state = { "undetermined", 12 } };
    const struct matrix_row *by = other != NULL ? other : &nothing;
    const bool is_weaker = other != NULL && has_all(&row->possible, &by->possible);

    if (!is_weaker && other != NULL && has_all(&by->possible, &row->possible))
        row->because = by->because;
    else if (!is_weaker)
        row->because =
            str_from(reason_text(arena, SAYS(SAY_DISAGREEMENT_OF_LISTS,
                                             .texts = { row->state, by->state })));
    join_states(arena, other, row);
    join_why(arena, by, row);
    join_selected(arena, by, row);
    join_values(by, row);
}
