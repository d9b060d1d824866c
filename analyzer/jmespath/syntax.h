/*
 * syntax.h - from an expression's text to its nodes; private to jmespath/.
 *
 * The lexer hands out one token at a time and decodes nothing; the parser decodes what
 * it wants and builds the nodes. Both work on one copy of the
 * text, which ends in a NUL and is valid UTF-8.
 */
#ifndef JMESPATH_SYNTAX_H
#define JMESPATH_SYNTAX_H

#include "jmespath/jmespath.h"

#include <stdarg.h>

struct jmespath {
    struct str text;
    const struct jmespath_node *root;
    const struct jmespath_extension *functions; /* that it was compiled with, or NULL */
    struct jmespath_names instants;
};

enum token_kind {
    TOKEN_END,
    TOKEN_NAME,        /* foo */
    TOKEN_QUOTED_NAME, /* "foo" */
    TOKEN_NUMBER,      /* -12 */
    TOKEN_LITERAL,     /* `json` */
    TOKEN_RAW_STRING,  /* 'text' */
    TOKEN_VARIABLE,    /* $foo */
    TOKEN_CURRENT,     /* @ */
    TOKEN_DOT,
    TOKEN_STAR,
    TOKEN_COMMA,
    TOKEN_COLON,
    TOKEN_LEFT_PAREN,
    TOKEN_RIGHT_PAREN,
    TOKEN_LEFT_BRACE,
    TOKEN_RIGHT_BRACE,
    TOKEN_LEFT_BRACKET,
    TOKEN_RIGHT_BRACKET,
    TOKEN_FILTER,    /* [? */
    TOKEN_FLATTEN,   /* [] */
    TOKEN_REFERENCE, /* & */
    TOKEN_PIPE,
    TOKEN_OR,
    TOKEN_AND,
    TOKEN_NOT,
    TOKEN_EQ,
    TOKEN_NE,
    TOKEN_LT,
    TOKEN_LE,
    TOKEN_GT,
    TOKEN_GE,
    TOKEN_ASSIGN, /* = */
    TOKEN_COUNT
};

struct token {
    enum token_kind kind;
    struct str text; /* as written, with its quotes */
    size_t column;   /* from 1, in characters */
};

struct lexer {
    struct str text;
    size_t at;     /* in bytes, from 0 */
    size_t column; /* of `at` */
};

/* False: the text is too long or no UTF-8. */
MUST_USE bool lexer_start(struct lexer *lexer, struct str text, struct error *err);
MUST_USE bool lexer_next(struct lexer *lexer, struct token *token, struct error *err);
/* The next byte that is no white space, not taken; NUL at the end. */
char lexer_peek(const struct lexer *lexer);

/* Says why and where; always returns false. */
bool error_of_kind(struct error *err, enum jmespath_error_kind kind, size_t column,
                   const char *format, ...) PRINTF_LIKE(4, 5);
void error_of_kind_list(struct error *err, enum jmespath_error_kind kind, size_t column,
                        const char *format, va_list arguments) PRINTF_LIKE(4, 0);
/* The same for JMESPATH_ERROR_SYNTAX. */
bool error_in_text(struct error *err, size_t column, const char *format, ...)
    PRINTF_LIKE(3, 4);

bool error_too_deep(struct error *err, size_t column);

/* Text as it stands in a message: on one line, cut when it is long. */
struct shown {
    char text[128];
};
struct shown show(struct str text);

/* The text of a name, quoted or not. */
MUST_USE bool name_text(struct arena *arena, const struct token *token,
                        struct str *name, struct error *err);

/* The variables of one let, while what it binds them in is parsed. */
struct let_scope {
    const struct let_scope *outer;
    const struct jmespath_node *let;
};

/* What is wrong with an expression beside its grammar, such as an unknown function, is
 * kept in `late` and told when all of the text is read: the grammar comes first, as the
 * specification has it. */
struct parser {
    struct arena *arena;
    const struct jmespath_options *options;
    const struct let_scope *scope;
    size_t slot_count; /* of all lets so far */
    struct error *err;
    struct error late; /* the first */
    struct lexer lexer;
    struct token token; /* the next one, not yet taken */
    struct token taken; /* the one before it */
    size_t nesting;
};

/* Nodes side by side: of a list, a hash, a call, or of a || b || c. */
struct items {
    const struct jmespath_node **nodes;
    size_t *columns;  /* of the operator before each */
    struct str *keys; /* of a hash or a let */
    size_t count, node_capacity, column_capacity, key_capacity;
};

/* Keeps an error for later. */
void parser_late(struct parser *parser, enum jmespath_error_kind kind, size_t column,
                 const char *format, ...) PRINTF_LIKE(4, 5);

/* The value of a literal or a raw string, hung on the arena. */
MUST_USE json_t *literal_value(struct parser *parser, const struct token *token);

/* Says that the next token may not stand there, what may, and what is perhaps meant;
 * always returns false. */
bool unexpected(struct parser *parser, const char *expected);
/* Where one of these is expected, no operator may stand. */
extern const char EXPRESSION_EXPECTED[], DOT_RIGHT_EXPECTED[], REFERENCE_EXPECTED[],
    KEY_EXPECTED[], BINDING_EXPECTED[];
extern const char OPERATOR_EXPECTED[];

/* Finds what binds a VARIABLE; says later that nothing does. */
void variable_resolve(struct parser *parser, struct jmespath_node *variable);
/* Whether the caller binds it, as far as it has said. */
bool variable_is_outside(const struct parser *parser, struct str name);

/* NULL in, NULL out, wherever a node is given: so that an error goes up by itself. */
struct jmespath_node *node_new(struct parser *parser, enum jmespath_kind kind,
                               size_t column);
const struct jmespath_node *node_current(struct parser *parser, size_t column);
/* The node with all its operands; NULL: it got too deep, said in parser->err. */
const struct jmespath_node *node_finish(struct parser *parser,
                                        struct jmespath_node *node);
const struct jmespath_node *node_binary(struct parser *parser, enum jmespath_kind kind,
                                        size_t column, const struct jmespath_node *left,
                                        const struct jmespath_node *right);
const struct jmespath_node *node_with_items(struct parser *parser,
                                            struct jmespath_node *node,
                                            const struct items *items);
/* a || b || c ...: any bracketing gives the same value, so the flattest is built, and a
 * long row of alternatives is not deep. */
const struct jmespath_node *node_row(struct parser *parser, enum jmespath_kind kind,
                                     const struct items *row);
bool items_add(struct parser *parser, struct items *items,
               const struct jmespath_node *node, size_t column);

#endif
