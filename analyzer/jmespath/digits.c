#include "jmespath/run.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TEXT_BYTES = DBL_MAX_10_EXP + 3, /* of a whole real: a sign, its digits, a NUL */
    COUNT_LEAST = 1024,              /* before any are dropped */
};

/* Its address, as a key. */
static struct str key_of(const json_t *const *value)
{
    return (struct str){ (const char *)value, sizeof *value };
}

void digits_release(struct digits *digits)
{
    for (size_t i = 0; i < digits->count; i++)
        json_decref(digits->numbers[i]);
    arena_release(&digits->arena);
}

static void add(struct digits *digits, json_t *number, struct str text)
{
    const json_t *address = number;

    digits->numbers = arena_grow(&digits->arena, digits->numbers, digits->count,
                                 &digits->capacity, sizeof(json_t *));
    digits->numbers[digits->count++] = json_incref(number);
    digits->table.arena = &digits->arena;
    *table_slot(&digits->table, key_of(&address)) =
        arena_copy(&digits->arena, text.text, text.len);
}

/* As often as they have doubled, so that each costs no more than a few steps, and there
 * are no more than twice as many as were held at once. */
static void drop_unheld(struct digits *digits)
{
    struct digits held = { 0 };

    for (size_t i = 0; i < digits->count; i++) {
        json_t *number = digits->numbers[i];

        if (number->refcount > 1)
            add(&held, number, digits_of(digits, number));
    }
    digits_release(digits);
    *digits = held;
    digits->count_max = 2 * digits->count;
}

json_t *jmespath_integer(struct jmespath_context *context, struct str digits)
{
    char text[TEXT_BYTES];
    json_t *number;
    double real;

    if (digits.len >= sizeof text)
        return NULL;
    memcpy(text, digits.text, digits.len);
    text[digits.len] = '\0';
    real = strtod(text, NULL);
    if (!isfinite(real))
        return NULL;
    if (context->digits.count >= COUNT_LEAST &&
        context->digits.count >= context->digits.count_max)
        drop_unheld(&context->digits);
    number = json_real(real);
    add(&context->digits, number, str_from(text));
    return number;
}

struct str digits_of(const struct digits *digits, const json_t *value)
{
    if (digits == NULL || digits->count == 0 || !json_is_real(value))
        return STR_NONE;
    return str_from(table_find(&digits->table, key_of(&value)));
}

/* A tie means that a number without digits of its own is whole, too, and it has as many
 * as printing it gives. */
static struct str text_of(struct str digits, const json_t *number, char *room)
{
    if (digits.text != NULL)
        return digits;
    snprintf(room, TEXT_BYTES, "%.0f", json_number_value(number));
    return str_from(room);
}

int digits_order(const struct digits *digits, const json_t *left, const json_t *right)
{
    char left_room[TEXT_BYTES], right_room[TEXT_BYTES];
    struct str left_text = digits_of(digits, left);
    struct str right_text = digits_of(digits, right);
    int order;

    if (left_text.text == NULL && right_text.text == NULL)
        return 0;
    left_text = text_of(left_text, left, left_room);
    right_text = text_of(right_text, right, right_room);
    if (left_text.len != right_text.len)
        order = left_text.len < right_text.len ? -1 : 1;
    else
        order = str_compare(left_text, right_text);
    return left_text.text[0] == '-' ? -order : order;
}
