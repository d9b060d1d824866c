#include "config/yaml_print.h"

#include <assert.h>

void yaml_print_text(struct buf *buf, struct str text)
{
    if (text.text == NULL) {
        buf_add(buf, STR("{ NULL, 0 }, "));
        return;
    }
    buf_add(buf, STR("{ \""));
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.text[i];

        if (is_letter(byte) || is_digit(byte) || byte == ' ')
            buf_add_byte(buf, byte);
        else
            buf_printf(buf, "\\%03o", (unsigned)(unsigned char)byte);
    }
    buf_printf(buf, "\", %zu }, ", text.len);
}

void yaml_print_place(struct buf *buf, struct place place)
{
    if (place.path == NULL)
        buf_add(buf, STR("{ NULL, 0, 0 }, "));
    else
        buf_printf(buf, "{ \"%s\", %zu, %zu }, ", place.path, place.line, place.column);
}

static void put_nodes(struct buf *buf, const struct yaml_node *const *nodes,
                      size_t count)
{
    if (nodes == NULL || count == 0) {
        buf_add(buf, STR("NULL, "));
        return;
    }
    buf_add(buf, STR("(const struct yaml_node *const[]){\n"));
    for (size_t i = 0; i < count; i++) {
        yaml_print(buf, nodes[i]);
        buf_add(buf, STR(",\n"));
    }
    buf_add(buf, STR("}, "));
}

/* Depth: YAML_DEPTH_MAX. No member is named, so that the compiler misses none. */
void yaml_print(struct buf *buf, const struct yaml_node *node)
{
    buf_printf(buf, "&(const struct yaml_node){ (enum yaml_kind)%d, ", (int)node->kind);
    yaml_print_place(buf, node->place);
    yaml_print_text(buf, node->text);
    buf_printf(buf, "%d, %d, %zu, ", node->plain, node->block, node->count);
    put_nodes(buf, node->keys, node->count);
    put_nodes(buf, node->items, node->count);
    buf_add_byte(buf, '}');
}

const struct yaml_node *yaml_without(struct arena *arena,
                                     const struct yaml_node *mapping, const char *key)
{
    struct yaml_node *copy = arena_new(arena, struct yaml_node);
    const struct yaml_node **keys =
        arena_array(arena, mapping->count, const struct yaml_node *);
    const struct yaml_node **items =
        arena_array(arena, mapping->count, const struct yaml_node *);

    assert(mapping->kind == YAML_MAPPING);
    *copy = *mapping;
    copy->count = 0;
    copy->keys = keys;
    copy->items = items;
    for (size_t i = 0; i < mapping->count; i++) {
        if (str_equal(mapping->keys[i]->text, str_from(key)))
            continue;
        keys[copy->count] = mapping->keys[i];
        items[copy->count++] = mapping->items[i];
    }
    return copy;
}
