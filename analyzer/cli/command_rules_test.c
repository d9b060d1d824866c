#include "cli/complain.h"
#include "cli/output.h"
#include "cli/rules.h"
#include "report/escape.h"
#include "trial.h"

struct test_tally {
    size_t count, held;
};

static void test_rule(const struct command_line *line, const struct choice *choice,
                      const struct rule *rule, struct buf *text,
                      struct test_tally *tally)
{
    struct arena *arena = line->arena;

    if (rule->test_count == 0)
        buf_printf(text, "none %.*s: it has no tests\n", STR_ARG(rule->id));
    if (rule->test_count > 0 && !rule_is_judged(rule))
        buf_printf(text, "skip %.*s: such a rule is not judged yet\n",
                   STR_ARG(rule->id));
    for (size_t i = 0; i < rule->test_count && rule_is_judged(rule); i++) {
        const struct rule_test *test = &rule->tests[i];
        struct buf told = BUF_EMPTY(arena);
        struct trial trial = { 0 };

        trial_run(arena, choice->book->catalog, rule, test, &trial);
        tally->count++;
        tally->held += trial.holds;
        buf_printf(&told, "%.*s: %.*s", STR_ARG(rule->id), STR_ARG(test->name));
        if (!trial.holds)
            buf_printf(&told, ": expected %s, got %s: %s",
                       result_name(test->expects[0].result), result_name(trial.result),
                       trial.message);
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
    .operands = "[ID|PATH...]",
    .summary = "run the tests in the rules",
    .description = rules_description,
    .run = run_test,
};
