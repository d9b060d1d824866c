#include "scan.h"

#include "base/workers.h"
#include "explain/assess.h"
#include "find/members.h"
#include "find/share.h"
#include "reading.h"
#include "state/head.h"

/*
 * START READING HERE: the whole program on one page.
 *
 * paths -> discover -> sources -> bytes -> records -> gatherer -> documents -> assess
 * -> findings
 *
 * Rules were loaded before, and are right. Evidence is read once, front to back, in
 * constant memory; what each document says is kept until all is read, because its
 * account may be told by another file, and a later page may take its word back. Broken
 * evidence never stops a run: it becomes a problem, and makes findings unknown.
 *
 * Any number of threads read, a source each (reading.c). Who read which changes
 * nothing: what they gathered is joined in the order of the sources.
 */
struct thread {
    struct arena arena; /* what it stages */
    struct reading *reading;
};

struct scan_run {
    struct source_list sources;
    struct queue queue;
    struct progress *progress;
    struct thread *threads;
    size_t thread_count;
};

static void read_item(void *object, size_t worker, size_t item)
{
    struct scan_run *run = object;
    const struct source *source = &run->sources.items[run->queue.items[item]];

    reading_source(run->threads[worker].reading, source, run->progress);
}

/* The first thread stages into the arena of the run. */
static void start(struct arena *arena, struct scan_run *run,
                  const struct measures *measures, const struct scan_wanted *wanted)
{
    const struct settings *settings = wanted->settings;
    const struct layout *layout = measures_layout(arena, measures);

    run->threads = arena_array(arena, run->thread_count, struct thread);
    run->threads[0].reading = reading_new(arena, measures, layout, settings);
    for (size_t i = 1; i < run->thread_count; i++) {
        struct thread *thread = &run->threads[i];

        thread->reading = reading_new(&thread->arena, measures, layout, settings);
    }
    for (size_t i = 0; i < run->thread_count; i++) {
        struct gathered *gathered = reading_gathered(run->threads[i].reading);

        if (wanted->documents_max > 0)
            gathered->documents_max = wanted->documents_max;
        if (wanted->rows_max > 0)
            rows_limit(gathered->rows, wanted->rows_max);
    }
}

/* The members of archives, which nobody knew before they were read, become sources of
 * the list like others. */
static bool join_members(struct arena *arena, struct scan_run *run,
                         struct gathered *gathered, struct error *err)
{
    struct member_list **lists = NULL;
    size_t count = 0, capacity = 0;

    for (size_t i = 0; i < run->thread_count; i++) {
        size_t more;
        struct member_list *const *archives =
            reading_archives(run->threads[i].reading, &more);

        for (size_t j = 0; j < more; j++) {
            lists = arena_grow(arena, lists, count, &capacity, sizeof *lists);
            lists[count++] = archives[j];
        }
    }
    if (count == 0)
        return true;
    if (!members_join(arena, &run->sources, lists, count, err))
        return false;
    for (size_t i = 0; i < gathered->source_count; i++)
        gathered->sources[i]->source =
            members_moved(&run->sources, gathered->sources[i]->source);
    return true;
}

/* NULL: there are too many sources. */
static struct gathered *join(struct arena *arena, struct scan_run *run,
                             struct error *err)
{
    struct gathered *gathered = reading_gathered(run->threads[0].reading);
    bool joined;

    for (size_t i = 1; i < run->thread_count; i++)
        gathered_join(gathered, reading_gathered(run->threads[i].reading));
    gathered->workers = run->thread_count;
    joined = join_members(arena, run, gathered, err);
    gathered_sort(gathered);
    for (size_t i = 0; i < run->thread_count; i++) {
        reading_end(run->threads[i].reading);
        arena_adopt(arena, &run->threads[i].arena);
    }
    return joined ? gathered : NULL;
}

/* What lies in an ignored or excluded file may be replaced. */
static bool spares_evidence(const struct scan_wanted *wanted,
                            const struct scan_run *run, struct error *err)
{
    for (size_t i = 0; i < run->sources.count; i++) {
        const struct source *source = &run->sources.items[i];

        if (source->use != SOURCE_IGNORED && source->use != SOURCE_EXCLUDED &&
            !replaced_spare(wanted->replaced, source->path, "evidence", err))
            return false;
    }
    return true;
}

/* Whichever thread came to the limit, all of them together are above it. */
static bool takes_all(const struct gathered *gathered, struct error *err)
{
    if (!gathered_is_full(gathered))
        return true;
    return error_set(err,
                     "more than %zu documents behind the first of their files: scan "
                     "fewer files at a time",
                     gathered->documents_max);
}

static void tell_total(struct scan_run *run)
{
    if (run->progress == NULL)
        return;
    atomic_store(&run->progress->bytes, run->queue.bytes);
    atomic_store(&run->progress->sources, run->queue.count);
}

static void digest_found(struct arena *arena, const struct scan_run *run,
                         struct scanned *scanned)
{
    scanned->found_count = run->sources.count;
    scanned->found_sha256 = state_sources_sha256(arena, &run->sources);
    scanned->found_folders = run->sources.folders;
    scanned->found_folder_count = run->sources.folder_count;
}

/* What is wrong with lists of the collection. */
static void note_faults(const struct source_list *sources, struct gathered *gathered)
{
    for (size_t i = 0; i < sources->fault_count; i++) {
        const struct collection_fault *fault = &sources->faults[i];

        problems_add(&gathered->problems, fault->path, NULL,
                     SAYS(SAY_LIST_FAULT, .line = fault->line,
                          .texts = { str_from(fault->what) }));
    }
}

bool scan_gather(struct arena *arena, const struct scan_wanted *wanted,
                 struct scanned *scanned, struct error *err)
{
    const struct rulebook *book = wanted->book;
    const struct discover_wanted where = {
        .catalog = book->catalog,
        .paths = wanted->paths,
        .places = wanted->places,
        .path_count = wanted->path_count,
        .moves = &wanted->moves,
        .exclude = wanted->settings->exclude_compiled,
        .path_pattern = wanted->settings->path_compiled,
        .assumes_type = wanted->settings->type_assumed != NULL,
    };
    size_t available = wanted->jobs > 0 ? wanted->jobs : workers_available();
    struct scan_run *run = arena_new(arena, struct scan_run);

    *scanned = (struct scanned){ .found_count = 0 };
    if (!discover(arena, &where, &run->sources, err) ||
        (wanted->replaced != NULL && !spares_evidence(wanted, run, err)))
        return false;
    run->progress = wanted->progress;
    queue_new(arena, &run->sources,
              available > 1 || run->progress != NULL || wanted->share != NULL,
              &run->queue);
    if (wanted->is_for_state)
        digest_found(arena, run, scanned);
    if (wanted->share != NULL &&
        !share_take(wanted->share, &run->sources, &run->queue, err))
        return false;
    run->thread_count =
        wanted->jobs > 0 ? wanted->jobs : queue_workers(&run->queue, available);
    tell_total(run);
    scanned->measures = measures_new(arena, book);
    start(arena, run, scanned->measures, wanted);
    workers_run(run->thread_count, run->queue.count, read_item, run);
    scanned->gathered = join(arena, run, err);
    if (scanned->gathered == NULL)
        return false;
    note_faults(&run->sources, scanned->gathered);
    scanned->sources = run->sources;
    return takes_all(scanned->gathered, err);
}

bool scan(struct arena *arena, const struct scan_wanted *wanted,
          struct assessment *assessment, struct error *err)
{
    struct scanned *scanned = arena_new(arena, struct scanned);

    if (!scan_gather(arena, wanted, scanned, err) ||
        !assess(arena, wanted->book, &scanned->sources, scanned->gathered, assessment,
                err))
        return false;
    assessment->paths = wanted->paths;
    assessment->path_count = wanted->path_count;
    return true;
}
