#include "report/evidence_list.h"

#include "base/order.h"
#include "report/groups.h"

#include <assert.h>
#include <inttypes.h>

enum {
    REGION_COLUMN = 14, /* behind 12 digits */
    WHAT_COLUMN = 30,
    RECORDS_COLUMN = 62, /* where the number ends */
    STATE_COLUMN = 64,
    DETAIL_INDENT = 4,
};

/* A document and where it is. */
struct evidence_row {
    const struct source_summary *source;
    const struct document_summary *document;
    size_t order; /* by path and index */
};

static const char *const state_colours[] = {
    [STATE_COMPLETE] = "\033[32m",  [STATE_PARTIAL] = "\033[33m",
    [STATE_NOTHING] = "\033[1;31m", [STATE_MISLABELLED] = "\033[1;31m",
    [STATE_CONTEXT] = "",           [STATE_IGNORED] = "",
};

static_assert(sizeof state_colours / sizeof state_colours[0] == STATE_COUNT,
              "each state has a look");

static int row_compare_scopes(const struct evidence_row *left,
                              const struct evidence_row *right)
{
    int order = str_compare(left->document->account, right->document->account);

    return order != 0 ? order
                      : str_compare(left->document->region, right->document->region);
}

static int row_compare(const void *left_item, const void *right_item)
{
    const struct evidence_row *left = left_item, *right = right_item;
    int order = row_compare_scopes(left, right);

    return order != 0 ? order
                      : (left->order > right->order) - (left->order < right->order);
}

/* ---- documents ---- */

static void write_path(struct page *page, const char *path)
{
    if (str_equal(str_from(path), STR("-")))
        page_words(page, STR("standard input"));
    else
        page_solid(page, str_from(path));
}

static struct str title_of(const struct type *type)
{
    if (type == NULL)
        return STR("-");
    return type->title.text != NULL ? type->title : type->name;
}

static void write_scope(struct page *page, struct str account, struct str region,
                        struct str what)
{
    page_solid(page, or_dash(account));
    page_tab(page, REGION_COLUMN);
    page_solid(page, or_dash(region));
    page_tab(page, WHAT_COLUMN);
    page->indent = DETAIL_INDENT;
    page_words(page, what);
}

static void write_heading(struct page *page)
{
    write_scope(page, STR("ACCOUNT"), STR("REGION"), STR("WHAT"));
    page_tab(page, RECORDS_COLUMN - (sizeof "RECORDS" - 1));
    page_words(page, STR("RECORDS"));
    page_tab(page, STATE_COLUMN);
    page_words(page, STR("STATE"));
    page_line(page);
    page->indent = 0;
}

static void write_row(struct writer *writer, const struct document_summary *document)
{
    struct page *page = &writer->page;
    struct str records =
        document->state == STATE_NOTHING
            ? STR("-")
            : str_from(arena_printf(writer->arena, "%" PRIu64, document->records));

    write_scope(page, document->account, document->region, title_of(document->type));
    page_tab(page, RECORDS_COLUMN - records.len);
    page_solid(page, records);
    page_tab(page, STATE_COLUMN);
    write_coloured(writer, state_name(document->state), state_colours[document->state]);
    page_line(page);
}

enum { TOLD_THINGS = 3 };

static const char *const told_things[TOLD_THINGS] = { "type", "account", "region" };

/* "type, account and region": those of the first `count` that are told so. */
static void add_things(struct buf *buf, const enum told *told, size_t count,
                       enum told so)
{
    size_t all = 0, added = 0;

    for (size_t i = 0; i < count; i++)
        all += told[i] == so;
    for (size_t i = 0; i < count; i++) {
        if (told[i] != so)
            continue;
        if (added > 0)
            buf_add(buf, added + 1 == all ? STR(" and ") : STR(", "));
        buf_add(buf, str_from(told_things[i]));
        added++;
    }
}

static bool is_told_before(const enum told *told, size_t thing)
{
    for (size_t i = 0; i < thing; i++)
        if (told[i] == told[thing])
            return true;
    return false;
}

/* "type by envelope, account by path; nothing tells region" */
static void write_told(struct writer *writer, const struct document_summary *document)
{
    const enum told told[TOLD_THINGS] = { document->type_told, document->account_told,
                                          document->region_told };
    bool is_regional = document->type == NULL || document->type->level == LEVEL_REGION;
    size_t count = is_regional ? TOLD_THINGS : TOLD_THINGS - 1;
    struct buf buf = BUF_EMPTY(writer->arena), untold = BUF_EMPTY(writer->arena);

    for (size_t i = 0; i < count; i++) {
        if (told[i] == TOLD_NOT || is_told_before(told, i))
            continue;
        buf_add(&buf, buf.len > 0 ? STR(", ") : STR(""));
        add_things(&buf, told, count, told[i]);
        if (told[i] == TOLD_ASSUMED)
            buf_add(&buf, STR(" assumed"));
        else
            buf_printf(&buf, " by %s", told_name(told[i]));
    }
    add_things(&untold, told, count, TOLD_NOT);
    if (untold.len > 0)
        buf_printf(&buf, "%snothing tells %s", buf.len > 0 ? "; " : "", untold.text);
    page_words(&writer->page, buf_str(&buf));
    page_line(&writer->page);
}

static void write_reason(struct page *page, const char *label, const char *text)
{
    page_words(page, str_from(label));
    page->indent += HANGING_INDENT;
    page_words(page, str_from(text));
    page_line(page);
    page->indent -= HANGING_INDENT;
}

static void write_details(struct writer *writer, const struct evidence_row *row)
{
    const struct document_summary *document = row->document;
    const struct source *source = row->source->source;
    struct page *page = &writer->page;
    bool is_whole = document->state == STATE_COMPLETE;

    page->indent = DETAIL_INDENT;
    write_path(page, source->path);
    if (document->pointer != NULL)
        page_printf(page, " (document %" PRIu64 ", %s)", document->index + 1,
                    document->pointer);
    else if (row->source->document_count > 1)
        page_printf(page, " (document %" PRIu64 " of %" PRIu64 ")", document->index + 1,
                    row->source->document_count + row->source->surplus);
    page_line(page);
    if (document->parent.text != NULL) {
        page_words(page, STR("about "));
        page_solid(page, document->parent);
        page_line(page);
    }
    write_told(writer, document);
    write_hints(writer, source->path, document->account_told == TOLD_NOT,
                document->region_told == TOLD_NOT &&
                    (document->type == NULL || document->type->level == LEVEL_REGION));
    for (size_t i = 0; i < document->reason_count; i++)
        write_reason(page, is_whole ? "note: " : "because: ",
                     reason_text(writer->arena, &document->reasons[i]));
    if (document->surplus > 0) {
        write_reason(page, "note: ",
                     arena_printf(writer->arena,
                                  "%" PRIu64 " more behind it say the same, and are "
                                  "not listed",
                                  document->surplus));
    }
    page->indent = 0;
}

static size_t listed(const struct assessment *assessment)
{
    size_t count = 0;

    for (size_t i = 0; i < assessment->source_count; i++)
        count += assessment->sources[i].document_count;
    return count;
}

/* Those that are evidence; *count of them. */
static struct evidence_row *rows_of(struct writer *writer, size_t *count)
{
    const struct assessment *assessment = writer->assessment;
    struct evidence_row *rows =
        arena_array(writer->arena, listed(assessment), struct evidence_row);

    *count = 0;
    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        for (size_t j = 0; j < source->document_count; j++) {
            if (source->documents[j]->state == STATE_IGNORED)
                continue;
            rows[*count] =
                (struct evidence_row){ source, source->documents[j], *count };
            (*count)++;
        }
    }
    order_sort(rows, *count, sizeof *rows, row_compare);
    return rows;
}

void evidence_list_documents(struct writer *writer)
{
    size_t count;
    struct evidence_row *rows = rows_of(writer, &count);

    if (count > 0)
        write_heading(&writer->page);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && row_compare_scopes(&rows[i - 1], &rows[i]) != 0)
            page_blank(&writer->page);
        write_row(writer, rows[i].document);
        write_details(writer, &rows[i]);
    }
    if (count > 0)
        page_blank(&writer->page);
}

/* ---- what is no evidence ---- */

void evidence_list_ignored(struct writer *writer)
{
    const struct assessment *assessment = writer->assessment;
    struct page *page = &writer->page;
    bool any = false;

    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        if (source->why == NULL || source->source->use == SOURCE_UNREADABLE ||
            source->source->use == SOURCE_LOST)
            continue;
        if (!any) {
            page_words(page, STR("No evidence"));
            page_line(page);
        }
        any = true;
        page->indent = HANGING_INDENT;
        page_solid(page, str_from(source->source->path));
        page->indent += HANGING_INDENT;
        page_printf(page, ": %s", source->why);
        page_line(page);
        page->indent = 0;
    }
    if (any)
        page_blank(page);
}

/* ---- what is missing ---- */

static void write_missing_scope(struct page *page, const struct finding *missing)
{
    write_scope(page, missing->account, missing->region, str_from(missing->message));
    page_line(page);
    if (missing->source != NULL) {
        page_words(page, STR("of the same account and region as "));
        write_path(page, missing->source);
        page_line(page);
    }
    page->indent = 0;
}

/* What is missing of several scopes for the same reasons is told together, as findings
 * are. */
void evidence_list_missing(struct writer *writer)
{
    const struct assessment *assessment = writer->assessment;
    size_t count = assessment->missing_count;
    struct finding *findings = arena_array(writer->arena, count, struct finding);
    struct page *page = &writer->page;
    struct group_list groups;

    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++) {
        const struct missing *missing = &assessment->missing[i];

        findings[i] = (struct finding){
            .account = missing->account,
            .region = missing->region,
            .source = missing->source,
            .message = str_copy(writer->arena, title_of(missing->type)).text,
            .reasons = missing->reasons,
            .reason_count = missing->reason_count,
            .settles = missing->settles,
            .settle_count = missing->settle_count,
            .result = RESULT_UNKNOWN,
        };
    }
    groups_find(writer->arena, findings, count, RESULT_UNKNOWN, &groups);
    page_words(page,
               STR("Missing: what the rules need, and no evidence tells exactly"));
    for (size_t i = 0; i < groups.count; i++) {
        const struct group *group = groups.items[i];

        page_blank(page);
        for (size_t j = 0; j < group->count; j++)
            write_missing_scope(page, group->findings[j]);
        page->indent = DETAIL_INDENT;
        write_reasons(writer, group);
        write_settles(writer, group, "to collect");
        page->indent = 0;
    }
    page_blank(page);
}
