#include "rows.h"

#include "query/query.h"

#include "taken.h"

#include <stdio.h>

/* ---- running --------------------------------------------------------------------- */

/* What each document gives, a line each: "[1]", "wrong 3: …" or "broken 1:4: …". */
struct outcome {
    struct buf lines;
    size_t columns_before; /* of the expression that is meant */
    struct taken taken;
};

static void add_line(struct outcome *outcome, enum query_status status,
                     const json_t *result, const struct error *err)
{
    if (status == QUERY_WRONG)
        buf_printf(&outcome->lines, "wrong %zu: %s",
                   err->column - outcome->columns_before, err->message);
    else if (status == QUERY_BROKEN)
        buf_printf(&outcome->lines, "broken %zu:%zu: %s", err->line, err->column,
                   err->message);
    else if (result == NULL)
        buf_printf(&outcome->lines, "[%s]", buf_str(&outcome->taken.text).text);
    else
        jmespath_print_inside(outcome->taken.context, result, 0, 0, &outcome->lines);
    buf_add_byte(&outcome->lines, '\n');
}

static const char *outcome_behind(struct arena *arena, struct query *query,
                                  const struct jmespath_context *context,
                                  size_t columns, struct str text)
{
    struct outcome outcome = { BUF_EMPTY(arena),
                               columns,
                               { context, BUF_EMPTY(arena), false } };
    json_t *result = NULL;

    query_take(query, taken_add, &outcome.taken);
    query_begin(query, bytes_open_memory(arena, text, 7));
    for (;;) {
        struct error err = { 0 };
        enum query_status status = query_next(query, &result, &err);

        if (status == QUERY_END)
            break;
        add_line(&outcome, status, result, &err);
    }
    return buf_str(&outcome.lines).text;
}

static const char *outcome_of(struct arena *arena, struct query *query,
                              const struct jmespath_context *context, struct str text)
{
    return outcome_behind(arena, query, context, 0, text);
}

static const struct jmespath *compile(struct arena *arena, struct str text)
{
    struct error err = { 0 };
    const struct jmespath *expression = jmespath_compile(arena, text, &err);

    if (expression == NULL)
        fail_msg("%s: %s", text.text, err.message);
    return expression;
}

/* Of an expression behind this, all of a document is read. */
static const char read_all[] = "[@][0] | (";

/* As little as can be read gives the same as all of it. */
static void assert_same(struct str expression, const char *const *documents,
                        size_t count)
{
    struct arena arena = ARENA_EMPTY;
    const char *whole_text = arena_printf(&arena, "%s%s)", read_all, expression.text);
    struct jmespath_context *context = jmespath_context_new(&arena);
    struct jmespath_context *whole_context = jmespath_context_new(&arena);
    struct query *query = query_new(&arena, compile(&arena, expression), context);
    struct query *whole =
        query_new(&arena, compile(&arena, str_from(whole_text)), whole_context);

    for (size_t i = 0; i < count; i++) {
        struct str text = str_from(documents[i]);
        const char *wanted =
            outcome_behind(&arena, whole, whole_context, sizeof read_all - 1, text);
        const char *given = outcome_of(&arena, query, context, text);

        if (!str_equal(str_from(wanted), str_from(given)))
            fail_msg("%s\nof %s\nwhole: %sgiven: %s", expression.text, documents[i],
                     wanted, given);
    }
    arena_release(&arena);
}

/* ---- many expressions, many documents -------------------------------------------- */

static const char *const documents[] = {
    "{}",
    "null",
    "[]",
    "7",
    "\"a\"",
    "{\"a\": null}",
    "{\"a\": {}}",
    "{\"a\": []}",
    "{\"a\": 1, \"b\": [2, 1]}",
    "{\"a\": {\"x\": 1, \"y\": {\"x\": 2}}, \"b\": {}}",
    "{\"a\": [{\"x\": 1, \"y\": 2, \"z\": 3}, {\"y\": 1}, {\"x\": null, \"z\": []}]}",
    "{\"a\": [{\"x\": 2}, {\"x\": 1}, {\"x\": 3, \"y\": \"t\"}], \"b\": [{\"x\": 0}]}",
    "{\"a\": [{}, 1, null, \"s\", [], [{\"x\": 1}, [{\"x\": 2}], 5], false]}",
    "{\"a\": [{\"x\": 1, \"x\": 2, \"y\": 1}], \"b\": 1, \"a\": [{\"x\": 3}]}",
    "{\"a\": [{\"x\": 1}], \"a\": {\"x\": 2}}",
    "{\"a\": [{\"x\": 1}], \"a\": []}",
    "{\"a\": {\"x\": 2}, \"a\": [{\"x\": \"s\", \"y\": [1, 2]}]}",
    "{\"a\": [{\"x\": [{\"y\": 1}, {\"y\": 2}]}, {\"x\": [{\"y\": 3, \"z\": 4}]}]}",
    "[{\"x\": 1, \"y\": 2}, {\"x\": 3}, [{\"x\": 4}], 5, null, {}]",
    "[[{\"x\": 1}], [[{\"x\": 2}]]]",
    "[{\"a\": [{\"x\": 1}]}, {\"a\": 2}]",
    "{\"a\": [\"p\", \"q\"], \"b\": [3, 4], \"x\": [1]}",
    "{\"\\u0061\": [{\"\\u0078\": 1, \"y\": 2}, {\"x\": \"\\u00e9\\ud83d\\ude00\"}]}",
    "{\"a\": [{\"x\": 1}, {\"x\": 2}]}\n{\"b\": 1}\n[{\"x\": 3}]",
    "{\"a\": [{\"x\": 1}]}\n{\"a\": [{\"x\": 1}, {\"x\": ]}",
    "{\"a\": [{\"x\": 1}",
};

static const struct row {
    const char *name; /* the expression */
} expressions[] = {
    { "@" },
    { "a" },
    { "a[*]" },
    { "a[]" },
    { "a[?x]" },
    { "a[?x].y" },
    { "a[*].x" },
    { "a[].x" },
    { "a[].x[].y" },
    { "a[*].x[*].y" },
    { "a[?x].x[]" },
    { "a[?!x]" },
    { "a[?x > `1`].x" },
    { "a[?x > `1`] | [0]" },
    { "a[?x > `1`] | [0].y" },
    { "a[0]" },
    { "a[-1].x" },
    { "a[0].x" },
    { "a[1:].x" },
    { "a[::-1].x" },
    { "a[0] || a[1]" },
    { "a[*] && b" },
    { "a[0] && `1`" },
    { "!a[0]" },
    { "!a" },
    { "length(a)" },
    { "length(@)" },
    { "length(a[?x])" },
    { "length(a[*])" },
    { "length(a[?x].y) > `1`" },
    { "length(a[0])" },
    { "a[*].length(@)" },
    { "[length(a), b]" },
    { "{n: length(a[?x]), b: b}" },
    { "[a[?x], a[?y]]" },
    { "[a[?x].y, b]" },
    { "sort_by(a, &x)" },
    { "sort_by(a, &x)[-1].y" },
    { "sort_by(a, &x)[*].y" },
    { "sort_by(a[?x], &x)[0]" },
    { "max_by(a, &x).y" },
    { "min_by(a, &y)" },
    { "map(&x, a)" },
    { "map(&x, a)[0]" },
    { "map(&@, a[?x])" },
    { "map(&length(@), a)" },
    { "reverse(a)[0].x" },
    { "reverse(a)" },
    { "length(reverse(a))" },
    { "keys(a[0])" },
    { "a[0].keys(@)" },
    { "a[*].keys(@)" },
    { "values(a)" },
    { "a.*" },
    { "*" },
    { "*.x" },
    { "*[0]" },
    { "[*]" },
    { "[]" },
    { "[].x" },
    { "[?x]" },
    { "[?x].y" },
    { "[*].x | [0]" },
    { "[0]" },
    { "[0].x" },
    { "[].a[].x" },
    { "[*].a[?x]" },
    { "[[?x].y]" },
    { "{r: [?x].x}" },
    { "a.x" },
    { "a.x.y" },
    { "a.y.x || a[*].x" },
    { "a.[x, y]" },
    { "a[*].[x, y]" },
    { "a[*].{x: x, q: y}" },
    { "a[].{x: x}[].x" },
    { "a | [?x].y" },
    { "@.a[?x].y" },
    { "a[?@]" },
    { "a[?@ == `1`]" },
    { "a[?x == y]" },
    { "a[?contains(x, 'e')].x" },
    { "a[?length(x) > `0`]" },
    { "a[?abs(x) > `0`].x" },
    { "contains(a, `1`)" },
    { "contains(a[*].x, `1`)" },
    { "sum(a[*].x)" },
    { "max(a[*].x)" },
    { "not_null(b, a[?x])" },
    { "not_null(a[?x], b)" },
    { "to_array(a)[0].x" },
    { "to_string(a)" },
    { "type(a)" },
    { "type(a[0])" },
    { "type(@)" },
    { "`1`" },
    { "'lit' || a[?abs(x)]" },
    { "b && a[?abs(x) == `1`]" },
    { "a[?x] == b" },
    { "a[?x] == `[]`" },
    { "a == b" },
    { "a[?x][]" },
    { "a[?x][?y]" },
    { "a[*][0]" },
    { "a[*][].x" },
    { "a[][]" },
    { "a[][].x" },
    { "a[].[x][]" },
    { "a[][0]" },
    { "[a[][0], a[*][0].x]" },
    { "[a[*][0].y, a[][].x]" },
    { "a[*].x | length(@)" },
    { "a[*] | [?x].y" },
    { "(a[?x])[0].y" },
    { "(a || b)[0].x" },
    { "merge(a[0], b)" },
    { "join(',', a)" },
    { "join(',', a[*].y)" },
    { "a[?x] | $v" },
    { "$v" },
    { "x[?@]" },
    { "a[?b]" },
    { "a[?x] | [?x] | [0].z" },
    { "a[?x].x | sort(@)[0]" },
    { "length(a[?x]) == length(a)" },
    { "length(a[?x]) == length(b[?x])" },
};

static void row_test(void **state)
{
    const struct row *row = *state;

    assert_same(str_from(row->name), documents, sizeof documents / sizeof documents[0]);
}

/* ---- and random ones ------------------------------------------------------------- */

static uint32_t seed;

static unsigned below(unsigned limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 16) % limit;
}

static const char *pick(const char *const *items, unsigned count)
{
    return items[below(count)];
}

static void put_expression(struct buf *buf, int depth)
{
    static const char *const leaves[] = { "a",   "b", "x",    "y", "@",
                                          "`1`", "a", "a[*]", "$v" };
    static const char *const forms[] = {
        "%[?%]",
        "%[*].x",
        "%[].y",
        "%[*]",
        "%[]",
        "%[0]",
        "%[-1]",
        "%[1:]",
        "%.x",
        "%.[x, %]",
        "%.{k: %}",
        "% | %",
        "(% || %)",
        "(% && %)",
        "!%",
        "% == %",
        "length(%)",
        "map(&%, %)",
        "sort_by(%, &x)",
        "max_by(%, &%)",
        "reverse(%)",
        "to_array(%)",
        "keys(%)",
        "[%, %]",
        "{k: %, a: %}",
        "%[?%].x",
        "%[?%].[%]",
        "%.*",
        "not_null(%, %)",
        "%[?x > %]",
        "type(%)",
        "(%)[?%] | %",
        "let $v = % in %",
        "%[?[let $v = % in %]]",
    };
    const char *form;

    if (depth == 0) {
        buf_add(buf, str_from(pick(leaves, sizeof leaves / sizeof leaves[0])));
        return;
    }
    form = pick(forms, sizeof forms / sizeof forms[0]);
    for (; *form != '\0'; form++) {
        if (*form == '%')
            put_expression(buf, (int)below((unsigned)depth));
        else
            buf_add_byte(buf, *form);
    }
}

static void put_value(struct buf *buf, int depth)
{
    static const char *const single[] = {
        "1", "2", "null", "true", "\"s\"", "0.5", "36893488147419103233"
    };
    static const char *const names[] = { "a", "b", "x", "y", "\\u0061" };
    unsigned kind = depth > 0 ? below(5) : 4, count = below(4);

    if (kind == 4) {
        buf_add(buf, str_from(pick(single, sizeof single / sizeof single[0])));
        return;
    }
    buf_add_byte(buf, kind < 2 ? '{' : '[');
    for (unsigned i = 0; i < count; i++) {
        if (i > 0)
            buf_add_byte(buf, ',');
        if (kind < 2)
            buf_printf(buf, "\"%s\":", pick(names, sizeof names / sizeof names[0]));
        put_value(buf, depth - 1);
    }
    buf_add_byte(buf, kind < 2 ? '}' : ']');
}

static void random_ones(void **state)
{
    enum { EXPRESSIONS = 4000, DOCUMENTS = 12 };
    struct arena arena = ARENA_EMPTY;
    size_t compiled_count = 0;

    (void)state;
    for (uint32_t i = 0; i < EXPRESSIONS; i++) {
        struct buf expression = BUF_EMPTY(&arena);
        const char *texts[DOCUMENTS];
        struct error err = { 0 };

        seed = i;
        put_expression(&expression, 5);
        for (size_t j = 0; j < DOCUMENTS; j++) {
            struct buf text = BUF_EMPTY(&arena);

            put_value(&text, 5);
            texts[j] = buf_str(&text).text;
        }
        if (jmespath_compile(&arena, buf_str(&expression), &err) != NULL) {
            compiled_count++;
            assert_same(buf_str(&expression), texts, DOCUMENTS);
        }
        arena_reset(&arena);
    }
    assert_true(compiled_count > EXPRESSIONS / 2);
    arena_release(&arena);
}

/* ---- what is not read ------------------------------------------------------------ */

#define OUT_OF_RANGE                                                                   \
    "a number out of range: expected none beyond the largest double, about 1.8e308\n"
#define ZEROS_50  "00000000000000000000000000000000000000000000000000"
#define ZEROS_309 ZEROS_50 ZEROS_50 ZEROS_50 ZEROS_50 ZEROS_50 ZEROS_50 "000000000"

/* A number that nothing can hold is found where it is read, and only there. */
static const struct reads {
    const char *name, *expression, *text, *lines;
} reads[] = {
    { "a field that is not read", "a[*].x", "{\"a\": [{\"x\": 1, \"y\": 1e999}]}",
      "[1]\n" },
    { "a member that is not read", "a", "{\"a\": 1, \"b\": [1e999]}", "1\n" },
    { "an element that is only counted", "length(a)", "{\"a\": [{\"x\": 1e999}]}",
      "1\n" },
    { "a field that only the result of the filter would have", "length(a[?x])",
      "{\"a\": [{\"x\": 1, \"y\": 1e999}]}", "1\n" },
    { "a field of the chosen element", "sort_by(a, &x)[-1].y",
      "{\"a\": [{\"x\": 1, \"y\": 2, \"z\": 1e999}]}", "2\n" },
    { "fields below flattened lists", "a[].x[].y",
      "{\"a\": [{\"x\": [{\"y\": 1}], \"z\": 1e999}]}", "[1]\n" },
    { "what a let does not read", "let $x = a in b[?y == $x].w",
      "{\"a\": 2, \"b\": [{\"y\": 2, \"w\": 1, \"z\": 1e999}], \"c\": 1e999}",
      "[1]\n" },
    { "what a let reads", "let $x = a in b", "{\"a\": 1e999, \"b\": 1}",
      "broken 1:7: " OUT_OF_RANGE },
    { "an element of an array", "[*].x", "[{\"x\": 1, \"y\": 1e999}]", "[1]\n" },
    { "a field that is read", "a[*].y", "\n {\"a\": [{\"x\": 1},\n{\"y\": 1e999}]}",
      "broken 3:1: " OUT_OF_RANGE },
    { "a member that is read", "b", "{\"a\": 1, \"b\": -1e999}",
      "broken 1:15: " OUT_OF_RANGE },
    { "a whole one that no double holds", "@", " 1" ZEROS_309,
      "broken 1:2: " OUT_OF_RANGE },
    { "what is not read is checked all the same", "a", "{\"a\": 1, \"b\": [01]}",
      "broken 1:17: expected no digit after a leading 0, met '1'\n" },
    { "nothing", "a", " \n", "" },
};

static void reads_test(void **state)
{
    const struct reads *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct jmespath_context *context = jmespath_context_new(&arena);
    struct query *query =
        query_new(&arena, compile(&arena, str_from(row->expression)), context);

    assert_string_equal(outcome_of(&arena, query, context, str_from(row->text)),
                        row->lines);
    arena_release(&arena);
}

/* ---- whole numbers beyond 64 bits -------------------------------------------------
 */

#define DIGITS_30 "123456789012345678901234567890"

static const struct reads whole[] = {
    { "a field", "a", "{\"a\": 12345678901234567890}", "12345678901234567890\n" },
    { "a document", "@", "-" DIGITS_30, "-" DIGITS_30 "\n" },
    { "the first that 64 bits do not hold", "@",
      "[9223372036854775807, 9223372036854775808, -9223372036854775808, "
      "-9223372036854775809]",
      "[9223372036854775807, 9223372036854775808, -9223372036854775808, "
      "-9223372036854775809]\n" },
    { "the longest", "@", "1" ZEROS_50 ZEROS_50 "7", "1" ZEROS_50 ZEROS_50 "7\n" },
    { "a real stays one", "@", "[1e20, 100000000000000000000]",
      "[1e+20, 100000000000000000000]\n" },
    { "in a list that comes one by one", "a[?x > `1`].x",
      "{\"a\": [{\"x\": " DIGITS_30 "}, {\"x\": 1}, {\"x\": 2}]}",
      "[" DIGITS_30 ", 2]\n" },
    { "in lists and hashes that are made", "[{k: a}, [a]] | [*]",
      "{\"a\": " DIGITS_30 "}", "[{\"k\": " DIGITS_30 "}, [" DIGITS_30 "]]\n" },
    { "deep in what is whole", "a.b", "{\"a\": {\"b\": {\"c\": [" DIGITS_30 "]}}}",
      "{\"c\": [" DIGITS_30 "]}\n" },
    { "equal only to the same digits", "[a == b, a == c, a != c, [a] == [b]]",
      "{\"a\": 12345678901234567890, \"b\": 12345678901234567890, "
      "\"c\": 12345678901234567891}",
      "[true, false, true, true]\n" },
    { "equal to a real that is the same, and to no other", "[a == b, c == b, c > b]",
      "{\"a\": 100000000000000000000, \"b\": 1e20, \"c\": 100000000000000000001}",
      "[true, false, true]\n" },
    { "whichever stands first", "[b == a, b == c, b < c, e < f, f < e, f == g]",
      "{\"a\": 100000000000000000000, \"b\": 1e20, \"c\": 100000000000000000001, "
      "\"e\": -100000000000000000001, \"f\": -1e20, \"g\": -100000000000000000000}",
      "[true, false, true, true, false, true]\n" },
    { "a zero is a zero, whatever its sign", "[a < b, a >= b]",
      "{\"a\": -0.0, \"b\": 0.0}", "[false, true]\n" },
    { "ordered beside the last integer", "[a < b, c > b, a == b]",
      "{\"a\": -9223372036854775809, \"b\": -9223372036854775808, "
      "\"c\": 9223372036854775808}",
      "[true, true, false]\n" },
    { "ordered by how many digits they have, where a real holds both alike",
      "[a < b, b < a, a == b, c < d, d < c, c == d]",
      "{\"a\": 9999999999999999999999, \"b\": 10000000000000000000000, "
      "\"c\": -10000000000000000000000, \"d\": -9999999999999999999999}",
      "[true, false, false, true, false, false]\n" },
    { "sorted by all digits", "sort(@)",
      "[12345678901234567891, 1, 12345678901234567890, -12345678901234567890, "
      "-12345678901234567891, 2.5]",
      "[-12345678901234567891, -12345678901234567890, 1, 2.5, 12345678901234567890, "
      "12345678901234567891]\n" },
    { "sorted by a field", "sort_by(@, &x)[].x",
      "[{\"x\": 12345678901234567891}, {\"x\": 12345678901234567890}]",
      "[12345678901234567890, 12345678901234567891]\n" },
    { "the greatest and the least", "[max(@), min(@)]",
      "[12345678901234567890, 12345678901234567892, 12345678901234567889]",
      "[12345678901234567892, 12345678901234567889]\n" },
    { "contained", "[contains(@, `1`), contains(@, @[0])]", "[" DIGITS_30 "]",
      "[false, true]\n" },
    { "a number, and text of all its digits", "[type(@), to_string(@), to_string([@])]",
      DIGITS_30, "[\"number\", \"" DIGITS_30 "\", \"[" DIGITS_30 "]\"]\n" },
    { "summed up as a real", "[sum(@), avg(@)]",
      "[12345678901234567890, 12345678901234567890]",
      "[2.4691357802469134e+19, 1.2345678901234567e+19]\n" },
    { "of several documents", "a", "{\"a\": " DIGITS_30 "}\n{\"a\": 1}\n{\"a\": 2e30}",
      DIGITS_30 "\n1\n2e+30\n" },
};

/* More than are remembered at once: those that are held stay, all others go, and their
 * places are not mistaken for them. */
static const struct many_row {
    const char *name, *expression;
} many_rows[] = {
    { "many that are held while they are looked at",
      "[?ends_with(to_string(@), '00')]" },
    { "many that are held all at once", "[@][0][?ends_with(to_string(@), '00')]" },
};

static void many_test(void **state)
{
    enum { COUNT = 10000 };
    const struct many_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct jmespath_context *context = jmespath_context_new(&arena);
    struct query *query =
        query_new(&arena, compile(&arena, str_from(row->expression)), context);
    struct buf text = BUF_EMPTY(&arena), wanted = BUF_EMPTY(&arena);

    for (int i = 0; i < COUNT; i++) {
        buf_printf(&text, "%s9876543210987654%04d, 1e%d", i == 0 ? "[" : ", ", i,
                   i % 70);
        if (i % 100 == 0)
            buf_printf(&wanted, "%s9876543210987654%04d", i == 0 ? "[" : ", ", i);
    }
    buf_add(&text, STR("]"));
    buf_add(&wanted, STR("]\n"));
    assert_string_equal(outcome_of(&arena, query, context, buf_str(&text)),
                        buf_str(&wanted).text);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, expressions, row_test);
    TESTS_ADD_ROWS(&tests, reads, reads_test);
    TESTS_ADD_ROWS(&tests, whole, reads_test);
    TESTS_ADD_ROWS(&tests, many_rows, many_test);
    TESTS_ADD(&tests, random_ones);
    return tests_run("query_query", &tests);
}
