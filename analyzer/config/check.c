#include "config/check.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what was met ---- */

static const char *describe(struct arena *arena, const struct yaml_node *node)
{
    if (node->kind == YAML_SEQUENCE)
        return "a sequence";
    if (node->kind == YAML_MAPPING)
        return "a mapping";
    switch (yaml_meaning(node)) {
    case YAML_NULL:
        return node->text.len == 0 ? "nothing" : "null";
    case YAML_BOOLEAN:
        return arena_printf(arena, "the boolean '%s'", node->text.text);
    case YAML_INTEGER:
    case YAML_FLOAT:
    case YAML_NOT_FINITE:
        return arena_printf(arena, "the number '%s'", node->text.text);
    case YAML_TEXT:
        break;
    }
    return arena_printf(arena, "the text '%s'", node->text.text);
}

static bool wrong_kind(const struct yaml_node *node, const char *name,
                       const char *expected, const char *advice,
                       struct mistakes *mistakes)
{
    mistakes_error(mistakes, node->place, "expected %s for '%s', met %s%s", expected,
                   name, describe(mistakes->arena, node), advice);
    return false;
}

/* ---- one value ---- */

bool check_text(const struct yaml_node *node, const char *name, struct str *text,
                struct mistakes *mistakes)
{
    if (yaml_is_account_id(node)) {
        mistakes_error(mistakes, node->place,
                       "expected text for '%s': '%s' looks like an AWS account id: "
                       "quote it",
                       name, node->text.text);
        return false;
    }
    if (node->kind != YAML_SCALAR)
        return wrong_kind(node, name, "text", "", mistakes);
    if (yaml_meaning(node) != YAML_TEXT)
        return wrong_kind(node, name, "text",
                          node->text.len > 0 ? ": quote it if text is meant" : "",
                          mistakes);
    *text = node->text;
    return true;
}

bool check_name(const struct yaml_node *node, const char *name,
                const char *const *names, size_t count, size_t *index,
                struct mistakes *mistakes)
{
    struct buf all = BUF_EMPTY(mistakes->arena);
    struct str text;
    const char *meant;

    if (!check_text(node, name, &text, mistakes))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (str_equal(text, str_from(names[i]))) {
            *index = i;
            return true;
        }
        if (i > 0)
            buf_add(&all, i + 1 < count ? STR(", ") : STR(" or "));
        buf_add(&all, str_from(names[i]));
    }
    meant = suggestion(mistakes->arena, text, names, count);
    mistakes_error(mistakes, node->place, "unknown %s '%s': expected %s%s", name,
                   text.text, buf_str(&all).text, meant);
    return false;
}

static bool check_boolean(const struct yaml_node *node, const char *name, bool *value,
                          struct mistakes *mistakes)
{
    if (node->kind != YAML_SCALAR || yaml_meaning(node) != YAML_BOOLEAN)
        return wrong_kind(node, name, "true or false", "", mistakes);
    *value = to_lower(node->text.text[0]) == 't';
    return true;
}

static bool check_integer(const struct yaml_node *node, const char *name, long *value,
                          struct mistakes *mistakes)
{
    bool decimal = node->kind == YAML_SCALAR && node->plain && node->text.len > 0;
    long number;

    for (size_t i = 0; decimal && i < node->text.len; i++)
        decimal = is_digit(node->text.text[i]);
    if (!decimal)
        return wrong_kind(node, name, "a whole number", "", mistakes);
    errno = 0;
    number = strtol(node->text.text, NULL, 10);
    if (errno == ERANGE)
        return wrong_kind(node, name, "a smaller whole number", "", mistakes);
    *value = number;
    return true;
}

bool check_texts(struct arena *arena, const struct yaml_node *node, const char *name,
                 struct str_list *list, struct mistakes *mistakes)
{
    const struct yaml_node *const *items = &node;
    size_t count = 1;
    struct str_list texts;
    bool right = true;

    if (node->kind == YAML_SEQUENCE) {
        items = node->items;
        count = node->count;
    }
    texts = (struct str_list){ arena_array(arena, count, struct str), count };
    for (size_t i = 0; i < count; i++)
        right = check_text(items[i], name, &texts.items[i], mistakes) && right;
    if (right)
        *list = texts;
    return right;
}

static bool check_value(struct arena *arena, const struct yaml_node *node,
                        const struct check_key *key, void *member,
                        struct mistakes *mistakes)
{
    switch (key->kind) {
    case CHECK_TEXT:
        return check_text(node, key->name, member, mistakes);
    case CHECK_BOOLEAN:
        return check_boolean(node, key->name, member, mistakes);
    case CHECK_INTEGER:
        return check_integer(node, key->name, member, mistakes);
    case CHECK_TEXTS:
        return check_texts(arena, node, key->name, member, mistakes);
    case CHECK_MAPPING:
        if (node->kind != YAML_MAPPING)
            return wrong_kind(node, key->name, "a mapping", "", mistakes);
        break;
    case CHECK_SEQUENCE:
        if (node->kind != YAML_SEQUENCE)
            return wrong_kind(node, key->name, "a sequence", "", mistakes);
        break;
    case CHECK_NODE:
        break;
    }
    memcpy(member, &node, sizeof(const struct yaml_node *));
    return true;
}

/* ---- a mapping ---- */

static void unknown_key(struct arena *arena, const struct yaml_node *key,
                        const struct check_key *keys, size_t key_count,
                        struct mistakes *mistakes)
{
    const char **names = arena_array(arena, key_count, const char *);
    struct buf all = BUF_EMPTY(arena);
    const char *meant;

    for (size_t i = 0; i < key_count; i++) {
        names[i] = keys[i].name;
        buf_printf(&all, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    meant = suggest(key->text, names, key_count);
    if (meant != NULL)
        mistakes_error(mistakes, key->place, "unknown key '%s' (did you mean '%s'?)",
                       key->text.text, meant);
    else
        mistakes_error(mistakes, key->place, "unknown key '%s': expected one of %s",
                       key->text.text, buf_str(&all).text);
}

static const struct check_key *find_key(struct str name, const struct check_key *keys,
                                        size_t key_count)
{
    for (size_t i = 0; i < key_count; i++)
        if (str_equal(name, str_from(keys[i].name)))
            return &keys[i];
    return NULL;
}

bool check_mapping(struct arena *arena, const struct yaml_node *node,
                   const struct check_key *keys, size_t key_count, void *target,
                   struct mistakes *mistakes)
{
    bool right = true;

    if (node->kind != YAML_MAPPING) {
        mistakes_error(mistakes, node->place, "expected a mapping of keys, met %s",
                       describe(arena, node));
        return false;
    }
    for (size_t i = 0; i < key_count; i++) {
        if (keys[i].required && yaml_find(node, keys[i].name) == NULL) {
            mistakes_error(mistakes, node->place, "the key '%s' is missing",
                           keys[i].name);
            right = false;
        }
    }
    for (size_t i = 0; i < node->count; i++) {
        const struct check_key *key = find_key(node->keys[i]->text, keys, key_count);

        if (key == NULL) {
            unknown_key(arena, node->keys[i], keys, key_count, mistakes);
            right = false;
        } else if (!check_value(arena, node->items[i], key,
                                (char *)target + key->offset, mistakes)) {
            right = false;
        }
    }
    return right;
}
