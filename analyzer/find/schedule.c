#include "find/schedule.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What is worth a thread: to start one takes as long as to read some files. */
enum { WORKER_BYTES = 1 << 20, WORKER_SOURCES = 64 };

struct sized {
    size_t index;
    uint64_t bytes;
};

/* 0: it is not told. It may be another by the time that it is read: nothing rests on
 * it but the order. */
static uint64_t size_of(const struct source *source)
{
    struct stat status;

    if (source->use != SOURCE_READ || strcmp(source->path, "-") == 0 ||
        stat(source->path, &status) != 0 || !S_ISREG(status.st_mode) ||
        status.st_size < 0)
        return 0;
    return (uint64_t)status.st_size;
}

static int sized_compare(const void *left_item, const void *right_item)
{
    const struct sized *left = left_item, *right = right_item;

    if (left->bytes != right->bytes)
        return left->bytes > right->bytes ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

static void large_first(const struct source_list *sources, struct schedule *schedule)
{
    struct arena scratch = ARENA_EMPTY;
    struct sized *sized = arena_array(&scratch, schedule->count, struct sized);

    for (size_t i = 0; i < schedule->count; i++) {
        size_t index = schedule->items[i];

        sized[i] = (struct sized){ index, size_of(&sources->items[index]) };
        schedule->bytes += sized[i].bytes;
    }
    qsort(sized, schedule->count, sizeof *sized, sized_compare);
    for (size_t i = 0; i < schedule->count; i++)
        schedule->items[i] = sized[i].index;
    arena_release(&scratch);
}

void schedule_new(struct arena *arena, const struct source_list *sources, bool sizes,
                  struct schedule *schedule)
{
    *schedule =
        (struct schedule){ .items = arena_array(arena, sources->count, size_t) };
    for (size_t i = 0; i < sources->count; i++)
        if (sources->items[i].use == SOURCE_READ ||
            sources->items[i].use == SOURCE_UNREADABLE)
            schedule->items[schedule->count++] = i;
    if (sizes && schedule->count > 0 && schedule->count <= SCHEDULE_SIZES_MAX)
        large_first(sources, schedule);
}

size_t schedule_workers(const struct schedule *schedule, size_t available)
{
    uint64_t wanted =
        1 + schedule->bytes / WORKER_BYTES + schedule->count / WORKER_SOURCES;

    if (wanted > schedule->count)
        wanted = schedule->count > 0 ? schedule->count : 1;
    return wanted < available ? (size_t)wanted : available;
}
