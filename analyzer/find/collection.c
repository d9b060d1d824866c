#include "find/collection.h"

#include "base/digest.h"
#include "base/order.h"
#include "base/time.h"

#include <stdlib.h>
#include <string.h>

enum { STATUS_DIGITS_MAX = 10, SHA256_HEX = DIGEST_HEX_BYTES - 1 };

static const char header[] = "path\tbegun\tended\tstatus\tcommand";

enum stated_by stated_by_name(struct str file_name)
{
    static const struct {
        const char *name;
        enum stated_by by;
    } names[] = {
        { "manifest.tsv", STATED_BY_MANIFEST },
        { "SHA256SUMS", STATED_BY_SUMS },
        { "manifest-sha256.txt", STATED_BY_BAG },
    };

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_equal(file_name, str_from(names[i].name)))
            return names[i].by;
    return STATED_BY_NONE;
}

/* A list while it is read. */
struct list_reading {
    struct collection *collection;
    const char *path;
    struct str folder; /* with its slash; "" if the path has none */
    enum stated_by by;
    uint64_t line;
    size_t fault_count;
};

static void fault(struct list_reading *list, const char *what)
{
    struct collection *collection = list->collection;

    if (list->fault_count++ >= COLLECTION_FAULTS_MAX)
        return;
    collection->faults =
        arena_grow(collection->arena, collection->faults, collection->fault_count,
                   &collection->fault_capacity, sizeof *collection->faults);
    collection->faults[collection->fault_count++] =
        (struct collection_fault){ list->path, list->line, what };
}

/* ---- paths ---- */

/* The path without what leads nowhere (`.`, slashes in a row), behind the folder's.
 * NULL: it is none of a file below the folder. */
static const char *path_below(const struct list_reading *list, struct str path)
{
    struct buf joined = BUF_EMPTY(list->collection->arena);
    struct str rest = path, part = STR("");

    if (path.len == 0 || path.len > COLLECTION_PATH_BYTES_MAX || path.text[0] == '/' ||
        path.text[path.len - 1] == '/' || memchr(path.text, '\0', path.len) != NULL)
        return NULL;
    buf_add(&joined, list->folder);
    while (rest.text != NULL) {
        part = str_next(&rest, '/');
        if (str_equal(part, STR("..")))
            return NULL;
        if (part.len == 0 || str_equal(part, STR(".")))
            continue;
        if (joined.len > list->folder.len)
            buf_add_byte(&joined, '/');
        buf_add(&joined, part);
    }
    return joined.len > list->folder.len && !str_equal(part, STR("."))
               ? buf_str(&joined).text
               : NULL;
}

/* False: there are too many. */
static bool item_add(struct list_reading *list, struct str path,
                     const struct statement *said)
{
    struct collection *collection = list->collection;
    const char *whole = path_below(list, path);
    size_t max =
        collection->lines_max > 0 ? collection->lines_max : COLLECTION_LINES_MAX;

    if (whole == NULL) {
        fault(list, "it names no file below its folder");
        return true;
    }
    if (collection->count >= max) {
        fault(list, "there are more lines than are read");
        return false;
    }
    collection->items =
        arena_grow(collection->arena, collection->items, collection->count,
                   &collection->capacity, sizeof *collection->items);
    collection->items[collection->count] = *said;
    collection->items[collection->count].path = whole;
    collection->items[collection->count].told_by = list->path;
    collection->items[collection->count].by = list->by;
    collection->items[collection->count++].line = list->line;
    return true;
}

/* ---- manifest.tsv ---- */

static bool is_status(struct str text)
{
    if (text.len == 0 || text.len > STATUS_DIGITS_MAX)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!is_digit(text.text[i]))
            return false;
    return true;
}

/* Empty: it is not told. */
static bool is_time(struct str *text)
{
    int64_t instant;

    if (text->len > 0)
        return instant_parse(*text, &instant);
    *text = STR_NONE;
    return true;
}

static bool add_call(struct list_reading *list, struct str line)
{
    struct str path = str_next(&line, '\t');
    struct statement said = { 0 };

    said.begun = str_next(&line, '\t');
    said.ended = str_next(&line, '\t');
    said.status = str_next(&line, '\t');
    said.command = line;
    if (said.command.text == NULL)
        fault(list, "it has fewer than five columns");
    else if (!is_status(said.status))
        fault(list, "the status is no number");
    else if (!is_time(&said.begun) || !is_time(&said.ended))
        fault(list, "a time is none such as 2026-11-28T03:46:00Z");
    else if (said.command.len > COLLECTION_COMMAND_BYTES_MAX)
        fault(list, "the command is longer than is read");
    else
        return item_add(list, path, &said);
    return true;
}

/* ---- sums ---- */

/* The digest at the start of the line; false: there is none. */
static bool take_digest(struct list_reading *list, struct str *line, struct str *sha256)
{
    char *lower;

    if (line->len <= SHA256_HEX)
        return false;
    lower = arena_copy(list->collection->arena, line->text, SHA256_HEX);
    for (size_t i = 0; i < SHA256_HEX; i++) {
        lower[i] = to_lower(lower[i]);
        if (!is_digit(lower[i]) && (lower[i] < 'a' || lower[i] > 'f'))
            return false;
    }
    *sha256 = (struct str){ lower, SHA256_HEX };
    *line = str_slice(*line, SHA256_HEX, line->len);
    return true;
}

/* `\\`, `\n` and `\r` (coreutils, "cksum output modes"); absent: another escape. */
static struct str unescape(struct arena *arena, struct str text)
{
    static const char *const escapes[][2] = { { "\\\\", "\\" },
                                              { "\\n", "\n" },
                                              { "\\r", "\r" } };
    struct buf buf = BUF_EMPTY(arena);

    while (text.len > 0) {
        size_t i = 0;

        if (text.text[0] != '\\') {
            buf_add_byte(&buf, text.text[0]);
            text = str_slice(text, 1, text.len);
            continue;
        }
        while (i < COUNT_OF(escapes) && !str_starts_with(text, str_from(escapes[i][0])))
            i++;
        if (i == COUNT_OF(escapes))
            return STR_NONE;
        buf_add(&buf, str_from(escapes[i][1]));
        text = str_slice(text, 2, text.len);
    }
    return buf_str(&buf);
}

/* %0A, %0D and %25 (RFC 8493, 2.1.3); before it, bags had `%` as it is. */
static struct str decode(struct arena *arena, struct str text)
{
    static const char *const codes[][2] = { { "%0A", "\n" },
                                            { "%0D", "\r" },
                                            { "%25", "%" } };
    struct buf buf = BUF_EMPTY(arena);

    while (text.len > 0) {
        struct str code = str_slice(text, 0, smaller(text.len, 3));
        size_t i = 0;

        while (i < COUNT_OF(codes) &&
               !str_equal_ignoring_case(code, str_from(codes[i][0])))
            i++;
        if (i < COUNT_OF(codes))
            buf_add(&buf, str_from(codes[i][1]));
        else
            buf_add_byte(&buf, text.text[0]);
        text = str_slice(text, i < COUNT_OF(codes) ? 3 : 1, text.len);
    }
    return buf_str(&buf);
}

/* The path behind a digest; absent: there is none. */
static struct str path_of_sum(const struct list_reading *list, struct str rest,
                              bool is_escaped)
{
    struct arena *arena = list->collection->arena;
    size_t from = 0;

    if (list->by == STATED_BY_SUMS) {
        if (rest.len < 3 || rest.text[0] != ' ' ||
            (rest.text[1] != ' ' && rest.text[1] != '*'))
            return STR_NONE;
        rest = str_slice(rest, 2, rest.len);
        return is_escaped ? unescape(arena, rest) : rest;
    }
    while (from < rest.len && (rest.text[from] == ' ' || rest.text[from] == '\t'))
        from++;
    if (from == 0)
        return STR_NONE;
    if (from < rest.len && rest.text[from] == '*')
        from++;
    rest = str_slice(rest, from, rest.len);
    return memchr(rest.text, '%', rest.len) != NULL ? decode(arena, rest) : rest;
}

static bool add_sum(struct list_reading *list, struct str line)
{
    struct statement said = { 0 };
    bool is_escaped = list->by == STATED_BY_SUMS && line.text[0] == '\\';
    struct str path;

    if (line.text[0] == '#')
        return true; /* sha256sum passes it over, too */
    line = str_slice(line, is_escaped ? 1 : 0, line.len);
    if (!take_digest(list, &line, &said.sha256)) {
        fault(list, "it begins with no SHA-256 digest");
        return true;
    }
    path = path_of_sum(list, line, is_escaped);
    if (path.text != NULL)
        return item_add(list, path, &said);
    fault(list, "no path follows its digest");
    return true;
}

/* ---- all lists ---- */

static struct str without_cr(struct str line)
{
    return str_ends_with(line, STR("\r")) ? str_slice(line, 0, line.len - 1) : line;
}

static void cover(struct list_reading *list)
{
    struct collection *collection = list->collection;

    collection->covered =
        arena_grow(collection->arena, collection->covered, collection->covered_count,
                   &collection->covered_capacity, sizeof *collection->covered);
    collection->manifests = arena_grow(
        collection->arena, (void *)collection->manifests, collection->covered_count,
        &collection->manifest_capacity, sizeof *collection->manifests);
    collection->covered[collection->covered_count] = list->folder;
    collection->manifests[collection->covered_count++] = list->path;
}

bool collection_add(struct collection *collection, const char *path, enum stated_by by,
                    struct str text)
{
    struct str whole = str_from(path);
    const char *slash = strrchr(path, '/');
    struct list_reading list = {
        .collection = collection,
        .path = path,
        .folder = str_slice(whole, 0, slash != NULL ? (size_t)(slash - path) + 1 : 0),
        .by = by,
    };
    bool goes_on = true;

    if (by == STATED_BY_MANIFEST) {
        struct str rest = text;

        if (!str_equal(without_cr(str_next(&rest, '\n')), str_from(header)))
            return false;
        cover(&list);
    }
    while (text.text != NULL && text.len > 0 && goes_on) {
        struct str line = without_cr(str_next(&text, '\n'));

        list.line++;
        if (line.len == 0 ||
            (by == STATED_BY_MANIFEST && str_equal(line, str_from(header))))
            continue;
        goes_on =
            by == STATED_BY_MANIFEST ? add_call(&list, line) : add_sum(&list, line);
    }
    return true;
}

void collection_fault_at(struct collection *collection, const char *path, uint64_t line,
                         const char *what)
{
    fault(
        &(struct list_reading){ .collection = collection, .path = path, .line = line },
        what);
}

void collection_fault(struct collection *collection, const char *path, const char *what)
{
    collection_fault_at(collection, path, 0, what);
}

/* Of one list's lines about one file the last comes first. */
static int item_compare(const void *left, const void *right)
{
    const struct statement *a = left, *b = right;
    int order = strcmp(a->path, b->path);

    if (order == 0)
        order = strcmp(a->told_by, b->told_by);
    return order != 0 ? order : (a->line < b->line) - (a->line > b->line);
}

static int same_list_compare(const void *left, const void *right)
{
    const struct statement *a = left, *b = right;
    int order = strcmp(a->path, b->path);

    return order != 0 ? order : strcmp(a->told_by, b->told_by);
}

/* The manifests were added in the order of their paths, or nearly. */
static void order_covered(struct collection *collection)
{
    for (size_t i = 1; i < collection->covered_count; i++) {
        struct str folder = collection->covered[i];
        const char *manifest = collection->manifests[i];
        size_t at = i;

        for (; at > 0 && str_compare(collection->covered[at - 1], folder) > 0; at--) {
            collection->covered[at] = collection->covered[at - 1];
            collection->manifests[at] = collection->manifests[at - 1];
        }
        collection->covered[at] = folder;
        collection->manifests[at] = manifest;
    }
}

void collection_end(struct collection *collection)
{
    order_sort(collection->items, collection->count, sizeof *collection->items,
               item_compare);
    collection->count = order_unique(collection->items, collection->count,
                                     sizeof *collection->items, same_list_compare);
    order_covered(collection);
}

const struct statement *collection_find(const struct collection *collection,
                                        const char *path, size_t *count)
{
    size_t from = 0, to = collection->count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (strcmp(collection->items[middle].path, path) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    *count = 0;
    while (from + *count < collection->count &&
           strcmp(collection->items[from + *count].path, path) == 0)
        ++*count;
    return *count > 0 ? &collection->items[from] : NULL;
}

/* The manifest of what begins so; NULL: there is none. */
static const char *manifest_of(const struct collection *collection, struct str folder)
{
    size_t from = 0, to = collection->covered_count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = str_compare(collection->covered[middle], folder);

        if (order == 0)
            return collection->manifests[middle];
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

const char *collection_manifest(const struct collection *collection, const char *path)
{
    struct str above = str_from(path);

    if (collection->covered_count == 0)
        return NULL;
    while (above.len > 0) {
        const char *found;

        above.len--;
        if (above.text[above.len] != '/')
            continue;
        found = manifest_of(collection, (struct str){ above.text, above.len + 1 });
        if (found != NULL)
            return found;
    }
    return manifest_of(collection, STR(""));
}
