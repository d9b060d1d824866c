#include "report/text.h"

#include <inttypes.h>

/*
 *     see in/123456789012/us-east-1/rds-describe-db-snapshots.json:4 job-1, 19 job-2
 *     see in/ACCOUNT/REGION/rds-describe-db-snapshots.json:2
 *
 * A line a file: the lines of its records, and their ids. Where files of several
 * findings differ in account and region alone, and are cited alike, one line stands for
 * all. Facts that rest on the same record cite it each; to a reader it is one. Facts
 * that do not decide stand in the JSON report, and so do more records of a file than a
 * few: there are programs to read a thousand.
 */

enum { PLACES_BYTES_SHOWN = 160, RECORDS_SHOWN = 3 /* of a file, in a finding */ };

struct cited {
    struct str path, pattern;
    struct buf places;    /* "4 job-1, 19 job-2" */
    struct table written; /* the places */
    uint64_t more;        /* that are not there */
    const struct finding *of;
    bool accounts_differ, regions_differ; /* of those that it stands for */
    size_t count;                         /* such files that are cited alike */
};

struct cited_list {
    struct arena *arena;
    struct cited **items;
    size_t count, capacity;
};

static struct cited *cited_of(struct cited_list *list, struct table *known,
                              struct str path, const struct finding *finding)
{
    void **slot = table_slot(known, path);
    struct cited *cited = *slot;

    if (cited != NULL)
        return cited;
    cited = *slot = arena_new(list->arena, struct cited);
    *cited = (struct cited){ .path = path,
                             .pattern = group_pattern(list->arena, path, finding),
                             .places = BUF_EMPTY(list->arena),
                             .written = TABLE_EMPTY(list->arena),
                             .of = finding,
                             .count = 1 };
    list->items = arena_grow(list->arena, (void *)list->items, list->count,
                             &list->capacity, sizeof(struct cited *));
    list->items[list->count++] = cited;
    return cited;
}

/* "4 job-1"; the id of the finding's resource stands above. */
static void add_place(struct arena *arena, struct cited *cited,
                      const struct citation *citation, const struct finding *finding)
{
    struct buf place = BUF_EMPTY(arena);
    void **slot;

    if (citation->line > 0)
        buf_printf(&place, "%" PRIu64, citation->line);
    if (citation->id.text != NULL && !str_same(citation->id, finding->resource)) {
        buf_add(&place, place.len > 0 ? STR(" ") : STR(""));
        buf_add(&place, citation->id);
    }
    slot = table_slot(&cited->written, buf_str(&place));
    if (*slot != NULL || place.len == 0)
        return;
    *slot = cited;
    if (cited->places.len > 0)
        buf_add(&cited->places, STR(", "));
    buf_add(&cited->places, buf_str(&place));
}

/* Of one path, all findings' places. */
static void collect(struct cited_list *list, const struct group *group)
{
    struct table known = TABLE_EMPTY(list->arena);

    for (size_t i = 0; i < group->count; i++) {
        const struct finding *finding = group->findings[i];
        struct cited *cited = NULL;
        size_t shown = 0;

        for (size_t c = 0; c < finding->citation_count; c++) {
            const struct citation *citation = &finding->citations[c];
            struct str path = str_from(citation->path);

            if (!citation->decisive)
                continue;
            if (cited == NULL || !str_equal(cited->path, path)) {
                cited = cited_of(list, &known, path, finding);
                shown = 0;
            }
            if (shown++ < RECORDS_SHOWN)
                add_place(list->arena, cited, citation, finding);
            else
                cited->more++;
        }
        if (cited != NULL)
            cited->more += finding->citations_more;
    }
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->more > 0)
            buf_printf(&list->items[i]->places, ", and %" PRIu64 " more (-o json)",
                       list->items[i]->more);
}

/* The path as it holds for all that it stands for. */
static void set_patterns(struct cited_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct cited *cited = list->items[i];
        const struct finding of = {
            .account = cited->accounts_differ ? cited->of->account : STR_NONE,
            .region = cited->regions_differ ? cited->of->region : STR_NONE,
        };

        cited->pattern = group_pattern(list->arena, cited->path, &of);
    }
}

/* Files that are cited alike are one line: the first stays. */
static void bring_together(struct cited_list *list)
{
    struct table known = TABLE_EMPTY(list->arena);
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++) {
        struct cited *cited = list->items[i], *first;
        struct buf key = BUF_EMPTY(list->arena);
        void **slot;

        buf_printf(&key, "%.*s\n", STR_ARG(cited->pattern));
        buf_add(&key, buf_str(&cited->places));
        slot = table_slot(&known, buf_str(&key));
        first = *slot;
        if (first != NULL) {
            first->count++;
            first->accounts_differ = first->accounts_differ ||
                                     !str_equal(first->of->account, cited->of->account);
            first->regions_differ = first->regions_differ ||
                                    !str_equal(first->of->region, cited->of->region);
            continue;
        }
        *slot = cited;
        list->items[kept++] = cited;
    }
    list->count = kept;
}

static struct str folder_of(struct str path)
{
    while (path.len > 0 && path.text[path.len - 1] != '/')
        path.len--;
    return path;
}

static bool stands_for_several(const struct cited *cited)
{
    return cited->count > 1;
}

/* Those that stand for several files, beside one such of the same folder. */
static bool continues(const struct cited *before, const struct cited *cited)
{
    return before != NULL && stands_for_several(before) && stands_for_several(cited) &&
           str_equal(folder_of(before->pattern), folder_of(cited->pattern));
}

static void write_places(struct text *text, struct str places)
{
    struct page *page = &text->writer.page;

    if (places.text == NULL)
        return;
    if (text->is_short && places.len > PLACES_BYTES_SHOWN) {
        places.len = PLACES_BYTES_SHOWN;
        while (places.len > 0 && places.text[places.len - 1] != ',')
            places.len--;
        page_words(page, places);
        page_words(page, STR(" and more"));
        text->was_cut = true;
    } else {
        page_words(page, places);
    }
}

static void write_cited(struct text *text, struct cited *cited,
                        const struct cited *before)
{
    struct page *page = &text->writer.page;
    struct buf path = BUF_EMPTY(text->writer.arena);
    struct str name = cited->pattern;
    struct str rest = buf_str(&cited->places), first = str_next(&rest, ',');
    size_t indent = page->indent;

    text->words.patterns = text->words.patterns || stands_for_several(cited);
    if (continues(before, cited)) {
        page->indent = indent + SETTLE_INDENT;
        page_words(page, STR("; "));
        name = str_slice(name, folder_of(name).len, name.len);
    } else {
        page_line(page);
        buf_add(&path, STR("see "));
    }
    buf_add(&path, name);
    if (first.len > 0)
        buf_printf(&path, ":%.*s", STR_ARG(first));
    if (rest.text != NULL)
        buf_add_byte(&path, ',');
    page_solid(page, buf_str(&path));
    page->indent = indent + SETTLE_INDENT;
    write_places(text, rest);
    page->indent = indent;
}

void text_citations(struct text *text, const struct group *group)
{
    struct cited_list list = { .arena = text->writer.arena };
    size_t shown;

    collect(&list, group);
    bring_together(&list);
    set_patterns(&list);
    shown = text_shown(text, list.count, CITATIONS_SHOWN);
    for (size_t i = 0; i < list.count && i < shown; i++)
        write_cited(text, list.items[i], i > 0 ? list.items[i - 1] : NULL);
    page_line(&text->writer.page);
    text_cut(text, list.count - shown, "file");
}
