/*
 * Every file of JSONTestSuite through the record reader: y_ must be accepted, n_
 * refused, i_ either, and the same at every buffer size.
 */
#include "records_open.h"
#include "rows.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_BYTES_MAX = 1 << 20 };

static const char *folder;

static struct str read_file(struct arena *arena, const char *name)
{
    char *text = arena_alloc(arena, FILE_BYTES_MAX);
    FILE *file = fopen(arena_printf(arena, "%s/%s", folder, name), "rb");
    size_t len;

    assert_non_null(file);
    len = fread(text, 1, FILE_BYTES_MAX, file);
    fclose(file);
    assert_true(len < FILE_BYTES_MAX);
    return (struct str){ text, len };
}

static bool is_accepted(struct str text, size_t buffer_bytes)
{
    struct arena arena = ARENA_EMPTY;
    struct layout *layout = layout_new(&arena);
    struct bytes *bytes = bytes_open_memory(&arena, text, 0);
    struct records *records = records_open(&arena, layout, bytes, buffer_bytes);
    struct records_item item;
    enum records_status status;
    size_t document_count = 0;
    bool is_damaged = false;

    while ((status = records_next(records, &item)) != RECORDS_END) {
        if (status != RECORDS_DOCUMENT)
            continue;
        document_count++;
        is_damaged = is_damaged || item.envelope->damage != DAMAGE_NONE;
    }
    arena_release(&arena);
    return document_count > 0 && !is_damaged;
}

static void file_test(void **state)
{
    const char *name = *state;
    struct arena arena = ARENA_EMPTY;
    struct str text = read_file(&arena, name);
    bool small = is_accepted(text, RECORDS_BUFFER_BYTES_MIN);
    bool large = is_accepted(text, RECORDS_BUFFER_BYTES);

    arena_release(&arena);
    assert_int_equal(small, large);
    if (name[0] == 'y')
        assert_true(large);
    if (name[0] == 'n')
        assert_false(large);
}

static int compare(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

int main(void)
{
    const char *shared = getenv("SHARED");
    struct tests tests = { 0 };
    const char **names = NULL;
    size_t count = 0, capacity = 0;
    struct dirent *entry;
    DIR *files;

    folder = arena_printf(&tests.arena, "%s/conformance/json/test_parsing",
                          shared != NULL ? shared : "../shared");
    files = opendir(folder);
    if (files == NULL) {
        printf("1..1\nok 1 # SKIP JSONTestSuite is not at %s\n", folder);
        return 0;
    }
    while ((entry = readdir(files)) != NULL) {
        if (strstr(entry->d_name, ".json") == NULL)
            continue;
        names = arena_grow(&tests.arena, names, count, &capacity, sizeof *names);
        names[count++] = str_copy(&tests.arena, str_from(entry->d_name)).text;
    }
    closedir(files);
    qsort(names, count, sizeof *names, compare);
    for (size_t i = 0; i < count; i++)
        tests_add(&tests, names[i], file_test, names[i]);
    return tests_run("conformance_json", &tests);
}
