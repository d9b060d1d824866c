#include "rulebook/rule_reader.h"

#include "base/time.h"

#include <math.h>

/* What a part of an expression gives: FIELD_ANY, where that cannot be told. */
enum {
    KIND_TIME = FIELD_ANY + 1, /* text or a number, compared as an instant */
    KIND_NULL,
    KIND_COUNT
};

static const char *const kind_texts[KIND_COUNT] = {
    [FIELD_STRING] = "a text",     [FIELD_NUMBER] = "a number",
    [FIELD_BOOLEAN] = "a boolean", [FIELD_ARRAY] = "an array",
    [FIELD_OBJECT] = "an object",  [FIELD_ANY] = "not known",
    [KIND_TIME] = "a time",        [KIND_NULL] = "null",
};

/* The expression that is looked at. */
struct looking {
    const struct written *written;
    const struct rule *rule;
    struct arena *arena;
    struct sight sight;
};

/* One side of a comparison. */
struct side {
    const struct jmespath_node *node;
    int kind;
    const struct fact *fact; /* that it is, or NULL */
    bool is_optional;        /* a field of a record, or below one, that may be absent */
};

/* ---- kinds ----------------------------------------------------------------------- */

static int kind_of_value(const json_t *value)
{
    static const int kinds[] = {
        [JSON_OBJECT] = FIELD_OBJECT, [JSON_ARRAY] = FIELD_ARRAY,
        [JSON_STRING] = FIELD_STRING, [JSON_INTEGER] = FIELD_NUMBER,
        [JSON_REAL] = FIELD_NUMBER,   [JSON_TRUE] = FIELD_BOOLEAN,
        [JSON_FALSE] = FIELD_BOOLEAN, [JSON_NULL] = KIND_NULL,
    };

    return kinds[json_typeof(value)];
}

static int kind_of_type_field(const struct type *type, struct str name)
{
    return str_list_has(&type->time, name) ? KIND_TIME
                                           : (int)type_field_kind(type, name);
}

/* Where all types of the rule agree. */
static int kind_of_subject_field(const struct rule *rule, struct str name)
{
    int kind = rule->subject_count > 0 ? kind_of_type_field(rule->subjects[0], name)
                                       : (int)FIELD_ANY;

    for (size_t i = 1; i < rule->subject_count; i++)
        if (kind_of_type_field(rule->subjects[i], name) != kind)
            return FIELD_ANY;
    return kind;
}

static int kind_of_name(const struct rule *rule, struct str name)
{
    const struct fact *fact = rule_fact(rule, name);

    if (fact != NULL)
        return fact->is_time ? KIND_TIME : (int)FIELD_NUMBER;
    return str_equal(name, STR("resource"))
               ? FIELD_OBJECT
               : FIELD_STRING; /* account, region, resource_type */
}

static int kind_of_field(const struct looking *looking, struct str name)
{
    switch (looking->sight.of) {
    case SEES_FACTS:
        return kind_of_name(looking->rule, name);
    case SEES_RECORD:
        return kind_of_type_field(looking->sight.type, name);
    case SEES_SUBJECT:
        return kind_of_subject_field(looking->rule, name);
    case SEES_ELEMENT:
        break;
    }
    return FIELD_ANY;
}

/* `resource.NAME`, $resource.NAME */
static bool is_of_subject(const struct looking *looking,
                          const struct jmespath_node *node, bool sees)
{
    const struct jmespath_node *left = node->left;
    bool is_named = left != NULL && str_equal(left->name, STR("resource"));

    if (!is_named || node->right->kind != JMESPATH_FIELD)
        return false;
    return left->kind == JMESPATH_FIELD
               ? sees && looking->sight.of == SEES_FACTS
               : left->kind == JMESPATH_VARIABLE && left->slot == 0;
}

static int kind_of_variable(const struct looking *looking, struct str name)
{
    const struct parameter *parameter = rule_parameter(looking->rule, name);

    if (parameter == NULL)
        return str_equal(name, STR("now")) ? FIELD_NUMBER : FIELD_ANY;
    /* null unless it is set: it may be compared with either. */
    if (parameter->value == NULL || json_is_null(parameter->value))
        return FIELD_ANY;
    return kind_of_value(parameter->value);
}

static int kind_of_call(const struct jmespath_node *call)
{
    static const struct {
        const char *name;
        int kind;
    } kinds[] = {
        { "abs", FIELD_NUMBER },       { "age_days", FIELD_NUMBER },
        { "age_hours", FIELD_NUMBER }, { "arn", FIELD_OBJECT },
        { "avg", FIELD_NUMBER },       { "ceil", FIELD_NUMBER },
        { "floor", FIELD_NUMBER },     { "join", FIELD_STRING },
        { "keys", FIELD_ARRAY },       { "length", FIELD_NUMBER },
        { "lower", FIELD_STRING },     { "map", FIELD_ARRAY },
        { "merge", FIELD_OBJECT },     { "schedule", FIELD_OBJECT },
        { "sort", FIELD_ARRAY },       { "sort_by", FIELD_ARRAY },
        { "split", FIELD_ARRAY },      { "sum", FIELD_NUMBER },
        { "time", FIELD_NUMBER },      { "to_array", FIELD_ARRAY },
        { "to_number", FIELD_NUMBER }, { "to_string", FIELD_STRING },
        { "type", FIELD_STRING },      { "upper", FIELD_STRING },
        { "values", FIELD_ARRAY },
    };

    if (jmespath_is_boolean(call))
        return FIELD_BOOLEAN;
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_equal(call->name, str_from(kinds[i].name)))
            return kinds[i].kind;
    return FIELD_ANY;
}

/* `sees`: it sees what the expression sees, and not what is in a field of that. */
static int kind_of(const struct looking *looking, const struct jmespath_node *node,
                   bool sees)
{
    int left, right;

    switch ((int)node->kind) {
    case JMESPATH_LITERAL:
        return kind_of_value(node->literal);
    case JMESPATH_FIELD:
        return sees ? kind_of_field(looking, node->name) : (int)FIELD_ANY;
    case JMESPATH_VARIABLE:
        return node->slot == 0 ? kind_of_variable(looking, node->name) : (int)FIELD_ANY;
    case JMESPATH_CALL:
        return kind_of_call(node);
    case JMESPATH_COMPARISON:
    case JMESPATH_NOT:
        return FIELD_BOOLEAN;
    case JMESPATH_AND:
    case JMESPATH_OR:
        left = kind_of(looking, node->left, sees);
        right = kind_of(looking, node->right, sees);
        return left == right ? left : (int)FIELD_ANY;
    case JMESPATH_SUBEXPRESSION:
        if (is_of_subject(looking, node, sees))
            return kind_of_subject_field(looking->rule, node->right->name);
        return kind_of(looking, node->right, sees && right_sees_value(node));
    case JMESPATH_PIPE:
        return kind_of(looking, node->right, sees && right_sees_value(node));
    default:
        return FIELD_ANY;
    }
}

static struct side side_of(const struct looking *looking,
                           const struct jmespath_node *node, bool sees)
{
    struct side side = { .node = node, .kind = kind_of(looking, node, sees) };
    bool is_field = node->kind == JMESPATH_FIELD && sees;

    if (looking->sight.of == SEES_FACTS)
        side.fact = is_field ? rule_fact(looking->rule, node->name) : NULL;
    else if (looking->sight.of == SEES_RECORD)
        side.is_optional =
            (is_field && type_always(looking->sight.type, node->name) == NULL) ||
            node->kind == JMESPATH_SUBEXPRESSION;
    return side;
}

/* ---- what is said ---------------------------------------------------------------- */

/* "BackupRetentionPeriod", "'7'", "`7`", "$days", "length()" */
static const char *told(struct arena *arena, const struct jmespath_node *node)
{
    struct buf buf = BUF_EMPTY(arena);

    switch ((int)node->kind) {
    case JMESPATH_CURRENT:
        return "@";
    case JMESPATH_FIELD:
        return arena_printf(arena, "%.*s", STR_ARG(node->name));
    case JMESPATH_VARIABLE:
        return arena_printf(arena, "$%.*s", STR_ARG(node->name));
    case JMESPATH_CALL:
        return arena_printf(arena, "%.*s()", STR_ARG(node->name));
    case JMESPATH_SUBEXPRESSION:
        return arena_printf(arena, "%s.%s", told(arena, node->left),
                            told(arena, node->right));
    case JMESPATH_LITERAL:
        break;
    default:
        return "the other side";
    }
    if (json_is_string(node->literal))
        return arena_printf(arena, "'%.*s'", (int)json_string_length(node->literal),
                            json_string_value(node->literal));
    jmespath_print(node->literal, 0, &buf);
    return arena_printf(arena, "`%s`", buf_str(&buf).text);
}

static size_t start_column(const struct jmespath_node *node)
{
    while (node->kind == JMESPATH_SUBEXPRESSION)
        node = node->left;
    return node->column;
}

static bool is_json_of_kind(struct str text, int kind)
{
    json_t *value = json_loadb(text.text, text.len, JSON_DECODE_ANY, NULL);
    bool matches = value != NULL && kind_of_value(value) == kind;

    json_decref(value);
    return matches;
}

/* How a literal is written that is of the other kind, or "". */
static const char *rewritten(struct arena *arena, const struct jmespath_node *literal,
                             int kind)
{
    struct str text = { json_string_value(literal->literal),
                        json_string_length(literal->literal) };
    struct buf buf = BUF_EMPTY(arena);

    if (json_is_string(literal->literal) && is_json_of_kind(text, kind))
        return arena_printf(arena, ": write `%.*s`", STR_ARG(text));
    if (json_is_string(literal->literal) || kind != FIELD_STRING)
        return "";
    jmespath_print(literal->literal, 0, &buf);
    return arena_printf(arena, ": write '%s'", buf_str(&buf).text);
}

static void say_kinds(const struct looking *looking, const struct side *left,
                      const struct side *right, const char *therefore)
{
    struct arena *arena = looking->arena;
    const struct side *literal = left->node->kind == JMESPATH_LITERAL ? left : right;
    const struct side *other = literal == right ? left : right;
    const char *advice = literal->node->kind == JMESPATH_LITERAL
                             ? rewritten(arena, literal->node, other->kind)
                             : "";

    expression_error(looking->written, literal->node->column,
                     "%s is %s, and %s is %s%s", told(arena, other->node),
                     kind_texts[other->kind], told(arena, literal->node),
                     kind_texts[literal->kind], advice[0] != '\0' ? advice : therefore);
}

/* ---- comparisons ----------------------------------------------------------------- */

static bool is_order(const struct jmespath_node *node)
{
    return node->comparator != JMESPATH_EQ && node->comparator != JMESPATH_NE;
}

static bool has_order(int kind)
{
    return kind == FIELD_NUMBER || kind == FIELD_STRING || kind == KIND_TIME ||
           kind == FIELD_ANY;
}

/* Of a time and another side. */
static void check_time(const struct looking *looking, const struct side *time,
                       const struct side *other)
{
    const struct jmespath_node *node = other->node;
    int64_t instant;

    if (node->kind != JMESPATH_LITERAL)
        return;
    if (other->kind == FIELD_STRING ? node->is_instant
        : other->kind == FIELD_NUMBER
            ? instant_from_number(json_number_value(node->literal), &instant)
            : true)
        return;
    expression_error(looking->written, node->column,
                     "%s is a time, and %s is not: write an instant, such as "
                     "'2026-01-31T12:00:00Z', or a date, '2026-01-31'",
                     told(looking->arena, time->node), told(looking->arena, node));
}

/* Whether two sides can be compared. */
static bool kinds_meet(const struct looking *looking, const struct side *left,
                       const struct side *right)
{
    if (left->kind == KIND_TIME || right->kind == KIND_TIME) {
        const struct side *time = left->kind == KIND_TIME ? left : right;
        const struct side *other = time == left ? right : left;

        check_time(looking, time, other);
        return has_order(other->kind);
    }
    return left->kind == right->kind || left->kind == FIELD_ANY ||
           right->kind == FIELD_ANY;
}

static bool check_kinds(const struct looking *looking,
                        const struct jmespath_node *comparison, const struct side *left,
                        const struct side *right)
{
    struct arena *arena = looking->arena;
    bool is_ordered = is_order(comparison);
    size_t errors = looking->written->reader->mistakes->error_count;

    if (left->node->kind == JMESPATH_NOT && right->kind != FIELD_BOOLEAN &&
        right->kind != FIELD_ANY) {
        expression_error(looking->written, left->node->column,
                         "! belongs to %s alone, so that true or false is compared "
                         "with %s: put the whole comparison between !( and )",
                         told(arena, left->node->left), told(arena, right->node));
        return false;
    }
    if (is_ordered && (!has_order(left->kind) || !has_order(right->kind))) {
        const struct side *wrong = has_order(left->kind) ? right : left;

        expression_error(looking->written, wrong->node->column,
                         "%s is %s: only numbers, texts and times have an order",
                         told(arena, wrong->node), kind_texts[wrong->kind]);
        return false;
    }
    if (left->kind == KIND_NULL || right->kind == KIND_NULL)
        return true;
    if (!kinds_meet(looking, left, right))
        say_kinds(looking, left, right,
                  is_ordered ? ": they have no order" : ": they are never equal");
    return looking->written->reader->mistakes->error_count == errors;
}

/* "Encrypted == `false`", where Encrypted may be absent. */
static void warn_of_false(const struct looking *looking,
                          const struct jmespath_node *comparison,
                          const struct side *side, const struct side *other)
{
    const char *name = told(looking->arena, side->node);

    if (comparison->comparator != JMESPATH_EQ || !side->is_optional ||
        other->node->kind != JMESPATH_LITERAL || !json_is_false(other->node->literal))
        return;
    expression_warning(looking->written, start_column(side->node),
                       "%s may be absent, and is not false then: write %s != `true` if "
                       "such a record is to count",
                       name, name);
}

/* ---- facts ----------------------------------------------------------------------- */

static bool compares(double left, enum jmespath_comparator comparator, double right)
{
    switch (comparator) {
    case JMESPATH_LT:
        return left < right;
    case JMESPATH_LE:
        return left <= right;
    case JMESPATH_GT:
        return left > right;
    case JMESPATH_GE:
        return left >= right;
    case JMESPATH_NE:
        return left < right || left > right;
    case JMESPATH_EQ:
        break;
    }
    return left >= right && left <= right;
}

/* A count that is compared with a number as no other count would be. No count, the one
 * at the number or below it, the next and the largest tell for all. */
static void warn_of_always(const struct looking *looking,
                           const struct jmespath_node *comparison,
                           const struct side *count, const struct side *number)
{
    double of = json_number_value(number->node->literal);
    const double counts[] = { 0, floor(of), floor(of) + 1, INFINITY };
    size_t true_count = 0, all = 0;

    if (count->fact == NULL || count->fact->kind != FACT_COUNT ||
        number->node->kind != JMESPATH_LITERAL || number->kind != FIELD_NUMBER)
        return;
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        if (counts[i] < 0)
            continue;
        all++;
        true_count += number->node == comparison->right
                          ? compares(counts[i], comparison->comparator, of)
                          : compares(of, comparison->comparator, counts[i]);
    }
    if (true_count == 0 || true_count == all)
        expression_warning(looking->written, number->node->column,
                           "a count is 0, 1, 2 and so on, so this is always %s",
                           true_count > 0 ? "true" : "false");
}

static void warn_of_two_facts(const struct looking *looking,
                              const struct jmespath_node *comparison,
                              const struct side *left, const struct side *right)
{
    if (left->fact == NULL || right->fact == NULL || left->fact->type == NULL ||
        left->fact->type != right->fact->type)
        return;
    expression_warning(
        looking->written, comparison->column,
        "%.*s and %.*s are taken as independent of each other, though they are "
        "of one listing, so that this stays unknown where it is not whole: "
        "count the records that fail, and compare with `0`",
        STR_ARG(left->fact->name), STR_ARG(right->fact->name));
}

/* ---- calls ----------------------------------------------------------------------- */

static void warn_of_time_as_text(const struct looking *looking,
                                 const struct jmespath_node *call, bool sees)
{
    static const char *const of_text[] = { "contains",    "ends_with", "like",
                                           "lower",       "matches",   "split",
                                           "starts_with", "to_number", "upper" };
    const struct jmespath_node *of = call->item_count > 0 ? call->items[0] : NULL;

    if (of == NULL || kind_of(looking, of, sees) != KIND_TIME)
        return;
    for (size_t i = 0; i < COUNT_OF(of_text); i++) {
        if (!str_equal(call->name, str_from(of_text[i])))
            continue;
        expression_warning(looking->written, of->column,
                           "%s is a time, which is a number or a text of any zone by "
                           "what printed it: compare it, as in %s >= '2026-01-31'",
                           told(looking->arena, of), told(looking->arena, of));
    }
}

/* ---- the walk -------------------------------------------------------------------- */

static void look_at_comparison(const struct looking *looking,
                               const struct jmespath_node *node, bool sees)
{
    const struct side left = side_of(looking, node->left, sees);
    const struct side right = side_of(looking, node->right, sees);

    if (!check_kinds(looking, node, &left, &right))
        return;
    warn_of_false(looking, node, &left, &right);
    warn_of_false(looking, node, &right, &left);
    warn_of_always(looking, node, &left, &right);
    warn_of_always(looking, node, &right, &left);
    warn_of_two_facts(looking, node, &left, &right);
}

/* Depth: an expression's, JMESPATH_DEPTH_MAX. */
static void look(const struct looking *looking, const struct jmespath_node *node,
                 bool sees)
{
    if (node == NULL)
        return;
    if (node->kind == JMESPATH_COMPARISON)
        look_at_comparison(looking, node, sees);
    if (node->kind == JMESPATH_CALL)
        warn_of_time_as_text(looking, node, sees);
    look(looking, node->left, sees && node->kind != JMESPATH_REFERENCE);
    look(looking, node->right, sees && right_sees_value(node));
    look(looking, node->condition, false);
    for (size_t i = 0; i < node->item_count; i++)
        look(looking, node->items[i], sees);
}

void comparisons_check(const struct written *written, const struct jmespath *expression,
                       struct sight sight)
{
    const struct looking looking = { written, written->reader->rule,
                                     written->reader->arena, sight };

    if ((sight.of == SEES_RECORD && sight.type == NULL) || written->reader->is_checked)
        return;
    look(&looking, jmespath_root(expression), true);
}
