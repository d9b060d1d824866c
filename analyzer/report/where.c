#include "report/where.h"

#include "report/escape.h"

/* Findings that stand on one line. */
struct run {
    const struct finding *const *findings;
    size_t count;
};

static bool stands_alone(const struct finding *finding)
{
    return finding->source != NULL || finding->resource.text != NULL ||
           finding->account.text == NULL || finding->region.text == NULL;
}

static bool continues(const struct run *run, const struct finding *finding)
{
    const struct finding *first = run->findings[0];

    return !stands_alone(first) && !stands_alone(finding) &&
           str_equal(first->account, finding->account);
}

static size_t runs_find(struct arena *arena, const struct group *group,
                        struct run **runs)
{
    struct run *items = arena_array(arena, group->count, struct run);
    size_t count = 0;

    for (size_t i = 0; i < group->count; i++) {
        if (count == 0 || !continues(&items[count - 1], group->findings[i]))
            items[count++] = (struct run){ .findings = &group->findings[i] };
        items[count - 1].count++;
    }
    *runs = items;
    return count;
}

/* The first regions of a run, and how many more. */
static struct str regions_text(struct arena *arena, const struct run *run, size_t shown)
{
    struct buf text = BUF_EMPTY(arena);

    for (size_t i = 0; i < shown; i++)
        buf_printf(&text, "%s%.*s", i > 0 ? ", " : "",
                   STR_ARG(run->findings[i]->region));
    if (shown < run->count)
        buf_printf(&text, " and %zu more", run->count - shown);
    return buf_str(&text);
}

static struct str regions_that_fit(struct arena *arena, const struct run *run,
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

static void write_regions(struct writer *writer, const struct run *run, bool is_wrapped,
                          const struct table *totals)
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

static void write_run(struct writer *writer, const struct run *run,
                      const struct word *word)
{
    struct page *page = &writer->page;
    bool coloured = writer->colour && word->colour[0] != '\0';

    page->indent = 0;
    page_coloured(page, str_from(word->text), coloured ? word->colour : "",
                  coloured ? "\033[0m" : "");
    page_tab(page, BODY_COLUMN);
    page_solid(page, or_dash(run->findings[0]->account));
    page_tab(page, REGION_COLUMN);
}

void where_write(struct writer *writer, const struct group *group,
                 const struct word *word, const struct table *totals)
{
    struct page *page = &writer->page;
    struct run *runs;
    size_t count = runs_find(writer->arena, group, &runs), left = 0;

    for (size_t i = 0; i < count; i++) {
        if (i >= WHERE_LINES_MAX) {
            left += runs[i].count;
            continue;
        }
        write_run(writer, &runs[i], word);
        if (stands_alone(runs[i].findings[0]))
            write_alone(writer, runs[i].findings[0]);
        else
            write_regions(writer, &runs[i], count <= WHERE_WRAPPED_MAX, totals);
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
