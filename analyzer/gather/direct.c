#include "gather/direct.h"

#include <stdint.h>

enum direct_kind {
    DIRECT_AND,
    DIRECT_OR,
    DIRECT_NOT,
    DIRECT_STARTS_WITH,
    DIRECT_ENDS_WITH,
    DIRECT_CONTAINS,
    DIRECT_COMPARISON,
};

struct direct {
    enum direct_kind kind;
    const struct direct *left, *right;
    size_t field;
    struct str text;
    enum jmespath_comparator comparator;
};

struct directing {
    struct arena *arena;
    const struct str *fields;
    size_t field_count;
};

static const struct direct *of_node(const struct directing *directing,
                                    const struct jmespath_node *node);

/* False: it is not a field and a text. */
static bool take_operands(const struct directing *directing,
                          const struct jmespath_node *field,
                          const struct jmespath_node *literal, struct direct *direct)
{
    if (field->kind != JMESPATH_FIELD || literal->kind != JMESPATH_LITERAL ||
        !json_is_string(literal->literal) || field->is_instant)
        return false;
    direct->text = (struct str){ json_string_value(literal->literal),
                                 json_string_length(literal->literal) };
    for (direct->field = 0; direct->field < directing->field_count; direct->field++)
        if (str_equal(directing->fields[direct->field], field->name))
            return true;
    return false;
}

static bool take_call(const struct directing *directing,
                      const struct jmespath_node *node, struct direct *direct)
{
    static const struct {
        const char *name;
        enum direct_kind kind;
    } calls[] = {
        { "starts_with", DIRECT_STARTS_WITH },
        { "ends_with", DIRECT_ENDS_WITH },
        { "contains", DIRECT_CONTAINS },
    };

    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        if (!str_equal(node->name, str_from(calls[i].name)))
            continue;
        direct->kind = calls[i].kind;
        return node->item_count == 2 &&
               take_operands(directing, node->items[0], node->items[1], direct);
    }
    return false;
}

static bool take_parts(const struct directing *directing,
                       const struct jmespath_node *node, enum direct_kind kind,
                       struct direct *direct)
{
    direct->kind = kind;
    direct->left = of_node(directing, node->left);
    if (direct->left == NULL || kind == DIRECT_NOT)
        return direct->left != NULL;
    direct->right = of_node(directing, node->right);
    return direct->right != NULL;
}

static bool take(const struct directing *directing, const struct jmespath_node *node,
                 struct direct *direct)
{
    if (node->kind == JMESPATH_AND)
        return take_parts(directing, node, DIRECT_AND, direct);
    if (node->kind == JMESPATH_OR)
        return take_parts(directing, node, DIRECT_OR, direct);
    if (node->kind == JMESPATH_NOT)
        return take_parts(directing, node, DIRECT_NOT, direct);
    if (node->kind == JMESPATH_CALL)
        return take_call(directing, node, direct);
    direct->kind = DIRECT_COMPARISON;
    direct->comparator = node->comparator;
    return node->kind == JMESPATH_COMPARISON &&
           take_operands(directing, node->left, node->right, direct);
}

static const struct direct *of_node(const struct directing *directing,
                                    const struct jmespath_node *node)
{
    struct direct *direct = arena_new(directing->arena, struct direct);

    return take(directing, node, direct) ? direct : NULL;
}

const struct direct *direct_of(struct arena *arena, const struct jmespath_node *node,
                               const struct str *fields, size_t field_count)
{
    return of_node(&(struct directing){ arena, fields, field_count }, node);
}

static bool compare(enum jmespath_comparator comparator, struct str left,
                    struct str right)
{
    int order;

    if (comparator == JMESPATH_EQ || comparator == JMESPATH_NE)
        return str_equal(left, right) == (comparator == JMESPATH_EQ);
    order = str_compare(left, right);
    if (comparator == JMESPATH_LT)
        return order < 0;
    if (comparator == JMESPATH_LE)
        return order <= 0;
    return comparator == JMESPATH_GT ? order > 0 : order >= 0;
}

bool direct_holds(const struct direct *direct, const struct str *texts)
{
    const struct str text = texts[direct->field];

    switch (direct->kind) {
    case DIRECT_AND:
        return direct_holds(direct->left, texts) && direct_holds(direct->right, texts);
    case DIRECT_OR:
        return direct_holds(direct->left, texts) || direct_holds(direct->right, texts);
    case DIRECT_NOT:
        return !direct_holds(direct->left, texts);
    case DIRECT_STARTS_WITH:
        return str_starts_with(text, direct->text);
    case DIRECT_ENDS_WITH:
        return str_ends_with(text, direct->text);
    case DIRECT_CONTAINS:
        return direct->text.len == 0 || str_find(text, direct->text) != SIZE_MAX;
    case DIRECT_COMPARISON:
        break;
    }
    return compare(direct->comparator, text, direct->text);
}
