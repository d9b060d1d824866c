/*
 * Fuzz target: any bytes as the only file of evidence: an archive, or a compressed
 * answer.
 *
 *     =LETTERS          g x z b: what follows is compressed so (gzip, xz, zstd, bzip2),
 *     bytes             so that an edit of a tar gets past the checksums; j: it is no
 *                       tar but the answer of a call
 *
 * Bytes that do not begin so are the file as it is: its first bytes say what it is.
 *
 * The members alone (packed.h): the limits hold; what is said of them is the same
 * twice, and however many bytes are read at a time; and half of an archive is no whole
 * one. The whole way (scan.h): members
 * have clean names, each once; two runs give the same report; and nothing is missed by
 * a rule in an archive that is broken.
 */
#include "judge.h"

#include "json/packed.h"

#include <bzlib.h>
#include <lzma.h>
#include <stdint.h>
#include <zlib.h>
#include <zstd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

enum {
    BLOCK_BYTES = 64 * 1024,
    WRAPPED_BYTES_MAX = 1 << 18,
    LETTERS_MAX = 2,
    ONCE_BYTES = 1 << 20
};

/* ---- compressing ----------------------------------------------------------------- */

static size_t to_gzip(struct str text, char *out, size_t size)
{
    enum { GZIP_ONLY = 16, MEMORY = 8 };
    z_stream stream = { 0 };
    int result = deflateInit2(&stream, 1, Z_DEFLATED, MAX_WBITS + GZIP_ONLY, MEMORY, 0);

    assert(result == Z_OK);
    memcpy(&stream.next_in, &text.text, sizeof text.text); /* read only */
    stream.avail_in = (uInt)text.len;
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)size;
    result = deflate(&stream, Z_FINISH);
    assert(result == Z_STREAM_END);
    deflateEnd(&stream);
    return size - stream.avail_out;
}

static size_t to_xz(struct str text, char *out, size_t size)
{
    size_t len = 0;
    lzma_ret result =
        lzma_easy_buffer_encode(0, LZMA_CHECK_CRC32, NULL, (const uint8_t *)text.text,
                                text.len, (uint8_t *)out, &len, size);

    assert(result == LZMA_OK);
    return len;
}

static size_t to_zstd(struct str text, char *out, size_t size)
{
    size_t len = ZSTD_compress(out, size, text.text, text.len, 1);

    assert(!ZSTD_isError(len));
    return len;
}

static size_t to_bzip2(struct str text, char *out, size_t size)
{
    unsigned len = (unsigned)size;
    char *from;
    int result;

    memcpy(&from, &text.text, sizeof text.text); /* read only */
    result = BZ2_bzBuffToBuffCompress(out, &len, from, (unsigned)text.len, 1, 0, 0);
    assert(result == BZ_OK);
    return len;
}

static const struct wrapping {
    char letter;
    const char *ending;
    size_t (*wrap)(struct str text, char *out, size_t size);
} wrappings[] = {
    { 'g', ".gz", to_gzip },
    { 'x', ".xz", to_xz },
    { 'z', ".zst", to_zstd },
    { 'b', ".bz2", to_bzip2 },
};

/* ---- the input ------------------------------------------------------------------- */

struct input {
    const char *name;
    struct str text;
};

static struct str letters_of(struct str *text)
{
    struct str rest = *text, line;

    if (!str_starts_with(rest, STR("=")))
        return STR_NONE;
    line = str_next(&rest, '\n');
    if (line.len > LETTERS_MAX + 1 || rest.text == NULL)
        return STR_NONE;
    *text = rest;
    return str_slice(line, 1, line.len);
}

static struct input input_of(struct arena *arena, struct str text)
{
    struct str letters = letters_of(&text);
    const char *stem = "evidence/a.tar", *ending = "";

    if (memchr(letters.text != NULL ? letters.text : "", 'j', letters.len) != NULL)
        stem = "evidence/rds-describe-db-snapshots.json";
    for (size_t i = 0; i < letters.len; i++) {
        for (size_t j = 0; j < COUNT_OF(wrappings); j++) {
            char *out;

            if (letters.text[i] != wrappings[j].letter || ending[0] != '\0')
                continue;
            out = arena_alloc(arena, WRAPPED_BYTES_MAX);
            text.len = wrappings[j].wrap(text, out, WRAPPED_BYTES_MAX);
            text.text = out;
            ending = wrappings[j].ending;
        }
    }
    return (struct input){ arena_printf(arena, "%s%s", stem, ending), text };
}

/* ---- the members ----------------------------------------------------------------- */

/* What was handed out, and how it ended. */
struct unpacked {
    struct str text;
    uint64_t handed; /* bytes */
    enum broken broken;
    bool any_broken, is_one;
};

/* A bomb, perhaps: to read it once takes long enough. */
static bool is_long(const struct unpacked *told)
{
    return told->handed > ONCE_BYTES;
}

static void check_member(const struct packed_member *member)
{
    assert(member->kind < PACKED_KIND_COUNT);
    assert(member->name.len <= PACKED_NAME_MAX);
    assert(!member->is_long || member->name.len == PACKED_NAME_MAX);
}

static void check_limits(uint64_t handed, uint64_t stored)
{
    assert(handed <= EXPANDED_BYTES_MAX);
    assert(handed <= EXPANDED_FLOOR_BYTES || handed / EXPANDED_RATIO_MAX <= stored);
}

static void tell_member(struct arena *arena, struct packed *packed, size_t at_once,
                        uint64_t *handed, struct buf *out)
{
    struct digest *digest = digest_new(arena);
    char *block = arena_alloc(arena, at_once), hex[DIGEST_HEX_BYTES];
    uint64_t from = *handed;
    size_t len;

    while ((len = packed_read(packed, block, at_once)) > 0) {
        assert(len <= at_once);
        digest_add(digest, block, len);
        *handed += len;
    }
    digest_hex(digest, hex);
    buf_printf(out, " %llu", (unsigned long long)(*handed - from));
    if (packed->member_broken == BROKEN_NOT)
        buf_printf(out, " %s", hex);
    else
        buf_printf(out, " broken %d %s", packed->member_broken,
                   packed->member_why != NULL ? packed->member_why : "");
}

static struct unpacked tell_all(struct arena *arena, struct packed *packed,
                                uint64_t stored, size_t at_once)
{
    struct buf out = BUF_EMPTY(arena);
    struct unpacked told = { 0 };
    struct packed_member member;

    while (packed_next(packed, &member)) {
        check_member(&member);
        buf_printf(&out, "%d%s ", member.kind, member.is_long ? "+" : "");
        buf_add(&out, member.name);
        if (member.kind == PACKED_FILE)
            tell_member(arena, packed, at_once, &told.handed, &out);
        check_limits(told.handed, stored);
        told.any_broken |= packed->member_broken != BROKEN_NOT;
        buf_add_byte(&out, '\n');
    }
    assert(packed->broken < BROKEN_COUNT);
    buf_printf(&out, "%s: %d %s\n", packed->is_one ? "one" : "many", packed->broken,
               packed->why != NULL ? packed->why : "");
    told.text = buf_str(&out);
    told.broken = packed->broken;
    told.is_one = packed->is_one;
    return told;
}

static struct unpacked tell(struct arena *arena, struct str text, size_t at_once)
{
    struct arena file = ARENA_EMPTY;
    struct bytes *stored = bytes_open_memory(&file, text, 0);
    enum packing packing = packing_of(bytes_peek(stored));
    struct unpacked told = { .text = STR("") };
    struct bytes_total total;

    if (packing == PACKING_ZIP)
        bytes_finish(stored, &total);
    if (packing != PACKING_NONE && packing != PACKING_OTHER)
        told = tell_all(arena, packed_open(&file, stored, packing), text.len, at_once);
    arena_release(&file);
    return told;
}

/* What is whole is not whole without its second half, unless nothing stands there.
 * (Where compressed files stand behind each other, each prefix of them is whole.) */
static void check_cut(struct arena *arena, struct str text, const struct unpacked *told)
{
    struct unpacked cut;

    if (told->broken != BROKEN_NOT || told->is_one)
        return;
    cut = tell(arena, str_slice(text, 0, text.len / 2), BLOCK_BYTES);
    assert(cut.text.len == 0 || cut.broken != BROKEN_NOT || cut.is_one ||
           str_equal(cut.text, told->text));
}

static struct unpacked check_members(struct arena *arena, struct str text)
{
    struct unpacked told = tell(arena, text, BLOCK_BYTES), again, slowly;

    if (is_long(&told))
        return told;
    again = tell(arena, text, BLOCK_BYTES);
    assert(str_equal(told.text, again.text));
    slowly = tell(arena, text, 1000);
    assert(told.broken == slowly.broken && told.any_broken == slowly.any_broken);
    assert(told.any_broken || str_equal(told.text, slowly.text));
    check_cut(arena, text, &told);
    return told;
}

/* ---- the whole way --------------------------------------------------------------- */

static const struct rulebook *the_book(void)
{
    static struct arena arena = ARENA_EMPTY;
    static const struct rulebook *book;
    static const struct rulebook_wanted wanted = { .to_judge = true };
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    if (book != NULL)
        return book;
    judge_folder();
    judge_make_folder("evidence");
    book = rulebook_load(&arena, &wanted, &mistakes);
    assert(book != NULL);
    return book;
}

/* Behind the archive's own: parts with bytes in them, none of which leads anywhere
 * else. */
static void check_path_of(const struct source *source)
{
    struct str name = str_from(source->path), part;
    size_t depth = 0;

    assert(str_starts_with(name, str_from(source->archive)));
    name = str_slice(name, strlen(source->archive), name.len);
    assert(str_starts_with(name, STR("!")));
    if (source->use == SOURCE_UNREADABLE)
        return; /* it is printed as it stands, and nothing is opened by it */
    if (name.len == 1)
        return; /* the archive's own folder, left out */
    assert(str_starts_with(name, STR("!/")));
    name = str_slice(name, 2, name.len);
    while ((part = str_next(&name, '/')).text != NULL) {
        assert(part.len > 0);
        assert(!str_equal(part, STR(".")) && !str_equal(part, STR("..")));
        depth++;
    }
    assert(depth <= DISCOVER_DEPTH_MAX);
}

static void check_sources(const struct assessment *assessment)
{
    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source *source = assessment->sources[i].source;

        if (i > 0)
            assert(strcmp(assessment->sources[i - 1].source->path, source->path) < 0);
        if (source->archive != NULL)
            check_path_of(source);
        assert(strlen(source->path) <= strlen(judge_root) + 2 * PACKED_NAME_MAX);
    }
}

/* What may be missing decides nothing; what may be wrong shows nothing. */
static void check_findings(const struct assessment *assessment, enum broken broken)
{
    for (size_t i = 0; i < assessment->finding_count; i++) {
        enum result result = assessment->findings[i].result;

        if (broken != BROKEN_NOT)
            assert(result != RESULT_FAIL);
        if (broken == BROKEN_CORRUPT)
            assert(result != RESULT_PASS);
    }
}

static bool names(const struct assessment *assessment, const char *path)
{
    for (size_t i = 0; i < assessment->problem_count; i++)
        if (str_starts_with(str_from(assessment->problems[i].path), str_from(path)))
            return true;
    return false;
}

static struct str report_of(struct arena *arena, const char *path,
                            struct assessment *assessment)
{
    static const struct settings settings = {
        .as_of = { "2026-01-01T00:00:00Z", 20 },
        .assume_account = { "444455556666", 12 },
        .assume_region = { "eu-west-1", 9 },
    };
    const struct report_style style = { .width = REPORT_WIDTH };
    struct buf out = BUF_EMPTY(arena);
    bool done = judge_scan(arena, the_book(), &settings, path, assessment);

    assert(done);
    report_format_find(&scan_formats, STR("json"))->write(assessment, &style, &out);
    judge_check_json(buf_str(&out), assessment, &scan_formats);
    return buf_str(&out);
}

static void check_scan(struct arena *arena, const struct input *input,
                       const struct unpacked *told)
{
    struct assessment assessment = { 0 }, again = { 0 };
    char path[512];
    struct str report;

    judge_path(path, sizeof path, input->name);
    judge_write(input->name, input->text);
    report = report_of(arena, path, &assessment);
    if (!is_long(told))
        assert(str_equal(report, report_of(arena, path, &again)));
    judge_remove(input->name);
    check_sources(&assessment);
    check_findings(&assessment, told->broken);
    if (told->any_broken || told->broken != BROKEN_NOT)
        assert(names(&assessment, path));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena arena = ARENA_EMPTY;
    struct input input;
    struct unpacked told;

    the_book();
    input = input_of(&arena, (struct str){ (const char *)bytes, len });
    told = check_members(&arena, input.text);
    check_scan(&arena, &input, &told);
    arena_release(&arena);
    return 0;
}
