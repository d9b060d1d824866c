#include "query/stream.h"

static bool is_projection(const struct jmespath_node *node)
{
    return node->kind == JMESPATH_PROJECTION || node->kind == JMESPATH_FILTER ||
           node->kind == JMESPATH_FLATTEN;
}

/* One that works on each element by itself, on a list that is in the document. */
static bool is_streamable(const struct jmespath_node *node)
{
    return is_projection(node) &&
           (node->left->kind == JMESPATH_FIELD || node->left->kind == JMESPATH_CURRENT);
}

/* Where in the items of a node its evaluation begins. */
static size_t first_item(const struct jmespath_node *node)
{
    size_t first = 0;

    while (first < node->item_count && node->items[first]->kind == JMESPATH_REFERENCE)
        first++;
    return first;
}

/* The part of a node that is always evaluated, before all others, on the value that the
 * node sees: so that an error in it is the error of the whole. NULL: there is none. */
static const struct jmespath_node *first_part(const struct jmespath_node *node)
{
    switch (node->kind) {
    case JMESPATH_SUBEXPRESSION:
    case JMESPATH_PIPE:
    case JMESPATH_INDEX:
    case JMESPATH_SLICE:
    case JMESPATH_FLATTEN:
    case JMESPATH_PROJECTION:
    case JMESPATH_VALUES:
    case JMESPATH_FILTER:
    case JMESPATH_COMPARISON:
    case JMESPATH_AND:
    case JMESPATH_OR:
    case JMESPATH_NOT:
        return node->left;
    case JMESPATH_LIST:
    case JMESPATH_HASH:
    case JMESPATH_CALL:
        return first_item(node) < node->item_count ? node->items[first_item(node)]
                                                   : NULL;
    case JMESPATH_CURRENT:
    case JMESPATH_FIELD:
    case JMESPATH_LITERAL:
    case JMESPATH_VARIABLE:
    case JMESPATH_REFERENCE:
    case JMESPATH_LET:
        break;
    }
    return NULL;
}

static const struct jmespath_node *find_streamable(const struct jmespath_node *node)
{
    while (node != NULL && !is_streamable(node))
        node = first_part(node);
    return node;
}

static struct jmespath_node *copy_node(struct arena *arena,
                                       const struct jmespath_node *node)
{
    struct jmespath_node *copy = arena_new(arena, struct jmespath_node);

    *copy = *node;
    return copy;
}

/* The same tree with `with` in the place of `part`. */
static const struct jmespath_node *replace(struct arena *arena,
                                           const struct jmespath_node *node,
                                           const struct jmespath_node *part,
                                           const struct jmespath_node *with)
{
    struct jmespath_node *copy;
    const struct jmespath_node **items;
    size_t first;

    if (node == part)
        return with;
    copy = copy_node(arena, node);
    if (node->item_count == 0) {
        copy->left = replace(arena, node->left, part, with);
        return copy;
    }
    first = first_item(node);
    items = arena_array(arena, node->item_count, const struct jmespath_node *);
    for (size_t i = 0; i < node->item_count; i++)
        items[i] = node->items[i];
    items[first] = replace(arena, node->items[first], part, with);
    copy->items = items;
    return copy;
}

static bool reads_list(struct arena *arena, const struct stream *stream)
{
    struct jmespath_fields fields = { 0 };

    jmespath_fields(arena, stream->rest, &fields);
    if (fields.whole)
        return true;
    for (size_t i = 0; i < fields.count; i++)
        if (stream->list.text == NULL || str_equal(fields.names[i], stream->list))
            return true;
    return false;
}

static bool is_counted(const struct jmespath_node *root,
                       const struct jmespath_node *part)
{
    while (root != part && first_part(root) != part)
        root = first_part(root);
    return root->kind == JMESPATH_CALL && str_equal(root->name, STR("length"));
}

const struct stream *stream_of(struct arena *arena, const struct jmespath_node *root)
{
    const struct jmespath_node *part = find_streamable(root);
    struct stream *stream;
    struct jmespath_node *over_elements, *current;

    if (part == NULL)
        return NULL;
    stream = arena_new(arena, struct stream);
    stream->is_everything = part == root;
    stream->only_counted = is_counted(root, part);
    if (part->left->kind == JMESPATH_FIELD)
        stream->list = part->left->name;
    current = copy_node(arena, part->left);
    current->kind = JMESPATH_CURRENT;
    over_elements = copy_node(arena, part);
    over_elements->left = current;
    stream->elements = over_elements;
    stream->results = copy_node(arena, current);
    stream->results->kind = JMESPATH_LITERAL;
    stream->results->column = part->column; /* of errors about them */
    stream->rest = replace(arena, root, part, stream->results);
    return reads_list(arena, stream) ? NULL : stream;
}
