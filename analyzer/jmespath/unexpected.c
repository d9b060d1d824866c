#include "jmespath/syntax.h"

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
