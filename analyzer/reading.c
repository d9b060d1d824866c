#include "reading_tools.h"

struct reading *reading_new(struct arena *arena, const struct measures *measures,
                            const struct layout *layout,
                            const struct settings *settings)
{
    struct reading *reading = arena_new(arena, struct reading);

    reading->gathered = gathered_new(arena, measures, settings);
    reading->records = records_new(&reading->tools, layout, RECORDS_BUFFER_BYTES);
    reading->gatherer = gatherer_new(reading->gathered);
    reading->members_wanted = (struct members_wanted){
        .catalog = measures->catalog,
        .exclude = settings->exclude_compiled,
        .path_pattern = settings->path_compiled,
        .assumes_type = settings->type_assumed != NULL,
        .match = reading->gathered->match,
    };
    return reading;
}

struct gathered *reading_gathered(const struct reading *reading)
{
    return reading->gathered;
}

static void refuse(struct reading *reading, struct document_source *document,
                   enum sniff sniff, struct str head)
{
    struct refusal refusal;

    intake_look(reading->gathered, sniff, head, &refusal);
    intake_refuse(reading->gathered, document, &refusal);
}

bool reading_records(struct reading *reading, struct bytes *bytes,
                     struct document_source *document)
{
    struct records_item item;
    enum records_status status;

    records_begin(reading->records, bytes);
    gatherer_begin(reading->gatherer, document);
    while ((status = records_next(reading->records, &item)) != RECORDS_END) {
        if (status == RECORDS_RECORD)
            gatherer_record(reading->gatherer, item.envelope, item.record);
        else
            gatherer_end(reading->gatherer, item.envelope);
    }
    return document->document_count > 0;
}

/* What could not be read begins with nothing that says what it is. */
static void read_text(struct reading *reading, struct bytes *bytes,
                      struct document_source *document)
{
    struct str head = bytes_peek(bytes);
    enum sniff kind;

    if (bytes_error(bytes) != NULL)
        return;
    kind = sniff(reading->gathered->match, head);
    if (!intake_is_json(kind)) {
        refuse(reading, document, kind, head);
        return;
    }
    if (!reading_records(reading, bytes, document))
        refuse(reading, document, SNIFF_BLANK, STR(""));
    intake_failed(reading->gathered, document);
}

static void read_open(struct reading *reading, struct bytes *bytes,
                      struct document_source *document)
{
    if (reading->gathered->settings->no_digest)
        bytes_without_digest(bytes);
    read_text(reading, bytes, document);
    bytes_finish(bytes, &document->total);
    document->was_read = true;
    if (document->total.changed)
        intake_changed(reading->gathered, document);
    if (document->total.read_error != NULL)
        intake_unreadable(reading->gathered, document,
                          arena_printf(&reading->file, "cannot be read: %s",
                                       document->total.read_error));
    intake_stated(reading->gathered, document);
}

/* Of a kind that is read in its place. */
static bool is_archive(struct reading *reading, struct bytes *bytes,
                       enum packing *packing)
{
    struct str head;

    if (reading->gathered->settings->no_digest)
        bytes_without_digest(bytes);
    head = bytes_peek(bytes);
    *packing = packing_of(head);
    return *packing != PACKING_NONE && *packing != PACKING_OTHER &&
           sniff(reading->gathered->match, head) == SNIFF_ARCHIVE;
}

static void read_source(struct reading *reading, const struct source *source,
                        struct progress *progress)
{
    struct document_source *document = gathered_source(reading->gathered, source);
    const char *place = source->place != NULL ? source->place : source->path;
    const char *below =
        source->place != NULL ? source->place_below : source->found_below;
    struct error err = { 0 };
    enum packing packing;
    struct bytes *bytes;

    if (source->use == SOURCE_UNREADABLE) {
        intake_unreadable(reading->gathered, document, source->why);
        return;
    }
    bytes = below != NULL ? bytes_open_found(&reading->file, below, place, &err)
                          : bytes_open(&reading->file, place, &err);
    if (bytes == NULL) {
        intake_unreadable(reading->gathered, document, err.message);
        return;
    }
    bytes_watch(bytes, progress);
    if (is_archive(reading, bytes, &packing))
        reading_members(reading, document, bytes, packing);
    else
        read_open(reading, bytes, document);
}

void reading_source(struct reading *reading, const struct source *source,
                    struct progress *progress)
{
    if (!gathered_is_full(reading->gathered))
        read_source(reading, source, progress);
    arena_reset(&reading->file);
    if (progress != NULL)
        atomic_fetch_add_explicit(&progress->sources_done, 1, memory_order_relaxed);
}

void reading_text(struct reading *reading, const struct source *source, struct str text)
{
    read_open(reading, bytes_open_memory(&reading->file, text, 0),
              gathered_source(reading->gathered, source));
    arena_reset(&reading->file);
}

void reading_end(struct reading *reading)
{
    rows_end(reading->gathered->rows);
    arena_release(&reading->member);
    arena_release(&reading->file);
    arena_release(&reading->tools);
}

struct member_list *const *reading_archives(const struct reading *reading,
                                            size_t *count)
{
    *count = reading->archive_count;
    return reading->archives;
}
