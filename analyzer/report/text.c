#include "report/coverage.h"
#include "report/databases.h"
#include "report/escape.h"
#include "report/groups.h"
#include "report/summary.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* What a group shows at most. */
enum {
    GROUPS_SHOWN = 20,   /* of one result */
    LINES_SHOWN = 20,    /* accounts, or findings that stand alone */
    WRAPPED_SHOWN = 2,   /* accounts whose regions are all listed */
    SETTLES_SHOWN = 4,   /* commands */
    CITATIONS_SHOWN = 3, /* of a finding that stands alone; in a group, one each */
    REMARKS_SHOWN = 4,
    HINTS_SHOWN = 3,
    IGNORED_SHOWN = 5, /* files */
};

enum {
    BODY_COLUMN = 9,    /* the account, and what is said below it */
    REGION_COLUMN = 23, /* behind 12 digits */
};

struct result_look {
    const char *word, *colour;
};

static const struct result_look looks[] = {
    [RESULT_PASS] = { "PASS", "\033[32m" },
    [RESULT_FAIL] = { "FAIL", "\033[1;31m" },
    [RESULT_UNKNOWN] = { "UNKNOWN", "\033[33m" },
    [RESULT_NOT_APPLICABLE] = { "N/A", "" },
    [RESULT_WAIVED] = { "WAIVED", "" },
};

static_assert(sizeof looks / sizeof looks[0] == RESULT_COUNT, "each result has a look");

/* ---- where they are ----

     FAIL     123456789012  eu-central-1, eu-west-1
     FAIL     210987654321  all 17 regions

   A line an account. One or two accounts have their regions listed, on as many lines as
   that takes; of more, each has one line: as many regions as fit. A finding of a
   resource, or of a source that tells no account or region, has a line of its own. */

/* Findings that stand on one line. */
struct cell_line {
    const struct finding *const *findings;
    size_t count;
};

static bool stands_alone(const struct finding *finding)
{
    return finding->source != NULL || finding->resource.text != NULL ||
           finding->account.text == NULL || finding->region.text == NULL;
}

static bool continues(const struct cell_line *run, const struct finding *finding)
{
    const struct finding *first = run->findings[0];

    return !stands_alone(first) && !stands_alone(finding) &&
           str_equal(first->account, finding->account);
}

static size_t runs_find(struct arena *arena, const struct group *group,
                        struct cell_line **runs)
{
    struct cell_line *items = arena_array(arena, group->count, struct cell_line);
    size_t count = 0;

    for (size_t i = 0; i < group->count; i++) {
        if (count == 0 || !continues(&items[count - 1], group->findings[i]))
            items[count++] = (struct cell_line){ .findings = &group->findings[i] };
        items[count - 1].count++;
    }
    *runs = items;
    return count;
}

/* The first regions of a run, and how many more. */
static struct str regions_text(struct arena *arena, const struct cell_line *run,
                               size_t shown)
{
    struct buf text = BUF_EMPTY(arena);

    for (size_t i = 0; i < shown; i++)
        buf_printf(&text, "%s%.*s", i > 0 ? ", " : "",
                   STR_ARG(run->findings[i]->region));
    if (shown < run->count)
        buf_printf(&text, " and %zu more", run->count - shown);
    return buf_str(&text);
}

static struct str regions_that_fit(struct arena *arena, const struct cell_line *run,
                                   size_t width, bool are_all)
{
    struct str text = regions_text(arena, run, run->count);

    if (character_count(text) <= width)
        return text;
    if (are_all)
        return str_from(arena_printf(arena, "all %zu regions", run->count));
    for (size_t shown = run->count - 1; shown > 1; shown--) {
        text = regions_text(arena, run, shown);
        if (character_count(text) <= width)
            return text;
    }
    return regions_text(arena, run, 1);
}

static void write_alone(struct writer *writer, const struct finding *finding)
{
    struct page *page = &writer->page;

    page_solid(page, or_dash(finding->region));
    page->indent = BODY_COLUMN;
    if (finding->resource.text != NULL) {
        page_words(page, STR("  "));
        page_solid(page, finding->resource);
    }
    if (finding->source != NULL) {
        bool is_input = str_equal(str_from(finding->source), STR("-"));

        page_words(page, STR("  "));
        page_solid(page, is_input ? STR("from standard input")
                                  : str_from(arena_printf(writer->arena, "in %s",
                                                          finding->source)));
    }
}

static void write_regions(struct writer *writer, const struct cell_line *run,
                          bool is_wrapped, const struct table *totals)
{
    struct page *page = &writer->page;
    const size_t *total = table_find(totals, run->findings[0]->account);
    size_t width = page->width > REGION_COLUMN ? page->width - REGION_COLUMN : 0;
    bool are_all = total != NULL && *total == run->count;

    page->indent = REGION_COLUMN;
    if (is_wrapped)
        page_words(page, regions_text(writer->arena, run, run->count));
    else
        page_words(page, regions_that_fit(writer->arena, run, width, are_all));
}

static void write_word(struct writer *writer, enum result result)
{
    write_coloured(writer, looks[result].word, looks[result].colour);
    page_tab(&writer->page, BODY_COLUMN);
}

static void write_run(struct writer *writer, const struct cell_line *run)
{
    struct page *page = &writer->page;

    page->indent = 0;
    write_word(writer, run->findings[0]->result);
    page_solid(page, or_dash(run->findings[0]->account));
    page_tab(page, REGION_COLUMN);
}

/* `totals`: how many findings of the rule each account has. */
static void write_places(struct writer *writer, const struct group *group,
                         const struct table *totals)
{
    struct page *page = &writer->page;
    struct cell_line *runs;
    size_t count = runs_find(writer->arena, group, &runs), left = 0;

    for (size_t i = 0; i < count; i++) {
        if (i >= LINES_SHOWN) {
            left += runs[i].count;
            continue;
        }
        write_run(writer, &runs[i]);
        if (stands_alone(runs[i].findings[0]))
            write_alone(writer, runs[i].findings[0]);
        else
            write_regions(writer, &runs[i], count <= WRAPPED_SHOWN, totals);
        page_line(page);
    }
    page->indent = BODY_COLUMN;
    if (left > 0) {
        page_printf(page, "and %zu more finding%s, in the json report", left,
                    plural(left));
        page_line(page);
    }
    page->indent = 0;
}

/* ---- findings ---- */

static struct str citation_line(struct arena *arena, const struct citation *citation)
{
    struct buf line = BUF_EMPTY(arena);

    buf_printf(&line, "see %s", citation->path);
    if (citation->line > 0)
        buf_printf(&line, ":%" PRIu64, citation->line);
    if (citation->id.text != NULL) {
        buf_add(&line, STR("  "));
        buf_add(&line, citation->id);
    }
    return buf_str(&line);
}

/* Facts that rest on the same record cite it each; to a reader it is one. Facts that no
 * `when` reads did not decide anything. */
static void write_citations(struct writer *writer, const struct group *group)
{
    struct table written = TABLE_EMPTY(writer->arena);
    size_t of_each = group->count > 1 ? 1 : CITATIONS_SHOWN;
    size_t shown = 0, left = 0;

    for (size_t i = 0; i < group->count; i++) {
        const struct finding *finding = group->findings[i];
        size_t of_this = 0;

        for (size_t c = 0; c < finding->citation_count; c++) {
            struct str line = citation_line(writer->arena, &finding->citations[c]);
            void **slot = table_slot(&written, line);

            if (*slot != NULL || !finding->citations[c].decisive)
                continue;
            *slot = writer;
            if (shown < CITATIONS_SHOWN && of_this++ < of_each) {
                page_solid(&writer->page, line);
                page_line(&writer->page);
                shown++;
            } else {
                left++;
            }
        }
    }
    if (left > 0) {
        page_printf(&writer->page, "and %zu more citation%s, in the json report", left,
                    plural(left));
        page_line(&writer->page);
    }
}

/* What a rule says beside verdicts, each text once. */
struct remark_line {
    const char *label, *text;
    const struct finding *first;
    size_t count; /* findings that have it */
};

struct remark_lines {
    struct table by_text;
    struct remark_line **items;
    size_t count, capacity;
};

static void remark_add(struct remark_lines *lines, const char *label,
                       const struct remark *remark, const struct finding *finding)
{
    struct arena *arena = lines->by_text.arena;
    void **slot = table_slot(&lines->by_text, str_from(remark->text));
    struct remark_line *line = *slot;

    if (line == NULL) {
        line = *slot = arena_new(arena, struct remark_line);
        *line = (struct remark_line){ label, remark->text, finding, 0 };
        lines->items = arena_grow(arena, (void *)lines->items, lines->count,
                                  &lines->capacity, sizeof(struct remark_line *));
        lines->items[lines->count++] = line;
    }
    line->count++;
}

static void remarks_add(struct remark_lines *lines, const struct finding *finding)
{
    if (finding->diagnosis != NULL)
        remark_add(lines, "looks like: ", finding->diagnosis, finding);
    for (size_t i = 0; i < finding->caution_count; i++)
        remark_add(lines, "caution: ", &finding->cautions[i], finding);
}

/* `of`: so many findings are meant; the places are told, where there are several. */
static void write_remarks(struct writer *writer, const struct remark_lines *lines,
                          size_t of)
{
    for (size_t i = 0; i < lines->count && i < REMARKS_SHOWN; i++) {
        const struct remark_line *line = lines->items[i];
        struct buf text = BUF_EMPTY(writer->arena);

        buf_add(&text, str_from(line->text));
        if (of > 1)
            buf_printf(&text, " (%.*s %.*s", STR_ARG(or_dash(line->first->account)),
                       STR_ARG(or_dash(line->first->region)));
        if (of > 1 && line->count > 1)
            buf_printf(&text, " and %zu more", line->count - 1);
        if (of > 1)
            buf_add_byte(&text, ')');
        write_labelled(writer, line->label, buf_str(&text).text);
    }
    if (lines->count > REMARKS_SHOWN) {
        page_printf(&writer->page, "and %zu more of these, in the json report",
                    lines->count - REMARKS_SHOWN);
        page_line(&writer->page);
    }
}

static void write_remarks_of_group(struct writer *writer, const struct group *group)
{
    struct remark_lines lines = { .by_text = TABLE_EMPTY(writer->arena) };

    for (size_t i = 0; i < group->count; i++)
        remarks_add(&lines, group->findings[i]);
    write_remarks(writer, &lines, group->count);
}

/* In what those mislead that are not listed. */
static void write_remarks_of_result(struct writer *writer,
                                    const struct finding *findings, size_t count,
                                    enum result result)
{
    struct remark_lines lines = { .by_text = TABLE_EMPTY(writer->arena) };

    for (size_t i = 0; i < count; i++)
        if (findings[i].result == result)
            remarks_add(&lines, &findings[i]);
    writer->page.indent = BODY_COLUMN;
    write_remarks(writer, &lines, count);
    writer->page.indent = 0;
}

static void write_group(struct writer *writer, const struct group *group,
                        const struct table *totals)
{
    const struct finding *first = group->findings[0];
    struct page *page = &writer->page;

    page_blank(page);
    write_places(writer, group, totals);
    page->indent = BODY_COLUMN;
    write_labelled(writer, "", group_message(writer->arena, group));
    write_remarks_of_group(writer, group);
    write_reasons(writer, group);
    for (size_t i = 0; i < group->count && i < HINTS_SHOWN; i++) {
        if (group->findings[i]->source != NULL)
            write_hints(writer, group->findings[i]->source,
                        group->findings[i]->account.text == NULL,
                        group->findings[i]->region.text == NULL);
    }
    write_settles(writer, group, "to settle", SETTLES_SHOWN);
    if (first->result != RESULT_NOT_APPLICABLE)
        write_citations(writer, group);
    page->indent = 0;
}

static void write_groups(struct writer *writer, const struct group_list *groups,
                         const struct table *totals)
{
    struct page *page = &writer->page;
    size_t left = 0;

    for (size_t i = 0; i < groups->count; i++) {
        if (i < GROUPS_SHOWN)
            write_group(writer, groups->items[i], totals);
        else
            left += groups->items[i]->count;
    }
    if (left == 0)
        return;
    page_blank(page);
    page_printf(page, "%s: %zu more finding%s of %zu other kinds, in the json report",
                looks[groups->items[0]->findings[0]->result].word, left, plural(left),
                groups->count - GROUPS_SHOWN);
    page_line(page);
}

/* Findings of results that were not asked for. */
static void write_counted(struct writer *writer, const struct finding *findings,
                          size_t count, const size_t counts[RESULT_COUNT])
{
    struct page *page = &writer->page;
    bool any = false;

    for (size_t i = 0; i < RESULT_COUNT; i++) {
        enum result result = summary_order[i];

        if (!writer->counted[result] || counts[result] == 0)
            continue;
        if (!any)
            page_blank(page);
        any = true;
        write_word(writer, result);
        page_printf(page, "%zu finding%s, not listed (--show=%s)", counts[result],
                    plural(counts[result]), result_name(result));
        page_line(page);
        write_remarks_of_result(writer, findings, count, result);
    }
}

static void count_of_account(struct table *totals, const struct finding *finding)
{
    void **slot;

    if (finding->account.text == NULL)
        return;
    slot = table_slot(totals, finding->account);
    if (*slot == NULL)
        *slot = arena_new(totals->arena, size_t);
    ++*(size_t *)*slot;
}

static void write_rule(struct writer *writer, const struct rule *rule,
                       const struct finding *findings, size_t count)
{
    struct page *page = &writer->page;
    struct table totals = TABLE_EMPTY(writer->arena);
    size_t counts[RESULT_COUNT] = { 0 };

    for (size_t i = 0; i < count; i++) {
        counts[findings[i].result]++;
        count_of_account(&totals, &findings[i]);
    }
    page_words(page, rule->id);
    page_words(page, STR(": "));
    page_words(page, rule->title);
    if (rule->severity != SEVERITY_NONE)
        page_printf(page, " (%s)", severity_name(rule->severity));
    page_line(page);
    if (!summary_counts(page, counts))
        page_words(page, STR("no account and region to judge"));
    page_line(page);
    for (size_t i = 0; i < RESULT_COUNT; i++) {
        struct group_list groups;

        if (writer->counted[summary_order[i]])
            continue;
        groups_find(writer->arena, findings, count, summary_order[i], &groups);
        write_groups(writer, &groups, &totals);
    }
    write_counted(writer, findings, count, counts);
    page_blank(page);
}

/* Both are ordered by rule. */
static void write_rules(struct writer *writer)
{
    const struct assessment *assessment = writer->assessment;
    const struct rulebook *book = assessment->book;
    size_t from = 0;

    for (size_t i = 0; i < book->count; i++) {
        size_t to = from;

        while (to < assessment->finding_count &&
               assessment->findings[to].rule == book->rules[i])
            to++;
        write_rule(writer, book->rules[i], assessment->findings + from, to - from);
        from = to;
    }
    assert(from == assessment->finding_count);
}

/* ---- what they rest on ---- */

static void write_more(struct page *page, size_t count)
{
    if (count <= IGNORED_SHOWN)
        return;
    page->indent = HANGING_INDENT;
    page_printf(page, "and %zu more, in the json report", count - IGNORED_SHOWN);
    page_line(page);
    page->indent = 0;
}

static void write_ignored_source(struct page *page, const struct source_summary *source)
{
    page->indent = HANGING_INDENT;
    page_words(page, STR("ignored "));
    page_solid(page, str_from(source->source->path));
    if (source->why != NULL) {
        page->indent += SETTLE_INDENT;
        page_printf(page, ": %s", source->why);
    }
    page_line(page);
    page->indent = 0;
}

/* First what may hold what counts. */
enum ignored { UNKNOWN_JSON, KNOWN_JSON, OTHER_FILE, NOT_IGNORED };

static enum ignored ignored_as(const struct source_summary *source)
{
    if (source->is_unknown)
        return UNKNOWN_JSON;
    if (source->was_read && source->why != NULL)
        return KNOWN_JSON;
    return source->source->use == SOURCE_IGNORED ? OTHER_FILE : NOT_IGNORED;
}

static void write_ignored(struct writer *writer)
{
    const struct assessment *assessment = writer->assessment;
    size_t count = 0;

    for (enum ignored as = UNKNOWN_JSON; as < NOT_IGNORED; as++)
        for (size_t i = 0; i < assessment->source_count; i++)
            if (ignored_as(&assessment->sources[i]) == as && ++count <= IGNORED_SHOWN)
                write_ignored_source(&writer->page, &assessment->sources[i]);
    write_more(&writer->page, count);
}

/* NULL: it is no such document. */
static const struct reason *
why_it_proves_nothing(const struct document_summary *document)
{
    for (size_t i = 0; i < document->reason_count; i++)
        if (reason_code(&document->reasons[i]) == CODE_PROVES_NOTHING)
            return &document->reasons[i];
    return NULL;
}

/* What was recognised and proves nothing by itself. */
static void write_context(struct writer *writer)
{
    const struct assessment *assessment = writer->assessment;
    struct page *page = &writer->page;
    size_t count = 0;

    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        for (size_t j = 0; j < source->document_count; j++) {
            const struct reason *why = why_it_proves_nothing(source->documents[j]);

            if (why == NULL || ++count > IGNORED_SHOWN)
                continue;
            page->indent = HANGING_INDENT;
            page_words(page, STR("context "));
            page_solid(page, str_from(source->source->path));
            page->indent += SETTLE_INDENT;
            page_printf(page, ": %s", reason_text(writer->arena, why));
            page_line(page);
            page->indent = 0;
        }
    }
    write_more(page, count);
}

static void write_evidence(struct writer *writer)
{
    write_counts_read(writer);
    write_context(writer);
    write_ignored(writer);
    write_settings(writer);
    page_blank(&writer->page);
}

void report_text(const struct assessment *assessment, const struct report_style *style,
                 struct buf *out)
{
    struct writer writer = {
        .assessment = assessment,
        .arena = out->arena,
        .colour = style->colour,
        .counted = style->counted,
        .page = PAGE_NEW(out, style->width),
    };

    write_rules(&writer);
    databases_write(&writer.page, assessment);
    write_problems(&writer);
    if (assessment->finding_count > 0)
        coverage_write(&writer.page, assessment);
    write_evidence(&writer);
    summary_write(&writer.page, assessment);
}
