#include "jmespath/run.h"

#include <string.h>

struct str value_text(const json_t *string)
{
    return (struct str){ json_string_value(string), json_string_length(string) };
}

/* jansson wants objects that may change even where it only reads. */
json_t *value_to_iterate(const json_t *value)
{
    json_t *object;

    memcpy(&object, &value, sizeof(json_t *));
    return object;
}

bool order_satisfies(enum jmespath_comparator comparator, int order)
{
    switch (comparator) {
    case JMESPATH_EQ:
        return order == 0;
    case JMESPATH_NE:
        return order != 0;
    case JMESPATH_LT:
        return order < 0;
    case JMESPATH_LE:
        return order <= 0;
    case JMESPATH_GT:
        return order > 0;
    case JMESPATH_GE:
        break;
    }
    return order >= 0;
}

const char *comparator_text(enum jmespath_comparator comparator)
{
    static const char *const texts[] = {
        [JMESPATH_EQ] = "==", [JMESPATH_NE] = "!=", [JMESPATH_LT] = "<",
        [JMESPATH_LE] = "<=", [JMESPATH_GT] = ">",  [JMESPATH_GE] = ">=",
    };

    return texts[comparator];
}

bool jmespath_is_true(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return json_object_size(value) > 0;
    case JSON_ARRAY:
        return json_array_size(value) > 0;
    case JSON_STRING:
        return json_string_length(value) > 0;
    case JSON_INTEGER:
    case JSON_REAL:
    case JSON_TRUE:
        return true;
    case JSON_FALSE:
    case JSON_NULL:
        break;
    }
    return false;
}

/* Not by converting the integer, which may lose its last digits. */
static int integer_real_order(json_int_t integer, double real)
{
    const double beyond = 9223372036854775808.0; /* 2^63 */
    json_int_t whole;

    if (real >= beyond)
        return -1;
    if (real < -beyond)
        return 1;
    whole = (json_int_t)real;
    if (integer != whole)
        return integer < whole ? -1 : 1;
    return (real < (double)whole) - (real > (double)whole);
}

/* As jansson holds them. */
static int held_order(const json_t *left, const json_t *right)
{
    json_int_t left_integer = json_integer_value(left);
    json_int_t right_integer = json_integer_value(right);
    double left_real = json_real_value(left), right_real = json_real_value(right);

    if (json_is_integer(left) && json_is_integer(right))
        return (left_integer > right_integer) - (left_integer < right_integer);
    if (json_is_integer(left))
        return integer_real_order(left_integer, right_real);
    if (json_is_integer(right))
        return -integer_real_order(right_integer, left_real);
    return (left_real > right_real) - (left_real < right_real);
}

static int numbers_order(const struct digits *digits, const json_t *left,
                         const json_t *right)
{
    int order = held_order(left, right);

    return order != 0 ? order : digits_order(digits, left, right);
}

/* UTF-8 keeps the order of code points. */
int values_order(const struct digits *digits, const json_t *left, const json_t *right)
{
    if (json_is_string(left))
        return str_compare(value_text(left), value_text(right));
    return numbers_order(digits, left, right);
}

static bool spend(size_t *steps_left, size_t steps)
{
    if (steps > *steps_left)
        return false;
    *steps_left -= steps;
    return true;
}

static enum walked equal_within(const struct digits *digits, const json_t *left,
                                const json_t *right, size_t depth, size_t *steps_left);

static enum walked arrays_equal(const struct digits *digits, const json_t *left,
                                const json_t *right, size_t depth, size_t *steps_left)
{
    size_t size = json_array_size(left);
    enum walked walked = WALKED_YES;

    if (size != json_array_size(right))
        return WALKED_NO;
    for (size_t i = 0; i < size && walked == WALKED_YES; i++)
        walked = equal_within(digits, json_array_get(left, i), json_array_get(right, i),
                              depth, steps_left);
    return walked;
}

static enum walked objects_equal(const struct digits *digits, const json_t *left,
                                 const json_t *right, size_t depth, size_t *steps_left)
{
    json_t *object = value_to_iterate(left);
    enum walked walked = WALKED_YES;

    if (json_object_size(left) != json_object_size(right))
        return WALKED_NO;
    for (void *at = json_object_iter(object); at != NULL && walked == WALKED_YES;
         at = json_object_iter_next(object, at)) {
        size_t key_len = json_object_iter_key_len(at);
        const json_t *value = json_object_iter_value(at), *other;

        if (!spend(steps_left, key_len / TEXT_BYTES_A_STEP))
            return WALKED_TOO_FAR;
        other = json_object_getn(right, json_object_iter_key(at), key_len);
        walked = other != NULL ? equal_within(digits, value, other, depth, steps_left)
                               : WALKED_NO;
    }
    return walked;
}

static enum walked strings_equal(const json_t *left, const json_t *right,
                                 size_t *steps_left)
{
    struct str left_text = value_text(left), right_text = value_text(right);

    if (left_text.len != right_text.len)
        return WALKED_NO;
    if (!spend(steps_left, left_text.len / TEXT_BYTES_A_STEP))
        return WALKED_TOO_FAR;
    return str_equal(left_text, right_text) ? WALKED_YES : WALKED_NO;
}

static enum walked equal_within(const struct digits *digits, const json_t *left,
                                const json_t *right, size_t depth, size_t *steps_left)
{
    if (!spend(steps_left, 1))
        return WALKED_TOO_FAR;
    if (left == right)
        return WALKED_YES;
    if (json_is_number(left) && json_is_number(right))
        return numbers_order(digits, left, right) == 0 ? WALKED_YES : WALKED_NO;
    if (json_typeof(left) != json_typeof(right))
        return WALKED_NO;
    if (json_is_string(left))
        return strings_equal(left, right, steps_left);
    if (!json_is_array(left) && !json_is_object(left))
        return WALKED_YES; /* true, false and null have no more than their type */
    if (depth == 0)
        return WALKED_TOO_DEEP;
    return json_is_array(left)
               ? arrays_equal(digits, left, right, depth - 1, steps_left)
               : objects_equal(digits, left, right, depth - 1, steps_left);
}

enum walked values_equal(const struct digits *digits, const json_t *left,
                         const json_t *right, size_t *steps_left)
{
    return equal_within(digits, left, right, JMESPATH_DEPTH_MAX, steps_left);
}

bool jmespath_equal(const json_t *left, const json_t *right)
{
    size_t steps_left = JMESPATH_STEPS_MAX;

    return values_equal(NULL, left, right, &steps_left) == WALKED_YES;
}

/* As a value is printed, each stands on a line of its own. */
enum { INDENT_BYTES = 4 };

static enum walked walk_object(const struct digits *digits, const json_t *value,
                               size_t depth, size_t *steps_left)
{
    json_t *object = value_to_iterate(value);
    enum walked walked = WALKED_YES;

    for (void *at = json_object_iter(object); at != NULL && walked == WALKED_YES;
         at = json_object_iter_next(object, at)) {
        if (!spend(steps_left, json_object_iter_key_len(at) / TEXT_BYTES_A_STEP))
            return WALKED_TOO_FAR;
        walked = value_walk(digits, json_object_iter_value(at), depth, steps_left);
    }
    return walked;
}

enum walked value_walk(const struct digits *digits, const json_t *value,
                       size_t depth_max, size_t *steps_left)
{
    enum walked walked = WALKED_YES;
    size_t bytes = (JMESPATH_RESULT_DEPTH_MAX - depth_max) * INDENT_BYTES +
                   json_string_length(value) + digits_of(digits, value).len;

    if (!spend(steps_left, 1 + bytes / TEXT_BYTES_A_STEP))
        return WALKED_TOO_FAR;
    if (!json_is_array(value) && !json_is_object(value))
        return WALKED_YES;
    if (depth_max == 0)
        return WALKED_TOO_DEEP;
    if (json_is_object(value))
        return walk_object(digits, value, depth_max - 1, steps_left);
    for (size_t i = 0; i < json_array_size(value) && walked == WALKED_YES; i++)
        walked =
            value_walk(digits, json_array_get(value, i), depth_max - 1, steps_left);
    return walked;
}
