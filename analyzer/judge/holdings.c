#include "judge/holdings.h"

#include <assert.h>
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
    *scope = (struct scope){ .account = staged->account, .region = staged->region };
    if (scope->account.text == NULL ||
        (scope->region.text == NULL &&
         (staged->type == NULL || staged->type->level == LEVEL_REGION)))
        scope->source = staged->from->source->path;
}

void bucket_scope(const struct staged *staged, const struct bucket *bucket,
                  struct scope *scope)
{
    *scope = (struct scope){
        .account = bucket->account.text != NULL ? bucket->account : staged->account,
        .region = bucket->region.text != NULL ? bucket->region : staged->region,
    };
}

bool bucket_is_of(const struct staged *staged, const struct bucket *bucket,
                  const struct scope *scope)
{
    struct scope own;

    bucket_scope(staged, bucket, &own);
    if (staged->account.text == NULL ? bucket->account.text != NULL && !staged->spread
                                     : !str_equal(own.account, staged->account))
        return false;
    if (!staged->spread)
        return true;
    return own.account.text != NULL && str_equal(own.account, scope->account) &&
           (staged->type->level != LEVEL_REGION ||
            (own.region.text != NULL && str_equal(own.region, scope->region)));
}

struct str parent_key(struct arena *arena, struct str id)
{
    return name_word(arena, id);
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

/* ---- listings ----------------------------------------------------------------------
 */

static struct listing *listing_get(struct arena *arena, struct arena *scratch,
                                   struct holdings *holdings, const struct type *type,
                                   const struct scope *scope)
{
    char room[KEY_BYTES];
    void **slot = table_slot(&holdings->by_key, key_of(scratch, room, type, scope));
    struct listing *listing = *slot;

    if (listing == NULL) {
        listing = *slot = arena_new(arena, struct listing);
        listing->scope = *scope;
        listing->type = type;
        holdings->listings = arena_grow(arena, holdings->listings, holdings->count,
                                        &holdings->capacity, sizeof(struct listing *));
        holdings->listings[holdings->count++] = listing;
    }
    return listing;
}

/* Once, though several of its buckets are of the scope. */
static void listing_add(struct arena *arena, struct arena *scratch,
                        struct holdings *holdings, const struct scope *scope,
                        struct staged *staged)
{
    struct listing *listing =
        listing_get(arena, scratch, holdings, staged->type, scope);

    if (listing->count > 0 && listing->items[listing->count - 1] == staged)
        return;
    listing->items = arena_grow(arena, listing->items, listing->count,
                                &listing->capacity, sizeof(struct staged *));
    listing->items[listing->count++] = staged;
}

/* To each scope that its records are of. */
static void add_spread(struct arena *arena, struct arena *scratch,
                       struct holdings *holdings, struct staged *staged)
{
    bool regional;

    assert(staged->type != NULL); /* only records of a type have places */
    regional = staged->type->level == LEVEL_REGION;
    for (size_t i = 0; i < staged->bucket_count; i++) {
        struct scope scope;

        bucket_scope(staged, &staged->buckets[i], &scope);
        if (scope.account.text != NULL && (scope.region.text != NULL || !regional) &&
            bucket_is_of(staged, &staged->buckets[i], &scope))
            listing_add(arena, scratch, holdings, &scope, staged);
    }
}

static void holdings_add(struct arena *arena, struct arena *scratch,
                         struct holdings *holdings, struct staged *staged)
{
    struct scope scope;

    if (staged->ignored || (staged->type == NULL && !staged->nothing))
        return;
    taints_add(holdings->taints, staged);
    if (staged->spread && !staged->mislabelled) {
        add_spread(arena, scratch, holdings, staged);
    } else {
        scope_of(staged, &scope);
        listing_add(arena, scratch, holdings, &scope, staged);
    }
    arena_reset(scratch);
}

/* A spread document stands in several listings, and completes none. */
static void listing_mark(const struct holdings *holdings, const struct listing *listing)
{
    if (listing->type == NULL)
        return;
    for (size_t i = 0; i < listing->count; i++)
        listing->items[i]->tainted_by =
            taints_find(holdings->taints, listing->items[i], &listing->scope);
}

struct holdings *holdings_new(struct arena *arena, struct staging *staging)
{
    struct holdings *holdings = arena_new(arena, struct holdings);
    struct arena scratch = ARENA_EMPTY;

    holdings->staging = staging;
    holdings->by_key.arena = arena;
    holdings->taints = taints_new(arena, staging->measures->catalog);
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

const struct account *holdings_account(const struct holdings *holdings, struct str name)
{
    if (name.text == NULL || holdings->account_count == 0)
        return NULL;
    return bsearch(&name, holdings->accounts, holdings->account_count,
                   sizeof *holdings->accounts, account_compare);
}

void holdings_scopes(const struct holdings *holdings, const struct type *type,
                     const struct scope *scope, struct scopes *scopes)
{
    const struct account *account = NULL;

    *scopes = (struct scopes){ .items = scope, .count = 1, .are_all = true };
    if (type->level == LEVEL_REGION && scope->region.text == NULL &&
        scope->source == NULL)
        account = holdings_account(holdings, scope->account);
    if (account == NULL) {
        scopes->are_all = type->level != LEVEL_REGION || !scope->is_account;
        return;
    }
    scopes->items = account->scopes;
    scopes->count = account->scope_count;
    scopes->are_regions = true;
    scopes->are_all = account->coverage.is_closed;
    for (size_t i = 0; i < account->scope_count; i++)
        if (account->scopes[i].region.text == NULL)
            scopes->are_all = false;
}
