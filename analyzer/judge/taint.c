#include "judge/taint.h"

#include "judge/cells.h"

#include <stdint.h>

/* Why documents of one listing (and parent) may be its last page only. */
struct taint {
    const struct document *all;     /* it carries a token, or may have */
    const struct document *limited; /* the same, of what is limited: the plain listing
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
    const struct document **first;
};

struct taints *taints_new(struct arena *arena, const struct catalog *catalog)
{
    struct taints *taints = arena_new(arena, struct taints);

    *taints = (struct taints){
        .arena = arena,
        .pages = TABLE_EMPTY(arena),
        .type_count = catalog->type_count,
        .unplaced = arena_array(arena, catalog->type_count + 1, struct unplaced),
        .first = arena_array(arena, catalog->type_count + 1, const struct document *),
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

static bool is_part(const struct document *document)
{
    return document->call != NULL && document->call->gives == GIVES_PART;
}

static struct taint *taint_of(struct arena *arena, struct pages *pages,
                              const struct document *document)
{
    void **slot;

    if (!is_part(document))
        return &pages->whole;
    if (document->parent.text == NULL)
        return &pages->part;
    slot = table_slot(&pages->by_parent, name_word(arena, document->parent));
    if (*slot == NULL)
        *slot = arena_new(arena, struct taint);
    return *slot;
}

/* NULL: no page of that parent. What is looked for is not kept. */
static const struct taint *taint_find(struct arena *scratch, const struct pages *pages,
                                      const struct document *document)
{
    if (!is_part(document))
        return &pages->whole;
    if (document->parent.text == NULL)
        return &pages->part;
    return table_find(&pages->by_parent, name_word(scratch, document->parent));
}

static void add_under(struct taints *taints, struct str key,
                      const struct document *document)
{
    void **slot = table_slot(&taints->pages, key);
    struct pages *pages = *slot;
    struct taint *taint;

    if (pages == NULL) {
        pages = *slot = arena_new(taints->arena, struct pages);
        pages->by_parent.arena = taints->arena;
    }
    taint = taint_of(taints->arena, pages, document);
    if (document_is_limited(document) && !document_has(document, DOUBT_TOKEN)) {
        if (taint->limited == NULL)
            taint->limited = document;
    } else if (taint->all == NULL) {
        taint->all = document;
    }
}

/* What is not told is any. A page of no told type may be one of any type. */
static void add_scope(struct taints *taints, struct buf *buf, struct str account,
                      struct str region, const struct document *document)
{
    const struct scope scope = { .account = account, .region = region };
    size_t type = index_of(taints, document->type);

    if (document->type == NULL || document->type->level == LEVEL_REGION)
        add_under(taints, key_of(buf, type, WHERE_REGION, &scope), document);
    if (document->type == NULL || document->type->level != LEVEL_REGION)
        add_under(taints, key_of(buf, type, WHERE_ACCOUNT, &scope), document);
}

static bool is_told(const struct document *document, struct str account,
                    struct str region)
{
    return account.text != NULL ||
           (region.text != NULL &&
            (document->type == NULL || document->type->level == LEVEL_REGION));
}

/* Of a mislabelled page, or one of several places: each scope that its path, or a
 * record's ARN, names. */
static void add_named(struct taints *taints, struct buf *buf,
                      const struct document *document)
{
    const struct words *words = &document->from->words;

    for (size_t i = 0; i < words->account_count || i == 0; i++) {
        for (size_t j = 0; j < words->region_count || j == 0; j++) {
            struct str account =
                i < words->account_count ? words->accounts[i] : document->account;
            struct str region =
                j < words->region_count ? words->regions[j] : document->region;

            if (is_told(document, account, region))
                add_scope(taints, buf, account, region, document);
        }
    }
    for (size_t i = 0; i < document->portion_count; i++) {
        const struct portion *portion = &document->portions[i];

        if (!portion->shared && is_told(document, portion->account, portion->region))
            add_scope(taints, buf, portion->account, portion->region, document);
    }
}

void taints_add(struct taints *taints, const struct document *document)
{
    struct buf buf = BUF_EMPTY(taints->arena);
    size_t type = index_of(taints, document->type);
    struct unplaced *unplaced = &taints->unplaced[type];
    bool told = is_told(document, document->account, document->region);

    if (!document_carries_token(document))
        return;
    if (taints->first[type] == NULL)
        taints->first[type] = document;
    if (document_has(document, DOUBTS_OF_PLACE | DOUBT_SPREAD))
        add_named(taints, &buf, document);
    else if (told)
        add_scope(taints, &buf, document->account, document->region, document);
    if (told && !document_has(document, DOUBTS_OF_PLACE | DOUBT_SPREAD))
        return;
    add_under(taints, key_of_folder(&buf, type, document->from->source->folder),
              document);
    if (told || document_has(document, DOUBTS_OF_PLACE | DOUBT_SPREAD))
        return;
    if (unplaced->count++ == 0)
        unplaced->path = document->from->source->path;
}

/* ---- what they taint ---------------------------------------------------------------
 */

static const struct document *by_taint(const struct taint *taint,
                                       const struct document *document)
{
    if (taint == NULL)
        return NULL;
    if (taint->all != NULL)
        return taint->all;
    return document_is_limited(document) ? taint->limited : NULL;
}

static const struct document *find_under(const struct taints *taints, struct buf *buf,
                                         struct str key,
                                         const struct document *document)
{
    const struct pages *pages = table_find(&taints->pages, key);
    const struct document *found;

    if (pages == NULL)
        return NULL;
    found = by_taint(taint_find(buf->arena, pages, document), document);
    if (found == NULL && is_part(document))
        found = by_taint(&pages->part, document);
    return found;
}

/* Pages of the type, or of none that is told, which are answers of a whole. */
static const struct document *find_of_type(const struct taints *taints, struct buf *buf,
                                           size_t type, enum where where,
                                           const struct scope *scope,
                                           const struct document *document)
{
    const struct scope wider[] = {
        *scope,
        { .account = scope->account },
        { .region = scope->region },
        { .account = STR_NONE },
    };
    struct document whole = *document;
    const struct document *found = NULL;

    if (type == taints->type_count)
        whole.call = NULL;
    for (size_t i = 0; i < sizeof wider / sizeof *wider && found == NULL; i++)
        found = find_under(taints, buf, key_of(buf, type, where, &wider[i]), &whole);
    if (found == NULL)
        found = find_under(taints, buf,
                           key_of_folder(buf, type, document->from->source->folder),
                           &whole);
    return found;
}

/* What nothing places may be of any scope, and so may every page be of it. */
static const struct document *find_any(const struct taints *taints,
                                       const struct document *document)
{
    const struct document *found = taints->first[document->type->index];

    return found != NULL ? found : taints->first[taints->type_count];
}

const struct document *taints_find(const struct taints *taints,
                                   const struct document *document,
                                   const struct scope *scope)
{
    struct arena scratch = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&scratch);
    enum where where =
        document->type->level == LEVEL_REGION ? WHERE_REGION : WHERE_ACCOUNT;
    const struct document *found;

    if (taints->pages.count == 0)
        return NULL;
    found = find_of_type(taints, &buf, document->type->index, where, scope, document);
    if (found == NULL)
        found = find_of_type(taints, &buf, taints->type_count, where, scope, document);
    if (found == NULL && scope->source != NULL)
        found = find_any(taints, document);
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
