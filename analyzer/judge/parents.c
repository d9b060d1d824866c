#include "judge/parents.h"

#include "judge/combine.h"
#include "judge/known.h"

#include <stdlib.h>

static int parent_compare(const void *left_item, const void *right_item)
{
    const struct parent *left = left_item, *right = right_item;
    int order = str_compare(left->id, right->id);

    return order != 0 ? order : str_compare(left->of, right->of);
}

/* Each id once. */
static void parents_sort(struct parents *parents)
{
    size_t kept = 0;

    if (parents->count > 0)
        qsort(parents->items, parents->count, sizeof *parents->items, parent_compare);
    for (size_t i = 0; i < parents->count; i++)
        if (kept == 0 || !str_equal(parents->items[kept - 1].id, parents->items[i].id))
            parents->items[kept++] = parents->items[i];
    parents->count = kept;
}

static void of_document(const struct document *document, struct arena *scratch,
                        struct parents *parents)
{
    const struct type *type = document->call->parent_type;

    *parents = (struct parents){
        .known = true,
        .items = arena_array(scratch, document->id_count, struct parent),
        .count = document->id_count,
    };
    for (size_t i = 0; i < document->id_count; i++)
        parents->items[i] = (struct parent){ document->ids[i], document->parent, type };
    parents_sort(parents);
}

static int compare_with_id(const void *id, const void *parent)
{
    return str_compare(*(const struct str *)id, ((const struct parent *)parent)->id);
}

static bool has_id(const struct parents *parents, struct str id)
{
    return parents->count > 0 &&
           bsearch(&id, parents->items, parents->count, sizeof *parents->items,
                   compare_with_id) != NULL;
}

static bool same_ids(const struct parents *left, const struct parents *right)
{
    if (left->count != right->count)
        return false;
    for (size_t i = 0; i < left->count; i++)
        if (!str_equal(left->items[i].id, right->items[i].id))
            return false;
    return true;
}

static bool knows_its_ids(const struct document *document, enum gives gives)
{
    return document_is_complete(document, NULL, true) &&
           document->call->gives == gives && !document_lacks(document, TAKES_IDS) &&
           document_foreign(document) == 0;
}

static bool is_part_by(const struct document *document, const struct type *parent_type)
{
    return document->call != NULL && document->call->gives == GIVES_PART &&
           document->call->parent_type == parent_type;
}

/* ---- one whole listing -------------------------------------------------------------
 */

/* False: no document is the whole listing. */
static bool by_listing(const struct listing *listing, struct arena *scratch,
                       struct parents *parents)
{
    bool any = false;

    for (size_t i = 0; i < listing->count; i++) {
        struct parents ids;

        if (!knows_its_ids(listing->items[i], GIVES_WHOLE))
            continue;
        of_document(listing->items[i], scratch, &ids);
        if (!any)
            *parents = ids;
        else if (!same_ids(parents, &ids))
            parents->known = false;
        any = true;
    }
    return any;
}

/* ---- a part for each parent --------------------------------------------------------
 */

struct part_ids {
    struct parents ids;
    bool expected; /* the parents' listing has its parent */
};

/* The complete parts, by their parents. False: two of one parent differ. */
static bool collect_parts(const struct listing *listing, const struct type *parent_type,
                          struct arena *scratch, struct table *parts)
{
    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];
        struct part_ids *part;
        struct parents ids;
        void **slot;

        if (!is_part_by(document, parent_type) || !knows_its_ids(document, GIVES_PART))
            continue;
        of_document(document, scratch, &ids);
        slot = table_slot(parts, name_word(scratch, document->parent));
        part = *slot;
        if (part != NULL && !same_ids(&part->ids, &ids))
            return false;
        if (part == NULL)
            part = *slot = arena_new(scratch, struct part_ids);
        part->ids = ids;
    }
    return true;
}

/* False: a part is missing, or two parents are written alike in a file's name. */
static bool add_parts(const struct parents *of, const struct table *parts,
                      struct arena *scratch, struct parents *parents)
{
    size_t capacity = 0;

    for (size_t i = 0; i < of->count; i++) {
        struct part_ids *part = table_find(parts, name_word(scratch, of->items[i].id));

        if (part == NULL || part->expected)
            return false;
        part->expected = true;
        for (size_t j = 0; j < part->ids.count; j++) {
            struct parent *item;

            parents->items = arena_grow(scratch, parents->items, parents->count,
                                        &capacity, sizeof *parents->items);
            item = &parents->items[parents->count++];
            *item = part->ids.items[j];
            item->of = of->items[i].id; /* in full: a file's name has it shortened */
        }
    }
    parents_sort(parents);
    return true;
}

/* Whether the parts are of no parents but those. */
static bool are_all_listed(const struct listing *listing,
                           const struct type *parent_type, const struct parents *of,
                           struct arena *scratch)
{
    struct table keys = TABLE_EMPTY(scratch);

    for (size_t i = 0; i < of->count; i++)
        *table_slot(&keys, name_word(scratch, of->items[i].id)) = &keys;
    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];

        if (is_part_by(document, parent_type) && document->parent.text != NULL &&
            document_is_usable(document) &&
            table_find(&keys, name_word(scratch, document->parent)) == NULL)
            return false;
    }
    return true;
}

static void by_parts(const struct listing *listing, const struct type *parent_type,
                     const struct cell *cell, struct arena *scratch,
                     struct parents *parents)
{
    struct table parts = TABLE_EMPTY(scratch);
    const struct parents *of = parents_of(parent_type, cell);

    *parents = (struct parents){ 0 };
    parents->known = of->known &&
                     collect_parts(listing, parent_type, scratch, &parts) &&
                     are_all_listed(listing, parent_type, of, scratch) &&
                     add_parts(of, &parts, scratch, parents);
}

/* ---- all of a type -----------------------------------------------------------------
 */

static void find_parents(const struct type *type, const struct cell *cell,
                         struct arena *arena, struct parents *parents)
{
    const struct listing *listing = cell_listing(cell, type);
    bool listed = by_listing(listing, arena, parents);

    for (size_t i = 0; i < type->call_count && !listed && !parents->known; i++)
        if (type->calls[i]->gives == GIVES_PART)
            by_parts(listing, type->calls[i]->parent_type, cell, arena, parents);
    for (size_t i = 0; i < listing->count && parents->known; i++) {
        const struct document *document = listing->items[i];

        for (size_t j = 0; j < document->id_count && document_is_usable(document); j++)
            parents->known = parents->known && has_id(parents, document->ids[j]);
    }
}

const struct parents *parents_of(const struct type *type, const struct cell *cell)
{
    struct known_type *known = known_of(cell, type);

    if (known->parents == NULL) {
        known->parents = arena_new(cell->known->arena, struct parents);
        find_parents(type, cell, cell->known->arena, known->parents);
    }
    return known->parents;
}

bool parents_have(const struct parents *parents, struct str parent,
                  struct arena *scratch)
{
    struct str key = name_word(scratch, parent);

    for (size_t i = 0; i < parents->count; i++)
        if (str_equal(name_word(scratch, parents->items[i].id), key))
            return true;
    return false;
}

bool part_is_complete(const struct listing *listing, const struct call *call,
                      struct str parent, const struct measure *measure,
                      bool no_filtered, struct arena *scratch)
{
    struct str key = name_word(scratch, parent);

    for (size_t i = 0; i < listing->count; i++) {
        if (listing->items[i]->parent.text != NULL && listing->items[i]->call != NULL &&
            listing->items[i]->call->parent_type == call->parent_type &&
            str_equal(name_word(scratch, listing->items[i]->parent), key) &&
            document_is_complete(listing->items[i], measure, no_filtered))
            return true;
    }
    return false;
}

/* ---- details -----------------------------------------------------------------------
 */

bool document_is_detail(const struct document *document)
{
    return document_is_usable(document) && document->call != NULL &&
           document->call->option.text != NULL && document->records == 1;
}

bool detail_is_complete(const struct document *document)
{
    return document_is_detail(document) && !document_has(document, DOUBT_DAMAGED) &&
           !document_has(document, DOUBT_SPREAD) && document->id_count == 1 &&
           !document_lacks(document, TAKES_IDS) && document_foreign(document) == 0;
}

bool detail_decides(const struct listing *listing, struct str id,
                    const struct measure *measure)
{
    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];
        uint64_t sure, maybe;

        if (!detail_is_complete(document) || !str_equal(document->ids[0], id))
            continue;
        document_tally(document, &listing->cell->scope, measure, &sure, &maybe);
        if (maybe == 0)
            return true;
    }
    return false;
}
