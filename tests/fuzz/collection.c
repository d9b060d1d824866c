/*
 * Fuzz target: lists of a collection, as they come with evidence.
 *
 *     == d/manifest.tsv      a list, its kind by its name; else a manifest
 *     what it holds
 *     == d/SHA256SUMS
 *     ...
 *
 * What they state is of files below their folders, by paths that lead nowhere else;
 * each column has its form; each is found again; and the order in which lists were
 * added changes nothing. What a command line asked for is looked at, too.
 */
#include "find/collection.h"

#include "base/digest.h"
#include "base/time.h"
#include "find/command.h"
#include "rulebook/embedded.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

enum { LISTS_MAX = 8 };

struct list {
    const char *path;
    enum stated_by by;
    struct str text;
};

static const struct catalog *the_catalog(void)
{
    static struct arena arena = ARENA_EMPTY;
    static struct catalog *catalog;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    if (catalog == NULL) {
        catalog = catalog_new(&arena);
        catalog_add_tables(catalog, &catalog_builtin);
        catalog_finish(catalog, &mistakes);
    }
    assert(mistakes.error_count == 0);
    return catalog;
}

/* ---- the input ------------------------------------------------------------------- */

static struct str file_name_of(struct str path)
{
    for (size_t i = path.len; i > 0; i--)
        if (path.text[i - 1] == '/')
            return str_slice(path, i, path.len);
    return path;
}

static size_t take_lists(struct arena *arena, struct str text, struct list *lists)
{
    size_t count = 0;

    while (count < LISTS_MAX && text.text != NULL) {
        struct str path = STR("manifest.tsv");
        size_t len;

        if (str_starts_with(text, STR("== ")) &&
            str_find(text, STR("\n")) != SIZE_MAX) {
            path = str_next(&text, '\n');
            path = str_slice(path, 3, path.len);
        }
        if (stated_by_name(file_name_of(path)) == STATED_BY_NONE ||
            memchr(path.text, '\0', path.len) != NULL)
            path = STR("d/manifest.tsv");
        len = str_find(text, STR("\n== "));
        lists[count].path = str_copy(arena, path).text;
        lists[count].by = stated_by_name(file_name_of(path));
        lists[count++].text = str_slice(text, 0, len == SIZE_MAX ? text.len : len);
        text = len == SIZE_MAX ? STR_NONE : str_slice(text, len + 1, text.len);
    }
    return count;
}

/* ---- what is stated -------------------------------------------------------------- */

static void check_path(const struct statement *said)
{
    struct str path = str_from(said->path), list = str_from(said->told_by), part;
    struct str folder = str_slice(list, 0, list.len - file_name_of(list).len);

    assert(str_starts_with(path, folder) && path.len > folder.len);
    assert(path.len <= folder.len + COLLECTION_PATH_BYTES_MAX);
    path = str_slice(path, folder.len, path.len);
    while ((part = str_next(&path, '/')).text != NULL)
        assert(part.len > 0 && !str_equal(part, STR(".")) &&
               !str_equal(part, STR("..")));
}

static void check_call(const struct statement *said)
{
    struct arena arena = ARENA_EMPTY;
    struct call_command command = { 0 };
    int64_t instant;

    assert(said->status.len > 0);
    for (size_t i = 0; i < said->status.len; i++)
        assert(is_digit(said->status.text[i]));
    assert(said->begun.text == NULL || instant_parse(said->begun, &instant));
    assert(said->ended.text == NULL || instant_parse(said->ended, &instant));
    assert(said->command.text != NULL &&
           said->command.len <= COLLECTION_COMMAND_BYTES_MAX);
    assert(said->sha256.text == NULL);
    command_parse(&arena, the_catalog(), said->command, &command);
    assert(command.call == NULL || command.tells_call);
    assert(command.limited_by.text == NULL || command.limits);
    assert((command.token.text == NULL) == (command.token_words.text == NULL));
    assert(command.token_words.len <= said->command.len);
    /* its words, a blank behind each */
    assert(command_listing(&arena, said->command).len <= said->command.len + 1);
    arena_release(&arena);
}

static void check_sum(const struct statement *said)
{
    assert(said->sha256.len == DIGEST_HEX_BYTES - 1 && said->command.text == NULL);
    for (size_t i = 0; i < said->sha256.len; i++)
        assert(is_digit(said->sha256.text[i]) ||
               (said->sha256.text[i] >= 'a' && said->sha256.text[i] <= 'f'));
}

static bool is_before(const struct statement *left, const struct statement *right)
{
    int order = strcmp(left->path, right->path);

    return order < 0 || (order == 0 && strcmp(left->told_by, right->told_by) < 0);
}

static void check_found(const struct collection *collection,
                        const struct statement *said)
{
    size_t count;
    const struct statement *found = collection_find(collection, said->path, &count);

    assert(found != NULL && said >= found && said < found + count);
    if (said->by == STATED_BY_MANIFEST)
        assert(collection_manifest(collection, said->path) != NULL);
}

static void check(const struct collection *collection)
{
    for (size_t i = 0; i < collection->count; i++) {
        const struct statement *said = &collection->items[i];

        assert(said->line > 0);
        assert(i == 0 || is_before(said - 1, said));
        check_path(said);
        if (said->by == STATED_BY_MANIFEST)
            check_call(said);
        else
            check_sum(said);
        check_found(collection, said);
    }
    assert(collection->fault_count <= (size_t)LISTS_MAX * COLLECTION_FAULTS_MAX);
}

/* ---- the order of lists ---------------------------------------------------------- */

static bool is_same(const struct statement *left, const struct statement *right)
{
    return strcmp(left->path, right->path) == 0 &&
           strcmp(left->told_by, right->told_by) == 0 && left->by == right->by &&
           left->line == right->line && str_equal(left->command, right->command) &&
           str_equal(left->begun, right->begun) &&
           str_equal(left->ended, right->ended) &&
           str_equal(left->status, right->status) &&
           str_equal(left->sha256, right->sha256);
}

static void add(struct collection *collection, const struct list *list)
{
    if (!collection_add(collection, list->path, list->by, list->text))
        assert(list->by == STATED_BY_MANIFEST);
}

static bool any_twice(const struct list *lists, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(lists[i].path, lists[j].path) == 0)
                return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena arena = ARENA_EMPTY;
    struct collection collection = COLLECTION_EMPTY(&arena);
    struct collection reversed = COLLECTION_EMPTY(&arena);
    struct list lists[LISTS_MAX];
    size_t count = take_lists(&arena, (struct str){ (const char *)bytes, len }, lists);

    for (size_t i = 0; i < count; i++) {
        add(&collection, &lists[i]);
        add(&reversed, &lists[count - 1 - i]);
    }
    collection_end(&collection);
    collection_end(&reversed);
    check(&collection);
    assert(collection.fault_count == reversed.fault_count);
    if (!any_twice(lists, count)) { /* as files of a folder never are */
        assert(collection.count == reversed.count);
        for (size_t i = 0; i < collection.count; i++)
            assert(is_same(&collection.items[i], &reversed.items[i]));
    }
    arena_release(&arena);
    return 0;
}
