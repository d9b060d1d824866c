#include "query/demand.h"

/* Follows the values of a document through the expression. A value that is only passed
 * on (a field of it, its elements) demands nothing by itself; one that is looked at (as
 * a result, compared, given to a function) is demanded whole. NULL stands for a value
 * of which nothing can be demanded any more: a literal, or one that is made of what is
 * demanded already. */
struct following {
    struct arena *arena;
    size_t count; /* of demands made */
    bool gave_up; /* then the whole document is demanded */
};

static struct demand *follow(struct following *following,
                             const struct jmespath_node *node, struct demand *value);

static struct demand *demand_new(struct following *following)
{
    if (following->count == DEMAND_NODES_MAX) {
        following->gave_up = true;
        return NULL;
    }
    following->count++;
    return arena_new(following->arena, struct demand);
}

/* Depth: an expression's. */
static void want_whole(struct demand *value)
{
    if (value == NULL || value->whole)
        return;
    value->whole = true;
    want_whole(value->elements);
    for (size_t i = 0; i < value->field_count; i++)
        want_whole(value->fields[i].demand);
}

static void want_count(struct demand *value)
{
    if (value != NULL)
        value->counted = true;
}

static struct demand *field_of(struct following *following, struct demand *value,
                               struct str name)
{
    struct demand_field *field;

    if (value == NULL || value->whole || value->is_made)
        return NULL;
    for (size_t i = 0; i < value->field_count; i++)
        if (str_equal(value->fields[i].name, name))
            return value->fields[i].demand;
    value->fields = arena_grow(following->arena, value->fields, value->field_count,
                               &value->field_capacity, sizeof *value->fields);
    field = &value->fields[value->field_count++];
    *field = (struct demand_field){ name, demand_new(following) };
    return field->demand;
}

static struct demand *elements_of(struct following *following, struct demand *value)
{
    if (value == NULL || value->whole)
        return NULL;
    if (value->elements == NULL && !value->is_made)
        value->elements = demand_new(following);
    return value->elements;
}

static struct demand *made_list(struct following *following, struct demand *elements)
{
    struct demand *list;

    if (elements == NULL)
        return NULL;
    list = demand_new(following);
    if (list == NULL)
        return NULL;
    list->is_made = true;
    list->elements = elements;
    return list;
}

static struct demand *follow_projection(struct following *following,
                                        const struct jmespath_node *node,
                                        struct demand *value)
{
    struct demand *list = follow(following, node->left, value);
    struct demand *element;

    /* Of list[], too: elements that are arrays stay whole, and so does what is in them.
     */
    element = elements_of(following, list);
    if (node->condition != NULL)
        want_whole(follow(following, node->condition, element));
    return made_list(following, follow(following, node->right, element));
}

static void want_items(struct following *following, const struct jmespath_node *node,
                       struct demand *value)
{
    for (size_t i = 0; i < node->item_count; i++)
        want_whole(follow(following, node->items[i], value));
}

static bool is_call_of(const struct jmespath_node *node, const char *name)
{
    return str_equal(node->name, str_from(name));
}

/* The functions that pass values on; all others look at their arguments. */
static struct demand *follow_call(struct following *following,
                                  const struct jmespath_node *node,
                                  struct demand *value)
{
    struct demand *list, *element;

    if (is_call_of(node, "length") || is_call_of(node, "reverse")) {
        list = follow(following, node->items[0], value);
        want_count(list);
        return is_call_of(node, "reverse") ? list : NULL;
    }
    if (is_call_of(node, "map")) {
        element = elements_of(following, follow(following, node->items[1], value));
        return made_list(following, follow(following, node->items[0]->left, element));
    }
    if (is_call_of(node, "sort_by") || is_call_of(node, "max_by") ||
        is_call_of(node, "min_by")) {
        list = follow(following, node->items[0], value);
        element = elements_of(following, list);
        want_whole(follow(following, node->items[1]->left, element));
        return is_call_of(node, "sort_by") ? list : element;
    }
    want_items(following, node, value);
    return NULL;
}

static struct demand *follow(struct following *following,
                             const struct jmespath_node *node, struct demand *value)
{
    switch (node->kind) {
    case JMESPATH_CURRENT:
        return value;
    case JMESPATH_FIELD:
        return field_of(following, value, node->name);
    case JMESPATH_LITERAL:
    case JMESPATH_VARIABLE:
    case JMESPATH_REFERENCE: /* of a function that gets the values whole */
        return NULL;
    case JMESPATH_SUBEXPRESSION:
    case JMESPATH_PIPE:
        return follow(following, node->right, follow(following, node->left, value));
    case JMESPATH_INDEX:
        return elements_of(following, follow(following, node->left, value));
    case JMESPATH_SLICE:
    case JMESPATH_FLATTEN:
    case JMESPATH_PROJECTION:
    case JMESPATH_FILTER:
        return follow_projection(following, node, value);
    case JMESPATH_VALUES:
    case JMESPATH_NOT:
        want_whole(follow(following, node->left, value));
        return NULL;
    case JMESPATH_COMPARISON:
    case JMESPATH_AND:
    case JMESPATH_OR:
        want_whole(follow(following, node->left, value));
        want_whole(follow(following, node->right, value));
        return NULL;
    case JMESPATH_LIST:
    case JMESPATH_HASH:
        want_items(following, node, value);
        return NULL;
    case JMESPATH_CALL:
        return follow_call(following, node, value);
    case JMESPATH_LET: /* what its variables hold is demanded whole here, once for all
                        */
        want_items(following, node, value);
        return follow(following, node->right, value);
    }
    return NULL;
}

const struct demand *demand_of(struct arena *arena, const struct jmespath_node *root)
{
    struct following following = { .arena = arena };
    struct demand *document = demand_new(&following);

    want_whole(follow(&following, root, document));
    if (following.gave_up)
        want_whole(document);
    return document;
}
