#include "base/time.h"
#include "jmespath/functions.h"
#include "jmespath/syntax.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

/* A Pratt parser: each token has a power with which it binds what stands on its left,
 * and may start an expression (prefix) or go on with one (infix). Their order is that
 * of jmespath.py, so that a query means what it means to the AWS CLI.
 */
enum {
    POWER_NONE,
    POWER_PIPE,
    POWER_OR,
    POWER_AND,
    POWER_COMPARISON,
    POWER_FLATTEN, /* this and all above end a projection */
    POWER_STAR,
    POWER_FILTER,
    POWER_DOT,
    POWER_NOT,
    POWER_BRACKET,
};

typedef const struct jmespath_node *prefix_function(struct parser *parser,
                                                    const struct token *token);
typedef const struct jmespath_node *infix_function(struct parser *parser,
                                                   const struct jmespath_node *left,
                                                   const struct token *token);

static const struct jmespath_node *parse_expression(struct parser *parser, int power);

/* ---- tokens ---------------------------------------------------------------------- */

static bool advance(struct parser *parser)
{
    parser->taken = parser->token;
    return lexer_next(&parser->lexer, &parser->token, parser->err);
}

static bool take(struct parser *parser, enum token_kind kind, const char *expected)
{
    if (parser->token.kind != kind)
        return unexpected(parser, expected);
    return advance(parser);
}

/* ---- lists ----------------------------------------------------------------------- */

/* Behind an item: at a comma, there is one more; else the list ends with `end`. */
static bool take_separator(struct parser *parser, enum token_kind end,
                           const char *expected, bool *more)
{
    *more = parser->token.kind == TOKEN_COMMA;
    return *more ? advance(parser) : take(parser, end, expected);
}

/* Behind "[". */
static const struct jmespath_node *parse_list(struct parser *parser, size_t column)
{
    struct items items = { 0 };

    for (bool more = true; more;)
        if (!items_add(parser, &items, parse_expression(parser, POWER_NONE), 0) ||
            !take_separator(parser, TOKEN_RIGHT_BRACKET, "expected ',' or ']'", &more))
            return NULL;
    return node_with_items(parser, node_new(parser, JMESPATH_LIST, column), &items);
}

static bool parse_key(struct parser *parser, struct items *items)
{
    const struct token *token = &parser->token;

    if (token->kind != TOKEN_NAME && token->kind != TOKEN_QUOTED_NAME)
        return unexpected(parser, KEY_EXPECTED);
    items->keys = arena_grow(parser->arena, items->keys, items->count,
                             &items->key_capacity, sizeof *items->keys);
    return name_text(parser->arena, token, &items->keys[items->count], parser->err) &&
           advance(parser) && take(parser, TOKEN_COLON, "expected ':' after the key");
}

/* Behind "{". */
static const struct jmespath_node *parse_hash(struct parser *parser, size_t column)
{
    struct items items = { 0 };

    for (bool more = true; more;) {
        if (!parse_key(parser, &items) ||
            !items_add(parser, &items, parse_expression(parser, POWER_NONE), 0) ||
            !take_separator(parser, TOKEN_RIGHT_BRACE, "expected ',' or '}'", &more))
            return NULL;
    }
    return node_with_items(parser, node_new(parser, JMESPATH_HASH, column), &items);
}

/* ---- let ------------------------------------------------------------------------- */

/* let and in are names, too; only a variable behind it makes it the word. */
static bool is_let(const struct parser *parser, const struct token *name)
{
    return parser->token.kind == TOKEN_VARIABLE && name->kind == TOKEN_NAME &&
           str_equal(name->text, STR("let"));
}

static struct str variable_name(struct parser *parser, const struct token *token)
{
    return str_copy(parser->arena, str_slice(token->text, 1, token->text.len));
}

static bool parse_binding(struct parser *parser, struct items *items)
{
    if (parser->token.kind != TOKEN_VARIABLE)
        return unexpected(parser, BINDING_EXPECTED);
    items->keys = arena_grow(parser->arena, items->keys, items->count,
                             &items->key_capacity, sizeof *items->keys);
    items->keys[items->count] = variable_name(parser, &parser->token);
    return advance(parser) &&
           take(parser, TOKEN_ASSIGN, "expected '=' after the variable") &&
           items_add(parser, items, parse_expression(parser, POWER_NONE), 0);
}

/* At the first variable. What is bound does not see the variables beside it, and is
 * whole: a projection ends with it. */
static const struct jmespath_node *parse_let(struct parser *parser, size_t column)
{
    struct jmespath_node *node = node_new(parser, JMESPATH_LET, column);
    struct let_scope scope = { parser->scope, node };
    struct items items = { 0 };

    while (parse_binding(parser, &items) && parser->token.kind == TOKEN_COMMA)
        if (!advance(parser))
            return NULL;
    if (parser->err->message[0] != '\0')
        return NULL;
    if (parser->token.kind != TOKEN_NAME || !str_equal(parser->token.text, STR("in"))) {
        unexpected(parser, "expected ',' or 'in' after what is bound");
        return NULL;
    }
    node->keys = items.keys;
    node->item_count = items.count;
    node->slot = parser->slot_count + 1;
    parser->slot_count += items.count;
    parser->scope = &scope;
    node->right = advance(parser) ? parse_expression(parser, POWER_NONE) : NULL;
    parser->scope = scope.outer;
    return node->right != NULL ? node_with_items(parser, node, &items) : NULL;
}

/* ---- calls ----------------------------------------------------------------------- */

static const struct jmespath_node *parse_argument(struct parser *parser)
{
    struct token token = parser->token;
    struct jmespath_node *node;

    if (token.kind != TOKEN_REFERENCE)
        return parse_expression(parser, POWER_NONE);
    if (!advance(parser))
        return NULL;
    node = node_new(parser, JMESPATH_REFERENCE, token.column);
    node->left = parse_expression(parser, POWER_NONE);
    return node->left != NULL ? node_finish(parser, node) : NULL;
}

static bool parse_arguments(struct parser *parser, struct items *items)
{
    bool more = parser->token.kind != TOKEN_RIGHT_PAREN;

    if (!more)
        return advance(parser);
    while (more)
        if (!items_add(parser, items, parse_argument(parser), 0) ||
            !take_separator(parser, TOKEN_RIGHT_PAREN, "expected ',' or ')'", &more))
            return false;
    return true;
}

/* At "(". */
static const struct jmespath_node *parse_call(struct parser *parser,
                                              const struct token *name)
{
    struct items items = { 0 };

    if (!advance(parser) || !parse_arguments(parser, &items))
        return NULL;
    return call_new(parser, name, &items);
}

/* ---- what stands right of a dot or a projection ------------------------------------
 */

static const struct jmespath_node *parse_dot_right(struct parser *parser, int power)
{
    struct token token = parser->token;

    if (token.kind == TOKEN_NAME && str_equal(token.text, STR("let")) &&
        lexer_peek(&parser->lexer) == '$') {
        unexpected(parser, "a let has no '.' before it: write it in [ ] or { }");
        return NULL;
    }
    if (token.kind == TOKEN_NAME || token.kind == TOKEN_QUOTED_NAME ||
        token.kind == TOKEN_STAR)
        return parse_expression(parser, power);
    if (token.kind == TOKEN_LEFT_BRACKET)
        return advance(parser) ? parse_list(parser, token.column) : NULL;
    if (token.kind == TOKEN_LEFT_BRACE)
        return advance(parser) ? parse_hash(parser, token.column) : NULL;
    unexpected(parser, DOT_RIGHT_EXPECTED);
    return NULL;
}

static const struct jmespath_node *parse_projected(struct parser *parser, int power)
{
    enum token_kind kind = parser->token.kind;

    if (kind == TOKEN_LEFT_BRACKET || kind == TOKEN_FILTER)
        return parse_expression(parser, power);
    if (kind == TOKEN_DOT)
        return advance(parser) ? parse_dot_right(parser, power) : NULL;
    return node_current(parser, parser->token.column);
}

static const struct jmespath_node *parse_values(struct parser *parser,
                                                const struct jmespath_node *left,
                                                size_t column, int power)
{
    return node_binary(parser, JMESPATH_VALUES, column, left,
                       parse_projected(parser, power));
}

/* Behind "[*". */
static const struct jmespath_node *
parse_projection(struct parser *parser, const struct jmespath_node *left, size_t column)
{
    if (!take(parser, TOKEN_RIGHT_BRACKET, "expected ']' after '[*'"))
        return NULL;
    return node_binary(parser, JMESPATH_PROJECTION, column, left,
                       parse_projected(parser, POWER_STAR));
}

/* ---- [number] and [start:stop:step] ------------------------------------------------
 */

static bool take_number(struct parser *parser, long *number)
{
    const struct token *token = &parser->token;

    errno = 0;
    *number = strtol(token->text.text, NULL, 10); /* the text ends in a NUL or a ']' */
    if (errno == ERANGE)
        parser_late(parser, JMESPATH_ERROR_INVALID_VALUE, token->column,
                    "number '%s' is out of range: expected an integer of 64 bits",
                    show(token->text).text);
    return advance(parser);
}

static bool parse_slice_part(struct parser *parser, bool *has, long *number)
{
    *has = parser->token.kind == TOKEN_NUMBER;
    return !*has || take_number(parser, number);
}

/* At the first ":". */
static const struct jmespath_node *parse_slice(struct parser *parser,
                                               struct jmespath_node *node)
{
    bool has_step = false;
    size_t step_column;

    if (!advance(parser) || !parse_slice_part(parser, &node->has_stop, &node->stop))
        return NULL;
    node->kind = JMESPATH_SLICE;
    node->step = 1;
    step_column = parser->token.column + 1;
    if (parser->token.kind == TOKEN_COLON &&
        (!advance(parser) || !parse_slice_part(parser, &has_step, &node->step)))
        return NULL;
    if (!take(parser, TOKEN_RIGHT_BRACKET, "expected a number, ':' or ']'"))
        return NULL;
    if (node->step == 0)
        parser_late(parser, JMESPATH_ERROR_INVALID_VALUE, step_column,
                    "the step of a slice is 0: expected another number");
    node->right = parse_projected(parser, POWER_STAR);
    return node->right != NULL ? node_finish(parser, node) : NULL;
}

/* Behind "[", at a number or ":". */
static const struct jmespath_node *
parse_index(struct parser *parser, const struct jmespath_node *left, size_t column)
{
    struct jmespath_node *node = node_new(parser, JMESPATH_INDEX, column);

    node->left = left;
    if (parser->token.kind == TOKEN_NUMBER) {
        if (!take_number(parser, &node->index))
            return NULL;
        if (parser->token.kind != TOKEN_COLON) {
            if (!take(parser, TOKEN_RIGHT_BRACKET, "expected ']' or ':'"))
                return NULL;
            return node_finish(parser, node);
        }
        node->has_start = true;
        node->start = node->index;
    }
    return parse_slice(parser, node);
}

static bool at_index(const struct parser *parser)
{
    return parser->token.kind == TOKEN_NUMBER || parser->token.kind == TOKEN_COLON;
}

static bool names_have(const struct jmespath_names *names, struct str name)
{
    for (size_t i = 0; names != NULL && i < names->count; i++)
        if (str_equal(names->names[i], name))
            return true;
    return false;
}

/* ---- how an expression starts ------------------------------------------------------
 */

static const struct jmespath_node *prefix_name(struct parser *parser,
                                               const struct token *token)
{
    struct jmespath_node *node;

    if (is_let(parser, token))
        return parse_let(parser, token->column);
    if (parser->token.kind == TOKEN_LEFT_PAREN && token->kind == TOKEN_NAME)
        return parse_call(parser, token);
    if (parser->token.kind == TOKEN_LEFT_PAREN) {
        error_in_text(parser->err, token->column,
                      "unexpected %s: a function's name has no quotes",
                      show(token->text).text);
        return NULL;
    }
    node = node_new(parser, JMESPATH_FIELD, token->column);
    node->quoted = token->kind == TOKEN_QUOTED_NAME;
    if (!name_text(parser->arena, token, &node->name, parser->err))
        return NULL;
    node->is_instant = names_have(parser->options->instants, node->name);
    return node_finish(parser, node);
}

static const struct jmespath_node *prefix_literal(struct parser *parser,
                                                  const struct token *token)
{
    struct jmespath_node *node = node_new(parser, JMESPATH_LITERAL, token->column);

    node->literal = literal_value(parser, token);
    if (node->literal == NULL)
        return NULL;
    node->is_instant = json_is_string(node->literal) &&
                       instant_parse_or_date(value_text(node->literal), &node->instant);
    return node_finish(parser, node);
}

static const struct jmespath_node *prefix_variable(struct parser *parser,
                                                   const struct token *token)
{
    struct jmespath_node *node = node_new(parser, JMESPATH_VARIABLE, token->column);

    node->name = variable_name(parser, token);
    variable_resolve(parser, node);
    return node_finish(parser, node);
}

static const struct jmespath_node *prefix_current(struct parser *parser,
                                                  const struct token *token)
{
    return node_current(parser, token->column);
}

static const struct jmespath_node *prefix_star(struct parser *parser,
                                               const struct token *token)
{
    return parse_values(parser, node_current(parser, token->column), token->column,
                        POWER_STAR);
}

static const struct jmespath_node *prefix_paren(struct parser *parser,
                                                const struct token *token)
{
    const struct jmespath_node *node = parse_expression(parser, POWER_NONE);

    (void)token;
    if (node == NULL || !take(parser, TOKEN_RIGHT_PAREN, "expected ')'"))
        return NULL;
    return node;
}

static const struct jmespath_node *prefix_brace(struct parser *parser,
                                                const struct token *token)
{
    return parse_hash(parser, token->column);
}

static const struct jmespath_node *prefix_bracket(struct parser *parser,
                                                  const struct token *token)
{
    size_t column = token->column;

    if (at_index(parser))
        return parse_index(parser, node_current(parser, column), column);
    if (parser->token.kind == TOKEN_STAR && lexer_peek(&parser->lexer) == ']')
        return advance(parser)
                   ? parse_projection(parser, node_current(parser, column), column)
                   : NULL;
    return parse_list(parser, column);
}

static const struct jmespath_node *prefix_not(struct parser *parser,
                                              const struct token *token)
{
    struct jmespath_node *node = node_new(parser, JMESPATH_NOT, token->column);

    node->left = parse_expression(parser, POWER_NOT);
    return node->left != NULL ? node_finish(parser, node) : NULL;
}

/* ---- how it goes on ----------------------------------------------------------------
 */

/* Whether it is written as "NAME.FIELD", of a field or a variable NAME, and is one. */
static bool is_instant_below(const struct jmespath_names *instants,
                             const struct jmespath_node *left,
                             const struct jmespath_node *right)
{
    struct str name = left->name, field = right->name;

    if (instants == NULL || right->kind != JMESPATH_FIELD ||
        (left->kind != JMESPATH_FIELD && left->kind != JMESPATH_VARIABLE))
        return false;
    for (size_t i = 0; i < instants->count; i++) {
        struct str known = instants->names[i];

        if (known.len == name.len + 1 + field.len && str_starts_with(known, name) &&
            known.text[name.len] == '.' && str_ends_with(known, field))
            return true;
    }
    return false;
}

static const struct jmespath_node *dot_new(struct parser *parser, size_t column,
                                           const struct jmespath_node *left,
                                           const struct jmespath_node *right)
{
    struct jmespath_node *node = node_new(parser, JMESPATH_SUBEXPRESSION, column);

    if (right == NULL)
        return NULL;
    node->left = left;
    node->right = right;
    node->is_instant = is_instant_below(parser->options->instants, left, right);
    return node_finish(parser, node);
}

static const struct jmespath_node *infix_dot(struct parser *parser,
                                             const struct jmespath_node *left,
                                             const struct token *token)
{
    if (parser->token.kind == TOKEN_STAR)
        return advance(parser) ? parse_values(parser, left, token->column, POWER_DOT)
                               : NULL;
    return dot_new(parser, token->column, left, parse_dot_right(parser, POWER_DOT));
}

static const struct jmespath_node *infix_pipe(struct parser *parser,
                                              const struct jmespath_node *left,
                                              const struct token *token)
{
    return node_binary(parser, JMESPATH_PIPE, token->column, left,
                       parse_expression(parser, POWER_PIPE));
}

static const struct jmespath_node *infix_comparison(struct parser *parser,
                                                    const struct jmespath_node *left,
                                                    const struct token *token)
{
    static const enum jmespath_comparator comparators[TOKEN_COUNT] = {
        [TOKEN_EQ] = JMESPATH_EQ, [TOKEN_NE] = JMESPATH_NE, [TOKEN_LT] = JMESPATH_LT,
        [TOKEN_LE] = JMESPATH_LE, [TOKEN_GT] = JMESPATH_GT, [TOKEN_GE] = JMESPATH_GE,
    };
    struct jmespath_node *node = node_new(parser, JMESPATH_COMPARISON, token->column);

    node->left = left;
    node->comparator = comparators[token->kind];
    node->right = parse_expression(parser, POWER_COMPARISON);
    return node->right != NULL ? node_finish(parser, node) : NULL;
}

static const struct jmespath_node *infix_bracket(struct parser *parser,
                                                 const struct jmespath_node *left,
                                                 const struct token *token)
{
    size_t column = token->column;

    if (at_index(parser))
        return parse_index(parser, left, column);
    if (parser->token.kind == TOKEN_STAR)
        return advance(parser) ? parse_projection(parser, left, column) : NULL;
    unexpected(parser,
               "expected a number, ':' or '*' (a filter is written [?...], a list "
               ".[...])");
    return NULL;
}

static const struct jmespath_node *flatten(struct parser *parser,
                                           const struct jmespath_node *left,
                                           const struct token *token)
{
    return node_binary(parser, JMESPATH_FLATTEN, token->column, left,
                       parse_projected(parser, POWER_FLATTEN));
}

static const struct jmespath_node *prefix_flatten(struct parser *parser,
                                                  const struct token *token)
{
    return flatten(parser, node_current(parser, token->column), token);
}

static const struct jmespath_node *filter(struct parser *parser,
                                          const struct jmespath_node *left,
                                          const struct token *token)
{
    struct jmespath_node *node = node_new(parser, JMESPATH_FILTER, token->column);

    node->left = left;
    node->condition = parse_expression(parser, POWER_NONE);
    if (node->condition == NULL ||
        !take(parser, TOKEN_RIGHT_BRACKET, "expected ']' at the filter's end"))
        return NULL;
    node->right = parse_projected(parser, POWER_FILTER);
    return node->right != NULL ? node_finish(parser, node) : NULL;
}

static const struct jmespath_node *prefix_filter(struct parser *parser,
                                                 const struct token *token)
{
    return filter(parser, node_current(parser, token->column), token);
}

static const struct jmespath_node *infix_logic(struct parser *parser,
                                               const struct jmespath_node *left,
                                               const struct token *token)
{
    bool is_or = token->kind == TOKEN_OR;
    int power = is_or ? POWER_OR : POWER_AND;
    struct items row = { 0 };
    size_t column = token->column;

    items_add(parser, &row, left, 0);
    while (items_add(parser, &row, parse_expression(parser, power), column)) {
        if (parser->token.kind != token->kind)
            return node_row(parser, is_or ? JMESPATH_OR : JMESPATH_AND, &row);
        column = parser->token.column;
        if (!advance(parser))
            return NULL;
    }
    return NULL;
}

static const struct {
    int power;
    prefix_function *prefix;
    infix_function *infix;
} grammar[TOKEN_COUNT] = {
    [TOKEN_NAME] = { 0, prefix_name, NULL },
    [TOKEN_QUOTED_NAME] = { 0, prefix_name, NULL },
    [TOKEN_LITERAL] = { 0, prefix_literal, NULL },
    [TOKEN_RAW_STRING] = { 0, prefix_literal, NULL },
    [TOKEN_VARIABLE] = { 0, prefix_variable, NULL },
    [TOKEN_CURRENT] = { 0, prefix_current, NULL },
    [TOKEN_STAR] = { 0, prefix_star, NULL },
    [TOKEN_LEFT_PAREN] = { 0, prefix_paren, NULL },
    [TOKEN_LEFT_BRACE] = { 0, prefix_brace, NULL },
    [TOKEN_NOT] = { 0, prefix_not, NULL },
    [TOKEN_PIPE] = { POWER_PIPE, NULL, infix_pipe },
    [TOKEN_OR] = { POWER_OR, NULL, infix_logic },
    [TOKEN_AND] = { POWER_AND, NULL, infix_logic },
    [TOKEN_EQ] = { POWER_COMPARISON, NULL, infix_comparison },
    [TOKEN_NE] = { POWER_COMPARISON, NULL, infix_comparison },
    [TOKEN_LT] = { POWER_COMPARISON, NULL, infix_comparison },
    [TOKEN_LE] = { POWER_COMPARISON, NULL, infix_comparison },
    [TOKEN_GT] = { POWER_COMPARISON, NULL, infix_comparison },
    [TOKEN_GE] = { POWER_COMPARISON, NULL, infix_comparison },
    [TOKEN_FLATTEN] = { POWER_FLATTEN, prefix_flatten, flatten },
    [TOKEN_FILTER] = { POWER_FILTER, prefix_filter, filter },
    [TOKEN_DOT] = { POWER_DOT, NULL, infix_dot },
    [TOKEN_LEFT_BRACKET] = { POWER_BRACKET, prefix_bracket, infix_bracket },
};

static const struct jmespath_node *parse_prefix(struct parser *parser)
{
    struct token token = parser->token;

    if (grammar[token.kind].prefix == NULL) {
        unexpected(parser, token.kind == TOKEN_REFERENCE ? REFERENCE_EXPECTED
                                                         : EXPRESSION_EXPECTED);
        return NULL;
    }
    return advance(parser) ? grammar[token.kind].prefix(parser, &token) : NULL;
}

/* All that binds its left side more tightly than `power`. */
static const struct jmespath_node *parse_expression(struct parser *parser, int power)
{
    const struct jmespath_node *left;

    if (parser->nesting == JMESPATH_DEPTH_MAX) {
        error_too_deep(parser->err, parser->token.column);
        return NULL;
    }
    parser->nesting++;
    left = parse_prefix(parser);
    while (left != NULL && power < grammar[parser->token.kind].power) {
        struct token token = parser->token;

        left = advance(parser) ? grammar[token.kind].infix(parser, left, &token) : NULL;
    }
    parser->nesting--;
    return left;
}

const struct jmespath *jmespath_compile(struct arena *arena, struct str text,
                                        struct error *err)
{
    return jmespath_compile_with(arena, text, &(struct jmespath_options){ 0 }, err);
}

const struct jmespath *jmespath_compile_with(struct arena *arena, struct str text,
                                             const struct jmespath_options *options,
                                             struct error *err)
{
    struct jmespath *expression;
    struct parser parser = { .arena = arena, .options = options, .err = err };

    if (!lexer_start(&parser.lexer, text, err))
        return NULL;
    expression = arena_new(arena, struct jmespath);
    expression->text = str_copy(arena, text);
    expression->functions = options->functions;
    if (options->instants != NULL)
        expression->instants = *options->instants;
    parser.lexer.text = expression->text;
    if (!advance(&parser))
        return NULL;
    expression->root = parse_expression(&parser, POWER_NONE);
    if (expression->root == NULL)
        return NULL;
    if (parser.token.kind != TOKEN_END) {
        unexpected(&parser, OPERATOR_EXPECTED);
        return NULL;
    }
    if (parser.late.message[0] != '\0') {
        *err = parser.late;
        return NULL;
    }
    return expression;
}

const struct jmespath *jmespath_copy(struct arena *arena,
                                     const struct jmespath *expression)
{
    const struct jmespath_options options = { .functions = expression->functions,
                                              .instants = &expression->instants };
    const struct jmespath *copy;
    struct error err = { 0 };

    copy = jmespath_compile_with(arena, expression->text, &options, &err);
    assert(copy != NULL); /* it was compiled before */
    return copy;
}

const struct jmespath_node *jmespath_root(const struct jmespath *expression)
{
    return expression->root;
}

struct str jmespath_text(const struct jmespath *expression)
{
    return expression->text;
}
