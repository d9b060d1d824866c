/*
 * Cases of what AWS Backup's words mean: protection FOLDER
 *
 * Reads the files of the table below in the folder, arrays of cases, each with an `id`,
 * and prints a line for each case that does not hold, and at last "N passed, N failed".
 * A file that is not there has no cases. Ends with status 1 if a case does not hold, 2
 * if a file is none.
 */
#include "schedule_case.h"
#include "selection_case.h"

#include <stdio.h>
#include <unistd.h>

/* To add a kind: a row. `holds` adds why not to `why`. */
static const struct kind {
    const char *file;
    bool (*holds)(struct arena *arena, const json_t *item, struct buf *why);
} kinds[] = {
    { "schedules.json", schedule_case_holds },
    { "selections.json", selection_case_holds },
};

struct counts {
    size_t passed, failed;
};

static void run_case(const struct kind *kind, const json_t *item, struct counts *counts)
{
    struct arena arena = ARENA_EMPTY;
    struct buf why = BUF_EMPTY(&arena);
    const char *id = json_string_value(json_object_get(item, "id"));

    if (kind->holds(&arena, item, &why)) {
        counts->passed++;
    } else {
        counts->failed++;
        printf("%s: %s: %s\n", kind->file, id != NULL ? id : "a case without an id",
               buf_str(&why).text);
    }
    arena_release(&arena);
}

/* False: what is there is no array of JSON. */
static bool run_file(const struct kind *kind, const char *path, struct counts *counts)
{
    json_error_t error;
    json_t *items;

    if (access(path, F_OK) != 0)
        return true;
    items = json_load_file(path, 0, &error);
    if (!json_is_array(items)) {
        fprintf(stderr, "protection: %s: %s\n", path,
                items == NULL ? error.text : "expected an array of cases");
        json_decref(items);
        return false;
    }
    for (size_t i = 0; i < json_array_size(items); i++)
        run_case(kind, json_array_get(items, i), counts);
    json_decref(items);
    return true;
}

int main(int argc, char **argv)
{
    struct counts counts = { 0 };
    struct arena arena = ARENA_EMPTY;
    bool read = true;

    if (argc != 2 || access(argv[1], R_OK | X_OK) != 0) {
        fputs("usage: protection FOLDER\n", stderr);
        return 2;
    }
    for (size_t i = 0; read && i < COUNT_OF(kinds); i++)
        read = run_file(&kinds[i],
                        arena_printf(&arena, "%s/%s", argv[1], kinds[i].file), &counts);
    arena_release(&arena);
    if (!read)
        return 2;
    printf("%zu passed, %zu failed\n", counts.passed, counts.failed);
    return counts.failed > 0;
}
