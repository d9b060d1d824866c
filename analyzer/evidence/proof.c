#include "evidence/proof.h"

bool type_has_arn(const struct type *type, struct str text)
{
    return type->arn_form != NULL && pattern_matches(type->arn_form, text);
}

const struct type *catalog_arn(const struct catalog *catalog, struct str text)
{
    for (size_t i = 0; i < catalog->type_count; i++)
        if (type_has_arn(catalog->types[i], text))
            return catalog->types[i];
    return NULL;
}

bool proof_add(const struct type *type, struct str id, const json_t *unusable,
               json_t *fields)
{
    bool matches = false;
    const char *key;
    json_t *value;

    for (size_t i = 0; i < type->from_id_count; i++) {
        if (!pattern_matches(type->from_id[i].pattern, id))
            continue;
        matches = true;
        json_object_foreach(type->from_id[i].fields, key,
                            value) if (json_object_get(fields, key) == NULL &&
                                       json_object_get(unusable, key) == NULL)
            json_object_set(fields, key, value);
    }
    return matches;
}
