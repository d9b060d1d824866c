#include "rows.h"

#include "jmespath/extend.h"

#include <string.h>

/* Up to three texts, the second of which may be null, in one; a literal third is
 * counted when it is prepared, and may not be empty. */
static bool prepare_third(struct arena *arena, size_t index, const json_t *literal,
                          const void **prepared, struct error *err)
{
    size_t *length = arena_new(arena, size_t);

    *length = json_string_length(literal);
    if (index == 2 && *length == 0)
        return error_set(err, "the third is empty");
    *prepared = index == 2 ? length : NULL;
    return true;
}

static json_t *call_row(struct jmespath_call *call, json_t *const *arguments)
{
    struct buf buf = BUF_EMPTY(jmespath_call_scratch(call));
    size_t count = jmespath_call_count(call);

    for (size_t i = 0; i < count; i++) {
        const size_t *length = jmespath_call_prepared(call, i);

        if (!jmespath_call_charge(call, json_string_length(arguments[i])))
            return NULL;
        buf_printf(&buf, "<%s>",
                   json_is_null(arguments[i]) ? "" : json_string_value(arguments[i]));
        if (length != NULL)
            buf_printf(&buf, "%zu", *length);
    }
    if (json_string_length(arguments[0]) == 0)
        return jmespath_call_wrong(call, JMESPATH_ERROR_INVALID_VALUE, 0,
                                   "the %s is empty", "first");
    return jmespath_call_keep(call, json_string(buf_str(&buf).text));
}

static json_t *call_since(struct jmespath_call *call, json_t *const *arguments)
{
    return jmespath_call_keep(call, json_integer(json_integer_value(arguments[1]) -
                                                 json_integer_value(arguments[0])));
}

static json_t *call_is_text(struct jmespath_call *call, json_t *const *arguments)
{
    (void)call;
    return json_boolean(json_is_string(arguments[0]));
}

static const struct jmespath_function extras[] = {
    { .name = "is_text",
      .boolean = true,
      .takes = { JMESPATH_TAKES_ANY },
      .call = call_is_text },
    { .name = "row",
      .takes = { JMESPATH_TAKES_STRING, JMESPATH_TAKES_STRING | JMESPATH_TAKES_NULL,
                 JMESPATH_TAKES_STRING },
      .optional = 1,
      .prepare = prepare_third,
      .call = call_row },
    { .name = "since",
      .takes = { JMESPATH_TAKES_NUMBER },
      .reads = "then",
      .call = call_since },
};

static const struct jmespath_extension functions = { extras, 3 };
static const struct jmespath_options options = { .functions = &functions };

/* The result in JSON, or the error. */
static const char *run(struct arena *arena, const char *text)
{
    struct jmespath_context *context = jmespath_context_new(arena);
    const struct jmespath *expression;
    struct error err = { 0 };
    struct buf buf = BUF_EMPTY(arena);
    json_t *value, *then, *result;

    expression = jmespath_compile_with(arena, str_from(text), &options, &err);
    if (expression == NULL)
        return arena_printf(arena, "compile %zu: %s: %s", err.column,
                            jmespath_error_kind_name(jmespath_error_kind(&err)),
                            err.message);
    value = json_pack("{s:s, s:i}", "a", "A", "n", 1);
    then = json_integer(3);
    if (strstr(text, "unbound") == NULL)
        jmespath_context_bind(context, STR("then"), then);
    result = jmespath_run(expression, value, context, &err);
    if (result == NULL)
        buf_printf(&buf, "%zu: %s: %s", err.column,
                   jmespath_error_kind_name(jmespath_error_kind(&err)), err.message);
    else
        jmespath_print(result, 0, &buf);
    jmespath_context_reset(context);
    json_decref(value);
    json_decref(then);
    return buf_str(&buf).text;
}

static const struct row {
    const char *name, *expression, *result;
} rows[] = {
    { "arguments go in, a value comes out", "row(a, 'b')", "\"<A><b>\"" },
    { "an argument may be left out, or null", "row(a, x)", "\"<A><>\"" },
    { "a literal is prepared", "row(a, 'b', 'four')", "\"<A><b><four>4\"" },
    { "another is not", "row(a, 'b', a)", "\"<A><b><A>\"" },
    { "each call has what was prepared for it", "[row(a, a, 'x'), row(a, a, 'yy')]",
      "[\"<A><A><x>1\", \"<A><A><yy>2\"]" },
    { "a wrong literal does not compile", "row(a, 'b', '')",
      "compile 13: invalid-value: the third is empty" },
    { "a literal of a wrong type does not compile", "row(a, `1`)",
      "compile 8: invalid-type: row() takes a string or null, not a number" },
    { "a value of a wrong type is an error of the run", "row(a, n)",
      "8: invalid-type: row() takes a string or null, not a number" },
    { "the evaluator may refuse", "a | row('', a)",
      "9: invalid-value: the first is empty" },
    { "too few arguments", "row(a)",
      "compile 1: invalid-arity: row() takes 2 to 3 arguments, not 1" },
    { "too many arguments", "row(a, a, a, a)",
      "compile 1: invalid-arity: row() takes 2 to 3 arguments, not 4" },
    { "one too many", "is_text(a, a)",
      "compile 1: invalid-arity: is_text() takes 1 argument, not 2" },
    { "no expression", "row(&a, a)",
      "compile 5: invalid-type: argument 1 of row() is a value: expected no & before "
      "it" },
    { "it may read a variable", "since(n)", "2" },
    { "the variable cannot be given", "since(n, n)",
      "compile 1: invalid-arity: since() takes 1 argument, not 2" },
    { "the variable must be bound", "unbound || since(n)",
      "12: undefined-variable: unknown variable '$then': expected one that is bound" },
    { "no let binds it", "let $then = `7` in [since(n), $then]", "[2, 7]" },
    { "the grammar comes first", "row(a, 'b', '') +",
      "compile 17: syntax: unexpected '+': JMESPath has no arithmetic" },
    { "too many arguments, one of which is wrong", "row(`1`, a, a, a)",
      "compile 1: invalid-arity: row() takes 2 to 3 arguments, not 4" },
    { "none at all", "row()",
      "compile 1: invalid-arity: row() takes 2 to 3 arguments, not 0" },
    { "a name that is near is suggested", "rows(a)",
      "compile 1: unknown-function: unknown function 'rows': did you mean 'row'?" },
    { "JMESPath's own stay", "length(a)", "1" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(run(&arena, row->expression), row->result);
    arena_release(&arena);
}

static void view_test(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct jmespath_fields fields = { 0 };
    const struct jmespath_node *root;

    (void)state;
    root = jmespath_root(jmespath_compile_with(
        &arena, STR("is_text(row(a.b, c)) && !is_text(since(d))"), &options, &err));
    assert_true(jmespath_is_boolean(root));
    jmespath_fields(&arena, root, &fields);
    assert_int_equal(fields.count, 3);
    assert_false(fields.whole);
    root = root->right->left->items[0];
    assert_int_equal(root->item_count, 2);
    assert_int_equal(root->items[1]->kind, JMESPATH_VARIABLE);
    assert_true(str_equal(root->items[1]->name, STR("then")));
    assert_false(jmespath_is_boolean(root));
    assert_null(jmespath_compile(&arena, STR("is_text(a)"), &err));
    arena_release(&arena);
}

static void declared_test(void **state)
{
    const struct jmespath_names then = { &STR("then"), 1 }, other = { &STR("now"), 1 };
    struct jmespath_options declares = { .variables = &then, .functions = &functions };
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };

    (void)state;
    assert_non_null(jmespath_compile_with(&arena, STR("since(n)"), &declares, &err));
    declares.variables = &other;
    assert_null(jmespath_compile_with(&arena, STR("let $then = n in since(n)"),
                                      &declares, &err));
    assert_string_equal(err.message, "since() reads '$then', which nothing binds here");
    assert_int_equal(jmespath_error_kind(&err), JMESPATH_ERROR_UNDEFINED_VARIABLE);
    assert_int_equal(err.column, 18);
    arena_release(&arena);
}

static void copy_test(void **state)
{
    struct arena arena = ARENA_EMPTY, other = ARENA_EMPTY;
    struct error err = { 0 };
    const struct jmespath *expression, *copy;

    (void)state;
    expression = jmespath_compile_with(&arena, STR("is_text(`a`)"), &options, &err);
    copy = jmespath_copy(&other, expression);
    assert_true(str_equal(jmespath_text(copy), jmespath_text(expression)));
    assert_ptr_not_equal(jmespath_root(copy)->items[0]->literal,
                         jmespath_root(expression)->items[0]->literal);
    arena_release(&arena);
    assert_int_equal(jmespath_root(copy)->item_count, 1);
    arena_release(&other);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, view_test);
    TESTS_ADD(&tests, declared_test);
    TESTS_ADD(&tests, copy_test);
    return tests_run("jmespath_extend", &tests);
}
