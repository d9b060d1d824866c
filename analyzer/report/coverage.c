#include "report/coverage.h"

#include "gather/recognise.h"

void coverage_missing(struct arena *arena, const struct coverage *coverage,
                      struct str_list *missing)
{
    size_t next = 0;

    *missing = (struct str_list){
        .items = arena_array(arena, coverage->expected.count, struct str),
    };
    for (size_t i = 0; i < coverage->expected.count; i++) {
        struct str region = coverage->expected.items[i];

        while (next < coverage->delivered.count &&
               str_compare(coverage->delivered.items[next], region) < 0)
            next++;
        if (next == coverage->delivered.count ||
            !str_equal(coverage->delivered.items[next], region))
            missing->items[missing->count++] = region;
    }
}

static void write_account(struct page *page, const struct coverage *coverage)
{
    struct str_list missing;

    coverage_missing(page->out->arena, coverage, &missing);
    page->indent = 4;
    page_printf(page, "%.*s: ", STR_ARG(coverage->account));
    if (!coverage->is_closed && coverage->expected.count == 0)
        page_printf(page, "%zu delivered; nothing tells which to expect",
                    coverage->delivered.count);
    else
        page_printf(page, "%zu expected%s, %zu delivered", coverage->expected.count,
                    coverage->is_closed ? "" : " at least", coverage->delivered.count);
    for (size_t i = 0; i < missing.count; i++) {
        page_words(page, i == 0 ? STR("; missing: ") : STR(", "));
        page_words(page, missing.items[i]);
    }
    if (coverage->told_by != NULL)
        page_printf(page, " (told by %s)", coverage->told_by);
    page_line(page);
    page->indent = 0;
}

static bool is_short(struct arena *arena, const struct coverage *coverage)
{
    struct str_list missing;

    coverage_missing(arena, coverage, &missing);
    return missing.count > 0;
}

/* The path of an answer that lists the regions of an account that nothing tells, or
 * NULL. */
static const char *untold_regions(const struct assessment *assessment)
{
    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        for (size_t j = 0; j < source->document_count; j++) {
            const struct document_summary *document = source->documents[j];

            if (document->type != NULL && document->account.text == NULL &&
                document->state != STATE_NOTHING && is_region_list(document->type))
                return source->source->path;
        }
    }
    return NULL;
}

void coverage_write(struct page *page, const struct assessment *assessment)
{
    size_t shown = 0, told = 0;

    if (assessment->coverage_count == 0)
        return;
    for (size_t i = 0; i < assessment->coverage_count; i++)
        told += assessment->coverage[i].is_closed ||
                assessment->coverage[i].expected.count > 0;
    if (told == 0 && untold_regions(assessment) != NULL) {
        page_printf(
            page,
            "Coverage could not be checked: %s tells regions, but nothing tells "
            "whose (give --assume-account, or save the answer of 'aws sts "
            "get-caller-identity' beside it)",
            untold_regions(assessment));
        page_blank(page);
        return;
    }
    if (told == 0) {
        page_words(page, STR("Coverage could not be checked: nothing tells which "
                             "regions to expect (collect 'aws ec2 describe-regions "
                             "--all-regions', or give --expect-regions)"));
        page_blank(page);
        return;
    }
    page_words(page, STR("Coverage: regions by account"));
    page_line(page);
    for (int turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < assessment->coverage_count; i++) {
            const struct coverage *coverage = &assessment->coverage[i];

            if (is_short(page->out->arena, coverage) != (turn == 0) ||
                shown++ >= COVERAGE_LINES_MAX)
                continue;
            write_account(page, coverage);
        }
    }
    if (shown > COVERAGE_LINES_MAX) {
        page_printf(page, "and %zu more accounts, in the json report",
                    shown - COVERAGE_LINES_MAX);
        page_line(page);
    }
    page_blank(page);
}
