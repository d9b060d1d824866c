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
            byte < 0x20 || byte == 0x7F) {
            bytes = 1;
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
    const char *advice;
    size_t bytes;
    uint32_t code;

    character_next(rest, &bytes, &code);
    shown = show(str_slice(rest, 0, bytes));
    advice = advice_on(str_slice(rest, 0, bytes));
    switch (lexer->text.text[lexer->at]) {
    case '-':
        advice =
            "JMESPath has no arithmetic, and a name that holds '-' is written between "
            "double quotes";
        break;
    case '+':
    case '/':
    case '%':
        advice = "JMESPath has no arithmetic";
        break;
    case '$':
        advice = next == '.' || next == '[' || next == '\0'
                     ? "a query starts without it, at what is queried"
                     : "expected a name right after it";
        break;
    case '\\':
        if (next == '`')
            advice = "in single quotes the shell leaves it there: write ` alone";
        break;
    default:
        break;
    }
    return error_in_text(err, lexer->column, "unexpected '%s': %s", shown.text, advice);
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
