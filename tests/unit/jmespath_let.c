#include "rows.h"

#include "jmespath_projected.h"

#include <string.h>

static json_t *load(struct arena *arena, const char *text)
{
    json_error_t why;
    json_t *value = json_loads(text, JSON_DECODE_ANY, &why);

    assert_non_null(value);
    arena_on_release(arena, projected_release, value);
    return value;
}

struct row {
    const char *name;
    const char *expression;
    const char *value;
    const char *outcome; /* "COLUMN: message", or "= JSON" */
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    json_t *value = load(&arena, row->value), *result = NULL;
    struct jmespath_context *context = jmespath_context_new(&arena);
    const struct jmespath *expression =
        jmespath_compile(&arena, str_from(row->expression), &err);
    const char *outcome;

    if (expression != NULL) {
        assert_null(projected_differs(&arena, expression, value));
        result = jmespath_run(expression, value, context, &err);
    }
    outcome = result != NULL ? outcome_text(&arena, result, &err)
                             : arena_printf(&arena, "%zu: %s", err.column, err.message);
    assert_string_equal(outcome, row->outcome);
    arena_release(&arena);
}

/* The examples of the proposal (JEP 18), and what it says between them. */
static const struct row proposal[] = {
    { "a variable is what it was bound to", "let $foo = foo in $foo",
      "{\"foo\": {\"bar\": \"baz\"}}", "= {\"bar\": \"baz\"}" },
    { "a path is bound whole", "let $foo = foo.bar in [$foo, $foo]",
      "{\"foo\": {\"bar\": \"baz\"}}", "= [\"baz\", \"baz\"]" },
    { "several variables", "let $foo = 'foo', $bar = 'bar' in [$foo, $bar]", "null",
      "= null" },
    { "of a value", "let $foo = 'foo', $bar = 'bar' in [$foo, $bar]", "{}",
      "= [\"foo\", \"bar\"]" },
    { "an inner let hides an outer one",
      "let $a = a in b[*].[a, $a, let $a = 'shadow' in $a]",
      "{\"a\": \"topval\", \"b\": [{\"a\": \"inner1\"}, {\"a\": \"inner2\"}]}",
      "= [[\"inner1\", \"topval\", \"shadow\"], [\"inner2\", \"topval\", "
      "\"shadow\"]]" },
    { "what is bound does not see the variables beside it",
      "let $a = 'top-a' in let $a = 'in-a', $b = $a in $b", "{}", "= \"top-a\"" },
    { "let and in are names", "let $let = let in {let: let, in: $let}",
      "{\"let\": {\"let\": \"let-val\", \"in\": \"in-val\"}}",
      "= {\"let\": {\"let\": \"let-val\", \"in\": \"in-val\"}, \"in\": {\"let\": "
      "\"let-val\", \"in\": \"in-val\"}}" },
    { "a projection ends where it is bound", "let $foo = foo[*] in $foo[0]",
      "{\"foo\": [[0, 1], [2, 3], [4, 5]]}", "= [0, 1]" },
    { "a filter sees what is around it",
      "[*].[let $home = home in states[?name == $home].cities[]][]",
      "[{\"home\": \"WA\", \"states\": [{\"name\": \"WA\", \"cities\": [\"Seattle\"]}, "
      "{\"name\": \"NY\", \"cities\": [\"Albany\"]}]}, {\"home\": \"NY\", \"states\": "
      "[{\"name\": \"NY\", \"cities\": [\"Albany\", \"York\"]}]}]",
      "= [[\"Seattle\"], [\"Albany\", \"York\"]]" },
    { "pairs of what is inside and what is around",
      "images[].[let $name = name in tags[*].[@, $name]][][]",
      "{\"images\": [{\"name\": \"a\", \"tags\": [\"x\", \"y\"]}, {\"name\": \"b\", "
      "\"tags\": [\"z\"]}]}",
      "= [[\"x\", \"a\"], [\"y\", \"a\"], [\"z\", \"b\"]]" },
    { "nothing binds it", "$foo", "{}",
      "1: unknown variable '$foo': expected one that is bound" },
    { "nor any more behind its let", "[let $foo = 'bar' in $foo, $foo]", "{}",
      "28: unknown variable '$foo': expected one that is bound" },
    { "a variable that is not reached is no error", "`1` || $foo", "{}", "= 1" },
};

static const struct row rows[] = {
    { "a let reaches to the end", "let $x = a in $x.b | [0]",
      "{\"a\": {\"b\": [1, 2]}}", "= 1" },
    { "or to the parenthesis", "(let $x = a in $x) || b", "{\"b\": 2}", "= 2" },
    { "or to the comma", "[let $x = a in $x, b]", "{\"a\": 1, \"b\": 2}", "= [1, 2]" },
    { "it may stand behind an operator", "a && let $x = b in $x == `2` && `7`",
      "{\"a\": 1, \"b\": 2}", "= 7" },
    { "in an argument", "sort_by(a, &let $x = b in $x)[*].b",
      "{\"a\": [{\"b\": 2}, {\"b\": 1}]}", "= [1, 2]" },
    { "in what is bound", "let $x = let $y = a in $y in [$x, let $y = b in $y]",
      "{\"a\": 1, \"b\": 2}", "= [1, 2]" },
    { "which does not clash with a variable bound before it",
      "let $x = a, $y = let $z = b in $z, $w = c in [$x, $y, $w]",
      "{\"a\": 1, \"b\": 2, \"c\": 3}", "= [1, 2, 3]" },
    { "of two with one name the last", "let $x = a, $x = b in $x",
      "{\"a\": 1, \"b\": 2}", "= 2" },
    { "an expression reference sees it", "let $k = k in map(&[@, $k], a)",
      "{\"k\": 0, \"a\": [1, 2]}", "= [[1, 0], [2, 0]]" },
    { "null is bound, too", "let $x = nothing in $x || 'none'", "{}", "= \"none\"" },
    { "the names let and in alone", "let.in && in", "{\"let\": {\"in\": 1}, \"in\": 2}",
      "= 2" },
    { "a name called in is bound", "let $x = in in $x", "{\"in\": 3}", "= 3" },
    { "a lone let is a name before an operator", "let || 'x'", "{}", "= \"x\"" },
    { "an error in what is bound", "let $x = abs(a) in `1`", "{}",
      "14: abs() takes a number, not null" },
    { "an error behind in, and the variable is gone", "[let $x = a in abs($x)]",
      "{\"a\": \"b\"}", "20: abs() takes a number, not a string" },
    { "the whole is bound", "let $r = @ in a[*].[@, $r.b]",
      "{\"a\": [1], \"b\": 2, \"c\": 3}", "= [[1, 2]]" },
};

static const struct row mistakes[] = {
    { "a variable without $", "let x = a in x", "null",
      "5: unexpected name 'x': a variable starts with $: let $NAME = EXPRESSION in "
      "EXPRESSION" },
    { "no =", "let $x a in $x", "null",
      "8: unexpected name 'a': expected '=' after the variable" },
    { "== for =", "let $x == a in $x", "null",
      "8: unexpected '==': expected '=' after the variable" },
    { "nothing is bound", "let $x = in $x", "null",
      "13: unexpected variable '$x': expected ',' or 'in' after what is bound" },
    { "no in", "let $x = a", "null",
      "11: unexpected end: expected ',' or 'in' after what is bound" },
    { "nothing behind in", "let $x = a in", "null",
      "14: unexpected end: expected a name, a literal or a function" },
    { "a comma before in", "let $x = a, in $x", "null",
      "13: unexpected name 'in': expected a variable, $name, and '='" },
    { "a name among the variables", "let $x = a, y = b in $x", "null",
      "13: unexpected name 'y': expected a variable, $name, and '='" },
    { "a let behind a dot", "a.let $x = b in $x", "null",
      "3: unexpected name 'let': a let has no '.' before it: write it in [ ] or { }" },
    { "a variable behind a dot", "a.$x", "null",
      "3: unexpected variable '$x': expected a name, '*', '[' or '{' after '.'" },
    { "= is no comparison", "a[?b = 'c']", "null",
      "6: unexpected '=': write == to compare" },
};

/* ---- names that are told to the compiler ----------------------------------------- */

struct strict {
    const char *name;
    const char *expression;
    const char *message; /* NULL: it compiles */
    size_t column;
};

static const struct str declared_names[] = { { "limit", 5 }, { "now", 3 } };

static void strict_test(void **state)
{
    const struct strict *row = *state;
    const struct jmespath_names names = { declared_names, 2 };
    const struct jmespath_options options = { .variables = &names };
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct jmespath *expression =
        jmespath_compile_with(&arena, str_from(row->expression), &options, &err);

    if (row->message == NULL) {
        assert_string_equal(err.message, "");
        assert_non_null(expression);
    } else {
        assert_null(expression);
        assert_string_equal(err.message, row->message);
        assert_int_equal(err.column, row->column);
        assert_int_equal(jmespath_error_kind(&err), JMESPATH_ERROR_UNDEFINED_VARIABLE);
    }
    arena_release(&arena);
}

static const struct strict strict[] = {
    { "names that were told", "a > $limit && b < $now", NULL, 0 },
    { "and those of a let", "let $x = $limit in a[?b > $x]", NULL, 0 },
    { "a misspelt name", "a && b > $limt",
      "unknown variable '$limt': did you mean '$limit'?", 10 },
    { "a misspelt name of a let", "let $window = a in $widnow",
      "unknown variable '$widnow': did you mean '$window'?", 20 },
    { "another name", "$x",
      "unknown variable '$x': expected $limit, $now, or one that a let around it binds",
      1 },
    { "a variable behind its let", "[let $x = a in $x, $x]",
      "unknown variable '$x': expected $limit, $now, or one that a let around it binds",
      20 },
    { "a variable in what is bound beside it", "let $x = a, $y = $x in $y",
      "unknown variable '$x': expected $limit, $now, or one that a let around it binds",
      18 },
};

static void no_names_are_some(void **state)
{
    const struct jmespath_names names = { NULL, 0 };
    const struct jmespath_options options = { .variables = &names };
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };

    (void)state;
    assert_null(jmespath_compile_with(&arena, STR("a == $b"), &options, &err));
    assert_string_equal(
        err.message, "unknown variable '$b': expected one that a let around it binds");
    arena_release(&arena);
}

struct reading {
    const char *name;
    const char *expression;
    const char *variables; /* a blank behind each */
    const char *fields;    /* the same; "*" last: whole */
    bool is_boolean;
};

static void reading_test(void **state)
{
    const struct reading *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct buf variables = BUF_EMPTY(&arena), fields = BUF_EMPTY(&arena);
    const struct jmespath *expression =
        jmespath_compile(&arena, str_from(row->expression), &err);
    struct jmespath_names read;
    struct jmespath_fields read_fields;

    assert_non_null(expression);
    jmespath_variables(&arena, jmespath_root(expression), &read);
    for (size_t i = 0; i < read.count; i++)
        buf_printf(&variables, "%s ", read.names[i].text);
    assert_string_equal(buf_str(&variables).text, row->variables);
    jmespath_fields(&arena, jmespath_root(expression), &read_fields);
    for (size_t i = 0; i < read_fields.count; i++)
        buf_printf(&fields, "%s ", read_fields.names[i].text);
    if (read_fields.whole)
        buf_add(&fields, STR("*"));
    assert_string_equal(buf_str(&fields).text, row->fields);
    assert_int_equal(jmespath_is_boolean(jmespath_root(expression)), row->is_boolean);
    arena_release(&arena);
}

static const struct reading readings[] = {
    { "a let reads what is bound and what follows", "let $x = a in b[?c == $x]", "",
      "a b ", false },
    { "a variable of the caller is read, once", "$limit < a || $limit > a", "limit ",
      "a ", true },
    { "one of a let is not", "let $x = a in $x == $y", "y ", "a ", true },
    { "one behind its let is the caller's", "[let $x = a in $x, $x]", "x ", "a ",
      false },
    { "one in what is bound beside it, too", "let $x = $y, $y = a in $x", "y ", "a ",
      false },
    { "in a filter, an argument and a reference",
      "a[?b == $p] && contains($q, c) && map(&[d, $r], e)", "p q r ", "a c e ", false },
    { "a let that binds the whole reads it", "let $x = @ in $x.a", "", "*", false },
    { "a let is boolean when what follows is", "let $x = a in contains($x, 'b')", "",
      "a ", true },
    { "not when what is bound is", "let $x = a == b in $x", "", "a b ", false },
};

static void a_part_without_its_let_has_no_variable(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct jmespath *expression =
        jmespath_compile(&arena, STR("let $x = a in $x"), &err);
    struct jmespath_context *context = jmespath_context_new(&arena);
    json_t *value = load(&arena, "{\"a\": 1}");

    (void)state;
    assert_non_null(jmespath_run(expression, value, context, &err));
    assert_null(
        jmespath_run_node(jmespath_root(expression)->right, value, context, &err));
    assert_int_equal(jmespath_error_kind(&err), JMESPATH_ERROR_UNDEFINED_VARIABLE);
    arena_release(&arena);
}

static void lets_may_be_many(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct buf text = BUF_EMPTY(&arena);
    const struct jmespath *expression;
    json_t *result;

    (void)state;
    buf_add(&text, STR("let $v0 = `1`"));
    for (int i = 1; i < 1000; i++)
        buf_printf(&text, ", $v%d = `%d`", i, i);
    buf_add(&text, STR(" in $v999"));
    expression = jmespath_compile(&arena, buf_str(&text), &err);
    assert_non_null(expression);
    result = jmespath_run(expression, json_null(), jmespath_context_new(&arena), &err);
    assert_int_equal(json_integer_value(result), 999);
    buf_clear(&text);
    for (int i = 0; i < 1000; i++)
        buf_printf(&text, "let $v%d = a in ", i);
    buf_add(&text, STR("a"));
    assert_null(jmespath_compile(&arena, buf_str(&text), &err));
    assert_int_equal(jmespath_error_kind(&err), JMESPATH_ERROR_LIMIT);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };
    int status;

    TESTS_ADD_ROWS(&tests, proposal, row_test);
    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, mistakes, row_test);
    TESTS_ADD_ROWS(&tests, strict, strict_test);
    TESTS_ADD(&tests, no_names_are_some);
    TESTS_ADD_ROWS(&tests, readings, reading_test);
    TESTS_ADD(&tests, a_part_without_its_let_has_no_variable);
    TESTS_ADD(&tests, lets_may_be_many);
    status = tests_run("jmespath_let", &tests);
    arena_release(&tests.arena);
    return status;
}
