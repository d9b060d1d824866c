#include "cli/complain.h"
#include "cli/output.h"

#include "catalog/catalog.h"
#include "config/schema.h"

static int run_schema(const struct command_line *line)
{
    struct buf text = BUF_EMPTY(line->arena);

    if (line->operand_count > 0)
        return wrong_usage(line, "unexpected '%s'", line->operands[0]);
    schema_print(&text, &catalog_schema, "urn:invaudit:catalog",
                 "A catalog.yaml of invaudit");
    return output_write(line->arena, buf_str(&text));
}

const struct command command_types_schema = {
    .name = "types schema",
    .operands = "",
    .summary = "print the JSON Schema of catalog files, for editors",
    .description =
        "An editor that knows YAML schemas then completes and checks a catalog.yaml: "
        "the same keys as the program does, from the same tables. What a pattern or "
        "another file decides the program alone checks.",
    .examples = { { "invaudit types schema", "print it" },
                  { "invaudit types schema >catalog.schema.json",
                    "write it where an editor finds it" } },
    .run = run_schema,
};
