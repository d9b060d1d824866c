#include "report/text.h"

#include "report/escape.h"

#include <stdlib.h>

/* A line an account, or a region where that takes fewer; for records an account and
 * region:
 *
 *     FAIL     123456789012  eu-central-1 eu-west-1
 *              210987654321  all 17 regions
 *
 *     FAIL     us-east-1     123456789012 210987654321 345678901234
 *
 *     FAIL     123456789012  us-east-1  billing, orders
 *
 * A finding of a source that tells no account or region has a line of its own. */

enum {
    REGIONS_NAMED = 4,    /* of all regions of an account, where totals are known */
    ACCOUNTS_COLUMN = 25, /* behind "ap-northeast-1" */
};

/* Findings that stand on one line. */
struct place_line {
    const struct finding *const *findings;
    size_t count;
    bool of_region; /* the accounts of a region, not the regions of an account */
};

static bool is_of_source(const struct finding *finding)
{
    return finding->source != NULL || finding->account.text == NULL;
}

static bool continues(const struct place_line *run, const struct finding *finding)
{
    const struct finding *first = run->findings[0];
    bool of_records = first->resource.text != NULL;

    return !is_of_source(first) && !is_of_source(finding) &&
           str_equal(first->account, finding->account) &&
           of_records == (finding->resource.text != NULL) &&
           (!of_records || str_same(first->region, finding->region) ||
            (first->region.text == NULL && finding->region.text == NULL));
}

static size_t runs_find(struct arena *arena, const struct group *group,
                        struct place_line **runs)
{
    struct place_line *items = arena_array(arena, group->count, struct place_line);
    size_t count = 0;

    for (size_t i = 0; i < group->count; i++) {
        if (count == 0 || !continues(&items[count - 1], group->findings[i]))
            items[count++] = (struct place_line){ .findings = &group->findings[i] };
        items[count - 1].count++;
    }
    *runs = items;
    return count;
}

static int compare_regions(const void *left, const void *right)
{
    const struct finding *const *a = left, *const *b = right;
    int order = str_compare((*a)->region, (*b)->region);

    return order != 0 ? order : str_compare((*a)->account, (*b)->account);
}

bool text_places_are_regions(const struct group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct finding *finding = group->findings[i];

        if (is_of_source(finding) || finding->region.text == NULL ||
            finding->resource.text != NULL)
            return false;
    }
    return true;
}

/* A run a region, if these are fewer than the accounts. */
static size_t turn_runs(struct arena *arena, const struct group *group, size_t accounts,
                        struct place_line **runs)
{
    const struct finding **findings;
    struct place_line *items;
    size_t count = 0;

    if (accounts < 3 || !text_places_are_regions(group))
        return accounts;
    findings = arena_array(arena, group->count, const struct finding *);
    items = arena_array(arena, group->count, struct place_line);
    for (size_t i = 0; i < group->count; i++)
        findings[i] = group->findings[i];
    qsort((void *)findings, group->count, sizeof *findings, compare_regions);
    for (size_t i = 0; i < group->count; i++) {
        if (count == 0 ||
            !str_equal(items[count - 1].findings[0]->region, findings[i]->region))
            items[count++] =
                (struct place_line){ .findings = &findings[i], .of_region = true };
        items[count - 1].count++;
    }
    if (count >= accounts)
        return accounts;
    *runs = items;
    return count;
}

bool text_places_are_one(const struct group *group)
{
    const struct place_line run = { .findings = group->findings,
                                    .count = group->count };

    for (size_t i = 1; i < group->count; i++)
        if (!continues(&run, group->findings[i]))
            return false;
    return true;
}

static void write_source(struct text *text, const struct finding *finding)
{
    struct page *page = &text->writer.page;
    bool is_input;

    if (finding->source == NULL)
        return;
    is_input = str_equal(str_from(finding->source), STR("-"));
    page_words(page, STR("  "));
    page_solid(page, is_input ? STR("from standard input")
                              : str_from(arena_printf(text->writer.arena, "in %s",
                                                      finding->source)));
}

static void write_resources(struct text *text, const struct place_line *run)
{
    struct page *page = &text->writer.page;
    size_t shown = text_shown(text, run->count, RESOURCES_SHOWN);

    page->indent = REGION_COLUMN;
    for (size_t i = 0; i < shown; i++) {
        struct buf name = BUF_EMPTY(text->writer.arena);

        buf_add(&name, run->findings[i]->resource);
        text->words.others =
            text->words.others || str_equal(run->findings[i]->resource, STR("*"));
        if (i + 1 < run->count)
            buf_add_byte(&name, ',');
        page_words(page, i == 0 ? STR("  ") : STR(" "));
        page_solid(page, buf_str(&name));
    }
    if (shown < run->count) {
        page_printf(page, " and %zu more", run->count - shown);
        text->was_cut = true;
    }
}

static bool is_whole_account(const struct place_line *run, const struct table *totals)
{
    const size_t *total =
        totals != NULL ? table_find(totals, run->findings[0]->account) : NULL;

    return total != NULL && *total == run->count && run->count > REGIONS_NAMED;
}

static void write_regions(struct text *text, const struct place_line *run,
                          const struct table *totals)
{
    struct page *page = &text->writer.page;

    page->indent = REGION_COLUMN;
    if (is_whole_account(run, totals)) {
        page_printf(page, "all %zu regions", run->count);
        return;
    }
    for (size_t i = 0; i < run->count; i++) {
        page_words(page, i > 0 ? STR(" ") : STR(""));
        page_solid(page, or_dash(run->findings[i]->region));
    }
}

static void write_accounts(struct text *text, const struct place_line *run)
{
    struct page *page = &text->writer.page;
    size_t shown = text_shown(text, run->count, LINES_SHOWN);

    page_solid(page, run->findings[0]->region);
    page_tab(page, ACCOUNTS_COLUMN);
    page->indent = ACCOUNTS_COLUMN;
    for (size_t i = 0; i < shown; i++) {
        page_words(page, i > 0 ? STR(" ") : STR(""));
        page_solid(page, run->findings[i]->account);
    }
    if (shown < run->count) {
        page_printf(page, " and %zu more", run->count - shown);
        text->was_cut = true;
    }
}

static void write_run(struct text *text, const struct place_line *run,
                      const struct table *totals)
{
    const struct finding *first = run->findings[0];
    struct page *page = &text->writer.page;

    if (run->of_region) {
        write_accounts(text, run);
        return;
    }
    page_solid(page, or_dash(first->account));
    page_tab(page, REGION_COLUMN);
    if (!is_of_source(first) && first->resource.text == NULL) {
        write_regions(text, run, totals);
        return;
    }
    page_solid(page, or_dash(first->region));
    page->indent = BODY_COLUMN;
    if (first->resource.text != NULL)
        write_resources(text, run);
    write_source(text, first);
}

static struct str run_text(struct arena *arena, const struct place_line *run,
                           const struct table *totals, bool is_last)
{
    struct buf text = BUF_EMPTY(arena);

    buf_add(&text, run->findings[0]->account);
    if (is_whole_account(run, totals))
        buf_printf(&text, " all %zu regions", run->count);
    else
        for (size_t i = 0; i < run->count; i++)
            buf_printf(&text, " %.*s", STR_ARG(run->findings[i]->region));
    buf_add(&text, is_last ? STR("") : STR(";"));
    return buf_str(&text);
}

/* "100000000001 eu-west-1 us-east-1; 100000007919 us-east-1": as many on a line as fit,
 * since the matrix shows them, too. */
static void write_flow(struct text *text, const struct place_line *runs, size_t count,
                       const struct table *totals)
{
    struct page *page = &text->writer.page;

    page->indent = BODY_COLUMN;
    for (size_t i = 0; i < count; i++) {
        struct str run = run_text(text->writer.arena, &runs[i], totals, i + 1 == count);

        page_words(page, i > 0 ? STR(" ") : STR(""));
        if (BODY_COLUMN + character_count(run) <= page->width)
            page_solid(page, run);
        else
            page_words(page, run);
    }
    page_line(page);
}

static void write_lines(struct text *text, const struct place_line *runs, size_t count,
                        const struct table *totals)
{
    for (size_t i = 0; i < count; i++) {
        text->writer.page.indent = BODY_COLUMN;
        write_run(text, &runs[i], totals);
        page_line(&text->writer.page);
    }
}

static void write_pointed(struct text *text, const struct group *group)
{
    struct page *page = &text->writer.page;
    enum grid_mark mark = grid_mark(group->findings[0]);

    page->indent = BODY_COLUMN;
    page_printf(page, "%s%zu place%s with '%c' above",
                text->is_pointed_all[mark] ? "" : "the other ", group->count,
                plural(group->count), grid_mark_letter(mark));
    page_line(page);
}

void text_places(struct text *text, const struct group *group,
                 const struct table *totals)
{
    struct place_line *runs;
    size_t count = turn_runs(text->writer.arena, group,
                             runs_find(text->writer.arena, group, &runs), &runs);
    size_t shown = text_shown(text, count, LINES_SHOWN), left = 0;

    if (text->pointed[grid_mark(group->findings[0])] == group) {
        write_pointed(text, group);
        return;
    }
    if (totals != NULL && count > 2 && !runs[0].of_region &&
        text_places_are_regions(group))
        write_flow(text, runs, shown, totals);
    else
        write_lines(text, runs, shown, totals);
    for (size_t i = shown; i < count; i++)
        left += runs[i].count;
    text->writer.page.indent = BODY_COLUMN;
    text_cut(text, left, "finding");
}
