#include "cli/complain.h"
#include "cli/output.h"

#include "config/schema.h"
#include "rulebook/rule.h"

static int run_schema(const struct command_line *line)
{
    struct buf text = BUF_EMPTY(line->arena);

    if (line->operand_count > 0)
        return wrong_usage(line, "unexpected '%s'", line->operands[0]);
    schema_print(&text, &rule_schema, "urn:invaudit:rule", "A rule of invaudit");
    return output_write(line->arena, buf_str(&text));
}

const struct command command_rules_schema = {
    .name = "rules schema",
    .operands = "",
    .summary = "print the JSON Schema of rule files, for editors",
    .description =
        "An editor that knows YAML schemas then completes and checks a rule: the same "
        "keys as the program does, from the same tables. Expressions, types, and keys "
        "that need each other the program alone checks.",
    .examples = { { "invaudit rules schema", "print it" },
                  { "invaudit rules schema >rule.schema.json",
                    "write it where an editor finds it" } },
    .run = run_schema,
};
