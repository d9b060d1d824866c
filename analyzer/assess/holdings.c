#include "assess/holdings.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_BYTES = 128 }; /* room for nearly every key */

static const struct listing no_listing = { 0 };

bool scope_is_placed(const struct scope *scope)
{
    return scope->account.text != NULL && scope->region.text != NULL;
}

void scope_of(const struct staged *staged, struct scope *scope)
{
    *scope = (struct scope){ staged->account, staged->region, NULL };
    if (!scope_is_placed(scope))
        scope->source = staged->from->source->path;
}

struct str parent_key(struct arena *arena, struct str id)
{
    char *key = arena_copy(arena, id.text, id.len);

    for (size_t i = 0; i < id.len; i++)
        if (key[i] == '/' || key[i] == ':')
            key[i] = '_';
    return (struct str){ key, id.len };
}

static char *key_add(char *key, struct str part)
{
    if (part.text != NULL)
        memcpy(key, part.text, part.len);
    key[part.len] = '\0';
    return key + part.len + 1;
}

/* What an account-level type lists holds in every region of the account. In `room`, or
 * if it is too long, in the arena: one is made for each fact of each finding. */
static struct str key_of(struct arena *arena, char room[KEY_BYTES],
                         const struct type *type, const struct scope *scope)
{
    bool regional = type == NULL || type->level == LEVEL_REGION;
    bool placed =
        scope->account.text != NULL && (scope->region.text != NULL || !regional);
    size_t index = type != NULL ? type->index : SIZE_MAX;
    struct str region = regional ? scope->region : STR_NONE;
    struct str source = placed ? STR_NONE : str_from(scope->source);
    size_t len =
        sizeof index + 1 + scope->account.len + 1 + region.len + 1 + source.len;
    char *key = len < KEY_BYTES ? room : arena_alloc(arena, len + 1), *end = key;

    end = key_add(end, (struct str){ (const char *)&index, sizeof index });
    end = key_add(end, scope->account);
    end = key_add(end, region);
    key_add(end, source);
    return (struct str){ key, len };
}

/* ---- taint -------------------------------------------------------------------------
 */

/* Why documents of one listing (and parent) may be its last page only. */
struct taint {
    bool all;     /* there is a token, or there may have been */
    bool limited; /* only of a bare array, or of a failed call with an option: the plain
                     listing does not miss what they lost */
};

struct taints {
    struct arena *arena;
    struct table by_parent; /* of the parts, by parent */
    struct taint whole,
        part; /* of the whole answers; of parts whose parent is not told */
};

static bool is_part(const struct staged *staged)
{
    return staged->call != NULL && staged->call->gives == GIVES_PART;
}

static struct taint *taint_of(struct taints *taints, const struct staged *staged)
{
    void **slot;

    if (!is_part(staged))
        return &taints->whole;
    if (staged->parent.text == NULL)
        return &taints->part;
    slot = table_slot(&taints->by_parent, parent_key(taints->arena, staged->parent));
    if (*slot == NULL)
        *slot = arena_new(taints->arena, struct taint);
    return *slot;
}

static void taint_add(struct taints *taints, const struct staged *staged)
{
    struct taint *taint;

    if (!staged_carries_token(staged))
        return;
    taint = taint_of(taints, staged);
    if (staged_is_limited(staged) && !staged->token &&
        (staged->bare || staged->nothing))
        taint->limited = true;
    else
        taint->all = true;
}

static bool is_tainted_by(struct taints *taints, const struct staged *staged)
{
    const struct taint *taint = taint_of(taints, staged);
    bool limited = taint->limited, all = taint->all;

    if (is_part(staged)) {
        all = all || taints->part.all;
        limited = limited || taints->part.limited;
    }
    return all || (limited && staged_is_limited(staged));
}

static struct taints *taints_get(struct arena *arena, struct table *table,
                                 struct str key)
{
    void **slot = table_slot(table, key);
    struct taints *taints = *slot;

    if (taints == NULL) {
        taints = arena_new(arena, struct taints);
        *taints = (struct taints){ .arena = arena, .by_parent = TABLE_EMPTY(arena) };
        *slot = taints;
    }
    return taints;
}

/* A page of which nothing tells the whole scope may be of any that it does not
 * contradict. */
static void stray_add(struct arena *arena, struct arena *scratch,
                      struct holdings *holdings, const struct staged *staged)
{
    const struct scope scope = { staged->account, staged->region, NULL };
    char room[KEY_BYTES];
    struct str key = key_of(scratch, room, staged->type, &scope);

    taint_add(taints_get(arena, &holdings->strays, key), staged);
}

static bool is_tainted_by_stray(struct arena *scratch, const struct holdings *holdings,
                                const struct scope *scope, const struct staged *staged)
{
    const struct scope wider[] = {
        { STR_NONE, STR_NONE, NULL },
        { scope->account, STR_NONE, NULL },
        { STR_NONE, scope->region, NULL },
    };
    char room[KEY_BYTES];

    if (holdings->strays.count == 0)
        return false;
    for (size_t i = 0; i < sizeof wider / sizeof *wider; i++) {
        struct str key = key_of(scratch, room, staged->type, &wider[i]);
        struct taints *taints = table_find(&holdings->strays, key);

        if (taints != NULL && is_tainted_by(taints, staged))
            return true;
    }
    return false;
}

/* ---- listings ----------------------------------------------------------------------
 */

static void holdings_add(struct arena *arena, struct arena *scratch,
                         struct holdings *holdings, struct staged *staged)
{
    struct scope scope;
    struct listing *listing;
    char room[KEY_BYTES];
    void **slot;

    if (staged->ignored || (staged->type == NULL && !staged->nothing))
        return;
    scope_of(staged, &scope);
    if (staged->type != NULL && staged_carries_token(staged)) {
        holdings->type_has_token[staged->type->index] = true;
        if (scope.source != NULL)
            stray_add(arena, scratch, holdings, staged);
    }
    slot = table_slot(&holdings->by_key, key_of(scratch, room, staged->type, &scope));
    if (*slot == NULL) {
        *slot = arena_new(arena, struct listing);
        holdings->listings = arena_grow(arena, holdings->listings, holdings->count,
                                        &holdings->capacity, sizeof(struct listing *));
        holdings->listings[holdings->count++] = *slot;
    }
    listing = *slot;
    listing->scope = scope;
    listing->type = staged->type;
    listing->items = arena_grow(arena, listing->items, listing->count,
                                &listing->capacity, sizeof(struct staged *));
    listing->items[listing->count++] = staged;
    arena_reset(scratch);
}

static void listing_mark(const struct holdings *holdings, const struct listing *listing)
{
    struct arena scratch = ARENA_EMPTY;
    struct taints taints = { .arena = &scratch, .by_parent = TABLE_EMPTY(&scratch) };
    bool lost;

    if (listing->type == NULL)
        return;
    lost = holdings_find(holdings, NULL, &listing->scope)->count > 0 ||
           (listing->scope.source != NULL &&
            holdings->type_has_token[listing->type->index]);
    for (size_t i = 0; i < listing->count; i++)
        taint_add(&taints, listing->items[i]);
    for (size_t i = 0; i < listing->count; i++) {
        struct staged *staged = listing->items[i];

        staged->tainted =
            lost || is_tainted_by(&taints, staged) ||
            is_tainted_by_stray(&scratch, holdings, &listing->scope, staged);
    }
    arena_release(&scratch);
}

struct holdings *holdings_new(struct arena *arena, struct staging *staging)
{
    struct holdings *holdings = arena_new(arena, struct holdings);
    struct arena scratch = ARENA_EMPTY;

    holdings->staging = staging;
    holdings->by_key.arena = arena;
    holdings->strays.arena = arena;
    holdings->type_has_token =
        arena_array(arena, staging->measures->catalog->type_count, bool);
    table_reserve(&holdings->by_key, staging->source_count);
    for (size_t i = 0; i < staging->source_count; i++)
        for (size_t j = 0; j < staging->sources[i]->document_count; j++)
            holdings_add(arena, &scratch, holdings, staging->sources[i]->documents[j]);
    for (size_t i = 0; i < holdings->count; i++)
        listing_mark(holdings, holdings->listings[i]);
    arena_release(&scratch);
    return holdings;
}

const struct listing *holdings_find(const struct holdings *holdings,
                                    const struct type *type, const struct scope *scope)
{
    struct arena scratch = ARENA_EMPTY;
    char room[KEY_BYTES];
    const struct listing *listing =
        table_find(&holdings->by_key, key_of(&scratch, room, type, scope));

    arena_release(&scratch);
    return listing != NULL ? listing : &no_listing;
}

static int account_compare(const void *name, const void *account)
{
    return str_compare(*(const struct str *)name,
                       ((const struct account *)account)->coverage.account);
}

void holdings_scopes(const struct holdings *holdings, const struct type *type,
                     const struct scope *scope, struct scopes *scopes)
{
    const struct account *account = NULL;

    *scopes = (struct scopes){ .items = scope, .count = 1, .are_all = true };
    if (type->level == LEVEL_REGION && scope->account.text != NULL &&
        scope->region.text == NULL && scope->source == NULL) {
        account =
            holdings->account_count > 0
                ? bsearch(&scope->account, holdings->accounts, holdings->account_count,
                          sizeof *holdings->accounts, account_compare)
                : NULL;
    }
    if (account == NULL)
        return;
    scopes->items = account->scopes;
    scopes->count = account->scope_count;
    scopes->are_regions = true;
    scopes->are_all = account->coverage.is_closed;
    for (size_t i = 0; i < account->scope_count; i++)
        if (account->scopes[i].region.text == NULL)
            scopes->are_all = false;
}
