#include "cli/complain.h"
#include "cli/output.h"
#include "cli/rules.h"
#include "report/escape.h"
#include "trial.h"

enum { INDENT = 5 }; /* below "FAIL " */

struct test_options {
    bool coverage;
};

static const struct option options[] = {
    { "coverage", 0, OPTION_FLAG, NULL,
      "name the outcomes that no test comes to, too; each is a failure",
      offsetof(struct test_options, coverage), GROUP_OPTIONS },
    { .name = NULL },
};

static const struct option *const tables[] = { options, NULL };

struct test_tally {
    size_t count, held;
    size_t outcomes, reached;
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

static void add_unreached(struct buf *text, const struct rule *rule,
                          const bool *is_reached, struct test_tally *tally)
{
    tally->outcomes += rule->outcome_count;
    for (size_t i = 0; i < rule->outcome_count; i++) {
        const struct outcome *outcome = &rule->outcomes[i];
        struct buf told = BUF_EMPTY(text->arena);

        if (is_reached[i]) {
            tally->reached++;
            continue;
        }
        buf_printf(&told, "%.*s: no test comes to the outcome at %s:%zu, %s ",
                   STR_ARG(rule->id), outcome->place.path, outcome->place.line,
                   result_name(outcome->result));
        if (outcome->when != NULL)
            buf_printf(&told, "when %.*s", STR_ARG(jmespath_text(outcome->when)));
        else
            buf_add(&told, STR("otherwise"));
        buf_add(text, STR("miss "));
        escape_text(text, buf_str(&told));
        buf_add_byte(text, '\n');
    }
}

/* Where the test is, and what was known where it came out otherwise. */
static void add_place(struct buf *text, const struct rule_test *test,
                      const struct trial *trial)
{
    struct arena *arena = text->arena;

    buf_printf(text, "%*s", INDENT, "");
    escape_text(text, str_from(arena_printf(arena, "%s:%zu", test->place.path,
                                            test->place.line)));
    buf_add_byte(text, '\n');
    for (size_t i = 0; i < trial->count; i++) {
        const struct trial_finding *finding = &trial->findings[i];
        struct buf line = BUF_EMPTY(arena);

        if (finding->is_expected || finding->facts[0] == '\0')
            continue;
        buf_add(&line, STR("facts"));
        if (finding->resource.text != NULL)
            buf_printf(&line, " of %.*s", STR_ARG(finding->resource));
        buf_printf(&line, ": %s", finding->facts);
        buf_printf(text, "%*s", INDENT, "");
        escape_text(text, buf_str(&line));
        buf_add_byte(text, '\n');
    }
}

static void note_reached(const struct rule *rule, const struct trial *trial,
                         bool *is_reached)
{
    for (size_t i = 0; i < trial->count; i++)
        for (size_t j = 0; j < rule->outcome_count; j++)
            if (trial->findings[i].outcome == &rule->outcomes[j])
                is_reached[j] = true;
}

static void test_rule(const struct command_line *line, const struct choice *choice,
                      const struct rule *rule, struct buf *text,
                      struct test_tally *tally)
{
    struct arena *arena = line->arena;
    bool *is_reached = arena_array(arena, rule->outcome_count, bool);

    if (rule->test_count == 0)
        buf_printf(text, "none %.*s: it has no tests\n", STR_ARG(rule->id));
    for (size_t i = 0; i < rule->test_count; i++) {
        const struct rule_test *test = &rule->tests[i];
        struct buf told = BUF_EMPTY(arena);
        struct trial trial = { 0 };

        trial_run(arena, choice->book->catalog, rule, test, &trial);
        note_reached(rule, &trial, is_reached);
        tally->count++;
        tally->held += trial.holds;
        buf_printf(&told, "%.*s: %.*s", STR_ARG(rule->id), STR_ARG(test->name));
        if (!trial.holds)
            add_difference(&told, test, &trial);
        buf_add(text, trial.holds ? STR("ok   ") : STR("FAIL "));
        escape_text(text, buf_str(&told));
        buf_add_byte(text, '\n');
        if (!trial.holds)
            add_place(text, test, &trial);
    }
    if (((const struct test_options *)line->options)->coverage)
        add_unreached(text, rule, is_reached, tally);
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
    if (tally.outcomes > 0)
        buf_printf(&text, "%zu of %zu outcome%s reached\n", tally.reached,
                   tally.outcomes, tally.outcomes == 1 ? " is" : "s are");
    status = output_write(line->arena, buf_str(&text));
    if (status != STATUS_GOOD)
        return status;
    if (tally.count == 0)
        return wrong_usage(line, "none of the rules has a test");
    return tally.held == tally.count && tally.reached == tally.outcomes ? STATUS_GOOD
                                                                        : STATUS_FAILS;
}

const struct command command_rules_test = {
    .name = "rules test",
    .operands = "[RULE|PATH...]",
    .summary = "run the tests in the rules",
    .description = rules_description,
    .examples = { { "invaudit rules test my-rules",
                    "the tests in the rules of a folder" },
                  { "invaudit rules test --coverage my-rules",
                    "and whether they come to each outcome" } },
    .options = tables,
    .options_bytes = sizeof(struct test_options),
    .run = run_test,
};
