#include "cli/output.h"
#include "cli/rules.h"

struct check_options {
    bool strict;
};

static const struct option options[] = {
    { "strict", 0, OPTION_FLAG, NULL, "every warning is a mistake",
      offsetof(struct check_options, strict), GROUP_OPTIONS },
    { .name = NULL },
};

static const struct option *const tables[] = { options, NULL };

static int run_check(const struct command_line *line)
{
    const struct check_options *given = line->options;
    struct choice choice = { 0 };
    int status = rules_choose(line, STATUS_FAILS, &choice);

    if (status != STATUS_GOOD)
        return status;
    for (size_t i = 0; i < choice.count; i++)
        if (choice.rules[i]->test_count == 0)
            status = STATUS_FAILS;
    if (given->strict && choice.warning_count > 0)
        status = STATUS_FAILS;
    if (status != STATUS_GOOD)
        return status;
    return output_write(line->arena, str_from(arena_printf(
                                         line->arena, "%zu rule%s checked\n",
                                         choice.count, choice.count == 1 ? "" : "s")));
}

const struct command command_rules_check = {
    .name = "rules check",
    .operands = "[RULE|PATH...]",
    .summary = "list every mistake in rules; here a rule without tests is one",
    .description = rules_description,
    .examples = { { "invaudit rules check my-rules",
                    "while you write: every mistake, with its line and column" },
                  { "invaudit rules check --strict my-rules",
                    "in a pipeline: a field that the catalog does not know is one, "
                    "too" } },
    .options = tables,
    .options_bytes = sizeof(struct check_options),
    .run = run_check,
};
