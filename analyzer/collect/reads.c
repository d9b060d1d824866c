#include "collect/reads.h"

#include "gather/measures.h"

/* Each once: a call may be in the catalog for several documents. */
static void add(struct arena *arena, struct call_list *list, const struct call *call)
{
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(list->items[i]->name, call->name))
            return;
    list->items = arena_grow(arena, list->items, list->count, &list->capacity,
                             sizeof(const struct call *));
    list->items[list->count++] = call;
}

static bool is_read(const struct measures_of_type *reads)
{
    return reads->count + reads->other_count > 0 || reads->all != NULL;
}

static bool is_listing(const struct call *call)
{
    return call->gives == GIVES_WHOLE || call->gives == GIVES_PART;
}

/* Whether the call prints each of the fields that are read. */
static bool prints_all(const struct call *call, const struct measures_of_type *reads)
{
    for (size_t i = 0; i < reads->column_count; i++)
        if (str_list_has(&call->silent, reads->columns[i].name))
            return false;
    return true;
}

/* Whether it prints one of them that no listing of the type does. */
static bool tells_more(const struct call *call, const struct measures_of_type *reads)
{
    for (size_t i = 0; i < reads->column_count; i++) {
        struct str name = reads->columns[i].name;
        bool is_listed = str_list_has(&call->silent, name);

        for (size_t j = 0; j < call->type->call_count && !is_listed; j++)
            is_listed = is_listing(call->type->calls[j]) &&
                        !str_list_has(&call->type->calls[j]->silent, name);
        if (!is_listed)
            return true;
    }
    return false;
}

/* With what lists the parents, of which it is asked. */
static void add_listing(struct arena *arena, struct call_list *list,
                        const struct call *call)
{
    if (call->gives == GIVES_PART)
        for (size_t i = 0; i < call->parent_type->call_count; i++)
            if (call->parent_type->calls[i]->gives == GIVES_WHOLE)
                add(arena, list, call->parent_type->calls[i]);
    add(arena, list, call);
}

/* What lists all records of a type: one call, or one in parts, rather such that prints
 * all that is read. */
static const struct call *listing_of(const struct type *type,
                                     const struct measures_of_type *reads)
{
    const struct call *best = NULL;

    for (size_t i = 0; i < type->call_count; i++) {
        const struct call *call = type->calls[i];

        if (!is_listing(call) || !call_only_looks(call))
            continue;
        if (best == NULL || (best->gives == GIVES_PART && call->gives == GIVES_WHOLE) ||
            (best->gives == call->gives && !prints_all(best, reads) &&
             prints_all(call, reads)))
            best = call;
    }
    return best;
}

static void add_type(struct arena *arena, struct call_list *list,
                     const struct type *type, const struct measures_of_type *reads,
                     bool all)
{
    const struct call *listing = listing_of(type, reads);

    for (size_t i = 0; i < type->call_count; i++) {
        const struct call *call = type->calls[i];

        if (!call_only_looks(call))
            continue;
        if (is_listing(call) && (all || call == listing))
            add_listing(arena, list, call);
        /* of what there is one in an account */
        if (listing == NULL && call->gives == GIVES_ONE && call->option.text == NULL &&
            type->level == LEVEL_ACCOUNT)
            add(arena, list, call);
    }
    for (size_t i = 0; i < type->call_count; i++) {
        const struct call *call = type->calls[i];

        if (call->gives == GIVES_ONE && call->option.text != NULL &&
            call_only_looks(call) && tells_more(call, reads))
            add(arena, list, call);
    }
}

/* Which details are asked about follows from the answers of these. */
static void add_lists_of_details(struct arena *arena, struct call_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct call *call = list->items[i];

        if (call->option.text == NULL)
            continue;
        for (size_t j = 0; j < call->type->call_count; j++) {
            const struct call *other = call->type->calls[j];

            if (is_listing(other) && call_only_looks(other) &&
                (call->parent_type == NULL) == (other->gives == GIVES_WHOLE) &&
                other->parent_type == call->parent_type)
                add_listing(arena, list, other);
        }
    }
}

void calls_of_rules(struct arena *arena, const struct rulebook *book, bool all,
                    struct collect_calls *calls)
{
    const struct catalog *catalog = book->catalog;
    const struct measures *measures = measures_new(arena, book);
    struct call_list list = { 0 };
    struct collect_request *requests;

    for (size_t i = 0; i < catalog->type_count; i++) {
        const struct type *type = catalog->types[i];
        const struct measures_of_type *reads = &measures->by_type[i];

        if (type->level != LEVEL_NONE &&
            (all || is_read(reads) || is_region_list(type)))
            add_type(arena, &list, type, reads, all);
    }
    add_lists_of_details(arena, &list);
    requests = arena_array(arena, list.count, struct collect_request);
    for (size_t i = 0; i < list.count; i++)
        requests[i].call = list.items[i];
    calls_of_requests(arena, requests, list.count, true, calls);
}
