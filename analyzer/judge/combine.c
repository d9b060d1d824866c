#include "judge/combine.h"

#include "judge/keyed.h"
#include "judge/known.h"
#include "judge/parents.h"
#include "judge/silence.h"

#include <math.h>

/* One document's bounds, or those of all parts together: of a count, or of a maximum
 * (of a minimum with every value negated), where VALUE_NONE stands for the maximum of
 * nothing. */
struct estimate {
    double lower, upper;
    bool complete; /* else `upper` means nothing */
    bool limited;
    bool silent; /* not limited, but its call does not print what is asked for: it says
                    how many there are, and less of them than what prints it */
    bool whole;  /* it would be complete, and is not limited, but that another document
                    may be a page of the same listing */
    bool page;   /* it is unlimited, and one of several pages, or may be */
    bool token;  /* it says that there are others */
    bool disagrees;
};

/* The least and the largest bounds of some estimates. */
struct span {
    double lower_min, lower_max, upper_min, upper_max;
    bool any;
};

/* Estimates of the same thing, as they come in. Adding is commutative, associative and
 * idempotent, so that neither order nor copies matter. */
struct fold {
    struct span complete, silent, limited; /* of the complete ones */
    struct span whole, silent_whole;
    double other_lower; /* the largest of those that are not in `complete` */
    double page_lower;  /* of pages */
    double any_lower;   /* of all */
    bool token, disagrees;
};

/* Nothing added yet: at least 0 counts, at least nothing's maximum. */
static void fold_start(struct fold *fold, const struct measure *measure)
{
    double least = measure->fact->kind == FACT_COUNT ? 0 : VALUE_NONE;

    *fold =
        (struct fold){ .other_lower = least, .page_lower = least, .any_lower = least };
}

static void span_add(struct span *span, const struct estimate *estimate)
{
    if (!span->any)
        *span = (struct span){ estimate->lower, estimate->lower, estimate->upper,
                               estimate->upper, true };
    if (estimate->lower < span->lower_min)
        span->lower_min = estimate->lower;
    if (estimate->lower > span->lower_max)
        span->lower_max = estimate->lower;
    if (estimate->upper < span->upper_min)
        span->upper_min = estimate->upper;
    if (estimate->upper > span->upper_max)
        span->upper_max = estimate->upper;
}

static bool span_differs(const struct span *span)
{
    return span->lower_min != span->lower_max || span->upper_min != span->upper_max;
}

static void fold_add(struct fold *fold, const struct estimate *estimate)
{
    if (estimate->lower > fold->any_lower)
        fold->any_lower = estimate->lower;
    if (estimate->whole)
        span_add(estimate->silent ? &fold->silent_whole : &fold->whole, estimate);
    if (estimate->complete && !estimate->limited && !estimate->silent) {
        span_add(&fold->complete, estimate);
    } else {
        if (estimate->complete)
            span_add(estimate->limited ? &fold->limited : &fold->silent, estimate);
        if (estimate->lower > fold->other_lower)
            fold->other_lower = estimate->lower;
    }
    if (estimate->page && !estimate->silent && estimate->lower > fold->page_lower)
        fold->page_lower = estimate->lower;
    fold->token = fold->token || estimate->token;
    fold->disagrees = fold->disagrees || estimate->disagrees;
}

/* What a document has is there, whatever a complete one says. */
static void raise_upper(struct estimate *estimate, double lower)
{
    if (lower > estimate->upper)
        estimate->upper = lower == VALUE_SOME ? INFINITY : lower;
}

/* What is there at least, if nothing is complete but something would be, were it not
 * for a page that may be missing. That page may be there or not: so what is limited
 * counts for no more than beside the whole answer, which lacks it, unless a token that
 * was read says that the answer is no whole one. */
static double lower_beside_whole(const struct fold *fold)
{
    double lower = fold->whole.lower_min;

    if (span_differs(&fold->whole))
        return lower;
    if (fold->page_lower > lower)
        lower = fold->page_lower;
    return fold->token && fold->any_lower > lower ? fold->any_lower : lower;
}

/* What is silent bounds how many there are all the same: more than it leaves room for
 * is of another time, whichever is right. At least `least` there are. */
static void mind_silent(const struct span *silent, double least,
                        struct estimate *estimate)
{
    if (!silent->any || estimate->lower <= silent->upper_min)
        return;
    estimate->lower = silent->lower_min > least ? silent->lower_min : least;
    estimate->disagrees = true;
}

static void fold_end(const struct fold *fold, struct estimate *estimate)
{
    *estimate =
        (struct estimate){ .lower = fold->any_lower, .disagrees = fold->disagrees };
    if (fold->complete.any) {
        estimate->complete = true;
        estimate->lower = fold->complete.lower_min;
        estimate->upper = fold->complete.upper_max;
        estimate->disagrees = estimate->disagrees || span_differs(&fold->complete) ||
                              fold->other_lower > estimate->upper;
        raise_upper(estimate, fold->other_lower);
        mind_silent(&fold->silent, fold->silent.lower_min, estimate);
    } else if (fold->whole.any) {
        estimate->lower = lower_beside_whole(fold);
        /* a chain of pages has one last page, so these are of different times, whatever
         * else is missing */
        estimate->disagrees = estimate->disagrees || span_differs(&fold->whole) ||
                              fold->any_lower > estimate->lower;
    } else if (fold->silent.any) {
        estimate->complete = estimate->silent = true;
        estimate->upper = fold->silent.upper_max;
        raise_upper(estimate, fold->any_lower);
        mind_silent(&fold->silent, fold->silent.lower_min, estimate);
    } else if (fold->limited.any) {
        /* each may lack what another has: none contradicts another */
        estimate->complete = estimate->limited = true;
        estimate->upper = fold->limited.upper_max;
        raise_upper(estimate, fold->any_lower);
    }
    if (!estimate->complete && !fold->token)
        mind_silent(&fold->silent_whole, fold->page_lower, estimate);
}

const struct tally *portion_tally(const struct document *document,
                                  const struct portion *portion,
                                  const struct measure *measure)
{
    return measure->joined != NULL ? joined_tally(measure, document, portion)
                                   : &portion->tallies[measure->slot];
}

const struct tally *tally_next(const struct document *document,
                               const struct scope *scope, const struct measure *measure,
                               size_t *next)
{
    while (*next < document->portion_count) {
        const struct portion *portion = &document->portions[(*next)++];

        if (portion_is_of(document, portion, scope))
            return portion_tally(document, portion, measure);
    }
    return NULL;
}

void document_tally(const struct document *document, const struct scope *scope,
                    const struct measure *measure, uint64_t *sure, uint64_t *maybe)
{
    const struct tally *tally;
    size_t next = 0;

    *sure = 0;
    *maybe = 0;
    while ((tally = tally_next(document, scope, measure, &next)) != NULL) {
        *sure += tally_sure(tally);
        *maybe += tally->maybe + tally->sure - tally_sure(tally);
    }
}

uint64_t document_foreign(const struct document *document)
{
    const struct scope *scope = NULL;
    uint64_t own = 0;

    if (!document_counts(document) || document_has(document, DOUBT_SPREAD) ||
        document->type == NULL || document->type->arn.text == NULL)
        return 0;
    for (size_t i = 0; i < document->portion_count; i++)
        if (portion_is_of(document, &document->portions[i], scope))
            own += document->portions[i].records + document->portions[i].repeated;
    return document->records - own;
}

/* Whether it would be a whole listing, or a whole part of one, were it not for other
 * documents and for what it was limited to. */
static bool is_whole_in_itself(const struct document *document)
{
    if (document->use != USE_READ || document->call == NULL || document->untold > 0 ||
        document_lacks(document, TAKES_WHOLE) || document->from->breaks_off)
        return false;
    if (document->call->gives == GIVES_PART)
        return document->parent.text != NULL;
    return document->call->gives == GIVES_WHOLE;
}

/* Whether each of its records counts, as each does that the query of the measure's
 * filter prints. */
static bool counts_each_record(const struct document *document,
                               const struct measure *measure)
{
    uint64_t sure = 0, records = 0;

    for (size_t i = 0; i < document->portion_count; i++) {
        sure += tally_sure(portion_tally(document, &document->portions[i], measure));
        records += document->portions[i].records;
    }
    return sure == records && records + document->repeated == document->records;
}

static bool is_implied(const struct measure *measure, const struct option_word *option)
{
    for (size_t i = 0; i < measure->implied_count; i++)
        if (measure->implied[i] == option)
            return true;
    return false;
}

/* Whether what a limited document left out cannot count. */
static bool has_all_that_count(const struct document *document,
                               const struct measure *measure, bool no_filtered)
{
    if (measure == NULL)
        return false;
    if (document_has(document, DOUBT_OPTION) &&
        (document_has(document, DOUBT_OPTION_DENIED) ||
         !(is_implied(measure, document->option) ||
           (document->option != NULL && joined_implies(measure, document->option)))))
        return false;
    return !document_is_bare(document) ||
           (measure->fact->accepts_filtered && !no_filtered &&
            counts_each_record(document, measure));
}

bool document_is_complete(const struct document *document,
                          const struct measure *measure, bool no_filtered)
{
    if (!is_whole_in_itself(document) || document->tainted_by != NULL)
        return false;
    return !document_is_limited(document) ||
           has_all_that_count(document, measure, no_filtered);
}

static void extreme_of(const struct document *document, const struct scope *scope,
                       const struct measure *measure, struct estimate *estimate)
{
    const struct tally *tally;
    size_t next = 0;

    estimate->lower = estimate->upper = VALUE_NONE;
    while ((tally = tally_next(document, scope, measure, &next)) != NULL) {
        if (tally->doubt == 0 && tally->best_sure > estimate->lower)
            estimate->lower = tally->best_sure;
        if (tally->open)
            estimate->upper = INFINITY;
        else if (tally->best_any > estimate->upper)
            estimate->upper = tally->best_any;
    }
}

/* Of elements of its records more may count than can be said. */
static bool is_unbounded(const struct document *document, const struct scope *scope,
                         const struct measure *measure)
{
    const struct tally *tally = NULL;
    size_t next = 0;

    if (measure->fact->each == NULL)
        return false;
    do {
        tally = tally_next(document, scope, measure, &next);
    } while (tally != NULL && !tally->unbounded);
    return tally != NULL;
}

static void document_estimate(const struct cells *cells, const struct measure *measure,
                              const struct listing *listing, size_t index,
                              struct estimate *estimate)
{
    const struct document *document = listing->items[index];
    bool limited = document_is_limited(document);
    uint64_t sure, maybe;

    *estimate = (struct estimate){
        .complete = document_is_complete(document, measure,
                                         cells->gathered->settings->no_filtered),
        .limited = limited,
        .silent = !limited && silence_opens(document, measure),
        .whole = is_whole_in_itself(document) && !limited,
        .page = document_carries_token(document) && !limited,
        .token = document_has(document, DOUBT_TOKEN),
    };
    if (measure->fact->kind != FACT_COUNT) {
        extreme_of(document, &listing->cell->scope, measure, estimate);
        return;
    }
    document_tally(document, &listing->cell->scope, measure, &sure, &maybe);
    estimate->lower = (double)sure;
    estimate->upper = is_unbounded(document, &listing->cell->scope, measure)
                          ? INFINITY
                          : (double)sure + (double)maybe;
}

bool document_is_usable(const struct document *document)
{
    return document_counts(document) &&
           !(document->call != NULL && document->call->gives == GIVES_NOTHING);
}

/* ---- parts -------------------------------------------------------------------------
 */

struct part {
    struct fold fold;
    bool expected; /* the parents' listing has it */
};

struct parts {
    struct arena *scratch;
    const struct measure *measure;
    struct table by_parent;
    struct part **items;
    size_t count, capacity;
    struct fold unnamed; /* parts whose parent is not told */
    bool are_details;    /* each of one record, which is there whether it is or not */
    bool lost;           /* one whose parent is not told gave nothing */
};

static struct part *part_get(struct parts *parts, struct str parent)
{
    void **slot = table_slot(&parts->by_parent, name_word(parts->scratch, parent));

    if (*slot == NULL) {
        struct part *part = arena_new(parts->scratch, struct part);

        fold_start(&part->fold, parts->measure);
        *slot = part;
        parts->items = arena_grow(parts->scratch, parts->items, parts->count,
                                  &parts->capacity, sizeof(struct part *));
        parts->items[parts->count++] = *slot;
    }
    return *slot;
}

/* Counts of different things add up; of extremes the largest is that of all. */
static void add_different(const struct measure *measure, struct estimate *whole,
                          const struct estimate *other)
{
    if (measure->fact->kind == FACT_COUNT) {
        whole->lower += other->lower;
        whole->upper += other->upper;
    } else {
        if (other->lower > whole->lower)
            whole->lower = other->lower;
        if (other->upper > whole->upper)
            whole->upper = other->upper;
    }
    whole->limited = whole->limited || other->limited;
    whole->silent = whole->silent || other->silent;
    whole->disagrees = whole->disagrees || other->disagrees;
    whole->complete = whole->complete && other->complete;
}

/* Nothing yet. Whether the sum will be complete, the caller says. */
static void start_different(const struct measure *measure, struct estimate *whole)
{
    struct fold nothing;

    fold_start(&nothing, measure);
    *whole =
        (struct estimate){ .lower = nothing.any_lower, .upper = nothing.any_lower };
}

/* The one record of a detail that is missing, or is not whole, may count. */
static void may_count(const struct measure *measure, struct estimate *estimate)
{
    estimate->complete = true;
    estimate->upper =
        measure->fact->kind == FACT_COUNT && measure->fact->each == NULL ? 1 : INFINITY;
}

static void parts_end(struct parts *parts, const struct parents *parents,
                      struct estimate *whole)
{
    struct estimate unnamed;
    bool has_none = parts->count == 0 && !parts->are_details && parents->known &&
                    parents->count > 0;

    start_different(parts->measure, whole);
    /* without any part, each parent lacks its own: none is looked at */
    whole->complete = parents->known && !parts->lost && !has_none;
    for (size_t i = 0; i < parents->count && parents->known && !has_none; i++) {
        struct part *part = part_get(parts, parents->items[i].id);

        if (part->expected) /* two ids that a file's name does not tell apart */
            whole->complete = false;
        part->expected = true;
    }
    for (size_t i = 0; i < parts->count; i++) {
        struct estimate estimate;

        fold_end(&parts->items[i]->fold, &estimate);
        if (parts->are_details && !estimate.complete)
            may_count(parts->measure, &estimate);
        add_different(parts->measure, whole, &estimate);
        if (!parts->items[i]->expected)
            whole->complete = false;
    }
    fold_end(&parts->unnamed, &unnamed);
    if (unnamed.lower > whole->lower) {
        whole->disagrees = whole->disagrees || whole->complete;
        whole->complete = false;
        whole->lower = unnamed.lower;
    }
}

/* It is about a parent all the same, which the listing of parents may not have. */
static void note_lost(struct parts *parts, const struct document *document)
{
    if (document->parent.text != NULL)
        part_get(parts, document->parent);
    else
        parts->lost = true;
}

/* The parts of a listing by one type of parent, as one estimate. */
static void estimate_parts(const struct cells *cells, const struct measure *measure,
                           const struct cell *cell, const struct type *parent_type,
                           struct arena *scratch, struct estimate *whole)
{
    const struct listing *listing = keyed_listing(measure, cell);
    struct parts parts = { .scratch = scratch,
                           .measure = measure,
                           .by_parent = TABLE_EMPTY(scratch) };
    const struct parents *parents;

    fold_start(&parts.unnamed, measure);
    parents = parents_of(parent_type, cell);
    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];
        struct estimate estimate;

        if (document->call == NULL || document->call->gives != GIVES_PART ||
            document->call->parent_type != parent_type)
            continue;
        if (document->use == USE_NOTHING) {
            note_lost(&parts, document);
            continue;
        }
        if (!document_is_usable(document))
            continue;
        document_estimate(cells, measure, listing, i, &estimate);
        if (document->parent.text != NULL)
            fold_add(&part_get(&parts, document->parent)->fold, &estimate);
        else
            fold_add(&parts.unnamed, &estimate);
    }
    parts_end(&parts, parents, whole);
}

/* The parts whose parent is the subject's key are whole answers about it; what others
 * have of it is there. */
static void fold_key_parts(const struct cells *cells, const struct measure *measure,
                           const struct cell *cell, struct fold *fold)
{
    const struct listing *listing = keyed_listing(measure, cell);

    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];
        struct estimate estimate;

        if (!joined_by_key(measure, document->call) || !document_is_usable(document))
            continue;
        document_estimate(cells, measure, listing, i, &estimate);
        if (joined_part(measure, document) != KEY_PART_OWN)
            estimate.complete = estimate.whole = estimate.page = estimate.token = false;
        fold_add(fold, &estimate);
    }
}

static void fold_parts(const struct cells *cells, const struct measure *measure,
                       const struct cell *cell, struct arena *scratch,
                       struct fold *fold)
{
    const struct type *type = measure->fact->type;

    for (size_t i = 0; i < type->call_count; i++) {
        bool seen = type->calls[i]->gives != GIVES_PART ||
                    joined_by_key(measure, type->calls[i]);
        const struct type *parent_type = type->calls[i]->parent_type;
        struct estimate estimate;

        for (size_t j = 0; j < i; j++)
            seen = seen || (type->calls[j]->gives == GIVES_PART &&
                            type->calls[j]->parent_type == parent_type);
        if (seen)
            continue;
        estimate_parts(cells, measure, cell, parent_type, scratch, &estimate);
        fold_add(fold, &estimate);
    }
}

/* ---- details -----------------------------------------------------------------------
 */

/* Of each record that a listing has, what its detail tells; of all of them together. */
static void estimate_details(const struct cells *cells, const struct measure *measure,
                             const struct cell *cell, struct arena *scratch,
                             struct estimate *whole)
{
    const struct type *type = measure->fact->type;
    const struct listing *listing = keyed_listing(measure, cell);
    struct parts parts = { .scratch = scratch,
                           .measure = measure,
                           .by_parent = TABLE_EMPTY(scratch),
                           .are_details = true };
    const struct parents *records;

    fold_start(&parts.unnamed, measure);
    records = parents_of(type, cell);
    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];
        struct estimate estimate;

        if (!document_is_detail(document))
            continue;
        document_estimate(cells, measure, listing, i, &estimate);
        estimate.complete = estimate.whole = detail_is_complete(document);
        if (document->id_count > 0)
            fold_add(&part_get(&parts, document->ids[0])->fold, &estimate);
        else
            fold_add(&parts.unnamed, &estimate);
    }
    parts_end(&parts, records, whole);
}

/* Both bound the same. Where they contradict each other, either may be right. */
static void add_same(struct estimate *estimate, const struct estimate *other)
{
    bool both = estimate->complete && other->complete;
    double lower = estimate->lower > other->lower ? estimate->lower : other->lower;
    double least = estimate->lower < other->lower ? estimate->lower : other->lower;

    estimate->disagrees = estimate->disagrees || other->disagrees;
    if (!estimate->complete || (both && other->upper < estimate->upper))
        estimate->upper = other->upper;
    estimate->complete = estimate->complete || other->complete;
    estimate->lower = lower;
    if (!estimate->complete || lower <= estimate->upper)
        return;
    estimate->lower = least;
    estimate->disagrees = true;
    raise_upper(estimate, lower);
}

/* What is known of a minimum, whose values were negated, or a maximum. */
static struct fact_value extreme_value(const struct measure *measure,
                                       const struct estimate *estimate)
{
    double low = estimate->lower > VALUE_SOME ? estimate->lower : -INFINITY;
    double high = estimate->complete ? estimate->upper : INFINITY;
    struct fact_value value = { .maybe_none = estimate->lower == VALUE_NONE,
                                .only_none = high == VALUE_NONE };

    value.at_least = measure->fact->kind == FACT_MAX ? low : -high;
    value.at_most = measure->fact->kind == FACT_MAX ? high : -low;
    return value;
}

static struct fact_value value_of(const struct measure *measure,
                                  const struct estimate *estimate)
{
    if (measure->fact->kind != FACT_COUNT)
        return extreme_value(measure, estimate);
    return (struct fact_value){
        .at_least = estimate->lower,
        .at_most = estimate->complete ? estimate->upper : INFINITY,
    };
}

void tally_value(const struct fact *fact, const struct tally *tally,
                 struct fact_value *value)
{
    const struct measure measure = { .fact = fact };
    struct estimate estimate = { .complete = !tally->unbounded };

    if (fact->kind == FACT_COUNT) {
        estimate.lower = (double)tally->sure;
        estimate.upper = (double)tally->sure + (double)tally->maybe;
    } else {
        estimate.lower = tally->best_sure;
        estimate.upper = tally->open ? INFINITY : tally->best_any;
    }
    *value = value_of(&measure, &estimate);
}

static void combine_cell(const struct cells *cells, const struct measure *measure,
                         const struct cell *cell, struct arena *scratch,
                         struct estimate *estimate)
{
    const struct listing *listing = keyed_listing(measure, cell);
    struct fold fold;

    fold_start(&fold, measure);
    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];

        if (!document_is_usable(document) ||
            (document->call != NULL && document->call->gives == GIVES_PART) ||
            (measure->detail != NULL && document_is_detail(document)))
            continue;
        document_estimate(cells, measure, listing, i, estimate);
        fold_add(&fold, estimate);
    }
    fold_parts(cells, measure, cell, scratch, &fold);
    fold_key_parts(cells, measure, cell, &fold);
    fold_end(&fold, estimate);
    if (measure->detail != NULL) {
        struct estimate details;

        estimate_details(cells, measure, cell, scratch, &details);
        add_same(estimate, &details);
    }
}

/* The same, made once; of a subject for each that asks. */
static const struct estimate *known_estimate(const struct cells *cells,
                                             const struct measure *measure,
                                             const struct cell *cell,
                                             struct arena *scratch)
{
    const struct type *type = measure->fact->type;
    struct known_type *known = known_of(cell, type);
    struct estimate *of_subject, **estimate = &of_subject;

    if (measure->joined != NULL) {
        of_subject = NULL;
    } else {
        if (known->estimates == NULL) {
            known->estimates =
                arena_array(cell->known->arena,
                            cells->gathered->measures->by_type[type->index].count,
                            struct estimate *);
        }
        estimate = &known->estimates[measure->slot];
    }
    if (*estimate == NULL) {
        *estimate = arena_new(measure->joined != NULL ? scratch : cell->known->arena,
                              struct estimate);
        combine_cell(cells, measure, cell, scratch, *estimate);
    }
    return *estimate;
}

void combine(const struct cells *cells, const struct measure *measure,
             const struct cell *cell, struct arena *scratch, struct count *count)
{
    struct estimate estimate;
    struct cell_list sum;
    double copied = -INFINITY;

    fact_sum(cell, measure->fact, &sum);
    start_different(measure, &estimate);
    estimate.complete = sum.are_all;
    if (measure->joined != NULL && measure->joined->kind == KEY_NONE) {
        sum.count = 0; /* nothing joins it, whatever there is */
        estimate.complete = true;
    }
    for (size_t i = 0; i < sum.count; i++) {
        const struct estimate *of_cell =
            known_estimate(cells, measure, sum.items[i], scratch);

        /* of no told region: it may be a copy of what is added up */
        if (sum.are_regions && sum.items[i]->scope.region.text == NULL)
            copied = of_cell->lower > copied ? of_cell->lower : copied;
        else
            add_different(measure, &estimate, of_cell);
    }
    if (copied > estimate.lower)
        estimate.lower = copied;
    *count = (struct count){
        .value = value_of(measure, &estimate),
        .disagrees = estimate.disagrees,
    };
}
