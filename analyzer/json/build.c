#include "json/build.h"

#include "json/records.h"
#include "json/skip.h"
#include "json/utf16.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What it takes to make a value. */
struct builder {
    struct arena *scratch;
    const struct layout_integers *integers; /* or NULL */
};

/* ---- strings -------------------------------------------------------------------- */

static unsigned hex(char byte)
{
    return is_digit(byte) ? (unsigned)(byte - '0')
                          : (unsigned)(to_lower(byte) - 'a' + 10);
}

/* `at` is behind "\u". */
static unsigned unit(const char *at)
{
    return hex(at[0]) << 12 | hex(at[1]) << 8 | hex(at[2]) << 4 | hex(at[3]);
}

/* `at` is behind the backslash. */
static char *put_escape(char *out, const char **at)
{
    static const char names[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
    unsigned code;

    if (**at != 'u') {
        *out++ = bytes[strchr(names, **at) - names];
        *at += 1;
        return out;
    }
    code = unit(*at + 1);
    *at += 5;
    if (code >= 0xD800 && code <= 0xDFFF) {
        code = 0x10000 + ((code - 0xD800) << 10) + (unit(*at + 2) - 0xDC00);
        *at += 6;
    }
    return character_put(out, code);
}

static const char *string_end(const char *at, bool *has_escape)
{
    while (*(at = skip_plain(at)) != '"') {
        if (*at == '\\') {
            *has_escape = true;
            at++;
        }
        at++;
    }
    return at;
}

static struct str take_string(struct arena *scratch, const char **at)
{
    bool has_escape = false;
    const char *from = *at + 1, *end = string_end(from, &has_escape);
    char *text, *out;

    *at = end + 1;
    if (!has_escape)
        return (struct str){ from, (size_t)(end - from) };
    /* Decoded, it is shorter. */
    text = out = arena_alloc(scratch, (size_t)(end - from));
    while (from < end) {
        if (*from != '\\') {
            *out++ = *from++;
        } else {
            from++;
            out = put_escape(out, &from);
        }
    }
    return (struct str){ text, (size_t)(out - text) };
}

struct str build_string(struct arena *scratch, const char *at)
{
    return take_string(scratch, &at);
}

/* ---- numbers and words ---------------------------------------------------------- */

static json_t *build_number(const struct builder *builder, const char **at)
{
    const char *from = *at;
    char *end;
    json_int_t integer;
    double real;

    errno = 0;
    integer = strtoll(from, &end, 10);
    *at = end;
    if (errno == 0 && *end != '.' && *end != 'e' && *end != 'E')
        return json_integer(integer);
    if (*end != '.' && *end != 'e' && *end != 'E') {
        struct str digits = { from, (size_t)(end - from) };

        return builder->integers != NULL && builder->integers->make != NULL
                   ? builder->integers->make(builder->integers->object, digits)
                   : NULL;
    }
    /* The program never leaves the C locale; a dot is a dot. */
    real = strtod(from, &end);
    *at = end;
    return isfinite(real) ? json_real(real) : NULL;
}

static json_t *build_word(const char **at)
{
    switch (**at) {
    case 't':
        *at += strlen("true");
        return json_true();
    case 'f':
        *at += strlen("false");
        return json_false();
    default:
        *at += strlen("null");
        return json_null();
    }
}

/* ---- arrays and objects: no deeper than JSON_DEPTH_MAX, says the scanner -------- */

static json_t *take_value(const struct builder *builder, const char **at);

/* To the next value or key, or past the end: then false. */
static bool next(const char **at, char end)
{
    *at = skip_blanks(*at);
    if (**at == ',')
        *at = skip_blanks(*at + 1);
    if (**at != end)
        return true;
    *at += 1;
    return false;
}

static json_t *build_array(const struct builder *builder, const char **at)
{
    json_t *array = json_array();

    for (*at += 1; next(at, ']');) {
        json_t *value = take_value(builder, at);

        if (value == NULL) {
            json_decref(array);
            return NULL;
        }
        json_array_append_new(array, value);
    }
    return array;
}

static json_t *build_object(const struct builder *builder, const char **at)
{
    json_t *object = json_object();

    for (*at += 1; next(at, '}');) {
        struct str key = take_string(builder->scratch, at);
        json_t *value;

        *at = skip_blanks(*at);
        assert(**at == ':');
        *at = skip_blanks(*at + 1);
        value = take_value(builder, at);
        if (value == NULL) {
            json_decref(object);
            return NULL;
        }
        json_object_setn_new_nocheck(object, key.text, key.len, value);
    }
    return object;
}

static json_t *take_value(const struct builder *builder, const char **at)
{
    struct str string;

    switch (**at) {
    case '{':
        return build_object(builder, at);
    case '[':
        return build_array(builder, at);
    case '"':
        string = take_string(builder->scratch, at);
        return json_stringn_nocheck(string.text, string.len);
    case 't':
    case 'f':
    case 'n':
        return build_word(at);
    default:
        return build_number(builder, at);
    }
}

json_t *build_value(struct arena *scratch, const struct layout_integers *integers,
                    const char **at)
{
    const struct builder builder = { scratch, integers };

    return take_value(&builder, at);
}

/* Of a text so long there is no need of memory: most are. */
enum { FEW_BYTES = 512 };

json_t *json_of_text(struct str text)
{
    struct arena scratch = ARENA_EMPTY;
    char few[FEW_BYTES + SKIP_PAD];
    char *padded =
        text.len <= FEW_BYTES ? few : arena_alloc(&scratch, text.len + SKIP_PAD);
    const char *at = padded;
    json_t *value;

    memcpy(padded, text.text, text.len);
    memset(padded + text.len, 0, SKIP_PAD);
    value = build_value(&scratch, NULL, &at);
    arena_release(&scratch);
    return value;
}
