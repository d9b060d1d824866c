/*
 * embed.c - a program of the build: prints a catalog.yaml as C, for
 * rulebook/embedded.h.
 *
 *     embed rules/catalog.yaml >catalog_tables.c
 *
 * What is wrong with the file is said, and ends the build.
 */
#include "base/file.h"
#include "evidence/catalog_print.h"

#include <stdio.h>

static void complain(struct mistakes *mistakes)
{
    mistakes_sort(mistakes);
    for (size_t i = 0; i < mistakes->count; i++)
        fprintf(stderr, "%s:%zu:%zu: %s\n", mistakes->items[i].path,
                mistakes->items[i].line, mistakes->items[i].column,
                mistakes->items[i].message);
}

static bool embed(struct arena *arena, const char *path)
{
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    struct catalog *catalog = catalog_new(arena);
    struct buf buf = BUF_EMPTY(arena);
    struct error err = { 0 };
    struct str text;

    if (!file_read(arena, path, YAML_BYTES_MAX, &text, &err)) {
        fprintf(stderr, "%s: %s\n", path, err.message);
        return false;
    }
    catalog_add(catalog, path, text, &mistakes);
    catalog_finish(catalog, &mistakes);
    complain(&mistakes);
    if (mistakes.error_count > 0)
        return false;
    buf_add(&buf, STR("/* Made by embed.c. */\n#include \"rulebook/embedded.h\"\n\n"));
    catalog_print(&buf, "catalog_builtin", catalog);
    return fwrite(buf.text, 1, buf.len, stdout) == buf.len && fflush(stdout) == 0;
}

int main(int argument_count, char **arguments)
{
    struct arena arena = ARENA_EMPTY;
    bool done = argument_count == 2 && embed(&arena, arguments[1]);

    arena_release(&arena);
    return done ? 0 : 1;
}
