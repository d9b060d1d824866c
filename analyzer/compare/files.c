#include "compare/files.h"

#include "base/order.h"

#include <assert.h>

enum { TAIL_PARTS = 3, NO_PAIR = 0 };

const char *file_change_name(enum file_change change)
{
    static const char *const names[] = {
        [FILE_ALTERED] = "altered", [FILE_ADDED] = "added",
        [FILE_REMOVED] = "removed", [FILE_MOVED] = "moved",
        [FILE_UNTOLD] = "untold",
    };

    static_assert(COUNT_OF(names) == FILE_CHANGE_COUNT, "a name for each");
    return names[change];
}

/* ---- which file is which --------------------------------------------------------- */

/* The sources of both; pairs have each other's index, from 1. */
struct pairing {
    struct arena *scratch;
    const struct outline *old, *new;
    size_t *of_old, *of_new;
};

static void pair(struct pairing *pairing, size_t old, size_t new)
{
    pairing->of_old[old] = new + 1;
    pairing->of_new[new] = old + 1;
}

/* What a file is told by; absent: nothing. */
typedef struct str key_function(struct arena *arena, const struct outline *outline,
                                const struct table *operands,
                                const struct outline_source *source);

static struct str key_path(struct arena *arena, const struct outline *outline,
                           const struct table *operands,
                           const struct outline_source *source)
{
    (void)arena;
    (void)outline;
    (void)operands;
    return source->path;
}

/* "0/123456789012/x.json": below the first operand. Of operands in each other the inner
 * one counts. */
static struct str key_below(struct arena *arena, const struct outline *outline,
                            const struct table *operands,
                            const struct outline_source *source)
{
    const struct str path = source->path;

    for (size_t end = path.len; end > 0; end--) {
        bool is_whole = end == path.len;
        bool ends_part = is_whole || path.text[end] == '/' || path.text[end] == '!';
        const struct str *operand =
            ends_part ? table_find(operands, str_slice(path, 0, end)) : NULL;

        if (operand != NULL)
            return str_from(arena_printf(arena, "%td%.*s",
                                         operand - outline->operands.items,
                                         STR_ARG(str_slice(path, end, path.len))));
    }
    return STR_NONE;
}

/* Its name and the folders around it; absent: it lies in too few. */
static struct str tail_of(struct str path)
{
    size_t at = path.len, parts = 0;

    while (at > 0 && parts < TAIL_PARTS)
        parts += path.text[--at] == '/';
    return parts == TAIL_PARTS ? str_slice(path, at, path.len) : STR_NONE;
}

static struct str key_tail(struct arena *arena, const struct outline *outline,
                           const struct table *operands,
                           const struct outline_source *source)
{
    (void)arena;
    (void)outline;
    (void)operands;
    return tail_of(source->path);
}

/* The same, and its bytes. */
static struct str key_moved(struct arena *arena, const struct outline *outline,
                            const struct table *operands,
                            const struct outline_source *source)
{
    const struct str tail = tail_of(source->path);

    (void)outline;
    (void)operands;
    if (source->sha256.text == NULL || tail.text == NULL)
        return STR_NONE;
    return str_from(
        arena_printf(arena, "%.*s%.*s", STR_ARG(source->sha256), STR_ARG(tail)));
}

static void index_operands(const struct outline *outline, struct table *table)
{
    for (size_t i = 0; i < outline->operands.count; i++)
        *table_slot(table, outline->operands.items[i]) = &outline->operands.items[i];
}

/* Pairs what has no pair yet and is told by the same key, in the order of the reports.
 */
static void pair_by(struct pairing *pairing, key_function *key)
{
    struct arena *scratch = pairing->scratch;
    const struct outline *old = pairing->old, *new = pairing->new;
    struct table found = TABLE_EMPTY(scratch);
    struct table old_operands = TABLE_EMPTY(scratch);
    struct table new_operands = TABLE_EMPTY(scratch);
    size_t *next = arena_array(scratch, new->source_count + 1, size_t);

    index_operands(old, &old_operands);
    index_operands(new, &new_operands);
    for (size_t i = new->source_count; i-- > 0;) {
        struct str text = key(scratch, new, &new_operands, &new->sources[i]);
        void **slot;

        if (pairing->of_new[i] != NO_PAIR || text.text == NULL)
            continue;
        slot = table_slot(&found, text);
        next[i] = *slot != NULL ? (size_t)((size_t *)*slot - next) : new->source_count;
        *slot = &next[i];
    }
    for (size_t i = 0; i < old->source_count; i++) {
        struct str text = key(scratch, old, &old_operands, &old->sources[i]);
        void **slot;
        size_t other;

        if (pairing->of_old[i] != NO_PAIR || text.text == NULL ||
            table_find(&found, text) == NULL)
            continue;
        slot = table_slot(&found, text);
        other = (size_t)((size_t *)*slot - next);
        pair(pairing, i, other);
        *slot = next[other] < new->source_count ? &next[next[other]] : NULL;
    }
}

/* Whether operands of one number may stand for each other. */
static bool are_aligned(const struct outline *old, const struct outline *new)
{
    bool are_equal = old->operands.count == new->operands.count;

    if (!are_equal || old->operands.count == 0)
        return false;
    for (size_t i = 0; i < old->operands.count; i++)
        are_equal =
            are_equal && str_equal(old->operands.items[i], new->operands.items[i]);
    return !are_equal;
}

/* ---- what became of each --------------------------------------------------------- */

static void add_place(struct changed_files *files, struct str account,
                      const char *region, size_t region_len,
                      const struct changed_file *file)
{
    struct buf key = BUF_EMPTY(files->arena);
    void **slot;

    buf_add(&key, account);
    if (region != NULL) {
        buf_add_byte(&key, '\0');
        buf_add(&key, (struct str){ region, region_len });
    }
    slot = table_slot(&files->of_places, buf_str(&key));
    if (*slot == NULL)
        *slot = arena_new(files->arena, struct file_list);
    file_list_add(files->arena, *slot, file);
}

static void add_places(struct changed_files *files, const struct outline_source *source,
                       const struct changed_file *file)
{
    for (size_t i = 0; source != NULL && i < source->place_count; i++) {
        const struct outline_place *place = &source->places[i];

        if (place->account.text == NULL)
            continue;
        add_place(files, place->account, NULL, 0, file);
        add_place(files, place->account,
                  place->region.text != NULL ? place->region.text : "",
                  place->region.len, file);
    }
}

/* A file of one report alone. */
static struct changed_file of_one(const struct outline_source *source,
                                  enum file_change change)
{
    return (struct changed_file){
        .path = source->path,
        .old_sha256 = change == FILE_REMOVED ? source->sha256 : STR_NONE,
        .new_sha256 = change == FILE_ADDED ? source->sha256 : STR_NONE,
        .change = change,
    };
}

/* False: it is the same. */
static bool compare(const struct outline_source *old, const struct outline_source *new,
                    bool is_moved, struct changed_file *file)
{
    *file = (struct changed_file){
        .path = new->path,
        .old_sha256 = old->sha256,
        .new_sha256 = new->sha256,
    };
    if (!str_equal(old->path, new->path))
        file->was = old->path;
    if (old->sha256.text == NULL || new->sha256.text == NULL)
        file->change = FILE_UNTOLD;
    else if (!str_equal(old->sha256, new->sha256))
        file->change = FILE_ALTERED;
    else if (is_moved)
        file->change = FILE_MOVED;
    else
        return false;
    return true;
}

static int compare_files(const void *left, const void *right)
{
    const struct changed_file *one = left, *other = right;
    int order = str_compare(one->path, other->path);

    return order != 0 ? order : (int)one->change - (int)other->change;
}

static void take(struct changed_files *files, const struct changed_file *file)
{
    files->items[files->count++] = *file;
    files->counts[file->change]++;
}

static void take_all(struct changed_files *files, const struct pairing *pairing,
                     const bool *is_moved)
{
    const struct outline *old = pairing->old, *new = pairing->new;
    struct changed_file file;

    for (size_t i = 0; i < old->source_count; i++) {
        size_t other = pairing->of_old[i];

        if (other == NO_PAIR)
            file = of_one(&old->sources[i], FILE_REMOVED);
        else if (!compare(&old->sources[i], &new->sources[other - 1], is_moved[i],
                          &file)) {
            files->same++;
            continue;
        }
        take(files, &file);
    }
    for (size_t i = 0; i < new->source_count; i++) {
        if (pairing->of_new[i] != NO_PAIR)
            continue;
        file = of_one(&new->sources[i], FILE_ADDED);
        take(files, &file);
    }
}

/* By their paths, since items were put in order. */
static void index_files(struct changed_files *files, const struct outline *old,
                        const struct outline *new, struct arena *scratch)
{
    struct table old_sources = TABLE_EMPTY(scratch), new_sources = TABLE_EMPTY(scratch);

    for (size_t i = 0; i < old->source_count; i++)
        *table_slot(&old_sources, old->sources[i].path) = &old->sources[i];
    for (size_t i = 0; i < new->source_count; i++)
        *table_slot(&new_sources, new->sources[i].path) = &new->sources[i];
    for (size_t i = 0; i < files->count; i++) {
        struct changed_file *file = &files->items[i];
        struct str was = file->was.text != NULL ? file->was : file->path;

        if (file->change != FILE_ADDED)
            *table_slot(&files->of_old, was) = file;
        if (file->change != FILE_REMOVED)
            *table_slot(&files->of_new, file->path) = file;
        if (file->change > FILE_REMOVED)
            continue;
        if (file->change != FILE_ADDED)
            add_places(files, table_find(&old_sources, was), file);
        if (file->change != FILE_REMOVED)
            add_places(files, table_find(&new_sources, file->path), file);
    }
}

void changed_files_find(struct arena *arena, const struct outline *old,
                        const struct outline *new, struct changed_files *files)
{
    struct arena scratch = ARENA_EMPTY;
    struct pairing pairing = {
        .scratch = &scratch,
        .old = old,
        .new = new,
        .of_old = arena_array(&scratch, old->source_count, size_t),
        .of_new = arena_array(&scratch, new->source_count, size_t),
    };
    bool *is_moved = arena_array(&scratch, old->source_count + 1, bool);

    pair_by(&pairing, key_path);
    if (are_aligned(old, new))
        pair_by(&pairing, key_below);
    for (size_t i = 0; i < old->source_count; i++)
        is_moved[i] = pairing.of_old[i] == NO_PAIR;
    pair_by(&pairing, key_moved);
    pair_by(&pairing, key_tail);
    *files = (struct changed_files){
        .arena = arena,
        .items = arena_array(arena, old->source_count + new->source_count + 1,
                             struct changed_file),
        .of_old = TABLE_EMPTY(arena),
        .of_new = TABLE_EMPTY(arena),
        .of_places = TABLE_EMPTY(arena),
        .lists = TABLE_EMPTY(arena),
    };
    take_all(files, &pairing, is_moved);
    order_sort(files->items, files->count, sizeof *files->items, compare_files);
    index_files(files, old, new, &scratch);
    arena_release(&scratch);
}

/* ---- of a place ------------------------------------------------------------------ */

void file_list_add(struct arena *arena, struct file_list *list,
                   const struct changed_file *file)
{
    for (size_t i = 0; i < list->listed; i++)
        if (list->items[i] == file)
            return;
    if (list->last == file)
        return;
    list->last = file;
    if (list->items == NULL)
        list->items = arena_array(arena, FILES_LISTED_MAX, const struct changed_file *);
    if (list->listed < FILES_LISTED_MAX)
        list->items[list->listed++] = file;
    list->count++;
}

static void join(struct arena *arena, struct file_list *list,
                 const struct file_list *other)
{
    if (other == NULL)
        return;
    for (size_t i = 0; i < other->listed; i++)
        file_list_add(arena, list, other->items[i]);
    list->count += other->count - other->listed;
}

const struct file_list *changed_files_at(struct changed_files *files,
                                         struct str account, struct str region)
{
    struct buf key = BUF_EMPTY(files->arena);
    void **slot;

    if (account.text == NULL || files->of_places.count == 0)
        return NULL;
    if (region.text == NULL)
        return table_find(&files->of_places, account);
    buf_add(&key, account);
    buf_add_byte(&key, '\0');
    buf_add(&key, region);
    slot = table_slot(&files->lists, buf_str(&key));
    if (*slot == NULL) {
        struct file_list *list = arena_new(files->arena, struct file_list);

        join(files->arena, list, table_find(&files->of_places, buf_str(&key)));
        join(files->arena, list,
             table_find(&files->of_places,
                        str_slice(buf_str(&key), 0, account.len + 1)));
        *slot = list;
    }
    return ((const struct file_list *)*slot)->count > 0 ? *slot : NULL;
}
