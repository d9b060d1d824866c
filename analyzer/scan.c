#include "scan.h"

#include "assess/assess.h"
#include "assess/draft.h"
#include "assess/intake.h"

/*
 * START READING HERE: the whole program on one page.
 *
 * paths -> discover -> sources -> bytes -> records -> draft -> staged -> assess ->
 * findings
 *
 * Rules were loaded before, and are right. Evidence is read once, front to back, in
 * constant memory; what each document says is staged until all is read, because its
 * account may be told by another file, and a later page may take its word back. Broken
 * evidence never stops a run: it becomes a problem, and makes findings unknown.
 */
struct scan {
    struct arena file;       /* what one source needs while it is read */
    struct records *records; /* one reader for all: its memory is kept */
    struct staging *staging;
    struct draft *draft;
};

static void scan_records(struct scan *scan, struct bytes *bytes,
                         struct staged_source *staged)
{
    struct records_item item;
    enum records_status status;

    records_begin(scan->records, bytes);
    draft_begin(scan->draft, staged);
    while ((status = records_next(scan->records, &item)) != RECORDS_END) {
        if (status == RECORDS_RECORD)
            draft_record(scan->draft, &item.document, &item.record);
        else
            draft_end(scan->draft, &item.document);
    }
    if (staged->document_count == 0)
        intake_refuse(scan->staging, staged, SNIFF_BLANK, STR(""));
}

static void scan_source(struct scan *scan, const struct source *source)
{
    struct staged_source *staged = staging_source(scan->staging, source);
    struct error err = { 0 };
    struct bytes *bytes;
    struct str head;

    if (source->use == SOURCE_UNREADABLE) {
        intake_unreadable(scan->staging, staged, source->why);
        return;
    }
    bytes = source->found ? bytes_open_found(&scan->file, source->path, &err)
                          : bytes_open(&scan->file, source->path, &err);
    if (bytes == NULL) {
        intake_unreadable(scan->staging, staged, err.message);
        return;
    }
    if (scan->staging->settings->no_digest)
        bytes_without_digest(bytes);
    head = bytes_peek(bytes);
    if (intake_is_json(sniff(head)))
        scan_records(scan, bytes, staged);
    else
        intake_refuse(scan->staging, staged, sniff(head), head);
    bytes_finish(bytes, &staged->total);
    staged->was_read = true;
    if (staged->total.read_error != NULL)
        intake_unreadable(
            scan->staging, staged,
            arena_printf(&scan->file, "cannot be read: %s", staged->total.read_error));
}

bool scan(struct arena *arena, const struct rulebook *book,
          const struct settings *settings, const char *const *paths, size_t path_count,
          struct assessment *assessment, struct error *err)
{
    struct source_list *sources = arena_new(arena, struct source_list);
    const struct discover_wanted wanted = { .catalog = book->catalog,
                                            .paths = paths,
                                            .path_count = path_count,
                                            .exclude = settings->exclude_compiled };
    const struct measures *measures = measures_new(arena, book);
    struct scan scan = { 0 };

    if (!discover(arena, &wanted, sources, err))
        return false;
    scan.staging = staging_new(arena, measures, settings);
    scan.draft = draft_new(scan.staging);
    scan.records =
        records_new(arena, measures_layout(arena, measures), RECORDS_BUFFER_BYTES);
    for (size_t i = 0; i < sources->count; i++) {
        if (sources->items[i].use == SOURCE_READ ||
            sources->items[i].use == SOURCE_UNREADABLE)
            scan_source(&scan, &sources->items[i]);
        arena_reset(&scan.file);
    }
    arena_release(&scan.file);
    return assess(arena, book, sources, scan.staging, assessment, err);
}
