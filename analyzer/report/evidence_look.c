#include "report/evidence_look.h"

#include "base/order.h"
#include "report/evidence_table.h"

#include <inttypes.h>
#include <string.h>

enum {
    GROUP_INDENT = 2,
    PLACE_INDENT = 8, /* of accounts and paths */
    REGION_INDENT = PLACE_INDENT + 14,
    FILES_NAMED = 3,
    REGIONS_SUMMED = 4, /* so many are "all 4 regions" */
};

/* One thing to look at. */
struct look {
    const struct reason *reason;
    struct str account, region;
    bool has_place; /* else its path says where it is */
    const char *path;
    struct str what;  /* the call whose answer it is; absent: the reason says it */
    bool is_document; /* it is there, as far as it goes */
    uint64_t surplus; /* documents behind it that say the same */
    size_t group;     /* its first, once they are sorted; */
    size_t members;   /* how many that has */
};

struct looks {
    struct arena *arena;
    struct look *items;
    size_t count, capacity;
    struct table paths;   /* of files of which something is said */
    struct table noted;   /* those of documents */
    struct table said;    /* reasons, of a file each */
    struct table regions; /* an account's number of them */
    size_t count_width;
};

/* ---- what there is to look at ---------------------------------------------------- */

static void add(struct looks *looks, const struct look *look)
{
    looks->items = arena_grow(looks->arena, looks->items, looks->count,
                              &looks->capacity, sizeof *looks->items);
    looks->items[looks->count++] = *look;
    if (look->path != NULL)
        *table_slot(&looks->paths, str_from(look->path)) = looks;
}

static struct str what_of(const struct document_summary *document)
{
    if (document->call != NULL)
        return document->call->name;
    if (document->type == NULL)
        return STR_NONE;
    return document->type->title.text != NULL ? document->type->title
                                              : document->type->name;
}

static bool is_of_region(const struct document_summary *document)
{
    return document->type == NULL || document->type->level == LEVEL_REGION;
}

static void add_document(struct looks *looks, const struct source_summary *source,
                         const struct document_summary *document)
{
    add(looks,
        &(struct look){
            .reason = &document->reasons[0],
            .account = document->account,
            .region = document->region,
            .has_place = document->account.text != NULL &&
                         (document->region.text != NULL || !is_of_region(document)),
            .path = source->source->path,
            .what = what_of(document),
            .is_document = true,
            .surplus = document->surplus,
        });
    *table_slot(&looks->noted, str_from(source->source->path)) = looks;
}

/* What gives only a part of a listing is worth a look where the rules lack the whole,
 * as their reasons say; without rules, wherever it is. */
static bool is_noted(const struct assessment *assessment,
                     const struct document_summary *document)
{
    if (document->reason_count == 0)
        return false;
    if (document->state == STATE_NOTHING || document->state == STATE_MISLABELLED)
        return true;
    return document->state == STATE_PARTIAL && assessment->book->count == 0 &&
           reason_code(&document->reasons[0]) != CODE_ONE_RECORD;
}

static void add_documents(struct looks *looks, const struct assessment *assessment)
{
    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        for (size_t j = 0; j < source->document_count; j++)
            if (is_noted(assessment, source->documents[j]))
                add_document(looks, source, source->documents[j]);
    }
}

/* What is said of a document is said once, of however many regions its records are. */
static bool is_said(struct looks *looks, const struct reason *reason)
{
    void **slot;

    if (reason->path == NULL)
        return false;
    if (table_find(&looks->noted, str_from(reason->path)) != NULL)
        return true;
    slot = table_slot(&looks->said,
                      str_from(arena_printf(looks->arena, "%d %s",
                                            (int)reason->sentence, reason->path)));
    if (*slot != NULL)
        return true;
    *slot = looks;
    return false;
}

/* The type of the records that are missed, unless the reason names types or calls. */
static struct str what_is_missed(const struct missing *missing,
                                 const struct reason *reason)
{
    for (size_t i = 0; i < REASON_TEXTS_MAX; i++) {
        enum argument argument = reason_argument(reason, i);

        if (argument == ARGUMENT_TYPE || argument == ARGUMENT_CALL)
            return STR_NONE;
    }
    return missing->type->title;
}

/* Of documents that are not noted yet, and of what is not there. */
static void add_missing(struct looks *looks, const struct assessment *assessment)
{
    for (size_t i = 0; i < assessment->missing_count; i++) {
        const struct missing *missing = &assessment->missing[i];

        for (size_t j = 0; j < missing->reason_count; j++) {
            const struct reason *reason = &missing->reasons[j];

            if (reason_code(reason) == CODE_MORE || is_said(looks, reason))
                continue;
            add(looks,
                &(struct look){
                    .reason = reason,
                    .account = missing->account,
                    .region = missing->region,
                    .has_place = missing->account.text != NULL &&
                                 (missing->region.text != NULL ||
                                  missing->type->level != LEVEL_REGION),
                    .path = reason->path != NULL ? reason->path : missing->source,
                    .what = what_is_missed(missing, reason),
                });
        }
    }
}

/* ---- groups ---------------------------------------------------------------------- */

/* A listing of which nothing is there. */
static bool is_absent(const struct look *look)
{
    return look->reason->sentence == SAY_MISSING;
}

static int compare_causes(const struct look *left, const struct look *right)
{
    int order = (int)reason_code(left->reason) - (int)reason_code(right->reason);

    if (order == 0)
        order = (int)left->reason->sentence - (int)right->reason->sentence;
    if (order == 0)
        order = failure_compare(left->reason->failure, right->reason->failure);
    if (order == 0 && is_absent(left))
        order = str_compare(left->reason->texts[0], right->reason->texts[0]);
    return order != 0 ? order : str_compare(left->what, right->what);
}

static int compare_places(const struct look *left, const struct look *right)
{
    int order = (int)right->has_place - (int)left->has_place;

    if (order == 0)
        order = str_compare(left->account, right->account);
    if (order == 0)
        order = str_compare(left->region, right->region);
    return order != 0 ? order
                      : str_compare(str_from(left->path), str_from(right->path));
}

static int compare_looks(const void *left_item, const void *right_item)
{
    const struct look *left = left_item, *right = right_item;
    int order = compare_causes(left, right);

    if (order == 0)
        order = compare_places(left, right);
    if (order == 0)
        order = (int)left->is_document - (int)right->is_document;
    return order != 0 ? order : reason_compare(left->reason, right->reason);
}

/* The same may be missed by several types: it is said once. */
static void drop_repeated(struct looks *looks)
{
    size_t kept = 0;

    for (size_t i = 0; i < looks->count; i++)
        if (i == 0 || looks->items[i].is_document ||
            compare_looks(&looks->items[kept - 1], &looks->items[i]) != 0)
            looks->items[kept++] = looks->items[i];
    looks->count = kept;
}

static int compare_groups(const void *left_item, const void *right_item)
{
    const struct look *left = left_item, *right = right_item;

    if (is_absent(left) != is_absent(right))
        return is_absent(left) ? 1 : -1;
    if (left->members != right->members)
        return left->members > right->members ? -1 : 1;
    if (left->group != right->group)
        return left->group < right->group ? -1 : 1;
    return compare_places(left, right);
}

/* Puts those of a group side by side: what is there first, then the largest group. */
static void group(struct looks *looks)
{
    size_t first = 0;

    order_sort(looks->items, looks->count, sizeof *looks->items, compare_looks);
    drop_repeated(looks);
    for (size_t i = 1; i <= looks->count; i++) {
        if (i < looks->count &&
            compare_causes(&looks->items[first], &looks->items[i]) == 0)
            continue;
        for (size_t j = first; j < i; j++) {
            looks->items[j].group = first;
            looks->items[j].members = i - first;
        }
        first = i;
    }
    order_sort(looks->items, looks->count, sizeof *looks->items, compare_groups);
}

/* ---- on the page ----------------------------------------------------------------- */

/* Its reason without what differs from place to place. */
static struct reason bare_reason(const struct look *look)
{
    struct reason reason = *look->reason;

    reason.path = NULL;
    if (reason.sentence == SAY_MISSING)
        reason.texts[1] = STR_NONE; /* the region */
    return reason;
}

static bool say_the_same(const struct look *items, size_t count)
{
    struct reason first = bare_reason(&items[0]);

    for (size_t i = 1; i < count; i++) {
        struct reason other = bare_reason(&items[i]);

        if (!reason_equal(&first, &other))
            return false;
    }
    return true;
}

static const char *cause_of(struct arena *arena, const struct look *items, size_t count)
{
    struct reason reason;
    const char *code;

    reason = bare_reason(&items[0]);
    code = code_name(reason_code(&reason));
    if (reason.failure != NULL)
        return arena_printf(arena, "%s%s [%s]",
                            reason_code(&reason) == CODE_EMPTY ? "0 bytes, " : "",
                            failure_label(arena, reason.failure), code);
    return arena_printf(arena, "%s%s [%s]", reason_text(arena, &reason),
                        say_the_same(items, count) ? "" : " (and others likewise)",
                        code);
}

/* Whether groups of absent listings are of the same places: then they are one. */
static bool are_as_absent(const struct look *left, const struct look *right)
{
    if (!is_absent(left) || !is_absent(right) || left->members != right->members)
        return false;
    for (size_t i = 0; i < left->members; i++)
        if (compare_places(&left[i], &right[i]) != 0)
            return false;
    return true;
}

/* How many items are on the line of the first: those of its account. */
static size_t line_of(const struct look *items, size_t count)
{
    size_t members = 1;

    while (items[0].has_place && members < count && items[members].has_place &&
           str_equal(items[members].account, items[0].account))
        members++;
    return members;
}

static void write_regions(const struct looks *looks, struct page *page,
                          const struct look *items, size_t count)
{
    const size_t *all = table_find(&looks->regions, items[0].account);
    size_t regions = 0;

    for (size_t i = 0; i < count; i++)
        regions += i == 0 || !str_equal(items[i].region, items[i - 1].region);
    page_tab(page, REGION_INDENT);
    if (all != NULL && regions == *all && regions >= REGIONS_SUMMED) {
        page_printf(page, "all %zu regions", regions);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && str_equal(items[i].region, items[i - 1].region))
            continue;
        page_words(page, i > 0 ? STR(" ") : STR(""));
        page_solid(page, items[i].region);
    }
}

/* Few files are named. */
static bool are_named(const struct look *items, size_t count)
{
    size_t files = 0;

    for (size_t i = 0; i < count && files <= FILES_NAMED; i++) {
        if (items[i].path == NULL || !items[i].has_place)
            return false;
        files += i == 0 || strcmp(items[i].path, items[i - 1].path) != 0;
    }
    return files <= FILES_NAMED;
}

static void write_files(struct page *page, const struct look *items, size_t count)
{
    page->indent = PLACE_INDENT;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(items[i].path, items[i - 1].path) == 0)
            continue;
        page_solid(page, str_from(items[i].path));
        page_line(page);
    }
    page->indent = 0;
}

/* The lines of a group, each an account with its regions, or a path. */
static void write_places(const struct looks *looks, struct page *page,
                         const struct look *items, size_t count, size_t most)
{
    size_t members, lines = 0;

    for (size_t i = 0; i < count; i += members) {
        const struct look *look = &items[i];

        members = line_of(look, count - i);
        page->indent = PLACE_INDENT;
        if (lines++ == most) {
            page_printf(page, "and %zu more; a file or a pipe has all of them",
                        count - i);
            page_line(page);
            break;
        }
        page_solid(page, look->has_place      ? look->account
                         : look->path != NULL ? str_from(look->path)
                                              : or_dash(look->account));
        page->indent = REGION_INDENT;
        if (look->has_place && look->region.text != NULL)
            write_regions(looks, page, look, members);
        page_line(page);
    }
    page->indent = 0;
}

/* "no listing of DB clusters, DB instances" of several groups that are of the same
 * places. */
static const char *cause_of_absent(struct arena *arena, const struct look *items,
                                   size_t groups)
{
    struct buf text = BUF_EMPTY(arena);

    buf_add(&text, STR("no listing of "));
    for (size_t i = 0; i < groups; i++)
        buf_printf(&text, "%s%.*s", i > 0 ? ", " : "",
                   STR_ARG(items[i * items[0].members].reason->texts[0]));
    buf_printf(&text, " [%s]", code_name(reason_code(items[0].reason)));
    return buf_str(&text).text;
}

/* A group, or several that are absent alike. */
static void write_group(const struct looks *looks, struct writer *writer,
                        const struct look *items, size_t groups, bool is_short)
{
    struct page *page = &writer->page;
    size_t count = items[0].members, width = looks->count_width;
    uint64_t things = count * groups;

    for (size_t i = 0; i < count; i++)
        things += items[i].surplus;
    page->indent = GROUP_INDENT;
    page_solid(page,
               str_from(arena_printf(looks->arena, "%*" PRIu64, (int)width, things)));
    page->indent = GROUP_INDENT + width + 2;
    page_words(page, STR("  "));
    page_words(page, str_from(groups > 1 || is_absent(items)
                                  ? cause_of_absent(looks->arena, items, groups)
                                  : cause_of(looks->arena, items, count)));
    if (items[0].what.text != NULL)
        page_printf(page, ": %.*s", STR_ARG(items[0].what));
    page_line(page);
    if (are_named(items, count))
        write_files(page, items, count);
    else
        write_places(looks, page, items, count, is_short ? LOOK_LINES_SHOWN : SIZE_MAX);
}

static void write_groups(struct looks *looks, struct writer *writer, bool is_short)
{
    uint64_t all = 0;
    size_t groups;

    page_words(&writer->page, STR("Look at these"));
    page_line(&writer->page);
    for (size_t i = 0; i < looks->count; i++)
        all += 1 + looks->items[i].surplus;
    for (; all > 0; all /= 10)
        looks->count_width++;
    for (size_t i = 0; i < looks->count; i += groups * looks->items[i].members) {
        const struct look *items = &looks->items[i];

        groups = 1;
        while (i + groups * items->members < looks->count &&
               are_as_absent(items, items + groups * items->members))
            groups++;
        write_group(looks, writer, items, groups, is_short);
    }
    page_blank(&writer->page);
}

/* Problems of files of which nothing was said above. */
static void write_other_problems(struct writer *writer, const struct looks *looks)
{
    const struct assessment *assessment = writer->assessment;
    struct page *page = &writer->page;
    size_t above = 0, written = 0;

    for (size_t i = 0; i < assessment->problem_count; i++)
        above +=
            table_find(&looks->paths, str_from(assessment->problems[i].path)) != NULL;
    if (above == assessment->problem_count)
        return;
    page_printf(page, "Problems besides (%zu of %zu, the others are of files above)",
                assessment->problem_count - above, assessment->problem_count);
    page_line(page);
    for (size_t i = 0; i < assessment->problem_count; i++) {
        const struct problem *problem = &assessment->problems[i];

        if (table_find(&looks->paths, str_from(problem->path)) != NULL)
            continue;
        write_problem(writer, problem);
        written++;
    }
    page_blank(page);
}

static void count_regions(struct looks *looks, const struct assessment *assessment)
{
    for (size_t i = 0; i < assessment->coverage_count; i++) {
        size_t *count = arena_new(looks->arena, size_t);
        struct str_list regions;

        evidence_regions(looks->arena, assessment, &assessment->coverage[i], &regions);
        *count = regions.count;
        *table_slot(&looks->regions, assessment->coverage[i].account) = count;
    }
}

void evidence_look_write(struct writer *writer, bool is_short)
{
    struct looks looks = { .arena = writer->arena,
                           .paths = TABLE_EMPTY(writer->arena),
                           .noted = TABLE_EMPTY(writer->arena),
                           .said = TABLE_EMPTY(writer->arena),
                           .regions = TABLE_EMPTY(writer->arena) };

    count_regions(&looks, writer->assessment);
    add_documents(&looks, writer->assessment);
    add_missing(&looks, writer->assessment);
    group(&looks);
    if (looks.count > 0)
        write_groups(&looks, writer, is_short);
    write_other_problems(writer, &looks);
}
