#include "json/build.h"
#include "json/fields.h"
#include "json/records.h"

json_t *record_value(const struct record *record)
{
    return record->fields != NULL ? fields_value(record->fields) : record->made;
}

json_t *record_unusable(const struct record *record)
{
    return record->fields != NULL ? fields_unusable(record->fields)
                                  : record->made_unusable;
}

const struct projection *record_projection(const struct record *record)
{
    return record->fields != NULL ? record->fields->projection : NULL;
}

struct str record_text(const struct record *record, struct str field)
{
    const json_t *value;

    if (field.text == NULL)
        return STR_NONE;
    if (record->fields != NULL)
        return fields_text(record->fields,
                           projection_number(record->fields->projection, field));
    value = json_object_getn(record->made, field.text, field.len);
    if (!json_is_string(value))
        return STR_NONE;
    return (struct str){ json_string_value(value), json_string_length(value) };
}

struct str record_field_text(const struct record *record, size_t number)
{
    return fields_text(record->fields, number);
}

char record_field_start(const struct record *record, size_t number)
{
    const char *at =
        number < record->fields->count ? record->fields->found[number] : NULL;

    if (at == NULL)
        return '\0';
    return *at;
}

struct str record_field_json(const struct record *record, size_t number)
{
    const char *at;

    if (record->fields == NULL || number >= record->fields->count)
        return STR_NONE;
    at = record->fields->found[number];
    return at != NULL ? (struct str){ at, (size_t)(build_end(at) - at) } : STR_NONE;
}

uint64_t record_field_alike(const struct record *record, size_t number)
{
    return fields_alike(record->fields, number);
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
    value = json_object_getn(record->made, field.text, field.len);
    return value != NULL && !json_is_null(value);
}
