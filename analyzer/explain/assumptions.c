#include "explain/assumptions.h"

#include "base/time.h"
#include "explain/collected_when.h"
#include "explain/derived.h"
#include "explain/explain.h"
#include "find/stated.h"
#include "gather/recognise.h"
#include "judge/keyed.h"
#include "judge/protection.h"

#include <string.h>

enum {
    ASSUMPTIONS_MAX = 16,
    TEXT_PATHS_MAX = 3,
    QUOTED_BYTES_MAX = 100,
    PAGE_RECORDS = 100, /* of RDS, if nobody asks for more */
};

static void assumption_add(struct reason_list *list, const struct reason *reason)
{
    reason_list_add(list, ASSUMPTIONS_MAX, reason);
}

/* Some paths in a sentence: the first few, each once, and how many more. */
struct paths {
    struct buf buf;
    const char *last;
    size_t count;
};

static void paths_add(struct paths *paths, const char *path)
{
    if (paths->last != NULL && strcmp(paths->last, path) == 0)
        return;
    paths->last = path;
    if (paths->count < TEXT_PATHS_MAX)
        buf_printf(&paths->buf, "%s%s", paths->count > 0 ? ", " : "", path);
    paths->count++;
}

static struct str paths_text(struct paths *paths)
{
    if (paths->count > TEXT_PATHS_MAX)
        buf_printf(&paths->buf, " and %zu more", paths->count - TEXT_PATHS_MAX);
    return buf_str(&paths->buf);
}

/* Evidence's own text in a sentence is no page of it. */
static struct str quoted(struct arena *arena, struct str text)
{
    struct buf buf = BUF_EMPTY(arena);

    if (text.len <= QUOTED_BYTES_MAX)
        return text;
    buf_add(&buf, str_slice(text, 0, QUOTED_BYTES_MAX));
    buf_add(&buf, STR("..."));
    return buf_str(&buf);
}

/* Aloud where all the records of a listing share what it could be narrowed by, or are
 * as many as one page has. */
static bool add_aloud(struct reason_list *list, const struct document *document)
{
    struct str path = str_from(document->from->source->path);
    struct str title = document->type->title;

    if (document->narrowed_field.text != NULL && document->records > 1) {
        assumption_add(
            list, SAYS(SAY_NOT_NARROWED_TO_VALUE, .count = document->records,
                       .texts = { path, title, document->narrowed_field,
                                  quoted(list->arena, document->narrowed_value) }));
        return true;
    }
    if (document->records == PAGE_RECORDS && document->page_count == 0) {
        assumption_add(list, SAYS(SAY_NOT_NARROWED_TO_PAGE, .texts = { path, title },
                                  .count = PAGE_RECORDS));
        return true;
    }
    return false;
}

/* That its pages are all that there are. */
static void add_chain(struct reason_list *list, const struct document *document)
{
    const struct source *first = document->from->source;

    assumption_add(list, SAYS(SAY_PAGES_CHAINED, .count = document->page_count,
                              .texts = { document->type->title, str_from(first->path),
                                         str_from(source_call(first)->told_by) }));
}

/* Whether an unlimited document is complete: then no limited one is asked. */
static bool has_unlimited(const struct listing *listing, const struct measure *measure)
{
    for (size_t i = 0; i < listing->count; i++)
        if (!document_is_limited(listing->items[i]) &&
            document_is_complete(listing->items[i], measure, false))
            return true;
    return false;
}

/* That the complete documents of a listing, which an upper bound rests on, are whole. A
 * measure NULL: of a listing of parents or of regions. */
static void add_listing(struct reason_list *list, const struct listing *listing,
                        const struct measure *measure, bool no_filtered)
{
    bool unlimited = has_unlimited(listing, measure);
    struct paths filtered = { .buf = BUF_EMPTY(list->arena) };
    struct paths plain = { .buf = BUF_EMPTY(list->arena) };

    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];
        const char *path = document->from->source->path;

        /* options narrow a listing, never what is one record */
        if (!document_is_complete(document, measure, no_filtered) ||
            document->call->answer != ANSWER_LIST ||
            (unlimited && document_is_limited(document)))
            continue;
        if (document->page_count > 0)
            add_chain(list, document);
        if (document_is_bare(document))
            paths_add(&filtered, path);
        else if (document_has(document, DOUBT_OPTION)) {
            assumption_add(list,
                           SAYS(SAY_NOT_NARROWED_FURTHER,
                                .texts = { document->option->option,
                                           document->option->word, str_from(path) }));
        } else if (!add_aloud(list, document)) {
            paths_add(&plain, path);
        }
    }
    if (filtered.count > 0)
        assumption_add(list, SAYS(SAY_FILTERED, .texts = { paths_text(&filtered) }));
    if (plain.count > 0)
        assumption_add(list, SAYS(SAY_NOT_NARROWED, .texts = { paths_text(&plain) }));
}

/* A page that nothing places may be one of any listing. */
static void add_unplaced(struct reason_list *list, const struct cells *cells,
                         const struct type *type)
{
    const char *path = NULL;
    size_t count = taints_unplaced(cells->taints, type, &path);

    if (count > 0)
        assumption_add(
            list, SAYS(count == 1 ? SAY_PAGES_TOGETHER : SAY_PAGES_TOGETHER_OF_MANY,
                       .texts = { str_from(path), type->title }, .count = count));
}

/* That nothing of a cell's listing is missing. */
static void add_whole(struct reason_list *list, const struct cells *cells,
                      const struct cell *cell, const struct type *type,
                      const struct measure *measure)
{
    add_listing(
        list, measure != NULL ? keyed_listing(measure, cell) : cell_listing(cell, type),
        measure, measure == NULL || cells->gathered->settings->no_filtered);
    add_unplaced(list, cells, type);
}

/* Parts are all that there are only if the listing of their parents is whole. */
static void add_parents(struct reason_list *list, const struct cells *cells,
                        const struct cell *cell, const struct type *type)
{
    for (size_t i = 0; i < type->call_count; i++) {
        const struct type *parent = type->calls[i]->parent_type;

        if (parent == NULL)
            continue;
        add_whole(list, cells, cell, parent, NULL);
        add_parents(list, cells, cell, parent);
    }
}

/* A sum over an account's regions is all only if no region was left out. */
static void add_regions(struct reason_list *list, const struct cells *cells,
                        const struct cell *cell)
{
    const struct type *regions =
        catalog_type(cells->gathered->measures->catalog, STR(REGION_TYPE));

    if (regions != NULL && cells->gathered->settings->expect_regions.count == 0)
        add_whole(list, cells, cell, regions, NULL);
}

static void add_place(struct reason_list *list, const struct listing *listing)
{
    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];
        struct str path = str_from(document->from->source->path);

        if (!document_counts(document))
            continue;
        if (document->account_told == TOLD_ARN ||
            (document_has(document, DOUBT_SPREAD) && document->account.text == NULL))
            assumption_add(list, SAYS(SAY_ACCOUNT_BY_ARN, .texts = { path }));
        if (document_has(document, DOUBT_REDACTED))
            assumption_add(list, SAYS(SAY_ACCOUNT_REDACTED, .texts = { path }));
        if (document->account_doubt != NULL)
            assumption_add(list, document->account_doubt);
        if (document->region_doubt != NULL)
            assumption_add(list, document->region_doubt);
    }
}

static bool has_complete(const struct listing *listing, const struct measure *measure,
                         bool no_filtered)
{
    for (size_t i = 0; i < listing->count; i++)
        if (document_is_complete(listing->items[i], measure, no_filtered) &&
            listing->items[i]->call->gives == GIVES_WHOLE)
            return true;
    return false;
}

/* A --query may print the id of a record's source, too, or the ARN that a job once
 * made: what they name may be gone. */
static void add_ids(struct reason_list *list, const struct listing *listing,
                    const struct measure *measure, bool no_filtered)
{
    if (has_complete(listing, measure, no_filtered))
        return; /* it says what is there */
    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];
        uint64_t sure = 0, maybe = 0;

        if (document->shape != SHAPE_IDS || !document_counts(document))
            continue;
        document_tally(document, &listing->cell->scope, measure, &sure, &maybe);
        if (sure > 0)
            assumption_add(
                list, SAYS(SAY_IDS, .texts = { str_from(document->from->source->path),
                                               measure->fact->type->title }));
    }
}

/* The documents in which it is known of a record only because it lacks a field. */
static void paths_of_absence(struct paths *paths, const struct measure *measure,
                             const struct cell *cell)
{
    const struct listing *listing = keyed_listing(measure, cell);

    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];
        const struct tally *tally = NULL;
        size_t next = 0;

        if (!document_counts(document))
            continue;
        do {
            tally = tally_next(document, &cell->scope, measure, &next);
        } while (tally != NULL && !tally->rests_on_absence);
        if (tally != NULL)
            paths_add(paths, document->from->source->path);
    }
}

static void paths_of_fact(struct paths *paths, const struct judgement *judgement,
                          size_t fact)
{
    const struct measure *measure = judgement->measures[fact];
    struct cell_list sum;

    if (measure == NULL)
        return;
    fact_sum(judgement->cell, measure->fact, &sum);
    for (size_t i = 0; i < sum.count; i++)
        paths_of_absence(paths, measure, sum.items[i]);
}

/* A name that was used before: of a database that is gone, say. */
static void add_name(struct reason_list *list, const struct judgement *judgement,
                     size_t fact)
{
    const struct fact *of = &judgement->rule->facts[fact];
    const struct subject *subject = judgement->subject;

    if (subject != NULL && of->join_resource != NULL &&
        str_equal(of->join_resource_text, subject->type->id) &&
        !str_same(of->join_record_text, of->type->id) &&
        judgement->values[fact].at_least > 0)
        assumption_add(list, SAYS(SAY_SAME_NAME, .texts = { subject->id }));
}

/* That the listings are whole that derived records are made of. */
static void add_inputs(struct reason_list *list, const struct judgement *judgement,
                       const struct type *derived)
{
    static const char *const listed[] = { "AWS::Backup::BackupPlan",
                                          "AWS::Backup::BackupSelection" };
    const struct cells *cells = judgement->cells;

    for (size_t i = 0; derived != NULL && i < COUNT_OF(listed); i++) {
        const struct type *type =
            catalog_type(cells->gathered->measures->catalog, str_from(listed[i]));

        if (type != NULL)
            add_whole(list, cells, judgement->cell, type, NULL);
    }
}

/* That a run was due rests on what tells no time. */
static void add_taken(struct reason_list *list, const struct judgement *judgement)
{
    const struct database_protection *database;

    if (judgement->subject == NULL || judgement->ruling->protection == NULL)
        return;
    database =
        protection_of(judgement->cells, judgement->ruling->protection, judgement->cell,
                      judgement->subject, judgement->bounds.scratch);
    for (size_t i = 0; i < database->sure_count && database->rests_on_due; i++) {
        const struct taker *taker = &database->takers[i];
        char text[INSTANT_TEXT_BYTES];

        if (taker->due != HOLDS_YES)
            continue;
        instant_print(taker->since * INSTANTS_PER_SECOND, text);
        assumption_add(list, SAYS(SAY_TAKEN_SINCE,
                                  .texts = { taker->of->plan->id,
                                             judgement->subject->id, str_from(text) }));
        return;
    }
}

static bool is_of_protection(const struct judgement *judgement, size_t fact)
{
    const struct type *type = judgement->rule->facts[fact].type;

    return type != NULL && type->derive == DERIVE_DATABASE_PROTECTION;
}

static void add_fact(struct reason_list *list, const struct judgement *judgement,
                     size_t fact, const struct support *support)
{
    const struct cells *cells = judgement->cells;
    const struct measure *measure = judgement->measures[fact];
    const struct type *type = judgement->rule->facts[fact].type;
    struct cell_list sum;

    if (measure == NULL) {
        if (is_of_protection(judgement, fact))
            add_taken(list, judgement);
        if (derived_by_name(judgement, fact))
            assumption_add(
                list, SAYS(SAY_LEFT_OVER_BY_NAME, .texts = { judgement->subject->id }));
        if (support->upper[fact])
            add_inputs(list, judgement, type);
        return;
    }
    add_name(list, judgement, fact);

    fact_sum(judgement->cell, measure->fact, &sum);
    for (size_t i = 0; i < sum.count; i++) {
        const struct cell *cell = sum.items[i];
        const struct listing *listing = keyed_listing(measure, cell);

        add_place(list, listing);
        add_ids(list, listing, measure, cells->gathered->settings->no_filtered);
        if (support->upper[fact]) {
            add_whole(list, cells, cell, type, measure);
            add_parents(list, cells, cell, type);
        }
    }
    if (support->upper[fact] && sum.are_regions)
        add_regions(list, cells, judgement->cell);
    if (support->fields[fact]) {
        struct paths paths = { .buf = BUF_EMPTY(list->arena) };

        paths_of_fact(&paths, judgement, fact);
        assumption_add(list, SAYS(SAY_FIELDS_KEPT, .texts = { paths_text(&paths) }));
    }
}

/* What a fact that is read rests on, and the resource that is judged. */
static void when_of_fact(struct collected_when *when, const struct judgement *judgement,
                         size_t fact)
{
    const struct measure *measure = judgement->measures[fact];
    const struct fact *of = &judgement->rule->facts[fact];
    struct cell_list sum;

    for (size_t i = 0;
         measure == NULL && of->type != NULL && i < of->type->inputs.count; i++) {
        const struct type *input = catalog_type(
            judgement->cells->gathered->measures->catalog, of->type->inputs.items[i]);

        if (input != NULL)
            collected_when_add(when, cell_listing(judgement->cell, input));
    }
    if (measure == NULL)
        return;
    fact_sum(judgement->cell, of, &sum);
    for (size_t i = 0; i < sum.count; i++)
        collected_when_add(when, keyed_listing(measure, sum.items[i]));
}

static void add_when(struct reason_list *list, const struct judgement *judgement)
{
    const struct str as_of = judgement->cells->gathered->settings->as_of;
    struct collected_when when = { 0 };
    bool reads_now = judgement->rule->reads_now;
    struct reason reason;

    if (judgement->subject != NULL && judgement->subject->type != NULL) {
        collected_when_add(&when,
                           cell_listing(judgement->cell, judgement->subject->type));
    }
    for (size_t i = 0; i < judgement->rule->fact_count; i++) {
        if (!judgement->reads[i])
            continue;
        when_of_fact(&when, judgement, i);
        reads_now = reads_now || is_of_protection(judgement, i);
    }
    if (collected_when_says(&when, &reason))
        assumption_add(list, &reason);
    if (reads_now && collected_when_apart(&when, as_of, &reason))
        assumption_add(list, &reason);
}

void assumptions_of_finding(struct arena *arena, const struct judgement *judgement,
                            struct finding *finding)
{
    struct arena *scratch = judgement->bounds.scratch;
    struct reason_list list = { .arena = scratch, .texts = arena };
    size_t fact_count = judgement->rule->fact_count;
    bool *lacking = arena_array(scratch, fact_count, bool);
    struct support support;

    if (finding->result == RESULT_UNKNOWN)
        return;
    for (size_t i = 0; i < fact_count; i++) {
        struct paths paths = { .buf = BUF_EMPTY(scratch) };

        if (judgement->reads[i])
            paths_of_fact(&paths, judgement, i);
        lacking[i] = paths.count > 0;
    }
    judgement_support(judgement, lacking, &support);
    add_when(&list, judgement);
    for (size_t i = 0; i < fact_count; i++)
        if (judgement->reads[i])
            add_fact(&list, judgement, i, &support);
    finding->assumption_count = list.count;
    finding->assumptions = reason_list_keep(&list, arena);
}

void assumptions_of_none(struct arena *arena, struct arena *scratch,
                         const struct cells *cells, const struct cell *cell,
                         struct finding *finding)
{
    struct reason_list list = { .arena = scratch, .texts = arena };
    struct collected_when when = { 0 };
    struct reason reason;

    for (size_t i = 0; i < finding->rule->subject_count; i++) {
        const struct type *type = finding->rule->subjects[i];

        collected_when_add(&when, cell_listing(cell, type));
        add_place(&list, cell_listing(cell, type));
        add_whole(&list, cells, cell, type, NULL);
        add_parents(&list, cells, cell, type);
    }
    if (collected_when_says(&when, &reason))
        assumption_add(&list, &reason);
    finding->assumption_count = list.count;
    finding->assumptions = reason_list_keep(&list, arena);
}
