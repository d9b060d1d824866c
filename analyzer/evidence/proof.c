#include "evidence/proof.h"

bool type_has_arn(const struct type *type, struct pattern_match *match, struct str text)
{
    return type->arn_form != NULL && pattern_matches(type->arn_form, match, text);
}

const struct type *catalog_arn(const struct catalog *catalog,
                               struct pattern_match *match, struct str text)
{
    for (size_t i = 0; i < catalog->type_count; i++)
        if (type_has_arn(catalog->types[i], match, text))
            return catalog->types[i];
    return NULL;
}

bool proof_add(const struct type *type, struct pattern_match *match, struct str id,
               const json_t *unusable, json_t *fields)
{
    bool matches = false;
    const char *key;
    json_t *value;

    for (size_t i = 0; i < type->from_id_count; i++) {
        if (!pattern_matches(type->from_id[i].pattern, match, id))
            continue;
        matches = true;
        /* A copy: the catalog is every thread's. */
        json_object_foreach(type->from_id[i].fields, key,
                            value) if (json_object_get(fields, key) == NULL &&
                                       json_object_get(unusable, key) == NULL)
            json_object_set_new(fields, key, json_deep_copy(value));
    }
    return matches;
}
