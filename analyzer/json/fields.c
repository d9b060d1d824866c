#include "json/fields.h"

#include "json/build.h"
#include "json/records.h"

void fields_drop(struct fields *fields)
{
    json_decref(fields->value);
    json_decref(fields->unusable);
    fields->value = fields->unusable = NULL;
}

void fields_build(struct arena *scratch, struct str name, const char *at,
                  json_t *object, json_t **unusable)
{
    json_t *value = build_value(scratch, NULL, &at);

    if (value == NULL && *unusable == NULL)
        *unusable = json_object();
    json_object_setn_new_nocheck(value != NULL ? object : *unusable, name.text,
                                 name.len, value != NULL ? value : json_true());
}

json_t *record_value(const struct record *record)
{
    struct fields *fields = record->fields;

    if (fields == NULL)
        return record->made;
    if (fields->value != NULL)
        return fields->value;
    fields->value = json_object();
    for (size_t i = 0; i < fields->projection->count; i++)
        if (fields->found[i] != NULL)
            fields_build(fields->scratch, fields->projection->fields[i].name,
                         fields->found[i], fields->value, &fields->unusable);
    return fields->value;
}

json_t *record_unusable(const struct record *record)
{
    record_value(record);
    return record->fields != NULL ? record->fields->unusable : record->made_unusable;
}

const struct projection *record_projection(const struct record *record)
{
    return record->fields != NULL ? record->fields->projection : NULL;
}

/* ---- of one field, by its number ------------------------------------------------- */

/* Where the value of a field starts, or NULL: the record lacks it, or was made. */
static const char *start_of(const struct record *record, size_t number)
{
    const struct fields *fields = record->fields;

    return fields != NULL && number < fields->projection->count ? fields->found[number]
                                                                : NULL;
}

char record_field_start(const struct record *record, size_t number)
{
    const char *at = start_of(record, number);

    if (at == NULL)
        return '\0';
    return *at;
}

struct str record_field_text(const struct record *record, size_t number)
{
    const char *at = start_of(record, number);

    return at != NULL && *at == '"' ? build_string(record->fields->scratch, at)
                                    : STR_NONE;
}

void record_fields_json(const struct record *record, const size_t *numbers,
                        size_t count, struct str *texts)
{
    const struct fields *fields = record->fields;
    size_t known = fields != NULL ? fields->projection->count : 0;

    for (size_t i = 0; i < count; i++) {
        size_t number = numbers[i];
        const char *at = number < known ? fields->found[number] : NULL;

        texts[i] = at != NULL ? (struct str){ at, (size_t)(fields->ends[number] - at) }
                              : STR_NONE;
    }
}

/* ---- by its name ----------------------------------------------------------------- */

/* A member of a record that was made. */
static const json_t *made_field(const struct record *record, struct str field)
{
    return json_object_getn(record->made, field.text, field.len);
}

struct str record_text(const struct record *record, struct str field)
{
    const json_t *value;

    if (field.text == NULL)
        return STR_NONE;
    if (record->fields != NULL)
        return record_field_text(record,
                                 projection_number(record->fields->projection, field));
    value = made_field(record, field);
    return json_is_string(value)
               ? (struct str){ json_string_value(value), json_string_length(value) }
               : STR_NONE;
}

bool record_has(const struct record *record, struct str field)
{
    const json_t *value;

    if (field.text == NULL)
        return false;
    if (record->fields != NULL) {
        char start = record_field_start(
            record, projection_number(record->fields->projection, field));
        return start != '\0' && start != 'n';
    }
    value = made_field(record, field);
    return value != NULL && !json_is_null(value);
}
