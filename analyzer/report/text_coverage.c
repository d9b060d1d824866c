#include "report/coverage.h"
#include "report/text.h"

#include "gather/recognise.h"

/* Accounts that lack the same are one line; of those that lack nothing there is one. */
struct account_set {
    const struct coverage *first;
    struct str_list missing;
    size_t *accounts; /* their numbers */
    size_t count, capacity;
};

struct account_sets {
    struct arena *arena;
    struct table known;
    struct account_set **items;
    size_t count, capacity;
};

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

static bool is_told(const struct coverage *coverage)
{
    return coverage->is_closed || coverage->expected.count > 0;
}

static void write_untold(struct text *text)
{
    const char *path = untold_regions(text->writer.assessment);
    struct page *page = &text->writer.page;

    page->indent = HANGING_INDENT;
    if (path != NULL) {
        page_printf(page,
                    "could not be checked: %s tells regions, but nothing tells whose "
                    "(give --assume-account, or save the answer of 'aws sts "
                    "get-caller-identity' beside it)",
                    path);
    } else {
        page_words(page,
                   STR("could not be checked: nothing tells which regions to "
                       "expect (collect 'aws ec2 describe-regions --all-regions', "
                       "or give --expect-regions)"));
    }
}

/* What tells the regions, where that is alike for all accounts. */
static struct str told_by(struct arena *arena, const struct coverage *coverage)
{
    const struct finding of = { .account = coverage->account };

    return coverage->told_by == NULL
               ? STR("")
               : group_pattern(arena, str_from(coverage->told_by), &of);
}

static void add_account(struct account_sets *list, const struct coverage *coverage,
                        size_t number)
{
    struct buf key = BUF_EMPTY(list->arena);
    struct str_list missing;
    struct account_set *alike;
    void **slot;

    coverage_missing(list->arena, coverage, &missing);
    buf_printf(&key, "%d %d %zu %zu %.*s", is_told(coverage), coverage->is_closed,
               coverage->expected.count, coverage->delivered.count,
               STR_ARG(told_by(list->arena, coverage)));
    for (size_t i = 0; i < missing.count; i++)
        buf_printf(&key, " %.*s", STR_ARG(missing.items[i]));
    slot = table_slot(&list->known, buf_str(&key));
    alike = *slot;
    if (alike == NULL) {
        alike = *slot = arena_new(list->arena, struct account_set);
        *alike = (struct account_set){ .first = coverage, .missing = missing };
        list->items = arena_grow(list->arena, (void *)list->items, list->count,
                                 &list->capacity, sizeof(struct account_set *));
        list->items[list->count++] = alike;
    }
    alike->accounts = arena_grow(list->arena, alike->accounts, alike->count,
                                 &alike->capacity, sizeof(size_t));
    alike->accounts[alike->count++] = number;
}

/* "all 17 expected regions of each of 5 accounts are there (told by PATH)" */
static const char *whole_text(struct arena *arena, const struct coverage *first,
                              const char *of)
{
    size_t expected = first->expected.count;

    if (!is_told(first))
        return arena_printf(
            arena, "nothing tells which regions to expect of %s (%zu delivered)", of,
            first->delivered.count);
    if (expected == 0)
        return arena_printf(arena, "no region is expected of %s", of);
    if (expected == 1)
        return arena_printf(arena, "the only expected region of %s is there", of);
    return arena_printf(arena, "all %zu expected regions of %s are there", expected,
                        of);
}

static void write_whole(struct text *text, const struct account_set *alike)
{
    struct arena *arena = text->writer.arena;
    const struct coverage *first = alike->first;
    const char *of = alike->count == 1
                         ? arena_printf(arena, "%.*s", STR_ARG(first->account))
                         : arena_printf(arena, "each of %zu accounts", alike->count);

    text->writer.page.indent = HANGING_INDENT;
    page_words(&text->writer.page, str_from(whole_text(arena, first, of)));
    if (is_told(first) && !first->is_closed)
        page_words(&text->writer.page, STR("; there may be more"));
}

static void write_lacking(struct text *text, const struct account_set *alike)
{
    struct page *page = &text->writer.page;
    const struct coverage *first = alike->first;

    page->indent = HANGING_INDENT;
    page_printf(page, "%zu of %s%zu expected region%s missing: ", alike->missing.count,
                first->is_closed ? "" : "at least ", first->expected.count,
                plural(first->expected.count));
    page->indent += HANGING_INDENT;
    for (size_t i = 0; i < alike->missing.count; i++)
        page_printf(page, "%s%.*s", i > 0 ? ", " : "",
                    STR_ARG(alike->missing.items[i]));
}

static void write_accounts(struct text *text, const struct account_set *alike)
{
    const struct assessment *assessment = text->writer.assessment;
    struct page *page = &text->writer.page;
    size_t shown = text_shown(text, alike->count, LINES_SHOWN);

    page_words(page, STR(" in"));
    for (size_t i = 0; i < shown; i++)
        page_printf(page, "%s %.*s", i > 0 ? "," : "",
                    STR_ARG(assessment->coverage[alike->accounts[i]].account));
    if (shown < alike->count) {
        page_printf(page, " and %zu more", alike->count - shown);
        text->was_cut = true;
    }
}

static void write_told_by(struct text *text, const struct account_set *alike)
{
    struct page *page = &text->writer.page;
    struct str by = told_by(text->writer.arena, alike->first);

    if (by.len == 0)
        return;
    page_words(page, STR(" (told by "));
    if (alike->count == 1)
        by = str_from(alike->first->told_by);
    else
        text->words.patterns =
            text->words.patterns || !str_equal(by, str_from(alike->first->told_by));
    page_words(page, by);
    page_words(page, STR(")"));
}

static void write_alike(struct text *text, const struct account_set *alike)
{
    if (alike->missing.count > 0) {
        write_lacking(text, alike);
        write_accounts(text, alike);
    } else {
        write_whole(text, alike);
    }
    write_told_by(text, alike);
    page_line(&text->writer.page);
}

/* Those that lack regions come first. */
void text_coverage(struct text *text)
{
    const struct assessment *assessment = text->writer.assessment;
    struct arena *arena = text->writer.arena;
    struct account_sets list = { .arena = arena, .known = TABLE_EMPTY(arena) };
    struct page *page = &text->writer.page;
    size_t told = 0;

    if (assessment->coverage_count == 0)
        return;
    for (size_t i = 0; i < assessment->coverage_count; i++) {
        told += is_told(&assessment->coverage[i]);
        add_account(&list, &assessment->coverage[i], i);
    }
    text_begin_rest(text);
    page_words(page, STR("Coverage: "));
    if (told == 0) {
        write_untold(text);
        page_line(page);
    }
    for (int turn = 0; turn < 2 && told > 0; turn++)
        for (size_t i = 0; i < list.count; i++)
            if ((list.items[i]->missing.count == 0) == (turn == 1))
                write_alike(text, list.items[i]);
    page->indent = 0;
}
