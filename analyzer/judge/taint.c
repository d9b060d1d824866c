#include "judge/taint.h"

#include "judge/cells.h"

#include <stdint.h>

/* Why documents of one listing (and parent) may be its last page only. */
struct taint {
    const struct staged *all;     /* it carries a token, or may have */
    const struct staged *limited; /* the same, of what is limited: the plain listing
                                     does not miss what it lost */
};

/* What pages found under one key taint. */
struct pages {
    struct table by_parent; /* of the parts, from parent to a struct taint */
    struct taint whole,
        part; /* of the whole answers; of parts whose parent is not told */
};

struct unplaced {
    const char *path; /* of the first */
    size_t count;
};

struct taints {
    struct arena *arena;
    struct table pages; /* by type and scope, or type and folder */
    size_t type_count;
    /* by the type's index; the last of each: of no told type */
    struct unplaced *unplaced;
    const struct staged **first;
};

struct taints *taints_new(struct arena *arena, const struct catalog *catalog)
{
    struct taints *taints = arena_new(arena, struct taints);

    *taints = (struct taints){
        .arena = arena,
        .pages = TABLE_EMPTY(arena),
        .type_count = catalog->type_count,
        .unplaced = arena_array(arena, catalog->type_count + 1, struct unplaced),
        .first = arena_array(arena, catalog->type_count + 1, const struct staged *),
    };
    return taints;
}

static size_t index_of(const struct taints *taints, const struct type *type)
{
    return type != NULL ? type->index : taints->type_count;
}

/* ---- keys --------------------------------------------------------------------------
 */

enum where { WHERE_REGION, WHERE_ACCOUNT, WHERE_FOLDER };

static struct str key_of(struct buf *buf, size_t type, enum where where,
                         const struct scope *scope)
{
    bool regional = where == WHERE_REGION;

    buf_clear(buf);
    buf_printf(buf, "%zu %d %.*s\n", type, (int)where, STR_ARG(scope->account));
    if (regional)
        buf_add(buf, scope->region);
    return buf_str(buf);
}

static struct str key_of_folder(struct buf *buf, size_t type, struct str folder)
{
    buf_clear(buf);
    buf_printf(buf, "%zu %d ", type, (int)WHERE_FOLDER);
    buf_add(buf, folder);
    return buf_str(buf);
}

/* ---- pages that taint --------------------------------------------------------------
 */

static bool is_part(const struct staged *staged)
{
    return staged->call != NULL && staged->call->gives == GIVES_PART;
}

static struct taint *taint_of(struct arena *arena, struct pages *pages,
                              const struct staged *staged)
{
    void **slot;

    if (!is_part(staged))
        return &pages->whole;
    if (staged->parent.text == NULL)
        return &pages->part;
    slot = table_slot(&pages->by_parent, name_word(arena, staged->parent));
    if (*slot == NULL)
        *slot = arena_new(arena, struct taint);
    return *slot;
}

/* NULL: no page of that parent. What is looked for is not kept. */
static const struct taint *taint_find(struct arena *scratch, const struct pages *pages,
                                      const struct staged *staged)
{
    if (!is_part(staged))
        return &pages->whole;
    if (staged->parent.text == NULL)
        return &pages->part;
    return table_find(&pages->by_parent, name_word(scratch, staged->parent));
}

static void add_under(struct taints *taints, struct str key,
                      const struct staged *staged)
{
    void **slot = table_slot(&taints->pages, key);
    struct pages *pages = *slot;
    struct taint *taint;

    if (pages == NULL) {
        pages = *slot = arena_new(taints->arena, struct pages);
        pages->by_parent.arena = taints->arena;
    }
    taint = taint_of(taints->arena, pages, staged);
    if (staged_is_limited(staged) && !staged_has(staged, DOUBT_TOKEN)) {
        if (taint->limited == NULL)
            taint->limited = staged;
    } else if (taint->all == NULL) {
        taint->all = staged;
    }
}

/* What is not told is any. A page of no told type may be one of any type. */
static void add_scope(struct taints *taints, struct buf *buf, struct str account,
                      struct str region, const struct staged *staged)
{
    const struct scope scope = { .account = account, .region = region };
    size_t type = index_of(taints, staged->type);

    if (staged->type == NULL || staged->type->level == LEVEL_REGION)
        add_under(taints, key_of(buf, type, WHERE_REGION, &scope), staged);
    if (staged->type == NULL || staged->type->level != LEVEL_REGION)
        add_under(taints, key_of(buf, type, WHERE_ACCOUNT, &scope), staged);
}

static bool is_told(const struct staged *staged, struct str account, struct str region)
{
    return account.text != NULL ||
           (region.text != NULL &&
            (staged->type == NULL || staged->type->level == LEVEL_REGION));
}

/* Of a mislabelled page, or one of several places: each scope that its path, or a
 * record's ARN, names. */
static void add_named(struct taints *taints, struct buf *buf,
                      const struct staged *staged)
{
    const struct words *words = &staged->from->words;

    for (size_t i = 0; i < words->account_count || i == 0; i++) {
        for (size_t j = 0; j < words->region_count || j == 0; j++) {
            struct str account =
                i < words->account_count ? words->accounts[i] : staged->account;
            struct str region =
                j < words->region_count ? words->regions[j] : staged->region;

            if (is_told(staged, account, region))
                add_scope(taints, buf, account, region, staged);
        }
    }
    for (size_t i = 0; i < staged->bucket_count; i++) {
        const struct bucket *bucket = &staged->buckets[i];

        if (!bucket->shared && is_told(staged, bucket->account, bucket->region))
            add_scope(taints, buf, bucket->account, bucket->region, staged);
    }
}

void taints_add(struct taints *taints, const struct staged *staged)
{
    struct buf buf = BUF_EMPTY(taints->arena);
    size_t type = index_of(taints, staged->type);
    struct unplaced *unplaced = &taints->unplaced[type];
    bool told = is_told(staged, staged->account, staged->region);

    if (!staged_carries_token(staged))
        return;
    if (taints->first[type] == NULL)
        taints->first[type] = staged;
    if (staged_has(staged, DOUBT_MISLABELLED | DOUBT_SPREAD))
        add_named(taints, &buf, staged);
    else if (told)
        add_scope(taints, &buf, staged->account, staged->region, staged);
    if (told && !staged_has(staged, DOUBT_MISLABELLED | DOUBT_SPREAD))
        return;
    add_under(taints, key_of_folder(&buf, type, staged->from->source->folder), staged);
    if (told || staged_has(staged, DOUBT_MISLABELLED | DOUBT_SPREAD))
        return;
    if (unplaced->count++ == 0)
        unplaced->path = staged->from->source->path;
}

/* ---- what they taint ---------------------------------------------------------------
 */

static const struct staged *by_taint(const struct taint *taint,
                                     const struct staged *staged)
{
    if (taint == NULL)
        return NULL;
    if (taint->all != NULL)
        return taint->all;
    return staged_is_limited(staged) ? taint->limited : NULL;
}

static const struct staged *find_under(const struct taints *taints, struct buf *buf,
                                       struct str key, const struct staged *staged)
{
    const struct pages *pages = table_find(&taints->pages, key);
    const struct staged *found;

    if (pages == NULL)
        return NULL;
    found = by_taint(taint_find(buf->arena, pages, staged), staged);
    if (found == NULL && is_part(staged))
        found = by_taint(&pages->part, staged);
    return found;
}

/* Pages of the type, or of none that is told, which are answers of a whole. */
static const struct staged *find_of_type(const struct taints *taints, struct buf *buf,
                                         size_t type, enum where where,
                                         const struct scope *scope,
                                         const struct staged *staged)
{
    const struct scope wider[] = {
        *scope,
        { .account = scope->account },
        { .region = scope->region },
        { .account = STR_NONE },
    };
    struct staged whole = *staged;
    const struct staged *found = NULL;

    if (type == taints->type_count)
        whole.call = NULL;
    for (size_t i = 0; i < sizeof wider / sizeof *wider && found == NULL; i++)
        found = find_under(taints, buf, key_of(buf, type, where, &wider[i]), &whole);
    if (found == NULL)
        found =
            find_under(taints, buf,
                       key_of_folder(buf, type, staged->from->source->folder), &whole);
    return found;
}

/* What nothing places may be of any scope, and so may every page be of it. */
static const struct staged *find_any(const struct taints *taints,
                                     const struct staged *staged)
{
    const struct staged *found = taints->first[staged->type->index];

    return found != NULL ? found : taints->first[taints->type_count];
}

const struct staged *taints_find(const struct taints *taints,
                                 const struct staged *staged, const struct scope *scope)
{
    struct arena scratch = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&scratch);
    enum where where =
        staged->type->level == LEVEL_REGION ? WHERE_REGION : WHERE_ACCOUNT;
    const struct staged *found;

    if (taints->pages.count == 0)
        return NULL;
    found = find_of_type(taints, &buf, staged->type->index, where, scope, staged);
    if (found == NULL)
        found = find_of_type(taints, &buf, taints->type_count, where, scope, staged);
    if (found == NULL && scope->source != NULL)
        found = find_any(taints, staged);
    arena_release(&scratch);
    return found;
}

size_t taints_unplaced(const struct taints *taints, const struct type *type,
                       const char **path)
{
    const struct unplaced *typed = &taints->unplaced[type->index];
    const struct unplaced *untyped = &taints->unplaced[taints->type_count];

    *path = typed->count > 0 ? typed->path : untyped->path;
    return typed->count + untyped->count;
}
