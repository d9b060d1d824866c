#include "base/suggest.h"
#include "jmespath/syntax.h"

enum { NAMES_SHOWN_MAX = 8 };

bool error_too_deep(struct error *err, size_t column)
{
    return error_of_kind(
        err, JMESPATH_ERROR_LIMIT, column,
        "the expression is nested deeper than %d levels here: write it in parts",
        JMESPATH_DEPTH_MAX);
}

struct jmespath_node *node_new(struct parser *parser, enum jmespath_kind kind,
                               size_t column)
{
    struct jmespath_node *node = arena_new(parser->arena, struct jmespath_node);

    node->kind = kind;
    node->column = column;
    return node;
}

const struct jmespath_node *node_current(struct parser *parser, size_t column)
{
    return node_finish(parser, node_new(parser, JMESPATH_CURRENT, column));
}

static void deepen(struct jmespath_node *node, const struct jmespath_node *below)
{
    if (below != NULL && below->depth >= node->depth)
        node->depth = below->depth + 1;
}

const struct jmespath_node *node_finish(struct parser *parser,
                                        struct jmespath_node *node)
{
    node->depth = 1;
    deepen(node, node->left);
    deepen(node, node->right);
    deepen(node, node->condition);
    for (size_t i = 0; i < node->item_count; i++)
        deepen(node, node->items[i]);
    if (node->depth > JMESPATH_DEPTH_MAX) {
        error_too_deep(parser->err, node->column);
        return NULL;
    }
    return node;
}

const struct jmespath_node *node_binary(struct parser *parser, enum jmespath_kind kind,
                                        size_t column, const struct jmespath_node *left,
                                        const struct jmespath_node *right)
{
    struct jmespath_node *node;

    if (left == NULL || right == NULL)
        return NULL;
    node = node_new(parser, kind, column);
    node->left = left;
    node->right = right;
    return node_finish(parser, node);
}

bool items_add(struct parser *parser, struct items *items,
               const struct jmespath_node *node, size_t column)
{
    if (node == NULL)
        return false;
    items->nodes = arena_grow(parser->arena, items->nodes, items->count,
                              &items->node_capacity, sizeof(struct jmespath_node *));
    items->columns = arena_grow(parser->arena, items->columns, items->count,
                                &items->column_capacity, sizeof *items->columns);
    items->nodes[items->count] = node;
    items->columns[items->count++] = column;
    return true;
}

const struct jmespath_node *node_with_items(struct parser *parser,
                                            struct jmespath_node *node,
                                            const struct items *items)
{
    node->items = items->nodes;
    node->keys = items->keys;
    node->item_count = items->count;
    return node_finish(parser, node);
}

static const struct jmespath_node *balance(struct parser *parser,
                                           enum jmespath_kind kind,
                                           const struct items *row, size_t from,
                                           size_t to)
{
    size_t middle = from + (to - from + 1) / 2;
    const struct jmespath_node *left;

    if (to - from == 1)
        return row->nodes[from];
    left = balance(parser, kind, row, from, middle);
    if (left == NULL)
        return NULL;
    return node_binary(parser, kind, row->columns[middle], left,
                       balance(parser, kind, row, middle, to));
}

const struct jmespath_node *node_row(struct parser *parser, enum jmespath_kind kind,
                                     const struct items *row)
{
    return balance(parser, kind, row, 0, row->count);
}

/* ---- variables ------------------------------------------------------------------- */

/* From 1, or 0: this let does not bind it. Of two that have the name, the last. */
static size_t slot_in(const struct jmespath_node *let, struct str name)
{
    for (size_t i = let->item_count; i > 0; i--)
        if (str_equal(let->keys[i - 1], name))
            return let->slot + i - 1;
    return 0;
}

static bool is_declared(const struct jmespath_names *variables, struct str name)
{
    for (size_t i = 0; i < variables->count; i++)
        if (str_equal(variables->names[i], name))
            return true;
    return false;
}

/* All names that may stand where the parser is. */
static size_t names_in_sight(const struct parser *parser, const char ***names)
{
    const struct jmespath_names *variables = parser->options->variables;
    size_t count = 0, capacity = 0;

    *names = NULL;
    for (const struct let_scope *scope = parser->scope; scope != NULL;
         scope = scope->outer) {
        for (size_t i = 0; i < scope->let->item_count; i++) {
            *names =
                arena_grow(parser->arena, *names, count, &capacity, sizeof **names);
            (*names)[count++] = scope->let->keys[i].text;
        }
    }
    for (size_t i = 0; i < variables->count; i++) {
        *names = arena_grow(parser->arena, *names, count, &capacity, sizeof **names);
        (*names)[count++] = str_copy(parser->arena, variables->names[i]).text;
    }
    return count;
}

static void say_undefined(struct parser *parser, const struct jmespath_node *variable)
{
    struct buf expected = BUF_EMPTY(parser->arena);
    const char **names, *near;
    size_t count = names_in_sight(parser, &names);

    near = suggest(variable->name, names, count);
    if (near != NULL) {
        parser_late(parser, JMESPATH_ERROR_UNDEFINED_VARIABLE, variable->column,
                    "unknown variable '$%s': did you mean '$%s'?",
                    show(variable->name).text, near);
        return;
    }
    for (size_t i = 0; i < count && i <= NAMES_SHOWN_MAX; i++) {
        if (i == NAMES_SHOWN_MAX)
            buf_add(&expected, STR("..., "));
        else
            buf_printf(&expected, "$%s, ", show(str_from(names[i])).text);
    }
    parser_late(parser, JMESPATH_ERROR_UNDEFINED_VARIABLE, variable->column,
                "unknown variable '$%s': expected %s%sone that a let around it binds",
                show(variable->name).text, buf_str(&expected).text,
                count > 0 ? "or " : "");
}

bool variable_is_outside(const struct parser *parser, struct str name)
{
    const struct jmespath_names *variables = parser->options->variables;

    return variables == NULL || is_declared(variables, name);
}

void variable_resolve(struct parser *parser, struct jmespath_node *variable)
{
    const struct let_scope *scope = parser->scope;

    for (; scope != NULL && variable->slot == 0; scope = scope->outer)
        variable->slot = slot_in(scope->let, variable->name);
    if (variable->slot == 0 && !variable_is_outside(parser, variable->name))
        say_undefined(parser, variable);
}
