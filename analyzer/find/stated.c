#include "find/stated.h"

#include "find/look.h"

#include <string.h>

void source_state(const struct collection *collection, struct source *source)
{
    struct sidecar sidecar;
    bool is_listed = false;

    source->statements =
        collection_find(collection, source->path, &source->statement_count);
    for (size_t i = 0; i < source->statement_count; i++)
        is_listed = is_listed || source->statements[i].by == STATED_BY_MANIFEST;
    source->unlisted_by = NULL;
    if (!is_listed && !sidecar_of(source->file_name, &sidecar))
        source->unlisted_by = collection_manifest(collection, source->path);
}

const struct statement *source_failed_call(const struct source *source)
{
    for (size_t i = 0; i < source->statement_count; i++) {
        struct str status = source->statements[i].status;

        for (size_t j = 0; j < status.len; j++)
            if (status.text[j] != '0')
                return &source->statements[i];
    }
    return NULL;
}

/* Lists above the same file differ by the length of their folders. */
const struct statement *source_call(const struct source *source)
{
    const struct statement *nearest = NULL;

    for (size_t i = 0; i < source->statement_count; i++) {
        const struct statement *statement = &source->statements[i];

        if (statement->by == STATED_BY_MANIFEST &&
            (nearest == NULL || strlen(statement->told_by) > strlen(nearest->told_by)))
            nearest = statement;
    }
    return nearest;
}

/* ---- what is not there ---- */

static struct str file_name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return str_from(slash != NULL ? slash + 1 : path);
}

static bool is_evidence(const struct catalog *catalog,
                        const struct statement *statements, size_t count)
{
    struct str name = file_name_of(statements->path);
    struct sidecar sidecar;

    if (sidecar_of(name, &sidecar))
        return false;
    for (size_t i = 0; i < count; i++)
        if (statements[i].by == STATED_BY_MANIFEST)
            return true;
    return is_json_name(name) || look_is_call(catalog, name);
}

static void note_missing(struct collection *collection,
                         const struct statement *statements, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        collection_fault_at(collection, statements[i].told_by, statements[i].line,
                            arena_printf(collection->arena,
                                         "it names a file that is not there: %s",
                                         statements[i].path));
    }
}

/* Whether the error output of the call that failed is evidence in the answer's place.
 */
static bool has_error(const struct source *source, const struct stated_asks *asks)
{
    struct arena scratch = ARENA_EMPTY;
    bool found =
        source_failed_call(source) != NULL &&
        asks->is_there(asks->object, arena_printf(&scratch, "%s.err", source->path));

    arena_release(&scratch);
    return found;
}

static struct source lost_source(const struct statement *statements, size_t count)
{
    const char *slash = strrchr(statements->path, '/');

    return (struct source){
        .path = statements->path,
        .folder = { statements->path,
                    slash != NULL ? (size_t)(slash - statements->path) : 0 },
        .file_name = file_name_of(statements->path),
        .use = SOURCE_LOST,
        .why = "not there, though a list of its collection names it",
        .statements = statements,
        .statement_count = count,
    };
}

size_t stated_lost(struct arena *arena, const struct catalog *catalog,
                   struct collection *collection, const struct stated_asks *asks,
                   struct source **lost)
{
    size_t capacity = 0, found = 0, count;

    *lost = NULL;
    for (size_t i = 0; i < collection->count; i += count) {
        const struct statement *statements = &collection->items[i];
        struct source source;

        collection_find(collection, statements->path, &count);
        if (asks->is_there(asks->object, statements->path))
            continue;
        source = lost_source(statements, count);
        if (has_error(&source, asks))
            continue;
        if (!is_evidence(catalog, statements, count)) {
            note_missing(collection, statements, count);
            continue;
        }
        if (found == STATED_LOST_MAX) {
            collection_fault_at(collection, statements->told_by, statements->line,
                                "more files that are not there than are kept");
            return found;
        }
        *lost = arena_grow(arena, *lost, found, &capacity, sizeof **lost);
        (*lost)[found++] = source;
    }
    return found;
}
