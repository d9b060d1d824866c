/*
 * Every answer of the AWS CLI's documentation is recognised: by its file's name and,
 * where it has its envelope, without it. The folder that a sample is in names its call.
 */
#include "rows.h"
#include "tree.h"

#include "catalog/name.h"
#include "scan.h"

#include <dirent.h>

enum { FILE_BYTES_MAX = 1 << 20 };

struct sample {
    const char *name; /* "DescribeDBSnapshots/1.json" */
    const char *folder, *file;
};

static const char *samples;

static struct str read_sample(struct arena *arena, const char *name)
{
    char *text = arena_alloc(arena, FILE_BYTES_MAX);
    FILE *file = fopen(arena_printf(arena, "%s/%s", samples, name), "rb");
    size_t len;

    assert_non_null(file);
    len = fread(text, 1, FILE_BYTES_MAX, file);
    fclose(file);
    assert_true(len > 0 && len < FILE_BYTES_MAX);
    return (struct str){ text, len };
}

/* What the one document of the file is an answer of, or NULL. */
static const struct call *call_of(struct arena *arena, const struct rulebook *book,
                                  const char *path)
{
    const struct settings settings = { 0 };
    struct assessment assessment;
    struct error err = { 0 };

    assert_true(
        scan(arena,
             &(struct scan_wanted){
                 .book = book, .settings = &settings, .paths = &path, .path_count = 1 },
             &assessment, &err));
    assert_int_equal(assessment.source_count, 1);
    assert_int_equal(assessment.sources[0].document_count, 1);
    return assessment.sources[0].documents[0]->call;
}

static void sample_test(void **state)
{
    const struct sample *sample = *state;
    const struct rulebook_wanted wanted = { 0 };
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct rulebook *book = rulebook_load(&arena, &wanted, &mistakes);
    struct str text = read_sample(&arena, sample->name);
    const struct call *call;
    struct tree tree;

    assert_non_null(book);
    call = name_of_operation(book->catalog, str_from(sample->folder));
    assert_non_null(call);
    tree_make(&tree, "");
    tree_write(sample->file, text.text, text.len);
    tree_write("sample.json", text.text, text.len);
    assert_ptr_equal(call_of(&arena, book, sample->file), call);
    if (text.text[0] == '{')
        assert_ptr_equal(call_of(&arena, book, "sample.json"), call);
    tree_remove(&tree);
    arena_release(&arena);
}

static int compare(const void *left, const void *right)
{
    return strcmp(((const struct sample *)left)->name,
                  ((const struct sample *)right)->name);
}

struct sample_list {
    struct arena *arena;
    struct sample *items;
    size_t count, capacity;
};

static void add_folder(struct sample_list *list, const char *folder)
{
    DIR *files = opendir(arena_printf(list->arena, "%s/%s", samples, folder));
    struct dirent *entry;

    while (files != NULL && (entry = readdir(files)) != NULL) {
        if (strstr(entry->d_name, ".json") == NULL)
            continue;
        list->items = arena_grow(list->arena, list->items, list->count, &list->capacity,
                                 sizeof *list->items);
        list->items[list->count++] = (struct sample){
            .name = arena_printf(list->arena, "%s/%s", folder, entry->d_name),
            .folder = arena_copy(list->arena, folder, strlen(folder)),
            .file = arena_copy(list->arena, entry->d_name, strlen(entry->d_name)),
        };
    }
    if (files != NULL)
        closedir(files);
}

int main(void)
{
    const char *shared = getenv("SHARED");
    struct tests tests = { 0 };
    struct sample_list list = { .arena = &tests.arena };
    struct dirent *entry;
    DIR *folders;

    samples = arena_printf(&tests.arena, "%s/samples/aws-cli",
                           shared != NULL ? shared : "../shared");
    folders = opendir(samples);
    if (folders == NULL) {
        printf("1..1\nok 1 # SKIP the samples of the AWS CLI are not at %s\n", samples);
        return 0;
    }
    while ((entry = readdir(folders)) != NULL)
        if (entry->d_name[0] != '.')
            add_folder(&list, entry->d_name);
    closedir(folders);
    if (list.count > 0)
        qsort(list.items, list.count, sizeof *list.items, compare);
    for (size_t i = 0; i < list.count; i++)
        tests_add(&tests, list.items[i].name, sample_test, &list.items[i]);
    return tests_run("conformance_samples", &tests);
}
