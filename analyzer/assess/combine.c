#include "assess/combine.h"

#include <math.h>
#include <stdlib.h>

/* One document's bounds, or those of all parts together: of a count, or of a maximum
 * (of a minimum with every value negated), where VALUE_NONE stands for the maximum of
 * nothing. */
struct estimate {
    double lower, upper;
    bool complete; /* else `upper` means nothing */
    bool limited;
    bool whole; /* it would be complete, and is not limited, but that another document
                   may be a page of the same listing */
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
    struct span complete, limited; /* of the complete ones */
    struct span whole;
    double other_lower; /* the largest of those that are not in `complete` */
    double any_lower;   /* the largest of all */
    bool disagrees;
};

/* Nothing added yet: at least 0 counts, at least nothing's maximum. */
static void fold_start(struct fold *fold, const struct measure *measure)
{
    double least = measure->fact->kind == FACT_COUNT ? 0 : VALUE_NONE;

    *fold = (struct fold){ .other_lower = least, .any_lower = least };
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
        span_add(&fold->whole, estimate);
    if (estimate->complete && !estimate->limited) {
        span_add(&fold->complete, estimate);
    } else {
        if (estimate->complete)
            span_add(&fold->limited, estimate);
        if (estimate->lower > fold->other_lower)
            fold->other_lower = estimate->lower;
    }
    fold->disagrees = fold->disagrees || estimate->disagrees;
}

/* What a document has is there, whatever a complete one says. */
static void raise_upper(struct estimate *estimate, double lower)
{
    if (lower > estimate->upper)
        estimate->upper = lower == VALUE_SOME ? INFINITY : lower;
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
    } else if (fold->whole.any && span_differs(&fold->whole)) {
        /* a chain of pages has one last page, so these are of different times, whatever
         * else is missing */
        estimate->lower = fold->whole.lower_min;
        estimate->disagrees = true;
    } else if (fold->limited.any) {
        /* each may lack what another has: none contradicts another */
        estimate->complete = estimate->limited = true;
        estimate->upper = fold->limited.upper_max;
        raise_upper(estimate, fold->any_lower);
    }
    estimate->whole = estimate->complete && !estimate->limited;
}

void staged_tally(const struct staged *staged, const struct scope *scope,
                  const struct measure *measure, uint64_t *sure, uint64_t *maybe)
{
    *sure = 0;
    *maybe = 0;
    for (size_t i = 0; i < staged->bucket_count; i++) {
        if (bucket_is_of(staged, &staged->buckets[i], scope)) {
            *sure += staged->buckets[i].tallies[measure->slot].sure;
            *maybe += staged->buckets[i].tallies[measure->slot].maybe;
        }
    }
}

uint64_t staged_foreign(const struct staged *staged)
{
    const struct scope *scope = NULL;
    uint64_t own = 0;

    if (!staged->read || staged->mislabelled || staged->spread ||
        staged->type == NULL || staged->type->arn.text == NULL)
        return 0;
    for (size_t i = 0; i < staged->bucket_count; i++)
        if (bucket_is_of(staged, &staged->buckets[i], scope))
            own += staged->buckets[i].records;
    return staged->records - own;
}

/* Whether it would be a whole listing, or a whole part of one, were it not for other
 * documents and for what it was limited to. */
static bool is_whole_in_itself(const struct staged *staged)
{
    if (!staged->read || staged->mislabelled || staged->spread ||
        staged->call == NULL || staged->token || staged->damaged ||
        staged->untold > 0 || staged->crowded || staged->parent_unclear ||
        staged->from->breaks_off)
        return false;
    if (staged->call->gives == GIVES_PART)
        return staged->parent.text != NULL;
    return staged->call->gives == GIVES_WHOLE;
}

/* Whether each of its records counts, or may: a query or an option that left in others
 * is not the one of the measure's filter. */
static bool counts_each_record(const struct staged *staged,
                               const struct measure *measure)
{
    const struct scope *scope = NULL; /* what is spread is not asked */
    uint64_t records = 0, sure, maybe;

    for (size_t i = 0; i < staged->bucket_count; i++)
        if (bucket_is_of(staged, &staged->buckets[i], scope))
            records += staged->buckets[i].records;
    staged_tally(staged, scope, measure, &sure, &maybe);
    return sure + maybe == records;
}

static bool is_implied(const struct measure *measure, const struct option_word *option)
{
    for (size_t i = 0; i < measure->implied_count; i++)
        if (measure->implied[i] == option)
            return true;
    return false;
}

/* Whether what a limited document left out cannot count. */
static bool has_all_that_count(const struct staged *staged,
                               const struct measure *measure, bool no_filtered)
{
    if (measure == NULL || !counts_each_record(staged, measure))
        return false;
    if (staged->asked && !is_implied(measure, staged->option))
        return false;
    return !staged->bare || (measure->fact->accepts_filtered && !no_filtered);
}

bool staged_is_complete(const struct staged *staged, const struct measure *measure,
                        bool no_filtered)
{
    if (!is_whole_in_itself(staged) || staged->tainted_by != NULL)
        return false;
    return !staged_is_limited(staged) ||
           has_all_that_count(staged, measure, no_filtered);
}

static void extreme_of(const struct staged *staged, const struct scope *scope,
                       const struct measure *measure, struct estimate *estimate)
{
    estimate->lower = estimate->upper = VALUE_NONE;
    for (size_t i = 0; i < staged->bucket_count; i++) {
        const struct tally *tally = &staged->buckets[i].tallies[measure->slot];

        if (!bucket_is_of(staged, &staged->buckets[i], scope))
            continue;
        if (tally->best_sure > estimate->lower)
            estimate->lower = tally->best_sure;
        if (tally->open)
            estimate->upper = INFINITY;
        else if (tally->best_any > estimate->upper)
            estimate->upper = tally->best_any;
    }
}

/* Of `sure` records at most `repeated` are of a thing that another is of, too. */
static uint64_t without_repeats(uint64_t sure, uint64_t repeated)
{
    if (sure == 0)
        return 0;
    return sure > repeated ? sure - repeated : 1;
}

static void staged_estimate(const struct holdings *holdings,
                            const struct measure *measure,
                            const struct listing *listing, size_t index,
                            struct estimate *estimate)
{
    const struct staged *staged = listing->items[index];
    uint64_t sure, maybe;

    *estimate = (struct estimate){
        .complete = staged_is_complete(staged, measure,
                                       holdings->staging->settings->no_filtered),
        .limited = staged_is_limited(staged),
        .whole = is_whole_in_itself(staged) && !staged_is_limited(staged),
    };
    if (measure->fact->kind != FACT_COUNT) {
        extreme_of(staged, &listing->scope, measure, estimate);
        return;
    }
    staged_tally(staged, &listing->scope, measure, &sure, &maybe);
    estimate->lower = (double)without_repeats(sure, staged->repeated);
    estimate->upper = (double)sure + (double)maybe;
}

static bool is_usable(const struct staged *staged)
{
    return staged->read && !staged->mislabelled &&
           !(staged->call != NULL && staged->call->gives == GIVES_NOTHING);
}

/* ---- parents -----------------------------------------------------------------------
 */

static int str_compare_items(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

static size_t ids_sort(struct str *ids, size_t count)
{
    size_t kept = 0;

    if (count > 0)
        qsort(ids, count, sizeof *ids, str_compare_items);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || !str_equal(ids[kept - 1], ids[i]))
            ids[kept++] = ids[i];
    return kept;
}

static bool ids_all_in(const struct staged *staged, const struct parents *parents)
{
    for (size_t i = 0; i < staged->id_count; i++) {
        if (parents->count == 0 ||
            bsearch(&staged->ids[i], parents->ids, parents->count, sizeof(struct str),
                    str_compare_items) == NULL)
            return false;
    }
    return true;
}

static bool knows_its_ids(const struct staged *staged)
{
    return staged_is_complete(staged, NULL, true) && !staged->ids_lost &&
           staged_foreign(staged) == 0;
}

void parents_of(const struct holdings *holdings, const struct type *parent_type,
                const struct scope *scope, struct arena *scratch,
                struct parents *parents)
{
    const struct listing *listing = holdings_find(holdings, parent_type, scope);

    *parents = (struct parents){ 0 };
    for (size_t i = 0; i < listing->count && !parents->known; i++) {
        const struct staged *staged = listing->items[i];

        if (!knows_its_ids(staged))
            continue;
        parents->known = true;
        parents->ids = arena_array(scratch, staged->id_count, struct str);
        for (size_t j = 0; j < staged->id_count; j++)
            parents->ids[j] = staged->ids[j];
        parents->count = ids_sort(parents->ids, staged->id_count);
    }
    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];

        if (!is_usable(staged))
            continue;
        if (!ids_all_in(staged, parents))
            parents->known = false;
        if (knows_its_ids(staged)) {
            struct str *ids = arena_array(scratch, staged->id_count, struct str);

            for (size_t j = 0; j < staged->id_count; j++)
                ids[j] = staged->ids[j];
            if (ids_sort(ids, staged->id_count) != parents->count)
                parents->known = false;
        }
    }
}

bool part_is_complete(const struct listing *listing, struct str parent,
                      const struct measure *measure, bool no_filtered,
                      struct arena *scratch)
{
    struct str key = parent_key(scratch, parent);

    for (size_t i = 0; i < listing->count; i++) {
        if (listing->items[i]->parent.text != NULL &&
            str_equal(parent_key(scratch, listing->items[i]->parent), key) &&
            staged_is_complete(listing->items[i], measure, no_filtered))
            return true;
    }
    return false;
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
};

static struct part *part_get(struct parts *parts, struct str parent)
{
    void **slot = table_slot(&parts->by_parent, parent_key(parts->scratch, parent));

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
    whole->disagrees = whole->disagrees || other->disagrees;
    whole->complete = whole->complete && other->complete;
}

static void start_different(const struct measure *measure, struct estimate *whole)
{
    struct fold nothing;

    fold_start(&nothing, measure);
    *whole = (struct estimate){ .lower = nothing.any_lower,
                                .upper = nothing.any_lower,
                                .complete = true };
}

static void parts_end(struct parts *parts, const struct parents *parents,
                      struct estimate *whole)
{
    struct estimate unnamed;

    start_different(parts->measure, whole);
    whole->complete = parents->known;
    for (size_t i = 0; i < parents->count && parents->known; i++) {
        struct part *part = part_get(parts, parents->ids[i]);

        if (part->expected) /* two ids that a file's name does not tell apart */
            whole->complete = false;
        part->expected = true;
    }
    for (size_t i = 0; i < parts->count; i++) {
        struct estimate estimate;

        fold_end(&parts->items[i]->fold, &estimate);
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

/* The parts of a listing by one type of parent, as one estimate. */
static bool estimate_parts(const struct holdings *holdings,
                           const struct measure *measure, const struct scope *scope,
                           const struct type *parent_type, struct arena *scratch,
                           struct estimate *whole)
{
    const struct listing *listing = holdings_find(holdings, measure->fact->type, scope);
    struct parts parts = { .scratch = scratch,
                           .measure = measure,
                           .by_parent = TABLE_EMPTY(scratch) };
    struct parents parents;
    bool any = false;

    fold_start(&parts.unnamed, measure);
    parents_of(holdings, parent_type, scope, scratch, &parents);
    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];
        struct estimate estimate;

        if (!is_usable(staged) || staged->call == NULL ||
            staged->call->gives != GIVES_PART ||
            staged->call->parent_type != parent_type)
            continue;
        any = true;
        staged_estimate(holdings, measure, listing, i, &estimate);
        if (staged->parent.text != NULL)
            fold_add(&part_get(&parts, staged->parent)->fold, &estimate);
        else
            fold_add(&parts.unnamed, &estimate);
    }
    if (!any && !(parents.known && parents.count == 0))
        return false;
    parts_end(&parts, &parents, whole);
    return true;
}

static void fold_parts(const struct holdings *holdings, const struct measure *measure,
                       const struct scope *scope, struct arena *scratch,
                       struct fold *fold)
{
    const struct type *type = measure->fact->type;

    for (size_t i = 0; i < type->call_count; i++) {
        const struct type *parent_type = type->calls[i]->parent_type;
        struct estimate estimate;
        bool seen = false;

        for (size_t j = 0; j < i; j++)
            seen = seen || type->calls[j]->parent_type == parent_type;
        if (parent_type == NULL || seen)
            continue;
        if (estimate_parts(holdings, measure, scope, parent_type, scratch, &estimate))
            fold_add(fold, &estimate);
    }
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

static void combine_scope(const struct holdings *holdings,
                          const struct measure *measure, const struct scope *scope,
                          struct arena *scratch, struct estimate *estimate)
{
    const struct listing *listing = holdings_find(holdings, measure->fact->type, scope);
    struct fold fold;

    fold_start(&fold, measure);
    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];

        if (!is_usable(staged) ||
            (staged->call != NULL && staged->call->gives == GIVES_PART))
            continue;
        staged_estimate(holdings, measure, listing, i, estimate);
        fold_add(&fold, estimate);
    }
    fold_parts(holdings, measure, scope, scratch, &fold);
    fold_end(&fold, estimate);
}

void combine(const struct holdings *holdings, const struct measure *measure,
             const struct scope *scope, struct arena *scratch, struct count *count)
{
    struct estimate estimate;
    struct scopes scopes;

    holdings_scopes(holdings, measure->fact->type, scope, &scopes);
    start_different(measure, &estimate);
    estimate.complete = scopes.are_all;
    for (size_t i = 0; i < scopes.count; i++) {
        struct estimate of_scope;

        combine_scope(holdings, measure, &scopes.items[i], scratch, &of_scope);
        add_different(measure, &estimate, &of_scope);
    }
    *count = (struct count){
        .value = value_of(measure, &estimate),
        .disagrees = estimate.disagrees,
    };
}
