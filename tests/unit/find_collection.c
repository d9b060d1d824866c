#include "rows.h"

#include "find/collection.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define HEADER "path\tbegun\tended\tstatus\tcommand\n"
#define DIGEST "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define OTHER  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define BEGUN  "2026-11-28T03:46:00Z"
#define ENDED  "2026-11-28T03:46:09Z"

static void print_text(struct buf *buf, const char *name, struct str text)
{
    if (text.text != NULL)
        buf_printf(buf, " %s=%.*s", name, STR_ARG(text));
}

/* A line for each that is said, and each fault. */
static const char *print(const struct collection *collection)
{
    struct buf buf = BUF_EMPTY(collection->arena);

    for (size_t i = 0; i < collection->count; i++) {
        const struct statement *said = &collection->items[i];

        buf_printf(&buf, "%s, %s:%" PRIu64 ":", said->path, said->told_by, said->line);
        print_text(&buf, "begun", said->begun);
        print_text(&buf, "ended", said->ended);
        print_text(&buf, "status", said->status);
        print_text(&buf, "command", said->command);
        print_text(&buf, "sha256", str_slice(said->sha256, 0, said->sha256.len / 16));
        buf_add_byte(&buf, '\n');
    }
    for (size_t i = 0; i < collection->fault_count; i++) {
        const struct collection_fault *fault = &collection->faults[i];

        buf_printf(&buf, "fault %s:%" PRIu64 ": %s\n", fault->path, fault->line,
                   fault->what);
    }
    return buf_str(&buf).text;
}

static const struct row {
    const char *name;
    const char *path, *text;
    const char *said;
} rows[] = {
    { "a manifest", "d/manifest.tsv",
      HEADER "a/b.json\t" BEGUN "\t" ENDED "\t0\taws rds x --y z\n",
      "d/a/b.json, d/manifest.tsv:2: begun=" BEGUN " ended=" ENDED
      " status=0 command=aws rds x --y z\n" },
    { "its last line need not end", "manifest.tsv", HEADER "a\t\t\t0\tb",
      "a, manifest.tsv:2: status=0 command=b\n" },
    { "lines of Windows, and empty ones", "manifest.tsv",
      "path\tbegun\tended\tstatus\tcommand\r\n\r\na\t\t\t0\tb\r\n",
      "a, manifest.tsv:3: status=0 command=b\n" },
    { "the last line of a path counts", "manifest.tsv",
      HEADER "a\t\t\t254\tx\nb\t\t\t0\ty\na\t\t\t0\tz\n",
      "a, manifest.tsv:4: status=0 command=z\nb, manifest.tsv:3: status=0 "
      "command=y\n" },
    { "one that is wrong does not", "manifest.tsv",
      HEADER "a\t\t\t254\tx\na\t\t\t\tz\n",
      "a, manifest.tsv:2: status=254 command=x\n"
      "fault manifest.tsv:3: the status is no number\n" },
    { "the header may come again", "manifest.tsv", HEADER "a\t\t\t0\tx\n" HEADER,
      "a, manifest.tsv:2: status=0 command=x\n" },
    { "a command may hold tabs", "manifest.tsv", HEADER "a\t\t\t0\tx\ty\n",
      "a, manifest.tsv:2: status=0 command=x\ty\n" },
    { "and be empty", "manifest.tsv", HEADER "a\t\t\t0\t\n",
      "a, manifest.tsv:2: status=0 command=\n" },
    { "too few columns", "manifest.tsv", HEADER "a\na\t\t\nb\t\t\t0\n",
      "fault manifest.tsv:2: it has fewer than five columns\n"
      "fault manifest.tsv:3: it has fewer than five columns\n"
      "fault manifest.tsv:4: it has fewer than five columns\n" },
    { "statuses", "manifest.tsv",
      HEADER "a\t\t\t\tx\nb\t\t\tx\tx\nc\t\t\t-1\tx\nd\t\t\t12345678901\tx\n"
             "e\t\t\t4294967295\tx\n",
      "e, manifest.tsv:6: status=4294967295 command=x\n"
      "fault manifest.tsv:2: the status is no number\n"
      "fault manifest.tsv:3: the status is no number\n"
      "fault manifest.tsv:4: the status is no number\n"
      "fault manifest.tsv:5: the status is no number\n" },
    { "times", "manifest.tsv",
      HEADER "a\tyesterday\t\t0\tx\nb\t\t2026-02-30T00:00:00Z\t0\tx\nc\t" BEGUN
             "\t\t0\tx\n",
      "c, manifest.tsv:4: begun=" BEGUN " status=0 command=x\n"
      "fault manifest.tsv:2: a time is none such as 2026-11-28T03:46:00Z\n"
      "fault manifest.tsv:3: a time is none such as 2026-11-28T03:46:00Z\n" },
    { "no header", "manifest.tsv", "a\t\t\t0\tx\n", "no list\n" },
    { "another header", "manifest.tsv", "path\tbegun\tstatus\tcommand\n", "no list\n" },
    { "an empty file", "manifest.tsv", "", "no list\n" },

    /* paths */
    { "paths that lead nowhere", "d/manifest.tsv", HEADER "./a//b/./c\t\t\t0\tx\n",
      "d/a/b/c, d/manifest.tsv:2: status=0 command=x\n" },
    { "paths of no file below", "d/manifest.tsv",
      HEADER "\t\t\t0\tx\n/a\t\t\t0\tx\na/../b\t\t\t0\tx\na/\t\t\t0\tx\n.\t\t\t0\tx\n"
             "a/.\t\t\t0\tx\n",
      "fault d/manifest.tsv:2: it names no file below its folder\n"
      "fault d/manifest.tsv:3: it names no file below its folder\n"
      "fault d/manifest.tsv:4: it names no file below its folder\n"
      "fault d/manifest.tsv:5: it names no file below its folder\n"
      "fault d/manifest.tsv:6: it names no file below its folder\n"
      "fault d/manifest.tsv:7: it names no file below its folder\n" },
    { "two dots are a name where they are not all of it", "manifest.tsv",
      HEADER "..a/b..\t\t\t0\tx\n", "..a/b.., manifest.tsv:2: status=0 command=x\n" },
    { "in the root", "/manifest.tsv", HEADER "a\t\t\t0\tx\n",
      "/a, /manifest.tsv:2: status=0 command=x\n" },
    { "in an archive", "x.zip!/1/manifest.tsv", HEADER "a\t\t\t0\tx\n",
      "x.zip!/1/a, x.zip!/1/manifest.tsv:2: status=0 command=x\n" },

    /* sums */
    { "sums", "d/SHA256SUMS", DIGEST "  a/b.json\n" DIGEST " *c\n",
      "d/a/b.json, d/SHA256SUMS:1: sha256=e3b0\nd/c, d/SHA256SUMS:2: sha256=e3b0\n" },
    { "in capitals, as PowerShell prints them", "SHA256SUMS",
      "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855  a\r\n",
      "a, SHA256SUMS:1: sha256=e3b0\n" },
    { "the last sum of a path counts", "SHA256SUMS", OTHER "  a\n" DIGEST "  a\n",
      "a, SHA256SUMS:2: sha256=e3b0\n" },
    { "escapes", "SHA256SUMS",
      "\\" DIGEST "  a\\\\b\\nc\\rd\n" DIGEST "  e\\nf\n\\" DIGEST "  g\\th\n\\" DIGEST
      "  i\\\n",
      "a\\b\nc\rd, SHA256SUMS:1: sha256=e3b0\ne\\nf, SHA256SUMS:2: sha256=e3b0\n"
      "fault SHA256SUMS:3: no path follows its digest\n"
      "fault SHA256SUMS:4: no path follows its digest\n" },
    { "comments", "SHA256SUMS", "# of today\n" DIGEST "  a\n",
      "a, SHA256SUMS:2: sha256=e3b0\n" },
    { "no digests of SHA-256", "SHA256SUMS",
      "d41d8cd98f00b204e9800998ecf8427e  a\n" DIGEST "0  a\n" DIGEST "\n" DIGEST "  \n"
      "SHA256 (a) = " DIGEST "\nx" DIGEST "  a\n",
      "fault SHA256SUMS:1: it begins with no SHA-256 digest\n"
      "fault SHA256SUMS:2: no path follows its digest\n"
      "fault SHA256SUMS:3: it begins with no SHA-256 digest\n"
      "fault SHA256SUMS:4: no path follows its digest\n"
      "fault SHA256SUMS:5: it begins with no SHA-256 digest\n"
      "fault SHA256SUMS:6: it begins with no SHA-256 digest\n" },
    { "a percent sign is one", "SHA256SUMS", DIGEST "  a%0Ab\n",
      "a%0Ab, SHA256SUMS:1: sha256=e3b0\n" },
    { "a bag", "bag/manifest-sha256.txt",
      DIGEST " data/a\n" DIGEST "\t \tdata/b\n" DIGEST "  *data/c\n",
      "bag/data/a, bag/manifest-sha256.txt:1: sha256=e3b0\n"
      "bag/data/b, bag/manifest-sha256.txt:2: sha256=e3b0\n"
      "bag/data/c, bag/manifest-sha256.txt:3: sha256=e3b0\n" },
    { "its escapes", "manifest-sha256.txt",
      DIGEST " a%0ab%0Dc%25d%41e%\n" DIGEST " f\\ng\n",
      "a\nb\rc%d%41e%, manifest-sha256.txt:1: sha256=e3b0\n"
      "f\\ng, manifest-sha256.txt:2: sha256=e3b0\n" },
    { "no path in a bag", "manifest-sha256.txt", DIGEST "\n" DIGEST " \n" DIGEST "a\n",
      "fault manifest-sha256.txt:1: it begins with no SHA-256 digest\n"
      "fault manifest-sha256.txt:2: it names no file below its folder\n"
      "fault manifest-sha256.txt:3: no path follows its digest\n" },
    { "an empty list", "SHA256SUMS", "", "" },
};

static enum stated_by by_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return stated_by_name(str_from(slash != NULL ? slash + 1 : path));
}

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct collection collection = COLLECTION_EMPTY(&arena);

    if (collection_add(&collection, row->path, by_of(row->path), str_from(row->text))) {
        collection_end(&collection);
        assert_string_equal(print(&collection), row->said);
    } else {
        assert_string_equal("no list\n", row->said);
    }
    arena_release(&arena);
}

static const struct name_row {
    const char *name;
    enum stated_by by;
} names[] = {
    { "manifest.tsv", STATED_BY_MANIFEST },
    { "SHA256SUMS", STATED_BY_SUMS },
    { "manifest-sha256.txt", STATED_BY_BAG },
    { "tagmanifest-sha256.txt", STATED_BY_NONE },
    { "manifest.tsv.bak", STATED_BY_NONE },
    { "MD5SUMS", STATED_BY_NONE },
    { "", STATED_BY_NONE },
};

static void name_test(void **state)
{
    const struct name_row *row = *state;

    assert_int_equal(stated_by_name(str_from(row->name)), row->by);
}

static void several_lists_count(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct collection collection = COLLECTION_EMPTY(&arena);
    size_t count;
    const struct statement *said;

    (void)state;
    collection_add(&collection, "d/e/manifest.tsv", STATED_BY_MANIFEST,
                   STR(HEADER "a\t\t\t0\tx\n"));
    collection_add(&collection, "d/SHA256SUMS", STATED_BY_SUMS,
                   STR(DIGEST "  e/a\n" DIGEST "  b\n"));
    collection_add(&collection, "d/manifest.tsv", STATED_BY_MANIFEST,
                   STR(HEADER "e/a\t\t\t254\ty\n"));
    collection_end(&collection);
    said = collection_find(&collection, "d/e/a", &count);
    assert_int_equal(count, 3);
    assert_string_equal(said[0].told_by, "d/SHA256SUMS");
    assert_string_equal(said[1].told_by, "d/e/manifest.tsv");
    assert_string_equal(said[2].told_by, "d/manifest.tsv");
    assert_non_null(collection_find(&collection, "d/b", &count));
    assert_int_equal(count, 1);
    assert_null(collection_find(&collection, "d/e", &count));
    assert_int_equal(count, 0);
    arena_release(&arena);
}

static void the_nearest_manifest_holds(void **state)
{
    static const char *const manifests[] = { "d/manifest.tsv", "d-e/manifest.tsv",
                                             "d/e/manifest.tsv", "d/z/manifest.tsv",
                                             "x!/manifest.tsv" };
    static const struct {
        const char *path, *manifest;
    } cases[] = {
        { "d/a", "d/manifest.tsv" },
        { "d/e/a", "d/e/manifest.tsv" },
        { "d/f/g/a", "d/manifest.tsv" },
        { "d-e/a", "d-e/manifest.tsv" },
        { "d/e", "d/manifest.tsv" },
        { "d-f/a", NULL },
        { "a", NULL },
        { "x!/a", "x!/manifest.tsv" },
        { "d/z/z", "d/z/manifest.tsv" },
    };
    struct arena arena = ARENA_EMPTY;
    struct collection collection = COLLECTION_EMPTY(&arena);

    (void)state;
    assert_null(collection_manifest(&collection, "d/a"));
    for (size_t i = 0; i < COUNT_OF(manifests); i++)
        assert_true(
            collection_add(&collection, manifests[i], STATED_BY_MANIFEST, STR(HEADER)));
    collection_end(&collection);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *found = collection_manifest(&collection, cases[i].path);

        if (cases[i].manifest == NULL)
            assert_null(found);
        else
            assert_string_equal(found, cases[i].manifest);
    }
    arena_reset(&arena);
    collection = (struct collection)COLLECTION_EMPTY(&arena);
    collection_add(&collection, "manifest.tsv", STATED_BY_MANIFEST, STR(HEADER));
    collection_end(&collection);
    assert_string_equal(collection_manifest(&collection, "d/a"), "manifest.tsv");
    assert_string_equal(collection_manifest(&collection, "a"), "manifest.tsv");
    arena_release(&arena);
}

/* ---- limits ---- */

static void more_lines_than_are_read(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct collection collection = { .arena = &arena, .lines_max = 2 };

    (void)state;
    collection_add(&collection, "SHA256SUMS", STATED_BY_SUMS,
                   STR(DIGEST "  a\n" DIGEST "  b\n" DIGEST "  c\n" DIGEST "  d\n"));
    collection_end(&collection);
    assert_string_equal(print(&collection),
                        "a, SHA256SUMS:1: sha256=e3b0\nb, SHA256SUMS:2: sha256=e3b0\n"
                        "fault SHA256SUMS:3: there are more lines than are read\n");
    arena_release(&arena);
}

static void more_faults_than_are_kept(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct collection collection = COLLECTION_EMPTY(&arena);
    struct buf text = BUF_EMPTY(&arena);

    (void)state;
    for (int i = 0; i < 2 * COLLECTION_FAULTS_MAX; i++)
        buf_add(&text, STR("x\n"));
    collection_add(&collection, "a/SHA256SUMS", STATED_BY_SUMS, buf_str(&text));
    assert_int_equal(collection.fault_count, COLLECTION_FAULTS_MAX);
    collection_add(&collection, "b/SHA256SUMS", STATED_BY_SUMS, STR("x\n"));
    assert_int_equal(collection.fault_count, COLLECTION_FAULTS_MAX + 1);
    arena_release(&arena);
}

/* One manifest of one line, with a path and a command of so many bytes. */
static const char *one_line(struct arena *arena, size_t path, size_t command)
{
    struct collection collection = COLLECTION_EMPTY(arena);
    struct buf text = BUF_EMPTY(arena);

    buf_add(&text, STR(HEADER));
    for (size_t i = 0; i < path; i++)
        buf_add_byte(&text, 'p');
    buf_add(&text, STR("\t\t\t0\t"));
    for (size_t i = 0; i < command; i++)
        buf_add_byte(&text, 'c');
    collection_add(&collection, "manifest.tsv", STATED_BY_MANIFEST, buf_str(&text));
    collection_end(&collection);
    return collection.count > 0 ? "read" : collection.faults[0].what;
}

static void a_path_and_a_command_that_are_too_long(void **state)
{
    struct arena arena = ARENA_EMPTY;

    (void)state;
    assert_string_equal(
        one_line(&arena, COLLECTION_PATH_BYTES_MAX, COLLECTION_COMMAND_BYTES_MAX),
        "read");
    assert_string_equal(one_line(&arena, COLLECTION_PATH_BYTES_MAX + 1, 1),
                        "it names no file below its folder");
    assert_string_equal(one_line(&arena, 1, COLLECTION_COMMAND_BYTES_MAX + 1),
                        "the command is longer than is read");
    arena_release(&arena);
}

static void any_bytes(void **state)
{
    static const char pieces[][6] = { "\t", "\n", "\r", "%0A", "\\", "\\n",
                                      " *", "..", "/",  "0",   "a",  "\xC3" };
    struct arena arena = ARENA_EMPTY;
    uint64_t random = 1;

    (void)state;
    for (int i = 0; i < 3000; i++) {
        struct collection collection = COLLECTION_EMPTY(&arena);
        struct buf text = BUF_EMPTY(&arena);
        enum stated_by by = (enum stated_by)(STATED_BY_MANIFEST + i % STATED_BY_BAG);

        if (i % 5 > 0)
            buf_add(&text, by == STATED_BY_MANIFEST ? STR(HEADER) : STR(DIGEST));
        for (int j = 0; j < 20; j++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            buf_add(&text, str_from(pieces[(random >> 33) % COUNT_OF(pieces)]));
        }
        collection_add(&collection, "d/list", by, buf_str(&text));
        collection_end(&collection);
        for (size_t j = 0; j < collection.count; j++) {
            assert_true(strncmp(collection.items[j].path, "d/", 2) == 0);
            assert_null(strstr(collection.items[j].path, "/../"));
        }
        arena_reset(&arena);
    }
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, names, name_test);
    TESTS_ADD(&tests, several_lists_count);
    TESTS_ADD(&tests, the_nearest_manifest_holds);
    TESTS_ADD(&tests, more_lines_than_are_read);
    TESTS_ADD(&tests, more_faults_than_are_kept);
    TESTS_ADD(&tests, a_path_and_a_command_that_are_too_long);
    TESTS_ADD(&tests, any_bytes);
    return tests_run("find_collection", &tests);
}
