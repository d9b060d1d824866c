#include "jmespath/syntax.h"

static bool is_plain(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!is_letter(name.text[i]) && name.text[i] != '_' &&
            (i == 0 || !is_digit(name.text[i])))
            return false;
    return name.len > 0;
}

static bool is_json_word(struct str name)
{
    return str_equal(name, STR("true")) || str_equal(name, STR("false")) ||
           str_equal(name, STR("null"));
}

/* `wants_text`: a value is what one would write there. */
static bool hint_of(const struct jmespath_node *node, bool wants_text,
                    struct error *hint)
{
    struct shown shown;

    if (node->kind != JMESPATH_FIELD)
        return false;
    shown = show(node->name);
    hint->column = node->column;
    if (node->quoted && (wants_text || is_plain(node->name)))
        return !error_set(hint,
                          "\"%s\" is the name of a field: write '%s' for the text",
                          shown.text, shown.text);
    if (!node->quoted && is_json_word(node->name))
        return !error_set(hint, "%s is the name of a field here: write `%s`",
                          shown.text, shown.text);
    hint->column = 0;
    return false;
}

/* "!a.b", which means (!a).b. */
static bool hint_of_not(const struct jmespath_node *node, struct error *hint)
{
    struct shown left, right;

    if (node->left == NULL || node->left->kind != JMESPATH_NOT ||
        !(node->kind == JMESPATH_SUBEXPRESSION || node->kind == JMESPATH_INDEX ||
          node->kind == JMESPATH_SLICE || node->kind == JMESPATH_FLATTEN ||
          node->kind == JMESPATH_PROJECTION || node->kind == JMESPATH_VALUES ||
          node->kind == JMESPATH_FILTER))
        return false;
    hint->column = node->left->column;
    if (node->kind != JMESPATH_SUBEXPRESSION || node->right->kind != JMESPATH_FIELD ||
        node->left->left->kind != JMESPATH_FIELD)
        return !error_set(hint,
                          "! belongs to what stands right behind it, so that this is "
                          "always null: put all that is denied between !( and )");
    left = show(node->left->left->name);
    right = show(node->right->name);
    return !error_set(
        hint, "! belongs to %s alone, so that this is always null: write !(%s.%s)",
        left.text, left.text, right.text);
}

/* Depth: an expression's, JMESPATH_DEPTH_MAX. */
static bool find_hint(const struct jmespath_node *node, struct error *hint)
{
    if (node == NULL)
        return false;
    if (node->kind == JMESPATH_COMPARISON &&
        (hint_of(node->left, false, hint) || hint_of(node->right, true, hint)))
        return true;
    if (node->kind == JMESPATH_CALL && jmespath_is_boolean(node) &&
        node->item_count > 1 && hint_of(node->items[1], true, hint))
        return true;
    if (hint_of_not(node, hint))
        return true;
    if (find_hint(node->left, hint) || find_hint(node->condition, hint))
        return true;
    for (size_t i = 0; i < node->item_count; i++)
        if (find_hint(node->items[i], hint))
            return true;
    return find_hint(node->right, hint);
}

bool jmespath_hint(const struct jmespath *expression, struct error *hint)
{
    return find_hint(expression->root, hint);
}
