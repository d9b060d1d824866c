/*
 * schema_members.h - for what tests tables of members against a JSON Schema: the words
 * and the members that a definition has.
 */
#ifndef TESTS_UNIT_SCHEMA_MEMBERS_H
#define TESTS_UNIT_SCHEMA_MEMBERS_H

#include "rows.h"

#include "gather/codes.h"
#include "report/members.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_OF_ROW_MAX = CODE_COUNT + 1 };

struct words {
    const char *items[WORDS_OF_ROW_MAX];
    size_t count;
};

static inline void add_word(struct words *words, const char *word)
{
    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->items[i], word) == 0)
            return;
    assert_true(words->count < WORDS_OF_ROW_MAX);
    words->items[words->count++] = word;
}

/* A definition by its name, and by names behind dots a member of a member. */
static const json_t *find(const json_t *schema, const char *place, struct arena *arena)
{
    const json_t *node = json_object_get(schema, "$defs");
    struct str rest = str_from(place);
    bool is_member = false;

    while (rest.len > 0) {
        size_t dot = str_find(rest, STR(".")), end = dot != SIZE_MAX ? dot : rest.len;

        if (is_member)
            node = json_object_get(node, "properties");
        node = json_object_get(node, str_copy(arena, str_slice(rest, 0, end)).text);
        assert_non_null(node);
        is_member = true;
        rest = str_slice(rest, end < rest.len ? end + 1 : end, rest.len);
    }
    return node;
}

static inline void add_words_at(struct words *words, const json_t *node)
{
    const json_t *list = json_object_get(node, "enum");
    size_t index;
    json_t *item;

    if (list != NULL) {
        json_array_foreach(list, index, item) add_word(words, json_string_value(item));
        return;
    }
    json_array_foreach(json_object_get(node, "anyOf"), index,
                       item) if (json_object_get(item, "const") != NULL)
        add_word(words, json_string_value(json_object_get(item, "const")));
}

static inline int compare(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Sorted, a word a line. */
static const char *lines(struct words *words, struct arena *arena)
{
    struct buf buf = BUF_EMPTY(arena);

    qsort(words->items, words->count, sizeof words->items[0], compare);
    for (size_t i = 0; i < words->count; i++)
        buf_printf(&buf, "%s\n", words->items[i]);
    return buf_str(&buf).text;
}

static inline json_t *load(const char *path)
{
    json_error_t error;
    json_t *schema = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

    if (schema == NULL)
        fail_msg("%s:%d: %s", path, error.line, error.text);
    return schema;
}

/* A list of words, and the definitions of the schema that have the same. */
struct words_row {
    const char *name, *places[4];
    int count;
    const char *(*word)(int index); /* "": the schema does not have it */
};

static inline void check_words(const struct words_row *row, const char *path)
{
    struct arena arena = ARENA_EMPTY;
    struct words own = { .count = 0 }, theirs = { .count = 0 };
    json_t *schema = load(path);

    for (int i = 0; i < row->count; i++)
        if (row->word(i)[0] != '\0')
            add_word(&own, row->word(i));
    for (size_t i = 0; row->places[i] != NULL; i++)
        add_words_at(&theirs, find(schema, row->places[i], &arena));
    assert_true(own.count > 0);
    assert_string_equal(lines(&theirs, &arena), lines(&own, &arena));
    json_decref(schema);
    arena_release(&arena);
}

struct checking {
    struct arena arena;
    const json_t *schema;
};

static const json_t *resolve(struct checking *checking, const json_t *node)
{
    static const struct str start = { "#/$defs/", sizeof "#/$defs/" - 1 };
    const char *reference = json_string_value(json_object_get(node, "$ref"));

    if (reference == NULL)
        return node;
    assert_true(str_starts_with(str_from(reference), start));
    return find(checking->schema, reference + start.len, &checking->arena);
}

static inline void add_types(struct checking *checking, struct words *types,
                             const json_t *given)
{
    const json_t *node = resolve(checking, given);
    const json_t *type = json_object_get(node, "type");
    size_t index;
    json_t *item;

    json_array_foreach(type, index, item) add_word(types, json_string_value(item));
    if (json_is_string(type))
        add_word(types, json_string_value(type));
    if (json_is_string(json_object_get(node, "const")) ||
        json_is_string(json_array_get(json_object_get(node, "enum"), 0)))
        add_word(types, "string");
    json_array_foreach(json_object_get(node, "anyOf"), index, item)
        add_types(checking, types, item);
}

/* What a member of the kind may be by the schema: all of it, or "string" at least. */
static const char *types_of(enum member_kind kind)
{
    switch (kind) {
    case MEMBER_TEXT:
    case MEMBER_STRING:
    case MEMBER_WORD:
    case MEMBER_FIXED:
        return "string\n";
    case MEMBER_FLAG:
        return "boolean\n";
    case MEMBER_NUMBER:
        return "integer\n";
    case MEMBER_PLACE:
        return "integer\nnull\n";
    case MEMBER_OBJECT:
        return "object\n";
    case MEMBER_TEXTS:
    case MEMBER_LIST:
    case MEMBER_LINKS:
        return "array\n";
    case MEMBER_MADE:
        return "";
    }
    return "";
}

static inline void check_types(struct checking *checking, const struct member *member,
                               const json_t *node)
{
    struct words types = { .count = 0 };
    const char *wanted = types_of(member->kind), *found;

    add_types(checking, &types, node);
    found = lines(&types, &checking->arena);
    if (member->kind == MEMBER_OBJECT && member->has_owner &&
        strcmp(found, "null\nobject\n") == 0)
        wanted = found; /* of what may not be there */
    if (strstr(found, wanted) == NULL ||
        (strcmp(wanted, "string\n") != 0 && wanted[0] != '\0' &&
         strcmp(found, wanted) != 0))
        fail_msg("%s: the schema has %s, the table %s", member->key, found, wanted);
}

/* Of an object: the keys in their order, and the same of those that are always there.
 */
static inline void check_keys(struct checking *checking, const struct members *members,
                              const json_t *node)
{
    struct buf own = BUF_EMPTY(&checking->arena), theirs = BUF_EMPTY(&checking->arena);
    const char *key;
    size_t index;
    json_t *value;

    for (size_t i = 0; i < members->count; i++)
        buf_printf(&own, "%s\n", members->rows[i].key);
    json_object_foreach(json_object_get(node, "properties"), key, value)
        buf_printf(&theirs, "%s\n", key);
    assert_string_equal(buf_str(&theirs).text, buf_str(&own).text);
    buf_clear(&own);
    buf_clear(&theirs);
    for (size_t i = 0; i < members->count; i++)
        if (!members->rows[i].is_optional)
            buf_printf(&own, "%s\n", members->rows[i].key);
    json_array_foreach(json_object_get(node, "required"), index, value)
        buf_printf(&theirs, "%s\n", json_string_value(value));
    assert_string_equal(buf_str(&theirs).text, buf_str(&own).text);
}

static inline void check_members(struct checking *checking,
                                 const struct members *members, const json_t *given)
{
    const json_t *node = resolve(checking, given);

    check_keys(checking, members, node);
    for (size_t i = 0; i < members->count; i++) {
        const struct member *member = &members->rows[i];
        const json_t *value =
            resolve(checking,
                    json_object_get(json_object_get(node, "properties"), member->key));

        check_types(checking, member, value);
        if (json_object_get(value, "items") != NULL)
            value = json_object_get(value, "items");
        else if (json_is_object(json_object_get(value, "additionalProperties")))
            value = json_object_get(value, "additionalProperties");
        else if (member->kind == MEMBER_OBJECT &&
                 json_object_get(value, "anyOf") != NULL)
            value = json_array_get(json_object_get(value, "anyOf"), 1); /* or null */
        if (member->of != NULL)
            check_members(checking, member->of, value);
    }
}

#endif
