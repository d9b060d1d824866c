#include "rows.h"

#include "find/exclude.h"

static const struct row {
    const char *name;
    const char *globs[3];
    const char *path;
    const char *found; /* NULL: it stays */
} rows[] = {
    { "no glob leaves out nothing", { NULL }, "ev/a.json", NULL },
    { "a file's name", { "*.bak" }, "ev/x/a.bak", "*.bak" },
    { "a folder's name", { "old" }, "ev/old", "old" },
    { "a name in the middle is none: its folder was left out",
      { "old" },
      "ev/old/a.json",
      NULL },
    { "a part of a name is none", { "old" }, "ev/older", NULL },
    { "a name and its folder's",
      { "us-east-1/*.json" },
      "ev/1/us-east-1/a.json",
      "us-east-1/*.json" },
    { "not the folder's part", { "east-1/*.json" }, "ev/1/us-east-1/a.json", NULL },
    { "as typed", { "ev/old" }, "ev/old", "ev/old" },
    { "with a dot and a slash", { "./old" }, "ev/old", "./old" },
    { "with a slash behind", { "old/" }, "ev/old", "old/" },
    { "a whole path", { "/ev/old" }, "/ev/old", "/ev/old" },
    { "is no end of one", { "/old" }, "/ev/old", NULL },
    { "any number of names", { "ev/**/tmp" }, "ev/a/b/tmp", "ev/**/tmp" },
    { "the first that does", { "*.x", "a*", "*.json" }, "ev/a.json", "a*" },
    { "case counts", { "*.BAK" }, "ev/a.bak", NULL },
    { "nothing is no name", { "" }, "ev/a", NULL },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct str items[3];
    struct str_list globs = { .items = items };
    struct error err = { 0 };
    const struct exclude *exclude;
    const char *found;

    while (globs.count < 3 && row->globs[globs.count] != NULL) {
        items[globs.count] = str_from(row->globs[globs.count]);
        globs.count++;
    }
    exclude = exclude_new(&arena, globs, &err);
    assert_non_null(exclude);
    found = exclude_find(exclude, row->path);
    if (row->found == NULL)
        assert_null(found);
    else
        assert_string_equal(found, row->found);
    arena_release(&arena);
}

static void no_exclusion_leaves_out_nothing(void **state)
{
    (void)state;
    assert_null(exclude_find(NULL, "ev/a.json"));
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, no_exclusion_leaves_out_nothing);
    return tests_run("find_exclude", &tests);
}
