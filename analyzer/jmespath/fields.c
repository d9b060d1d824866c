#include "jmespath/functions.h"

#include "base/table.h"

enum { FEW = 8 }; /* names, which are compared one by one */

struct reading {
    struct arena *arena;
    struct table seen; /* all but the first few */
    struct jmespath_fields *fields;
    size_t capacity;
};

/* Most expressions read a name or two, and are asked for them again and again. */
static bool is_new(struct reading *reading, struct str name)
{
    const struct jmespath_fields *fields = reading->fields;
    void **seen;

    for (size_t i = 0; i < fields->count && i < FEW; i++)
        if (str_equal(fields->names[i], name))
            return false;
    if (fields->count < FEW)
        return true;
    seen = table_slot(&reading->seen, name);
    if (*seen != NULL)
        return false;
    *seen = reading;
    return true;
}

static void read_field(struct reading *reading, struct str name)
{
    struct jmespath_fields *fields = reading->fields;

    if (!is_new(reading, name))
        return;
    fields->names = arena_grow(reading->arena, fields->names, fields->count,
                               &reading->capacity, sizeof *fields->names);
    fields->names[fields->count++] = str_copy(reading->arena, name);
}

/* It gives the value itself, so that what follows it reads that, too. */
static bool is_the_value(const struct jmespath_node *node)
{
    if (node->kind == JMESPATH_SUBEXPRESSION || node->kind == JMESPATH_PIPE)
        return is_the_value(node->left) && is_the_value(node->right);
    return node->kind == JMESPATH_CURRENT;
}

static void read_node(struct reading *reading, const struct jmespath_node *node)
{
    switch (node->kind) {
    case JMESPATH_CURRENT:
        reading->fields->whole = true;
        break;
    case JMESPATH_FIELD:
        read_field(reading, node->name);
        break;
    case JMESPATH_LITERAL:
    case JMESPATH_VARIABLE:
    case JMESPATH_REFERENCE: /* sees what its function hands to it */
        break;
    case JMESPATH_SUBEXPRESSION:
    case JMESPATH_PIPE:
        read_node(reading, is_the_value(node->left) ? node->right : node->left);
        break;
    case JMESPATH_INDEX:
    case JMESPATH_SLICE:
    case JMESPATH_FLATTEN:
    case JMESPATH_PROJECTION:
    case JMESPATH_VALUES:
    case JMESPATH_FILTER:
    case JMESPATH_NOT:
        read_node(reading, node->left);
        break;
    case JMESPATH_COMPARISON:
    case JMESPATH_AND:
    case JMESPATH_OR:
        read_node(reading, node->left);
        read_node(reading, node->right);
        break;
    case JMESPATH_LIST:
    case JMESPATH_HASH:
    case JMESPATH_CALL:
        for (size_t i = 0; i < node->item_count; i++)
            read_node(reading, node->items[i]);
        break;
    case JMESPATH_LET: /* all see the value; what a variable holds was read there */
        for (size_t i = 0; i < node->item_count; i++)
            read_node(reading, node->items[i]);
        read_node(reading, node->right);
        break;
    }
}

void jmespath_fields(struct arena *arena, const struct jmespath_node *node,
                     struct jmespath_fields *fields)
{
    struct reading reading = { arena, TABLE_EMPTY(arena), fields, 0 };

    *fields = (struct jmespath_fields){ 0 };
    read_node(&reading, node);
}

bool jmespath_is_boolean(const struct jmespath_node *node)
{
    switch ((int)node->kind) {
    case JMESPATH_COMPARISON:
        return true;
    case JMESPATH_LITERAL:
        return json_is_boolean(node->literal);
    case JMESPATH_CALL:
        return node->function->boolean;
    case JMESPATH_AND:
    case JMESPATH_OR:
        return jmespath_is_boolean(node->left) && jmespath_is_boolean(node->right);
    case JMESPATH_NOT:
        return jmespath_is_boolean(node->left);
    case JMESPATH_LET:
        return jmespath_is_boolean(node->right);
    default:
        return false;
    }
}
