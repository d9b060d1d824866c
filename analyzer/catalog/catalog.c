#include "catalog/catalog.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

enum {
    PARENTS_DEPTH_MAX = 9, /* of parts of parts: one more than there may be */
};

struct catalog *catalog_new(struct arena *arena)
{
    struct catalog *catalog = arena_new(arena, struct catalog);

    *catalog = (struct catalog){
        .arena = arena,
        .lists = TABLE_EMPTY(arena),
    };
    return catalog;
}

void catalog_put_type(struct catalog *catalog, const struct type *type)
{
    assert(type->index == catalog->type_count);
    catalog->types =
        arena_grow(catalog->arena, (void *)catalog->types, catalog->type_count,
                   &catalog->type_capacity, sizeof(struct type *));
    catalog->types[catalog->type_count++] = type;
}

static void add_to_list(struct catalog *catalog, const struct call *call)
{
    struct call_list **slot =
        (struct call_list **)table_slot(&catalog->lists, call->list);
    struct call_list *list = *slot;

    if (list == NULL)
        list = *slot = arena_new(catalog->arena, struct call_list);
    list->items = arena_grow(catalog->arena, (void *)list->items, list->count,
                             &list->capacity, sizeof(struct call *));
    list->items[list->count++] = call;
}

void catalog_put_call(struct catalog *catalog, const struct call *call)
{
    catalog->calls =
        arena_grow(catalog->arena, (void *)catalog->calls, catalog->call_count,
                   &catalog->call_capacity, sizeof(struct call *));
    catalog->calls[catalog->call_count++] = call;
    if (call->answer == ANSWER_LIST && call->list.len > 0)
        add_to_list(catalog, call);
}

struct str aws_words_of(struct str file)
{
    while (str_starts_with(file, STR("#"))) {
        size_t end = str_find(file, STR("\n"));

        file = str_slice(file, end != SIZE_MAX ? end + 1 : file.len, file.len);
    }
    return file;
}

void catalog_add_tables(struct catalog *catalog, const struct catalog_tables *tables)
{
    catalog->aws = tables->aws;
    for (size_t i = 0; i < tables->type_count; i++)
        catalog_put_type(catalog, &tables->types[i]);
    for (size_t i = 0; i < tables->call_count; i++)
        catalog_put_call(catalog, &tables->calls[i]);
}

static const char *behind_colons(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon != NULL ? colon + 1 : name;
}

const char *catalog_suggestion(const struct catalog *catalog, struct arena *arena,
                               struct str name)
{
    const char **names = arena_array(arena, catalog->type_count, const char *);
    const char *found;

    for (size_t i = 0; i < catalog->type_count; i++)
        names[i] = catalog->types[i]->name.text;
    if (suggest(name, names, catalog->type_count) != NULL)
        return suggestion(arena, name, names, catalog->type_count);
    /* as people call them: DBInstance */
    for (size_t i = 0; i < catalog->type_count; i++)
        names[i] = behind_colons(names[i]);
    found = suggest(name, names, catalog->type_count);
    for (size_t i = 0; i < catalog->type_count; i++)
        if (found == names[i] && found != NULL)
            return arena_printf(arena, " (did you mean '%.*s'?)",
                                STR_ARG(catalog->types[i]->name));
    return "";
}

static void resolve_parent(const struct catalog *catalog, struct call *call,
                           struct mistakes *mistakes)
{
    call->parent_type = catalog_type(catalog, call->parent_name);
    if (call->parent_type == NULL)
        mistakes_error(mistakes, call->parent_place, "unknown type '%s'%s",
                       call->parent_name.text,
                       catalog_suggestion(catalog, mistakes->arena, call->parent_name));
}

/* False: nothing was changed. */
static bool deepen(const struct catalog *catalog, unsigned *depths)
{
    bool any = false;

    for (size_t i = 0; i < catalog->call_count; i++) {
        const struct call *call = catalog->calls[i];
        unsigned *depth = &depths[call->type->index];

        if (call->parent_type != NULL && *depth <= depths[call->parent_type->index]) {
            *depth = depths[call->parent_type->index] + 1;
            any = true;
        }
    }
    return any;
}

/* What is a part of itself would be as deep as one likes. */
static void check_depths(const struct catalog *catalog, struct mistakes *mistakes)
{
    unsigned *depths = arena_array(catalog->arena, catalog->type_count, unsigned);

    for (size_t i = 0; i < PARENTS_DEPTH_MAX && deepen(catalog, depths); i++)
        ;
    for (size_t i = 0; i < catalog->type_count; i++) {
        if (depths[i] >= PARENTS_DEPTH_MAX) {
            mistakes_error(mistakes, catalog->types[i]->place,
                           "'%s' is a part of a part, and so on, more than %d deep: is "
                           "it one of itself?",
                           catalog->types[i]->name.text, PARENTS_DEPTH_MAX - 1);
        }
    }
}

void catalog_finish(struct catalog *catalog, struct mistakes *mistakes)
{
    for (size_t i = 0; i < catalog->unresolved_count; i++)
        resolve_parent(catalog, catalog->unresolved[i], mistakes);
    catalog->unresolved_count = 0;
    catalog->is_parent = arena_array(catalog->arena, catalog->type_count, bool);
    for (size_t i = 0; i < catalog->call_count; i++)
        if (catalog->calls[i]->parent_type != NULL)
            catalog->is_parent[catalog->calls[i]->parent_type->index] = true;
    check_depths(catalog, mistakes);
}

const struct type *catalog_type(const struct catalog *catalog, struct str name)
{
    for (size_t i = 0; i < catalog->type_count; i++)
        if (str_equal(catalog->types[i]->name, name))
            return catalog->types[i];
    return NULL;
}

const struct call *catalog_call(const struct catalog *catalog, struct str name)
{
    for (size_t i = 0; i < catalog->call_count; i++)
        if (str_equal(catalog->calls[i]->name, name))
            return catalog->calls[i];
    return NULL;
}

const struct call_list *catalog_list(const struct catalog *catalog, struct str key)
{
    return table_find(&catalog->lists, key);
}

bool catalog_is_parent(const struct catalog *catalog, const struct type *type)
{
    return catalog->is_parent[type->index];
}

static const struct type_field *find_field(const struct type_field *fields,
                                           size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(fields[i].name, name))
            return &fields[i];
    return NULL;
}

bool type_has_field(const struct type *type, struct str field)
{
    if (field.len == 0)
        return false;
    if (str_equal(field, type->id) || str_equal(field, type->arn) ||
        type_always(type, field) != NULL || str_list_has(&type->time, field) ||
        find_field(type->fields, type->field_count, field) != NULL ||
        str_list_has(&type->told_by, field) || str_list_has(&type->narrowed_by, field))
        return true;
    for (size_t i = 0; i < type->call_count; i++)
        if (str_equal(field, type->calls[i]->parent_key))
            return true;
    return false;
}

static void add_name(struct str_list *list, struct str name)
{
    if (name.len > 0 && !str_list_has(list, name))
        list->items[list->count++] = name;
}

static void add_names(struct str_list *list, const struct str_list *names)
{
    for (size_t i = 0; i < names->count; i++)
        add_name(list, names->items[i]);
}

struct str_list type_fields(struct arena *arena, const struct type *type)
{
    size_t capacity = 2 + type->always_count + type->time.count + type->field_count +
                      type->told_by.count + type->narrowed_by.count + type->call_count;
    struct str_list list = { arena_array(arena, capacity, struct str), 0 };

    add_name(&list, type->id);
    add_name(&list, type->arn);
    for (size_t i = 0; i < type->always_count; i++)
        add_name(&list, type->always[i].name);
    add_names(&list, &type->time);
    for (size_t i = 0; i < type->field_count; i++)
        add_name(&list, type->fields[i].name);
    add_names(&list, &type->told_by);
    add_names(&list, &type->narrowed_by);
    for (size_t i = 0; i < type->call_count; i++)
        add_name(&list, type->calls[i]->parent_key);
    return list;
}

const struct type_field *type_always(const struct type *type, struct str field)
{
    return find_field(type->always, type->always_count, field);
}

enum field_kind type_field_kind(const struct type *type, struct str field)
{
    const struct type_field *found = type_always(type, field);

    if (found == NULL)
        found = find_field(type->fields, type->field_count, field);
    if (found != NULL)
        return found->kind;
    return field.len > 0 && (str_equal(field, type->id) || str_equal(field, type->arn))
               ? FIELD_STRING
               : FIELD_ANY;
}

bool field_kind_matches(enum field_kind kind, const json_t *value)
{
    switch (kind) {
    case FIELD_STRING:
        return json_is_string(value);
    case FIELD_NUMBER:
        return json_is_number(value);
    case FIELD_BOOLEAN:
        return json_is_boolean(value);
    case FIELD_ARRAY:
        return json_is_array(value);
    case FIELD_OBJECT:
        return json_is_object(value);
    case FIELD_KIND_COUNT:
        break;
    }
    return false;
}

/* Not as null, either: other SDKs print null for what is absent, and so does a
 * projection of a record that lacks it. */
static bool record_has_field(const json_t *record, struct str field)
{
    const json_t *value = json_object_getn(record, field.text, field.len);

    return value != NULL && !json_is_null(value);
}

const char *const members_beside[BESIDE_COUNT] = {
    "NextToken", "ResponseMetadata", /* boto3 */
    "ResultMetadata",                /* Go */
    "$metadata",                     /* JavaScript */
};

/* Whether no member is left but those that tell the call. */
static bool is_alone(const struct call *call, const json_t *fields, size_t member_count)
{
    size_t expected = call->answer == ANSWER_MAP ? 1 : call->has.count;

    for (size_t i = 0; i < BESIDE_COUNT; i++)
        expected += json_object_get(fields, members_beside[i]) != NULL;
    return member_count == expected;
}

static bool is_answer(const struct call *call, const json_t *fields,
                      size_t member_count)
{
    if (call->alone && !is_alone(call, fields, member_count))
        return false;
    if (call->answer == ANSWER_MAP)
        return json_is_object(
            json_object_getn(fields, call->list.text, call->list.len));
    if (call->answer != ANSWER_DOCUMENT || call->has.count == 0)
        return false;
    for (size_t i = 0; i < call->has.count; i++)
        if (!record_has_field(fields, call->has.items[i]))
            return false;
    for (size_t i = 0; i < call->lacks.count; i++)
        if (record_has_field(fields, call->lacks.items[i]))
            return false;
    return true;
}

const struct call *catalog_document(const struct catalog *catalog, const json_t *fields,
                                    size_t member_count, const struct call *named)
{
    const struct call *least = NULL;

    if (json_object_size(fields) == 0)
        return NULL; /* a list is all that it holds, as most that are empty */
    for (size_t i = 0; i < catalog->call_count; i++) {
        const struct call *call = catalog->calls[i];

        if (!is_answer(call, fields, member_count))
            continue;
        if (named != NULL && str_equal(call->name, named->name))
            return call;
        if (least == NULL || (call->type == least->type && call->gives > least->gives))
            least = call;
    }
    return least;
}

static size_t count_fields(const json_t *record, const struct str_list *fields)
{
    size_t count = 0;

    for (size_t i = 0; i < fields->count; i++)
        count += record_has_field(record, fields->items[i]);
    return count;
}

const struct type *catalog_record(const struct catalog *catalog, const json_t *record)
{
    for (size_t i = 0; i < catalog->type_count; i++) {
        const struct type *type = catalog->types[i];

        if (count_fields(record, &type->told_by) > 0 &&
            count_fields(record, &type->told_with) == type->told_with.count &&
            count_fields(record, &type->told_without) == 0)
            return type;
    }
    return NULL;
}
