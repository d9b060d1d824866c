#include "judge/selection_read.h"

/* Absent, where it is no text. */
static struct str text_of(const json_t *value)
{
    return json_is_string(value)
               ? (struct str){ json_string_value(value), json_string_length(value) }
               : STR_NONE;
}

/* What it has of a list, *is_whole: and that this is all of it; NULL: nothing. */
static const json_t *list_of(const json_t *object, const char *key, bool *is_whole)
{
    const json_t *list = json_object_get(object, key);

    if (list != NULL && !json_is_null(list))
        *is_whole = json_is_array(list);
    return json_is_array(list) ? list : NULL;
}

static void arns_read(struct arena *arena, const json_t *criteria, const char *key,
                      struct selection_arns *arns)
{
    const json_t *list = list_of(criteria, key, &arns->is_whole);

    arns->list.count = json_array_size(list);
    arns->list.items = arena_array(arena, arns->list.count, struct str);
    for (size_t i = 0; i < arns->list.count; i++)
        arns->list.items[i] = text_of(json_array_get(list, i));
}

static struct selection_tag tag_of(const json_t *entry, struct str comparison)
{
    return (struct selection_tag){ comparison,
                                   text_of(json_object_get(entry, "ConditionKey")),
                                   text_of(json_object_get(entry, "ConditionValue")) };
}

static void list_of_tags_read(struct arena *arena, const json_t *criteria,
                              struct selection_tags *tags)
{
    const json_t *list = list_of(criteria, "ListOfTags", &tags->is_whole);

    tags->count = json_array_size(list);
    tags->items = arena_array(arena, tags->count, struct selection_tag);
    for (size_t i = 0; i < tags->count; i++) {
        const json_t *entry = json_array_get(list, i);

        tags->items[i] =
            tag_of(entry, text_of(json_object_get(entry, "ConditionType")));
    }
}

/* Of one operator: its conditions are added behind `tags`. */
static void conditions_add(const char *word, const json_t *list,
                           struct selection_tags *tags)
{
    if (!json_is_array(list) && !json_is_null(list))
        tags->is_whole = false;
    for (size_t i = 0; i < json_array_size(list); i++)
        tags->items[tags->count++] = tag_of(json_array_get(list, i), str_from(word));
}

static void conditions_read(struct arena *arena, const json_t *criteria,
                            struct selection_tags *tags)
{
    json_t *conditions = json_object_get(criteria, "Conditions");
    size_t count = 0;

    if (conditions != NULL && !json_is_null(conditions))
        tags->is_whole = json_is_object(conditions);
    for (void *at = json_object_iter(conditions); at != NULL;
         at = json_object_iter_next(conditions, at))
        count += json_array_size(json_object_iter_value(at));
    tags->items = arena_array(arena, count, struct selection_tag);
    for (void *at = json_object_iter(conditions); at != NULL;
         at = json_object_iter_next(conditions, at))
        conditions_add(json_object_iter_key(at), json_object_iter_value(at), tags);
}

void selection_read(struct arena *arena, const json_t *criteria, bool is_whole,
                    struct selection *selection)
{
    *selection = (struct selection){ 0 };
    if (!json_is_object(criteria))
        return;
    selection->resources.is_whole = is_whole;
    selection->not_resources.is_whole = is_whole;
    selection->list_of_tags.is_whole = is_whole;
    selection->conditions.is_whole = is_whole;
    arns_read(arena, criteria, "Resources", &selection->resources);
    arns_read(arena, criteria, "NotResources", &selection->not_resources);
    list_of_tags_read(arena, criteria, &selection->list_of_tags);
    conditions_read(arena, criteria, &selection->conditions);
}

void tags_read(struct arena *arena, const json_t *tag_list, struct tag_list *tags)
{
    *tags = (struct tag_list){ .is_whole = json_is_array(tag_list) };
    tags->items = arena_array(arena, json_array_size(tag_list), struct tag);
    for (size_t i = 0; i < json_array_size(tag_list); i++) {
        const json_t *tag = json_array_get(tag_list, i);
        struct str key = text_of(json_object_get(tag, "Key"));

        if (key.text == NULL)
            tags->is_whole = false;
        else
            tags->items[tags->count++] =
                (struct tag){ .key = key,
                              .value = text_of(json_object_get(tag, "Value")) };
    }
}

void opt_ins_read(const json_t *preference, struct opt_ins *opt_ins)
{
    for (unsigned type = 0; type < OPT_IN_TYPE_COUNT; type++) {
        const json_t *value = json_object_get(preference, opt_in_type_name(type));

        opt_ins->of[type] = !json_is_boolean(value) ? OPT_IN_UNKNOWN
                            : json_is_true(value)   ? OPT_IN_ON
                                                    : OPT_IN_OFF;
    }
}
