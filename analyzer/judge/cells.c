#include "judge/cells.h"

#include "judge/coverage.h"

#include <stdlib.h>
#include <string.h>

int scope_compare(const struct scope *left, const struct scope *right)
{
    int order = str_compare(left->account, right->account);

    if (order == 0)
        order = str_compare(left->region, right->region);
    if (order == 0)
        order = str_compare(str_from(left->source), str_from(right->source));
    return order;
}

static int scope_compare_items(const void *left, const void *right)
{
    return scope_compare(left, right);
}

/* Not twice in a row: most files of a folder are of one cell. */
static void cells_add(struct arena *arena, struct cells *cells,
                      const struct scope *scope)
{
    if (cells->count > 0 && scope_compare(&cells->items[cells->count - 1], scope) == 0)
        return;
    cells->items = arena_grow(arena, cells->items, cells->count, &cells->capacity,
                              sizeof *cells->items);
    cells->items[cells->count++] = *scope;
}

/* What paths name, by --path-pattern before their own words. */
struct naming {
    struct arena *arena;
    const struct staging *staging;
    struct table placed;  /* the folders below which the pattern places something: that
                             is what their names are about, and their own words are not
                           */
    struct table beaten;  /* the folders whose own words are none of those of what lies
                             below them */
    struct arena scratch; /* of one path's words */
    struct labels labels;
};

static bool pattern_tells(const struct naming *naming, struct str path,
                          struct labels *labels)
{
    labels_parse(naming->arena, naming->staging->measures->catalog,
                 naming->staging->settings->path_compiled, naming->staging->match, path,
                 labels);
    return labels->has_account || labels->has_region;
}

/* A folder's path is matched with a slash behind it, as it stands in the paths below.
 */
static struct str path_of(const struct naming *naming, const char *path, bool is_folder)
{
    return str_from(is_folder ? arena_printf(naming->arena, "%s/", path) : path);
}

static void note_placed(struct naming *naming, const char *path, bool is_folder)
{
    struct labels labels;
    struct str above = str_from(path);

    if (!pattern_tells(naming, path_of(naming, path, is_folder), &labels))
        return;
    while (above.len > 0) {
        void **slot;

        above.len--;
        if (above.text[above.len] != '/')
            continue;
        slot = table_slot(&naming->placed, above);
        if (*slot != NULL)
            return; /* and so are those above it */
        *slot = naming;
    }
}

static void note_all_placed(struct naming *naming, const struct source_list *sources)
{
    if (naming->staging->settings->path_compiled == NULL)
        return;
    for (size_t i = 0; i < sources->folder_count; i++)
        note_placed(naming, sources->folders[i], true);
    for (size_t i = 0; i < sources->count; i++)
        if (sources->items[i].use != SOURCE_EXCLUDED)
            note_placed(naming, sources->items[i].path, false);
}

/* They live till the next path's. */
static void path_words(struct naming *naming, const char *path, bool is_folder,
                       struct words *words)
{
    struct name name = { 0 };
    struct labels *labels = &naming->labels;

    arena_reset(&naming->scratch);
    words_parse(&naming->scratch, str_from(path), is_folder, &naming->staging->regions,
                words);
    if (naming->staging->settings->path_compiled == NULL)
        return;
    if (pattern_tells(naming, path_of(naming, path, is_folder), labels))
        labels_prevail(labels, words, &name);
    else if (is_folder && table_find(&naming->placed, str_from(path)) != NULL)
        *words = (struct words){ 0 };
}

/* What of a folder's own words is beaten by those of what lies below it. */
struct beaten {
    bool account, region;
};

static bool is_one_of(struct str text, const struct str *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(text, items[i]))
            return true;
    return false;
}

/* `words`: of what lies below the folder. */
static void note_folder(struct naming *naming, struct str folder,
                        const struct words *words)
{
    struct beaten beaten = { 0 };
    struct words own;
    void **slot;

    words_parse(&naming->scratch, folder, true, &naming->staging->regions, &own);
    beaten.account = own.account_count == 1 &&
                     !is_one_of(own.accounts[0], words->accounts, words->account_count);
    beaten.region = own.region_count == 1 &&
                    !is_one_of(own.regions[0], words->regions, words->region_count);
    if (!beaten.account && !beaten.region)
        return;
    slot = table_slot(&naming->beaten, folder);
    if (*slot == NULL)
        *slot = arena_new(naming->arena, struct beaten);
    ((struct beaten *)*slot)->account |= beaten.account;
    ((struct beaten *)*slot)->region |= beaten.region;
}

static void note_beaten(struct naming *naming, const char *path,
                        const struct words *words)
{
    struct str above = str_from(path);

    while (above.len > 0) {
        above.len--;
        if (above.text[above.len] == '/')
            note_folder(naming, above, words);
    }
}

/* A date above an account is none, if only the evidence tells so. */
static void note_dated(struct naming *naming, const struct staged_source *source)
{
    struct words words = source->words;

    for (size_t i = 0; words.dated && i < source->document_count; i++) {
        const struct staged *staged = source->documents[i];

        if (staged->account.text == NULL ||
            str_equal(staged->account, words.accounts[0]))
            continue;
        words.accounts = &staged->account;
        note_beaten(naming, source->source->path, &words);
        return;
    }
}

static void note_all_beaten(struct naming *naming, const struct source_list *sources)
{
    const struct staging *staging = naming->staging;
    struct words words;

    for (size_t i = 0; i < sources->folder_count; i++) {
        path_words(naming, sources->folders[i], true, &words);
        if (words.beats)
            note_beaten(naming, sources->folders[i], &words);
    }
    for (size_t i = 0; i < staging->source_count; i++) {
        const struct staged_source *source = staging->sources[i];

        if (source->words.beats)
            note_beaten(naming, source->source->path, &source->words);
        note_dated(naming, source);
    }
}

static const struct beaten *beaten_of(const struct naming *naming, struct str folder)
{
    static const struct beaten nothing;
    const struct beaten *beaten = table_find(&naming->beaten, folder);

    return beaten != NULL ? beaten : &nothing;
}

static void naming_init(struct naming *naming, struct arena *arena,
                        const struct staging *staging,
                        const struct source_list *sources)
{
    *naming = (struct naming){ .arena = arena,
                               .staging = staging,
                               .placed = TABLE_EMPTY(arena),
                               .beaten = TABLE_EMPTY(arena) };
    note_all_placed(naming, sources);
    note_all_beaten(naming, sources);
}

/* A word that is not the path's own bytes lives till the next path's words only. */
static struct str lasting(const struct naming *naming, struct str word)
{
    return str_copy(naming->arena, word);
}

/* `folder`: whose path it is, or where the file lies. */
static void add_named(struct naming *naming, struct arena *scratch, struct cells *cells,
                      struct str folder, const struct words *words)
{
    const struct beaten *beaten = beaten_of(naming, folder);
    const struct scope *last =
        cells->count > 0 ? &cells->items[cells->count - 1] : NULL;
    struct scope scope;

    if (words->account_count != 1 || words->region_count != 1 || beaten->account ||
        beaten->region)
        return;
    scope =
        (struct scope){ .account = words->accounts[0], .region = words->regions[0] };
    if (last != NULL && scope_compare(last, &scope) == 0)
        return;
    scope.account = lasting(naming, scope.account);
    scope.region = lasting(naming, scope.region);
    cells_add(scratch, cells, &scope);
}

/* The words of staged sources are known; these stand in the order of the list. */
static void add_sources(struct naming *naming, struct arena *scratch,
                        struct cells *cells, const struct source_list *sources)
{
    const struct staging *staging = naming->staging;
    size_t next = 0;

    for (size_t i = 0; i < sources->count; i++) {
        const struct source *source = &sources->items[i];
        struct words words;

        if (next < staging->source_count && staging->sources[next]->source == source) {
            add_named(naming, scratch, cells, source->folder,
                      &staging->sources[next++]->words);
        } else if (source->use != SOURCE_EXCLUDED) {
            path_words(naming, source->path, false, &words);
            add_named(naming, scratch, cells, source->folder, &words);
        }
    }
}

static bool makes_cell(const struct staged *staged)
{
    if (staged->ignored || staged->type == NULL || staged->type->level != LEVEL_REGION)
        return false;
    return staged->call == NULL || staged->call->gives != GIVES_NOTHING;
}

static void cells_sort(struct cells *cells)
{
    size_t kept = 0;

    if (cells->count > 0)
        qsort(cells->items, cells->count, sizeof *cells->items, scope_compare_items);
    for (size_t i = 0; i < cells->count; i++)
        if (kept == 0 || scope_compare(&cells->items[kept - 1], &cells->items[i]) != 0)
            cells->items[kept++] = cells->items[i];
    cells->count = kept;
}

static void account_add(struct arena *arena, struct cells *cells, struct table *seen,
                        struct str name)
{
    void **slot = table_slot(seen, name);

    if (*slot != NULL)
        return;
    *slot = cells;
    cells->accounts = arena_grow(arena, cells->accounts, cells->account_count,
                                 &cells->account_capacity, sizeof *cells->accounts);
    cells->accounts[cells->account_count++] =
        (struct account){ .coverage = { .account = name } };
}

/* Every account that a path or a document names; the cells are sorted by now. */
static void find_accounts(struct naming *naming, const struct source_list *sources,
                          const struct holdings *holdings, struct cells *cells)
{
    struct arena *arena = naming->arena;
    struct table seen = TABLE_EMPTY(arena);
    struct words words;

    for (size_t i = 0; i < cells->count; i++) {
        if (cells->items[i].account.text != NULL &&
            (i == 0 ||
             !str_equal(cells->items[i].account, cells->items[i - 1].account)))
            account_add(arena, cells, &seen, cells->items[i].account);
    }
    for (size_t i = 0; i < sources->folder_count; i++) {
        path_words(naming, sources->folders[i], true, &words);
        if (words.account_count == 1 &&
            !beaten_of(naming, str_from(sources->folders[i]))->account &&
            table_find(&seen, words.accounts[0]) == NULL)
            account_add(arena, cells, &seen, lasting(naming, words.accounts[0]));
    }
    for (size_t i = 0; i < holdings->count; i++)
        if (holdings->listings[i]->scope.account.text != NULL)
            account_add(arena, cells, &seen, holdings->listings[i]->scope.account);
}

static int account_compare(const void *left, const void *right)
{
    return str_compare(((const struct account *)left)->coverage.account,
                       ((const struct account *)right)->coverage.account);
}

static void add_expected(struct arena *arena, const struct holdings *holdings,
                         struct cells *cells)
{
    for (size_t i = 0; i < cells->account_count; i++) {
        struct coverage *coverage = &cells->accounts[i].coverage;

        coverage_find(arena, holdings, coverage->account, coverage);
        for (size_t j = 0; j < coverage->expected.count; j++) {
            const struct scope scope = { .account = coverage->account,
                                         .region = coverage->expected.items[j] };

            cells_add(arena, cells, &scope);
        }
    }
}

static bool is_delivered(const struct holdings *holdings, const struct scope *scope)
{
    const struct catalog *catalog = holdings->staging->measures->catalog;

    for (size_t i = 0; i < catalog->type_count; i++)
        if (catalog->types[i]->level == LEVEL_REGION &&
            holdings_find(holdings, catalog->types[i], scope)->count > 0)
            return true;
    return false;
}

/* The cells are sorted, with the expected ones among them. Of a region that is not in
 * use there is nothing to add up. */
static void find_scopes(struct arena *arena, const struct holdings *holdings,
                        struct cells *cells)
{
    size_t next = 0;

    for (size_t i = 0; i < cells->account_count; i++) {
        struct account *account = &cells->accounts[i];
        struct str_list *delivered = &account->coverage.delivered;
        struct scope *scopes;
        size_t from;

        while (next < cells->count &&
               str_compare(cells->items[next].account, account->coverage.account) < 0)
            next++;
        from = next;
        while (next < cells->count &&
               str_equal(cells->items[next].account, account->coverage.account))
            next++;
        scopes = arena_array(arena, next - from, struct scope);
        for (size_t j = from; j < next; j++)
            if (!coverage_is_unused(&account->coverage, holdings, &cells->items[j]))
                scopes[account->scope_count++] = cells->items[j];
        account->scopes = scopes;
        delivered->items = arena_array(arena, account->scope_count, struct str);
        for (size_t j = 0; j < account->scope_count; j++)
            if (account->scopes[j].region.text != NULL &&
                is_delivered(holdings, &account->scopes[j]))
                delivered->items[delivered->count++] = account->scopes[j].region;
    }
}

/* What paths and documents name. */
static void find_named(struct naming *naming, const struct source_list *sources,
                       const struct holdings *holdings, struct cells *cells)
{
    struct arena scratch = ARENA_EMPTY; /* most scopes are found more than once */
    struct scope *kept;
    struct words words;

    for (size_t i = 0; i < sources->folder_count; i++) {
        path_words(naming, sources->folders[i], true, &words);
        add_named(naming, &scratch, cells, str_from(sources->folders[i]), &words);
    }
    add_sources(naming, &scratch, cells, sources);
    for (size_t i = 0; i < holdings->count; i++) {
        for (size_t j = 0; j < holdings->listings[i]->count; j++) {
            const struct staged *staged = holdings->listings[i]->items[j];
            struct scope scope;

            if (!makes_cell(staged))
                continue;
            scope = holdings->listings[i]->scope;
            cells_add(&scratch, cells, &scope);
        }
    }
    cells_sort(cells);
    kept = arena_array(naming->arena, cells->count, struct scope);
    if (cells->count > 0)
        memcpy(kept, cells->items, cells->count * sizeof *kept);
    cells->items = kept;
    cells->capacity = cells->count;
    arena_release(&scratch);
}

void cells_find(struct arena *arena, const struct source_list *sources,
                struct holdings *holdings, struct cells *cells)
{
    struct naming naming;

    *cells = (struct cells){ 0 };
    naming_init(&naming, arena, holdings->staging, sources);
    find_named(&naming, sources, holdings, cells);
    find_accounts(&naming, sources, holdings, cells);
    arena_release(&naming.scratch);
    if (cells->account_count > 0)
        qsort(cells->accounts, cells->account_count, sizeof *cells->accounts,
              account_compare);
    add_expected(arena, holdings, cells);
    cells_sort(cells);
    find_scopes(arena, holdings, cells);
    holdings->accounts = cells->accounts;
    holdings->account_count = cells->account_count;
}
