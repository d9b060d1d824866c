#include "catalog_sample.h"
#include "rows.h"

#include "explain/message.h"
#include "judge/decide.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A rule over two facts, a and b; its outcomes are the row's. */
static const char rule_head[] = "format: 1\n"
                                "id: r\n"
                                "title: t\n"
                                "severity: low\n"
                                "for_each: region\n"
                                "facts:\n"
                                "  a: { from: \"T\" }\n"
                                "  b: { from: \"T\", where: \"x == `1`\" }\n"
                                "outcomes:\n";

static const char catalog_text[] = "format: 1\n"
                                   "types:\n"
                                   "  - type: T\n"
                                   "    level: region\n"
                                   "    id: i\n"
                                   "    fields: [x]\n"
                                   "    calls:\n"
                                   "      - call: s list-t\n"
                                   "        list: Ts\n"
                                   "        gives: whole\n";

/* Facts are written as "2", "1..3" and "1.." (no upper bound). */
static const struct wanted_row {
    const char *name;
    const char *when; /* of a first row that passes; a last row fails */
    const char *a, *b;
    const char *expected;
} rows[] = {
    { "an exact fact decides", "a > `0`", "1", "0", "pass" },
    { "an exact zero decides", "a > `0`", "0", "0", "fail" },
    { "a lower bound above decides without an upper one", "a > `0`", "1..", "0",
      "pass" },
    { "a lower bound of 0 leaves it open", "a > `0`", "0..", "0", "unknown pass fail" },
    { "bounds on both sides of the limit leave it open", "a > `0`", "0..1", "0",
      "unknown pass fail" },
    { "bounds above the limit decide", "a > `0`", "2..5", "0", "pass" },
    { "an upper bound below the limit decides", "a >= `3`", "0..2", "0", "fail" },
    { "at most the limit is not above it", "a > `2`", "0..2", "0", "fail" },
    { "at least the limit is not below it", "a < `2`", "2..", "0", "fail" },
    { "less than decides by the upper bound", "a < `3`", "0..2", "0", "pass" },
    { "less or equal decides by the upper bound", "a <= `2`", "0..2", "0", "pass" },
    { "less or equal fails by the lower bound", "a <= `2`", "3..", "0", "fail" },
    { "equality of an exact fact", "a == `2`", "2", "0", "pass" },
    { "equality is false outside the bounds", "a == `2`", "3..", "0", "fail" },
    { "equality is open inside the bounds", "a == `2`", "1..3", "0",
      "unknown pass fail" },
    { "inequality is true outside the bounds", "a != `2`", "3..", "0", "pass" },
    { "inequality is open inside the bounds", "a != `2`", "0..2", "0",
      "unknown pass fail" },
    { "the number may stand on the left", "`0` < a", "1..", "0", "pass" },
    { "a fraction is a limit too", "a > `1.5`", "2..", "0", "pass" },
    { "two facts whose bounds do not meet decide", "a > b", "3..", "0..2", "pass" },
    { "two facts whose bounds meet are open", "a > b", "2..", "0..2",
      "unknown pass fail" },
    { "a fact is not known to equal itself: facts are independent", "a == a", "1..2",
      "0", "unknown pass fail" },
    { "and: one false decides", "a > `0` && b > `0`", "0..", "0", "fail" },
    { "and: true and open is open", "a > `0` && b > `0`", "1", "0..",
      "unknown pass fail" },
    { "or: one true decides", "a > `0` || b > `0`", "0..", "1", "pass" },
    { "or: false and open is open", "a > `0` || b > `0`", "0..", "0",
      "unknown pass fail" },
    { "not: turns", "!(a > `0`)", "0", "0", "pass" },
    { "not: open stays open", "!(a > `0`)", "0..", "0", "unknown pass fail" },
    { "both ways round, open stays open", "a > `0` || !(a > `0`)", "0..", "0",
      "unknown pass fail" },
    { "exact facts go through the ordinary evaluator", "contains([a, b], `2`)", "1",
      "2", "pass" },
    { "which does not guess at inexact ones", "contains([a, b], `2`)", "1", "2..",
      "unknown pass fail" },
    { "a comparison of a count with text is false when exact", "a == not_null(region)",
      "1", "0", "fail" },
    { "an ordering with text has no answer", "a > not_null(region)", "1", "0",
      "unknown pass fail" },
    { "not even turned", "!(a > not_null(region))", "1", "0", "unknown pass fail" },
    { "a limit that no double holds, and no fact is", "a == `9007199254740993`",
      "9007199254740992", "0", "fail" },
    { "nor may be", "a != `9007199254740993`", "0..", "0", "pass" },
    { "a fact below it", "a < `9007199254740993`", "9007199254740992", "0", "pass" },
    { "a fact above it", "a > `9007199254740993`", "9007199254740994", "0", "pass" },
    { "facts on both sides of it", "a > `9007199254740993`",
      "9007199254740992..9007199254740994", "0", "unknown pass fail" },
    { "two such limits", "`9007199254740993` < `9007199254740995`", "1", "0", "pass" },
    { "a limit that is worked out", "a > length('ab')", "3..", "0", "pass" },
    { "and is met from below", "a > length('ab')", "0..2", "0", "fail" },
    { "the region is known", "region == 'us-east-1'", "0..", "0", "pass" },
    { "so is the account", "account == '2'", "0..", "0", "fail" },
};

static bool number_of(const char *text, struct fact_value *value)
{
    char *end;

    *value = (struct fact_value){ .at_least = (double)strtoll(text, &end, 10) };
    value->at_most = value->at_least;
    if (strncmp(end, "..", 2) != 0)
        return *end == '\0';
    value->at_most = end[2] != '\0' ? (double)strtoll(end + 2, &end, 10) : INFINITY;
    return true;
}

static const struct rule *rule_of(struct arena *arena, const char *outcomes)
{
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    const struct catalog *catalog = catalog_parsed(arena, catalog_text);
    const struct rule *rule;

    rule = rule_parse(arena, catalog, "r.yaml",
                      str_from(arena_printf(arena, "%s%s", rule_head, outcomes)),
                      &mistakes);
    for (size_t i = 0; i < mistakes.count; i++)
        if (!mistakes.items[i].warning)
            print_error("%zu: %s\n", mistakes.items[i].line, mistakes.items[i].message);
    assert_non_null(rule);
    return rule;
}

static struct jmespath_context *strict_context(struct arena *arena)
{
    struct jmespath_context *context = jmespath_context_new(arena);

    jmespath_context_strict(context);
    return context;
}

static void judge_text(struct arena *arena, const char *outcomes, const char *a,
                       const char *b, struct bounds *bounds, struct verdict *verdict)
{
    struct fact_value *facts = arena_array(arena, 2, struct fact_value);

    assert_true(number_of(a, &facts[0]));
    assert_true(number_of(b, &facts[1]));
    *bounds = (struct bounds){ .rule = rule_of(arena, outcomes),
                               .facts = facts,
                               .account = STR("1"),
                               .region = STR("us-east-1"),
                               .context = strict_context(arena),
                               .scratch = arena };
    bounds_init(bounds);
    decide(bounds, verdict);
}

static const char *print(struct arena *arena, const struct verdict *verdict)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_printf(&buf, "%s", result_name(verdict->result));
    for (int i = 0; i < RESULT_COUNT && verdict->result == RESULT_UNKNOWN; i++)
        if (verdict->results[i])
            buf_printf(&buf, " %s", result_name((enum result)i));
    return buf_str(&buf).text;
}

static void decides(void **state)
{
    const struct wanted_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct bounds bounds;
    struct verdict verdict;
    const char *outcomes =
        arena_printf(&arena,
                     "  - { result: pass, when: \"%s\", message: p }\n"
                     "  - { result: fail, message: f }\n",
                     row->when);

    judge_text(&arena, outcomes, row->a, row->b, &bounds, &verdict);
    assert_string_equal(print(&arena, &verdict), row->expected);
    arena_release(&arena);
}

static const char three[] =
    "  - { result: not_applicable, when: \"a == `0`\", message: \"none\" }\n"
    "  - { result: fail, when: \"b > `5`\", message: \"{b} of {a}\" }\n"
    "  - { result: fail, when: \"b > `0`\", message: \"{b} of {a}, in {region}\" }\n"
    "  - { result: pass, message: \"all {a} of {account}: {length([a, b])}\" }\n";

static const struct walk {
    const char *name, *a, *b, *expected, *message;
} walks[] = {
    { "the first true row ends the walk", "0", "7", "not_applicable", "none" },
    { "a later row, when the earlier ones are false", "9", "0", "pass",
      "all 9 of 1: 2" },
    { "rows of one result agree, though their messages differ", "9..", "3..", "fail",
      "at least 3 of at least 9; or at least 3 of at least 9, in us-east-1" },
    { "three results are possible", "0..", "0..1", "unknown pass fail not_applicable",
      "none; or 0 to 1 of not known, in us-east-1; or all not known of 1: not known" },
    { "a row behind a true one is not possible", "1..", "1..2", "fail",
      "1 to 2 of at least 1, in us-east-1" },
};

static void walks_on(void **state)
{
    const struct walk *walk = *state;
    struct arena arena = ARENA_EMPTY;
    struct bounds bounds;
    struct verdict verdict;

    judge_text(&arena, three, walk->a, walk->b, &bounds, &verdict);
    assert_string_equal(print(&arena, &verdict), walk->expected);
    assert_string_equal(message_write(&arena, &bounds, &verdict), walk->message);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, decides);
    TESTS_ADD_ROWS(&tests, walks, walks_on);
    return tests_run("judge_decide", &tests);
}
