#include "state/columns.h"

#include <string.h>

static const struct kept_row extreme_rows[] = {
    { KEPT("name", struct state_extreme, name) },
    { KEPT("is_time", struct state_extreme, is_time) },
};
const struct kept_struct state_extreme_kept =
    KEPT_TABLE(extreme_rows, struct state_extreme);

static const struct kept_row type_rows[] = {
    { KEPT("type", struct state_type, name) },
    { KEPT_WORDS("columns", struct state_type, columns.items, columns.count, 0) },
    { KEPT_ITEMS("extremes", struct state_type, extremes, extreme_count, 0,
                 state_extreme_kept) },
    { KEPT("ids", struct state_type, ids) },
};
const struct kept_struct state_type_kept = KEPT_TABLE(type_rows, struct state_type);

/* ---- what is gathered ------------------------------------------------------------ */

static void describe(struct arena *arena, const struct measures_of_type *of,
                     struct state_type *type)
{
    type->ids = of->needs_ids;
    type->columns.items = arena_array(arena, of->column_count, struct str);
    type->columns.count = of->column_count;
    for (size_t i = 0; i < of->column_count; i++)
        type->columns.items[i] = of->columns[i].name;
    type->extremes = arena_array(arena, of->extreme_count, struct state_extreme);
    type->extreme_count = of->extreme_count;
    for (size_t i = 0; i < of->extreme_count; i++)
        type->extremes[i] =
            (struct state_extreme){ of->extremes[i].name, of->extremes[i].is_time };
}

void state_types_of(struct arena *arena, const struct measures *measures,
                    struct state_types *types)
{
    const struct catalog *catalog = measures->catalog;

    *types = (struct state_types){
        arena_array(arena, catalog->type_count, struct state_type), 0
    };
    for (size_t i = 0; i < catalog->type_count; i++) {
        const struct measures_of_type *of = &measures->by_type[i];
        struct state_type *type = &types->items[types->count];

        if (of->column_count == 0 && of->extreme_count == 0 && !of->needs_ids)
            continue;
        type->name = catalog->types[i]->name;
        describe(arena, of, type);
        types->count++;
    }
}

/* ---- what is read of it ---------------------------------------------------------- */

static bool lacks(const struct state_type *type, const char *what, struct str field,
                  struct error *err)
{
    return error_set(err,
                     "the states have not %s%.*s of %.*s, which these rules read: only "
                     "a scan with these rules has",
                     what, STR_ARG(field), STR_ARG(type->name));
}

static bool find_columns(struct arena *arena, const struct state_type *type,
                         const struct measures_of_type *of,
                         struct state_columns *columns, struct error *err)
{
    columns->column_count = type->columns.count;
    columns->columns = arena_array(arena, type->columns.count, size_t);
    memset(columns->columns, 0xFF, type->columns.count * sizeof(size_t));
    for (size_t i = 0; i < of->column_count; i++) {
        size_t at = 0;

        while (at < type->columns.count &&
               !str_equal(type->columns.items[at], of->columns[i].name))
            at++;
        if (at == type->columns.count)
            return lacks(type, "", of->columns[i].name, err);
        columns->columns[at] = i;
    }
    return true;
}

static bool find_extremes(struct arena *arena, const struct state_type *type,
                          const struct measures_of_type *of,
                          struct state_columns *columns, struct error *err)
{
    columns->extreme_count = type->extreme_count;
    columns->extremes = arena_array(arena, type->extreme_count, size_t);
    memset(columns->extremes, 0xFF, type->extreme_count * sizeof(size_t));
    for (size_t i = 0; i < of->extreme_count; i++) {
        const struct extreme_field *field = &of->extremes[i];
        size_t at = 0;

        while (at < type->extreme_count &&
               (!str_equal(type->extremes[at].name, field->name) ||
                type->extremes[at].is_time != field->is_time))
            at++;
        if (at == type->extreme_count)
            return lacks(type, "the least and the largest ", field->name, err);
        columns->extremes[at] = i;
    }
    return true;
}

const struct state_columns *state_columns_new(struct arena *arena,
                                              const struct state_types *types,
                                              const struct measures *measures,
                                              struct error *err)
{
    const struct catalog *catalog = measures->catalog;
    struct state_columns *columns =
        arena_array(arena, catalog->type_count, struct state_columns);

    for (size_t i = 0; i < catalog->type_count; i++) {
        const struct measures_of_type *of = &measures->by_type[i];
        struct state_type type = { .name = catalog->types[i]->name };

        for (size_t j = 0; j < types->count; j++)
            if (str_equal(types->items[j].name, type.name))
                type = types->items[j];
        if (!find_columns(arena, &type, of, &columns[i], err) ||
            !find_extremes(arena, &type, of, &columns[i], err))
            return NULL;
        if (of->needs_ids && !type.ids) {
            lacks(&type, "which records there are", STR(""), err);
            return NULL;
        }
    }
    return columns;
}
