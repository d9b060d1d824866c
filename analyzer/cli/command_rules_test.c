#include "cli/complain.h"
#include "cli/output.h"
#include "cli/rules.h"
#include "report/escape.h"
#include "trial.h"

struct test_tally {
    size_t count, held;
};

static void add_resource(struct buf *text, struct str resource)
{
    if (resource.text != NULL)
        buf_printf(text, "%.*s ", STR_ARG(resource));
}

/* What was expected, and what came out. */
static void add_difference(struct buf *text, const struct rule_test *test,
                           const struct trial *trial)
{
    for (size_t i = 0; i < test->expect_count; i++) {
        buf_add(text, i == 0 ? STR(": expected ") : STR(", "));
        add_resource(text, test->expects[i].resource);
        buf_add(text, str_from(result_name(test->expects[i].result)));
    }
    for (size_t i = 0; i < trial->count; i++) {
        buf_add(text, i == 0 ? STR(", got ") : STR(", "));
        add_resource(text, trial->findings[i].resource);
        buf_printf(text, "%s: %s", result_name(trial->findings[i].result),
                   trial->findings[i].message);
    }
}

static void test_rule(const struct command_line *line, const struct choice *choice,
                      const struct rule *rule, struct buf *text,
                      struct test_tally *tally)
{
    struct arena *arena = line->arena;

    if (rule->test_count == 0)
        buf_printf(text, "none %.*s: it has no tests\n", STR_ARG(rule->id));
    for (size_t i = 0; i < rule->test_count; i++) {
        const struct rule_test *test = &rule->tests[i];
        struct buf told = BUF_EMPTY(arena);
        struct trial trial = { 0 };

        trial_run(arena, choice->book->catalog, rule, test, &trial);
        tally->count++;
        tally->held += trial.holds;
        buf_printf(&told, "%.*s: %.*s", STR_ARG(rule->id), STR_ARG(test->name));
        if (!trial.holds)
            add_difference(&told, test, &trial);
        buf_add(text, trial.holds ? STR("ok   ") : STR("FAIL "));
        escape_text(text, buf_str(&told));
        buf_add_byte(text, '\n');
    }
}

static int run_test(const struct command_line *line)
{
    struct buf text = BUF_EMPTY(line->arena);
    struct test_tally tally = { 0 };
    struct choice choice = { 0 };
    int status = rules_choose(line, STATUS_WRONG, &choice);

    if (status != STATUS_GOOD)
        return status;
    for (size_t i = 0; i < choice.count; i++)
        test_rule(line, &choice, choice.rules[i], &text, &tally);
    buf_printf(&text, "%zu of %zu test%s hold%s\n", tally.held, tally.count,
               tally.count == 1 ? "" : "s", tally.count == 1 ? "s" : "");
    status = output_write(line->arena, buf_str(&text));
    if (status != STATUS_GOOD)
        return status;
    if (tally.count == 0)
        return wrong_usage(line, "none of the rules has a test");
    return tally.held == tally.count ? STATUS_GOOD : STATUS_FAILS;
}

const struct command command_rules_test = {
    .name = "rules test",
    .operands = "[RULE|PATH...]",
    .summary = "run the tests in the rules",
    .description = rules_description,
    .run = run_test,
};
