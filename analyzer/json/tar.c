#include "json/tar.h"

#include "base/machine.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>

enum {
    MAGIC_AT = 257,
    MAGIC_BYTES = 8,
    SUM_AT = 148,
    SUM_BYTES = 8,
    BLOCK_BYTES = EXPAND_BLOCK_BYTES,
};

/* ---- first bytes ---- */

/* The octal number of a header's sum, of its bytes with blanks in the sum's place. */
static bool has_sum(struct str head)
{
    unsigned long told = 0, sum = 0;
    bool any = false;

    for (size_t i = 0; i < TAR_HEAD_BYTES; i++)
        sum +=
            i >= SUM_AT && i < SUM_AT + SUM_BYTES ? ' ' : (unsigned char)head.text[i];
    for (size_t i = SUM_AT; i < SUM_AT + SUM_BYTES; i++) {
        char byte = head.text[i];

        if (byte >= '0' && byte <= '7') {
            told = told * 8 + (unsigned long)(byte - '0');
            any = true;
        } else if (any || byte != ' ') {
            break;
        }
    }
    return any && told == sum;
}

bool tar_begins(struct str head)
{
    const char *magic;

    if (head.len < MAGIC_AT + MAGIC_BYTES)
        return false;
    magic = head.text + MAGIC_AT;
    if (memcmp(magic, "ustar\0", 6) == 0 || memcmp(magic, "ustar  \0", 8) == 0)
        return true;
    return head.len >= TAR_HEAD_BYTES &&
           memchr(head.text, '\0', TAR_HEAD_BYTES) != NULL && has_sum(head);
}

/* ---- members ---- */

struct tar {
    struct packed *packed;
    struct archive *archive;
    struct str head;     /* still to be handed on */
    char *block;         /* that libarchive was given last */
    uint64_t block_ends; /* bytes of the tar up to its end */
    size_t block_bytes;
};

static la_ssize_t give_block(struct archive *archive, void *object, const void **block)
{
    struct tar *tar = object;
    size_t len = tar->head.len;

    (void)archive;
    if (len > 0)
        memcpy(tar->block, tar->head.text, len);
    tar->head = STR_NONE;
    len += expand_read(tar->packed->expand, tar->block + len, BLOCK_BYTES - len);
    tar->block_bytes = len;
    tar->block_ends += len;
    *block = tar->block;
    return (la_ssize_t)len;
}

/* Behind the end of the tar there may be zeros. */
static void finish(struct tar *tar)
{
    struct packed *packed = tar->packed;
    uint64_t read = (uint64_t)archive_filter_bytes(tar->archive, 0);
    size_t left = (size_t)(tar->block_ends - read);

    if ((uint64_t)archive_read_header_position(tar->archive) == tar->block_ends &&
        packed->expand->ended)
        packed_breaks(packed, BROKEN_CUT, NULL);
    left = smaller(left, tar->block_bytes);
    do {
        for (size_t i = tar->block_bytes - left; i < tar->block_bytes; i++)
            if (tar->block[i] != '\0')
                packed_breaks(packed, BROKEN_TRAILING, NULL);
        tar->block_bytes = left = expand_read(packed->expand, tar->block, BLOCK_BYTES);
    } while (left > 0 && packed->broken == BROKEN_NOT);
    if (packed->expand->broken != BROKEN_NOT)
        packed_breaks(packed, packed->expand->broken, packed->expand->why);
}

/* What libarchive says of what it was given counts less than what the decoder says. */
static void fail(struct tar *tar)
{
    struct packed *packed = tar->packed;
    const char *why = archive_error_string(tar->archive);

    machine_check(archive_errno(tar->archive) == ENOMEM ? ENOMEM : 0);
    if (packed->expand->broken != BROKEN_NOT)
        packed_breaks(packed, packed->expand->broken, packed->expand->why);
    else if (packed->expand->ended)
        packed_breaks(packed, BROKEN_CUT, NULL);
    else
        packed_breaks(packed, BROKEN_CORRUPT, why != NULL ? why : "no tar");
}

static enum packed_kind kind_of(struct archive_entry *entry)
{
    if (archive_entry_hardlink(entry) != NULL)
        return PACKED_LINK;
    switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
        return PACKED_FILE;
    case AE_IFDIR:
        return PACKED_FOLDER;
    case AE_IFLNK:
        return PACKED_LINK;
    }
    return PACKED_DEVICE;
}

static bool tar_next(struct packed *packed, struct packed_member *member)
{
    struct tar *tar = packed->state;
    struct archive_entry *entry;
    const char *name;
    int result;

    if (packed->broken != BROKEN_NOT)
        return false;
    result = archive_read_next_header(tar->archive, &entry);
    if (result == ARCHIVE_EOF)
        finish(tar);
    else if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
        fail(tar);
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
        return false;
    name = archive_entry_pathname(entry);
    *member = (struct packed_member){ .kind = kind_of(entry) };
    if (name != NULL)
        member->name = str_from(name);
    member->is_long = member->name.len > PACKED_NAME_MAX;
    if (member->is_long)
        member->name.len = PACKED_NAME_MAX;
    return true;
}

static size_t tar_read(struct packed *packed, char *buffer, size_t size)
{
    struct tar *tar = packed->state;
    size_t filled = 0;

    while (filled < size) {
        la_ssize_t len =
            archive_read_data(tar->archive, buffer + filled, size - filled);

        if (len < 0)
            fail(tar);
        if (len <= 0)
            break;
        filled += (size_t)len;
    }
    return filled;
}

static const struct packed_format tar_format = { tar_next, tar_read };

static void tar_release(void *object)
{
    struct tar *tar = object;

    archive_read_free(tar->archive);
}

void tar_open(struct arena *arena, struct packed *packed, struct str head)
{
    struct tar *tar = arena_new(arena, struct tar);

    tar->packed = packed;
    tar->head = head;
    tar->block = arena_alloc(arena, BLOCK_BYTES);
    tar->archive = archive_read_new();
    if (tar->archive == NULL)
        machine_check(ENOMEM);
    arena_on_release(arena, tar_release, tar);
    archive_read_support_format_tar(tar->archive);
    packed->state = tar;
    packed->format = &tar_format;
    if (archive_read_open(tar->archive, tar, NULL, give_block, NULL) != ARCHIVE_OK)
        fail(tar);
}
