#include "explain/citations.h"

#include "explain/derived.h"

#include "judge/keyed.h"

#include <stdlib.h>
#include <string.h>

struct citation_list {
    struct arena *arena, *scratch; /* of texts; of the items */
    bool decisive;
    struct str fact; /* its name in this rule: in another it may have another */
    struct citation *items;
    size_t count, capacity;
    size_t max, room; /* of a fact; what is left of it */
    uint64_t found;   /* records of the fact, cited or not */
};

static void list_start(struct citation_list *list, struct str fact, bool decisive,
                       size_t max)
{
    list->fact = fact;
    list->decisive = decisive;
    list->max = list->room = max;
    list->found = 0;
}

/* Where a record is. */
struct cited_record {
    const struct document *page; /* that has it */
    struct hit hit;
};

struct hit_list {
    struct cited_record *items;
    size_t count, capacity;
};

static void hit_list_add(struct arena *arena, struct hit_list *hits,
                         const struct document *page, const struct hit *hit)
{
    hits->items = arena_grow(arena, hits->items, hits->count, &hits->capacity,
                             sizeof *hits->items);
    hits->items[hits->count++] = (struct cited_record){ page, *hit };
}

static int cited_compare(const void *left, const void *right)
{
    const struct cited_record *a = left, *b = right;

    if (a->page->page_number != b->page->page_number)
        return a->page->page_number < b->page->page_number ? -1 : 1;
    return (a->hit.offset > b->hit.offset) - (a->hit.offset < b->hit.offset);
}

static bool is_sorted(const struct hit_list *hits)
{
    for (size_t i = 1; i < hits->count; i++)
        if (cited_compare(&hits->items[i - 1], &hits->items[i]) > 0)
            return false;
    return true;
}

/* The tally's first hits. */
static void add_hits(struct citation_list *list, const struct document *page,
                     const struct tally *tally, struct hit_list *hits)
{
    for (size_t i = 0; i < tally->rows.count; i++) {
        const struct row *row = tally->rows.items[i];
        struct hits_reader reader = hits_read(row->places, row->place_count);
        struct hit hit;

        for (size_t j = 0; j < list->max && hits_next(&reader, &hit); j++)
            hit_list_add(list->scratch, hits, page, &hit);
    }
    if (tally->best != NULL)
        hit_list_add(list->scratch, hits, page, tally->best);
}

/* The document's first hits of the scope, in their order. */
static void add_hits_of(struct citation_list *list, const struct document *document,
                        const struct scope *scope, const struct measure *measure,
                        struct hit_list *hits)
{
    const struct tally *tally;
    size_t next = 0;

    while ((tally = tally_next(document, scope, measure, &next)) != NULL) {
        list->found += tally->cited;
        if (list->room > 0)
            add_hits(list, portion_page(document, &document->portions[next - 1]), tally,
                     hits);
    }
    if (hits->count > 0 && !is_sorted(hits))
        qsort(hits->items, hits->count, sizeof *hits->items, cited_compare);
}

static void cite(struct citation_list *list, const struct document *document,
                 const struct hit *hit)
{
    bool whole = document->shape == SHAPE_RECORD ||
                 (document->call != NULL && document->call->answer != ANSWER_LIST);

    list->room--;
    list->items = arena_grow(list->scratch, list->items, list->count, &list->capacity,
                             sizeof *list->items);
    list->items[list->count++] = (struct citation){
        .fact = list->fact,
        .decisive = list->decisive,
        .path = document->from->source->path,
        .document = document->index,
        .list = document->list_pointer,
        .index = hit != NULL && !whole ? hit->index : CITES_ALL,
        .line = hit != NULL ? hit->line : document->list_start.line,
        .offset = hit != NULL ? hit->offset : document->list_start.offset,
        .id = hit != NULL ? hit->id : STR_NONE,
    };
}

/* The same bytes are cited once, by the least of their paths; without digests, nothing
 * tells that they are the same. */
static bool is_copy(const struct listing *listing, size_t index)
{
    const struct document *document = listing->items[index];

    if (document->from->total.sha256[0] == '\0' || document->page_count > 0)
        return false;
    for (size_t i = 0; i < index && i < 64; i++) {
        if (listing->items[i]->from != document->from &&
            listing->items[i]->index == document->index &&
            strcmp(listing->items[i]->pointer, document->pointer) == 0 &&
            strcmp(listing->items[i]->from->total.sha256,
                   document->from->total.sha256) == 0)
            return true;
    }
    return false;
}

static bool is_citable(const struct listing *listing, size_t index)
{
    const struct document *document = listing->items[index];

    return document_counts(document) && !is_copy(listing, index);
}

/* The best value of a minimum or maximum in a document: of its own account. */
static double best_of(const struct listing *listing, size_t index,
                      const struct measure *measure)
{
    const struct tally *tally;
    double best = VALUE_NONE;
    size_t next = 0;

    if (!is_citable(listing, index))
        return VALUE_NONE;
    while ((tally = tally_next(listing->items[index], &listing->cell->scope, measure,
                               &next)) != NULL)
        if (tally->best_sure > best)
            best = tally->best_sure;
    return best;
}

static double best_of_all(const struct cell_list *sum, const struct measure *measure)
{
    double best = VALUE_NONE;

    for (size_t i = 0; i < sum->count; i++) {
        const struct listing *listing = keyed_listing(measure, sum->items[i]);

        for (size_t j = 0; j < listing->count; j++)
            if (best_of(listing, j, measure) > best)
                best = best_of(listing, j, measure);
    }
    return best;
}

/* Of one that was joined, each page. */
static void cite_listing(struct citation_list *list, const struct document *document)
{
    if (document->page_count == 0)
        cite(list, document, NULL);
    for (size_t i = 0; i < document->page_count && list->room > 0; i++)
        cite(list, document->pages[i], NULL);
}

/* A count's records; of a minimum or maximum only those that have it. */
static void cite_hits(struct citation_list *list, const struct listing *listing,
                      const struct measure *measure, double best)
{
    bool is_count = measure->fact->kind == FACT_COUNT;

    for (size_t i = 0; i < listing->count; i++) {
        struct hit_list hits = { 0 };

        if (!is_citable(listing, i) ||
            (!is_count && best_of(listing, i, measure) < best))
            continue;
        add_hits_of(list, listing->items[i], &listing->cell->scope, measure, &hits);
        for (size_t j = 0; j < hits.count && list->room > 0; j++)
            cite(list, hits.items[j].page, &hits.items[j].hit);
    }
}

static void cite_fact(struct citation_list *list, const struct cell *cell,
                      const struct measure *measure)
{
    struct cell_list sum;
    double best;

    if (measure == NULL ||
        (measure->joined != NULL && measure->joined->kind == KEY_NONE))
        return; /* of the subject, which is cited itself */
    fact_sum(cell, measure->fact, &sum);
    best = measure->fact->kind == FACT_COUNT ? 0 : best_of_all(&sum, measure);
    for (size_t i = 0; i < sum.count; i++)
        cite_hits(list, keyed_listing(measure, sum.items[i]), measure, best);
    if (list->room < list->max)
        return;
    /* nothing counts: the listings show it, each cell's until one has some */
    for (size_t i = 0; i < sum.count && list->room == list->max; i++) {
        const struct listing *listing = keyed_listing(measure, sum.items[i]);

        for (size_t j = 0; j < listing->count && list->room > 0; j++)
            if (is_citable(listing, j))
                cite_listing(list, listing->items[j]);
    }
}

/* Where the records of a subject are. */
static void cite_rows(struct citation_list *list, const struct subject *subject)
{
    for (size_t i = 0; i < subject->row_count && list->room > 0; i++) {
        const struct row *row = subject->rows[i].row;

        if (row->place_count > 0)
            cite(list, subject->rows[i].page,
                 hits_first(row->places, row->place_count));
    }
}

static void cite_subject(struct citation_list *list, const struct subject *subject)
{
    list_start(list, STR("resource"), true, CITATIONS_BESIDE_MAX);
    cite_rows(list, subject);
}

/* Selections that take it, with their plans; none: the plans that there are. */
static void cite_derived(struct citation_list *list, const struct judgement *judgement,
                         size_t fact)
{
    struct assignments assignments;
    const struct plan_input *plans;
    bool is_open;
    size_t count;

    if (!derived_assignments(judgement, fact, &assignments))
        return;
    for (size_t i = 0; i < assignments.count && list->room > 0; i++) {
        const struct selection_input *of = assignments.items[i].of;

        cite_rows(list, of->subject);
        if (of->plan->subject != NULL)
            cite_rows(list, of->plan->subject);
    }
    plans =
        assigner_plans(assigner_of(judgement->cells, judgement->cell, list->scratch),
                       &count, &is_open);
    for (size_t i = 0; i < count && assignments.count == 0 && list->room > 0; i++)
        cite_rows(list, plans[i].subject);
}

/* NULL: there are none. */
static const struct citation *kept(const struct citation_list *list)
{
    if (list->count == 0)
        return NULL;
    return memcpy(arena_array(list->arena, list->count, struct citation), list->items,
                  list->count * sizeof *list->items);
}

static void keep(const struct citation_list *list, struct finding *finding)
{
    finding->citation_count = list->count;
    finding->citations = kept(list);
}

static void cite_fact_of(struct citation_list *list, const struct judgement *judgement,
                         size_t fact, bool decisive)
{
    list_start(list, judgement->rule->facts[fact].name, decisive,
               decisive ? CITATIONS_MAX : CITATIONS_BESIDE_MAX);
    cite_derived(list, judgement, fact);
    cite_fact(list, judgement->cell, judgement->measures[fact]);
}

void citations_of_finding(struct arena *arena, const struct judgement *judgement,
                          struct finding *finding)
{
    struct citation_list list = { .arena = arena,
                                  .scratch = judgement->bounds.scratch };
    size_t deciding = judgement->deciding, fact_count = judgement->rule->fact_count;

    if (judgement->subject != NULL)
        cite_subject(&list, judgement->subject);
    if (deciding < fact_count) {
        cite_fact_of(&list, judgement, deciding, true);
        if (list.found > list.max - list.room)
            finding->citations_more = list.found - (list.max - list.room);
    }
    for (size_t i = 0; i < fact_count; i++)
        if (i != deciding)
            cite_fact_of(&list, judgement, i, false);
    keep(&list, finding);
}

void citations_of_universe(struct arena *arena, struct arena *scratch,
                           const struct measures *measures, const struct cell *cell,
                           struct finding *finding)
{
    struct citation_list list = { .arena = arena, .scratch = scratch };

    for (size_t i = 0; i < finding->rule->subject_count; i++) {
        list_start(&list, STR("resource"), true, CITATIONS_BESIDE_MAX);
        cite_fact(&list, cell,
                  measures->by_type[finding->rule->subjects[i]->index].all);
    }
    keep(&list, finding);
}

/* The records of a list of kinds, under the name of the first kind that is read. */
static void cite_kinds(struct citation_list *list, const struct measures *measures,
                       const struct cell *cell, const struct rule *kinds)
{
    const struct str name = list->fact;

    for (size_t i = 0; i < kinds->subject_count; i++) {
        list_start(list, name, true, CITATIONS_BESIDE_MAX);
        cite_fact(list, cell, measures->by_type[kinds->subjects[i]->index].all);
    }
}

void citations_of_remark(struct arena *arena, const struct judgement *judgement,
                         const struct commentary *of, size_t row, struct remark *remark)
{
    struct citation_list list = { .arena = arena,
                                  .scratch = judgement->bounds.scratch };
    const struct rule *rule = judgement->rule;
    const bool *reads = judgement->ruling->reads + row * rule->fact_count;
    size_t fact = 0;

    for (size_t i = 0; i < of->kinds_count; i++) {
        size_t end = fact + of->kinds[i]->outcome_count;

        while (fact < end && !reads[fact])
            fact++;
        if (fact < end) {
            list.fact = rule->facts[fact].name;
            cite_kinds(&list, judgement->cells->gathered->measures, judgement->cell,
                       of->kinds[i]);
        }
        fact = end;
    }
    for (; fact < rule->fact_count; fact++) {
        list_start(&list, rule->facts[fact].name, true, CITATIONS_BESIDE_MAX);
        if (reads[fact])
            cite_fact(&list, judgement->cell, judgement->measures[fact]);
    }
    remark->citation_count = list.count;
    remark->citations = kept(&list);
}
