#include "base/table.h"
#include "jmespath/functions.h"
#include "jmespath/syntax.h"

/* ---- what an expression reads ---------------------------------------------------- */

enum { FEW = 8 }; /* names, which are compared one by one */

/* Names, each once, in the order of their first reading. */
struct field_reading {
    struct arena *arena;
    struct table seen; /* all but the first few */
    struct str *names;
    size_t count, capacity;
    bool whole; /* the value is read whole */

    /* Absent: names of fields of the value; else of its field of this name, or of this
     * variable. */
    struct str of;
    const struct jmespath_node *whole_at; /* the first node that reads that whole */
};

/* Most expressions read a name or two, and are asked for them again and again. */
static bool is_new(struct field_reading *reading, struct str name)
{
    void **seen;

    for (size_t i = 0; i < reading->count && i < FEW; i++)
        if (str_equal(reading->names[i], name))
            return false;
    if (reading->count < FEW)
        return true;
    seen = table_slot(&reading->seen, name);
    if (*seen != NULL)
        return false;
    *seen = reading;
    return true;
}

static void read_name(struct field_reading *reading, struct str name)
{
    if (!is_new(reading, name))
        return;
    reading->names = arena_grow(reading->arena, reading->names, reading->count,
                                &reading->capacity, sizeof *reading->names);
    reading->names[reading->count++] = str_copy(reading->arena, name);
}

const struct jmespath_node *jmespath_member(const struct jmespath_node *node)
{
    node = node->right;
    while (node->kind == JMESPATH_INDEX || node->kind == JMESPATH_SLICE ||
           node->kind == JMESPATH_FLATTEN || node->kind == JMESPATH_PROJECTION ||
           node->kind == JMESPATH_FILTER)
        node = node->left;
    return node->kind == JMESPATH_FIELD ? node : NULL;
}

/* Of `name.FIELD`, where `name` is what the reading is of, the FIELD; else NULL. */
static const struct jmespath_node *member_of(const struct field_reading *reading,
                                             const struct jmespath_node *node,
                                             enum jmespath_kind kind)
{
    if (reading->of.text == NULL || node->kind != JMESPATH_SUBEXPRESSION ||
        node->left->kind != kind || node->left->slot != 0 ||
        !str_equal(node->left->name, reading->of))
        return NULL;
    return jmespath_member(node);
}

static void read_whole(struct field_reading *reading, const struct jmespath_node *node)
{
    reading->whole = true;
    if (reading->whole_at == NULL)
        reading->whole_at = node;
}

static void read_field(struct field_reading *reading, const struct jmespath_node *node)
{
    if (reading->of.text == NULL)
        read_name(reading, node->name);
    else if (str_equal(node->name, reading->of))
        read_whole(reading, node);
}

/* It gives the value itself, so that what follows it reads that, too. */
static bool is_the_value(const struct jmespath_node *node)
{
    if (node->kind == JMESPATH_SUBEXPRESSION || node->kind == JMESPATH_PIPE)
        return is_the_value(node->left) && is_the_value(node->right);
    return node->kind == JMESPATH_CURRENT;
}

static void read_node(struct field_reading *reading, const struct jmespath_node *node)
{
    const struct jmespath_node *member = member_of(reading, node, JMESPATH_FIELD);

    switch (node->kind) {
    case JMESPATH_CURRENT:
        if (reading->of.text == NULL)
            reading->whole = true;
        break;
    case JMESPATH_FIELD:
        read_field(reading, node);
        break;
    case JMESPATH_LITERAL:
    case JMESPATH_VARIABLE:
    case JMESPATH_REFERENCE: /* sees what its function hands to it */
        break;
    case JMESPATH_SUBEXPRESSION:
    case JMESPATH_PIPE:
        if (member != NULL)
            read_name(reading, member->name);
        else
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

bool jmespath_fields_have(const struct jmespath_fields *fields, struct str name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (str_equal(fields->names[i], name))
            return true;
    return fields->whole;
}

void jmespath_fields(struct arena *arena, const struct jmespath_node *node,
                     struct jmespath_fields *fields)
{
    struct field_reading reading = { .arena = arena, .seen = TABLE_EMPTY(arena) };

    read_node(&reading, node);
    *fields = (struct jmespath_fields){ reading.names, reading.count, reading.whole };
}

const struct jmespath_node *jmespath_fields_of_field(struct arena *arena,
                                                     const struct jmespath_node *node,
                                                     struct str name,
                                                     struct jmespath_fields *fields)
{
    struct field_reading reading = { .arena = arena,
                                     .seen = TABLE_EMPTY(arena),
                                     .of = name };

    read_node(&reading, node);
    *fields = (struct jmespath_fields){ reading.names, reading.count, reading.whole };
    return reading.whole_at;
}

/* Depth: an expression's, JMESPATH_DEPTH_MAX. */
static void read_of_variable(struct field_reading *reading,
                             const struct jmespath_node *node)
{
    const struct jmespath_node *member;

    if (node == NULL)
        return;
    member = member_of(reading, node, JMESPATH_VARIABLE);
    if (member != NULL)
        read_name(reading, member->name);
    else if (node->kind == JMESPATH_VARIABLE && node->slot == 0 &&
             str_equal(node->name, reading->of))
        read_whole(reading, node);
    if (member == NULL)
        read_of_variable(reading, node->left);
    read_of_variable(reading, node->condition);
    for (size_t i = 0; i < node->item_count; i++)
        read_of_variable(reading, node->items[i]);
    read_of_variable(reading, node->right);
}

const struct jmespath_node *
jmespath_fields_of_variable(struct arena *arena, const struct jmespath_node *node,
                            struct str name, struct jmespath_fields *fields)
{
    struct field_reading reading = { .arena = arena,
                                     .seen = TABLE_EMPTY(arena),
                                     .of = name };

    read_of_variable(&reading, node);
    *fields = (struct jmespath_fields){ reading.names, reading.count, reading.whole };
    return reading.whole_at;
}

/* Depth: an expression's, JMESPATH_DEPTH_MAX. */
static void read_variables(struct field_reading *reading,
                           const struct jmespath_node *node)
{
    if (node == NULL)
        return;
    if (node->kind == JMESPATH_VARIABLE && node->slot == 0)
        read_name(reading, node->name);
    read_variables(reading, node->left);
    read_variables(reading, node->condition);
    for (size_t i = 0; i < node->item_count; i++)
        read_variables(reading, node->items[i]);
    read_variables(reading, node->right);
}

void jmespath_variables(struct arena *arena, const struct jmespath_node *node,
                        struct jmespath_names *variables)
{
    struct field_reading reading = { .arena = arena, .seen = TABLE_EMPTY(arena) };

    read_variables(&reading, node);
    *variables = (struct jmespath_names){ reading.names, reading.count };
}

/* ---- what it gives --------------------------------------------------------------- */

bool jmespath_is_boolean(const struct jmespath_node *node)
{
    switch (node->kind) {
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
    case JMESPATH_CURRENT:
    case JMESPATH_FIELD:
    case JMESPATH_VARIABLE:
    case JMESPATH_SUBEXPRESSION:
    case JMESPATH_PIPE:
    case JMESPATH_INDEX:
    case JMESPATH_SLICE:
    case JMESPATH_FLATTEN:
    case JMESPATH_PROJECTION:
    case JMESPATH_VALUES:
    case JMESPATH_FILTER:
    case JMESPATH_LIST:
    case JMESPATH_HASH:
    case JMESPATH_REFERENCE:
        break;
    }
    return false;
}

/* ---- what is hardly meant -------------------------------------------------------- */

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
