#include "find/moved.h"

#include "base/order.h"
#include "base/table.h"

#include <string.h>

static int by_path(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The path up to the last slash, without it; absent: there is none. */
static struct str folder_of(struct str path)
{
    while (path.len > 0 && path.text[path.len - 1] != '/')
        path.len--;
    return path.len > 0 ? str_slice(path, 0, path.len - 1) : STR_NONE;
}

static void rename_source(struct source *source, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (source->place == NULL) {
        source->place = source->path;
        source->place_below = source->found_below;
    }
    source->path = path;
    source->folder = folder_of(str_from(path));
    if (source->folder.text == NULL)
        source->folder = (struct str){ path, 0 };
    source->file_name = str_from(slash != NULL ? slash + 1 : path);
}

/* ---- folders --------------------------------------------------------------------- */

/* Every folder above a path, up to one that is marked already. */
static void mark_folders(struct table *table, const char *path, void *mark)
{
    struct str folder = str_from(path);

    while ((folder = folder_of(folder)).text != NULL) {
        void **slot = table_slot(table, folder);

        if (*slot == mark)
            return;
        *slot = mark;
    }
}

/* The folders that a path is in, up to one that is there: that of the argument is. */
static void add_folders(struct arena *arena, struct source_list *list,
                        struct table *known, const char *path)
{
    struct str folder = folder_of(str_from(path));

    if (list->folder_count == 0)
        return;
    while (folder.text != NULL && table_find(known, folder) == NULL) {
        const char *added = str_copy(arena, folder).text;

        list->folders = arena_grow(arena, (void *)list->folders, list->folder_count,
                                   &list->folder_capacity, sizeof *list->folders);
        list->folders[list->folder_count++] = added;
        *table_slot(known, folder) = list;
        folder = folder_of(folder);
    }
}

/* A folder that was left by all that it held is none. */
static void drop_folders(struct source_list *list, const struct table *left,
                         const struct table *kept)
{
    size_t count = 0;

    for (size_t i = 0; i < list->folder_count; i++) {
        struct str folder = str_from(list->folders[i]);

        if (table_find(left, folder) == NULL || table_find(kept, folder) != NULL)
            list->folders[count++] = list->folders[i];
    }
    list->folder_count = count;
}

/* ---- the list -------------------------------------------------------------------- */

void moved_apply(struct arena *arena, const struct moves *moves,
                 struct source_list *list)
{
    struct arena scratch = ARENA_EMPTY;
    struct table named = TABLE_EMPTY(&scratch), left = TABLE_EMPTY(&scratch),
                 kept = TABLE_EMPTY(&scratch), known = TABLE_EMPTY(&scratch);

    if (moves->count == 0)
        return;
    list->folder_capacity = list->folder_count;
    for (size_t i = 0; i < moves->count; i++)
        *table_slot(&named, str_from(moves->items[i].from)) =
            arena_copy(arena, moves->items[i].to, strlen(moves->items[i].to));
    for (size_t i = 0; i < list->count; i++) {
        struct source *source = &list->items[i];
        const char *to = table_find(&named, str_from(source->path));

        mark_folders(to != NULL ? &left : &kept, source->path, list);
        if (to == NULL)
            continue;
        rename_source(source, to);
        mark_folders(&kept, to, list);
    }
    drop_folders(list, &left, &kept);
    for (size_t i = 0; i < list->folder_count; i++)
        *table_slot(&known, str_from(list->folders[i])) = list;
    for (size_t i = 0; i < moves->count; i++)
        add_folders(arena, list, &known, moves->items[i].to);
    order_sort((void *)list->folders, list->folder_count, sizeof *list->folders,
               by_path);
    order_sort(list->items, list->count, sizeof *list->items, by_path);
    arena_release(&scratch);
}
