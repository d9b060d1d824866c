#include "jmespath/functions.h"

#include "base/suggest.h"
#include "base/utf8.h"
#include "jmespath/extend.h"
#include "jmespath/syntax.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- parameters ------------------------------------------------------------------ */

enum {
    IS_NULL = 1 << 0,
    IS_BOOLEAN = 1 << 1,
    IS_NUMBER = 1 << 2,
    IS_STRING = 1 << 3,
    IS_ARRAY = 1 << 4,
    IS_OBJECT = 1 << 5,
    IS_ANY = (1 << 6) - 1,
};

static const struct {
    const char *name;
    unsigned types, element_types; /* element_types 0: any */
} parameters[] = {
    [PARAMETER_ANY] = { "any value", IS_ANY, 0 },
    [PARAMETER_NUMBER] = { "a number", IS_NUMBER, 0 },
    [PARAMETER_STRING] = { "a string", IS_STRING, 0 },
    [PARAMETER_OBJECT] = { "an object", IS_OBJECT, 0 },
    [PARAMETER_ARRAY] = { "an array", IS_ARRAY, 0 },
    [PARAMETER_ARRAY_OR_STRING] = { "an array or a string", IS_ARRAY | IS_STRING, 0 },
    [PARAMETER_COUNTABLE] = { "an array, a string or an object",
                              IS_ARRAY | IS_STRING | IS_OBJECT, 0 },
    [PARAMETER_NUMBERS] = { "an array of numbers", IS_ARRAY, IS_NUMBER },
    [PARAMETER_STRINGS] = { "an array of strings", IS_ARRAY, IS_STRING },
    [PARAMETER_NUMBERS_OR_STRINGS] = { "an array of numbers or of strings", IS_ARRAY,
                                       IS_NUMBER | IS_STRING },
    [PARAMETER_EXPRESSION] = { "an expression", IS_ANY, 0 },
};

static unsigned type_of(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return IS_OBJECT;
    case JSON_ARRAY:
        return IS_ARRAY;
    case JSON_STRING:
        return IS_STRING;
    case JSON_INTEGER:
    case JSON_REAL:
        return IS_NUMBER;
    case JSON_TRUE:
    case JSON_FALSE:
        return IS_BOOLEAN;
    case JSON_NULL:
        break;
    }
    return IS_NULL;
}

/* All elements must be of one of these types, and of the same. */
static bool check_elements(struct run *run, const struct jmespath_node *node,
                           size_t index, const json_t *array)
{
    enum parameter parameter = function_parameter(node->function, index);
    unsigned allowed = parameters[parameter].element_types;

    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *element = json_array_get(array, i);

        if ((type_of(element) & allowed) == 0) {
            run_wrong(run, node->items[index], "%s() takes %s: element %zu is %s%s",
                      node->function->name, parameters[parameter].name, i,
                      value_article(element), value_type_name(element));
            return false;
        }
        allowed = type_of(element);
    }
    return run_charge(run, node, json_array_size(array));
}

static bool check_argument(struct run *run, const struct jmespath_node *node,
                           size_t index, const json_t *argument)
{
    enum parameter parameter = function_parameter(node->function, index);

    if ((type_of(argument) & parameters[parameter].types) == 0) {
        run_wrong(run, node->items[index], "%s() takes %s, not %s%s",
                  node->function->name, parameters[parameter].name,
                  value_article(argument), value_type_name(argument));
        return false;
    }
    return parameters[parameter].element_types == 0 ||
           check_elements(run, node, index, argument);
}

static json_t *boolean(bool truth)
{
    return truth ? json_true() : json_false();
}

static json_t *keep_text(struct run *run, struct str text)
{
    return run_keep(run, json_stringn_nocheck(text.text, text.len));
}

/* ---- numbers --------------------------------------------------------------------- */

static json_t *out_of_range(struct run *run, const struct jmespath_node *node)
{
    error_of_kind(run->err, JMESPATH_ERROR_INVALID_VALUE, node->column,
                  "the result of %s() is out of range", node->function->name);
    return NULL;
}

static json_t *keep_real(struct run *run, const struct jmespath_node *node, double real)
{
    return isfinite(real) ? run_keep(run, json_real(real)) : out_of_range(run, node);
}

static json_t *call_abs(struct run *run, const struct jmespath_node *node,
                        json_t *const *arguments)
{
    json_int_t integer = json_integer_value(arguments[0]);

    if (json_is_real(arguments[0]))
        return keep_real(run, node, fabs(json_real_value(arguments[0])));
    if (integer >= 0)
        return arguments[0];
    if (integer == INT64_MIN)
        return out_of_range(run, node);
    return run_keep(run, json_integer(-integer));
}

/* The next whole number above (up 1) or below (up 0); an integer wherever one can hold
 * it. */
static json_t *keep_whole(struct run *run, json_t *number, int up)
{
    double real = json_real_value(number);
    json_int_t whole;

    if (json_is_integer(number) || real < -9223372036854775808.0 ||
        real >= 9223372036854775808.0)
        return number; /* a real so large is whole */
    whole = (json_int_t)real;
    if ((double)whole < real)
        whole += up;
    else if ((double)whole > real)
        whole -= 1 - up;
    return run_keep(run, json_integer(whole));
}

static json_t *call_ceil(struct run *run, const struct jmespath_node *node,
                         json_t *const *arguments)
{
    (void)node;
    return keep_whole(run, arguments[0], 1);
}

static json_t *call_floor(struct run *run, const struct jmespath_node *node,
                          json_t *const *arguments)
{
    (void)node;
    return keep_whole(run, arguments[0], 0);
}

struct sum {
    json_int_t integer; /* of the integers, while `exact` */
    bool exact;         /* only integers so far, and their sum fits */
    double real, lost;  /* the whole sum, and what rounding took from it */
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

static bool has_real(const json_t *numbers)
{
    for (size_t i = 0; i < json_array_size(numbers); i++)
        if (json_is_real(json_array_get(numbers, i)))
            return true;
    return false;
}

static json_t *call_sum(struct run *run, const struct jmespath_node *node,
                        json_t *const *arguments)
{
    struct sum sum = sum_of(arguments[0]);

    if (sum.exact)
        return run_keep(run, json_integer(sum.integer));
    if (!has_real(arguments[0]))
        return out_of_range(run, node);
    return keep_real(run, node, sum.real);
}

static json_t *call_avg(struct run *run, const struct jmespath_node *node,
                        json_t *const *arguments)
{
    size_t count = json_array_size(arguments[0]);
    struct sum sum = sum_of(arguments[0]);

    if (count == 0)
        return json_null();
    return keep_real(run, node,
                     (sum.exact ? (double)sum.integer : sum.real) / (double)count);
}

/* JSON's numbers and no others. */
static json_t *call_to_number(struct run *run, const struct jmespath_node *node,
                              json_t *const *arguments)
{
    struct str text = value_text(arguments[0]);
    json_error_t why;
    json_t *number;

    if (json_is_number(arguments[0]))
        return arguments[0];
    if (text.len == 0 || !is_digit(text.text[text.len - 1]) ||
        (text.text[0] != '-' && !is_digit(text.text[0])))
        return json_null();
    if (!run_charge_text(run, node, text.len))
        return NULL;
    number = json_loadb(text.text, text.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &why);
    return number != NULL ? run_keep(run, number) : json_null();
}

/* ---- text ------------------------------------------------------------------------ */

static json_t *call_length(struct run *run, const struct jmespath_node *node,
                           json_t *const *arguments)
{
    size_t length = json_array_size(arguments[0]) + json_object_size(arguments[0]);

    if (json_is_string(arguments[0])) {
        if (!run_charge_text(run, node, json_string_length(arguments[0])))
            return NULL;
        length = character_starts(value_text(arguments[0]));
    }
    return run_keep(run, json_integer((json_int_t)length));
}

static json_t *call_starts_with(struct run *run, const struct jmespath_node *node,
                                json_t *const *arguments)
{
    struct str text = value_text(arguments[0]), part = value_text(arguments[1]);

    if (!run_charge_text(run, node, part.len))
        return NULL;
    return boolean(str_starts_with(text, part));
}

static json_t *call_ends_with(struct run *run, const struct jmespath_node *node,
                              json_t *const *arguments)
{
    struct str text = value_text(arguments[0]), part = value_text(arguments[1]);

    if (!run_charge_text(run, node, part.len))
        return NULL;
    return boolean(str_ends_with(text, part));
}

static json_t *text_contains(struct run *run, const struct jmespath_node *node,
                             struct str text, struct str part)
{
    const char *at = text.text, *end = text.text + text.len;

    if (part.len == 0)
        return json_true();
    if (!run_charge_text(run, node, text.len))
        return NULL;
    while ((size_t)(end - at) >= part.len &&
           (at = memchr(at, part.text[0], (size_t)(end - at) - part.len + 1)) != NULL) {
        if (!run_charge_text(run, node, part.len))
            return NULL;
        if (memcmp(at, part.text, part.len) == 0)
            return json_true();
        at++;
    }
    return json_false();
}

static json_t *call_contains(struct run *run, const struct jmespath_node *node,
                             json_t *const *arguments)
{
    json_t *subject = arguments[0], *wanted = arguments[1];
    bool equal = false;

    if (json_is_string(subject))
        return json_is_string(wanted)
                   ? text_contains(run, node, value_text(subject), value_text(wanted))
                   : json_false();
    for (size_t i = 0; i < json_array_size(subject) && !equal; i++)
        if (!run_equal(run, node, json_array_get(subject, i), wanted, &equal))
            return NULL;
    return boolean(equal);
}

static json_t *call_join(struct run *run, const struct jmespath_node *node,
                         json_t *const *arguments)
{
    struct buf buf = BUF_EMPTY(run_scratch(run));
    struct str glue = value_text(arguments[0]);

    for (size_t i = 0; i < json_array_size(arguments[1]); i++) {
        struct str text = value_text(json_array_get(arguments[1], i));

        if (!run_charge_text(run, node, STEPS_TO_MAKE * (glue.len + text.len)))
            return NULL;
        if (i > 0)
            buf_add(&buf, glue);
        buf_add(&buf, text);
    }
    return keep_text(run, buf_str(&buf));
}

static json_t *reverse_text(struct run *run, struct str text)
{
    char *reversed = arena_alloc(run_scratch(run), text.len);
    size_t to = text.len, len = 0;

    while (to > 0) {
        size_t from = to - 1;

        while (from > 0 && !is_character_start(text.text[from]))
            from--;
        memcpy(reversed + len, text.text + from, to - from);
        len += to - from;
        to = from;
    }
    return keep_text(run, (struct str){ reversed, len });
}

static json_t *call_reverse(struct run *run, const struct jmespath_node *node,
                            json_t *const *arguments)
{
    size_t size = json_array_size(arguments[0]);
    json_t *list;

    if (!run_charge_text(run, node, STEPS_TO_MAKE * json_string_length(arguments[0])) ||
        !run_charge(run, node, size))
        return NULL;
    if (json_is_string(arguments[0]))
        return reverse_text(run, value_text(arguments[0]));
    list = run_keep(run, json_array());
    while (size > 0)
        json_array_append(list, json_array_get(arguments[0], --size));
    return list;
}

static json_t *call_to_string(struct run *run, const struct jmespath_node *node,
                              json_t *const *arguments)
{
    struct buf buf = BUF_EMPTY(run_scratch(run));
    size_t steps_left = run->steps_left;
    enum walked walked;

    if (json_is_string(arguments[0]))
        return arguments[0];
    walked = value_walk(&run->context->digits, arguments[0], JMESPATH_RESULT_DEPTH_MAX,
                        &run->steps_left);
    if (walked != WALKED_YES)
        return run_stopped(run, node, walked, JMESPATH_RESULT_DEPTH_MAX);
    if (!run_charge(run, node, (steps_left - run->steps_left) * (STEPS_TO_MAKE - 1)))
        return NULL;
    value_print_compact(&run->context->digits, arguments[0], &buf);
    return keep_text(run, buf_str(&buf));
}

static json_t *call_type(struct run *run, const struct jmespath_node *node,
                         json_t *const *arguments)
{
    (void)node;
    return keep_text(run, str_from(value_type_name(arguments[0])));
}

/* ---- objects and arrays ---------------------------------------------------------- */

static json_t *call_keys(struct run *run, const struct jmespath_node *node,
                         json_t *const *arguments)
{
    json_t *list = run_keep(run, json_array());

    for (void *at = json_object_iter(arguments[0]); at != NULL;
         at = json_object_iter_next(arguments[0], at)) {
        size_t key_len = json_object_iter_key_len(at);

        if (!run_charge_text(run, node, STEPS_TO_MAKE * key_len))
            return NULL;
        json_array_append_new(list,
                              json_stringn_nocheck(json_object_iter_key(at), key_len));
    }
    return list;
}

static json_t *call_values(struct run *run, const struct jmespath_node *node,
                           json_t *const *arguments)
{
    json_t *list = run_keep(run, json_array());

    if (!run_charge(run, node, json_object_size(arguments[0])))
        return NULL;
    for (void *at = json_object_iter(arguments[0]); at != NULL;
         at = json_object_iter_next(arguments[0], at))
        json_array_append(list, json_object_iter_value(at));
    return list;
}

static json_t *call_merge(struct run *run, const struct jmespath_node *node,
                          json_t *const *arguments)
{
    json_t *merged = run_keep(run, json_object());

    for (size_t i = 0; i < node->item_count; i++) {
        for (void *at = json_object_iter(arguments[i]); at != NULL;
             at = json_object_iter_next(arguments[i], at)) {
            size_t key_len = json_object_iter_key_len(at);

            if (!run_charge_key(run, node, key_len))
                return NULL;
            json_object_setn_nocheck(merged, json_object_iter_key(at), key_len,
                                     json_object_iter_value(at));
        }
    }
    return merged;
}

static json_t *call_not_null(struct run *run, const struct jmespath_node *node,
                             json_t *const *arguments)
{
    (void)run;
    for (size_t i = 0; i < node->item_count; i++)
        if (!json_is_null(arguments[i]))
            return arguments[i];
    return json_null();
}

static json_t *call_to_array(struct run *run, const struct jmespath_node *node,
                             json_t *const *arguments)
{
    json_t *list;

    (void)node;
    if (json_is_array(arguments[0]))
        return arguments[0];
    list = json_array();
    json_array_append(list, arguments[0]);
    return run_keep(run, list);
}

static json_t *call_map(struct run *run, const struct jmespath_node *node,
                        json_t *const *arguments)
{
    json_t *list = json_array(), *mapped = arguments[1];

    for (size_t i = 0; i < json_array_size(arguments[1]) && mapped != NULL; i++) {
        mapped = evaluate(run, node->items[0]->left, json_array_get(arguments[1], i));
        if (mapped != NULL)
            json_array_append(list, mapped);
    }
    run_keep(run, list); /* behind what it holds: see jmespath_context_reset() */
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

/* The elements with their keys (themselves, without an expression), all numbers or all
 * strings, or NULL. Pays for sorting them, too. */
static struct keyed *keyed_elements(struct run *run, const struct jmespath_node *node,
                                    const struct jmespath_node *expression,
                                    const json_t *array)
{
    size_t count = json_array_size(array), rounds = 1;
    struct keyed *keyed = arena_array(run_scratch(run), count, struct keyed);
    unsigned allowed = IS_NUMBER | IS_STRING;

    while (count >> rounds > 0)
        rounds++;
    for (size_t i = 0; i < count; i++) {
        json_t *value = json_array_get(array, i);
        json_t *key = expression != NULL ? evaluate(run, expression, value) : value;

        if (key == NULL)
            return NULL;
        if ((type_of(key) & allowed) == 0) {
            run_wrong(run, node,
                      "%s() takes an expression that gives numbers alone or strings "
                      "alone: for element %zu it gives %s%s",
                      node->function->name, i, value_article(key),
                      value_type_name(key));
            return NULL;
        }
        if (!run_charge(run, node,
                        1 + rounds / COMPARISONS_A_STEP +
                            json_string_length(key) / TEXT_BYTES_A_STEP * rounds))
            return NULL;
        allowed = type_of(key);
        keyed[i] = (struct keyed){ &run->context->digits, key, value, i };
    }
    return keyed;
}

static json_t *sorted(struct run *run, const struct jmespath_node *node,
                      const struct jmespath_node *expression, json_t *array)
{
    struct keyed *keyed = keyed_elements(run, node, expression, array);
    size_t count = json_array_size(array);
    json_t *list;

    if (keyed == NULL)
        return NULL;
    qsort(keyed, count, sizeof *keyed, compare_keyed);
    list = run_keep(run, json_array());
    for (size_t i = 0; i < count; i++)
        json_array_append(list, keyed[i].value);
    return list;
}

/* The first of the greatest (sign 1) or the least (sign -1). */
static json_t *extreme(struct run *run, const struct jmespath_node *node,
                       const struct jmespath_node *expression, const json_t *array,
                       int sign)
{
    struct keyed *keyed = keyed_elements(run, node, expression, array);
    size_t best = 0;

    if (keyed == NULL)
        return NULL;
    if (json_array_size(array) == 0)
        return json_null();
    for (size_t i = 1; i < json_array_size(array); i++) {
        int order = values_order(&run->context->digits, keyed[i].key, keyed[best].key);

        if (sign > 0 ? order > 0 : order < 0)
            best = i;
    }
    return keyed[best].value;
}

static json_t *call_sort(struct run *run, const struct jmespath_node *node,
                         json_t *const *arguments)
{
    return sorted(run, node, NULL, arguments[0]);
}

static json_t *call_sort_by(struct run *run, const struct jmespath_node *node,
                            json_t *const *arguments)
{
    return sorted(run, node, node->items[1]->left, arguments[0]);
}

static json_t *call_max(struct run *run, const struct jmespath_node *node,
                        json_t *const *arguments)
{
    return extreme(run, node, NULL, arguments[0], 1);
}

static json_t *call_max_by(struct run *run, const struct jmespath_node *node,
                           json_t *const *arguments)
{
    return extreme(run, node, node->items[1]->left, arguments[0], 1);
}

static json_t *call_min(struct run *run, const struct jmespath_node *node,
                        json_t *const *arguments)
{
    return extreme(run, node, NULL, arguments[0], -1);
}

static json_t *call_min_by(struct run *run, const struct jmespath_node *node,
                           json_t *const *arguments)
{
    return extreme(run, node, node->items[1]->left, arguments[0], -1);
}

/* ---- the table ------------------------------------------------------------------- */

static const struct jmespath_function functions[] = {
    { "abs", false, false, { PARAMETER_NUMBER }, call_abs },
    { "avg", false, false, { PARAMETER_NUMBERS }, call_avg },
    { "ceil", false, false, { PARAMETER_NUMBER }, call_ceil },
    { "contains",
      true,
      false,
      { PARAMETER_ARRAY_OR_STRING, PARAMETER_ANY },
      call_contains },
    { "ends_with",
      true,
      false,
      { PARAMETER_STRING, PARAMETER_STRING },
      call_ends_with },
    { "floor", false, false, { PARAMETER_NUMBER }, call_floor },
    { "join", false, false, { PARAMETER_STRING, PARAMETER_STRINGS }, call_join },
    { "keys", false, false, { PARAMETER_OBJECT }, call_keys },
    { "length", false, false, { PARAMETER_COUNTABLE }, call_length },
    { "map", false, false, { PARAMETER_EXPRESSION, PARAMETER_ARRAY }, call_map },
    { "max", false, false, { PARAMETER_NUMBERS_OR_STRINGS }, call_max },
    { "max_by", false, false, { PARAMETER_ARRAY, PARAMETER_EXPRESSION }, call_max_by },
    { "merge", false, true, { PARAMETER_OBJECT }, call_merge },
    { "min", false, false, { PARAMETER_NUMBERS_OR_STRINGS }, call_min },
    { "min_by", false, false, { PARAMETER_ARRAY, PARAMETER_EXPRESSION }, call_min_by },
    { "not_null", false, true, { PARAMETER_ANY }, call_not_null },
    { "reverse", false, false, { PARAMETER_ARRAY_OR_STRING }, call_reverse },
    { "sort", false, false, { PARAMETER_NUMBERS_OR_STRINGS }, call_sort },
    { "sort_by",
      false,
      false,
      { PARAMETER_ARRAY, PARAMETER_EXPRESSION },
      call_sort_by },
    { "starts_with",
      true,
      false,
      { PARAMETER_STRING, PARAMETER_STRING },
      call_starts_with },
    { "sum", false, false, { PARAMETER_NUMBERS }, call_sum },
    { "to_array", false, false, { PARAMETER_ANY }, call_to_array },
    { "to_number", false, false, { PARAMETER_ANY }, call_to_number },
    { "to_string", false, false, { PARAMETER_ANY }, call_to_string },
    { "type", false, false, { PARAMETER_ANY }, call_type },
    { "values", false, false, { PARAMETER_OBJECT }, call_values },
};

enum { FUNCTION_COUNT = COUNT_OF(functions) };

const struct jmespath_function *function_find(struct str name)
{
    for (size_t i = 0; i < FUNCTION_COUNT; i++)
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
    const char **names = arena_array(arena, FUNCTION_COUNT + extra_count, const char *);
    const char *near;

    for (size_t i = 0; i < COUNT_OF(habits); i++)
        if (str_equal(name, str_from(habits[i].name)))
            return habits[i].advice;
    for (size_t i = 0; i < COUNT_OF(of_community); i++)
        if (str_equal(name, str_from(of_community[i])))
            return "it is one of JMESPath Community, which the AWS CLI does not have, "
                   "nor is it here";
    for (size_t i = 0; i < FUNCTION_COUNT; i++)
        names[i] = functions[i].name;
    for (size_t i = 0; i < extra_count; i++)
        names[FUNCTION_COUNT + i] = extension->extras[i].name;
    near = suggest(name, names, FUNCTION_COUNT + extra_count);
    if (near != NULL)
        return arena_printf(arena, "did you mean '%s'?", near);
    return "expected one of JMESPath's, such as length, contains or starts_with";
}

size_t function_arity(const struct jmespath_function *function)
{
    return function->parameters[1] == PARAMETER_NONE ? 1 : 2;
}

enum parameter function_parameter(const struct jmespath_function *function,
                                  size_t index)
{
    if (function->variadic)
        return function->parameters[0];
    return index < PARAMETERS_MAX ? function->parameters[index] : PARAMETER_NONE;
}

json_t *function_call(struct run *run, const struct jmespath_node *node, json_t *value)
{
    json_t *few[PARAMETERS_MAX] = { NULL }, **arguments = few;

    if (node->item_count > PARAMETERS_MAX)
        arguments = arena_array(run_scratch(run), node->item_count, json_t *);
    for (size_t i = 0; i < node->item_count; i++) {
        if (node->items[i]->kind == JMESPATH_REFERENCE)
            continue;
        arguments[i] = evaluate(run, node->items[i], value);
        if (arguments[i] == NULL || !check_argument(run, node, i, arguments[i]))
            return NULL;
    }
    return node->function->call(run, node, arguments);
}
