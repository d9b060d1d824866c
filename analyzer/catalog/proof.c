#include "catalog/proof.h"

#include <assert.h>

bool type_has_arn(const struct type *type, struct pattern_match *match, struct str text)
{
    return type->arn_form.len > 0 && pattern_text_matches(type->arn_form, match, text);
}

const struct type *catalog_arn(const struct catalog *catalog,
                               struct pattern_match *match, struct str text)
{
    for (size_t i = 0; i < catalog->type_count; i++)
        if (type_has_arn(catalog->types[i], match, text))
            return catalog->types[i];
    return NULL;
}

static void add_fields(struct str proven, const json_t *unusable, json_t *fields)
{
    json_t *object = json_loadb(proven.text, proven.len, JSON_ALLOW_NUL, NULL);
    const char *key;
    json_t *value;

    assert(object != NULL); /* it was printed by jansson */
    json_object_foreach(object, key, value) if (json_object_get(fields, key) == NULL &&
                                                json_object_get(unusable, key) == NULL)
        json_object_set(fields, key, value);
    json_decref(object);
}

bool proof_add(const struct type *type, struct pattern_match *match, struct str id,
               const json_t *unusable, json_t *fields)
{
    bool matches = false;

    for (size_t i = 0; i < type->from_id_count; i++) {
        if (!pattern_text_matches(type->from_id[i].pattern, match, id))
            continue;
        matches = true;
        add_fields(type->from_id[i].fields, unusable, fields);
    }
    return matches;
}
