#include "base/utf8.h"
#include "jmespath/syntax.h"

#include <stdio.h>
#include <string.h>

enum { SHOWN_CHARACTERS_MAX = 24 };

/* Longer ones first: the first that fits is taken. */
static const struct {
    const char *text;
    enum token_kind kind;
} symbols[] = {
    { "[?", TOKEN_FILTER },
    { "[]", TOKEN_FLATTEN },
    { "||", TOKEN_OR },
    { "&&", TOKEN_AND },
    { "==", TOKEN_EQ },
    { "!=", TOKEN_NE },
    { "<=", TOKEN_LE },
    { ">=", TOKEN_GE },
    { "<", TOKEN_LT },
    { ">", TOKEN_GT },
    { "=", TOKEN_ASSIGN },
    { ".", TOKEN_DOT },
    { "*", TOKEN_STAR },
    { ",", TOKEN_COMMA },
    { ":", TOKEN_COLON },
    { "@", TOKEN_CURRENT },
    { "|", TOKEN_PIPE },
    { "&", TOKEN_REFERENCE },
    { "!", TOKEN_NOT },
    { "(", TOKEN_LEFT_PAREN },
    { ")", TOKEN_RIGHT_PAREN },
    { "{", TOKEN_LEFT_BRACE },
    { "}", TOKEN_RIGHT_BRACE },
    { "[", TOKEN_LEFT_BRACKET },
    { "]", TOKEN_RIGHT_BRACKET },
};

struct shown show(struct str text)
{
    struct shown shown = { { 0 } };
    size_t len = 0, characters = 0, bytes;
    uint32_t code;

    for (size_t at = 0; at < text.len; at += bytes, characters++) {
        unsigned char byte = (unsigned char)text.text[at];

        if (characters == SHOWN_CHARACTERS_MAX) {
            snprintf(shown.text + len, sizeof shown.text - len, "...");
            break;
        }
        if (!character_next(str_slice(text, at, text.len), &bytes, &code) ||
            byte < 0x20 || byte == 0x7F) { /* of which each is one byte */
            len += (size_t)snprintf(shown.text + len, sizeof shown.text - len,
                                    "\\x%02x", byte);
            continue;
        }
        memcpy(shown.text + len, text.text + at, bytes);
        len += bytes;
    }
    return shown;
}

bool lexer_start(struct lexer *lexer, struct str text, struct error *err)
{
    size_t column = 1, bytes;
    uint32_t code;

    if (text.len > JMESPATH_BYTES_MAX)
        return error_of_kind(err, JMESPATH_ERROR_LIMIT, 0,
                             "the expression has %zu bytes: expected at most %d",
                             text.len, JMESPATH_BYTES_MAX);
    for (size_t at = 0; at < text.len; at += bytes, column++) {
        if (!character_next(str_slice(text, at, text.len), &bytes, &code))
            return error_in_text(err, column, "byte '\\x%02x' is not UTF-8",
                                 (unsigned char)text.text[at]);
    }
    *lexer = (struct lexer){ text, 0, 1 };
    return true;
}

static char byte_at(const struct lexer *lexer, size_t at)
{
    if (at >= lexer->text.len)
        return '\0';
    return lexer->text.text[at];
}

static bool is_name_start(char byte)
{
    return is_letter(byte) || byte == '_';
}

static bool is_name_byte(char byte)
{
    return is_name_start(byte) || is_digit(byte);
}

static size_t run_end(const struct lexer *lexer, size_t at, bool (*belongs)(char byte))
{
    while (at < lexer->text.len && belongs(lexer->text.text[at]))
        at++;
    return at;
}

char lexer_peek(const struct lexer *lexer)
{
    return byte_at(lexer, run_end(lexer, lexer->at, is_blank_byte));
}

static void move_to(struct lexer *lexer, size_t to)
{
    for (; lexer->at < to; lexer->at++)
        if (is_character_start(lexer->text.text[lexer->at]))
            lexer->column++;
}

static bool take(struct lexer *lexer, struct token *token, enum token_kind kind,
                 size_t to)
{
    token->kind = kind;
    token->text = str_slice(lexer->text, lexer->at, to);
    token->column = lexer->column;
    move_to(lexer, to);
    return true;
}

static bool take_quoted(struct lexer *lexer, struct token *token, struct error *err)
{
    char quote = lexer->text.text[lexer->at];
    enum token_kind kind = quote == '`'    ? TOKEN_LITERAL
                           : quote == '\'' ? TOKEN_RAW_STRING
                                           : TOKEN_QUOTED_NAME;

    for (size_t at = lexer->at + 1; at < lexer->text.len; at++) {
        if (lexer->text.text[at] == quote)
            return take(lexer, token, kind, at + 1);
        if (lexer->text.text[at] == '\\')
            at++;
    }
    return error_in_text(err, lexer->column,
                         "unclosed %c: expected another %c before the end", quote,
                         quote);
}

/* What word processors and web pages make of quotes and blanks. */
static const char *advice_on(struct str character)
{
    static const struct {
        const char *character, *advice;
    } characters[] = {
        { "\u2018", "a typographic quote: write ' for it" },
        { "\u2019", "a typographic quote: write ' for it" },
        { "\u201A", "a typographic quote: write ' for it" },
        { "\u00B4", "a typographic quote: write ' for it" },
        { "\u201C", "a typographic quote: write ' around text" },
        { "\u201D", "a typographic quote: write ' around text" },
        { "\u201E", "a typographic quote: write ' around text" },
        { "\u00AB", "a typographic quote: write ' around text" },
        { "\u00BB", "a typographic quote: write ' around text" },
        { "\u00A0", "a blank that does not break: write an ordinary one" },
    };

    for (size_t i = 0; i < COUNT_OF(characters); i++)
        if (str_equal(character, str_from(characters[i].character)))
            return characters[i].advice;
    return "a name with other characters than letters, digits and _ is written between "
           "double quotes";
}

static bool unexpected_character(const struct lexer *lexer, struct error *err)
{
    struct str rest = str_slice(lexer->text, lexer->at, lexer->text.len);
    char next = byte_at(lexer, lexer->at + 1);
    struct shown shown;
    const char *meant;
    size_t bytes;
    uint32_t code;

    character_next(rest, &bytes, &code);
    shown = show(str_slice(rest, 0, bytes));
    meant = advice_on(str_slice(rest, 0, bytes));
    switch (lexer->text.text[lexer->at]) {
    case '-':
        meant =
            "JMESPath has no arithmetic, and a name that holds '-' is written between "
            "double quotes";
        break;
    case '+':
    case '/':
    case '%':
        meant = "JMESPath has no arithmetic";
        break;
    case '$':
        meant = next == '.' || next == '[' || next == '\0'
                    ? "a query starts without it, at what is queried"
                    : "expected a name right after it";
        break;
    case '\\':
        if (next == '`')
            meant = "in single quotes the shell leaves it there: write ` alone";
        break;
    default:
        break;
    }
    return error_in_text(err, lexer->column, "unexpected '%s': %s", shown.text, meant);
}

bool lexer_next(struct lexer *lexer, struct token *token, struct error *err)
{
    struct str rest;
    char byte, next;

    move_to(lexer, run_end(lexer, lexer->at, is_blank_byte));
    if (lexer->at == lexer->text.len)
        return take(lexer, token, TOKEN_END, lexer->at);
    rest = str_slice(lexer->text, lexer->at, lexer->text.len);
    byte = rest.text[0];
    next = byte_at(lexer, lexer->at + 1);
    if (is_name_start(byte))
        return take(lexer, token, TOKEN_NAME, run_end(lexer, lexer->at, is_name_byte));
    if (is_digit(byte) || (byte == '-' && is_digit(next)))
        return take(lexer, token, TOKEN_NUMBER,
                    run_end(lexer, lexer->at + 1, is_digit));
    if (byte == '$' && is_name_start(next))
        return take(lexer, token, TOKEN_VARIABLE,
                    run_end(lexer, lexer->at + 1, is_name_byte));
    if (byte == '`' || byte == '\'' || byte == '"')
        return take_quoted(lexer, token, err);
    for (size_t i = 0; i < COUNT_OF(symbols); i++) {
        struct str symbol = str_from(symbols[i].text);

        if (str_starts_with(rest, symbol))
            return take(lexer, token, symbols[i].kind, lexer->at + symbol.len);
    }
    return unexpected_character(lexer, err);
}

/* ---- what a token stands for -------------------------------------------------------
 */

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

/* ---- a token in the wrong place --------------------------------------------------
 */

const char EXPRESSION_EXPECTED[] = "expected a name, a literal or a function";
const char OPERATOR_EXPECTED[] = "expected an operator or the end";
const char DOT_RIGHT_EXPECTED[] = "expected a name, '*', '[' or '{' after '.'";
const char REFERENCE_EXPECTED[] =
    "expected it only before an argument of map, max_by, min_by or sort_by";
const char KEY_EXPECTED[] = "expected a key: a name, then ':' and an expression";
const char BINDING_EXPECTED[] = "expected a variable, $name, and '='";

/* The whole of 0.5 or 1e6, of which the token has the first digits alone. */
static struct str whole_number(const struct parser *parser)
{
    struct str text = parser->lexer.text;
    size_t from = (size_t)(parser->token.text.text - text.text);
    size_t to = from + parser->token.text.len;

    while (to < text.len && (is_digit(text.text[to]) || text.text[to] == '.' ||
                             to_lower(text.text[to]) == 'e'))
        to++;
    while (to > from && !is_digit(text.text[to - 1]))
        to--;
    return str_slice(text, from, to);
}

/* What is written in other languages where an expression might go on. */
static const struct {
    const char *taken, *token; /* NULL: any */
    const char *advice;
} habits[] = {
    { NULL, "=", "write == to compare" },
    { NULL, "&", "write && for and" },
    { NULL, "and", "write && for and" },
    { NULL, "AND", "write && for and" },
    { NULL, "or", "write || for or" },
    { NULL, "OR", "write || for or" },
    { NULL, "in", "write contains(LIST, VALUE) for in" },
    { NULL, "IN", "write contains(LIST, VALUE) for in" },
    { NULL, "like", "write starts_with(), ends_with() or contains() for like" },
    { NULL, "LIKE", "write starts_with(), ends_with() or contains() for like" },
    { NULL, "is", "write == to compare" },
    { "not", NULL, "write ! for not" },
    { "let", NULL, "a variable starts with $: let $NAME = EXPRESSION in EXPRESSION" },
};

static const char *advice(const struct parser *parser, const char *expected)
{
    const struct token *token = &parser->token;

    if (expected == EXPRESSION_EXPECTED && token->kind == TOKEN_GT &&
        parser->taken.kind == TOKEN_LT)
        return "write != for <>";
    if (token->kind == TOKEN_ASSIGN && lexer_peek(&parser->lexer) == '~')
        return "write matches(TEXT, 'PATTERN') for =~";
    if (expected == EXPRESSION_EXPECTED && token->kind == TOKEN_ASSIGN)
        return habits[0].advice;
    if (expected == EXPRESSION_EXPECTED || expected == DOT_RIGHT_EXPECTED ||
        expected == KEY_EXPECTED || expected == BINDING_EXPECTED ||
        expected == REFERENCE_EXPECTED)
        return expected;
    for (size_t i = 0; i < COUNT_OF(habits); i++) {
        if (habits[i].token != NULL
                ? str_equal(token->text, str_from(habits[i].token))
                : token->kind != TOKEN_END &&
                      str_equal(parser->taken.text, str_from(habits[i].taken)))
            return habits[i].advice;
    }
    return expected;
}

bool unexpected(struct parser *parser, const char *expected)
{
    const struct token *token = &parser->token;
    struct shown shown = show(token->text);
    const char *kind = "";

    if (token->kind == TOKEN_END)
        return error_in_text(parser->err, token->column, "unexpected end: %s",
                             expected);
    if (token->kind == TOKEN_NUMBER && expected == EXPRESSION_EXPECTED) {
        shown = show(whole_number(parser));
        return error_in_text(
            parser->err, token->column,
            "unexpected number '%s': write a number between back-ticks: `%s`",
            shown.text, shown.text);
    }
    if (token->kind == TOKEN_LITERAL || token->kind == TOKEN_RAW_STRING ||
        token->kind == TOKEN_QUOTED_NAME) { /* in its own quotes already */
        kind = token->kind == TOKEN_LITERAL      ? "literal"
               : token->kind == TOKEN_RAW_STRING ? "string"
                                                 : "name";
        return error_in_text(parser->err, token->column, "unexpected %s %s: %s", kind,
                             shown.text, advice(parser, expected));
    }
    kind = token->kind == TOKEN_NAME       ? "name "
           : token->kind == TOKEN_NUMBER   ? "number "
           : token->kind == TOKEN_VARIABLE ? "variable "
                                           : "";
    return error_in_text(parser->err, token->column, "unexpected %s'%s': %s", kind,
                         shown.text, advice(parser, expected));
}
