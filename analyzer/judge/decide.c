#include "judge/decide.h"

#include "base/time.h"

#include <assert.h>
#include <math.h>

/* A number that is known to lie between two, or perhaps none. */
struct range {
    double low, high;
    bool maybe_none;
    bool is_between; /* it is neither of the two, nor any double */
};

static void decref(void *value)
{
    json_decref(value);
}

static json_t *text_or_null(struct str str)
{
    return str.text != NULL ? json_stringn(str.text, str.len) : json_null();
}

static json_t *value_of_fact(const struct fact_value *fact)
{
    double value = fact->at_least;

    if (fact->only_none)
        return json_null();
    if (value == floor(value) && fabs(value) < 1e15)
        return json_integer((json_int_t)value);
    return json_real(value);
}

void bounds_init(struct bounds *bounds)
{
    bounds->values = arena_new(bounds->scratch, json_t *);
    for (size_t i = 0; i < bounds->open_count; i++)
        jmespath_context_open_in(bounds->context, bounds->resource, bounds->open[i]);
    for (size_t i = 0; i < bounds->nested.count; i++)
        jmespath_context_open_in(bounds->context, bounds->nested.items[i].object,
                                 bounds->nested.items[i].name);
}

json_t *bounds_values(const struct bounds *bounds)
{
    json_t *values = *bounds->values;

    if (values != NULL)
        return values;
    values = *bounds->values = json_object();
    arena_on_release(bounds->scratch, decref, values);
    json_object_set_new(values, "account", text_or_null(bounds->account));
    json_object_set_new(values, "region", text_or_null(bounds->region));
    if (bounds->resource != NULL) {
        json_object_set(values, "resource", bounds->resource);
        json_object_set_new(values, "resource_type",
                            text_or_null(bounds->resource_type));
    }
    for (size_t i = 0; i < bounds->rule->fact_count && bounds->facts != NULL; i++) {
        struct str name = bounds->rule->facts[i].name;

        if (fact_is_exact(&bounds->facts[i]))
            json_object_setn_new(values, name.text, name.len,
                                 value_of_fact(&bounds->facts[i]));
    }
    return values;
}

static const struct fact_value *fact_named(const struct bounds *bounds, struct str name)
{
    for (size_t i = 0; i < bounds->rule->fact_count; i++)
        if (str_equal(bounds->rule->facts[i].name, name))
            return &bounds->facts[i];
    return NULL;
}

/* What the ordinary evaluator is to read: NULL if a fact among it is not exact. */
static json_t *values_for(const struct bounds *bounds, const struct jmespath_node *node)
{
    struct jmespath_fields fields = { 0 };

    jmespath_fields(bounds->scratch, node, &fields);
    assert(!fields.whole); /* rule.c refuses it */
    for (size_t i = 0; i < fields.count; i++) {
        const struct fact_value *fact = fact_named(bounds, fields.names[i]);

        if (fact != NULL && !fact_is_exact(fact))
            return NULL;
    }
    return fields.count > 0 ? bounds_values(bounds) : json_null();
}

json_t *bounds_value(const struct bounds *bounds, const struct jmespath_node *node)
{
    json_t *values = values_for(bounds, node);
    struct error err = { 0 };

    return values != NULL ? jmespath_run_node(node, values, bounds->context, &err)
                          : NULL;
}

bool bounds_fail(const struct bounds *bounds, const struct jmespath_node *node,
                 struct error *err)
{
    json_t *values = values_for(bounds, node);

    return values != NULL &&
           jmespath_run_node(node, values, bounds->context, err) == NULL;
}

/* No fact is a whole number that no double holds. */
static struct range range_of_number(const json_t *number)
{
    const double beyond = 9223372036854775808.0; /* 2^63 */
    double value = json_number_value(number);
    json_int_t integer = json_integer_value(number);
    bool is_above = value >= beyond || (json_int_t)value > integer;

    if (!json_is_integer(number) || (!is_above && (json_int_t)value == integer))
        return (struct range){ value, value, false, false };
    return is_above ? (struct range){ nextafter(value, -beyond), value, false, true }
                    : (struct range){ value, nextafter(value, beyond), false, true };
}

/* NULL: it is none. */
static const struct fact *fact_of(const struct bounds *bounds,
                                  const struct jmespath_node *node)
{
    return node->kind == JMESPATH_FIELD ? rule_fact(bounds->rule, node->name) : NULL;
}

/* Beside a time, text and numbers are instants. */
static bool range_of_time(const json_t *value, struct range *range)
{
    struct str text = { json_string_value(value), json_string_length(value) };
    int64_t instant;

    if (json_is_string(value)
            ? !instant_parse_or_date(text, &instant)
            : !json_is_number(value) ||
                  !instant_from_number(json_number_value(value), &instant))
        return false;
    range->low = range->high = (double)instant / INSTANTS_PER_SECOND;
    range->maybe_none = range->is_between = false;
    return true;
}

/* `beside_time`: what it is compared with is a time. */
static bool range_of(const struct bounds *bounds, const struct jmespath_node *node,
                     bool beside_time, struct range *range)
{
    const struct fact_value *fact =
        node->kind == JMESPATH_FIELD ? fact_named(bounds, node->name) : NULL;
    const json_t *value;

    /* What most comparisons are of, a fact and a number, needs no evaluator. */
    if (fact != NULL) {
        *range =
            (struct range){ fact->at_least, fact->at_most, fact->maybe_none, false };
        return !fact->only_none;
    }
    value = node->kind == JMESPATH_LITERAL ? node->literal : bounds_value(bounds, node);
    if (value != NULL && beside_time)
        return range_of_time(value, range);
    if (!json_is_number(value))
        return false;
    *range = range_of_number(value);
    return true;
}

static enum truth truth_not(enum truth truth)
{
    if (truth == TRUTH_UNKNOWN)
        return truth;
    return truth == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
}

static enum truth truth_and(enum truth left, enum truth right)
{
    if (left == TRUTH_FALSE || right == TRUTH_FALSE)
        return TRUTH_FALSE;
    return left == TRUTH_TRUE && right == TRUTH_TRUE ? TRUTH_TRUE : TRUTH_UNKNOWN;
}

static enum truth range_less(const struct range *left, const struct range *right)
{
    if (left->maybe_none || right->maybe_none)
        return TRUTH_UNKNOWN;
    if (left->high < right->low ||
        (left->high == right->low && (left->is_between || right->is_between)))
        return TRUTH_TRUE;
    return left->low >= right->high ? TRUTH_FALSE : TRUTH_UNKNOWN;
}

static enum truth range_equal(const struct range *left, const struct range *right)
{
    if (left->high < right->low || right->high < left->low ||
        left->is_between != right->is_between)
        return TRUTH_FALSE;
    if (left->maybe_none || right->maybe_none)
        return TRUTH_UNKNOWN;
    return left->low == left->high && right->low == right->high ? TRUTH_TRUE
                                                                : TRUTH_UNKNOWN;
}

static enum truth compare(enum jmespath_comparator comparator, const struct range *left,
                          const struct range *right)
{
    switch (comparator) {
    case JMESPATH_EQ:
        return range_equal(left, right);
    case JMESPATH_NE:
        return truth_not(range_equal(left, right));
    case JMESPATH_LT:
        return range_less(left, right);
    case JMESPATH_GE:
        return truth_not(range_less(left, right));
    case JMESPATH_GT:
        return range_less(right, left);
    case JMESPATH_LE:
        return truth_not(range_less(right, left));
    }
    assert(false); /* no comparator */
    return TRUTH_UNKNOWN;
}

static enum truth truth_of_value(const struct bounds *bounds,
                                 const struct jmespath_node *node)
{
    const json_t *value = bounds_value(bounds, node);

    if (value == NULL || !json_is_boolean(value))
        return TRUTH_UNKNOWN;
    return json_is_true(value) ? TRUTH_TRUE : TRUTH_FALSE;
}

/* Of a fact and something else, by their bounds; else by the ordinary evaluator. */
static enum truth truth_of_comparison(const struct bounds *bounds,
                                      const struct jmespath_node *node)
{
    const struct fact *left_fact = fact_of(bounds, node->left);
    const struct fact *right_fact = fact_of(bounds, node->right);
    bool left_is_time = left_fact != NULL && left_fact->is_time;
    bool right_is_time = right_fact != NULL && right_fact->is_time;
    struct range left, right;

    if ((left_fact != NULL || right_fact != NULL) &&
        range_of(bounds, node->left, right_is_time, &left) &&
        range_of(bounds, node->right, left_is_time, &right))
        return compare(node->comparator, &left, &right);
    return truth_of_value(bounds, node);
}

static enum truth bounds_truth(const struct bounds *bounds,
                               const struct jmespath_node *node)
{
    if (node->kind == JMESPATH_NOT)
        return truth_not(bounds_truth(bounds, node->left));
    if (node->kind == JMESPATH_AND)
        return truth_and(bounds_truth(bounds, node->left),
                         bounds_truth(bounds, node->right));
    if (node->kind == JMESPATH_OR)
        return truth_not(truth_and(truth_not(bounds_truth(bounds, node->left)),
                                   truth_not(bounds_truth(bounds, node->right))));
    if (node->kind == JMESPATH_COMPARISON)
        return truth_of_comparison(bounds, node);
    return truth_of_value(bounds, node);
}

enum truth bounds_holds(const struct bounds *bounds, const struct jmespath *when)
{
    return bounds_truth(bounds, jmespath_root(when));
}

/* ---- the verdict ---- */

static enum result only_result(const struct verdict *verdict)
{
    enum result only = RESULT_COUNT;

    for (int result = 0; result < RESULT_COUNT; result++) {
        if (!verdict->results[result])
            continue;
        if (only != RESULT_COUNT)
            return RESULT_UNKNOWN;
        only = (enum result)result;
    }
    assert(only != RESULT_COUNT);
    return only;
}

void decide(const struct bounds *bounds, struct verdict *verdict)
{
    const struct rule *rule = bounds->rule;

    *verdict = (struct verdict){ 0 };
    for (size_t i = 0; i < rule->outcome_count; i++) {
        const struct jmespath *when = rule->outcomes[i].when;
        enum truth truth =
            when == NULL ? TRUTH_TRUE : bounds_truth(bounds, jmespath_root(when));

        verdict->whens[i] = truth;
        if (truth == TRUTH_FALSE)
            continue;
        verdict->rows[i] = true;
        verdict->results[rule->outcomes[i].result] = true;
        if (truth == TRUTH_TRUE)
            break;
    }
    verdict->result = only_result(verdict);
}
