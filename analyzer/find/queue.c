#include "find/queue.h"

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

static void large_first(const struct source_list *sources, struct queue *queue)
{
    struct arena scratch = ARENA_EMPTY;
    struct sized *sized = arena_array(&scratch, queue->count, struct sized);

    for (size_t i = 0; i < queue->count; i++) {
        size_t index = queue->items[i];

        sized[i] = (struct sized){ index, size_of(&sources->items[index]) };
        queue->bytes += sized[i].bytes;
    }
    qsort(sized, queue->count, sizeof *sized, sized_compare);
    for (size_t i = 0; i < queue->count; i++)
        queue->items[i] = sized[i].index;
    arena_release(&scratch);
}

void queue_new(struct arena *arena, const struct source_list *sources, bool sizes,
               struct queue *queue)
{
    *queue = (struct queue){ .items = arena_array(arena, sources->count, size_t) };
    for (size_t i = 0; i < sources->count; i++)
        if (sources->items[i].use == SOURCE_READ ||
            sources->items[i].use == SOURCE_UNREADABLE)
            queue->items[queue->count++] = i;
    if (sizes && queue->count > 0 && queue->count <= QUEUE_SIZES_MAX)
        large_first(sources, queue);
}

size_t queue_workers(const struct queue *queue, size_t available)
{
    uint64_t wanted = 1 + queue->bytes / WORKER_BYTES + queue->count / WORKER_SOURCES;

    if (wanted > queue->count)
        wanted = queue->count > 0 ? queue->count : 1;
    return wanted < available ? (size_t)wanted : available;
}
