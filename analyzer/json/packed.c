#include "json/packed.h"

#include "json/tar.h"
#include "json/zip.h"

#include <assert.h>

void packed_breaks(struct packed *packed, enum broken broken, const char *why)
{
    if (packed->broken != BROKEN_NOT)
        return;
    packed->broken = packed->member_broken = broken;
    packed->why = packed->member_why = why;
}

/* ---- one file ---- */

struct one {
    struct str head; /* of it, still to be handed on */
    bool was_given;
};

static bool one_next(struct packed *packed, struct packed_member *member)
{
    struct one *one = packed->state;

    *member = (struct packed_member){ .kind = PACKED_FILE };
    if (one->was_given) {
        char rest[256];
        size_t len;

        do
            len = packed_read(packed, rest, sizeof rest);
        while (len > 0);
        return false;
    }
    one->was_given = true;
    return true;
}

/* Also what of it was looked at to see that it is no tar. */
static size_t one_read(struct packed *packed, char *buffer, size_t size)
{
    struct one *one = packed->state;
    size_t len = smaller(size, one->head.len);

    for (size_t i = 0; i < len; i++)
        buffer[i] = one->head.text[i];
    one->head = str_slice(one->head, len, one->head.len);
    len += expand_read(packed->expand, buffer + len, size - len);
    if (len == 0 && packed->expand->broken != BROKEN_NOT)
        packed_breaks(packed, packed->expand->broken, packed->expand->why);
    return len;
}

static const struct packed_format one_format = { one_next, one_read };

/* ---- all of them ---- */

struct packed *packed_open(struct arena *arena, struct bytes *stored,
                           enum packing packing)
{
    struct packed *packed = arena_new(arena, struct packed);
    struct one *one;
    char *head;

    if (packing == PACKING_ZIP) {
        zip_open(arena, stored, packed);
        return packed;
    }
    assert(packing != PACKING_NONE && packing != PACKING_OTHER);
    packed->expand = expand_new(arena, stored, packing);
    head = arena_alloc(arena, TAR_HEAD_BYTES);
    one = arena_new(arena, struct one);
    one->head.text = head;
    one->head.len = expand_read(packed->expand, head, TAR_HEAD_BYTES);
    if (packing == PACKING_TAR || tar_begins(one->head)) {
        tar_open(arena, packed, one->head);
        return packed;
    }
    packed->is_one = true;
    packed->state = one;
    packed->format = &one_format;
    return packed;
}

bool packed_next(struct packed *packed, struct packed_member *member)
{
    packed->member_broken = packed->broken;
    packed->member_why = packed->why;
    return packed->format->next(packed, member);
}

/* A tar may say that a file has holes, so what it holds may be more than the tar. */
static bool is_too_much(struct packed *packed)
{
    if (packed->expand != NULL) {
        if (!expand_is_too_much(packed->expand, packed->count))
            return false;
        packed_breaks(packed, packed->expand->broken, packed->expand->why);
    } else if (packed->count > EXPANDED_BYTES_MAX) {
        packed_breaks(packed, BROKEN_EXPANDED, NULL);
    } else if (packed->count > EXPANDED_FLOOR_BYTES &&
               packed->count / EXPANDED_RATIO_MAX > packed->stored_count) {
        packed_breaks(packed, BROKEN_RATIO, NULL);
    }
    return packed->broken != BROKEN_NOT;
}

size_t packed_read(struct packed *packed, char *buffer, size_t size)
{
    size_t len;

    if (packed->member_broken != BROKEN_NOT)
        return 0;
    len = packed->format->read(packed, buffer, size);
    packed->count += len;
    return is_too_much(packed) ? 0 : len;
}

static size_t read_packed(void *object, char *buffer, size_t size)
{
    return packed_read(object, buffer, size);
}

struct bytes *packed_bytes(struct arena *arena, struct packed *packed)
{
    return bytes_open_stream(arena, read_packed, packed);
}
