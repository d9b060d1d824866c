#include "evidence/discover.h"

#include "base/folder.h"
#include "base/machine.h"
#include "evidence/bytes.h"
#include "evidence/sniff.h"
#include "evidence/utf16.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Neither waits for a FIFO's writer nor makes a terminal ours, whatever a name turns
 * out to be. */
enum { OPEN_SAFELY = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK };

struct found_source {
    struct found_source *next;
    struct source source;
};

struct found_folder {
    struct found_folder *next;
    const char *path;
};

struct walk {
    struct arena *arena;   /* of what is returned: paths and texts */
    struct arena *scratch; /* of what was found, till it is sorted */
    const struct catalog *catalog;
    const struct exclude *exclude;
    struct found_source *sources;
    struct found_folder *folders;
    size_t source_count, folder_count, count_max;
    struct error *err;
};

struct folder {
    struct walk *walk;
    const char *path; /* without a slash at its end; "" for the root */
    size_t depth;     /* from 0: an argument */
    int file;
    struct arena *scratch; /* as long as this folder is searched */
    struct folder_list entries;
    bool explains; /* some of its names end in .err, .rc or are manifest.tsv */
};

static const char words_error_output[] = "the error output of the call beside it";
static const char words_exit_status[] = "the exit status of the call beside it";
static const char words_manifest[] = "the collection's list of its calls";

/* Why a file that was sniffed is none to read; NULL: it is one. */
static const char *const words_sniffed[] = {
    [SNIFF_EMPTY] = "an empty file, not named as a call",
    [SNIFF_BLANK] = "nothing but blanks",
    [SNIFF_JSON] = NULL,
    [SNIFF_SCALAR] = "no JSON object or array",
    [SNIFF_CLI_ERROR] = NULL,
    [SNIFF_TABLE] = "a table, not JSON",
    [SNIFF_TEXT] = "text with tabs, not JSON",
    [SNIFF_YAML] = "YAML, not JSON",
    [SNIFF_QUERY] = "a query or a command, not its answer",
    [SNIFF_ARCHIVE] = NULL,
    [SNIFF_OTHER] = "not JSON",
};
static_assert(sizeof words_sniffed / sizeof *words_sniffed == SNIFF_COUNT,
              "a text for each");

/* ---- what was found ---- */

static bool within_limit(const struct walk *walk)
{
    if (walk->source_count + walk->folder_count <= walk->count_max)
        return true;
    return error_set(walk->err, "more than %zu files and folders; scan fewer at a time",
                     walk->count_max);
}

/* False: too many. `path` and `why` live in the walk's arena. */
static bool add_source(struct walk *walk, const char *path, enum source_use use,
                       const char *why, const char *explanation)
{
    struct found_source *found = arena_new(walk->scratch, struct found_source);
    const char *slash = strrchr(path, '/');

    found->source = (struct source){
        .path = path,
        .folder = { path, slash != NULL ? (size_t)(slash - path) : 0 },
        .file_name = str_from(slash != NULL ? slash + 1 : path),
        .use = use,
        .why = why,
        .explanation = explanation,
    };
    found->next = walk->sources;
    walk->sources = found;
    walk->source_count++;
    return within_limit(walk);
}

static bool add_folder(struct walk *walk, const char *path)
{
    struct found_folder *found = arena_new(walk->scratch, struct found_folder);

    found->path = path;
    found->next = walk->folders;
    walk->folders = found;
    walk->folder_count++;
    return within_limit(walk);
}

static const char *cannot_be_opened(struct walk *walk, int error)
{
    machine_check(error);
    return arena_printf(walk->arena, "cannot be opened: %s", strerror(error));
}

static bool add_unreadable(struct walk *walk, const char *path, int error)
{
    return add_source(walk, path, SOURCE_UNREADABLE, cannot_be_opened(walk, error),
                      NULL);
}

static bool add_folder_unread(struct walk *walk, const char *path, const char *why)
{
    if (!add_source(walk, path, SOURCE_UNREADABLE, why, NULL))
        return false;
    walk->sources->source.is_folder = true;
    return true;
}

/* ---- the first bytes of a file ---- */

struct head {
    char bytes[BYTES_PEEK_MAX], decoded[BYTES_PEEK_MAX];
    size_t len; /* of what is stored */
};

/* False: errno says why. 0 bytes of what is no regular file (any more). */
static bool head_read(int folder, const char *name, struct head *head)
{
    int file = openat(folder, name, OPEN_SAFELY | O_NOFOLLOW);
    struct stat status;
    ssize_t len = 1;
    int error = 0;

    head->len = 0;
    if (file < 0) {
        machine_check(errno);
        return false;
    }
    if (fstat(file, &status) != 0)
        error = errno;
    if (error != 0 || !S_ISREG(status.st_mode))
        len = 0;
    while (len != 0 && head->len < sizeof head->bytes) {
        len = read(file, head->bytes + head->len, sizeof head->bytes - head->len);
        if (len > 0) {
            head->len += (size_t)len;
        } else if (len < 0 && errno != EINTR) {
            error = errno;
            len = 0;
        }
    }
    close(file);
    machine_check(error);
    errno = error;
    return error == 0;
}

/* As bytes_peek() gives it. */
static void head_decode(struct head *head, struct str *text)
{
    enum utf16_order order;

    *text = (struct str){ head->bytes, head->len };
    order = utf16_order(*text);
    if (order == UTF16_NONE)
        return;
    text->len = utf16_decode(order, text, false, head->decoded, sizeof head->decoded);
    text->text = head->decoded;
}

/* Why it is no evidence; NULL: it may be. */
static const char *not_evidence(struct head *head)
{
    struct str text;
    enum sniff kind;

    head_decode(head, &text);
    kind = sniff(text);
    /* Blanks as far as one can see: only reading it tells. */
    if (kind == SNIFF_BLANK && head->len == sizeof head->bytes)
        return NULL;
    return words_sniffed[kind];
}

/* The first line of NAME.err, or NULL. */
static const char *read_explanation(struct arena *arena, int folder,
                                    const char *err_name)
{
    struct head head;
    struct str text, line;

    if (!head_read(folder, err_name, &head))
        return NULL;
    head_decode(&head, &text);
    line = sniff_line(text);
    return line.len > 0 ? str_copy(arena, line).text : NULL;
}

/* ---- a folder's files ---- */

/* What `name` explains: its bytes without .err or .rc; 0: it has neither. */
static size_t explained_bytes(struct str name, const char **why)
{
    if (name.len > 4 && str_ends_with(name, STR(".err"))) {
        *why = words_error_output;
        return name.len - 4;
    }
    if (name.len > 3 && str_ends_with(name, STR(".rc"))) {
        *why = words_exit_status;
        return name.len - 3;
    }
    return 0;
}

/* Whether the folder holds a regular file of that name. */
static bool has_file(const struct folder *folder, const char *name)
{
    const struct folder_entry *entry = folder_find(&folder->entries, name);

    return entry != NULL && entry->kind == ENTRY_FILE;
}

static bool is_explanation(const struct folder *folder, const char *name,
                           const char **why)
{
    size_t explained = explained_bytes(str_from(name), why);

    if (strcmp(name, "manifest.tsv") == 0) {
        *why = words_manifest;
        return true;
    }
    return explained > 0 &&
           has_file(folder, arena_copy(folder->scratch, name, explained));
}

static bool is_named_as_evidence(const struct catalog *catalog, struct str name)
{
    struct name parsed;

    if (name.len >= 5 &&
        str_equal_ignoring_case(str_slice(name, name.len - 5, name.len), STR(".json")))
        return true;
    name_parse(catalog, name, &parsed);
    return parsed.call != NULL;
}

static const char *explanation_of(const struct folder *folder, const char *name)
{
    const char *err_name;

    if (!folder->explains)
        return NULL;
    err_name = arena_printf(folder->scratch, "%s.err", name);
    return has_file(folder, err_name)
               ? read_explanation(folder->walk->arena, folder->file, err_name)
               : NULL;
}

static bool add_file(struct folder *folder, const char *name, const char *path)
{
    struct walk *walk = folder->walk;
    const char *why = NULL;
    struct head head;

    if (folder->explains && is_explanation(folder, name, &why))
        return add_source(walk, path, SOURCE_EXPLAINS, why, NULL);
    if (!is_named_as_evidence(walk->catalog, str_from(name))) {
        if (!head_read(folder->file, name, &head))
            return add_unreadable(walk, path, errno);
        why = not_evidence(&head);
        if (why != NULL)
            return add_source(walk, path, SOURCE_IGNORED, why, NULL);
    }
    if (!add_source(walk, path, SOURCE_READ, NULL, explanation_of(folder, name)))
        return false;
    walk->sources->source.found = true;
    return true;
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
    const char *glob = exclude_find(walk->exclude, path);

    if (glob != NULL)
        return add_source(walk, path, SOURCE_EXCLUDED, glob, NULL);
    switch (entry->kind) {
    case ENTRY_FILE:
        return add_file(folder, entry->name, path);
    case ENTRY_FOLDER:
        return add_subfolder(folder, entry->name, path);
    case ENTRY_LINK:
        return add_source(walk, path, SOURCE_IGNORED, "a link", NULL);
    case ENTRY_OTHER:
        return add_source(walk, path, SOURCE_IGNORED, "not a regular file", NULL);
    case ENTRY_UNTOLD:
        break;
    }
    return add_unreadable(walk, path, entry->error);
}

static bool has_explanations(const struct folder_list *entries)
{
    const char *why;

    for (size_t i = 0; i < entries->count; i++)
        if (explained_bytes(str_from(entries->items[i].name), &why) > 0)
            return true;
    return folder_find(entries, "manifest.tsv") != NULL;
}

static bool search_folder(struct folder *folder)
{
    struct walk *walk = folder->walk;
    const char *path = folder->path[0] != '\0' ? folder->path : "/";
    int error = folder_read(folder->scratch, folder->file, &folder->entries);

    folder->explains = has_explanations(&folder->entries);
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
        .walk = walk, .path = path, .depth = depth, .file = file, .scratch = &scratch
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

static bool add_folder_argument(struct walk *walk, const char *path)
{
    int file = open(path, OPEN_SAFELY | O_DIRECTORY);

    if (file < 0)
        return cannot_open(walk, path, errno);
    return search(walk, file, without_end(walk->arena, path), 0);
}

static bool add_file_argument(struct walk *walk, const char *path, mode_t mode)
{
    const char *explanation = NULL;
    const char *slash = strrchr(path, '/');

    if (S_ISSOCK(mode))
        return cannot_open(walk, path, ENXIO); /* as open() would say */
    if (faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) != 0)
        return cannot_open(walk, path, errno);
    if (strcmp(slash != NULL ? slash + 1 : path, "manifest.tsv") == 0)
        return add_source(walk, path, SOURCE_EXPLAINS, words_manifest, NULL);
    if (S_ISREG(mode))
        explanation = read_explanation(walk->arena, AT_FDCWD,
                                       arena_printf(walk->scratch, "%s.err", path));
    return add_source(walk, path, SOURCE_READ, NULL, explanation);
}

static bool add_argument(struct walk *walk, const char *argument)
{
    const char *path = arena_copy(walk->arena, argument, strlen(argument));
    const char *glob;
    struct stat status;

    if (strcmp(path, "-") == 0)
        return add_source(walk, path, SOURCE_READ, NULL, NULL);
    if (stat(path, &status) != 0)
        return cannot_open(walk, path, errno);
    glob = exclude_find(walk->exclude, without_end(walk->arena, path));
    if (glob != NULL)
        return add_source(walk, path, SOURCE_EXCLUDED, glob, NULL);
    if (S_ISDIR(status.st_mode))
        return add_folder_argument(walk, path);
    return add_file_argument(walk, path, status.st_mode);
}

/* ---- the lists ---- */

static int source_compare(const void *left, const void *right)
{
    const struct source *a = left, *b = right;
    int order = strcmp(a->path, b->path);

    /* What an argument names is read, whatever the search of its folder says. */
    return order != 0 ? order : (int)a->use - (int)b->use;
}

static int path_compare(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* What was found in one folder mostly stands in order already. */
static void sort(void *items, size_t count, size_t bytes,
                 int (*compare)(const void *left, const void *right))
{
    const char *item = items;
    size_t sorted = 1;

    while (sorted < count && compare(item, item + bytes) <= 0) {
        item += bytes;
        sorted++;
    }
    if (sorted < count)
        qsort(items, count, bytes, compare);
}

static void list_sources(const struct walk *walk, struct source_list *list)
{
    size_t count = walk->source_count, at = count;

    list->items = arena_array(walk->arena, walk->source_count, struct source);
    list->capacity = walk->source_count;
    for (struct found_source *found = walk->sources; found != NULL; found = found->next)
        list->items[--at] = found->source;
    sort(list->items, count, sizeof *list->items, source_compare);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(list->items[i].path, list->items[i - 1].path) != 0)
            list->items[list->count++] = list->items[i];
}

static void list_folders(const struct walk *walk, struct source_list *list)
{
    size_t count = walk->folder_count, at = count;

    list->folders = arena_array(walk->arena, walk->folder_count, const char *);
    list->folder_capacity = walk->folder_count;
    for (struct found_folder *found = walk->folders; found != NULL; found = found->next)
        list->folders[--at] = found->path;
    sort(list->folders, count, sizeof *list->folders, path_compare);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(list->folders[i], list->folders[i - 1]) != 0)
            list->folders[list->folder_count++] = list->folders[i];
}

static bool is_read(const struct source_list *list, const char *path)
{
    size_t from = 0, to = list->count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = strcmp(list->items[middle].path, path);

        if (order == 0)
            return list->items[middle].use == SOURCE_READ;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return false;
}

/* X.err and X.rc that were named as arguments, as with a shell's `folder/ *`: they
 * explain if X was named too. */
static void settle_explanations(const struct walk *walk, struct source_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct source *source = &list->items[i];
        struct str path = str_from(source->path);
        const char *why;

        if (source->use != SOURCE_READ || explained_bytes(source->file_name, &why) == 0)
            continue;
        path.len = explained_bytes(path, &why);
        if (is_read(list, str_copy(walk->scratch, path).text)) {
            source->use = SOURCE_EXPLAINS;
            source->why = why;
            source->explanation = NULL;
        }
    }
}

bool discover(struct arena *arena, const struct discover_wanted *wanted,
              struct source_list *sources, struct error *err)
{
    struct arena scratch = ARENA_EMPTY;
    struct walk walk = {
        .arena = arena,
        .scratch = &scratch,
        .catalog = wanted->catalog,
        .exclude = wanted->exclude,
        .count_max = wanted->count_max > 0 ? wanted->count_max : DISCOVER_SOURCES_MAX,
        .err = err,
    };
    bool done = true;

    for (size_t i = 0; i < wanted->path_count && done; i++)
        done = add_argument(&walk, wanted->paths[i]);
    if (done) {
        *sources = (struct source_list){ 0 };
        list_sources(&walk, sources);
        list_folders(&walk, sources);
        settle_explanations(&walk, sources);
    }
    arena_release(&scratch);
    return done;
}
