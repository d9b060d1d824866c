#include "config/schema.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

enum { INDENT = 2 };

static json_t *value_schema(const struct schema *schema);

/* Takes the value over. jansson ends the program when memory does (machine.h). */
static void put(json_t *object, const char *key, json_t *value)
{
    int status = json_object_set_new(object, key, value);

    assert(status == 0);
}

static void append(json_t *list, json_t *value)
{
    int status = json_array_append_new(list, value);

    assert(status == 0);
}

static json_t *of_type(const char *type)
{
    json_t *made = json_object();

    put(made, "type", json_string(type));
    return made;
}

static json_t *texts(const char *const *items, size_t count)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++)
        append(list, json_string(items[i]));
    return list;
}

static json_t *text_schema(const struct schema *schema, bool filled)
{
    json_t *made;

    if (schema != NULL && schema->kind != SCHEMA_TEXT)
        return value_schema(schema);
    made = of_type("string");
    if (filled)
        put(made, "minLength", json_integer(1));
    if (schema != NULL && schema->pattern != NULL)
        put(made, "pattern", json_string(schema->pattern));
    return made;
}

/* As a sequence, or one alone. */
static json_t *texts_schema(const struct schema *schema)
{
    json_t *made = json_object(), *either = json_array(), *list = of_type("array");

    append(either, text_schema(schema, false));
    put(list, "items", text_schema(schema, false));
    append(either, list);
    put(made, "anyOf", either);
    return made;
}

static json_t *list_schema(const struct schema *items)
{
    json_t *made = of_type("array");

    if (items != NULL)
        put(made, "items", value_schema(items));
    return made;
}

static json_t *key_schema(const struct check_key *key, const struct schema_note *note,
                          bool filled)
{
    switch (key->kind) {
    case CHECK_TEXT:
        return text_schema(note->of, filled);
    case CHECK_BOOLEAN:
        return of_type("boolean");
    case CHECK_INTEGER:
        return note->of != NULL ? value_schema(note->of) : of_type("integer");
    case CHECK_TEXTS:
        return texts_schema(note->of);
    case CHECK_MAPPING:
        return note->of != NULL ? value_schema(note->of) : of_type("object");
    case CHECK_SEQUENCE:
        return list_schema(note->of);
    case CHECK_NODE:
        break;
    }
    return note->of != NULL ? value_schema(note->of) : json_object();
}

static const struct schema_note *note_of(const struct schema *schema, const char *key)
{
    for (size_t i = 0; i < schema->note_count; i++)
        if (strcmp(schema->notes[i].key, key) == 0)
            return &schema->notes[i];
    return NULL;
}

/* That exactly one of them is there. */
static json_t *one_of(const struct schema *schema)
{
    json_t *choice = json_array();

    for (size_t i = 0; i < schema->one_of_count; i++) {
        json_t *made = json_object();

        put(made, "required", texts(&schema->one_of[i], 1));
        append(choice, made);
    }
    return choice;
}

static json_t *keys_schema(const struct schema *schema)
{
    json_t *made = of_type("object"), *properties = json_object();
    json_t *required = json_array();

    assert(schema->key_count == schema->note_count);
    for (size_t i = 0; i < schema->key_count; i++) {
        const struct check_key *key = &schema->keys[i];
        const struct schema_note *note = note_of(schema, key->name);
        json_t *value;

        assert(note != NULL);
        value = key_schema(key, note, schema->filled);
        put(value, "description", json_string(note->about));
        put(properties, key->name, value);
        if (key->required)
            append(required, json_string(key->name));
    }
    put(made, "additionalProperties", json_false());
    put(made, "required", required);
    if (schema->one_of_count > 0)
        put(made, "oneOf", one_of(schema));
    put(made, "properties", properties);
    return made;
}

static json_t *map_schema(const struct schema *schema)
{
    json_t *made = of_type("object");

    if (schema->pattern != NULL) {
        json_t *name = json_object();

        put(name, "pattern", json_string(schema->pattern));
        put(made, "propertyNames", name);
    }
    if (schema->of != NULL)
        put(made, "additionalProperties", value_schema(schema->of));
    return made;
}

static json_t *either_schema(const struct schema *schema)
{
    json_t *made = json_object(), *either = json_array();

    for (size_t i = 0; i < schema->either_count; i++)
        append(either, value_schema(schema->either[i]));
    put(made, "anyOf", either);
    return made;
}

static json_t *one_value(const char *key, json_t *value)
{
    json_t *made = json_object();

    put(made, key, value);
    return made;
}

/* As deep as the tables are, which hold no table in itself. */
static json_t *value_schema(const struct schema *schema)
{
    switch (schema->kind) {
    case SCHEMA_TEXT:
        return text_schema(schema, false);
    case SCHEMA_NAMES:
        return one_value("enum", texts(schema->names, schema->name_count));
    case SCHEMA_NUMBER:
        return one_value("const", json_integer(schema->number));
    case SCHEMA_KEYS:
        return keys_schema(schema);
    case SCHEMA_MAP:
        return map_schema(schema);
    case SCHEMA_LIST:
        return list_schema(schema->of);
    case SCHEMA_EITHER:
        return either_schema(schema);
    case SCHEMA_ANY:
        break;
    }
    return json_object();
}

static int put_bytes(const char *bytes, size_t len, void *object)
{
    struct buf *buf = object;

    buf_add(buf, (struct str){ bytes, len });
    return 0;
}

void schema_print(struct buf *buf, const struct schema *schema, const char *id,
                  const char *title)
{
    json_t *whole = json_object(), *value = value_schema(schema);
    int status;

    put(whole, "$schema", json_string("http://json-schema.org/draft-07/schema#"));
    put(whole, "$id", json_string(id));
    put(whole, "title", json_string(title));
    status = json_object_update(whole, value);
    assert(status == 0);
    status = json_dump_callback(whole, put_bytes, buf, JSON_INDENT(INDENT));
    assert(status == 0);
    buf_add(buf, STR("\n"));
    json_decref(value);
    json_decref(whole);
}
