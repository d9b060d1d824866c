#include "explain/missing.h"

#include "explain/derived.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One struct missing while it grows. */
struct entry {
    struct missing missing;
    struct explanation said;
};

struct missings {
    struct arena *arena;
    struct table noted;   /* a measure in a scope, so that it is looked at once */
    struct table by_type; /* from a scope and a type to its entry */
    struct entry **items;
    size_t count, capacity;
};

struct missings *missings_new(struct arena *arena)
{
    struct missings *missings = arena_new(arena, struct missings);

    missings->arena = arena;
    missings->noted.arena = arena;
    missings->by_type.arena = arena;
    return missings;
}

/* Nothing yet. */
static struct explanation explanation_in(struct arena *arena)
{
    return (struct explanation){ .reasons = { .arena = arena, .texts = arena },
                                 .settles_max = MISSING_SETTLES_MAX };
}

static struct str key_of(struct arena *arena, const struct scope *scope, size_t index)
{
    struct buf key = BUF_EMPTY(arena);

    buf_printf(&key, "%zu\n%.*s\n%.*s\n%s", index, STR_ARG(scope->account),
               STR_ARG(scope->region), scope->source != NULL ? scope->source : "");
    return buf_str(&key);
}

/* What an account-level type lists is missed by the account, whatever the region. */
static struct scope scope_of_type(const struct type *type, const struct scope *scope)
{
    struct scope own = *scope;

    if (type->level != LEVEL_REGION) {
        own.region = STR_NONE;
        if (own.account.text != NULL)
            own.source = NULL;
    }
    return own;
}

static struct entry *entry_get(struct missings *missings, const struct type *type,
                               const struct scope *scope, struct arena *scratch)
{
    struct scope own = scope_of_type(type, scope);
    void **slot = table_slot(&missings->by_type, key_of(scratch, &own, type->index));
    struct entry *entry = *slot;

    if (entry != NULL)
        return entry;
    entry = *slot = arena_new(missings->arena, struct entry);
    entry->missing = (struct missing){
        .account = own.account, .region = own.region, .source = own.source, .type = type
    };
    entry->said = explanation_in(missings->arena);
    missings->items = arena_grow(missings->arena, missings->items, missings->count,
                                 &missings->capacity, sizeof(struct entry *));
    missings->items[missings->count++] = entry;
    return entry;
}

static void add_reasons(struct entry *entry, const struct explanation *said)
{
    for (size_t i = 0; i < said->reasons.count; i++)
        explanation_reason(&entry->said, &said->reasons.items[i]);
    entry->said.reasons.more += said->reasons.more;
}

/* What was said of records of a type, at a scope: a command may list another type, the
 * parents, if they are not known. A type NULL: of another one's alone. */
static void note(struct missings *missings, const struct explanation *said,
                 const struct type *type, const struct scope *scope,
                 struct arena *scratch)
{
    if (type != NULL) {
        struct entry *own = entry_get(missings, type, scope, scratch);

        add_reasons(own, said);
        own->said.more_settles = own->said.more_settles || said->more_settles;
    }
    for (size_t i = 0; i < said->settle_count; i++) {
        const struct type *lists = said->settles[i].type;
        struct entry *entry = entry_get(missings, lists, scope, scratch);

        explanation_settle(&entry->said, &said->settles[i]);
        if (lists != type)
            add_reasons(entry, said);
    }
}

/* One cell of those that a fact is made of, as a rule over regions would miss it. */
static void note_cell(struct missings *missings, const struct judgement *judgement,
                      const struct cell *cell, size_t fact)
{
    struct arena *scratch = judgement->bounds.scratch;
    const struct measure *measure = judgement->measures[fact];
    struct explanation said = explanation_in(scratch);
    struct buf key = BUF_EMPTY(scratch);
    void **slot;

    if (measure->joined != NULL) /* once for all subjects */
        buf_printf(&key, "%s %.*s ", judgement->rule->path,
                   STR_ARG(judgement->rule->facts[fact].name));
    else
        buf_printf(&key, "%zu ", measure->slot);
    buf_add(&key, key_of(scratch, &cell->scope, measure->fact->type->index));
    slot = table_slot(&missings->noted, buf_str(&key));
    if (*slot != NULL)
        return;
    *slot = missings;
    explain_fact(judgement, fact, cell, &said);
    if (said.reasons.count + said.settle_count > 0)
        note(missings, &said, measure->fact->type, &cell->scope, scratch);
}

static void note_regions(struct missings *missings, const struct judgement *judgement)
{
    struct arena *scratch = judgement->bounds.scratch;
    struct explanation said = explanation_in(scratch);

    explain_regions(judgement, &said);
    note(missings, &said, NULL, &judgement->cell->scope, scratch);
}

/* Nothing is missing of a complete listing that is counted by a time nobody gave. */
static bool is_open_by_time(const struct judgement *judgement, size_t fact)
{
    const struct fact *counted = &judgement->rule->facts[fact];

    return counted->kind == FACT_COUNT && counted->reads_now &&
           judgement->cells->gathered->settings->as_of.text == NULL &&
           isfinite(judgement->values[fact].at_most);
}

/* Derived records are missed by the types that they are made of. */
static void note_derived(struct missings *missings, const struct judgement *judgement,
                         size_t fact)
{
    struct arena *scratch = judgement->bounds.scratch;
    struct explanation said = explanation_in(scratch);

    explain_derived(judgement, fact, &said);
    note(missings, &said, NULL, &judgement->cell->scope, scratch);
}

void missings_note(struct missings *missings, const struct judgement *judgement)
{
    for (size_t i = 0; i < judgement->rule->fact_count; i++) {
        struct cell_list sum;

        if (fact_is_exact(&judgement->values[i]) || is_open_by_time(judgement, i))
            continue;
        if (judgement->measures[i] == NULL) {
            note_derived(missings, judgement, i);
            continue;
        }
        fact_sum(judgement->cell, judgement->measures[i]->fact, &sum);
        if (!sum.are_all)
            note_regions(missings, judgement);
        for (size_t j = 0; j < sum.count; j++)
            note_cell(missings, judgement, sum.items[j], i);
    }
}

void missings_note_universe(struct missings *missings,
                            const struct judgement *judgement)
{
    note_cell(missings, judgement, judgement->cell, 0);
}

void missings_join(struct missings *missings, const struct missings *others)
{
    for (size_t i = 0; i < others->count; i++) {
        missings->items = arena_grow(missings->arena, missings->items, missings->count,
                                     &missings->capacity, sizeof(struct entry *));
        missings->items[missings->count++] = others->items[i];
    }
}

/* ---- the list ---- */

static int missing_compare(const void *left_item, const void *right_item)
{
    const struct missing *left = left_item, *right = right_item;
    int order = str_compare(left->account, right->account);

    if (order == 0)
        order = str_compare(left->region, right->region);
    if (order == 0)
        order = str_compare(str_from(left->source), str_from(right->source));
    return order != 0 ? order
                      : (left->type->index > right->type->index) -
                            (left->type->index < right->type->index);
}

const struct missing *missings_list(struct missings *missings, size_t *count)
{
    struct missing *list =
        arena_array(missings->arena, missings->count, struct missing);

    for (size_t i = 0; i < missings->count; i++) {
        struct entry *entry = missings->items[i];
        struct explanation *said = &entry->said;

        if (said->reasons.more > 0)
            reason_list_add(&said->reasons, REASONS_MAX, SAYS(SAY_MORE));
        if (said->more_settles)
            reason_list_add(&said->reasons, REASONS_MAX + 1, SAYS(SAY_MORE_COMMANDS));
        entry->missing.settles = said->settles;
        entry->missing.settle_count = said->settle_count;
        entry->missing.reasons = said->reasons.items;
        entry->missing.reason_count = said->reasons.count;
        list[i] = entry->missing;
    }
    if (missings->count > 0)
        qsort(list, missings->count, sizeof *list, missing_compare);
    *count = missings->count;
    return list;
}
