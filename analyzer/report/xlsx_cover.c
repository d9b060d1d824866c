#include "report/xlsx_paper.h"

#include "report/said.h"
#include "report/summary.h"

enum { COVER_NAME, COVER_VALUE };

/* ---- cover ----------------------------------------------------------------------- */

static void write_title(struct worksheet *sheet, const char *title, enum look look)
{
    if (worksheet_row(sheet) > 0)
        worksheet_next(sheet);
    worksheet_text(sheet, COVER_NAME, str_from(title), look);
    worksheet_next(sheet);
}

static void write_entry(struct worksheet *sheet, const char *name, struct str value)
{
    worksheet_text(sheet, COVER_NAME, str_from(name), LOOK_PLAIN);
    worksheet_text(sheet, COVER_VALUE, value.len > 0 ? value : STR("-"), LOOK_WRAPPED);
    worksheet_next(sheet);
}

static void write_count(struct worksheet *sheet, const char *name, size_t count)
{
    char digits[32];

    snprintf(digits, sizeof digits, "%zu", count);
    worksheet_text(sheet, COVER_NAME, str_from(name), LOOK_PLAIN);
    worksheet_number(sheet, COVER_VALUE, str_from(digits), LOOK_LEFT);
    worksheet_next(sheet);
}

static void write_scope(struct paper *paper, struct worksheet *sheet)
{
    const struct assessment *assessment = paper->assessment;
    const struct summary *summary = &assessment->summary;

    write_title(sheet, "What was judged", LOOK_HEAD);
    write_entry(sheet, "Program", STR("invaudit " INVAUDIT_VERSION));
    write_entry(sheet, "Time of the audit (--as-of)", assessment->settings->as_of);
    write_entry(sheet, "SHA-256 of the evidence set", str_from(assessment->set_sha256));
    if (assessment->sandbox != NULL)
        write_entry(sheet, "Sandbox", sandbox_said(&paper->scratch, assessment));
    write_count(sheet, "Files read", summary->sources_read);
    write_count(sheet, "Files that are no evidence", summary->sources_ignored);
    write_count(sheet, "Files and folders left out", summary->sources_excluded);
    write_count(sheet, "Documents", summary->documents);
    write_count(sheet, "Records", summary->records);
    write_count(sheet, "Problems with evidence",
                assessment_evidence_problems(assessment));
    if (assessment->waivers != NULL) {
        write_count(sheet, "Problems with waivers", summary->waivers_stale);
        write_entry(sheet, "SHA-256 of the waivers",
                    str_from(assessment->waivers->sha256));
    }
}

static void write_options(struct paper *paper, struct worksheet *sheet)
{
    const struct settings *settings = paper->assessment->settings;
    struct str value;
    size_t count = 0;

    write_title(sheet, "Options", LOOK_HEAD);
    for (const struct option *option = settings_options; option->name != NULL;
         option++) {
        for (size_t i = 0; option_given(option, settings, i, &value); i++) {
            write_entry(sheet, arena_printf(&paper->scratch, "--%s", option->name),
                        value);
            arena_reset(&paper->scratch);
            count++;
        }
    }
    if (count == 0)
        write_entry(sheet, "none", STR_NONE);
}

static void write_counts(struct paper *paper, struct worksheet *sheet)
{
    const struct summary *summary = &paper->assessment->summary;

    write_title(sheet, "Findings", LOOK_HEAD);
    write_count(sheet, "Fail", summary->results[RESULT_FAIL]);
    write_count(sheet, "Unknown", summary->results[RESULT_UNKNOWN]);
    write_count(sheet, "Pass", summary->results[RESULT_PASS]);
    write_count(sheet, "Not applicable", summary->results[RESULT_NOT_APPLICABLE]);
    write_count(sheet, "Waived", summary->results[RESULT_WAIVED]);
    write_entry(sheet, "That is",
                str_from(summary_meaning(&paper->scratch, paper->assessment)));
    arena_reset(&paper->scratch);
}

/* "2 fail, 1 unknown; Title; SHA-256 0123...", of the rule's findings. */
static struct str rule_entry(struct arena *arena, const struct rule *rule,
                             const struct finding *findings, size_t count)
{
    size_t results[RESULT_COUNT] = { 0 };
    struct buf text = BUF_EMPTY(arena);

    for (size_t i = 0; i < count; i++)
        results[findings[i].result]++;
    for (size_t i = 0; i < RESULT_COUNT; i++)
        if (results[summary_order[i]] > 0)
            buf_printf(&text, "%s%zu %s", text.len > 0 ? ", " : "",
                       results[summary_order[i]], result_name(summary_order[i]));
    buf_printf(&text, "%s; %.*s; SHA-256 %s", text.len > 0 ? "" : "no finding",
               STR_ARG(rule->title), rule->sha256);
    return buf_str(&text);
}

/* Findings of a rule lie together, in the order of the rules. */
static void write_rules(struct paper *paper, struct worksheet *sheet)
{
    const struct assessment *assessment = paper->assessment;
    size_t from = 0;

    write_title(sheet, "Rules", LOOK_HEAD);
    for (size_t i = 0; i < assessment->book->count; i++) {
        const struct rule *rule = assessment->book->rules[i];
        size_t end = from;

        while (end < assessment->finding_count &&
               assessment->findings[end].rule == rule)
            end++;
        write_entry(
            sheet, str_copy(&paper->scratch, rule->id).text,
            rule_entry(&paper->scratch, rule, assessment->findings + from, end - from));
        arena_reset(&paper->scratch);
        from = end;
    }
}

static void write_to_fill(struct worksheet *sheet)
{
    static const char *const names[] = { "Prepared by", "Date", "Reviewed by", "Date",
                                         "Conclusion" };

    write_title(sheet, "To be filled in", LOOK_HEAD);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        worksheet_text(sheet, COVER_NAME, str_from(names[i]), LOOK_PLAIN);
        worksheet_blank(sheet, COVER_VALUE, LOOK_TO_FILL);
        worksheet_next(sheet);
    }
}

struct worksheet *paper_cover(struct paper *paper)
{
    struct worksheet *sheet = workbook_sheet(paper->workbook, "Cover");

    worksheet_column(sheet, COVER_NAME, 32, LOOK_PLAIN);
    worksheet_column(sheet, COVER_VALUE, 90, LOOK_PLAIN);
    write_title(sheet, "Saved AWS inventory, judged by rules", LOOK_TITLE);
    write_scope(paper, sheet);
    write_options(paper, sheet);
    write_counts(paper, sheet);
    write_rules(paper, sheet);
    write_to_fill(sheet);
    return sheet;
}

void paper_notes(const struct paper *paper, struct worksheet *cover)
{
    if (paper->note_count == 0)
        return;
    write_title(cover, "What is not in these sheets", LOOK_HEAD);
    for (size_t i = 0; i < paper->note_count; i++) {
        worksheet_text(cover, COVER_NAME, str_from(paper->notes[i]), LOOK_PLAIN);
        worksheet_next(cover);
    }
}

/* ---- procedure ------------------------------------------------------------------- */

static void add_line(struct buf *lines, struct str line)
{
    buf_add(lines, lines->len > 0 ? STR("\n") : STR(""));
    buf_add(lines, line);
}

static struct str lines_of(struct arena *arena, const struct str_list *texts)
{
    struct buf lines = BUF_EMPTY(arena);

    for (size_t i = 0; i < texts->count; i++)
        add_line(&lines, texts->items[i]);
    return buf_str(&lines);
}

/* "managed: AWS::RDS::DBSnapshot where SnapshotType == 'awsbackup'" */
static struct str facts_of(struct arena *arena, const struct rule *rule)
{
    struct buf lines = BUF_EMPTY(arena);

    for (size_t i = 0; i < rule->fact_count; i++) {
        const struct fact *fact = &rule->facts[i];

        add_line(&lines, fact->name);
        buf_add(&lines, fact->kind == FACT_COUNT ? STR(": number of")
                        : fact->kind == FACT_MIN ? STR(": least ")
                                                 : STR(": largest "));
        buf_add(&lines, fact->of_text);
        if (fact->kind != FACT_COUNT)
            buf_add(&lines, STR(" of"));
        if (fact->each_text.len > 0)
            buf_printf(&lines, " %.*s in", STR_ARG(fact->each_text));
        if (fact->type != NULL)
            buf_printf(&lines, " %.*s", STR_ARG(fact->type->name));
        else
            buf_add(&lines, STR(" the resource"));
        if (fact->where_text.len > 0)
            buf_printf(&lines, " where %.*s", STR_ARG(fact->where_text));
    }
    return buf_str(&lines);
}

static struct str references_of(struct arena *arena, const struct rule *rule)
{
    return lines_of(arena, &rule->references);
}

static struct str description_of(struct arena *arena, const struct rule *rule)
{
    (void)arena;
    return rule->description;
}

static struct str rationale_of(struct arena *arena, const struct rule *rule)
{
    (void)arena;
    return rule->rationale;
}

static struct str audit_of(struct arena *arena, const struct rule *rule)
{
    (void)arena;
    return rule->audit;
}

static struct str remediation_of(struct arena *arena, const struct rule *rule)
{
    (void)arena;
    return rule->remediation;
}

static struct str id_of(struct arena *arena, const struct rule *rule)
{
    (void)arena;
    return rule->id;
}

static struct str title_of(struct arena *arena, const struct rule *rule)
{
    (void)arena;
    return rule->title;
}

static struct str severity_of(struct arena *arena, const struct rule *rule)
{
    (void)arena;
    return str_from(severity_name(rule->severity));
}

static struct str file_of(struct arena *arena, const struct rule *rule)
{
    (void)arena;
    return str_from(rule->path);
}

static struct str sha256_of(struct arena *arena, const struct rule *rule)
{
    (void)arena;
    return str_from(rule->sha256);
}

static const struct {
    const char *heading;
    unsigned width;
    struct str (*text)(struct arena *arena, const struct rule *rule);
} of_rule[] = {
    { "Rule", 14, id_of },
    { "Title", 30, title_of },
    { "Severity", 10, severity_of },
    { "What it asks", 50, description_of },
    { "Why", 50, rationale_of },
    { "By hand", 60, audit_of },
    { "What is counted", 60, facts_of },
    { "To put it right", 60, remediation_of },
    { "References", 60, references_of },
    { "File", 30, file_of },
    { "SHA-256 of the file", 66, sha256_of },
};

void paper_procedure(struct paper *paper)
{
    const struct rulebook *book = paper->assessment->book;
    struct worksheet *sheet = workbook_sheet(paper->workbook, "Procedure");
    size_t fit;

    for (size_t i = 0; i < COUNT_OF(of_rule); i++) {
        worksheet_column(sheet, i, of_rule[i].width, LOOK_WRAPPED);
        worksheet_text(sheet, i, str_from(of_rule[i].heading), LOOK_HEAD);
    }
    worksheet_head(sheet, COUNT_OF(of_rule));
    worksheet_next(sheet);
    fit = paper_fit(sheet, book->count);
    for (size_t i = 0; i < fit; i++) {
        for (size_t j = 0; j < COUNT_OF(of_rule); j++)
            worksheet_lines(sheet, j,
                            str_trim(of_rule[j].text(&paper->scratch, book->rules[i])),
                            LOOK_WRAPPED);
        arena_reset(&paper->scratch);
        worksheet_next(sheet);
    }
    paper_end(paper, sheet, "Procedure", book->count - fit);
}
