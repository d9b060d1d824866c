#include "merge.h"

#include "base/workers.h"
#include "explain/assess.h"

/* What is worth a thread of those that judge. */
enum { SOURCES_OF_WORKER = 64 };

bool merge_new(struct arena *arena, const char *const *paths, size_t count,
               struct merging **made, struct error *err)
{
    struct merging *merging = arena_new(arena, struct merging);

    merging->arena = arena;
    if (!union_new(arena, paths, count, &merging->united, err))
        return false;
    merging->head = union_first(merging->united);
    *made = merging;
    return true;
}

static size_t worker_count(const struct scan_wanted *wanted, size_t source_count)
{
    size_t available = workers_available();
    size_t most = 1 + source_count / SOURCES_OF_WORKER;

    if (wanted->jobs > 0)
        return wanted->jobs;
    return most < available ? most : available;
}

bool merge_read(struct merging *merging, const struct scan_wanted *wanted,
                struct error *err)
{
    struct scanned *scanned = &merging->scanned;
    const struct measures *measures = measures_new(merging->arena, wanted->book);
    const struct state_columns *columns =
        state_columns_new(merging->arena, &merging->head->types, measures, err);

    if (columns == NULL)
        return false;
    scanned->measures = measures;
    scanned->gathered = gathered_new(merging->arena, measures, wanted->settings);
    if (!union_read(merging->united, columns, scanned->gathered, &scanned->sources,
                    err))
        return false;
    scanned->gathered->workers = worker_count(wanted, scanned->sources.count);
    return true;
}

bool merge_judge(struct merging *merging, const struct scan_wanted *wanted,
                 struct assessment *assessment, struct error *err)
{
    const struct str_list *operands = &union_head(merging->united)->operands;
    const char **paths = arena_array(merging->arena, operands->count, const char *);

    for (size_t i = 0; i < operands->count; i++)
        paths[i] = operands->items[i].text;
    if (!union_is_whole(merging->united, err) ||
        !assess(merging->arena, wanted->book, &merging->scanned.sources,
                merging->scanned.gathered, assessment, err))
        return false;
    assessment->paths = paths;
    assessment->path_count = operands->count;
    return true;
}
