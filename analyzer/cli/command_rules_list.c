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

/* The pack is one, too: both are what --select takes. */
static void show_tags(struct page *page, const struct rule *rule)
{
    if (rule->pack.len == 0 && rule->tags.count == 0)
        return;
    page_solid(page, STR(" ["));
    page_solid(page, rule->pack);
    for (size_t i = 0; i < rule->tags.count; i++) {
        if (i > 0 || rule->pack.len > 0)
            page_solid(page, STR(", "));
        page_solid(page, rule->tags.items[i]);
    }
    page_solid(page, STR("]"));
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
        page_solid(&page, rule->is_off ? STR("off") : STR("on"));
        page_tab(&page, columns + 2 + sizeof "very-high" + 1 + sizeof "off" + 1);
        page_solid(&page, rule->title);
        show_tags(&page, rule);
        page_line(&page);
    }
    return output_write(line->arena, buf_str(&text));
}

const struct command command_rules_list = {
    .name = "rules list",
    .operands = "[RULE|PATH...]",
    .summary = "list rules: id, severity, whether a scan judges by it without being "
               "asked, title, pack and tags",
    .description = rules_description,
    .examples = { { "invaudit rules list", "the built-in rules" },
                  { "invaudit rules list my-rules", "those of a folder" } },
    .run = run_list,
};
