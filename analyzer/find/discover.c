#include "find/discover.h"

#include "base/folder.h"
#include "base/machine.h"
#include "find/labels.h"
#include "find/look.h"
#include "find/moved.h"
#include "find/stated.h"
#include "json/bytes.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Neither waits for a FIFO's writer nor makes a terminal ours, whatever a name turns
 * out to be. */
enum { OPEN_SAFELY = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK };

const char *source_use_name(enum source_use use)
{
    static const char *const names[] = {
        [SOURCE_READ] = "read",
        [SOURCE_IGNORED] = "ignored",
        [SOURCE_EXPLAINS] = "explains",
        [SOURCE_EXCLUDED] = "excluded",
        [SOURCE_UNREADABLE] = "unreadable",
        [SOURCE_ARCHIVE] = "archive",
        [SOURCE_LOST] = "lost",
    };

    return names[use];
}

enum { LIST_BLOCK_BYTES = 64 * 1024 };

struct walk {
    const struct discover_wanted *wanted;
    struct arena *arena;         /* of what is returned: paths and texts */
    struct arena *scratch;       /* of the lists, till they are sorted */
    struct pattern_match *match; /* for --path-pattern, and to sniff */
    const char *argument;        /* the folder that is searched */
    const char *place;           /* where it lies, if elsewhere; or NULL */
    struct source_list found;    /* in the order in which it was */
    struct error *err;
};

/* What the error output, or the exit status, beside an answer is called. */
struct explained {
    const char *name;
    size_t rank; /* the lowest counts; 0: there is none yet */
};

struct folder {
    struct walk *walk;
    const char *path; /* without a slash at its end; "" for the root */
    size_t depth;     /* from 0: an argument */
    int file;
    struct arena *scratch; /* as long as this folder is searched */
    struct folder_list entries;
    /* From the name of an answer to a struct explained: of error outputs, of exit
     * statuses. */
    struct table explained, statuses;
};

/* ---- what was found ---- */

static bool within_limit(const struct walk *walk)
{
    size_t max =
        walk->wanted->count_max > 0 ? walk->wanted->count_max : DISCOVER_SOURCES_MAX;

    return walk->found.count + walk->found.folder_count <= max ||
           error_set(walk->err, "more than %zu files and folders; scan fewer at a time",
                     max);
}

static struct source *last_of(struct walk *walk)
{
    return &walk->found.items[walk->found.count - 1];
}

/* False: too many. `path` and `why` live in the walk's arena. */
static bool add_source(struct walk *walk, const char *path, enum source_use use,
                       const char *why)
{
    struct source_list *found = &walk->found;
    const char *slash = strrchr(path, '/');

    found->items = arena_grow(walk->scratch, found->items, found->count,
                              &found->capacity, sizeof *found->items);
    found->items[found->count++] = (struct source){
        .path = path,
        .folder = { path, slash != NULL ? (size_t)(slash - path) : 0 },
        .file_name = str_from(slash != NULL ? slash + 1 : path),
        .use = use,
        .why = why,
    };
    return within_limit(walk);
}

static bool add_folder(struct walk *walk, const char *path)
{
    struct source_list *found = &walk->found;

    found->folders =
        arena_grow(walk->scratch, (void *)found->folders, found->folder_count,
                   &found->folder_capacity, sizeof *found->folders);
    found->folders[found->folder_count++] = path;
    return within_limit(walk);
}

static const char *cannot_be_opened(struct walk *walk, int error)
{
    machine_check(error);
    return arena_printf(walk->arena, "cannot be opened: %s%s", strerror(error),
                        error == EACCES ? "; let your user read it (chmod)" : "");
}

static bool add_folder_unread(struct walk *walk, const char *path, const char *why)
{
    bool within = add_source(walk, path, SOURCE_UNREADABLE, why);

    last_of(walk)->is_folder = true;
    return within;
}

/* ---- what explains ---- */

/* What NAME says that an answer's call wrote to standard error; nothing: it is empty.
 * What failed stands at its end: with --debug, there is much before. */
static void read_explanation(struct walk *walk, int folder, const char *name,
                             struct source *source)
{
    struct failure failure = { 0 };
    struct head head;
    struct str text;

    if (!head_read(folder, name, 0, &head))
        return;
    head_decode(&head, &text);
    if (!look_at_failure(walk->arena, name, text, &failure) &&
        head.len == sizeof head.bytes &&
        head_read(folder, name, sizeof head.bytes, &head)) {
        head_decode(&head, &text);
        look_at_failure(walk->arena, name, text, &failure);
    }
    look_explain(walk->arena, name, &failure, source);
}

/* What NAME says that an answer's call ended with; nothing: no number. */
static void read_status(struct walk *walk, int folder, const char *name,
                        struct source *source)
{
    struct head head;
    struct str text;

    if (!head_read(folder, name, 0, &head))
        return;
    head_decode(&head, &text);
    look_end(walk->arena, name, look_at_status(walk->arena, text), source);
}

/* Whether the folder holds a regular file of that name. */
static bool has_file(const struct folder *folder, const char *name)
{
    const struct folder_entry *entry = folder_find(&folder->entries, name);

    return entry != NULL && entry->kind == ENTRY_FILE;
}

/* The file in the folder that a sidecar lies beside, if the name of that is its stem
 * and this suffix; or NULL. */
static const char *beside(const struct folder *folder, const char *name,
                          const struct sidecar *sidecar, const char *suffix)
{
    const char *of =
        arena_printf(folder->scratch, "%.*s%s", (int)sidecar->of_bytes, name, suffix);

    return has_file(folder, of) && strcmp(of, name) != 0 ? of : NULL;
}

static bool lies_beside(const struct folder *folder, const char *name,
                        const struct sidecar *sidecar)
{
    for (size_t i = 0; sidecar_suffixes[i] != NULL && sidecar->of_bytes > 0; i++)
        if (beside(folder, name, sidecar, sidecar_suffixes[i]) != NULL)
            return true;
    return false;
}

static void note_explanation(struct folder *folder, struct table *table,
                             const char *name, const struct sidecar *sidecar)
{
    for (size_t i = 0; sidecar_suffixes[i] != NULL; i++) {
        const char *of = beside(folder, name, sidecar, sidecar_suffixes[i]);
        size_t rank = look_rank(sidecar, i);
        struct explained **slot;

        if (of == NULL)
            continue;
        slot = (struct explained **)table_slot(table, str_from(of));
        if (*slot == NULL)
            *slot = arena_new(folder->scratch, struct explained);
        if ((*slot)->rank == 0 || rank < (*slot)->rank)
            **slot = (struct explained){ name, rank };
    }
}

static void note_explanations(struct folder *folder)
{
    for (size_t i = 0; i < folder->entries.count; i++) {
        const struct folder_entry *entry = &folder->entries.items[i];
        struct sidecar sidecar;

        if (entry->kind != ENTRY_FILE || !sidecar_of(str_from(entry->name), &sidecar))
            continue;
        if (sidecar.kind == SIDECAR_ERRORS || sidecar.kind == SIDECAR_LOG)
            note_explanation(folder, &folder->explained, entry->name, &sidecar);
        else if (sidecar.kind == SIDECAR_STATUS)
            note_explanation(folder, &folder->statuses, entry->name, &sidecar);
    }
}

/* ---- a folder's files ---- */

/* What lies below a folder that was moved is opened there. */
static void place_found(struct walk *walk, struct source *source)
{
    if (walk->place == NULL)
        return;
    source->place_below = walk->place;
    source->place = arena_printf(walk->arena, "%s%s", walk->place,
                                 source->path + strlen(walk->argument));
}

static bool add_answer(struct folder *folder, const char *name, const char *path)
{
    struct walk *walk = folder->walk;
    const struct explained *explained = table_find(&folder->explained, str_from(name));
    const struct explained *status = table_find(&folder->statuses, str_from(name));

    if (!add_source(walk, path, SOURCE_READ, NULL))
        return false;
    last_of(walk)->found_below = walk->argument;
    place_found(walk, last_of(walk));
    if (explained != NULL)
        read_explanation(walk, folder->file, explained->name, last_of(walk));
    if (status != NULL)
        read_status(walk, folder->file, status->name, last_of(walk));
    return true;
}

/* What it is cannot be seen: so it may be evidence. */
static bool add_unseen(struct walk *walk, const struct sidecar *sidecar,
                       const char *path, int error)
{
    if (sidecar != NULL && look_hides(sidecar->kind))
        return add_source(walk, path, SOURCE_IGNORED, sidecar->what);
    return add_source(walk, path, SOURCE_UNREADABLE, cannot_be_opened(walk, error));
}

static bool add_file(struct folder *folder, const char *name, const char *path)
{
    struct walk *walk = folder->walk;
    struct sidecar known;
    const struct sidecar *sidecar = sidecar_of(str_from(name), &known) ? &known : NULL;
    bool has_answer = sidecar != NULL && lies_beside(folder, name, sidecar);
    struct looked look;
    struct head head;

    if (!look_at_name(str_from(name), sidecar, has_answer, &look)) {
        if (!head_read(folder->file, name, 0, &head))
            return add_unseen(walk, sidecar, path, errno);
        look_at_head(walk->wanted->catalog, str_from(name), sidecar, has_answer,
                     head_sniff(walk->match, &head), head.len == sizeof head.bytes,
                     &look);
    }
    if (look.use == SOURCE_READ)
        return add_answer(folder, name, path);
    if (!add_source(walk, path, look.use, look.why))
        return false;
    last_of(walk)->found_below = walk->argument;
    place_found(walk, last_of(walk));
    return true;
}

/* A link, a pipe, a socket, a device: what is named as evidence and not read is lost.
 */
static bool add_unopened(struct folder *folder, const struct folder_entry *entry,
                         const char *path)
{
    struct walk *walk = folder->walk;
    bool is_link = entry->kind == ENTRY_LINK;
    struct sidecar sidecar;
    struct stat status;

    if (sidecar_of(str_from(entry->name), &sidecar))
        return add_source(walk, path, SOURCE_IGNORED,
                          is_link ? "a link" : sidecar.what);
    if (look_is_named(folder->scratch, walk->wanted->catalog,
                      walk->wanted->path_pattern, walk->match, str_from(entry->name),
                      path) ||
        (walk->wanted->assumes_type &&
         (!is_link || fstatat(folder->file, entry->name, &status, 0) != 0 ||
          !S_ISDIR(status.st_mode)))) {
        return add_source(walk, path, SOURCE_UNREADABLE,
                          is_link ? "a symbolic link, which is not followed: put the "
                                    "file itself in its place"
                                  : "not a regular file, so it is not opened: save the "
                                    "answer in a file");
    }
    return add_source(walk, path, SOURCE_IGNORED,
                      is_link ? "a link" : "not a regular file");
}

/* ---- folders ---- */

static bool search(struct walk *walk, int file, const char *path, size_t depth);

static bool add_subfolder(struct folder *folder, const char *name, const char *path)
{
    int file;

    if (folder->depth == DISCOVER_DEPTH_MAX)
        return add_folder_unread(folder->walk, path,
                                 "a folder that lies too deep: it is not searched");
    file = openat(folder->file, name, OPEN_SAFELY | O_DIRECTORY | O_NOFOLLOW);
    if (file < 0)
        return add_folder_unread(folder->walk, path,
                                 cannot_be_opened(folder->walk, errno));
    return search(folder->walk, file, path, folder->depth + 1);
}

static const char *path_of(const struct folder *folder, const char *name)
{
    size_t folder_bytes = strlen(folder->path), name_bytes = strlen(name);
    char *path = arena_alloc(folder->walk->arena, folder_bytes + 1 + name_bytes + 1);

    memcpy(path, folder->path, folder_bytes);
    path[folder_bytes] = '/';
    memcpy(path + folder_bytes + 1, name, name_bytes + 1);
    return path;
}

static bool add_entry(struct folder *folder, const struct folder_entry *entry)
{
    struct walk *walk = folder->walk;
    const char *path = path_of(folder, entry->name);
    const char *glob = exclude_find(walk->wanted->exclude, path);

    if (glob != NULL)
        return add_source(walk, path, SOURCE_EXCLUDED, glob);
    switch (entry->kind) {
    case ENTRY_FILE:
        return add_file(folder, entry->name, path);
    case ENTRY_FOLDER:
        return add_subfolder(folder, entry->name, path);
    case ENTRY_LINK:
    case ENTRY_OTHER:
        return add_unopened(folder, entry, path);
    case ENTRY_UNTOLD:
        break;
    }
    return add_source(walk, path, SOURCE_UNREADABLE,
                      cannot_be_opened(walk, entry->error));
}

static bool search_folder(struct folder *folder)
{
    struct walk *walk = folder->walk;
    const char *path = folder->path[0] != '\0' ? folder->path : "/";
    int error = folder_read(folder->scratch, folder->file, &folder->entries);

    note_explanations(folder);
    if (!add_folder(walk, path))
        return false;
    if (error != 0 && !add_folder_unread(walk, path, cannot_be_opened(walk, error)))
        return false;
    for (size_t i = 0; i < folder->entries.count; i++)
        if (!add_entry(folder, &folder->entries.items[i]))
            return false;
    return true;
}

/* Takes the open folder `file`, which stays open while what is below it is searched: at
 * most DISCOVER_DEPTH_MAX and one are. */
static bool search(struct walk *walk, int file, const char *path, size_t depth)
{
    struct arena scratch = ARENA_EMPTY;
    struct folder folder = {
        .walk = walk,
        .path = path,
        .depth = depth,
        .file = file,
        .scratch = &scratch,
        .explained = TABLE_EMPTY(&scratch),
        .statuses = TABLE_EMPTY(&scratch),
    };
    bool done = search_folder(&folder);

    arena_release(&scratch);
    return done;
}

/* ---- arguments ---- */

static bool cannot_open(struct walk *walk, const char *path, int error)
{
    machine_check(error);
    error_set(walk->err, "cannot be opened: %s", strerror(error));
    return error_at(walk->err, path, 0);
}

/* The path without slashes at its end. */
static const char *without_end(struct arena *arena, const char *path)
{
    size_t len = strlen(path);

    while (len > 0 && path[len - 1] == '/')
        len--;
    return arena_copy(arena, path, len);
}

static bool add_folder_argument(struct walk *walk, const char *path, const char *place)
{
    int file = open(place, OPEN_SAFELY | O_DIRECTORY);

    if (file < 0)
        return cannot_open(walk, place, errno);
    walk->argument = without_end(walk->arena, path);
    walk->place = place != path ? without_end(walk->arena, place) : NULL;
    return search(walk, file, walk->argument, 0);
}

/* What is read of what lies beside an argument, with one of these endings in place of
 * the argument's or behind it: X.json.err, or X.err. The first that says something
 * counts. */
static void read_beside(struct walk *walk, const char *path, struct source *source,
                        const char *ending,
                        void (*read)(struct walk *walk, int folder, const char *name,
                                     struct source *source),
                        const char *const *said)
{
    size_t bytes = strlen(path);

    for (size_t i = 0; sidecar_suffixes[i] != NULL && *said == NULL; i++) {
        struct str suffix = str_from(sidecar_suffixes[i]);

        if (str_ends_with(str_from(path), suffix)) {
            read(walk, AT_FDCWD,
                 arena_printf(walk->scratch, "%.*s%s", (int)(bytes - suffix.len), path,
                              ending),
                 source);
        }
    }
}

static void explain_argument(struct walk *walk, const char *path, struct source *source)
{
    read_beside(walk, path, source, ".err", read_explanation, &source->explanation);
    read_beside(walk, path, source, ".stderr", read_explanation, &source->explanation);
    read_beside(walk, path, source, ".rc", read_status, &source->status_told_by);
}

static bool add_file_argument(struct walk *walk, const char *path, const char *place,
                              mode_t mode)
{
    const char *slash = strrchr(path, '/');
    struct looked look;

    if (S_ISSOCK(mode))
        return cannot_open(walk, place, ENXIO); /* as open() would say */
    if (faccessat(AT_FDCWD, place, R_OK, AT_EACCESS) != 0)
        return cannot_open(walk, place, errno);
    if (!S_ISREG(mode) ||
        !look_at_name(str_from(slash != NULL ? slash + 1 : path), NULL, false, &look) ||
        look.use != SOURCE_EXPLAINS)
        look = (struct looked){ .use = SOURCE_READ };
    if (!add_source(walk, path, look.use, look.why))
        return false;
    if (place != path)
        last_of(walk)->place = place;
    if (look.use == SOURCE_EXPLAINS)
        return true;
    if (S_ISREG(mode))
        explain_argument(walk, place, last_of(walk));
    return true;
}

/* `moved_to`: where it lies, or NULL. */
static bool add_argument(struct walk *walk, const char *argument, const char *moved_to)
{
    const char *path = arena_copy(walk->arena, argument, strlen(argument));
    const char *place = moved_to != NULL ? moved_to : path;
    const char *glob;
    struct stat status;

    if (strcmp(place, "-") == 0) {
        bool within = add_source(walk, path, SOURCE_READ, NULL);

        last_of(walk)->place = moved_to;
        return within;
    }
    if (stat(place, &status) != 0)
        return cannot_open(walk, place, errno);
    glob = exclude_find(walk->wanted->exclude, without_end(walk->arena, path));
    if (glob != NULL)
        return add_source(walk, path, SOURCE_EXCLUDED, glob);
    if (S_ISDIR(status.st_mode))
        return add_folder_argument(walk, path, place);
    return add_file_argument(walk, path, place, status.st_mode);
}

/* ---- the lists ---- */

static int source_compare(const void *left, const void *right)
{
    const struct source *a = left, *b = right;
    int order = strcmp(a->path, b->path);

    /* What an argument names is read, whatever the search of its folder says. */
    return order != 0 ? order : (int)a->use - (int)b->use;
}

/* Of texts, and of what begins with one. */
static_assert(offsetof(struct source, path) == 0, "a source begins with its path");
static int path_compare(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Sorts what was found into the arena, each path once; the count is then of those. Each
 * item begins with its path. What was found in one folder mostly stands in order. */
static void *in_order(struct arena *arena, void *items, size_t *count, size_t bytes,
                      int (*compare)(const void *left, const void *right))
{
    char *found = items, *sorted = arena_alloc_array(arena, *count, bytes);
    size_t in_place = 1, kept = 0;

    while (in_place < *count &&
           compare(found + (in_place - 1) * bytes, found + in_place * bytes) <= 0)
        in_place++;
    if (in_place < *count)
        qsort(found, *count, bytes, compare);
    for (size_t i = 0; i < *count; i++)
        if (i == 0 || path_compare(found + i * bytes, found + (i - 1) * bytes) != 0)
            memcpy(sorted + kept++ * bytes, found + i * bytes, bytes);
    *count = kept;
    return sorted;
}

/* Whether what a sidecar lies beside is read, by its name or its stem. */
static bool is_beside_read(const struct walk *walk, struct str path)
{
    const struct source_list *list = &walk->found;

    for (size_t i = 0; sidecar_suffixes[i] != NULL; i++) {
        const char *of =
            arena_printf(walk->scratch, "%.*s%s", STR_ARG(path), sidecar_suffixes[i]);
        const struct source *found =
            bsearch(&of, list->items, list->count, sizeof *list->items, path_compare);

        if (found != NULL && found->use == SOURCE_READ)
            return true;
    }
    return false;
}

/* What lies beside evidence and was named as an argument, as with a shell's `folder/
 * *`: it explains, or is ignored, if that was named too. */
static void settle_sidecars(struct walk *walk)
{
    struct source_list *list = &walk->found;

    for (size_t i = 0; i < list->count; i++) {
        struct source *source = &list->items[i];
        struct str path = str_from(source->path);
        struct sidecar sidecar;

        if (source->use != SOURCE_READ || source->found_below != NULL ||
            !sidecar_of(source->file_name, &sidecar) || sidecar.of_bytes == 0 ||
            sidecar.kind == SIDECAR_COPY || sidecar.kind == SIDECAR_LOG ||
            sidecar.kind == SIDECAR_DOCUMENT)
            continue;
        path.len -= source->file_name.len - sidecar.of_bytes;
        if (!is_beside_read(walk, path))
            continue;
        source->why = look_explains(sidecar.kind);
        source->use = source->why != NULL ? SOURCE_EXPLAINS : SOURCE_IGNORED;
        if (source->why == NULL)
            source->why = sidecar.what;
        source->explanation = NULL;
        source->failure = NULL;
    }
}

void source_digest(struct arena *arena, struct source *list, struct bytes *bytes)
{
    struct bytes_total total;

    bytes_finish(bytes, &total);
    list->list_bytes = total.bytes;
    if (total.sha256[0] != '\0')
        list->list_sha256 = str_copy(arena, str_from(total.sha256)).text;
}

/* ---- what the collection's lists state -------------------------------------------
 */

/* All that a list holds, as UTF-8; false: it is not read, and why. */
static bool read_list(struct walk *walk, struct source *source, struct str *text,
                      const char **why)
{
    struct arena scratch = ARENA_EMPTY;
    struct error err = { 0 };
    const char *place = source->place != NULL ? source->place : source->path;
    const char *below =
        source->place != NULL ? source->place_below : source->found_below;
    struct bytes *bytes = below != NULL ? bytes_open_found(&scratch, below, place, &err)
                                        : bytes_open(&scratch, place, &err);
    struct buf read = BUF_EMPTY(walk->arena);
    char *block = arena_alloc(&scratch, LIST_BLOCK_BYTES);
    size_t len;

    *why = bytes == NULL ? arena_printf(walk->arena, "%s", err.message) : NULL;
    while (*why == NULL && (len = bytes_read(bytes, block, LIST_BLOCK_BYTES)) > 0) {
        if (read.len + len > COLLECTION_BYTES_MAX)
            *why = "it is longer than is read";
        else
            buf_add(&read, (struct str){ block, len });
    }
    if (*why == NULL && bytes_error(bytes) != NULL)
        *why = arena_printf(walk->arena, "it cannot be read: %s", bytes_error(bytes));
    if (*why == NULL)
        source_digest(walk->arena, source, bytes);
    arena_release(&scratch);
    *text = buf_str(&read);
    return *why == NULL;
}

static void read_lists(struct walk *walk, struct collection *collection)
{
    struct source_list *list = &walk->found;

    for (size_t i = 0; i < list->count; i++) {
        struct source *source = &list->items[i];
        enum stated_by by = stated_by_name(source->file_name);
        struct str text;
        const char *why;

        if (source->use != SOURCE_EXPLAINS || by == STATED_BY_NONE)
            continue;
        if (!read_list(walk, source, &text, &why))
            collection_fault(collection, source->path, why);
        else if (!collection_add(collection, source->path, by, text))
            source->why = look_list_unread;
    }
    collection_end(collection);
}

/* Whether a source has the path, or it is there and was not asked for. What lies below
 * a folder that was not searched may be there. */
static bool is_there(void *object, const char *path)
{
    const struct walk *walk = object;
    const struct source_list *list = &walk->found;
    struct str above = str_from(path);
    struct arena scratch = ARENA_EMPTY;
    struct stat status;
    bool found = bsearch(&path, list->items, list->count, sizeof *list->items,
                         path_compare) != NULL ||
                 lstat(path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR) ||
                 exclude_find(walk->wanted->exclude, path) != NULL;

    while (!found && above.len > 0) {
        const char *folder;

        above.len--;
        if (above.text[above.len] != '/' || above.len == 0)
            continue;
        folder = str_copy(&scratch, above).text;
        found = bsearch(&folder, list->items, list->count, sizeof *list->items,
                        path_compare) != NULL ||
                exclude_find(walk->wanted->exclude, folder) != NULL;
    }
    arena_release(&scratch);
    return found;
}

static void add_lost(struct walk *walk, const struct source *lost, size_t count)
{
    struct source_list *found = &walk->found;
    struct source *all =
        arena_array(walk->scratch, found->count + count, struct source);

    if (count == 0)
        return;
    memcpy(all, found->items, found->count * sizeof *all);
    memcpy(all + found->count, lost, count * sizeof *all);
    found->count += count;
    found->items =
        in_order(walk->arena, all, &found->count, sizeof *found->items, source_compare);
}

static void heed_lists(struct walk *walk)
{
    struct source_list *found = &walk->found;
    struct collection collection = COLLECTION_EMPTY(walk->arena);
    struct source *lost;
    size_t count;

    read_lists(walk, &collection);
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].use == SOURCE_READ)
            source_state(&collection, &found->items[i]);
    count = stated_lost(walk->scratch, walk->wanted->catalog, &collection,
                        &(const struct stated_asks){ is_there, walk }, &lost);
    add_lost(walk, lost, count);
    found->faults = collection.faults;
    found->fault_count = collection.fault_count;
}

struct str source_failed_operation(const struct source *source)
{
    return source->failure != NULL ? source->failure->operation : STR_NONE;
}

bool discover(struct arena *arena, const struct discover_wanted *wanted,
              struct source_list *sources, struct error *err)
{
    struct arena scratch = ARENA_EMPTY;
    struct walk walk = {
        .wanted = wanted,
        .arena = arena,
        .scratch = &scratch,
        .match = pattern_match_new(arena),
        .err = err,
    };
    struct source_list *found = &walk.found;
    bool done = true;

    for (size_t i = 0; i < wanted->path_count && done; i++)
        done = add_argument(&walk, wanted->paths[i],
                            wanted->places != NULL ? wanted->places[i] : NULL);
    if (done) {
        found->items = in_order(arena, found->items, &found->count,
                                sizeof *found->items, source_compare);
        found->folders = in_order(arena, (void *)found->folders, &found->folder_count,
                                  sizeof *found->folders, path_compare);
        settle_sidecars(&walk);
        if (wanted->moves != NULL)
            moved_apply(arena, wanted->moves, found);
        heed_lists(&walk);
        *sources = *found;
    }
    arena_release(&scratch);
    return done;
}
