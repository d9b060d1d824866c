#include "judge/cells.h"

#include "base/order.h"
#include "gather/recognise.h"

#include "judge/combine.h"
#include "judge/named.h"

#include <assert.h>

static const struct listing no_listing = { 0 };

/* ---- scopes ------------------------------------------------------------------------
 */

int scope_compare(const struct scope *left, const struct scope *right)
{
    int order = str_compare(left->account, right->account);

    if (order == 0)
        order = str_compare(left->region, right->region);
    if (order == 0)
        order = str_compare(str_from(left->source), str_from(right->source));
    return order;
}

void scope_of(const struct document *document, struct scope *scope)
{
    *scope = (struct scope){ .account = document->account, .region = document->region };
    if (scope->account.text == NULL ||
        (scope->region.text == NULL &&
         (document->type == NULL || document->type->level == LEVEL_REGION)))
        scope->source = document->from->source->path;
}

/* What the ARNs of a bucket's records do not tell is the document's. */
static void scope_of_portion(const struct document *document,
                             const struct portion *portion, struct scope *scope)
{
    *scope = (struct scope){
        .account = portion->account.text != NULL ? portion->account : document->account,
        .region = portion->region.text != NULL ? portion->region : document->region,
    };
}

bool portion_is_of(const struct document *document, const struct portion *portion,
                   const struct scope *scope)
{
    struct scope own;

    scope_of_portion(document, portion, &own);
    if (document->account.text == NULL
            ? portion->account.text != NULL && !document_has(document, DOUBT_SPREAD)
            : !str_equal(own.account, document->account))
        return false;
    if (!document_has(document, DOUBT_SPREAD))
        return true;
    return own.account.text != NULL && str_equal(own.account, scope->account) &&
           (document->type->level != LEVEL_REGION ||
            (own.region.text != NULL && str_equal(own.region, scope->region)));
}

/* ---- cells -------------------------------------------------------------------------
 */

static bool is_of_account(const struct scope *scope)
{
    return scope->region.text == NULL &&
           (scope->account.text == NULL || scope->source == NULL);
}

static struct cell *account_new(struct cells *cells)
{
    struct account *account = arena_new(cells->arena, struct account);

    cells->accounts = arena_grow(cells->arena, cells->accounts, cells->account_count,
                                 &cells->account_capacity, sizeof(struct account *));
    cells->accounts[cells->account_count++] = account;
    account->cell.account = account;
    return &account->cell;
}

static struct cell *cell_new(struct cells *cells, const struct scope *scope)
{
    struct cell *cell = arena_new(cells->arena, struct cell);
    struct scope own = { .account = scope->account };

    if (own.account.text == NULL)
        own.source = scope->source;
    cell->account = cells_get(cells, &own)->account;
    return cell;
}

static struct str key_of(struct buf *buf, const struct scope *scope)
{
    buf_clear(buf);
    buf_add(buf, scope->account);
    buf_add_byte(buf, '\n');
    buf_add(buf, scope->region);
    buf_add_byte(buf, '\n');
    buf_add(buf, str_from(scope->source));
    return buf_str(buf);
}

/* The words of a path live till the cells are found. */
static struct str lasting(const struct cells *cells, struct str text)
{
    return text.text != NULL ? str_copy(cells->arena, text) : text;
}

struct cell *cells_get(struct cells *cells, const struct scope *scope)
{
    struct cell *cell = table_find(&cells->by_scope, key_of(&cells->key, scope));

    assert(scope->account.text != NULL || scope->source != NULL);
    if (cell != NULL)
        return cell;
    cell = is_of_account(scope) ? account_new(cells) : cell_new(cells, scope);
    *table_slot(&cells->by_scope, key_of(&cells->key, scope)) = cell;
    cells->items = arena_grow(cells->arena, cells->items, cells->count,
                              &cells->capacity, sizeof(struct cell *));
    cells->items[cells->count++] = cell;
    cell->itself = cell;
    cell->scope = (struct scope){ lasting(cells, scope->account),
                                  lasting(cells, scope->region), scope->source };
    return cell;
}

/* ---- listings ----------------------------------------------------------------------
 */

static struct listing *listing_find(const struct cell *cell, const struct type *type)
{
    for (size_t i = 0; i < cell->listing_count; i++)
        if (cell->listings[i].type == type)
            return &cell->listings[i];
    return NULL;
}

const struct listing *cell_listing(const struct cell *cell, const struct type *type)
{
    bool is_of_regions = type == NULL || type->level == LEVEL_REGION;
    const struct listing *listing =
        listing_find(is_of_regions ? cell : &cell->account->cell, type);

    return listing != NULL ? listing : &no_listing;
}

/* Once, though several of its buckets are of the scope. */
static void listing_add(struct cells *cells, const struct scope *scope,
                        struct document *document)
{
    struct cell *cell = cells_get(cells, scope);
    struct listing *listing;

    if (document->type != NULL && document->type->level != LEVEL_REGION)
        cell = &cell->account->cell;
    listing = listing_find(cell, document->type);
    if (listing == NULL) {
        cell->listings = arena_grow(cells->arena, cell->listings, cell->listing_count,
                                    &cell->listing_capacity, sizeof(struct listing));
        listing = &cell->listings[cell->listing_count++];
        *listing = (struct listing){ .type = document->type, .cell = cell };
    }
    if (listing->count > 0 && listing->items[listing->count - 1] == document)
        return;
    listing->items = arena_grow(cells->arena, listing->items, listing->count,
                                &listing->capacity, sizeof(struct document *));
    listing->items[listing->count++] = document;
}

/* To each cell that its records are of. */
static void add_spread(struct cells *cells, struct document *document)
{
    bool regional;

    assert(document->type != NULL); /* only records of a type have places */
    regional = document->type->level == LEVEL_REGION;
    for (size_t i = 0; i < document->portion_count; i++) {
        struct scope scope;

        scope_of_portion(document, &document->portions[i], &scope);
        if (scope.account.text != NULL && (scope.region.text != NULL || !regional) &&
            portion_is_of(document, &document->portions[i], &scope))
            listing_add(cells, &scope, document);
    }
}

static void add_document(struct cells *cells, struct document *document)
{
    struct scope scope;

    if (document->listing != NULL) {
        if (document->page_number == 1)
            add_document(cells, document->listing);
        return;
    }
    if (document->use == USE_IGNORED ||
        (document->type == NULL && document->use != USE_NOTHING))
        return;
    taints_add(cells->taints, document);
    if (document_has(document, DOUBT_SPREAD) &&
        !document_has(document, DOUBTS_OF_PLACE)) {
        add_spread(cells, document);
    } else {
        scope_of(document, &scope);
        listing_add(cells, &scope, document);
    }
}

/* What an answer that proves nothing is of need not be judged. */
static bool makes_cell(const struct document *document)
{
    if (document->type == NULL || document->type->level != LEVEL_REGION)
        return false;
    return document->call == NULL || document->call->gives != GIVES_NOTHING;
}

/* A spread document stands in several listings, and completes none. */
static void mark_documents(const struct cells *cells, struct cell *cell)
{
    for (size_t i = 0; i < cell->listing_count; i++) {
        const struct listing *listing = &cell->listings[i];

        for (size_t j = 0; j < listing->count; j++) {
            struct document *document = listing->items[j];

            if (listing->type != NULL)
                document->tainted_by =
                    taints_find(cells->taints, document, &cell->scope);
            if (makes_cell(document))
                cell->is_judged = true;
        }
    }
}

/* ---- coverage ----------------------------------------------------------------------
 */

/* A complete listing closes the set of regions; one without any region was filtered: no
 * account has none. */
static bool closes(const struct document *document)
{
    return document_is_complete(document, NULL, true) &&
           !document_lacks(document, TAKES_IDS) && document->id_count > 0;
}

static void add_region(struct arena *arena, struct str_list *list, size_t *capacity,
                       struct str region)
{
    list->items =
        arena_grow(arena, list->items, list->count, capacity, sizeof *list->items);
    list->items[list->count++] = region;
}

static bool has_region(const struct str_list *regions, struct str region)
{
    for (size_t i = 0; i < regions->count; i++)
        if (str_equal(regions->items[i], region))
            return true;
    return false;
}

/* Those that one answer lists as not in use, and none as in use. */
static void find_unused(struct arena *arena, const struct listing *listing,
                        struct coverage *coverage)
{
    size_t capacity = 0;

    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];

        if (!document_counts(document))
            continue;
        for (size_t j = 0; j < document->unused.count; j++) {
            if (has_region(&coverage->expected, document->unused.items[j]))
                continue;
            add_region(arena, &coverage->unused, &capacity, document->unused.items[j]);
            if (coverage->unused_told_by == NULL)
                coverage->unused_told_by = document->from->source->path;
        }
    }
    order_texts(&coverage->unused);
}

/* What answers list as in use, or --expect-regions names. */
static void find_expected(const struct cells *cells, const struct listing *listing,
                          struct coverage *coverage)
{
    const struct str_list *given = &cells->gathered->settings->expect_regions;
    size_t capacity = 0;

    for (size_t i = 0; i < given->count; i++)
        add_region(cells->arena, &coverage->expected, &capacity, given->items[i]);
    if (given->count > 0) {
        coverage->told_by = "--expect-regions";
        coverage->is_closed = true;
    }
    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];

        if (!document_counts(document))
            continue;
        for (size_t j = 0; j < document->id_count; j++)
            add_region(cells->arena, &coverage->expected, &capacity, document->ids[j]);
        if (!closes(document))
            continue;
        coverage->is_closed = true;
        if (coverage->told_by == NULL)
            coverage->told_by = document->from->source->path;
    }
    order_texts(&coverage->expected);
}

static void cover(struct cells *cells, struct account *account)
{
    const struct type *type =
        catalog_type(cells->gathered->measures->catalog, STR(REGION_TYPE));
    struct coverage *coverage = arena_new(cells->arena, struct coverage);
    const struct listing *listing =
        type != NULL ? cell_listing(&account->cell, type) : &no_listing;

    account->coverage = coverage;
    coverage->account = account->cell.scope.account;
    find_expected(cells, listing, coverage);
    find_unused(cells->arena, listing, coverage);
    for (size_t i = 0; i < coverage->expected.count; i++)
        cells_get(cells, &(struct scope){ .account = coverage->account,
                                          .region = coverage->expected.items[i] })
            ->is_judged = true;
}

/* ---- all of them -------------------------------------------------------------------
 */

static int cell_compare(const void *left, const void *right)
{
    return scope_compare(&(*(struct cell *const *)left)->scope,
                         &(*(struct cell *const *)right)->scope);
}

static int account_compare(const void *left, const void *right)
{
    return scope_compare(&(*(struct account *const *)left)->cell.scope,
                         &(*(struct account *const *)right)->cell.scope);
}

static void keep_judged(struct cells *cells)
{
    size_t kept = 0;

    for (size_t i = 0; i < cells->count; i++)
        if (cells->items[i]->is_judged)
            cells->items[kept++] = cells->items[i];
    cells->count = kept;
    order_sort(cells->items, kept, sizeof *cells->items, cell_compare);
    order_sort(cells->accounts, cells->account_count, sizeof *cells->accounts,
               account_compare);
}

/* Whether it is evidence of what is listed by region. */
static bool is_of_region(const struct listing *listing)
{
    return listing->type != NULL && listing->type->level == LEVEL_REGION;
}

static bool is_delivered(const struct cell *cell)
{
    for (size_t i = 0; i < cell->listing_count; i++)
        if (is_of_region(&cell->listings[i]))
            return true;
    return false;
}

static bool is_unused(const struct cell *cell, const struct coverage *coverage)
{
    if (!has_region(&coverage->unused, cell->scope.region))
        return false;
    for (size_t i = 0; i < cell->listing_count; i++) {
        const struct listing *listing = &cell->listings[i];

        for (size_t j = 0; j < listing->count && is_of_region(listing); j++)
            if (document_counts(listing->items[j]))
                return false;
    }
    return true;
}

/* Its cells are `count` from there on. Of a region that is not in use there is nothing
 * to add up. */
static void take_cells(struct arena *arena, struct account *account,
                       struct cell *const *cells, size_t count)
{
    struct str_list *delivered = &account->coverage->delivered;
    const struct cell **used = arena_array(arena, count, const struct cell *);

    account->judged = cells;
    account->judged_count = count;
    delivered->items = arena_array(arena, count, struct str);
    for (size_t i = 0; i < count; i++) {
        struct cell *cell = cells[i];

        cell->is_unused = is_unused(cell, account->coverage);
        if (cell->is_unused)
            continue;
        used[account->cell_count++] = cell;
        if (cell->scope.region.text != NULL && is_delivered(cell))
            delivered->items[delivered->count++] = cell->scope.region;
    }
    account->cells = used;
}

/* Both are sorted by account. */
static void take_all(struct cells *cells)
{
    size_t next = 0;

    while (next < cells->count && cells->items[next]->scope.account.text == NULL)
        next++;
    cells->untold_count = next;
    for (size_t i = 0; i < cells->account_count; i++) {
        struct account *account = cells->accounts[i];
        size_t from;

        if (account->coverage == NULL)
            continue;
        from = next;
        while (next < cells->count && cells->items[next]->account == account)
            next++;
        take_cells(cells->arena, account, cells->items + from, next - from);
    }
    assert(next == cells->count);
}

struct cells *cells_new(struct arena *arena, const struct source_list *sources,
                        struct gathered *gathered)
{
    struct cells *cells = arena_new(arena, struct cells);

    *cells = (struct cells){
        .arena = arena,
        .gathered = gathered,
        .by_scope = TABLE_EMPTY(arena),
        .key = BUF_EMPTY(arena),
        .taints = taints_new(arena, gathered->measures->catalog),
    };
    for (size_t i = 0; i < gathered->source_count; i++)
        for (size_t j = 0; j < gathered->sources[i]->document_count; j++)
            add_document(cells, gathered->sources[i]->documents[j]);
    for (size_t i = 0; i < cells->count; i++)
        mark_documents(cells, cells->items[i]);
    named_find(cells, sources);
    for (size_t i = 0; i < cells->account_count; i++)
        if (cells->accounts[i]->cell.scope.account.text != NULL)
            cover(cells, cells->accounts[i]);
    keep_judged(cells);
    take_all(cells);
    return cells;
}

void fact_sum(const struct cell *cell, const struct fact *fact, struct cell_list *sum)
{
    bool is_across = fact->across_regions && fact->type->level == LEVEL_REGION;

    cell_sum(is_across && cell->account->coverage != NULL ? &cell->account->cell : cell,
             fact->type, sum);
    if (is_across && cell->account->coverage == NULL)
        sum->are_all = false; /* nothing tells whose region it is */
}

void cell_sum(const struct cell *cell, const struct type *type, struct cell_list *sum)
{
    const struct account *account = cell->account;
    bool is_regional = type->level == LEVEL_REGION;

    *sum = (struct cell_list){ .items = &cell->itself, .count = 1 };
    sum->are_all = !is_regional || !cell->is_account;
    if (!is_regional || cell != &account->cell || account->coverage == NULL)
        return;
    sum->items = account->cells;
    sum->count = account->cell_count;
    sum->are_regions = true;
    sum->are_all = account->coverage->is_closed;
    for (size_t i = 0; i < account->cell_count; i++)
        if (account->cells[i]->scope.region.text == NULL)
            sum->are_all = false;
}
