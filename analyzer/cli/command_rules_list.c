#include "cli/output.h"
#include "cli/rules.h"
#include "report/escape.h"

enum { ID_COLUMNS_MAX = 40 }; /* longer ones do not widen the column */

static size_t id_columns(const struct choice *choice)
{
    size_t widest = 0;

    for (size_t i = 0; i < choice->count; i++) {
        size_t columns = character_count(choice->rules[i]->id);

        if (columns > widest && columns <= ID_COLUMNS_MAX)
            widest = columns;
    }
    return widest;
}

static int run_list(const struct command_line *line)
{
    struct buf text = BUF_EMPTY(line->arena);
    struct page page = PAGE_NEW(&text, SIZE_MAX);
    struct choice choice = { 0 };
    int status = rules_choose(line, STATUS_WRONG, &choice);
    size_t columns;

    if (status != STATUS_GOOD)
        return status;
    columns = id_columns(&choice);
    for (size_t i = 0; i < choice.count; i++) {
        const struct rule *rule = choice.rules[i];

        page_solid(&page, rule->id);
        page_tab(&page, columns + 2);
        page_solid(&page, str_from(severity_name(rule->severity)));
        page_tab(&page, columns + 2 + sizeof "very-high" + 1);
        page_solid(&page, rule->title);
        page_line(&page);
    }
    return output_write(line->arena, buf_str(&text));
}

const struct command command_rules_list = {
    .name = "rules list",
    .operands = "[ID|PATH...]",
    .summary = "list rules: id, severity, title",
    .description = rules_description,
    .run = run_list,
};
