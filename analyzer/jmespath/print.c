#include "base/utf8.h"
#include "jmespath/run.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DIGITS_EXACT = 15, /* a decimal of so many digits reads back the same */
    DIGITS_MAX = 17,   /* a double printed so reads back the same */
    NUMBER_BYTES = 32,
};

struct style {
    const char *item_separator, *key_separator;
    size_t indent;               /* 0: on one line */
    const struct digits *digits; /* may be NULL */
    bool ascii;                  /* what is outside ASCII in UTF-16 escapes */
};

/* Digits without a point, and the exponent of the first: 1568.5 is 15685 and 3. */
struct decimal {
    char digits[NUMBER_BYTES];
    int exponent;
};

static bool reads_back(const struct decimal *decimal, double real)
{
    char text[2 * NUMBER_BYTES];

    snprintf(text, sizeof text, "%c.%se%d", decimal->digits[0], decimal->digits + 1,
             decimal->exponent);
    return strtod(text, NULL) == real;
}

static struct decimal decimal_nearest(double real, int count)
{
    struct decimal decimal = { "", 0 };
    char text[NUMBER_BYTES];
    size_t len = 0;
    const char *at;

    snprintf(text, sizeof text, "%.*e", count - 1, real);
    for (at = text; *at != 'e'; at++)
        if (is_digit(*at))
            decimal.digits[len++] = *at;
    decimal.exponent = (int)strtol(at + 1, NULL, 10);
    return decimal;
}

/* The next greater decimal of as many digits. Of nines alone it is none, and reads back
 * as another number: the power of ten would have been the nearest of fewer digits. */
static struct decimal decimal_next(struct decimal decimal)
{
    unsigned long long next = strtoull(decimal.digits, NULL, 10) + 1;

    snprintf(decimal.digits, sizeof decimal.digits, "%llu", next);
    return decimal;
}

/* The fewest digits that read back the same. Zeros at the end of DIGITS_EXACT tell how
 * many fewer do, except for the smallest doubles, which have less precision. Above a
 * power of two more decimals read back than below it: there the nearest may not, and
 * the next one does. */
static struct decimal decimal_shortest(double real)
{
    int count = real < DBL_MIN ? 1 : DIGITS_EXACT;
    struct decimal decimal;

    for (;; count++) {
        decimal = decimal_nearest(real, count);
        if (count == DIGITS_MAX || reads_back(&decimal, real))
            break;
        decimal = decimal_next(decimal);
        if (reads_back(&decimal, real))
            break;
    }
    for (size_t len = strlen(decimal.digits);
         len > 1 && decimal.digits[len - 1] == '0';)
        decimal.digits[--len] = '\0';
    return decimal;
}

static void add_zeros(struct buf *buf, int count)
{
    for (int i = 0; i < count; i++)
        buf_add_byte(buf, '0');
}

/* As Python's repr(). */
static void print_real(double real, struct buf *buf)
{
    struct decimal decimal;
    const char *digits = decimal.digits;
    int exponent, count;

    if (signbit(real)) {
        buf_add_byte(buf, '-');
        real = -real;
    }
    decimal = decimal_shortest(real);
    exponent = decimal.exponent;
    count = (int)strlen(digits);
    if (exponent < -4 || exponent >= 16) {
        buf_printf(buf, "%c%s%se%c%02d", digits[0], count > 1 ? "." : "", digits + 1,
                   exponent < 0 ? '-' : '+', abs(exponent));
    } else if (exponent < 0) {
        buf_add(buf, STR("0."));
        add_zeros(buf, -exponent - 1);
        buf_add(buf, str_from(digits));
    } else if (exponent >= count - 1) {
        buf_add(buf, str_from(digits));
        add_zeros(buf, exponent - count + 1);
        buf_add(buf, STR(".0"));
    } else {
        buf_printf(buf, "%.*s.%s", exponent + 1, digits, digits + exponent + 1);
    }
}

static const char *escape_of(char byte)
{
    switch (byte) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    default:
        return NULL;
    }
}

static void print_escaped(uint32_t code, struct buf *buf)
{
    if (code < 0x10000)
        buf_printf(buf, "\\u%04x", code);
    else
        buf_printf(buf, "\\u%04x\\u%04x", 0xD800 + ((code - 0x10000) >> 10),
                   0xDC00 + ((code - 0x10000) & 0x3FF));
}

/* As Python's json.dumps(). */
static void print_text(struct str text, bool ascii, struct buf *buf)
{
    size_t from = 0, bytes = 1;
    uint32_t code;

    buf_add_byte(buf, '"');
    for (size_t i = 0; i < text.len; i += bytes) {
        unsigned char byte = (unsigned char)text.text[i];
        const char *escape = escape_of(text.text[i]);

        bytes = 1;
        if (escape == NULL && byte >= 0x20 && (byte < 0x7F || !ascii))
            continue;
        buf_add(buf, str_slice(text, from, i));
        if (escape != NULL)
            buf_add(buf, str_from(escape));
        else if (character_next(str_slice(text, i, text.len), &bytes, &code))
            print_escaped(code, buf);
        from = i + bytes;
    }
    buf_add(buf, str_slice(text, from, text.len));
    buf_add_byte(buf, '"');
}

static void print_line_end(const struct style *style, size_t depth, struct buf *buf)
{
    if (style->indent == 0)
        return;
    buf_add_byte(buf, '\n');
    for (size_t i = 0; i < depth * style->indent; i++)
        buf_add_byte(buf, ' ');
}

static void print_value(const json_t *value, const struct style *style, size_t depth,
                        struct buf *buf);

static void print_array(const json_t *array, const struct style *style, size_t depth,
                        struct buf *buf)
{
    buf_add_byte(buf, '[');
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (i > 0)
            buf_add(buf, str_from(style->item_separator));
        print_line_end(style, depth + 1, buf);
        print_value(json_array_get(array, i), style, depth + 1, buf);
    }
    if (json_array_size(array) > 0)
        print_line_end(style, depth, buf);
    buf_add_byte(buf, ']');
}

static void print_object(const json_t *value, const struct style *style, size_t depth,
                         struct buf *buf)
{
    json_t *object = value_to_iterate(value);
    bool first = true;

    buf_add_byte(buf, '{');
    for (void *at = json_object_iter(object); at != NULL;
         at = json_object_iter_next(object, at), first = false) {
        if (!first)
            buf_add(buf, str_from(style->item_separator));
        print_line_end(style, depth + 1, buf);
        print_text(
            (struct str){ json_object_iter_key(at), json_object_iter_key_len(at) },
            style->ascii, buf);
        buf_add(buf, str_from(style->key_separator));
        print_value(json_object_iter_value(at), style, depth + 1, buf);
    }
    if (!first)
        print_line_end(style, depth, buf);
    buf_add_byte(buf, '}');
}

static void print_value(const json_t *value, const struct style *style, size_t depth,
                        struct buf *buf)
{
    struct str digits;

    assert(depth <= JMESPATH_RESULT_DEPTH_MAX);
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        print_object(value, style, depth, buf);
        break;
    case JSON_ARRAY:
        print_array(value, style, depth, buf);
        break;
    case JSON_STRING:
        print_text(value_text(value), style->ascii, buf);
        break;
    case JSON_INTEGER:
        buf_printf(buf, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        break;
    case JSON_REAL:
        digits = digits_of(style->digits, value);
        if (digits.text != NULL)
            buf_add(buf, digits);
        else
            print_real(json_real_value(value), buf);
        break;
    case JSON_TRUE:
        buf_add(buf, STR("true"));
        break;
    case JSON_FALSE:
        buf_add(buf, STR("false"));
        break;
    case JSON_NULL:
        buf_add(buf, STR("null"));
        break;
    }
}

void jmespath_print(const json_t *value, size_t indent, struct buf *buf)
{
    jmespath_print_inside(NULL, value, indent, 0, buf);
}

void jmespath_print_inside(const struct jmespath_context *context, const json_t *value,
                           size_t indent, size_t depth, struct buf *buf)
{
    struct style style = { .item_separator = indent > 0 ? "," : ", ",
                           .key_separator = ": ",
                           .indent = indent,
                           .digits = context != NULL ? &context->digits : NULL };

    print_value(value, &style, depth, buf);
}

void value_print_compact(const struct digits *digits, const json_t *value,
                         struct buf *buf)
{
    struct style style = {
        .item_separator = ",", .key_separator = ":", .digits = digits, .ascii = true
    };

    print_value(value, &style, 0, buf);
}
