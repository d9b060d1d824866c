#include "config/schema.h"

#include "rows.h"

#include <jansson.h>
#include <stdlib.h>

static const char *const colours[] = { "red", "green" };
static const struct schema colour = SCHEMA_OF_NAMES(colours);
static const struct schema any = { .kind = SCHEMA_ANY };
static const struct schema text = { .kind = SCHEMA_TEXT };
static const struct schema word = { .kind = SCHEMA_TEXT, .pattern = "^[a-z]+$" };
static const struct schema two = { .kind = SCHEMA_NUMBER, .number = 2 };
static const struct schema words = { .kind = SCHEMA_LIST, .of = &word };
static const struct schema list = { .kind = SCHEMA_LIST };
static const struct schema map = { .kind = SCHEMA_MAP };
static const struct schema named = { .kind = SCHEMA_MAP,
                                     .pattern = "^--",
                                     .of = &colour };
static const struct schema *const either_of[] = { &words, &named };
static const struct schema either = SCHEMA_OF_EITHER(either_of);

static const struct check_key inner_keys[] = {
    { "b", CHECK_BOOLEAN, true, 0 },
    { "c", CHECK_TEXT, false, 0 },
};
static const struct schema_note inner_notes[] = {
    { "c", "C.", NULL }, /* in another order */
    { "b", "B.", NULL },
};
static const char *const one[] = { "b", "c" };
static const struct schema inner = SCHEMA_OF_KEYS(inner_keys, inner_notes);
static const struct schema choice = {
    .kind = SCHEMA_KEYS,
    .keys = inner_keys,
    .key_count = COUNT_OF(inner_keys),
    .notes = inner_notes,
    .note_count = COUNT_OF(inner_notes),
    .one_of = one,
    .one_of_count = COUNT_OF(one),
    .filled = true,
};

#define WORD    "{\"type\":\"string\",\"pattern\":\"^[a-z]+$\"}"
#define COLOURS "{\"enum\":[\"red\",\"green\"]}"
#define WORDS   "{\"type\":\"array\",\"items\":" WORD "}"
#define NAMED                                                                          \
    "{\"type\":\"object\",\"propertyNames\":{\"pattern\":\"^--\"},"                    \
    "\"additionalProperties\":" COLOURS "}"
#define INNER(text, choice)                                                            \
    "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"b\"]," choice \
    "\"properties\":{\"b\":{\"type\":\"boolean\",\"description\":\"B.\"},\"c\":{"      \
    "\"type\":\"string\"," text "\"description\":\"C.\"}}}"

/* A key of that kind, whose note has that value, is said to be like this. */
static const struct row {
    const char *name;
    enum check_kind kind;
    const struct schema *of;
    const char *expected;
} rows[] = {
    { "text", CHECK_TEXT, NULL, "{\"type\":\"string\"}" },
    { "text of a form", CHECK_TEXT, &word, WORD },
    { "one of several names", CHECK_TEXT, &colour, COLOURS },
    { "a boolean", CHECK_BOOLEAN, NULL, "{\"type\":\"boolean\"}" },
    { "a number", CHECK_INTEGER, NULL, "{\"type\":\"integer\"}" },
    { "one number alone", CHECK_INTEGER, &two, "{\"const\":2}" },
    { "texts, or one", CHECK_TEXTS, NULL,
      "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"array\",\"items\":{\"type\":"
      "\"string\"}}]}" },
    { "texts of a form", CHECK_TEXTS, &word, "{\"anyOf\":[" WORD "," WORDS "]}" },
    { "anything", CHECK_NODE, NULL, "{}" },
    { "anything, said aloud", CHECK_NODE, &any, "{}" },
    { "text that the caller checks", CHECK_NODE, &text, "{\"type\":\"string\"}" },
    { "a mapping", CHECK_MAPPING, NULL, "{\"type\":\"object\"}" },
    { "a mapping from any name", CHECK_MAPPING, &map, "{\"type\":\"object\"}" },
    { "a mapping from names of a form", CHECK_MAPPING, &named, NAMED },
    { "a sequence", CHECK_SEQUENCE, NULL, "{\"type\":\"array\"}" },
    { "a sequence of something", CHECK_SEQUENCE, &colour,
      "{\"type\":\"array\",\"items\":" COLOURS "}" },
    { "a sequence that the caller checks", CHECK_NODE, &list, "{\"type\":\"array\"}" },
    { "one thing or another", CHECK_NODE, &either,
      "{\"anyOf\":[" WORDS "," NAMED "]}" },
    { "keys", CHECK_MAPPING, &inner, INNER("", "") },
    { "keys of which one is there, and whose texts are not empty", CHECK_MAPPING,
      &choice,
      INNER("\"minLength\":1,",
            "\"oneOf\":[{\"required\":[\"b\"]},{\"required\":[\"c\"]}],") },
};

static json_t *printed(struct arena *arena, const struct schema *schema)
{
    struct buf buf = BUF_EMPTY(arena);
    json_t *whole;

    schema_print(&buf, schema, "urn:test", "A test");
    assert_true(str_ends_with(buf_str(&buf), STR("}\n")));
    whole = json_loads(buf_str(&buf).text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(whole);
    return whole;
}

static void row_test(void **state)
{
    const struct row *row = *state;
    const struct check_key keys[] = { { "a", row->kind, true, 0 } };
    const struct schema_note notes[] = { { "a", "It is so.", row->of } };
    const struct schema schema = SCHEMA_OF_KEYS(keys, notes);
    struct arena arena = ARENA_EMPTY;
    json_t *whole = printed(&arena, &schema);
    json_t *key = json_object_get(json_object_get(whole, "properties"), "a");
    char *met;

    assert_string_equal(json_string_value(json_object_get(key, "description")),
                        "It is so.");
    json_object_del(key, "description");
    met = json_dumps(key, JSON_COMPACT);
    assert_string_equal(met, row->expected);
    free(met);
    json_decref(whole);
    arena_release(&arena);
}

static void it_says_what_it_is(void **state)
{
    struct arena arena = ARENA_EMPTY;
    json_t *whole = printed(&arena, &inner);
    const char *schema, *id, *title, *type;

    (void)state;
    assert_int_equal(json_unpack(whole, "{s:s, s:s, s:s, s:s}", "$schema", &schema,
                                 "$id", &id, "title", &title, "type", &type),
                     0);
    assert_string_equal(schema, "http://json-schema.org/draft-07/schema#");
    assert_string_equal(id, "urn:test");
    assert_string_equal(title, "A test");
    assert_string_equal(type, "object");
    json_decref(whole);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, it_says_what_it_is);
    return tests_run("config_schema", &tests);
}
