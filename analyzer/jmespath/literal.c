#include "jmespath/syntax.h"

#include <string.h>

static void release_value(void *object)
{
    json_decref(object);
}

/* The text between the quotes; a backslash before the quote itself goes. */
static struct str unquote(struct arena *arena, struct str quoted)
{
    char quote = quoted.text[0];
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 1; i + 1 < quoted.len; i++) {
        if (quoted.text[i] == '\\' && i + 2 < quoted.len) {
            i++;
            if (quoted.text[i] != quote)
                buf_add_byte(&buf, '\\');
        }
        buf_add_byte(&buf, quoted.text[i]);
    }
    return buf_str(&buf);
}

static json_t *load(struct str text, json_error_t *why)
{
    return json_loadb(text.text, text.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, why);
}

static struct str between_double_quotes(struct arena *arena, struct str text)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_add_byte(&buf, '"');
    buf_add(&buf, text);
    buf_add_byte(&buf, '"');
    return buf_str(&buf);
}

static size_t digits_end(struct str text, size_t at)
{
    while (at < text.len && is_digit(text.text[at]))
        at++;
    return at;
}

static bool is_at(struct str text, size_t at, const char *bytes)
{
    return at < text.len && text.text[at] != '\0' &&
           strchr(bytes, text.text[at]) != NULL;
}

/* By JSON's grammar, however large. */
static bool is_json_number(struct str text)
{
    size_t from = is_at(text, 0, "-"), at = digits_end(text, from);

    if (at == from || (at > from + 1 && text.text[from] == '0'))
        return false;
    if (is_at(text, at, ".")) {
        from = at + 1;
        at = digits_end(text, from);
        if (at == from)
            return false;
    }
    if (is_at(text, at, "eE")) {
        from = at + 1 + is_at(text, at + 1, "+-");
        at = digits_end(text, from);
        if (at == from)
            return false;
    }
    return at == text.len;
}

/* JSON that jansson cannot hold must not turn into a word without a sound. */
static bool looks_like_json(struct str text)
{
    text = str_trim(text);
    if (text.len > 0 && (text.text[0] == '[' || text.text[0] == '{'))
        return true;
    return is_json_number(text);
}

static size_t depth_of(json_t *value)
{
    size_t deepest = 0;

    for (size_t i = 0; i < json_array_size(value); i++) {
        size_t depth = depth_of(json_array_get(value, i));

        deepest = depth > deepest ? depth : deepest;
    }
    for (void *at = json_object_iter(value); at != NULL;
         at = json_object_iter_next(value, at)) {
        size_t depth = depth_of(json_object_iter_value(at));

        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + 1;
}

/* As the AWS CLI: what is no JSON is a word, `awsbackup` or ` two words`. */
static json_t *load_literal(struct parser *parser, const struct token *token)
{
    struct error *err = parser->err;
    struct str text = unquote(parser->arena, token->text);
    struct shown shown = show(token->text);
    json_error_t why;
    json_t *value = load(text, &why);
    enum json_error_code code;
    size_t blanks = 0;

    if (value != NULL)
        return value;
    code = json_error_code(&why);
    if (code == json_error_numeric_overflow && looks_like_json(text)) {
        parser_late(parser, JMESPATH_ERROR_INVALID_VALUE, token->column,
                    "the number in literal %s is out of range: expected an integer of "
                    "64 bits, or a real number of double precision",
                    shown.text);
        return json_null();
    }
    if (code == json_error_stack_overflow) {
        error_of_kind(err, JMESPATH_ERROR_LIMIT, token->column,
                      "literal %s is nested deeper than %d levels", shown.text,
                      JMESPATH_DEPTH_MAX);
        return NULL;
    }
    if (code == json_error_null_byte_in_key) {
        parser_late(parser, JMESPATH_ERROR_INVALID_VALUE, token->column,
                    "literal %s has a key with \\u0000 in it: expected none",
                    shown.text);
        return json_null();
    }
    while (blanks < text.len && is_blank_byte(text.text[blanks]))
        blanks++;
    text = str_slice(text, blanks, text.len);
    value = load(between_double_quotes(parser->arena, text), &why);
    if (value != NULL)
        return value;
    error_in_text(
        err, token->column,
        "literal %s is not JSON: write a string between single quotes, 'text'",
        shown.text);
    return NULL;
}

json_t *literal_value(struct parser *parser, const struct token *token)
{
    struct arena *arena = parser->arena;
    json_t *value;

    if (token->kind == TOKEN_RAW_STRING) {
        struct str text = unquote(arena, token->text);

        value = json_stringn_nocheck(text.text, text.len);
    } else {
        value = load_literal(parser, token);
    }
    if (value == NULL)
        return NULL;
    arena_on_release(arena, release_value, value);
    if (depth_of(value) > JMESPATH_DEPTH_MAX) {
        error_of_kind(parser->err, JMESPATH_ERROR_LIMIT, token->column,
                      "literal %s is nested deeper than %d levels",
                      show(token->text).text, JMESPATH_DEPTH_MAX);
        return NULL;
    }
    return value;
}

bool name_text(struct arena *arena, const struct token *token, struct str *name,
               struct error *err)
{
    json_error_t why;
    json_t *value;

    if (token->kind == TOKEN_NAME) {
        *name = str_copy(arena, token->text);
        return true;
    }
    value = load(token->text, &why);
    if (value == NULL) {
        return error_in_text(
            err, token->column,
            "name %s is not a JSON string: expected escapes such as \\n, \\\" "
            "and \\u00e9, and \\\\ for a backslash",
            show(token->text).text);
    }
    *name = str_copy(
        arena, (struct str){ json_string_value(value), json_string_length(value) });
    json_decref(value);
    return true;
}
