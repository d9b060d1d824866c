#include "judge/named.h"

/* What paths name, by --path-pattern before their own words. */
struct naming {
    struct arena *arena;
    const struct gathered *gathered;
    struct table placed;   /* the folders below which the pattern places something: that
                              is what their names are about, and their own words are not
                            */
    struct table beaten;   /* the folders whose own words are none of those of what lies
                              below them */
    struct arena scratch;  /* of paths' words */
    struct words *folders; /* as the sources' */
};

static bool pattern_tells(const struct naming *naming, struct str path,
                          struct labels *labels)
{
    labels_parse(naming->arena, naming->gathered->measures->catalog,
                 naming->gathered->settings->path_compiled, naming->gathered->match,
                 path, labels);
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
    if (naming->gathered->settings->path_compiled == NULL)
        return;
    for (size_t i = 0; i < sources->folder_count; i++)
        note_placed(naming, sources->folders[i], true);
    for (size_t i = 0; i < sources->count; i++)
        if (sources->items[i].use != SOURCE_EXCLUDED)
            note_placed(naming, sources->items[i].path, false);
}

static void path_words(struct naming *naming, const char *path, bool is_folder,
                       struct words *words)
{
    struct name name = { 0 };
    struct labels *labels;

    words_parse(&naming->scratch, str_from(path), is_folder, &naming->gathered->regions,
                words);
    if (naming->gathered->settings->path_compiled == NULL)
        return;
    labels = arena_new(&naming->scratch, struct labels);
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

    words_parse(&naming->scratch, folder, true, &naming->gathered->regions, &own);
    beaten.account = own.account_count == 1 &&
                     !is_one_of(own.accounts[0], words->accounts, words->account_count);
    beaten.region = own.region_count == 1 &&
                    !is_one_of(own.regions[0], words->regions, words->region_count);
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
static void note_dated(struct naming *naming, const struct document_source *source)
{
    struct words words = source->words;

    for (size_t i = 0; words.dated && i < source->document_count; i++) {
        const struct document *document = source->documents[i];

        if (document->account.text == NULL ||
            str_equal(document->account, words.accounts[0]))
            continue;
        words.accounts = &document->account;
        note_beaten(naming, source->source->path, &words);
        return;
    }
}

static void note_all_beaten(struct naming *naming, const struct source_list *sources)
{
    const struct gathered *gathered = naming->gathered;

    naming->folders =
        arena_array(&naming->scratch, sources->folder_count, struct words);
    for (size_t i = 0; i < sources->folder_count; i++) {
        path_words(naming, sources->folders[i], true, &naming->folders[i]);
        if (naming->folders[i].beats)
            note_beaten(naming, sources->folders[i], &naming->folders[i]);
    }
    for (size_t i = 0; i < gathered->source_count; i++) {
        const struct document_source *source = gathered->sources[i];

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
                        const struct gathered *gathered,
                        const struct source_list *sources)
{
    *naming = (struct naming){ .arena = arena,
                               .gathered = gathered,
                               .placed = TABLE_EMPTY(arena),
                               .beaten = TABLE_EMPTY(arena) };
    note_all_placed(naming, sources);
    note_all_beaten(naming, sources);
}

/* The cell, if the path tells both and neither is that of a folder above what it is
 * about; `folder`: whose path it is, or where the file lies. */
static void judge_named(const struct naming *naming, struct cells *cells,
                        struct str folder, const struct words *words)
{
    const struct beaten *beaten = beaten_of(naming, folder);

    if (words->account_count != 1 || words->region_count != 1 || beaten->account ||
        beaten->region)
        return;
    cells_get(cells, &(struct scope){ .account = words->accounts[0],
                                      .region = words->regions[0] })
        ->is_judged = true;
}

static void name_folders(const struct naming *naming, struct cells *cells,
                         const struct source_list *sources)
{
    for (size_t i = 0; i < sources->folder_count; i++) {
        struct str folder = str_from(sources->folders[i]);
        const struct words *words = &naming->folders[i];

        judge_named(naming, cells, folder, words);
        if (words->account_count == 1 && !beaten_of(naming, folder)->account)
            cells_get(cells, &(struct scope){ .account = words->accounts[0] });
    }
}

/* The words of gathered sources are known; these stand in the order of the list. */
static void name_sources(struct naming *naming, struct cells *cells,
                         const struct source_list *sources)
{
    const struct gathered *gathered = naming->gathered;
    size_t next = 0;

    for (size_t i = 0; i < sources->count; i++) {
        const struct source *source = &sources->items[i];
        struct words words;

        if (next < gathered->source_count &&
            gathered->sources[next]->source == source) {
            judge_named(naming, cells, source->folder,
                        &gathered->sources[next++]->words);
        } else if (source->use != SOURCE_EXCLUDED) {
            path_words(naming, source->path, false, &words);
            judge_named(naming, cells, source->folder, &words);
        }
    }
}

void named_find(struct cells *cells, const struct source_list *sources)
{
    struct naming naming;

    naming_init(&naming, cells->arena, cells->gathered, sources);
    name_folders(&naming, cells, sources);
    name_sources(&naming, cells, sources);
    arena_release(&naming.scratch);
}
