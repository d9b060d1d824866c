#include "compare/verify.h"

#include "base/table.h"

#include <string.h>

/* Which files of a report lie elsewhere now. A path in a report is anybody's: what a
 * file is moved to lies below an operand, and is no longer than a path can be. */

struct moving {
    struct arena *arena;
    const struct saved_report *report, *again;
    struct table operands; /* without slashes at their ends */
    struct table archives;
    struct table before, now; /* sources by path */
    struct table folders;     /* from a folder that a file was in to the one that it is
                                 in */
    struct move *items;
    size_t count, capacity;
};

/* Files of one digest that the report has nowhere else: the first that is not taken. */
struct twins {
    size_t *items; /* in again->sources */
    size_t count, capacity, taken;
};

static struct table by_path(struct arena *arena, const struct saved_report *report)
{
    struct table table = TABLE_EMPTY(arena);

    table_reserve(&table, report->source_count);
    for (size_t i = 0; i < report->source_count; i++)
        *table_slot(&table, report->sources[i].path) = table.arena;
    return table;
}

/* What is there: not what a list alone names, since that is where a file was. */
static struct table there_by_path(struct arena *arena,
                                  const struct saved_report *report)
{
    struct table table = TABLE_EMPTY(arena);

    for (size_t i = 0; i < report->source_count; i++)
        if (!saved_source_is(&report->sources[i], SOURCE_LOST))
            *table_slot(&table, report->sources[i].path) = arena;
    return table;
}

static struct table list_archives(struct arena *arena,
                                  const struct saved_report *report)
{
    struct table table = TABLE_EMPTY(arena);

    for (size_t i = 0; i < report->source_count; i++)
        if (saved_source_is(&report->sources[i], SOURCE_ARCHIVE))
            *table_slot(&table, report->sources[i].path) = arena;
    return table;
}

static struct str folder_of(struct str path)
{
    while (path.len > 0 && path.text[path.len - 1] != '/')
        path.len--;
    return path;
}

static struct str without_end(struct str path)
{
    while (path.len > 0 && path.text[path.len - 1] == '/')
        path.len--;
    return path;
}

static struct table list_operands(struct arena *arena,
                                  const struct saved_report *report)
{
    struct table table = TABLE_EMPTY(arena);

    for (size_t i = 0; i < report->operands.count; i++)
        *table_slot(&table, without_end(report->operands.items[i])) = arena;
    return table;
}

static bool is_below_operand(const struct moving *moving, struct str path)
{
    while ((path = folder_of(path)).len > 0) {
        path.len--;
        if (table_find(&moving->operands, path) != NULL)
            return true;
    }
    return false;
}

/* Of an archive, which moves with all that it holds. */
static bool is_member(const struct moving *moving, struct str path)
{
    size_t end = str_find(path, STR("!/"));

    return end != SIZE_MAX &&
           table_find(&moving->archives, str_slice(path, 0, end)) != NULL;
}

static bool may_move(const struct moving *moving, const struct saved_source *source)
{
    return table_find(&moving->now, source->path) == NULL &&
           !saved_source_is(source, SOURCE_LOST) && !is_member(moving, source->path) &&
           source->path.len <= VERIFY_MOVED_BYTES_MAX &&
           strlen(source->path.text) == source->path.len &&
           is_below_operand(moving, source->path);
}

static void add(struct moving *moving, struct str from, struct str to)
{
    struct str *folder = arena_new(moving->arena, struct str);

    moving->items = arena_grow(moving->arena, moving->items, moving->count,
                               &moving->capacity, sizeof *moving->items);
    moving->items[moving->count++] = (struct move){ from.text, to.text };
    *table_slot(&moving->now, to) = moving;
    *table_slot(&moving->before, from) = moving;
    *folder = folder_of(from);
    *table_slot(&moving->folders, folder_of(to)) = folder;
}

static struct table list_twins(const struct moving *moving)
{
    struct table table = TABLE_EMPTY(moving->arena);

    for (size_t i = 0; i < moving->again->source_count; i++) {
        const struct saved_source *source = &moving->again->sources[i];
        struct twins **slot;

        if (source->sha256.text == NULL ||
            table_find(&moving->before, source->path) != NULL)
            continue;
        slot = (struct twins **)table_slot(&table, source->sha256);
        if (*slot == NULL)
            *slot = arena_new(moving->arena, struct twins);
        (*slot)->items = arena_grow(moving->arena, (*slot)->items, (*slot)->count,
                                    &(*slot)->capacity, sizeof *(*slot)->items);
        (*slot)->items[(*slot)->count++] = i;
    }
    return table;
}

static void find_by_digest(struct moving *moving)
{
    struct table table = list_twins(moving);

    for (size_t i = 0; i < moving->report->source_count; i++) {
        const struct saved_source *source = &moving->report->sources[i];
        struct twins *twins =
            source->sha256.text != NULL ? table_find(&table, source->sha256) : NULL;

        if (twins == NULL || twins->taken == twins->count || !may_move(moving, source))
            continue;
        add(moving, moving->again->sources[twins->items[twins->taken++]].path,
            source->path);
    }
}

/* What has no digest went where another file of its folder did. */
static void find_by_folder(struct moving *moving)
{
    struct table now = there_by_path(moving->arena, moving->again);

    for (size_t i = 0; i < moving->report->source_count; i++) {
        const struct saved_source *source = &moving->report->sources[i];
        const struct str *folder =
            table_find(&moving->folders, folder_of(source->path));
        struct str name = source->path, from;

        if (source->sha256.text != NULL || folder == NULL || !may_move(moving, source))
            continue;
        name = str_slice(name, folder_of(name).len, name.len);
        from = str_from(
            arena_printf(moving->arena, "%.*s%.*s", STR_ARG(*folder), STR_ARG(name)));
        if (table_find(&now, from) != NULL && table_find(&moving->before, from) == NULL)
            add(moving, from, source->path);
    }
}

static bool has_archive(const struct saved_report *report, struct str operand)
{
    for (size_t i = 0; i < report->source_count; i++)
        if (saved_source_is(&report->sources[i], SOURCE_ARCHIVE) &&
            str_equal(report->sources[i].path, operand))
            return true;
    return false;
}

static bool has_below(const struct saved_report *report, struct str operand)
{
    for (size_t i = 0; i < report->source_count; i++) {
        struct str path = report->sources[i].path;

        if (path.len > operand.len && str_starts_with(path, operand) &&
            path.text[operand.len] == '/')
            return true;
    }
    return false;
}

struct str verify_repacked(const struct saved_report *report,
                           const struct saved_report *again, bool *packed)
{
    for (size_t i = 0; i < report->operands.count; i++) {
        struct str operand = without_end(report->operands.items[i]);

        *packed = has_archive(report, operand);
        if (has_below(*packed ? again : report, operand) &&
            has_archive(*packed ? report : again, operand))
            return operand;
    }
    return STR_NONE;
}

struct moves verify_moves(struct arena *arena, const struct saved_report *report,
                          const struct saved_report *again)
{
    struct moving moving = {
        .arena = arena,
        .report = report,
        .again = again,
        .archives = list_archives(arena, report),
        .operands = list_operands(arena, report),
        .before = by_path(arena, report),
        .now = there_by_path(arena, again),
        .folders = TABLE_EMPTY(arena),
    };

    find_by_digest(&moving);
    find_by_folder(&moving);
    return (struct moves){ moving.items, moving.count };
}
