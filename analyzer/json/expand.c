#include "json/expand.h"

#include "base/machine.h"
#include "json/tar.h"

#include <assert.h>
#include <bzlib.h>
#include <errno.h>
#include <lzma.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

/* ---- names and first bytes ---- */

static const struct {
    enum packing packing;
    struct str magic;
} magics[] = {
    { PACKING_ZIP, { "PK\x03\x04", 4 } },
    { PACKING_ZIP, { "PK\x05\x06", 4 } },
    { PACKING_ZIP, { "PK\x07\x08", 4 } },
    { PACKING_GZIP, { "\x1F\x8B", 2 } },
    { PACKING_BZIP2, { "BZh", 3 } },
    { PACKING_XZ, { "\xFD\x37\x7A\x58Z", 5 } },
    { PACKING_ZSTD, { "\x28\xB5\x2F\xFD", 4 } },
    { PACKING_OTHER, { "7z\xBC\xAF\x27\x1C", 6 } },
    { PACKING_OTHER, { "Rar!\x1A\x07", 6 } },
};

enum packing packing_of(struct str head)
{
    for (size_t i = 0; i < COUNT_OF(magics); i++)
        if (str_starts_with(head, magics[i].magic))
            return magics[i].packing;
    return tar_begins(head) ? PACKING_TAR : PACKING_NONE;
}

/* In the order in which they are looked for. */
static const struct {
    struct str ending,
        content; /* absent: what stands before it is the content's name */
} endings[] = {
    { { ".tgz", 4 }, { ".tar", 4 } }, { { ".tzst", 5 }, { ".tar", 4 } },
    { { ".txz", 4 }, { ".tar", 4 } }, { { ".tbz2", 5 }, { ".tar", 4 } },
    { { ".tbz", 4 }, { ".tar", 4 } }, { { ".gz", 3 }, { NULL, 0 } },
    { { ".zst", 4 }, { NULL, 0 } },   { { ".xz", 3 }, { NULL, 0 } },
    { { ".bz2", 4 }, { NULL, 0 } },
};

static struct str without(struct str name, struct str ending)
{
    if (name.len > ending.len && str_ends_with_ignoring_case(name, ending))
        name.len -= ending.len;
    return name;
}

struct str packing_content(struct arena *arena, struct str file_name)
{
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        struct str stem = without(file_name, endings[i].ending);

        if (stem.len == file_name.len)
            continue;
        return endings[i].content.text == NULL
                   ? stem
                   : str_from(arena_printf(arena, "%.*s%s", STR_ARG(stem),
                                           endings[i].content.text));
    }
    return file_name;
}

struct str packing_stem(struct str file_name)
{
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        struct str stem = without(file_name, endings[i].ending);

        if (stem.len < file_name.len)
            return endings[i].content.text != NULL ? stem : without(stem, STR(".tar"));
    }
    file_name = without(file_name, STR(".tar"));
    return without(file_name, STR(".zip"));
}

/* ---- decoders ---- */

enum step { STEP_MORE, STEP_END, STEP_WRONG };

/* What there is to read, and room for what is made of it; both are moved on. */
struct flow {
    const char *from;
    size_t left;
    char *to;
    size_t room;
};

struct decoder {
    size_t state_bytes;
    bool (*begin)(void *state); /* false: no memory */
    /* WRONG: `why`, or it takes too large a window if that is NULL. */
    enum step (*step)(void *state, struct flow *flow, const char **why);
    void (*end)(void *state);
};

static bool gzip_begin(void *state)
{
    enum { GZIP_ONLY = 16 };

    return inflateInit2((z_stream *)state, MAX_WBITS + GZIP_ONLY) == Z_OK;
}

static enum step gzip_step(void *state, struct flow *flow, const char **why)
{
    z_stream *stream = state;
    int result;

    memcpy(&stream->next_in, &flow->from, sizeof flow->from); /* read only */
    stream->avail_in = (uInt)flow->left;
    stream->next_out = (Bytef *)flow->to;
    stream->avail_out = (uInt)flow->room;
    result = inflate(stream, Z_NO_FLUSH);
    machine_check(result == Z_MEM_ERROR ? ENOMEM : 0);
    flow->left = stream->avail_in;
    flow->room = stream->avail_out;
    if (result == Z_OK || result == Z_BUF_ERROR)
        return STEP_MORE;
    *why = stream->msg != NULL ? stream->msg : "a dictionary is needed";
    return result == Z_STREAM_END ? STEP_END : STEP_WRONG;
}

static void gzip_end(void *state)
{
    inflateEnd((z_stream *)state);
}

static bool xz_begin(void *state)
{
    lzma_stream *stream = state;

    *stream = (lzma_stream)LZMA_STREAM_INIT;
    /* The decoder's own memory comes on top of the window. */
    return lzma_stream_decoder(stream, EXPAND_WINDOW_BYTES_MAX + (1 << 20), 0) ==
           LZMA_OK;
}

static enum step xz_step(void *state, struct flow *flow, const char **why)
{
    lzma_stream *stream = state;
    lzma_ret result;

    stream->next_in = (const uint8_t *)flow->from;
    stream->avail_in = flow->left;
    stream->next_out = (uint8_t *)flow->to;
    stream->avail_out = flow->room;
    result = lzma_code(stream, LZMA_RUN);
    machine_check(result == LZMA_MEM_ERROR ? ENOMEM : 0);
    flow->left = stream->avail_in;
    flow->room = stream->avail_out;
    if (result == LZMA_OK || result == LZMA_BUF_ERROR)
        return STEP_MORE;
    if (result == LZMA_MEMLIMIT_ERROR)
        return STEP_WRONG;
    *why = "data that its checksums contradict, or that xz does not know";
    return result == LZMA_STREAM_END ? STEP_END : STEP_WRONG;
}

static void xz_end(void *state)
{
    lzma_end((lzma_stream *)state);
}

struct zstd_state {
    ZSTD_DCtx *context;
};

static bool zstd_begin(void *state)
{
    struct zstd_state *zstd = state;

    zstd->context = ZSTD_createDCtx();
    return zstd->context != NULL &&
           !ZSTD_isError(ZSTD_DCtx_setParameter(zstd->context, ZSTD_d_windowLogMax,
                                                EXPAND_WINDOW_LOG_MAX));
}

static enum step zstd_step(void *state, struct flow *flow, const char **why)
{
    struct zstd_state *zstd = state;
    ZSTD_inBuffer in = { flow->from, flow->left, 0 };
    ZSTD_outBuffer out = { flow->to, flow->room, 0 };
    size_t result = ZSTD_decompressStream(zstd->context, &out, &in);
    ZSTD_ErrorCode code = ZSTD_getErrorCode(result);

    machine_check(code == ZSTD_error_memory_allocation ? ENOMEM : 0);
    flow->left -= in.pos;
    flow->room -= out.pos;
    if (code == ZSTD_error_no_error)
        return result == 0 ? STEP_END : STEP_MORE;
    if (code != ZSTD_error_frameParameter_windowTooLarge)
        *why = ZSTD_getErrorString(code);
    return STEP_WRONG;
}

static void zstd_end(void *state)
{
    ZSTD_freeDCtx(((struct zstd_state *)state)->context);
}

static bool bzip2_begin(void *state)
{
    return BZ2_bzDecompressInit((bz_stream *)state, 0, 0) == BZ_OK;
}

static enum step bzip2_step(void *state, struct flow *flow, const char **why)
{
    bz_stream *stream = state;
    int result;

    memcpy(&stream->next_in, &flow->from, sizeof flow->from); /* read only */
    stream->avail_in = (unsigned)flow->left;
    stream->next_out = flow->to;
    stream->avail_out = (unsigned)flow->room;
    result = BZ2_bzDecompress(stream);
    machine_check(result == BZ_MEM_ERROR ? ENOMEM : 0);
    flow->left = stream->avail_in;
    flow->room = stream->avail_out;
    if (result == BZ_OK)
        return STEP_MORE;
    *why = "data that its checksums contradict, or that is no bzip2";
    return result == BZ_STREAM_END ? STEP_END : STEP_WRONG;
}

static void bzip2_end(void *state)
{
    BZ2_bzDecompressEnd((bz_stream *)state);
}

static const struct decoder decoders[PACKING_COUNT] = {
    [PACKING_GZIP] = { sizeof(z_stream), gzip_begin, gzip_step, gzip_end },
    [PACKING_XZ] = { sizeof(lzma_stream), xz_begin, xz_step, xz_end },
    [PACKING_ZSTD] = { sizeof(struct zstd_state), zstd_begin, zstd_step, zstd_end },
    [PACKING_BZIP2] = { sizeof(bz_stream), bzip2_begin, bzip2_step, bzip2_end },
};

/* ---- streams ---- */

static void begin(struct expand *expand)
{
    memset(expand->state, 0, expand->decoder->state_bytes);
    if (!expand->decoder->begin(expand->state))
        machine_check(ENOMEM);
}

static void expand_release(void *object)
{
    struct expand *expand = object;

    expand->decoder->end(expand->state);
}

struct expand *expand_new(struct arena *arena, struct bytes *stored,
                          enum packing packing)
{
    struct expand *expand = arena_new(arena, struct expand);

    expand->stored = stored;
    expand->packing = packing;
    if (decoders[packing].begin == NULL)
        return expand;
    expand->decoder = &decoders[packing];
    expand->block = arena_alloc(arena, EXPAND_BLOCK_BYTES);
    expand->state = arena_alloc(arena, expand->decoder->state_bytes);
    begin(expand);
    arena_on_release(arena, expand_release, expand);
    return expand;
}

static size_t breaks(struct expand *expand, enum broken broken, const char *why)
{
    expand->ended = true;
    if (bytes_error(expand->stored) != NULL) {
        broken = BROKEN_UNREAD;
        why = bytes_error(expand->stored);
    }
    if (expand->broken == BROKEN_NOT) {
        expand->broken = broken;
        expand->why = why;
    }
    return 0;
}

static void refill(struct expand *expand)
{
    size_t left = expand->to - expand->from, len;

    memmove(expand->block, expand->block + expand->from, left);
    len = bytes_read(expand->stored, expand->block + left, EXPAND_BLOCK_BYTES - left);
    expand->stored_count += len;
    expand->from = 0;
    expand->to = left + len;
    expand->stored_ended = expand->to < EXPAND_BLOCK_BYTES;
}

/* zstd's frames for what is no content (RFC 8878, 3.1.2). */
static bool is_skippable_frame(struct str rest)
{
    return rest.len >= 4 && ((unsigned char)rest.text[0] & 0xF0) == 0x50 &&
           memcmp(rest.text + 1, "\x2A\x4D\x18", 3) == 0;
}

/* Behind the zeros; what is left of the block. */
static size_t skip_zeros(struct expand *expand)
{
    while (expand->from < expand->to && expand->block[expand->from] == '\0')
        expand->from++;
    return expand->to - expand->from;
}

/* Behind the end of a stream: another one, or zeros to the end. */
static void go_on(struct expand *expand)
{
    struct str rest;

    while (skip_zeros(expand) < 8 && !expand->stored_ended)
        refill(expand);
    rest = (struct str){ expand->block + expand->from, expand->to - expand->from };
    if (rest.len == 0) {
        expand->ended = true;
    } else if (packing_of(rest) == expand->packing ||
               (expand->packing == PACKING_ZSTD && is_skippable_frame(rest))) {
        expand->decoder->end(expand->state);
        begin(expand);
    } else {
        breaks(expand, BROKEN_TRAILING, NULL);
    }
}

bool expand_is_too_much(struct expand *expand, uint64_t count)
{
    if (count > EXPANDED_BYTES_MAX)
        breaks(expand, BROKEN_EXPANDED, NULL);
    else if (count > EXPANDED_FLOOR_BYTES &&
             count / EXPANDED_RATIO_MAX > expand->stored_count)
        breaks(expand, BROKEN_RATIO, NULL);
    else
        return false;
    return true;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): it is written through */
static size_t decode(struct expand *expand, char *buffer, size_t size)
{
    struct flow flow;
    const char *why = NULL;
    enum step step;

    if (expand->from == expand->to && !expand->stored_ended)
        refill(expand);
    flow = (struct flow){ .from = expand->block + expand->from,
                          .left = expand->to - expand->from,
                          .to = buffer,
                          .room = size };
    step = expand->decoder->step(expand->state, &flow, &why);
    if (step == STEP_WRONG) {
        breaks(expand, why != NULL ? BROKEN_CORRUPT : BROKEN_WINDOW, why);
        return size - flow.room; /* so it is known what it would have been */
    }
    if (step == STEP_MORE && flow.room == size &&
        flow.left == expand->to - expand->from &&
        (flow.left > 0 || expand->stored_ended))
        return breaks(expand, BROKEN_CUT, NULL);
    expand->from = expand->to - flow.left;
    if (step == STEP_END)
        go_on(expand);
    return size - flow.room;
}

size_t expand_read(struct expand *expand, char *buffer, size_t size)
{
    size_t filled = 0;

    while (filled < size && !expand->ended) {
        size_t len;

        if (expand->decoder != NULL) {
            len = decode(expand, buffer + filled, size - filled);
        } else {
            len = bytes_read(expand->stored, buffer + filled, size - filled);
            expand->stored_count += len;
            expand->ended = len == 0;
            if (len == 0 && bytes_error(expand->stored) != NULL)
                breaks(expand, BROKEN_UNREAD, NULL);
        }
        filled += len;
        expand->count += len;
        expand_is_too_much(expand, expand->count);
    }
    return filled;
}
