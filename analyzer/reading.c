#include "reading.h"

#include "gather/draft.h"
#include "gather/intake.h"

struct reading {
    struct arena tools;      /* what is given back when all is read */
    struct arena file;       /* what one source needs while it is read */
    struct records *records; /* one reader for all: its memory is kept */
    struct staging *staging;
    struct draft *draft;
};

struct reading *reading_new(struct arena *arena, const struct measures *measures,
                            const struct layout *layout,
                            const struct settings *settings)
{
    struct reading *reading = arena_new(arena, struct reading);

    reading->staging = staging_new(arena, measures, settings);
    reading->records = records_new(&reading->tools, layout, RECORDS_BUFFER_BYTES);
    reading->draft = draft_new(reading->staging);
    return reading;
}

struct staging *reading_staging(const struct reading *reading)
{
    return reading->staging;
}

static void read_records(struct reading *reading, struct bytes *bytes,
                         struct staged_source *staged)
{
    struct records_item item;
    enum records_status status;

    records_begin(reading->records, bytes);
    draft_begin(reading->draft, staged);
    while ((status = records_next(reading->records, &item)) != RECORDS_END) {
        if (status == RECORDS_RECORD)
            draft_record(reading->draft, item.document, item.record);
        else
            draft_end(reading->draft, item.document);
    }
    if (staged->document_count == 0)
        intake_refuse(reading->staging, staged, SNIFF_BLANK, STR(""));
}

/* What could not be read begins with nothing that says what it is. */
static void read_text(struct reading *reading, struct bytes *bytes,
                      struct staged_source *staged)
{
    struct str head = bytes_peek(bytes);
    enum sniff kind;

    if (bytes_error(bytes) != NULL)
        return;
    kind = sniff(reading->staging->match, head);
    if (intake_is_json(kind))
        read_records(reading, bytes, staged);
    else
        intake_refuse(reading->staging, staged, kind, head);
}

static void read_open(struct reading *reading, struct bytes *bytes,
                      struct staged_source *staged)
{
    if (reading->staging->settings->no_digest)
        bytes_without_digest(bytes);
    read_text(reading, bytes, staged);
    bytes_finish(bytes, &staged->total);
    staged->was_read = true;
    if (staged->total.changed)
        intake_changed(reading->staging, staged);
    if (staged->total.read_error != NULL)
        intake_unreadable(reading->staging, staged,
                          arena_printf(&reading->file, "cannot be read: %s",
                                       staged->total.read_error));
}

static void read_source(struct reading *reading, const struct source *source,
                        struct progress *progress)
{
    struct staged_source *staged = staging_source(reading->staging, source);
    struct error err = { 0 };
    struct bytes *bytes;

    if (source->use == SOURCE_UNREADABLE) {
        intake_unreadable(reading->staging, staged, source->why);
        return;
    }
    bytes =
        source->found_below != NULL
            ? bytes_open_found(&reading->file, source->found_below, source->path, &err)
            : bytes_open(&reading->file, source->path, &err);
    if (bytes == NULL) {
        intake_unreadable(reading->staging, staged, err.message);
        return;
    }
    bytes_watch(bytes, progress);
    read_open(reading, bytes, staged);
}

void reading_source(struct reading *reading, const struct source *source,
                    struct progress *progress)
{
    if (!staging_is_full(reading->staging))
        read_source(reading, source, progress);
    arena_reset(&reading->file);
    if (progress != NULL)
        atomic_fetch_add_explicit(&progress->sources_done, 1, memory_order_relaxed);
}

void reading_text(struct reading *reading, const struct source *source, struct str text)
{
    read_open(reading, bytes_open_memory(&reading->file, text, 0),
              staging_source(reading->staging, source));
    arena_reset(&reading->file);
}

void reading_end(struct reading *reading)
{
    arena_release(&reading->file);
    arena_release(&reading->tools);
}
