#include "report/evidence_others.h"

#include "base/order.h"

#include <string.h>

enum {
    KIND_INDENT = 2,
    FILE_INDENT = 8,
};

/* ---- what is no evidence --------------------------------------------------------- */

/* A file that is none, and what it is instead. */
struct other {
    const char *why;
    const char *path;
    bool may_count; /* it is JSON, which is not understood */
    size_t group, members;
};

static int compare_others(const void *left_item, const void *right_item)
{
    const struct other *left = left_item, *right = right_item;
    int order = (int)right->may_count - (int)left->may_count;

    if (order == 0)
        order = strcmp(left->why, right->why);
    return order != 0 ? order : strcmp(left->path, right->path);
}

static const char *why_not(struct arena *arena, const struct source_summary *source)
{
    return source->source->use == SOURCE_EXCLUDED
               ? arena_printf(arena, "left out by --exclude '%s'", source->why)
               : source->why;
}

static size_t find_others(struct arena *arena, const struct assessment *assessment,
                          struct other *others)
{
    size_t count = 0;

    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];
        enum source_use use = source->source->use;

        if (source->why != NULL && use != SOURCE_UNREADABLE && use != SOURCE_LOST &&
            use != SOURCE_EXPLAINS)
            others[count++] = (struct other){ .why = why_not(arena, source),
                                              .path = source->source->path,
                                              .may_count = source->was_read };
    }
    order_sort(others, count, sizeof *others, compare_others);
    return count;
}

static void write_others_of(struct writer *writer, const struct other *others,
                            size_t count, bool is_short)
{
    struct page *page = &writer->page;
    size_t shown = is_short ? smaller(count, OTHERS_SHOWN) : count;

    page->indent = KIND_INDENT;
    page_printf(page, "%zu", count);
    page->indent = FILE_INDENT - 3;
    page_printf(page, "  %s", others[0].why);
    page_line(page);
    page->indent = FILE_INDENT;
    for (size_t i = 0; i < shown; i++) {
        page_solid(page, str_from(others[i].path));
        page_line(page);
    }
    if (shown < count) {
        page_printf(page, "and %zu more; a file or a pipe has all of them",
                    count - shown);
        page_line(page);
    }
    page->indent = 0;
}

void evidence_others_write(struct writer *writer, bool is_short)
{
    const struct assessment *assessment = writer->assessment;
    struct page *page = &writer->page;
    struct other *others =
        arena_array(writer->arena, assessment->source_count, struct other);
    size_t count = find_others(writer->arena, assessment, others), json = 0, first = 0,
           beside = 0;

    for (size_t i = 0; i < count; i++)
        json += others[i].may_count;
    for (size_t i = 0; i < assessment->source_count; i++)
        beside += assessment->sources[i].source->use == SOURCE_EXPLAINS;
    page_printf(page, "Not evidence: %zu JSON file%s, %zu other%s", json, plural(json),
                count - json, plural(count - json));
    if (beside > 0)
        page_printf(page, "; %zu file%s tell%s how calls ended", beside, plural(beside),
                    beside == 1 ? "s" : "");
    page_line(page);
    for (size_t i = 1; i <= count; i++) {
        if (i < count && others[i].may_count == others[first].may_count &&
            strcmp(others[i].why, others[first].why) == 0)
            continue;
        write_others_of(writer, &others[first], i - first, is_short);
        first = i;
    }
}

/* ---- what belongs nowhere -------------------------------------------------------- */

static bool is_of_region(const struct document_summary *document)
{
    return document->type == NULL || document->type->level == LEVEL_REGION;
}

/* Records of several places are put by their ARNs. */
static bool is_nowhere(const struct document_summary *document)
{
    if (document->state == STATE_IGNORED || document->state == STATE_CONTEXT ||
        (document->type != NULL && document->type->level == LEVEL_NONE))
        return false;
    for (size_t i = 0; i < document->reason_count; i++)
        if (reason_code(&document->reasons[i]) == CODE_SEVERAL_PLACES)
            return false;
    return document->account.text == NULL ||
           (document->region.text == NULL && is_of_region(document));
}

static const struct document_summary *nowhere_in(const struct source_summary *source)
{
    for (size_t i = 0; i < source->document_count; i++)
        if (is_nowhere(source->documents[i]))
            return source->documents[i];
    return NULL;
}

static void write_nowhere(struct writer *writer, const char *path,
                          const struct document_summary *document)
{
    bool no_account = document->account.text == NULL;
    bool no_region = document->region.text == NULL && is_of_region(document);
    struct page *page = &writer->page;

    page->indent = KIND_INDENT;
    page_solid(page, str_from(arena_printf(
                         writer->arena,
                         "%s:", strcmp(path, "-") == 0 ? "standard input" : path)));
    page->indent = FILE_INDENT;
    page_printf(page, " no %s",
                no_account && no_region ? "account and no region"
                : no_account            ? "account"
                                        : "region");
    page_line(page);
    write_hints(writer, path, no_account, no_region);
    page->indent = 0;
}

void evidence_nowhere_write(struct writer *writer, bool is_short)
{
    const struct assessment *assessment = writer->assessment;
    struct page *page = &writer->page;
    size_t count = 0, shown = 0;

    for (size_t i = 0; i < assessment->source_count; i++)
        count += nowhere_in(&assessment->sources[i]) != NULL;
    page_printf(page, "Nowhere: %zu file%s without account or region", count,
                plural(count));
    page_line(page);
    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct document_summary *document = nowhere_in(&assessment->sources[i]);

        if (document == NULL || (is_short && shown == OTHERS_SHOWN))
            continue;
        shown++;
        write_nowhere(writer, assessment->sources[i].source->path, document);
    }
    if (shown < count) {
        page->indent = KIND_INDENT;
        page_printf(page, "and %zu more; a file or a pipe has all of them",
                    count - shown);
        page_line(page);
        page->indent = 0;
    }
}
