#include "judge/nested.h"

/* What AWS prints in records of AWS Backup's plans and recovery points. */
static const struct shape {
    struct str name;
    json_type kind;
    struct str always; /* a member that it always has; or absent */
} shapes[] = {
    { { "BackupPlan", 10 }, JSON_OBJECT, { "Rules", 5 } },
    { { "Rules", 5 }, JSON_ARRAY, { NULL, 0 } },
    { { "Lifecycle", 9 }, JSON_OBJECT, { NULL, 0 } },
    { { "DeleteAfterDays", 15 }, JSON_INTEGER, { NULL, 0 } },
    { { "MoveToColdStorageAfterDays", 26 }, JSON_INTEGER, { NULL, 0 } },
    { { "ScheduleExpression", 18 }, JSON_STRING, { NULL, 0 } },
    { { "TargetBackupVaultName", 21 }, JSON_STRING, { NULL, 0 } },
    { { "CopyActions", 11 }, JSON_ARRAY, { NULL, 0 } },
};

struct nesting {
    struct arena *arena;
    bool trimmed;
    struct open_members *open;
    size_t most; /* as many as there may be behind this field */
};

static const struct shape *shape_of(struct str name)
{
    for (size_t i = 0; i < COUNT_OF(shapes); i++)
        if (str_equal(shapes[i].name, name))
            return &shapes[i];
    return NULL;
}

static void add(struct nesting *nesting, const json_t *object, struct str name)
{
    struct open_members *open = nesting->open;

    if (open->count > nesting->most)
        return;
    open->items = arena_grow(nesting->arena, open->items, open->count, &open->capacity,
                             sizeof *open->items);
    open->items[open->count++] = (struct open_member){ object, name };
}

/* A rule that is none is not known, and so are the rules. */
static bool has_kind(const struct shape *shape, const json_t *value)
{
    if (json_typeof(value) != shape->kind)
        return false;
    for (size_t i = 0; i < json_array_size(value); i++)
        if (!json_is_object(json_array_get(value, i)))
            return false;
    return true;
}

static void walk_members(struct nesting *nesting, json_t *object, bool is_record);

static void walk_value(struct nesting *nesting, json_t *value)
{
    if (json_is_object(value))
        walk_members(nesting, value, false);
    for (size_t i = 0;
         i < json_array_size(value) && nesting->open->count <= nesting->most; i++)
        walk_value(nesting, json_array_get(value, i));
}

static void walk_members(struct nesting *nesting, json_t *object, bool is_record)
{
    bool has_null = false;

    for (void *at = json_object_iter(object); at != NULL;
         at = json_object_iter_next(object, at)) {
        json_t *value = json_object_iter_value(at);
        struct str name = { json_object_iter_key(at), json_object_iter_key_len(at) };
        const struct shape *shape = shape_of(name);
        size_t before = nesting->open->count;

        if (is_record)
            nesting->most = before + NESTED_OPEN_MAX;
        has_null = has_null || json_is_null(value);
        if (shape != NULL && !json_is_null(value) && !has_kind(shape, value))
            add(nesting, object, name);
        else
            walk_value(nesting, value);
        if (shape != NULL && shape->always.text != NULL && json_is_object(value) &&
            json_object_get(value, shape->always.text) == NULL)
            add(nesting, value, shape->always);
        if (is_record && nesting->open->count > nesting->most) {
            nesting->open->count = before;
            add(nesting, object, name);
        }
    }
    if (!is_record && (nesting->trimmed || has_null))
        add(nesting, object, STR_NONE);
}

void nested_open(struct arena *arena, json_t *record, bool trimmed,
                 struct open_members *open)
{
    struct nesting nesting = { .arena = arena, .trimmed = trimmed, .open = open };

    walk_members(&nesting, record, true);
}
