/*
 * The digest of all evidence, a row a file's name: that of the line which sha256sum
 * prints of it (coreutils, "cksum output modes").
 */
#include "scan_rows.h"

#include "base/digest.h"

/* The SHA-256 of the listing, as sha256sum prints it. */
#define LISTING "{\"DBSnapshots\":[]}\n"
#define SUM     "a05e6fb2c710ffbcf51ab41c23113346f14f0ab758e929609c53984f56d55dd4"

static const struct set_row {
    const char *name, *path, *line;
} rows[] = {
    { "a plain name", "x.json", SUM "  ./x.json\n" },
    { "a blank is no escape", "x y.json", SUM "  ./x y.json\n" },
    { "a backslash is two", "x\\y.json", "\\" SUM "  ./x\\\\y.json\n" },
    { "a line end is an escape", "x\ny.json", "\\" SUM "  ./x\\ny.json\n" },
    { "and so is a carriage return", "x\ry.json", "\\" SUM "  ./x\\ry.json\n" },
    { "one of many", "\\x\r\n.json", "\\" SUM "  ./\\\\x\\r\\n.json\n" },
};

static void of_rows(void **state)
{
    static const char *const paths[] = { "." };
    const struct set_row *row = *state;
    const struct settings settings = { 0 };
    const struct rulebook_wanted wanted = { .to_judge = true };
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct scan_wanted scanned = { .book =
                                             rulebook_load(&arena, &wanted, &mistakes),
                                         .settings = &settings,
                                         .paths = paths,
                                         .path_count = 1 };
    struct digest *digest = digest_new(&arena);
    char expected[DIGEST_HEX_BYTES];
    struct assessment assessment;
    struct error err = { 0 };
    struct tree tree;

    tree_make(&tree, "");
    tree_write(row->path, LISTING, sizeof LISTING - 1);
    assert_true(scan(&arena, &scanned, &assessment, &err));
    tree_remove(&tree);
    assert_int_equal(assessment.digested, 1);
    digest_add(digest, row->line, strlen(row->line));
    digest_hex(digest, expected);
    assert_string_equal(assessment.set_sha256, expected);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_rows);
    return tests_run("explain_set", &tests);
}
