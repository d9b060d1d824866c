#include "json/zip.h"

#include "base/machine.h"

#include <errno.h>
#include <minizip/unzip.h>
#include <string.h>
#include <sys/stat.h>

enum {
    END_BYTES = 22, /* of the record at the end, without its comment */
    DIRECTORY_BYTES_AT = 12,
    DIRECTORY_AT = 16,
    ENTRY_BYTES = 46,
    FLAGS_ENCRYPTED = 1 << 0 | 1 << 6 | 1 << 13,
    METHOD_STORED = 0,
    METHOD_DEFLATE = 8,
    MADE_BY_UNIX = 3,
    MADE_BY_MACOS = 19,
    MODE_KIND = 0170000, /* of Unix: the bits that say what it is */
};

struct zip {
    struct packed *packed;
    unsigned char end[END_BYTES]; /* the record there */
    bool has_end;
    struct bytes *stored;
    uint64_t position; /* of the next byte to read */
    unzFile file;
    unz_file_info64 info;
    char name[PACKED_NAME_MAX + 1];
    uint64_t left; /* of the member's bytes, still to be read */
    bool is_open;  /* the member */
    bool began;
};

/* ---- what minizip reads by ---- */

static voidpf ZCALLBACK open_stored(voidpf object, const void *name, int mode)
{
    (void)name;
    (void)mode;
    return object;
}

static uLong ZCALLBACK read_stored(voidpf object, voidpf stream, void *buffer,
                                   uLong size)
{
    struct zip *zip = object;
    size_t len = bytes_read_at(zip->stored, buffer, size, zip->position);

    (void)stream;
    zip->position += len;
    return len;
}

static ZPOS64_T ZCALLBACK tell_stored(voidpf object, voidpf stream)
{
    (void)stream;
    return ((struct zip *)object)->position;
}

static long ZCALLBACK seek_stored(voidpf object, voidpf stream, ZPOS64_T offset,
                                  int origin)
{
    struct zip *zip = object;
    uint64_t from = origin == ZLIB_FILEFUNC_SEEK_END   ? zip->packed->stored_count
                    : origin == ZLIB_FILEFUNC_SEEK_CUR ? zip->position
                                                       : 0;

    (void)stream;
    zip->position = from + offset;
    return zip->position > zip->packed->stored_count ? -1 : 0;
}

static int ZCALLBACK close_stored(voidpf object, voidpf stream)
{
    (void)object;
    (void)stream;
    return 0;
}

static int ZCALLBACK test_stored(voidpf object, voidpf stream)
{
    (void)stream;
    return bytes_error(((struct zip *)object)->stored) != NULL;
}

/* ---- members ---- */

static void fail(struct zip *zip, int result, const char *why)
{
    machine_check(result == UNZ_INTERNALERROR ? ENOMEM : 0);
    packed_breaks(zip->packed, BROKEN_CORRUPT, why);
}

static uint64_t number_of(const unsigned char *bytes)
{
    return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
           (uint64_t)bytes[3] << 24;
}

/* The record at the end, behind which only its comment may stand. */
static void find_end(struct zip *zip)
{
    unz_global_info64 global;
    uint64_t behind;

    if (unzGetGlobalInfo64(zip->file, &global) != UNZ_OK)
        return;
    behind = END_BYTES + global.size_comment;
    zip->has_end = behind <= zip->packed->stored_count &&
                   bytes_read_at(zip->stored, (char *)zip->end, END_BYTES,
                                 zip->packed->stored_count - behind) == END_BYTES &&
                   memcmp(zip->end, "PK\x05\x06", 4) == 0;
}

/* Bytes of the directory up to the end of the member at hand. */
static uint64_t directory_read(struct zip *zip)
{
    if (!zip->began)
        return 0;
    return unzGetOffset64(zip->file) + ENTRY_BYTES + zip->info.size_filename +
           zip->info.size_file_extra + zip->info.size_file_comment -
           number_of(zip->end + DIRECTORY_AT);
}

/* Whether the last member is the last that the directory has. */
static void finish(struct zip *zip)
{
    uint64_t bytes = number_of(zip->end + DIRECTORY_BYTES_AT);

    if (!zip->has_end)
        packed_breaks(zip->packed, BROKEN_TRAILING, NULL);
    else if (bytes != UINT32_MAX && directory_read(zip) != bytes)
        packed_breaks(zip->packed, BROKEN_CORRUPT,
                      "its directory lists more than it counts");
}

static enum packed_kind kind_of(const struct zip *zip,
                                const struct packed_member *member)
{
    unsigned made_by = (unsigned)(zip->info.version >> 8);
    unsigned mode = (unsigned)(zip->info.external_fa >> 16);
    unsigned method = (unsigned)zip->info.compression_method;

    if (member->name.len > 0 && member->name.text[member->name.len - 1] == '/')
        return PACKED_FOLDER;
    if ((made_by == MADE_BY_UNIX || made_by == MADE_BY_MACOS) &&
        (mode & MODE_KIND) != 0 && !S_ISREG(mode))
        return S_ISDIR(mode)   ? PACKED_FOLDER
               : S_ISLNK(mode) ? PACKED_LINK
                               : PACKED_DEVICE;
    if ((zip->info.flag & FLAGS_ENCRYPTED) != 0)
        return PACKED_ENCRYPTED;
    return method == METHOD_STORED || method == METHOD_DEFLATE ? PACKED_FILE
                                                               : PACKED_METHOD;
}

static void turn_backslashes(char *name, size_t len)
{
    if (memchr(name, '/', len) != NULL)
        return;
    for (size_t i = 0; i < len; i++)
        if (name[i] == '\\')
            name[i] = '/';
}

static void close_member(struct zip *zip)
{
    if (zip->is_open)
        unzCloseCurrentFile(zip->file);
    zip->is_open = false;
}

static bool zip_next(struct packed *packed, struct packed_member *member)
{
    struct zip *zip = packed->state;
    int result;

    if (packed->broken != BROKEN_NOT)
        return false;
    close_member(zip);
    result = zip->began ? unzGoToNextFile(zip->file) : unzGoToFirstFile(zip->file);
    if (result == UNZ_END_OF_LIST_OF_FILE) {
        finish(zip);
        return false;
    }
    zip->began = true;
    if (result == UNZ_OK)
        result = unzGetCurrentFileInfo64(zip->file, &zip->info, zip->name,
                                         sizeof zip->name - 1, NULL, 0, NULL, 0);
    if (result != UNZ_OK) {
        fail(zip, result, "its directory breaks off");
        return false;
    }
    *member = (struct packed_member){
        .name = { zip->name, smaller(zip->info.size_filename, PACKED_NAME_MAX) },
        .is_long = zip->info.size_filename > PACKED_NAME_MAX,
        .method = (unsigned)zip->info.compression_method,
    };
    turn_backslashes(zip->name, member->name.len);
    member->kind = kind_of(zip, member);
    zip->left = zip->info.uncompressed_size;
    return true;
}

/* Of this member alone: others have sums of their own. */
static size_t member_fails(struct zip *zip, int result, const char *why)
{
    machine_check(result == UNZ_INTERNALERROR ? ENOMEM : 0);
    zip->packed->member_broken = BROKEN_CORRUPT;
    zip->packed->member_why = why;
    return 0;
}

static size_t zip_read(struct packed *packed, char *buffer, size_t size)
{
    struct zip *zip = packed->state;
    size_t filled = 0;

    if (!zip->is_open && zip->left == zip->info.uncompressed_size) {
        int result = unzOpenCurrentFile(zip->file);

        if (result != UNZ_OK)
            return member_fails(zip, result,
                                "its own header contradicts the archive's directory");
        zip->is_open = true;
    }
    while (filled < size && zip->is_open) {
        int len = unzReadCurrentFile(zip->file, buffer + filled,
                                     (unsigned)smaller(size - filled, INT32_MAX));

        if (len < 0)
            return member_fails(zip, len, "its compressed bytes are damaged");
        filled += (size_t)len;
        zip->left -= smaller((size_t)len, zip->left);
        if (len > 0)
            continue;
        zip->is_open = false;
        if (unzCloseCurrentFile(zip->file) != UNZ_OK || zip->left > 0)
            member_fails(zip, UNZ_OK, "its checksum or its length is another");
    }
    return filled;
}

static const struct packed_format zip_format = { zip_next, zip_read };

static void zip_release(void *object)
{
    struct zip *zip = object;

    close_member(zip);
    if (zip->file != NULL)
        unzClose(zip->file);
}

void zip_open(struct arena *arena, struct bytes *stored, struct packed *packed)
{
    struct zip *zip = arena_new(arena, struct zip);
    zlib_filefunc64_def functions = {
        .zopen64_file = open_stored,
        .zread_file = read_stored,
        .ztell64_file = tell_stored,
        .zseek64_file = seek_stored,
        .zclose_file = close_stored,
        .zerror_file = test_stored,
        .opaque = zip,
    };

    zip->packed = packed;
    zip->stored = stored;
    packed->state = zip;
    packed->format = &zip_format;
    packed->stored_count = bytes_stored(stored);
    zip->file = unzOpen2_64("", &functions);
    if (zip->file == NULL)
        packed_breaks(packed, BROKEN_CORRUPT, "it has no directory at its end");
    else
        find_end(zip);
    arena_on_release(arena, zip_release, zip);
}
