#include "find/members.h"

#include "base/order.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- paths ---- */

static bool is_absolute(struct str name)
{
    return name.text[0] == '/' || (name.len > 2 && is_letter(name.text[0]) &&
                                   name.text[1] == ':' && name.text[2] == '/');
}

/* Adds the name to the path, without parts that say nothing. False: it leads out of
 * the archive, or is none. */
static bool add_name(struct buf *path, struct str name, size_t *depth)
{
    struct str part;

    *depth = 0;
    if (name.len == 0 || is_absolute(name) || memchr(name.text, '\0', name.len) != NULL)
        return false;
    while ((part = str_next(&name, '/')).text != NULL) {
        if (str_equal(part, STR("..")))
            return false;
        if (part.len == 0 || str_equal(part, STR(".")))
            continue;
        buf_add_byte(path, '/');
        buf_add(path, part);
        ++*depth;
    }
    return true;
}

/* A name that is wrong, as it stands. */
static void add_wrong_name(struct buf *path, struct str name)
{
    buf_add_byte(path, '/');
    for (size_t i = 0; i < name.len; i++) {
        char byte = name.text[i];

        if (byte == '\0')
            byte = '?';
        buf_add_byte(path, byte);
    }
}

static bool count_path(struct member_list *members, struct str path)
{
    members->name_bytes += path.len + 1;
    members->are_too_many = members->are_too_many ||
                            members->name_bytes > MEMBERS_NAMES_BYTES_MAX ||
                            members->count + members->folder_count >= MEMBERS_MAX;
    return !members->are_too_many;
}

/* ---- what was found ---- */

struct member_list *members_new(struct arena *arena,
                                const struct members_wanted *wanted,
                                const struct source *archive)
{
    struct member_list *members = arena_new(arena, struct member_list);

    *members = (struct member_list){
        .arena = arena,
        .wanted = wanted,
        .archive = archive,
        .by_path = TABLE_EMPTY(arena),
        .by_folder = TABLE_EMPTY(arena),
        .collection = COLLECTION_EMPTY(arena),
        .path = BUF_EMPTY(arena),
    };
    return members;
}

/* `path` lives in the arena. */
static struct found_member *found_new(struct member_list *members, struct str path,
                                      bool is_one)
{
    const struct source *archive = members->archive;
    struct found_member *found = arena_new(members->arena, struct found_member);
    const char *slash = strrchr(path.text, '/');

    found->source = (struct source){
        .path = path.text,
        .folder = { path.text, (size_t)(slash - path.text) },
        .file_name = str_from(slash + 1),
        .archive = archive->path,
        .found_below =
            archive->found_below != NULL ? archive->found_below : archive->path,
    };
    if (is_one)
        found->source.folder = archive->folder;
    found->has_sidecar = sidecar_of(found->source.file_name, &found->sidecar);
    members->items = arena_grow(members->arena, members->items, members->count,
                                &members->capacity, sizeof(struct found_member *));
    members->items[members->count++] = found;
    *table_slot(&members->by_path, path) = found;
    return found;
}

struct member_folder {
    bool is_left_out; /* it, or one that it lies in */
};

/* The folder, and those that it lies in. NULL: they are too many. */
static const struct member_folder *add_folder(struct member_list *members,
                                              struct str path)
{
    static const struct member_folder outside = { false };
    struct member_folder *folder = table_find(&members->by_folder, path);
    const struct member_folder *above = &outside;
    size_t root_bytes = strlen(members->archive->path) + 1, len = path.len;
    const char *glob;

    if (folder != NULL)
        return folder;
    while (len > root_bytes && path.text[len - 1] != '/')
        len--;
    if (len > root_bytes)
        above = add_folder(members, str_slice(path, 0, len - 1));
    if (above == NULL || !count_path(members, path))
        return NULL;
    path = str_copy(members->arena, path);
    folder = arena_new(members->arena, struct member_folder);
    *table_slot(&members->by_folder, path) = folder;
    folder->is_left_out = above->is_left_out;
    if (above->is_left_out)
        return folder;
    glob = exclude_find(members->wanted->exclude, path.text);
    if (glob != NULL) {
        struct found_member *found = found_new(members, path, false);

        found->source.use = SOURCE_EXCLUDED;
        found->source.why = glob;
        found->kind = PACKED_FOLDER;
        folder->is_left_out = true;
        return folder;
    }
    members->folders =
        arena_grow(members->arena, (void *)members->folders, members->folder_count,
                   &members->folder_capacity, sizeof *members->folders);
    members->folders[members->folder_count++] = path.text;
    return folder;
}

static const enum member_fault faults[PACKED_KIND_COUNT] = {
    [PACKED_LINK] = FAULT_LINK,
    [PACKED_DEVICE] = FAULT_DEVICE,
    [PACKED_ENCRYPTED] = FAULT_ENCRYPTED,
    [PACKED_METHOD] = FAULT_METHOD,
};

static const char *const words_of_fault[FAULT_COUNT] = {
    [FAULT_PATH] = "a name that leads out of the archive, or is none",
    [FAULT_LONG] = "a name that is too long, or too deep",
    [FAULT_LINK] = "a link",
    [FAULT_DEVICE] = "not a regular file",
    [FAULT_ENCRYPTED] = "encrypted",
    [FAULT_METHOD] = "compressed in a way that is not read",
};

static bool is_named(const struct member_list *members,
                     const struct found_member *found)
{
    const struct members_wanted *wanted = members->wanted;

    return !found->has_sidecar &&
           (wanted->assumes_type ||
            look_is_named(members->arena, wanted->catalog, wanted->path_pattern,
                          wanted->match, found->source.file_name, found->source.path));
}

/* What cannot be read is lost if it may have been evidence. */
static void lose(const struct member_list *members, struct found_member *found)
{
    bool may_be = true;

    assert(found->fault < FAULT_COUNT);
    switch (found->fault) {
    case FAULT_NOT:
    case FAULT_COUNT:
    case FAULT_PATH:
    case FAULT_LONG:
        break;
    case FAULT_LINK:
    case FAULT_DEVICE:
        may_be = is_named(members, found);
        break;
    case FAULT_ENCRYPTED:
    case FAULT_METHOD:
        may_be = !found->has_sidecar || !look_hides(found->sidecar.kind);
        break;
    }
    found->source.why = words_of_fault[found->fault];
    found->source.use = may_be ? SOURCE_UNREADABLE : SOURCE_IGNORED;
}

static struct found_member *add_wrong(struct member_list *members,
                                      const struct packed_member *member,
                                      enum member_fault fault, struct buf *path)
{
    struct found_member *found;

    buf_clear(path);
    buf_printf(path, "%s!", members->archive->path);
    add_wrong_name(path, member->name);
    if (!count_path(members, buf_str(path)) ||
        table_find(&members->by_path, buf_str(path)) != NULL)
        return NULL;
    found = found_new(members, str_copy(members->arena, buf_str(path)), false);
    found->kind = member->kind;
    found->fault = fault;
    lose(members, found);
    return found;
}

/* Of a path that is right. */
static struct found_member *add_right(struct member_list *members,
                                      const struct packed_member *member,
                                      struct str path, bool is_one)
{
    struct found_member *found = table_find(&members->by_path, path);

    if (found != NULL) {
        found->is_twice = true;
        return NULL;
    }
    if (!count_path(members, path))
        return NULL;
    found = found_new(members, str_copy(members->arena, path), is_one);
    found->kind = member->kind;
    found->is_twice = table_find(&members->by_folder, path) != NULL;
    found->method = member->method;
    found->source.why = exclude_find(members->wanted->exclude, found->source.path);
    if (found->source.why != NULL) {
        found->source.use = SOURCE_EXCLUDED;
    } else if (member->kind != PACKED_FILE) {
        found->fault = faults[member->kind];
        lose(members, found);
    }
    return found;
}

/* The folder that it lies in; of a member there is one: that of the archive. */
static struct str path_above(struct str path)
{
    size_t slash = path.len;

    while (slash > 0 && path.text[--slash] != '/') {
    }
    return str_slice(path, 0, slash);
}

static struct found_member *add_placed(struct member_list *members,
                                       const struct packed_member *member,
                                       struct str path, bool is_one)
{
    bool is_folder = member->kind == PACKED_FOLDER;
    struct str above = path;
    const struct member_folder *folder;
    struct found_member *found;

    if (is_one)
        return add_right(members, member, path, true);
    if (!is_folder)
        above = path_above(above);
    folder = add_folder(members, above);
    if (folder == NULL || folder->is_left_out)
        return NULL;
    if (!is_folder)
        return add_right(members, member, path, false);
    found = table_find(&members->by_path, path);
    if (found != NULL && found->kind != PACKED_FOLDER)
        found->is_twice = true;
    return NULL;
}

struct found_member *members_add(struct member_list *members,
                                 const struct packed_member *member, bool is_one)
{
    struct buf *path = &members->path;
    struct str name = member->name;
    size_t depth;

    if (members->are_too_many)
        return NULL;
    if (is_one)
        name = packing_content(members->arena, members->archive->file_name);
    buf_clear(path);
    buf_printf(path, "%s!", members->archive->path);
    if (!add_name(path, name, &depth) || (depth == 0 && member->kind != PACKED_FOLDER))
        return add_wrong(members, member, FAULT_PATH, path);
    if (member->is_long || depth > DISCOVER_DEPTH_MAX)
        return add_wrong(members, member, FAULT_LONG, path);
    return add_placed(members, member, buf_str(path), is_one);
}

/* ---- what they are ---- */

bool members_tells(const struct found_member *found)
{
    return found->has_sidecar && (found->sidecar.kind == SIDECAR_ERRORS ||
                                  found->sidecar.kind == SIDECAR_LOG ||
                                  found->sidecar.kind == SIDECAR_STATUS);
}

bool members_wants(const struct found_member *found)
{
    return found->kind == PACKED_FILE &&
           (found->source.use == SOURCE_READ || members_tells(found));
}

static const struct sidecar *sidecar_at(const struct found_member *found)
{
    return found->has_sidecar ? &found->sidecar : NULL;
}

static void look(const struct member_list *members, struct found_member *found,
                 bool has_answer)
{
    struct source *source = &found->source;
    struct looked looked;

    if (source->use == SOURCE_EXCLUDED)
        return;
    if (!look_at_name(source->file_name, sidecar_at(found), has_answer, &looked))
        look_at_head(members->wanted->catalog, source->file_name, sidecar_at(found),
                     has_answer, found->sniffed, found->goes_on, &looked);
    source->use = looked.use;
    source->why = looked.why;
}

void members_look(struct member_list *members, struct found_member *found,
                  struct str head, struct str last)
{
    struct arena *arena = members->arena;
    const char *name = found->source.file_name.text;

    found->sniffed = sniff(members->wanted->match, head);
    found->goes_on = head.len >= BYTES_PEEK_MAX;
    look(members, found, false);
    if (!members_tells(found))
        return;
    if (found->sidecar.kind == SIDECAR_STATUS)
        found->status = look_at_status(arena, head);
    else if (!look_at_failure(arena, name, head, &found->failure) && last.text != NULL)
        look_at_failure(arena, name, last, &found->failure);
}

/* The member that lies beside a sidecar, under the stem and this suffix; or NULL. */
static struct found_member *beside(const struct member_list *members,
                                   const struct found_member *found, size_t suffix,
                                   struct buf *path)
{
    const struct source *source = &found->source;
    struct found_member *answer;

    buf_clear(path);
    buf_add(path, (struct str){ source->path,
                                (size_t)(source->file_name.text - source->path) });
    buf_add(path, str_slice(source->file_name, 0, found->sidecar.of_bytes));
    buf_add(path, str_from(sidecar_suffixes[suffix]));
    answer = table_find(&members->by_path, buf_str(path));
    return answer != found && answer != NULL && answer->kind != PACKED_FOLDER &&
                   answer->kind != PACKED_LINK && answer->kind != PACKED_DEVICE
               ? answer
               : NULL;
}

/* Which sidecar counts for an answer. */
struct told_by {
    const struct found_member *output, *status;
    size_t output_rank, status_rank; /* 0: none */
};

static void note(struct table *told, const struct found_member *answer,
                 const struct found_member *found, size_t suffix)
{
    size_t rank = look_rank(&found->sidecar, suffix);
    struct told_by **slot =
        (struct told_by **)table_slot(told, str_from(answer->source.path));
    bool is_status = found->sidecar.kind == SIDECAR_STATUS;
    size_t *least;

    if (*slot == NULL)
        *slot = arena_new(told->arena, struct told_by);
    least = is_status ? &(*slot)->status_rank : &(*slot)->output_rank;
    if (*least != 0 && rank >= *least)
        return;
    *least = rank;
    *(is_status ? &(*slot)->status : &(*slot)->output) = found;
}

static void settle(const struct member_list *members, struct found_member *found,
                   struct table *told, struct buf *path)
{
    bool has_answer = false;

    if (!found->has_sidecar || found->kind != PACKED_FILE ||
        found->sidecar.of_bytes == 0)
        return;
    for (size_t i = 0; sidecar_suffixes[i] != NULL; i++) {
        const struct found_member *answer = beside(members, found, i, path);

        has_answer = has_answer || answer != NULL;
        if (answer != NULL && members_tells(found))
            note(told, answer, found, i);
    }
    look(members, found, has_answer);
}

/* ---- what lists of the collection state ---- */

bool members_wants_text(const struct found_member *found)
{
    return found->source.use == SOURCE_EXPLAINS &&
           stated_by_name(found->source.file_name) != STATED_BY_NONE;
}

void members_list(struct member_list *members, struct found_member *found,
                  struct str text, const char *why)
{
    struct source *source = &found->source;
    enum stated_by by = stated_by_name(source->file_name);

    if (why != NULL)
        collection_fault(&members->collection, source->path, why);
    else if (!collection_add(&members->collection, source->path, by, text))
        source->why = look_list_unread;
}

/* As discover.c has it of a folder: what was left out is there. */
static bool is_there(void *object, const char *path)
{
    const struct member_list *members = object;
    struct str above = str_from(path);
    size_t root_bytes = strlen(members->archive->path) + 1;
    bool found = strncmp(path, members->archive->path, root_bytes - 1) != 0 ||
                 above.len <= root_bytes || path[root_bytes - 1] != '!' ||
                 table_find(&members->by_folder, above) != NULL ||
                 exclude_find(members->wanted->exclude, path) != NULL;

    while (!found && above.len > root_bytes) {
        found = table_find(&members->by_path, above) != NULL;
        above = path_above(above);
    }
    return found;
}

static void state(struct member_list *members)
{
    const struct stated_asks asks = { is_there, members };
    struct source *lost;
    size_t count;

    collection_end(&members->collection);
    for (size_t i = 0; i < members->count; i++)
        if (members->items[i]->source.use == SOURCE_READ)
            source_state(&members->collection, &members->items[i]->source);
    count = stated_lost(members->arena, members->wanted->catalog, &members->collection,
                        &asks, &lost);
    for (size_t i = 0; i < count; i++) {
        const struct source *archive = members->archive;
        struct found_member *found = found_new(members, str_from(lost[i].path), false);

        found->source = lost[i];
        found->source.archive = archive->path;
        found->source.found_below =
            archive->found_below != NULL ? archive->found_below : archive->path;
    }
}

void members_end(struct member_list *members)
{
    struct arena scratch = ARENA_EMPTY;
    struct table told = TABLE_EMPTY(&scratch);
    struct buf path = BUF_EMPTY(&scratch);

    for (size_t i = 0; i < members->count; i++)
        settle(members, members->items[i], &told, &path);
    for (size_t i = 0; i < members->count && told.count > 0; i++) {
        struct source *source = &members->items[i]->source;
        const struct told_by *by = table_find(&told, str_from(source->path));

        if (by == NULL || source->use != SOURCE_READ)
            continue;
        if (by->output != NULL)
            look_explain(members->arena, by->output->source.path, &by->output->failure,
                         source);
        if (by->status != NULL)
            look_end(members->arena, by->status->source.path, by->status->status,
                     source);
    }
    arena_release(&scratch);
    state(members);
}

/* ---- the list ---- */

static int place_compare(const struct source *left, const struct source *right)
{
    int order = strcmp(left->path, right->path);

    /* A folder may be called like an archive, with a "!". */
    return order != 0 ? order : (left->archive != NULL) - (right->archive != NULL);
}

static int source_compare(const void *left, const void *right)
{
    return place_compare(left, right);
}

static int text_compare(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

const struct source *members_moved(const struct source_list *sources,
                                   const struct source *source)
{
    const struct source *moved = bsearch(source, sources->items, sources->count,
                                         sizeof *sources->items, source_compare);

    assert(moved != NULL);
    return moved;
}

static const struct collection_fault *join_faults(struct arena *arena,
                                                  const struct source_list *sources,
                                                  struct member_list *const *lists,
                                                  size_t list_count, size_t *count)
{
    struct collection_fault *all;
    size_t next = 0;

    *count = sources->fault_count;
    for (size_t i = 0; i < list_count; i++)
        *count += lists[i]->collection.fault_count;
    all = arena_array(arena, *count, struct collection_fault);
    for (size_t i = 0; i < sources->fault_count; i++)
        all[next++] = sources->faults[i];
    for (size_t i = 0; i < list_count; i++)
        for (size_t j = 0; j < lists[i]->collection.fault_count; j++)
            all[next++] = lists[i]->collection.faults[j];
    return all;
}

bool members_join(struct arena *arena, struct source_list *sources,
                  struct member_list *const *lists, size_t count, struct error *err)
{
    struct source_list all = *sources;
    size_t next = sources->count, next_folder = sources->folder_count;

    for (size_t i = 0; i < count; i++) {
        all.count += lists[i]->count;
        all.folder_count += lists[i]->folder_count;
    }
    all.faults = join_faults(arena, sources, lists, count, &all.fault_count);
    if (all.count + all.folder_count > DISCOVER_SOURCES_MAX) {
        return error_set(err,
                         "more than %d files, folders and members of archives; scan "
                         "fewer at a time",
                         DISCOVER_SOURCES_MAX);
    }
    all.items = arena_array(arena, all.count, struct source);
    all.folders = arena_alloc_array(arena, all.folder_count, sizeof *all.folders);
    if (next > 0)
        memcpy(all.items, sources->items, next * sizeof *all.items);
    if (next_folder > 0)
        memcpy((void *)all.folders, (const void *)sources->folders,
               next_folder * sizeof *all.folders);
    for (size_t i = 0; i < count; i++) {
        all.items[lists[i]->archive - sources->items].use = SOURCE_ARCHIVE;
        for (size_t j = 0; j < lists[i]->count; j++)
            all.items[next++] = lists[i]->items[j]->source;
        for (size_t j = 0; j < lists[i]->folder_count; j++)
            all.folders[next_folder++] = lists[i]->folders[j];
    }
    qsort(all.items, all.count, sizeof *all.items, source_compare);
    qsort((void *)all.folders, all.folder_count, sizeof *all.folders, text_compare);
    *sources = all;
    return true;
}
