#include "report/grid.h"
#include "report/groups.h"
#include "report/report.h"
#include "report/said.h"
#include "report/summary.h"
#include "report/syntax.h"

#include "base/table.h"

#include <inttypes.h>
#include <string.h>

/*
 * A summary in GitHub Flavored Markdown, for the page of a CI job, a ticket or a
 * comment:
 *
 *     ## 3 fail, 4 unknown, 5 pass       the answer
 *     ### Backup-001: …                  a rule: its matrix; what fails, and what is
 *     #### Fail (3)                      unknown, by what it has in common, with places
 *     ### Problems (8)                   evidence that could not be used
 *
 * It is cut where readers would refuse it as a whole: GitHub a job's summary of more
 * than 1 MiB (https://docs.github.com/en/actions/reference/workflows-and-actions/
 * workflow-commands, "Adding a job summary"), GitLab a comment of more than 1,000,000
 * characters. What is left out is counted, and everything is in the JSON report.
 */

enum {
    MARKDOWN_BYTES_MAX = 1000 * 1000,
    TAIL_BYTES = 1000,          /* of that, for what stands at the end */
    MATRIX_ROWS_MAX = 200,      /* accounts of a rule's matrix */
    GROUP_FINDINGS_MAX = 100,   /* places that are listed of findings alike */
    GROUP_SETTLES_MAX = 3,      /* commands of them */
    MARKDOWN_PROBLEMS_MAX = 100 /* problems that are listed */
};

struct markdown {
    const struct assessment *assessment;
    const struct places *places;
    struct buf *out;
    struct buf block;  /* what is added next, as a whole or not at all */
    struct arena part; /* of a rule: its groups and matrix */
    size_t bytes;      /* that were added */
    size_t unlisted;   /* findings that did not fit */
};

/* ---- blocks ---------------------------------------------------------------------- */

static void print(struct markdown *page, const char *format, ...) PRINTF_LIKE(2, 3);

/* Words of our own. */
static void print(struct markdown *page, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    buf_vprintf(&page->block, format, arguments);
    va_end(arguments);
}

static void print_text(struct markdown *page, struct str text)
{
    syntax_add(&page->block, SYNTAX_MARKDOWN, text);
}

static void print_code(struct markdown *page, const char *text)
{
    syntax_add_markdown_code(&page->block, str_from(text));
}

/* Adds what was printed, if there is room for it. */
static bool end_block(struct markdown *page)
{
    struct str block = buf_str(&page->block);
    bool fits = page->bytes + block.len <= MARKDOWN_BYTES_MAX - TAIL_BYTES;

    if (fits) {
        buf_add(page->out, block);
        page->bytes += block.len;
    }
    buf_clear(&page->block);
    return fits;
}

/* ---- the answer ------------------------------------------------------------------ */

static void print_counts(struct markdown *page, const size_t counts[RESULT_COUNT])
{
    struct buf text = BUF_EMPTY(&page->part);

    summary_add_counts(&text, counts);
    print(page, "%s", text.len > 0 ? buf_str(&text).text : "no findings");
}

static void write_answer(struct markdown *page)
{
    const struct assessment *assessment = page->assessment;
    const struct summary *summary = &assessment->summary;

    print(page, "## ");
    print_counts(page, summary->results);
    print(page, "\n\nStatus %d: ", assessment_status(assessment));
    print_text(page, str_from(summary_meaning(&page->part, assessment)));
    print(page, ". %zu file%s read, %zu problem%s", summary->sources_read,
          plural(summary->sources_read), summary->problems, plural(summary->problems));
    if (assessment->set_sha256[0] != '\0')
        print(page, "; SHA-256 of the evidence `%s`", assessment->set_sha256);
    if (assessment->waivers != NULL)
        print(page, ", of the waivers `%s`", assessment->waivers->sha256);
    print(page, "; invaudit " INVAUDIT_VERSION);
    if (assessment->sandbox != NULL) {
        print(page, ", ");
        print_text(page, sandbox_said(&page->part, assessment));
    }
    print(page, "\n");
    (void)end_block(page);
}

/* The findings of a rule lie together, in the order of the rules. */
struct rule_findings {
    const struct rule *rule;
    const struct finding *findings;
    size_t count;
    size_t results[RESULT_COUNT];
};

static struct rule_findings part_at(const struct assessment *assessment, size_t from)
{
    struct rule_findings part = {
        assessment->findings[from].rule, assessment->findings + from, 0, { 0 }
    };

    while (from + part.count < assessment->finding_count &&
           part.findings[part.count].rule == part.rule)
        part.results[part.findings[part.count++].result]++;
    return part;
}

/* A line a rule, where there are several. */
static void write_rules(struct markdown *page)
{
    const struct assessment *assessment = page->assessment;
    bool has_waived = assessment->summary.results[RESULT_WAIVED] > 0;

    if (assessment->book->count < 2 || assessment->finding_count == 0)
        return;
    print(page,
          "\n| rule | fail | unknown | pass | not applicable |%s\n"
          "| :-- | --: | --: | --: | --: |%s\n",
          has_waived ? " waived |" : "", has_waived ? " --: |" : "");
    for (size_t at = 0; at < assessment->finding_count;) {
        struct rule_findings part = part_at(assessment, at);

        print(page, "| ");
        print_text(page, part.rule->id);
        print(page, " | %zu | %zu | %zu | %zu |", part.results[RESULT_FAIL],
              part.results[RESULT_UNKNOWN], part.results[RESULT_PASS],
              part.results[RESULT_NOT_APPLICABLE]);
        if (has_waived)
            print(page, " %zu |", part.results[RESULT_WAIVED]);
        print(page, "\n");
        (void)end_block(page);
        at += part.count;
    }
}

/* ---- the matrix ------------------------------------------------------------------ */

static void print_head(struct markdown *page, const struct grid *grid)
{
    print(page, "\n| account |");
    for (size_t i = 0; i < grid->column_count; i++) {
        if (grid->columns[i].apart)
            continue;
        print(page, " ");
        print_text(page, grid->columns[i].name);
        print(page, " |");
    }
    print(page, "\n| :-- |");
    for (size_t i = 0; i < grid->column_count - grid->apart_count; i++)
        print(page, " :-: |");
    print(page, "\n");
}

static void print_row(struct markdown *page, const struct grid *grid,
                      const struct grid_row *row)
{
    print(page, "| ");
    print_text(page, row->account);
    print(page, " |");
    for (size_t i = 0; i < grid->column_count; i++) {
        char letter = grid_letter(row, i);

        if (!grid->columns[i].apart)
            print(page, letter == 'F' ? " **%c** |" : " %c |", letter);
    }
    print(page, "\n");
}

static void print_columns(struct markdown *page, const struct grid *grid, bool apart)
{
    const char *before = apart ? "; `-` in all accounts: " : "; ";

    for (size_t i = 0; i < grid->column_count; i++) {
        const struct grid_column *column = &grid->columns[i];

        if (column->apart != apart ||
            (!apart && str_same(column->name, column->region)))
            continue;
        print(page, "%s", before);
        if (!apart) {
            print_text(page, column->name);
            print(page, " = ");
        }
        print_text(page, column->region.text != NULL ? column->region : STR("account"));
        before = ", ";
    }
}

static void print_legend(struct markdown *page, const struct grid *grid)
{
    const char *before = "";

    print(page, "\n");
    for (int mark = GRID_MARK_COUNT - 1; mark >= 0; mark--) {
        if (grid->counts[mark] == 0)
            continue;
        print(page, "%s`%c` %s", before, grid_mark_letter((enum grid_mark)mark),
              grid_mark_word((enum grid_mark)mark));
        before = ", ";
    }
    print_columns(page, grid, false);
    print_columns(page, grid, true);
    print(page, "\n");
}

/* Whether there is one: of a single cell there is nothing to see. */
static bool write_matrix(struct markdown *page, const struct rule_findings *part)
{
    struct grid grid;

    if (!grid_make(&page->part, part->findings, part->count, &grid) ||
        grid.row_count * grid.column_count < 2 || grid.apart_count == grid.column_count)
        return false;
    print_head(page, &grid);
    if (!end_block(page))
        return false;
    for (size_t i = 0; i < grid.row_count && i < MATRIX_ROWS_MAX; i++) {
        print_row(page, &grid, &grid.rows[i]);
        if (!end_block(page))
            return true;
    }
    if (grid.row_count > MATRIX_ROWS_MAX)
        print(page, "\n%zu more accounts, in the JSON report\n",
              grid.row_count - MATRIX_ROWS_MAX);
    print_legend(page, &grid);
    (void)end_block(page);
    return true;
}

/* ---- what fails, and what is unknown --------------------------------------------- */

static void print_remark(struct markdown *page, const char *label,
                         const struct remark *remark)
{
    print(page, "- %s: ", label);
    print_text(page, str_from(remark->text));
    print(page, " (");
    syntax_add_markdown_code(&page->block, remark->code);
    print(page, ")\n");
}

/* What its author thinks that a fail looks like: each text once. */
static void print_diagnoses(struct markdown *page, struct arena *scratch,
                            const struct group *group)
{
    struct table known = TABLE_EMPTY(scratch);

    for (size_t i = 0; i < group->count; i++) {
        const struct remark *remark = group->findings[i]->diagnosis;
        void **slot;

        if (remark == NULL || known.count >= GROUP_FINDINGS_MAX)
            continue;
        slot = table_slot(&known, str_from(remark->text));
        if (*slot == NULL)
            print_remark(page, "looks like", remark);
        *slot = page;
    }
}

static void print_reasons(struct markdown *page, struct arena *scratch,
                          const struct group *group)
{
    struct group_lines lines;

    group_reasons(scratch, group, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        const struct group_line *line = &lines.items[i];

        print(page, "- ");
        if (line->label != NULL && line->count == group->count)
            print(page, "%s: ", line->label);
        else if (line->label != NULL)
            print(page, "%s, of %zu: ", line->label, line->count);
        print_text(page, str_from(line->text));
        print(page, "\n");
    }
}

/* The first commands that would settle it, each once. */
static void print_settles(struct markdown *page, struct arena *scratch,
                          const struct group *group)
{
    struct table known = TABLE_EMPTY(scratch);

    for (size_t i = 0; i < group->count; i++) {
        const struct finding *finding = group->findings[i];

        for (size_t j = 0; j < finding->settle_count; j++) {
            const struct settle *settle = &finding->settles[j];
            void **slot = table_slot(&known, str_from(settle->command));

            if (*slot != NULL)
                continue;
            *slot = page;
            if (known.count > GROUP_SETTLES_MAX) {
                print(page, "- and others: `invaudit evidence` lists them\n");
                return;
            }
            print(page, "- to settle: ");
            print_code(page, settle->command);
            if (settle->save_as != NULL) {
                print(page, ", saved as ");
                print_code(page, settle->save_as);
            }
            print(page, "\n");
        }
    }
}

/* What all of them say. */
static const char *message_of(struct arena *scratch, const struct group *group)
{
    if (group->findings[0]->result == RESULT_UNKNOWN)
        return finding_headline(scratch, group->findings[0]);
    return group_message(scratch, group);
}

static void print_finding(struct markdown *page, const struct finding *finding)
{
    struct finding_place place = places_of(page->places, finding);

    print(page, "- ");
    print_text(page, or_dash(finding->account));
    print(page, " ");
    print_text(page, or_dash(finding->region));
    if (finding->resource.text != NULL) {
        print(page, " ");
        syntax_add_markdown_code(&page->block, finding->resource);
    }
    if (place.path != NULL) {
        print(page, ": ");
        print_code(page,
                   arena_printf(&page->part, "%s:%" PRIu64, place.path, place.line));
    }
    print(page, "\n");
}

/* Those that the matrix shows as nothing are not listed below it. */
static bool is_seen(const struct group *group, bool has_matrix)
{
    for (size_t i = 0; i < group->count && has_matrix; i++)
        has_matrix = grid_mark(group->findings[i]) == GRID_NOTHING;
    return has_matrix;
}

static void write_findings(struct markdown *page, const struct group *group)
{
    size_t listed = 0;

    while (listed < group->count && listed < GROUP_FINDINGS_MAX) {
        print_finding(page, group->findings[listed]);
        if (!end_block(page))
            break;
        listed++;
    }
    if (listed == group->count)
        return;
    print(page, "- and %zu more, in the JSON report\n", group->count - listed);
    if (!end_block(page))
        page->unlisted += group->count - listed;
}

/* What they say, unless the group before has said it: then a comment stands between two
 * lists, which would be one. */
static void print_heading(struct markdown *page, struct arena *scratch,
                          const struct group *group, const struct group *before)
{
    const char *message = message_of(scratch, group);

    if (before != NULL &&
        str_equal(str_from(message), str_from(message_of(scratch, before)))) {
        print(page, "\n<!-- -->\n\n");
        return;
    }
    print(page, "\n**");
    print_text(page, str_from(message));
    print(page, "**\n\n");
}

static void write_group(struct markdown *page, const struct group *group,
                        const struct group *before, bool has_matrix)
{
    struct arena scratch = ARENA_EMPTY;

    print_heading(page, &scratch, group, before);
    if (group->findings[0]->waiver != NULL) {
        print(page, "- ");
        print_text(page, str_from(waiver_text(&scratch, group->findings[0]->waiver)));
        print(page, "\n");
    }
    print_diagnoses(page, &scratch, group);
    print_reasons(page, &scratch, group);
    print_settles(page, &scratch, group);
    if (is_seen(group, has_matrix))
        print(page, "- %zu finding%s, `-` in the matrix\n", group->count,
              plural(group->count));
    if (!end_block(page))
        page->unlisted += group->count;
    else if (!is_seen(group, has_matrix))
        write_findings(page, group);
    arena_release(&scratch);
}

static void write_result(struct markdown *page, const struct rule_findings *part,
                         enum result result, bool has_matrix)
{
    struct group_list groups;

    if (part->results[result] == 0)
        return;
    groups_find(&page->part, part->findings, part->count, result, &groups);
    print(page, "\n#### %s (%zu)\n",
          result == RESULT_FAIL      ? "Fail"
          : result == RESULT_UNKNOWN ? "Unknown"
                                     : "Waived",
          part->results[result]);
    (void)end_block(page);
    for (size_t i = 0; i < groups.count; i++)
        write_group(page, groups.items[i], i > 0 ? groups.items[i - 1] : NULL,
                    has_matrix);
}

static void write_part(struct markdown *page, const struct rule_findings *part)
{
    bool has_matrix;

    if (part->results[RESULT_FAIL] + part->results[RESULT_UNKNOWN] +
            part->results[RESULT_WAIVED] ==
        0)
        return;
    print(page, "\n### ");
    print_text(page, part->rule->id);
    print(page, ": ");
    print_text(page, part->rule->title);
    print(page, " (%s)\n\n", severity_name(part->rule->severity));
    print_counts(page, part->results);
    print(page, "\n");
    (void)end_block(page);
    has_matrix = write_matrix(page, part);
    write_result(page, part, RESULT_FAIL, has_matrix);
    write_result(page, part, RESULT_UNKNOWN, has_matrix);
    write_result(page, part, RESULT_WAIVED, has_matrix);
}

/* ---- the rest -------------------------------------------------------------------- */

static void list_problems(struct markdown *page)
{
    size_t count = page->assessment->problem_count, listed = 0;

    if (count == 0)
        return;
    print(page, "\n### Problems (%zu)\n\n", count);
    while (listed < count && listed < MARKDOWN_PROBLEMS_MAX) {
        const struct problem *problem = &page->assessment->problems[listed];

        print(page, "- ");
        if (problem->line > 0)
            print_code(page, arena_printf(&page->part, "%s:%" PRIu64, problem->path,
                                          problem->line));
        else
            print_code(page, problem->path);
        print(page, ": ");
        print_text(page, str_from(reason_advice(&page->part, &problem->reason)));
        print(page, " (`%s`)\n", code_name(reason_code(&problem->reason)));
        if (!end_block(page))
            break;
        listed++;
    }
    if (listed < count)
        print(page, "- and %zu more, in the JSON report\n", count - listed);
    (void)end_block(page);
}

/* What asks for all that is missing. */
static void write_script(struct markdown *page)
{
    const struct assessment *assessment = page->assessment;

    if (assessment->summary.results[RESULT_UNKNOWN] == 0)
        return;
    print(page, "\nThe commands that would settle it, as a script: ");
    print_code(page, script_command(&page->part, assessment).text);
    print(page, "\n");
    (void)end_block(page);
}

void report_markdown(const struct assessment *assessment,
                     const struct report_style *style, struct buf *out)
{
    struct arena arena = ARENA_EMPTY;
    struct markdown page = { .assessment = assessment,
                             .places = places_new(&arena, assessment),
                             .out = out,
                             .block = { .arena = &arena } };

    (void)style;
    write_answer(&page);
    write_rules(&page);
    for (size_t at = 0; at < assessment->finding_count;) {
        struct rule_findings part = part_at(assessment, at);

        write_part(&page, &part);
        arena_reset(&page.part);
        at += part.count;
    }
    write_script(&page);
    list_problems(&page);
    if (page.unlisted > 0)
        buf_printf(out, "\n%zu more findings did not fit, and are in the JSON report\n",
                   page.unlisted);
    arena_release(&page.part);
    arena_release(&arena);
}
