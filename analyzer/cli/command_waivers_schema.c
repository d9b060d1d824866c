#include "cli/complain.h"
#include "cli/output.h"

#include "config/schema.h"
#include "gather/waivers.h"

static int run_schema(const struct command_line *line)
{
    struct buf text = BUF_EMPTY(line->arena);

    if (line->operand_count > 0)
        return wrong_usage(line, "unexpected '%s'", line->operands[0]);
    schema_print(&text, &waivers_schema, "urn:invaudit:waivers", "Waivers of invaudit");
    return output_write(line->arena, buf_str(&text));
}

const struct command command_waivers_schema = {
    .name = "waivers schema",
    .operands = "",
    .summary = "print the JSON Schema of files of waivers, for editors",
    .description =
        "An editor that knows YAML schemas then completes and checks waivers: the same "
        "keys as the program does, from the same tables. Whether a rule is there, "
        "and a day, the program alone checks.",
    .examples = { { "invaudit waivers schema", "print it" },
                  { "invaudit waivers schema >waivers.schema.json",
                    "write it where an editor finds it" } },
    .run = run_schema,
};
