#include "cli/complain.h"
#include "cli/output.h"
#include "cli/rules.h"
#include "cli/sheet.h"

static void show_section(struct page *page, const char *heading, struct str text)
{
    if (text.text == NULL || str_trim(text).len == 0)
        return;
    sheet_heading(page, heading);
    page_paragraphs(page, text);
    page->indent = 0;
}

/* "elements of Rules of AWS::Backup::BackupPlan" */
static void add_counted(struct buf *what, const struct fact *fact)
{
    if (fact->each != NULL)
        buf_printf(what, "elements of %.*s%s", STR_ARG(fact->each_text),
                   fact->type != NULL ? " of " : "");
    if (fact->type != NULL)
        buf_add(what, fact->type->name);
    if (fact->join_record != NULL)
        buf_printf(what, " whose %.*s is the resource's %.*s",
                   STR_ARG(fact->join_record_text), STR_ARG(fact->join_resource_text));
}

static void show_facts(struct page *page, const struct rule *rule)
{
    if (rule->fact_count > 0)
        sheet_heading(page, "Facts");
    for (size_t i = 0; i < rule->fact_count; i++) {
        const struct fact *fact = &rule->facts[i];
        struct buf what = BUF_EMPTY(page->out->arena);

        if (fact->kind == FACT_COUNT)
            buf_add(&what, STR("count of "));
        else
            buf_printf(&what, "%s %.*s of ",
                       fact->kind == FACT_MIN ? "least" : "largest",
                       STR_ARG(fact->of_text));
        add_counted(&what, fact);
        if (fact->where_text.len > 0)
            buf_printf(&what, " where %.*s", STR_ARG(fact->where_text));
        if (fact->accepts_filtered)
            buf_add(&what, STR("; a listing that a query filtered is taken for whole"));
        sheet_row(page, str_copy(page->out->arena, fact->name).text, buf_str(&what));
    }
}

static void show_parameters(struct page *page, const struct rule *rule)
{
    if (rule->parameter_count > 0)
        sheet_heading(page, "Parameters");
    for (size_t i = 0; i < rule->parameter_count; i++) {
        const struct parameter *parameter = &rule->parameters[i];
        struct arena *arena = page->out->arena;
        struct buf what = BUF_EMPTY(arena);

        buf_printf(&what, "%s, ", parameter_kind_name(parameter->kind));
        if (json_is_null(parameter->value))
            buf_add(&what, STR("none"));
        else
            jmespath_print(parameter->value, 0, &what);
        buf_add(&what, STR(" unless set"));
        if (parameter->values.count > 0)
            buf_printf(&what, " (one of: %.*s)",
                       STR_ARG(sheet_joined(arena, &parameter->values)));
        if (parameter->least != NULL || parameter->most != NULL)
            buf_printf(&what, " (%s)", parameter_range(arena, parameter));
        buf_printf(&what, ". %.*s", STR_ARG(str_trim(parameter->description)));
        sheet_row(page, str_copy(arena, parameter->name).text, buf_str(&what));
    }
    page->indent = 0;
}

static void show_outcomes(struct page *page, const struct rule *rule)
{
    sheet_heading(page, "Outcomes, the first that holds");
    for (size_t i = 0; i < rule->outcome_count; i++) {
        const struct outcome *outcome = &rule->outcomes[i];
        struct buf when = BUF_EMPTY(page->out->arena);

        if (outcome->when != NULL) {
            buf_add(&when, STR("when "));
            buf_add(&when, jmespath_text(outcome->when));
        } else {
            buf_add(&when, STR("otherwise"));
        }
        sheet_row(page, result_name(outcome->result), buf_str(&when));
    }
}

/* As the rule has it: what is filled in stands in braces. */
static struct str message_source(struct arena *arena, const struct message *message)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < message->count; i++) {
        const struct message_part *part = &message->parts[i];

        if (part->expression == NULL) {
            buf_add(&buf, part->text);
        } else {
            buf_add_byte(&buf, '{');
            buf_add(&buf, jmespath_text(part->expression));
            buf_add_byte(&buf, '}');
        }
    }
    return buf_str(&buf);
}

static void show_comment(struct page *page, const struct commentary *commentary,
                         size_t row)
{
    struct arena *arena = page->out->arena;
    struct outcome outcome = commentary->rule->outcomes[row];

    if (commentary->rows != NULL)
        commentary_row_read(arena, commentary, row, &outcome);
    page->indent = SHEET_INDENT;
    page_solid(page, outcome.code);
    page->indent += SHEET_INDENT;
    page_words(page, STR(": "));
    page_words(page, message_source(arena, &outcome.message));
    page_line(page);
    page->indent = 0;
}

/* What each of its codes means is its message. */
static void show_commentary(struct page *page, const struct rule *rule)
{
    const struct commentary *commentary = rule->commentary;

    for (size_t i = 0; commentary != NULL && i < commentary->rule->outcome_count; i++) {
        if (i == 0 && commentary->diagnosis_count > 0)
            sheet_heading(page, "Diagnosis of a fail, the first that holds");
        if (i == commentary->diagnosis_count)
            sheet_heading(page, "Cautions of a pass, each that holds");
        show_comment(page, commentary, i);
    }
}

static void show_calls_of(struct page *page, const struct type *type)
{
    for (size_t c = 0; c < type->call_count; c++) {
        const struct call *call = type->calls[c];

        if (call->gives != GIVES_WHOLE && call->gives != GIVES_PART)
            continue;
        page->indent = SHEET_INDENT;
        page_solid(page, str_from(arena_printf(page->out->arena, "aws %.*s",
                                               STR_ARG(call->name))));
        page->indent += SHEET_INDENT;
        if (call->permission.len > 0)
            page_printf(page, " (needs %.*s)", STR_ARG(call->permission));
        page_line(page);
    }
}

static bool is_shown(const struct type *type, const struct type *const *shown,
                     size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (shown[i] == type)
            return true;
    return false;
}

/* The calls whose answers settle the subjects and each fact, and what it takes to make
 * them. */
static void show_calls(struct page *page, const struct rule *rule)
{
    const struct type **types = arena_array(
        page->out->arena, rule->subject_count + rule->fact_count, const struct type *);
    size_t count = 0;

    for (size_t i = 0; i < rule->subject_count; i++)
        types[count++] = rule->subjects[i];
    for (size_t i = 0; i < rule->fact_count; i++) {
        const struct type *type = rule->facts[i].type;

        if (type != NULL && !is_shown(type, types, count))
            types[count++] = type;
    }
    sheet_heading(page, "Evidence to collect");
    for (size_t i = 0; i < count; i++)
        show_calls_of(page, types[i]);
    page->indent = 0;
}

static void show_references(struct page *page, struct str_list references)
{
    if (references.count == 0)
        return;
    sheet_heading(page, "References");
    for (size_t i = 0; i < references.count; i++) {
        page_solid(page, references.items[i]);
        page_line(page);
    }
    page->indent = 0;
}

static struct str judged(struct arena *arena, const struct rule *rule)
{
    struct buf buf = BUF_EMPTY(arena);

    if (rule->for_each == FOR_EACH_REGION)
        return STR("each region of each account");
    if (rule->for_each == FOR_EACH_ACCOUNT)
        return STR("each account");
    for (size_t i = 0; i < rule->subject_count; i++)
        buf_printf(&buf, "%s%.*s", i > 0 ? " and " : "each ",
                   STR_ARG(rule->subjects[i]->name));
    return buf_str(&buf);
}

static void show_mappings(struct page *page, const struct rule *rule)
{
    if (rule->mapping_count == 0)
        return;
    sheet_heading(page, "Mappings");
    for (size_t i = 0; i < rule->mapping_count; i++) {
        const struct mapping *mapping = &rule->mappings[i];

        page_words(page, mapping->framework);
        if (mapping->controls.count > 0) {
            page_words(page, STR(": "));
            page_words(page, sheet_joined(page->out->arena, &mapping->controls));
        }
        page_line(page);
    }
    page->indent = 0;
}

static void show_rule(struct page *page, const struct rule *rule)
{
    struct arena *arena = page->out->arena;

    page_words(page, rule->id);
    page_words(page, STR(": "));
    page_words(page, rule->title);
    page_line(page);
    page_blank(page);
    sheet_row(page, "severity", str_from(severity_name(rule->severity)));
    sheet_row(page, "pillar", rule->pillar);
    sheet_row(page, "services", sheet_joined(arena, &rule->services));
    sheet_row(page, "publisher", rule->publisher);
    sheet_row(page, "pack", rule->pack);
    sheet_row(page, "tags", sheet_joined(arena, &rule->tags));
    sheet_row(page, "judged",
              rule->is_off ? STR("if it is asked for by --pack or --select")
                           : STR_NONE);
    sheet_row(page, "judges", judged(arena, rule));
    sheet_row(page, "tests", str_from(arena_printf(arena, "%zu", rule->test_count)));
    sheet_row(page, "file",
              str_from(arena_printf(arena, "%s%s", rule->path,
                                    rule->builtin ? " (built in)" : "")));
    sheet_row(page, "sha256", str_from(rule->sha256));
    show_section(page, "Description", rule->description);
    show_section(page, "Rationale", rule->rationale);
    show_section(page, "Audit", rule->audit);
    show_section(page, "Remediation", rule->remediation);
    show_parameters(page, rule);
    show_facts(page, rule);
    show_outcomes(page, rule);
    show_commentary(page, rule);
    show_calls(page, rule);
    show_mappings(page, rule);
    show_references(page, rule->references);
}

static int run_show(const struct command_line *line)
{
    struct buf text = BUF_EMPTY(line->arena);
    struct page page = PAGE_NEW(&text, output_style().width);
    struct choice choice = { 0 };
    int status;

    if (line->operand_count == 0)
        return wrong_usage(line, "expected a RULE, or a PATH");
    status = rules_choose(line, STATUS_WRONG, &choice);
    if (status != STATUS_GOOD)
        return status;
    for (size_t i = 0; i < choice.count; i++) {
        if (i > 0)
            page_blank(&page);
        show_rule(&page, choice.rules[i]);
    }
    return output_write(line->arena, buf_str(&text));
}

const struct command command_rules_show = {
    .name = "rules show",
    .operands = "RULE|PATH...",
    .summary = "print what a rule says and what it needs",
    .description = rules_description,
    .examples = { { "invaudit rules show Backup-001",
                    "a built-in rule, and which calls collect what it reads" },
                  { "invaudit rules show my-rules", "the rules of a folder" } },
    .run = run_show,
};
