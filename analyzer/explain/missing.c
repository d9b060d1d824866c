#include "explain/missing.h"

#include "explain/reasons.h"
#include "explain/settles.h"
#include "gather/kind.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One struct missing while it grows. */
struct entry {
    struct missing missing;
    struct settle *settles;
    struct reason *reasons;
    size_t settle_capacity, reason_capacity;
    bool more_settles, more_reasons;
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
    missings->items = arena_grow(missings->arena, missings->items, missings->count,
                                 &missings->capacity, sizeof(struct entry *));
    missings->items[missings->count++] = entry;
    return entry;
}

static const char *keep(struct missings *missings, const char *text)
{
    return arena_copy(missings->arena, text, strlen(text));
}

static void add_settle(struct missings *missings, struct entry *entry,
                       const struct settle *settle)
{
    struct missing *missing = &entry->missing;

    for (size_t i = 0; i < missing->settle_count; i++)
        if (strcmp(entry->settles[i].command, settle->command) == 0)
            return;
    if (missing->settle_count == MISSING_SETTLES_MAX) {
        entry->more_settles = true;
        return;
    }
    entry->settles = arena_grow(missings->arena, entry->settles, missing->settle_count,
                                &entry->settle_capacity, sizeof *entry->settles);
    entry->settles[missing->settle_count++] =
        (struct settle){ keep(missings, settle->command),
                         keep(missings, settle->permission),
                         keep(missings, settle->save_as), settle->type };
}

static void put_reason(struct missings *missings, struct entry *entry,
                       const struct reason *reason)
{
    entry->reasons =
        arena_grow(missings->arena, entry->reasons, entry->missing.reason_count,
                   &entry->reason_capacity, sizeof *entry->reasons);
    entry->reasons[entry->missing.reason_count++] = *reason;
}

static void add_reason(struct missings *missings, struct entry *entry,
                       const struct reason *reason)
{
    for (size_t i = 0; i < entry->missing.reason_count; i++)
        if (reason_equal(&entry->reasons[i], reason))
            return;
    if (reason_code(reason) == CODE_MORE ||
        entry->missing.reason_count == REASONS_MAX - 1)
        entry->more_reasons = true;
    else
        put_reason(missings, entry, reason);
}

/* Everything that the judgement says of one fact, or only what is about regions. */
static void note_fact(struct missings *missings, const struct judgement *judgement,
                      size_t fact, bool of_regions)
{
    struct arena *scratch = judgement->bounds.scratch;
    const struct type *type = judgement->measures[fact]->fact->type;
    struct judgement of_fact = *judgement;
    struct finding finding = { 0 };
    size_t settle_count;
    bool more;

    of_fact.nones = arena_array(scratch, judgement->rule->fact_count, bool);
    of_fact.opens = arena_array(scratch, judgement->rule->fact_count, bool);
    of_fact.opens[fact] = true;
    finding.settles = settles_of_facts(scratch, &of_fact, of_fact.opens,
                                       MISSING_SETTLES_MAX, &settle_count, &more);
    reasons_of_finding(missings->arena, &of_fact, &finding);
    if (!of_regions) {
        struct entry *own = entry_get(missings, type, &judgement->cell->scope, scratch);

        own->more_settles = own->more_settles || more;
        for (size_t i = 0; i < finding.reason_count; i++)
            add_reason(missings, own, &finding.reasons[i]);
    }
    /* A command may list another type: the parents, if they are not known. */
    for (size_t i = 0; i < settle_count; i++) {
        const struct type *lists = finding.settles[i].type;
        struct entry *entry;

        if (of_regions && !tells_regions(lists))
            continue;
        entry = entry_get(missings, lists, &judgement->cell->scope, scratch);
        add_settle(missings, entry, &finding.settles[i]);
        for (size_t j = 0; j < finding.reason_count && lists != type; j++)
            if ((reason_code(&finding.reasons[j]) == CODE_REGIONS_UNKNOWN) ==
                of_regions)
                add_reason(missings, entry, &finding.reasons[j]);
    }
}

/* One region of those that an account's fact is made of, as a rule over regions would
 * miss it. */
static void note_cell(struct missings *missings, const struct judgement *judgement,
                      const struct cell *cell, size_t fact)
{
    struct arena *scratch = judgement->bounds.scratch;
    const struct measure *measure = judgement->measures[fact];
    struct rule rule = *judgement->rule;
    struct judgement of_cell = *judgement;
    struct buf key = BUF_EMPTY(scratch);
    void **slot;

    buf_printf(&key, "%zu ", measure->slot);
    buf_add(&key, key_of(scratch, &cell->scope, measure->fact->type->index));
    slot = table_slot(&missings->noted, buf_str(&key));
    if (*slot != NULL)
        return;
    *slot = missings;
    rule.for_each = FOR_EACH_REGION;
    of_cell.rule = &rule;
    of_cell.cell = cell;
    of_cell.counts = arena_array(scratch, rule.fact_count, struct count);
    combine(judgement->cells, measure, cell, scratch, &of_cell.counts[fact]);
    if (!fact_is_exact(&of_cell.counts[fact].value))
        note_fact(missings, &of_cell, fact, false);
}

/* Nothing is missing of a complete listing that is counted by a time nobody gave. */
static bool is_open_by_time(const struct judgement *judgement, size_t fact)
{
    const struct fact *counted = judgement->measures[fact]->fact;

    return counted->kind == FACT_COUNT && counted->bound_to != NULL &&
           counted->bound_to->reads_now &&
           judgement->cells->staging->settings->as_of.text == NULL &&
           isfinite(judgement->values[fact].at_most);
}

void missings_note(struct missings *missings, const struct judgement *judgement)
{
    for (size_t i = 0; i < judgement->rule->fact_count; i++) {
        struct cell_list sum;

        if (fact_is_exact(&judgement->values[i]) || is_open_by_time(judgement, i))
            continue;
        cell_sum(judgement->cell, judgement->measures[i]->fact->type, &sum);
        if (!sum.are_all)
            note_fact(missings, judgement, i, true);
        for (size_t j = 0; j < sum.count; j++)
            note_cell(missings, judgement, sum.items[j], i);
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

        if (entry->more_reasons)
            put_reason(missings, entry, SAYS(SAY_MORE));
        if (entry->more_settles)
            put_reason(missings, entry, SAYS(SAY_MORE_COMMANDS));
        entry->missing.settles = entry->settles;
        entry->missing.reasons = entry->reasons;
        list[i] = entry->missing;
    }
    if (missings->count > 0)
        qsort(list, missings->count, sizeof *list, missing_compare);
    *count = missings->count;
    return list;
}
