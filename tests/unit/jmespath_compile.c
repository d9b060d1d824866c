#include "rows.h"

#include "jmespath/jmespath.h"

#include <string.h>

struct wrong {
    const char *name;
    const char *expression;
    size_t column;
    const char *message;
};

static void wrong_test(void **state)
{
    const struct wrong *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };

    assert_null(jmespath_compile(&arena, str_from(row->expression), &err));
    assert_string_equal(err.message, row->message);
    assert_int_equal(err.column, row->column);
    arena_release(&arena);
}

#define PREFIX_EXPECTED ": expected a name, a literal or a function"
#define INFIX_EXPECTED  ": expected an operator or the end"
#define DOT_EXPECTED    ": expected a name, '*', '[' or '{' after '.'"

static const struct wrong messages[] = {
    { "a bare number offers the back-ticked form", "managed > 0", 11,
      "unexpected number '0': write a number between back-ticks: `0`" },
    { "a bare real number is offered whole", "a == -1.5e3 && b", 6,
      "unexpected number '-1.5e3': write a number between back-ticks: `-1.5e3`" },
    { "a column counts characters, not bytes", "'\xC3\xA9\xE2\x9C\x93' == 0", 9,
      "unexpected number '0': write a number between back-ticks: `0`" },
    { "an empty expression", "", 1, "unexpected end" PREFIX_EXPECTED },
    { "blanks alone", "  \t", 4, "unexpected end" PREFIX_EXPECTED },
    { "an operand is missing at the end", "a && ", 6,
      "unexpected end" PREFIX_EXPECTED },
    { "two operators in a row", "a == == b", 6, "unexpected '=='" PREFIX_EXPECTED },
    { "= is told from ==", "a = b", 3, "unexpected '=': write == to compare" },
    { "and is written &&", "a and b", 3, "unexpected name 'and': write && for and" },
    { "or is written ||", "a or b", 3, "unexpected name 'or': write || for or" },
    { "in a filter, too", "a[?b = c]", 6, "unexpected '=': write == to compare" },
    { "and in an argument", "abs(b = c)", 7, "unexpected '=': write == to compare" },
    { "=== is ==", "a === b", 5, "unexpected '=': write == to compare" },
    { "<> is !=", "a <> b", 4, "unexpected '>': write != for <>" },
    { "AND in a filter", "a[?b AND c]", 6, "unexpected name 'AND': write && for and" },
    { "not is written !", "a && not b", 10, "unexpected name 'b': write ! for not" },
    { "in is written contains()", "a in b", 3,
      "unexpected name 'in': write contains(LIST, VALUE) for in" },
    { "like has three functions", "a like 'b%'", 3,
      "unexpected name 'like': write starts_with(), ends_with() or contains() for "
      "like" },
    { "& is written &&", "a & b", 3, "unexpected '&': write && for and" },
    { "& alone is no expression", "&a", 1,
      "unexpected '&': expected it only before an argument of map, max_by, min_by or "
      "sort_by" },
    { "& in parentheses is no argument", "map((&a), b)", 6,
      "unexpected '&': expected it only before an argument of map, max_by, min_by or "
      "sort_by" },
    { "a name after an expression", "a b", 3, "unexpected name 'b'" INFIX_EXPECTED },
    { "a quoted name after an expression", "a \"b\"", 3,
      "unexpected name \"b\"" INFIX_EXPECTED },
    { "a literal after an expression", "a `1`", 3,
      "unexpected literal `1`" INFIX_EXPECTED },
    { "a raw string after an expression", "a 'b'", 3,
      "unexpected string 'b'" INFIX_EXPECTED },
    { "a variable after an expression", "a $b", 3,
      "unexpected variable '$b'" INFIX_EXPECTED },
    { "the current value after an expression", "a @", 3,
      "unexpected '@'" INFIX_EXPECTED },
    { "a star after an expression", "a *", 3, "unexpected '*'" INFIX_EXPECTED },
    { "a brace after an expression", "a {b: c}", 3, "unexpected '{'" INFIX_EXPECTED },
    { "a not after an expression", "a !b", 3, "unexpected '!'" INFIX_EXPECTED },
    { "a variable after an expression", "a $b", 3,
      "unexpected variable '$b'" INFIX_EXPECTED },
    { "a string after an expression", "a 'b'", 3,
      "unexpected string 'b'" INFIX_EXPECTED },
    { "a literal after an expression", "@`1`", 2,
      "unexpected literal `1`" INFIX_EXPECTED },
    { "a long token is cut", "a 'abcdefghijklmnopqrstuvwxyz'", 3,
      "unexpected string 'abcdefghijklmnopqrstuvw..." INFIX_EXPECTED },
    { "a token of several lines is shown on one", "a 'b\nc'", 3,
      "unexpected string 'b\\x0ac'" INFIX_EXPECTED },
    { "no closing parenthesis", "(a", 3, "unexpected end: expected ')'" },
    { "too many closing parentheses", "a)", 2, "unexpected ')'" INFIX_EXPECTED },
    { "a call of what is no name", "@(a)", 2, "unexpected '('" INFIX_EXPECTED },
    { "a list is not closed", "[a", 3, "unexpected end: expected ',' or ']'" },
    { "a list ends in a comma", "[a,]", 4, "unexpected ']'" PREFIX_EXPECTED },
    { "a hash without a value", "{a}", 3,
      "unexpected '}': expected ':' after the key" },
    { "a hash with a number for a key", "{1: a}", 2,
      "unexpected number '1': expected a key: a name, then ':' and an expression" },
    { "a hash is not closed", "{a: b", 6, "unexpected end: expected ',' or '}'" },
    { "a hash ends in a comma", "{a: b,}", 7,
      "unexpected '}': expected a key: a name, then ':' and an expression" },
    { "a filter without its ?", "a[b == c]", 3,
      "unexpected name 'b': expected a number, ':' or '*' (a filter is written [?...], "
      "a "
      "list .[...])" },
    { "a filter is not closed", "a[?b", 5,
      "unexpected end: expected ']' at the filter's end" },
    { "an index is not closed", "a[0", 4, "unexpected end: expected ']' or ':'" },
    { "a slice with a name", "a[0:x]", 5,
      "unexpected name 'x': expected a number, ':' or ']'" },
    { "a slice of four parts", "a[1:2:3:4]", 8,
      "unexpected ':': expected a number, ':' or ']'" },
    { "no token behind a slice's number", "a[:1#]", 5,
      "unexpected '#': a name with other characters than letters, digits and _ is "
      "written between double quotes" },
    { "a step of 0", "a[::0]", 5, "the step of a slice is 0: expected another number" },
    { "an index out of range", "a[99999999999999999999]", 3,
      "number '99999999999999999999' is out of range: expected an integer of 64 bits" },
    { "a number after a dot", "a.1", 3, "unexpected number '1'" DOT_EXPECTED },
    { "nothing after a dot", "a.", 3, "unexpected end" DOT_EXPECTED },
    { "two dots", "a..b", 3, "unexpected '.'" DOT_EXPECTED },
    { "a dot first", ".a", 1, "unexpected '.'" PREFIX_EXPECTED },
    { "a name with a dash", "a-b", 2,
      "unexpected '-': JMESPath has no arithmetic, and a name that holds '-' is "
      "written "
      "between double quotes" },
    { "arithmetic", "a + b", 3, "unexpected '+': JMESPath has no arithmetic" },
    { "a name that wants quotes", "\xC3\xA9", 1,
      "unexpected '\xC3\xA9': a name with other characters than letters, digits and _ "
      "is "
      "written between double quotes" },
    { "a typographic quote", "a == \xE2\x80\x99x\xE2\x80\x99", 6,
      "unexpected '\xE2\x80\x99': a typographic quote: write ' for it" },
    { "typographic quotes around text", "a == \xE2\x80\x9Cx\xE2\x80\x9D", 6,
      "unexpected '\xE2\x80\x9C': a typographic quote: write ' around text" },
    { "a blank of a web page", "a ==\xC2\xA0'x'", 5,
      "unexpected '\xC2\xA0': a blank that does not break: write an ordinary one" },
    { "a backslash that the shell left", "a == \\`1\\`", 6,
      "unexpected '\\': in single quotes the shell leaves it there: write ` alone" },
    { "a dollar for what is queried", "$.a[?b]", 1,
      "unexpected '$': a query starts without it, at what is queried" },
    { "a pattern", "a =~ 'x'", 3,
      "unexpected '=': write matches(TEXT, 'PATTERN') for =~" },
    { "a control character", "a\x01", 2,
      "unexpected '\\x01': a name with other characters than letters, digits and _ is "
      "written between double quotes" },
    { "a dollar without a name", "a == $1", 6,
      "unexpected '$': expected a name right after it" },
    { "a literal is not closed", "a == `b", 6,
      "unclosed `: expected another ` before the end" },
    { "a string is not closed", "a == 'b", 6,
      "unclosed ': expected another ' before the end" },
    { "a backslash keeps a quote from closing", "'a\\'", 1,
      "unclosed ': expected another ' before the end" },
    { "a quoted name is not closed", "\"b", 1,
      "unclosed \": expected another \" before the end" },
    { "a quoted name with a wrong escape", "\"a\\z\"", 1,
      "name \"a\\z\" is not a JSON string: expected escapes such as \\n, \\\" and "
      "\\u00e9, "
      "and \\\\ for a backslash" },
    { "a literal that is neither JSON nor a word", "a == `b\"c`", 6,
      "literal `b\"c` is not JSON: write a string between single quotes, 'text'" },
    { "a literal with a lone surrogate", "`\"\\ud800\"`", 1,
      "literal `\"\\ud800\"` is not JSON: write a string between single quotes, "
      "'text'" },
    { "an integer out of range is no word", "a == `99999999999999999999`", 6,
      "the number in literal `99999999999999999999` is out of range: expected an "
      "integer "
      "of 64 bits, or a real number of double precision" },
    { "nor beside text", "`[1e999, \"a\"]`", 1,
      "the number in literal `[1e999, \"a\"]` is out of range: expected an integer of "
      "64 "
      "bits, or a real number of double precision" },
    { "nor is a real number out of range, or within an array", "`[1e999]`", 1,
      "the number in literal `[1e999]` is out of range: expected an integer of 64 "
      "bits, "
      "or a real number of double precision" },
    { "a literal with NUL in a key", "`{\"a\\u0000\": 1}`", 1,
      "literal `{\"a\\u0000\": 1}` has a key with \\u0000 in it: expected none" },
    { "bytes that are no UTF-8", "'\xC3\xA9' \xFF", 5, "byte '\\xff' is not UTF-8" },
    { "an overlong NUL is not UTF-8", "\xC0\x80", 1, "byte '\\xc0' is not UTF-8" },
    { "a surrogate is not UTF-8", "a\xED\xA0\x80", 2, "byte '\\xed' is not UTF-8" },
    { "a character is cut off", "'\xE2\x9C", 2, "byte '\\xe2' is not UTF-8" },
    { "and is no function", "and(a, b)", 1,
      "unknown function 'and': write && for and" },
    { "count is no function", "count(a)", 1,
      "unknown function 'count': write length() for count()" },
    { "if is no function", "if(a, b)", 1,
      "unknown function 'if': write CONDITION && THEN || ELSE" },
    { "not is no function", "not(a)", 1,
      "unknown function 'not': write !(...) for not(...)" },
    { "or is no function", "or(a, b)", 1, "unknown function 'or': write || for or" },
    { "size is no function", "size(a)", 1,
      "unknown function 'size': write length() for size()" },
    { "find_first is no function", "find_first(a, b)", 1,
      "unknown function 'find_first': it is one of JMESPath Community, which the AWS "
      "CLI does not have, nor is it here" },
    { "zip is no function", "zip(a, b)", 1,
      "unknown function 'zip': it is one of JMESPath Community, which the AWS CLI does "
      "not have, nor is it here" },
    { "abss is no function", "abss(a)", 1,
      "unknown function 'abss': did you mean 'abs'?" },
    { "valuess is no function", "valuess(a)", 1,
      "unknown function 'valuess': did you mean 'values'?" },
    { "a misspelt function gets a suggestion", "a && lenght(b)", 6,
      "unknown function 'lenght': did you mean 'length'?" },
    { "so does one of which the end is missing", "len(b)", 1,
      "unknown function 'len': did you mean 'length'?" },
    { "and one without its _", "sortby(a, &b)", 1,
      "unknown function 'sortby': did you mean 'sort_by'?" },
    { "an unknown function that is near none", "frobnicate(a)", 1,
      "unknown function 'frobnicate': expected one of JMESPath's, such as length, "
      "contains or starts_with" },
    { "not as a function", "a && not(b)", 6,
      "unknown function 'not': write !(...) for not(...)" },
    { "a function of another dialect", "group_by(a, &b)", 1,
      "unknown function 'group_by': it is one of JMESPath Community, which the AWS CLI "
      "does not have, nor is it here" },
    { "a function's name in quotes", "\"abs\"(a)", 1,
      "unexpected \"abs\": a function's name has no quotes" },
    { "no argument", "abs()", 1, "abs() takes 1 argument, not 0" },
    { "too many arguments", "length(a, b)", 1, "length() takes 1 argument, not 2" },
    { "too few arguments", "contains(a)", 1, "contains() takes 2 arguments, not 1" },
    { "at least one argument", "not_null()", 1,
      "not_null() takes at least 1 argument, not 0" },
    { "a comma is missing between arguments", "contains(a b)", 12,
      "unexpected name 'b': expected ',' or ')'" },
    { "arguments end in a comma", "abs(a,)", 7, "unexpected ')'" PREFIX_EXPECTED },
    { "arguments are not closed", "abs(a", 6, "unexpected end: expected ',' or ')'" },
    { "& where a value is wanted", "abs(&a)", 5,
      "argument 1 of abs() is a value: expected no & before it" },
    { "& is missing where it is wanted", "sort_by(a, b)", 12,
      "argument 2 of sort_by() is an expression: write & before it, as in &name" },
};

struct kind {
    const char *name;
    const char *expression;
    enum jmespath_error_kind kind;
    const char *text;
};

static void kind_test(void **state)
{
    const struct kind *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };

    assert_null(jmespath_compile(&arena, str_from(row->expression), &err));
    assert_int_equal(jmespath_error_kind(&err), row->kind);
    assert_string_equal(jmespath_error_kind_name(row->kind), row->text);
    arena_release(&arena);
}

static const struct kind kinds[] = {
    { "what does not follow the grammar", "a b", JMESPATH_ERROR_SYNTAX, "syntax" },
    { "a literal that is no JSON", "`\"`", JMESPATH_ERROR_SYNTAX, "syntax" },
    { "bytes that are no UTF-8", "\xFF", JMESPATH_ERROR_SYNTAX, "syntax" },
    { "& before a value", "abs(&a)", JMESPATH_ERROR_INVALID_TYPE, "invalid-type" },
    { "a value where & is wanted", "map(a, b)", JMESPATH_ERROR_INVALID_TYPE,
      "invalid-type" },
    { "a missing argument", "contains(a)", JMESPATH_ERROR_INVALID_ARITY,
      "invalid-arity" },
    { "an argument too many", "abs(a, b)", JMESPATH_ERROR_INVALID_ARITY,
      "invalid-arity" },
    { "a step of 0", "a[::0]", JMESPATH_ERROR_INVALID_VALUE, "invalid-value" },
    { "but the grammar first", "a[::0", JMESPATH_ERROR_SYNTAX, "syntax" },
    { "a number that no integer holds", "a[99999999999999999999]",
      JMESPATH_ERROR_INVALID_VALUE, "invalid-value" },
    { "nor a real number in a literal", "`-1.5E+999`", JMESPATH_ERROR_INVALID_VALUE,
      "invalid-value" },
    { "nor a literal", "`99999999999999999999`", JMESPATH_ERROR_INVALID_VALUE,
      "invalid-value" },
    { "a missing quote after an unknown function", "lenght(a) == 'x",
      JMESPATH_ERROR_SYNTAX, "syntax" },
    { "two mistakes beside the grammar: the first", "abs() || lenght(a)",
      JMESPATH_ERROR_INVALID_ARITY, "invalid-arity" },
    { "no such function", "lenght(a)", JMESPATH_ERROR_UNKNOWN_FUNCTION,
      "unknown-function" },
};

struct hint {
    const char *name;
    const char *expression;
    const char *message; /* NULL: none */
    size_t column;
};

static void hint_test(void **state)
{
    const struct hint *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 }, hint = { 0 };
    const struct jmespath *expression =
        jmespath_compile(&arena, str_from(row->expression), &err);

    assert_non_null(expression);
    assert_int_equal(jmespath_hint(expression, &hint), row->message != NULL);
    assert_string_equal(hint.message, row->message != NULL ? row->message : "");
    assert_int_equal(hint.column, row->column);
    arena_release(&arena);
}

static const struct hint hints[] = {
    { "text in double quotes", "Type == \"awsbackup\"",
      "\"awsbackup\" is the name of a field: write 'awsbackup' for the text", 9 },
    { "on the left, too", "a[?\"manual\" != Type]",
      "\"manual\" is the name of a field: write 'manual' for the text", 4 },
    { "with blanks in it", "let $x = a in b || $x < \"two words\"",
      "\"two words\" is the name of a field: write 'two words' for the text", 25 },
    { "in a function that searches text", "[starts_with(a, \"rds:\")]",
      "\"rds:\" is the name of a field: write 'rds:' for the text", 17 },
    { "true without back-ticks", "a && Encrypted == true",
      "true is the name of a field here: write `true`", 19 },
    { "null without back-ticks", "map(&(null != a), @)",
      "null is the name of a field here: write `null`", 7 },
    { "not, and a field below", "a[?!b.c]",
      "! belongs to b alone, so that this is "
      "always null: write !(b.c)",
      4 },
    { "not, and all fields below", "!b.*",
      "! belongs to what stands right behind it, so that this is always null: put all "
      "that is denied between !( and )",
      1 },
    { "not, and an element", "(!b)[0]",
      "! belongs to what stands right behind it, so that this is always null: put all "
      "that is denied between !( and )",
      2 },
    { "not, and a part", "(!b)[1:2]",
      "! belongs to what stands right behind it, so that this is always null: put all "
      "that is denied between !( and )",
      2 },
    { "not, and each element", "(!b)[*]",
      "! belongs to what stands right behind it, so that this is always null: put all "
      "that is denied between !( and )",
      2 },
    { "not, and what is flattened", "!b[]",
      "! belongs to what stands right behind it, so that this is always null: put all "
      "that is denied between !( and )",
      1 },
    { "not, and a filter", "!b[?c]",
      "! belongs to what stands right behind it, so that this is always null: put all "
      "that is denied between !( and )",
      1 },
    { "not of a call, and a field", "!length(b).c",
      "! belongs to what stands right behind it, so that this is always null: put all "
      "that is denied between !( and )",
      1 },
    { "not, and a list of what is below", "!b.[c]",
      "! belongs to what stands right behind it, so that this is always null: put all "
      "that is denied between !( and )",
      1 },
    { "not, and fields below fields", "!b.c.d",
      "! belongs to b alone, so that this is always null: write !(b.c)", 1 },
    { "variables have any name", "let $true = a in $true == b", NULL, 0 },
    { "a name in quotes that is plain on the left", "\"a1\" == 'x'",
      "\"a1\" is the name of a field: write 'a1' for the text", 1 },
    { "one that begins with a digit is not", "\"1a\" == 'x'", NULL, 0 },
    { "nor is one without letters", "\"\" == 'x'", NULL, 0 },
    { "false without back-ticks", "false == a",
      "false is the name of a field here: write `false`", 1 },
    { "not, and what it is meant for", "!(b.c) && !b[0] && !c | d", NULL, 0 },
    { "a name on the left that wants quotes", "\"a-b\" == 'x'", NULL, 0 },
    { "names in quotes that are no operands", "\"a\".\"true\" == 'x' && true", NULL,
      0 },
    { "text, numbers and names as they should be",
      "a == 'x' && b > `1` && c == `true` && contains(d, e)", NULL, 0 },
};

static void a_mistake_has_a_place(void **state)
{
    static const char expression[] = "managed > 0";
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };

    (void)state;
    assert_null(jmespath_compile(&arena, str_from(expression), &err));
    assert_string_equal(
        err.message, "unexpected number '0': write a number between back-ticks: `0`");
    assert_int_equal(err.column, 11);
    arena_release(&arena);
}

static void nodes_have_columns(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct jmespath *expression =
        jmespath_compile(&arena, STR("a.b == '\xC3\xA9' && contains(c, $d)"), &err);
    const struct jmespath_node *node;

    (void)state;
    assert_non_null(expression);
    assert_string_equal(jmespath_text(expression).text,
                        "a.b == '\xC3\xA9' && contains(c, $d)");
    node = jmespath_root(expression);
    assert_int_equal(node->kind, JMESPATH_AND);
    assert_int_equal(node->column, 12);
    assert_int_equal(node->left->kind, JMESPATH_COMPARISON);
    assert_int_equal(node->left->comparator, JMESPATH_EQ);
    assert_int_equal(node->left->column, 5);
    assert_int_equal(node->left->left->kind, JMESPATH_SUBEXPRESSION);
    assert_int_equal(node->left->left->column, 2);
    assert_int_equal(node->left->right->column, 8);
    assert_int_equal(node->right->kind, JMESPATH_CALL);
    assert_int_equal(node->right->column, 15);
    assert_string_equal(node->right->name.text, "contains");
    assert_int_equal(node->right->item_count, 2);
    assert_int_equal(node->right->items[1]->kind, JMESPATH_VARIABLE);
    assert_string_equal(node->right->items[1]->name.text, "d");
    assert_int_equal(node->depth, 4);
    arena_release(&arena);
}

static void an_omitted_operand_is_the_current_value(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct jmespath *expression = jmespath_compile(&arena, STR("[?a]"), &err);
    const struct jmespath_node *node;

    (void)state;
    assert_non_null(expression);
    node = jmespath_root(expression);
    assert_int_equal(node->kind, JMESPATH_FILTER);
    assert_int_equal(node->left->kind, JMESPATH_CURRENT);
    assert_int_equal(node->right->kind, JMESPATH_CURRENT);
    assert_int_equal(node->condition->kind, JMESPATH_FIELD);
    arena_release(&arena);
}

/* ---- limits ---------------------------------------------------------------------- */

static struct str repeated(struct arena *arena, const char *before, size_t count,
                           const char *part, const char *after)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_add(&buf, str_from(before));
    for (size_t i = 0; i < count; i++)
        buf_add(&buf, str_from(part));
    buf_add(&buf, str_from(after));
    return buf_str(&buf);
}

struct deep {
    const char *name;
    const char *before, *part, *after;
    size_t count;
    bool compiles;
};

static void deep_test(void **state)
{
    const struct deep *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct str text = repeated(&arena, row->before, row->count, row->part, row->after);
    const struct jmespath *expression = jmespath_compile(&arena, text, &err);

    if (row->compiles) {
        assert_string_equal(err.message, "");
        assert_non_null(expression);
        assert_true(jmespath_root(expression)->depth <= JMESPATH_DEPTH_MAX);
    } else {
        assert_null(expression);
        assert_non_null(strstr(err.message, "nested deeper than 128 levels"));
        assert_int_equal(jmespath_error_kind(&err), JMESPATH_ERROR_LIMIT);
    }
    arena_release(&arena);
}

static const struct deep deep[] = {
    { "127 dots are a tree of 128 levels", "a", ".a", "", 127, true },
    { "128 dots are one too many", "a", ".a", "", 128, false },
    { "127 nots are 128 levels", "", "!", "a", 127, true },
    { "128 nots are one too many", "", "!", "a", 128, false },
    { "60,000 nots", "", "!", "a", 60000, false },
    { "60,000 parentheses", "", "(", "a", 60000, false },
    { "60,000 brackets", "", "[", "a", 60000, false },
    { "20,000 filters", "", "a[?", "a", 20000, false },
    { "12,000 hashes", "", "{a: ", "a", 12000, false },
    { "12,000 calls", "", "abs(", "a", 12000, false },
    { "20,000 projections", "a", "[*]", "", 20000, false },
    { "20,000 flattenings", "a", "[]", "", 20000, false },
    { "20,000 indices", "a", "[0]", "", 20000, false },
    { "20,000 stars", "*", ".*", "", 20000, false },
    { "20,000 comparisons", "a", "<a", "", 20000, false },
    { "20,000 pipes", "a", "|a", "", 20000, false },
    { "10,000 references", "", "map(&", "a", 10000, false },
    { "1,000 alternatives side by side are not deep", "a", " || a == 'b'", "", 1000,
      true },
    { "nor are 1,000 conditions", "a", " && a == 'b'", "", 1000, true },
    { "nor is a list of 10,000", "[a", ",a", "]", 10000, true },
};

static void parentheses_count_where_they_build_nothing(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct str open = repeated(&arena, "", JMESPATH_DEPTH_MAX - 1, "(", "a");
    struct str text = repeated(&arena, open.text, JMESPATH_DEPTH_MAX - 1, ")", "");

    (void)state;
    assert_non_null(jmespath_compile(&arena, text, &err));
    text = str_from(arena_printf(&arena, "(%s)", text.text));
    assert_null(jmespath_compile(&arena, text, &err));
    assert_string_equal(
        err.message,
        "the expression is nested deeper than 128 levels here: write it in parts");
    assert_int_equal(err.column, JMESPATH_DEPTH_MAX + 1);
    arena_release(&arena);
}

/* By turns an object and a list. */
static void objects_of_a_literal_are_as_deep_as_lists(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct str open, text;

    (void)state;
    open = repeated(&arena, "`[1, ", JMESPATH_DEPTH_MAX / 2 - 1, "{\"a\": [", "1");
    text = repeated(&arena, open.text, JMESPATH_DEPTH_MAX / 2 - 1, "]}", ", 2]`");
    assert_non_null(jmespath_compile(&arena, text, &err));
    open = repeated(&arena, "`[1, ", JMESPATH_DEPTH_MAX / 2, "{\"a\": [", "1");
    text = repeated(&arena, open.text, JMESPATH_DEPTH_MAX / 2, "]}", ", 2]`");
    assert_null(jmespath_compile(&arena, text, &err));
    assert_non_null(strstr(err.message, "is nested deeper than 128 levels"));
    arena_release(&arena);
}

static void a_literal_may_be_as_deep_as_an_expression(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };

    (void)state;
    for (size_t count = JMESPATH_DEPTH_MAX - 1; count <= 3000; count++) {
        struct str open = repeated(&arena, "`", count, "[", "1");
        struct str text = repeated(&arena, open.text, count, "]", "`");
        const struct jmespath *expression = jmespath_compile(&arena, text, &err);

        if (count < JMESPATH_DEPTH_MAX) {
            assert_non_null(expression);
            continue;
        }
        assert_null(expression);
        assert_non_null(strstr(err.message, "is nested deeper than 128 levels"));
        memset(&err, 0, sizeof err);
        if (count > JMESPATH_DEPTH_MAX && count < 2040)
            count = 2040; /* around the depth that the JSON parser refuses */
        if (count > 2060)
            count = 3000;
        arena_release(&arena);
    }
    arena_release(&arena);
}

static void text_may_have_64_kib(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct str text = repeated(&arena, "'", JMESPATH_BYTES_MAX - 2, "a", "'");

    (void)state;
    assert_non_null(jmespath_compile(&arena, text, &err));
    text = repeated(&arena, "'", JMESPATH_BYTES_MAX - 1, "a", "'");
    assert_null(jmespath_compile(&arena, text, &err));
    assert_string_equal(err.message,
                        "the expression has 65537 bytes: expected at most 65536");
    assert_int_equal(jmespath_error_kind(&err), JMESPATH_ERROR_LIMIT);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };
    int status;

    TESTS_ADD_ROWS(&tests, messages, wrong_test);
    TESTS_ADD_ROWS(&tests, kinds, kind_test);
    TESTS_ADD_ROWS(&tests, hints, hint_test);
    TESTS_ADD(&tests, a_mistake_has_a_place);
    TESTS_ADD(&tests, nodes_have_columns);
    TESTS_ADD(&tests, an_omitted_operand_is_the_current_value);
    TESTS_ADD_ROWS(&tests, deep, deep_test);
    TESTS_ADD(&tests, parentheses_count_where_they_build_nothing);
    TESTS_ADD(&tests, objects_of_a_literal_are_as_deep_as_lists);
    TESTS_ADD(&tests, a_literal_may_be_as_deep_as_an_expression);
    TESTS_ADD(&tests, text_may_have_64_kib);
    status = tests_run("jmespath_compile", &tests);
    arena_release(&tests.arena);
    return status;
}
