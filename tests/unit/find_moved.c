#include "tree.h"

#include "find/moved.h"

enum { MOVES_MAX = 3 };

#define DIGEST "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static const struct row {
    const char *name;
    const char *tree, *path, *place; /* place NULL: the path */
    struct move moves[MOVES_MAX];
    const char *printed; /* each source with where it is opened; then the folders */
} rows[] = {
    { "nothing was moved",
      "e/\ne/1/\ne/1/a.json={}\n",
      "e",
      NULL,
      { { 0 } },
      "e/1/a.json\nfolders e e/1\n" },
    { "a folder that lies elsewhere has its names",
      "n/\nn/1/\nn/1/a.json={}\n",
      "e",
      "n/",
      { { 0 } },
      "e/1/a.json in n/1/a.json below n\nfolders e e/1\n" },
    { "a file that lies elsewhere",
      "x={}\n",
      "e/a.json",
      "x",
      { { 0 } },
      "e/a.json in x\nfolders\n" },
    { "a name of another",
      "e/\ne/1/\ne/1/a.json={}\ne/1/b.json={}\n",
      "e",
      NULL,
      { { "e/1/b.json", "e/1/a-before.json" } },
      "e/1/a-before.json in e/1/b.json below e\ne/1/a.json\nfolders e e/1\n" },
    { "a folder that all left is none, and the one that they were in is one",
      "e/\ne/new/\ne/new/deep/\ne/new/deep/a.json={}\n",
      "e",
      NULL,
      { { "e/new/deep/a.json", "e/1/us-east-1/a.json" } },
      "e/1/us-east-1/a.json in e/new/deep/a.json below e\nfolders e e/1 "
      "e/1/us-east-1\n" },
    { "one that holds something else stays",
      "e/\ne/new/\ne/new/a.json={}\ne/new/b.txt=b\n",
      "e",
      NULL,
      { { "e/new/a.json", "e/1/a.json" } },
      "e/1/a.json in e/new/a.json below e\ne/new/b.txt\nfolders e e/1 e/new\n" },
    { "an empty one stays",
      "e/\ne/empty/\ne/new/\ne/new/a.json={}\n",
      "e",
      NULL,
      { { "e/new/a.json", "e/1/a.json" } },
      "e/1/a.json in e/new/a.json below e\nfolders e e/1 e/empty\n" },
    { "both: of a folder that lies elsewhere",
      "n/\nn/1/\nn/1/b.json={}\n",
      "e",
      "n",
      { { "e/1/b.json", "e/1/a.json" } },
      "e/1/a.json in n/1/b.json below n\nfolders e e/1\n" },
    { "of what is not there",
      "e/\ne/a.json={}\n",
      "e",
      NULL,
      { { "e/b.json", "e/c.json" } },
      "e/a.json\nfolders e\n" },
    { "lists state by the name that a file had, of what else they name that it is lost",
      "e/\ne/SHA256SUMS=" DIGEST "  1/a.json\ne/x.json={}\n",
      "e",
      NULL,
      { { "e/x.json", "e/1/a.json" } },
      "e/1/a.json in e/x.json below e stated\ne/SHA256SUMS\nfolders e e/1\n" },
    { "and so where they lie elsewhere themselves",
      "e/\ne/new/\ne/new/SHA256SUMS=" DIGEST "  a.json\ne/new/a.json={}\n",
      "e",
      NULL,
      { { "e/new/SHA256SUMS", "e/SHA256SUMS" } },
      "e/SHA256SUMS in e/new/SHA256SUMS below e\ne/a.json stated lost\ne/new/a.json\n"
      "folders e e/new\n" },
};

static const char *print(struct arena *arena, const struct source_list *list)
{
    struct buf out = BUF_EMPTY(arena);

    for (size_t i = 0; i < list->count; i++) {
        const struct source *source = &list->items[i];

        buf_printf(&out, "%s", source->path);
        if (source->place != NULL)
            buf_printf(&out, " in %s", source->place);
        if (source->place_below != NULL)
            buf_printf(&out, " below %s", source->place_below);
        if (source->statement_count > 0)
            buf_add(&out, STR(" stated"));
        if (source->use == SOURCE_LOST)
            buf_add(&out, STR(" lost"));
        buf_add_byte(&out, '\n');
    }
    buf_add(&out, STR("folders"));
    for (size_t i = 0; i < list->folder_count; i++)
        buf_printf(&out, " %s", list->folders[i]);
    buf_add_byte(&out, '\n');
    return buf_str(&out).text;
}

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct catalog *catalog = catalog_new(&arena);
    struct moves moves = { row->moves, 0 };
    const struct discover_wanted wanted = { .catalog = catalog,
                                            .paths = &row->path,
                                            .places = &row->place,
                                            .path_count = 1,
                                            .moves = &moves };
    struct source_list list = { 0 };
    struct error err = { 0 };
    struct tree tree;

    catalog_finish(catalog, &mistakes);
    tree_make(&tree, row->tree);
    while (moves.count < MOVES_MAX && moves.items[moves.count].from != NULL)
        moves.count++;
    assert_true(discover(&arena, &wanted, &list, &err));
    assert_string_equal(print(&arena, &list), row->printed);
    tree_remove(&tree);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    return tests_run("find_moved", &tests);
}
