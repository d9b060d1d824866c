#include "jmespath/functions.h"

#include "base/order.h"
#include "base/suggest.h"
#include "base/utf8.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static json_t *boolean(bool truth)
{
    return truth ? json_true() : json_false();
}

static json_t *keep_text(struct jmespath_call *call, struct str text)
{
    return jmespath_call_keep(call, json_stringn_nocheck(text.text, text.len));
}

/* ---- numbers --------------------------------------------------------------------- */

static json_t *out_of_range(struct jmespath_call *call)
{
    return run_wrong(call->run, JMESPATH_ERROR_INVALID_VALUE, call->node->column,
                     "the result of %s() is out of range", call->node->function->name);
}

static json_t *keep_real(struct jmespath_call *call, double real)
{
    return isfinite(real) ? jmespath_call_keep(call, json_real(real))
                          : out_of_range(call);
}

static json_t *call_abs(struct jmespath_call *call, json_t *const *arguments)
{
    json_int_t integer = json_integer_value(arguments[0]);

    if (json_is_real(arguments[0]))
        return keep_real(call, fabs(json_real_value(arguments[0])));
    if (integer >= 0)
        return arguments[0];
    if (integer == INT64_MIN)
        return out_of_range(call);
    return jmespath_call_keep(call, json_integer(-integer));
}

/* An integer wherever one can hold it. */
static json_t *keep_whole(struct jmespath_call *call, json_t *number,
                          double (*whole_of)(double real))
{
    double whole = whole_of(json_real_value(number));

    if (json_is_integer(number) || whole < -9223372036854775808.0 ||
        whole >= 9223372036854775808.0)
        return number; /* a real so large is whole */
    return jmespath_call_keep(call, json_integer((json_int_t)whole));
}

static json_t *call_ceil(struct jmespath_call *call, json_t *const *arguments)
{
    return keep_whole(call, arguments[0], ceil);
}

static json_t *call_floor(struct jmespath_call *call, json_t *const *arguments)
{
    return keep_whole(call, arguments[0], floor);
}

struct sum {
    json_int_t integer; /* of the integers, while `exact` */
    bool exact;         /* only integers so far, and their sum fits */
    bool has_real;
    double real, lost; /* the whole sum, and what rounding took from it */
};

/* Neumaier's summation, as Python's sum() since 3.12. */
static void sum_add_real(struct sum *sum, double real)
{
    double total = sum->real + real;

    if (fabs(sum->real) >= fabs(real))
        sum->lost += (sum->real - total) + real;
    else
        sum->lost += (real - total) + sum->real;
    sum->real = total;
}

static struct sum sum_of(const json_t *numbers)
{
    struct sum sum = { .exact = true };

    for (size_t i = 0; i < json_array_size(numbers); i++) {
        const json_t *number = json_array_get(numbers, i);
        json_int_t integer = json_integer_value(number);

        sum_add_real(&sum, json_number_value(number));
        sum.has_real = sum.has_real || json_is_real(number);
        if (!json_is_integer(number) ||
            (integer > 0 ? sum.integer > INT64_MAX - integer
                         : sum.integer < INT64_MIN - integer))
            sum.exact = false;
        if (sum.exact)
            sum.integer += integer;
    }
    if (isfinite(sum.lost))
        sum.real += sum.lost;
    return sum;
}

static json_t *call_sum(struct jmespath_call *call, json_t *const *arguments)
{
    struct sum sum = sum_of(arguments[0]);

    if (sum.exact)
        return jmespath_call_keep(call, json_integer(sum.integer));
    if (!sum.has_real)
        return out_of_range(call);
    return keep_real(call, sum.real);
}

static json_t *call_avg(struct jmespath_call *call, json_t *const *arguments)
{
    size_t count = json_array_size(arguments[0]);
    struct sum sum = sum_of(arguments[0]);

    if (count == 0)
        return json_null();
    return keep_real(call,
                     (sum.exact ? (double)sum.integer : sum.real) / (double)count);
}

/* JSON's numbers and no others. */
static json_t *call_to_number(struct jmespath_call *call, json_t *const *arguments)
{
    struct str text = value_text(arguments[0]);
    json_error_t why;
    json_t *number;

    if (json_is_number(arguments[0]))
        return arguments[0];
    if (text.len == 0 || !is_digit(text.text[text.len - 1]) ||
        (text.text[0] != '-' && !is_digit(text.text[0])))
        return json_null();
    if (!jmespath_call_charge(call, text.len))
        return NULL;
    number = json_loadb(text.text, text.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &why);
    return number != NULL ? jmespath_call_keep(call, number) : json_null();
}

/* ---- text ------------------------------------------------------------------------ */

static json_t *call_length(struct jmespath_call *call, json_t *const *arguments)
{
    size_t length = json_array_size(arguments[0]) + json_object_size(arguments[0]);

    if (json_is_string(arguments[0])) {
        if (!jmespath_call_charge(call, json_string_length(arguments[0])))
            return NULL;
        length = character_starts(value_text(arguments[0]));
    }
    return jmespath_call_keep(call, json_integer((json_int_t)length));
}

static json_t *call_starts_with(struct jmespath_call *call, json_t *const *arguments)
{
    struct str text = value_text(arguments[0]), part = value_text(arguments[1]);

    if (!jmespath_call_charge(call, part.len))
        return NULL;
    return boolean(str_starts_with(text, part));
}

static json_t *call_ends_with(struct jmespath_call *call, json_t *const *arguments)
{
    struct str text = value_text(arguments[0]), part = value_text(arguments[1]);

    if (!jmespath_call_charge(call, part.len))
        return NULL;
    return boolean(str_ends_with(text, part));
}

static json_t *text_contains(struct jmespath_call *call, struct str text,
                             struct str part)
{
    const char *at = text.text, *end = text.text + text.len;

    if (part.len == 0)
        return json_true();
    if (!jmespath_call_charge(call, text.len))
        return NULL;
    while ((size_t)(end - at) >= part.len &&
           (at = memchr(at, part.text[0], (size_t)(end - at) - part.len + 1)) != NULL) {
        if (!jmespath_call_charge(call, part.len))
            return NULL;
        if (memcmp(at, part.text, part.len) == 0)
            return json_true();
        at++;
    }
    return json_false();
}

static json_t *call_contains(struct jmespath_call *call, json_t *const *arguments)
{
    json_t *subject = arguments[0], *wanted = arguments[1];
    bool equal = false;

    if (json_is_string(subject))
        return json_is_string(wanted)
                   ? text_contains(call, value_text(subject), value_text(wanted))
                   : json_false();
    for (size_t i = 0; i < json_array_size(subject) && !equal; i++)
        if (!run_equal(call->run, call->node, json_array_get(subject, i), wanted,
                       &equal))
            return NULL;
    return boolean(equal);
}

static json_t *call_join(struct jmespath_call *call, json_t *const *arguments)
{
    struct buf buf = BUF_EMPTY(jmespath_call_scratch(call));
    struct str glue = value_text(arguments[0]);

    for (size_t i = 0; i < json_array_size(arguments[1]); i++) {
        struct str text = value_text(json_array_get(arguments[1], i));

        if (!jmespath_call_charge(call, STEPS_TO_MAKE * (glue.len + text.len)))
            return NULL;
        if (i > 0)
            buf_add(&buf, glue);
        buf_add(&buf, text);
    }
    return keep_text(call, buf_str(&buf));
}

static json_t *reverse_text(struct jmespath_call *call, struct str text)
{
    char *reversed = arena_alloc(jmespath_call_scratch(call), text.len);
    size_t to = text.len, len = 0;

    while (to > 0) {
        size_t from = to - 1;

        while (from > 0 && !is_character_start(text.text[from]))
            from--;
        memcpy(reversed + len, text.text + from, to - from);
        len += to - from;
        to = from;
    }
    return keep_text(call, (struct str){ reversed, len });
}

static json_t *call_reverse(struct jmespath_call *call, json_t *const *arguments)
{
    size_t size = json_array_size(arguments[0]);
    json_t *list;

    if (!jmespath_call_charge(call, STEPS_TO_MAKE * json_string_length(arguments[0])) ||
        !run_charge(call->run, call->node, size))
        return NULL;
    if (json_is_string(arguments[0]))
        return reverse_text(call, value_text(arguments[0]));
    list = jmespath_call_keep(call, json_array());
    while (size > 0)
        json_array_append(list, json_array_get(arguments[0], --size));
    return list;
}

static json_t *call_to_string(struct jmespath_call *call, json_t *const *arguments)
{
    struct buf buf = BUF_EMPTY(jmespath_call_scratch(call));
    struct run *run = call->run;
    size_t steps_left = run->steps_left;
    enum walked walked;

    if (json_is_string(arguments[0]))
        return arguments[0];
    walked = value_walk(&run->context->digits, arguments[0], JMESPATH_RESULT_DEPTH_MAX,
                        &run->steps_left);
    if (walked != WALKED_YES)
        return run_stopped(run, call->node, walked, JMESPATH_RESULT_DEPTH_MAX);
    if (!run_charge(run, call->node,
                    (steps_left - run->steps_left) * (STEPS_TO_MAKE - 1)))
        return NULL;
    value_print_compact(&run->context->digits, arguments[0], &buf);
    return keep_text(call, buf_str(&buf));
}

static json_t *call_type(struct jmespath_call *call, json_t *const *arguments)
{
    struct str name = str_from(value_named(arguments[0])); /* "a string", "null" */
    size_t blank = str_find(name, STR(" "));

    return keep_text(call,
                     blank < name.len ? str_slice(name, blank + 1, name.len) : name);
}

/* ---- objects and arrays ---------------------------------------------------------- */

static json_t *call_keys(struct jmespath_call *call, json_t *const *arguments)
{
    json_t *list = jmespath_call_keep(call, json_array());

    for (void *at = json_object_iter(arguments[0]); at != NULL;
         at = json_object_iter_next(arguments[0], at)) {
        size_t key_len = json_object_iter_key_len(at);

        if (!jmespath_call_charge(call, STEPS_TO_MAKE * key_len))
            return NULL;
        json_array_append_new(list,
                              json_stringn_nocheck(json_object_iter_key(at), key_len));
    }
    return list;
}

static json_t *call_values(struct jmespath_call *call, json_t *const *arguments)
{
    json_t *list = jmespath_call_keep(call, json_array());

    if (!run_charge(call->run, call->node, json_object_size(arguments[0])))
        return NULL;
    for (void *at = json_object_iter(arguments[0]); at != NULL;
         at = json_object_iter_next(arguments[0], at))
        json_array_append(list, json_object_iter_value(at));
    return list;
}

static json_t *call_merge(struct jmespath_call *call, json_t *const *arguments)
{
    json_t *merged = jmespath_call_keep(call, json_object());

    for (size_t i = 0; i < call->count; i++) {
        for (void *at = json_object_iter(arguments[i]); at != NULL;
             at = json_object_iter_next(arguments[i], at)) {
            size_t key_len = json_object_iter_key_len(at);

            if (!run_charge_key(call->run, call->node, key_len))
                return NULL;
            json_object_setn_nocheck(merged, json_object_iter_key(at), key_len,
                                     json_object_iter_value(at));
        }
    }
    return merged;
}

static json_t *call_not_null(struct jmespath_call *call, json_t *const *arguments)
{
    for (size_t i = 0; i < call->count; i++)
        if (!json_is_null(arguments[i]))
            return arguments[i];
    return json_null();
}

static json_t *call_to_array(struct jmespath_call *call, json_t *const *arguments)
{
    json_t *list;

    if (json_is_array(arguments[0]))
        return arguments[0];
    list = json_array();
    json_array_append(list, arguments[0]);
    return jmespath_call_keep(call, list);
}

static json_t *call_map(struct jmespath_call *call, json_t *const *arguments)
{
    json_t *list = json_array(), *mapped = arguments[1];

    for (size_t i = 0; i < json_array_size(arguments[1]) && mapped != NULL; i++) {
        mapped = evaluate(call->run, call->node->items[0]->left,
                          json_array_get(arguments[1], i));
        if (mapped != NULL)
            json_array_append(list, mapped);
    }
    jmespath_call_keep(call,
                       list); /* behind what it holds: see jmespath_context_reset() */
    return mapped != NULL ? list : NULL;
}

/* ---- order ----------------------------------------------------------------------- */

struct keyed {
    const struct digits *digits;
    json_t *key; /* a number or a string */
    json_t *value;
    size_t index; /* keeps the order of equals */
};

static int compare_keyed(const void *left, const void *right)
{
    const struct keyed *a = left, *b = right;
    int order = values_order(a->digits, a->key, b->key);

    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/* The elements with their keys (themselves, without an expression behind them), all
 * numbers or all strings, or NULL. Pays for sorting them, too. */
static struct keyed *keyed_elements(struct jmespath_call *call, const json_t *array)
{
    const struct jmespath_node *expression =
        call->count > 1 ? call->node->items[1]->left : NULL;
    size_t count = json_array_size(array), rounds = 1;
    struct keyed *keyed = arena_array(jmespath_call_scratch(call), count, struct keyed);
    unsigned allowed = JMESPATH_TAKES_NUMBER | JMESPATH_TAKES_STRING;

    while (count >> rounds > 0)
        rounds++;
    for (size_t i = 0; i < count; i++) {
        json_t *value = json_array_get(array, i);
        json_t *key =
            expression != NULL ? evaluate(call->run, expression, value) : value;

        if (key == NULL)
            return NULL;
        if ((value_type(key) & allowed) == 0) {
            run_wrong(call->run, JMESPATH_ERROR_INVALID_TYPE, call->node->column,
                      "%s() takes an expression that gives numbers alone or strings "
                      "alone: for element %zu it gives %s",
                      call->node->function->name, i, value_named(key));
            return NULL;
        }
        if (!run_charge(call->run, call->node,
                        1 + rounds / COMPARISONS_A_STEP +
                            json_string_length(key) / TEXT_BYTES_A_STEP * rounds))
            return NULL;
        allowed = value_type(key);
        keyed[i] = (struct keyed){ &call->run->context->digits, key, value, i };
    }
    return keyed;
}

static json_t *call_sort(struct jmespath_call *call, json_t *const *arguments)
{
    struct keyed *keyed = keyed_elements(call, arguments[0]);
    size_t count = json_array_size(arguments[0]);
    json_t *list;

    if (keyed == NULL)
        return NULL;
    order_sort(keyed, count, sizeof *keyed, compare_keyed);
    list = jmespath_call_keep(call, json_array());
    for (size_t i = 0; i < count; i++)
        json_array_append(list, keyed[i].value);
    return list;
}

/* The first of the greatest (sign 1) or the least (sign -1). */
static json_t *extreme(struct jmespath_call *call, const json_t *array, int sign)
{
    struct keyed *keyed = keyed_elements(call, array), *best = keyed;

    if (keyed == NULL)
        return NULL;
    for (size_t i = 1; i < json_array_size(array); i++)
        if (sign * values_order(keyed->digits, keyed[i].key, best->key) > 0)
            best = &keyed[i];
    return json_array_size(array) > 0 ? best->value : json_null();
}

static json_t *call_max(struct jmespath_call *call, json_t *const *arguments)
{
    return extreme(call, arguments[0], 1);
}

static json_t *call_min(struct jmespath_call *call, json_t *const *arguments)
{
    return extreme(call, arguments[0], -1);
}

/* ---- the table ------------------------------------------------------------------- */

enum {
    NUMBER = JMESPATH_TAKES_NUMBER,
    STRING = JMESPATH_TAKES_STRING,
    ARRAY = JMESPATH_TAKES_ARRAY,
    OBJECT = JMESPATH_TAKES_OBJECT,
    ANY = JMESPATH_TAKES_ANY,
    NUMBERS = JMESPATH_TAKES_NUMBERS,
    STRINGS = JMESPATH_TAKES_STRINGS,
    EXPRESSION = JMESPATH_TAKES_EXPRESSION,
};

/* What each takes; its evaluator; whether its result always is a boolean, and whether
 * it takes any number of arguments. */
static const struct jmespath_function functions[] = {
    { "abs", .takes = { NUMBER }, .call = call_abs },
    { "avg", .takes = { NUMBERS }, .call = call_avg },
    { "ceil", .takes = { NUMBER }, .call = call_ceil },
    { "contains", .takes = { ARRAY | STRING, ANY }, .call = call_contains,
      .boolean = true },
    { "ends_with", .takes = { STRING, STRING }, .call = call_ends_with,
      .boolean = true },
    { "floor", .takes = { NUMBER }, .call = call_floor },
    { "join", .takes = { STRING, STRINGS }, .call = call_join },
    { "keys", .takes = { OBJECT }, .call = call_keys },
    { "length", .takes = { ARRAY | STRING | OBJECT }, .call = call_length },
    { "map", .takes = { EXPRESSION, ARRAY }, .call = call_map },
    { "max", .takes = { NUMBERS | STRINGS }, .call = call_max },
    { "max_by", .takes = { ARRAY, EXPRESSION }, .call = call_max },
    { "merge", .takes = { OBJECT }, .call = call_merge, .variadic = true },
    { "min", .takes = { NUMBERS | STRINGS }, .call = call_min },
    { "min_by", .takes = { ARRAY, EXPRESSION }, .call = call_min },
    { "not_null", .takes = { ANY }, .call = call_not_null, .variadic = true },
    { "reverse", .takes = { ARRAY | STRING }, .call = call_reverse },
    { "sort", .takes = { NUMBERS | STRINGS }, .call = call_sort },
    { "sort_by", .takes = { ARRAY, EXPRESSION }, .call = call_sort },
    { "starts_with", .takes = { STRING, STRING }, .call = call_starts_with,
      .boolean = true },
    { "sum", .takes = { NUMBERS }, .call = call_sum },
    { "to_array", .takes = { ANY }, .call = call_to_array },
    { "to_number", .takes = { ANY }, .call = call_to_number },
    { "to_string", .takes = { ANY }, .call = call_to_string },
    { "type", .takes = { ANY }, .call = call_type },
    { "values", .takes = { OBJECT }, .call = call_values },
};

const struct jmespath_function *function_find(struct str name)
{
    for (size_t i = 0; i < COUNT_OF(functions); i++)
        if (str_equal(str_from(functions[i].name), name))
            return &functions[i];
    return NULL;
}

/* What is a function elsewhere. */
static const struct {
    const char *name, *advice;
} habits[] = {
    { "and", "write && for and" },
    { "count", "write length() for count()" },
    { "if", "write CONDITION && THEN || ELSE" },
    { "not", "write !(...) for not(...)" },
    { "or", "write || for or" },
    { "size", "write length() for size()" },
};

/* Functions of a dialect that the AWS CLI does not speak. */
static const char *const of_community[] = {
    "find_first", "find_last", "from_items", "group_by", "items",
    "lower",      "pad_left",  "pad_right",  "replace",  "split",
    "trim",       "trim_left", "trim_right", "upper",    "zip",
};

const char *function_advice(struct arena *arena, struct str name,
                            const struct jmespath_extension *extension)
{
    size_t extra_count = extension != NULL ? extension->count : 0;
    const char **names =
        arena_array(arena, COUNT_OF(functions) + extra_count, const char *);
    const char *near;

    for (size_t i = 0; i < COUNT_OF(habits); i++)
        if (str_equal(name, str_from(habits[i].name)))
            return habits[i].advice;
    for (size_t i = 0; i < COUNT_OF(of_community); i++)
        if (str_equal(name, str_from(of_community[i])))
            return "it is one of JMESPath Community, which the AWS CLI does not have, "
                   "nor is it here";
    for (size_t i = 0; i < COUNT_OF(functions); i++)
        names[i] = functions[i].name;
    for (size_t i = 0; i < extra_count; i++)
        names[COUNT_OF(functions) + i] = extension->functions[i].name;
    near = suggest(name, names, COUNT_OF(functions) + extra_count);
    if (near != NULL)
        return arena_printf(arena, "did you mean '%s'?", near);
    return "expected one of JMESPath's, such as length, contains or starts_with";
}
