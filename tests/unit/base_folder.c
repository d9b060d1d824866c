#include "tree.h"

#include "base/folder.h"

#include <errno.h>

static const char *print(struct arena *arena, const struct folder_list *list)
{
    static const char *const kinds[] = { [ENTRY_FILE] = "file",
                                         [ENTRY_FOLDER] = "folder",
                                         [ENTRY_LINK] = "link",
                                         [ENTRY_OTHER] = "other",
                                         [ENTRY_UNTOLD] = "untold" };
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < list->count; i++)
        buf_printf(&buf, "%s %s\n", kinds[list->items[i].kind], list->items[i].name);
    return buf_str(&buf).text;
}

static const struct row {
    const char *name;
    const char *tree;
    const char *entries;
} rows[] = {
    { "nothing", "", "" },
    { "each kind, by name", "b=x\nA/\nd->b\nc|\nempty=\n",
      "folder A\nfile b\nother c\nlink d\nfile empty\n" },
    { "a link is a link, whatever it leads to", "a->none\nb->.\n", "link a\nlink b\n" },
    { "names with points", ".a=\n..b=\n...=\n", "file ...\nfile ..b\nfile .a\n" },
    { "by bytes, a name before what it begins", "a.json=\na=\na-b/\n",
      "file a\nfolder a-b\nfile a.json\n" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct folder_list list;
    struct tree tree;

    tree_make(&tree, row->tree);
    assert_int_equal(folder_read(&arena, open(".", O_RDONLY | O_DIRECTORY), &list), 0);
    assert_string_equal(print(&arena, &list), row->entries);
    tree_remove(&tree);
    arena_release(&arena);
}

static void an_entry_is_found_by_its_name(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct folder_list list;
    struct tree tree;

    (void)state;
    tree_make(&tree, "a=\nb/\nc=\n");
    assert_int_equal(folder_read(&arena, open(".", O_RDONLY | O_DIRECTORY), &list), 0);
    assert_ptr_equal(folder_find(&list, "b"), &list.items[1]);
    assert_null(folder_find(&list, "bb"));
    list.count = 0;
    assert_null(folder_find(&list, "a"));
    tree_remove(&tree);
    arena_release(&arena);
}

static void the_folder_is_closed_with_the_arena(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct folder_list list;
    int file = open(".", O_RDONLY | O_DIRECTORY);

    (void)state;
    assert_int_equal(folder_read(&arena, file, &list), 0);
    assert_int_not_equal(fcntl(file, F_GETFD), -1);
    arena_release(&arena);
    assert_int_equal(fcntl(file, F_GETFD), -1);
}

/* b/ and e are what the search found as folders and files, and links since. */
static const struct open_row {
    const char *name;
    const char *folder, *path;
    const char *holds; /* NULL: refused */
    int error;
} open_rows[] = {
    { "a file", "a", "a/file", "in", 0 },
    { "a file deeper down", "a", "a/c/file", "in", 0 },
    { "a folder that is a link, as an argument", "link", "link/c/file", "in", 0 },
    { "below a link", "link/c", "link/c/file", "in", 0 },
    { "with points", "./x/../a", "./x/../a/file", "in", 0 },
    { "a file that is a link by now", "a", "a/e", NULL, ELOOP },
    { "a folder that is a link by now", "a", "a/b/file", NULL, ELOOP },
    { "a folder that is a link by now, below a link", "link", "link/b/file", NULL,
      ELOOP },
    { "a link that stays inside", "a", "a/d/file", NULL, ELOOP },
    { "a file that is gone", "a", "a/gone", NULL, ENOENT },
};

static void open_test(void **state)
{
    const struct open_row *row = *state;
    struct tree tree;
    char text[8] = "";
    int file;

    tree_make(&tree, "x/\na/\na/file=in\na/c/\na/c/file=in\nout/\nout/file=out\n"
                     "link->a\na/b->../out\na/d->c\na/e->../out/file\n");
    file = folder_open_file(row->folder, row->path);
    if (row->holds != NULL) {
        assert_true(file >= 0);
        assert_int_equal(read(file, text, sizeof text), strlen(row->holds));
        assert_string_equal(text, row->holds);
        close(file);
    } else {
        assert_int_equal(file, -1);
        assert_int_equal(errno, row->error);
    }
    tree_remove(&tree);
}

static void below_the_root(void **state)
{
    int file = folder_open_file("", "/dev/null");

    (void)state;
    assert_true(file >= 0);
    close(file);
}

static void what_is_no_folder_has_an_error(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct folder_list list = { .count = 7 };
    int file = open("/dev/null", O_RDONLY);

    (void)state;
    assert_int_equal(folder_read(&arena, file, &list), ENOTDIR);
    assert_int_equal(list.count, 0);
    assert_int_equal(fcntl(file, F_GETFD), -1);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, an_entry_is_found_by_its_name);
    TESTS_ADD(&tests, the_folder_is_closed_with_the_arena);
    TESTS_ADD(&tests, what_is_no_folder_has_an_error);
    TESTS_ADD_ROWS(&tests, open_rows, open_test);
    TESTS_ADD(&tests, below_the_root);
    return tests_run("base_folder", &tests);
}
