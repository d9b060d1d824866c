#include "base/suggest.h"
#include "base/table.h"
#include "jmespath/syntax.h"

enum { NAMES_SHOWN_MAX = 8 };

/* ---- while an expression is compiled --------------------------------------------- */

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
    for (const struct scope *scope = parser->scope; scope != NULL;
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
    const struct scope *scope = parser->scope;

    for (; scope != NULL && variable->slot == 0; scope = scope->outer)
        variable->slot = slot_in(scope->let, variable->name);
    if (variable->slot == 0 && !variable_is_outside(parser, variable->name))
        say_undefined(parser, variable);
}

/* ---- of a compiled expression ---------------------------------------------------- */

struct reading {
    struct arena *arena;
    struct table seen;
    struct str *names;
    size_t count, capacity;
};

static void read_variable(struct reading *reading, struct str name)
{
    void **seen = table_slot(&reading->seen, name);

    if (*seen != NULL)
        return;
    *seen = reading;
    reading->names = arena_grow(reading->arena, reading->names, reading->count,
                                &reading->capacity, sizeof *reading->names);
    reading->names[reading->count++] = str_copy(reading->arena, name);
}

/* Depth: an expression's, JMESPATH_DEPTH_MAX. */
static void read_node(struct reading *reading, const struct jmespath_node *node)
{
    if (node == NULL)
        return;
    if (node->kind == JMESPATH_VARIABLE && node->slot == 0)
        read_variable(reading, node->name);
    read_node(reading, node->left);
    read_node(reading, node->condition);
    for (size_t i = 0; i < node->item_count; i++)
        read_node(reading, node->items[i]);
    read_node(reading, node->right);
}

void jmespath_variables(struct arena *arena, const struct jmespath_node *node,
                        struct jmespath_names *variables)
{
    struct reading reading = { arena, TABLE_EMPTY(arena), NULL, 0, 0 };

    read_node(&reading, node);
    *variables = (struct jmespath_names){ reading.names, reading.count };
}
