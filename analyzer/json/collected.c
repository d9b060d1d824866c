#include "json/collected.h"

#include "json/build.h"
#include "json/scanner.h"

void collected_drop(struct collected *collected)
{
    json_decref(collected->value);
    json_decref(collected->empty);
    *collected = (struct collected){ .integers = collected->integers };
}

/* NULL: it is unusable, which is noted. */
static json_t *build(struct collected *collected, struct scanner *scanner,
                     const char *at, const struct position *start)
{
    json_t *value = build_value(&scanner->scratch, collected->integers, &at);

    if (value == NULL && !collected->is_unusable) {
        collected->is_unusable = true;
        collected->unusable_at = *start;
    }
    return value;
}

static void put(struct collected *collected, const struct str *key, json_t *value)
{
    if (key == NULL)
        collected->value = value;
    else
        json_object_setn_new_nocheck(collected->value, key->text, key->len, value);
}

void collected_open(struct collected *collected, const struct str *key, json_t *value,
                    const struct projection *list)
{
    put(collected, key, value);
    collected->list = value;
    if (list != NULL && list->each != NULL)
        list->each(list->each_object, NULL, value);
}

void collected_value(struct collected *collected, struct scanner *scanner,
                     const struct str *key, const char *at,
                     const struct position *start)
{
    json_t *value = build(collected, scanner, at, start);

    if (value != NULL)
        put(collected, key, value);
}

/* ---- elements -------------------------------------------------------------------- */

static json_t *build_fields(struct collected *collected, struct scanner *scanner,
                            const struct projection *projection,
                            const struct position *start)
{
    json_t *object;

    if (projection->count == 0) {
        if (collected->empty == NULL)
            collected->empty = json_object();
        return json_incref(collected->empty);
    }
    object = json_object();
    for (size_t i = 0; i < projection->count; i++) {
        struct str name = projection->fields[i].name;
        json_t *value = NULL;

        if (scanner->found[i] != NULL)
            value = build(collected, scanner, scanner->found[i], start);
        if (value != NULL)
            json_object_setn_new_nocheck(object, name.text, name.len, value);
    }
    return object;
}

void collected_element(struct collected *collected, struct scanner *scanner,
                       const char *at, const struct projection *list,
                       const struct position *start)
{
    json_t *element;

    if (list == NULL)
        return;
    element = *at == '{' && !list->whole ? build_fields(collected, scanner, list, start)
                                         : build(collected, scanner, at, start);
    if (element == NULL)
        return;
    if (list->each == NULL) {
        json_array_append_new(collected->list, element);
        return;
    }
    list->each(list->each_object, element, collected->list);
    json_decref(element);
}
