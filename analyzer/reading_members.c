#include "reading_tools.h"

#include <assert.h>
#include <string.h>

/* A member that was gathered. What lies beside it, and whether its name comes again, is
 * known when the archive was read; then it is settled. */
struct pending {
    struct found_member *found;
    struct document_source *document;
    struct refusal *refusal; /* NULL: it is JSON, or it could not be read */
    enum broken broken;      /* the member alone */
    const char *why;
};

struct archive_reading {
    struct reading *reading;
    struct document_source *source;
    struct packed *packed;
    struct member_list *members;
    struct pending *pending;
    size_t count, capacity;
};

/* ---- a member ---- */

static struct pending *pend(struct archive_reading *archive, struct found_member *found)
{
    struct reading *reading = archive->reading;
    struct pending *pending;

    archive->pending = arena_grow(&reading->file, archive->pending, archive->count,
                                  &archive->capacity, sizeof *archive->pending);
    pending = &archive->pending[archive->count++];
    *pending = (struct pending){
        .found = found,
        .document = gathered_source(reading->gathered, &found->source),
    };
    return pending;
}

/* What of a sidecar stands at its end; absent: its head has all of it, or it is JSON,
 * of which the end tells nothing. */
static struct str last_of(struct reading *reading, struct bytes *bytes, struct str head)
{
    char *last;
    size_t len = 0, more;

    if (head.len < BYTES_PEEK_MAX ||
        intake_is_json(sniff(reading->gathered->match, head)))
        return STR_NONE;
    last = arena_alloc(&reading->member, (size_t)2 * BYTES_PEEK_MAX);
    while ((more = bytes_read(bytes, last + len, BYTES_PEEK_MAX)) > 0) {
        len += more;
        if (len < BYTES_PEEK_MAX)
            continue;
        memmove(last, last + (len - BYTES_PEEK_MAX), BYTES_PEEK_MAX);
        len = BYTES_PEEK_MAX;
    }
    return (struct str){ last, len };
}

static struct refusal *refusal_of(struct reading *reading, enum sniff kind,
                                  struct str head)
{
    struct refusal *refusal = arena_new(&reading->file, struct refusal);

    intake_look(reading->gathered, kind, head, refusal);
    if (kind == SNIFF_ARCHIVE)
        refusal->reason = *SAYS(SAY_ARCHIVE_NESTED);
    return refusal;
}

static void read_evidence(struct archive_reading *archive, struct found_member *found,
                          struct bytes *bytes, struct str head)
{
    struct reading *reading = archive->reading;
    struct pending *pending = pend(archive, found);
    struct document_source *document = pending->document;

    if (!intake_is_json(found->sniffed))
        pending->refusal = refusal_of(reading, found->sniffed, head);
    else if (!reading_records(reading, bytes, document))
        pending->refusal = refusal_of(reading, SNIFF_BLANK, STR(""));
    bytes_finish(bytes, &document->total);
    document->was_read = true;
    if (archive->packed->member_broken != BROKEN_NOT &&
        (archive->packed->broken == BROKEN_NOT || archive->packed->is_one)) {
        pending->broken = archive->packed->member_broken;
        pending->why = archive->packed->member_why;
    }
}

/* All of a list of the collection. */
static void read_list(struct archive_reading *archive, struct found_member *found,
                      struct bytes *bytes)
{
    struct arena *arena = archive->reading->gathered->arena;
    char *block = arena_alloc(&archive->reading->member, EXPAND_BLOCK_BYTES);
    struct buf text = BUF_EMPTY(arena);
    const char *why = NULL;
    size_t len;

    while (why == NULL && (len = bytes_read(bytes, block, EXPAND_BLOCK_BYTES)) > 0) {
        if (text.len + len > COLLECTION_BYTES_MAX)
            why = "it is longer than is read";
        else
            buf_add(&text, (struct str){ block, len });
    }
    if (archive->packed->member_broken != BROKEN_NOT)
        why = "it breaks off";
    if (why == NULL)
        source_digest(arena, &found->source, bytes);
    members_list(archive->members, found, buf_str(&text), why);
}

static void read_member(struct archive_reading *archive,
                        const struct packed_member *member)
{
    struct reading *reading = archive->reading;
    struct found_member *found =
        members_add(archive->members, member, archive->packed->is_one);
    struct bytes *bytes;
    struct str head, last = STR_NONE;

    if (found == NULL)
        return;
    if (found->source.use == SOURCE_UNREADABLE) {
        pend(archive, found);
        return;
    }
    if (!members_wants(found))
        return;
    bytes = packed_bytes(&reading->member, archive->packed);
    if (reading->gathered->settings->no_digest)
        bytes_without_digest(bytes);
    head = bytes_peek(bytes);
    head = str_copy(&reading->member, head);
    if (members_tells(found))
        last = last_of(reading, bytes, head);
    members_look(archive->members, found, head, last);
    if (found->source.use == SOURCE_READ)
        read_evidence(archive, found, bytes, head);
    else if (members_wants_text(found))
        read_list(archive, found, bytes);
}

/* ---- when all is read ---- */

/* Why an archive, or a member alone, could not be read to its end. */
static struct reason reason_of(enum broken broken, const char *why, bool is_member)
{
    enum { MIB_BITS = 20 };
    struct str text = str_from(why);

    switch (broken) {
    case BROKEN_NOT:
    case BROKEN_COUNT:
        break;
    case BROKEN_CUT:
        return *SAYS(SAY_ARCHIVE_CUT);
    case BROKEN_CORRUPT:
        return *SAYS(is_member ? SAY_MEMBER_DAMAGED : SAY_ARCHIVE_DAMAGED,
                     .texts = { text });
    case BROKEN_UNREAD:
        return *SAYS(SAY_UNREADABLE, .texts = { text });
    case BROKEN_TRAILING:
        return *SAYS(SAY_TRAILING_BYTES);
    case BROKEN_RATIO:
        return *SAYS(SAY_RATIO, .count = EXPANDED_RATIO_MAX);
    case BROKEN_EXPANDED:
        return *SAYS(SAY_ARCHIVE_EXPANDED, .count = EXPANDED_GIB_MAX);
    case BROKEN_WINDOW:
        return *SAYS(SAY_ARCHIVE_WINDOW, .count = EXPAND_WINDOW_BYTES_MAX >> MIB_BITS);
    case BROKEN_MEMBERS:
        return *SAYS(SAY_ARCHIVE_MEMBERS, .count = MEMBERS_MAX);
    }
    assert(false); /* a break has a reason */
    return *SAYS(SAY_UNREADABLE);
}

static struct reason reason_of_fault(const struct found_member *found)
{
    switch (found->fault) {
    case FAULT_NOT:
    case FAULT_COUNT:
        break;
    case FAULT_PATH:
        return *SAYS(SAY_MEMBER_PATH);
    case FAULT_LONG:
        return *SAYS(SAY_MEMBER_PATH_LONG, .count = PACKED_NAME_MAX);
    case FAULT_LINK:
        return *SAYS(SAY_MEMBER_LINK);
    case FAULT_DEVICE:
        return *SAYS(SAY_MEMBER_DEVICE);
    case FAULT_ENCRYPTED:
        return *SAYS(SAY_ENCRYPTED);
    case FAULT_METHOD:
        return *SAYS(SAY_ARCHIVE_METHOD, .count = found->method);
    }
    assert(false); /* a fault has a reason */
    return *SAYS(SAY_UNREADABLE);
}

static bool may_be_wrong(enum broken broken)
{
    return broken == BROKEN_CORRUPT;
}

/* What was read of it shows less, for that reason; and the problem is said. */
static void weaken(struct gathered *gathered, struct document_source *document,
                   bool is_void, const struct reason *reason)
{
    if (document->document_count == 0) {
        intake_lose(gathered, document, reason);
        return;
    }
    if (is_void)
        intake_void(gathered, document, reason);
    else
        intake_damage(gathered, document, reason);
    problems_add(&gathered->problems, document->source->path, NULL, reason);
}

static void settle_member(struct gathered *gathered, const struct pending *pending)
{
    const struct found_member *found = pending->found;
    struct document_source *document = pending->document;
    bool is_json = pending->refusal == NULL || pending->refusal->sniff == SNIFF_BLANK;
    struct reason reason;

    if (found->fault != FAULT_NOT) {
        reason = reason_of_fault(found);
        intake_lose(gathered, document, &reason);
        return;
    }
    if (pending->broken != BROKEN_NOT) {
        reason = reason_of(pending->broken, pending->why, true);
        weaken(gathered, document, may_be_wrong(pending->broken), &reason);
    } else if (pending->refusal != NULL) {
        intake_refuse(gathered, document, pending->refusal);
    }
    if (is_json)
        intake_failed(gathered, document);
    if (found->is_twice)
        weaken(gathered, document, true, SAYS(SAY_MEMBER_TWICE));
}

static void settle_members(struct archive_reading *archive, size_t first)
{
    struct gathered *gathered = archive->reading->gathered;

    members_end(archive->members);
    gathered_take_back(gathered, first);
    for (size_t i = 0; i < archive->count; i++) {
        if (archive->pending[i].found->source.use != SOURCE_EXPLAINS) {
            gathered_state(gathered, archive->pending[i].document);
            settle_member(gathered, &archive->pending[i]);
            intake_stated(gathered, archive->pending[i].document);
        }
    }
}

/* Of the archive as a whole: each member shows less, and what was lost may have been
 * anything. */
static void settle_archive(struct archive_reading *archive, bool is_void,
                           const struct reason *reason)
{
    struct gathered *gathered = archive->reading->gathered;
    struct reason of_member = *reason;

    of_member.path = archive->source->source->path;
    for (size_t i = 0; i < archive->count; i++) {
        const struct pending *pending = &archive->pending[i];

        if (pending->found->source.use == SOURCE_EXPLAINS)
            continue;
        if (is_void)
            intake_void(gathered, pending->document, &of_member);
        else
            intake_damage(gathered, pending->document, &of_member);
    }
    intake_lose(gathered, archive->source, reason);
}

/* What lists outside say against the archive goes for its members. */
static void settle_stated(struct archive_reading *archive)
{
    struct gathered *gathered = archive->reading->gathered;
    const struct document_source *source = archive->source;

    intake_stated(gathered, archive->source);
    for (size_t i = 0; i < source->document_count; i++) {
        const struct document *document = source->documents[i];
        struct reason reason;

        if (!document_has(document, DOUBT_DISOWNED) || document->reason_count == 0)
            continue;
        reason = document->reasons[document->reason_count - 1];
        reason.path = source->source->path;
        for (size_t j = 0; j < archive->count; j++)
            if (archive->pending[j].found->source.use != SOURCE_EXPLAINS)
                intake_disown(gathered, archive->pending[j].document, &reason);
    }
}

static void settle_breaks(struct archive_reading *archive)
{
    const struct packed *packed = archive->packed;
    const struct bytes_total *total = &archive->source->total;
    bool is_whole =
        packed->broken != BROKEN_NOT && (!packed->is_one || archive->count == 0);
    struct reason reason;

    if (is_whole) {
        reason = reason_of(packed->broken, packed->why, false);
        settle_archive(archive, may_be_wrong(packed->broken), &reason);
    } else if (archive->members->are_too_many) {
        settle_archive(archive, false, SAYS(SAY_ARCHIVE_MEMBERS, .count = MEMBERS_MAX));
    }
    if (total->changed)
        settle_archive(archive, true, SAYS(SAY_CHANGED));
}

static void read_all(struct archive_reading *archive, struct bytes *stored,
                     enum packing packing)
{
    struct reading *reading = archive->reading;
    struct gathered *gathered = reading->gathered;
    struct packed_member member;
    size_t first = gathered->source_count;

    archive->packed = packed_open(&reading->file, stored, packing);
    archive->members =
        members_new(gathered->arena, &reading->members_wanted, archive->source->source);
    while (!gathered_is_full(gathered) && !archive->members->are_too_many &&
           packed_next(archive->packed, &member)) {
        read_member(archive, &member);
        arena_reset(&reading->member);
    }
    settle_members(archive, first);
    if (archive->packed->broken != BROKEN_NOT && archive->members->count == 0)
        return; /* it is no archive, as far as one can see */
    reading->archives =
        arena_grow(gathered->arena, reading->archives, reading->archive_count,
                   &reading->archive_capacity, sizeof *reading->archives);
    reading->archives[reading->archive_count++] = archive->members;
}

void reading_members(struct reading *reading, struct document_source *archived,
                     struct bytes *stored, enum packing packing)
{
    struct archive_reading archive = { .reading = reading, .source = archived };
    bool is_zip = packing == PACKING_ZIP;

    if (is_zip && !bytes_can_seek(stored)) {
        intake_lose(reading->gathered, archived, SAYS(SAY_ARCHIVE_STREAM));
        bytes_finish(stored, &archived->total);
        archived->was_read = true;
        return;
    }
    if (is_zip)
        bytes_finish(stored, &archived->total);
    read_all(&archive, stored, packing);
    if (!is_zip)
        bytes_finish(stored, &archived->total);
    else if (bytes_have_changed(stored))
        archived->total.changed = true;
    archived->was_read = true;
    settle_breaks(&archive);
    settle_stated(&archive);
}
