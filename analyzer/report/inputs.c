#include "report/members.h"
#include "report/report.h"

#include "base/digest.h"

#include <jansson.h>
#include <stdlib.h>

/* `inputs_sha256` of a report that was read back: what json.c digests when it writes
 * one, put together from JSON values. The tables tell the order of keys, which a
 * program that rewrote the report may have changed. */

static void put_value(struct json_writer *json, json_t *value,
                      const struct members *members);

/* NULL: an object of which no table tells. */
static const struct member *member_of(const struct members *members, const char *key)
{
    for (size_t i = 0; members != NULL && i < members->count; i++)
        if (str_equal(str_from(key), str_from(members->rows[i].key)))
            return &members->rows[i];
    return NULL;
}

static void put_members(struct json_writer *json, json_t *object,
                        const struct members *members)
{
    const char *key;
    json_t *value;

    put_open(json, '{');
    for (size_t i = 0; members != NULL && i < members->count; i++) {
        const struct member *member = &members->rows[i];

        value = json_object_get(object, member->key);
        if (value == NULL)
            continue;
        put_key(json, str_from(member->key));
        put_value(json, value, member->of);
    }
    json_object_foreach(object, key, value) if (member_of(members, key) == NULL)
    {
        put_key(json, str_from(key));
        put_value(json, value, NULL);
    }
    put_close(json, '}');
}

static void put_value(struct json_writer *json, json_t *value,
                      const struct members *members)
{
    char *text;

    switch (json_typeof(value)) {
    case JSON_OBJECT:
        put_members(json, value, members);
        return;
    case JSON_ARRAY:
        put_open(json, '[');
        for (size_t i = 0; i < json_array_size(value); i++) {
            put_item(json);
            put_value(json, json_array_get(value, i), members);
        }
        put_close(json, ']');
        return;
    case JSON_STRING:
        put_text(json,
                 (struct str){ json_string_value(value), json_string_length(value) });
        return;
    case JSON_INTEGER:
    case JSON_REAL:
    case JSON_TRUE:
    case JSON_FALSE:
    case JSON_NULL:
        text = json_dumps(value, JSON_ENCODE_ANY);
        put_word(json, text);
        free(text);
        return;
    }
}

void report_inputs_digest(const json_t *report, char hex[DIGEST_HEX_BYTES])
{
    struct arena scratch = ARENA_EMPTY;
    struct buf text = BUF_EMPTY(&scratch);
    struct json_writer json = { .out = &text, .is_compact = true, .is_first = true };
    struct digest *digest = digest_new(&scratch);
    json_t *inputs = json_object();

    for (size_t i = 0; i < inputs_members.count; i++)
        json_object_set(inputs, inputs_members.rows[i].key,
                        json_object_get(report, inputs_members.rows[i].key));
    put_value(&json, json_object_get(report, "tool"), &tool_members);
    put_value(&json, inputs, &inputs_members);
    json_decref(inputs);
    digest_add(digest, text.text, text.len);
    digest_hex(digest, hex);
    arena_release(&json.scratch);
    arena_release(&scratch);
}
